"""Plain tables of text with `code` in it."""

from collections.abc import Iterable
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.prose import prose


def text_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> dbc.Table:
    """Draw a table of texts; the first cell of each row names it."""
    body: list[Any] = [
        html.Tr([html.Th(prose(name), scope="row"), *[html.Td(prose(text)) for text in texts]]) for name, *texts in rows
    ]
    return dbc.Table(
        [html.Thead(html.Tr([html.Th(text, scope="col") for text in head])), html.Tbody(body)],
        size="sm",
        responsive=True,
        class_name="text-table",
    )
