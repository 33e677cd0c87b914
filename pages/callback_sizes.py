"""Large values: what it costs to carry 10 kB to 10 MB through a callback, and how a listener gets by without."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.callback_sizes import SIZES
from components.attributes import aria, data
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="callback_sizes",
    title="Large values",
    group="Between callbacks",
    order=40,
    summary="One store, 10 kB to 10 MB: what it costs to send it, to read it on the server, and merely to be told.",
    claims=(
        Claim(
            text="A callback that reads a store has the whole of it sent up, at every change.",
            proof="test_a_callback_that_reads_a_store_has_all_of_it_sent_up",
        ),
        Claim(
            text="One that listens to `modified_timestamp` alone costs under 400 bytes, whatever the store holds.",
            proof="test_the_timestamp_alone_costs_the_same_at_any_size",
        ),
        Claim(text="10 MB can be carried both ways.", proof="test_10_mb_can_be_carried_both_ways"),
    ),
    traps=(
        Trap(
            text="Answers are compressed; what goes up is not, and most connections are slower that way.",
            cure="Send up an id or a selection, and let the server look up the rest.",
            proof="test_only_what_comes_down_is_compressed",
        ),
    ),
    use_when=("a few hundred kB, once in a while, on connections that you know",),
    leave_when=(
        "every callback needs the whole: keep it on the server, and an id in the store",
        "it need not leave the browser: read it with clientside callbacks",
    ),
    see_also=("/shared-data", "/limits", "/patch"),
)

register_page(__name__, **PATTERN.page)

TITLES = {"10-kb": "10 kB", "100-kb": "100 kB", "1-mb": "1 MB", "10-mb": "10 MB"}
COLUMNS = {
    "down": "sent into the store",
    "up": "read by a callback: `State(…, 'data')`",
    "told": "told of it: `modified_timestamp` alone",
}


def layout(**_query: str) -> html.Article:
    """Draw the page: the table of sizes, measured on request."""
    return pattern_page(PATTERN, _measurement())


def _measurement() -> html.Div:
    head = [html.Th("the store holds", scope="col"), *[html.Th(prose(text), scope="col") for text in COLUMNS.values()]]
    return html.Div(
        [
            dcc.Store(id="callback-sizes-sizes", data=list(SIZES)),
            dcc.Store(id="callback-sizes-ask"),
            dcc.Store(id="callback-sizes-store"),
            html.Fieldset(
                [
                    html.Legend("Measure up to", className="control-label float-start me-3 w-auto"),
                    dbc.RadioItems(
                        [{"label": TITLES[size], "value": size} for size in SIZES],
                        "1-mb",
                        id="callback-sizes-most",
                        inline=True,
                    ),
                ]
            ),
            dbc.Button("Measure", id="callback-sizes-measure", size="sm", class_name="my-2"),
            dbc.Table(
                [html.Thead(html.Tr(head)), html.Tbody([_row(size) for size in SIZES])],
                size="sm",
                class_name="text-table cards-on-phones mb-2",
            ),
            html.Small(
                [html.Span(id="callback-sizes-received"), " ", html.Span(id="callback-sizes-noticed")],
                className="text-body-secondary",
                **aria(live="polite"),
            ),
        ]
    )


def _row(size: str) -> html.Tr:
    cells: list[Any] = [
        html.Td("–", id=f"callback-sizes-{size}-{key}", **data(label=text.split(":")[0]))
        for key, text in COLUMNS.items()
    ]
    return html.Tr([html.Th(TITLES[size], scope="row"), *cells])
