"""What is at an address or in files is read on trial by the API; nothing is stored or left behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.reader import LONGEST, MOST_PREVIEWED
from graph.store import Store
from tests import made
from tests.conftest import Stores
from tests.problem import is_problem
from tests.web_server import Site, page, site

ADDRESS = "/v1/documents/preview"
SENTENCE = "A robotics company in Zhejiang hired twenty AI engineers from Germany last year, a recruiter said."


@pytest.fixture(scope="module")
def web() -> Iterator[Site]:
    """A web server on loopback that may be fetched from."""
    with site({"/article": page(made.web_page(SENTENCE))}) as running:
        yield running


@pytest.fixture(scope="module")
def client(stores: Stores, web: Site) -> Iterator[TestClient]:
    """A client whose reading process loads the model once for all tests."""
    store = stores.get("embedded")
    allowed = stores.chosen["embedded"].model_copy(update={"fetch_allow": f"127.0.0.1:{web.port}"})
    app = create_app(store, allowed)
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 50_000)) as client:
        yield client


def told(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def marked(document: dict[str, Any]) -> list[str]:
    """Return the places in the text at which claims stand; offsets are those of the text that comes along."""
    found = [(claim["evidence"]["start"], claim["evidence"]["end"]) for claim in document["claims"]]
    return [document["text"][start:end] for start, end in found]


def test_files_are_read_and_none_is_left(client: TestClient, stores: Stores, loaded_embedded: Store) -> None:
    before = loaded_embedded.counts()
    uploads = stores.chosen["embedded"].home / "uploads"
    lying = set(uploads.glob("*"))  # of other tests: what is in quarantine keeps its file
    sent = [
        ("file", ("../a.pdf", made.pdf([SENTENCE]), "application/pdf")),
        ("file", ("b.docx", made.docx(made.paragraph(SENTENCE)), "application/octet-stream")),
        ("file", ("c.bin", b"\x7fELF\x00\x01" * 99, "application/octet-stream")),
        ("file", ("d.txt", b"Ten engineers moved. " * (LONGEST // 20), "text/plain")),
    ]
    body = told(client.post(ADDRESS, files=sent, data={"publisher": "Test Wire"}))
    assert [(one["path"], one["publisher"]) for one in body["documents"]] == [
        ("a.pdf", "Test Wire"),
        ("b.docx", "Test Wire"),
    ]
    for document in body["documents"]:
        assert marked(document) == [SENTENCE]
    assert [one["path"] for one in body["unread"]] == ["c.bin", "d.txt"]
    assert f"at most {LONGEST:,} are read on trial" in body["unread"][1]["reason"]
    assert body["more"] is False
    assert set(uploads.glob("*")) == lying
    assert loaded_embedded.counts() == before


def test_an_address_is_fetched_as_it_would_be_for_storing(client: TestClient, web: Site) -> None:
    body = told(client.post(ADDRESS, json={"url": web.url("/article")}))
    (document,) = body["documents"]
    assert set(marked(document)) == {SENTENCE}  # the page says it in two paragraphs
    assert web.paths() == ["/article"]
    closed = told(client.post(ADDRESS, json={"url": "http://127.0.0.1:9/secret"}))
    assert closed["documents"] == []
    assert "127.0.0.1" in closed["unread"][0]["reason"]


def test_of_many_documents_the_first_are_read(client: TestClient) -> None:
    lines = "".join(f'{{"text": "{SENTENCE} {n}"}}\n' for n in range(MOST_PREVIEWED + 1))
    body = told(client.post(ADDRESS, files={"file": ("a.jsonl", lines.encode())}))
    assert len(body["documents"]) == MOST_PREVIEWED
    assert body["more"] is True


def test_what_cannot_be_sent_is_refused(client: TestClient, stores: Stores, tmp_path: Path) -> None:
    for given in ({}, {"url": str(tmp_path)}, {"url": "https://example.org/a", "date": "soon"}, {"text": SENTENCE}):
        is_problem(client.post(ADDRESS, json=given), 422)
    is_problem(client.post(ADDRESS, files={"file": b""}), 422)
    app = create_app(stores.get("embedded"), stores.chosen["embedded"])
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("192.0.2.7", 50_000)) as far:
        is_problem(far.post(ADDRESS, json={"url": "https://example.org/a"}), 401)
