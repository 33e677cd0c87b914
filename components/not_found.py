"""A true 404: Dash answers 200 for every address, which tells crawlers and monitors that all is well."""

from typing import Any

from dash import Dash
from dash._pages import _path_to_page  # the lookup that Dash itself uses; there is no public one
from flask import request


def answer_404_where_no_page_is(app: Dash) -> None:
    """Give the status 404 to addresses that no page has; the body is still the app, with its 404 page."""
    known = app.server.view_functions["/<path:path>"]

    def show_page(**path: str) -> Any:
        """Answer the app, and say in the status whether there is such a page."""
        answer = known(**path)
        page, variables = _path_to_page(request.path.strip("/"))
        # A page with variables in its path says by `exists` which of them there are.
        found = page and (not variables or page["exists"](*variables.values()))
        return answer if found else (answer, 404)

    app.server.view_functions["/<path:path>"] = show_page
