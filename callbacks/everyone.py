"""Callbacks of the shared counter and note, and of the module-level variable that should not have been one."""

import os
from typing import Any

from dash import Input, Output, State, callback, ctx
from dash.exceptions import PreventUpdate

from data.shared_state import count_one, read_shared, write_note
from errors import BadInput

# The trap, on purpose: every worker process has its own, all of its visitors share it, and a restart forgets it.
last_number = 0


@callback(
    Output("everyone-count", "children"),
    Output("everyone-note", "children"),
    Output("everyone-seen", "data"),
    Input("everyone-poll", "n_intervals"),
    Input("everyone-button", "n_clicks"),
    State("everyone-seen", "data"),
)
def look(_polls: int | None, _clicks: int | None, seen: Any) -> tuple[int, str, int]:
    """Return what all visitors see; nothing at all, not even a body, if nothing has changed since the last look."""
    if "everyone-button.n_clicks" in ctx.triggered_prop_ids:
        count_one()
    shared = read_shared(check_version(seen, default=-1))
    if shared is None:
        raise PreventUpdate
    return shared.count, shared.note or "(empty)", shared.version


@callback(
    Output("everyone-text", "value"),
    Output("everyone-base", "data", allow_duplicate=True),
    Input("everyone-start", "n_clicks"),
    prevent_initial_call="initial_duplicate",
)
def start(_clicks: int | None) -> tuple[str, int]:
    """Return the note as it is now, to start from, and its version."""
    shared = read_shared()
    return (shared.note, shared.note_version) if shared else ("", 0)


@callback(
    Output("everyone-saved", "children"),
    Output("everyone-base", "data", allow_duplicate=True),
    Input("everyone-save", "n_clicks"),
    State("everyone-text", "value"),
    State("everyone-base", "data"),
    prevent_initial_call=True,
)
def save(n_clicks: int | None, text: Any, base: Any) -> tuple[str, int]:
    """Write the note, if nobody else has since its writer started; else say so, and lose neither text."""
    if not n_clicks:
        raise PreventUpdate
    if text is not None and not isinstance(text, str):
        raise BadInput("A note is a text. Enter it again.")
    version = write_note(text or "", check_version(base, default=0))
    if version is not None:
        return "Saved, for everyone.", version
    theirs = read_shared()
    note, newest = (theirs.note, theirs.note_version) if theirs else ("", 0)
    return f"Somebody else wrote “{note}” meanwhile. Yours is still here: save again to replace theirs.", newest


@callback(
    Output("everyone-global", "children"),
    Output("everyone-worker", "children"),
    Input("everyone-look", "n_clicks"),
    Input("everyone-keep", "n_clicks"),
    State("everyone-number", "value"),
)
def use_global(_looks: int | None, _keeps: int | None, number: Any) -> tuple[int, str]:
    """Return what the variable holds in the worker that happens to answer, whoever put it there."""
    global last_number
    if "everyone-keep.n_clicks" in ctx.triggered_prop_ids:
        if type(number) is not int or not 0 <= number <= 999:
            raise BadInput("Enter a whole number from 0 to 999.")
        last_number = number
    return last_number, f"answered by worker process {os.getpid()}"


def check_version(version: Any, *, default: int) -> int:
    """Return the version, the default for None, or raise BadInput: a request can be made by hand."""
    if version is None:
        return default
    if type(version) is not int or not -1 <= version < 2**53:
        raise BadInput("This page's store holds no version. Reload the page.")
    return version
