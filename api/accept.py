"""Accept and Accept-Encoding, weighed: which of the forms that can be served a client wants most (RFC 9110, 12.5)."""

from collections.abc import Sequence


def media_range(part: str) -> tuple[str, float]:
    """Return a media range of an Accept header and its quality; a quality that is no number counts as none given."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                break
    return name, 1.0


def takes_gzip(accept_encoding: str) -> bool:
    """Return whether an Accept-Encoding header names gzip and does not refuse it (`gzip;q=0`)."""
    codings = [media_range(part) for part in accept_encoding.split(",")]
    return any(name in ("gzip", "x-gzip") and quality > 0 for name, quality in codings)


def preference(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int, int]:
    """Return how much a media type is wanted: the quality of the range that fits it best, how well, how early."""
    fits = [media_type, f"{media_type.partition('/')[0]}/*", "*/*"]
    if media_type == "application/json":
        fits.append("text/html")  # a browser gets what it can show
    found = [
        (len(fits) - fits.index(name), -position, quality)
        for position, (name, quality) in enumerate(ranges)
        if name in fits
    ]
    if not found:
        return 0.0, 0, 0
    fit, position, quality = max(found)
    return quality, fit, position
