"""Click counters: the same number kept in each of the browser's three kinds of storage."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.clicks  # noqa: F401 - registers this page's callbacks
from components.attributes import aria
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="clicks",
    title="Click counters",
    group="In the browser",
    order=10,
    summary="One counter in memory, one in session storage, one in local storage. Click, reload, open a tab.",
    places=(
        Place(
            key="memory",
            name="Memory store",
            lives_in="the page's memory",
            scope="this view",
            survives=("server restart", "second worker"),
            limit="what the tab can hold",
            capacity=None,
            readable_by="any script of the page",
            wire_bytes=890,
        ),
        Place(
            key="session",
            name="Session store",
            lives_in="session storage",
            scope="this tab",
            survives=("page change", "reload", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin",
            wire_bytes=904,
        ),
        Place(
            key="local",
            name="Local store",
            lives_in="local storage",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin, anyone at the device",
            wire_bytes=876,
        ),
    ),
    claims=(
        Claim(text="A reload forgets memory only.", proof="test_a_reload_forgets_memory_only"),
        Claim(text="A new tab shares local storage only.", proof="test_a_new_tab_shares_local_only"),
        Claim(text="Another visitor shares nothing.", proof="test_another_visitor_shares_nothing"),
        Claim(
            text="Nothing is stored before the first click.",
            proof="test_nothing_is_stored_before_the_first_click",
        ),
        Claim(
            text="`clear_data` empties the store and removes its key.",
            proof="test_clear_empties_the_store_and_removes_its_key",
        ),
        Claim(
            text="The clientside twin makes no request at all.",
            proof="test_the_clientside_twin_makes_no_request",
        ),
    ),
    traps=(
        Trap(
            text="A memory store in a page's layout is forgotten when the visitor follows a link.",
            cure="Put it into `app.layout` to keep it until the next reload.",
            proof="test_a_memory_store_is_forgotten_by_a_page_change",
        ),
        Trap(
            text="Dash calls the counting callback when its button appears.",
            cure="Stop when `n_clicks` is 0 or None, or every visitor's store is written before the first click.",
            proof="test_no_click_writes_nothing",
        ),
        Trap(
            text="Clicks that come faster than the answers are lost: each call adds to what the store held when it "
            "left, and Dash drops an answer whose callback was called again.",
            cure="Count in the browser, as the twin does; or disable the button meanwhile, with `running=`.",
            proof="test_clicks_faster_than_the_answers_are_lost_except_in_the_browser",
        ),
        Trap(
            text="The visitor can edit what the browser keeps.",
            cure="Check it like any other input: here a wrong value gets a clear answer, and Clear mends it.",
            proof="test_a_store_edited_by_hand_gets_a_clear_answer",
        ),
    ),
    use_when=(
        "a value is small, is not secret, and belongs to this browser",
        "the server need not know it between requests",
    ),
    leave_when=(
        "it is large",
        "the server must be able to trust it",
        "the visitor expects it on another device",
    ),
    see_also=("/initial-data", "/shared-data"),
)

register_page(__name__, **PATTERN.page)

COUNTERS = {
    "memory": "until the page is left",
    "session": "until the tab is closed",
    "local": "until it is cleared",
    "twin": "local, counted in the browser",
}


def layout(**_query: str) -> html.Article:
    """Draw the page: a counter for each storage type, and the twin."""
    demo = dbc.Row([dbc.Col(_counter(name, until), sm=6, xl=3) for name, until in COUNTERS.items()], class_name="g-3")
    return pattern_page(PATTERN, demo)


def _counter(name: str, until: str) -> dbc.Card:
    """Draw one counter: its store, its count, and two buttons."""
    storage_type: Any = "local" if name == "twin" else name
    return dbc.Card(
        dbc.CardBody(
            [
                dcc.Store(id=f"clicks-{name}-store", storage_type=storage_type),
                html.H2(name.capitalize(), className="h6 mb-0"),
                html.Small(until, className="text-body-secondary"),
                html.Div("0", id=f"clicks-{name}-count", className="count", **aria(live="polite")),
                html.Small(id=f"clicks-{name}-when", className="text-body-secondary"),
                html.Div(
                    [
                        dbc.Button("Count a click", id=f"clicks-{name}-button", size="sm"),
                        dbc.Button("Clear", id=f"clicks-{name}-clear", color="link", size="sm"),
                    ],
                    className="mt-2",
                ),
            ]
        ),
        class_name="h-100",
    )
