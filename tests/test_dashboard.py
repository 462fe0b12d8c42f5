"""The dashboard in Debian's Chromium, over a real server with the sample articles."""

import csv
import io
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Browser, Page, Route, expect

from tests.served import HOSTILE, MARKUP, Served
from tests.visit import Visit, accessible, told, visiting

PANELS = (
    "region-fields",
    "trend",
    "changes",
    "flows",
    "regions",
    "emerging",
    "incentives",
    "channels",
    "companies",
    "programmes",
    "contradictions",
)
CELL = urlencode(
    {"open": "regions-recruiting-fields?region_level=country&field_level=code&row_region_id=CN&row_field_id=robotics"}
)


def all_panels(page: Page) -> Page:
    """Scroll to what is not yet near the window, so that every panel has asked and been answered."""
    far = page.locator(".lazy:not(.near)")
    while far.count():
        page.evaluate("document.querySelector('.lazy:not(.near)')?.scrollIntoView()")
    for panel in PANELS:
        expect(page.locator(f"#{panel}")).to_have_attribute("aria-busy", "false")
    return page


def test_every_panel_answers_and_the_first_view_is_small(visit: Visit) -> None:
    sizes: dict[str, int] = {}
    visit.page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
    page = all_panels(visit.open())
    for panel in PANELS:
        expect(page.locator(f"#{panel} [role=alert]")).to_have_count(0)
    files = {url: size for url, size in sizes.items() if "/v1/" not in url}
    assert any("/assets/index" in url for url in files)
    assert sum(files.values()) <= 500_000, files
    assert not any(part in url for url in files for part in ("world", "editor", "Graph", "Ingest"))
    accessible(page)
    expect(page.locator("#contradictions")).to_contain_text("people: ")  # a figure says of what
    heads = page.locator("#region-fields thead th span")
    is_cut = "(one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1"
    assert heads.evaluate_all(f"(all) => all.filter({is_cut}).map((one) => one.innerText)") == []
    page.get_by_role("button", name=re.compile("in Chinese")).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert heads.first.evaluate("(one) => getComputedStyle(one).transform") == "none"  # its letters stand upright


def test_cells_hold_the_numbers_of_the_api(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/?unit=claims")
    rows = told(dashboard, "/v1/questions/regions-recruiting-fields?total=true&limit=5000")["items"]
    total = rows[-1]
    for unit in ("claims", "approaches", "documents", "stories", "claimants"):
        expect(page.locator("#region-fields dl")).to_contain_text(re.compile(rf"{total[unit]}\s*{unit}"))
    for row in rows[:5]:
        label = f"{row['claims']} claims, {row['region']} × {row['field']}: open the claims behind it"
        expect(page.locator("#region-fields").get_by_role("button", name=label, exact=True)).to_have_text(
            str(row["claims"])
        )


def test_a_number_opens_to_its_sentence_in_context(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/?unit=claims")
    cell = page.locator("#region-fields").get_by_role("button", name=re.compile("China × robotics: open"))
    number = cell.inner_text()
    cell.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"{number} claims in")
    expect(drawer.locator("article")).to_have_count(int(number))
    quote = drawer.locator("blockquote").first.inner_text()
    drawer.locator("article button").first.click()
    expect(drawer.locator("section")).to_have_attribute("aria-busy", "false")
    assert "".join(drawer.locator("mark").all_inner_texts()) == quote
    context = drawer.locator(".context").inner_text()
    assert len(context) > len(quote)
    claim = parse_qs(urlsplit(page.url).query)["claim"][0]
    evidence = told(dashboard, f"/v1/questions/evidence?claim={claim}")["items"][0]
    for factor in ("trigger_strength", "slot_certainty", "voice_strength", "hedge_factor"):
        expect(drawer.locator(".factors")).to_contain_text(f"{evidence[factor]:.2f}")
    for shown in (evidence["title"], evidence["said_by"].partition("; ")[0], evidence["modality"]):
        expect(drawer).to_contain_text(shown)
    expect(drawer).to_contain_text(re.compile("No other document tells this story|told by more documents"))
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.go_back()
    expect(drawer.locator("mark").first).to_be_visible()
    page.go_back()
    expect(drawer.locator("article")).to_have_count(int(number))


def test_a_number_is_had_as_csv_over_rest_and_in_cypher(visit: Visit, dashboard: Served) -> None:
    page = visit.open(f"/?{CELL}")
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("article").first).to_be_visible()
    count = drawer.locator("article").count()
    assert count > 1
    with page.expect_download() as download:
        drawer.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == count
    address = drawer.get_by_role("link", name="CSV").get_attribute("href")
    assert address is not None
    assert told(dashboard, address.replace("&format=csv", ""))["total"] == count
    drawer.get_by_role("button", name="Cypher", exact=True).click()
    expect(drawer.locator("pre")).to_contain_text("MATCH (c:Claim)")


