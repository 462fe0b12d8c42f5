"""Acts of speech in a sentence: which verb or phrase makes a clause somebody's account.

    “X said that it would hire”          complement   the verb stands above the trigger
    “it would hire, X said”              inserted     subject and verb stand between commas or at the end
    “it would hire, according to X”      phrase       a preposition names the voice

Works on the parse of one paragraph; who the voice is, is the business of `voices`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.claims.english import tree
from ingest.claims.english.insertions import inserted_voice
from ingest.claims.english.reporting import hearer_of, is_reporting, lexicon, voice_of

_COMPLEMENT = frozenset(
    ("ccomp", "xcomp", "parataxis", "pcomp", "csubj", "csubjpass", "csubj:pass", "obj", "dobj", "dep")
)
_SPOKEN_ABOUT = frozenset(("of", "that", "as", "about", "for", "to"))
_OTHER_TIMES = frozenset(("while", "when", "after", "before", "although", "though", "until", "as", "whereas", "once"))
_BEFORE_THAT = 10  # tokens between a verb of speech and its "that"


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


def acts_over(token: Token, sentence: Sequence[Token]) -> tuple[Act, ...]:
    """Return the acts of speech that the token is reported by, nearest first; empty where the narrator speaks.

    Of a token that is itself a verb of speech, what it reports is meant.
    """
    part = _segment(token, sentence)
    inserted = {act.word.i: act for act in _inserted(part)}
    found: list[Act] = []
    acts = [*_above(token, part), *_that(token, part), *inserted.values(), *_phrases(token, part)]
    if any(act.word.lower_ in lexicon()["rejecting_verbs"] for act in acts):
        # "X rejected reports that …": X answers for it, not the reports
        acts = [act for act in acts if act.word != act.voice]
    for act in acts:
        if all(act.word.i != other.word.i for other in found):
            found.append(inserted.get(act.word.i, act))
    return tuple(found)


def acts_in(sentence: Sequence[Token]) -> tuple[Act, ...]:
    """Return every act of speech in a sentence that has a voice, in its order, whatever it reports."""
    inserted = {act.word.i: act for act in _inserted(sentence)}
    acts = []
    for token in sentence:
        if token.i in inserted:
            acts.append(inserted[token.i])
        elif is_reporting(token):
            acts.append(Act(token, voice_of(token), hearer_of(token)))
        elif token.lower_ in lexicon()["presenting_verbs"] and tree.is_verb(token):
            acts.append(Act(token, tree.agent(token), only="Person"))
        elif token.lower_ == "according":
            acts.append(Act(token, next((noun for _, noun in tree.obliques(token)), None)))
    return tuple(act for act in acts if act.voice is not None)


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
        yield Act(token, voice_of(token), hearer_of(token))
    for above in tree.above(token):
        charged = charged or (below.dep_ == "pcomp" and above.lower_ == "of")
        if first <= above.i <= last:
            if is_reporting(above) and (charged or _is_content(below, above)):
                yield Act(above, voice_of(above), hearer_of(above))
            elif above.lower_ in lexicon()["document_nouns"] and below.dep_ in ("acl", "ccomp") and tree.is_noun(above):
                yield Act(above, above)  # "a report that the firm hires …"
            elif above.lower_ in lexicon()["presenting_verbs"] and below.dep_ in ("dobj", "obj", "xcomp", "ccomp"):
                yield Act(above, tree.agent(above), only="Person")
            elif above.lower_ in lexicon()["learning_verbs"] and below.dep_ == "ccomp":
                yield Act(above, tree.agent(above), only="Publisher")
        below = above


def _that(token: Token, part: Sequence[Token]) -> Iterator[Act]:
    """Yield the verb before a "that" before the token, where the parser hung the clause elsewhere."""
    words = lexicon()
    before = [t for t in part if t.i < token.i]
    that = next((t for t in reversed(before) if t.lower_ == "that" and t.tag_ in ("IN", "WDT")), None)
    if that is None:
        return
    for verb in reversed(before):
        if verb.i < that.i and verb.lower_ in words["reporting_verbs"] and tree.is_verb(verb):
            if verb.lower_ not in words["clause_only"] and that.i - verb.i <= _BEFORE_THAT:
                yield Act(verb, voice_of(verb), hearer_of(verb))
            return


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


def _phrases(token: Token, part: Sequence[Token]) -> Iterator[Act]:
    """Yield "according to X" and "by X's count" in the token's part of the sentence."""
    for place, other in enumerate(part):
        if other.lower_ == "according" and place + 1 < len(part) and part[place + 1].lower_ == "to":
            noun = _noun_after(part[place + 1], part)
            if noun is not None and token.i not in tree.subtree_indices(noun):
                yield Act(other, noun)
        elif other.lower_ in ("put", "puts") and other.dep_ == "advcl" and tree.direct_object(other) is not None:
            if any(c.lower_ == "as" for c in other.children):
                yield Act(other, tree.subject(other))  # "as X put it"
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


def _inserted(part: Sequence[Token]) -> Iterator[Act]:
    """Yield the clauses of speech between commas or at the end: "…, X said", "…, X said last week, …", "…, said X"."""
    for place, verb in enumerate(part):
        voice = inserted_voice(part, place)
        if voice is not None:
            yield Act(verb, voice, hearer_of(verb))
