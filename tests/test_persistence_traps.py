"""Every trap of persistence springs, and its cure, beside it, holds."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from storage import FILL_STORAGE


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#persistence-traps-{name}")


def drawn_later() -> list[Any]:
    """Return all that callbacks draw on this page (used by the tests of ids)."""
    from callbacks.persistence_traps import VIEWS, draw_release, draw_view

    return [draw_release("old"), *map(draw_view, VIEWS)]


def choose(page: Page, name: str, label: str) -> None:
    field(page, name).get_by_label(label).check()


def open_page(page: Page) -> None:
    """Open the page and wait until every callback has answered."""
    page.goto("/persistence-traps")
    wait_until_drawn(page)


def wait_until_drawn(page: Page) -> None:
    expect(field(page, "changed")).to_be_visible()
    expect(field(page, "shared")).to_be_visible()
    page.wait_for_load_state("networkidle")


def reload(page: Page) -> None:
    page.reload()
    wait_until_drawn(page)


def test_a_callback_that_writes_on_load_overwrites_what_was_kept(page: Page) -> None:
    open_page(page)
    for name in ("overwritten", "guarded"):
        field(page, name).fill("mine")
    reload(page)
    expect(field(page, "overwritten")).to_have_value("set by the callback")
    expect(field(page, "guarded")).to_have_value("mine")


def test_a_value_that_a_callback_writes_is_kept_too(page: Page) -> None:
    open_page(page)
    field(page, "set").click()
    expect(field(page, "guarded")).to_have_value("set by the callback")
    reload(page)
    expect(field(page, "guarded")).to_have_value("set by the callback")


def test_a_changed_initial_value_deletes_what_was_kept_for_good(page: Page) -> None:
    open_page(page)
    for name in ("changed", "versioned"):
        field(page, name).fill("mine")
    choose(page, "default", "version new")
    for name in ("changed", "versioned"):
        expect(field(page, name)).to_have_value("from the second release")
    choose(page, "default", "version old")
    expect(field(page, "versioned")).to_have_value("mine")
    expect(field(page, "changed")).to_have_value("from the first release")


def test_two_pages_that_share_an_id_share_the_value(page: Page) -> None:
    open_page(page)
    field(page, "shared").fill("entered on A")
    field(page, "own-a").fill("entered on A")
    choose(page, "page", "Page B")
    expect(field(page, "own-b")).to_have_value("")
    expect(field(page, "shared")).to_have_value("entered on A")


def test_without_an_id_nothing_is_kept(page: Page) -> None:
    open_page(page)
    nameless = page.get_by_label("Trap: persistence without an id")
    nameless.fill("mine")
    field(page, "with-id").fill("mine")
    reload(page)
    expect(field(page, "with-id")).to_have_value("mine")
    expect(nameless).to_have_value("")


def test_a_none_beside_new_options_wins_over_what_was_kept(page: Page) -> None:
    open_page(page)
    for name in ("emptied", "restored"):
        field(page, name).select_option("Fenway")
    choose(page, "city", "London")
    for name in ("emptied", "restored"):
        field(page, name).select_option("Hackney")
    choose(page, "city", "Boston")
    expect(field(page, "restored")).to_have_value("Fenway")
    expect(field(page, "emptied")).to_have_value("")


def test_a_kept_value_that_is_no_longer_offered_is_shown_as_not_available(page: Page) -> None:
    open_page(page)
    field(page, "dropped").click()
    page.get_by_role("dialog").get_by_role("option", name="Pear").click()
    field(page, "told").select_option("Pear")
    choose_not = field(page, "stock").get_by_label("Pear")
    choose_not.uncheck()
    reload(page)
    expect(field(page, "dropped")).not_to_contain_text("Pear")
    expect(field(page, "told").locator("option:checked")).to_have_text("Pear (not available)")
    expect(field(page, "told")).to_have_value("Pear")
    field(page, "told").select_option("Plum")
    expect(field(page, "told").locator("option", has_text="not available")).to_have_count(0)


def test_a_full_storage_loses_what_was_kept_before(page: Page, trouble: list[str]) -> None:
    open_page(page)
    field(page, "with-id").fill("mine")
    page.evaluate(FILL_STORAGE)
    reload(page)
    expect(field(page, "with-id")).to_have_value("")
    expect(page.locator(".storage-warning")).to_contain_text("is full")
    assert "localStorage init first try failed; clearing and retrying" in str(trouble)
    trouble.clear()


@pytest.mark.parametrize("name", ["draw_release", "draw_view", "neighborhoods"])
@pytest.mark.parametrize("choice", [None, "elsewhere", 7])
def test_an_unknown_choice_gets_a_clear_answer(app: Any, name: str, choice: Any) -> None:
    import callbacks.persistence_traps as traps
    from errors import BadInput

    with pytest.raises(BadInput, match="Choose"):
        getattr(traps, name)(choice)