FILTERS = (
    ("since", "2025-01-01"),
    ("until", "2025-01-01"),
    ("known_at", "2020-01-01"),
    ("modality", "negative"),
    ("implied", "false"),
    ("reliability", "F"),
    ("language", "en"),
    ("unit", "documents"),
)
LABELS = {
    "since": "From",
    "until": "To",
    "known_at": "As known on",
    "modality": "Modality",
    "implied": "Implied places",
    "reliability": "Publishers",
    "language": "Language",
    "unit": "Count",
}


def test_filters_live_in_the_address_and_reach_the_api(visit: Visit) -> None:
    page = visit.open()
    bar = page.get_by_role("region", name="Filters")
    for name, value in FILTERS:
        typed = name in ("since", "until", "known_at")
        label = LABELS[name]
        field = bar.get_by_label(label, exact=True) if typed else bar.get_by_role("combobox", name=label, exact=True)
        before = field.input_value()
        sent = "order_by" if name == "unit" else name
        with page.expect_request(re.compile(rf"regions-recruiting-fields\?.*{sent}={value}(&|$)")):
            if typed:
                field.fill(value)
                field.press("Tab")
            else:
                field.select_option(value)
        expect(page).to_have_url(re.compile(rf"[?&]{name}={value}"))
        page.go_back()
        expect(field).to_have_value(before)
        page.go_forward()
        expect(field).to_have_value(value)
        page.go_back()


def test_regions_and_fields_are_found_by_name_and_down_the_tree(visit: Visit) -> None:
    page = visit.open()
    for label, typed, name, id in (("Region", "浙", "region", "CN-ZJ"), ("Field", "semic", "field", "semiconductors")):
        page.get_by_role("button", name=re.compile(f"^{label} any")).click()
        page.get_by_role("searchbox").fill(typed)
        with page.expect_request(re.compile(rf"regions-recruiting-fields\?.*\b{name}={id}(&|$)")):
            page.locator(".list li button", has_text=id).first.click()
        expect(page).to_have_url(re.compile(rf"[?&]{name}={id}(&|$)"))
        page.get_by_role("button", name=f"Take away the filter {label}").click()
        expect(page).not_to_have_url(re.compile(f"{name}="))
    page.get_by_role("button", name=re.compile("^Region any")).click()
    page.get_by_role("button", name="Show what lies in Asia").click()
    page.get_by_role("button", name="Show what lies in China").click()
    page.get_by_role("button", name="Zhejiang", exact=True).click()
    expect(page).to_have_url(re.compile("region=CN-ZJ"))


def test_a_link_reproduces_the_view(visit: Visit) -> None:
    page = visit.open(f"/?unit=claims&modality=all&region=CN&period=year&trend=table&{CELL}")
    expect(page.get_by_role("combobox", name="Modality")).to_have_value("all")
    expect(
        page.get_by_role("region", name="Filters").get_by_role("button", name=re.compile("Region China"))
    ).to_be_visible()
    expect(page.get_by_role("dialog").locator("article").first).to_be_visible()
    expect(page.locator("#trend table")).to_be_visible()


def test_article_text_is_never_markup(visit: Visit, dashboard: Served) -> None:
    claims = told(dashboard, "/v1/questions/claims?company=Brambleforge%20Robotics&modality=all")["items"]
    assert claims, HOSTILE
    page = visit.open(f"/?claim={claims[0]['claim_id']}")
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(".context")).to_contain_text(MARKUP)
    assert page.locator("img").count() == 0
    assert page.title() != "owned"
    headers = page.request.get(dashboard.address + "/").headers
    assert "'unsafe-inline'" not in headers["content-security-policy"]
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true } }"
    )
    assert refused
    visit.wrong.clear()  # the refusal just provoked is told on the console


