"""Patch: every operation on every kind of target, what a change weighs, and the places where it surprises."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.patch  # noqa: F401 - registers the callbacks
from callbacks.patch_operations import OPERATIONS, line_of
from components.attributes import aria, data
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="patch",
    title="Patch",
    group="Between callbacks",
    order=30,
    summary="A callback can answer with a change instead of a value. Run every operation on what is there, what is "
    "empty and what is missing, and see what your browser makes of it.",
    places=(
        Place(
            key="session",
            name="Patched session store",
            lives_in="session storage",
            scope="this tab",
            survives=("page change", "reload", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin",
            wire_bytes=461,
        ),
        Place(
            key="local",
            name="Patched local store",
            lives_in="local storage",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="about 5 MB for all of an origin's keys",
            capacity=5_000_000,
            readable_by="any script of the origin, anyone at the device",
            wire_bytes=449,
        ),
    ),
    claims=(
        Claim(text="Every operation works on what is there.", proof="test_every_operation_works_on_what_is_there"),
        Claim(
            text="With 100 kB in the store, a Patch sends less than a tenth of what the whole value does.",
            proof="test_a_patch_of_100_kb_carries_at_most_a_tenth",
        ),
        Claim(text="An empty session or local store can be patched.", proof="test_an_empty_kept_store_can_be_patched"),
        Claim(text="An unknown operation gets a clear answer.", proof="test_an_unknown_operation_gets_a_clear_answer"),
    ),
    traps=(
        Trap(
            text="`extend`, `insert`, `reverse`, `remove` on a missing key fail in the browser, and the whole Patch is "
            "dropped: the server never hears of it.",
            cure="Start the store with all of its keys.",
            proof="test_some_operations_on_a_missing_key_drop_the_patch",
        ),
        Trap(
            text="A memory store without data cannot be patched: the answer is lost, and with it every other output of "
            "the callback.",
            cure="Start it with `data={}`.",
            proof="test_an_empty_memory_store_loses_the_patch_and_every_other_output",
        ),
        Trap(
            text='`p["n"] += 1` on a missing key silently stores null.',
            cure="Start the store with `n` at 0.",
            proof="test_arithmetic_on_a_missing_key_stores_null",
        ),
        Trap(
            text="Called again before it has answered, an answer in flight is dropped: five calls, one added.",
            cure="Do not count with a Patch. Send the number, or count where the calls arrive.",
            proof="test_of_five_calls_at_once_one_is_counted",
        ),
        Trap(
            text="Twenty `set_props` with a Patch in one callback: the last alone arrives.",
            cure="Collect all changes in one Patch and return it.",
            proof="test_of_twenty_set_props_the_last_alone_arrives",
        ),
        Trap(
            text="A clientside Patch that is not built replaces the value.",
            cure="End it with `.build()`.",
            proof="test_a_clientside_patch_must_be_built",
        ),
    ),
    use_when=("several callbacks write parts of one value", "the value is large and the change is small"),
    leave_when=("the change depends on what is there", "the same callback may be called again before it has answered"),
    see_also=("/user-data",),
    parts=("callbacks/patch_operations.py", "assets/patch.css"),
)

register_page(__name__, **PATTERN.page)

TARGETS = {"present": "there", "empty": "empty", "missing": "missing"}
SIZES = {"1-kb": "1 kB", "100-kb": "100 kB", "1-mb": "1 MB"}


def layout(**_query: str) -> html.Article:
    """Draw the page: the bench, the bytes, and one small demo for each surprise."""
    return pattern_page(PATTERN, _bench(), _bytes(), _kept(), _surprises())


def _bench() -> html.Div:
    head = html.Tr([html.Th("operation", scope="col"), *[html.Th(text, scope="col") for text in TARGETS.values()]])
    return html.Div(
        [
            dbc.Button("Run them all", id="patch-run", size="sm", class_name="mb-3"),
            dcc.Store(id="patch-operations", data={name: line_of(name) for name in OPERATIONS}),
            dcc.Store(id="patch-bench-store"),
            dcc.Store(id="patch-bench-operation"),
            html.Table(
                [html.Thead(head), html.Tbody([_operation(name) for name in OPERATIONS])],
                className="table table-sm patch-bench",
            ),
        ]
    )


def _operation(name: str) -> html.Tr:
    cells = [
        html.Td(html.Span("–", id=f"patch-{name.replace('_', '-')}-{target}"), **data(label=text))
        for target, text in TARGETS.items()
    ]
    return html.Tr([html.Th(html.Code(line_of(name)), scope="row"), *cells])


def _bytes() -> html.Section:
    head = ("the store holds", "whole value", "Patch")
    rows = [
        html.Tr([html.Th(text, scope="row"), *[html.Td("–", id=f"patch-{key}-{how}") for how in ("whole", "patch")]])
        for key, text in SIZES.items()
    ]
    return html.Section(
        [
            html.H2("What a change weighs", id="what-a-change-weighs"),
            html.P("One number changes, in a store of each size: once as a whole value, once as a Patch."),
            dcc.Store(id="patch-size-store"),
            dcc.Store(id="patch-size-whole"),
            dcc.Store(id="patch-size-patch"),
            dbc.Button("Measure", id="patch-measure", size="sm", class_name="mb-3"),
            dbc.Table(
                [html.Thead(html.Tr([html.Th(text, scope="col") for text in head])), html.Tbody(rows)],
                size="sm",
                responsive=True,
            ),
        ]
    )


def _kept() -> html.Section:
    stores: list[tuple[str, Any]] = [("session", "session"), ("local", "local")]
    return html.Section(
        [
            html.H2("In empty stores of each type", id="empty-stores"),
            html.P("All three start without data. Session and local stores can be patched so; in memory one cannot."),
            dcc.Store(id="patch-memory-asked"),
            dbc.Row(
                [
                    *[_demo(name, f"Patch the {name} store", storage_type=kind) for name, kind in stores],
                    _demo("memory", "Patch the memory store"),
                ],
                class_name="g-3",
            ),
            html.P(["The other output of the memory store's callback: ", html.Code("–", id="patch-memory-other")]),
        ]
    )


def _surprises() -> html.Section:
    return html.Section(
        [
            html.H2("Surprises", id="surprises"),
            dcc.Store(id="patch-count-calls"),
            dcc.Store(id="patch-clientside-store", data={"list": []}),
            dbc.Row(
                [
                    _demo("count", "Add one, five times at once", data={"n": 0}),
                    _demo("set-props", "Append 0 to 19 by set_props", data={"list": []}),
                    dbc.Col(
                        [
                            html.Div(
                                [
                                    dbc.Button("Clientside, built", id="patch-clientside-built", size="sm"),
                                    dbc.Button("Clientside, not built", id="patch-clientside-unbuilt", size="sm"),
                                ],
                                className="d-flex gap-2",
                            ),
                            html.Pre(id="patch-clientside-shown", className="patch-shown", **aria(live="polite")),
                        ],
                        lg=4,
                    ),
                ],
                class_name="g-3",
            ),
        ]
    )


def _demo(name: str, text: str, **store: Any) -> dbc.Col:
    """Draw a store, the button that changes it, and what it holds."""
    return dbc.Col(
        [
            dcc.Store(id=f"patch-{name}-store", **store),
            dbc.Button(text, id=f"patch-{name}-button", size="sm"),
            html.Pre(id=f"patch-{name}-shown", className="patch-shown", **aria(live="polite")),
        ],
        lg=4,
    )
