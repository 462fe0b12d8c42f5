"""`extract --explain`: marks, reasons, and a page on which no text can act."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import explain_html, explain_text
from api.cli import app
from api.explain import Explanation, explain, visible
from graph.frame import Entity, Extraction, Mention
from tests.whole_claim import TEXT, claim, document, extraction

HOSTILE = "<script>alert(1)</script>&amp;\"'><img src=x onerror=alert(2)> \x1b[31mred\x07\x9b"
BAD = Entity("Person", 'x" onclick="alert(3)', "<b>Bold</b>")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Tags(HTMLParser):
    """Notes the tags and attributes of a page, and its text outside tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def whole() -> Explanation:
    return explain(
        extraction(claim(), claim(start=TEXT.index("It"), end=len(TEXT), continues=0, recruiter=None, claimants=()))
    )


def hostile() -> Explanation:
    own = document(HOSTILE, title=HOSTILE, publisher=HOSTILE)
    stated = replace(claim(), end=len(HOSTILE), recruiter=replace(claim().targets[0], entity=BAD, text=HOSTILE))
    return explain(Extraction(own, (Mention(BAD, 8, 16),), (stated,), HOSTILE))


def plain(explanation: Explanation) -> str:
    stream = io.StringIO()
    explain_text.show(explanation, stream)
    return stream.getvalue()


def test_parts_are_the_text_and_know_their_claims_and_names() -> None:
    (paragraph,) = whole().paragraphs
    assert "".join(part.text for part in paragraph.parts) == TEXT
    assert [part.text for part in paragraph.parts if part.entity] == ["Zhejiang", "ineers f"]
    assert "".join(p.text for p in paragraph.parts if 2 in p.claims) == "It offers housing."
    assert [reading.number for reading in paragraph.claims] == [1, 2]


def test_every_slot_has_its_reason() -> None:
    first, second = whole().paragraphs[0].claims
    reasons = {reason.role: reason for reason in first.reasons}
    assert set(reasons) == {
        *("recruiter", "on behalf of", "intermediary", "from employer", "destination", "origin", "field", "incentive"),
        *("channel", "programme", "target", "said by"),
    }
    assert reasons["origin"].value == "Spain (ES)"
    assert TEXT[reasons["origin"].start : reasons["origin"].end] == reasons["origin"].words == "Spain"
    assert reasons["destination"].how == "implied by a demonym or a known home"
    assert reasons["channel"].how.startswith("excluded by the text")
    assert "unnamed company" in reasons["recruiter"].value
    assert reasons["incentive"].value == "housing: 1,000 to 2,000 EUR per month"
    assert {r.role: r for r in second.reasons}["origin"].how == "stated, words of another sentence"


def test_facts_say_modality_count_time_and_factors() -> None:
    first, second = (dict(reading.facts) for reading in whole().paragraphs[0].claims)
    assert first["modality"].startswith("alleged: ")
    assert first["stage"].startswith("offered: ")
    assert first["people"] == "more than 10"
    assert first["time"] == "“in March”: 2025-03-01 to 2025-03-31 (month)"
    assert first["confidence"].startswith("0.75 = trigger strength 0.90 × slot certainty 0.80")
    assert second["continues"] == "the approach of claim 1"
    assert "narrator" in second["said by"]


def test_a_pipe_gets_plain_marks() -> None:
    text = plain(whole())
    assert "\x1b" not in text
    assert "[1| A robotics firm in {Zhejiang Region} seeks" in text
    assert "|1] [2| It offers housing. |2]" in text
    assert "← “Spain” at " in text
    assert not re.search(r" $", text, re.MULTILINE)


def test_a_terminal_gets_colours_and_nothing_of_the_texts_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    explain_text.show(hostile(), stream)
    shown = re.sub(r"\x1b\[[\d;]*m", "", stream.getvalue())
    assert shown != stream.getvalue()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert visible("\x1b\x07\x9b\t\n") == "␛␇\ufffd\t\n"


def test_a_page_never_runs_what_a_text_says() -> None:
    page = explain_html.page([hostile()])
    tags = Tags(page)
    assert not tags.tags & {"script", "img", "b", "link", "iframe"}
    assert not any(name.startswith("on") or name == "style" for name in tags.attributes)
    assert all(value.startswith("#claim-") for value in tags.values)
    assert "<script>alert(1)</script>" in tags.text
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "://" not in page
    assert "prefers-color-scheme: dark" in page


def test_every_link_of_a_page_leads_to_one_claim() -> None:
    page = explain_html.page([whole(), whole()])
    targets = re.findall(r' id="([^"]+)"', page)
    assert len(targets) == len(set(targets)) == 4
    assert {value.removeprefix("#") for value in Tags(page).values} == set(targets)


def test_the_command_explains_as_text_and_as_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.extraction.Extractor.extract", lambda self, given: replace(extraction(claim())))
    (tmp_path / "a.txt").write_text(TEXT)
    run = CliRunner().invoke
    assert "[1| A robotics firm" in run(app, ["extract", "--explain", str(tmp_path / "a.txt")]).stdout
    page = run(app, ["extract", "--explain", "--html", str(tmp_path / "a.txt")]).stdout
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    refused = run(app, ["extract", "--html", str(tmp_path / "a.txt")])
    assert refused.exit_code == 2
    assert "--explain" in refused.stderr


def test_explaining_needs_no_language_model() -> None:
    code = "import sys, api.explain, api.explain_text, api.explain_html; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
