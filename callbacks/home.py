"""Callbacks of the home page; all of them run in the browser."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

from components.chooser import QUESTIONS

clientside_callback(
    ClientsideFunction("home", "choose"),
    Output("home-answer", "children"),
    *[Input(f"home-{key}", "value") for key in QUESTIONS],
    State("home-places", "data"),
    *[State(f"home-{key}", "options") for key in QUESTIONS],
)

clientside_callback(
    ClientsideFunction("home", "arrange"),
    Output("home-matrix-rows", "children"),
    Output("home-matrix-none", "hidden"),
    Input("home-matrix-survives", "value"),
    Input("home-matrix-word", "value"),
    Input("home-matrix-sort", "value"),
    State("home-matrix-rows", "children"),
    prevent_initial_call=True,
)
