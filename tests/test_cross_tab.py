"""Tabs of one browser hear what each writes, know which tab they are, and are signed out together."""

import re
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, expect
from storage import BLOCK_STORAGE, FILL_STORAGE


def part(page: Page, name: str) -> Any:
    return page.locator(f"#cross-tab-{name}")


def open_page(page: Page) -> Page:
    """Open the page and wait until it knows which tab it is."""
    page.goto("/cross-tab")
    return ready(page)


def ready(page: Page) -> Page:
    expect(part(page, "tab")).to_have_text(re.compile("^[0-9a-f]{8}"))
    expect(part(page, "login")).to_have_text(re.compile("Signed"))
    return page


def say(page: Page, text: str) -> None:
    part(page, "text").fill(text)
    part(page, "write").click()
    expect(part(page, "said")).to_have_text(text)


def tab_id(page: Page) -> str:
    return str(part(page, "tab").inner_text())[:8]


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    say(page, f"by {place}")
    expect(part(page, "local")).to_have_text(f"by {place}")


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    ready(page)
    shown = part(page, "local" if place == "local" else "said")
    expect(shown).to_have_text(f"by {place}" if kept else "nothing")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    say(page, f"again by {place}")


@pytest.fixture
def tabs(page: Page) -> tuple[Page, Page]:
    """Two tabs of one visitor, both on the page."""
    return open_page(page), open_page(page.context.new_page())


def test_a_write_arrives_in_the_other_tab_without_a_request(tabs: tuple[Page, Page]) -> None:
    here, there = tabs
    for tab in tabs:
        quiet(tab)
    requests: list[str] = []
    here.context.on("request", lambda request: requests.append(request.url))
    for text in ("first", "second"):
        say(here, text)
        expect(part(there, "local")).to_have_text(text)
        expect(part(there, "said")).to_have_text(text)
    expect(part(here, "session")).to_have_text("second")
    expect(part(there, "session")).to_have_text("nothing")
    say(there, "back")
    expect(part(here, "local")).to_have_text("back")
    expect(part(here, "said")).to_have_text("back")
    expect(part(here, "session")).to_have_text("second")
    expect(here.locator("#wire-requests")).to_have_text("0")
    assert requests == []


def test_the_timestamp_lags_behind_the_data(tabs: tuple[Page, Page]) -> None:
    here, there = tabs
    say(here, "whole")
    expect(part(there, "local")).to_have_text("whole")
    expect(part(here, "lag")).not_to_contain_text("behind")
    # The moment between the two writes that Dash makes: data, then timestamp.
    here.evaluate(
        """() => localStorage.setItem("cross-tab-local-store", JSON.stringify({ text: "half", at: Date.now() }))"""
    )
    expect(part(there, "local")).to_have_text("half")
    expect(part(there, "lag")).to_contain_text("which is behind")


def test_window_open_copies_session_storage_and_a_link_does_not(page: Page) -> None:
    open_page(page)
    say(page, "mine")
    for button, copied in (("open", "mine"), ("link", "nothing")):
        with page.context.expect_page() as opened:
            part(page, button).click()
        tab = ready(opened.value)
        expect(part(tab, "local")).to_have_text("mine")
        expect(part(tab, "session")).to_have_text(copied)


def test_a_new_tab_asks_the_open_ones(page: Page) -> None:
    open_page(page)
    say(page, "in memory")
    tab = open_page(page.context.new_page())
    expect(part(tab, "said")).to_have_text("in memory")
    page.close()
    tab.reload()
    ready(tab)
    quiet(tab)
    expect(part(tab, "said")).to_have_text("nothing")


def test_a_copied_tab_takes_an_id_of_its_own(page: Page) -> None:
    open_page(page)
    original = tab_id(page)
    with page.context.expect_page() as opened:
        part(page, "open").click()
    copy = opened.value
    expect(part(copy, "tab")).to_have_text(re.compile(f"^[0-9a-f]{{8}}, copied from {original}$"))
    own = tab_id(copy)
    assert own != original
    assert copy.evaluate("sessionStorage.getItem('cross-tab-id')") == own
    assert tab_id(page) == original
    for tab, known in ((page, original), (copy, own)):
        tab.reload()
        ready(tab)
        quiet(tab)
        expect(part(tab, "tab")).to_have_text(known)


def test_signing_out_reaches_every_tab_and_one_that_was_asleep(tabs: tuple[Page, Page]) -> None:
    here, there = tabs
    asleep = open_page(here.context.new_page())
    part(here, "sign-in").click()
    for tab in (*tabs, asleep):
        expect(part(tab, "login")).to_have_text("Signed in")
    lifecycle = asleep.context.new_cdp_session(asleep)
    lifecycle.send("Page.setWebLifecycleState", {"state": "frozen"})
    part(there, "sign-out").click()
    for tab in tabs:
        expect(part(tab, "login")).to_have_text("Signed out")
    lifecycle.send("Page.setWebLifecycleState", {"state": "active"})
    expect(part(asleep, "login")).to_have_text("Signed out")
    asleep.reload()
    expect(part(asleep, "login")).to_have_text("Signed out")


@pytest.mark.parametrize("cleared_in", [0, 1], ids=["this-tab", "the-other-tab"])
def test_storage_cleared_by_hand_signs_every_tab_out(tabs: tuple[Page, Page], cleared_in: int) -> None:
    here, _there = tabs
    say(here, "kept")
    part(here, "sign-in").click()
    for tab in tabs:
        expect(part(tab, "login")).to_have_text("Signed in")
        expect(part(tab, "local")).to_have_text("kept")
    tabs[cleared_in].evaluate("localStorage.clear()")
    for tab in tabs:
        expect(part(tab, "login")).to_have_text("Signed out")
        expect(part(tab, "local")).to_have_text("nothing")
    say(here, "again")
    expect(part(here, "local")).to_have_text("again")


@pytest.mark.parametrize("state", ["full", "blocked"])
def test_full_or_blocked_storage_is_told_and_the_channel_goes_on(page: Page, state: str) -> None:
    if state == "blocked":
        page.context.add_init_script(BLOCK_STORAGE)
    here, there = open_page(page), open_page(page.context.new_page())
    if state == "full":
        say(here, "before")
        here.evaluate(FILL_STORAGE)
    say(here, "the show goes on")
    expect(part(there, "said")).to_have_text("the show goes on")
    warning = here.locator(".stored-now .storage-warning")
    expect(warning).to_contain_text("is full" if state == "full" else "blocks storage")
    if state == "full":
        expect(part(here, "notice")).to_contain_text("keep what they had")
        expect(part(here, "local")).to_have_text("before")
        part(here, "sign-in").click()
        expect(part(here, "login")).to_have_text("Signed out")
        # Once there is room, the same store writes again.
        here.evaluate(
            "Object.keys(localStorage).forEach(key => key.startsWith('filler') && localStorage.removeItem(key))"
        )
        say(here, "after")
        expect(part(there, "local")).to_have_text("after")
        expect(part(here, "notice")).to_be_empty()
