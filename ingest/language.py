"""What language a text is in, its paragraphs and sentences, and the tree or the tagged words of each paragraph.

A paragraph is a line, or a part of a very long one (`pieces`): parsing line by line keeps a headline from being joined
to the body. English paragraphs carry a spaCy Doc, with a tree
where a claim may be (`parsing`), Chinese ones a Doc of tagged words without a tree, other
languages none. Offsets count the characters of the whole text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import pieces
from ingest.pipelines import BASE_MODEL, LISTS_ONLY, RULER, pipeline

if TYPE_CHECKING:  # importing spaCy takes seconds, so only read() does
    import spacy.tokens

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
_FUNCTION_WORDS = frozenset(
    ["the", "and", "of", "that", "with", "from", "which", "their", "this", "have", "were", "been", "would", "said"]
)
_FEWEST_WORDS = 20
_RARE = frozenset(
    (
        *("ace", "an", "bcl", "br", "crh", "eo", "ext", "fuv", "fy", "gcf", "gcr", "gd", "gug", "guw", "hbo", "ht"),
        *("jv", "kab", "kik", "la", "lb", "lij", "ln", "ltg", "nso", "oc", "pcm", "qu", "se", "sn", "st", "vec", "vo"),
        *("wa", "zxx"),
    )
)
"""Languages in Latin script in which news hardly comes, but for which short texts in others are taken."""
_DOUBT = 0.12  # of the log-likelihood: real ones lie 0.2 and more ahead, but for close kin
_SAMPLE = 4_000  # characters
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
    r"|(?:[A-Z][\w.'’-]+ ?){1,3}(?=,? ?(?:\(|[A-Z]\w+\.? \d|\d{1,2} [A-Z])))"
    r"(?:, [A-Z][\w.]*(?: [A-Z]\w+)?)?(?:,? (?:[A-Z]\w{2,8}\.? \d{1,2}|\d{1,2} [A-Z]\w{2,8}))?(?:,? \d{4})?"
    r"\s?(?:\([^()]{2,40}\))?\s?(?:[-–—]{1,2}|:)\s+(?=[\"“‘'A-Z\d])"
)
_LONGEST_DATELINE = 150  # characters
_END = re.compile(r"[.!?][\"”’)]*(?:\s+|$)")
_CJK_SENTENCE = re.compile(r"[^。!?！？；]+[。!?！？；”」]*")
_ABBREVIATIONS = (
    "Corp Co Inc Ltd Sept Oct Nov Dec Jan Feb Aug Mr Mrs Dr Prof No St vs U.S U.K N.V T J C H 0 1 2 3 4 5 6 7 8 9"
)
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:" + "|".join(re.escape(a) for a in _ABBREVIATIONS.split()) + r")\.$")

_LONGEST_ABBREVIATION = 8  # characters, with the sign before it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text, or a part of it: a dateline, a part of a very long line.

    A token of `doc` stands at `start + token.idx`. A Doc without dependency labels has no tree.
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


@dataclass(frozen=True, slots=True, eq=False)  # known by identity: hashing a long text for every trigger is slow
class Reading:
    """A text with its paragraphs (never blank) and sentences, in order."""

    text: str
    lang: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


_TOLD_BY = 200_000  # characters by which a language is told


def detect(text: str) -> str:
    """Return the language code of a text, such as "en", "zh" or "pt"; "en" where it has no letters.

    Scripts decide before statistics: a text with many Han characters is Japanese where kana are frequent, else Chinese.
    """
    text = text[:_TOLD_BY]
    han, kana = (0, 0) if text.isascii() else (len(_HAN.findall(text)), len(_KANA.findall(text)))
    if (han or kana) and han + kana > 0.25 * sum(character.isalpha() for character in text):
        return "ja" if kana > 0.1 * (han + kana) else "zh"
    if not _LETTER.search(text) or _plainly_english(text):
        return "en"
    import py3langid  # 0.3 s to import

    if len(text.split()) < _FEWEST_WORDS:
        return _of_few_words(py3langid.rank(text))
    return str(py3langid.classify(text[:20_000])[0])


def _of_few_words(ranked: Sequence[tuple[str, float]]) -> str:
    """Return the language of a short text by the languages ranked, the likeliest first, with log-likelihoods.

    Names and loan words sway a headline: one in a language in which news hardly comes is nearly always in another,
    English where that is about as likely. A text that truly is in such a language is far likelier in it than in others.
    """
    best, likelihood = ranked[0]
    if best not in _RARE:
        return best
    plausible = [code for code, other in ranked if other >= likelihood - _DOUBT * abs(likelihood)]
    return "en" if "en" in plausible else next((code for code in plausible if code not in _RARE), best)


def _plainly_english(text: str) -> bool:
    """Return whether English function words, which no other language has in number, are frequent: statistics would
    take fifty times as long to say the same."""
    words = text[:_SAMPLE].lower().split()
    return len(words) >= _FEWEST_WORDS and sum(map(_FUNCTION_WORDS.__contains__, words)) > 0.08 * len(words)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text. A newline ends a paragraph; a Chinese semicolon ends a sentence."""
    return tuple(_sentences(_paragraphs(text)))


