"""Draws a pattern page from its declaration: demo, wire, proof, code, advice, traps, next."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import aria
from components.code_view import code_section
from components.pattern import Pattern, Place
from components.proof_table import proof_section
from components.prose import prose
from components.registry import neighbours
from components.wire_meter import wire_meter


def pattern_page(pattern: Pattern, demo: Any, *sections: Any) -> html.Article:
    """Draw the page: its declaration, its live demo, and sections of its own after the wire meter."""
    return html.Article(
        [
            _header(pattern),
            html.Section(demo, id="demo", className="demo", **aria(label="Live demo")),
            wire_meter(),
            *sections,
            html.Div(
                [
                    proof_section(pattern),
                    code_section(pattern),
                    _advice(pattern),
                    _traps(pattern),
                    _next(pattern),
                ],
                className="about-the-page",
            ),
        ],
        className="pattern",
    )


def _header(pattern: Pattern) -> html.Header:
    return html.Header(
        [
            html.H1(pattern.title),
            html.P(prose(pattern.summary), className="lead"),
            html.Ul([_badges(place) for place in pattern.places], className="places") if pattern.places else None,
        ]
    )


def _badges(place: Place) -> html.Li:
    """Draw where a value lives, for whom, who can read it, and how large it may be."""
    facts = (place.lives_in, f"for {place.scope}", f"read by {place.readable_by}", place.limit)
    return html.Li([html.Strong(place.name), *(dbc.Badge(fact, class_name="fact") for fact in facts)])


def _advice(pattern: Pattern) -> html.Section:
    columns = (("Use it when", pattern.use_when), ("Leave it when", pattern.leave_when))
    return html.Section(
        dbc.Row(
            [
                dbc.Col(
                    [
                        html.H2(title, id=title.lower().replace(" ", "-")),
                        html.Ul([html.Li(prose(line)) for line in lines]),
                    ],
                    md=6,
                )
                for title, lines in columns
            ]
        )
    )


def _traps(pattern: Pattern) -> html.Section | None:
    if not pattern.traps:
        return None
    rows = [html.Li([html.Strong(prose(trap.text)), " ", *prose(trap.cure)]) for trap in pattern.traps]
    return html.Section([html.H2("Traps", id="traps"), html.Ul(rows, className="traps")])


def _next(pattern: Pattern) -> html.Nav:
    """Draw where to go from here: related pages, as far as they are there, then the neighbours in reading order."""
    pages = {page["path"]: page for page in dash.page_registry.values()}
    before, after = neighbours(pattern.path)
    related = [dcc.Link(pages[path]["name"], href=path) for path in pattern.see_also if path in pages]
    links: list[Any] = []
    if related:
        links.append(html.P(["See also: ", *[part for link in related for part in (link, " ")]]))
    steps = []
    if before:
        steps.append(dcc.Link(f"← {before['name']}", href=before["path"], className="btn btn-outline-secondary"))
    if after:
        steps.append(dcc.Link(f"{after['name']} →", href=after["path"], className="btn btn-outline-secondary ms-auto"))
    return html.Nav([*links, html.Div(steps, className="d-flex gap-2")], **aria(label="Next"))
