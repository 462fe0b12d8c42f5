"""A question file, read: its header becomes parameters and columns, and is checked against its body.

    // Title, one line
    //
    // What a row is, and how it is counted; any number of lines.
    //
    // param   NAME TYPE = DEFAULT in one|two   What it does      (no default: the parameter is required)
    // param   NAME TYPE+ = null                What it does, for any of the values that are given
    // returns NAME TYPE                        What it holds; of TYPE `strings`: several, see queries.flat
    // notes   QUESTION THEIRS=OURS             another question, which says what the rows leave open
    // behind  COLUMN COLUMN                    the columns by which the claims that a row counts are found
    // kept    NAME NAME                        parameters at whose defaults the statement below `// kept` serves
    // counted NAME NAME                        what rows are told apart by: queries.counted makes them, where it can;
                                             `claim`, `story`: one by one, of which queries.listed finds a page
    // example --name value                     as typed after the question's name; alone: asked without options
    MATCH …

The statement below the line `// kept` reads counts that are kept of all time (graph.tallies). It has the same columns,
and no rows where it cannot say: then the first one is asked. A statement that skips and limits by itself has the line
`// page` where its rows stand one by one, before it orders them. No header declares what every question has (`$limit`,
`$offset`, `$known_at`), or the filters that each has whose statement uses them: see queries.param. One with `then`
returns rows for its function, asks the store for one more than it may have (`LIMIT 1001`), and the function may use
parameters too.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from graph.errors import QuestionFileError
from graph.schema import MODALITY_GROUPS, NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from queries import analytics
from queries.param import FILTERS, PARAM_TYPES, SENT_OTHERWISE, SHARED, Param

COLUMN_TYPES = ("string", "strings", "integer", "float", "boolean", "date")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer; a `date` comes as an ISO string.

    `several` columns are declared as `strings`: the statement returns a list, and the answer has it as one text.
    """

    name: str
    type: str
    doc: str
    several: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question file. `params` ends with those that no header declares; `notes` names another question.

    `then` names a function of queries.analytics, which makes the answer from at most `most` rows of the statement.
    `behind` are the columns by which queries.behind finds the claims that a row counts; none where it cannot.
    `kept` is the statement that reads kept counts, where the parameters `kept_at` have their defaults. By `counted`
    queries.counted knows what it counts.
    """

    name: str
    topic: str
    title: str
    doc: str
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    cypher: str
    path: Path
    notes: str | None = None
    examples: tuple[str, ...] = ()
    then: str | None = None
    most: int = 0
    behind: tuple[str, ...] = ()
    kept: str | None = None
    kept_at: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


PAGE = "// page\n"
KEPT = "// kept\n"
CLAIM, STORY = "claim", "story"  # rows are these, one by one
COUNTED_BY = (
    CLAIM,
    *("region", "field", "origin", "destination", "period", "open_ends"),
    *(
        "incentive",
        "amount",
        "channel",
        "programme",
        "company",
        "employer",
        "recruiter",
        "gain",
        "aspect",
        "peer",
        "new",
    ),
    *("new_story", "side", "compared", "tie", "companies"),
    *("belief", "change", "single", STORY),
)
COUNTED = re.compile(r"count\(DISTINCT (?:CASE WHEN ((?:(?!\bEND\b).)+?) THEN c\.id END|c\.id)\) AS claims\b")

_PARAM = re.compile(r"(\w+)\s+(\w+)(\+?)(?:\s*=\s*(\"[^\"]*\"|\S+))?(?:\s+in\s+([\w|]+))?(?:\s{2,}(\S.*))?")
_COLUMN = re.compile(r"(\w+)\s+(\w+)(?:\s{2,}(\S.*))?")
_ENTRY = re.compile(r"(param|returns|notes|behind|kept|counted|then|example)(?:\s+(\S.*))?")
_LITERALS = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_WRITES = re.compile(
    r"(?<![.$:\w])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|ALTER|FOREACH|LOAD\s+CSV|IN\s+TRANSACTIONS)\b", re.I
)
_NODE_PATTERN = re.compile(r"\(\s*\w*\s*:\s*([\w\s|&!:]+?)\s*[{)]")
_RELATIONSHIP_PATTERN = re.compile(r"\[\s*\w*\s*:\s*([\w\s|!:]+?)\s*(?:\*[^\]{]*)?[{\]]")
_FINAL_RETURN = re.compile(r"\bRETURN\s+(?:DISTINCT\s+)?(?!.*\bRETURN\b)(.*?)(?:\bORDER\s+BY\b.*)?$", re.I | re.S)


def read(path: Path) -> Question:
    """Return the question in a file, checked; its topic is the folder's name and its name the file's.

    Raises QuestionFileError: the message says which file and what does not agree.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = [line[2:].removeprefix(" ").rstrip() for line in lines[:size]]
    prose, entries = _split(path, header)
    then, most = _then(path, entries)
    title, doc = (prose[0] if prose else ""), "\n".join(prose[1:]).strip()
    cypher, _, kept = "\n".join(lines[size:]).partition(KEPT)
    question = Question(
        name=path.stem,
        topic=path.parent.name,
        title=title,
        doc=doc,
        params=(
            *(_param(path, text) for kind, text in entries if kind == "param"),
            *(param for param in FILTERS if f"${param.name}" in cypher),
            *SHARED,
        ),
        columns=tuple(_column(path, text) for kind, text in entries if kind == "returns"),
        cypher=cypher.strip() + "\n",
        path=path,
        notes=next((text for kind, text in entries if kind == "notes"), None),
        examples=tuple(text for kind, text in entries if kind == "example"),
        then=then,
        most=most,
        behind=tuple(name for kind, text in entries if kind == "behind" for name in text.split()),
        kept=kept.strip() + "\n" if kept else None,
        kept_at=tuple(name for kind, text in entries if kind == "kept" for name in text.split()),
        counted=tuple(name for kind, text in entries if kind == "counted" for name in text.split()),
    )
    _check(question)
    return question


