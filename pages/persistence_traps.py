"""The traps of persistence: each one live, beside its cure."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.persistence_traps import DEFAULTS, NEIGHBORHOODS, VIEWS
from components.every_control import FRUITS
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.prose import prose
from components.stored_now import PERSISTENCE, stored_now

PATTERN = Pattern(
    name="persistence_traps",
    title="Traps of persistence",
    group="In the browser",
    order=35,
    summary="Six ways to lose what the visitor entered, each beside its cure. Enter something in both; reload.",
    claims=(
        Claim(text="Without an id, nothing is kept, and nobody is told.", proof="test_without_an_id_nothing_is_kept"),
        Claim(
            text="A value that a callback writes is kept too.",
            proof="test_a_value_that_a_callback_writes_is_kept_too",
        ),
        Claim(
            text="A full storage loses what was persisted before: Dash clears it to make room.",
            proof="test_a_full_storage_loses_what_was_kept_before",
        ),
    ),
    traps=(
        Trap(
            text="A callback that writes on load overwrites what the visitor left.",
            cure="Raise `PreventUpdate` until its button was pressed.",
            proof="test_a_callback_that_writes_on_load_overwrites_what_was_kept",
        ),
        Trap(
            text="A new initial value in the layout deletes what was kept, for good.",
            cure="Name the release in `persistence`: each has its own edits, and going back finds them.",
            proof="test_a_changed_initial_value_deletes_what_was_kept_for_good",
        ),
        Trap(
            text="Two pages that use one id share what is kept: persistence knows ids, not pages.",
            cure="Put the page's name in every id.",
            proof="test_two_pages_that_share_an_id_share_the_value",
        ),
        Trap(
            text="A dependent choice whose callback also returns `value=None` is never restored.",
            cure="Return `options` and `persistence` only.",
            proof="test_a_none_beside_new_options_wins_over_what_was_kept",
        ),
        Trap(
            text="A kept value that is no longer among the options disappears without a word.",
            cure="List it as not available, disabled, until the visitor chooses another.",
            proof="test_a_kept_value_that_is_no_longer_offered_is_shown_as_not_available",
        ),
    ),
    use_when=("a persisted value is not what you expected, and you look for the reason",),
    leave_when=("you have not met a trap yet: begin with the persisted forms",),
    see_also=("/forms", "/tables"),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: a card for each trap."""
    cards = [_on_load(), _initial_value(), _same_id(), _no_id(), _dependent(), _not_offered()]
    demo = dbc.Row([dbc.Col(card, lg=6) for card in cards], class_name="g-3")
    kept = html.Section(
        [html.H2("What is stored now", id="stored"), stored_now("local", f"{PERSISTENCE}persistence-traps-")]
    )
    return pattern_page(PATTERN, demo, kept)


def _card(title: str, *parts: Any) -> dbc.Card:
    return dbc.Card(dbc.CardBody([html.H2(title, className="h6"), *parts]), class_name="h-100")


def _field(name: str, label: str, make: Any = dbc.Input, **props: Any) -> html.Div:
    """Draw a persisted control with its label."""
    return html.Div(
        [
            html.Label(prose(label), htmlFor=f"persistence-traps-{name}"),
            make(id=f"persistence-traps-{name}", **({"persistence": True} | props)),
        ],
        className="mb-2",
    )


def _on_load() -> dbc.Card:
    return _card(
        "A callback that writes on load",
        _field("overwritten", "Trap: it always returns a value", value=""),
        _field("guarded", "Cure: it waits for the button", value=""),
        dbc.Button("Set both", id="persistence-traps-set", size="sm", outline=True, color="primary"),
    )


def _initial_value() -> dbc.Card:
    return _card(
        "A new initial value",
        _field("default", "Deploy the", dbc.RadioItems, options=_options(DEFAULTS), value="old", persistence=False),
        html.Div(id="persistence-traps-release"),
    )


def _same_id() -> dbc.Card:
    return _card(
        "One id on two pages",
        _field("page", "Go to", dbc.RadioItems, options=VIEWS, value="a", inline=True, persistence=False),
        html.Div(id="persistence-traps-view"),
    )


def _no_id() -> dbc.Card:
    return _card(
        "No id",
        html.Label(["Trap: persistence without an id", dbc.Input(value="", persistence=True)], className="w-100 mb-2"),
        _field("with-id", "Cure: an id", value=""),
    )


def _dependent() -> dbc.Card:
    cities = list(NEIGHBORHOODS)
    return _card(
        "A choice for each choice",
        _field("city", "City", dbc.RadioItems, options=cities, value=cities[0], inline=True),
        _field("emptied", "Trap: also returns `value=None`", dbc.Select, options=[], persistence=cities[0]),
        _field("restored", "Cure: returns `options` and `persistence`", dbc.Select, options=[], persistence=cities[0]),
    )


def _not_offered() -> dbc.Card:
    return _card(
        "No longer among the options",
        _field("stock", "In stock today", dbc.Checklist, options=FRUITS, value=FRUITS, inline=True),
        _field("dropped", "Trap: offers what is left", dcc.Dropdown, options=FRUITS),
        _field("told", "Cure: says what is gone", dbc.Select, options=FRUITS),
    )


def _options(labels: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": f"version {value}: “{text}”"} for value, text in labels.items()]
