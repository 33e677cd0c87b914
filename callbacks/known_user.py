"""Callbacks of the known user: the id lives in memory, a preference in local storage, written only for a known user."""

from typing import Any

from dash import Input, Output, State, callback, ctx
from dash.exceptions import PreventUpdate

from errors import BadInput

USERS = ("Ada", "Grace")
COLOURS = ("blue", "green", "red")


@callback(
    Output("known-user-id", "data"),
    Output("known-user-who", "children"),
    Input("known-user-sign-in", "n_clicks"),
    Input("known-user-sign-out", "n_clicks"),
    State("known-user-name", "value"),
)
def sign_in_or_out(_in: int | None, _out: int | None, name: Any) -> tuple[str | None, str]:
    """Return who the user is: nobody when the page opens. A real app would ask for a password here."""
    if ctx.triggered_id != "known-user-sign-in":
        return None, "Nobody is signed in."
    return check_user(name), f"{name} is signed in."


@callback(
    Output("known-user-preferences", "data"),
    Input("known-user-save", "n_clicks"),
    State("known-user-colour", "value"),
    State("known-user-id", "data"),
    State("known-user-preferences", "data"),
    prevent_initial_call=True,
)
def save(n_clicks: int | None, colour: Any, user: Any, preferences: Any) -> dict[str, str]:
    """Return what local storage shall hold. For an unknown user nothing is written, and the answer says so."""
    if not n_clicks:
        raise PreventUpdate
    if user is None:
        raise BadInput("Sign in first: a preference is kept only for a known user.")
    if colour not in COLOURS:
        raise BadInput("There is no such colour. Choose one again.")
    return {**check_preferences(preferences), check_user(user): colour}


@callback(
    Output("known-user-shown", "children"),
    Input("known-user-id", "data"),
    Input("known-user-preferences", "modified_timestamp"),
    State("known-user-preferences", "data"),
)
def show(user: Any, _timestamp: int | None, preferences: Any) -> str:
    """Return the preference of the user who is signed in."""
    if user is None:
        return "No preference: nobody is known."
    colour = check_preferences(preferences).get(check_user(user))
    return f"{user} prefers {colour}." if colour else f"{user} has chosen nothing yet."


def check_user(user: Any) -> str:
    """Return the user, or raise BadInput: what the browser says can be made by hand."""
    if user not in USERS:
        raise BadInput("There is no such user. Choose one again.")
    return str(user)


def check_preferences(preferences: Any) -> dict[str, str]:
    """Return what the browser kept, without what this page did not write."""
    kept = preferences if isinstance(preferences, dict) else {}
    return {user: colour for user, colour in kept.items() if user in USERS and colour in COLOURS}
