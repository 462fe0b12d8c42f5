"""Plain word lists of the rules, kept as data: `lexicon/words_en.toml`."""

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
