"""Callbacks that carry much: one sends a text into a store, one hears of it, and one reads it."""

import base64
import os
from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback

from errors import BadInput

SIZES = {"10-kb": 10_000, "100-kb": 100_000, "1-mb": 1_000_000, "10-mb": 10_000_000}


@callback(
    Output("callback-sizes-store", "data"),
    Input("callback-sizes-ask", "data"),
    prevent_initial_call=True,
)
def send(asked: Any) -> str:
    """Return as many characters as were asked for: random ones, so that compression does not flatter."""
    size = SIZES.get(str(asked.get("size"))) if isinstance(asked, dict) else None
    if size is None:
        raise BadInput(f"There is no such size. Choose one of {', '.join(SIZES)}.")
    return base64.urlsafe_b64encode(os.urandom(size * 3 // 4)).decode("ascii")


@callback(
    Output("callback-sizes-noticed", "children"),
    Input("callback-sizes-store", "modified_timestamp"),
    prevent_initial_call=True,
)
def notice(timestamp: Any) -> str:
    """Return when the store changed: the trigger, without what it holds."""
    if type(timestamp) not in (int, float):
        raise BadInput("A timestamp is a number of milliseconds. Press Measure again.")
    return f"The server was told of a change at {timestamp:.0f}."


@callback(
    Output("callback-sizes-received", "children"),
    # One after the other, so that each is measured alone. On its own it would listen to the timestamp, too.
    Input("callback-sizes-noticed", "children"),
    State("callback-sizes-store", "data"),
    prevent_initial_call=True,
)
def receive(_noticed: str, text: Any) -> str:
    """Return how much arrived. The timestamp would have been enough to know that something changed."""
    if not isinstance(text, str):
        raise BadInput("This page's store holds no text. Press Measure again.")
    return f"The server received {len(text):,} characters."


clientside_callback(
    ClientsideFunction("callback_sizes", "measure"),
    Input("callback-sizes-measure", "n_clicks"),
    State("callback-sizes-most", "value"),
    State("callback-sizes-sizes", "data"),
    prevent_initial_call=True,
)
