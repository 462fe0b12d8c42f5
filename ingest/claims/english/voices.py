"""A noun that speaks → the voice it stands for: a named person, body or medium, or an unnamed source by its role.

“Valery Falkov, the minister”    the person
“a report of the ministry”       the ministry, which owns the document
“the ministry”                   the body named before, where one fits
“people close to the talks”      a Voice, known by its words alone
"""

import bisect
import re
from dataclasses import dataclass

from spacy.tokens import Token

from graph import ids
from graph.frame import Entity, Mention
from ingest.claims.english import tree
from ingest.claims.english.reporting import lexicon
from ingest.language import Paragraph

_SPEAKERS = ("Person", "Organisation", "Company", "Region")
_LONGEST_ABBREVIATION = 8
_ROLE_WORDS = 12
_DEFINITE = frozenset(("the", "this", "its", "his", "her"))
_REMEMBERED = 200  # names before a noun among which the one that it stands for is sought
_NEAR = 70  # characters in which a person's role stands beside the name


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice at its words (`start`, `end`: characters of the document); `certainty` 0 to 1."""

    entity: Entity
    role: str
    named: bool
    start: int
    end: int
    plural: bool
    person: bool
    certainty: float = 0.9
    inferred: bool = False


def voice(
    noun: Token, paragraph: Paragraph, mentions: tuple[Mention, ...], text: str, document_id: str, *, says: bool = False
) -> Voice | None:
    """Return the voice that a noun stands for; None for a pronoun and for what cannot speak.

    `says`: the verb is one after which any noun speaks ("the judge said"), not only one known to ("the judge found").
    """
    if noun.pos_ == "PRON" and noun.lower_ not in ("others", "many", "some", "several", "one", "both"):
        return None
    if noun.lower_ in lexicon()["amount_nouns"]:
        counted = next((n for preposition, n in tree.obliques(noun) if preposition == "of"), None)
        if counted is not None:
            return voice(counted, paragraph, mentions, text, document_id)
    owner = _owner(noun)
    if owner is not None:
        found = voice(owner, paragraph, mentions, text, document_id)
        if found is not None:
            return found
    for head in (noun, *_renamings(noun)):
        mention = _mention_at(mentions, paragraph.start + head.idx)
        deep = head.head.i != noun.i and head.dep_ == "appos" and noun.dep_ != "appos"
        if mention is not None and (not deep or mention.entity.label == "Person"):
            return _named(_in_full(mention, mentions, text), noun, paragraph, mentions)
    known = _known_before(noun, paragraph, mentions, text)
    if known is not None:
        return known
    return _unnamed(noun, paragraph, mentions, document_id, says=says)


def _owner(noun: Token) -> Token | None:
    """Return who owns a document that speaks: possessor, "of", "by", "from", or who got it ("obtained by X")."""
    if noun.lower_ not in lexicon()["document_nouns"]:
        return None
    possessor = next((c for c in noun.children if c.dep_ in ("poss", "nmod:poss")), None)
    if possessor is not None and possessor.pos_ != "PRON":
        return possessor
    for preposition, owner in tree.obliques(noun):
        if preposition in ("of", "by", "from") and owner.pos_ in ("PROPN", "NOUN"):
            return owner
    for child in noun.children:
        if child.dep_ == "acl":
            by = next((owner for preposition, owner in tree.obliques(child) if preposition == "by"), None)
            if by is not None:
                return by
    return next((c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None)


def _renamings(noun: Token) -> list[Token]:
    """Return the nouns that rename one: "the director, X", "X, the director", "a consultant named X"."""
    found = [t for t in noun.subtree if t.dep_ == "appos" and t.pos_ == "PROPN"]
    for child in noun.children:
        if child.dep_ == "acl" and child.lower_ in ("named", "called", "surnamed", "identified"):
            found += [c for c in child.children if c.dep_ in ("oprd", "dobj", "attr", "xcomp", "obj")]
    if noun.dep_ == "appos":
        found.append(noun.head)
    return found


def _mention_at(mentions: tuple[Mention, ...], position: int) -> Mention | None:
    index = bisect.bisect_right(mentions, position, key=lambda m: m.start) - 1
    mention = mentions[index] if index >= 0 else None
    return mention if mention is not None and position < mention.end and mention.entity.label in _SPEAKERS else None


def _in_full(mention: Mention, mentions: tuple[Mention, ...], text: str) -> Mention:
    """Return the mention whose abbreviation one is: "PTI" after "Press Trust of India (PTI)"; else itself."""
    short = text[mention.start : mention.end]
    if not short.isupper() or len(short) > _LONGEST_ABBREVIATION:
        return mention
    opening = text.find(f"({short})")
    index = bisect.bisect_left(mentions, opening - 1, key=lambda m: m.end)
    full = mentions[index] if opening > 0 and index < len(mentions) and mentions[index].end <= opening else None
    return Mention(full.entity, mention.start, mention.end) if full is not None else mention


def _named(
    mention: Mention, noun: Token, paragraph: Paragraph, mentions: tuple[Mention, ...], *, inferred: bool = False
) -> Voice:
    entity = mention.entity
    if entity.label == "Organisation" and entity.kind == "media":
        entity = Entity("Publisher", ids.named_id("Publisher", entity.name), entity.name)
    start, end = (
        (paragraph.start + noun.idx, paragraph.start + noun.idx + len(noun))
        if inferred
        else (
            mention.start,
            mention.end,
        )
    )
    return Voice(
        entity,
        _role(noun, paragraph, mentions),
        True,
        start,
        end,
        plural=False,
        person=entity.label == "Person",
        certainty=0.7 if inferred else 0.95,
        inferred=inferred,
    )


def _known_before(noun: Token, paragraph: Paragraph, mentions: tuple[Mention, ...], text: str) -> Voice | None:
    """Return the voice that "the ministry", "the company", "the minister" stands for, named earlier in the text."""
    definite = any(c.dep_ in ("det", "poss") and c.lower_ in _DEFINITE for c in noun.children)
    if not definite or noun.tag_ not in ("NN", "NNP"):
        return None
    word = noun.lower_
    stop = bisect.bisect_right(mentions, paragraph.start + noun.idx, key=lambda m: m.end)
    earlier = mentions[max(0, stop - _REMEMBERED) : stop][::-1]
    fitting = (
        next((m for m in earlier if _is_called(word, m)), None)
        or next((m for m in earlier if word in lexicon()["medium_nouns"] and m.entity.kind == "media"), None)
        or next((m for m in earlier if word in lexicon()["company_nouns"] and m.entity.label == "Company"), None)
        or next((m for m in earlier if word in lexicon()["office_nouns"] and _holds_office(word, m, text)), None)
    )
    return _named(fitting, noun, paragraph, mentions, inferred=True) if fitting is not None else None


def _is_called(word: str, mention: Mention) -> bool:
    """Whether a body bears the word in its name: "the ministry" after "Ministry of Health"."""
    names = re.findall(r"\w+", mention.entity.name.casefold())
    return mention.entity.label in ("Organisation", "Company") and word in names


def _holds_office(word: str, mention: Mention, text: str) -> bool:
    if mention.entity.label != "Person":
        return False
    around = text[max(0, mention.start - _NEAR) : mention.end + _NEAR]
    return re.search(rf"\b{re.escape(word)}\b", around, re.IGNORECASE) is not None


def _unnamed(
    noun: Token, paragraph: Paragraph, mentions: tuple[Mention, ...], document_id: str, *, says: bool
) -> Voice | None:
    if noun.pos_ == "PROPN":
        # a name that no list and no tagger knows
        first, last = tree.phrase(noun)
        start = paragraph.start + noun.doc[first].idx
        end = paragraph.start + noun.doc[last - 1].idx + len(noun.doc[last - 1])
        name = _role(noun, paragraph, mentions)
        label = "Person" if noun.ent_type_ == "PERSON" else "Organisation"
        entity = Entity(label, ids.described_id(document_id, name), name, document_bound=label == "Person")
        return Voice(entity, name, True, start, end, plural=False, person=label == "Person", certainty=0.7)
    word = noun.lower_
    speaks = says or not _forms(word).isdisjoint(lexicon()["source_nouns"] | lexicon()["document_nouns"])
    if not speaks and noun.pos_ == "NOUN":
        return None
    role = _role(noun, paragraph, mentions)
    if not role:
        return None
    start = paragraph.start + noun.idx
    entity = Entity("Voice", ids.described_id(document_id, role), role)
    return Voice(
        entity,
        role,
        False,
        start,
        start + len(noun),
        plural=noun.tag_ in ("NNS", "NNPS", "CD"),
        person=word not in lexicon()["company_nouns"] | lexicon()["medium_nouns"] | lexicon()["document_nouns"],
        certainty=0.85,
    )


def _forms(word: str) -> set[str]:
    """Return a word and what may be its singular."""
    return {word, word.removesuffix("s"), word.removesuffix("ies") + "y"}


def _role(noun: Token, paragraph: Paragraph, mentions: tuple[Mention, ...]) -> str:
    """Return the noun phrase without its article and clauses, at most twelve words, as written.

    A name at its edge is whole: the phrase of "Ministry of Economy, Trade and Industry" ends at the comma.
    """
    first, last = tree.phrase(noun)
    if last - first > _ROLE_WORDS:
        last = max(noun.i + 1, first + _ROLE_WORDS)
    whole = _mention_at(mentions, paragraph.start + noun.doc[first].idx)
    while whole is not None and first > 0 and paragraph.start + noun.doc[first - 1].idx >= whole.start:
        first -= 1
    whole = _mention_at(mentions, paragraph.start + noun.doc[last - 1].idx)
    while whole is not None and last < len(noun.doc) and paragraph.start + noun.doc[last].idx < whole.end:
        last += 1
    tokens = list(noun.doc[first:last])
    while tokens and (tokens[0].lower_ in ("a", "an", "the") or tokens[0].is_punct):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].pos_ in ("ADP", "DET") or tokens[-1].tag_ == "POS"):
        tokens.pop()
    if not tokens:
        return ""
    span = noun.doc[tokens[0].i : tokens[-1].i + 1]
    return re.sub(r"\s+", " ", span.text).strip()
