"""One store, many writers: which ways of writing one store from several callbacks lose updates, and what each costs."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.user_data import FIELDS, STRATEGIES
from callbacks.user_data.strategy import LONGEST, Strategy
from components.attributes import aria, data
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose

FILES = {strategy.key: f"callbacks/user_data/{strategy.key.replace('-', '_')}.py" for strategy in STRATEGIES}
BROWSER_CODE = "assets/user_data_clientside.js"

PATTERN = Pattern(
    name="user_data",
    title="One store, many writers",
    group="Between callbacks",
    order=20,
    summary="Several callbacks write one store. Press Load, which sets two fields at once, and one of them is lost. "
    "Then choose another strategy.",
    places=(
        Place(
            key="patch",
            name="Patched memory store",
            lives_in="the page's memory",
            scope="this view",
            survives=("server restart", "second worker"),
            limit="what the tab can hold",
            capacity=None,
            readable_by="any script of the page",
            wire_bytes=1370,
        ),
    ),
    claims=(
        Claim(
            text="Each strategy loses an update in the scenarios it says, in 20 runs of 20, and in no other.",
            proof="test_a_strategy_loses_where_it_says_and_nowhere_else",
        ),
        Claim(
            text="The circular strategy ends within its rounds.",
            proof="test_the_circular_strategy_ends_within_its_bound",
        ),
        Claim(
            text="The time line marks the answer that Dash dropped.",
            proof="test_the_time_line_marks_a_dropped_answer",
        ),
        Claim(
            text="The clientside strategies make no request.",
            proof="test_the_clientside_strategies_make_no_request",
        ),
        Claim(
            text="With a key per field on the server, two tabs that write at once lose nothing.",
            proof="test_two_tabs_that_write_at_once_lose_nothing_on_the_server",
        ),
        Claim(
            text="On the server, a request that came first and ends last does not undo a later one.",
            proof="test_a_request_that_came_first_and_ends_last_undoes_nothing",
        ),
        Claim(
            text="A chosen delay has a bound, also in a request made by hand.",
            proof="test_an_absurd_delay_gets_a_clear_answer",
        ),
    ),
    traps=(
        Trap(
            text="A slow callback that returns the whole store undoes everything that was written while it ran.",
            cure="Let it return a `Patch`, or give what it finds a store of its own.",
            proof="test_a_slow_lookup_undoes_what_was_written_meanwhile",
        ),
        Trap(
            text="In a merged callback the slow lookup is lost when a field changes while it runs: Dash drops the "
            "answer, and the next call does not look up again.",
            cure="Only what is an Input can be written again. Keep a lookup out of the merged callback.",
            proof="test_a_lookup_in_a_merged_callback_is_lost_when_a_field_changes",
        ),
        Trap(
            text="Two answers that arrive together make one change of `modified_timestamp`: the chain is called once, "
            "after the second has undone the first.",
            cure="A chain on the time stamp mends by luck. Do not build on it what must not be lost.",
            proof="test_the_time_stamp_chain_loses_when_two_answers_arrive_together",
        ),
        Trap(
            text="With the fields as State, the time stamp chain does not notice a change of the last name alone.",
            cure="Every field that can change alone must be an Input of some callback.",
            proof="test_a_field_that_is_only_state_is_not_noticed_alone",
        ),
    ),
    use_when=("several callbacks each know a part of one value",),
    leave_when=(
        "one callback can write it all: one output, one writer, no race",
        "several tabs write it, or it must outlive the tab: keep it on the server, a key per field",
    ),
    see_also=("/patch", "/shared-data", "/visitor-data"),
    parts=(
        "callbacks/user_data/__init__.py",
        "callbacks/user_data/strategy.py",
        *FILES.values(),
        BROWSER_CODE,
        "assets/user_data_trace.js",
        "assets/user_data_runs.js",
        "assets/user_data.css",
    ),
)

register_page(__name__, **PATTERN.page)

SCENARIOS = {
    "one-event": "One event sets two fields",
    "two-events": "Two events, closer together than a callback takes",
}
COLUMNS = ("strategy", "scenario", "runs", "lost an update", "requests", "bytes up", "bytes down", "ms")


def layout(**_query: str) -> html.Article:
    """Draw the page: the form, the time line, the runs, the rule, and every strategy's code."""
    demo = html.Div(
        [
            dbc.Row([dbc.Col(_form(), lg=7), dbc.Col(_result(), lg=5)], class_name="g-3"),
            *[_parts(strategy) for strategy in STRATEGIES],
        ]
    )
    return pattern_page(PATTERN, demo, _time_line(), _runs(), _rule(), _strategies())


