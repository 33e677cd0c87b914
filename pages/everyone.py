"""Everyone: state that all visitors share, with atomic updates, beside the global variable that only looks like it."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.everyone  # noqa: F401 - registers this page's callbacks
from components.attributes import aria
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="everyone",
    title="Shared by everyone",
    group="On the server",
    order=40,
    summary="One counter and one note for all visitors. Click, and watch it arrive in another browser.",
    places=(
        Place(
            key="counter",
            name="Shared counter",
            lives_in="the server's database",
            scope="everyone",
            survives=("page change", "reload", "new tab", "new browser", "server restart", "second worker"),
            limit="10 MB, as you set it",
            capacity=10_000_000,
            readable_by="every visitor of the page",
            wire_bytes=700,
        ),
        Place(
            key="global",
            name="Global variable",
            lives_in="one worker's memory",
            scope="everyone",
            survives=("page change", "reload", "new tab", "new browser"),
            limit="kept only while the same worker answers",
            capacity=0,
            readable_by="every visitor whom that worker answers",
            wire_bytes=574,
        ),
    ),
    claims=(
        Claim(text="A click arrives at other visitors without a reload.", proof="test_a_click_arrives_at_others"),
        Claim(
            text="When visitors click at the same time, all of them are counted.",
            proof="test_clicks_at_the_same_time_are_all_counted",
        ),
        Claim(
            text="A poll that finds nothing new costs under 600 bytes up and none down.",
            proof="test_a_poll_that_finds_nothing_new_sends_nothing_down",
        ),
        Claim(
            text="Of two who change the note at once, the second is told, and loses nothing.",
            proof="test_of_two_who_change_the_note_the_second_is_told_and_loses_nothing",
        ),
    ),
    traps=(
        Trap(
            text="A module-level variable shows one visitor's value to another.",
            cure="Keep what is one visitor's under that visitor's id.",
            proof="test_a_global_leaks_to_another_visitor",
        ),
        Trap(
            text="Each worker has its own copy, so the answer changes with the worker that happens to give it.",
            cure="Keep what is shared in a database, and let it do the adding.",
            proof="test_a_global_differs_between_workers",
        ),
    ),
    use_when=("all visitors look at the same thing, and any of them may change it",),
    leave_when=(
        "changes must arrive within a tenth of a second, or come many times a second: that asks for WebSockets",
        "the value is one visitor's",
    ),
    see_also=("/visitor-data",),
    more_files=("data/shared_state.py",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page."""
    demo = dbc.Row([dbc.Col(_counter(), md=4), dbc.Col(_note(), md=8)], class_name="g-3")
    return pattern_page(PATTERN, demo, _global())


def _counter() -> html.Div:
    return html.Div(
        [
            dcc.Interval(id="everyone-poll", interval=2_000),
            dcc.Store(id="everyone-seen"),
            html.H2("Everyone's clicks", className="h6 mb-0"),
            html.Div("–", id="everyone-count", className="count", **aria(live="polite")),
            dbc.Button("Count mine", id="everyone-button", size="sm"),
        ]
    )


def _note() -> html.Div:
    return html.Div(
        [
            dcc.Store(id="everyone-base"),
            html.H2("Everyone's note", className="h6"),
            html.Blockquote(id="everyone-note", className="text-break", **aria(live="polite")),
            dbc.Label("Your version of it", html_for="everyone-text", class_name="control-label"),
            dbc.Textarea(id="everyone-text", maxLength=280, size="sm"),
            dbc.Button("Save for everyone", id="everyone-save", size="sm", class_name="mt-2 me-2"),
            dbc.Button(
                "Start from theirs", id="everyone-start", size="sm", outline=True, color="primary", class_name="mt-2"
            ),
            html.P(id="everyone-saved", className="mt-2 mb-0", **aria(live="polite")),
        ]
    )


def _global() -> html.Section:
    """Draw the variable that leaks: a number, so that nothing worth knowing can."""
    return html.Section(
        [
            html.H2("Why not a global variable?", id="why-not-a-global-variable"),
            html.P(
                "This number is kept in a variable of the callback's module. Keep one, then look again here and in"
                " another browser. Everybody sees it, until another worker answers (your browser stays with one for"
                " some seconds), or the server restarts."
            ),
            dbc.Label("A number from 0 to 999", html_for="everyone-number", class_name="control-label"),
            html.Div(
                [
                    dbc.Input(
                        id="everyone-number", type="number", value=7, min=0, max=999, size="sm", class_name="w-auto"
                    ),
                    dbc.Button("Keep it", id="everyone-keep", size="sm"),
                    dbc.Button("Look again", id="everyone-look", size="sm", outline=True, color="primary"),
                ],
                className="d-flex flex-wrap gap-2",
            ),
            html.Div("–", id="everyone-global", className="count", **aria(live="polite")),
            html.Small(id="everyone-worker", className="text-body-secondary"),
        ]
    )
