"""Callbacks that show which callbacks a store calls on load, and which it does not."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback
from dash.exceptions import PreventUpdate

from errors import BadInput

STORES = [(kind, start) for kind in ("memory", "session", "local") for start in ("given", "empty")]


@callback(
    Output("initial-data-store", "data"),
    Input("initial-data-button", "n_clicks"),
    State("initial-data-store", "data"),
)
def add_one(n_clicks: int | None, stored: Any) -> dict[str, int]:
    """Return what to store: one more than before. Without `prevent_initial_call`, as most code has it."""
    if not n_clicks:
        raise PreventUpdate
    return {"count": count_in(stored) + 1}


@callback(Output("initial-data-by-data", "children"), Input("initial-data-store", "data"))
def show_by_data(stored: Any) -> int:
    """Return the number: the trap. Dash waits for `add_one`, which prevents its update, and this with it."""
    return count_in(stored)


@callback(
    Output("initial-data-by-timestamp", "children"),
    Input("initial-data-store", "modified_timestamp"),
    State("initial-data-store", "data"),
)
def show_by_timestamp(_timestamp: int | None, stored: Any) -> int:
    """Return the number: the way out. Nothing outputs the timestamp, so Dash waits for nobody."""
    return count_in(stored)


# The laboratory runs in the browser: two listeners for each store, and three buttons that write to all of them.
for kind, start in STORES:
    store = f"initial-data-{kind}-{start}-store"
    for prop, column in (("data", "data"), ("modified_timestamp", "timestamp")):
        clientside_callback(
            ClientsideFunction("initial_data", "note"),
            Output(f"initial-data-{kind}-{start}-{column}", "children"),
            Input(store, prop),
            State("initial-data-visit", "data"),
            prevent_initial_call=True,
        )

clientside_callback(
    ClientsideFunction("initial_data", "write"),
    *[Output(f"initial-data-{kind}-{start}-store", "data") for kind, start in STORES],
    Input("initial-data-write", "n_clicks"),
    Input("initial-data-write-none", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("initial_data", "clear"),
    *[Output(f"initial-data-{kind}-{start}-store", "clear_data") for kind, start in STORES],
    Input("initial-data-clear", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("initial_data", "reload"),
    Input("initial-data-reload", "n_clicks"),
    prevent_initial_call=True,
)


def count_in(stored: Any) -> int:
    """Return the number that the store holds, or raise BadInput: a request can be made by hand."""
    count = stored.get("count") if isinstance(stored, dict) else None
    if not isinstance(count, int) or isinstance(count, bool):
        raise BadInput("This page's store holds no number. Reload the page to start again from 7.")
    return count
