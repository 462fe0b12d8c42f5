"""Twenty claims and one retired one, written by hand in the frame: what the questions are asked of in tests.

    document (story, day)          claims
    wire     (wire, 2025-03-03)    a1 a2 a3      a2 continues a1
    copy     (wire, 2025-03-05)    b1 b2         a copy of `wire`
    notice   (own, 2025-06-20)     c1 c2 c3
    study    (own, 2024-11-11)     d1 d2 d3 d4   marked as German; the others are English
    blog     (own, undated)        e1 e2
    denial   (own, 2026-01-15)     f1 f2
    report   (own, 2026-02-02)     g1 g2 g3
    france   (own, 2025-09-01)     h1, then in its second revision h2 instead

All firms and texts are invented. `load` writes it all, the second revision of `france` last.
"""

import datetime

from graph import ids
from graph.frame import Entity, Extraction, Offer, StoryMembership, Time
from graph.store import Store
from tests.hand_written import HandWritten

FIRST_KNOWN = "2026-03-01T09:00:00+00:00"
THEN_KNOWN = "2026-04-01T09:00:00+00:00"

LANTERN = Entity("Company", ids.named_id("Company", "Lantern Microsystems"), "Lantern Microsystems")
HALCYON = Entity("Company", ids.named_id("Company", "Halcyon Robotics"), "Halcyon Robotics")
DELTA = Entity("Company", ids.named_id("Company", "Delta Foundry"), "Delta Foundry")
OFFICE = Entity(
    "Organisation",
    ids.named_id("Organisation", "Zhejiang Talent Office"),
    "Zhejiang Talent Office",
    kind="government",
)


def _robotics(text: HandWritten) -> None:
    text.sentence(
        "A robotics firm in Zhejiang offers Spanish AI and robot engineers three times their pay, sources say."
    )
    text.claim(
        recruiter=text.described("A robotics firm in Zhejiang", "CN-ZJ"),
        recruiter_type="company",
        modality="alleged",
        stage="offered",
        destinations=(text.slot("Region", "CN-ZJ", "Zhejiang"),),
        origins=(text.slot("Region", "ES", "Spanish"),),
        fields=(text.slot("Field", "ai", "AI"), text.slot("Field", "robotics", "robot")),
        offers=(Offer(text.slot("Incentive", "salary", "three times their pay"), 3.0, 3.0, "multiple"),),
        claimants=text.voice("sources"),
    )


def _chips(text: HandWritten) -> None:
    text.sentence("Lantern Microsystems is hiring chip designers for Shenzhen and for Germany.")
    text.claim(
        recruiter=text.slot("Company", LANTERN, "Lantern Microsystems"),
        recruiter_type="company",
        destinations=(text.slot("Region", "CN-GD-shenzhen", "Shenzhen"), text.slot("Region", "DE", "Germany")),
        fields=(text.slot("Field", "semiconductors", "chip"),),
    )


def _wire() -> Extraction:
    text = HandWritten("wire", "2025-03-03", "Northern Wire")
    _robotics(text)
    text.sentence("The AI engineers would work in Hangzhou and be given a flat.")
    text.claim(
        recruiter=text.described("A robotics firm in Zhejiang", "CN-ZJ"),
        recruiter_type="company",
        modality="alleged",
        stage="offered",
        destinations=(text.slot("Region", "CN-ZJ-hangzhou", "Hangzhou"),),
        origins=(text.slot("Region", "ES"),),
        fields=(text.slot("Field", "ai", "AI"),),
        offers=(Offer(text.slot("Incentive", "housing", "a flat")),),
        claimants=text.voice("sources"),
        continues=0,
    )
    _chips(text)
    return text.extraction()


def _copy() -> Extraction:
    text = HandWritten("copy", "2025-03-05", "Harbour Daily")
    _robotics(text)
    _chips(text)
    return text.extraction()


