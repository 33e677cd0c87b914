"""Callbacks of caching and signalling: one prepares the data, two read it, through the store or from the cache."""

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback
from dash.exceptions import PreventUpdate

from components.figures import figure
from data.cache import cache
from errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SIZES = {100: "100 kB", 1_000: "1 MB", 10_000: "10 MB"}
VERSIONS = {"data": "The data in the store", "signal": "A signal in the store, the data in the cache"}
BARS = 20


@cache.memoize(timeout=300)
def numbers(kilobytes: int) -> "pd.DataFrame":
    """Return as many numbers as take this many kB of JSON. Being a frame, it is mapped from the cache, not copied."""
    import numpy as np
    import pandas as pd

    return pd.DataFrame({"n": np.random.default_rng(kilobytes).normal(550_000, 90_000, kilobytes * 1000 // 7)}).clip(
        100_000, 999_999
    )


@callback(
    Output("memoize-shared", "data"),
    Input("memoize-share", "n_clicks"),
    State("memoize-kilobytes", "value"),
    State("memoize-version", "value"),
    prevent_initial_call=True,
)
def share(n_clicks: int | None, kilobytes: Any, version: Any) -> dict[str, Any]:
    """Return what goes into the store: all numbers, or a signal that says which are ready in the cache."""
    if not n_clicks:
        raise PreventUpdate
    values = numbers(check_kilobytes(kilobytes))
    if version == "signal":
        return {"kilobytes": kilobytes, "click": n_clicks}
    if version == "data":
        return {"numbers": values["n"].astype("int32").tolist(), "click": n_clicks}
    raise BadInput("There is no such version. Choose one of the two again.")


@callback(Output("memoize-average", "children"), Input("memoize-shared", "data"), prevent_initial_call=True)
def show_average(shared: Any) -> str:
    """Return how many numbers there are, and their mean."""
    values = shared_numbers(shared)
    return f"{len(values):,} numbers, mean {values.mean():,.0f}"


@callback(Output("memoize-histogram", "figure"), Input("memoize-shared", "data"), prevent_initial_call=True)
def show_histogram(shared: Any) -> dict[str, Any]:
    """Return how often the numbers fall into each of twenty ranges."""
    import numpy as np

    counts, edges = np.histogram(shared_numbers(shared), bins=BARS, range=(100_000, 1_000_000))
    return figure([{"type": "bar", "x": edges[:-1].tolist(), "y": counts.tolist()}], bargap=0.05)


# The figures of the comparison come from the wire meter, so they are this visitor's own.
clientside_callback(
    ClientsideFunction("memoize", "compare"),
    Output("memoize-compare", "children"),
    Input("wire-store", "data"),
    State("memoize-version", "value"),
    State("memoize-kilobytes", "value"),
)


def shared_numbers(shared: Any) -> "np.ndarray[Any, Any]":
    """Return the numbers that a store holds or stands for. A request can be made by hand, so they are checked."""
    import numpy as np

    if not isinstance(shared, dict):
        raise BadInput("The store is empty. Share the numbers again.")
    if "numbers" not in shared:
        return numbers(check_kilobytes(shared.get("kilobytes")))["n"].to_numpy()
    values = shared["numbers"]
    if not isinstance(values, list) or not 0 < len(values) < 2_000_000 or not all(type(n) is int for n in values):
        raise BadInput("These are not the numbers. Share them again.")
    return np.array(values, dtype="float64")


def check_kilobytes(kilobytes: Any) -> int:
    """Return the size, or raise BadInput for one that is not offered."""
    if type(kilobytes) is not int or kilobytes not in SIZES:
        raise BadInput("There is no such size. Choose one of the list again.")
    return kilobytes
