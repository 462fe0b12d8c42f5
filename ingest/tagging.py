"""Tags of English words by lists, endings and neighbours, for reading without a model: weaker than a tagger."""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Sequence

from ingest.claims.english import reporting, triggers

Tagged = tuple[str, str]  # part of speech (universal), tag (Penn)

_NUMBER = re.compile(
    r"\d[\d.,]*(?:[a-z]+)?|\w+teen|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty"
    r"|fifty|dozens?|hundreds?|thousands?|million|billion"
)
_NOMINAL_BEFORE = ("DET", "ADJ", "NUM", "ADP")


@functools.cache
def lists() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/shallow_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("shallow_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


@functools.cache
def verbs() -> frozenset[str]:
    """Return the forms that may be verbs: common ones, verbs of speech, and the triggers."""
    acting = {form.split()[0] for word in triggers.words() if not word.nominal for form in word.forms}
    return frozenset(lists()["verbs"] | reporting.lexicon()["reporting_verbs"] | acting)


def tags(words: Sequence[str]) -> list[Tagged]:
    """Return part of speech and tag of every word of one paragraph."""
    found: list[Tagged] = []
    for place, word in enumerate(words):
        following = words[place + 1].casefold() if place + 1 < len(words) else ""
        first = place == 0 or words[place - 1] in '.!?:;“"'
        found.append(_closed(word, following) or _open(word, found, following, first=first))
    return found


def _closed(word: str, following: str) -> Tagged | None:
    lower, known = word.casefold(), lists()
    if not any(character.isalnum() for character in word):
        if lower in ("'", "’") or word.isspace():
            return ("PART", "POS") if not word.isspace() else ("SPACE", "_SP")
        return ("SYM", "$") if word in "$€£¥₩%" else ("PUNCT", word)
    if lower in ("'s", "’s"):
        return ("AUX", "VBZ") if following.endswith(("ing", "ed")) else ("PART", "POS")
    if lower == "that":
        return ("SCONJ", "IN") if following in known["pronouns"] | known["determiners"] else ("PRON", "WDT")
    if lower == "to":
        return ("PART", "TO") if following in verbs() or following in known["be"] | known["have"] else ("ADP", "IN")
    for name, tagged in (
        ("be", ("AUX", {"been": "VBN", "being": "VBG", "be": "VB"}.get(lower, "VBD"))),
        ("have", ("AUX", "VBD")),
        ("do", ("AUX", "VBD")),
        ("modals", ("AUX", "MD")),
        ("negators", ("PART", "RB")),
        ("pronouns", ("PRON", "WP" if lower.startswith("wh") else "PRP")),
        ("determiners", ("DET", "PRP$" if lower in ("its", "their", "his", "her", "our", "my", "your") else "DT")),
        ("prepositions", ("ADP", "IN")),
        ("subordinators", ("SCONJ", "IN")),
        ("conjunctions", ("CCONJ", "CC")),
        ("adverbs", ("ADV", "RB")),
    ):
        if lower in known[name]:
            return tagged
    return ("NUM", "CD") if _NUMBER.fullmatch(lower) else None


def _open(word: str, before: Sequence[Tagged], following: str, *, first: bool) -> Tagged:
    lower = word.casefold()
    last = before[-1] if before else ("", "")
    nominal = last[0] in _NOMINAL_BEFORE or last[1] == "POS"
    gerund = last[0] == "ADP" and lower.endswith("ing")
    if lower in verbs() and (not nominal or gerund) and (word.islower() or first) and last[1] != "VBX":
        follows_noun = last[0] in ("NOUN", "PROPN", "PRON", "AUX", "PART", "ADV", "PUNCT", "CCONJ", "SCONJ", "ADP", "")
        if follows_noun or lower.endswith(("ed", "ing")):
            return "VERB", _verb_tag(lower, before)
    if word[0].isupper() and not first:
        return "PROPN", "NNP"
    if lower.endswith("ly"):
        return "ADV", "RB"
    if word.islower() and lower.endswith("ed") and len(lower) > 4 and not nominal:
        return "VERB", _verb_tag(lower, before)
    if (
        lower.endswith(tuple(lists()["adjective_ends"]))
        and following.isalpha()
        and following not in lists()["prepositions"]
    ):
        return "ADJ", "JJ"
    if word[0].isupper() and following[:1].isalpha() and not lower.endswith("s"):
        return "PROPN", "NNP"
    return "NOUN", "NNS" if lower.endswith("s") and not lower.endswith("ss") else "NN"


def _verb_tag(lower: str, before: Sequence[Tagged]) -> str:
    """Return the tag of a verb form: a participle after a form of "be" or "have" or right after a noun stays VBD."""
    if lower.endswith("ing"):
        return "VBG"
    for part, tag in reversed(before[-4:]):
        if tag in ("TO", "MD"):
            return "VB"
        if part == "AUX":
            return "VBN"
        if part not in ("ADV", "PART"):
            break
    if lower.endswith("s"):
        return "VBZ"
    return "VBD"