def _notice() -> Extraction:
    text = HandWritten("notice", "2025-06-20", "Zhejiang Gazette")
    text.sentence(
        "Zhejiang will give researchers from overseas housing and one million yuan under the Kunpeng Plan by 2026, "
        "the Zhejiang Talent Office said."
    )
    text.claim(
        recruiter=text.slot("Region", "CN-ZJ", "Zhejiang"),
        recruiter_type="local_government",
        modality="planned",
        destinations=(text.slot("Region", "CN-ZJ", "Zhejiang"),),
        origins=(text.slot("Region", "OVERSEAS", "overseas"),),
        offers=(
            Offer(text.slot("Incentive", "housing", "housing")),
            Offer(text.slot("Incentive", "research_funding", "one million yuan"), 1e6, 1e6, "CNY", "person"),
        ),
        channels=(text.slot("Channel", "government_programme", "Kunpeng Plan"),),
        programmes=(text.slot("Programme", "programme-kunpeng-plan", "Kunpeng Plan"),),
        claimants=text.named(OFFICE, "Zhejiang Talent Office"),
        time=Time("by 2026", None, datetime.date(2026, 12, 31), "year"),
    )
    text.sentence("Germany is recruiting nurses from the Philippines.")
    text.claim(
        recruiter=text.slot("Region", "DE", "Germany"),
        recruiter_type="national_government",
        destinations=(text.slot("Region", "DE", "Germany"),),
        origins=(text.slot("Region", "PH", "Philippines"),),
        fields=(text.slot("Field", "healthcare_workforce", "nurses"),),
    )
    text.sentence("The European Union seeks quantum physicists.")
    text.claim(
        recruiter=text.slot("Region", "EU", "European Union"),
        recruiter_type="supranational",
        destinations=(text.slot("Region", "EU", "European Union"),),
        fields=(text.slot("Field", "quantum", "quantum"),),
    )
    return text.extraction()


def _study() -> Extraction:
    text = HandWritten("study", "2024-11-11", "Institute for Talent Studies", "de")
    text.sentence("Halcyon Robotics says that its agency won it forty AI researchers from China for California.")
    text.claim(
        recruiter=text.slot("Company", HALCYON, "Halcyon Robotics"),
        recruiter_type="company",
        stage="hired",
        destinations=(text.slot("Region", "US-CA", "California"),),
        origins=(text.slot("Region", "CN", "China"),),
        fields=(text.slot("Field", "ai", "AI"),),
        channels=(text.slot("Channel", "headhunter", "agency"),),
        claimants=text.named(HALCYON, "Halcyon Robotics"),
        count_min=40,
        count_max=40,
    )
    text.sentence("China is said to be after computing talent of every kind.")
    text.claim(
        recruiter=text.slot("Region", "CN", "China"),
        recruiter_type="national_government",
        modality="alleged",
        destinations=(text.slot("Region", "CN", "China"),),
        fields=(text.slot("Field", "computing", "computing"),),
    )
    text.sentence("Lantern Microsystems looks for chip engineers.")
    text.claim(
        recruiter=text.slot("Company", LANTERN, "Lantern Microsystems"),
        recruiter_type="company",
        fields=(text.slot("Field", "semiconductors", "chip"),),
    )
    text.sentence("Europe is to draw AI researchers.")
    text.claim(
        modality="planned",
        destinations=(text.slot("Region", "M49:150", "Europe"),),
        fields=(text.slot("Field", "ai", "AI"),),
    )
    return text.extraction()


def _blog() -> Extraction:
    text = HandWritten("blog", None, "Talent Blog")
    text.sentence("Zhejiang firms hire AI people.")
    text.claim(
        recruiter_type="company",
        destinations=(text.slot("Region", "CN-ZJ", "Zhejiang", implied=True),),
        fields=(text.slot("Field", "ai", "AI"),),
    )
    text.sentence("Everyone is hiring.")
    text.claim()
    return text.extraction()


