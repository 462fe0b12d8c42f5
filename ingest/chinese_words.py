"""Chinese words with their parts of speech: jieba with our reference names as its user dictionary.

No Chinese pipeline can be installed from the package index, so there are tags but no tree. Tags are jieba's own
(nr person, ns place, nt organisation, v verb …); a name of the reference data is tagged with its label's tag.
"""

import functools
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import spacy.tokens

from graph import reference

TAGS = {"Region": "ns", "Company": "nt", "Organisation": "nt", "Programme": "nz", "Field": "n"}


@functools.cache
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's source, warned of when it is first compiled
        import jieba
        import jieba.posseg
    jieba.setLogLevel("ERROR")
    words = jieba.Tokenizer()
    words.initialize()
    for term in reference.terms():
        if term.label in TAGS:
            for name in {term.name_zh, *term.aliases} - {None}:
                if name is not None and len(name) > 1 and _is_chinese(name):
                    words.add_word(name, tag=TAGS[term.label])
    return jieba.posseg.POSTokenizer(words)


def _is_chinese(name: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in name)


def tagged(text: str) -> list[tuple[str, str]]:
    """Return the words of a text with their tags; joined together the words are the text."""
    return [(pair.word, pair.flag) for pair in _segmenter().cut(text)]


@functools.cache
def _vocabulary() -> Any:
    from spacy.vocab import Vocab

    return Vocab()


def tagged_doc(text: str) -> "spacy.tokens.Doc":
    """Return a Doc of one paragraph: words and `tag_`, no tree. Token offsets are those of the text."""
    from spacy.tokens import Doc

    pairs = tagged(text)
    words = [word for word, _ in pairs]
    return Doc(_vocabulary(), words=words, spaces=[False] * len(words), tags=[flag for _, flag in pairs])
