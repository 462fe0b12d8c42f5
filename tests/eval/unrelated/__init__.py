"""News articles without a recruitment claim that use the words of recruiting for other things."""

from pathlib import Path


def articles() -> list[str]:
    """Return the texts, each with its headline as first line."""
    return (Path(__file__).parent / "articles.txt").read_text(encoding="utf-8").strip().split("\n\n")
