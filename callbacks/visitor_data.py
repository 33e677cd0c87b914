"""Callbacks of the visitor's data: the two-tab example, every operation of the store, and what it holds about you."""

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, ctx, html
from dash.exceptions import PreventUpdate

from data.codec import CodecError
from data.visitor import identity
from data.visitor_store import visitor_store
from errors import BadInput
from settings import settings

LONGEST = 10_000  # characters of a value that this page takes


class Call(NamedTuple):
    """What an operation is called with."""

    visitor: str
    key: str
    value: Any
    version: int
    ttl: float | None


# The name of each operation, and the very call. The key is the visitor's, so no two visitors can meet.
OPERATIONS: dict[str, Callable[[Call], Any]] = {
    "get": lambda c: visitor_store().get(c.visitor, c.key, default="(nothing)"),
    "read": lambda c: visitor_store().read(c.visitor, c.key),
    "set": lambda c: visitor_store().set(c.visitor, c.key, c.value, ttl=c.ttl),
    "add": lambda c: visitor_store().add(c.visitor, c.key, c.value, ttl=c.ttl),
    "increment": lambda c: visitor_store().increment(c.visitor, c.key, ttl=c.ttl),
    "compare_and_set": lambda c: visitor_store().compare_and_set(c.visitor, c.key, c.value, c.version, ttl=c.ttl),
    "touch": lambda c: visitor_store().touch(c.visitor, c.key, c.ttl),
    "keys": lambda c: visitor_store().keys(c.visitor),
    "delete (ignore)": lambda c: visitor_store().delete(c.visitor, c.key),
    "delete (raise)": lambda c: visitor_store().delete(c.visitor, c.key, if_not_exists="raise"),
    "clear": lambda c: visitor_store().clear(c.visitor),
}
READING = ("get", "read", "keys")


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
    Output("visitor-data-result", "children"),
    Output("visitor-data-written", "data", allow_duplicate=True),
    Input("visitor-data-run", "n_clicks"),
    State("visitor-data-operation", "value"),
    State("visitor-data-operand-key", "value"),
    State("visitor-data-operand-value", "value"),
    State("visitor-data-operand-version", "value"),
    State("visitor-data-operand-ttl", "value"),
    prevent_initial_call=True,
)
def run(n_clicks: int | None, operation: Any, key: Any, value: Any, version: Any, ttl: Any) -> tuple[str, float]:
    """Run one operation for this visitor, and return what it returned or raised."""
    if not n_clicks:
        raise PreventUpdate
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise BadInput("There is no such operation. Choose one again.")
    checked = check_key(key), from_json(check_text(value)), check_number(version) or 0, check_number(ttl)
    visitor = identity().current() if operation in READING else identity().ensure()
    try:
        result = OPERATIONS[operation](Call(visitor or "", *checked))
    except (KeyError, TypeError, CodecError) as error:
        return f"{type(error).__name__}: {error.args[0]}", time.time()
    if operation == "compare_and_set" and result is None:
        return "None: a conflict. The value has another version by now, so nothing was overwritten.", time.time()
    return repr(result), time.time()


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


def check_key(key: Any) -> str:
    """Return the key, or raise BadInput: a request can be made by hand."""
    if not isinstance(key, str) or not 0 < len(key) <= 100:
        raise BadInput("A key is a text of 1 to 100 characters. Enter one.")
    return key


def check_text(text: Any) -> str:
    """Return the text, empty for None, or raise BadInput."""
    if text is not None and (not isinstance(text, str) or len(text) > LONGEST):
        raise BadInput(f"A value here is a text of at most {LONGEST:,} characters. Enter a shorter one.")
    return text or ""


def check_number(number: Any) -> Any:
    """Return the number, None if the field is empty, or raise BadInput."""
    if number is not None and (type(number) not in (int, float) or not 0 <= number < 2**53):
        raise BadInput("Version and seconds are numbers, 0 or more. Enter one, or leave the field empty.")
    return number or None


def from_json(text: str) -> Any:
    """Return what the text means as JSON; the text itself if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
