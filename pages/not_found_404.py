"""The page for addresses that no page has; Dash finds it by its name."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from components.registry import grouped_pages

register_page(__name__, title="Not found · Dash Storage Atlas", name="Not found", description="There is no such page.")


def layout(**_query: str) -> html.Article:
    """Draw the page: what happened, and where the reader can go instead."""
    return html.Article(
        [
            html.H1("There is no page at this address"),
            html.P(
                [
                    "Press ",
                    html.Kbd("/"),
                    " to search, start again at ",
                    dcc.Link("the home page", href="/"),
                    ", or choose a page:",
                ]
            ),
            *(
                html.Section(
                    [
                        html.H2(group, className="h6"),
                        dbc.Nav([dbc.NavLink(p["name"], href=p["path"]) for p in members]),
                    ]
                )
                for group, members in grouped_pages()
            ),
        ]
    )
