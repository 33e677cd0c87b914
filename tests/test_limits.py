"""This browser's limits are measured without a trace, and a guarded store loses nothing at them."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from storage import BLOCK_STORAGE

GUARDED = "storage-atlas:limits-guarded-store"
PLAIN = "limits-plain-store"
KEYS = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(key => /probe|filler/.test(key))"


def part(page: Page, name: str) -> Any:
    return page.locator(f"#limits-{name}")


def expect_notes(page: Page, kind: str, *, shown: int, stored: int) -> None:
    """Expect so many notes in the page, and so many in storage."""
    expect(part(page, f"{kind}-notes")).to_have_text(str(shown))
    expect(part(page, f"{kind}-stored")).to_have_text(str(stored))


def fill(page: Page) -> None:
    part(page, "fill").click()
    expect(part(page, "filled")).to_contain_text("Local storage is full")


def alert(page: Page) -> Any:
    """What a guarded store tells the visitor."""
    return page.locator("#at-the-limit ~ .row [role=alert]")


def write(page: Page, _place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/limits")
    part(page, "guarded-add").click()
    expect_notes(page, "guarded", shown=1, stored=1)


def read(page: Page, _place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect(part(page, "guarded-notes")).to_have_text("1" if kept else "0")


def interact(page: Page, _place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    part(page, "guarded-add").click()
    expect(part(page, "guarded-notes")).to_have_text("2")


@pytest.fixture
def full(page: Page) -> Page:
    """A page with one note in each store, and no room for another."""
    page.goto("/limits")
    for kind in ("plain", "guarded"):
        part(page, f"{kind}-add").click()
        expect_notes(page, kind, shown=1, stored=1)
    fill(page)
    return page


def only_the_link_was_refused(trouble: list[str]) -> None:
    """Expect the one refusal that a measurement provokes, and forget it."""
    assert trouble
    assert [line for line in trouble if "414" not in line] == []
    trouble.clear()


def test_it_measures_this_browser_and_leaves_nothing_behind(page: Page, trouble: list[str]) -> None:
    page.goto("/limits")
    part(page, "plain-add").click()
    expect_notes(page, "plain", shown=1, stored=1)
    before = page.evaluate("[{...localStorage}, {...sessionStorage}, document.cookie, location.href]")
    part(page, "measure").click()
    expect(part(page, "origin")).to_contain_text("MB")
    for storage in ("local", "session"):
        measured = int(part(page, storage).inner_text().split()[0].replace(",", ""))
        assert 5_242_000 <= measured <= 5_242_880
    expect(part(page, "local")).not_to_contain_text("; 0 are in use")
    expect(part(page, "cookie")).to_contain_text("4,096 bytes")
    expect(part(page, "address")).to_contain_text("2,000,000")
    assert page.evaluate("[{...localStorage}, {...sessionStorage}, document.cookie, location.href]") == before
    only_the_link_was_refused(trouble)


def test_storage_counts_utf_16_code_units(page: Page, trouble: list[str]) -> None:
    page.goto("/limits")
    part(page, "measure").click()
    expect(part(page, "local")).to_contain_text("😀")
    latin, emoji = (int(n.replace(",", "")) for n in re.findall(r"[\d,]{6,}", part(page, "local").inner_text())[:2])
    assert latin / emoji == pytest.approx(2, rel=0.001)
    expect(part(page, "origin")).to_contain_text("MB")
    only_the_link_was_refused(trouble)


def test_the_server_refuses_a_long_link_before_the_browser_does(page: Page, trouble: list[str]) -> None:
    page.goto("/limits")
    for size, status in ((2_000, 200), (8_000, 414)):
        assert page.request.get("/limits?" + "x" * size).status == status
    part(page, "measure").click()
    expect(part(page, "link")).to_have_text(
        "This server refuses one of 8,000 characters with status 414, and takes 4,000."
    )
    expect(part(page, "address")).to_contain_text("At least 2,000,000")
    only_the_link_was_refused(trouble)


def test_a_guarded_store_tells_loses_nothing_and_recovers(full: Page) -> None:
    part(full, "guarded-add").click()
    expect(alert(full)).to_contain_text("storage for this site is full")
    expect_notes(full, "guarded", shown=2, stored=1)
    part(full, "guarded-add").click()
    expect_notes(full, "guarded", shown=3, stored=1)
    part(full, "make-room").click()
    expect_notes(full, "guarded", shown=3, stored=3)
    expect(alert(full)).to_have_count(0)
    full.reload()
    expect_notes(full, "guarded", shown=3, stored=3)


def test_a_plain_store_dies_in_silence(full: Page, trouble: list[str]) -> None:
    part(full, "plain-add").click()
    expect_notes(full, "plain", shown=2, stored=1)
    expect(full.locator("#at-the-limit ~ .row [role=alert]")).to_have_count(0)
    part(full, "make-room").click()
    expect(part(full, "filled")).to_have_text("There is room again.")
    part(full, "plain-add").click()
    expect_notes(full, "plain", shown=3, stored=1)
    full.reload()
    expect_notes(full, "plain", shown=1, stored=1)
    assert all("QuotaExceededError" in line or "exceeded the quota" in line for line in trouble)
    trouble.clear()


def test_value_and_time_arrive_in_another_tab_together(page: Page) -> None:
    write(page, "guarded")
    tab = page.context.new_page()
    tab.goto("/limits")
    for notes in (2, 3):
        part(page, "guarded-add").click()
        expect_notes(tab, "guarded", shown=notes, stored=notes)
        known = tab.evaluate("dash_component_api.getLayout('limits-guarded-store').props")
        stored = tab.evaluate(f"JSON.parse(localStorage['{GUARDED}'])")
        assert (known["modified_timestamp"], known["data"]) == (stored["at"], stored["data"])


def test_where_storage_is_blocked_it_works_and_says_so(page: Page) -> None:
    page.add_init_script(BLOCK_STORAGE)
    page.goto("/limits")
    expect(alert(page)).to_contain_text("blocks storage")
    part(page, "guarded-add").click()
    expect(part(page, "guarded-notes")).to_have_text("1")
    part(page, "fill").click()
    expect(part(page, "filled")).to_contain_text("blocks storage")
    page.reload()
    expect(part(page, "guarded-notes")).to_have_text("0")


def test_what_was_cleared_by_hand_is_stored_again_at_the_next_change(page: Page) -> None:
    write(page, "guarded")
    page.evaluate("localStorage.clear()")
    expect_notes(page, "guarded", shown=1, stored=0)
    part(page, "guarded-add").click()
    expect_notes(page, "guarded", shown=2, stored=2)
    # Another tab is told of it, as a plain store is.
    tab = page.context.new_page()
    tab.goto("/limits")
    expect_notes(tab, "guarded", shown=2, stored=2)
    page.evaluate("localStorage.clear()")
    expect_notes(tab, "guarded", shown=0, stored=0)


def test_what_still_waits_for_room_outlasts_a_removal_in_another_tab(full: Page) -> None:
    part(full, "guarded-add").click()
    expect(alert(full)).to_be_visible()
    tab = full.context.new_page()
    tab.goto("/clicks")
    tab.evaluate("localStorage.clear()")
    expect_notes(full, "guarded", shown=2, stored=2)


def test_what_nobody_wrote_into_its_key_counts_as_nothing(page: Page) -> None:
    page.goto("/limits")
    for garbage in ("no JSON", "5", "null", '{"notes": 9}', '{"at": "now", "data": 9}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [GUARDED, garbage])
        page.reload()
        part(page, "guarded-add").click()
        expect_notes(page, "guarded", shown=1, stored=1)


def test_clear_empties_the_store_and_removes_its_key(page: Page) -> None:
    write(page, "guarded")
    part(page, "guarded-clear").click()
    expect_notes(page, "guarded", shown=0, stored=0)
    assert page.evaluate(f"localStorage.getItem('{GUARDED}')") is None
    part(page, "guarded-add").click()
    expect_notes(page, "guarded", shown=1, stored=1)


def test_storage_is_full_only_while_the_visitor_is_there(full: Page) -> None:
    assert full.evaluate(KEYS)
    full.get_by_role("link", name="Dash Storage Atlas").click()
    expect(full.locator("#matrix")).to_be_visible()
    assert full.evaluate(KEYS) == []
    full.goto("/limits")
    fill(full)
    full.goto("/clicks")
    assert full.evaluate(KEYS) == []


def test_what_a_dead_tab_left_behind_is_removed_by_the_next_page(page: Page) -> None:
    page.add_init_script("localStorage['limits-probe-0'] = sessionStorage['limits-filler-3'] = 'x'.repeat(1000)")
    page.goto("/clicks")
    expect(page.locator("#clicks-local-count")).to_have_text("0")
    assert page.evaluate(KEYS) == []
