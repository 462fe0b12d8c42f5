"""Good documents of every kind: what is read of them, and what they say of themselves."""

import datetime
import gzip
import io
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fastwarc.stream_io import ZstdWriter

from graph.errors import UnreadableDocument
from graph.frame import Document
from ingest.sources import Failure, Options, files, kinds
from ingest.sources.printed import HYPHEN, paragraphs
from ingest.sources.xml import tree
from ingest.text import documents
from tests import made
from tests.made import TEXT

URL = "https://a.example/1"
CHINESE = "一家位于宁波的公司正在招聘焊接工程师，提供住房。"


def read(name: str, data: bytes, media_type: str | None = None, **options: Any) -> list[Document | Failure]:
    return list(documents(kinds.pages_of(name, data, media_type, options=Options(**options))))


def one(name: str, data: bytes, media_type: str | None = None, **options: Any) -> Document:
    (found,) = read(name, data, media_type, **options)
    assert isinstance(found, Document), found
    return found


WRAPPED = (
    "A maker of gearboxes in Graz has hired eleven engineers from Ljubljana, it said on",
    "Friday. It pays for the move of their families, two of them said, and for a school.",
    "The firm has forty people.",
    "A third one declined.",
)


def test_a_pdf_gives_its_paragraphs_its_title_and_the_day_it_was_made() -> None:
    found = one(
        "a.pdf", made.pdf(WRAPPED, "/Title(Gears in Graz)/CreationDate(D:20250401120000+02'00')/Author(Ida Falk)")
    )
    assert found.author == "Ida Falk"
    assert found.text == " ".join(WRAPPED[:3]) + "\n\n" + WRAPPED[3]
    assert (found.title, found.date, found.lang) == ("Gears in Graz", datetime.date(2025, 4, 1), "en")


