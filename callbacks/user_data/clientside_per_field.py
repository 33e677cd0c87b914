"""A store per field, in the browser: no request and no race."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

from callbacks.user_data.strategy import Strategy

STRATEGY = Strategy(
    key="clientside-per-field",
    title="Clientside, a store per field",
    says="Each field's browser code owns a store, and one more function merges them. Nothing is lost, "
    "and nothing is sent.",
    stores=(
        "user-data-clientside-per-field-first-name-store",
        "user-data-clientside-per-field-last-name-store",
        "user-data-clientside-per-field-age-store",
        "user-data-clientside-per-field-info-store",
    ),
)

for field, delay in (
    ("first-name", "user-data-delay"),
    ("last-name", "user-data-delay"),
    ("age", "user-data-delay"),
    ("info", "user-data-info-delay"),
):
    clientside_callback(
        ClientsideFunction("user_data_clientside", "saveField"),
        Output(f"user-data-clientside-per-field-{field}-store", "data"),
        Input(f"user-data-clientside-per-field-{field}", "value"),
        State(delay, "value"),
        prevent_initial_call=True,
    )

clientside_callback(
    ClientsideFunction("user_data_clientside", "merge"),
    Output("user-data-clientside-per-field-store", "data"),
    Input("user-data-clientside-per-field-first-name-store", "data"),
    Input("user-data-clientside-per-field-last-name-store", "data"),
    Input("user-data-clientside-per-field-age-store", "data"),
    Input("user-data-clientside-per-field-info-store", "data"),
    prevent_initial_call=True,
)
