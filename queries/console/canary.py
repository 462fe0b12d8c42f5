"""The canary: before the console opens, is what it must not do refused, with its own credential and in its own mode?

A write and a change of schema are tried for good, with a commit. Where one goes through it is undone by the ordinary
user and the console stays off. On a server that explains, the explanation of a read must say that it reads.
"""

from dataclasses import dataclass

from graph.errors import QueryError
from graph.inquiry import Limits
from graph.store import Store

SETTING = "dbms.security.allow_csv_import_from_file_urls"
_ID = "console-canary"
_LIMITS = Limits(rows=1, bytes=10_000, seconds=10.0)
_TRIALS = (
    (
        "a write",
        f"MERGE (n:Voice {{id: '{_ID}'}}) SET n.name = '{_ID}'",
        f"MATCH (n:Voice {{id: '{_ID}'}}) DETACH DELETE n",
    ),
    (
        "a change of schema",
        "CREATE INDEX console_canary IF NOT EXISTS FOR (n:Voice) ON (n.canary)",
        "DROP INDEX console_canary IF EXISTS",
    ),
)
_FILE = "LOAD CSV FROM 'file:///talentgraph-console-canary.csv' AS line RETURN line LIMIT 1"


@dataclass(frozen=True, slots=True)
class Findings:
    """`faults` say why the console must stay off; `warnings` what the operator should set."""

    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def sing(store: Store) -> Findings:
    """Try what must be refused. Raises StoreUnreachable, StoreRefused."""
    faults = [
        f"{what} with the console's credential was not refused by {store.name}; it was undone"
        for what, attempt, undo in _TRIALS
        if not store.refuses_reader(attempt, undo)
    ]
    if store.explains:
        kind = store.inquire("MATCH (n:Region) RETURN n.id AS id", {}, _LIMITS, _ID, explain=True).type
        if kind != "r":
            faults.append(f"EXPLAIN of a read says {kind!r} instead of 'r' on {store.name}")
    return Findings(tuple(faults), tuple(_warnings(store)))


def _warnings(store: Store) -> list[str]:
    """Return the warning about files, unless the server itself refuses to read them."""
    try:
        store.inquire(_FILE, {}, _LIMITS, _ID)
    except QueryError as error:
        if error.reason == "write" or SETTING in str(error):
            return []
    return [
        f"{store.name} lets LOAD CSV read files of its import folder. The console refuses LOAD CSV all the same; "
        f"set {SETTING}=false on the server."
    ]
