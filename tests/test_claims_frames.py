"""Claims of short English texts, all invented: who recruits whom, from where to where, with what, by which way."""

import functools

import pytest

from graph.frame import Claim, Document
from graph.ids import revision
from ingest.claims import find_claims
from ingest.language import read
from ingest.mentions import find_mentions


@functools.cache
def claims_of(text: str, title: str | None = None) -> tuple[Claim, ...]:
    document = Document("document-test", text, revision(text), title=title)
    reading = read(text, "en")
    return find_claims(reading, find_mentions(reading, document), document)


def names(claim: Claim, slot: str) -> set[str]:
    return {s.entity.name for s in getattr(claim, slot)}


def only(text: str) -> Claim:
    found = claims_of(text)
    assert len(found) == 1, [text[c.start : c.end] for c in found]
    return found[0]


SIMPLE = "Huawei has been hiring semiconductor engineers from Germany with high salaries and free flats."


def test_a_plain_sentence_fills_every_slot() -> None:
    claim = only(SIMPLE)
    assert claim.recruiter is not None
    assert claim.recruiter.entity.id == "company-huawei"
    assert claim.recruiter_type == "company"
    assert names(claim, "origins") == {"Germany"}
    assert {s.entity.id for s in claim.fields} == {"semiconductors"}
    assert {o.slot.entity.id for o in claim.offers} == {"salary", "housing"}
    assert (claim.start, claim.end) == (0, len(SIMPLE))


def test_slots_quote_the_text() -> None:
    claim = only(SIMPLE)
    slots = [*claim.origins, *claim.fields, *(o.slot for o in claim.offers)]
    assert slots
    assert all(SIMPLE[s.start : s.end] == s.text for s in slots)


