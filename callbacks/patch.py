"""Callbacks of the Patch bench: what a change weighs, and Patch in the less usual places."""

import time
from typing import Any

from dash import ClientsideFunction, Input, Output, Patch, State, callback, clientside_callback, set_props
from dash.exceptions import PreventUpdate

from errors import BadInput


# What a change weighs: the same change, as a whole value and as a Patch.
@callback(
    Output("patch-size-store", "data", allow_duplicate=True),
    Input("patch-size-whole", "data"),
    State("patch-size-store", "data"),
    prevent_initial_call=True,
)
def write_whole(number: int | None, stored: Any) -> dict[str, Any]:
    """Return the whole value with one number changed: all of it comes up, and all of it goes down."""
    if not isinstance(stored, dict):
        raise BadInput("The store is empty. Press Measure.")
    return {**stored, "number": number}


@callback(
    Output("patch-size-store", "data", allow_duplicate=True),
    Input("patch-size-patch", "data"),
    prevent_initial_call=True,
)
def write_change(number: int | None) -> Patch:
    """Return the change of one number: nothing else travels."""
    p = Patch()
    p["number"] = number
    return p


# Session and local stores, which may be empty when the change arrives.
for kind in ("session", "local"):

    @callback(
        Output(f"patch-{kind}-store", "data"), Input(f"patch-{kind}-button", "n_clicks"), prevent_initial_call=True
    )
    def note_click(n_clicks: int | None) -> Patch:
        """Return the change of one key."""
        if not n_clicks:
            raise PreventUpdate
        p = Patch()
        p["clicks"] = n_clicks
        return p


# A memory store is the exception: while it is empty, the whole answer is lost, and with it the other output.
@callback(
    Output("patch-memory-store", "data"),
    Output("patch-memory-other", "children"),
    Input("patch-memory-asked", "data"),
    prevent_initial_call=True,
)
def note_click_in_memory(number: Any) -> tuple[Patch, str]:
    """Return the change of one key, and a word for another output."""
    p = Patch()
    p["clicks"] = number
    return p, "it arrived"


# Called five times at once, it answers five times, and Dash applies the last answer only.
@callback(Output("patch-count-store", "data"), Input("patch-count-calls", "data"), prevent_initial_call=True)
def count(_call: Any) -> Patch:
    """Return one more, a second later."""
    time.sleep(1)
    p = Patch()
    p["n"] += 1
    return p


@callback(Input("patch-set-props-button", "n_clicks"), prevent_initial_call=True)
def append_twenty(n_clicks: int | None) -> None:
    """Append twenty numbers, each by a set_props of its own: in one answer, the last takes the others' place."""
    if not n_clicks:
        raise PreventUpdate
    for number in range(20):
        p = Patch()
        p["list"].append(number)
        set_props("patch-set-props-store", {"data": p})


# In the browser a Patch must be built; as it is, it replaces the value.
for how in ("built", "unbuilt"):
    clientside_callback(
        ClientsideFunction("patch", how),
        Output("patch-clientside-store", "data", allow_duplicate=True),
        Input(f"patch-clientside-{how}", "n_clicks"),
        prevent_initial_call=True,
    )

for name in ("session", "local", "count", "set-props", "clientside"):
    clientside_callback(
        ClientsideFunction("patch", "show"),
        Output(f"patch-{name}-shown", "children"),
        Input(f"patch-{name}-store", "modified_timestamp"),
        State(f"patch-{name}-store", "data"),
    )

clientside_callback(
    ClientsideFunction("patch", "patchEmpty"), Input("patch-memory-button", "n_clicks"), prevent_initial_call=True
)
clientside_callback(
    ClientsideFunction("patch", "callFive"), Input("patch-count-button", "n_clicks"), prevent_initial_call=True
)
clientside_callback(
    ClientsideFunction("patch", "runAll"),
    Input("patch-run", "n_clicks"),
    State("patch-operations", "data"),
    prevent_initial_call=True,
)
clientside_callback(ClientsideFunction("patch", "note"), Input("patch-bench-store", "data"), prevent_initial_call=True)
clientside_callback(
    ClientsideFunction("patch", "measure"), Input("patch-measure", "n_clicks"), prevent_initial_call=True
)
