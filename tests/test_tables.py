"""Both tables come back as the visitor left them, and each can be reset on its own."""

import warnings
from typing import Any

import pytest
from conftest import quiet, until
from playwright.sync_api import Locator, Page, expect

ALL = 10


def rows(page: Page, grid: str = "tables-grid") -> Locator:
    return page.locator(f"#{grid} .ag-center-cols-container .ag-row")


def filter_field(page: Page, grid: str = "tables-grid") -> Locator:
    return page.locator(f"#{grid}").get_by_label("Country Filter Input")


def countries(page: Page) -> list[str]:
    """Return the countries of the grid as they are shown, from top to bottom."""
    cells = page.locator("#tables-grid .ag-cell[col-id=country]")
    return cells.evaluate_all(
        "cells => cells.sort((a, b) => a.closest('.ag-row').ariaRowIndex - b.closest('.ag-row').ariaRowIndex)"
        ".map(cell => cell.textContent)"
    )


def column_state(page: Page) -> dict[str, Any]:
    """Return the state of every column, as the grid itself says it."""
    state = page.evaluate("dash_ag_grid.getApi('tables-grid').getColumnState()")
    return {column["colId"]: column for column in state}


def open_page(page: Page) -> None:
    """Open the page and wait until the grid has its rows and its filter."""
    page.goto("/tables")
    wait_for_grid(page)


def wait_for_grid(page: Page) -> None:
    expect(rows(page).first).to_be_visible()
    # The grid applies a kept filter after its first drawing, before the page falls silent.
    quiet(page)


def choose_kind(page: Page, kind: str) -> None:
    choice = page.locator("#tables-kind").get_by_label(kind)
    if not choice.is_checked():
        # What is written into the grid before its successor arrives is gone with it.
        with page.expect_response("**/_dash-update-component?*"):
            choice.check()
    wait_for_grid(page)


