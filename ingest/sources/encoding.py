"""Bytes → text: UTF-8, UTF-16, GB18030, Latin-1 and their kin, or the reason why it is no text."""

import codecs
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
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_MOST_CONTROL = 0.01  # share of control characters above which something is no text
_FEW_HIGH = 0.3  # share of bytes above 127: Western languages lie far below, Chinese, Korean and Russian far above
_NOT_WESTERN = re.compile(r"[^\x00-\x7f]{4}|[^\W\d_][¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿÷×][^\W\d_]")
_CANDIDATES = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1250", "cp1251"]
_DETECTION_BYTES = 200_000  # enough to tell an encoding; the whole of a large file would take seconds


def decode(data: bytes) -> str:
    """Return the text that the bytes stand for.

    A byte order mark decides, then UTF-8, then the charset that an HTML page declares, then detection.

    Raises:
        UnreadableDocument: the bytes are empty, are no text, or no encoding fits them.
    """
    if not data.strip():
        raise UnreadableDocument("is empty")
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            raise UnreadableDocument(f"is {kind}, not text; convert it to text, Markdown or HTML first")
    text = _decoded(data)
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) or "\x00" in text:
        raise UnreadableDocument("is not text (it holds bytes that no text holds)")
    if not text.strip():
        raise UnreadableDocument("is empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data:
        raise UnreadableDocument("is not text (it holds NUL bytes); if it is UTF-16, save it with a byte order mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        if name not in ("utf-8", "utf8"):
            return _strictly(data, "gb18030" if name in ("gb2312", "gbk") else name)
    return _detected(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
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


def _detected(data: bytes) -> str:
    """Decode by detection; Western European first where bytes above 127 are few and read as letters and quotes."""
    high = sum(byte > 0x7F for byte in data)
    if high < _FEW_HIGH * len(data):
        western = data.decode("cp1252", "replace")
        if "\ufffd" not in western and not _NOT_WESTERN.search(western):
            return western
    best = from_bytes(data[:_DETECTION_BYTES], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise UnreadableDocument("has an encoding that cannot be told; convert it to UTF-8")
    return _strictly(data, best.encoding)
