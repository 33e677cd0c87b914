"""session_state: a visitor's values as attributes and items, as in Streamlit, and state for a single tab."""

from typing import Any
from uuid import uuid4

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.session_state import EXAMPLES
from components.attributes import aria
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page

PATTERN = Pattern(
    name="session_state",
    title="session_state",
    group="On the server",
    order=35,
    summary="A visitor's values as attributes and items: what Streamlit calls Session State, kept on the server.",
    claims=(
        Claim(text="Every example does what its code says.", proof="test_every_example_does_what_it_says"),
        Claim(text="Reading what is absent says so.", proof="test_reading_what_is_absent_says_so_on_the_page"),
        Claim(
            text="What cannot be kept is refused by a path to the part.",
            proof="test_what_cannot_be_kept_is_refused_by_its_path",
        ),
        Claim(text="It survives a reload, unlike Streamlit's.", proof="test_state_survives_a_reload"),
        Claim(text="A form sends nothing before it is submitted.", proof="test_a_form_sends_nothing_before_submit"),
    ),
    traps=(
        Trap(
            text="A second tab of the same visitor shares the visitor's state.",
            cure="Where that is wrong, use `session_state.tab(id)`, with an id that the tab keeps in session storage.",
            proof="test_a_second_tab_shares_the_visitors_note_and_has_its_own",
        ),
        Trap(
            text="A duplicated tab starts with a copy of the session storage, and with it of the tab's id.",
            cure="Let each tab hold a lock of its id's name; one that cannot get it takes a new id.",
            proof="test_a_duplicated_tab_gets_an_id_of_its_own",
        ),
    ),
    use_when=("you come from Streamlit", "several callbacks and pages read and write a few values of one visitor"),
    leave_when=("the browser alone needs the value", "several values must change together under a condition"),
    see_also=("/visitor-data",),
    more_files=("data/session_state.py",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page. It asks for nobody's state: the callbacks do that."""
    return pattern_page(PATTERN, _examples(), _arguments(), _form(), _scopes())


def _examples() -> html.Div:
    """Draw the choice of an example, its code, and what it returned or raised."""
    options = {name: name.replace("_", " ") for name in EXAMPLES}
    return html.Div(
        [
            dbc.Label("What to do", html_for="session-state-example", class_name="control-label"),
            html.Div(
                [
                    dbc.Select(
                        id="session-state-example", options=options, value="initialise", size="sm", class_name="w-auto"
                    ),
                    dbc.Button("Run it", id="session-state-run", size="sm"),
                    html.Code(id="session-state-result", className="align-self-center", **aria(live="polite")),
                ],
                className="d-flex flex-wrap gap-2",
            ),
            html.Pre(html.Code(id="session-state-code"), className="mt-3 mb-0", tabIndex="0"),
        ]
    )


def _arguments() -> html.Section:
    """Draw buttons whose ids carry the arguments of one callback."""
    buttons: list[Any] = [
        dbc.Button(f"Add {by}", id={"type": "session-state-add", "by": by}, size="sm", outline=True, color="primary")
        for by in (1, 5, 10)
    ]
    return html.Section(
        [
            html.H2("Arguments for a callback", id="arguments"),
            html.P("One callback serves all buttons: what Streamlit passes as args and kwargs is part of their ids."),
            html.Div(buttons, className="d-flex gap-2"),
            html.Div("–", id="session-state-total", className="count", **aria(live="polite")),
        ]
    )


def _form() -> html.Section:
    """Draw a form: its inputs are State, its button is the Input."""
    return html.Section(
        [
            html.H2("A form", id="form"),
            dbc.Label("My slider", html_for="session-state-slider", class_name="control-label"),
            dbc.Input(id="session-state-slider", type="range", min=0, max=10, step=1, value=5, class_name="form-range"),
            dbc.Checkbox(id="session-state-checkbox", label="Yes or no"),
            dbc.Button("Submit", id="session-state-submit", size="sm", class_name="me-2"),
            html.Span(id="session-state-submitted", **aria(live="polite")),
        ]
    )


def _scopes() -> html.Section:
    """Draw one note for the visitor and one for this tab."""
    notes = {"mine": "Yours, in every tab", "tabs": "This tab's alone"}
    return html.Section(
        [
            html.H2("Yours, or this tab's", id="scopes"),
            html.P(
                "Keep a note for yourself and another one for this tab. Then reload, open a second tab, duplicate it."
            ),
            dcc.Store(id="session-state-fresh", data=str(uuid4())),
            dcc.Store(id="session-state-tab"),
            dbc.Label("Note", html_for="session-state-note", class_name="control-label"),
            dbc.Input(id="session-state-note", size="sm", maxLength=100, value="hello"),
            html.Div(
                [
                    dbc.Button("Keep it for me", id="session-state-keep-mine", size="sm"),
                    dbc.Button("Keep it for this tab", id="session-state-keep-tabs", size="sm"),
                ],
                className="d-flex gap-2 my-2",
            ),
            html.Dl(
                [
                    part
                    for name, label in notes.items()
                    for part in (html.Dt(label), html.Dd(id=f"session-state-{name}", **aria(live="polite")))
                ]
            ),
        ]
    )
