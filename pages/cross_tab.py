"""Between tabs: what the tabs of one browser share, how they tell each other, and how a copied tab is recognised."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.cross_tab  # noqa: F401 - registers this page's callbacks
from components.attributes import aria
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose
from components.stored_now import stored_now

PATTERN = Pattern(
    name="cross_tab",
    title="Between tabs",
    group="In the browser",
    order=62,
    summary="Open this page in a second tab beside this one. Write here, and see what arrives there.",
    places=(
        Place(
            key="local",
            name="Local store, in all tabs",
            lives_in="local storage",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin, anyone at the device",
            wire_bytes=0,
        ),
        Place(
            key="channel",
            name="BroadcastChannel between tabs",
            lives_in="the memory of each open tab",
            scope="this browser",
            survives=("page change", "new tab", "server restart", "second worker"),
            limit="what a tab can hold; gone with the last open tab",
            capacity=None,
            readable_by="any script of the origin",
            wire_bytes=0,
        ),
    ),
    claims=(
        Claim(
            text="A write arrives in the other tabs without a request: by the local store, and by the channel.",
            proof="test_a_write_arrives_in_the_other_tab_without_a_request",
        ),
        Claim(
            text="`window.open` copies session storage into the new tab; a link with `target=_blank` does not.",
            proof="test_window_open_copies_session_storage_and_a_link_does_not",
        ),
        Claim(
            text="A new tab asks the open ones what was said, and what none of them knows is gone.",
            proof="test_a_new_tab_asks_the_open_ones",
        ),
        Claim(
            text="A copied tab is recognised and takes an id of its own; a reload keeps the id.",
            proof="test_a_copied_tab_takes_an_id_of_its_own",
        ),
        Claim(
            text="Signing out reaches every tab; one that was asleep is signed out as it wakes.",
            proof="test_signing_out_reaches_every_tab_and_one_that_was_asleep",
        ),
        Claim(
            text="Storage that is full or blocked is told, and the channel goes on.",
            proof="test_full_or_blocked_storage_is_told_and_the_channel_goes_on",
        ),
    ),
    traps=(
        Trap(
            text="In a tab that hears of a write, the store's `modified_timestamp` is often that of the write before: "
            "Dash writes the data first, and the other tab reads both in between.",
            cure="Listen to `data`. Where the time matters, keep it in the data.",
            proof="test_the_timestamp_lags_behind_the_data",
        ),
        Trap(
            text="`localStorage.clear()`, in the code or by the visitor's hand, tells no Store: tabs go on showing "
            "what is no longer kept.",
            cure="Look again when the tab is shown, and when the `storage` event has no key.",
            proof="test_storage_cleared_by_hand_signs_every_tab_out",
        ),
        Trap(
            text="Whoever takes an id in session storage for the tab's has two tabs with one id after a copy.",
            cure="Ask over a channel who else has it, and let the newcomer take a new one.",
            proof="test_a_copied_tab_takes_an_id_of_its_own",
        ),
    ),
    use_when=(
        "several tabs show the same thing, and the server need not know",
        "signing out must clear what other tabs show",
    ),
    leave_when=(
        "other devices must hear of it: ask the server",
        "two tabs may change the same value at once, and both changes count: a store keeps only the last",
    ),
    see_also=("/clicks", "/everyone"),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: what this tab has by each way, which tab it is, and whether it is signed in."""
    demo = html.Div(
        [
            dcc.Store(id="cross-tab-local-store", storage_type="local"),
            dcc.Store(id="cross-tab-session-store", storage_type="session"),
            dcc.Store(id="cross-tab-login-store", storage_type="local"),
            dbc.Row([dbc.Col(_write(), md=5), dbc.Col(_heard(), md=7)], class_name="g-4"),
            html.Hr(),
            dbc.Row([dbc.Col(_tab(), md=5), dbc.Col(_login(), md=7)], class_name="g-4"),
        ]
    )
    return pattern_page(PATTERN, demo, _stored(), _asleep())


def _write() -> html.Div:
    return html.Div(
        [
            dbc.Label("Write in this tab", html_for="cross-tab-text", class_name="control-label"),
            dbc.InputGroup(
                [
                    dbc.Input(id="cross-tab-text", maxLength=80, placeholder="hello", autocomplete="off"),
                    dbc.Button("Write", id="cross-tab-write"),
                ],
                size="sm",
            ),
            html.Div(id="cross-tab-notice", className="storage-warning mt-1", role="alert"),
            html.P("Open a second tab:", className="mt-3 mb-1"),
            html.Div(
                [
                    dbc.Button("with window.open", id="cross-tab-open", size="sm", outline=True, color="primary"),
                    html.A(
                        "with a link to _blank",
                        id="cross-tab-link",
                        href=PATTERN.path,
                        target="_blank",
                        className="btn btn-sm btn-outline-primary",
                    ),
                ],
                className="d-flex flex-wrap gap-2",
            ),
        ]
    )


def _heard() -> html.Dl:
    """Draw what this tab has by each way."""

    def way(name: str, key: str, *more: Any) -> list[Any]:
        return [html.Dt(name), html.Dd([html.Strong("nothing", id=key, className="text-break"), *more])]

    lag = html.Small(id="cross-tab-lag", className="d-block text-body-secondary")
    return html.Dl(
        [
            *way("Local store", "cross-tab-local", lag),
            *way("Session store", "cross-tab-session"),
            *way("BroadcastChannel, in memory", "cross-tab-said"),
        ],
        className="mb-0",
        **aria(live="polite"),
    )


def _tab() -> html.Div:
    return html.Div(
        [html.H2("This tab", className="h6 mb-1"), html.Code(id="cross-tab-tab", **aria(live="polite"))],
    )


def _login() -> html.Div:
    return html.Div(
        [
            html.H2("A login, only for show", className="h6 mb-1"),
            html.Div(
                [
                    html.Strong(id="cross-tab-login", className="me-2", **aria(live="polite")),
                    dbc.Button("Sign in", id="cross-tab-sign-in", size="sm"),
                    dbc.Button(
                        "Sign out everywhere", id="cross-tab-sign-out", size="sm", outline=True, color="primary"
                    ),
                ],
                className="d-flex flex-wrap align-items-center gap-2",
            ),
        ]
    )


def _stored() -> html.Section:
    return html.Section(
        [html.H2("What is stored now", id="what-is-stored-now"), stored_now("local", "cross-tab-")],
    )


def _asleep() -> html.Section:
    """Draw why signing out goes three ways."""
    lines = (
        "The store's own `storage` event reaches all tabs that are awake.",
        "The channel reaches them at once even where local storage is blocked or full.",
        "A tab that was asleep, or in the back-forward cache, may have missed both: it looks into local storage as it "
        "wakes, and once a second while it is shown.",
        "What the server knows of the visitor must end on the server: the tabs only forget what they show.",
    )
    return html.Section(
        [
            html.H2("How a tab hears that it is signed out", id="how-a-tab-hears"),
            html.Ul([html.Li(prose(line)) for line in lines]),
        ]
    )
