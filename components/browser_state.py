"""What the app keeps in a visitor's browser: whose each key is, and the drawer that shows it on every page.

`assets/browser_state.mjs` reads and writes it, `assets/browser_state_view.mjs` draws it. Both are imported when
somebody looks, never before.
"""

from typing import Any

from dash import html
from flask import Blueprint, Response, jsonify, request

from components.attributes import aria
from components.registry import pages

# In front of the keys of guarded stores, so that another app on the same origin does not meet them.
APP = "storage-atlas"

browser_state = Blueprint("browser_state", __name__)


@browser_state.get("/browser-state.json")
def show_owners() -> Response:
    """Answer which page's keys begin with what, and the names of the cookies that came along: never their values."""
    answer = jsonify(app=APP, owners=[_frame(), *map(_owner, pages())], cookies=sorted(request.cookies))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _owner(page: dict[str, Any]) -> dict[str, Any]:
    """Return a page as the owner of all ids that begin with its name: that they do is tested."""
    name = page["module"].removeprefix("pages.").replace("_", "-")
    return {"title": page["name"], "path": page["path"], "prefixes": [f"{name}-"]}


def _frame() -> dict[str, Any]:
    """Return what surrounds every page: the theme, the wire meter, the code view."""
    return {"title": "The frame of every page", "path": "", "prefixes": ["shell-", "wire-", "code-"]}


def drawer() -> html.Dialog:
    """Draw the drawer, empty; `assets/shell.js` opens it and loads what fills it in."""
    return html.Dialog(
        [
            html.Button("Close", className="btn btn-sm btn-outline-secondary dialog-close"),
            html.H2("Kept in this browser by this page", className="h6"),
            html.Div(id="shell-drawer-content"),
            *[html.A("All that is kept", href=page["path"]) for page in pages() if page["path"] == "/inspector"],
        ],
        id="shell-drawer",
        className="shell-drawer",
        **aria(label="Kept in this browser by this page"),
    )
