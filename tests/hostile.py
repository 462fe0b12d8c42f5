"""The hostile queries of hostile.txt, and variants of each: what a gate must see through.

A variant is the same query in other clothes, or wrapped in a harmless one; which ones a seed gets is drawn by chance,
the same at every run.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "hostile.txt"
_NAMED = re.compile(r"<U\+([0-9A-F]{4})>")
_WORD = re.compile(r"[A-Za-z]{2,}")
# A string, quoted name or comment; one that does not end goes to the end of the query.
_INSIDE = re.compile(
    r"'(?:\\.|[^'\\])*(?:'|$)|\"(?:\\.|[^\"\\])*(?:\"|$)|`[^`]*(?:`|$)|/\*.*?(?:\*/|$)|//[^\n]*", re.DOTALL
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u180e"
BLANKS = ("\t", "\n", "\r\n", "   ", "\n\n\t", "\u00a0", "\u2003", "\u3000", "\v", "\f", "\x1c", "\u2028", "\x85")
COMMENTS = ("/**/", "/* x */", "/*'*/", '/*"*/', "/*`*/", "/* RETURN 1 */", "// x\n", "//'\n", "/*\n*/", "//*\n")
BEFORE = (
    "MATCH (x:Region) WITH x ",
    "RETURN 1 AS one UNION ",
    "RETURN 1 AS one UNION ALL ",
    "WITH 'delete' AS word ",
    "/* harmless */ ",
    "// harmless\n",
    "OPTIONAL MATCH (x:Region {id: 'CN'}) ",
    "CALL { MATCH (x:Region) RETURN x } ",
    "UNWIND [1, 2] AS x ",
    "; ",
)
AFTER = (" RETURN 1 AS done", " // harmless", " /* harmless */", "\n", " ;", " UNION RETURN 1 AS x", " LIMIT 1")


@dataclass(frozen=True, slots=True)
class Hostile:
    """A query that must be refused, and what it tries: the heading of its seed."""

    aim: str
    query: str


def seeds() -> list[Hostile]:
    """Return the corpus as written."""
    found, aim = [], ""
    for line in CORPUS.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            aim = line[3:]
        elif line and aim:
            found.append(Hostile(aim, _NAMED.sub(lambda named: chr(int(named[1], 16)), line)))
    return found


def only_waits(one: Hostile) -> bool:
    """Whether a query only takes time, which an engine may not let itself be interrupted in."""
    return one.aim == "cost" or "sleep" in one.query.lower()


def variants(each: int = 24, seed: int = 7) -> Iterator[Hostile]:
    """Yield the seeds and, of each, so many variants that differ; `seed` is chance's."""
    chance = random.Random(seed)
    for one in seeds():
        yield one
        made = {one.query}
        for number in range(each * 10):
            if len(made) > each:
                break
            query = MUTATORS[number % len(MUTATORS)](one.query, chance)
            if chance.random() < 0.3:
                query = chance.choice(MUTATORS)(query, chance)
            if query not in made:
                made.add(query)
                yield Hostile(one.aim, query)


def _inside(query: str) -> set[int]:
    """Return the characters in strings, quoted names and comments: changed ones may make the query harmless."""
    return {at for found in _INSIDE.finditer(query) for at in range(found.start() + 1, found.end())}


def _case(query: str, chance: random.Random) -> str:
    kept = _inside(query) | {at + 1 for at, letter in enumerate(query) if letter == "\\"}
    return "".join(
        chance.choice((letter.lower(), letter.upper())) if letter.isascii() and at not in kept else letter
        for at, letter in enumerate(query)
    )


def _lower(query: str, chance: random.Random) -> str:
    inside = _inside(query)
    return "".join(
        letter if at in inside or not letter.isascii() else letter.lower() for at, letter in enumerate(query)
    )


def _spaced(query: str, chance: random.Random, between: tuple[str, ...]) -> str:
    inside = _inside(query)
    return "".join(
        chance.choice((" ", *between)) if letter == " " and at not in inside else letter
        for at, letter in enumerate(query)
    )


def _blanks(query: str, chance: random.Random) -> str:
    return _spaced(query, chance, BLANKS)


def _comments(query: str, chance: random.Random) -> str:
    return _spaced(query, chance, COMMENTS)


def _escape(query: str, chance: random.Random) -> str:
    """Write letters of one word as unicode escapes."""
    words = list(_WORD.finditer(query))
    if not words:
        return query
    word = chance.choice(words)
    letter = chance.randrange(word.start(), word.end())
    code = f"\\{chance.choice(('u', 'u', 'uu'))}{ord(query[letter]):04x}"
    return query[:letter] + code + query[letter + 1 :]


def _invisible(query: str, chance: random.Random) -> str:
    at = chance.choice(sorted(set(range(len(query) + 1)) - _inside(query)))
    return query[:at] + chance.choice(INVISIBLE) + query[at:]


def _wide(query: str, chance: random.Random) -> str:
    """Write one word in letters of full width."""
    inside = _inside(query)
    words = [word for word in _WORD.finditer(query) if word.start() not in inside]
    if not words:
        return query
    word = chance.choice(words)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in word[0])
    return query[: word.start()] + wide + query[word.end() :]


def _backticks(query: str, chance: random.Random) -> str:
    """Put the parts of names with dots, or one function's name, into backticks."""
    dotted = re.sub(r"\b(\w+)((?:\.\w+)+)\(", lambda m: ".".join(f"`{p}`" for p in m[0][:-1].split(".")) + "(", query)
    return dotted if dotted != query else re.sub(r"\b(apoc|dbms|util|algo|genai|text)\b", r"`\1`", query)


def _before(query: str, chance: random.Random) -> str:
    return chance.choice(BEFORE) + query


def _after(query: str, chance: random.Random) -> str:
    return query + chance.choice(AFTER)


def _subquery(query: str, chance: random.Random) -> str:
    return chance.choice(("CALL { %s RETURN 1 AS o } RETURN o", "CALL () { %s } RETURN 1 AS o")) % query


def _twice(query: str, chance: random.Random) -> str:
    return f"{query}{chance.choice(('; ', ' WITH 1 AS o ', chr(10)))}{query}"


MUTATORS: tuple[Callable[[str, random.Random], str], ...] = (
    _case,
    _comments,
    _blanks,
    _escape,
    _invisible,
    _before,
    _after,
    _lower,
    _wide,
    _backticks,
    _subquery,
    _twice,
)
