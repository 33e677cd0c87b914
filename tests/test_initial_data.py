"""A store's initial data reaches some callbacks and not others: which ones, and when."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

KEPT = ("session", "local")
KINDS = ("memory", *KEPT)
LAYOUT = {"from": "the layout"}


def expect_called(page: Page, store: str, data: str, timestamp: str) -> None:
    """Expect what the two listeners of a store of the laboratory, e.g. `local-given`, say of their calls."""
    expect(page.locator(f"#initial-data-{store}-data")).to_have_text(data)
    expect(page.locator(f"#initial-data-{store}-timestamp")).to_have_text(timestamp)


def kept(page: Page, store: str) -> Any:
    """Return what the browser keeps of a session or local store, as text, or None."""
    return page.evaluate(f"{store.split('-')[0]}Storage.getItem('initial-data-{store}-store')")


def open_laboratory(page: Page) -> Page:
    """Open the page and wait until every load callback that will come has come."""
    page.goto("/initial-data")
    return settle(page)


def settle(page: Page) -> Page:
    """Wait until the page that is being opened has made all its calls: these are the last to come."""
    expect(page.locator("#initial-data-by-timestamp")).to_have_text("7")
    expect_called(page, "local-empty", "called with None", "called with -1")
    page.wait_for_load_state("networkidle")
    return page


def open_tab(page: Page) -> Page:
    """Open the page in another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto("/initial-data")
    expect(tab.locator("#initial-data-by-timestamp")).to_have_text("7")
    tab.wait_for_load_state("networkidle")
    return tab


def timestamp(page: Page) -> int:
    """Return when a tab believes the local store was last written."""
    found: int = page.evaluate(
        "dash_component_api.getLayout('initial-data-local-given-store').props.modified_timestamp"
    )
    return found


def press(page: Page, button: str) -> None:
    page.locator(f"#initial-data-{button}").click()


@pytest.fixture
def laboratory(page: Page) -> Page:
    """The page as a new visitor sees it, when all is quiet."""
    return open_laboratory(page)


def test_a_callback_on_data_misses_the_initial_data_when_another_outputs_it(laboratory: Page) -> None:
    expect(laboratory.locator("#initial-data-by-data")).to_have_text("–")
    press(laboratory, "button")
    expect(laboratory.locator("#initial-data-by-data")).to_have_text("8")


def test_a_callback_on_the_timestamp_gets_the_initial_data(laboratory: Page) -> None:
    expect(laboratory.locator("#initial-data-by-timestamp")).to_have_text("7")
    press(laboratory, "button")
    expect(laboratory.locator("#initial-data-by-timestamp")).to_have_text("8")


def test_a_first_load_with_layout_data_calls_the_timestamp_only(laboratory: Page) -> None:
    for kind in KINDS:
        expect_called(laboratory, f"{kind}-given", "not called", "called with a time")


def test_a_reload_calls_neither_when_what_was_kept_is_what_the_layout_says(laboratory: Page) -> None:
    laboratory.reload()
    settle(laboratory)
    for kind in KEPT:
        expect_called(laboratory, f"{kind}-given", "not called", "not called")


def test_a_reload_calls_both_when_what_was_kept_differs_from_the_layout(laboratory: Page) -> None:
    press(laboratory, "write")
    for kind in KINDS:
        expect_called(laboratory, f"{kind}-given", "called with the click", "called with a time, then a time")
    press(laboratory, "reload")
    for kind in KEPT:
        expect_called(laboratory, f"{kind}-given", "called with the click", "called with a time")
    expect_called(laboratory, "memory-given", "not called", "called with a time")


def test_an_empty_store_calls_with_none_except_in_memory(laboratory: Page) -> None:
    for kind in KEPT:
        expect_called(laboratory, f"{kind}-empty", "called with None", "called with -1")
    expect_called(laboratory, "memory-empty", "not called", "not called")


