"""Merged, writing all: one callback for all fields writes the current value of each, whatever triggered it."""

from typing import Any

from dash import Input, Output, State, callback, ctx

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="merged-all",
    title="Merged, writing all its inputs",
    says="One callback listens to all fields and writes all of them every time. An answer that Dash drops is not "
    "missed: the next one carries the same field again. Only the slow lookup is still guarded.",
)


@callback(
    Output("user-data-merged-all-store", "data"),
    Input("user-data-merged-all-first-name", "value"),
    Input("user-data-merged-all-last-name", "value"),
    Input("user-data-merged-all-age", "value"),
    Input("user-data-merged-all-info", "value"),
    State("user-data-merged-all-store", "data"),
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
    """Return the user as the form shows it now; what was looked up is kept until it is asked for again."""
    info = user_in(user).get("info")
    if ctx.triggered_id == "user-data-merged-all-info":
        info = look_up(number, info_delay)
    work(delay)
    return {"first_name": first_name, "last_name": last_name, "age": age, "info": info}
