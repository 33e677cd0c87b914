"""Chained through `modified_timestamp`: each callback looks again whenever the store was written."""

from typing import Any

from dash import Input, Output, State, callback
from dash.exceptions import PreventUpdate

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="timestamp-input",
    title="Chained through modified_timestamp, fields as Input",
    says="The later fields also listen to the store's `modified_timestamp`, and write again what another answer undid. "
    "It mends some losses instead of preventing them, with twice the requests: answers that arrive together are "
    "told once.",
    may_lose=True,
)


@callback(
    Output("user-data-timestamp-input-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-input-first-name", "value"),
    State("user-data-timestamp-input-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with a new first name."""
    work(delay)
    return {**user_in(user), "first_name": first_name}


@callback(
    Output("user-data-timestamp-input-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-input-last-name", "value"),
    Input("user-data-timestamp-input-store", "modified_timestamp"),
    State("user-data-timestamp-input-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, _written: Any, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with the last name, unless the store has it: or its own writing would call it for ever."""
    if user_in(user).get("last_name") == last_name:
        raise PreventUpdate
    work(delay)
    return {**user_in(user), "last_name": last_name}


@callback(
    Output("user-data-timestamp-input-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-input-age", "value"),
    Input("user-data-timestamp-input-store", "modified_timestamp"),
    State("user-data-timestamp-input-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, _written: Any, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with the age, unless the store has it."""
    if user_in(user).get("age") == age:
        raise PreventUpdate
    work(delay)
    return {**user_in(user), "age": age}


@callback(
    Output("user-data-timestamp-input-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-input-info", "value"),
    Input("user-data-timestamp-input-store", "modified_timestamp"),
    State("user-data-timestamp-input-store", "data"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, _written: Any, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with what was looked up, unless the store has it."""
    if number is None or user_in(user).get("info") == f"answer {number}":
        raise PreventUpdate
    return {**user_in(user), "info": look_up(number, delay)}
