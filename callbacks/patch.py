"""Callbacks of the Patch bench: every operation, what a change weighs, and Patch in the less usual places."""

import inspect
import time
from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Input, Output, Patch, State, callback, clientside_callback, set_props
from dash.exceptions import PreventUpdate

from errors import BadInput


def assign(p: Patch) -> None:
    """Set a key."""
    p["name"] = "Ada"


def assign_nested(p: Patch) -> None:
    """Set a key of a key."""
    p["user"]["name"] = "Ada"


def append(p: Patch) -> None:
    """Add to the end of a list."""
    p["list"].append(9)


def prepend(p: Patch) -> None:
    """Add to the start of a list."""
    p["list"].prepend(9)


def extend(p: Patch) -> None:
    """Add several to the end of a list."""
    p["list"].extend([8, 9])


def insert(p: Patch) -> None:
    """Add in the middle of a list."""
    p["list"].insert(1, 9)


def remove(p: Patch) -> None:
    """Remove a value from a list."""
    p["list"].remove(3)


def delete(p: Patch) -> None:
    """Remove a key."""
    del p["name"]


def merge(p: Patch) -> None:
    """Set several keys of a key."""
    p["user"].update({"name": "Ada", "age": 36})


def reverse(p: Patch) -> None:
    """Turn a list round."""
    p["list"].reverse()


def clear(p: Patch) -> None:
    """Empty a list."""
    p["list"].clear()


def add(p: Patch) -> None:
    """Add to a number."""
    p["n"] += 1


def subtract(p: Patch) -> None:
    """Subtract from a number."""
    p["n"] -= 1


def multiply(p: Patch) -> None:
    """Multiply a number."""
    p["n"] *= 2


def divide(p: Patch) -> None:
    """Divide a number."""
    p["n"] /= 2


OPERATIONS: dict[str, Callable[[Patch], None]] = {
    function.__name__: function
    for function in (
        assign,
        assign_nested,
        append,
        prepend,
        extend,
        insert,
        remove,
        delete,
        merge,
        reverse,
        clear,
        add,
        subtract,
        multiply,
        divide,
    )
}


def line_of(name: str) -> str:
    """Return the line of code that an operation is, cut from this file."""
    return inspect.getsource(OPERATIONS[name]).splitlines()[-1].strip()


# The bench: the browser puts a target into the store, and asks for an operation on it.
@callback(
    Output("patch-bench-store", "data", allow_duplicate=True),
    Input("patch-bench-operation", "data"),
    prevent_initial_call=True,
)
def operate(asked: Any) -> Patch:
    """Return the change that one operation makes."""
    name = asked.get("operation") if isinstance(asked, dict) else None
    if not isinstance(name, str) or name not in OPERATIONS:
        raise BadInput("There is no such operation. Press Run them all.")
    p = Patch()
    OPERATIONS[name](p)
    return p


# What a change weighs: the same change, as a whole value and as a Patch.
@callback(
    Output("patch-size-store", "data", allow_duplicate=True),
    Input("patch-size-whole", "data"),
    State("patch-size-store", "data"),
    prevent_initial_call=True,
)
def write_whole(number: int | None, stored: Any) -> dict[str, Any]:
    """Return the whole value with one number changed: all of it comes up, and all of it goes down."""
    if not isinstance(stored, dict):
        raise BadInput("The store is empty. Press Measure.")
    return {**stored, "number": number}


@callback(
    Output("patch-size-store", "data", allow_duplicate=True),
    Input("patch-size-patch", "data"),
    prevent_initial_call=True,
)
def write_change(number: int | None) -> Patch:
    """Return the change of one number: nothing else travels."""
    p = Patch()
    p["number"] = number
    return p


# Session and local stores, which may be empty when the change arrives.
for kind in ("session", "local"):

    @callback(
        Output(f"patch-{kind}-store", "data"), Input(f"patch-{kind}-button", "n_clicks"), prevent_initial_call=True
    )
    def note_click(n_clicks: int | None) -> Patch:
        """Return the change of one key."""
        if not n_clicks:
            raise PreventUpdate
        p = Patch()
        p["clicks"] = n_clicks
        return p


# Called five times at once, it answers five times, and Dash applies the last answer only.
@callback(Output("patch-count-store", "data"), Input("patch-count-calls", "data"), prevent_initial_call=True)
def count(_call: Any) -> Patch:
    """Return one more, a second later."""
    time.sleep(1)
    p = Patch()
    p["n"] += 1
    return p


@callback(Input("patch-set-props-button", "n_clicks"), prevent_initial_call=True)
def append_twenty(n_clicks: int | None) -> None:
    """Append twenty numbers, each by a set_props of its own: in one answer, the last takes the others' place."""
    if not n_clicks:
        raise PreventUpdate
    for number in range(20):
        p = Patch()
        p["list"].append(number)
        set_props("patch-set-props-store", {"data": p})


# In the browser a Patch must be built; as it is, it replaces the value.
for how in ("built", "unbuilt"):
    clientside_callback(
        ClientsideFunction("patch", how),
        Output("patch-clientside-store", "data", allow_duplicate=True),
        Input(f"patch-clientside-{how}", "n_clicks"),
        prevent_initial_call=True,
    )

for name in ("session", "local", "count", "set-props", "clientside"):
    clientside_callback(
        ClientsideFunction("patch", "show"),
        Output(f"patch-{name}-shown", "children"),
        Input(f"patch-{name}-store", "modified_timestamp"),
        State(f"patch-{name}-store", "data"),
    )

clientside_callback(
    ClientsideFunction("patch", "callFive"), Input("patch-count-button", "n_clicks"), prevent_initial_call=True
)
clientside_callback(
    ClientsideFunction("patch", "runAll"),
    Input("patch-run", "n_clicks"),
    State("patch-operations", "data"),
    prevent_initial_call=True,
)
clientside_callback(ClientsideFunction("patch", "note"), Input("patch-bench-store", "data"), prevent_initial_call=True)
clientside_callback(
    ClientsideFunction("patch", "measure"), Input("patch-measure", "n_clicks"), prevent_initial_call=True
)