def read(text: str, lang: str, model: str = BASE_MODEL) -> Reading:
    """Read a text: paragraphs with their Docs, and sentences.

    `model` is any installed spaCy pipeline for English; "none" reads English by word lists and a rough tree.
    """
    text = _SURROGATE.sub("\ufffd", text)  # half a character pair cannot be encoded
    parts = list(_paragraphs(text))
    if lang == "en":
        parts = [part for paragraph in parts for part in _without_dateline(text, *paragraph)]
    docs: list[spacy.tokens.Doc | None] = [None] * len(parts)
    if lang == "en" and model == LISTS_ONLY:
        from ingest.shallow import parse

        docs = [parse(body) for _, body, _ in parts]
    elif lang == "en":
        docs = _parsed([body for _, body, _ in parts], model)
    elif lang == "zh":
        from ingest.chinese_words import tagged_doc

        docs = [tagged_doc(body) for _, body, _ in parts]
    paragraphs = tuple(Paragraph(start, body, doc) for (start, body, _), doc in zip(parts, docs, strict=True))
    return Reading(text, lang, paragraphs, tuple(_sentences(parts)))


def _parsed(bodies: Sequence[str], model: str) -> "list[spacy.tokens.Doc | None]":
    """Return a Doc per paragraph: with names and tags everywhere, with a tree where a claim may be."""
    from ingest.parsing import parsed

    loaded, wanted = pipeline(model), parsed(bodies)
    for_trees = [n for n in loaded.pipe_names if n == RULER or "token.dep" in loaded.get_pipe_meta(n).assigns]
    whole = loaded.pipe(body for body, tree in zip(bodies, wanted, strict=True) if tree)
    rest = loaded.pipe((body for body, tree in zip(bodies, wanted, strict=True) if not tree), disable=for_trees)
    return [next(whole) if tree else _treeless(next(rest)) for tree in wanted]


def _treeless(doc: "spacy.tokens.Doc") -> "spacy.tokens.Doc":
    """Return a paragraph that was not parsed so that every word of it stands alone.

    spaCy's tokenizer copies some words ("that's") without their place in the tree; to ask for their children would
    read memory that is not theirs.
    """
    from spacy.tokens import Doc

    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def _paragraphs(text: str) -> Iterator[pieces.Piece]:
    return pieces.paragraphs(text, lambda line: _cjk_spans(line) if _mostly_cjk(line) else _spans(line))


def _without_dateline(text: str, start: int, body: str, spans: pieces.Spans) -> Iterator[pieces.Piece]:
    """Yield a paragraph, its dateline ("PARIS, May 3 (Agency) - ") apart, as a piece without sentences.

    Within the sentence it would pass for the subject.
    """
    begins_line = start == 0 or text[start - 1] == "\n"
    dateline = _DATELINE.match(body, 0, _LONGEST_DATELINE) if begins_line else None
    if dateline is None or dateline.end() == len(body):
        yield start, body, spans
        return
    cut = dateline.end()
    yield start, body[:cut], []
    yield start + cut, body[cut:], [(max(0, begin - cut), end - cut) for begin, end in spans if end > cut]


def _sentences(paragraphs: Iterable[pieces.Piece]) -> Iterator[Sentence]:
    for number, (offset, body, spans) in enumerate(paragraphs):
        for start, end in spans:
            stripped = body[start:end].strip()
            if stripped:
                begin = offset + body.index(stripped, start)
                yield Sentence(begin, begin + len(stripped), number, stripped)


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
        if _ABBREVIATION.search(body, max(start, match.start() - _LONGEST_ABBREVIATION), match.start() + 1):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(body):
        yield start, len(body)