def test_layout_data_is_back_on_the_reload_after_a_clear(laboratory: Page) -> None:
    press(laboratory, "write")
    for kind in KEPT:
        expect_called(laboratory, f"{kind}-given", "called with the click", "called with a time, then a time")
    press(laboratory, "clear")
    for kind in KEPT:
        expect(laboratory.locator(f"#initial-data-{kind}-given-data")).to_have_text("called with the click, then None")
        assert kept(laboratory, f"{kind}-given") is None
    laboratory.reload()
    settle(laboratory)
    for kind in KEPT:
        assert json.loads(kept(laboratory, f"{kind}-given")) == LAYOUT
        assert kept(laboratory, f"{kind}-empty") is None


def test_writing_none_stores_null_and_the_layout_is_back_on_reload(laboratory: Page) -> None:
    press(laboratory, "write-none")
    for kind in KEPT:
        expect(laboratory.locator(f"#initial-data-{kind}-given-data")).to_have_text("called with None")
        assert kept(laboratory, f"{kind}-given") == "null"
    laboratory.reload()
    settle(laboratory)
    for kind in KEPT:
        assert json.loads(kept(laboratory, f"{kind}-given")) == LAYOUT


def test_the_timestamp_lags_one_write_behind_in_another_tab(laboratory: Page) -> None:
    tab = open_tab(laboratory)
    calls = []
    # Not at every write: the browser tells the other tab of the data and of its time one after the other.
    for button, value in [("write", "the click"), ("write-none", "None")] * 5:
        press(laboratory, button)
        calls.append(value)
        expect(tab.locator("#initial-data-local-given-data")).to_have_text("called with " + ", then ".join(calls))
        if timestamp(tab) < timestamp(laboratory):
            return
    pytest.fail("the timestamp was that of the same write every time")


def test_a_reload_after_a_clear_pushes_layout_data_into_other_tabs(laboratory: Page) -> None:
    press(laboratory, "write")
    expect(laboratory.locator("#initial-data-local-given-data")).to_have_text("called with the click")
    tab = open_tab(laboratory)
    expect(tab.locator("#initial-data-local-given-data")).to_have_text("called with the click")
    press(laboratory, "clear")
    expect(tab.locator("#initial-data-local-given-data")).to_have_text("called with the click, then None")
    laboratory.reload()
    expect(tab.locator("#initial-data-local-given-data")).to_have_text(
        "called with the click, then None, then the layout"
    )
    expect(tab.locator("#initial-data-local-empty-data")).to_have_text("called with the click, then None")


def test_calls_noted_on_an_earlier_visit_are_forgotten(laboratory: Page) -> None:
    expect_called(laboratory, "memory-given", "not called", "called with a time")
    laboratory.get_by_role("link", name="Click counters").first.click()
    expect(laboratory.get_by_role("heading", level=1)).to_have_text("Click counters")
    laboratory.get_by_role("link", name="Initial store data").first.click()
    expect_called(laboratory, "memory-given", "not called", "called with a time")


def test_a_click_adds_one(app: Any) -> None:
    from callbacks.initial_data import add_one

    assert add_one(1, {"count": 7}) == {"count": 8}


@pytest.mark.parametrize("n_clicks", [None, 0])
def test_no_click_prevents_the_update(app: Any, n_clicks: int | None) -> None:
    from dash.exceptions import PreventUpdate

    from callbacks.initial_data import add_one

    with pytest.raises(PreventUpdate):
        add_one(n_clicks, {"count": 7})


def test_both_readers_show_what_the_store_holds(app: Any) -> None:
    from callbacks.initial_data import show_by_data, show_by_timestamp

    assert show_by_data({"count": 7}) == 7
    assert show_by_timestamp(None, {"count": 7}) == 7


@pytest.mark.parametrize("stored", [None, {}, [], "7", {"count": "7"}, {"count": None}, {"count": True}])
def test_a_store_that_holds_no_number_gets_a_clear_answer(app: Any, stored: Any) -> None:
    from callbacks.initial_data import add_one, show_by_data, show_by_timestamp
    from errors import BadInput

    for call in (lambda: add_one(1, stored), lambda: show_by_data(stored), lambda: show_by_timestamp(1, stored)):
        with pytest.raises(BadInput, match="Reload the page"):
            call()
