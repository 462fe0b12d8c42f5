"""The user's own lists: HOME/lexicon/*.csv adds names to the reference data.

    type,name,name_zh,aliases,region,kind,broader
    company,Polder Robotics,,Polder;?Dike,NL,,
    organisation,Linz Institute of Batteries,,LIB,Linz,research,
    field,solid-state batteries,固态电池,solid state cells,,,batteries

`type` is company, organisation, programme, field or region. `aliases` are separated by `;`, and one that begins with
`?` is an ordinary word too, which a text must support before it counts. `region` is the home (for a region: what it
lies in) as id or name; `kind` is an organisation's; `broader` the field above. A line whose name is in the lists
already adds its aliases to that entry. What cannot be used is reported and skipped.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from graph import ids, reference
from graph.reference import Term

FOLDER = "lexicon"
COLUMNS = ("type", "name", "name_zh", "aliases", "region", "kind", "broader")
KINDS = ("university", "government", "research", "media", "military", "other")
_LABELS = {
    "company": "Company",
    "organisation": "Organisation",
    "programme": "Programme",
    "field": "Field",
    "region": "Region",
}


class _Fault(Exception):
    """What is wrong with a line, and what to do."""


def use(home: Path) -> tuple[str, ...]:
    """Take the lists in `home` into the reference data of this process, instead of those used before.

    Returns what could not be used, one message each, with file and line.
    """
    reference.extend(())
    paths = sorted((home / FOLDER).glob("*.csv"))
    names = _names(reference.terms()) if paths else {}
    own: dict[tuple[str, str], Term] = {}
    faults: list[str] = []
    for path in paths:
        for place, row in _lines(path, faults):
            try:
                term = _term(row, names)
            except _Fault as fault:
                faults.append(f"{place}: {fault} The line is left out.")
            else:
                own[term.label, term.id] = term
                names |= _names((term,))
    reference.extend(own.values())
    return tuple(faults)


def _names(terms: Iterable[Term]) -> dict[tuple[str, str], Term]:
    """Return the terms by label and name; of several with one name the first."""
    found: dict[tuple[str, str], Term] = {}
    for term in terms:
        for name in term.names():
            found.setdefault((term.label, ids.name_key(name)), term)
    return found


def _lines(path: Path, faults: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (file and line, values by column); a file that cannot be read is one fault."""
    try:
        rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True)
        columns = [name.strip().casefold() for name in next(rows, [])]
        unknown = [name for name in columns if name not in COLUMNS]
        if unknown or not {"type", "name"} <= set(columns):
            wrong = f"does not know the column {unknown[0]!r}" if unknown else "lacks the column type or name"
            faults.append(
                f"{path}: The first line {wrong}. Name the columns {', '.join(COLUMNS)}; the file is left out."
            )
            return
        for values in rows:
            given = [value.strip() for value in values]
            if not any(given) or given[0].startswith("#"):
                continue
            place = f"{path}, line {rows.line_num}"
            if len(given) > len(columns):
                faults.append(
                    f"{place}: There are more values than columns. Put a value that has a comma in double quotes."
                    " The line is left out."
                )
                continue
            yield place, dict(zip(columns, given, strict=False))
    except OSError as error:
        faults.append(f"{path}: It cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        faults.append(f"{path}: It is not in UTF-8. Save it as CSV in UTF-8.")
    except csv.Error as error:
        faults.append(f"{path}: It is no CSV ({error}). Close every double quote; what follows is left out.")


def _term(row: Mapping[str, str], known_names: Mapping[tuple[str, str], Term]) -> Term:
    label = _LABELS.get(row["type"].casefold())
    if label is None:
        raise _Fault(f"There is no type {row['type']!r}. Use one of {', '.join(_LABELS)}.")
    name, name_zh = row.get("name", ""), row.get("name_zh", "")
    marked = [alias.strip() for alias in row.get("aliases", "").split(";")]
    names = [written.removeprefix("?").strip() for written in (name, name_zh, *marked)]
    if not names[0]:
        raise _Fault("The name is missing.")
    if short := next((written for written in names if len(written) == 1), None):
        raise _Fault(f"{short!r} is a single character, which would be found everywhere. Give a longer name.")
    risky = frozenset(written.removeprefix("?").strip() for written in (name, name_zh, *marked) if written[:1] == "?")
    aliases = tuple(dict.fromkeys(written for written in names[2:] if written))
    home = _found("Region", row["region"], known_names) if row.get("region") else None
    known = known_names.get((label, ids.name_key(names[0])))
    if known is not None:
        more = (*((names[1],) if names[1] else ()), *aliases)
        added = tuple(alias for alias in dict.fromkeys(more) if alias not in known.names())
        return replace(known, aliases=known.aliases + added, risky=known.risky | (risky & set(added)))
    term = Term(label, ids.named_id(label, names[0]), names[0], names[1] or None, aliases, risky=risky)
    if label == "Region":
        if home is None:
            raise _Fault("A region needs what it lies in, in the column region, such as CN-ZJ or Zhejiang.")
        return replace(term, id=f"{home.id}-{reference.slug(names[0])}", level="city", parent=home.id)
    if label == "Field":
        if not row.get("broader"):
            raise _Fault("A field needs the code of the field above it, in the column broader, such as ai.")
        above = _found("Field", row["broader"], known_names)
        return replace(term, parent=above.id, level="code" if above.level == "group" else "term")
    kind = row.get("kind", "").casefold() or None
    if kind is not None and (label != "Organisation" or kind not in KINDS):
        raise _Fault(f"The kind {kind!r} is none of an organisation: {', '.join(KINDS)}. Other types have none.")
    return replace(term, kind=kind, based_in=home.id if home else None)


def _found(label: str, text: str, known_names: Mapping[tuple[str, str], Term]) -> Term:
    """Return the entry of the lists with this id or name."""
    term = reference.by_id(label).get(text) or known_names.get((label, ids.name_key(text)))
    if term is None:
        what = "a region by its id or English name, such as CN-ZJ or Zhejiang"
        if label == "Field":
            what = "a field by its code or name, such as ai or batteries"
        raise _Fault(f"There is no {label.lower()} {text!r} in the lists. Name {what}.")
    return term
