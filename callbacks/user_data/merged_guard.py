"""Merged, with a guard: one callback for all fields writes those that triggered it."""

from typing import Any

from dash import Input, Output, State, callback, ctx

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="merged-guard",
    title="Merged, writing what triggered it",
    says="One callback listens to all fields and writes those in `ctx.triggered_prop_ids`. When it is called again "
    "before it has answered, Dash drops the answer in flight, and nobody writes that field any more.",
    loses=("two-events",),
)


@callback(
    Output("user-data-merged-guard-store", "data"),
    Input("user-data-merged-guard-first-name", "value"),
    Input("user-data-merged-guard-last-name", "value"),
    Input("user-data-merged-guard-age", "value"),
    Input("user-data-merged-guard-info", "value"),
    State("user-data-merged-guard-store", "data"),
    State("user-data-delay", "value"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save(
    first_name: str | None,
    last_name: str | None,
    age: int | None,
    number: int | None,
    user: Any,
    delay: Any,
    info_delay: Any,
) -> dict[str, Any]:
    """Return the user with the fields that triggered this call, and everything else as it was."""
    triggered = ctx.triggered_prop_ids.values()  # the ids of components, not of properties
    changed: dict[str, Any] = {}
    if "user-data-merged-guard-first-name" in triggered:
        changed["first_name"] = first_name
    if "user-data-merged-guard-last-name" in triggered:
        changed["last_name"] = last_name
    if "user-data-merged-guard-age" in triggered:
        changed["age"] = age
    if "user-data-merged-guard-info" in triggered:
        changed["info"] = look_up(number, info_delay)
    work(delay)
    return {**user_in(user), **changed}
