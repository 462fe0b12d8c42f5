"""What the columns of an answer are, so that a program can draw them: keys, labels, counts, dates, measures."""

from graph.frame import Row
from queries.header import Column, Question
from queries.labels import label_of

COLUMNS = ("name", "type", "role", "label_column", "dimension", "doc")
_COUNTS = ("claims", "approaches", "documents", "stories", "claimants")
_DIMENSIONS = {
    "region_id": "regions",
    "origin_id": "regions",
    "destination_id": "regions",
    "field_id": "fields",
    "incentive_id": "incentives",
    "channel_id": "channels",
    "programme_id": "programmes",
    "publisher_id": "publishers",
    "modality": "modalities",
    "stage": "stages",
    "recruiter_type": "recruiter_types",
}


def described(question: Question) -> list[Row]:
    """Return a row for each column of a question's answer.

    `role` is id, label, period, date, count (one of the five, distinct in its row: never to be summed), measure (any
    other number), list (several in one text, separated by `; `) or text; `label_column` says where an id's name
    stands, `dimension` which list its values are from.
    """
    names = [column.name for column in question.columns]
    labels = {name: label for name in names if (label := label_of(name, names))}
    return [
        {
            "name": column.name,
            "type": column.type,
            "role": _role(column, labels),
            "label_column": labels.get(column.name),
            "dimension": _DIMENSIONS.get(column.name.removesuffix("s") if column.several else column.name),
            "doc": column.doc,
        }
        for column in question.columns
    ]


def _role(column: Column, labels: dict[str, str]) -> str:
    if column.several:
        return "list"
    if column.name in labels or column.name.endswith("_id") or column.name == "id":
        return "id"
    if column.name in labels.values():
        return "label"
    if column.name == "period":
        return "period"
    if column.type == "date":
        return "date"
    if column.type == "integer" and column.name.rpartition("_")[2] in _COUNTS:
        return "count"
    return "measure" if column.type in ("integer", "float") else "text"
