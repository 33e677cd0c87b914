"""Chained through `modified_timestamp` alone: the first field's answer calls one callback that writes the others."""

from typing import Any

from dash import Input, Output, State, callback
from dash.exceptions import PreventUpdate

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="timestamp-state",
    title="Chained through modified_timestamp, fields as State",
    says="The later fields are only State: they are written when the first one is. Nothing is lost then, "
    "but a change of the last name alone is not noticed.",
    may_lose=True,
)


@callback(
    Output("user-data-timestamp-state-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-state-first-name", "value"),
    State("user-data-timestamp-state-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with a new first name."""
    work(delay)
    return {**user_in(user), "first_name": first_name}


@callback(
    Output("user-data-timestamp-state-store", "data", allow_duplicate=True),
    Input("user-data-timestamp-state-store", "modified_timestamp"),
    State("user-data-timestamp-state-last-name", "value"),
    State("user-data-timestamp-state-age", "value"),
    State("user-data-timestamp-state-info", "value"),
    State("user-data-timestamp-state-store", "data"),
    State("user-data-delay", "value"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_the_rest(
    _written: Any, last_name: str | None, age: int | None, number: int | None, user: Any, delay: Any, info_delay: Any
) -> dict[str, Any]:
    """Return the user with all other fields, unless the store has them: its own writing calls this once more."""
    stored = user_in(user)
    wanted = {**stored, "last_name": last_name, "age": age}
    if number is not None and stored.get("info") != f"answer {number}":
        wanted["info"] = look_up(number, info_delay)
    if wanted == stored:
        raise PreventUpdate
    work(delay)
    return wanted
