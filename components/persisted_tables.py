"""The two tables, with what makes each of them persist."""

import warnings
from functools import cache
from typing import Any

import dash_ag_grid as dag
from dash import dash_table

from data import gapminder

COUNTRIES = ["Brazil", "Canada", "China", "France", "Iceland", "India", "Japan", "Kenya", "New Zealand", "Norway"]
TITLES = {"country": "Country", "continent": "Continent", "lifeExp": "Life expectancy", "pop": "Population"}

# AG Grid persists its selection only, unless it is told what else.
PERSISTED = ["filterModel", "columnState", "selectedRows"]

COLUMNS = [{"id": field, "name": title, "renamable": True, "hideable": True} for field, title in TITLES.items()]


@cache
def rows() -> list[dict[str, Any]]:
    """Return ten countries in 2007, as a list of records."""
    chosen = [row for row in gapminder.select(COUNTRIES) if row["year"] == 2007]
    return [
        {
            "country": row["country"],
            "continent": row["continent"],
            "lifeExp": round(row["lifeExp"], 1),
            "pop": row["pop"],
        }
        for row in chosen
    ]


def grid(storage_type: str, *, name: str = "tables-grid", **props: Any) -> dag.AgGrid:
    """Draw the grid with its rows: they must come with it, or the kept filter is lost."""
    columns: list[dict[str, Any]] = [{"field": field, "headerName": title} for field, title in TITLES.items()]
    return dag.AgGrid(
        id=name,
        columnDefs=[*columns, {"field": "note", "headerName": "Note", "editable": True}],
        defaultColDef={"filter": True, "floatingFilter": True, "minWidth": 110, "flex": 1},
        getRowId="params.data.country",
        dashGridOptions={
            "rowSelection": {"mode": "multiRow"},
            "domLayout": "autoHeight",
            "suppressColumnVirtualisation": True,
        },
        style={"height": None},
        persistence=True,
        persistence_type=storage_type,
        persisted_props=PERSISTED,
        **({"rowData": rows()} | props),
    )


@cache
def datatable(storage_type: str) -> Any:
    """Draw the DataTable. It is deprecated: making it warns, and a later Dash will not have it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "\\s*The dash_table.DataTable will be removed", DeprecationWarning)
        table: Any = dash_table
        return table.DataTable(
            id="tables-datatable",
            columns=COLUMNS,
            data=rows(),
            sort_action="native",
            filter_action="native",
            persistence=True,
            persistence_type=storage_type,
            style_table={"overflowX": "auto"},
            # Its own colours are for white pages only.
            style_cell={
                "backgroundColor": "var(--bs-body-bg)",
                "border": "1px solid var(--line)",
                "color": "inherit",
                "fontFamily": "var(--bs-body-font-family)",
            },
            style_header={"backgroundColor": "var(--panel)", "textAlign": "left"},
            style_filter={"backgroundColor": "var(--bs-body-bg)", "color": "inherit"},
            style_data={"textAlign": "left"},
        )


# Made once, at the start: `catch_warnings` is not for several threads at a time.
DATATABLES = {kind: datatable(kind) for kind in ("memory", "session", "local")}
