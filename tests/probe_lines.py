"""Lines of the probe files: a text, then what must be found in it, between bars."""

from collections.abc import Iterator
from pathlib import Path

PROBES = Path(__file__).parent / "probes"


def lines(folder: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (id, text, what must be found) of every line of the files in a folder of probes."""
    for path in sorted((PROBES / folder).glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                text, *wanted = (part.strip() for part in line.split("|"))
                yield f"{path.stem}-{number}", text, wanted


def listed(part: str) -> set[str]:
    """Return the codes or ids of one part, which stand between commas."""
    return {item.strip() for item in part.split(",") if item.strip()}
