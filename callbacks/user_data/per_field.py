"""A store per field: each callback owns one store, and one more callback merges them."""

from typing import Any

from dash import Input, Output, State, callback

from callbacks.user_data.strategy import Strategy, look_up, work

STRATEGY = Strategy(
    key="per-field",
    title="A store per field, and a merge",
    says="Each field's callback owns a store of its own, so there is nothing to undo; a last callback merges them. "
    "No `allow_duplicate`, but a store and a callback more for each field.",
    stores=(
        "user-data-per-field-first-name-store",
        "user-data-per-field-last-name-store",
        "user-data-per-field-age-store",
        "user-data-per-field-info-store",
    ),
)


@callback(
    Output("user-data-per-field-first-name-store", "data"),
    Input("user-data-per-field-first-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, delay: Any) -> str | None:
    """Return the first name."""
    work(delay)
    return first_name


@callback(
    Output("user-data-per-field-last-name-store", "data"),
    Input("user-data-per-field-last-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, delay: Any) -> str | None:
    """Return the last name."""
    work(delay)
    return last_name


@callback(
    Output("user-data-per-field-age-store", "data"),
    Input("user-data-per-field-age", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, delay: Any) -> int | None:
    """Return the age."""
    work(delay)
    return age


@callback(
    Output("user-data-per-field-info-store", "data"),
    Input("user-data-per-field-info", "value"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, delay: Any) -> str:
    """Return what was looked up."""
    return look_up(number, delay)


@callback(
    Output("user-data-per-field-store", "data"),
    Input("user-data-per-field-first-name-store", "data"),
    Input("user-data-per-field-last-name-store", "data"),
    Input("user-data-per-field-age-store", "data"),
    Input("user-data-per-field-info-store", "data"),
    prevent_initial_call=True,
)
def merge(first_name: str | None, last_name: str | None, age: int | None, info: str | None) -> dict[str, Any]:
    """Return the user, from all stores as they are now."""
    return {"first_name": first_name, "last_name": last_name, "age": age, "info": info}
