"""Callbacks of the laboratory: one form, and many ways of writing one store, each in a module of its own.

All of those below run in the browser. They hand what the visitor does to the chosen strategy's own fields, and
show what its store holds. A further strategy is a module with a `STRATEGY`, and its name in the list.
"""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

from callbacks.user_data import (
    chained_store,
    circular,
    clientside,
    clientside_per_field,
    merged_all,
    merged_guard,
    naive,
    patch,
    per_field,
    server,
    timestamp_input,
    timestamp_state,
)

STRATEGIES = tuple(
    module.STRATEGY
    for module in (
        naive,
        circular,
        chained_store,
        timestamp_input,
        timestamp_state,
        merged_guard,
        merged_all,
        per_field,
        patch,
        clientside,
        clientside_per_field,
        server,
    )
)
FIELDS = ("first-name", "last-name", "age", "info")

# One event that changes two inputs.
clientside_callback(
    ClientsideFunction("user_data", "load"),
    Output("user-data-first-name", "value"),
    Output("user-data-last-name", "value"),
    Input("user-data-load", "n_clicks"),
    prevent_initial_call=True,
)

# What changed in the form changes in the chosen strategy's own fields, all of it in one step.
clientside_callback(
    ClientsideFunction("user_data", "handOn"),
    *[Output(f"user-data-{strategy.key}-{field}", "value") for strategy in STRATEGIES for field in FIELDS],
    Input("user-data-first-name", "value"),
    Input("user-data-last-name", "value"),
    Input("user-data-age", "value"),
    Input("user-data-info", "n_clicks"),
    State("user-data-strategy", "value"),
    prevent_initial_call=True,
)

# A strategy starts from what the form shows. Drawing its parts anew calls none of its callbacks.
clientside_callback(
    ClientsideFunction("user_data", "start"),
    *[Output(f"user-data-{strategy.key}-parts", "children") for strategy in STRATEGIES],
    Input("user-data-strategy", "value"),
    State("user-data-first-name", "value"),
    State("user-data-last-name", "value"),
    State("user-data-age", "value"),
    State("user-data-info", "n_clicks"),
    *[State(f"user-data-{strategy.key}-parts", "children") for strategy in STRATEGIES],
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("user_data", "says"),
    Output("user-data-says", "children"),
    Input("user-data-strategy", "value"),
    State("user-data-strategy", "options"),
)

clientside_callback(
    ClientsideFunction("user_data", "view"),
    Output("user-data-view", "children"),
    Input("user-data-strategy", "value"),
    *[Input(f"user-data-{strategy.key}-store", "data") for strategy in STRATEGIES],
)

clientside_callback(
    ClientsideFunction("user_data_runs", "run"),
    Input("user-data-run", "n_clicks"),
    State("user-data-which", "value"),
    State("user-data-scenario", "value"),
    State("user-data-delay", "value"),
    State("user-data-gap", "value"),
    State("user-data-strategy", "value"),
    State("user-data-strategy", "options"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("user_data_runs", "stop"), Input("user-data-stop", "n_clicks"), prevent_initial_call=True
)
clientside_callback(
    ClientsideFunction("user_data_runs", "table"),
    Output("user-data-table", "children"),
    Input("user-data-results", "data"),
)
clientside_callback(
    ClientsideFunction("user_data_runs", "download"),
    Output("user-data-file", "data"),
    Input("user-data-download", "n_clicks"),
    State("user-data-results", "data"),
    prevent_initial_call=True,
)
