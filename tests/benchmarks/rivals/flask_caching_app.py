"""The screen as Dash's documentation builds it for large data: the frame memoised by Flask-Caching, in files."""

import os

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dash_table, dcc, html
from flask_caching import Cache

app = Dash(__name__)
server = app.server
cache = Cache(server, config={"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": os.environ["RIVAL_CACHE"]})


@cache.memoize(timeout=0)
def readings() -> pd.DataFrame:
    return pd.read_parquet(os.environ["RIVAL_DATA"])


SITES = sorted(readings()["site"].unique())
app.layout = html.Div(
    [
        dcc.Dropdown(SITES, [], id="site", multi=True),
        dcc.Graph(id="graph"),
        dash_table.DataTable(id="table", page_size=100),
    ]
)


@callback(Output("graph", "figure"), Output("table", "data"), Input("site", "value"))
def show(sites):
    frame = readings()
    if sites:
        frame = frame[frame["site"].isin(sites)]
    means = frame.groupby("sensor", observed=True, as_index=False)["temperature"].mean()
    return px.bar(means, x="sensor", y="temperature"), frame.head(100).to_dict("records")
