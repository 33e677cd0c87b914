"""Every operation that a Patch knows, each a line of code that the page shows and the bench runs."""

import inspect
from collections.abc import Callable
from typing import Any

from dash import Input, Output, Patch, callback

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
