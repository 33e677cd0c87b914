"""Patch: each callback sends only the change, and the browser applies it to what the store holds by then."""

from typing import Any

from dash import Input, Output, Patch, State, callback

from callbacks.user_data.strategy import Strategy, look_up, work

STRATEGY = Strategy(
    key="patch",
    title="Patch",
    says="Each field's callback answers with a change instead of a value, and never reads the store. "
    "Changes from different callbacks are all applied, and only they travel.",
    # A memory store without data cannot be patched.
    empty={},
)


@callback(
    Output("user-data-patch-store", "data", allow_duplicate=True),
    Input("user-data-patch-first-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, delay: Any) -> Patch:
    """Return the change of the first name."""
    work(delay)
    user = Patch()
    user["first_name"] = first_name
    return user


@callback(
    Output("user-data-patch-store", "data", allow_duplicate=True),
    Input("user-data-patch-last-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, delay: Any) -> Patch:
    """Return the change of the last name."""
    work(delay)
    user = Patch()
    user["last_name"] = last_name
    return user


@callback(
    Output("user-data-patch-store", "data", allow_duplicate=True),
    Input("user-data-patch-age", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, delay: Any) -> Patch:
    """Return the change of the age."""
    work(delay)
    user = Patch()
    user["age"] = age
    return user


@callback(
    Output("user-data-patch-store", "data", allow_duplicate=True),
    Input("user-data-patch-info", "value"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, delay: Any) -> Patch:
    """Return the change of what was looked up: however slow, it touches nothing else."""
    user = Patch()
    user["info"] = look_up(number, delay)
    return user
