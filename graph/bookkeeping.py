"""What the store notes for itself: nodes that hold nothing of what documents say, and have no relationships.

They are left out of counts, exports and hash; graph.keeping writes all but the ledger.
"""

from graph.declaration import COUNTS, Node
from graph.declaration import Property as p

BOOKKEEPING = (
    Node(
        "Ledger",
        "The store's own note of its state; one node, and nothing that was read from a document.",
        (
            p("revision", "integer", "Grows with every write; answers may be kept while it stays."),
            p("reference_version", "string", "Version of the reference data and of the labels that are loaded."),
            p(
                "pending",
                "strings",
                "Still to be recounted: stated pairs (`region|field`) and months, or `*` for everything.",
            ),
        ),
        internal=True,
    ),
    Node(
        "Tally",
        "Counts of all time for a region at a pair of levels, kept so that the matrix need not be counted each time.",
        (
            p("level", "string", "Region level and field level, such as `country/code`, or `any`."),
            p("region", "string", "The region as it stands at that level, `unstated` or `any`."),
            p("fields", "strings", "The fields, `unstated` or `any`; the other lists have a value for each."),
            *(p(count.name, "integers", count.doc) for count in COUNTS),
            p("first_reported", "strings", "The earliest day reported, or `undated`."),
            p("last_reported", "strings", "The latest such day, or `undated`."),
            p("undated", "integers", "Claims without a date."),
            p("no_origin", "integers", "Claims that do not say where people come from."),
            p("no_incentive", "integers", "Claims that name no incentive."),
            p("no_channel", "integers", "Claims that do not say how people are approached."),
            p("no_company", "integers", "Claims in which no company recruits."),
        ),
        internal=True,
    ),
    Node(
        "ClaimMonth",
        "A sheet of the columns that are kept of the claims reported in a month, or `undated`.",
        (
            p("month", "string", "The month, or `undated`."),
            p("sheet", "string", "claims: what every count needs; slots: what else they say."),
            p("version", "string", "Hash of what it says."),
            p("claims", "integer", "How many claims it holds, those that are no longer known too."),
            p("pieces", "integer", "In how many pieces it is kept."),
        ),
        internal=True,
    ),
    Node(
        "ClaimColumns",
        "A piece of a sheet of a month's claims, from which questions are counted.",
        (p("content", "string", "Text; all pieces together are JSON (`graph/columns.py`)."),),
        internal=True,
    ),
    Node(
        "Run",
        "One run that took documents in: when, by which process, and how they ended.",
        (
            p("status", "string", "queued, running, finished, failed or interrupted."),
            p("command", "string", "What was asked for, such as `ingest reports/`."),
            p("started", "string", "Instant (UTC, ISO) at which it started."),
            p("ended", "string", "Instant at which it ended; absent while it runs."),
            p("seconds", "float", "How long it has taken."),
            p("host", "string", "The machine it runs on."),
            p("process", "string", "Its process: number and the instant at which that started."),
            p("beat", "string", "Instant at which it last showed that it lives."),
            p("reason", "string", "Why it failed."),
            p("stored", "integer", "Documents read and written."),
            p("unchanged", "integer", "Documents held already."),
            p("duplicate", "integer", "Documents that came twice in the run."),
            p("irrelevant", "integer", "Documents that say nothing of recruiting."),
            p("quarantined", "integer", "Documents that cannot be read."),
            p("erased", "integer", "Documents that were erased and are not taken again."),
            p("claims", "integer", "Claims read from the documents stored."),
        ),
        internal=True,
    ),
    Node(
        "Quarantined",
        "A document that could not be read, with what it takes to try again.",
        (
            p("path", "string", "Where it is: a file, an address, a line of a file."),
            p("reason", "string", "What is wrong with it."),
            p("since", "string", "Instant (UTC, ISO) at which it first failed."),
            p("last", "string", "Instant at which it last failed."),
            p("run", "string", "The run in which it last failed."),
            p("form", "string", "What `content` is: text, record, markdown or html."),
            p("content", "string", "The document itself, where `path` alone would not find it again."),
            p("given", "string", "What was said about it (url, title, publisher, date, lang, author), as JSON."),
            p("columns", "string", "Which columns of its table hold what, as JSON, where that was said."),
        ),
        internal=True,
    ),
    Node(
        "SourceState",
        "What is remembered of a source that is followed: a feed, a folder, an address.",
        (
            p("url", "string", "Its address."),
            p("etag", "string", "The version that its server named last."),
            p("last_modified", "string", "The instant of change that its server named last."),
            p("fetched_at", "string", "Instant (UTC, ISO) at which it was last asked."),
            p("next_at", "string", "Instant before which it is not asked again."),
            p("failures", "integer", "How often in a row it failed."),
            p("documents", "integer", "Documents it has given so far."),
            p("since", "string", "Instant at which it was first asked."),
            p("recent", "string", "Documents by day, as JSON: the last 40 days on which any came."),
            p("note", "string", "What happened last."),
        ),
        internal=True,
    ),
    Node(
        "SeenPage",
        "A page of a source that is followed, which was read; its id is a hash of source and address.",
        (
            p("source", "string", "The source that names it."),
            p("version", "string", "What the source says of its version, such as the day of its last change."),
            p("seen_at", "string", "Instant (UTC, ISO) at which it was read, or its source last named it."),
        ),
        internal=True,
    ),
    Node(
        "Alert",
        "A question that is asked again after every run, and whom to tell when its answer is another.",
        (
            p("question", "string", "The question's name."),
            p("parameters", "string", "What it is asked with, as JSON."),
            p("condition", "string", "changed, or above a number."),
            p("to", "string", "Where it goes: `-`, a file, an address of the web or of mail."),
            p("seen", "string", "Instant (UTC, ISO) up to which the graph was told."),
            p("revision", "integer", "The store's revision then, where no other run was at work."),
            p("sent", "string", "Instant at which a message last arrived."),
            p("note", "string", "Why it could not be asked or delivered last time."),
        ),
        internal=True,
    ),
    Node(
        "Erased",
        "The receipt of an erasure: hashes alone, by which what was erased is known when it comes again.",
        (
            p("kind", "string", "document or person."),
            p("erased_at", "string", "Instant (UTC, ISO) of the erasure."),
            p("hashes", "strings", "Salted hashes of the ids of what was erased, and of a document's texts."),
            p("salt", "string", "What they are salted with; one for the whole store."),
            p("removed", "strings", "How many nodes of each label went, such as `Claim 3`."),
        ),
        internal=True,
    ),
)
