"""Preferences: the language and the theme, chosen once and kept for good."""

import dash_bootstrap_components as dbc
from dash import html, register_page

from callbacks.preferences import LABELS, LANGUAGES
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.stored_now import PERSISTENCE, stored_now

PATTERN = Pattern(
    name="preferences",
    title="Preferences",
    group="In the browser",
    order=34,
    summary="A language is one persisted control. A theme needs one step more, or the page flashes.",
    claims=(
        Claim(
            text="The first call of the callback receives the kept language.",
            proof="test_the_first_call_receives_the_kept_language",
        ),
        Claim(
            text="The theme of this app is applied before anything is drawn.",
            proof="test_the_kept_theme_is_there_before_anything_is_drawn",
        ),
    ),
    traps=(
        Trap(
            text="Persistence is applied when Dash draws its layout: a theme kept that way flashes on every load.",
            cure="Let a few lines in `<head>` read the key before the styles: see `assets/theme.js` below.",
            proof="test_the_kept_theme_is_there_before_anything_is_drawn",
        ),
    ),
    use_when=("the choice belongs to this browser: theme, language, units, density",),
    leave_when=(
        "the server must know it for the first response: use a cookie",
        "the visitor should find it on another device: keep it with the visitor on the server",
    ),
    see_also=("/forms",),
    more_files=("assets/theme.js",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: a language with its small demo, then how the app keeps its theme."""
    return pattern_page(PATTERN, _language(), _theme())


def _language() -> dbc.Row:
    return dbc.Row(
        [
            dbc.Col(
                html.Fieldset(
                    [
                        html.Legend("Language", className="control-label"),
                        # This is all that keeping the choice takes.
                        dbc.RadioItems(LANGUAGES, "en", id="preferences-language", persistence=True),
                    ]
                ),
                sm=4,
            ),
            dbc.Col(_demo(), sm=8),
        ],
        class_name="g-3",
    )


def _demo() -> html.Div:
    """Draw a few labels; the callback writes them in the chosen language."""
    return html.Div(
        [
            html.P(id="preferences-greeting", className="h5"),
            dbc.Label(id="preferences-name", html_for="preferences-visitor"),
            dbc.InputGroup(
                [
                    dbc.Input(id="preferences-visitor", autocomplete="off"),
                    # A button cannot do without a label until the callback answers.
                    dbc.Button(LABELS["en"]["button"], id="preferences-button", outline=True, color="primary"),
                ],
                class_name="mb-2",
            ),
            html.P(id="preferences-count", className="mb-0"),
        ],
        id="preferences-card",
        lang="en",
    )


def _theme() -> html.Section:
    return html.Section(
        [
            html.H2("How this app keeps its theme", id="theme"),
            html.P(
                "The switch at the top writes a local store. A small script in the page's head reads the store's key "
                "before the styles are loaded and sets one attribute, so that no other theme is ever painted. "
                "Change the theme and watch the key:"
            ),
            stored_now("local", "shell-theme-store"),
            html.H3("And the language", className="mt-3"),
            stored_now("local", f"{PERSISTENCE}preferences-language"),
        ]
    )
