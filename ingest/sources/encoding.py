"""Bytes → text: UTF-8, UTF-16, GB18030, Latin-1 and their kin, or the reason why it is no text."""

import codecs
import contextlib
import re

from charset_normalizer import from_bytes

from graph.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252"}
_SPOKEN = re.compile(
    r"ascii|utf-(8|16|32)(-[bl]e|-sig)?|gb18030|gbk|gb2312|hz|big5(hkscs)?|euc_(jp|kr)|cp\d+|shift_jis|iso2022_(jp|kr)"
    r"|iso8859-\d+|koi8-[rtu]|mac-\w+|tis-620|johab"
)
"""Names, as Python has them, of encodings of texts; a page may not choose punycode, whose decoder takes hours."""
_MOST_CONTROL = 0.01  # share of control characters above which something is no text
_DEFAULT = re.compile(r"iso-?8859-1|latin-?1|(windows-|cp)1252|(us-)?ascii", re.IGNORECASE)
"""What servers call pages of which they know nothing."""
_FEW_HIGH = 0.3  # share of bytes above 127: Western languages lie far below, Chinese, Korean and Russian far above
_NOT_WESTERN = re.compile(r"[^\x00-\x7f]{4}|[^\W\d_][¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿÷×][^\W\d_]")
_CANDIDATES = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1250", "cp1251"]
_DETECTION_BYTES = 200_000  # enough to tell an encoding; the whole of a large file would take seconds


def decode(data: bytes, charset: str | None = None) -> str:
    """Return the text that the bytes stand for.

    A byte order mark decides, then UTF-8, then the `charset` that a server names, unless it is the one of servers that
    know none and the bytes do not read so; then the one that an HTML page declares, then detection.

    Raises:
        UnreadableDocument: the bytes are empty, are no text, or no encoding fits them.
    """
    if not data.strip():
        raise UnreadableDocument("is empty")
    text, _ = _decoded(data, charset)
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) or "\x00" in text:
        raise UnreadableDocument("is not text (it holds bytes that no text holds)")
    if not text.strip():
        raise UnreadableDocument("is empty")
    return text


def encoding_of(data: bytes, charset: str | None = None) -> str:
    """Return Python's name of the encoding by which `decode` would read the bytes; it raises what that does."""
    return _decoded(data, charset)[1]


def charset(media_type: str | None) -> str | None:
    """Return the charset that a media type names: `text/html; charset=gbk` → `gbk`."""
    for part in (media_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \t\"'"):
            return value.strip(" \t\"'")
    return None


def _decoded(data: bytes, charset: str | None) -> tuple[str, str]:
    """Return the text and its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data:
        raise UnreadableDocument("is not text (it holds NUL bytes); if it is UTF-16, save it with a byte order mark")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    with contextlib.suppress(UnreadableDocument):  # servers are careless
        if charset and (_western(data) or not _DEFAULT.fullmatch(charset)):
            return _strictly(data, charset)
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii")
        if name.lower() not in ("utf-8", "utf8"):
            return _strictly(data, name)
    return _detected(data)


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = _WIDER.get(encoding.lower(), encoding)
        if not _SPOKEN.fullmatch(codecs.lookup(name).name):
            raise LookupError("no encoding of texts")
        return data.decode(name), name
    except (UnicodeError, LookupError, ValueError) as error:
        raise UnreadableDocument(f"claims to be {encoding} but is not ({error}); convert it to UTF-8") from error


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse what is UTF-8 with a few bad bytes: any one-byte encoding would read it, as gibberish."""
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for character in lenient if character > "\x7f") - bad
    if good > bad:
        raise UnreadableDocument(
            f"is UTF-8 with a broken byte at {error.start}; restore the file or save it as UTF-8 again"
        )


def _detected(data: bytes) -> tuple[str, str]:
    """Decode by detection, Western European first."""
    if western := _western(data):
        return western, "cp1252"
    best = from_bytes(data[:_DETECTION_BYTES], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise UnreadableDocument("has an encoding that cannot be told; convert it to UTF-8")
    return _strictly(data, best.encoding)


def _western(data: bytes) -> str | None:
    """Return the bytes read as Western European, where those above 127 are few and read as letters and quotes."""
    if sum(byte > 0x7F for byte in data) >= _FEW_HIGH * len(data):
        return None
    text = data.decode("cp1252", "replace")
    return None if "\ufffd" in text or _NOT_WESTERN.search(text) else text
