"""Persisted forms: every control with `persistence`, in memory, session and local storage, tab by tab."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.forms import KINDS, NEIGHBORHOODS, NOTE
from components.attributes import aria
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.persistence_places import persistence_places
from components.stored_now import PERSISTENCE, stored_now

PATTERN = Pattern(
    name="forms",
    title="Persisted forms",
    group="In the browser",
    order=30,
    summary="Give a control `persistence=True` and it comes back as the visitor left it. No callback, no store.",
    places=persistence_places("a control"),
    claims=(
        Claim(
            text="A tab whose content is removed brings every control back, in all three types.",
            proof="test_every_control_comes_back_after_a_tab_switch",
        ),
        Claim(text="A reload brings session and local back.", proof="test_a_reload_brings_session_and_local_back"),
        Claim(text="A new browser tab brings local back only.", proof="test_a_new_tab_brings_local_back_only"),
        Claim(text="The chosen tab itself is kept.", proof="test_the_chosen_tab_is_kept"),
        Claim(
            text="The first call of a callback receives what was kept, whatever the layout says.",
            proof="test_the_first_call_receives_what_was_kept",
        ),
        Claim(
            text="A neighborhood is remembered for each city, and forgotten in a new tab.",
            proof="test_a_neighborhood_is_remembered_for_each_city",
        ),
        Claim(
            text="Writing the prop forgets the value: one by Forget it!, all by Reset the form.",
            proof="test_reset_brings_every_control_back_to_the_layout",
        ),
    ),
    traps=(
        Trap(
            text="A callback that returns the persisted prop on load overwrites what the visitor left.",
            cure="Return it only when the reset is really asked for: raise `PreventUpdate` until `n_clicks`.",
            proof="test_forget_it_forgets_one_value_for_good",
        ),
        Trap(
            text="A visitor may block storage, or fill it, and Dash tells nobody.",
            cure="The form must work without: here it does, and the panel says that nothing is kept.",
            proof="test_with_blocked_storage_the_form_works_and_the_visitor_is_told",
        ),
    ),
    use_when=("a single control should come back as the visitor left it", "a form stands in a tab that is removed"),
    leave_when=(
        "the server must know the value before the page does",
        "several controls make up one value that must stay whole: keep it in a store",
        "the value is secret: the next visitor at the device can read it",
    ),
    see_also=("/persistence-traps", "/validated-form", "/preferences"),
    more_files=("components/every_control.py", "components/stored_now.py", "assets/stored_now.js"),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: the tabbed form, the city and its neighborhood, the note that can be forgotten."""
    return pattern_page(PATTERN, _tabbed_form(), _city(), _note())


def _tabbed_form() -> html.Div:
    """Draw the tabs; a callback draws the form of the chosen one."""
    tabs: list[dbc.Tab] = [dbc.Tab(label=kind, tab_id=kind) for kind in KINDS]
    return html.Div(
        [
            dbc.Tabs(tabs, id="forms-tabs", active_tab="memory", persistence=True),
            html.Div(id="forms-panel", className="pt-3"),
        ]
    )


def _city() -> html.Section:
    return html.Section(
        [
            html.H2("A choice for each choice", id="city"),
            html.P(
                "The city is kept for good. The neighborhood is kept until the tab is closed, one for each city: "
                "its persistence is the city's name."
            ),
            dbc.Row(
                [
                    dbc.Col(
                        [
                            dbc.Label("City", html_for="forms-city"),
                            dcc.Dropdown(
                                list(NEIGHBORHOODS), "Montreal", id="forms-city", clearable=False, persistence=True
                            ),
                        ],
                        sm=6,
                    ),
                    dbc.Col(
                        [
                            dbc.Label("Neighborhood", html_for="forms-neighborhood"),
                            html.Div(dcc.Dropdown(id="forms-neighborhood"), id="forms-neighborhood-container"),
                        ],
                        sm=6,
                    ),
                ],
                class_name="g-3 mb-2",
            ),
            html.P(id="forms-choice", **aria(live="polite")),
            stored_now("session", f"{PERSISTENCE}forms-neighborhood"),
        ]
    )


def _note() -> html.Section:
    return html.Section(
        [
            html.H2("Forget one value", id="forget"),
            dbc.Label("Remember this important info", html_for="forms-note"),
            dbc.InputGroup(
                [
                    dbc.Input(id="forms-note", value=NOTE, persistence=True),
                    dbc.Button("Forget it!", id="forms-forget"),
                ],
                class_name="mb-2",
            ),
            stored_now("local", f"{PERSISTENCE}forms-note"),
        ]
    )
