"""Text from outside → one line that a terminal or a log shows as it is."""

import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # controls, marks of format and direction, line ends
_JOINERS = "\u200c\u200d"  # spelling needs them: Persian, Indian scripts, emoji


def printable(text: str) -> str:
    """Return a text with everything escaped that could end a line, move the cursor, hide or turn what follows."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        if character in _JOINERS or unicodedata.category(character) not in _UNSEEN
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )
