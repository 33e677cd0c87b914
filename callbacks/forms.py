"""Callbacks of the persisted forms: none of them saves or restores a value, since Dash does."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, dcc, html
from dash.exceptions import PreventUpdate

from components.every_control import CONTROLS, control_id, draw
from components.stored_now import PERSISTENCE, stored_now
from errors import BadInput

KINDS = {
    "memory": "Survives a tab switch and a page change. A reload forgets it.",
    "session": "Survives a reload. A new browser tab starts afresh.",
    "local": "Survives a reload, a new tab, and closing the browser.",
}

NOTE = "1+1=2"

NEIGHBORHOODS = {
    "Boston": ["Back Bay", "Fenway", "Jamaica Plain"],
    "London": ["Canary Wharf", "Hackney", "Kensington"],
    "Montreal": ["Le Plateau", "Mile End", "Rosemont"],
}


@callback(Output("forms-panel", "children"), Input("forms-tabs", "active_tab"))
def show_form(kind: str) -> html.Div:
    """Return the form of the chosen tab; the form of the tab that was left is gone."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadInput(f"There is no tab called {str(kind)[:60]!r}. Choose memory, session or local.")
    first, *rest = [draw(kind, control) for control in CONTROLS]
    received: Any = html.P(id=f"forms-{kind}-received", role="status", className="small")
    columns = [
        [
            html.P(KINDS[kind], className="mb-2"),
            first,
            dbc.Button("Reset the form", id=f"forms-{kind}-reset", color="link", size="sm", class_name="px-0"),
        ],
        [html.H3("The callback received on load"), received],
        [html.H3("What is stored now"), stored_now(kind, f"{PERSISTENCE}forms-{kind}-")],
    ]
    top = dbc.Row([dbc.Col(column, md=4) for column in columns], class_name="g-3")
    return html.Div([top, html.Div(rest, className="forms-controls")])


for kind in KINDS:

    @callback(
        Output(f"forms-{kind}-received", "children"),
        # Its id never changes: Dash calls this once, when the form appears.
        Input(f"forms-{kind}-received", "id"),
        *[State(control_id(kind, control), control.prop) for control in CONTROLS],
    )
    def tell_what_was_received(_appeared: str, *values: Any) -> str:
        """Return the values that are not the layout's: they are in the very first call."""
        changed = [
            f"{control.label} {value!r}"
            for control, value in zip(CONTROLS, values, strict=True)
            if value != control.initial
        ]
        return "; ".join(changed) or "Only what the layout says."

    @callback(
        *[Output(control_id(kind, control), control.prop) for control in CONTROLS],
        Input(f"forms-{kind}-reset", "n_clicks"),
        prevent_initial_call=True,
    )
    def reset(n_clicks: int | None) -> list[Any]:
        """Return the layout's values. What a callback returns takes precedence over what was kept."""
        if not n_clicks:
            raise PreventUpdate
        return [control.initial for control in CONTROLS]


@callback(Output("forms-neighborhood-container", "children"), Input("forms-city", "value"))
def show_neighborhoods(city: str) -> dcc.Dropdown:
    """Return the second dropdown: `persistence=city` keeps one choice for each city."""
    if not isinstance(city, str) or city not in NEIGHBORHOODS:
        raise BadInput(f"There is no city called {str(city)[:60]!r} here. Choose one from the list.")
    return dcc.Dropdown(
        NEIGHBORHOODS[city],
        NEIGHBORHOODS[city][0],
        id="forms-neighborhood",
        clearable=False,
        persistence=city,
        persistence_type="session",
    )


@callback(
    Output("forms-choice", "children"),
    Input("forms-city", "value"),
    Input("forms-neighborhood", "value"),
)
def show_choice(city: str, neighborhood: str) -> str:
    """Return what was chosen; on load that is what was kept, whatever the layout says."""
    return f"You chose: {neighborhood}, {city}"


@callback(
    Output("forms-note", "value"),
    Input("forms-forget", "n_clicks"),
    prevent_initial_call=True,
)
def forget(n_clicks: int | None) -> str:
    """Return the layout's value: writing the persisted prop itself is what forgets it."""
    if not n_clicks:
        raise PreventUpdate
    return NOTE
