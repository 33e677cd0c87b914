"""Every operation of the visitor store, run as the visitor asks, and the checks of what arrives."""

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from dash import Input, Output, State, callback
from dash.exceptions import PreventUpdate

from data.codec import CodecError
from data.visitor import identity
from data.visitor_store import visitor_store
from errors import BadInput

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
    "update (append)": lambda c: visitor_store().update(
        c.visitor, c.key, lambda kept: append(kept, c.value), default=[]
    ),
    "touch": lambda c: visitor_store().touch(c.visitor, c.key, c.ttl),
    "keys": lambda c: visitor_store().keys(c.visitor),
    "delete (ignore)": lambda c: visitor_store().delete(c.visitor, c.key),
    "delete (raise)": lambda c: visitor_store().delete(c.visitor, c.key, if_not_exists="raise"),
    "clear": lambda c: visitor_store().clear(c.visitor),
}
READING = ("get", "read", "keys")


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
    checked = check_key(key), from_json(check_text(value)), check_number(version) or 0, check_ttl(ttl)
    visitor = identity().current() if operation in READING else identity().ensure()
    try:
        result = OPERATIONS[operation](Call(visitor or "", *checked))
    except (KeyError, TypeError, CodecError) as error:
        return f"{type(error).__name__}: {error.args[0]}", time.time()
    if operation == "compare_and_set" and result is None:
        return "None: a conflict. The value has another version by now, so nothing was overwritten.", time.time()
    return repr(result), time.time()


def append(kept: Any, value: Any) -> list[Any]:
    """Return the kept list with a value more: an example of what `update` takes."""
    if not isinstance(kept, list):
        raise TypeError(f"Here is {type(kept).__name__}, not a list.")
    return [*kept, value]


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
    return number


def check_ttl(ttl: Any) -> Any:
    """Return the seconds to live, None if the field is empty, or raise BadInput."""
    if check_number(ttl) == 0:
        raise BadInput("A value lives for more than 0 seconds. Enter more, or leave the field empty.")
    return ttl


def from_json(text: str) -> Any:
    """Return what the text means as JSON; the text itself if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
