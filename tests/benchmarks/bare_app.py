"""The least Dash app that counts clicks on the server: what the atlas's counter is compared with."""

from dash import Dash, Input, Output, State, callback, dcc, html

app = Dash(__name__)
server = app.server
app.layout = html.Div([dcc.Store(id="clicks-local-store"), html.Button("Count a click", id="clicks-local-button")])


@callback(
    Output("clicks-local-store", "data"),
    Input("clicks-local-button", "n_clicks"),
    State("clicks-local-store", "data"),
    prevent_initial_call=True,
)
def count_click(_n_clicks, stored):
    return {"clicks": (stored or {}).get("clicks", 0) + 1}


# Dash sets itself up when the first request comes, and answers 500 to others that come meanwhile: be that first one.
server.test_client().get("/")
