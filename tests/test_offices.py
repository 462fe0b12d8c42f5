"""Who is a public figure, by what the text calls them."""

import pytest

from graph.offices import holds_office


@pytest.mark.parametrize(
    ("role", "name", "expected"),
    [
        ("the president of the European Commission", "Ursula von der Leyen", True),
        ("President Emmanuel Macron", "Emmanuel Macron", True),
        ("chief executive of OpenAI", "Sam Altman", True),
        ("a spokeswoman for the university", "Ada Brandt", True),
        ("Research minister Dorothee Bär", "Dorothee Bär", True),
        ("外交部发言人", "林远", True),
        ("a professor of physics", "Ada Brandt", False),
        ("an engineer at the firm", "Bo Lind", False),
        ("a recruiter", "Bo Lind", False),
        ("Judge Mayor", "Judge Mayor", False),
        ("Bo Lind", "Bo Lind", False),
        ("清华大学教授", "林远", False),
    ],
)
def test_an_office_is_what_the_text_says(role: str, name: str, expected: bool) -> None:
    assert holds_office(role, name) is expected
