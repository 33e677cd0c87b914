"""The callback of the frame in IndexedDB. It runs in the browser: see `assets/indexed_db.js`."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

clientside_callback(
    ClientsideFunction("indexed_db", "act"),
    Output("indexed-db-kept", "children"),
    Output("indexed-db-room", "children"),
    Output("indexed-db-times", "children"),
    Output("indexed-db-graph", "figure"),
    Output("indexed-db-said", "children"),
    Output("indexed-db-problem", "children"),
    Input("indexed-db-size", "id"),
    Input("indexed-db-make", "n_clicks"),
    Input("indexed-db-read", "n_clicks"),
    Input("indexed-db-delete", "n_clicks"),
    Input("indexed-db-persist", "n_clicks"),
    State("indexed-db-size", "value"),
    State("indexed-db-graph", "figure"),
)
