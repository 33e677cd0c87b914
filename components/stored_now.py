"""What the browser's storage holds now, key by key, and whether it takes more: filled in by `assets/stored_now.js`."""

from typing import Any

from dash import html

from components.attributes import data

STORAGES = {"local": "localStorage", "session": "sessionStorage"}

# Dash puts this in front of the keys of all that it persists.
PERSISTENCE = "_dash_persistence."


def stored_now(storage_type: str, prefix: str) -> html.Div:
    """Draw the keys that begin with the prefix; for memory, say why there are none to see."""
    if storage_type == "memory":
        note = "Dash keeps these values in its own memory, where no tool can read them."
        return html.Div(html.P(note, className="text-body-secondary"), className="stored-now")
    attributes: dict[str, Any] = data(storage=STORAGES[storage_type], prefix=prefix)
    return html.Div(className="stored-now", role="status", **attributes)
