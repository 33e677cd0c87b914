"""Naive: each field's callback reads the whole user and writes the whole user. The last answer wins."""

from typing import Any

from dash import Input, Output, State, callback

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="naive",
    title="Naive: allow_duplicate",
    says="Each field has a callback that reads the whole store and writes it back. Two at once start from the same "
    "old value, and the later answer undoes the earlier.",
    loses=("one-event", "two-events"),
)


@callback(
    Output("user-data-naive-store", "data", allow_duplicate=True),
    Input("user-data-naive-first-name", "value"),
    State("user-data-naive-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with a new first name, and everything else as it was when the request was sent."""
    work(delay)
    return {**user_in(user), "first_name": first_name}


@callback(
    Output("user-data-naive-store", "data", allow_duplicate=True),
    Input("user-data-naive-last-name", "value"),
    State("user-data-naive-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with a new last name, and everything else as it was when the request was sent."""
    work(delay)
    return {**user_in(user), "last_name": last_name}


@callback(
    Output("user-data-naive-store", "data", allow_duplicate=True),
    Input("user-data-naive-age", "value"),
    State("user-data-naive-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with a new age, and everything else as it was when the request was sent."""
    work(delay)
    return {**user_in(user), "age": age}


@callback(
    Output("user-data-naive-store", "data", allow_duplicate=True),
    Input("user-data-naive-info", "value"),
    State("user-data-naive-store", "data"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with what was looked up: the slower this is, the more it undoes."""
    return {**user_in(user), "info": look_up(number, delay)}
