"""The annotated documents: read from the folder that TALENTGRAPH_GOLD names, scored by the scorer that lies there.

Neither documents nor scorer are part of this project. `python -m tests.eval.annotated` measures and writes
`measured.json`, by which a failing floor names the documents that changed for the worse.
"""

import datetime
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from graph import ids
from graph.frame import Document
from ingest.extraction import Extractor, as_json
from ingest.pipelines import BASE_MODEL

FOLDER = "TALENTGRAPH_GOLD"
HERE = Path(__file__).parent
MEASURED = HERE / "measured.json"
PARTS = ("claims", "cells", "entities")


def folder() -> Path | None:
    """Return the folder that the environment names, or None where it names none."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def scorer(gold: Path) -> ModuleType:
    """Load the scorer from the folder of the annotated documents."""
    spec = importlib.util.spec_from_file_location("annotated_scorer", gold / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(folder: Path) -> list[Document]:
    """Return the annotated documents of a folder in order of their names."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        given = json.loads(path.with_name(path.name.replace(".gold", "")).read_text(encoding="utf-8"))
        found.append(
            Document(
                ids.document_id(given.get("url"), given["text"]),
                given["text"],
                ids.revision(given["text"]),
                url=given.get("url"),
                title=given.get("title"),
                publisher=given.get("publisher"),
                date=_date(given.get("date")),
                lang=given["lang"],
                given_id=given["id"],
            )
        )
    return found


def _date(text: str | None) -> datetime.date | None:
    """Return a full date; a month or year alone is no day of publication."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def extract(folder: Path, model: str = BASE_MODEL) -> dict[str, dict[str, Any]]:
    """Return the public form of every document's extraction in a folder, by the document's given id."""
    extractor = Extractor(model)
    return {str(d.given_id): as_json(extractor.extract(d)) for d in documents(folder)}


def languages(gold: Path, extractions: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return F1 of each part by the language of the documents that have one set of rules each."""
    folder, score = gold / "dev", scorer(gold).score
    given = {str(d.given_id): d.lang for d in documents(folder)}
    figures = {}
    for lang in ("en", "zh"):
        with tempfile.TemporaryDirectory() as name:
            for path in folder.glob("*.json"):
                if given.get(path.name.split(".")[0]) == lang:
                    shutil.copy(path, name)
            total, _ = score(Path(name), {id: row for id, row in extractions.items() if given[id] == lang})
            figures[lang] = {part: total[part].prf()["f1"] for part in PARTS}
    return figures


def per_document(scored: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return the errors of each document: what was missed and invented, by part."""
    return {
        id: {
            f"{part} {kind}": one["tallies"][part][key]
            for part in PARTS
            for kind, key in (("missed", "fn"), ("invented", "fp"))
        }
        for id, one in sorted(scored.items())
    }


def main() -> None:
    """Measure and record."""
    gold = folder()
    if gold is None:
        sys.exit(f"{FOLDER} names no folder of annotated documents.")
    total, scored = scorer(gold).score(gold / "dev", extract(gold / "dev"))
    MEASURED.write_text(json.dumps(per_document(scored), indent=1) + "\n", encoding="utf-8")
    for part in sorted(total):
        figures = total[part].prf()
        sys.stdout.write(f"{part:24}{figures['p']:7.3f}{figures['r']:7.3f}{figures['f1']:7.3f}\n")


if __name__ == "__main__":
    main()
