"""A question's statement as it is sent: what the given values decide is decided before a planner sees it.

    ($since IS NULL OR c.reported_on >= $since)      →  true, or the comparison, for which an index can serve
    … AND ($region IS NULL OR EXISTS { MATCH … })    →  MATCH … WITH DISTINCT c: a planner may begin at the region
    known at $known_at, which is now                 →  c.known_until IS NULL

A planner makes one plan for all values, and so reads every claim where a filter might be absent. What is sent means the
same as what the file says; a test compares them.
"""

import re
from collections.abc import Mapping
from typing import Any

from queries.parameters import ALWAYS

CLAIM = "(c:Claim)"  # once in a statement, where it begins to read claims
_KNOWN = re.compile(r"\b(\w+)\.known_at <= \$known_at AND coalesce\(\1\.known_until, '~'\) > \$known_at")
_OPTIONAL = re.compile(r"\(\$(\w+) IS NULL OR ")
_HEAD = re.compile(
    r"MATCH \(c:Claim\)\nWHERE (.*?)(?=^(?:WITH|UNWIND|OPTIONAL|MATCH|RETURN|CALL|// page)\b)", re.S | re.M
)
_EXISTS = re.compile(r"^  AND \(EXISTS \{\s*MATCH (\(c\)(?:-\[[^\]]*\]->\([^()]*\))+)\s*([^{}]*)\}\)\n", re.M)
# An entity with a label is looked up by its id; nothing else is worth a beginning.
_BY_ID = re.compile(r"\(\w*:\w+ \{id: \$|\bid IN \$")
_STEP = re.compile(r"-(\[[^\]]*\])->(\([^()]*\))")


def decided(cypher: str, values: Mapping[str, Any]) -> str:
    """Return a statement without the alternatives that these values rule out."""
    if values.get("known_at") == ALWAYS:
        cypher = _KNOWN.sub(r"\1.known_until IS NULL", cypher)
    while optional := _OPTIONAL.search(cypher):
        end = _closing(cypher, optional.start())
        condition = "true" if values[optional[1]] is None else f"({cypher[optional.end() : end]})"
        cypher = cypher[: optional.start()] + condition + cypher[end + 1 :]
    head = _HEAD.match(cypher)
    first = next((found for found in _EXISTS.finditer(head[0]) if _BY_ID.search(found[0])), None) if head else None
    if head is None or first is None:
        return cypher
    others = head[0][: first.start()] + head[0][first.end() :]
    begin = f"MATCH {_from_its_end(first[1])}\n{first[2].rstrip()}\nWITH DISTINCT c\n"
    return begin + others.removeprefix("MATCH (c:Claim)\n") + cypher[head.end() :]


def _from_its_end(pattern: str) -> str:
    """Return a pattern that leads away from a claim as one that leads to it: an engine may begin where it begins."""
    turned = CLAIM
    for kind, node in _STEP.findall(pattern):
        turned = f"{node}<-{kind}-{turned}"
    return turned


def _closing(cypher: str, opening: int) -> int:
    """Return where the bracket closes that opens at `opening`; what stands in quotes is passed over."""
    depth, quote = 0, ""
    for place in range(opening, len(cypher)):
        character = cypher[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return place
    raise ValueError(f"No bracket closes the one at {opening} of: {cypher}")
