"""The claim frame: what extraction yields and the store keeps. Plain values, no behaviour that needs a store.

    Extraction
    ├── Document                 the text, once
    ├── Mention …                an entity at exact offsets
    └── Claim …                  one recruiter × one proposition, with its sentence
        └── Slot …               an entity that fills a role, with the words that filled it

All offsets are character positions in `Document.text`, start inclusive, end exclusive.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entity:
    """Something a node stands for: `label` is one of schema.NODES, `id` unique within it.

    `described` marks an unnamed company or organisation known only in its document; `document_bound` a first name or
    pseudonym; `kind` is an organisation's kind; `based_in`, `deals_with` hold what a description says about it.
    """

    label: str
    id: str
    name: str
    described: bool = False
    document_bound: bool = False
    kind: str | None = None
    based_in: tuple["Entity", ...] = ()
    deals_with: tuple["Entity", ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in the text."""

    entity: Entity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """An entity that fills a role of a claim, and the words that filled it.

    `start` and `end` are -1 where no words stand for it. `inferred`: carried over from another sentence or from
    context. `implied`: a place known only from a demonym or a firm's home. `negated`: a channel that the text excludes.
    """

    entity: Entity
    text: str = ""
    start: int = -1
    end: int = -1
    certainty: float = 1.0
    inferred: bool = False
    implied: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """An incentive with its amount; `currency` is ISO 4217, `multiple` (of current pay) or `percent`."""

    slot: Slot
    amount_min: float | None = None
    amount_max: float | None = None
    currency: str | None = None
    per: str | None = None
    undisclosed: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says it: `role` as written; `position` 1 is the nearest voice, higher ones are cited through it.

    A named voice has its entity in `slot`; an unnamed one an entity labelled `Voice` whose name is the role. A claim
    without claimants is the narrator's.
    """

    slot: Slot
    role: str
    named: bool
    position: int = 1


@dataclass(frozen=True, slots=True)
class Time:
    """The time of recruiting: as written, and resolved as far as the text allows (`precision` of schema.PRECISIONS)."""

    text: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    precision: str = "open"


@dataclass(frozen=True, slots=True)
class Claim:
    """One recruiter and one proposition, at one sentence (`start`, `end`); codes are those of graph.schema.

    `continues` is the index, among the document's claims, of the first claim of the same approach.
    `factors` are the parts of `confidence`, each 0 to 1 (named as the properties of a Claim node are).
    """

    start: int
    end: int
    modality: str = "asserted"
    stage: str = "seeks"
    recruiter: Slot | None = None
    recruiter_type: str = "unspecified"
    on_behalf_of: tuple[Slot, ...] = ()
    intermediaries: tuple[Slot, ...] = ()
    origin_employers: tuple[Slot, ...] = ()
    destinations: tuple[Slot, ...] = ()
    origins: tuple[Slot, ...] = ()
    fields: tuple[Slot, ...] = ()
    offers: tuple[Offer, ...] = ()
    channels: tuple[Slot, ...] = ()
    programmes: tuple[Slot, ...] = ()
    targets: tuple[Slot, ...] = ()
    claimants: tuple[Claimant, ...] = ()
    count_min: int | None = None
    count_max: int | None = None
    count_qualifier: str | None = None
    time: Time | None = None
    continues: int | None = None
    confidence: float = 0.5
    factors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One text as given, with what is known about it; `id` and `revision` come from graph.ids.

    `signature` is its MinHash signature and `traces` what its rewrites repeat (ingest.stories). `given_id` is the
    id that the input gave it, which `talentgraph extract` hands back; it is not kept in the graph. `author` holds full
    names of people alone (ingest.bylines).
    """

    id: str
    text: str
    revision: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: datetime.date | None = None
    lang: str = "en"
    source: str | None = None
    sample: bool = False
    signature: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    given_id: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class StoryMembership:
    """One document's place in a story; `similarity` is its highest Jaccard to another member, 1.0 where alone."""

    document_id: str
    story_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Translation:
    """Two documents in different languages, the smaller id first, that may tell one story."""

    first: str
    second: str
    likeness: float


Row = dict[str, Any]
"""One flat row of an answer: column name to scalar, list or map."""
