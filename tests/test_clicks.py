"""The click counters keep what each storage type promises, and no more."""

from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, expect

KINDS = ("memory", "session", "local")


def count_of(page: Page, kind: str) -> Any:
    return page.locator(f"#clicks-{kind}-count")


def click(page: Page, kind: str, times: int = 1) -> None:
    """Click one counter and wait until it has counted."""
    for _ in range(times):
        before = int(count_of(page, kind).inner_text())
        page.locator(f"#clicks-{kind}-button").click()
        expect(count_of(page, kind)).to_have_text(str(before + 1))


def expect_counts(page: Page, **counts: int) -> None:
    """Expect each named counter to show its number."""
    for kind, count in counts.items():
        expect(count_of(page, kind)).to_have_text(str(count))


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/clicks")
    click(page, place)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    # Empty until the page has read its store, so neither can be expected too early.
    expect(page.locator(f"#clicks-{place}-when")).to_contain_text("last changed" if kept else "never written")
    expect_counts(page, **{place: 1 if kept else 0})


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    click(page, place)


@pytest.fixture
def clicked(page: Page) -> Page:
    """A page on which every counter was clicked twice."""
    page.goto("/clicks")
    for kind in KINDS:
        click(page, kind, times=2)
    return page


def test_a_reload_forgets_memory_only(clicked: Page) -> None:
    clicked.reload()
    expect_counts(clicked, session=2, local=2, memory=0)


def test_a_new_tab_shares_local_only(clicked: Page) -> None:
    tab = clicked.context.new_page()
    tab.goto("/clicks")
    expect_counts(tab, local=2, memory=0, session=0)


def test_another_visitor_shares_nothing(clicked: Page, other_visitor: Page) -> None:
    other_visitor.goto("/clicks")
    click(other_visitor, "local")
    expect_counts(other_visitor, memory=0, session=0, local=1)
    expect_counts(clicked, memory=2, session=2, local=2)


def test_a_memory_store_is_forgotten_by_a_page_change(clicked: Page) -> None:
    clicked.get_by_role("link", name="Dash Storage Atlas").click()
    expect(clicked.get_by_role("heading", level=1)).not_to_have_text("Click counters")
    clicked.get_by_role("link", name="Click counters").first.click()
    expect_counts(clicked, session=2, local=2, memory=0)


def test_nothing_is_stored_before_the_first_click(page: Page) -> None:
    page.goto("/clicks")
    expect_counts(page, memory=0, session=0, local=0, twin=0)
    for storage in ("localStorage", "sessionStorage"):
        keys = page.evaluate(f"Object.keys({storage}).filter(key => key.startsWith('clicks-'))")
        assert keys == []


@pytest.mark.parametrize("kind", KINDS)
def test_clear_empties_the_store_and_removes_its_key(clicked: Page, kind: str) -> None:
    clicked.locator(f"#clicks-{kind}-clear").click()
    expect_counts(clicked, **{**dict.fromkeys(KINDS, 2), kind: 0})
    keys = clicked.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert f"clicks-{kind}-store" not in keys
    click(clicked, kind)


def test_the_clientside_twin_makes_no_request(page: Page) -> None:
    page.goto("/clicks")
    expect_counts(page, memory=0, session=0, local=0, twin=0)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for _ in range(3):
        click(page, "twin")
    expect(page.locator("#wire-requests")).to_have_text("0")
    assert requests == []
    page.reload()
    expect_counts(page, twin=3)


def test_the_time_of_the_last_change_is_shown(page: Page) -> None:
    page.goto("/clicks")
    expect(page.locator("#clicks-session-when")).to_have_text("never written")
    click(page, "session")
    expect(page.locator("#clicks-session-when")).to_contain_text("last changed")


def test_a_store_edited_by_hand_gets_a_clear_answer(page: Page) -> None:
    page.goto("/clicks")
    page.evaluate("localStorage.setItem('clicks-local-store', JSON.stringify({clicks: 'many'}))")
    page.reload()
    expect(page.locator("#shell-notice")).to_contain_text("not a number of clicks")
    page.locator("#clicks-local-clear").click()
    click(page, "local")


def test_no_click_writes_nothing(app: Any) -> None:
    from dash.exceptions import PreventUpdate

    from callbacks.clicks import count_click

    for n_clicks in (None, 0):
        with pytest.raises(PreventUpdate):
            count_click(n_clicks, None)


@pytest.mark.parametrize(("stored", "expected"), [(None, 1), ({}, 1), ({"clicks": 4}, 5)])
def test_a_click_adds_one_to_what_was_stored(app: Any, stored: Any, expected: int) -> None:
    from callbacks.clicks import count_click

    assert count_click(1, stored) == {"clicks": expected}


@pytest.mark.parametrize("stored", ["text", [1], {"clicks": "4"}, {"clicks": True}, {"clicks": -1}, {"n": 1}, 5])
def test_what_the_page_did_not_write_is_refused(app: Any, stored: Any) -> None:
    from callbacks.clicks import clicks_in
    from errors import BadInput

    with pytest.raises(BadInput, match="Press Clear"):
        clicks_in(stored)


def test_clicks_faster_than_the_answers_are_lost_except_in_the_browser(page: Page) -> None:
    # Every answer takes longer than the five clicks do.
    page.add_init_script("""
      const browserFetch = window.fetch;
      window.fetch = async (...request) => {
        const answer = await browserFetch(...request);
        if (window.slow) await new Promise((resolve) => setTimeout(resolve, 1000));
        return answer;
      };
    """)
    page.goto("/clicks")
    expect(page.locator("#clicks-memory-count")).to_have_text("0")
    page.evaluate("window.slow = true")
    for button in ("memory", "twin"):
        page.evaluate(
            """async (id) => {
              for (let click = 0; click < 5; click += 1) {
                document.getElementById(id).click();
                await new Promise((resolve) => setTimeout(resolve, 50));
              }
            }""",
            f"clicks-{button}-button",
        )
    expect(page.locator("#clicks-twin-count")).to_have_text("5")
    quiet(page)
    expect(page.locator("#clicks-memory-count")).to_have_text("1")
