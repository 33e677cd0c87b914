"""Large frames: millions of rows, explored through the server's cache at the same cost whatever their number."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.large_frames
import callbacks.large_frames_file  # noqa: F401 - registers this page's callbacks
from components.attributes import aria, data
from components.explorer import chart_options, filters, table
from components.figures import CONFIG
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from data.chosen_frame import OWN
from data.frames import columns_of
from data.readings import ROWS, SENSORS, SITES, schema
from settings import settings

PATTERN = Pattern(
    name="large_frames",
    title="Large frames",
    group="On the server",
    order=50,
    summary="Ten million rows, filtered, drawn, sorted and scrolled. Only what you look at crosses the wire.",
    claims=(
        Claim(
            text="Chart, count and table always show the same selection.",
            proof="test_chart_count_and_table_show_the_same_selection",
        ),
    ),
    use_when=("there are more rows than a browser should hold",),
    leave_when=("a few thousand rows are all there is: send them once, and filter in the browser",),
    see_also=("/shared-data",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page. Its tools are those of the readings, until another frame is chosen."""
    return pattern_page(PATTERN, _demo(), _own_file())


def _demo() -> html.Div:
    columns = columns_of(schema())
    roles: dict[str, Any] = {column.role: column for column in columns.values() if column.role}
    stores = [dcc.Store(id=f"large-frames-{name}") for name in ("view", "drawn", "kept", "content")]
    return html.Div(
        [
            *stores,
            dcc.Store(id="large-frames-frame", data={"name": None, "shape": "readings"}),
            dcc.Interval(id="large-frames-poll", interval=500, disabled=True),
            html.Div(
                [
                    _rows(),
                    html.Div(filters(roles, {"group": SITES, "part": SENSORS}), id="large-frames-filters"),
                ],
                className="large-frames-controls",
            ),
            _building(),
            html.Div(
                [
                    html.Span([html.Strong("–", id="large-frames-matched"), " rows match"], **aria(live="polite")),
                    dbc.RadioItems(chart_options(roles), "means-group", id="large-frames-charts", inline=True),
                ],
                className="d-flex flex-wrap gap-3 mt-2",
            ),
            dcc.Graph(id="large-frames-graph", config=CONFIG, className="graph"),
            html.Div(table(columns.values()), id="large-frames-table"),
            html.P(
                [
                    html.Span(id="large-frames-about"),
                    " Download what matches: ",
                    html.A("CSV", id="large-frames-csv", download=""),
                    ", ",
                    html.A("Parquet", id="large-frames-parquet", download=""),
                ],
                className="mt-2 mb-0 small",
            ),
        ]
    )


def _rows() -> html.Div:
    options = [{"label": f"{rows:,}", "value": str(rows)} for rows in ROWS]
    return html.Div(
        [
            dbc.Label("Rows", html_for="large-frames-rows", class_name="control-label"),
            dbc.Select(
                [*options, {"label": "your own file", "value": OWN}], str(ROWS[0]), id="large-frames-rows", size="sm"
            ),
        ]
    )


def _building() -> html.Div:
    return html.Div(
        [
            dbc.Progress(id="large-frames-progress", value=0, class_name="flex-grow-1"),
            dbc.Button("Cancel", id="large-frames-cancel", size="sm", outline=True, color="primary"),
        ],
        id="large-frames-building",
        className="large-frames-building",
        hidden=True,
    )


def _own_file() -> html.Section:
    """Draw what takes a visitor's own file."""
    return html.Section(
        [
            html.H2("Your own file", id="your-own-file"),
            html.P(
                f"A CSV or Parquet file of up to {settings.upload_max_mb:g} MB, explored with the tools above. It is"
                " read in a process with little memory and time, and kept for an hour under your cookie, for you alone."
            ),
            html.Div(
                [
                    dcc.Upload(
                        dbc.Button("Choose a file", size="sm", outline=True, color="primary"),
                        id="large-frames-file",
                        accept=".csv,.tsv,.txt,.parquet",
                    ),
                    dbc.Button("Delete it", id="large-frames-delete", size="sm", outline=True, color="primary"),
                    html.Span(id="large-frames-said", **aria(live="polite")),
                ],
                className="d-flex flex-wrap align-items-center gap-2",
            ),
        ],
        id="large-frames-own",
        **data(most=settings.upload_max_mb),
    )


_ = (Place, Trap)
