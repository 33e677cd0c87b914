"""Known user: an id in memory, and a preference in local storage that is written only when there is an id."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.known_user import COLOURS, USERS
from components.attributes import aria
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="known_user",
    title="For a known user only",
    group="In the browser",
    order=15,
    summary="A user id in a memory store, a preference in a local store, written only when the user is known.",
    claims=(
        Claim(text="Without a user nothing is written.", proof="test_without_a_user_nothing_is_written"),
        Claim(
            text="A reload forgets the user and keeps the preference.",
            proof="test_a_reload_forgets_the_user_and_keeps_the_preference",
        ),
    ),
    traps=(
        Trap(
            text="All users of a browser share its local storage.",
            cure="Keep each one's preference under their id; and nothing secret, for any of them can look.",
            proof="test_two_users_of_one_browser_have_their_own",
        ),
    ),
    use_when=("a preference belongs to a user, and losing it would be no harm",),
    leave_when=("it must be there on another device, or out of reach of others: keep it on the server",),
    see_also=("/clicks",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: sign in on the left, prefer on the right."""
    left = [
        dcc.Store(id="known-user-id"),
        dbc.Label("User", html_for="known-user-name", class_name="control-label"),
        dbc.Select(id="known-user-name", options=list(USERS), value=USERS[0], size="sm"),
        html.Div(
            [
                dbc.Button("Sign in", id="known-user-sign-in", size="sm"),
                dbc.Button("Sign out", id="known-user-sign-out", size="sm", outline=True, color="primary"),
            ],
            className="d-flex gap-2 my-2",
        ),
        html.Div(id="known-user-who", **aria(live="polite")),
    ]
    right = [
        dcc.Store(id="known-user-preferences", storage_type="local"),
        dbc.Label("Favourite colour", html_for="known-user-colour", class_name="control-label"),
        dbc.Select(id="known-user-colour", options=list(COLOURS), value=COLOURS[0], size="sm"),
        dbc.Button("Keep it", id="known-user-save", size="sm", class_name="my-2"),
        html.Div(id="known-user-shown", **aria(live="polite")),
    ]
    return pattern_page(PATTERN, dbc.Row([dbc.Col(left, sm=6), dbc.Col(right, sm=6)], class_name="g-3"))
