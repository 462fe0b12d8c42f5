"""The reference data: what it must hold, that its trees are trees, and that its names can be told apart."""

import pytest

from graph import reference, schema

FIELD_CODES = [
    "ai",
    "robotics",
    "semiconductors",
    "advanced_manufacturing",
    "biotech",
    "life_sciences",
    "health_research",
    "healthcare_workforce",
    "quantum",
    "software_it",
    "cybersecurity",
    "telecom",
    "e_commerce",
    "digital",
    "energy_climate",
    "environment",
    "materials",
    "nanotechnology",
    "chemistry",
    "physics_astronomy",
    "mathematics",
    "aerospace",
    "military_aviation",
    "defence",
    "displays",
    "batteries",
    "space",
    "social_sciences_humanities",
    "law",
    "management_business",
    "finance",
    "creative_arts",
    "sports",
    "education",
    "stem_general",
    "research_any",
    "tech_general",
    "entrepreneurship",
    "engineering_general",
    "intelligence_government",
]
INCENTIVE_CODES = [
    "salary",
    "bonus",
    "housing",
    "relocation",
    "spouse_job",
    "child_education",
    "family_residence",
    "visa_residency",
    "work_permit",
    "citizenship",
    "household_registration",
    "tax_break",
    "research_funding",
    "lab_facilities",
    "equity",
    "car",
    "title_position",
    "contract_term",
    "business_support",
    "living_allowance",
    "travel",
    "remote_work",
    "academic_freedom",
    "medical",
    "fast_track_admin",
    "prize",
    "family_support",
    "loan",
]
CHANNEL_CODES = [
    "private_contacts",
    "referral",
    "headhunter",
    "direct_approach",
    "social_network",
    "job_board",
    "advertisement",
    "job_fair",
    "recruitment_mission",
    "conference",
    "campus",
    "government_programme",
    "grant_call",
    "visa_scheme",
    "university_call",
    "front_company",
    "recruitment_station",
    "acquisition",
    "intergovernmental_agreement",
    "candidate_application",
    "confidential",
    "unspecified",
]


def test_ids_are_unique_within_a_label() -> None:
    seen: set[tuple[str, str]] = set()
    for term in reference.terms():
        assert (term.label, term.id) not in seen, term
        seen.add((term.label, term.id))


def test_every_parent_group_and_home_exists_and_no_tree_has_a_cycle() -> None:
    for term in reference.terms():
        known = reference.by_id(term.label)
        assert term.parent is None or term.parent in known, term
        assert all(group in known for group in term.member_of), term
        assert term.based_in is None or term.based_in in reference.by_id("Region"), term
        chain = [above.id for above in reference.ancestors(term.label, term.id)]
        assert len(chain) == len(set(chain)), term


@pytest.mark.parametrize(
    ("label", "codes"), [("Field", FIELD_CODES), ("Incentive", INCENTIVE_CODES), ("Channel", CHANNEL_CODES)]
)
def test_every_closed_code_is_there_with_a_chinese_name(label: str, codes: list[str]) -> None:
    for code in codes:
        assert code in reference.by_id(label)
        assert reference.by_id(label)[code].name_zh


def test_a_finer_field_climbs_to_a_code_and_a_group() -> None:
    for term in reference.by_id("Field").values():
        levels = [above.level for above in reference.ancestors("Field", term.id)]
        assert levels in (["group"], ["code", "group"], ["term", "code", "group"]), term


def test_fields_that_say_nothing_are_not_the_parent_of_a_code() -> None:
    vague = {"tech_general", "stem_general", "research_any", "engineering_general"}
    assert not [t.id for t in reference.by_id("Field").values() if t.level == "code" and t.parent in vague]


def test_every_iso_country_is_there() -> None:
    import pycountry

    regions = reference.by_id("Region")
    missing = [country.alpha_2 for country in pycountry.countries if country.alpha_2 not in regions]
    assert missing == []
    assert all(term.name_zh for term in regions.values() if term.level == "country")


@pytest.mark.parametrize(
    ("id", "name", "above"),
    [
        ("CN-ZJ-hangzhou", "Hangzhou", ["CN-ZJ", "CN", "M49:142"]),
        ("KR-30", "Daejeon", ["KR", "M49:142"]),
        ("TW-HSZ-hsinchu-science-park", "Hsinchu Science Park", ["TW-HSZ", "TW", "M49:142"]),
        ("US-CA-silicon-valley", "Silicon Valley", ["US-CA", "US", "M49:003"]),
        ("NL-NB-eindhoven", "Eindhoven", ["NL-NB", "NL", "M49:150"]),
        ("SA-02-thuwal", "Thuwal", ["SA-02", "SA", "M49:142"]),
        ("THE_WEST", "the West", []),
        ("EU", "European Union", []),
    ],
)
def test_places_have_their_common_names_and_their_places_above(id: str, name: str, above: list[str]) -> None:
    assert reference.by_id("Region")[id].name == name
    assert [term.id for term in reference.ancestors("Region", id)[1:]] == above


def test_groups_have_members() -> None:
    regions = reference.by_id("Region").values()
    assert {t.id for t in regions if "GULF" in t.member_of} == {"AE", "BH", "KW", "OM", "QA", "SA"}
    assert len({t.id for t in regions if "EU" in t.member_of}) == 27


def test_levels_are_those_of_the_schema() -> None:
    assert {term.level for term in reference.by_id("Region").values()} <= set(schema.REGION_LEVELS)


def test_organisations_have_a_kind() -> None:
    kinds = {term.kind for term in reference.by_id("Organisation").values()}
    assert kinds == {"university", "government", "research", "media", "military", "other"}


def test_names_that_are_words_are_marked() -> None:
    assert "Reading" in reference.by_id("Region")["GB-ENG-reading"].risky
    assert "Hangzhou" not in reference.by_id("Region")["CN-ZJ-hangzhou"].risky


def test_the_version_is_that_of_the_data() -> None:
    assert reference.version() == reference.version()
    assert len(reference.version()) == 16


def test_unknown_ids_have_no_ancestors() -> None:
    assert reference.ancestors("Region", "nowhere") == ()


@pytest.mark.parametrize("name", ["Georgia", "Córdoba", "Washington", "Jilin", "Suzhou"])
def test_a_name_that_several_places_share_is_known_for_each(name: str) -> None:
    assert len([term.id for term in reference.terms() if term.label == "Region" and name in term.names()]) > 1
