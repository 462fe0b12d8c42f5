"""Extraction on annotated articles that were scored and not read stays above the floors."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.eval import annotated, own_articles

FLOORS = tomllib.loads((annotated.HERE / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", own_articles.SCORED, ids=lambda folder: folder.name)
def test_unread_articles_stay_above_their_floors(gold: Path, tmp_path: Path, folder: Path) -> None:
    own_articles.lay_out(tmp_path, even=True, folder=folder)
    total, _ = annotated.scorer(gold).score(tmp_path, annotated.extract(tmp_path))
    floors = FLOORS[folder.name]
    figures = {part: total[part].prf()["f1"] for part in floors}
    assert all(figures[part] >= floor for part, floor in floors.items()), figures


@pytest.mark.parametrize("folder", own_articles.FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("even", [True, False])
def test_every_annotation_has_its_sentence(gold: Path, tmp_path: Path, even: bool, folder: Path) -> None:
    own_articles.lay_out(tmp_path, even=even, folder=folder)
    scorer = annotated.scorer(gold)
    for path in sorted(tmp_path.glob("*.gold.json")):
        text = json.loads(path.with_name(path.name.replace(".gold", "")).read_text())["text"]
        for claim in json.loads(path.read_text())["claims"]:
            assert scorer.locate(text, claim["evidence_start_words"])[0] >= 0, claim["id"]
