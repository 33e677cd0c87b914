"""On the server: each field is a key of the visitor's own, written by compare-and-set. Right in every tab."""

from typing import Any

from dash import Input, Output, State, callback

from callbacks.user_data.strategy import Strategy, look_up, user_in, work
from data.visitor import identity
from data.visitor_store import visitor_store
from errors import BadInput

STRATEGY = Strategy(
    key="server",
    title="A key per field on the server",
    says="Each field's callback writes its own key on the server, unless a later request was faster; one more reads "
    "what the server then holds. No tab, worker or machine can undo a later write; to choose the strategy starts anew.",
    stores=("user-data-server-begun-store", "user-data-server-written-store"),
)
FIELDS = ("first_name", "last_name", "age", "info")
HOUR = 3600  # seconds: long enough for an experiment


@callback(
    Output("user-data-server-written-store", "data", allow_duplicate=True),
    Input("user-data-server-begun-store", "modified_timestamp"),
    State("user-data-server-begun-store", "data"),
    prevent_initial_call=True,
)
def begin(_when: int, user: Any) -> int:
    """Start from what the form shows, under an id that the visitor has before the first two writes race for one."""
    started = {f"user_data.{field}": {"value": user_in(user).get(field), "ticket": 0} for field in FIELDS}
    return visitor_store().set_many(identity().ensure(), started, ttl=HOUR)


@callback(
    Output("user-data-server-written-store", "data", allow_duplicate=True),
    Input("user-data-server-first-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_first_name(first_name: str | None, delay: Any) -> int:
    """Write the first name."""
    visitor, ticket = come_in()
    work(delay)
    return write(visitor, "first_name", first_name, ticket)


@callback(
    Output("user-data-server-written-store", "data", allow_duplicate=True),
    Input("user-data-server-last-name", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_last_name(last_name: str | None, delay: Any) -> int:
    """Write the last name."""
    visitor, ticket = come_in()
    work(delay)
    return write(visitor, "last_name", last_name, ticket)


@callback(
    Output("user-data-server-written-store", "data", allow_duplicate=True),
    Input("user-data-server-age", "value"),
    State("user-data-delay", "value"),
    prevent_initial_call=True,
)
def save_age(age: int | None, delay: Any) -> int:
    """Write the age."""
    visitor, ticket = come_in()
    work(delay)
    return write(visitor, "age", age, ticket)


@callback(
    Output("user-data-server-written-store", "data", allow_duplicate=True),
    Input("user-data-server-info", "value"),
    State("user-data-info-delay", "value"),
    prevent_initial_call=True,
)
def save_info(number: int | None, delay: Any) -> int:
    """Write what was looked up."""
    visitor, ticket = come_in()
    return write(visitor, "info", look_up(number, delay), ticket)


@callback(
    Output("user-data-server-store", "data"),
    Input("user-data-server-written-store", "data"),
    prevent_initial_call=True,
)
def read(_written: int) -> dict[str, Any]:
    """Return the user as the server holds it now. Of two calls Dash keeps the later one's answer: the newer."""
    visitor = identity().current() or ""
    kept = {field: visitor_store().get(visitor, f"user_data.{field}") for field in FIELDS}
    return {field: found["value"] for field, found in kept.items() if found}


def come_in() -> tuple[str, int]:
    """Return the visitor's id, and a ticket: of two requests, the one that came later has the higher number."""
    visitor = identity().current()
    if visitor is None:
        raise BadInput("The server does not know you: no cookie came. Allow cookies and choose the strategy again.")
    return visitor, visitor_store().increment(visitor, "user_data.ticket")


def write(visitor: str, field: str, value: Any, ticket: int) -> int:
    """Write a field, unless a later request has written it already; return the version that is kept."""
    store, key = visitor_store(), f"user_data.{field}"
    while True:
        kept, version = store.read(visitor, key)
        if kept and kept["ticket"] > ticket:
            return version
        # None: another has written since we read. Look again.
        written = store.compare_and_set(visitor, key, {"value": value, "ticket": ticket}, version, ttl=HOUR)
        if written is not None:
            return written
