"""Ids derived from content, so that reading a text twice writes nothing twice.

An id is a readable prefix and 20 hexadecimal digits of a SHA-256; codes (`CN-ZJ`, `ai`) are ids of their own.
"""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|spm|share\w*|ref|ref_src|cmpid)$", re.IGNORECASE)


def digest(*parts: str) -> str:
    """Return 20 hexadecimal digits of the parts' SHA-256; parts are told apart, so ("ab", "c") is not ("a", "bc")."""
    content = "\x1f".join(unicodedata.normalize("NFC", part) for part in parts)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def canonical_url(url: str) -> str:
    """Return the URL without scheme, `www.`, fragment, tracking parameters and trailing slash; query keys sorted."""
    parts = urlsplit(url.strip() if "://" in url else "//" + url.strip())
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    )
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")).removeprefix("//")


def document_id(url: str | None, text: str) -> str:
    """Return a document's id: from its canonical URL, else from its text."""
    return "document-" + (digest("url", canonical_url(url)) if url else digest("text", text))


def revision(text: str) -> str:
    """Return the hash of a text, by which a changed document is told from the same one."""
    return digest("revision", text)


def claim_id(document: str, start: int, end: int, recruiter: tuple[int, int] | None, ordinal: int) -> str:
    """Return a claim's id: document, evidence span, and recruiter span or, where no recruiter is named, ordinal.

    `ordinal` counts the claims of one document that share evidence span and recruiter span, from 0. Slots and
    extractor version are left out on purpose: reviews and links survive better extraction.
    """
    who = f"{recruiter[0]}-{recruiter[1]}" if recruiter else "-"
    return "claim-" + digest(document, str(start), str(end), who, str(ordinal))


def described_id(document: str, text: str) -> str:
    """Return the id of something known only by its description in one document ("a robotics firm in Zhejiang")."""
    return "described-" + digest(document, name_key(text))


def name_key(name: str) -> str:
    """Return the form under which names are compared: NFKC, case folded, single spaces, no leading article."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()
    return re.sub(r"^the (?=\S)", "", folded)


def named_id(label: str, name: str) -> str:
    """Return the id of a named entity that has no code of its own, such as a company outside our lists."""
    slug = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", name_key(name)).encode("ascii", "ignore").decode())
    return f"{label.lower()}-{slug.strip('-')[:40]}-{digest(label, name_key(name))[:8]}".replace("--", "-")