def _denial() -> Extraction:
    text = HandWritten("denial", "2026-01-15", "Northern Wire")
    text.sentence("Lantern Microsystems denies that it recruits chip designers for Shenzhen.")
    text.claim(
        recruiter=text.slot("Company", LANTERN, "Lantern Microsystems"),
        recruiter_type="company",
        modality="denied",
        destinations=(text.slot("Region", "CN-GD-shenzhen", "Shenzhen"),),
        fields=(text.slot("Field", "semiconductors", "chip"),),
        claimants=text.named(LANTERN, "Lantern Microsystems"),
    )
    text.sentence("Germany no longer recruits nurses.")
    text.claim(
        recruiter=text.slot("Region", "DE", "Germany"),
        recruiter_type="national_government",
        modality="negated",
        destinations=(text.slot("Region", "DE", "Germany"),),
        fields=(text.slot("Field", "healthcare_workforce", "nurses"),),
    )
    return text.extraction()


def _report() -> Extraction:
    text = HandWritten("report", "2026-02-02", "Harbour Daily")
    text.sentence("Firms from China approach chip engineers in Taiwan, investigators say.")
    text.claim(
        recruiter_type="company",
        modality="alleged",
        stage="approached",
        destinations=(text.slot("Region", "CN", "China"),),
        origins=(text.slot("Region", "TW", "Taiwan"),),
        fields=(text.slot("Field", "semiconductors", "chip"),),
        claimants=text.voice("investigators"),
    )
    text.sentence("A search firm lured an AI engineer of Delta Foundry in Taiwan to Hangzhou for Halcyon Robotics.")
    text.claim(
        recruiter=text.slot("Company", HALCYON, "Halcyon Robotics"),
        recruiter_type="company",
        stage="moved",
        intermediaries=(text.described("A search firm"),),
        origin_employers=(text.slot("Company", DELTA, "Delta Foundry"),),
        destinations=(text.slot("Region", "CN-ZJ-hangzhou", "Hangzhou"),),
        origins=(text.slot("Region", "TW", "Taiwan"),),
        fields=(text.slot("Field", "ai", "AI"),),
        channels=(text.slot("Channel", "headhunter", "search firm"),),
    )
    text.sentence("British universities and the United States will compete for AI researchers.")
    text.claim(
        recruiter_type="unspecified",
        modality="planned",
        destinations=(
            text.slot("Region", "GB", "British", implied=True),
            text.slot("Region", "US", "United States"),
        ),
        fields=(text.slot("Field", "ai", "AI"),),
    )
    return text.extraction()


def _france(sought: str, field: str) -> Extraction:
    text = HandWritten("france", "2025-09-01", "Harbour Daily")
    text.sentence(f"France is looking for {sought} engineers.")
    text.claim(
        recruiter=text.slot("Region", "FR", "France"),
        recruiter_type="national_government",
        destinations=(text.slot("Region", "FR", "France"),),
        fields=(text.slot("Field", field, sought),),
    )
    return text.extraction()


def first() -> list[Extraction]:
    """Return what was known first, the retired claim h1 included."""
    return [
        _wire(),
        _copy(),
        _notice(),
        _study(),
        _blog(),
        _denial(),
        _report(),
        _france("quantum", "quantum"),
    ]


def stories() -> list[StoryMembership]:
    """Return every document's story; `wire` and `copy` tell one."""
    documents = {extraction.document.title: extraction.document.id for extraction in first()}
    pair = (documents["The wire"], documents["The copy"])
    return [
        StoryMembership(id, min(pair), 0.8) if id in pair else StoryMembership(id, id, 1.0) for id in documents.values()
    ]


def claim_ids() -> dict[str, str]:
    """Return the claims' ids by the short names that the module's head gives them."""
    found = {}
    for letter, extraction in zip("abcdefgh", first(), strict=True):
        for number, claim in enumerate(extraction.claims, 1):
            who = (claim.recruiter.start, claim.recruiter.end) if claim.recruiter else None
            who = who if who and who[0] >= 0 else None
            found[f"{letter}{number}"] = ids.claim_id(extraction.document.id, claim.start, claim.end, who, 0)
    return found


def load(store: Store) -> None:
    """Write everything: the first state, then the second revision of `france`."""
    store.write(first(), stories(), known_at=FIRST_KNOWN)
    second = _france("AI", "ai")
    store.write([second], [s for s in stories() if s.document_id == second.document.id], known_at=THEN_KNOWN)
