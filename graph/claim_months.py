"""What is kept of the claims, month by month, so that counting them need not read them one by one.

    ClaimMonth      2025-03/claims           a sheet of the claims reported in a month, or `undated`; its version
    ClaimColumns    2025-03/claims/00000 …   its pieces (graph.columns), in order

Claims that are no longer known are kept too, for questions that ask what was known. The months that a run touched are
written anew when it ends.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from graph.columns import SHEETS, Columns, columns, packed, unpacked
from graph.frame import Row
from graph.schema import UNSTATED
from graph.statements import Run, portions, run_rows

PIECE = 10_000  # characters: a thousand nodes, which are read and exported together, are a message of a fair size
PIECES_AT_ONCE = 1_000
DOCUMENTS_AT_ONCE = 1_000  # the claims of so many are in a message
LAYOUT = "sheets of claims and slots"  # another one has everything counted anew

Version = tuple[str, str]  # month and sheet, its version
Progress = Callable[[int, int], None]  # months written, of how many

MONTHS = """
MATCH (m:ClaimMonth)
RETURN m.id AS id, m.month AS month, m.sheet AS sheet, m.version AS version, m.claims AS claims, m.pieces AS pieces
ORDER BY id
"""
_PIECES = "UNWIND $rows AS row MATCH (p:ClaimColumns {id: row}) RETURN p.id AS id, p.content AS content"
_REMOVE = "UNWIND $rows AS row MATCH (n:{label} {{id: row}}) DELETE n"
_CREATE = "UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n = row"
_DOCUMENTS = """
MATCH (c:Claim)
RETURN DISTINCT c.month AS month, c.document_id AS id
ORDER BY month, id
"""
_DOCUMENTS_OF = """
UNWIND $rows AS row
MATCH (c:Claim {month: row})
RETURN DISTINCT c.month AS month, c.document_id AS id
ORDER BY month, id
"""
# A row a document and lists in it: a driver takes five times as long over a row a claim.
_CLAIMS = """
UNWIND $rows AS row
MATCH (d:Document {id: row})
RETURN row AS document, d.lang AS lang, COLLECT {
  MATCH (d)<-[:STATED_IN]-(c:Claim)
  RETURN [
    c.month, toString(c.reported_on), c.approach_id, c.story_id, c.claimant_key, c.modality, c.publisher_id,
    c.known_at, c.known_until, c.stage, c.recruiter_type, c.confidence,
    COLLECT {
      MATCH (c)-[r:DESTINATION|ORIGIN|SEEKS|VIA|UNDER|RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER]->(e)
      RETURN [type(r), labels(e)[0], e.id, coalesce(r.implied, r.negated, false)]
    },
    COLLECT {
      MATCH (c)-[o:OFFERS]->(e:Incentive)
      RETURN [e.id, o.currency, o.per, o.amount_min, o.amount_max, o.undisclosed]
    }
  ]
} AS claims
"""
_COLUMNS = (
    "month", "day", "approach", "story", "claimant", "modality", "publisher",
    "known_at", "known_until", "stage", "recruiter_type", "confidence",
)  # fmt: skip


def rewrite(run: Run, months: Collection[str] | None, tell: Progress | None = None) -> None:
    """Write what is kept of some months, or of all, anew from their claims; `tell` is told after each."""
    kept = [row for row in run(MONTHS) if months is None or row["month"] in months]
    run_rows(run, _REMOVE.format(label="ClaimColumns"), [id for row in kept for id in _ids(row)])
    run_rows(run, _REMOVE.format(label="ClaimMonth"), [row["id"] for row in kept])
    documents = run(_DOCUMENTS) if months is None else run_rows(run, _DOCUMENTS_OF, sorted(months))
    of: dict[str, list[str]] = {}
    for row in documents:
        of.setdefault(row["month"], []).append(row["id"])
    for number, (month, ids) in enumerate(of.items(), start=1):
        found = columns(_claims(run, month, ids))
        for sheet in SHEETS:
            text = packed(found, sheet)
            pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
            row = {"id": f"{month}/{sheet}", "month": month, "sheet": sheet, "version": _version(text)}
            row |= {"claims": len(found), "pieces": len(pieces)}
            rows = [{"id": id, "content": piece} for id, piece in zip(_ids(row), pieces, strict=True)]
            for portion in portions(rows, PIECES_AT_ONCE):
                run(_CREATE.format(label="ClaimColumns"), {"rows": portion})
            run(_CREATE.format(label="ClaimMonth"), {"rows": [row]})
        if tell is not None:
            tell(number, len(of))


def read(run: Callable[[str, Mapping[str, Any]], list[Row]], sheets: Sequence[Row]) -> dict[Version, Columns]:
    """Return sheets of months that `MONTHS` told of, by id and version; without those written anew since."""
    ids = [id for row in sheets for id in _ids(row)]
    pieces = (row for portion in portions(ids, PIECES_AT_ONCE) for row in run(_PIECES, {"rows": portion}))
    content = {row["id"]: row["content"] for row in pieces}
    texts = {(row["id"], row["version"]): "".join(content.get(id, "") for id in _ids(row)) for row in sheets}
    return {key: unpacked(text) for key, text in texts.items() if _version(text) == key[1]}


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _ids(sheet: Row) -> list[str]:
    return [f"{sheet['id']}/{number:05}" for number in range(sheet["pieces"])]


def _claims(run: Run, month: str, documents: list[str]) -> Iterator[Row]:
    """Yield the claims of documents that were reported in a month, as graph.columns has them."""
    for portion in portions(documents, DOCUMENTS_AT_ONCE):
        for document in run(_CLAIMS, {"rows": portion}):
            for *own, links, offers in document["claims"]:
                claim = dict(zip(_COLUMNS, own, strict=True))
                if claim["month"] == month:  # another date of the same text may have put others elsewhere
                    yield {**claim, **_stated(links), **_open(links, offers), "offers": _offers(offers)} | {
                        "document": document["document"],
                        "lang": document["lang"] or "",
                        "publisher": claim["publisher"] or UNSTATED,
                        "known_until": claim["known_until"] or "",
                        "day": datetime.date.fromisoformat(claim["day"]) if claim["day"] else None,
                    }


def _stated(links: list[list[Any]]) -> Row:
    """Return what fills the slots of a claim, without its offers."""
    of: dict[str, set[Any]] = {}
    for type, label, id, marked in links:
        if type in ("DESTINATION", "ORIGIN", "VIA"):
            of.setdefault(type, set()).add((id, marked))
        elif type in ("SEEKS", "UNDER"):
            of.setdefault(type, set()).add(id)
        else:
            of.setdefault("parts", set()).add(f"{type.lower()}|{label}|{id}")
    names = {"destinations": "DESTINATION", "origins": "ORIGIN", "fields": "SEEKS", "channels": "VIA"}
    names |= {"programmes": "UNDER", "parts": "parts"}
    return {name: tuple(sorted(of.get(type, ()))) for name, type in names.items()}


def _offers(offers: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    """Return what a claim offers; with one amount of a range, it is both."""
    found = []
    for incentive, currency, per, smallest, largest, undisclosed in offers:
        if smallest is None and largest is None:
            currency = "undisclosed" if undisclosed else UNSTATED
        low, high = (smallest, largest) if smallest is not None else (largest, largest)
        found.append((incentive, currency or UNSTATED, per or "", low, low if high is None else high))
    return tuple(sorted(found, key=lambda offer: offer[0]))


def _open(links: list[list[Any]], offers: list[list[Any]]) -> Row:
    """Return what a claim leaves open."""
    return {
        "no_incentive": not offers,
        "no_channel": not any(type == "VIA" and not negated for type, _, _, negated in links),
        "no_company": not any(
            type in ("RECRUITER", "ON_BEHALF_OF") and label == "Company" for type, label, _, _ in links
        ),
    }
