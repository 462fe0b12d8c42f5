"""Extraction on the annotated documents stays above every floor of floors.toml."""

import json
import tomllib

import pytest

from ingest.pipelines import LISTS_ONLY
from tests.eval import annotated
from tests.eval.conftest import Scored

FLOORS = tomllib.loads((annotated.HERE / "floors.toml").read_text(encoding="utf-8"))


def worse(scored: Scored) -> str:
    """Name the documents with more errors than recorded, and the errors."""
    recorded = json.loads(annotated.MEASURED.read_text(encoding="utf-8"))
    lines = []
    for id, errors in annotated.per_document(scored.documents).items():
        before = recorded.get(id, {})
        grown = [f"{kind} {before.get(kind, 0)} → {n}" for kind, n in errors.items() if n > before.get(kind, 0)]
        if grown:
            lines.append(f"  document {id}: {', '.join(grown)}")
    return "\n".join(lines) or "  (no document has more errors than recorded; was the set changed?)"


@pytest.mark.parametrize(("part", "floor"), sorted(FLOORS["f1"].items()))
def test_f1_stays_above_its_floor(scored: Scored, part: str, floor: float) -> None:
    figure = scored.total[part].prf()["f1"]
    assert figure >= floor, f"{part}: F1 {figure} is below {floor}. Changed for the worse:\n{worse(scored)}"


@pytest.mark.parametrize(("part", "floor"), sorted(FLOORS["accuracy"].items()))
def test_accuracy_stays_above_its_floor(scored: Scored, part: str, floor: float) -> None:
    figure = scored.total[part].prf()["r"]
    assert figure >= floor, f"{part}: accuracy {figure} is below {floor}. Changed for the worse:\n{worse(scored)}"


def test_each_language_stays_above_its_floors(scored: Scored) -> None:
    figures = annotated.languages(scored.gold, scored.extractions)
    fallen = {
        f"{lang} {part}": figures[lang][part]
        for lang, floors in FLOORS["languages"].items()
        for part, floor in floors.items()
        if figures[lang][part] < floor
    }
    assert not fallen, f"{fallen} are below their floors. Changed for the worse:\n{worse(scored)}"


def test_reading_without_a_model_stays_above_its_floors(scored: Scored) -> None:
    figures = annotated.languages(scored.gold, annotated.extract(scored.gold / "dev", LISTS_ONLY))["en"]
    assert all(figures[part] >= floor for part, floor in FLOORS["none"].items()), figures


def test_every_document_has_its_extraction(scored: Scored) -> None:
    assert set(scored.extractions) == set(scored.documents)


def test_a_fall_names_its_documents(scored: Scored) -> None:
    emptied = {id: {**row, "claims": []} for id, row in scored.extractions.items()}
    total, documents = annotated.scorer(scored.gold).score(scored.gold / "dev", emptied)
    named = worse(scored._replace(total=total, documents=documents))
    assert "claims missed" in named
