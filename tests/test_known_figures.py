"""Public facts, read in by the extractor and asked back: counts, amounts, claimants, days, and both sides of conflicts.

`tests/eval/known_figures.toml` holds the texts, what they state, and who published that.
"""

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph import ids
from graph.frame import Document, Extraction
from graph.store import Store
from ingest.extraction import Extractor
from queries.catalogue import ask

FIGURES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "eval" / "known_figures.toml").read_text(encoding="utf-8")
)["figure"]


def document(figure: dict[str, Any]) -> Document:
    url, text = f"https://figures.example/{figure['name']}", figure["text"]
    return Document(
        ids.document_id(url, text),
        text,
        ids.revision(text),
        url=url,
        publisher=figure["source"].partition(",")[0],
        date=datetime.date.fromisoformat(figure["date"]),
        lang="en" if text.isascii() or "Bär" in text or "£" in text or "€" in text else "zh",
    )


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def read(name: str) -> Extraction:
    return extractor().extract(document(next(figure for figure in FIGURES if figure["name"] == name)))


def end(value: float) -> float | None:
    """Return the end of a range; the file writes an open one as -1."""
    return None if value == -1 else value


def test_there_are_forty_texts_each_with_a_figure_and_its_source() -> None:
    assert len(FIGURES) >= 40
    assert len({figure["name"] for figure in FIGURES}) == len({figure["text"] for figure in FIGURES}) == len(FIGURES)
    for figure in FIGURES:
        assert figure["source"]
        assert "people" in figure or "amounts" in figure


@pytest.mark.parametrize("figure", FIGURES, ids=[figure["name"] for figure in FIGURES])
def test_a_figure_is_read_as_it_is_stated(figure: dict[str, Any]) -> None:
    claims = read(figure["name"]).claims
    if "people" in figure:
        low, high = map(end, figure["people"])
        counted = [claim for claim in claims if (claim.count_min, claim.count_max) == (low, high)]
        assert counted
        if "qualifier" in figure:
            assert figure["qualifier"] in {claim.count_qualifier for claim in counted}
    offered = {
        (o.slot.entity.id, o.amount_min, o.amount_max, o.currency, o.per or "") for c in claims for o in c.offers
    }
    for incentive, low, high, currency, per in figure.get("amounts", ()):
        assert (incentive, end(low), end(high), currency, per) in offered
    if "programme" in figure:
        assert figure["programme"] in {slot.entity.name for claim in claims for slot in claim.programmes}
    voices = {words for claim in claims for said in claim.claimants for words in (said.role, said.slot.entity.name)}
    if "said_by" in figure:
        assert any(figure["said_by"] in words for words in voices)
    else:
        assert not voices


def test_figures_are_asked_back_with_day_and_claimant(embedded_store: Store) -> None:
    embedded_store.write([read(figure["name"]) for figure in FIGURES], known_at="2026-01-01T00:00:00+00:00")
    rows = ask(embedded_store, "programme-figures", {"limit": 1000}).rows
    for figure in FIGURES:
        if "programme" not in figure:
            continue
        mine = [row for row in rows if row["quote"] == figure["text"] and row["programme"] == figure["programme"]]
        found = {(row["unit"], row["lowest"], row["highest"]) for row in mine}
        if "people" in figure:
            assert ("people", *map(end, figure["people"])) in found
        for _, low, high, currency, _ in figure.get("amounts", ()):
            assert (currency, end(low), end(high)) in found
        assert {row["reported_on"] for row in mine} == {figure["date"]}
        assert all(row["said_by"] for row in mine)

    amounts = {
        (row["incentive_id"], row["currency"], row["per"]): row
        for row in ask(embedded_store, "amounts", {"limit": 1000}).rows
    }
    for figure in FIGURES:
        for incentive, low, high, currency, per in figure.get("amounts", ()):
            row = amounts[incentive, currency, per or None]
            assert low == -1 or row["lowest"] <= low
            assert high == -1 or row["highest"] >= high

    sides = ask(embedded_store, "contradictions", {"kind": "figure", "limit": 1000}).rows
    shown = {(row["recruiter"], row["stands"], row["said_by"]) for row in sides}
    assert {
        ("Thousand Talents Plan", "almost 60000", "ASPI"),
        ("Thousand Talents Plan", "60000 or more", "officials"),
        ("Canada", "24", "government"),
        ("Canada", "25", "programme's secretariat"),
    } <= shown
    assert not any("Kunpeng" in row["recruiter"] for row in sides)  # a goal, and what came of it
