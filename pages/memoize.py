"""Memoise: answers kept on the server with Flask-Caching, their hits and misses, and the traps beside their cures."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.memoize
import callbacks.memoize_traps  # noqa: F401 - registers the callbacks of the traps
from callbacks.memoize_signal import SIZES, VERSIONS
from components.attributes import aria, data
from components.figures import CONFIG, figure
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose
from data.gapminder import FIELDS, countries

SIGNAL_CODE, TRAPS_CODE = "callbacks/memoize_signal.py", "callbacks/memoize_traps.py"

PATTERN = Pattern(
    name="memoize",
    title="Memoise answers",
    group="On the server",
    order=15,
    summary="Ask a slow question twice. The second answer comes from the server's cache, whoever asked first.",
    places=(
        Place(
            key="answer",
            name="Memoised answer",
            lives_in="the server's cache",
            scope="everyone",
            survives=("page change", "reload", "new tab", "new browser", "server restart", "second worker"),
            limit="2 GB in all, as you set it; what was used longest ago goes first",
            capacity=2_000_000_000,
            readable_by="the server alone",
            wire_bytes=700,
        ),
    ),
    claims=(
        Claim(
            text="The second ask is a hit, and takes under a tenth of the first one's time.",
            proof="test_the_second_ask_is_a_hit_and_far_quicker",
        ),
        Claim(text="A hit may be another visitor's miss.", proof="test_a_hit_may_be_another_visitors_miss"),
        Claim(text="An answer expires when its time is over.", proof="test_an_answer_expires"),
        Claim(
            text="`delete_memoized` forgets one answer, or all of a function.",
            proof="test_delete_memoized_forgets_one_answer_or_all",
        ),
        Claim(
            text="A signal costs the same at 10 MB as at 100 kB; the data itself crosses the wire three times.",
            proof="test_a_signal_costs_the_same_at_any_size",
        ),
        Claim(
            text="A forged request gets a clear answer.",
            proof="test_a_forged_request_gets_a_clear_answer",
        ),
    ),
    traps=(
        Trap(
            text="`memoize` makes its keys from `repr`: two frames that differ in the middle share an answer.",
            cure='Make the key from the content: `get_or_build(make_key("total", frame), …)`.',
            proof="test_two_frames_that_differ_in_the_middle_share_an_answer_unless_the_key_is_by_content",
        ),
        Trap(
            text="Callers who ask for the same new thing at the same time all compute it.",
            cure="`get_or_build` lets one of them, on whatever machine; the others wait for its answer.",
            proof="test_sixteen_callers_compute_sixteen_times_or_once",
        ),
        Trap(
            text="An answer of None is not kept, so it is computed each time.",
            cure="`get_or_build` keeps None like any other value; `memoize` does with `cache_none=True`.",
            proof="test_none_is_computed_each_time_or_once",
        ),
        Trap(
            text="A time-out is the only thing that tells `memoize` that an answer is out of date.",
            cure="Call `delete_memoized` where the data changes, or put a version of the data into the arguments.",
            proof="test_delete_memoized_forgets_one_answer_or_all",
        ),
    ),
    use_when=(
        "a callback is slow, and gives the same answer to the same arguments",
        "several callbacks need the same data: the first computes it and signals, the others read",
        "the answer may be shared by all who ask the same question",
    ),
    leave_when=(
        "the answer is one visitor's: the visitor's id would have to be part of every key",
        "losing it matters: a cache may forget anything at any time",
        "computing it takes less than reading it, about 0.1 ms",
    ),
    see_also=("/shared-data", "/visitor-data", "/everyone"),
    more_files=("data/cache.py", "data/keys.py"),
    parts=(SIGNAL_CODE, TRAPS_CODE, "assets/memoize.css"),
)

register_page(__name__, **PATTERN.page)

BUTTON = "btn btn-primary btn-sm"
KEPT_FOR = {5: "5 seconds", 300: "5 minutes"}
FACTS = {
    "mean": "mean of 1952 to 2007",
    "took": "took",
    "age": "age",
    "left": "expires in",
    "size": "size in the cache",
    "workers": "process that computed / answered",
}
TRAPS = {
    "repr": ("Two frames that differ in row 50", "`memoize`", "`make_key` by content"),
    "stampede": ("Sixteen callers at the same time", "`memoize`", "`get_or_build`"),
    "none": ("Three asks for something that is None", "`memoize`", "`get_or_build`"),
}


def layout(**_query: str) -> html.Article:
    """Draw the page: the slow question, signalling, and the traps."""
    demo = html.Div(
        [
            dcc.Store(id="memoize-answer"),
            dcc.Interval(id="memoize-clock", interval=500),
            dbc.Row([dbc.Col(_question(), md=5), dbc.Col(_answer(), md=7)], class_name="g-3"),
        ]
    )
    return pattern_page(PATTERN, demo, _signal(), _traps())


def _question() -> html.Div:
    return html.Div(
        [
            _select("country", "Country", countries(), "Canada"),
            _select("field", "Mean of", FIELDS, "lifeExp"),
            dbc.Label("Keep the answer for", html_for="memoize-kept-for", class_name="control-label mt-2"),
            dbc.RadioItems(id="memoize-kept-for", options=_options(KEPT_FOR), value=300, inline=True),
            html.Div(
                [
                    dbc.Button("Ask", id="memoize-ask", size="sm"),
                    dbc.Button("Forget this answer", id="memoize-forget", size="sm", outline=True, color="primary"),
                    dbc.Button("Forget all", id="memoize-forget-all", size="sm", outline=True, color="primary"),
                ],
                className="d-flex flex-wrap gap-2 mt-2",
            ),
        ]
    )


def _answer() -> html.Div:
    facts = [[html.Dt(label), html.Dd("–", id=f"memoize-{name}")] for name, label in FACTS.items()]
    return html.Div(
        [
            html.Div("–", id="memoize-state", className="count", **aria(live="polite")),
            html.Dl([html.Div(fact) for fact in facts], className="memoize-facts"),
        ]
    )


def _signal() -> html.Section:
    """Draw the data that one callback prepares and two read."""
    controls = [
        _select("kilobytes", "Numbers, as JSON", _options(SIZES), 1_000),
        dbc.Label("Version", html_for="memoize-version", class_name="control-label mt-2"),
        dbc.RadioItems(id="memoize-version", options=VERSIONS, value="data"),
        dbc.Button("Share them", id="memoize-share", size="sm", class_name="mt-2"),
        html.P(id="memoize-average", className="mt-2 mb-0", **aria(live="polite")),
    ]
    head = ("version", "requests", "up", "down", "time")
    return html.Section(
        [
            html.H2("Caching and signalling", id="caching-and-signalling"),
            html.P(
                prose(
                    "One callback prepares the numbers, a text and a chart read them. With the data in a `dcc.Store`"
                    " they travel down once and up twice. With a signal there, which says only what is ready, each"
                    " reader calls the same memoised function, and gets the frame from the cache."
                )
            ),
            dcc.Store(id="memoize-shared"),
            dbc.Row(
                [
                    dbc.Col(controls, md=4),
                    dbc.Col(
                        dcc.Graph(id="memoize-histogram", figure=figure([]), config=CONFIG, className="memoize-graph"),
                        md=8,
                    ),
                ],
                class_name="g-3",
            ),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody(id="memoize-compare"),
                ],
                size="sm",
                responsive=True,
            ),
            _code("The code of this section", SIGNAL_CODE),
        ]
    )


def _traps() -> html.Section:
    """Draw each trap beside its cure, with a button that runs both."""
    rows = [
        html.Tr(
            [
                html.Th(title, scope="row"),
                html.Td(html.Button("Run", id=f"memoize-{name}-run", className=BUTTON, **aria(label=f"Run: {title}"))),
                html.Td([*prose(trap), ": ", html.Span("–", id=f"memoize-{name}-trap", **aria(live="polite"))]),
                html.Td([*prose(cure), ": ", html.Span("–", id=f"memoize-{name}-cure", **aria(live="polite"))]),
            ]
        )
        for name, (title, trap, cure) in TRAPS.items()
    ]
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in ("question", "", "trap", "cure")]))
    return html.Section(
        [
            html.H2("The traps, live", id="traps-live"),
            dbc.Table([head, html.Tbody(rows)], size="sm", responsive=True, class_name="align-middle"),
            _code("The code of this section", TRAPS_CODE),
        ]
    )


def _select(name: str, label: str, options: Any, value: Any) -> html.Div:
    return html.Div(
        [
            dbc.Label(label, html_for=f"memoize-{name}", class_name="control-label"),
            dcc.Dropdown(id=f"memoize-{name}", options=options, value=value, clearable=False),
        ],
        className="mb-2",
    )


def _options(labels: dict[int, str]) -> list[dict[str, Any]]:
    """Return options with numbers as values, which the keys of a JSON object cannot be."""
    return [{"value": value, "label": label} for value, label in labels.items()]


def _code(title: str, file: str) -> html.Details:
    return html.Details(
        [html.Summary(html.Span(title)), html.Div(className="source")],
        className="claim about-the-page",
        **data(source=f"/source/{file}"),
    )
