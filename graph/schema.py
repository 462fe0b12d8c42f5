"""What may be in the graph: the one definition from which constraints, docs and API models derive.

A node has one label and is known by `id`. A relationship type says which labels it runs between and what it carries.
Nothing here talks to a store.
"""

from collections.abc import Iterator

from graph.bookkeeping import BOOKKEEPING
from graph.declaration import COUNTS, Node, Relationship
from graph.declaration import Property as p

MODALITIES = {
    "asserted": "said to happen or to have happened",
    "alleged": "accusation, suspicion, hearsay",
    "planned": "future, announced, proposed",
    "denied": "a party rejects it",
    "negated": "presented as not happening, stopped or excluded",
}
MODALITY_GROUPS = {
    "positive": ("asserted", "alleged", "planned"),
    "firm": ("asserted",),
    "negative": ("denied", "negated"),
    "all": tuple(MODALITIES),
}
STAGES = {
    "seeks": "wants people, announces a scheme or posts",
    "approached": "has contacted or invited someone",
    "offered": "has put terms to someone",
    "hired": "has won someone",
    "moved": "someone has taken up the work",
}
RECRUITER_TYPES = (
    "national_government",
    "local_government",
    "supranational",
    "company",
    "university",
    "research_org",
    "intermediary",
    "armed_forces",
    "unspecified",
)
PRECISIONS = ("day", "month", "quarter", "year", "open")
REGION_LEVELS = ("continent", "country", "province", "city", "group", "special")
BETWEEN_AUTHORS = "; "  # stands between several authors of a document
UNSTATED = "unstated"  # stands in a claim's derived lists where the slot has no value
UNDATED = "undated"  # stands in `month` where a claim has no date


NAMED = (  # what can be found by name
    p("aliases", "strings", "Other names, in any language."),
    p("name_zh", "string", "The Chinese name."),
    p("search", "strings", "Id, name and aliases as they are compared: case folded, single spaces."),
)
SLOT = (
    p("text", "string", "The words that filled the slot."),
    p("start", "integer", "Their first character in the document's text; -1 where no words stand for it."),
    p("end", "integer", "One past their last character; -1 where no words stand for it."),
    p("certainty", "float", "0 to 1: how sure the rule is that filled it."),
    p("inferred", "boolean", "Whether it was carried over from another sentence or from context."),
)
IMPLIED = p("implied", "boolean", "Whether the place is only implied (a demonym, a firm's known home).")
CELL = (
    p("id", "string", "Region id, field id."),
    p("level", "string", "Region level and field level, such as `country/code`."),
    *COUNTS,
    p("first_reported", "date", "The earliest day on which one of its claims was reported."),
    p("last_reported", "date", "The latest such day."),
)

