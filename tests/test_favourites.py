"""Favourites of the console: the questions, and what the user saved."""

from pathlib import Path

import pytest

from graph.errors import UnknownQuestion, WrongParameter
from queries import catalogue
from queries.console.favourites import favourite, favourites, save
from queries.console.gate import check


def test_questions_are_favourites_and_can_be_run_as_they_are(tmp_path: Path) -> None:
    known = favourites(tmp_path)
    assert set(known) == set(catalogue.questions())
    check(known["flows"].cypher, {})


def test_a_saved_query_comes_first_under_its_first_line(tmp_path: Path) -> None:
    save(tmp_path, "chips", "// Chips by month\nMATCH (c:Claim) RETURN c.month AS month")
    assert next(iter(favourites(tmp_path))) == "chips"
    assert favourite(tmp_path, "chips").title == "Chips by month"
    assert favourite(tmp_path, "chips").own


@pytest.mark.parametrize("name", ["", "../chips", "a/b", "Chips", "x" * 61])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongParameter):
        save(tmp_path, name, "RETURN 1 AS one")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownQuestion, match="nothing"):
        favourite(tmp_path, "nothing")