def _form() -> html.Fieldset:
    options = [
        {"label": strategy.title, "value": strategy.key, "title": strategy.says.replace("`", "")}
        for strategy in STRATEGIES
    ]
    milliseconds = {"type": "number", "min": 0, "max": LONGEST, "step": 1}
    return html.Fieldset(
        [
            dbc.Label("Strategy", html_for="user-data-strategy", class_name="control-label"),
            dbc.Select(id="user-data-strategy", options=options, value=STRATEGIES[0].key, size="sm"),
            html.P(id="user-data-says", className="form-text mb-0"),
            dbc.Row(
                [
                    _field("first-name", "First name", autocomplete="off"),
                    _field("last-name", "Last name", autocomplete="off"),
                    _field("age", "Age", type="number", min=0, max=150, step=1),
                ],
                class_name="g-2 mt-1",
            ),
            html.Div(
                [
                    dbc.Button("Load", id="user-data-load", size="sm"),
                    dbc.Button("Look up info", id="user-data-info", size="sm", outline=True, color="primary"),
                ],
                className="d-flex gap-2 my-3",
            ),
            dbc.Row(
                [
                    _field("delay", "Callback, ms", value=400, **milliseconds),
                    _field("info-delay", "Lookup, ms", value=1500, **milliseconds),
                    _field("gap", "Gap of events, ms", value=50, **milliseconds),
                ],
                class_name="g-2",
            ),
        ],
        id="user-data-controls",
    )


def _field(name: str, label: str, **props: Any) -> dbc.Col:
    return dbc.Col(
        [
            dbc.Label(label, html_for=f"user-data-{name}", class_name="control-label"),
            dbc.Input(id=f"user-data-{name}", size="sm", **props),
        ]
    )


def _result() -> html.Div:
    """Draw what the store holds, and whether it is what the form shows."""
    return html.Div(
        [
            html.Div("The store", className="control-label"),
            html.Pre("{}", id="user-data-view", className="user-data-view"),
            html.Div(id="user-data-verdict", role="status"),
        ]
    )


def _parts(strategy: Strategy) -> html.Div:
    """Draw a strategy's own fields, which the form fills in, and its stores."""
    empty: dict[str, Any] = {} if strategy.empty is None else {"data": strategy.empty}
    return html.Div(
        [
            *[dcc.Input(id=f"user-data-{strategy.key}-{field}", type="hidden") for field in FIELDS],
            dcc.Store(id=f"user-data-{strategy.key}-store", **empty),
            *[dcc.Store(id=store) for store in strategy.stores],
        ],
        id=f"user-data-{strategy.key}-parts",
        hidden=True,
    )


def _time_line() -> html.Section:
    return html.Section(
        [
            html.H2("Time line", id="time-line"),
            html.P("Change something above: every request appears here.", id="user-data-trace-total"),
            html.Ol(id="user-data-trace", className="trace"),
            _table("user-data-difference", ("field", "should hold", "holds", "")),
        ]
    )


def _table(name: str, head: tuple[str, ...]) -> dbc.Table:
    columns = html.Thead(html.Tr([html.Th(text, scope="col") for text in head]))
    return dbc.Table([columns, html.Tbody(id=name)], size="sm", responsive=True)


