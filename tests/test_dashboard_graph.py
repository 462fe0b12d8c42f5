"""The dashboard's graph view in Debian's Chromium, over a real server with the sample articles."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, Route, expect

from tests.served import Served
from tests.visit import Visit, accessible, drawn, told, visiting


def middle(page: Page) -> list[str]:
    """Return the entities in the middle, as the address names them."""
    return parse_qs(urlsplit(page.url).query).get("entity", [""])[0].split(",")


def test_an_entity_is_found_expanded_and_opened_by_keys_alone(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/graph")
    page.get_by_role("searchbox", name="In the middle").focus()
    page.keyboard.type("浙江")
    expect(page.locator(".search li button").first).to_contain_text("Zhejiang")
    page.keyboard.press("Enter")
    drawing = page.get_by_role("application")
    answer = told(dashboard, "/v1/graph/neighbourhood?entity=CN-ZJ&modality=positive")
    assert drawn(page, len(answer["nodes"])) == [node["id"] for node in answer["nodes"]]
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    name = page.locator("[aria-live]").inner_text().split(",")[0]
    lines = page.get_by_role("group", name="Connections as a table").locator("tbody tr")
    expect(lines.first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Take {name} out of the middle").first).to_be_visible()
    assert middle(page)[0] == "CN-ZJ"
    assert len(middle(page)) == 2
    page.go_back()
    drawn(page, len(answer["nodes"]))


def test_a_count_of_the_table_opens_exactly_its_claims(visit: Visit) -> None:
    page = visit.open("/graph?unit=claims")
    page.get_by_role("searchbox", name="In the middle").fill("浙江")
    page.keyboard.press("Enter")  # before the list is there: its first is taken once it is
    expect(page).to_have_url(re.compile("entity=CN-ZJ"))
    count = page.get_by_role("button", name=re.compile("open the claims behind it")).first
    number = count.inner_text()
    count.press("Enter")
    expect(page.get_by_role("dialog").locator("article")).to_have_count(int(number))


def test_one_relationship_and_the_filters_narrow_the_graph(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/graph?entity=CN&region=CN-ZJ&field=ai&reliability=F&language=en&implied=false")
    given = "region=CN-ZJ&field=ai&reliability=F&language=en&implied=false"
    answer = told(dashboard, f"/v1/graph/neighbourhood?entity=CN&modality=positive&{given}")
    drawn(page, len(answer["nodes"]))
    assert answer["total_nodes"] < told(dashboard, "/v1/graph/neighbourhood?entity=CN&modality=positive")["total_nodes"]
    expect(page.get_by_text("Not narrowed by")).to_have_count(0)
    page = visit.open("/graph?entity=CN")
    page.get_by_role("combobox", name="Relationship").select_option("seeks")
    answer = told(dashboard, "/v1/graph/neighbourhood?entity=CN&modality=positive&role=seeks")
    drawn(page, len(answer["nodes"]))
    assert {node["label"] for node in answer["nodes"]} == {"Region", "Field"}
    with page.expect_request(re.compile("neighbourhood.*modality=negative")):
        page.get_by_role("region", name="Filters").get_by_role("combobox", name="Modality").select_option("negative")


def test_paths_between_two_are_drawn_and_told(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/graph?entity=CN")
    page.get_by_role("searchbox", name="Path to").fill("artificial intelligence")
    held: list[Route] = []
    page.route("**/v1/graph/paths?*", lambda route: held.append(route))
    page.locator(".search li button", has_text="field").first.click()
    expect(page).to_have_url(re.compile("to=ai"))
    expect(page.get_by_role("status")).to_have_text("Looking up connections …")  # and of no number of paths
    for route in held:
        route.continue_()
    page.unroute("**/v1/graph/paths?*")
    paths = told(dashboard, "/v1/graph/paths?start=CN&end=ai&among=all&modality=positive")["paths"]
    expect(page.locator("ol.paths li")).to_have_text([path["path"].replace("; ", " – ") for path in paths])
    accessible(page)
    expect(page.get_by_role("columnheader", name="Relationship")).to_have_count(0)  # it would be empty
    step = page.get_by_role("button", name=re.compile("stories, .* – .*: open the claims behind it")).first
    number = step.inner_text()
    step.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("article").first).to_be_visible()
    address = drawer.get_by_role("link", name="CSV").get_attribute("href")
    assert address is not None
    claims = told(dashboard, address.replace("&format=csv", "&limit=200"))["items"]
    assert len({claim["story_id"] for claim in claims}) == int(number)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave the path").click()
    expect(page).not_to_have_url(re.compile("to="))


def test_five_hundred_nodes_are_moved_zoomed_and_opened_by_a_pointer(visit: Visit) -> None:
    page = visit.open("/graph?entity=CN,US,ai&nodes=500&modality=all")
    drawn(page, 500)
    sheet = page.get_by_role("application")
    pan, zoom = (f"document.querySelector('.canvas')._cyreg.cy.{name}()" for name in ("pan", "zoom"))
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    before = page.evaluate(pan)
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 70, steps=5)
    page.mouse.up()
    after = page.evaluate(pan)
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (100, 50)
    assert middle(page) == ["CN", "US", "ai"]  # a drag opens nothing
    expect(sheet).to_be_focused()
    page.mouse.wheel(0, -200)
    page.wait_for_function(f"{zoom} > 1")
    sheet.press("0")
    place = page.evaluate("document.querySelector('.canvas')._cyreg.cy.getElementById('Region:US').renderedPosition()")
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    expect(page).to_have_url(re.compile("entity=CN%2Cai"))


def test_what_is_not_there_is_said_in_chinese_on_a_narrow_dark_screen(chromium: Browser, dashboard: Served) -> None:
    with visiting(chromium, dashboard.address, width=375, height=740, locale="zh-CN", dark=True) as visit:
        page = visit.open("/graph?entity=Atlantis")
        expect(page.get_by_role("alert")).to_contain_text("Atlantis")
        visit.wrong.clear()  # the browser tells refused requests on the console
        page = visit.open("/graph?entity=CN-ZJ")
        expect(page.get_by_role("heading", name="什么与什么相连")).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("浙江")).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        accessible(page)
