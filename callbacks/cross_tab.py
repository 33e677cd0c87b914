"""Callbacks between the tabs of one browser. All run in the browser: see `assets/cross_tab.js`."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback

clientside_callback(
    ClientsideFunction("cross_tab", "begin"),
    Output("cross-tab-tab", "children"),
    Output("cross-tab-said", "children", allow_duplicate=True),
    Input("cross-tab-text", "id"),
    prevent_initial_call="initial_duplicate",
)

clientside_callback(
    ClientsideFunction("cross_tab", "write"),
    Output("cross-tab-local-store", "data"),
    Output("cross-tab-session-store", "data"),
    Output("cross-tab-said", "children"),
    Output("cross-tab-notice", "children"),
    Input("cross-tab-write", "n_clicks"),
    Input("cross-tab-text", "n_submit"),
    State("cross-tab-text", "value"),
    prevent_initial_call=True,
)

# On the data, which another tab's write always brings; the timestamp that comes with it is often the one before.
clientside_callback(
    ClientsideFunction("cross_tab", "showLocal"),
    Output("cross-tab-local", "children"),
    Output("cross-tab-lag", "children"),
    Input("cross-tab-local-store", "data"),
    Input("cross-tab-local-store", "modified_timestamp"),
)

clientside_callback(
    ClientsideFunction("cross_tab", "showSession"),
    Output("cross-tab-session", "children"),
    Input("cross-tab-session-store", "data"),
)

clientside_callback(
    ClientsideFunction("cross_tab", "open"),
    Output("cross-tab-notice", "children", allow_duplicate=True),
    Input("cross-tab-open", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("cross_tab", "signIn"),
    Output("cross-tab-login-store", "data"),
    Output("cross-tab-notice", "children", allow_duplicate=True),
    Input("cross-tab-sign-in", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("cross_tab", "signOut"),
    Output("cross-tab-login-store", "data", allow_duplicate=True),
    Input("cross-tab-sign-out", "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("cross_tab", "showLogin"),
    Output("cross-tab-login", "children"),
    Output("cross-tab-sign-in", "disabled"),
    Output("cross-tab-sign-out", "disabled"),
    Input("cross-tab-login-store", "data"),
)
