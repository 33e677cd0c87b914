"""Callbacks of the values that are not JSON: each is stored as it is, and in a form that is JSON, and read back."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, html
from dash._validate import fail_callback_output  # Dash's own check, which otherwise speaks to the log alone
from dash.exceptions import InvalidCallbackReturnValue
from plotly.io.json import to_json_plotly

from data import as_json
from errors import BadInput


@dataclass(frozen=True)
class Example:
    """A kind of value: what it is called, one such value, and the functions that turn it into JSON and back."""

    title: str
    make: Callable[[], Any]
    to_json: Callable[[Any], Any]
    from_json: Callable[[Any], Any]


def make_frame() -> Any:
    """Return a small DataFrame with dates."""
    import pandas as pd

    return pd.DataFrame({"day": pd.to_datetime(["2026-07-01", "2026-07-02"]), "visits": [3, 5]})


def make_array() -> Any:
    """Return a small NumPy array."""
    import numpy as np

    return np.array([1.5, 2.0, 2.5])


EXAMPLES = {
    "frame": Example("a DataFrame", make_frame, as_json.frame_to_json, as_json.frame_from_json),
    "array": Example("a NumPy array", make_array, as_json.array_to_json, as_json.array_from_json),
    "date": Example("a date", lambda: date(2026, 7, 1), as_json.date_to_json, as_json.date_from_json),
    "nan": Example("NaN", lambda: nan, as_json.float_to_json, as_json.float_from_json),
    "set": Example("a set", lambda: {"Norway"}, as_json.set_to_json, as_json.set_from_json),
    "integer": Example("2**53 + 1", lambda: 2**53 + 1, as_json.integer_to_json, as_json.integer_from_json),
    "bytes": Example("bytes", lambda: b"\x89PNG", as_json.bytes_to_json, as_json.bytes_from_json),
}


@callback(
    Output("json-values-error", "children"),
    Output("json-values-plain", "data"),
    Output("json-values-packed", "data"),
    Output("json-values-code", "children"),
    Input("json-values-kind", "value"),
)
def store(kind: Any) -> tuple[str, Any, Any, str]:
    """Return the error that the value as it is ends in, else the value; and the value as JSON, with the code for it."""
    example = example_of(kind)
    value = example.make()
    error = error_of(value)
    plain = None if error else {"kind": kind, "value": value}
    code = f"{line_of(example.to_json)}\n{line_of(example.from_json)}"
    return error, plain, {"kind": kind, "value": example.to_json(value)}, code


@callback(
    Output("json-values-plain-back", "children"),
    Output("json-values-packed-back", "children"),
    Input("json-values-plain", "data"),
    Input("json-values-packed", "data"),
    prevent_initial_call=True,
)
def read_back(plain: Any, packed: Any) -> tuple[Any, Any]:
    """Return what a callback receives from each store: the browser has had both in its hands meanwhile."""
    try:
        example = example_of(packed["kind"])
        received = example.from_json(packed["value"])
        as_it_came = described(plain["value"]) if plain else "Nothing was stored."
    except (ArithmeticError, LookupError, TypeError, ValueError):
        raise BadInput("This page's stores hold nothing that it wrote. Reload the page.") from None
    return as_it_came, described(received)


def example_of(kind: Any) -> Example:
    """Return an example, or raise BadInput."""
    if not isinstance(kind, str) or kind not in EXAMPLES:
        raise BadInput(f"There is no example {str(kind)[:60]!r}. Choose one of {', '.join(EXAMPLES)}.")
    return EXAMPLES[kind]


def error_of(value: Any) -> str:
    """Return what Dash says of a callback that returns this, "" if it takes it.

    Returned for real it would end in status 500: the sentence stands in the log, and the visitor sees nothing.
    """
    try:
        to_json_plotly(value)
    except TypeError:
        try:
            fail_callback_output(value, Output("json-values-plain", "data"))
        except InvalidCallbackReturnValue as error:
            return "\n".join(line.strip() for line in str(error).splitlines() if line.strip())
    return ""


def line_of(function: Callable[..., Any]) -> str:
    """Return the line of code that a function is, cut from its file."""
    return inspect.getsource(function).splitlines()[-1].strip().removeprefix("return ")


def described(value: Any) -> list[Any]:
    """Return a value's type and how Python writes it."""
    return [f"{type(value).__name__} ", html.Code(repr(value)[:300], className="json-values-repr")]


# The picture never leaves the browser: base64 makes text of it, and a guarded store says when it is too large.
clientside_callback(
    ClientsideFunction("json_values", "keep"),
    Output("json-values-picture", "data"),
    Output("json-values-refused", "children"),
    Input("json-values-upload", "contents"),
    Input("json-values-draw", "n_clicks"),
    State("json-values-upload", "filename"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("json_values", "show"),
    Output("json-values-shown", "children"),
    Input("json-values-picture", "data"),
)
clientside_callback(
    ClientsideFunction("json_values", "forget"),
    Output("json-values-picture", "clear_data"),
    Input("json-values-forget", "n_clicks"),
    prevent_initial_call=True,
)
