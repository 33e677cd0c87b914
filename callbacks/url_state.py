"""Callbacks of the dashboard whose filters are in its address: what they are is declared here once."""

import re
import unicodedata
from functools import cache
from typing import Any
from urllib.parse import unquote

from dash import Output, State, callback

from components.figures import figure
from components.url_parameters import Choice, Day, Flag, Many, Number, Text
from components.url_state import UrlState
from data import gapminder
from errors import BadInput

CONTINENTS = ["Africa", "Americas", "Asia", "Europe", "Oceania"]
LINES = 8

URL = UrlState(
    "url-state",
    Choice("field", "lifeExp", options=list(gapminder.FIELDS)),
    Choice("continent", "all", options=["all", *CONTINENTS]),
    Many("countries", options=gapminder.countries()),
    Number("population", 0, least=0, most=2_000),
    Day("since", "1952-07-01", first="1952-01-01", last="2007-12-31"),
    Day("until", "2007-07-01", first="1952-01-01", last="2007-12-31"),
    Flag("log"),
    Text("title", longest=60),
)
URL.bind()


@callback(
    Output("url-state-graph", "figure"),
    Output("url-state-matched", "children"),
    Output("url-state-heading", "children"),
    *URL.inputs,
    State("url-state-country", "data"),
)
def draw(*controls: Any) -> tuple[dict[str, Any], str, str]:
    """Return the chart, how many countries match, and the chart's title, which is text whatever it looks like."""
    *values, country = controls
    chosen = URL.check(*values)
    lines, matched = select(chosen, check_country(country))
    chart = figure(lines, yaxis={"type": "log" if chosen["log"] else "linear"}, uirevision="kept")
    first = f", the first {LINES} shown" if matched > LINES else ""
    title = chosen["title"] or gapminder.FIELDS[chosen["field"]]
    return chart, f"{matched} {'country matches' if matched == 1 else 'countries match'}{first}", title


def select(chosen: dict[str, Any], country: str | None) -> tuple[list[dict[str, Any]], int]:
    """Return the lines of the first countries that match, by their last value, and the number of all that match.

    The country of the address's path is drawn whether it matches or not, and wider.
    """
    rows, field = gapminder.frame(), chosen["field"]
    # A row counts as of the first of July of its year.
    days = rows["year"].astype(str) + "-07-01"
    rows = rows[(days >= chosen["since"]) & (days <= chosen["until"])]
    last = rows[rows["year"] == rows["year"].max()]
    last = last[last["pop"] >= chosen["population"] * 1_000_000]
    if chosen["continent"] != "all":
        last = last[last["continent"] == chosen["continent"]]
    if chosen["countries"]:
        last = last[last["country"].isin(chosen["countries"])]
    names = last.sort_values(field, ascending=False)["country"].to_list()
    shown = [country, *(name for name in names[:LINES] if name != country)] if country else names[:LINES]
    lines = []
    for name in shown:
        of_country = rows[rows["country"] == name]
        lines.append(
            {
                "name": name,
                "mode": "lines+markers",
                "x": of_country["year"].to_list(),
                "y": of_country[field].to_list(),
                "line": {"width": 4 if name == country else 2},
            }
        )
    return lines, len(names)


def check_country(country: Any) -> str | None:
    """Return the country of the path, None for none, or raise BadInput."""
    if country is not None and country not in gapminder.countries():
        raise BadInput("There is no such country in this data. Open the page again.")
    return country  # type: ignore[no-any-return]  # it is one of the names


@cache
def _by_slug() -> dict[str, str]:
    return {slug(name): name for name in gapminder.countries()}


def slug(name: str) -> str:
    """Return a name as a path has it: "Cote d'Ivoire" is `cote-d-ivoire`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def country_of(in_path: Any) -> str | None:
    """Return the country that a part of a path names, None if there is none.

    Dash hands it over as the address has it: encoded, while the server's own view of the path is not.
    """
    if not isinstance(in_path, str) or "/" in in_path:
        return None
    return _by_slug().get(slug(unquote(in_path)))
