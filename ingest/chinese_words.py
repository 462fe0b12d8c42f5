"""Chinese words with their parts of speech: jieba with our reference names as its user dictionary.

No Chinese pipeline can be installed from the package index, so there are tags but no tree. Tags are jieba's own
(nr person, ns place, nt organisation, v verb …); a name of the reference data is tagged with its label's tag. Words are
cut on the simplified form, which has the same length, so traditional texts keep their own characters and offsets.
"""

import functools
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import spacy.tokens

from graph import reference

TAGS = {"Region": "ns", "Company": "nt", "Organisation": "nt", "Programme": "nz", "Field": "n"}
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_TRADITIONAL = Path(__file__).parent / "lexicon" / "traditional_zh.tsv"


def is_chinese(text: str) -> bool:
    """Return whether a text has a Chinese character."""
    return _HAN.search(text) is not None


def simplified(text: str) -> str:
    """Return the text with its traditional characters made simplified, one for one: offsets stay."""
    return text.translate(_simplifying())


def tagged(text: str) -> list[tuple[str, str]]:
    """Return the words of a text with their tags; joined together the words are the text."""
    position, pairs = 0, []
    for pair in _segmenter().cut(simplified(text)):
        end = position + len(pair.word)
        pairs.append((text[position:end], str(pair.flag)))
        position = end
    return pairs


def in_dictionary(word: str) -> bool:
    """Return whether a (simplified) word is in the general dictionary: a guessed word that is not may be a name."""
    _segmenter()
    return bool(_general_words().get(word))


def tagged_doc(text: str) -> "spacy.tokens.Doc":
    """Return a Doc of one paragraph: words and `tag_`, no tree. Token offsets are those of the text."""
    from spacy.tokens import Doc

    pairs = tagged(text)
    words = [word for word, _ in pairs]
    return Doc(_vocabulary(), words=words, spaces=[False] * len(words), tags=[flag for _, flag in pairs])


@functools.cache
def _simplifying() -> dict[int, int]:
    line = _TRADITIONAL.read_text(encoding="utf-8").splitlines()[1]
    return str.maketrans(*line.split("\t"))


@functools.cache
def _vocabulary() -> Any:
    from spacy.vocab import Vocab

    return Vocab()


@functools.cache
def _general_words() -> dict[str, int]:
    return {word: count for word, count in _segmenter().tokenizer.FREQ.items() if count}


@reference.cached
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's source, warned of when it is first compiled
        import jieba
        import jieba.posseg
    jieba.setLogLevel("ERROR")
    segmenter = jieba.posseg.dt  # a second one would read the dictionary twice
    tokenizer = segmenter.tokenizer
    tokenizer.initialize()
    for term in reference.terms():
        for name in term.names():
            if term.label in TAGS and len(name) > 1 and all(_HAN.match(character) for character in name):
                _add(tokenizer, segmenter, simplified(name), TAGS[term.label])
    return segmenter


def _add(tokenizer: Any, segmenter: Any, word: str, tag: str) -> None:
    """Add a word as jieba's add_word does, but never cut one it knows already, and keep the tag with its segmenter."""
    if not tokenizer.FREQ.get(word):
        tokenizer.add_word(word)
    segmenter.word_tag_tab[word] = tag
