"""The home page leads to the right storage, and its answer can be shared as an address."""

import re

import pytest
from playwright.sync_api import Page, expect

import app  # noqa: F401 - fills the page registry
from components.registry import patterns


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_the_chooser_recommends_one_place_and_says_why(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#home-answer")).to_contain_text("Use a Memory store")
    choose(page, "How long must it last?", "Over a reload")
    expect(page.locator("#home-answer")).to_contain_text("Use a Session store")
    expect(page.locator("#home-answer")).to_contain_text("It survives: page change, reload")
    choose(page, "Who shares the value?", "One browser")
    expect(page.locator("#home-answer")).to_contain_text("Use a Local store")


def test_the_chooser_says_what_another_answer_would_change(page: Page) -> None:
    page.goto("/?last=reload")
    others = page.locator("#home-answer li", has_text="One browser")
    expect(others.get_by_role("link")).to_have_text("Local store")
    others.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Click counters")


def test_what_cannot_be_is_said(page: Page) -> None:
    page.goto("/?last=closed")
    expect(page.locator("#home-answer")).to_contain_text("What belongs to one tab ends with it")


def test_the_answers_are_part_of_the_address(page: Page) -> None:
    page.goto("/")
    choose(page, "Who shares the value?", "One browser")
    choose(page, "How long must it last?", "After the tab is closed")
    expect(page.locator("#home-answer")).to_contain_text("Local store")
    expect(page).to_have_url(re.compile(r"/\?who=browser&last=closed$"))
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(tab.locator("#home-answer")).to_contain_text("Use a Local store")


@pytest.mark.parametrize("query", ["?who=martian", "?who=", "?other=1", "?who=tab&who=browser", "?last=%00"])
def test_an_answer_that_is_none_of_the_options_is_left_out(page: Page, query: str) -> None:
    page.goto("/" + query)
    expect(page.locator("#home-answer .answer-name")).to_be_visible()


def test_the_matrix_can_be_filtered_and_sorted(page: Page) -> None:
    page.goto("/")
    rows = page.locator("#home-matrix-rows tr")
    everything = sum(len(pattern.places) for pattern in patterns())
    expect(rows).to_have_count(everything)
    page.get_by_role("group", name="Only what survives").get_by_label("new tab").check()
    for row in page.locator("#home-matrix-rows tr").all():
        expect(row).to_have_attribute("data-survives", re.compile("new tab"))
    page.locator("#home-matrix-word").fill("nothing has this word")
    expect(page.locator("#home-matrix-none")).to_be_visible()
    page.locator("#home-matrix-word").fill("")
    page.get_by_role("group", name="Only what survives").get_by_label("new tab").uncheck()
    expect(rows).to_have_count(everything)
    page.locator("#home-matrix-sort").select_option("bytes")
    expect(rows.first.locator(".number")).to_have_text(f"{min(p.wire_bytes for q in patterns() for p in q.places):,}")


def test_on_a_phone_every_row_is_a_card_with_labels(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    cell = page.locator("#home-matrix-rows td").first
    expect(cell).to_be_visible()
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"tab switch"'
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
