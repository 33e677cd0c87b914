"""What holds for every page, whichever there are. Any message, failed or foreign request fails too."""

import pytest
from conftest import until
from look import DESKTOP, PHONE, violations, visit
from playwright.sync_api import Page, expect

import app  # noqa: F401 - fills the page registry
from components.registry import pages, patterns

ADDRESSES = [page["path"] for page in pages()]
WITH_A_DEMO = {pattern.path for pattern in patterns()}

UNLABELLED = """() => [...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea")]
  .filter((control) => control.offsetParent !== null)
  .filter((control) => !control.innerText?.trim() && !control.labels?.length)
  .filter((control) => !control.matches("[aria-label], [aria-labelledby], [title], [placeholder]"))
  .map((control) => control.outerHTML.slice(0, 120))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def expect_the_demo_above_the_fold(page: Page) -> None:
    demo = page.locator("#demo")
    expect(demo).to_be_in_viewport()
    top, height = demo.bounding_box(), page.viewport_size
    assert top
    assert height
    assert top["y"] < height["height"] * 0.55


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_quiet_headed_labelled_accessible_and_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(DESKTOP)
    visit(page, address)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("meta[name=description]")).not_to_have_attribute("content", "")
    expect(page.locator(".shell-side a.active")).to_have_count(1)
    expect(page.locator(".shell-side a.active")).to_have_attribute("href", address)
    if address in WITH_A_DEMO:
        expect_the_demo_above_the_fold(page)
    assert page.evaluate(UNLABELLED) == []
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    until(page, f"{TOO_WIDE} === 0")
    if address in WITH_A_DEMO:
        page.evaluate("scrollTo(0, 0)")
        expect_the_demo_above_the_fold(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_as_easy_to_read_in_the_dark(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page, address)
    assert violations(page, ["color-contrast"]) == []


def test_every_page_has_a_title_and_a_description_of_its_own() -> None:
    for part in ("title", "description"):
        assert len({page[part] for page in pages()}) == len(pages()), part
