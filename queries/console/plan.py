"""EXPLAIN before a query is run: what the server itself says that it will do, and how much of it.

Only for a server whose EXPLAIN tells the truth; the embedded engine's calls every query a write.
"""

from collections.abc import Iterator
from typing import Any

from graph.errors import QueryError
from graph.inquiry import Found

READS = "r"
ROWS = 100_000_000
"""Rows that any operator may be expected to yield: a product of three tables of a thousand is more."""

OPERATORS = frozenset(
    {
        "AllNodesScan",
        "AntiSemiApply",
        "Apply",
        "Argument",
        "AssertSameNode",
        "BFSPruningVarLengthExpand",
        "BidirectionalRepeat",
        "CacheProperties",
        "CartesianProduct",
        "Distinct",
        "Eager",
        "EagerAggregation",
        "EmptyResult",
        "EmptyRow",
        "ExhaustiveLimit",
        "Expand",
        "Filter",
        "LetAntiSemiApply",
        "LetSelectOrAntiSemiApply",
        "LetSelectOrSemiApply",
        "LetSemiApply",
        "Limit",
        "NullifyMetadata",
        "Optional",
        "OptionalExpand",
        "OrderedAggregation",
        "OrderedDistinct",
        "OrderedUnion",
        "PartialSort",
        "PartialTop",
        "ProcedureCall",
        "ProduceResults",
        "ProjectEndpoints",
        "Projection",
        "Repeat",
        "RollUpApply",
        "SelectOrAntiSemiApply",
        "SelectOrSemiApply",
        "SemiApply",
        "ShortestPath",
        "Skip",
        "Sort",
        "StatefulShortestPath",
        "Top",
        "Top1WithTies",
        "TriadicBuild",
        "TriadicFilter",
        "TriadicSelection",
        "Union",
        "Unwind",
        "ValueHashJoin",
        "VarLengthExpand",
    }
)
_FAMILIES = ("Scan", "Seek", "SeekByRange", "FromCountStore", "HashJoin")
"""Ends of the names of operators that look something up, by label, type, index or id."""


def check(found: Found) -> None:
    """Raise QueryError (plan, cost) where the plan of an explained query does not only read, or touches too much."""
    if found.type != READS:
        raise QueryError(f"The server says that the query does not only read (`{found.type}`).", reason="plan")
    for operator in _operators(found.plan or {}):
        name = _name(operator)
        if name not in OPERATORS and not name.endswith(_FAMILIES):
            raise QueryError(f"The server would use {name}, which the console does not run.", reason="plan")
        rows = float(operator.get("args", {}).get("EstimatedRows", 0))
        if rows > ROWS:
            message = f"The server expects {rows:,.0f} rows of {name}; more than {ROWS:,} is too much. Narrow it."
            raise QueryError(message, reason="cost")


def shown(plan: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a plan as an answer holds it: operator, estimated_rows, details, children."""
    if not plan:
        return None
    arguments = plan.get("args", {})
    return {
        "operator": _name(plan),
        "estimated_rows": arguments.get("EstimatedRows"),
        "details": arguments.get("Details"),
        "children": [shown(child) for child in plan.get("children", [])],
    }


def _name(operator: dict[str, Any]) -> str:
    """Return an operator's name without its database and its variant: `Expand(All)@neo4j` is an Expand."""
    return str(operator["operatorType"]).partition("@")[0].partition("(")[0]


def _operators(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if plan:
        yield plan
    for child in plan.get("children", []):
        yield from _operators(child)
