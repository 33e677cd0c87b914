"""The same question, answered the ways it is done today: means by site of what is warmer than so many degrees.

From a store that holds every row, from a frame that Flask-Caching's file cache pickles, and from the mapped file.
"""

from functools import cache
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback
from dash.exceptions import PreventUpdate

from data import queries
from data.chosen_frame import find
from data.conditions import conditions
from data.frames import Frame
from errors import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from flask_caching.backends import FileSystemCache

SIZES = ("10000", "100000")  # rows: with more, the browser has trouble with the store


@callback(
    Output("large-frames-all", "data"),
    Output("large-frames-all-size", "data"),
    Input("large-frames-by-store", "n_clicks"),
    State("large-frames-compare-rows", "value"),
    State("large-frames-all-size", "data"),
    prevent_initial_call=True,
)
def send_all(_clicks: int, size: Any, stored: Any) -> tuple[list[dict[str, Any]], str]:
    """Send every row to the browser, unless it has them."""
    if size == stored:
        raise PreventUpdate
    return frame_to_compare(size).table.to_pandas().to_dict("records"), size


@callback(
    Output("large-frames-of-store", "children"),
    Input("large-frames-all", "data"),
    Input("large-frames-by-store", "n_clicks"),
    prevent_initial_call=True,
)
def ask_store(rows: Any, clicks: int) -> str:
    """Answer from the rows, all of which the browser sends back for it."""
    import pandas as pd

    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise BadInput("The store holds no rows. Reload the page.")
    try:
        return in_words(pd.DataFrame(rows), degrees(clicks))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadInput("The store does not hold the rows of this page. Reload it.") from None


@callback(
    Output("large-frames-of-pickle", "children"),
    Input("large-frames-by-pickle", "n_clicks"),
    State("large-frames-compare-rows", "value"),
    prevent_initial_call=True,
)
def ask_pickle(clicks: int, size: Any) -> str:
    """Answer from a frame that is unpickled whole for it."""
    rows = pickles().get(frame_to_compare(size).key)
    if rows is None:
        rows = frame_to_compare(size).table.to_pandas()
        pickles().set(frame_to_compare(size).key, rows)
    return in_words(rows, degrees(clicks))


@callback(
    Output("large-frames-of-map", "children"),
    Input("large-frames-by-map", "n_clicks"),
    State("large-frames-compare-rows", "value"),
    prevent_initial_call=True,
)
def ask_map(clicks: int, size: Any) -> str:
    """Answer from the mapped file: only the columns that the question names are read."""
    frame = frame_to_compare(size)
    site = frame.role("group")
    found = queries.means(frame, conditions(frame, {"value": [degrees(clicks), None]}), site)
    return words(degrees(clicks), found["rows"], dict(zip(frame.labels(site), found["means"], strict=True)))


clientside_callback(
    ClientsideFunction("large_frames", "compare"),
    Output("large-frames-costs", "children"),
    Input("wire-store", "data"),
    Input("large-frames-compare-rows", "value"),
)


@cache
def pickles() -> "FileSystemCache":
    """Return Flask-Caching's file cache, in a private directory of this process: it runs whatever it finds there."""
    from flask_caching.backends import FileSystemCache

    return FileSystemCache(cache_dir=mkdtemp(prefix="pickles-"), threshold=len(SIZES) + 1)


def frame_to_compare(size: Any) -> Frame:
    """Return the readings' frame of that size, or raise BadInput."""
    if size not in SIZES:
        raise BadInput("There is no such size to compare. Choose one of the two.")
    return find(size)


def degrees(clicks: Any) -> int:
    """Return a limit that is another one with every click, so that each is a question not asked before."""
    return clicks % 20 if type(clicks) is int else 0


def in_words(rows: "pd.DataFrame", limit: int) -> str:
    """Return the answer, worked out by pandas."""
    rows = rows[rows["temperature"] >= limit]
    return words(limit, len(rows), rows.groupby("site", observed=True)["temperature"].mean().round(2).to_dict())


def words(limit: int, rows: int, means: dict[Any, Any]) -> str:
    """Return the answer as a sentence."""
    there = {site: mean for site, mean in means.items() if mean is not None}
    warmest = max(there, key=lambda site: there[site] or 0.0, default="none")
    return f"From {limit} °C: {rows:,} rows, the warmest site is {warmest}."
