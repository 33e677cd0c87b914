"""The home page: what this is, the chooser, and the matrix."""

from typing import Any

from dash import html, register_page

import callbacks.home  # noqa: F401 - registers this page's callbacks
from components.chooser import chooser
from components.matrix import matrix
from components.prose import prose

SUMMARY = "Every way to keep state in a Dash app: live, with the code that does it and a test that proves each claim."

register_page(__name__, path="/", name="Which storage?", title="Dash Storage Atlas", description=SUMMARY, order=0)

ABOUT = (
    SUMMARY,
    "Every page is a working demo first; below it are its cost, its proofs, and the very files that run.",
    "Clone it and `make run`: it is also a starter that you can strip to what you need.",
)


def layout(**answers: Any) -> html.Article:
    """Draw the page; the chooser's answers are part of the address, so that its advice can be shared."""
    return html.Article(
        [
            html.Header([html.H1("Where should this value live?"), *[html.P(prose(text)) for text in ABOUT]]),
            chooser(answers),
            matrix(),
        ],
        className="home",
    )