def test_a_country_on_the_map_opens(visit: Visit) -> None:
    page = visit.open("/?flows=map&unit=claims")
    chart = page.locator("#flows [role=application]")
    chart.scroll_into_view_if_needed()
    chart.focus()
    expect(page.locator("#flows canvas").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#flows [aria-live]")).to_contain_text("claim")
    number = re.findall(r": ([\d,]+) claim", page.locator("#flows [aria-live]").inner_text())[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(rf"\b{number} claims?\b"))


def test_what_is_drawn_in_the_dark_is_printed_on_white(chromium: Browser, dashboard: Served) -> None:
    with visiting(chromium, dashboard.address, dark=True) as visit:
        page = visit.open()
        canvas = page.locator("#trend canvas")
        expect(canvas).to_be_visible()

        def drawn() -> str:
            return str(canvas.evaluate("canvas => canvas.toDataURL()"))

        dark = drawn()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert drawn() != dark
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(23, 33, 43)"
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.wait_for_function("dark => document.querySelector('#trend canvas').toDataURL() === dark", arg=dark)


def test_numbers_of_an_emerging_pair_and_below_a_panel_open(visit: Visit, dashboard: Served) -> None:
    page = all_panels(visit.open())
    rows = [row.locator("button.number").all() for row in page.locator("#emerging tbody tr").all()]
    counts = [[cell.inner_text() for cell in cells] for cells in rows]
    filled = next(place for place, numbers in enumerate(counts) if "0" not in numbers)
    for cell, number in zip(rows[filled], counts[filled], strict=True):
        cell.click()
        drawer = page.get_by_role("dialog")
        expect(drawer.locator("article").first).to_be_visible()
        expect(drawer).to_contain_text(re.compile(r"New from\s*\d{4}-\d\d-01"))
        address = drawer.get_by_role("link", name="CSV").get_attribute("href")
        assert address is not None
        claims = told(dashboard, address.replace("&format=csv", "&limit=200"))["items"]
        assert len({claim["story_id"] for claim in claims}) == int(number)
        page.keyboard.press("Escape")
    denied = page.locator("#changes tbody tr", has_text="✕").first.locator("button.number").last
    number = denied.inner_text()
    denied.click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(rf"\b{number} claims?\b"))
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"Modality\s*Denied, negated"))
    page.keyboard.press("Escape")
    page.locator("#contradictions button.number").first.click()
    parts = page.get_by_role("dialog").locator(".parts")
    expect(parts).to_contain_text(re.compile(r"Kind\s*what was done"))
    expect(parts).not_to_contain_text("claim-")
    page.keyboard.press("Escape")
    without = page.locator("#companies footer button.number").nth(1)
    number = without.inner_text()
    without.click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{number} claims")
    page = visit.open("/?since=2025-01-01")  # what a period leaves out for want of a date opens all the same
    undated = page.locator("#region-fields footer").get_by_role("button", name=re.compile("Without a date"))
    expect(undated.locator("xpath=..")).to_contain_text("left out")
    number = undated.inner_text()
    undated.click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(rf"\b{number} claims"))
    expect(page.get_by_role("dialog").locator("article").first).to_contain_text("undated")
    expect(page.get_by_role("dialog")).not_to_contain_text("Narrowed by")


def test_what_takes_long_says_that_it_is_at_work(visit: Visit) -> None:
    held: list[Route] = []
    page = visit.page
    page.route("**/v1/questions/regions-recruiting-fields?*", lambda route: held.append(route))
    page.goto(visit.address)
    expect(page.locator("#region-fields").get_by_role("status")).to_have_text("Counting …")
    expect(page.locator("#region-fields")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#trend")).to_have_attribute("aria-busy", "false")  # the others do not wait for it
    for route in held:
        route.continue_()
    page.unroute("**/v1/questions/regions-recruiting-fields?*")
    expect(page.locator("#region-fields")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#region-fields table")).to_be_visible()
    page.route("**/v1/health", lambda route: route.fulfill(json={"status": "ok", "counts": {"Document": 0}}))
    for view in ("Graph", "Overview"):
        page.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()
        expect(page.locator("main")).to_contain_text("The store is empty")
        expect(page.locator("main")).to_contain_text("talentgraph ingest")
    expect(page.locator("#region-fields")).to_have_count(0)
    page.locator("main").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/ingest$"))


def test_what_cannot_be_answered_is_said_with_a_way_out(visit: Visit) -> None:
    page = visit.open("/?region=Atlantis")
    expect(page.locator("#region-fields [role=alert]")).to_contain_text("Atlantis")
    visit.wrong.clear()  # the browser tells refused requests on the console
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#region-fields [role=alert]")).to_have_count(0)
    page.get_by_role("region", name="Filters").get_by_label("To", exact=True).fill("1999-01-01")
    page.keyboard.press("Tab")
    expect(page.locator("#region-fields")).to_contain_text("No claim fits these filters.")
    expect(visit.open("/nowhere").locator("body")).to_contain_text("is not answered")
    visit.wrong.clear()
