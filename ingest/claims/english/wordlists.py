"""Plain word lists of the rules and fitted weights, kept as data: `lexicon/words_en.toml` and two-column lists."""

import functools
import importlib.resources
import tomllib


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    text = importlib.resources.files("ingest.lexicon").joinpath("words_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def words(name: str) -> frozenset[str]:
    """Return one word list, in lower case."""
    return _lists()[name]


@functools.cache
def by_word(name: str) -> dict[str, str]:
    """Return what a list of the lexicon says of each of its words: a line holds that, a tab, and words between "|"."""
    text = importlib.resources.files("ingest.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: said for said, words in rows for word in words.split("|")}


@functools.cache
def fitted(name: str) -> dict[str, float]:
    """Return the fitted weights of a list of the lexicon, by what they weigh."""
    text = importlib.resources.files("ingest.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {weighed: float(weight) for weighed, weight in rows}
