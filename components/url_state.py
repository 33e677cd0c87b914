"""Keeps a page's controls in its address: declare the parameters once, draw `bar`, call `bind`.

Every value that an address says is checked here, and nowhere else. Writing the address is left to the browser
(`assets/address.js`): it needs no answer, so it makes no request.
"""

from typing import Any
from urllib.parse import parse_qs

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from components.attributes import aria, data
from components.icons import icon
from components.url_parameters import Parameter
from errors import BadInput

# Far more than any address can say: what comes longer was not written by the page.
LONGEST_QUERY = 100_000


class UrlState:
    """The parameters of one page. The control of a parameter has the id `<prefix>-<key>` and the property `value`."""

    def __init__(self, prefix: str, *parameters: Parameter) -> None:
        """Declare what the address can say, in the order in which it says it."""
        self.prefix = prefix
        self.parameters = {parameter.key: parameter for parameter in parameters}

    def read(self, query: str | dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Return the value of every parameter, and a sentence for each part of the query that was ignored.

        A query is either the address's own (`?year=2007`), or what Dash makes of it for a page's `layout`.
        """
        if isinstance(query, str):
            query = dict(parse_qs(query.removeprefix("?"), keep_blank_values=True))
        problems = [f"{key[:40]} is nothing that this page knows." for key in query if key not in self.parameters]
        values = {}
        for key, parameter in self.parameters.items():
            said = query.get(key)
            if said is None:
                values[key] = parameter.default
                continue
            values[key], ignored = parameter.read([said] if isinstance(said, str) else said)
            problems += ignored
        return values, problems

    def check(self, *values: Any) -> dict[str, Any]:
        """Return the controls' values by key, or raise BadInput: a request can be made by hand."""
        checked = {}
        for (key, parameter), value in zip(self.parameters.items(), values, strict=True):
            # An emptied control means the default, except that a list can be empty.
            default = [""] if parameter.many else parameter.texts(parameter.default)
            checked[key], problems = parameter.read(parameter.texts(value) or default)
            if problems:
                raise BadInput(f"{problems[0]} Choose another value.")
        return checked

    def answer(self, asked: Any) -> dict[str, Any]:
        """Return what the controls are to show when the address has changed, and what in it was ignored."""
        if not isinstance(asked, str) or len(asked) > LONGEST_QUERY:
            raise BadInput("This is no address of this page. Open the page again.")
        values, problems = self.read(asked)
        return {"values": values, "problems": problems}

    @property
    def inputs(self) -> list[Input]:
        """Return the controls as inputs of a callback, in the order that `check` takes their values."""
        return [Input(f"{self.prefix}-{key}", "value") for key in self.parameters]

    def bar(self, problems: list[str]) -> html.Div:
        """Draw the address as it is, a button that copies it, and what in it was ignored."""
        declared = {
            key: {"default": parameter.texts(parameter.default), "many": parameter.many}
            for key, parameter in self.parameters.items()
        }
        return html.Div(
            [
                dcc.Store(id=f"{self.prefix}-drawn", data={"parameters": declared, "problems": problems}),
                dcc.Store(id=f"{self.prefix}-asked"),
                dcc.Store(id=f"{self.prefix}-read"),
                html.Code(id=f"{self.prefix}-address", **aria(label="Address")),
                dbc.Button(
                    [icon("link-45deg"), " Copy link"],
                    id=f"{self.prefix}-copy",
                    size="sm",
                    outline=True,
                    color="primary",
                ),
                html.Span(id=f"{self.prefix}-copied", role="status"),
                html.Div(id=f"{self.prefix}-notice", className="address-notice", role="status"),
            ],
            className="address-bar",
            **data(address=self.prefix),
        )

    def bind(self) -> None:
        """Register the callbacks: controls to address, address to controls, and the copy button."""
        controls = [(f"{self.prefix}-{key}", "value") for key in self.parameters]

        clientside_callback(
            ClientsideFunction("address", "write"),
            Output(f"{self.prefix}-address", "children"),
            Output(f"{self.prefix}-notice", "children"),
            Output(f"{self.prefix}-copy", "disabled"),
            *(Input(*control) for control in controls),
            State(f"{self.prefix}-drawn", "data"),
        )

        callback(
            Output(f"{self.prefix}-read", "data"),
            Input(f"{self.prefix}-asked", "data"),
            prevent_initial_call=True,
        )(self.answer)

        clientside_callback(
            ClientsideFunction("address", "show"),
            [Output(*control) for control in controls],
            Input(f"{self.prefix}-read", "data"),
            *(State(*control) for control in controls),
            State(f"{self.prefix}-drawn", "data"),
            prevent_initial_call=True,
        )

        clientside_callback(
            ClientsideFunction("address", "copy"),
            Output(f"{self.prefix}-copied", "children"),
            Input(f"{self.prefix}-copy", "n_clicks"),
            Input(f"{self.prefix}-address", "children"),
        )
