"""The dashboard's ingest page and its field for a key in Debian's Chromium, over a real server."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from api.keys import Keys
from tests import made
from tests.served import MARKUP, Served
from tests.visit import Visit, accessible, finished, told, visiting

TEXT = (
    "Thistlewick Batteries in Zhejiang hired ten engineers from Sweden in March 2026, its director said.\n\n"
    f"A university in Graz {MARKUP} denied that it plans to recruit AI researchers from Oslo."
)


def documents(dashboard: Served) -> int:
    """Return how many documents the store holds."""
    return int(told(dashboard, "/v1/health")["counts"]["Document"])


def test_a_hostile_text_is_read_on_trial_by_keys_and_then_stored(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/ingest")
    before = documents(dashboard)
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.insert_text(TEXT)
    page.get_by_role("button", name="Read on trial").press("Enter")
    page.locator("#preview").wait_for(timeout=120_000)
    claims = page.get_by_role("group", name="The text with what was found")
    assert claims.inner_text() == TEXT  # as characters, whatever they look like
    assert page.locator("img").count() == 0
    assert page.title() == "Ingest · talentgraph"
    for chosen in page.locator("#preview ~ .both ol .what").all():
        chosen.press("Enter")
        expect(chosen).to_have_attribute("aria-pressed", "true")
        assert "".join(claims.locator("mark").all_inner_texts()) == chosen.inner_text()
    expect(page.locator("ol > li").first).to_contain_text("recruiter Thistlewick Batteries")
    assert documents(dashboard) == before
    page.get_by_role("button", name="Store", exact=True).press("Enter")
    finished(page)
    expect(page.locator("[data-run] .path").first).to_have_text("pasted text")
    assert documents(dashboard) == before + 1
    assert page.locator("img").count() == 0


def test_a_text_file_is_shown_and_one_that_cannot_be_read_is_retried_and_dropped(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/ingest")
    plain, broken = tmp_path / "plain.txt", tmp_path / "broken.pdf"
    plain.write_text("Ten engineers moved to Graz.", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    page.get_by_label("Files", exact=True).set_input_files(plain)
    expect(page.get_by_label("Text", exact=True)).to_have_value("Ten engineers moved to Graz.")
    page.get_by_label("Files", exact=True).set_input_files(broken)
    page.get_by_role("button", name="Read on trial").click()
    expect(page.locator("#preview")).to_contain_text("broken.pdf", timeout=120_000)
    page.get_by_role("button", name="Store", exact=True).click()
    finished(page)
    held = page.locator("section", has=page.locator("#quarantine"))
    expect(held.locator("li .path")).to_have_text("broken.pdf")  # not where it lies on the server
    expect(page.locator("[data-run] .path").first).to_have_text("broken.pdf")
    accessible(page)
    held.get_by_role("button", name=re.compile("^Try again")).click()
    expect(page.locator("[data-run]", has_text="quarantine retry")).to_have_attribute("data-status", "finished")
    held.get_by_role("button", name=re.compile("^Drop:")).press("Enter")
    held.get_by_role("button", name=re.compile("^Drop for good")).press("Enter")
    expect(held).to_contain_text("Nothing is in quarantine.")


def test_files_and_addresses_are_marked_before_they_are_stored(visit: Visit, dashboard: Served, tmp_path: Path) -> None:
    page, before = visit.open("/ingest"), documents(dashboard)
    sent = [tmp_path / "letter.docx", tmp_path / "report.pdf"]
    sent[0].write_bytes(made.docx(made.paragraph(TEXT.partition("\n")[0])))
    sent[1].write_bytes(made.pdf(["A university in Graz hired ten AI researchers from Oslo."]))
    page.get_by_label("Files", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Read on trial").press("Enter")
    page.locator("#preview-1").wait_for(timeout=120_000)
    for name in ("letter.docx", "report.pdf"):
        shown = page.get_by_role("group", name=f"{name}: The text with what was found")
        assert "hired ten" in "".join(shown.locator("mark").all_inner_texts())
    page.get_by_role("button", name="Take the files away").click()
    page.locator("label.url input").fill("http://127.0.0.1:9/article")
    page.get_by_role("button", name="Read on trial").press("Enter")
    expect(page.locator("#preview")).to_contain_text("127.0.0.1", timeout=120_000)
    assert documents(dashboard) == before


def test_what_cannot_be_taken_in_is_told(visit: Visit) -> None:
    page = visit.open("/ingest")
    page.get_by_label("Text", exact=True).fill("Ten engineers moved to Graz.")
    for name, wrong in (("date", "2026-02-31"), ("url", "not an address")):
        field = page.locator(f"label.{name} input")
        field.evaluate("(field) => (field.type = 'text')")
        field.fill(wrong)
        page.get_by_role("button", name="Store", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text(wrong)
        expect(page.get_by_label("Text", exact=True)).to_have_value("Ten engineers moved to Graz.")
        field.fill("")
    visit.wrong.clear()  # the browser tells refused requests on the console


def test_the_page_asks_for_a_key_and_keeps_it_for_the_tab(chromium: Browser, dashboard: Served) -> None:
    _, secret = Keys(dashboard.home).create("reader", ["read"])
    elsewhere = {"X-Forwarded-For": "192.0.2.7"}  # as a proxy passes on what another machine asks
    with visiting(
        chromium, dashboard.address, headers=elsewhere, width=375, locale="zh-CN", dark=True, refused=True
    ) as visit:
        page = visit.open("/")
        field = page.locator("input[type=password]")
        expect(page.get_by_text("此服务器要求 API 密钥。")).to_be_visible()
        accessible(page)
        field.fill("tg_wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_text("密钥被拒绝")).to_be_visible()
        field.fill(secret)
        page.keyboard.press("Enter")
        expect(page.locator("#region-fields table")).to_be_visible()
        page.reload()
        expect(page.locator("#region-fields table")).to_be_visible()
        with page.expect_download() as download:
            page.locator("#region-fields a[download]").click()
        assert download.value.path().read_text(encoding="utf-8-sig").startswith("region_id")
        page.goto(dashboard.address + "/ingest")
        expect(page.get_by_role("alert").last).to_contain_text("ingest")  # the key has not that scope
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        accessible(page)
        page.get_by_role("button", name="忘记密钥").click()
        expect(page.get_by_text("此服务器要求 API 密钥。")).to_be_visible()
