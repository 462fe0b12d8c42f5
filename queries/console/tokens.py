"""Cypher text → tokens, read so that no engine can read it otherwise.

Engines differ in where an escape is undone, what ends a line, which characters are blank. Where they could differ the
text is refused instead of guessed at: an invisible character, a `\\u` escape outside a string or one that stands for a
quotation mark, a comment that does not end, a letter that only looks like another.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.errors import Position, QueryError

Kind = Literal["word", "quoted", "string", "number", "symbol"]

_BLANKS = " \t\n\r"
_NUMBER = re.compile(
    r"0[xX][0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9_]+)?|\.[0-9][0-9_]*"
)
_SYMBOLS = ("<>", "<=", ">=", "=~", "..", "::", "||", "+=")
_SINGLE = "()[]{}.,:;|=<>+-*/%^&!$?"
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_ANY_ESCAPE = re.compile(r"\\[uU]")
_IN_STRING = re.compile(r"\\(?:u+[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\\'\"`bfnrt/_%])")
_NO_LETTERS_OF_TEXT = ("Cc", "Cs", "Cn", "Co")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `text` is a word as written, a quoted name or string without its marks, or a symbol."""

    kind: Kind
    text: str
    start: int

    @property
    def folded(self) -> str:
        """A word as keywords and functions are compared."""
        return self.text.upper()


def place(query: str, offset: int) -> Position:
    """Return where in the query that character is."""
    before = query[:offset]
    return Position(offset, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def refused(query: str, offset: int, reason: str, message: str) -> QueryError:
    """Return the error that says where and why a query is refused."""
    position = place(query, offset)
    return QueryError(f"{message} (line {position.line}, column {position.column})", reason=reason, position=position)


def tokens(query: str) -> list[Token]:
    """Return the query's tokens without comments; QueryError where the text could be read in two ways."""
    return list(_tokens(query))


def _tokens(query: str) -> Iterator[Token]:
    at = 0
    while at < len(query):
        character = query[at]
        if character in _BLANKS:
            at += 1
        elif query.startswith("//", at):
            at = _line_comment(query, at)
        elif query.startswith("/*", at):
            at = _block_comment(query, at)
        elif character in "'\"":
            end = _string_end(query, at)
            yield Token("string", query[at + 1 : end], at)
            at = end + 1
        elif character == "`":
            end, text = _quoted(query, at)
            yield Token("quoted", text, at)
            at = end
        elif character in "0123456789":
            end = _number_end(query, at)
            yield Token("number", query[at:end], at)
            at = end
        elif character == "_" or character.isalpha():
            end = at
            while end < len(query) and (query[end] == "_" or query[end].isalnum() or _combining(query[end])):
                end += 1
            yield Token("word", _plain_word(query, at, end), at)
            at = end
        elif symbol := next((symbol for symbol in _SYMBOLS if query.startswith(symbol, at)), None):
            yield Token("symbol", symbol, at)
            at += len(symbol)
        elif character in _SINGLE:
            yield Token("symbol", character, at)
            at += 1
        else:
            raise _strange(query, at)


def _combining(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def _plain_word(query: str, start: int, end: int) -> str:
    """Return a word; one that is a word of plain letters to whoever ignores case or width is refused."""
    word = query[start:end]
    if not word.isascii():
        plain = unicodedata.normalize("NFKC", word).replace("İ", "I")  # an I to whoever ignores case
        if plain.isascii() or plain.upper().isascii() or plain.lower().isascii() or plain.casefold().isascii():
            raise refused(query, start, "lookalike", f"`{word}` only looks like plain letters; type it anew.")
    return word


def _strange(query: str, at: int) -> QueryError:
    character = query[at]
    if character == "\\":
        return refused(query, at, "escape", "A backslash has a meaning in strings only.")
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    if unicodedata.category(character)[0] in "CZ":
        return refused(query, at, "invisible", f"There is an invisible character, {name}; a plain blank will do.")
    return refused(query, at, "character", f"{name} has no meaning in Cypher outside of quotation marks.")


def _visible(query: str, start: int, end: int, where: str) -> None:
    """Refuse what could end a comment or a quoted name for one engine and not for another."""
    for offset in range(start, end):
        character = query[offset]
        if character == "\r" and query[offset + 1 : offset + 2] != "\n":
            raise refused(query, offset, "line_end", f"A carriage return alone stands in {where}.")
        if character not in _BLANKS and unicodedata.category(character) in (*_NO_LETTERS_OF_TEXT, "Cf", "Zl", "Zp"):
            raise refused(query, offset, "invisible", f"There is an invisible character in {where}: take it out.")
    if escape := _ANY_ESCAPE.search(query, start, end):
        raise refused(query, escape.start(), "escape", f"There is an escape in {where}: write the character itself.")


def _line_comment(query: str, start: int) -> int:
    end = query.find("\n", start)
    end = len(query) if end < 0 else end
    _visible(query, start, end, "a comment")
    return end


def _block_comment(query: str, start: int) -> int:
    end = query.find("*/", start + 2)
    if end < 0:
        raise refused(query, start, "unclosed", "A comment begins here and does not end.")
    if "/*" in query[start + 2 : end]:
        raise refused(query, start, "nested_comment", "A comment stands in a comment.")
    _visible(query, start, end, "a comment")
    return end + 2


def _string_end(query: str, start: int) -> int:
    """Return where the string ends that begins at `start`."""
    quote, at = query[start], start + 1
    while at < len(query) and query[at] != quote:
        if query[at] == "\\" and not _IN_STRING.match(query, at):
            raise refused(query, at, "escape", "This backslash means nothing here; in a string it is written twice.")
        at += 2 if query[at] == "\\" else 1
    if at >= len(query):
        raise refused(query, start, "unclosed", "A string begins here and does not end.")
    for offset in range(start, at):
        if query[offset] not in _BLANKS and unicodedata.category(query[offset]) in _NO_LETTERS_OF_TEXT:
            raise refused(query, offset, "invisible", "There is a control character in a string.")
    for escape in _ESCAPE.finditer(query, start, at):
        code = int(escape[1] or escape[2], 16)
        meant = chr(code) if code < 0x110000 else "\0"
        if meant in "'\"`\\" or unicodedata.category(meant)[0] in "CZ":
            message = "This escape may end the string for one engine and not for another: write the character itself."
            raise refused(query, escape.start(), "escape", message)
    return at


def _quoted(query: str, start: int) -> tuple[int, str]:
    """Return where the quoted name ends, and the name; a doubled mark stands for itself."""
    at = start + 1
    while True:
        end = query.find("`", at)
        if end < 0:
            raise refused(query, start, "unclosed", "A quoted name begins here and does not end.")
        if query[end + 1 : end + 2] != "`":
            break
        at = end + 2
    _visible(query, start, end, "a quoted name")
    return end + 1, query[start + 1 : end].replace("``", "`")


def _number_end(query: str, start: int) -> int:
    found = _NUMBER.match(query, start)
    end = found.end() if found else start
    after = query[end : end + 1]
    if after == "_" or after.isalnum() or (after == "." and _begins_name(query[end + 1 : end + 2])):
        raise refused(query, start, "number", "A number runs into a word.")
    return end


def _begins_name(character: str) -> bool:
    return character in ("_", "`") or character.isalpha()
