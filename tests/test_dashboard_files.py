"""How the dashboard's files are served, and what is said where they were not built."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import dashboard
from queries import catalogue

PAGE = "<style>p { color: red }</style><p>page</p>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name, text in (("index.html", PAGE), ("favicon.svg", "<svg/>"), ("assets/a-1.js", "let a = 1;")):
        (tmp_path / name).write_text(text)
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    return tmp_path


def client(folder: Path) -> TestClient:
    app = FastAPI()
    app.include_router(dashboard.routes(folder))
    return TestClient(app, follow_redirects=False)


def test_every_view_is_the_page_under_a_strict_policy(built: Path) -> None:
    for path in ("/", *(f"/{view}" for view in dashboard.VIEWS)):
        answer = client(built).get(path)
        assert answer.text == PAGE
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        digest = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
        assert f"style-src 'self' 'sha256-{digest}';" in policy
        assert answer.headers["cache-control"] == "no-cache"


def test_files_come_compressed_to_who_takes_that_and_are_kept(built: Path) -> None:
    packed = client(built).get("/assets/a-1.js", headers={"accept-encoding": "gzip"})
    plain = client(built).get("/assets/a-1.js", headers={"accept-encoding": "identity"})
    assert packed.text == plain.text == "let a = 1;"
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "immutable" in packed.headers["cache-control"]
    assert "javascript" in packed.headers["content-type"]


@pytest.mark.parametrize("name", ["b.js", "..%2Findex.html", "%2e%2e/index.html", "..%5Cindex.html"])
def test_nothing_but_the_built_files_is_served(built: Path, name: str) -> None:
    assert client(built).get(f"/assets/{name}").status_code == 404


def test_a_failed_build_is_told_and_leads_to_the_docs(tmp_path: Path) -> None:
    (tmp_path / "not-built.txt").write_text("npm ci ended with 1: no network")
    told = dashboard.missing(tmp_path)
    assert told is not None
    assert "npm ci ended with 1: no network" in told
    assert dashboard.RETRY in told
    assert client(tmp_path).get("/").headers["location"] == "/docs"


def test_every_question_has_a_title_in_chinese() -> None:
    words = (dashboard.DIST.parent / "src" / "words" / "questions.ts").read_text(encoding="utf-8")
    assert set(re.findall(r'^  "([\w-]+)": "[^"]+",$', words, re.MULTILINE)) == set(catalogue.questions())


def test_the_package_was_built() -> None:
    assert dashboard.missing() is None
