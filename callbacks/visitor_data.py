"""Callbacks of the visitor's data: the two-tab example, and what the server holds about the visitor."""

import base64
import binascii
import hashlib
import json
import time
from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, ctx, html
from dash.exceptions import PreventUpdate

from callbacks.visitor_operations import check_key, check_text
from data.visitor import identity
from data.visitor_store import visitor_store
from errors import BadInput
from settings import settings


@callback(
    Output("visitor-data-saved", "children"),
    Output("visitor-data-written", "data", allow_duplicate=True),
    Input("visitor-data-save", "n_clicks"),
    State("visitor-data-key", "value"),
    State("visitor-data-value", "value"),
    prevent_initial_call=True,
)
def save(n_clicks: int | None, key: Any, value: Any) -> tuple[str, float]:
    """Keep a value for this visitor. The first time, this also makes the visitor: it sends the cookie."""
    if not n_clicks:
        raise PreventUpdate
    checked = check_key(key), check_text(value)
    visitor_store().set(identity().ensure(), *checked)
    return "Saved.", time.time()


@callback(
    Output("visitor-data-shown", "children"),
    Input("visitor-data-show", "n_clicks"),
    State("visitor-data-key", "value"),
    prevent_initial_call=True,
)
def show(n_clicks: int | None, key: Any) -> str:
    """Return the visitor's own value. Reading makes no visitor and sends no cookie."""
    if not n_clicks:
        raise PreventUpdate
    visitor = identity().current()
    missing = f"Nothing is kept for you under {check_key(key)!r}."
    value = visitor_store().get(visitor, key, default=missing) if visitor else missing
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@callback(
    Output("visitor-data-who", "children"),
    Output("visitor-data-held", "children"),
    Input("visitor-data-written", "data"),
)
def list_held(_written: float | None) -> tuple[str, list[Any]]:
    """Return who the visitor is to the server, and a row for each value: no value needs to be decoded for it."""
    visitor = identity().current()
    if visitor is None:
        return "You have no cookie of ours, and the server holds nothing about you.", []
    now = time.time()
    rows: list[Any] = [
        html.Tr(
            [
                html.Th(html.Code(held.key), scope="row"),
                html.Td(f"{held.size:,} bytes"),
                html.Td(held.version),
                html.Td(f"{now - held.written:,.0f} s ago"),
                html.Td("with your cookie" if held.expires is None else f"in {held.expires - now:,.0f} s"),
            ]
        )
        for held in visitor_store().held(visitor)
    ]
    # The id itself is a secret: who knows it is the visitor. A hash of it can be shown.
    return f"You are visitor {hashlib.sha256(visitor.encode()).hexdigest()[:8]}; values kept: {len(rows)}.", rows


@callback(Output("visitor-data-download", "data"), Input("visitor-data-export", "n_clicks"), prevent_initial_call=True)
def download(n_clicks: int | None) -> Any:
    """Send all of the visitor's values as one file."""
    if not n_clicks:
        raise PreventUpdate
    file = visitor_store().export(known_visitor())
    return {"content": file.decode(), "filename": "my-data.json", "type": "application/json"}


@callback(
    Output("visitor-data-done", "children", allow_duplicate=True),
    Output("visitor-data-written", "data", allow_duplicate=True),
    Output("visitor-data-import", "contents"),
    Input("visitor-data-import", "contents"),
    prevent_initial_call=True,
)
def import_file(contents: Any) -> tuple[str, float, None]:
    """Write all values of an exported file, or none."""
    if contents is None:
        raise PreventUpdate
    try:
        file = base64.b64decode(contents.partition(",")[2], validate=True)
    except (AttributeError, binascii.Error):
        raise BadInput("The file did not arrive whole. Choose it again.") from None
    number = visitor_store().import_(identity().ensure(), file)
    return f"Imported {number} values.", time.time(), None


@callback(
    Output("visitor-data-done", "children", allow_duplicate=True),
    Output("visitor-data-written", "data", allow_duplicate=True),
    Input("visitor-data-rotate", "n_clicks"),
    Input("visitor-data-forget", "n_clicks"),
    Input("visitor-data-fill", "n_clicks"),
    prevent_initial_call=True,
)
def manage(rotate: int | None, forget: int | None, fill: int | None) -> tuple[str, float]:
    """Give the visitor a new id, forget them, or try to keep more than one may."""
    if not (rotate or forget or fill):
        raise PreventUpdate
    if ctx.triggered_id == "visitor-data-rotate":
        known_visitor()
        identity().rotate()
        return "You have a new id. Your data came along; the old cookie is worth nothing.", time.time()
    if ctx.triggered_id == "visitor-data-forget":
        identity().forget()
        return "Forgotten: your data is deleted, your cookie is gone, your old id is dead.", time.time()
    visitor_store().set(identity().ensure(), "too large", "x" * round(settings.visitor_max_mb * 1_000_000))
    return "Kept.", time.time()


clientside_callback(
    ClientsideFunction("visitor_data", "cookies"),
    Output("visitor-data-cookies", "children"),
    Input("visitor-data-cookies", "id"),
)


def known_visitor() -> str:
    """Return the visitor's id, or raise BadInput for one who has none: there is nothing to do for them."""
    visitor = identity().current()
    if visitor is None:
        raise BadInput("The server holds nothing about you yet. Save a value first.")
    return visitor
