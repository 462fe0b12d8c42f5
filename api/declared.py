"""Answers that are single records, as the OpenAPI document describes them: from the schema of the graph.

A record has a key for each property that is stored; more may come. What is absent or not known is null.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.declaration import EVERY_NODE, Property
from graph.schema import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from queries.records import SLOTS

Schema = dict[str, Any]
_KINDS: Mapping[str, Schema] = {
    "string": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "float": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "strings": {"type": ["array", "null"], "items": {"type": "string"}},
    "integers": {"type": ["array", "null"], "items": {"type": "integer"}},
}
_TEXT, _COUNT = _KINDS["string"], {"type": "integer"}


def record(properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of an object with these properties."""
    return {"type": "object", "properties": dict(properties)}


def listed(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def answer(description: str, schema: Schema) -> dict[str, Any]:
    """Return what a route declares that answers with this."""
    return {"response_model": None, "responses": answered(description, schema)}


def answered(description: str, schema: Schema, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return the response that has this for its body."""
    return {status: {"description": description, "content": {"application/json": {"schema": schema}}}}


def of(label: str, *names: str) -> dict[str, Schema]:
    """Return the properties of a label as they are answered, or those of these names."""
    return _properties(p for p in (*EVERY_NODE, *NODE_BY_LABEL[label].properties) if not names or p.name in names)


def page(items: Schema) -> Schema:
    """Return the schema of rows with their number."""
    return record({"items": listed(items), "total": _COUNT, "next": {"type": "null"}})


def _properties(properties: Iterable[Property]) -> dict[str, Schema]:
    return {p.name: {**_KINDS[p.kind], "description": p.doc} for p in properties}


_SLOT = {p.name: p for name in SLOTS for p in RELATIONSHIP_BY_TYPE[name].properties}
_NAMED = dict.fromkeys(("label", "id", "name"), _TEXT)
_SENTENCE = {"quote": _TEXT, "start": _COUNT, "end": _COUNT}
_SOURCE = of("Document", "id", "title", "url", "date")
_TOLD = {**of("Claim", "id", "name", "modality", "confidence"), **_SENTENCE}

CLAIM = record(
    {
        **of("Claim"),
        "evidence": record(_SENTENCE),
        "document": record({**_SOURCE, **of("Document", "author"), "publisher": _TEXT}),
        "slots": listed(record({"slot": _TEXT, **_NAMED, **_properties(_SLOT.values())})),
    }
)
DOCUMENT = record(
    {
        **_SOURCE,
        **of("Document", "lang", "author", "text", "source", "sample", "known_at", "known_until"),
        "publisher": _TEXT,
        "story_id": _TEXT,
        "similarity": _KINDS["float"],
        "claims": listed(record(_TOLD)),
        "copies": listed(record(_SOURCE)),
    }
)
ENTITY = record(
    {
        **_NAMED,
        **of("Region", "name_zh", "level", "aliases"),
        "related": listed(record({"relationship": _TEXT, **_NAMED})),
        "slots": listed(record({"slot": _TEXT, "claims": _COUNT})),
    }
)
RUN = record(of("Run"))
QUARANTINED = record(of("Quarantined", "id", "path", "reason", "since", "last", "run"))
HEALTH = record(
    {
        "status": {"type": "string", "enum": ["ok", "unreachable"]},
        "engine": {"type": "string"},
        "sample_data": {"type": "boolean", "description": "Whether it holds only the sample articles."},
        "answered_seconds_ago": {"type": "number", "description": "When the store last answered."},
        "counts": {"type": "object", "additionalProperties": _COUNT, "description": "Nodes of each label."},
        "detail": {"type": "string", "description": "Why the store cannot be reached, where it cannot."},
    }
)

_FILLED = {**_NAMED, "text": _TEXT, "start": _COUNT, "end": _COUNT, "certainty": {"type": "number"}}
_EXTRACTED_CLAIM = record(
    {
        **of("Claim", "id", "modality", "stage", "confidence"),
        "recruiter": {"type": ["object", "null"], "properties": {**_FILLED, "type": _TEXT}},
        **{name: listed(record(_FILLED)) for name in ("destinations", "origins", "fields", "claimants", "programmes")},
        **{name: listed({"type": "string"}) for name in ("incentives", "channels")},
        "evidence": record(_SENTENCE),
    }
)
_SPAN = record({"start": _COUNT, "end": _COUNT})
EXTRACTION = record(
    {
        "id": _TEXT,
        "document_id": _TEXT,
        **of("Document", "revision", "url", "title", "date", "lang", "author"),
        "publisher": _TEXT,
        "extractor": _TEXT,
        "entities": listed(record({"id": _TEXT, "name": _TEXT, "type": _TEXT, "mentions": listed(_SPAN)})),
        "claims": listed(_EXTRACTED_CLAIM),
    }
)
