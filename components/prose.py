"""Short texts with `code` in them, drawn without a Markdown engine in the browser."""

from typing import Any

from dash import html


def prose(text: str) -> list[Any]:
    """Return the text with each part between backticks as code."""
    return [html.Code(part) if index % 2 else part for index, part in enumerate(text.split("`")) if part]
