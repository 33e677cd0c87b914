"""The screen with dash-extensions: the frame is loaded once into a Serverside store, which callbacks take as input."""

import os

import pandas as pd
import plotly.express as px
from dash_extensions.enrich import (
    DashProxy,
    FileSystemBackend,
    Input,
    Output,
    Serverside,
    ServersideOutputTransform,
    dash_table,
    dcc,
    html,
)

backend = FileSystemBackend(os.environ["RIVAL_CACHE"])
app = DashProxy(__name__, transforms=[ServersideOutputTransform(backends=[backend])])
server = app.server
SITES = sorted(pd.read_parquet(os.environ["RIVAL_DATA"], columns=["site"])["site"].unique())
app.layout = html.Div(
    [
        dcc.Store(id="store"),
        dcc.Dropdown(SITES, [], id="site", multi=True),
        dcc.Graph(id="graph"),
        dash_table.DataTable(id="table", page_size=100),
    ]
)


@app.callback(Output("store", "data"), Input("store", "id"))
def load(_id):
    return Serverside(pd.read_parquet(os.environ["RIVAL_DATA"]), key="readings")


@app.callback(
    Output("graph", "figure"),
    Output("table", "data"),
    Input("site", "value"),
    Input("store", "data"),
    prevent_initial_call=True,
)
def show(sites, frame):
    if sites:
        frame = frame[frame["site"].isin(sites)]
    means = frame.groupby("sensor", observed=True, as_index=False)["temperature"].mean()
    return px.bar(means, x="sensor", y="temperature"), frame.head(100).to_dict("records")
