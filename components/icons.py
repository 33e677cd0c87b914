"""Icons: the few that we use of Bootstrap Icons, drawn by `assets/icons.css` in the colour of the text."""

from dash import html

from components.attributes import aria


def icon(name: str) -> html.Span:
    """Return a decorative icon; the control around it carries the label."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden="true"))
