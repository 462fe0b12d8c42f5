"""Bombs and malformed files: a name, the file's name, what makes its bytes, and how it must end.

The end is a part of the reason with which it fails, or, after `reads:`, a part of the text that is read nevertheless.
"""

import bz2
import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests import made
from tests.made import TEXT

MEGABYTE = 1_000_000
Bomb = tuple[str, str, Callable[[], bytes], str]


def zeros(megabytes: int) -> bytes:
    """Return a gzip file that unpacks to that many megabytes of zeros; its checksum, which nobody reaches, is wrong."""
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + _zero_block() * megabytes + b"\x03\0" + bytes(8)


def flate(megabytes: int) -> bytes:
    """Return so many zeros as the stream of a PDF; see `zeros`."""
    return b"\x78\xda" + _zero_block() * megabytes + b"\x03\0" + bytes(4)


def _zero_block() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)


def nested_zip(depth: int) -> bytes:
    """Return a ZIP in a ZIP in a ZIP …, with a text at its heart."""
    data = made.zipped({"a.txt": TEXT})
    for _ in range(depth):
        data = made.zipped({"a.zip": data})
    return data


def overlapping_zip(entries: int) -> bytes:
    """Return a ZIP whose directory names the same bytes many times."""
    kernel = io.BytesIO()
    with zipfile.ZipFile(kernel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", "x" * MEGABYTE)
        info = archive.infolist()[0]
    data = kernel.getvalue()
    start = data.index(b"PK\x01\x02")
    local = data[:start]
    directory = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, info.CRC, info.compress_size, info.file_size,
                    len(name), 0, 0, 0, 0, 0, 0) + name
        for name in (b"%d.txt" % number for number in range(entries))
    )  # fmt: skip
    return (
        local
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), len(local), 0)
    )


def spoiled(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return the bytes with a part changed, which must be there."""
    assert old in data
    return data.replace(old, new)


def encrypted_zip() -> bytes:
    """Return a ZIP whose entry says that it is encrypted."""
    data = bytearray(made.zipped({"a.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    """Return a ZIP whose entry unpacks to more than it says."""
    data = bytearray(made.zipped({"a.txt": "x" * 5000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 50)
    return bytes(data)


def strange_compression() -> bytes:
    """Return a ZIP whose entry is packed by a method that nobody knows."""
    data = bytearray(made.zipped({"a.txt": TEXT}))
    data[8] = 77
    data[data.index(b"PK\x01\x02") + 10] = 77
    return bytes(data)


def tar_of(*members: tarfile.TarInfo) -> bytes:
    """Return a tar of bare headers, and a text."""
    text = tarfile.TarInfo("a.txt")
    text.size = len(TEXT)
    return b"".join(member.tobuf() for member in members) + text.tobuf() + TEXT.encode().ljust(512, b"\0") + bytes(1024)


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = "") -> tarfile.TarInfo:
    """Return the header of a tar entry."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, link
    return info


def sparse_tar() -> bytes:
    """Return a tar with an entry of 1 TB of which 512 bytes are there."""
    header = bytearray(member("big.txt", tarfile.GNUTYPE_SPARSE, 512).tobuf(tarfile.GNU_FORMAT))
    header[386:398] = b"%011o\0" % 0
    header[398:410] = b"%011o\0" % 512
    header[483:495] = b"\x80" + (10**12).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"x" * 512 + tar_of()


def laughs(levels: int = 10) -> str:
    """Return a document type whose last entity stands for a billion words."""
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, levels)
    )
    return f"<!DOCTYPE d [{entities}]>"


def parameter_laughs() -> str:
    """Return a document type whose parameter entities grow likewise."""
    entities = "<!ENTITY % p0 'lol'>" + "".join(
        f"<!ENTITY % p{number} '{f'%p{number - 1};' * 10}'>" for number in range(1, 10)
    )
    return f"<!DOCTYPE d [{entities} %p9;]>"


