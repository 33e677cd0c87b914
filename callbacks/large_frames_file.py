"""Callbacks of the visitor's own file: kept for an hour, explored with the same tools, deleted at will."""

import base64
import binascii
import time
from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, no_update
from dash.exceptions import PreventUpdate

from data import uploads
from data.chosen_frame import OWN
from data.readings import ROWS
from errors import BadInput

# A file that is too large is refused before it is sent.
clientside_callback(
    ClientsideFunction("large_frames", "checkSize"),
    Output("large-frames-content", "data"),
    Output("large-frames-said", "children", allow_duplicate=True),
    Input("large-frames-file", "contents"),
    prevent_initial_call=True,
)


@callback(
    Output("large-frames-said", "children", allow_duplicate=True),
    Output("large-frames-rows", "value", allow_duplicate=True),
    Output("large-frames-kept", "data", allow_duplicate=True),
    Output("large-frames-content", "data", allow_duplicate=True),
    Input("large-frames-content", "data"),
    prevent_initial_call=True,
)
def keep(content: Any) -> tuple[Any, ...]:
    """Keep the file as this visitor's frame, and show it; or say beside the button why not."""
    if content is None:
        raise PreventUpdate
    try:
        frame = uploads.keep(decode(content))
    except BadInput as reason:
        return f"Not taken: {reason}", no_update, no_update, None
    return f"{frame.table.num_rows:,} rows are kept for you, for an hour.", OWN, time.time(), None


@callback(
    Output("large-frames-said", "children", allow_duplicate=True),
    Output("large-frames-rows", "value", allow_duplicate=True),
    Input("large-frames-delete", "n_clicks"),
    prevent_initial_call=True,
)
def delete(_clicks: int) -> tuple[str, str]:
    """Delete this visitor's frame, and show the readings again."""
    uploads.forget()
    return "Deleted. Nothing of yours is kept here.", str(ROWS[0])


def decode(content: Any) -> bytes:
    """Return the bytes of a data URL, or raise BadInput."""
    try:
        return base64.b64decode(content.partition(",")[2], validate=True)
    except (AttributeError, binascii.Error, ValueError):
        raise BadInput("The file did not arrive whole. Choose it again.") from None