def drawn_later() -> list[Any]:
    """Return all that callbacks draw on this page (used by the tests of ids)."""
    from callbacks.tables import show_tab

    return show_tab("tables", "local")


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    choose_kind(page, place)
    filter_field(page).fill("Nor")
    expect(rows(page)).to_have_count(1)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the filter to be there, or to be gone (used by the matrix)."""
    wait_for_grid(page)
    choose_kind(page, place)
    expect(filter_field(page)).to_have_value("Nor" if kept else "")
    expect(rows(page)).to_have_count(1 if kept else ALL)


def switch_tab(page: Page, place: str) -> None:
    """Leave the tab, which removes the tables, and come back (used by the matrix)."""
    page.get_by_role("tab", name="what is stored now").click()
    expect(page.locator("#tables-grid")).to_have_count(0)
    page.get_by_role("tab", name="tables", exact=True).click()
    wait_for_grid(page)


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    filter_field(page).fill("Ja")
    expect(rows(page).first).to_contain_text("Japan")


def test_the_grid_keeps_sorting_filter_order_width_visibility_and_selection(page: Page) -> None:
    open_page(page)
    page.evaluate(
        """() => {
          const api = dash_ag_grid.getApi("tables-grid");
          api.moveColumns(["pop"], 1);
          api.setColumnsVisible(["continent"], false);
          api.setColumnWidths([{ key: "country", newWidth: 222 }], true);
        }"""
    )
    page.locator("#tables-grid .ag-header-cell[col-id=lifeExp] .ag-header-cell-label").click()
    page.locator("#tables-grid .ag-row", has_text="Norway").get_by_role("checkbox").check()
    filter_field(page).fill("n")
    expect(page.locator("#tables-grid .ag-row", has_text="Brazil")).to_have_count(0)
    shown = countries(page)
    assert 0 < len(shown) < ALL
    for prop, text in (
        ("filterModel", "country"),
        ("columnState", '"width":222'),
        ("columnState", '"sort":"asc"'),
        ("selectedRows", "Norway"),
    ):
        until(page, f"localStorage.getItem('_dash_persistence.tables-grid.{prop}.true')?.includes('{text}')")
    page.reload()
    wait_for_grid(page)
    expect(rows(page)).to_have_count(len(shown))
    assert countries(page) == shown
    # The grid applies the kept state of its columns after that of its filter.
    until(page, "dash_ag_grid.getApi('tables-grid').getColumn('country').getActualWidth() === 222")
    state = column_state(page)
    order = [name for name in state if name in ("country", "continent", "lifeExp", "pop", "note")]
    assert order[0] == "pop"
    assert state["continent"]["hide"] is True
    assert state["lifeExp"]["sort"] == "asc"
    filter_field(page).fill("")
    expect(page.locator("#tables-grid .ag-row-selected").first).to_contain_text("Norway")


def test_the_datatable_keeps_names_sorting_filters_and_hidden_columns(page: Page) -> None:
    open_page(page)
    table = page.locator("#tables-datatable")
    page.once("dialog", lambda dialog: dialog.accept("Land"))
    table.locator("th[data-dash-column=country] .column-header--edit").click()
    expect(table.locator("th[data-dash-column=country]").first).to_contain_text("Land")
    table.locator("th[data-dash-column=continent] .column-header--hide").click()
    table.locator("th[data-dash-column=pop] .column-header--sort").click()
    table.locator("th[data-dash-column=lifeExp].dash-filter input[type=text]").fill("> 80")
    table.locator("th[data-dash-column=lifeExp].dash-filter input[type=text]").press("Enter")
    shown = table.locator("td[data-dash-column=country]")
    expected = ["Iceland", "New Zealand", "Norway", "Canada", "France", "Japan"]
    expect(shown).to_have_text(expected)
    page.reload()
    expect(shown).to_have_text(expected)
    expect(table.locator("th[data-dash-column=country]").first).to_contain_text("Land")
    expect(table.locator("th[data-dash-column=continent]")).to_have_count(0)


def test_each_table_has_its_own_reset(page: Page) -> None:
    open_page(page)
    filter_field(page).fill("Nor")
    expect(rows(page)).to_have_count(1)
    table = page.locator("#tables-datatable")
    table.locator("th[data-dash-column=continent] .column-header--hide").click()
    expect(table.locator("td[data-dash-column=continent]")).to_have_count(0)
    page.locator("#tables-grid-reset").click()
    expect(rows(page)).to_have_count(ALL)
    page.reload()
    wait_for_grid(page)
    expect(rows(page)).to_have_count(ALL)
    expect(table.locator("td[data-dash-column=country]")).to_have_count(ALL)
    expect(table.locator("td[data-dash-column=continent]")).to_have_count(0)
    page.locator("#tables-datatable-reset").click()
    expect(table.locator("td[data-dash-column=continent]")).to_have_count(ALL)
    page.reload()
    expect(table.locator("td[data-dash-column=continent]")).to_have_count(ALL)


def test_edited_cells_come_back_from_a_store(page: Page) -> None:
    open_page(page)
    cell = page.locator("#tables-grid .ag-row", has_text="Kenya").locator("[col-id=note]")
    cell.dblclick()
    page.keyboard.type("warm")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("warm")
    switch_tab(page, "local")
    expect(cell).to_have_text("warm")
    page.reload()
    expect(cell).to_have_text("warm")
    assert page.evaluate("localStorage.getItem('tables-edits')") == '{"Kenya":{"note":"warm"}}'
    page.locator("#tables-forget-edits").click()
    expect(cell).to_have_text("")


def test_rows_that_arrive_late_wipe_the_filter(page: Page) -> None:
    open_page(page)
    for grid in ("tables-grid", "tables-late-grid"):
        filter_field(page, grid).fill("Nor")
        expect(rows(page, grid)).to_have_count(1)
    page.reload()
    wait_for_grid(page)
    expect(rows(page, "tables-late-grid")).to_have_count(ALL)
    expect(rows(page)).to_have_count(1)


def test_the_grid_says_what_it_persists(app: Any) -> None:
    import dash_ag_grid

    from components.persisted_tables import grid

    assert grid("local").persisted_props == ["filterModel", "columnState", "selectedRows"]
    assert "default ['selectedRows']" in dash_ag_grid.AgGrid.__doc__


def test_only_the_datatables_own_warning_is_silenced(app: Any) -> None:
    from dash import dash_table

    from components.persisted_tables import datatable

    with pytest.warns(DeprecationWarning, match="DataTable will be removed"):
        dash_table.DataTable()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        datatable.__wrapped__("local")


@pytest.mark.parametrize("kind", [None, "", "cloud", 7])
def test_an_unknown_storage_gets_a_clear_answer(app: Any, kind: Any) -> None:
    from callbacks.tables import show_tab
    from errors import BadInput

    with pytest.raises(BadInput, match="Choose memory, session or local"):
        show_tab("tables", kind)
