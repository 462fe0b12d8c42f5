"""Which story each document tells, as far as one batch changes it, and who narrates a story.

A story's narrator is the publisher of its earliest document. When a document joins or leaves, the claims of the story's
other documents get their `story_id` and `claimant_key` anew. A closed document goes on telling the story of its claims:
the past has it there, and the story's other documents are reckoned without it.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from graph.derived import Touched, claimant_key
from graph.frame import Document, StoryMembership, Translation
from graph.rows import publisher_id
from graph.statements import Run, run_rows

_TOLD = """
UNWIND $rows AS row
MATCH (d:Document {id: row})-[t:TELLS]->(s:Story)
RETURN d.id AS document, s.id AS story, t.similarity AS similarity
"""
_MEMBERS = """
UNWIND $rows AS row
MATCH (s:Story {id: row})<-[:TELLS]-(d:Document)
WHERE d.known_until IS NULL
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN s.id AS story, d.id AS document, toString(d.date) AS date, p.id AS publisher
"""
_STORIES = """
UNWIND $rows AS row
OPTIONAL MATCH (d:Document {id: row})
MERGE (s:Story {id: row})
SET s.name = coalesce(d.title, row)
"""
_EARLIEST = "UNWIND $rows AS row MATCH (s:Story {id: row.id}) SET s.earliest = row.earliest"
_TRANSLATIONS = """
UNWIND $rows AS row
MATCH (a:Document {id: row.first})
MATCH (b:Document {id: row.second})
MERGE (a)-[t:MAY_TRANSLATE]->(b)
SET t.likeness = row.likeness
"""
_LEAVE = "UNWIND $rows AS row MATCH (:Document {id: row})-[t:TELLS]->(:Story) DELETE t"
_JOIN = """
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MATCH (s:Story {id: row.story})
CREATE (d)-[:TELLS {similarity: row.similarity}]->(s)
"""
_EMPTY = "UNWIND $rows AS row MATCH (s:Story {id: row}) WHERE NOT EXISTS { MATCH (s)<-[:TELLS]-(:Document) } DELETE s"
_CLAIMS = """
UNWIND $rows AS row
MATCH (c:Claim)-[:STATED_IN]->(d:Document {id: row})
RETURN c.id AS id, d.id AS document, c.month AS month, c.story_id AS story, c.claimant_key AS claimant,
       COLLECT { MATCH (c)-[s:SAID_BY]->(e)
                 RETURN {position: s.position, start: s.start, entity: e.id, role: s.role, named: s.named} } AS voices,
       COLLECT { MATCH (c)-[:DESTINATION]->(r:Region) RETURN r.id } AS regions,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
"""
_UPDATE = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.story_id = row.story, c.claimant_key = row.claimant
"""
_LAST = "9999"


@dataclass(frozen=True, slots=True)
class _Member:
    story: str
    date: str
    publisher: str | None


@dataclass(slots=True)
class Stories:
    """The stories that a batch touches, as they will be after it."""

    told: dict[str, StoryMembership]
    moved: list[StoryMembership]
    left: set[str]
    members: dict[str, _Member] = field(default_factory=dict)
    narrators: dict[str, str | None] = field(default_factory=dict)
    earliest: dict[str, str] = field(default_factory=dict)


def plan(
    run: Run,
    documents: Iterable[Document],
    given: Mapping[str, StoryMembership],
    touched: Iterable[str] = (),
) -> Stories:
    """Return the stories after a batch that writes `documents`; `given` says which documents tell which story now.

    A written document without a membership keeps its story, or has one of its own. One that is neither written nor
    stored is left out. `touched` are stories that lost a document, whose narrator may be another now.
    """
    written = {document.id: document for document in documents}
    before = {
        row["document"]: StoryMembership(row["document"], row["story"], row["similarity"])
        for row in run_rows(run, _TOLD, sorted(written.keys() | given.keys()))
    }
    told = {id: given.get(id) or before.get(id) or StoryMembership(id, id, 1.0) for id in written}
    moved = [
        membership
        for id, membership in sorted(given.items())
        if id not in written and id in before and membership != before[id]
    ]
    now = told | {membership.document_id: membership for membership in moved}
    left = {before[id].story_id for id, after in now.items() if id in before and before[id].story_id != after.story_id}
    stories = Stories(told, moved, left)
    left |= set(touched)
    affected = {membership.story_id for membership in now.values()} | left
    for row in run_rows(run, _MEMBERS, sorted(affected)):
        story = now[row["document"]].story_id if row["document"] in now else row["story"]
        stories.members[row["document"]] = _Member(story, row["date"] or _LAST, row["publisher"])
    for id, document in written.items():
        stories.members[id] = _Member(told[id].story_id, _day(document.date), publisher_id(document))
    earliest: dict[str, tuple[str, str]] = {}
    for id, member in stories.members.items():
        if member.story not in earliest or (member.date, id) < earliest[member.story]:
            earliest[member.story] = (member.date, id)
            stories.narrators[member.story] = member.publisher
            stories.earliest[member.story] = id
    return stories


def join(run: Run, stories: Stories) -> None:
    """Write the stories and who tells them; the documents exist by now and those written have no story yet."""
    now = [*stories.told.values(), *stories.moved]
    run_rows(run, _STORIES, sorted({membership.story_id for membership in now}))
    run_rows(run, _LEAVE, [membership.document_id for membership in stories.moved])
    rows = [{"document": m.document_id, "story": m.story_id, "similarity": m.similarity} for m in now]
    run_rows(run, _JOIN, rows)
    delete_empty(run, stories.left)
    run_rows(run, _EARLIEST, [{"id": id, "earliest": document} for id, document in sorted(stories.earliest.items())])


def delete_empty(run: Run, stories: Iterable[str]) -> None:
    """Delete those of these stories that no document tells, now or in the past."""
    run_rows(run, _EMPTY, sorted(stories))


def propose(run: Run, translations: Iterable[Translation]) -> None:
    """Write which documents may be translations of each other; pairs of which one is not stored are left out."""
    run_rows(run, _TRANSLATIONS, [asdict(translation) for translation in translations])


def refresh(run: Run, stories: Stories) -> Touched:
    """Bring the claims of the stories' other documents up to date; return what those changed touch."""
    others = {id: member.story for id, member in stories.members.items() if id not in stories.told}
    changed = []
    touched = Touched()
    for claim in run_rows(run, _CLAIMS, sorted(others)):
        story = others[claim["document"]]
        voices = sorted(claim["voices"], key=lambda voice: (voice["position"], voice["start"], voice["entity"]))
        nearest = (voices[0]["entity"], voices[0]["role"], voices[0]["named"]) if voices else None
        claimant = claimant_key(story, stories.narrators[story], nearest)
        if (story, claimant) != (claim["story"], claim["claimant"]):
            changed.append({"id": claim["id"], "story": story, "claimant": claimant})
            touched.add(claim["month"], claim["regions"], claim["fields"])
    run_rows(run, _UPDATE, changed)
    return touched


def _day(date: datetime.date | None) -> str:
    """Return the day as it sorts; a document without a date comes last."""
    return date.isoformat() if date else _LAST
