"""A Dash app with two callbacks, of which one reads a value of the visitor, for `visitor_store.py` to load."""

from dash import Dash, Input, Output, html
from flask import Flask

from data.session_state import session_state

server = Flask(__name__)
app = Dash(__name__, server=server, health_endpoint="healthz")  # type: ignore[arg-type]
app.layout = html.Div([html.Button(id="button"), *(html.Div(id=name) for name in ("nothing", "value", "write"))])


@app.callback(Output("nothing", "children"), Input("button", "n_clicks"))
def read_nothing(_clicks: int) -> str:
    return "Ada"


@app.callback(Output("value", "children"), Input("button", "n_clicks"))
def read_one_value(_clicks: int) -> str:
    name: str = session_state.name
    return name


@app.callback(Output("write", "children"), Input("button", "n_clicks"))
def write_one_value(_clicks: int) -> str:
    session_state.name = "Ada"
    return "Ada"
