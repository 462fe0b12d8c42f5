"""The docs say what is so: generated pages equal what the code says now, links lead somewhere."""

import re
from pathlib import Path

import pytest

from docs import generate

ROOT = Path(__file__).parent.parent
PROSE = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", generate.PAGES)
def test_reference_page_is_current(name: str) -> None:
    written = (generate.FOLDER / name).read_text(encoding="utf-8")
    assert written == generate.PAGES[name](), f"docs/reference/{name} is out of date: run `make docs`"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}, which does not exist"


def test_every_setting_is_read_from_a_documented_variable() -> None:
    page = generate.settings_page()
    for variable in ("TALENTGRAPH_HOME", "NEO4J_URI", "NEO4J_PASSWORD"):
        assert f"`{variable}`" in page
