"""What a question can be told: the kinds of parameters, and those that stand in no header.

SHARED    every question has these
FILTERS   a question has these if its statement uses them; one that takes a period must
"""

from dataclasses import dataclass
from typing import Any

from graph.grades import GRADES

PARAM_TYPES = (
    "string",
    "integer",
    "date",
    "boolean",
    "region",
    "field",
    "company",
    "programme",
    "incentive",
    "claimant",
    "entity",
    "claim",
)
SENT_OTHERWISE = {
    "modality": "a group of modalities, sent as the list of its members",
    "publishers": "grades of publishers, sent as the list of ids of the publishers that have them",
    "language": "a language, by code or English name, sent as the code that documents have",
    "instant": "a day or an ISO instant, sent as an ISO instant in UTC",
}


@dataclass(frozen=True, slots=True)
class Param:
    """What a question can be told. `default` is a plain value; `choices` are the only values allowed, if any.

    `sent_as` is a key of SENT_OTHERWISE for text that is not sent as given. Of `many` any number of values may be
    given, in a list or separated by commas; the statement gets a list.
    """

    name: str
    type: str
    default: Any
    doc: str
    choices: tuple[str, ...] | None = None
    required: bool = False
    sent_as: str | None = None
    many: bool = False


LIMIT = Param("limit", "integer", 50, "Most rows to return.")
OFFSET = Param("offset", "integer", 0, "Rows to skip.")
KNOWN_AT = Param(
    "known_at", "string", None, "Answer as the graph was known on this day or at this instant (UTC).", sent_as="instant"
)
SHARED = (LIMIT, OFFSET, KNOWN_AT)
RELIABILITY = Param(
    "reliability",
    "string",
    None,
    "Only what publishers of these grades published: A (completely reliable) to E (unreliable), F (not rated).",
    tuple(GRADES),
    sent_as="publishers",
    many=True,
)
LANGUAGE = Param(
    "language",
    "string",
    None,
    "Only what documents in these languages say, such as en or zh.",
    sent_as="language",
    many=True,
)
FILTERS = (RELIABILITY, LANGUAGE)
