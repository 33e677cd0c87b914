"""Callback of the guide for those who come from Streamlit: its well-known counter, in Dash."""

from dash import Input, Output, callback, ctx

from data.session_state import session_state


@callback(
    Output("coming-from-streamlit-count", "children"),
    Input("coming-from-streamlit-button", "n_clicks"),
    Input("coming-from-streamlit-delete", "n_clicks"),
)
def count(_clicks: int | None, _deletions: int | None) -> int:
    """Count, forget, or when the page opens only show: nothing else of the page runs."""
    if ctx.triggered_id == "coming-from-streamlit-button":
        session_state.increment("streamlit_count", by=5)
    elif ctx.triggered_id == "coming-from-streamlit-delete":
        session_state.pop("streamlit_count", None)
    shown: int = session_state.get("streamlit_count", 0)
    return shown
