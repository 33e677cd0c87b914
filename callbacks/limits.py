"""Callbacks of the limits: they measure this browser and fill its storage, so all of them run in it."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

# What is measured, in the order in which the browser's function returns it.
MEASURED = ("local", "session", "cookie", "address", "link", "origin")

clientside_callback(
    ClientsideFunction("limits", "measure"),
    *[Output(f"limits-{name}", "children") for name in MEASURED],
    Input("limits-measure", "n_clicks"),
    running=[(Output("limits-measure", "disabled"), True, False)],
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("limits", "fill"),
    Output("limits-filled", "children"),
    Input("limits-fill", "n_clicks"),
    Input("limits-make-room", "n_clicks"),
    prevent_initial_call=True,
)

# The same three callbacks for both stores: what differs is the store.
for kind in ("plain", "guarded"):
    clientside_callback(
        ClientsideFunction("limits", "add"),
        Output(f"limits-{kind}-store", "data"),
        Input(f"limits-{kind}-add", "n_clicks"),
        State(f"limits-{kind}-store", "data"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("limits", "notes"),
        Output(f"limits-{kind}-notes", "children"),
        Input(f"limits-{kind}-store", "data"),
    )
    clientside_callback(
        ClientsideFunction("limits", "clear"),
        Output(f"limits-{kind}-store", "clear_data"),
        Input(f"limits-{kind}-clear", "n_clicks"),
        prevent_initial_call=True,
    )
