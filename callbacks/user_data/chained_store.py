"""Chained through a store: each callback hands on a time stamp, for which the next one waits."""

import time
from typing import Any

from dash import Input, Output, State, callback
from dash.exceptions import PreventUpdate

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="chained-store",
    title="Chained through an intermediary store",
    says="Each callback also writes a time stamp that is an Input of the next, so Dash runs them one after the other. "
    "Safe, and slow: one change runs all that come later in the chain, the lookup too.",
    stores=(
        "user-data-chained-store-first-name-saved",
        "user-data-chained-store-last-name-saved",
        "user-data-chained-store-age-saved",
    ),
)


@callback(
    Output("user-data-chained-store-store", "data", allow_duplicate=True),
    Output("user-data-chained-store-first-name-saved", "data"),
    Input("user-data-chained-store-first-name", "value"),
    State("user-data-chained-store-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, user: Any, delay: Any) -> tuple[dict[str, Any], float]:
    """Return the user with a new first name, and the time, which calls the next in the chain."""
    work(delay)
    return {**user_in(user), "first_name": first_name}, time.time()


@callback(
    Output("user-data-chained-store-store", "data", allow_duplicate=True),
    Output("user-data-chained-store-last-name-saved", "data"),
    Input("user-data-chained-store-last-name", "value"),
    Input("user-data-chained-store-first-name-saved", "data"),
    State("user-data-chained-store-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, _saved: Any, user: Any, delay: Any) -> tuple[dict[str, Any], float]:
    """Return the user with the last name as it is now, and the time."""
    work(delay)
    return {**user_in(user), "last_name": last_name}, time.time()


@callback(
    Output("user-data-chained-store-store", "data", allow_duplicate=True),
    Output("user-data-chained-store-age-saved", "data"),
    Input("user-data-chained-store-age", "value"),
    Input("user-data-chained-store-last-name-saved", "data"),
    State("user-data-chained-store-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, _saved: Any, user: Any, delay: Any) -> tuple[dict[str, Any], float]:
    """Return the user with the age as it is now, and the time."""
    work(delay)
    return {**user_in(user), "age": age}, time.time()


@callback(
    Output("user-data-chained-store-store", "data", allow_duplicate=True),
    Input("user-data-chained-store-info", "value"),
    Input("user-data-chained-store-age-saved", "data"),
    State("user-data-chained-store-store", "data"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, _saved: Any, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with what was looked up: once asked for, again after every change of the others."""
    if number is None:
        raise PreventUpdate
    return {**user_in(user), "info": look_up(number, delay)}
