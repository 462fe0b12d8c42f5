"""The labelled pairs of texts in stories/ (see its README), and how far the rule agrees with them.

`python -m tests.eval.story_pairs` prints precision and recall of each file, and the pairs that are judged wrongly.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from graph.frame import Extraction
from ingest.extraction import Extractor
from ingest.rewrites import account, is_rewrite, likeness, may_translate, traces
from ingest.signatures import jaccard, triples
from ingest.sources import Page
from ingest.stories import THRESHOLD
from ingest.text import document

FOLDER = Path(__file__).parent / "stories"
PARTS = ("development", "blind", "fresh")
ADVERSARIAL = ("adversarial", "contested", "unseen")  # other events with nearly all names and figures
APART, JOINED, PROPOSED = "apart", "joined", "proposed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of texts: what kind it is, what is expected and what the rule says, and how alike they are."""

    name: str
    kind: str
    expected: str
    found: str
    likeness: float


def extractions(part: str) -> list[tuple[str, str, Extraction]]:
    """Return the texts of a file as (event, kind, extraction)."""
    extractor = Extractor()
    events = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))["event"]
    found = []
    for event in events:
        for number, text in enumerate(event["text"]):
            given = {"date": str(text["date"]), "publisher": text["publisher"], "lang": text.get("lang", "en")}
            page = Page(f"{event['name']} {number}", "record", text["text"].strip(), given)
            found.append((event["name"], text["kind"], extractor.extract(document(page))))
    return found


@cache
def judged(part: str) -> tuple[Judged, ...]:
    """Return every pair of a file: all of an event, and the originals of different events."""
    found = []
    for (event, kind, one), (other_event, other_kind, other) in combinations(extractions(part), 2):
        kinds = {kind, other_kind}
        if event != other_event and kinds != {"original"}:
            continue
        one_story = event == other_event and "other" not in kinds
        expected = APART if not one_story else PROPOSED if "translation" in kinds else JOINED
        label = "unrelated" if event != other_event else "/".join(sorted(kinds))
        a, b = account(one), account(other)
        met = bool(set(traces(a)) & set(traces(b)))
        if jaccard(triples(a.text), triples(b.text)) >= THRESHOLD or (met and is_rewrite(a, b)):
            verdict = JOINED
        else:
            verdict = PROPOSED if met and may_translate(a, b) else APART
        found.append(Judged(event, label, expected, verdict, round(likeness(a, b), 2)))
    return tuple(found)


def precision_and_recall(pairs: Sequence[Judged], what: str = JOINED) -> tuple[float, float]:
    """Return precision and recall of what the rule joins, or proposes."""
    right = sum(pair.expected == pair.found == what for pair in pairs)
    return right / max(1, sum(p.found == what for p in pairs)), right / max(1, sum(p.expected == what for p in pairs))


def main() -> None:
    """Measure and print."""
    for part in (*PARTS, *ADVERSARIAL):
        pairs = list(judged(part))
        precision, recall = precision_and_recall(pairs)
        rewrites = [p for p in pairs if p.expected == JOINED and "rewrite" in p.kind]
        print(f"{part}: {len(pairs)} pairs, joined: precision {precision:.3f}, recall {recall:.3f};")  # noqa: T201
        print(f"  rewrites {sum(p.found == JOINED for p in rewrites)} of {len(rewrites)} joined;")  # noqa: T201
        print("  translations: precision {:.3f}, recall {:.3f}".format(*precision_and_recall(pairs, PROPOSED)))  # noqa: T201
        for pair in pairs:
            if pair.expected != pair.found:
                print("   ", pair)  # noqa: T201


if __name__ == "__main__":
    main()
