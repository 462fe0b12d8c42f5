"""Languages, paragraphs, sentences: exact offsets on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest import language, pieces
from ingest.chinese_words import simplified, tagged


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The company said it would hire fifty engineers from abroad this year.", "en"),
        ("这家公司今年将从海外招聘五十名工程师。", "zh"),
        ("這家公司今年將從海外招聘五十名工程師。", "zh"),
        ("A empresa disse que vai contratar cinquenta engenheiros do exterior neste ano.", "pt"),
        ("この会社は今年、海外から五十人のエンジニアを採用する予定です。", "ja"),
        ("12 345", "en"),
        ("", "en"),
    ],
)
def test_detect(text: str, code: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nanjing display firm Huaxian recruited 11 display engineers from South Korea.", "en"),
        ("Hefei recruits quantum physicists from Vienna.", "en"),
        ("Hubei lures Dutch optics professor", "en"),
        ("Tsinghua appoints Princeton biologist as dean.", "en"),
        ("Quantum expert Marco Bellini quits Padua for Hefei", "en"),
        ("Semiconductor veterans depart Dresden; Wuhan beckons", "en"),
        ("Xiamen university signs Nobel laureate", "en"),
        ("Professor Huber resigns; Tianjin post confirmed", "en"),
        ("Ningbo firm hires Italian gearbox experts", "en"),
        ("Optical engineers leave Jena for Wuhan.", "en"),
        ("Milan robotics professor takes Shanghai post", "en"),
        ("Professor verlässt Zürich Richtung Peking", "de"),
        ("Drei Forscher der TU Graz wechseln nach Hefei.", "de"),
        ("Hefei wirbt Quantenphysiker aus Wien an.", "de"),
        ("Laserexperte wechselt nach Changchun", "de"),
        ("Trois chercheurs quittent Lyon pour Hefei.", "fr"),
        ("Hefei recrute des physiciens quantiques à Vienne.", "fr"),
        ("Chimiste suisse recruté à Tianjin", "fr"),
        ("Tres investigadores dejan Madrid por Hefei.", "es"),
        ("Una empresa de Shenzhen contrata ingenieros de Valencia.", "es"),
        ("Ingenieros surcoreanos fichan por empresa china", "es"),
        ("Hefei recruta físicos quânticos de Viena.", "pt"),
        ("Empresa de Wuhan contrata engenheiros do Porto.", "pt"),
        ("Físicos austríacos vão para Hefei", "pt"),
        ("Hefei recluta fisici quantistici da Vienna.", "it"),
        ("Fisico viennese a Hefei", "it"),
        ("Trzej naukowcy odchodzą z Gdańska do Hefei.", "pl"),
        ("Inżynierowie wyjeżdżają do Chin", "pl"),
        ("Kineska firma zapošljava inženjere iz Sarajeva.", "bs"),
        ("Trojica naučnika napušta Tuzlu i odlazi u Hefei.", "bs"),
        ("Natuurkundige vertrekt naar Hefei", "nl"),
        ("Drie onderzoekers vertrekken uit Delft naar Hefei.", "nl"),
        ("Svensk forskare flyttar till Kina", "sv"),
        ("Wuhan merkezli şirket Ankara'dan mühendisler alıyor.", "tr"),
        ("Компания из Уханя нанимает инженеров из Томска.", "ru"),
        ("Троє інженерів переїхали з Харкова до Шеньчженя.", "uk"),
        ("Tres investigadors deixen Barcelona per anar a Hefei.", "ca"),
        ("Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae.", "la"),
        ("Di goment tok say dem go gif dokta dem beta moni make dem no japa go abroad.", "pcm"),
        ("D'Regierung huet gëschter matgedeelt, datt d'Fuerscher méi Suen kréien.", "lb"),
    ],
)
def test_short_texts_are_in_the_language_that_they_are_in(text: str, code: str) -> None:
    assert language.detect(text) == code


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in language.sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said: “Come over.” Then he left.", ["He said: “Come over.”", "Then he left."]),
        ("Acme Corp. hired Mr. Wen of U.S. origin. He came.", ["Acme Corp. hired Mr. Wen of U.S. origin.", "He came."]),
        ("Headline without a stop\nBody text.", ["Headline without a stop", "Body text."]),
        ("公司招人；条件优厚。真的吗？是。", ["公司招人；", "条件优厚。", "真的吗？", "是。"]),
        ("他说：“来吧！”然后走了。", ["他说：“来吧！”", "然后走了。"]),
        ("  \n\n Only this. \n", ["Only this."]),
        ("It grew by 1.5 percent in 3.\u00a0Nothing else.", ["It grew by 1.5 percent in 3.\u00a0Nothing else."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text(max_size=300))
def test_sentences_cover_all_that_is_not_space_and_have_exact_offsets(text: str) -> None:
    found = language.sentences(text)
    covered = [False] * len(text)
    last = 0
    for sentence in found:
        assert sentence.start >= last
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        covered[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
        last = sentence.end
    assert all(inside or text[i].isspace() for i, inside in enumerate(covered))


@settings(deadline=None)  # the first example loads the word lists
@given(st.text(max_size=200))
def test_reading_by_lists_only_keeps_every_paragraph(text: str) -> None:
    reading = language.read(text, "en", language.LISTS_ONLY)
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in reading.paragraphs)
    assert all(p.doc is not None and p.doc.text == p.text for p in reading.paragraphs)
    assert {s.paragraph for s in reading.sentences} <= set(range(len(reading.paragraphs)))


@settings(deadline=None)  # the first example loads the dictionary
@given(st.text(alphabet=st.sampled_from("中國华為公司在a 1，。\t\u3000招聘ＡＢ"), max_size=40))
def test_chinese_words_joined_are_the_text(text: str) -> None:
    assert "".join(word for word, _ in tagged(text)) == text


def test_paragraphs_carry_trees_and_tags() -> None:
    english = language.read("A headline\nHuawei hired engineers.", "en")
    assert [p.start for p in english.paragraphs] == [0, 11]
    doc = english.paragraphs[1].doc
    assert doc is not None
    assert doc.text == "Huawei hired engineers."
    assert [token.text for token in doc if token.dep_ == "nsubj"] == ["Huawei"]
    chinese = language.read("华为在深圳招聘工程师。", "zh")
    doc = chinese.paragraphs[0].doc
    assert doc is not None
    assert [(token.text, token.tag_) for token in doc][:2] == [("华为", "nt"), ("在", "p")]
    assert language.read("A empresa contrata.", "pt").paragraphs[0].doc is None


def test_traditional_characters_fold_without_moving() -> None:
    assert simplified("華為從臺灣挖角") == "华为从台湾挖角"


def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(InputError, match="no_such_pipeline"):
        language.read("Text.", "en", "no_such_pipeline")


@pytest.mark.parametrize(
    "dateline",
    ["GENEVA - ", "OSAKA, May 17 - ", "PERTH, Sept 24 (Harbour Wire) -- ", "New Delhi (Harbour Wire) – ", "TURIN: "],
)
def test_a_dateline_is_a_part_of_its_own(dateline: str) -> None:
    reading = language.read(f"{dateline}The ministry hires nurses. It pays well.", "en")
    assert [s.text for s in reading.sentences] == ["The ministry hires nurses.", "It pays well."]
    assert [p.text for p in reading.paragraphs] == [dateline, "The ministry hires nurses. It pays well."]
    for sentence in reading.sentences:
        assert reading.text[sentence.start : sentence.end] == sentence.text
        assert reading.paragraphs[sentence.paragraph].start <= sentence.start


@pytest.mark.parametrize("text", ["Officials - and firms - said so.", "In May the firm hired ten.", "IBM is large."])
def test_the_beginning_of_a_sentence_is_no_dateline(text: str) -> None:
    assert len(language.read(text, "en").paragraphs) == 1


def test_a_very_long_line_and_half_a_character_pair_are_read() -> None:
    text = "He ran to work. " * 7_000 + "\ud800 and home."
    reading = language.read(text, "en", model="none")
    assert len(reading.text) == len(text)
    assert len(reading.sentences) == 7_001
    assert all(len(p.text) <= pieces.LONGEST_PARAGRAPH for p in reading.paragraphs)


UNENDING = {
    "words": "word " * 4_000,
    "signs": "a,b,c;" * 3_000,
    "one word": "ü" * 20_000,
    "encoded data": "QUJD+/9a" * 3_000,
    "sentences on one line": "Acme Corp. hired ten engineers from Spain, the U.S. and Italy. " * 300,
    "abbreviations": "J. " * 6_000,
    "Chinese": "公司从海外招聘工程师，条件优厚，" * 1_200,
    "full stops": "." * 20_000,
}


@pytest.mark.parametrize("name", UNENDING)
def test_no_piece_that_is_parsed_is_longer_than_the_cut(name: str) -> None:
    text = UNENDING[name]
    reading = language.read(text, "zh" if name == "Chinese" else "en")
    for paragraph in reading.paragraphs:
        assert paragraph.doc is not None
        assert len(paragraph.doc) <= len(paragraph.text) <= pieces.LONGEST_PARAGRAPH
        assert text[paragraph.start :].startswith(paragraph.text)
    for sentence in reading.sentences:
        paragraph = reading.paragraphs[sentence.paragraph]
        assert len(sentence.text) <= pieces.LONGEST_SENTENCE
        assert text[sentence.start : sentence.end] == sentence.text
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.start + len(paragraph.text)
    read = sum(len("".join(sentence.text.split())) for sentence in reading.sentences)
    assert read == (0 if name == "encoded data" else len("".join(text.split())))


def test_a_long_sentence_is_cut_after_the_best_sign() -> None:
    first, second = "many words, " * 60 + "and the end; ", "then more words " * 40
    assert texts(first + second) == [first.strip(), second.strip()]


def test_encoded_data_in_a_line_is_left_out() -> None:
    reading = language.read("The firm hired ten. " + "QUJD+/9a" * 200 + " It pays well.", "en")
    assert [s.text for s in reading.sentences] == ["The firm hired ten.", "It pays well."]
    assert [len(p.text) for p in reading.paragraphs] == [20, 14]
