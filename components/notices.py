"""Tells the visitor what went wrong, where the visitor is; whatever the page showed stays as it was."""

import logging

import dash_bootstrap_components as dbc
from dash import html, set_props

from errors import BadInput, TryAgain

log = logging.getLogger(__name__)


def notice_area() -> html.Div:
    """Draw the place where notices appear; screen readers announce them."""
    toast = dbc.Toast(id="shell-notice", header="That did not work", icon="danger", is_open=False, dismissable=True)
    return html.Div(toast, className="shell-notices", role="alert")


def tell_visitor(error: Exception) -> None:
    """Show the reason of a failed callback. Dash then updates none of its outputs."""
    if isinstance(error, BadInput):
        text = str(error)
    elif isinstance(error, TryAgain):
        log.warning("A callback shall be tried again", exc_info=error)
        text = (
            "The server cannot reach your data at the moment. Nothing was changed, and what you had saved is safe;"
            " please try again."
        )
    else:
        log.error("A callback failed", exc_info=error)
        text = "The server could not do that, and has noted why. Nothing was changed; please try again."
    set_props("shell-notice", {"children": text, "is_open": True})
