"""Whether a sentence states recruiting: a weighted sum of what it holds, of its neighbours, and of the whole text.

Sentences that only add terms ("Then flats, cars, a school.") pass because of the sentences around them; words of
recruiting in a text about something else (patients, soldiers, players) do not, because the text speaks against them.
The weights were fitted to annotated documents (two logistic regressions, `tests/eval/fit_gate.py`), those of single
words too, known by their first letters, and of kinds of names; a positive sum passes.
"""

from collections.abc import Sequence

from graph.frame import Claim
from ingest.claims.english.employers import employers
from ingest.claims.english.frames import Frame
from ingest.claims.english.phrases import find_phrases
from ingest.claims.english.places import destinations, origins
from ingest.claims.english.scene import Scene
from ingest.claims.english.triggers import Trigger
from ingest.claims.english.weights import AROUND, OWN
from ingest.claims.english.wordlists import fitted, words

_COMING = words("coming")
_CONTENT = frozenset(("VERB", "NOUN", "ADJ", "ADV", "AUX"))
_SMALL = frozenset(("PRON", "ADP", "PART", "SCONJ", "DET"))
STEM = 5  # letters of a word that count: enough to know it by, few enough to join its forms
OF_A_WORD = 0.5  # a word, or a kind of name, weighs less than what the rules see
OF_A_SMALL_WORD = 0.3  # "to", "their", "would": they stand everywhere
_READER = frozenset(("you", "your", "yours"))
_WRITERS = frozenset(("we", "our", "us"))
_WRITER = frozenset(("i", "me", "my"))
_BULLETS = ("-", "•", "*", "–", "·", "|")
_FEW = 3
_PLAIN = 0.55  # the score of a sentence that leaves little doubt
_BEYOND_DOUBT = 1.9  # the score of a sentence that needs no other beside it
_LONG = 200  # sentences of a paragraph beyond which it is no unit of sense
_GUESSED = 0.6  # the certainty of a place that is only where the text plays
_NOTHING = 0.0  # the score of a neighbour that is not there
GROUPS = ("scheme", "applying", "moving", "rejecting", "talent", "own_people", "suspicion", "need")


def recruiters(frames: Sequence[Sequence[Frame]]) -> frozenset[str]:
    """Return the ids of the named parties that surely recruit somewhere in the text."""
    return frozenset(
        frame.party.slot.entity.id
        for framed in frames
        for frame in framed
        if frame.party is not None and frame.trigger.strength >= 0.75 and any(p.weight >= 0.5 for p in frame.people)
    )


def seen(scene: Scene, frames: Sequence[Frame], known: frozenset[str]) -> dict[str, float]:
    """Return what one sentence holds, each 0 to 1; counts are capped. `known` are the ids of sure recruiters."""
    found: dict[str, float] = {}
    for trigger in scene.triggers:
        name = f"{trigger.sense}_{'noun' if trigger.nominal else 'verb'}"
        found[name] = max(found.get(name, 0.0), trigger.strength)
    strongest = max((t.strength for t in scene.triggers), default=0.0)
    codes = {p.code for p in scene.incentives}
    labels = {m.entity.label for m in scene.mentions}
    present = {t.lower_ for t in scene.tokens()}
    found |= {
        "strong": 1.0 if strongest >= 0.75 else 0.0,
        "strong_people": 1.0
        if any(f.trigger.strength >= 0.75 and any(p.weight >= 0.5 for p in f.people) for f in frames)
        else 0.0,
        "taken_person": 1.0 if any(f.persons for f in frames) else 0.0,
        "strong_party": 1.0 if any(f.party is not None and f.trigger.strength >= 0.75 for f in frames) else 0.0,
        "taken_people": max((p.weight for f in frames for p in f.people), default=0.0),
        "people": max((p.weight for p in scene.people), default=0.0),
        "field_people": 1.0 if any(p.field for p in scene.people) else 0.0,
        "party": 1.0 if any(f.party is not None and not f.party.slot.entity.described for f in frames) else 0.0,
        "described_party": 1.0 if any(f.party is not None and f.party.slot.entity.described for f in frames) else 0.0,
        "pronoun": 1.0 if any(f.pronoun for f in frames) else 0.0,
        "origin": 1.0 if origins(scene) else 0.0,
        "employer": 1.0 if employers(scene, frozenset()) else 0.0,
        "destination": 1.0 if destinations(scene) else 0.0,
        "incentive": min(1.0, len(codes)),
        "incentives": min(1.0, max(0, len(codes) - 1) / 2),
        "channel": 1.0 if scene.channels else 0.0,
        "field": 1.0 if "Field" in labels else 0.0,
        "programme": 1.0 if "Programme" in labels else 0.0,
        "number": 1.0 if any(t.like_num for t in scene.tokens()) else 0.0,
        "recruits": 1.0 if present & _COMING else 0.0,
        "short": 1.0 if scene.last - scene.first < 9 else 0.0,
        "known": 1.0 if any(m.entity.id in known for m in scene.mentions) else 0.0,
        "long": min(1.0, (scene.last - scene.first) / 60),
        "quotation": 1.0 if present & {'"', "“", "”"} else 0.0,
    }
    found |= _manner(scene, present) | _frames(frames)
    for name in GROUPS:
        found[f"words_{name}"] = min(1.0, len(present & words(f"gate_{name}")) / 2)
    for phrase in find_phrases("unrelated_en", scene.sentence.text, scene.sentence.start):
        found[f"about_{phrase.code}"] = 1.0
    for token in scene.tokens():
        if token.pos_ in _CONTENT and token.is_alpha:
            found[f"word_{token.lower_[:STEM]}"] = OF_A_WORD
        elif token.pos_ in _SMALL and token.is_alpha:
            found[f"word_small_{token.lower_}"] = OF_A_SMALL_WORD
        if token.ent_type_:
            found[f"word_name_{token.ent_type_}"] = OF_A_WORD
    return {name: value for name, value in found.items() if value}


