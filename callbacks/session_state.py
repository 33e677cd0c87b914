"""Callbacks of session_state: each thing one does with it, arguments for callbacks, a form, and state for one tab."""

import inspect
from collections.abc import Callable
from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, callback, clientside_callback, ctx
from dash.exceptions import PreventUpdate

from data.session_state import SessionState, session_state
from errors import BadInput


def initialise() -> str:
    """Write a value if there is none."""
    if "key" not in session_state:
        session_state["key"] = "value"
    return "now it is there"


def read_attribute() -> str:
    """Read a value as an attribute."""
    return str(session_state.key)


def read_item() -> str:
    """Read a value as an item."""
    return str(session_state["key"])


def update_attribute() -> str:
    """Write a value as an attribute."""
    session_state.key = "value2"
    return str(session_state.key)


def update_item() -> str:
    """Write a value as an item."""
    session_state["key"] = "value3"
    return str(session_state["key"])


def iterate() -> str:
    """Go through all that there is."""
    return ", ".join(f"{key} = {value!r}" for key, value in session_state.items()) or "nothing"


def delete_one() -> str:
    """Delete one value."""
    del session_state["key"]
    return "deleted"


def delete_all() -> str:
    """Delete all of the visitor's values, of every page; `session_state.clear()` does the same."""
    for key in session_state:
        del session_state[key]
    return "all deleted"


def read_absent() -> str:
    """Read what is not there: the error says so, and what to do."""
    return str(session_state["never written"])


def keep_unserialisable() -> str:
    """Write what cannot be kept: the error names the part. Nothing is written."""
    session_state.user = {"name": "Ada", "address": {"lines": ["12 Rue", "H2T", {1, 2}]}}
    return "kept"


EXAMPLES: dict[str, Callable[[], str]] = {
    example.__name__: example
    for example in (
        initialise,
        read_attribute,
        read_item,
        update_attribute,
        update_item,
        iterate,
        delete_one,
        delete_all,
        read_absent,
        keep_unserialisable,
    )
}


@callback(
    Output("session-state-code", "children"),
    Output("session-state-result", "children"),
    Input("session-state-example", "value"),
    Input("session-state-run", "n_clicks"),
)
def run_example(name: Any, _clicks: int | None) -> tuple[str, str]:
    """Return the code of the chosen example; run it when the button was pressed."""
    if not isinstance(name, str) or name not in EXAMPLES:
        raise BadInput("There is no such example. Choose one again.")
    code = inspect.getsource(EXAMPLES[name]).strip()
    if ctx.triggered_id != "session-state-run":
        return code, ""
    try:
        return code, EXAMPLES[name]()
    except (KeyError, AttributeError, TypeError) as error:
        return code, f"{type(error).__name__}: {error}"


@callback(
    Output("session-state-total", "children"),
    Input({"type": "session-state-add", "by": ALL}, "n_clicks"),
)
def add(clicks: list[int | None]) -> int:
    """Add what the button's id says: an id that is a dict carries the arguments, `args` and `kwargs` alike."""
    if isinstance(clicks, list) and any(clicks) and ctx.triggered_id:
        by = ctx.triggered_id["by"]
        if by not in (1, 5, 10):
            raise BadInput("There is no such button.")
        session_state.increment("demo_total", by)
    total: int = session_state.get("demo_total", 0)
    return total


@callback(
    Output("session-state-submitted", "children"),
    Input("session-state-submit", "n_clicks"),
    State("session-state-slider", "value"),
    State("session-state-checkbox", "value"),
    prevent_initial_call=True,
)
def submit(n_clicks: int | None, slider: Any, checkbox: Any) -> str:
    """Keep the whole form at once: its inputs are State, so nothing is sent before the button is pressed."""
    if not n_clicks:
        raise PreventUpdate
    # A range's value arrives as text.
    if not isinstance(slider, str | int) or str(slider) not in map(str, range(11)):
        raise BadInput("The slider goes from 0 to 10.")
    session_state.update(slider=int(slider), checkbox=bool(checkbox))
    return f"slider = {session_state.slider}, checkbox = {session_state.checkbox}"


@callback(
    Output("session-state-mine", "children"),
    Output("session-state-tabs", "children"),
    Input("session-state-tab", "data"),
    Input("session-state-keep-mine", "n_clicks"),
    Input("session-state-keep-tabs", "n_clicks"),
    State("session-state-note", "value"),
)
def keep_note(tab: Any, _mine: int | None, _tabs: int | None, note: Any) -> tuple[str, str]:
    """Keep a note for the visitor or for this tab, and return both."""
    if tab is None:  # the browser has not said yet which tab this is
        raise PreventUpdate
    of_tab = state_of(tab)
    if ctx.triggered_id in ("session-state-keep-mine", "session-state-keep-tabs"):
        if not isinstance(note, str) or len(note) > 100:
            raise BadInput("A note is a text of at most 100 characters. Enter one.")
        target = session_state if ctx.triggered_id == "session-state-keep-mine" else of_tab
        target.demo_note = note
    return session_state.get("demo_note", "(nothing)"), of_tab.get("demo_note", "(nothing)")


# Only the browser knows whether a tab is a copy of another one, which took its session storage along.
clientside_callback(
    ClientsideFunction("session_state", "tab"),
    Output("session-state-tab", "data"),
    Input("session-state-fresh", "data"),
)


def state_of(tab: Any) -> SessionState:
    """Return the visitor's state of one tab, or raise BadInput: a request can be made by hand."""
    try:
        return session_state.tab(tab)
    except (ValueError, AttributeError, TypeError):
        raise BadInput("This is not the id of a tab. Reload the page.") from None
