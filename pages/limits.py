"""Limits: what this very browser takes, and what becomes of a value that no longer fits."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.limits  # noqa: F401 - registers this page's callbacks
from components.attributes import aria, data
from components.browser_state import APP
from components.guarded_store import GuardedStore
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="limits",
    title="Limits",
    group="In the browser",
    order=40,
    summary="How much does your browser take? Measure it, then fill it, and see which store tells you.",
    places=(
        Place(
            key="guarded",
            name="Guarded store",
            lives_in="local storage",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin, anyone at the device",
            wire_bytes=0,
        ),
    ),
    claims=(
        Claim(
            text="It measures local and session storage, a cookie and an address, and leaves nothing behind.",
            proof="test_it_measures_this_browser_and_leaves_nothing_behind",
        ),
        Claim(
            text="A guarded store that finds no room says so, loses nothing, and stores when there is room.",
            proof="test_a_guarded_store_tells_loses_nothing_and_recovers",
        ),
        Claim(
            text="Its value and its time arrive in another tab together.",
            proof="test_value_and_time_arrive_in_another_tab_together",
        ),
        Claim(
            text="Where storage is blocked it works for as long as the page is open, and says so.",
            proof="test_where_storage_is_blocked_it_works_and_says_so",
        ),
        Claim(
            text="What was cleared by hand is stored again at the next change.",
            proof="test_what_was_cleared_by_hand_is_stored_again_at_the_next_change",
        ),
        Claim(
            text="What a tab left behind that died while it measured is removed by the next page.",
            proof="test_what_a_dead_tab_left_behind_is_removed_by_the_next_page",
        ),
    ),
    traps=(
        Trap(
            text="A plain `dcc.Store` that finds no room says nothing, and never stores again until a reload.",
            cure="Use a guarded store: it writes in a `try`, tells the visitor, and tries again.",
            proof="test_a_plain_store_dies_in_silence",
        ),
        Trap(
            text="Storage counts UTF-16 code units: a character outside the basic plane takes two.",
            cure="Measure `text.length` in the browser, not `len(text)` in Python, where “😀” is one.",
            proof="test_storage_counts_utf_16_code_units",
        ),
        Trap(
            text="A long link works while you are on the page, and is refused by the server after a reload.",
            cure="Keep an address under 2,000 characters: an id in it, and the state behind that id.",
            proof="test_the_server_refuses_a_long_link_before_the_browser_does",
        ),
    ),
    use_when=("what is kept may grow with what a visitor does: notes, drafts, selections",),
    leave_when=(
        "it is one small value: a plain `dcc.Store` will do",
        "it is megabytes: that belongs in IndexedDB, or on the server",
    ),
    see_also=("/clicks", "/cookies", "/json-values", "/callback-sizes", "/two-apps"),
    parts=("assets/measured_leftovers.js",),
    more_files=("components/guarded_store.py", "assets/guarded_store.js", "assets/limits_measure.mjs"),
)

register_page(__name__, **PATTERN.page)

LIMITS = {
    "local": "Local storage",
    "session": "Session storage",
    "cookie": "Cookie",
    "address": "Address, in the browser",
    "link": "Link, to this server",
    "origin": "IndexedDB and caches",
}
STORES: dict[str, Any] = {
    "plain": dcc.Store(id="limits-plain-store", storage_type="local"),
    "guarded": GuardedStore(id="limits-guarded-store", app=APP),
}
TITLES = {"plain": "`dcc.Store`", "guarded": "`GuardedStore`"}
KEYS = {"plain": "limits-plain-store", "guarded": f"{APP}:limits-guarded-store"}


def layout(**_query: str) -> html.Article:
    """Draw the page: the measurement, then both stores at the limit."""
    return pattern_page(PATTERN, _measurement(), _at_the_limit(), _units())


def _measurement() -> html.Div:
    rows: list[Any] = [
        html.Tr([html.Th(title, scope="row"), html.Td("–", id=f"limits-{name}")]) for name, title in LIMITS.items()
    ]
    return html.Div(
        [
            dbc.Button("Measure this browser", id="limits-measure", size="sm", class_name="mb-2"),
            html.Div(dbc.Table(html.Tbody(rows), size="sm", class_name="text-table mb-2"), **aria(live="polite")),
            html.Small(
                "It fills storage to the last character, counts, and removes all of that again: a few seconds."
                " How many cookies fit is not measured: the browser would drop yours to make room.",
                className="text-body-secondary",
            ),
        ]
    )


def _at_the_limit() -> html.Section:
    return html.Section(
        [
            html.H2("At the limit", id="at-the-limit"),
            html.P(
                "Add a note of 1,000 characters to each. Then fill the storage, add another to each, and make room."
                " The page holds what you did in both; compare what is stored, and reload."
            ),
            html.Div(
                [
                    dbc.Button("Fill the storage", id="limits-fill", size="sm", outline=True, color="primary"),
                    dbc.Button("Make room", id="limits-make-room", size="sm", outline=True, color="primary"),
                ],
                className="d-flex gap-2",
            ),
            html.P(id="limits-filled", className="my-2 small", **aria(live="polite")),
            dbc.Row([_store(kind, store) for kind, store in STORES.items()], class_name="g-3"),
        ]
    )


def _store(kind: str, store: Any) -> dbc.Col:
    notes = html.Span(id=f"limits-{kind}-notes", className="count")
    stored = html.Span(id=f"limits-{kind}-stored", className="count", **data(**{"limits-key": KEYS[kind]}))
    return dbc.Col(
        [
            html.H3(prose(TITLES[kind]), className="mb-0"),
            html.P(
                ["Notes in this page: ", notes, " in storage: ", stored],
                className="mb-2 d-flex gap-2 align-items-baseline",
            ),
            store,
            dbc.Button("Add a note", id=f"limits-{kind}-add", size="sm"),
            dbc.Button("Clear", id=f"limits-{kind}-clear", color="link", size="sm"),
        ],
        md=6,
    )


def _units() -> html.Section:
    return html.Section(
        [
            html.H2("Characters, bytes, and phones", id="characters-bytes-phones"),
            html.P(
                prose(
                    "A string in the browser is a row of UTF-16 code units of two bytes each. Chromium counts these"
                    " units: its 5 MB are about 5.2 million characters, whether “x”, “é” or “語”, and half as many"
                    " emoji. A cookie, an address and a request count UTF-8 bytes instead: “x” is one, “é” two, “語”"
                    " three, “😀” four."
                )
            ),
            html.P(
                "On phones the limits are of the same kind, but less is certain: some browsers count bytes, so half as"
                " many characters fit; a private window may take nothing, or forget all when it is closed; Safari"
                " deletes what scripts have stored for a site that was not used for seven days; and a page inside"
                " another app has a storage of its own, which the browser does not see. So measure where it matters,"
                " and never keep in a browser what must not be lost."
            ),
        ],
        className="about-the-page",
    )
