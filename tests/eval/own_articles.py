"""Annotated articles of our own (see the README.md of each folder), laid out as the scorer reads documents."""

import json
import shutil
from pathlib import Path

from graph.frame import Document
from ingest.sources import SAMPLES, files
from ingest.text import documents

OWN = Path(__file__).parent / "own"
SECOND = Path(__file__).parent / "second"
THIRD = Path(__file__).parent / "third"
FOURTH = Path(__file__).parent / "fourth"
FIFTH = Path(__file__).parent / "fifth"
SIXTH = Path(__file__).parent / "sixth"
SEVENTH = Path(__file__).parent / "seventh"
EIGHTH = Path(__file__).parent / "eighth"
NINTH = Path(__file__).parent / "ninth"
TENTH = Path(__file__).parent / "tenth"
READ = (OWN, SECOND, THIRD, NINTH, TENTH)  # rules and weights may be made from these, odd and even
FOLDERS = (*READ, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH)  # of the others the even halves are only ever scored
SCORED = tuple(folder for folder in FOLDERS if folder not in (NINTH, TENTH))  # whose even halves have floors


def lay_out(target: Path, *, even: bool, folder: Path = OWN) -> None:
    """Write a folder's documents and annotations whose number is even, or odd, to target: NN.json and NN.gold.json."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if (int(gold["id"][1:]) % 2 == 0) != even:
            continue
        if "sample" in gold:
            read = next(iter(documents(files.read([str(SAMPLES / gold["sample"])]))))
            assert isinstance(read, Document), read
            given = {
                "id": gold["id"],
                **{name: getattr(read, name) or "" for name in ("url", "title", "publisher", "lang", "text")},
                "date": read.date.isoformat() if read.date else "",
            }
        else:
            given = json.loads(path.with_name(f"{gold['id']}.json").read_text(encoding="utf-8"))
        (target / f"{gold['id']}.json").write_text(json.dumps(given), encoding="utf-8")
        shutil.copy(path, target / f"{gold['id']}.gold.json")


def lay_out_read(target: Path) -> list[Path]:
    """Write what may be read, of each folder, to one of its own in target (sets share ids), and return those."""
    laid_out = [target / folder.name for folder in FOLDERS]
    for folder, place in zip(FOLDERS, laid_out, strict=True):
        place.mkdir()
        for even in (False, True) if folder in READ else (False,):
            lay_out(place, even=even, folder=folder)
    return laid_out
