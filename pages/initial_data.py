"""Initial data: which callbacks a store calls on load, what with, and how to get at what it already holds."""

from typing import Any
from uuid import uuid4

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.initial_data import STORES
from components.attributes import aria
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="initial_data",
    title="Initial store data",
    group="In the browser",
    order=20,
    summary="What a store holds when the page opens, and which of your callbacks are told.",
    claims=(
        Claim(
            text="A callback on `data` misses the initial data when another callback outputs that `data`.",
            proof="test_a_callback_on_data_misses_the_initial_data_when_another_outputs_it",
        ),
        Claim(
            text="A callback on `modified_timestamp`, with `data` as State, gets it.",
            proof="test_a_callback_on_the_timestamp_gets_the_initial_data",
        ),
        Claim(
            text="With layout data, a first load calls the timestamp's callback only.",
            proof="test_a_first_load_with_layout_data_calls_the_timestamp_only",
        ),
    ),
    traps=(
        Trap(
            text="When what was kept differs from the layout, a reload calls both, `prevent_initial_call` or not.",
            cure="Ask what the data is, not what triggered you.",
            proof="test_a_reload_calls_both_when_what_was_kept_differs_from_the_layout",
        ),
        Trap(
            text="A session or local store without layout data calls with None and -1, `prevent_initial_call` or not.",
            cure="Expect None. A memory store calls nobody.",
            proof="test_an_empty_store_calls_with_none_except_in_memory",
        ),
        Trap(
            text="`clear_data` empties a store until the reload, which brings the layout's data back.",
            cure="Give a store that can be cleared no `data` in the layout; use a default where you read it.",
            proof="test_layout_data_is_back_on_the_reload_after_a_clear",
        ),
        Trap(
            text="Writing None does not remove the key: storage holds `null`, and the layout's data is back on reload.",
            cure="Use `clear_data` to remove, and a value of your own, such as `{}`, for empty.",
            proof="test_writing_none_stores_null_and_the_layout_is_back_on_reload",
        ),
        Trap(
            text="Another tab's write calls the data callback here, but often with the timestamp of the write before.",
            cure="Keep tabs in step with a callback on `data`, never on the timestamp.",
            proof="test_the_timestamp_lags_one_write_behind_in_another_tab",
        ),
        Trap(
            text="Reloading one tab after a clear pushes the layout's data into the other open tabs.",
            cure="No layout `data` on a local store that is shared by tabs.",
            proof="test_a_reload_after_a_clear_pushes_layout_data_into_other_tabs",
        ),
    ),
    use_when=("a page must start from what the browser already keeps",),
    leave_when=("the value belongs to a single control: `persistence` restores it without a callback",),
    see_also=("/clicks",),
)

register_page(__name__, **PATTERN.page)

STARTS = {"given": "with layout data", "empty": "without"}


def layout(**_query: str) -> html.Article:
    """Draw the page: the trap beside the way out, then the laboratory."""
    return pattern_page(PATTERN, _trap_and_way_out(), _laboratory())


def _trap_and_way_out() -> html.Div:
    """Draw one store, and two numbers that should both show what it holds."""
    return html.Div(
        [
            html.P("This store's layout says 7. Both numbers should show it when the page opens."),
            dcc.Store(id="initial-data-store", data={"count": 7}),
            dbc.Row(
                [
                    _number(
                        "initial-data-by-data",
                        "by Input(data)",
                        "the trap: shows nothing before the first write",
                    ),
                    _number(
                        "initial-data-by-timestamp",
                        "by Input(modified_timestamp), State(data)",
                        "the way out",
                    ),
                ],
                class_name="g-3 mb-3",
            ),
            dbc.Button("Add one", id="initial-data-button", size="sm"),
        ]
    )


def _number(name: str, how: str, what: str) -> dbc.Col:
    number = html.Div("–", id=name, className="count", **aria(live="polite"))
    return dbc.Col([html.Code(how), number, html.Small(what, className="text-body-secondary")], sm=6)


def _laboratory() -> html.Section:
    """Draw the six stores, and what their callbacks were called with since the page opened."""
    buttons = {"write": "Write a value", "write-none": "Write None", "clear": "Clear", "reload": "Reload"}
    head = ("storage type", "layout", "callback on data", "callback on modified_timestamp")
    return html.Section(
        [
            html.H2("Who is called on load?", id="laboratory"),
            html.P("Every callback here has prevent_initial_call=True. Write, clear, reload, and watch which run."),
            # New at every visit, so that calls noted on an earlier one are forgotten.
            dcc.Store(id="initial-data-visit", data=str(uuid4())),
            html.Div(
                [
                    dbc.Button(text, id=f"initial-data-{key}", size="sm", outline=True, color="primary")
                    for key, text in buttons.items()
                ],
                className="d-flex flex-wrap gap-2 mb-3",
            ),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody([_store_row(kind, start) for kind, start in STORES]),
                ],
                size="sm",
                responsive=True,
            ),
        ]
    )


def _store_row(kind: Any, start: str) -> html.Tr:
    """Draw one store and its two listeners."""
    name = f"initial-data-{kind}-{start}"
    given: dict[str, Any] = {"data": {"from": "the layout"}} if start == "given" else {}
    store = dcc.Store(id=f"{name}-store", storage_type=kind, **given)
    return html.Tr(
        [
            html.Td([kind, store]),
            html.Td(STARTS[start]),
            html.Td("not called", id=f"{name}-data"),
            html.Td("not called", id=f"{name}-timestamp"),
        ]
    )
