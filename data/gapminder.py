"""Gapminder: life expectancy, population and GDP per capita, every five years; see `data/README.md`."""

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

FILE = Path(__file__).with_name("gapminder.csv")
NUMBER = (int, float)
COLUMNS: dict[str, Any] = {
    "country": str,
    "continent": str,
    "year": int,
    "lifeExp": NUMBER,
    "pop": int,
    "gdpPercap": NUMBER,
}
FIELDS = {"lifeExp": "Life expectancy (years)", "gdpPercap": "GDP per capita (US$)", "pop": "Population"}


@cache
def frame() -> "pd.DataFrame":
    """Return all 1,704 rows, read once per process. Do not change it: every request shares it."""
    # Imported here: pandas takes as long to import as Dash does, and not every page needs it.
    import pandas as pd

    return pd.read_csv(FILE)


@cache
def countries() -> list[str]:
    """Return the names of all 142 countries, in alphabetical order."""
    # Not from the frame: pages name the countries when the app starts, which need not wait for pandas.
    with FILE.open(encoding="utf-8", newline="") as file:
        return sorted({row["country"] for row in csv.DictReader(file)})


def select(chosen: list[str]) -> list[dict[str, Any]]:
    """Return the rows of the chosen countries as records; of all countries when none is chosen."""
    rows = frame()
    if chosen:
        rows = rows[rows["country"].isin(check_countries(chosen))]
    return cast("list[dict[str, Any]]", rows.to_dict("records"))


def check_countries(chosen: Any) -> list[str]:
    """Return the chosen countries, or raise BadInput for what is not a list of known ones."""
    if not isinstance(chosen, list) or not all(isinstance(country, str) for country in chosen):
        raise BadInput("The countries must be a list of names. Choose them from the list again.")
    if unknown := sorted(set(chosen) - set(countries())):
        raise BadInput(f"There is no country called {unknown[0][:60]!r} in this data. Choose one from the list.")
    return chosen


def check_field(field: Any) -> str:
    """Return the field, or raise BadInput for an unknown one."""
    if not isinstance(field, str) or field not in FIELDS:
        raise BadInput(f"There is no field called {str(field)[:60]!r}. Choose one of {', '.join(FIELDS)}.")
    return field


def check_rows(rows: Any) -> list[dict[str, Any]]:
    """Return the rows, or raise BadInput for what cannot be rows of this data."""
    if not isinstance(rows, list) or len(rows) > len(frame()) or not all(map(_looks_like_a_row, rows)):
        raise BadInput("These are not rows of this data. Choose the countries again.")
    check_countries([row["country"] for row in rows])
    return rows


def _looks_like_a_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == COLUMNS.keys()
        and all(isinstance(row[column], kind) for column, kind in COLUMNS.items())
    )
