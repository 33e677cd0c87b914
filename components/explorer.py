"""The tools with which a frame of any size is explored: filters, charts and table, named after the frame's columns."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html

from components.figures import figure

BLOCK = 100  # rows that the table asks for at a time
FILTERS = {
    "category": "agTextColumnFilter",
    "text": "agTextColumnFilter",
    "number": "agNumberColumnFilter",
    "time": "agDateColumnFilter",
}
WIDTHS = {"time": 200, "number": 165}  # pixels, at least


class Column(Protocol):
    """What is asked of a column: its name in the table, what people call it, and its kind and role."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102


def filters(roles: Mapping[str, Column], labels: Mapping[str, list[str]]) -> list[Any]:
    """Draw a control for each role; one that no column of the frame plays is disabled. `labels` is by role."""
    titles = {role: column.title for role, column in roles.items()}
    choices = [
        _control(
            titles.get(role, "no category"),
            dcc.Dropdown(
                id=f"large-frames-{name}",
                options=labels.get(role, []),
                multi=True,
                placeholder="all",
                disabled=role not in roles,
            ),
            f"large-frames-{name}",
        )
        for role, name in (("group", "site"), ("part", "sensor"))
    ]
    ranges = [
        _range(titles.get("value", "no number"), ("lowest", "highest"), "value" in roles, type="number", step="any"),
        _range(titles.get("time", "no time"), ("first-day", "last-day"), "time" in roles, type="date"),
    ]
    return [*choices, *ranges]


def _range(title: str, ends: tuple[str, str], there: bool, **props: Any) -> html.Div:
    first, last = (
        dbc.Input(id=f"large-frames-{end}", size="sm", debounce=True, disabled=not there, **props) for end in ends
    )
    to = dbc.Label(f"{title}, at most", html_for=last.id, class_name="visually-hidden")
    return _control(title, html.Div([first, to, last], className="d-flex gap-1"), first.id)


def _control(label: str, control: Any, html_for: str) -> html.Div:
    return html.Div([dbc.Label(label, html_for=html_for, class_name="control-label"), control])


def chart_options(roles: Mapping[str, Column]) -> list[dict[str, Any]]:
    """Return the charts to choose from, by name; those that the frame has no columns for are disabled."""
    titles = {role: column.title for role, column in roles.items()}
    charts = {
        "means-group": (f"means by {titles.get('group', 'category')}", {"group", "value"}),
        "means-part": (f"means by {titles.get('part', 'category')}", {"part", "value"}),
        "histogram": ("histogram", {"value"}),
        "line": ("time line", {"time", "value"}),
    }
    return [
        {"label": label, "value": name, "disabled": not needs <= roles.keys()}
        for name, (label, needs) in charts.items()
    ]


def chart(name: str, x: list[Any], y: list[Any], roles: Mapping[str, Column], drawn: str) -> dict[str, Any]:
    """Return the whole figure of a chart. What changes later is its `y`, and for a line its `x`."""
    value = roles["value"].title
    trace: dict[str, Any] = {"x": x, "y": y}
    if name == "line":
        trace |= {"type": "scatter", "mode": "lines", "line": {"width": 1}}
        return figure([trace], xaxis={"type": "date"}, yaxis=_title(value), uirevision=drawn)
    trace["type"] = "bar"
    if name == "histogram":
        return figure([trace], xaxis=_title(value), yaxis=_title("rows"), bargap=0.02, uirevision=drawn)
    return figure([trace], xaxis={"type": "category"}, yaxis=_title(f"mean {value}"), bargap=0.15, uirevision=drawn)


def _title(text: str) -> dict[str, Any]:
    return {"title": {"text": text, "font": {"size": 12}}}


def table(columns: Iterable[Column]) -> dag.AgGrid:
    """Draw the table. It holds no rows: it asks for those that are looked at, a block at a time."""
    return dag.AgGrid(
        id="large-frames-grid",
        rowModelType="infinite",
        columnDefs=[
            {
                "field": column.name,
                "headerName": column.title,
                "filter": FILTERS[column.kind],
                "filterParams": {"maxNumConditions": 1, "buttons": ["apply", "reset"], "closeOnApply": True},
                "minWidth": WIDTHS.get(column.kind, 120),
                **({"type": "numericColumn"} if column.kind == "number" else {}),
            }
            for column in columns
        ],
        defaultColDef={"flex": 1, "sortable": True},
        dashGridOptions={
            "cacheBlockSize": BLOCK,
            "maxBlocksInCache": 10,
            # Dash drops an answer when the same callback is called again meanwhile: one at a time.
            "maxConcurrentDatasourceRequests": 1,
            "infiniteInitialRowCount": 1,
        },
    )
