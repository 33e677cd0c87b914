"""Callbacks of the memoised answers: a slow question, asked through the cache, and forgotten."""

import os
import time
from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, ctx

from data import gapminder
from data.cache import cache, call_key, info
from errors import BadInput


def mean(country: str, field: str) -> dict[str, Any]:
    """Return a country's mean of a field, and who worked it out. Its second of sleep stands for a slow query."""
    time.sleep(1)
    rows = gapminder.select([country])
    return {"mean": sum(row[field] for row in rows) / len(rows), "worker": os.getpid()}


@cache.memoize(timeout=5)
def mean_for_a_moment(country: str, field: str) -> dict[str, Any]:
    """Answer as `mean` does, and keep the answer for 5 seconds."""
    return mean(country, field)


@cache.memoize(timeout=300)
def mean_for_long(country: str, field: str) -> dict[str, Any]:
    """Answer as `mean` does, and keep the answer for 5 minutes."""
    return mean(country, field)


KEPT_FOR: dict[int, Any] = {5: mean_for_a_moment, 300: mean_for_long}


@callback(
    Output("memoize-answer", "data"),
    Input("memoize-ask", "n_clicks"),
    Input("memoize-forget", "n_clicks"),
    Input("memoize-forget-all", "n_clicks"),
    Input("memoize-country", "value"),
    Input("memoize-field", "value"),
    Input("memoize-kept-for", "value"),
)
def ask(_asks: Any, _forgets: Any, _forgets_all: Any, country: Any, field: Any, seconds: Any) -> dict[str, Any]:
    """Return the answer if it was asked for; else only whether it is in the cache."""
    question = gapminder.check_countries([country])[0], gapminder.check_field(field)
    function = KEPT_FOR.get(seconds) if isinstance(seconds, int) else None
    if function is None:
        raise BadInput("An answer is kept for 5 or for 300 seconds. Choose one of them again.")
    if ctx.triggered_id == "memoize-forget":
        cache.delete_memoized(function, *question)
    elif ctx.triggered_id == "memoize-forget-all":
        cache.delete_memoized(function)
    key = call_key(function, *question)
    state = "cached" if info(key) else "not cached"
    shown: dict[str, Any] = {}
    if ctx.triggered_id == "memoize-ask":
        state = "hit" if info(key) else "miss"
        start = time.perf_counter()
        shown = {**function(*question), "took": round(1000 * (time.perf_counter() - start), 1), "answered": os.getpid()}
    kept = info(key)
    if kept:
        shown |= {"age": round(kept.age, 1), "size": kept.size, "left": round(kept.expires_in or 0, 1)}
    return {"state": state, **shown}


# The clock ticks in the browser: age and time left cost no request.
clientside_callback(
    ClientsideFunction("memoize", "show"),
    Output("memoize-state", "children"),
    Output("memoize-state", "className"),
    *(Output(f"memoize-{name}", "children") for name in ("mean", "took", "workers", "age", "left", "size")),
    Input("memoize-answer", "data"),
    Input("memoize-clock", "n_intervals"),
)
