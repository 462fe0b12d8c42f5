"""Which recruiter type a named party is: by the lists, else by what its name says."""

import functools
import importlib.resources
import re

from graph.frame import Entity
from graph.reference import ancestors, by_id

EMPLOYERS = ("company", "university", "research_org")
GOVERNMENTS = ("national_government", "local_government", "supranational")
_SPECIAL_LOCAL = ("HK", "MO")  # Hong Kong and Macau: countries of the list, local governments
_NAMED_KIND = (  # what a name says about an organisation that no list knows
    (
        re.compile(
            r"\b(initiative|program(me)?|fund|award|scheme|plan|prize|fellowship|pass|visa|actions|act|conference"
            r"|strategy)s?$",
            re.I,
        ),
        "scheme",
    ),
    (re.compile(r"\b(press|news|times|post|daily|journal|herald|magazine|television|broadcasting)\b", re.I), "media"),
    (
        re.compile(r"\beuropean (commission|research council|council|union|innovation council|parliament)\b", re.I),
        "bloc",
    ),
    (
        re.compile(
            r"\b(\w*universi[dtz]\w+|hochschule|politecnico|college|école|polytechnic|business school|medical school"
            r"|eth|mit|institute of (?:science and )?technology)\b",
            re.I,
        ),
        "university",
    ),
    (
        re.compile(
            r"\b(ministry|department|bureau|government|council of ministers|cabinet|office|authority|directorate"
            r"|secretariat|prefecture|municipality)\b"
            r"|\b(national|federal|state|space|investment|development|science|innovation|migration|immigration|promotion"
            r"|funding|employment|trade|talent)\b.*\b(agency|commission|board)\b",
            re.I,
        ),
        "government",
    ),
    (re.compile(r"\b(institut\w*|academy|laborator\w+|cent(?:re|er)|council|foundation|society)\b", re.I), "research"),
    (re.compile(r"\b(army|navy|air force|armed forces|military)\b", re.I), "military"),
)


@functools.cache
def capitals() -> dict[str, str]:
    """Return the cities whose names stand for states ("Moscow offers"), with the region's id."""
    text = importlib.resources.files("ingest.lexicon").joinpath("capitals_en.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, region = line.split("\t")
            found[name] = region
    return found


def region_type(entity: Entity) -> str:
    """Return the recruiter type of a region that acts: a country's, a province's or city's government, a bloc."""
    chain = ancestors("Region", entity.id)
    level = chain[0].level if chain else None
    if entity.id in _SPECIAL_LOCAL:
        return "local_government"
    if level == "country":
        return "national_government"
    if level in ("province", "city"):
        return "local_government"
    return "supranational" if entity.id == "EU" else "unspecified"


def party_type(entity: Entity) -> str | None:
    """Return the recruiter type of a named company or organisation, None for media, schemes and the like."""
    listed = entity.id in by_id(entity.label)
    if entity.label == "Company" and (listed or _said_by_name(entity.name) in (None, "research")):
        return "company"
    return organisation_type(entity)


def organisation_type(entity: Entity) -> str | None:
    """Return an organisation's recruiter type; None for media and bodies that do not recruit."""
    kind, said = entity.kind, _said_by_name(entity.name)
    if kind in (None, "other", "research") or (kind == "government" and said == "bloc"):
        kind = said or kind  # of a listed state body its name says less than the list ("National Research Foundation")
    if kind == "bloc":
        return "supranational"
    if kind == "government":
        region = seat(entity)
        return region_type(region) if region is not None else "national_government"
    return {"university": "university", "research": "research_org", "military": "armed_forces", None: "company"}.get(
        kind
    )


def _said_by_name(name: str) -> str | None:
    return next((kind for pattern, kind in _NAMED_KIND if pattern.search(name)), None)


def seat(entity: Entity) -> Entity | None:
    """Return where a listed company or organisation is based."""
    if entity.based_in:
        return entity.based_in[0]
    term = by_id(entity.label).get(entity.id)
    known = by_id("Region").get(term.based_in) if term is not None and term.based_in else None
    return Entity("Region", known.id, known.name) if known is not None else None
