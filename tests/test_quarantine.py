"""Quarantine: what cannot be read is kept with its reason, once, until it is read or dropped."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from graph.errors import UnknownEntity
from graph.store import Store
from ingest import quarantine
from ingest.retrying import retry
from ingest.run import ingest
from ingest.sources import Failure, Options, Page, files
from ingest.text import Overrides
from tests import made
from tests.test_run import OneClaimEach, article, page


class Faulty(OneClaimEach):
    """Reads all but the texts that name it."""

    broken = True

    def extract(self, document):  # type: ignore[no-untyped-def]
        if self.broken and "unlucky" in document.text:
            raise ValueError("of the text")
        return super().extract(document)


def test_a_file_is_kept_once_and_leaves_when_it_can_be_read(store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("   ", encoding="utf-8")
    for _ in range(2):
        report = ingest(files.read([bad]), store, OneClaimEach())
        assert report.counts["quarantined"] == 1
    (row,) = quarantine.listed(store)
    assert (row["path"], row["reason"], row["run"]) == (str(bad), "is empty", report.run)
    assert row["since"] < row["last"]
    assert retry(store, OneClaimEach()).counts["quarantined"] == 1
    bad.write_text(article(1), encoding="utf-8")
    assert retry(store, OneClaimEach(), [row["id"]]).counts["stored"] == 1
    assert quarantine.listed(store) == []
    assert store.counts()["Document"] == 1


def test_a_document_read_by_any_later_run_leaves(embedded_store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("", encoding="utf-8")
    ingest(files.read([bad]), embedded_store, OneClaimEach())
    bad.write_text(article(1), encoding="utf-8")
    ingest(files.read([tmp_path]), embedded_store, OneClaimEach())
    assert quarantine.listed(embedded_store) == []


@pytest.mark.parametrize("name", ["q.zip", "q.csv", "q.jsonl", "q.tgz"])
def test_what_holds_documents_leaves_when_one_of_them_is_read(embedded_store: Store, tmp_path: Path, name: str) -> None:
    bad, packed = tmp_path / name, io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(_written(tmp_path / "a.txt", article(1)), "a.txt")
    held = {
        "q.zip": made.zipped({"a.txt": article(1)}),
        "q.csv": f"text\n{article(1)}\n".encode(),
        "q.jsonl": json.dumps({"text": article(1)}).encode(),
        "q.tgz": packed.getvalue(),
    }
    bad.write_bytes(b"")
    (tmp_path / "in").mkdir()
    ingest(files.read([tmp_path / "in" / ".." / name]), embedded_store, OneClaimEach())
    assert [row["path"] for row in quarantine.listed(embedded_store)] == [str(bad)]
    bad.write_bytes(held[name])
    assert ingest(files.read([bad]), embedded_store, OneClaimEach()).counts["stored"] == 1
    assert quarantine.listed(embedded_store) == []


@pytest.mark.parametrize("read_first", [True, False])
def test_what_holds_a_document_stays_where_it_failed_in_the_same_run(
    embedded_store: Store, tmp_path: Path, read_first: bool
) -> None:
    archive = str(_written(tmp_path / "q.zip", "x"))
    told = [page(f"{archive}/a.txt", article(1)), Failure(archive, "is damaged")]
    for _ in range(2):
        ingest(told if read_first else told[::-1], embedded_store, OneClaimEach())
        assert [row["path"] for row in quarantine.listed(embedded_store)] == [archive]


def test_a_document_leaves_when_it_is_read_from_elsewhere(embedded_store: Store, tmp_path: Path) -> None:
    """A page of the web that failed comes as a file with its URL; a line without URL comes in another file."""
    lines = tmp_path / "old.jsonl"
    lines.write_text(json.dumps({"text": article(2), "date": "never"}), encoding="utf-8")
    failed = [Failure("https://example.org/a", "answers 503"), *files.read([lines])]
    assert ingest(failed, embedded_store, OneClaimEach()).counts["quarantined"] == 2
    ingest([page("b", article(3))], embedded_store, OneClaimEach())
    assert len(quarantine.listed(embedded_store)) == 2
    ingest([page("a", article(1)), Page("new.txt", "record", article(2))], embedded_store, OneClaimEach())
    assert quarantine.listed(embedded_store) == []


def test_where_a_path_leads_over_a_link_and_back(tmp_path: Path) -> None:
    (tmp_path / "far" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "deep")
    there = _written(tmp_path / "far" / "a.txt", "x")
    assert quarantine.anchored(str(tmp_path / "link" / ".." / "a.txt")) == str(there)
    assert quarantine.anchored(f"{there}/../b") == f"{there}/../b", "a name inside is no path"


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_what_came_without_a_file_is_kept_itself(embedded_store: Store) -> None:
    said = Overrides(publisher="The Example")
    extractor = Faulty()
    given = [
        Page("-", "text", f"unlucky {article(1)}", {"url": "https://example.org/u"}),
        Page("-", "text", "fine", {"date": "never"}),
    ]
    ingest(given, embedded_store, extractor, overrides=said)
    assert len(quarantine.listed(embedded_store)) == 2
    extractor.broken = False
    report = retry(embedded_store, extractor)
    assert (report.counts["stored"], report.counts["quarantined"]) == (1, 1)
    (left,) = quarantine.listed(embedded_store)
    assert "never" in left["reason"]
    query = "MATCH (d:Document)-[:PUBLISHED_BY]->(p) RETURN d.url AS url, d.text AS text, p.name AS publisher"
    (row,) = embedded_store.read(query)
    assert row == {"url": "https://example.org/u", "text": f"unlucky {article(1)}", "publisher": "The Example"}


def test_one_line_of_a_file_is_tried_alone(embedded_store: Store, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    good, bad = json.dumps({"text": article(1), "lang": "en"}), json.dumps({"text": article(2), "date": "never"})
    feed.write_text(f"{good}\n{bad}\n", encoding="utf-8")
    ingest(files.read([feed]), embedded_store, OneClaimEach())
    (row,) = quarantine.listed(embedded_store)
    assert row["path"] == f"{feed}:2"
    report = retry(embedded_store, OneClaimEach())
    assert sum(report.counts.values()) == report.counts["quarantined"] == 1
    feed.write_text(f"{good}\n{good.replace('word1', 'word3')}\n", encoding="utf-8")
    assert retry(embedded_store, OneClaimEach()).counts["stored"] == 1
    assert quarantine.listed(embedded_store) == []


def test_a_file_that_is_gone_stays_listed_until_it_is_dropped(embedded_store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("", encoding="utf-8")
    ingest(files.read([bad]), embedded_store, OneClaimEach())
    bad.unlink()
    report = retry(embedded_store, OneClaimEach())
    assert "no longer there" in report.failures[0].reason
    (row,) = quarantine.listed(embedded_store)
    with pytest.raises(UnknownEntity, match="nothing-like-it"):
        quarantine.drop(embedded_store, ["nothing-like-it"])
    assert quarantine.drop(embedded_store, [row["id"]]) == 1
    assert quarantine.listed(embedded_store) == []


def test_what_is_too_long_to_keep_is_listed_but_not_kept(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "CONTENT_CHARACTERS", 10)
    ingest([page("long", article(1), date="never")], embedded_store, OneClaimEach())
    (record,) = embedded_store.kept("Quarantined")
    assert "content" not in record
    (again,) = quarantine.pages(record, Options())
    assert isinstance(again, Failure)
    assert "no longer there" in again.reason


def test_a_row_of_a_table_is_tried_with_the_columns_that_were_said(embedded_store: Store, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = [f"Body,Where\n{article(1)},https://example.org/1\n", ",https://example.org/2\n"]
    table.write_text("".join(rows), encoding="utf-8")
    columns = {"text": "Body", "url": "Where"}
    report = ingest(files.read([table], Options(columns=columns)), embedded_store, OneClaimEach(), columns=columns)
    assert (report.counts["stored"], report.counts["quarantined"]) == (1, 1)
    assert retry(embedded_store, OneClaimEach()).counts["quarantined"] == 1, "still no text"
    table.write_text(f"{rows[0]}{article(2)}{rows[1]}", encoding="utf-8")
    assert retry(embedded_store, OneClaimEach()).counts["stored"] == 1
    assert quarantine.listed(embedded_store) == []
    urls = embedded_store.read("MATCH (d:Document) RETURN d.url AS url ORDER BY url")
    assert [row["url"] for row in urls] == ["https://example.org/1", "https://example.org/2"]
