"""Who wrote a document: full names of people, and nothing that is none."""

import pytest

from ingest.bylines import LONGEST, authors, byline


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Jane Exemple", "Jane Exemple"),
        ("Jane Exemple and Bob Muster, Staff Writer", "Jane Exemple; Bob Muster"),
        ("Jane Exemple, Bob Muster, and Ida Falk", "Jane Exemple; Bob Muster; Ida Falk"),
        ("Muster, Bob", "Bob Muster"),
        ("Jane Exemple, Graz", "Jane Exemple"),
        ("jane@desk.example (Jane Exemple)", "Jane Exemple"),
        ("Jane Exemple (The Desk) @jane", "Jane Exemple"),
        ("Von Anna-Lena von der Au", "Anna-Lena von der Au"),
        ("Jean-Luc d'Exemple", "Jean-Luc d'Exemple"),
        ("Иван Примеров", "Иван Примеров"),
        ("本报记者 王芳、李娜", "王芳; 李娜"),
        (["Jane Exemple", {"@type": "Person", "name": "Bob Muster"}, "Jane Exemple"], "Jane Exemple; Bob Muster"),
        ("█████ ███████", "█████ ███████"),
    ],
)
def test_full_names_are_kept(said: object, names: str) -> None:
    assert byline(said) == names
    assert byline(names) == names
    assert authors(names) == names.split("; ")


@pytest.mark.parametrize(
    "said",
    [
        *(None, "", 7, True, "Mia", "admin", "jsmith", "jane exemple", "The Desk Staff", "Example News Agency"),
        *("新华社", "https://desk.example/jane-exemple", "jane@desk.example", "Microsoft Office User"),
        *({"@type": "Organization", "name": "Muster Brothers"}, {"name": None}, "Jane 2 Exemple", "A" * 70 + " B"),
    ],
)
def test_what_names_no_person_in_full_is_left_out(said: object) -> None:
    assert byline(said) is None


def test_a_long_list_keeps_whole_names() -> None:
    names = [f"Jane{chr(97 + n)} Exemple" for n in range(26)]
    kept = byline(names)
    assert kept is not None
    assert len(kept) <= LONGEST
    assert authors(kept) == names[: len(authors(kept))]
