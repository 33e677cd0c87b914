"""Persisted tables: order, widths, sorting, filters and names of columns come back as the visitor left them."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.tables  # noqa: F401 - registers this page's callbacks
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.persisted_tables import DATATABLES, grid
from components.persistence_places import persistence_places
from components.prose import prose

PATTERN = Pattern(
    name="tables",
    title="Persisted tables",
    group="In the browser",
    order=32,
    summary="Sort, filter, drag, resize or hide a column; reload. Both tables come back as you left them.",
    places=persistence_places("a table"),
    claims=(
        Claim(
            text="AG Grid keeps sorting, filter, order, width, visibility and selection.",
            proof="test_the_grid_keeps_sorting_filter_order_width_visibility_and_selection",
        ),
        Claim(
            text="DataTable keeps renamed headers, sorting, filters and hidden columns.",
            proof="test_the_datatable_keeps_names_sorting_filters_and_hidden_columns",
        ),
        Claim(text="A reset forgets one table and leaves the other.", proof="test_each_table_has_its_own_reset"),
        Claim(text="Edited cells come back from a store.", proof="test_edited_cells_come_back_from_a_store"),
    ),
    traps=(
        Trap(
            text="Rows that arrive by callback, after the grid, wipe its kept filter.",
            cure="Let the callback return the grid with its rows, and change them later by `rowTransaction`.",
            proof="test_rows_that_arrive_late_wipe_the_filter",
        ),
        Trap(
            text="AG Grid persists only `selectedRows` unless told otherwise.",
            cure='Say `persisted_props=["filterModel", "columnState", "selectedRows"]`.',
            proof="test_the_grid_says_what_it_persists",
        ),
        Trap(
            text="`dash_table.DataTable` is deprecated and will leave Dash: making one warns.",
            cure="Use AG Grid. Where you must keep one for its renamable headers, silence that warning alone.",
            proof="test_only_the_datatables_own_warning_is_silenced",
        ),
        Trap(
            text="Neither table persists its cells: the server's rows may have changed since.",
            cure="Keep what was edited in a store, row by row, and merge it into the rows of today.",
            proof="test_edited_cells_come_back_from_a_store",
        ),
    ),
    use_when=("visitors arrange a table to their liking, and come back to it",),
    leave_when=("others should see the same arrangement: keep it on the server, or in the address",),
    see_also=("/forms", "/shared-data"),
    more_files=("components/persisted_tables.py",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: the tables in a tab, edited cells, and the trap of late rows."""
    return pattern_page(PATTERN, _tables(), _edits(), _late_rows())


def _tables() -> html.Div:
    tabs: list[Any] = [dbc.Tab(label="tables", tab_id="tables"), dbc.Tab(label="what is stored now", tab_id="stored")]
    return html.Div(
        [
            dbc.Tabs(tabs, id="tables-tabs", active_tab="tables"),
            html.Fieldset(
                [
                    html.Legend("Keep it in", className="control-label float-start me-3 w-auto"),
                    dbc.RadioItems(list(DATATABLES), "local", id="tables-kind", inline=True, persistence=True),
                ],
                className="pt-3",
            ),
            dcc.Store(id="tables-edits", storage_type="local"),
            html.Div(id="tables-panel"),
        ]
    )


def _edits() -> html.Section:
    return html.Section(
        [
            html.H2("Edited cells", id="edited-cells"),
            html.P(
                prose(
                    "Write a note in the grid's last column and reload. Persistence is not what brings it back: rows "
                    "are the server's, and a kept copy would hide tomorrow's. So the page keeps the edits alone, by "
                    "country, in a local store, and merges them into the rows."
                )
            ),
            dbc.Button("Forget the notes", id="tables-forget-edits", size="sm", outline=True, color="primary"),
        ]
    )


def _late_rows() -> html.Section:
    """Draw the trap: a grid without rows, to which a callback sends them."""
    return html.Section(
        [
            html.H2("The trap of late rows", id="late-rows"),
            html.P(
                "The same grid, except that its rows come by callback when it is already there. Filter it, reload, and "
                "the filter is gone; the grid above keeps its own."
            ),
            grid("local", name="tables-late-grid", rowData=[]),
        ]
    )