def test_the_agent_of_a_passive_is_the_recruiter() -> None:
    claim = only("Twelve chip designers from Taiwan were poached by Tencent last spring.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "Tencent"
    assert "Taiwan" in names(claim, "origins")


def test_a_nominal_trigger_has_a_recruiter() -> None:
    claim = only("The recruitment of AI researchers from Canada by Singapore has gathered speed.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.id == "SG"
    assert names(claim, "destinations") == {"Singapore"}
    assert names(claim, "origins") == {"Canada"}


def test_an_unnamed_firm_is_described_and_placed() -> None:
    claim = only(
        "A robotics company in Zhejiang invited two Spanish engineers to work for it and promised them housing."
    )
    assert claim.recruiter is not None
    entity = claim.recruiter.entity
    assert entity.described
    assert entity.name == "robotics company in Zhejiang"
    assert [r.id for r in entity.based_in] == ["CN-ZJ"]
    assert names(claim, "destinations") == {"Zhejiang"}
    assert names(claim, "origins") == {"Spain"}


def test_a_firm_named_to_describe_another_is_no_recruiter() -> None:
    claim = only("A firm in Shenzhen that supplies Huawei hired six engineers from Spain.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.described
    assert claim.recruiter.entity.name == "firm in Shenzhen"


def test_the_own_territory_of_a_government_is_the_destination() -> None:
    claim = only("The Japanese government has opened a scheme that offers foreign scientists research grants.")
    assert claim.recruiter_type == "national_government"
    assert names(claim, "destinations") == {"Japan"}
    assert not any(s.implied for s in claim.destinations)


def test_a_demonym_only_implies_the_destination() -> None:
    claim = only("Chinese chip makers are poaching engineers from South Korea with triple pay.")
    assert names(claim, "destinations") == {"China"}
    assert all(s.implied for s in claim.destinations)


def test_a_capital_stands_for_its_state() -> None:
    claim = only("Moscow is offering foreign scientists grants and housing to lure them to its universities.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.id == "RU"


FOLLOW_UP = (
    "A battery maker in Sweden has hired engineers from Japan. First there is an invitation. Then flats, cars and a"
    " school place for the children are offered."
)


def test_a_headless_sentence_adds_terms_to_the_same_approach() -> None:
    found = claims_of(FOLLOW_UP)
    last = found[-1]
    assert {"housing", "car", "child_education"} <= {o.slot.entity.id for o in last.offers}
    assert last.recruiter is not None
    assert last.recruiter.entity.name == "battery maker in Sweden"
    assert last.continues == 0
    assert found[0].continues is None


def test_the_origin_holds_for_the_next_sentence() -> None:
    last = claims_of(FOLLOW_UP)[-1]
    assert names(last, "origins") == {"Japan"}
    assert all(s.inferred for s in last.origins)


def test_two_kinds_of_recruiter_make_two_claims() -> None:
    found = claims_of("City governments and robotics firms in Zhejiang are contacting engineers overseas.")
    assert {c.recruiter_type for c in found} == {"local_government", "company"}
    assert all(names(c, "destinations") == {"Zhejiang"} for c in found)


def test_a_broker_acts_for_another() -> None:
    claim = only("A headhunter recruited laser engineers from Italy for a Chinese company last year.")
    assert claim.recruiter is not None
    assert claim.recruiter_type == "company"
    assert {s.entity.id for s in claim.channels} == {"headhunter"}


def test_named_people_are_targets() -> None:
    text = (
        "Tencent is recruiting AI researchers with large bonuses. In May it hired Anna Keller, a robotics researcher,"
        " away from Google."
    )
    claim = claims_of(text)[-1]
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "Tencent"
    assert names(claim, "targets") == {"Anna Keller"}
    assert names(claim, "origin_employers") == {"Google"}


@pytest.mark.parametrize(
    "text",
    [
        "The hospital is recruiting patients for a clinical trial of a new drug.",
        "The club signed a striker from Brazil on a three-year contract.",
        "The carmaker laid off 400 engineers and closed its plant in Ohio.",
        "The term means any activity to recruit experts, and agencies must bar their staff from it.",
        "Shares of the staffing group fell five percent after weak figures.",
        "Weather",
        "🙂🙃",
        "",
        "\n\n \n",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims_of(text) == ()


def test_the_same_text_gives_the_same_claims() -> None:
    claims_of.cache_clear()
    first = claims_of(FOLLOW_UP)
    claims_of.cache_clear()
    assert claims_of(FOLLOW_UP) == first


def test_an_excluded_channel_is_negated_and_the_other_kept() -> None:
    text = (
        "Tencent is recruiting AI researchers from Canada, not through job fairs but through private contacts."
        " It offers them high salaries."
    )
    channels = {s.entity.id: s.negated for s in claims_of(text)[0].channels}
    assert channels == {"job_fair": True, "private_contacts": False}


def test_a_quoted_headhunter_is_no_channel() -> None:
    text = "Chip makers in Shenzhen are hiring engineers from Taiwan with triple pay, a headhunter said."
    assert "headhunter" not in {s.entity.id for s in only(text).channels}


def test_the_accusers_lose_the_people() -> None:
    claim = only(
        "Prosecutors in Taiwan said the Chinese chip maker had illegally poached engineers with high salaries."
    )
    assert names(claim, "origins") == {"Taiwan"}


def test_a_research_grant_is_no_field() -> None:
    claim = only("Japan is offering foreign AI experts research grants, housing and high salaries to lure them.")
    assert {s.entity.id for s in claim.fields} == {"ai"}
    assert {o.slot.entity.id for o in claim.offers} >= {"research_funding", "housing", "salary"}


def test_a_dateline_does_not_recruit() -> None:
    claim = only("OTTAWA (Harbour Wire) - Japan is offering foreign AI experts research grants, housing and high pay.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.id == "JP"
    assert names(claim, "destinations") == {"Japan"}


def test_a_described_recruiter_keeps_its_seat_behind_what_it_makes() -> None:
    claim = only("A maker of surgical robots in Suzhou recruited eleven engineers from Brazil with high salaries.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "maker of surgical robots in Suzhou"
    assert names(claim, "destinations") == {"Suzhou"}
    assert claim.stage == "hired"


def test_a_firm_just_named_is_taken_up_by_its_seat() -> None:
    found = claims_of(
        "Tasman Robotics is hiring engineers from Peru. The Shenzhen company offers them flats and high salaries."
    )
    assert [c.recruiter.entity.name for c in found if c.recruiter is not None] == ["Tasman Robotics"] * 2
    assert names(found[1], "destinations") == {"Shenzhen"}


def test_whoever_uses_a_front_recruits() -> None:
    claim = only("A battery maker in Sweden used a shell company to hire twelve engineers from Japan.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "battery maker in Sweden"
    assert {s.entity.id for s in claim.channels} == {"front_company"}


def test_a_broker_on_behalf_of_a_firm_is_an_intermediary() -> None:
    claim = only("A headhunter recruited laser engineers from Italy on behalf of Tencent last year.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "Tencent"
    assert names(claim, "intermediaries") == {"headhunter"}
    assert claim.on_behalf_of == ()


def test_a_firm_that_acts_for_another_names_its_principal() -> None:
    claim = only("A consulting firm in Geneva hired twelve chip designers from France on behalf of Tencent.")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "consulting firm in Geneva"
    assert names(claim, "on_behalf_of") == {"Tencent"}


def test_chip_houses_are_no_housing() -> None:
    claim = only("Tencent hired twelve chip designers from Taiwanese chip houses with high salaries.")
    assert {o.slot.entity.id for o in claim.offers} == {"salary"}
