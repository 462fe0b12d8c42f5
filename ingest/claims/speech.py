"""Acts of speech in a sentence: which verb or phrase makes a clause somebody's account.

    “X said that it would hire”          complement   the verb stands above the trigger
    “it would hire, X said”              inserted     subject and verb stand between commas or at the end
    “it would hire, according to X”      phrase       a preposition names the voice

Works on the parse of one paragraph; who the voice is, is the business of `voices`. Inserted clauses are read from the
words around the comma, since the parser often takes the noun after it for something else.
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.claims import tree

_COMPLEMENT = frozenset(
    ("ccomp", "xcomp", "parataxis", "pcomp", "csubj", "csubjpass", "csubj:pass", "obj", "dobj", "dep")
)
_SPOKEN_ABOUT = frozenset(("of", "that", "as", "about", "for", "to"))
_OTHER_TIMES = frozenset(("while", "when", "after", "before", "although", "though", "until", "as", "whereas", "once"))
_LONGEST_VOICE = 16  # tokens between the comma and the verb of an inserted clause
_LONGEST_REST = 9  # tokens after that verb, up to the next comma or the end


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech. `word` is its verb, noun or preposition; `voice` heads the noun phrase of who speaks (None
    where the sentence does not say); `hearer` heads that of the one spoken to. `only` names the label that the voice
    must have for the act to be one of speech: a person pledges, a firm does; a medium learns and reports.
    """

    word: Token
    voice: Token | None
    hearer: Token | None = None
    only: str = ""


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/voices_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("voices_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def acts_over(token: Token, sentence: Sequence[Token]) -> tuple[Act, ...]:
    """Return the acts of speech that the token is reported by, nearest first; empty where the narrator speaks.

    Of a token that is itself a verb of speech, what it reports is meant.
    """
    part = _segment(token, sentence)
    inserted = {act.word.i: act for act in _inserted(token, part)}
    found: list[Act] = []
    for act in (*_above(token, part), *inserted.values(), *_phrases(token, part)):
        if all(act.word.i != other.word.i for other in found):
            found.append(inserted.get(act.word.i, act))
    return tuple(found)


def acts_in(sentence: Sequence[Token]) -> tuple[Act, ...]:
    """Return every act of speech in a sentence that has a voice, in its order, whatever it reports."""
    inserted = {}
    for place, token in enumerate(sentence):
        found = _insertion(sentence, place)
        if found is not None:
            inserted[token.i] = found
    acts = []
    for token in sentence:
        if token.i in inserted:
            acts.append(inserted[token.i])
        elif is_reporting(token):
            acts.append(Act(token, voice_of(token), _hearer(token)))
        elif token.lower_ in lexicon()["presenting_verbs"] and tree.is_verb(token):
            acts.append(Act(token, tree.agent(token), only="Person"))
        elif token.lower_ == "according":
            acts.append(Act(token, next((noun for _, noun in tree.obliques(token)), None)))
    return tuple(act for act in acts if act.voice is not None)


def is_reporting(verb: Token) -> bool:
    """Whether the verb is of the reporting list and used to report."""
    word, words = verb.lower_, lexicon()
    if word in ("let", "lets"):  # "let it be known that", "let the agency know that"
        return any(c.lower_ in ("know", "known") and c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if word not in words["reporting_verbs"] or not tree.is_verb(verb):
        return False
    if word not in words["clause_only"]:
        return True
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children) or verb.dep_ == "parataxis":
        return True
    rejected = tree.patient(verb)
    return rejected is not None and rejected.lower_ in words["rejected_nouns"]


def content(token: Token) -> Token:
    """Return what a verb of speech reports, its complement's verb; any other token itself."""
    seen = token
    while is_reporting(seen):
        below = next((c for c in seen.children if c.dep_ in ("ccomp", "xcomp") and tree.is_verb(c)), None)
        if below is None:
            return seen
        seen = below
    return seen


def voice_of(verb: Token) -> Token | None:
    """Return the speaker of a reporting verb: its subject; of a passive one the noun after "by"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and tree.is_verb(verb.head.head):
        return tree.direct_object(verb.head.head)  # "quoted the authorities as saying"
    if verb.dep_ == "acl" and verb.head.head.i == verb.head.i and any(c.dep_ == "ccomp" for c in verb.children):
        return verb.head  # the parser took "X described how …" for a noun with a participle
    return tree.agent(verb)


def _hearer(verb: Token) -> Token | None:
    if verb.lower_ in ("told", "tell", "tells", "telling"):
        return tree.direct_object(verb) or tree.recipient(verb)
    return tree.recipient(verb)


def _segment(token: Token, sentence: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens between the semicolons around the token."""
    first, last = 0, len(sentence)
    for place, other in enumerate(sentence):
        if other.text == ";":
            if other.i < token.i:
                first = place + 1
            elif other.i > token.i:
                last = place
                break
    return sentence[first:last]


def _above(token: Token, part: Sequence[Token]) -> Iterator[Act]:
    """Yield the reporting verbs whose complement the token stands in."""
    if not part:
        return
    first, last = part[0].i, part[-1].i
    below, charged = token, False
    if token.lower_ in lexicon()["committing_verbs"] and tree.is_verb(token):
        yield Act(token, tree.agent(token), only="Person")
    elif is_reporting(token):
        yield Act(token, voice_of(token), _hearer(token))
    for above in tree.above(token):
        charged = charged or (below.dep_ == "pcomp" and above.lower_ == "of")
        if first <= above.i <= last:
            if is_reporting(above) and (charged or _is_content(below, above)):
                yield Act(above, voice_of(above), _hearer(above))
            elif above.lower_ in lexicon()["document_nouns"] and below.dep_ in ("acl", "ccomp") and tree.is_noun(above):
                yield Act(above, above)  # "a report that the firm hires …"
            elif above.lower_ in lexicon()["presenting_verbs"] and below.dep_ in ("dobj", "obj", "xcomp", "ccomp"):
                yield Act(above, tree.agent(above), only="Person")
            elif above.lower_ in lexicon()["learning_verbs"] and below.dep_ == "ccomp":
                yield Act(above, tree.agent(above), only="Publisher")
        below = above


def _is_content(below: Token, verb: Token) -> bool:
    """Whether the branch under a reporting verb is what is said, not who says it, when, or what else was done."""
    if below.dep_ in _COMPLEMENT:
        return True
    if below.dep_ in ("prep", "agent") and below.lower_ in _SPOKEN_ABOUT:
        return True
    if below.dep_ in ("nsubj", "nsubjpass", "nsubj:pass"):
        return tree.is_passive(verb)
    if below.dep_ == "advcl":
        # "X hired three people, Y said" and "there was no time, said Y, since others hire" are often parsed so
        marks = {c.lower_ for c in below.children if c.dep_ in ("mark", "advmod")}
        return not marks & _OTHER_TIMES and (
            below.i < verb.i or any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
        )
    return False


def _inserted(token: Token, part: Sequence[Token]) -> Iterator[Act]:
    """Yield the clauses of speech between commas or at the end: "…, X said", "…, X said last week, …", "…, said X"."""
    for place in range(len(part)):
        found = _insertion(part, place)
        if found is not None:
            yield found


def _insertion(part: Sequence[Token], place: int) -> Act | None:
    """Return the inserted clause of speech whose verb stands at a place, or None."""
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
        voice = _head_of(chunk)
    elif verb.i + 1 < len(verb.doc) and not verb.nbor().is_punct and part[comma].text != ",":
        voice = voice_of(verb)
        voice = voice if voice is not None and voice.i > verb.i else None
    else:
        after = voice_of(verb)
        voice = after if after is not None and after.i > verb.i else _before_commas(part, comma)
    return Act(verb, voice, _hearer(verb)) if voice is not None else None


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


def _phrases(token: Token, part: Sequence[Token]) -> Iterator[Act]:
    """Yield "according to X" and "by X's count" in the token's part of the sentence."""
    for place, other in enumerate(part):
        if other.lower_ == "according" and place + 1 < len(part) and part[place + 1].lower_ == "to":
            noun = _noun_after(part[place + 1], part)
            if noun is not None and token.i not in tree.subtree_indices(noun):
                yield Act(other, noun)
        elif other.lower_ in lexicon()["account_nouns"] and other.head.lower_ in ("by", "in", "on", "from"):
            owner = next((c for c in other.children if c.dep_ in ("poss", "nmod:poss")), None)
            if owner is not None and other.head.i < other.i and owner.pos_ != "PRON":
                yield Act(other, owner)


def _noun_after(preposition: Token, part: Sequence[Token]) -> Token | None:
    noun = next((child for child in preposition.children if child.dep_ in ("pobj", "obj", "nmod")), None)
    if noun is not None:
        return noun
    later = (t for t in part if t.i > preposition.i)
    return next((t for t in later if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
