"""How far a claim can be trusted to say what the text says: one formula, every factor kept.

    confidence = trigger_strength x slot_certainty x voice_strength x hedge_factor

`trigger_strength`: how often the trigger word means recruiting (lexicon). `slot_certainty`: half of it is given, half
is the mean certainty of the filled slots. `voice_strength`: a named voice or the narrator 1, unnamed ones less, and
less again for every voice through which it is cited. `hedge_factor`: what the modality takes away.
"""

from collections.abc import Sequence

from graph.frame import Claimant

_HEDGE = {"asserted": 1.0, "planned": 0.9, "negated": 0.85, "denied": 0.8, "alleged": 0.7}
_UNNAMED = 0.8
_INFERRED = 0.9
_CITED = 0.95


def confidence(
    trigger_strength: float, slot_certainties: Sequence[float], claimants: tuple[Claimant, ...], modality: str
) -> tuple[float, dict[str, float]]:
    """Return the confidence of a claim, 0 to 1, and its factors under the names that a Claim node gives them."""
    mean = sum(slot_certainties) / len(slot_certainties) if slot_certainties else 0.0
    factors = {
        "trigger_strength": _clipped(trigger_strength),
        "slot_certainty": _clipped(0.5 + mean / 2),
        "voice_strength": _clipped(_voice(claimants)),
        "hedge_factor": _HEDGE[modality],
    }
    product = 1.0
    for factor in factors.values():
        product *= factor
    return round(product, 3), factors


def _voice(claimants: tuple[Claimant, ...]) -> float:
    strength = 1.0
    for claimant in claimants:
        if claimant.position == 1:
            strength *= 1.0 if claimant.named else _UNNAMED
            strength *= _INFERRED if claimant.slot.inferred else 1.0
        else:
            strength *= _CITED
    return strength


def _clipped(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
