"""A second app, at a path of the same server. To the browser both are one origin, so both have the same storage."""

from functools import cache
from pathlib import Path
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from flask import Flask

from components.attributes import aria
from components.guarded_store import GuardedStore
from components.index import INDEX, STYLESHEETS
from components.prose import prose

PATH = "/two-apps/neighbour/"
KINDS = {"plain": "A plain `dcc.Store`", "guarded": "A `GuardedStore`, with the app's name"}
# Of the atlas's files it loads these only.
ASSETS = r"^(?!(blocked_storage|guarded_store|two_apps)\.js$|(forms|style)\.css$)"


def notes(app: str) -> html.Div:
    """Draw a note in each kind of store. Both apps draw this, with the same ids, as two copies of an example would."""
    return html.Div(
        [
            dcc.Store(id="two-apps-name", data=app),
            dbc.Row([dbc.Col(_note(kind, app), md=6) for kind in KINDS], class_name="g-3"),
        ]
    )


def _note(kind: str, app: str) -> html.Div:
    stores: dict[str, Any] = {
        "plain": dcc.Store(id="two-apps-plain-store", storage_type="local"),
        "guarded": GuardedStore(id="two-apps-guarded-store", app=app),
    }
    return html.Div(
        [
            html.H2(prose(KINDS[kind]), className="h6"),
            stores[kind],
            html.P(id=f"two-apps-{kind}-shown", className="mb-2", **aria(live="polite")),
            dbc.Label("Your note", html_for=f"two-apps-{kind}-note", class_name="control-label"),
            dbc.InputGroup(
                [
                    dbc.Input(id=f"two-apps-{kind}-note", maxLength=200, autocomplete="off"),
                    dbc.Button("Save", id=f"two-apps-{kind}-save"),
                ],
                size="sm",
            ),
        ]
    )


def connect(clientside_callback: Any) -> None:
    """Register the callbacks of the notes with an app."""
    for kind in KINDS:
        clientside_callback(
            ClientsideFunction("two_apps", "save"),
            Output(f"two-apps-{kind}-store", "data"),
            Input(f"two-apps-{kind}-save", "n_clicks"),
            State(f"two-apps-{kind}-note", "value"),
            State("two-apps-name", "data"),
            prevent_initial_call=True,
        )
        clientside_callback(
            ClientsideFunction("two_apps", "show"),
            Output(f"two-apps-{kind}-shown", "children"),
            Input(f"two-apps-{kind}-store", "data"),
        )


@cache
def neighbour() -> Flask:
    """Build the second app, when it is first asked for: the one that is built last is Dash's idea of the app."""
    server = Flask(__name__)
    app = Dash(
        __name__,
        server=server,  # type: ignore[arg-type]  # Dash's annotation forgets that it takes a server
        routes_pathname_prefix="/",
        requests_pathname_prefix=PATH,
        assets_folder=str(Path(__file__).parent.parent / "assets"),
        assets_ignore=ASSETS,
        external_stylesheets=STYLESHEETS,
        index_string=INDEX,
        title="The neighbour",
        update_title=None,  # type: ignore[arg-type]  # None is documented: the title stays while callbacks run
    )
    app.layout = html.Main(
        [
            html.H1("The neighbour", className="h3"),
            html.P("Another app, with its own code and callbacks, on the same origin as the atlas."),
            notes("neighbour"),
            dbc.Button("Read the whole storage", id="two-apps-read", size="sm", class_name="my-3"),
            html.Ul(id="two-apps-read-keys", **aria(live="polite")),
            html.A("Back to the atlas", href="/two-apps"),
        ],
        className="container py-4",
    )
    connect(app.clientside_callback)
    app.clientside_callback(
        ClientsideFunction("two_apps", "readAll"),
        Output("two-apps-read-keys", "children"),
        Input("two-apps-read", "n_clicks"),
        prevent_initial_call=True,
    )
    return server
