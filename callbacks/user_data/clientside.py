"""Naive again, in the browser: no request, the same race."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

from callbacks.user_data.strategy import Strategy

STRATEGY = Strategy(
    key="clientside",
    title="Clientside, reading and writing the whole",
    says="The naive callbacks as browser code. Dash hands both the same old store before either has answered, so no "
    "request is needed to lose an update.",
    loses=("one-event", "two-events"),
)

for field, delay in (
    ("first-name", "user-data-delay"),
    ("last-name", "user-data-delay"),
    ("age", "user-data-delay"),
    ("info", "user-data-info-delay"),
):
    clientside_callback(
        ClientsideFunction("user_data_clientside", "saveWhole"),
        Output("user-data-clientside-store", "data", allow_duplicate=True),
        Input(f"user-data-clientside-{field}", "value"),
        State("user-data-clientside-store", "data"),
        State(delay, "value"),
        prevent_initial_call=True,
    )
