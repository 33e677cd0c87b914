"""Circular: the store is an Input of every callback that writes it. Each answer calls all the others again."""

from typing import Any

from dash import Input, Output, State, callback, ctx
from dash.exceptions import PreventUpdate

from callbacks.user_data.strategy import Strategy, look_up, user_in, work

STRATEGY = Strategy(
    key="circular",
    title="Circular: the store is an Input",
    says="Each callback also listens to the store, so that it is called again with what the others wrote. It is: "
    "by every answer of every other. Only the count of rounds kept in the store ends it.",
    may_lose=True,
)

ROUNDS = 3


@callback(
    Output("user-data-circular-store", "data", allow_duplicate=True),
    Input("user-data-circular-first-name", "value"),
    Input("user-data-circular-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with the first name as it is now, one round on."""
    turn = next_round(user)
    work(delay)
    return {**user_in(user), "first_name": first_name, "round": turn}


@callback(
    Output("user-data-circular-store", "data", allow_duplicate=True),
    Input("user-data-circular-last-name", "value"),
    Input("user-data-circular-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with the last name as it is now, one round on."""
    turn = next_round(user)
    work(delay)
    return {**user_in(user), "last_name": last_name, "round": turn}


@callback(
    Output("user-data-circular-store", "data", allow_duplicate=True),
    Input("user-data-circular-age", "value"),
    Input("user-data-circular-store", "data"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with the age as it is now, one round on."""
    turn = next_round(user)
    work(delay)
    return {**user_in(user), "age": age, "round": turn}


@callback(
    Output("user-data-circular-store", "data", allow_duplicate=True),
    Input("user-data-circular-info", "value"),
    Input("user-data-circular-store", "data"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, user: Any, delay: Any) -> dict[str, Any]:
    """Return the user with what was looked up, again in every round."""
    if number is None:
        raise PreventUpdate
    turn = next_round(user)
    return {**user_in(user), "info": look_up(number, delay), "round": turn}


def next_round(user: Any) -> int:
    """Return the number of this round: 1 when a field changed, else one more than the store's, up to the last."""
    if any(name != "user-data-circular-store" for name in ctx.triggered_prop_ids.values()):
        return 1
    done = user_in(user).get("round", 0)
    if not isinstance(done, int) or done >= ROUNDS:
        raise PreventUpdate
    return done + 1