@pytest.mark.parametrize("title", ["Microsoft Word - report.doc", "report.indd", "untitled"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert one("a.pdf", made.pdf(WRAPPED, f"/Title({title})/CreationDate(yesterday)")).title is None


def test_heads_feet_numbers_and_hyphens_of_printed_pages_go() -> None:
    pages = [
        [
            "The Desk, issue 4",
            "A firm in Graz has hired eleven engi" + HYPHEN,
            "neers from Ljubljana, and it will",
            "1",
        ],
        ["The Desk, issue 4", "pay for the move of their families.", "- 2 -"],
        ["The Desk, issue 4", "• one flat in the city of Graz", "• two cars", "Page 3 of 3"],
    ]
    assert list(paragraphs(pages)) == [
        "A firm in Graz has hired eleven engineers from Ljubljana, and it will pay for the move of their families.",
        "• one flat in the city of Graz",
        "• two cars",
    ]
    assert list(paragraphs([["一家位于宁波的公司正在招聘焊接工程", "师，提供住房。"]])) == [
        "一家位于宁波的公司正在招聘焊接工程师，提供住房。"
    ]


def test_words_broken_by_hyphens_in_a_pdf_are_whole() -> None:
    lines = (
        "A maker of gearboxes in Graz hired eleven engi-",
        "neers from Ljubljana, and pays for the",
        "move.",
        "Done.",
    )
    assert one("a.pdf", made.pdf(lines)).text == (
        "A maker of gearboxes in Graz hired eleven engineers from Ljubljana, and pays for the move.\n\nDone."
    )


@pytest.mark.parametrize("foot", [(), ("1",)])
def test_a_word_broken_by_the_end_of_a_page_is_whole(foot: tuple[str, ...]) -> None:
    pages = [("A firm in Graz has hired eleven engi-", *foot), ("neers from Ljubljana, it said on Friday.",)]
    assert one("a.pdf", made.pdf_pages(pages)).text == "".join(
        ("A firm in Graz has hired eleven engi", "neers from Ljubljana, it said on Friday.")
    )
    assert list(paragraphs([["A firm hired eleven engi-"], ["Ljubljana is in Slovenia."]])) == [
        "A firm hired eleven engi- Ljubljana is in Slovenia."
    ]


def test_a_word_document_gives_text_tables_and_tracked_insertions() -> None:
    inserted = (
        "<w:p><w:ins><w:r><w:t>Added.</w:t></w:r></w:ins><w:del><w:r><w:delText>No.</w:delText></w:r></w:del></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{made.paragraph('In a control.')}</w:sdtContent></w:sdt>"
    cells = "".join(f"<w:tc>{made.paragraph(cell)}</w:tc>" for cell in ("field", "people"))
    body = made.paragraph(TEXT) + inserted + control + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + made.paragraph("End.")
    properties = (
        "<dc:title>Gears</dc:title><dc:creator>Ida Falk</dc:creator>"
        "<dcterms:modified>2025-02-03T10:00:00Z</dcterms:modified>"
    )
    found = one("a.docx", made.docx(body, properties=properties))
    assert found.text == f"{TEXT}\n\nAdded.\n\nIn a control.\n\nfield; people\n\nEnd."
    assert (found.title, found.date, found.author) == ("Gears", datetime.date(2025, 2, 3), "Ida Falk")


def test_a_table_gives_a_document_a_row_by_the_names_of_its_columns() -> None:
    data = f'Title;TEXT;date;other\nGears;"{TEXT}\nMore; of it.";2025-03-01;x\n;{TEXT};;\n'.encode()
    first, second = read("a.csv", data)
    assert isinstance(first, Document)
    assert (first.text, first.title, first.date) == (f"{TEXT}\nMore; of it.", "Gears", datetime.date(2025, 3, 1))
    assert first.source == "a.csv:2"
    assert isinstance(second, Document)
    assert (second.source, second.title) == ("a.csv:4", None)


def test_columns_may_be_called_otherwise() -> None:
    columns = {"text": "Body", "date": "Published"}
    found = one("a.tsv", f"Body\tPublished\n{TEXT}\t2025-03-01\n".encode("utf-16"), columns=columns)
    assert (found.text, found.date) == (TEXT, datetime.date(2025, 3, 1))
    (failure,) = read("a.csv", b"text,b\nx,y\n", columns={"date": "Published"})
    assert isinstance(failure, Failure)
    assert failure.reason == "has no column 'Published'; its columns are 'text', 'b'"


def test_a_bad_row_fails_alone() -> None:
    rows = f"text,date\n{TEXT[:20]},2025-13-01\n,2025-01-01\na,b,c\n{TEXT[:20]},2025-01-02\n"
    found = read("a.csv", rows.encode())
    assert [item.path for item in found if isinstance(item, Failure)] == ["a.csv:2", "a.csv:3", "a.csv:4"]
    assert isinstance(found[-1], Document)


def archive() -> dict[str, bytes]:
    return {
        "texts/a.txt": TEXT.encode(),
        "b.pdf": made.pdf(),
        "c.docx": made.docx(made.paragraph(TEXT)),
        "d.jsonl": b'{"text": "one"}\n{"text": "two"}\n',
        "e.html": made.web_page(),
        ".hidden.txt": b"hidden",
        "__MACOSX/a.txt": b"hidden",
        "picture.png": b"\x89PNG",
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", made.zipped(archive())),
        ("a.tar", made.tarred(archive())),
        ("a.tar.gz", made.tarred(archive(), mode="w:gz")),
        ("a.tgz", made.tarred(archive(), mode="w:gz")),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_an_archive_gives_what_it_holds(name: str, data: bytes, named: bool) -> None:
    said: list[str] = []
    shown = name if named else "-"
    found = read(shown, data, say=said.append)
    assert [item.source for item in found if isinstance(item, Document)] == [
        f"{shown}/{entry}" for entry in ("texts/a.txt", "b.pdf", "c.docx", "d.jsonl:1", "d.jsonl:2", "e.html")
    ]
    assert len(found) == 6
    assert said == [f"{shown}: 1 file of another kind left out"]


def test_archives_in_archives_and_single_files_packed_are_read() -> None:
    inner = made.tarred({"n.txt": TEXT.encode()}, mode="w:gz")
    assert one("a.zip", made.zipped({"in.tgz": inner})).source == "a.zip/in.tgz/n.txt"
    assert one("a.txt.gz", gzip.compress(TEXT.encode())).source == "a.txt.gz"
    lines = gzip.compress(b'{"text": "one"}\n{"text": "two"}\n')
    assert [getattr(item, "source", None) for item in read("a.jsonl.gz", lines)] == ["a.jsonl.gz:1", "a.jsonl.gz:2"]


def test_names_inside_archives_do_not_climb_and_are_shown_safely() -> None:
    data = made.zipped({"../../etc/a\n\x1b[2J\u202e.txt": TEXT, "C:\\x\\b.txt": TEXT, "/c.txt": TEXT})
    assert [getattr(item, "source", None) for item in read("a.zip", data)] == [
        "a.zip/etc/a\\n\\x1b[2J\\u202e.txt",
        "a.zip/C:/x/b.txt",
        "a.zip/c.txt",
    ]


def test_links_and_devices_are_left_out_with_a_word(tmp_path: Path) -> None:
    made_tar = io.BytesIO()
    with tarfile.open(fileobj=made_tar, mode="w") as tar:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
    said: list[str] = []
    assert read("a.tar", made_tar.getvalue(), say=said.append) == []
    assert said == ["a.tar: 1 device, 2 links left out"]


def zstandard(*records: bytes) -> bytes:
    packed = io.BytesIO()
    for record in records:
        writer = ZstdWriter(packed)
        writer.write(record)
        writer.close()
    return packed.getvalue()


RECORDS = (
    made.response(URL, made.web_page(), "text/html; charset=utf-8"),
    made.response("https://a.example/2.pdf", made.pdf(), "application/pdf", version="1.1"),
    made.response(
        "https://a.example/3", gzip.compress(TEXT.encode()), "text/plain", headers="Content-Encoding: gzip\r\n"
    ),
    made.response("https://a.example/4", b"{}", "application/json"),
    made.response("https://a.example/5", made.web_page(), status="404 Not Found"),
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(RECORDS)),
        ("a.warc.gz", b"".join(map(gzip.compress, RECORDS))),
        ("a.warc.zst", zstandard(*RECORDS)),
        ("-", b"".join(RECORDS)),
        ("-", b"".join(map(gzip.compress, RECORDS))),
    ],
)
def test_a_warc_gives_pages_texts_and_pdfs_with_url_and_day(name: str, data: bytes) -> None:
    said: list[str] = []
    found = read(name, data, say=said.append)
    assert [(item.url, item.date) for item in found if isinstance(item, Document)] == [
        (url, datetime.date(2025, 3, 1)) for url in (URL, "https://a.example/2.pdf", "https://a.example/3")
    ]
    assert all("eleven engineers" in item.text for item in found if isinstance(item, Document))
    assert len(found) == 3
    assert said == [f"{name}: 2 responses of other kinds left out"]


def test_a_page_in_a_warc_says_its_author_and_its_date_goes_before_the_day_of_the_fetch() -> None:
    head = '<meta property="article:published_time" content="2024-05-06"><meta name="author" content="Ida Falk">'
    found = one("a.warc", made.response(URL, made.web_page(head=head)))
    assert (found.date, found.author) == (datetime.date(2024, 5, 6), "Ida Falk")


@pytest.mark.parametrize(
    ("media_type", "body", "text"),
    [
        (
            "text/html; charset=gbk",
            "<html><body><p>一家位于宁波的公司正在招聘焊接工程师，提供住房。</p>".encode("gbk"),
            "焊接",
        ),
        ("application/pdf", made.pdf(), "eleven engineers"),
        ("text/html", made.web_page(), "eleven engineers"),
        ("text/plain; charset=iso-8859-1", "Café ".encode("latin-1") + TEXT.encode(), "Café A maker"),
        (None, made.docx(made.paragraph(TEXT)), "eleven engineers"),
    ],
)
def test_what_a_server_calls_it_and_its_first_bytes_tell_the_kind(
    media_type: str | None, body: bytes, text: str
) -> None:
    assert text in one("https://example.org/download.php?id=3", body, media_type).text


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (made.pdf(), [TEXT]),
        (made.docx(made.paragraph(TEXT)), [TEXT]),
        (made.zipped({"a.txt": TEXT, "b.txt": "Two."}), [TEXT, "Two."]),
        (gzip.compress(TEXT.encode()), [TEXT]),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(data: bytes, texts: Sequence[str]) -> None:
    found = documents(files.read(["-"], standard_input=io.BytesIO(data)))
    assert [getattr(item, "text", item) for item in found] == list(texts)


def test_a_folder_gives_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.pdf())
    (tmp_path / "b.zip").write_bytes(made.zipped({"c.txt": TEXT}))
    (tmp_path / "d.csv").write_text(f'text\n"{TEXT}"\n')
    found = [getattr(item, "source", item) for item in documents(files.read([tmp_path]))]
    assert found == [f"{tmp_path}/a.pdf", f"{tmp_path}/b.zip/c.txt", f"{tmp_path}/d.csv:2"]


def test_every_kind_says_what_it_yields_and_its_limits_and_the_page_on_sources_has_them() -> None:
    page = (Path(__file__).parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")
    for kind in kinds.KINDS:
        assert kind.yields
        assert kind.limits
        assert f"| {kind.name} |" in page
        assert all(f"`{suffix}`" in page for suffix in kind.suffixes)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE d [<!ENTITY e 'x'>]><d>&e;</d>",
        b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><d>&e;</d>",
        b"<!DOCTYPE d [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]><d/>",
        b"<d>&unknown;</d>",
        b"<d>" * 300,
        b"not XML",
        b"",
    ],
)
def test_xml_with_entities_or_faults_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        tree(data)


def test_xml_with_a_document_type_alone_is_read() -> None:
    assert tree(b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><rss><a/></rss>').tag == "rss"