def _split(path: Path, header: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the prose lines and the (kind, text) entries of a header; an indented line continues an entry.

    Prose goes before entries: a line after them that is none is a slip. Raises QuestionFileError.
    """
    prose: list[str] = []
    entries: list[tuple[str, str]] = []
    for line in header:
        if match := _ENTRY.fullmatch(line):
            entries.append((match[1], match[2] or ""))
        elif entries and line.startswith("  "):
            kind, begun = entries[-1]
            entries[-1] = (kind, begun + ("" if begun.endswith("|") else " ") + line.strip())
        elif not entries:
            prose.append(line)
        elif line:
            raise QuestionFileError(
                f"{path}: cannot read `{line}`. Below the first entry stand only param, returns, notes, behind, "
                "kept, counted, then and example."
            )
    return prose, entries


def _then(path: Path, entries: list[tuple[str, str]]) -> tuple[str | None, int]:
    found = [text.split() for kind, text in entries if kind == "then"]
    if not found:
        return None, 0
    if len(found) > 1 or len(found[0]) != 2 or found[0][0] not in analytics.FUNCTIONS or not found[0][1].isdigit():
        raise QuestionFileError(
            f"{path}: write `then FUNCTION ROWS` once, with a function of {', '.join(sorted(analytics.FUNCTIONS))}."
        )
    return found[0][0], int(found[0][1])


def _param(path: Path, text: str) -> Param:
    match = _PARAM.fullmatch(text)
    if match is None or match[2] not in (*PARAM_TYPES, *SENT_OTHERWISE) or not match[6]:
        raise QuestionFileError(
            f"{path}: cannot read `param {text}`. Write `param NAME TYPE = DEFAULT  What it does`, "
            f"with a type of {', '.join((*PARAM_TYPES, *SENT_OTHERWISE))}."
        )
    name, kind, plus, default, choices, doc = match.groups()
    try:
        value = None if default is None else json.loads(default)
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{path}: the default of `{name}` is not JSON: {default}") from error
    allowed = tuple(MODALITY_GROUPS) if kind == "modality" else tuple(choices.split("|")) if choices else None
    if allowed and value is not None and value not in allowed:
        raise QuestionFileError(f"{path}: the default of `{name}`, {value}, is none of {', '.join(allowed)}.")
    if kind in SENT_OTHERWISE:
        return Param(name, "string", value, doc, allowed, default is None, kind, kind == "modality")
    return Param(name, kind, value, doc, allowed, default is None, many=bool(plus))


def _column(path: Path, text: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if match is None or match[2] not in COLUMN_TYPES or not match[3]:
        raise QuestionFileError(
            f"{path}: cannot read `returns {text}`. Write `returns NAME TYPE  What it holds`, "
            f"with a type of {', '.join(COLUMN_TYPES)}."
        )
    if match[2] == "strings":
        return Column(match[1], "string", f"{match[3]} Separated by `; `.", several=True)
    return Column(match[1], match[2], match[3])


def counts_rows(cypher: str) -> str | None:
    """Return the statement that counts all rows as `total`, for one that skips and limits by itself."""
    found, page, _ = cypher.partition(PAGE)
    return f"{found}RETURN count(*) AS total\n" if page else None


def returned(cypher: str) -> tuple[str, ...]:
    """Return the column names of a statement's last RETURN, in order; an item without alias counts as written."""
    match = _FINAL_RETURN.search(_LITERALS.sub("''", cypher))
    if match is None:
        return ()
    return tuple(re.split(r"\bAS\b", item, flags=re.I)[-1].strip() for item in split_items(match[1]))


def split_items(text: str) -> list[str]:
    """Return the items of a WITH or RETURN, split at the commas that stand in no bracket."""
    items, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            items.append(text[start:position])
            start = position + 1
    return [*items, text[start:]]


def _check(question: Question) -> None:
    """Refuse a question whose header and body do not agree."""
    wrong = list(_disagreements(question))
    if wrong:
        raise QuestionFileError(f"{question.path}: {'; '.join(wrong)}.")


def _disagreements(question: Question) -> list[str]:
    """Return every way in which a question's header and body do not agree, as clauses of one sentence."""
    body = _LITERALS.sub("''", question.cypher + (question.kept or ""))
    wrong: list[str] = []
    if not question.title:
        wrong.append("the first line has no title")
    if question.notes == "":
        wrong.append("`notes` names no question")
    if ";" in body:
        wrong.append("one statement a file, without a semicolon")
    if write := _WRITES.search(body):
        wrong.append(f"a question only reads, but the statement has {write[1].upper()}")
    names = [param.name for param in question.params]
    wrong += [f"parameter `{name}` is declared twice" for name in sorted(set(names)) if names.count(name) > 1]
    used, shared = set(re.findall(r"\$(\w+)", body)), {param.name for param in SHARED}
    asked = analytics.arguments(question.then) if question.then else frozenset()
    wrong += [f"${name} is used but not declared" for name in sorted((used | asked) - set(names))]
    if "since" in names:
        wrong += [f"${param.name} is missing, which goes with a period" for param in FILTERS if param.name not in used]
    wrong += [f"parameter `{name}` is declared but not used" for name in sorted(set(names) - shared - used - asked)]
    labels = {name for found in _NODE_PATTERN.findall(body) for name in re.findall(r"\w+", found)}
    types = {name for found in _RELATIONSHIP_PATTERN.findall(body) for name in re.findall(r"\w+", found)}
    wrong += [f"no label {name} in the schema" for name in sorted(labels - NODE_BY_LABEL.keys())]
    wrong += [f"no relationship type {name} in the schema" for name in sorted(types - RELATIONSHIP_BY_TYPE.keys())]
    if "Claim" in labels and "known_at" not in used:
        wrong.append("claims are read without $known_at, so retired ones would count")
    for statement in (question.cypher, question.kept or ""):
        cut = {"limit", "offset"} <= set(re.findall(r"\$(\w+)", _LITERALS.sub("''", statement)))
        if (PAGE in statement) != cut:
            wrong.append("`// page`, $limit and $offset go together")
    declared = tuple(column.name for column in question.columns)
    wrong += [f"`behind` names `{name}`, which is no column" for name in question.behind if name not in declared]
    if question.behind and len(COUNTED.findall(body)) != 1:
        wrong.append("claims behind a row are found where the statement has `count(DISTINCT c.id) AS claims` once")
    wrong += [f"`counted` knows no `{name}`" for name in question.counted if name not in COUNTED_BY]
    if question.then and not re.search(rf"\bLIMIT {question.most + 1}\s*$", body):
        wrong.append(f"`then` takes {question.most} rows, so the statement ends with LIMIT {question.most + 1}")
    if bool(question.kept) != bool(question.kept_at) or not set(question.kept_at) <= set(names):
        wrong.append("`kept` names parameters, and its statement stands below `// kept`")
    for statement in () if question.then else (question.cypher, *([question.kept] if question.kept else ())):
        if returned(statement) != declared:
            wrong.append(f"it returns {', '.join(returned(statement))} but declares {', '.join(declared)}")
    return wrong