def _frames(frames: Sequence[Frame]) -> dict[str, float]:
    """Return what the triggers take, by their sense: people, a person, a party, both; and what kind of party acts."""
    found: dict[str, float] = {}
    for frame in frames:
        people = any(p.weight >= 0.5 for p in frame.people)
        if frame.party is not None:
            found[f"by_{frame.party.type}"] = 1.0
        for trigger in frame.triggers:
            name = f"{trigger.sense}_{'noun' if trigger.nominal else 'verb'}"
            taken = {
                "people": people,
                "person": bool(frame.persons or frame.pointed),
                "party": frame.party is not None,
                "both": people and frame.party is not None,
            }
            found |= {f"{name}_{what}": 1.0 for what, is_so in taken.items() if is_so}
    return found


def _manner(scene: Scene, present: set[str]) -> dict[str, float]:
    """Return how the sentence speaks: to a reader, of the writer, as one of a list."""
    text = scene.sentence.text.strip()
    return {
        "reader": 1.0 if present & _READER else 0.0,
        "writers": 1.0 if present & _WRITERS else 0.0,
        "writer": 1.0 if present & _WRITER else 0.0,
        "listed": 1.0 if text.startswith(_BULLETS) else 0.0,
        "question": 1.0 if text.endswith("?") else 0.0,
        "heading": 1.0 if text.endswith(":") else 0.0,
    }


def own_score(found: dict[str, float]) -> float:
    """Return how much one sentence says for itself."""
    of_words = fitted("gate_words_en")
    return OWN["bias"] + sum(
        (of_words.get(name[5:], 0.0) if name.startswith("word_") else OWN.get(name, 0.0)) * value
        for name, value in found.items()
    )


def surroundings(scores: Sequence[float], paragraphs: Sequence[int]) -> list[dict[str, float]]:
    """Return per sentence the scores around it, each -1 to 1: its own, its neighbours', its paragraph's, the text's."""
    squashed = [max(-3.0, min(3.0, score)) / 3 for score in scores]
    members: dict[int, list[float]] = {}
    for score, paragraph in zip(squashed, paragraphs, strict=True):
        members.setdefault(paragraph, []).append(score)
    best = sorted(squashed, reverse=True)[:4]
    text = {"text": sum(squashed) / max(1, len(squashed)), "best": sum(best) / max(1, len(best))}
    found = []
    for index, (score, here) in enumerate(zip(scores, paragraphs, strict=True)):
        near = members[here]
        highest = sorted(near, reverse=True)[:2] if len(near) < _LONG else [max(near)] * 2
        others = highest[1:] if highest[0] == squashed[index] else highest[:1]
        found.append(
            {
                "own": score / 3,
                "before": squashed[index - 1] if index and paragraphs[index - 1] == here else _NOTHING,
                "after": squashed[index + 1] if index + 1 < len(scores) else _NOTHING,
                "paragraph": others[0] if others else _NOTHING,
                "paragraph_mean": sum(near) / len(near) if len(near) < _LONG else text["text"],
                **text,
                "first": 1.0 if index == 0 else 0.0,
            }
        )
    return found


def passed(scenes: Sequence[Scene], frames: Sequence[Sequence[Frame]]) -> list[float]:
    """Return a score per sentence; positive where it states recruiting.

    A text of some length in which no sentence does so plainly only uses the words.
    """
    known = recruiters(frames)
    scores = [own_score(seen(scene, framed, known)) for scene, framed in zip(scenes, frames, strict=True)]
    paragraphs = [scene.sentence.paragraph for scene in scenes]
    found = [
        AROUND["bias"] + sum(AROUND.get(name, 0.0) * value for name, value in around.items())
        for around in surroundings(scores, paragraphs)
    ]
    return found if len(found) <= _FEW or max(found) > _PLAIN else [min(score, 0.0) for score in found]


def is_about(claims: Sequence[Claim], triggers: Sequence[Trigger], best: float) -> bool:
    """Whether a text is about recruiting: several claims, or one that says who, and where from or to, in plain words.

    Texts without any only use the words: definitions, fears, casting shows, patients who are recruited; unless the
    `best` score of a sentence leaves no doubt."""
    if len(claims) > _FEW or best > _BEYOND_DOUBT:
        return True
    for claim, trigger in zip(claims, triggers, strict=True):
        plain = trigger.strength >= 0.45 or (trigger.strength >= 0.3 and not trigger.nominal)
        told = any(slot.certainty > _GUESSED for slot in claim.destinations)
        if claim.recruiter is None:
            if told and plain and claim.offers:
                return True
            continue
        placed = bool(told or claim.origins or claim.origin_employers)
        if (placed and plain) or (trigger.strength >= 0.75 and not claim.recruiter.entity.described):
            return True
    return False
