"""Callbacks of the click counters: three for each storage type, and a twin that never asks the server."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback
from dash.exceptions import PreventUpdate

from errors import BadInput

STORAGE_TYPES = ("memory", "session", "local")

for kind in STORAGE_TYPES:

    @callback(
        Output(f"clicks-{kind}-store", "data"),
        Input(f"clicks-{kind}-button", "n_clicks"),
        State(f"clicks-{kind}-store", "data"),
        prevent_initial_call=True,
    )
    def count_click(n_clicks: int | None, stored: Any) -> dict[str, int]:
        """Return what to store: one click more than before."""
        # Dash also calls this when the button first appears: a store written then would never be empty.
        if not n_clicks:
            raise PreventUpdate
        return {"clicks": clicks_in(stored) + 1}

    @callback(
        Output(f"clicks-{kind}-count", "children"),
        # The store's data is an Output above, so it brings no initial value here; its timestamp does.
        Input(f"clicks-{kind}-store", "modified_timestamp"),
        State(f"clicks-{kind}-store", "data"),
    )
    def show_count(_timestamp: int | None, stored: Any) -> int:
        """Return the number to show, 0 when nothing was stored."""
        return clicks_in(stored)

    @callback(
        Output(f"clicks-{kind}-store", "clear_data"),
        Input(f"clicks-{kind}-clear", "n_clicks"),
        prevent_initial_call=True,
    )
    def clear(n_clicks: int | None) -> bool:
        """Return whether to forget the counter and remove its key from storage."""
        return bool(n_clicks)

    # Browser code, since only the browser knows the visitor's clock and language.
    clientside_callback(
        ClientsideFunction("clicks", "showWhen"),
        Output(f"clicks-{kind}-when", "children"),
        Input(f"clicks-{kind}-store", "modified_timestamp"),
    )

# The twin of the local counter: the same store, the same button, and no request at all.
clientside_callback(
    ClientsideFunction("clicks", "count"),
    Output("clicks-twin-store", "data"),
    Input("clicks-twin-button", "n_clicks"),
    State("clicks-twin-store", "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("clicks", "show"),
    Output("clicks-twin-count", "children"),
    Input("clicks-twin-store", "modified_timestamp"),
    State("clicks-twin-store", "data"),
)
clientside_callback(
    ClientsideFunction("clicks", "clear"),
    Output("clicks-twin-store", "clear_data"),
    Input("clicks-twin-clear", "n_clicks"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("clicks", "showWhen"),
    Output("clicks-twin-when", "children"),
    Input("clicks-twin-store", "modified_timestamp"),
)


def clicks_in(stored: Any) -> int:
    """Return the number of clicks in a store's data, 0 when it is empty.

    The browser's storage is the visitor's to edit: raise BadInput for what this page did not write.
    """
    if not stored:
        return 0
    clicks = stored.get("clicks") if isinstance(stored, dict) else None
    if not isinstance(clicks, int) or isinstance(clicks, bool) or not 0 <= clicks < 2**53:
        raise BadInput("What the browser kept is not a number of clicks. Press Clear to start again from 0.")
    return clicks
