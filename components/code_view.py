"""The code of a page: a tab for each file of its slice, fetched when it is looked at."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, clientside_callback, html

from components.pattern import Pattern
from components.source import slice_files

LAYERS = {"callbacks": "Callbacks", "pages": "Page", "assets": "Browser", "tests": "Test", "data": "Data"}


def code_section(pattern: Pattern) -> html.Section:
    """Draw the tabs; `assets/source.js` fills in the file of the chosen one."""
    files = slice_files(pattern.tabs)
    tabs: list[Any] = [dbc.Tab(label=_label(file, pattern), tab_id=file) for file in files]
    return html.Section(
        [
            html.H2("Code", id="code"),
            html.P("These are the files that run, not a copy of them.", className="text-body-secondary"),
            dbc.Tabs(tabs, id="code-tabs", active_tab=files[0]),
            html.Div(id="code-source", className="source"),
        ]
    )


def _label(file: str, pattern: Pattern) -> str:
    folder, name = file.split("/", 1)
    return f"{LAYERS.get(folder, folder)}: {name}" if file in pattern.more_files else LAYERS.get(folder, name)


# A callback without an Output is not called when its page is drawn: the file's name is as good as any.
clientside_callback(
    ClientsideFunction("source", "show"), Output("code-source", "data-file"), Input("code-tabs", "active_tab")
)
