"""A component of your own: a star rating in plain JavaScript that persists a part of its value."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html, register_page

import callbacks.persisted_component  # noqa: F401 - registers this page's callbacks
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.persistence_places import persistence_places
from components.prose import prose

PATTERN = Pattern(
    name="persisted_component",
    title="A component of your own",
    group="In the browser",
    order=33,
    summary="A star rating in plain JavaScript, without a build step. Its stars persist; its comment does not.",
    places=persistence_places("a component"),
    claims=(
        Claim(
            text="Only `value.stars` persists: after a reload the comment is the layout's again.",
            proof="test_after_a_reload_the_stars_are_back_and_the_comment_is_not",
        ),
        Claim(text="It is operated by keyboard, as radio buttons are.", proof="test_arrows_choose_and_tab_leaves"),
        Claim(text="It says what it is to a screen reader.", proof="test_it_has_roles_names_and_states"),
        Claim(text="A callback can forget the rating.", proof="test_forget_it_forgets_the_rating_for_good"),
    ),
    traps=(
        Trap(
            text="Dash's documentation calls the third prop `persistence_props`; the renderer reads `persisted_props`.",
            cure="Give your component `persisted_props`: under the other name nothing persists.",
            proof="test_the_renderer_reads_persisted_props",
        ),
        Trap(
            text="An `apply` that changes the object it is given changes the layout that Dash compares with later.",
            cure="Return a new object, and touch only the part that `extract` takes out.",
            proof="test_apply_returns_a_new_object_and_extract_takes_only_its_part",
        ),
    ),
    use_when=("no component has the control you need", "only a part of a value should be kept"),
    leave_when=("an existing control does it: `persistence` is already there",),
    see_also=("/forms",),
    more_files=("components/star_rating.py", "assets/star_rating.js"),
)

register_page(__name__, **PATTERN.page)

STEPS = {
    "`persistence`": "No default: a page asks for it. Its value is part of the key, so another value has other edits.",
    "`persistence_type`": 'Default "local", in `defaultProps`. Dash stores; the component knows nothing of it.',
    "`persisted_props`": "Default: the props that a visitor edits. `value.stars` means the part `stars` of `value`.",
    "`extract`": "Takes that part out of the prop. It alone is stored, and compared with the layout's.",
    "`apply`": "Puts it back: a new object, since the old one is the layout's.",
    "`setProps`": "The component calls it on every edit. That call is what Dash stores.",
}


def layout(**_query: str) -> html.Article:
    """Draw the page: the ratings in a tab, then how a component comes to persist."""
    tabs: list[Any] = [dbc.Tab(label="rate", tab_id="rate"), dbc.Tab(label="what is stored now", tab_id="stored")]
    demo = [
        dbc.Tabs(tabs, id="persisted-component-tabs", active_tab="rate"),
        html.Div(id="persisted-component-panel", className="pt-3"),
    ]
    return pattern_page(PATTERN, demo, _walk_through())


def _walk_through() -> html.Section:
    terms = [part for term, text in STEPS.items() for part in (html.Dt(prose(term)), html.Dd(prose(text)))]
    return html.Section(
        [
            html.H2("Three props and two functions", id="three-props"),
            html.P(
                prose(
                    "A component is a function at `window.<namespace>.<type>` and a Python class of the same names. "
                    "React is `window.React`. Both files are below, whole. To persist it needs:"
                )
            ),
            html.Dl(terms),
        ]
    )
