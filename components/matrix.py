"""The matrix of the home page: every place of every pattern, and what it survives. Each cell opens its proof."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import aria, data
from components.icons import icon
from components.pattern import EVENTS, Event, Pattern, Place
from components.registry import patterns

SORTS = {"order": "reading order", "name": "name", "survives": "survives most", "bytes": "fewest bytes"}


def matrix() -> html.Section:
    """Draw the matrix with its filter and its order; `assets/home.js` applies both in the browser."""
    head = ("kept in", *EVENTS, "limit", "who can read it", "bytes per interaction")
    rows = [_row(pattern, place) for pattern in patterns() for place in pattern.places]
    return html.Section(
        [
            html.H2("What survives what", id="matrix"),
            html.P("Every mark is proved by a test in a real browser: press it to see the proof."),
            _controls(),
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody(rows, id="home-matrix-rows"),
                ],
                className="table table-sm matrix",
            ),
            html.P("No row survives all of that.", id="home-matrix-none", hidden=True),
            html.Dialog(
                [
                    html.Button("Close", className="btn btn-sm btn-outline-secondary dialog-close"),
                    html.Div(id="home-proof"),
                ],
                id="home-proof-dialog",
                **aria(label="Proof"),
            ),
        ]
    )


def _controls() -> html.Div:
    """Draw what filters and sorts the rows."""
    return html.Div(
        [
            html.Fieldset(
                [
                    html.Legend("Only what survives", className="control-label"),
                    dbc.Checklist(
                        id="home-matrix-survives",
                        options=[{"label": event, "value": event} for event in EVENTS],
                        inline=True,
                    ),
                ]
            ),
            html.Div(
                [
                    dbc.Label("Only with the word", html_for="home-matrix-word", class_name="control-label"),
                    dbc.Input(id="home-matrix-word", type="search", size="sm", placeholder="session, server, …"),
                ]
            ),
            html.Div(
                [
                    dbc.Label("Sort by", html_for="home-matrix-sort", class_name="control-label"),
                    dbc.Select(id="home-matrix-sort", options=SORTS, value="order", size="sm"),
                ]
            ),
        ],
        className="matrix-controls",
    )


def _row(pattern: Pattern, place: Place) -> html.Tr:
    words = (place.name, pattern.title, place.lives_in, place.scope, place.limit, place.readable_by)
    facts = [
        html.Td(place.limit, **data(label="limit")),
        html.Td(place.readable_by, **data(label="who can read it")),
        html.Td(f"{place.wire_bytes:,}", className="number", **data(label="bytes per interaction")),
    ]
    return html.Tr(
        [
            html.Th([place.name, dcc.Link(pattern.title, href=pattern.path)], scope="row"),
            *[_cell(pattern, place, event) for event in EVENTS],
            *facts,
        ],
        # What the filter and the sort read.
        **data(
            name=place.name,
            survives=",".join(place.survives),
            bytes=place.wire_bytes,
            text=" ".join(words).lower(),
        ),
    )


def _cell(pattern: Pattern, place: Place, event: Event) -> html.Td:
    if event not in place.events:
        return html.Td(html.Span("–", title="It is in no tab."), className="no-mark", **data(label=event))
    survives = event in place.survives
    text = f"{place.name} {'survives' if survives else 'does not survive'} a {event}. See the proof."
    mark: Any = icon("check-lg") if survives else icon("x-lg")
    address = f"/proof/{pattern.name}/{place.key}/{event.replace(' ', '-')}"
    button = html.Button(
        mark, className=f"mark {'kept' if survives else 'lost'}", title=text, **aria(label=text), **data(proof=address)
    )
    return html.Td(button, **data(label=event))
