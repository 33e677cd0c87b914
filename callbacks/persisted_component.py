"""Callbacks of the star rating: they draw it, read it and reset it; it persists by itself."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, html
from dash.exceptions import PreventUpdate

from components.star_rating import StarRating
from components.stored_now import PERSISTENCE, stored_now
from errors import BadInput

KINDS = ("memory", "session", "local")
EMPTY = {"stars": 0, "comment": ""}


@callback(Output("persisted-component-panel", "children"), Input("persisted-component-tabs", "active_tab"))
def show_tab(tab: str) -> Any:
    """Return the three ratings, or what is stored of them; what the tab showed before is gone."""
    if tab == "stored":
        return [
            part
            for kind in KINDS
            for part in (html.H3(kind), stored_now(kind, f"{PERSISTENCE}persisted-component-{kind}"))
        ]
    return dbc.Row([dbc.Col(_rating(kind), sm=4) for kind in KINDS], class_name="g-3")


def _rating(kind: str) -> html.Div:
    return html.Div(
        [
            html.H2(kind, className="h6"),
            StarRating(
                id=f"persisted-component-{kind}",
                label=f"Rating kept in {kind}",
                value=EMPTY,
                persistence=True,
                persistence_type=kind,
            ),
            html.P(id=f"persisted-component-{kind}-received", className="small mt-2 mb-0", role="status"),
            dbc.Button(
                "Forget it", id=f"persisted-component-{kind}-forget", color="link", size="sm", class_name="px-0"
            ),
        ]
    )


for kind in KINDS:

    @callback(
        Output(f"persisted-component-{kind}-received", "children"),
        Input(f"persisted-component-{kind}-received", "id"),
        State(f"persisted-component-{kind}", "value"),
    )
    def tell_what_was_received(_appeared: str, value: Any) -> str:
        """Return what the callback received when the rating appeared."""
        if value == EMPTY:
            return "On load: nothing yet."
        if not isinstance(value, dict) or value.keys() != EMPTY.keys():
            raise BadInput("This is no rating. Press Forget it to start again.")
        return f"On load: {value['stars']} stars, comment {value['comment']!r}."

    @callback(
        Output(f"persisted-component-{kind}", "value"),
        Input(f"persisted-component-{kind}-forget", "n_clicks"),
        prevent_initial_call=True,
    )
    def forget(n_clicks: int | None) -> dict[str, Any]:
        """Return the layout's value, which forgets the kept one."""
        if not n_clicks:
            raise PreventUpdate
        return EMPTY
