"""Large frames: millions of rows, explored through the server's cache at the same cost whatever their number."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.large_frames
import callbacks.large_frames_file  # noqa: F401 - registers this page's callbacks
from callbacks.large_frames_compare import SIZES
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
    places=(
        Place(
            key="frame",
            name="Mapped frame",
            lives_in="the server's cache",
            scope="everyone",
            survives=("page change", "reload", "new tab", "new browser", "server restart", "second worker"),
            limit="2 GB for all frames, as you set it",
            capacity=2_000_000_000,
            readable_by="every visitor of the page",
            wire_bytes=15_000,
        ),
        Place(
            key="own",
            name="Your own file",
            lives_in="the server's cache, for an hour",
            scope="this visitor",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="10 MB, as you set it",
            capacity=10_000_000,
            readable_by="the server alone",
            secret=True,
            wire_bytes=2_292,
        ),
    ),
    claims=(
        Claim(
            text="Chart, count and table always show the same selection.",
            proof="test_chart_count_and_table_show_the_same_selection",
        ),
        Claim(
            text="A filter sends the same bytes at any number of rows: under 4 kB for the chart, 60 kB for 100 rows.",
            proof="test_a_filter_sends_the_same_bytes_at_any_number_of_rows",
        ),
        Claim(
            text="Any row of any order can be scrolled to.",
            proof="test_any_row_of_any_order_can_be_scrolled_to",
        ),
        Claim(text="Zooming the time line shows true extremes.", proof="test_zooming_shows_true_extremes"),
        Claim(
            text="A large frame is made with progress, and can be cancelled.",
            proof="test_a_large_frame_shows_its_progress_and_can_be_cancelled",
        ),
        Claim(
            text="Your own file is explored with the same tools, and is nobody else's.",
            proof="test_a_visitors_own_file_is_explored_and_nobody_elses",
        ),
        Claim(
            text="A file that cannot be taken is refused with the reason.",
            proof="test_a_file_is_refused_with_the_reason",
        ),
        Claim(
            text="A forged request gets a clear answer and changes nothing.",
            proof="test_a_forged_request_is_refused",
        ),
    ),
    traps=(
        Trap(
            text="Every row in a `dcc.Store` goes down once, and up again with every question.",
            cure="Keep the rows on the server, and send what was chosen.",
            proof="test_each_way_costs_what_the_page_says",
        ),
        Trap(
            text="Flask-Caching's file cache unpickles the whole frame for every question, and runs what it finds.",
            cure="Map an Arrow file: a question reads the columns that it names, and no file can run.",
            proof="test_each_way_costs_what_the_page_says",
        ),
        Trap(
            text="Dash drops an answer when the same callback is called again meanwhile: the table misses rows.",
            cure='Let the table ask for one block at a time: `"maxConcurrentDatasourceRequests": 1`.',
            proof="test_the_table_asks_for_one_block_at_a_time",
        ),
        Trap(
            text="After an answer of no rows at all, an infinite table of Dash AG Grid may lose the next answer.",
            cure="Answer one row instead, which says that none matches.",
            proof="test_chart_count_and_table_show_the_same_selection",
        ),
        Trap(
            text="A page from the middle of a sort costs the whole sort, each time.",
            cure="Keep the order, as a file of row numbers: a page is then a few of them.",
            proof="test_a_page_from_the_middle_of_a_kept_sort_needs_no_query",
        ),
    ),
    use_when=(
        "there are more rows than a browser should hold",
        "many visitors look at the same frame: they share its pages of memory",
    ),
    leave_when=(
        "a few thousand rows are all there is: send them once, and filter in the browser",
        "rows change one by one: that is a database",
    ),
    see_also=("/shared-data",),
    more_files=("data/queries.py", "data/conditions.py", "data/sorted_order.py"),
    parts=(
        "callbacks/large_frames_file.py",
        "callbacks/large_frames_compare.py",
        "assets/large_frames.css",
    ),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page. Its tools are those of the readings, until another frame is chosen."""
    return pattern_page(PATTERN, _demo(), _own_file(), _compare())


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
            html.Div(dcc.Graph(id="large-frames-graph", config=CONFIG), className="large-frames-chart"),
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


def _compare() -> html.Section:
    """Draw the same question in three ways, and what each costs."""
    ways = {"store": "Every row in a store", "pickle": "A pickle in a file cache", "map": "The mapped file"}
    head = ("kept as", "requests", "bytes up", "bytes down (unpacked)", "milliseconds")
    return html.Section(
        [
            html.H2("The ways it is done today", id="the-ways-it-is-done-today"),
            html.P("Means by site of what is warmer than so many degrees: another limit with every click."),
            dcc.Store(id="large-frames-all"),
            dcc.Store(id="large-frames-all-size"),
            html.Div(
                [
                    dbc.Label("Rows to compare", html_for="large-frames-compare-rows", class_name="control-label mb-0"),
                    dbc.Select(
                        [{"label": f"{int(rows):,}", "value": rows} for rows in SIZES],
                        SIZES[0],
                        id="large-frames-compare-rows",
                        size="sm",
                        class_name="w-auto",
                    ),
                    *(
                        dbc.Button(text, id=f"large-frames-by-{way}", size="sm", outline=True, color="primary")
                        for way, text in ways.items()
                    ),
                ],
                className="d-flex flex-wrap align-items-center gap-2",
            ),
            html.Ul([html.Li(id=f"large-frames-of-{way}", **aria(live="polite")) for way in ways], className="mt-2"),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody(id="large-frames-costs"),
                ],
                size="sm",
                responsive=True,
            ),
        ]
    )