NODES = (
    Node(
        "Document",
        "One text as published.",
        (
            p("url", "string", "Where it was read."),
            p("title", "string", "Its title; never part of the text."),
            p("date", "date", "The day of publication."),
            p("lang", "string", "Language code, such as `en` or `zh`."),
            p(
                "author",
                "string",
                "Who wrote it, as its source says: full names alone, `; ` between them; never an entity, withheld as"
                " all names of persons are.",
                indexed=True,
                personal=True,
            ),
            p("text", "string", "The text as given; all offsets count its characters."),
            p("revision", "string", "Hash of the text."),
            p("source", "string", "File or feed it came from."),
            p("signature", "strings", "MinHash signature, by which copies are found."),
            p("traces", "strings", "Hashes of names with figures, by which rewrites are found; of no persons."),
            p("known_at", "string", "Instant (UTC, ISO) at which it was stored."),
            p("known_until", "string", "Instant at which it was removed or replaced."),
            p("sample", "boolean", "Whether it is sample data that ships with talentgraph."),
            p("extractor", "string", "Name and version of the extractor that read it."),
            p("extraction", "string", "Hash of all that was read from it, by which a repeated run writes nothing."),
        ),
    ),
    Node("Publisher", "Who published a document.", (p("reliability", "float", "0 to 1; unrated until set."), *NAMED)),
    Node(
        "Story",
        "Documents that are copies or rewrites of one text; its id is its smallest document id.",
        (p("earliest", "string", "Id of its earliest document; of several of one day, the smallest."),),
    ),
    Node(
        "Claim",
        "A sentence saying that someone recruits, or does not.",
        (
            p("recruiter_type", "string", "Kind of recruiter: " + ", ".join(RECRUITER_TYPES) + "."),
            p("modality", "string", ", ".join(MODALITIES) + "."),
            p("stage", "string", ", ".join(STAGES) + "."),
            p("count_min", "integer", "At least so many people."),
            p("count_max", "integer", "At most so many people."),
            p("count_qualifier", "string", "The words around the number, such as `more than`."),
            p("time_text", "string", "The time of recruiting as written."),
            p("valid_from", "date", "First day of that time."),
            p("valid_to", "date", "Last day of that time."),
            p("precision", "string", ", ".join(PRECISIONS) + "."),
            p("reported_on", "date", "The document's date.", indexed=True),
            p("known_at", "string", "Instant from which the graph knew it."),
            p("known_until", "string", "Instant from which it no longer holds; absent while it does."),
            p("confidence", "float", "0 to 1, from the factors below."),
            p("trigger_strength", "float", "Factor: how surely the trigger word means recruiting."),
            p("slot_certainty", "float", "Factor: mean certainty of the slots."),
            p("voice_strength", "float", "Factor: named voice, unnamed voice or narrator."),
            p("hedge_factor", "float", "Factor: what the modality takes away."),
            p("extractor", "string", "Name and version of the extractor."),
            p("document_id", "string", "Derived: its document."),
            p("story_id", "string", "Derived: its document's story."),
            p("approach_id", "string", "Derived: the first claim of its approach."),
            p("claimant_key", "string", "Derived: who is counted as saying it."),
            p("publisher_id", "string", "Derived: its document's publisher, or `unstated`."),
            p("month", "string", "Derived: `2025-03` of the day reported, or `undated`.", indexed=True),
            p("continents", "strings", "Derived: destination continents, or `unstated`."),
            p("countries", "strings", "Derived: destination countries, or `unstated`."),
            p("provinces", "strings", "Derived: destination provinces, or `unstated`."),
            p("cities", "strings", "Derived: destination cities, or `unstated`."),
            p("field_groups", "strings", "Derived: groups of the fields sought, or `unstated`."),
            p("field_codes", "strings", "Derived: codes of the fields sought, or `unstated`."),
            p("field_terms", "strings", "Derived: finer terms of the fields sought, or `unstated`."),
        ),
    ),
    Node(
        "Region",
        "A place: continent, country, province, city, group of states, or a special one (overseas, worldwide).",
        (p("level", "string", ", ".join(REGION_LEVELS) + "."), *NAMED),
    ),
    Node("Field", "A technical or professional field.", (p("level", "string", "group, code or term."), *NAMED)),
    Node(
        "Company",
        "A firm; described ones are unnamed and belong to one document.",
        (p("described", "boolean", "Whether only a description is known."), *NAMED),
    ),
    Node(
        "Organisation",
        "A state body, university, research institute, medium, party or armed force.",
        (
            p("kind", "string", "university, government, research, media, military, or other."),
            p("described", "boolean", "Whether only a description is known."),
            *NAMED,
        ),
    ),
    Node(
        "Person",
        "A source or target of a claim; never an object of profiles.",
        (p("document_bound", "boolean", "First name or pseudonym: never linked outside its document."), *NAMED),
    ),
    Node("Voice", "An unnamed source, such as `informed sources`, within one story."),
    Node("Programme", "A talent plan, visa, law, fund or award.", NAMED),
    Node("Incentive", "What a recruit would get.", NAMED),
    Node(
        "Channel",
        "The way of approach.",
        (
            p("kind", "string", "private (from one person to another), public (open to whoever reads it) or other."),
            *NAMED,
        ),
    ),
    *BOOKKEEPING,
)

_PARTY = ("Company", "Organisation", "Region")
_ENTITY = ("Region", "Field", "Company", "Organisation", "Person", "Programme")

