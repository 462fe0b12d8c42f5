"""Bytes that are text in some encoding, and bytes that are none."""

import pytest

from graph.errors import UnreadableDocument
from ingest.sources.encoding import decode

CHINESE = "一家位于宁波的公司正在招聘焊接工程师，提供住房，并为其子女安排学校。"
FRENCH = "Le café de l’ingénieur à Zürich coûte 3 €; l'entreprise a recruté une équipe à Liège."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "cp1252"),
        ("Señor Muñoz trabaja en Málaga; la empresa contrató a 40 personas.", "latin-1"),
        ("A naïve plan.", "latin-1"),
        ("Une équipe à Liège.", "cp1252"),
        ("The firm 深圳机器人 has hired forty engineers from Turin and Graz since the spring.", "gbk"),
        ("Zażółć gęślą jaźń. Firma w Łodzi zatrudniła inżynierów.", "cp1250"),
        ("Компания в Казани ищет инженеров по робототехнике.", "cp1251"),
        (CHINESE, "utf-8"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        ("這家公司在新竹招聘半導體工程師，提供高薪與住房。", "big5"),
        ("人材を募集しています。東京の会社です。", "shift_jis"),
        ("서울의 회사가 인공지능 기술자를 채용했다.", "euc_kr"),
    ],
)
def test_text_comes_back_from_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_page_in_gb2312_says_so_itself() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>{CHINESE}</html>'
    assert decode(page.encode("gbk")) == page


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1252", "US-ASCII"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gbk"),
        ("這家公司在新竹招聘半導體工程師，提供高薪與住房。", "big5"),
        ("Компания в Казани ищет инженеров по робототехнике.", "cp1251"),
        (f"<html><head><meta charset=gb2312></head>{CHINESE}</html>", "gbk"),
        ("Señor Muñoz trabaja en Málaga.", "latin-1"),
    ],
)
def test_servers_that_call_every_page_western_are_not_believed(text: str, encoding: str, said: str) -> None:
    assert decode(text.encode(encoding), said) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"abc\x00def", "not text"),
        (bytes(range(1, 32)) * 4, "not text"),
        (b"\xff\xfea", "utf-16"),
        (FRENCH.encode()[:-40] + b"\xc3 " + FRENCH.encode(), "broken byte at"),
        (b'<meta charset="klingon">caf\xe9', "klingon"),
        (b'<meta charset="punycode">caf\xe9', "no encoding of texts"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        decode(data)
