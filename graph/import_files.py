"""Import files: the whole graph as the CSV files of `neo4j-admin database import`, for a first bulk load.

    OUT/Claim.csv  …  OUT/STATED_IN-Claim-Document.csv  …      a file a label, and a kind of relationship
    OUT/import.args                                            the options of the import, which name them all

Columns and their types come from the declared schema. The store's own notes (runs, quarantine, receipts of erasure) go
along; its ledger says that the graph was imported, so that whoever opens it first makes the constraints.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graph import loading, tables
from graph.declaration import Node, Property
from graph.errors import InputError, StoreError
from graph.rows import LinkKind
from graph.schema import NODES, RELATIONSHIP_BY_TYPE
from graph.tables import Link

if TYPE_CHECKING:
    from graph.store import Store

Entry = tuple[Node, Mapping[str, Any]] | Link
ARGUMENTS = "import.args"
COMMAND = f"neo4j-admin database import full neo4j --overwrite-destination @{ARGUMENTS}"
ITEMS = "\x1f"  # between the items of a list: the unit separator, which no name has
NO_ITEMS = loading.EMPTY[0]  # the importer knows no empty list; this item alone stands for one
SMALLEST_BUFFER = 4  # MiB that the importer takes for a value where nothing is said
TYPES = {
    "string": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "date": "date",
    "strings": "string[]",
    "integers": "long[]",
}


class _Files:
    """The files being written, opened as they are needed; `longest` is the most bytes that a value has."""

    def __init__(self, out: Path, stack: ExitStack) -> None:
        self._out = out
        self._stack = stack
        self._open: dict[str, TextIO] = {}
        self.longest = 0

    def line(self, name: str, header: list[str], values: list[str]) -> None:
        """Write a line, below the header where it is the file's first."""
        stream = self._open.get(name)
        if stream is None:
            stream = self._stack.enter_context((self._out / name).open("w", encoding="utf-8", newline=""))
            self._open[name] = stream
            stream.write(",".join(header) + "\n")
        self.longest = max(self.longest, *map(len, values))
        stream.write(",".join(values) + "\n")


def write(store: "Store", out: Path) -> tuple[int, int]:
    """Write the files into a new or empty folder and return the numbers of nodes and relationships.

    Raises:
        InputError: the folder holds something, or cannot be written.
        StoreError: the graph changed meanwhile; the files are of no use.
    """
    revision = store.revision()
    written = write_entries(held(store), out)
    if store.revision() != revision:
        raise StoreError(f"The graph changed while it was written: delete {out}, and write it when no run is at work.")
    return written


def held(store: "Store") -> Iterator[Entry]:
    """Yield all nodes that a store holds, then all relationships."""
    for node in NODES:
        for row in tables.nodes(store, node):
            yield node, row
    for node in NODES:
        yield from tables.links(store, node)


def write_entries(entries: Iterable[Entry], out: Path) -> tuple[int, int]:
    """Write nodes and relationships into a new or empty folder and return their numbers; raises InputError as above."""
    _prepare(out)
    numbers = {"nodes": 0, "links": 0}
    kinds: set[LinkKind] = set()
    try:
        with ExitStack() as stack:
            files = _Files(out, stack)
            for entry in entries:
                if isinstance(entry, Link):
                    _write_link(entry, files)
                    kinds.add(entry.kind)
                    numbers["links"] += 1
                else:
                    _write_node(*entry, files)
                    numbers["nodes"] += 1
        _write_arguments(out, kinds, files.longest)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}. Choose another folder.") from error
    return numbers["nodes"], numbers["links"]


def cell(value: Any) -> str:
    """Return a value as the importer reads it: what is absent is empty, a string always in quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "iso_format"):  # the driver's date
        return str(value.iso_format())
    text = (ITEMS.join(map(str, value)) or NO_ITEMS) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'


def _prepare(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds every text and name
        if any(out.iterdir()):
            raise InputError(f"The folder {out} holds something already. Choose a new or an empty one.")
    except OSError as error:
        raise InputError(f"The folder {out} cannot be made: {error.strerror}. Choose another one.") from error


def _write_node(node: Node, row: Mapping[str, Any], files: _Files) -> None:
    header = [f"id:ID({node.label})", *_columns(p for p in node.properties if p.name != "id")]
    if node.label == "Ledger":
        row = {**row, "reference_version": loading.imported(row.get("reference_version"))}
    files.line(f"{node.label}.csv", header, [cell(row.get(p.name)) for p in node.properties])


def _write_link(link: Link, files: _Files) -> None:
    properties = RELATIONSHIP_BY_TYPE[link.kind[0]].properties
    header = [f":START_ID({link.kind[1]})", f":END_ID({link.kind[2]})", *_columns(properties)]
    values = [cell(link.start), cell(link.end), *(cell(link.properties.get(p.name)) for p in properties)]
    files.line(_file(link.kind), header, values)


def _columns(properties: Iterable[Property]) -> list[str]:
    return [f"{p.name}:{TYPES[p.kind]}" for p in properties]


def _file(kind: LinkKind) -> str:
    return "-".join(kind) + ".csv"


def _write_arguments(out: Path, kinds: set[LinkKind], longest: int) -> None:
    buffer = max(SMALLEST_BUFFER, -(-4 * longest // 2**20))  # a character has at most four bytes
    lines = [
        "--id-type=string",
        "--multiline-fields=true",
        "--array-delimiter=U+001F",
        f"--read-buffer-size={buffer}m",
        *(f"--nodes={node.label}={node.label}.csv" for node in NODES if (out / f"{node.label}.csv").exists()),
        *(f"--relationships={kind[0]}={_file(kind)}" for kind in sorted(kinds)),
    ]
    (out / ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