RELATIONSHIPS = (
    Relationship("PUBLISHED_BY", ("Document",), ("Publisher",), "was published by"),
    Relationship(
        "TELLS",
        ("Document",),
        ("Story",),
        "tells the story",
        (p("similarity", "float", "Highest word-triple Jaccard to another document of the story; 1 where alone."),),
    ),
    Relationship(
        "MAY_TRANSLATE",
        ("Document",),
        ("Document",),
        "may be a translation of, or be translated by,",
        (p("likeness", "float", "How far figures, names and claims agree; proposed from 0.9 on."),),
    ),
    Relationship("REPLACES", ("Document",), ("Document",), "replaces the earlier revision"),
    Relationship(
        "MENTIONS",
        ("Document",),
        _ENTITY,
        "mentions",
        (
            p("count", "integer", "How often."),
            p("first_start", "integer", "Where first (character of the text)."),
        ),
    ),
    Relationship(
        "STATED_IN",
        ("Claim",),
        ("Document",),
        "is stated in",
        (
            p("quote", "string", "The sentence."),
            p("start", "integer", "Its first character in the document's text."),
            p("end", "integer", "One past its last character."),
        ),
    ),
    Relationship("CONTINUES", ("Claim",), ("Claim",), "adds to the approach of"),
    Relationship("RECRUITER", ("Claim",), _PARTY, "has as recruiter", SLOT),
    Relationship("ON_BEHALF_OF", ("Claim",), _PARTY, "is made on behalf of", SLOT),
    Relationship("INTERMEDIARY", ("Claim",), _PARTY, "goes through", SLOT),
    Relationship("FROM_EMPLOYER", ("Claim",), _PARTY, "draws people from the employer", SLOT),
    Relationship("DESTINATION", ("Claim",), ("Region",), "recruits to", (*SLOT, IMPLIED)),
    Relationship("ORIGIN", ("Claim",), ("Region",), "recruits from", (*SLOT, IMPLIED)),
    Relationship("SEEKS", ("Claim",), ("Field",), "seeks", SLOT),
    Relationship(
        "OFFERS",
        ("Claim",),
        ("Incentive",),
        "offers",
        (
            *SLOT,
            p("amount_min", "float", "At least so much."),
            p("amount_max", "float", "At most so much."),
            p("currency", "string", "ISO 4217, or `multiple` of current pay, or `percent`."),
            p("per", "string", "year, month, once, person."),
            p("undisclosed", "boolean", "Whether the text says that the amount is withheld."),
        ),
    ),
    Relationship(
        "VIA",
        ("Claim",),
        ("Channel",),
        "approaches through",
        (*SLOT, p("negated", "boolean", "Whether the text excludes this channel.")),
    ),
    Relationship("UNDER", ("Claim",), ("Programme",), "runs under", SLOT),
    Relationship("TARGETS", ("Claim",), ("Person",), "targets", SLOT),
    Relationship(
        "SAID_BY",
        ("Claim",),
        ("Person", "Organisation", "Company", "Region", "Publisher", "Voice"),
        "is said by",
        (
            *SLOT,
            p("role", "string", "The voice as written."),
            p("named", "boolean", "Whether the text names it."),
            p("office", "boolean", "Whether the role is a public office: minister, director, spokesperson …"),
            p("position", "integer", "1 is the nearest; further ones are cited through it."),
        ),
    ),
    Relationship("PART_OF", ("Region", "Field"), ("Region", "Field"), "is part of"),
    Relationship("MEMBER_OF", ("Region",), ("Region",), "is a member of"),
    Relationship(
        "BASED_IN",
        ("Company", "Organisation"),
        ("Region",),
        "is based in",
        (p("document_id", "string", "The document that says so; absent for reference data."),),
    ),
    Relationship(
        "DEALS_WITH",
        ("Company",),
        ("Company",),
        "has business dealings with",
        (p("document_id", "string", "The document that says so."),),
    ),
    Relationship(
        "RUN_BY",
        ("Programme",),
        ("Region", "Organisation"),
        "is run by",
        (p("document_id", "string", "The document that says so; absent for reference data."),),
    ),
    Relationship("RECRUITS", ("Region",), ("Field",), "recruits", CELL),
    Relationship("RECRUITS_DENIED", ("Region",), ("Field",), "is said not to recruit", CELL),
)

NODE_BY_LABEL = {node.label: node for node in NODES}
RELATIONSHIP_BY_TYPE = {relationship.type: relationship for relationship in RELATIONSHIPS}


def personal() -> Iterator[tuple[str, str]]:
    """Yield label and name of every property, of other nodes than persons, that names people."""
    for node in NODES:
        for name in (property.name for property in node.properties if property.personal):
            yield node.label, name


def constraints() -> Iterator[str]:
    """Yield the statements that make `id` unique for every label; the same on every engine."""
    for node in NODES:
        yield (f"CREATE CONSTRAINT {node.label.lower()}_id IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.id IS UNIQUE")


def indexes() -> Iterator[str]:
    """Yield the statements that make an index for every property by whose values nodes are looked up."""
    for node in NODES:
        for name in (property.name for property in node.properties if property.indexed):
            yield f"CREATE INDEX {node.label.lower()}_{name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{name})"


def mermaid() -> str:
    """Return the graph's model as a Mermaid class diagram."""
    lines = ["classDiagram", "    direction LR"]
    for node in NODES:
        lines.append(f"    class {node.label} {{")
        lines += [f"        {p.kind} {p.name}" for p in node.properties]
        lines.append("    }")
    for relationship in RELATIONSHIPS:
        for start in relationship.starts:
            for end in relationship.ends:
                if relationship.type == "PART_OF" and start != end:
                    continue
                lines.append(f"    {start} --> {end} : {relationship.type}")
    return "\n".join(lines) + "\n"
