"""An example for every media type of the OpenAPI document, made from the schema that stands beside it.

Values come from the schema (`examples`, `enum`, `const`), else from the name of what they are of, else from their type.
What is no text has the address of one: a Parquet file of one row. What every operation may answer stands once.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from api.about import EXAMPLE
from api.formats import FORMATS
from api.problems import MEDIA_TYPE, body
from graph.schema import MODALITIES, PRECISIONS, RECRUITER_TYPES, STAGES

Document = dict[str, Any]
PARQUET = FORMATS["parquet"].media_type
_INSTANT = "2026-03-02T09:00:00.000000+00:00"
_DOCUMENT, _CLAIM = "document-832d9803ecf6822e19bc", "claim-d0204adfc6a9bd4bb87a"
NAMED: Mapping[str, Any] = {
    "region_id": "CN-ZJ",
    "region": "Zhejiang",
    "origin_id": "ES",
    "origin": "Spain",
    "destination_id": "CN-ZJ",
    "destination": "Zhejiang",
    "destination_ids": "CN-ZJ; CN-ZJ-hangzhou",
    "destinations": "Zhejiang; Hangzhou",
    "field_id": "ai",
    "field": "artificial intelligence",
    "field_ids": "ai; robotics",
    "fields": "artificial intelligence; robotics",
    "period": "2025-03",
    "period_start": "2025-03-01",
    "label": "Region",
    "id": "CN-ZJ",
    "name": "Zhejiang",
    "modality": next(iter(MODALITIES)),
    "stage": next(iter(STAGES)),
    "recruiter_type": RECRUITER_TYPES[0],
    "precision": PRECISIONS[0],
    "claim_id": _CLAIM,
    "approach_id": _CLAIM,
    "document_id": _DOCUMENT,
    "story_id": _DOCUMENT,
    "lang": "en",
    "text": EXAMPLE["text"],
    "quote": EXAMPLE["text"],
    "date": EXAMPLE["date"],
    "url": "https://example.org/article",
    **dict.fromkeys(("known_at", "known_since", "known_until", "since", "last", "started", "ended", "beat"), _INSTANT),
}
TYPED: Mapping[str, Any] = {"integer": 3, "number": 0.5, "boolean": False, "null": None}


def illustrate(document: Document) -> Document:
    """Give an example to every media type of a document that has none; return the document."""
    for address, method, operation in _operations(document):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            _add(document, media)
        for status, response in operation["responses"].items():
            for media_type, media in response.get("content", {}).items():
                if media_type == MEDIA_TYPE:
                    media["example"] = body(int(status), response["description"])
                elif media_type == PARQUET and method == "get":
                    media.setdefault("examples", {"parquet": {"externalValue": _one_row(address, operation)}})
                else:
                    _add(document, media)
        for status, response in operation["responses"].items():
            if MEDIA_TYPE in response.get("content", {}):
                known = document["components"].setdefault("responses", {}).setdefault(f"Problem{status}", response)
                if known == response:
                    operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    return document


def _operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for address, item in document["paths"].items():
        for method, operation in item.items():
            yield address, method, operation


def _add(document: Document, media: Document) -> None:
    if not {"example", "examples"} & media.keys():
        media["example"] = of(media["schema"], document)


def of(schema: Mapping[str, Any], document: Document, name: str = "") -> Any:
    """Return a value of a schema; `name` is that of the property whose value it is."""
    if "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return of(found, document, name)
    for key in ("examples", "enum", "oneOf", "anyOf"):
        if key in schema:
            first = schema[key][0]
            return of(first, document, name) if key.endswith("Of") else first
    if "const" in schema:
        return schema["const"]
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        return {key: of(value, document, key) for key, value in schema.get("properties", {}).items()}
    if kind == "array":
        return [of(schema["items"], document, name)]
    if kind in TYPED:
        return schema.get("minimum", schema.get("default")) or TYPED[kind]
    if schema.get("format") == "date":
        return "2025-03-03"
    return NAMED.get(name) or name.replace("_", " ") or "text"


def _one_row(address: str, operation: Document) -> str:
    """Return the address of a Parquet file with one row of an operation's answer."""
    query: dict[str, Any] = {"format": "parquet", "limit": 1}
    for parameter in operation.get("parameters", []):
        if parameter["required"] and parameter["in"] == "query":
            query[parameter["name"]] = of(parameter["schema"], {})
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", str(of(parameter["schema"], {})))
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    return f"{address}?{urlencode({name: value for name, value in query.items() if name in names})}"
