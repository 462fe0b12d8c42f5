"""Requests generated from the OpenAPI document, valid and not, against a running server."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

# What they start goes on after the answer: documents are fetched and read.
LEFT_OUT = ("/v1/documents", "/v1/documents/file", "/v1/documents/preview", "/v1/quarantine/{id}/retry")
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_QUESTION = re.compile(r"/v1/questions/[a-z-]+")


def campaign(document: dict[str, Any], address: str, least: int) -> Counter[int]:
    """Send at least so many generated requests, equally many to each operation of an OpenAPI document.

    What is generated for a question is also put to its claims and its Cypher: they take the same parameters, and to
    generate a request takes longer than to answer it; to prepare that for an operation takes longest. Returns how often
    which status came. Raises schemathesis' failures, with the request to repeat, for a 5xx, a status, header or media
    type that the document does not name, or a body that is not as it says.
    """
    families = _families(schemathesis.openapi.from_dict(document))
    # A tenth more: an operation with few parameters has not so many different requests.
    each = -(-least * 11 // (10 * sum(map(len, families))))
    statuses: Counter[int] = Counter()
    with requests.Session() as session:
        session.trust_env = False  # the environment's proxies are looked up anew for every request
        for family in families:
            leading = _leading(family)
            for operation in leading:
                _send(operation, family, -(-each // len(leading)), address, session, statuses)
    return statuses


def _families(document: Any) -> list[list[APIOperation]]:
    """Return the operations of a document, those of one question together."""
    families: defaultdict[str, list[APIOperation]] = defaultdict(list)
    for found in document.get_all_operations():
        operation = found.ok()
        if operation.method.upper() != "POST" or operation.path not in LEFT_OUT:
            question = _QUESTION.match(operation.path)
            families[question[0] if question else operation.label].append(operation)
    return list(families.values())


def _leading(family: list[APIOperation]) -> list[APIOperation]:
    """Return the operations of a family that take a parameter which none before them takes, the richest first."""
    leading, known = [], set[str]()
    for operation in sorted(family, key=lambda one: -len(_names(one))):
        if not leading or _names(operation) - known:
            leading.append(operation)
            known |= _names(operation)
    return leading


def _send(
    operation: APIOperation,
    family: list[APIOperation],
    number: int,
    address: str,
    session: requests.Session,
    statuses: Counter[int],
) -> None:
    @seed(1)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(_valid(operation), operation.as_strategy(GenerationMode.NEGATIVE)))
    def sends(case: Case) -> None:
        for one in [case, *(_put_to(other, case) for other in family if other is not operation)]:
            response = one.call(base_url=address, session=session, timeout=120)
            statuses[response.status_code] += 1
            one.validate_response(response, checks=CHECKED)

    sends()


@st.composite
def _valid(draw: Callable[[st.SearchStrategy[Any]], Any], operation: APIOperation) -> Case:
    """Draw a valid request; what the document gives examples of is mostly one of them: chance names no region."""
    case: Case = draw(operation.as_strategy(GenerationMode.POSITIVE))
    for parameter in operation.definition.raw.get("parameters", []):
        schema, name = parameter["schema"], parameter["name"]
        examples = schema.get("examples") or schema.get("items", {}).get("examples")
        if examples and draw(st.integers(0, 3)):
            place = case.query if parameter["in"] == "query" else case.path_parameters
            place[name] = draw(st.sampled_from(examples))
    return case


def _put_to(operation: APIOperation, case: Case) -> Case:
    """Return a request with the same query for another operation, without what only the first one takes."""
    own, others = _names(operation), _names(case.operation)
    query = {name: value for name, value in (case.query or {}).items() if name in own or name not in others}
    return operation.Case(query=query, headers=case.headers, cookies=case.cookies)


def _names(operation: APIOperation) -> set[str]:
    return {parameter["name"] for parameter in operation.definition.raw.get("parameters", [])}