def pages_tree(depth: int) -> bytes:
    """Return a PDF whose tree of pages is a chain."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    objects += [b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    return made.pdf_objects(objects, b"/Root 1 0 R")


def deep_form() -> bytes:
    """Return a PDF whose picture shows itself."""
    form = b"/X Do /X Do"
    own = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>/Length %d>>stream\n%s\nendstream"
    )
    return made.pdf_of(b"BT /F1 9 Tf (Shown) Tj ET /X Do", extra=[own % (len(form), form)])


def xref_loop() -> bytes:
    """Return a PDF whose table of objects says that the one before it is itself."""
    data = made.pdf()
    start = data.rindex(b"startxref\n")
    place = data[start + 10 : data.rindex(b"\n")]
    return data.replace(b"/Info 6 0 R", b"/Info 6 0 R/Prev " + place)


def broken_member() -> bytes:
    """Return a WARC of three gzip members whose second is broken."""
    good = gzip.compress(made.response("https://a.example/1", made.web_page()))
    return good + good[:40] + bytes(60) + good[100:] + good


def warc(*records: bytes) -> bytes:
    """Return a WARC of these records, and a good one."""
    return b"".join(records) + made.response("https://a.example/good", made.web_page())


GOOD = "reads: eleven engineers"
PAGE = made.web_page()
URL = "https://a.example/1"
BOMBS: tuple[Bomb, ...] = (
    # ZIP
    ("zip flat", "a.zip", lambda: made.zipped({"a.txt": bytes(30 * MEGABYTE)}), "larger than"),
    ("zip many", "a.zip", lambda: made.zipped({f"{n}.txt": b"x" * 9 * MEGABYTE for n in range(4)}), "100 times"),
    ("zip nested", "a.zip", lambda: nested_zip(6), "3 archives deep"),
    ("zip nested a little", "a.zip", lambda: nested_zip(2), GOOD),
    ("zip overlapping", "a.zip", lambda: overlapping_zip(5000), "overlap"),
    ("zip encrypted", "a.zip", encrypted_zip, "encrypted"),
    ("zip lying", "a.zip", lying_zip, "damaged"),
    ("zip compression", "a.zip", strange_compression, "damaged"),
    ("zip truncated", "a.zip", lambda: made.zipped({"a.txt": TEXT})[:-30], "damaged ZIP"),
    ("zip empty", "a.zip", lambda: made.zipped({}), "holds nothing"),
    ("zip junk", "a.zip", lambda: b"PK\x03\x04" + b"junk" * 99, "damaged ZIP"),
    ("zip climbing", "a.zip", lambda: made.zipped({"../../../../etc/a.txt": TEXT}), GOOD),
    ("zip absolute", "a.zip", lambda: made.zipped({"/etc/a.txt": TEXT}), GOOD),
    ("zip backslashes", "a.zip", lambda: made.zipped({"..\\..\\a.txt": TEXT}), GOOD),
    ("zip control", "a.zip", lambda: made.zipped({"a\n\x1b[2Jb\u202etxt.txt": TEXT}), GOOD),
    ("zip long name", "a.zip", lambda: made.zipped({"n" * 60_000 + ".txt": TEXT}), GOOD),
    ("zip workbook", "a.xlsx", lambda: made.zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
    ("zip entries", "a.zip", lambda: made.zipped({f"{n}.txt": b"" for n in range(300)}), "is empty"),
    # gzip
    ("gzip", "a.txt.gz", lambda: zeros(300), "larger than"),
    ("gzip twice", "a.txt.gz.gz", lambda: gzip.compress(zeros(1000)), "larger than"),
    ("gzip lines", "a.jsonl.gz", lambda: zeros(300), "100 times"),
    ("gzip table", "a.csv.gz", lambda: zeros(300), "NUL"),
    ("gzip truncated", "a.txt.gz", lambda: gzip.compress(TEXT.encode() * 99)[:-20], "damaged gzip"),
    ("gzip junk", "a.txt.gz", lambda: b"\x1f\x8b" + b"junk" * 99, "damaged gzip"),
    ("gzip checksum", "a.txt.gz", lambda: gzip.compress(TEXT.encode())[:-8] + bytes(8), "damaged gzip"),
    ("gzip deep", "a.gz", lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))), "archives deep"),
    # tar
    ("tar sparse", "a.tar", sparse_tar, "sparse"),
    ("tar huge", "a.tar", lambda: tar_of(member("a.txt", size=8**11 - 1)), "damaged tar"),
    ("tar truncated", "a.tar", lambda: tar_of(member("b.txt", size=9_000_000))[:5000], "damaged tar"),
    ("tar link", "a.tar", lambda: tar_of(member("p.txt", tarfile.SYMTYPE, link="/etc/passwd")), GOOD),
    ("tar hard link", "a.tar", lambda: tar_of(member("p.txt", tarfile.LNKTYPE, link="a.txt")), GOOD),
    ("tar device", "a.tar", lambda: tar_of(member("d.txt", tarfile.CHRTYPE), member("f.txt", tarfile.FIFOTYPE)), GOOD),
    ("tar climbing", "a.tar", lambda: made.tarred({"../../a.txt": TEXT.encode()}), GOOD),
    ("tar checksum", "a.tar", lambda: b"x" * 5120, "damaged tar"),
    ("tar long header", "a.tar", lambda: tar_of(member("@", tarfile.GNUTYPE_LONGNAME, 8**11 - 1)), "damaged tar"),
    ("tar zeros", "a.tgz", lambda: zeros(1000), "holds nothing"),
    ("tar in gzip bomb", "a.tgz", lambda: gzip.compress(tar_of(member("z.bin", size=8**11 - 1)) + bytes(10**8)), "100"),
    # other archives
    ("bzip2", "a.bz2", lambda: bz2.compress(TEXT.encode()), "bzip2"),
    ("7z", "a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(99), "7z"),
    # PDF
    ("pdf junk", "a.pdf", lambda: b"%PDF-1.7\n" + b"junk " * 999, "no PDF or a damaged one"),
    ("pdf truncated", "a.pdf", lambda: made.pdf()[:300], "damaged"),
    ("pdf no table", "a.pdf", lambda: made.pdf().replace(b"xref", b"xxxx"), GOOD),
    ("pdf table loop", "a.pdf", xref_loop, GOOD),
    ("pdf wrong places", "a.pdf", lambda: b"%PDF-1.7" + b" " * 77 + made.pdf()[8:], GOOD),
    ("pdf tree loop", "a.pdf", lambda: spoiled(made.pdf(), b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "is"),
    ("pdf deep tree", "a.pdf", lambda: pages_tree(20_000), "is"),
    ("pdf own form", "a.pdf", deep_form, ""),
    ("pdf nesting", "a.pdf", lambda: made.pdf_of(b"[" * 500_000 + b" " + b"]" * 500_000), "is a PDF without text"),
    ("pdf quotes", "a.pdf", lambda: made.pdf_of(b"q " * MEGABYTE), "is a PDF without text"),
    ("pdf objects nested", "a.pdf", lambda: made.pdf_of(b"", extra=[b"[" * 900_000]), "is a PDF without text"),
    ("pdf stream", "a.pdf", lambda: made.pdf_of(flate(400), "/Filter/FlateDecode"), ""),
    (
        "pdf stream twice",
        "a.pdf",
        lambda: made.pdf_of(zlib.compress(flate(900)), "/Filter[/FlateDecode/FlateDecode]"),
        "",
    ),
    (
        "pdf words",
        "a.pdf",
        lambda: made.pdf_of(
            zlib.compress(b"BT /F1 9 Tf " + b"(word) Tj " * 3 * MEGABYTE + b"ET"), "/Filter/FlateDecode"
        ),
        "",
    ),
    ("pdf length", "a.pdf", lambda: spoiled(made.pdf(), b"/Length 1", b"/Length 999999991"), GOOD),
    ("pdf count", "a.pdf", lambda: spoiled(made.pdf(), b"/Count 1", b"/Count 99999999"), ""),
    (
        "pdf encrypted",
        "a.pdf",
        lambda: made.pdf_objects(
            [b"<</Type/Catalog>>", b"<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"],
            b"/Root 1 0 R/Encrypt 2 0 R/ID[(a)(a)]",
        ),
        "encrypted",
    ),
    ("pdf as text", "a.txt", made.pdf, GOOD),
    # Word
    (
        "word laughs",
        "a.docx",
        lambda: made.docx(made.paragraph("x") + "<w:p>&l9;</w:p>", before=laughs()),
        "amplification",
    ),
    ("word parameters", "a.docx", lambda: made.docx(made.paragraph("x"), before=parameter_laughs()), "is"),
    (
        "word external",
        "a.docx",
        lambda: made.docx(
            "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", before='<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        ),
        "entities",
    ),
    (
        "word external type",
        "a.docx",
        lambda: made.docx(made.paragraph(TEXT), before='<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">'),
        GOOD,
    ),
    (
        "word in properties",
        "a.docx",
        lambda: made.docx(made.paragraph(TEXT), parts={"docProps/core.xml": laughs() + "<d>&l9;</d>"}),
        "amplification",
    ),
    ("word nested", "a.docx", lambda: made.docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "no XML"),
    ("word huge", "a.docx", lambda: made.docx(made.paragraph("a" * 30 * MEGABYTE)), "is"),
    ("word many", "a.docx", lambda: made.docx("<w:p/>" * 2 * MEGABYTE), ""),
    (
        "word parts",
        "a.docx",
        lambda: made.docx(made.paragraph("x"), parts={"word/media/a.png": bytes(110 * MEGABYTE)}),
        "unpacks to more",
    ),
    ("word no document", "a.docx", lambda: made.zipped({"a.txt": TEXT}), "no Word document"),
    ("word empty", "a.docx", lambda: made.docx(""), "without text"),
    ("word junk", "a.docx", lambda: b"PK\x03\x04" + bytes(99), "damaged"),
    ("word broken", "a.docx", lambda: made.docx("<w:p><w:r></w:p>"), "no XML"),
    ("word encrypted", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "old Office document"),
    # HTML
    ("html nested", "a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + TEXT.encode(), ""),
    (
        "html attributes",
        "a.html",
        lambda: b"<html><body " + b" ".join(b"a%d=1" % n for n in range(MEGABYTE)) + b"><p>" + PAGE,
        "",
    ),
    ("html tables", "a.html", lambda: b"<html><body>" + b"<table><tr><td>" * 30_000 + TEXT.encode(), ""),
    ("html formats", "a.html", lambda: b"<html><body>" + b"<b><i><a>" * 100_000 + TEXT.encode(), ""),
    ("html unclosed", "a.html", lambda: b"<html><body>" + b"<p" * 500_000, ""),
    ("html entities", "a.html", lambda: (laughs() + "<html><body><p>&l9;</p>").encode() + PAGE, ""),
    ("html comment", "a.html", lambda: b"<html><!--" + b"-" * 5 * MEGABYTE, ""),
    (
        "html punycode",
        "a.html",
        lambda: b'<html><meta charset="punycode">' + b"\xe9a" * MEGABYTE,
        "no encoding of texts",
    ),
    ("html links", "a.html", lambda: b"<html><body>" + b"<p><a href='/x'>word</a>" * 200_000, ""),
    ("html NUL", "a.html", lambda: PAGE.replace(b"Graz", b"G\0raz"), "NUL"),
    # WARC
    ("warc truncated", "a.warc", lambda: made.response(URL, PAGE)[:-50], "cut off"),
    ("warc long", "a.warc", lambda: made.response(URL, PAGE, length=10**15), "is"),
    ("warc negative", "a.warc", lambda: made.response(URL, PAGE, length=-5), "is"),
    ("warc words", "a.warc", lambda: made.response(URL, PAGE, length="many"), "is"),
    ("warc short", "a.warc", lambda: warc(made.response(URL, PAGE, length=30)), "damaged"),
    ("warc members", "a.warc.gz", broken_member, "damaged"),
    ("warc huge", "a.warc", lambda: warc(made.response(URL, b"x" * 40 * MEGABYTE)), GOOD),
    ("warc packed", "a.warc.gz", lambda: gzip.compress(made.response(URL, bytes(40 * MEGABYTE))), "larger than"),
    (
        "warc body bomb",
        "a.warc",
        lambda: warc(made.response(URL, zeros(300), headers="Content-Encoding: gzip\r\n")),
        GOOD,
    ),
    ("warc body junk", "a.warc", lambda: warc(made.response(URL, b"junk", headers="Content-Encoding: gzip\r\n")), GOOD),
    (
        "warc chunks",
        "a.warc",
        lambda: warc(made.response(URL, b"zz\r\n", headers="Transfer-Encoding: chunked\r\n")),
        GOOD,
    ),
    ("warc header", "a.warc", lambda: b"WARC/1.0\r\nX: " + b"a" * 9 * MEGABYTE, "WARC"),
    ("warc junk", "a.warc", lambda: b"WARC/9.9\r\n\r\n" + b"junk" * 999, "WARC"),
    (
        "warc no http",
        "a.warc",
        lambda: warc(spoiled(made.response(URL, PAGE), b"HTTP/1.1 200 OK\r\n", b"nothing of it..\r\n")),
        GOOD,
    ),
    ("warc url", "a.warc", lambda: made.response("http://[::1\x1b[2J", PAGE), "URL"),
    ("zstandard junk", "a.warc.zst", lambda: b"\x28\xb5\x2f\xfd" + b"junk" * 99, "WARC"),
    # tables, JSON and text
    ("csv NUL", "a.csv", lambda: b"text\nA\0B\n" + TEXT.encode() + b"\n", "is not text"),
    ("csv field", "a.csv", lambda: b"text\n" + b"x" * 12 * MEGABYTE + f'\n"{TEXT}"\n'.encode(), GOOD),
    ("csv quotation", "a.csv", lambda: b'text\n"' + (b"x" * 999 + b"\n") * 10_100, "quotation mark"),
    ("csv ragged", "a.csv", lambda: f'title,text\na,b,c\n\nd\nt,"{TEXT}"\n'.encode(), GOOD),
    ("csv no text", "a.csv", lambda: b"title,body\na,b\n", "--column text=NAME"),
    ("csv UTF-16", "a.csv", lambda: f'title;text\nt;"{TEXT}"\n'.encode("utf-16"), GOOD),
    ("csv odd bytes", "a.csv", lambda: b'text\n"caf\xe9 \x81\x8d"\n' + f'"{TEXT}"\n'.encode(), GOOD),
    ("csv columns", "a.csv", lambda: b"text" + b"," * MEGABYTE + b"\n" + TEXT.encode(), "reads: "),
    ("csv empty", "a.csv", lambda: b"", "is empty"),
    ("json nested", "a.json", lambda: b'{"text": ' + b"[" * 900_000, "JSON"),
    ("json number", "a.json", lambda: b'{"text": ' + b"9" * 9000 + b"}", "JSON"),
    ("json half", "a.json", lambda: json.dumps({"text": TEXT + "\ud800"}).encode(), GOOD),
    ("lines nested", "a.jsonl", lambda: b"[" * 900_000 + b"\n" + json.dumps({"text": TEXT}).encode(), GOOD),
    ("text UTF-16", "a.txt", lambda: b"\xff\xfea", "utf-16"),
    ("text program", "a.txt", lambda: b"\x7fELF" + bytes(99), "program"),
    ("markdown brackets", "a.md", lambda: b"[" * 300_000 + b"\n\n" + TEXT.encode(), ""),
    ("markdown quotes", "a.md", lambda: b">" * 50_000 + TEXT.encode(), ""),
)
