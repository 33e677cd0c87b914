"""Callbacks of the persisted tables: they draw and reset them. Edited cells, which do not persist, go to a store."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, html
from dash.exceptions import PreventUpdate

from components.persisted_tables import COLUMNS, DATATABLES, grid, rows
from components.stored_now import PERSISTENCE, stored_now
from errors import BadInput


@callback(
    Output("tables-panel", "children"),
    Input("tables-tabs", "active_tab"),
    Input("tables-kind", "value"),
)
def show_tab(tab: str, kind: str) -> list[Any]:
    """Return both tables, or what is stored of them; what the tab showed before is gone."""
    if not isinstance(kind, str) or kind not in DATATABLES:
        raise BadInput(f"There is no storage called {str(kind)[:60]!r}. Choose memory, session or local.")
    if tab == "stored":
        return [
            part
            for name, title in (("grid", "AG Grid"), ("datatable", "DataTable"))
            for part in (html.H3(title), stored_now(kind, f"{PERSISTENCE}tables-{name}"))
        ]
    return [
        _heading("AG Grid", "tables-grid-reset"),
        grid(kind),
        _heading("DataTable, which is deprecated", "tables-datatable-reset"),
        DATATABLES[kind],
    ]


def _heading(title: str, reset: str) -> html.Div:
    button = dbc.Button("Reset this table", id=reset, color="link", size="sm")
    return html.Div([html.H2(title, className="h6 mb-0"), button], className="d-flex align-items-center gap-2 my-1")


@callback(
    Output("tables-datatable", "columns"),
    Output("tables-datatable", "sort_by"),
    Output("tables-datatable", "filter_query"),
    Output("tables-datatable", "hidden_columns"),
    Input("tables-datatable-reset", "n_clicks"),
    prevent_initial_call=True,
)
def reset_datatable(n_clicks: int | None) -> tuple[Any, ...]:
    """Return every persisted prop as the layout has it."""
    if not n_clicks:
        raise PreventUpdate
    return COLUMNS, [], "", []


@callback(Output("tables-late-grid", "rowData"), Input("tables-late-grid", "id"))
def send_rows_late(_appeared: str) -> list[dict[str, Any]]:
    """Return the rows of a grid that was drawn without: the trap."""
    return rows()


# The grid's state is the browser's, and so are its edits: none of this needs the server.
clientside_callback(
    ClientsideFunction("tables", "resetGrid"),
    Output("tables-grid", "resetColumnState"),
    Output("tables-grid", "filterModel"),
    Output("tables-grid", "selectedRows"),
    Input("tables-grid-reset", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("tables", "noteEdit"),
    Output("tables-edits", "data"),
    Input("tables-grid", "cellValueChanged"),
    State("tables-edits", "data"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("tables", "applyEdits"),
    Output("tables-grid", "rowTransaction"),
    Input("tables-grid", "id"),
    Input("tables-edits", "modified_timestamp"),
    State("tables-edits", "data"),
    State("tables-grid", "rowData"),
)

clientside_callback(
    ClientsideFunction("tables", "forgetEdits"),
    Output("tables-edits", "clear_data"),
    Input("tables-forget-edits", "n_clicks"),
    prevent_initial_call=True,
)
