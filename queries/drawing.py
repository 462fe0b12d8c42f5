"""Answers as graphs to draw: what entities are connected with, and the paths between two, with positions.

Drawing
├── nodes   `id` (`Region:CN-ZJ`), `entity_id`, `label`, `name`, `name_zh`, `centre`, `stories`, `x`, `y` (-1 to 1)
└── edges   `id`, `source`, `target`, `role`, `other_role`, the five counts
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import entities
from graph.errors import AmbiguousEntity, UnknownEntity
from graph.frame import Row
from graph.store import Store
from queries import catalogue
from queries.flat import items
from queries.layout import positions
from queries.parameters import LABELS

COUNTS = ("claims", "approaches", "documents", "stories", "claimants")
MOST_NODES = 500
_KINDS = """
MATCH (n:Region|Field|Company|Organisation|Programme|Incentive|Channel|Publisher)
WHERE n.id IN $ids
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name, n.name_zh AS name_zh
ORDER BY id, label
"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph to draw; `total_nodes` and `total_edges` say how many there would be without the caps."""

    nodes: list[Row]
    edges: list[Row]
    total_nodes: int
    total_edges: int
    paths: tuple[Row, ...] = ()


def neighbourhood(
    store: Store, names: Sequence[str], arguments: Mapping[str, Any], *, roles: Sequence[str] = (), most: int = 60
) -> Drawing:
    """Return what the entities `names` are connected with, by the question `neighbourhood`.

    `roles` keeps only these connections (`destination`, `seeks`, `part_of` …, the neighbour's role or the direct
    relationship). At most `most` nodes are drawn: the entities, then the neighbours with most claims.
    """
    centres = [_entity(store, name) for name in names]
    nodes = {_key(row): _node(row, centre=True) for row in centres}
    found: list[tuple[str, Row]] = []
    for centre in centres:
        asked = {**arguments, "entity": centre["id"], "limit": 2**31 - 1, "offset": 0}
        found += [(_key(centre), row) for row in catalogue.ask(store, "neighbourhood", asked).rows if _fits(row, roles)]
    found.sort(key=lambda pair: (pair[1]["claims"] is None, -(pair[1]["claims"] or 0)))
    wanted = dict(nodes)
    for _, row in found:
        wanted.setdefault(_key(row), _node(row))
    nodes = dict(itertools.islice(wanted.items(), max(most, len(centres))))
    edges: dict[str, Row] = {}
    for centre_key, row in found:
        if _key(row) in nodes:
            edge = _edge(centre_key, row)
            edges.setdefault(edge["id"], edge)
            for key in (centre_key, edge["other"]):
                nodes[key]["stories"] = max(nodes[key]["stories"] or 0, row["stories"] or 0) or None
    drawn = [{name: value for name, value in edge.items() if name != "other"} for edge in edges.values()]
    return Drawing(_placed(nodes, drawn), drawn, len(wanted), len({_edge(*pair)["id"] for pair in found}))


def paths(store: Store, arguments: Mapping[str, Any], *, most: int = 5) -> Drawing:
    """Return the best `most` paths of the question `paths` as one graph; `paths` of it are the question's rows."""
    answer = catalogue.ask(store, "paths", {**arguments, "limit": most})
    ids = sorted({key for row in answer.rows for key in items(row["path_ids"])})
    known = {row["id"]: row for row in store.read(_KINDS, {"ids": ids})}
    nodes = {_key(known[key]): _node(known[key]) for key in ids}
    edges: dict[str, Row] = {}
    for path in answer.rows:
        along = items(path["path_ids"])
        for key in (along[0], along[-1]):
            nodes[_key(known[key])]["centre"] = True
        for (a, b), stories in zip(itertools.pairwise(along), items(path["path_stories"]), strict=True):
            source, target = sorted((_key(known[a]), _key(known[b])))
            edges[f"{source}|{target}"] = _counted(f"{source}|{target}", source, target, {"stories": int(stories)})
    drawn = list(edges.values())
    return Drawing(_placed(nodes, drawn), drawn, len(nodes), len(drawn), tuple(answer.rows))


def _entity(store: Store, name: str) -> Row:
    try:
        found = entities.resolve(store, name, LABELS["entity"])
    except (AmbiguousEntity, UnknownEntity) as error:
        error.parameter = "entity"
        raise
    return next(row for row in store.read(_KINDS, {"ids": [found["id"]]}) if row["label"] == found["label"])


def _key(row: Row) -> str:
    return f"{row['label']}:{row['id']}"


def _node(row: Row, *, centre: bool = False) -> Row:
    return {
        "id": _key(row),
        "entity_id": row["id"],
        "label": row["label"],
        "name": row["name"],
        "name_zh": row["name_zh"],
        "centre": centre,
        "stories": None,
    }


def _fits(row: Row, roles: Sequence[str]) -> bool:
    return not roles or (row["other_role"] or row["role"].removesuffix(" (of)")).lower() in roles


def _edge(centre: str, row: Row) -> Row:
    """Return an edge; a direct relationship that runs towards the centre begins at its neighbour."""
    inward = row["role"].endswith(" (of)")
    source, target = (_key(row), centre) if inward else (centre, _key(row))
    role, other_role = row["role"].removesuffix(" (of)").lower(), (row["other_role"] or "").lower() or None
    key = f"{source}|{role}|{other_role or ''}|{target}"
    return _counted(key, source, target, row | {"role": role, "other_role": other_role}) | {"other": _key(row)}


def _counted(key: str, source: str, target: str, row: Row) -> Row:
    ends = {"id": key, "source": source, "target": target}
    return ends | {name: row.get(name) for name in ("role", "other_role", *COUNTS)}


def _placed(nodes: Mapping[str, Row], edges: Sequence[Row]) -> list[Row]:
    placed = positions(nodes, [(edge["source"], edge["target"]) for edge in edges])
    return [node | {"x": placed[key][0], "y": placed[key][1]} for key, node in nodes.items()]
