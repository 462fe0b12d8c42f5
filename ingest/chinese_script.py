"""Traditional characters as simplified ones, one for one, so that Chinese lists need one form and offsets stay."""

import functools
from typing import Any


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Return the text in simplified characters; every character keeps its offset."""
    converter = _converter()
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair becomes one question mark
    whole = str(converter.convert(text))
    if len(whole) == len(text):
        return whole
    pairs = ((character, str(converter.convert(character))) for character in text)
    return "".join(changed if len(changed) == 1 else character for character, changed in pairs)