def _runs() -> html.Section:
    """Draw what runs a scenario twenty times, for one strategy or all."""
    return html.Section(
        [
            html.H2("Run 20 times", id="run-20-times"),
            html.P(
                "With the delays chosen above, in your browser, against this server. The figures are means of a run."
            ),
            dbc.Row(
                [
                    _choice("which", "Strategy", {"chosen": "The chosen one", "all": "All"}, "chosen"),
                    _choice("scenario", "Scenario", {"both": "Both", **SCENARIOS}, "both"),
                ],
                class_name="g-3",
            ),
            html.Div(
                [
                    dbc.Button("Run 20 times", id="user-data-run", size="sm"),
                    dbc.Button("Stop", id="user-data-stop", size="sm", outline=True, color="primary", disabled=True),
                    dbc.Button("Download CSV", id="user-data-download", size="sm", color="link"),
                ],
                className="d-flex gap-2 my-3",
            ),
            html.Progress(
                id="user-data-progress", max="100", value="0", className="user-data-progress", **aria(label="Runs done")
            ),
            dcc.Store(id="user-data-results"),
            dcc.Download(id="user-data-file"),
            _table("user-data-table", COLUMNS),
        ]
    )


def _choice(name: str, label: str, options: dict[str, str], value: str) -> dbc.Col:
    return dbc.Col(
        html.Fieldset(
            [
                html.Legend(label, className="control-label"),
                dbc.RadioItems(id=f"user-data-{name}", options=options, value=value),
            ]
        ),
        sm="auto",
    )


def _rule() -> html.Section:
    """Draw the rule, its exception, and the way to a strategy."""
    questions = (
        (
            "Is every part of the value an Input, and can one callback write it quickly?",
            "Yes: merge, and write all inputs every time. One callback, one output, no `allow_duplicate`.",
        ),
        (
            "Else: who needs it?",
            "Other tabs too: a key per field on the server, by compare-and-set. Only scripts of this page: a "
            "clientside callback and a store per field, and a merge.",
        ),
        (
            "Else: does anybody read one part alone?",
            "Yes: a store per field, and a merge. No: `Patch`, a callback per field; the store starts with `{}`.",
        ),
    )
    return html.Section(
        [
            html.H2("The rule", id="the-rule"),
            html.P(
                html.Strong(
                    "An answer must never carry what it did not change, and must always carry all that it is for."
                )
            ),
            html.P(
                prose(
                    "What it did not change is as old as its request: so write the whole value only from Inputs, or "
                    "write a part. The exception that catches the careful: when a callback is called again before it "
                    "has answered, Dash drops the answer in flight. A merged callback that writes only what triggered "
                    "it loses the dropped part, as a `Patch` too; one that writes all its inputs does not."
                )
            ),
            html.H3("Three questions to a strategy", id="three-questions"),
            html.Ol([html.Li([html.Strong(question), html.Br(), *prose(way)]) for question, way in questions]),
        ]
    )


def _strategies() -> html.Section:
    """Draw every strategy with its code, fetched when it is opened."""
    rows = [
        _code(strategy.title, FILES[strategy.key], html.P(prose(strategy.says), className="mb-0"), _loses(strategy))
        for strategy in STRATEGIES
    ]
    return html.Section(
        [
            html.H2("The strategies", id="strategies"),
            *rows,
            _code("The browser code of the clientside strategies", BROWSER_CODE),
            _code("What all strategies share", "callbacks/user_data/strategy.py"),
            _code("The form's own callbacks", "callbacks/user_data/__init__.py"),
        ],
        className="about-the-page",
    )


def _code(title: str, file: str, *parts: Any) -> html.Details:
    *about, badge = parts or (None,)
    summary = html.Summary([html.Span(title), badge])
    return html.Details(
        [summary, *about, html.Div(className="source")], className="claim", **data(source=f"/source/{file}")
    )


def _loses(strategy: Strategy) -> html.Span:
    if strategy.loses:
        text, colour = "loses" if len(strategy.loses) == 2 else "loses two events", "danger"
    elif strategy.may_lose:
        text, colour = "can lose", "warning"
    else:
        text, colour = "loses nothing", "success"
    return html.Span(text, className=f"badge text-bg-{colour}")
