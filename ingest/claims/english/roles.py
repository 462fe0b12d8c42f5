"""Who recruits and who is recruited, as nouns of the tree, by the sense of the trigger.

sense      recruiter                      people
recruit    agent / whose / by             object / of
offer      agent / from / whose           recipient
receive    from                           subject
leave      for, to                        subject
join       object / to, for, at, with     subject
open       agent / whose                  for …
admit      agent                          object
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.claims.english import tree
from ingest.claims.english.triggers import Trigger
from ingest.claims.english.wordlists import words


@dataclass(frozen=True, slots=True)
class Roles:
    """Candidate nouns, best first: for the recruiter, and for the people; `middle` for who acts in between."""

    recruiters: tuple[Token, ...] = ()
    people: tuple[Token, ...] = ()
    middle: tuple[Token, ...] = ()


def find_roles(trigger: Trigger) -> Roles:
    """Return the nouns that may fill the roles of a trigger; empty without a tree."""
    token = trigger.token
    if token is None:
        return Roles()
    table = _OF_NOUN if trigger.nominal else _OF_VERB
    return table[trigger.sense](token) if trigger.sense in table else Roles()


def _some(*tokens: Token | None) -> tuple[Token, ...]:
    seen: dict[int, Token] = {}
    for token in tokens:
        if token is not None:
            seen.setdefault(token.i, token)
    return tuple(seen.values())


def _after(token: Token, *prepositions: str) -> Iterator[Token]:
    for preposition, noun in tree.obliques(token):
        if preposition in prepositions:
            yield noun


def _owner(noun: Token) -> Iterator[Token]:
    """Yield whose it is: "Huawei's offers", "Huawei recruiters", "Chinese hiring"."""
    before = [c for c in noun.children if c.dep_ in ("poss", "nmod:poss")]
    before += [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod") and c.i < noun.i]
    yield from before


_SUPPORT = words("support")


def _doer_above(noun: Token) -> Iterator[Token]:
    """Yield who does what the noun is the object of: "**firms** step up their hiring", "**X** made an offer"."""
    for above in tree.above(noun):
        if tree.is_verb(above):
            doer = tree.agent(above) if above.lower_ in _SUPPORT else None
            if doer is not None:
                yield doer
            return


def _recruit_verb(verb: Token) -> Roles:
    patient = tree.patient(verb)
    if patient is None and not tree.is_passive(verb):
        patient = next(_after(verb, "for"), None)
    return Roles(_some(tree.agent(verb)), tree.conjuncts(patient) if patient is not None else ())


def _offer_verb(verb: Token) -> Roles:
    passive = tree.is_passive(verb)
    to = tree.subject(verb) if passive else tree.recipient(verb)
    return Roles(_some(tree.agent(verb)), _some(to, tree.direct_object(verb)))


def _receive_verb(verb: Token) -> Roles:
    given = tree.direct_object(verb)
    of_given = [*_after(given, "from", "of", "by"), *_owner(given)] if given is not None else []
    return Roles(_some(*_after(verb, "from", "by"), *of_given), _some(tree.subject(verb)))


def _join_verb(verb: Token) -> Roles:
    return Roles(
        _some(tree.direct_object(verb), *_after(verb, "to", "for", "at", "with", "into")), _some(tree.subject(verb))
    )


def _leave_verb(verb: Token) -> Roles:
    return Roles(_some(*_after(verb, "for", "to")), _some(tree.subject(verb)))


def _open_verb(verb: Token) -> Roles:
    opened = tree.patient(verb)
    people = list(_after(opened, "for", "of")) if opened is not None else []
    return Roles(_some(tree.agent(verb)), _some(*_after(verb, "for"), *people, opened))


def _recruit_noun(noun: Token) -> Roles:
    if noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:  # "the recruitment methods of X"
        head = noun.head
        return Roles(_some(*_after(head, "by", "of"), *_owner(head), *_doer_above(head)), _some(*_after(head, "for")))
    doers = [*_after(noun, "by"), *_owner(noun), *_doer_above(noun), *_after(noun, "at")]
    return Roles(_some(*doers), _some(*_after(noun, "of", "for"), *_owner(noun)))


def _offer_noun(noun: Token) -> Roles:
    doers = [*_after(noun, "from", "by", "of"), *_owner(noun), *_doer_above(noun), *_after(noun, "at")]
    return Roles(_some(*doers), _some(*_after(noun, "to", "for")))


def _invite_noun(noun: Token) -> Roles:
    whose = [c for c in noun.children if c.dep_ in ("poss", "nmod:poss")]  # "LinkedIn messages" are not LinkedIn's
    doers = [*_after(noun, "from", "by", "of"), *whose, *_doer_above(noun)]
    return Roles(_some(*doers), _some(*_after(noun, "to", "for")))


def _open_noun(noun: Token) -> Roles:
    return Roles(
        _some(*_owner(noun), *_after(noun, "of", "by", "in"), *_doer_above(noun)), _some(*_after(noun, "for", "of"))
    )


def _agent_noun(noun: Token) -> Roles:
    whose = [
        c for c in noun.children if c.dep_ in ("poss", "nmod:poss", "compound")
    ]  # "Korean headhunters" are no state's
    principals = [*_after(noun, "from", "for", "at", "of", "by"), *whose]
    for above in tree.above(noun):
        if tree.is_verb(above):
            reached = tree.direct_object(above)
            return Roles(_some(*principals), _some(reached), (noun,))
    return Roles(_some(*principals), (), (noun,))


_OF_VERB: dict[str, Callable[[Token], Roles]] = {
    "recruit": _recruit_verb,
    "admit": _recruit_verb,
    "offer": _offer_verb,
    "receive": _receive_verb,
    "join": _join_verb,
    "leave": _leave_verb,
    "open": _open_verb,
}
_OF_NOUN: dict[str, Callable[[Token], Roles]] = {
    "recruit": _recruit_noun,
    "need": _recruit_noun,
    "offer": _offer_noun,
    "invite": _invite_noun,
    "open": _open_noun,
    "vacancy": _offer_noun,
    "outcome": _open_noun,
    "agent": _agent_noun,
}
