"""Clauses of speech put into a sentence between commas or at its end: "…, X said, …", "…, said X", "…, the pair said".

Read from the words around the comma, since the parser often takes the noun after it for something else.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.claims.english import tree
from ingest.claims.english.reporting import lexicon, voice_of

_LONGEST_VOICE = 16  # tokens between the comma and the verb
_LONGEST_REST = 10  # tokens after the verb, up to the next comma or the end


def inserted_voice(part: Sequence[Token], place: int) -> Token | None:
    """Return who speaks by an inserted clause whose verb stands at a place of a sentence (or part of one), or None."""
    verb = part[place]
    if verb.lower_ not in lexicon()["reporting_verbs"] or _is_infinitive(verb):
        return None
    if not tree.is_verb(verb) and not (verb.lower_ in ("show", "shows", "say", "says") and place + 2 >= len(part)):
        return None
    comma = _comma_before(part, place)
    if comma is None or comma == 0 or _rest(part, place) is None:
        return None
    chunk = _stripped(part[comma + 1 : place])
    if not chunk and verb.lower_ in lexicon()["clause_only"]:
        return None
    if chunk:
        return _head_of(chunk)
    after = voice_of(verb)
    if after is not None and after.i > verb.i:
        return after  # "…, said X"
    return _before_commas(part, comma) if part[comma].text == "," else None


def _stripped(chunk: Sequence[Token]) -> Sequence[Token]:
    """Return the words before a verb without its auxiliaries and adverbs ("the head of the council has")."""
    last = len(chunk)
    while last and chunk[last - 1].pos_ in ("AUX", "ADV"):
        last -= 1
    return chunk[:last]


def _before_commas(part: Sequence[Token], comma: int) -> Token | None:
    """Return the noun in ", the director, Ann Lee, told" and ", the pair, who live abroad, said"."""
    end = comma
    for _ in range(2):
        start = _comma_before(part, end)
        if start is None:
            return None
        piece = part[start + 1 : end]
        if piece and piece[0].tag_ not in ("WP", "WDT", "WP$", "WRB"):
            return _head_of(piece)
        end = start
    return None


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.dep_ in ("aux", "mark") and c.tag_ in ("TO", "MD") for c in verb.children)


def _rest(part: Sequence[Token], place: int) -> int | None:
    """Return how many tokens follow an inserted verb up to a comma or the end; None where it takes a clause itself."""
    for count, other in enumerate(part[place + 1 :]):
        if other.text in (",", ".", "”", '"', "—", ";", "!", "?"):
            return count
        if other.lower_ in ("that", "to") and other.tag_ in ("IN", "TO") and other.dep_ in ("mark", "aux"):
            return None
        if count >= _LONGEST_REST and other.dep_ in ("nsubj", "nsubjpass"):
            return None
    return 0


def _comma_before(part: Sequence[Token], place: int) -> int | None:
    for before in range(place - 1, max(-1, place - 2 - _LONGEST_VOICE), -1):
        if part[before].text in (",", "”", '"', "—", "?", "!"):
            return before
    return None


def _head_of(chunk: Sequence[Token]) -> Token | None:
    """Return the noun that heads the words between comma and verb; None where they are no noun phrase."""
    if chunk[0].pos_ not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM") or chunk[0].tag_ in ("WDT", "WP", "WRB"):
        return None
    if any(
        t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBN", "VBG") and t.dep_ not in ("relcl", "acl") for t in chunk
    ):
        return None
    inside = {t.i for t in chunk}
    heads = [t for t in chunk if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and t.head.i not in inside]
    return heads[0] if heads else None
