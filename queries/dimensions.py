"""The lists that answers are cut by: regions, fields, modalities, publishers …, each as flat rows with ids and labels.

A row has `id`, `label`, `label_zh`, `parent_id` (in a tree, else null), `level`, `used` (whether a claim stands behind
it) and `doc`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.declaration import COUNTS
from graph.frame import Row
from graph.schema import MODALITIES, MODALITY_GROUPS, RECRUITER_TYPES, STAGES
from graph.store import Store
from queries.remembered import Found, remembered

COLUMNS = ("id", "label", "label_zh", "parent_id", "level", "used", "doc")

# A label cannot be a parameter: LABEL and SLOTS are replaced by names of the schema.
_TREE = """
MATCH (n:LABEL)
OPTIONAL MATCH (n)-[:PART_OF]->(parent:LABEL)
WITH n, min(parent.id) AS parent_id
RETURN n.id AS id, n.name AS label, n.name_zh AS label_zh, parent_id, n.level AS level,
       EXISTS { MATCH (n)<-[:PART_OF*0..3]-(:LABEL)<-[:SLOTS]-(:Claim) } AS used
ORDER BY label, id
"""
_LIST = """
MATCH (n:LABEL)
RETURN n.id AS id, n.name AS label, n.name_zh AS label_zh, EXISTS { MATCH (n)<-[:SLOTS]-() } AS used
ORDER BY label, id
"""
# Those known by description alone belong to one document each: no answer is cut by them.
_NAMED = _LIST.replace("MATCH (n:LABEL)", "MATCH (n:LABEL)\nWHERE NOT coalesce(n.described, false)")
_LANGUAGES = """
MATCH (d:Document)
WHERE d.lang IS NOT NULL
RETURN DISTINCT d.lang AS id
ORDER BY id
"""
_CHINESE = {
    "asserted": "断言",
    "alleged": "指称",
    "planned": "计划",
    "denied": "否认",
    "negated": "否定",
    "positive": "正面",
    "firm": "确定",
    "negative": "反面",
    "all": "全部",
    "seeks": "招揽",
    "approached": "接触",
    "offered": "开出条件",
    "hired": "聘用",
    "moved": "到任",
    "claims": "陈述",
    "approaches": "接触事件",
    "documents": "文档",
    "stories": "报道",
    "claimants": "消息来源",
    "national_government": "国家政府",
    "local_government": "地方政府",
    "supranational": "超国家机构",
    "company": "企业",
    "university": "高校",
    "research_org": "研究机构",
    "intermediary": "中介",
    "armed_forces": "军队",
    "unspecified": "未说明",
    "en": "英文",
    "zh": "中文",
    "de": "德文",
    "fr": "法文",
    "es": "西班牙文",
    "it": "意大利文",
    "pt": "葡萄牙文",
    "nl": "荷兰文",
    "ja": "日文",
    "ko": "韩文",
    "ru": "俄文",
    "ar": "阿拉伯文",
}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One list: its name, what it is, and how its rows are read from a store."""

    name: str
    doc: str
    read: Callable[[Store], list[Row]]


def rows(store: Store, name: str, *, used: bool = False) -> list[Row]:
    """Return the rows of a dimension, with `used` only those that a claim stands behind; KeyError for another name.

    What is read is kept while the store's revision stays.
    """
    dimension = DIMENSIONS[name]

    def read() -> Found:
        found = [{column: row.get(column) for column in COLUMNS} for row in dimension.read(store)]
        return Found(tuple(found), len(found), ())

    kept = remembered(store, ("dimension", name), read).rows
    return [dict(row) for row in kept if row["used"] or not used]


def _nodes(query: str, label: str, slots: str) -> Callable[[Store], list[Row]]:
    return lambda store: store.read(query.replace("LABEL", label).replace("SLOTS", slots))


def _fixed(docs: Mapping[str, str], levels: Mapping[str, str] | None = None) -> Callable[[Store], list[Row]]:
    """Return a reader of codes that the schema declares; all of them count as used."""
    listed = [
        {
            "id": code,
            "label": code.replace("_", " "),
            "label_zh": _CHINESE[code],
            "level": (levels or {}).get(code),
            "used": True,
            "doc": doc,
        }
        for code, doc in docs.items()
    ]
    return lambda _: listed


def _languages(store: Store) -> list[Row]:
    import pycountry

    found = []
    for row in store.read(_LANGUAGES):
        language = pycountry.languages.get(alpha_2=row["id"]) or pycountry.languages.get(alpha_3=row["id"])
        label = language.name if language else row["id"]
        found.append({"id": row["id"], "label": label, "label_zh": _CHINESE.get(row["id"]), "used": True})
    return found


_GROUPS = {name: "Which claims: " + ", ".join(members) + "." for name, members in MODALITY_GROUPS.items()}
_PARTS = "RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER"
_FIRMS = f"{_PARTS}|SAID_BY"
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {
        dimension.name: dimension
        for dimension in (
            Dimension("regions", "Places, as a tree.", _nodes(_TREE, "Region", f"DESTINATION|ORIGIN|{_PARTS}")),
            Dimension("fields", "Fields, as a tree.", _nodes(_TREE, "Field", "SEEKS")),
            Dimension("incentives", "What is offered.", _nodes(_LIST, "Incentive", "OFFERS")),
            Dimension("channels", "Ways of approach.", _nodes(_LIST, "Channel", "VIA")),
            Dimension("programmes", "Programmes.", _nodes(_LIST, "Programme", "UNDER")),
            Dimension("companies", "Companies known by name.", _nodes(_NAMED, "Company", _FIRMS)),
            Dimension("organisations", "Organisations known by name.", _nodes(_NAMED, "Organisation", _FIRMS)),
            Dimension("publishers", "Who published.", _nodes(_LIST, "Publisher", "PUBLISHED_BY")),
            Dimension("languages", "Languages of the documents.", _languages),
            Dimension("modality_groups", "Which claims a question counts.", _fixed(_GROUPS)),
            Dimension("modalities", "How a claim is put.", _fixed(MODALITIES)),
            Dimension("stages", "How far recruiting has come.", _fixed(STAGES)),
            Dimension(
                "recruiter_types",
                "Kinds of recruiter.",
                _fixed({code: f"The recruiter is of the kind {code.replace('_', ' ')}." for code in RECRUITER_TYPES}),
            ),
            Dimension("counts", "The units in which is counted.", _fixed({p.name: p.doc for p in COUNTS})),
        )
    }
)
