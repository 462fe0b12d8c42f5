"""The Admiralty scale, by which the reliability of publishers is told and asked for."""

from collections.abc import Mapping

GRADES: Mapping[str, float | None] = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": None}
"""A completely reliable … E unreliable; F cannot be judged, and is as good as unrated."""


def grade(reliability: float | None) -> str:
    """Return the grade that is nearest to a rating from 0 to 1, the better one of two that are as near."""
    return "F" if reliability is None else "EEDCBA"[int(reliability * 5 + 0.5)]
