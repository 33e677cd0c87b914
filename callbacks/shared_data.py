"""Callbacks of the shared data: two controls feed one store, a table and a graph read it."""

from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback

from components.figures import figure
from data import gapminder
from errors import BadInput


@callback(
    Output("shared-data-store", "data"),
    Input("shared-data-countries", "value"),
    Input("shared-data-field", "value"),
    Input("shared-data-version", "value"),
)
def share(countries: list[str] | None, field: str, version: str) -> dict[str, Any]:
    """Return what to store: the field, and either the rows themselves or only which rows are meant."""
    chosen = gapminder.check_countries(countries or [])
    shared = {"field": gapminder.check_field(field)}
    if version == "rows":
        return {**shared, "rows": gapminder.select(chosen)}
    if version == "selection":
        return {**shared, "countries": chosen}
    raise BadInput("There is no such version. Choose one of the two again.")


@callback(
    Output("shared-data-table", "rowData"),
    Output("shared-data-rows", "children"),
    Input("shared-data-store", "data"),
)
def show_table(stored: Any) -> tuple[list[dict[str, Any]], int]:
    """Return the table's rows, and their number."""
    rows, _field = rows_and_field(stored)
    return rows, len(rows)


@callback(Output("shared-data-graph", "figure"), Input("shared-data-store", "data"))
def show_graph(stored: Any) -> dict[str, Any]:
    """Return the figure: a line with markers for each country."""
    rows, field = rows_and_field(stored)
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(row["country"], {"name": row["country"], "mode": "lines+markers", "x": [], "y": []})
        line["x"].append(row["year"])
        line["y"].append(row[field])
    return figure(list(lines.values()), yaxis={"title": {"text": gapminder.FIELDS[field]}}, uirevision="kept")


# The figures of the comparison come from the wire meter, so they are this visitor's own.
clientside_callback(
    ClientsideFunction("shared_data", "compare"),
    Output("shared-data-compare", "children"),
    Input("wire-store", "data"),
    Input("shared-data-version", "value"),
)


def rows_and_field(stored: Any) -> tuple[list[dict[str, Any]], str]:
    """Return the rows that a store holds or stands for, and the field to draw.

    What comes from the browser is checked again here: a request can be made by hand.
    """
    if not isinstance(stored, dict):
        raise BadInput("The shared store is empty. Choose the countries again.")
    field = gapminder.check_field(stored.get("field"))
    if "rows" in stored:
        return gapminder.check_rows(stored["rows"]), field
    return gapminder.select(gapminder.check_countries(stored.get("countries"))), field
