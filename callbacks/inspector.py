"""The inspector's one callback, in the browser: what it shows never leaves it."""

from dash import ClientsideFunction, Input, Output, clientside_callback

# A callback without an Output is not called when its page is drawn.
clientside_callback(
    ClientsideFunction("inspector", "draw"),
    Output("inspector-panel", "data-state"),
    Input("inspector-panel", "id"),
)
