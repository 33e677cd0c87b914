"""The wire meter: what the last interaction cost, measured in the browser by `assets/wire.js`."""

from typing import Any

from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html

FIGURES = {"requests": "requests", "up": "bytes up", "down": "bytes down", "time": "milliseconds"}


def wire_store() -> dcc.Store:
    """Return the store that holds the figures of the last interaction; pages may read it in the browser."""
    return dcc.Store(id="wire-store")


def wire_meter() -> html.Section:
    """Draw the meter; it asks the server for nothing."""
    return html.Section(
        [
            html.H2("Over the wire", id="over-the-wire"),
            html.P("What your last action cost, measured here in your browser.", className="text-body-secondary"),
            html.Dl([_figure(key, label) for key, label in FIGURES.items()], className="wire-figures"),
            html.Div(id="wire-timeline"),
            html.P(
                [
                    html.Span(id="wire-total"),
                    html.Button("Reset", id="wire-reset", className="btn btn-link btn-sm"),
                ],
                className="wire-total",
            ),
        ],
        className="wire-meter about-the-page",
    )


def _figure(key: str, label: str) -> html.Div:
    parts: list[Any] = [html.Dt(label), html.Dd("–", id=f"wire-{key}")]
    return html.Div(parts)


clientside_callback(
    ClientsideFunction("wire", "show"),
    *(Output(f"wire-{key}", "children") for key in FIGURES),
    Output("wire-timeline", "children"),
    Output("wire-total", "children"),
    Input("wire-store", "data"),
)

clientside_callback(ClientsideFunction("wire", "reset"), Input("wire-reset", "n_clicks"), prevent_initial_call=True)
