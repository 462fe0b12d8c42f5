"""A sentence for a claim, so that a graph browser shows sense."""

from collections.abc import Iterable

from graph.frame import Claim, Slot

RECRUITER_WORDS = {
    "national_government": "government",
    "local_government": "local government",
    "supranational": "supranational body",
    "research_org": "research organisation",
    "armed_forces": "armed forces",
    "unspecified": "someone",
}


def claim_name(claim: Claim) -> str:
    """Return a sentence that says what a claim claims: "company in Zhejiang seeks AI from Spain (alleged)"."""
    who = RECRUITER_WORDS.get(claim.recruiter_type, claim.recruiter_type)
    if claim.recruiter and not claim.recruiter.entity.described:
        who = claim.recruiter.entity.name
    places = [name for name in _names(claim.destinations) if name != who]
    text = who + (f" in {_listed(places)}" if places else "")
    text += f" seeks {_listed(_names(claim.fields)) or 'talent'}"
    if claim.origins:
        text += f" from {_listed(_names(claim.origins))}"
    return f"{text} ({claim.modality})"


def _names(slots: Iterable[Slot]) -> list[str]:
    return list(dict.fromkeys(slot.entity.name for slot in slots))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
