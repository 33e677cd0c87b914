"""The chooser of the home page: four questions, one recommendation. Its rules run in `assets/home.js`."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.registry import patterns

QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "who": (
        "Who shares the value?",
        {"tab": "One tab", "browser": "One browser", "visitor": "One visitor, anywhere", "everyone": "Everyone"},
    ),
    "last": (
        "How long must it last?",
        {"view": "While the page is open", "reload": "Over a reload", "closed": "After the tab is closed"},
    ),
    "size": ("How large is it?", {"small": "A few values", "medium": "Up to 2 MB", "large": "Larger"}),
    "trust": ("May scripts in the browser read and change it?", {"yes": "Yes", "no": "No"}),
}


def chooser(answers: dict[str, Any]) -> html.Section:
    """Draw the questions, answered as the address says; an answer that is none of the options is left out."""
    return html.Section(
        [
            html.H2("Which one do I need?", id="chooser"),
            # What the rules choose from: the declarations of all pages.
            dcc.Store(id="home-places", data=_places()),
            dbc.Row([_question(key, answers.get(key)) for key in QUESTIONS], class_name="g-3"),
            html.Div(id="home-answer", className="answer", role="status"),
        ],
        className="chooser",
    )


def _question(key: str, answer: Any) -> dbc.Col:
    """Draw one question. An address can hold anything: what is not one of the options means the first."""
    text, options = QUESTIONS[key]
    chosen = answer if isinstance(answer, str) and answer in options else next(iter(options))
    return dbc.Col(
        html.Fieldset(
            [
                html.Legend(text, className="control-label"),
                dbc.RadioItems(id=f"home-{key}", options=options, value=chosen),
            ]
        ),
        sm=6,
        xl=3,
    )


def _places() -> list[dict[str, Any]]:
    return [
        {
            "name": place.name,
            "page": pattern.title,
            "href": pattern.path,
            "lives_in": place.lives_in,
            "scope": place.scope,
            "survives": place.survives,
            "limit": place.limit,
            "capacity": place.capacity,
            "readable_by": place.readable_by,
            "secret": place.secret,
        }
        for pattern in patterns()
        for place in pattern.places
    ]
