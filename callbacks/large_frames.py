"""Callbacks of the large frames: choose one, filter it, draw it, and show the rows that are looked at.

No row crosses the wire but those in sight, and nothing is kept in the browser but what was chosen.
"""

import time
from datetime import UTC, datetime
from typing import Any

from dash import ClientsideFunction, Input, Output, Patch, State, callback, clientside_callback, no_update
from dash.exceptions import PreventUpdate

from components import explorer
from data import queries, reading_frames
from data.chosen_frame import OWN, find
from data.conditions import conditions, sort_sql
from data.frames import Frame
from data.readings import check_rows
from data.sorted_order import page
from errors import BadInput

CHARTS = ("means-group", "means-part", "histogram", "line")


@callback(
    Output("large-frames-frame", "data"),
    Output("large-frames-about", "children"),
    Output("large-frames-filters", "children"),
    Output("large-frames-charts", "options"),
    Output("large-frames-charts", "value"),
    Output("large-frames-table", "children"),
    Output("large-frames-poll", "disabled"),
    Output("large-frames-building", "hidden"),
    Output("large-frames-progress", "value"),
    Input("large-frames-rows", "value"),
    Input("large-frames-poll", "n_intervals"),
    Input("large-frames-kept", "data"),
    State("large-frames-frame", "data"),
)
def choose_frame(name: Any, _polls: int | None, _kept: float | None, before: Any) -> tuple[Any, ...]:
    """Open the chosen frame. While it is being made, return how far that is; tools are drawn anew for other columns."""
    frame = find(name) if name == OWN else reading_frames.opened(check_rows(name))
    if frame is None:
        reading_frames.start(check_rows(name))
        done = round(100 * (reading_frames.progress(check_rows(name)) or 0))
        return (*[no_update] * 6, False, False, done)
    shape = frame.key if name == OWN else "readings"
    chosen = {"name": name, "shape": shape}
    if isinstance(before, dict) and before.get("shape") == shape:
        return chosen, describe(frame, name), *[no_update] * 4, True, True, 0
    labels = {role: frame.labels(column) for role, column in frame.roles.items() if column.kind == "category"}
    charts = explorer.chart_options(frame.roles)
    return (
        chosen,
        describe(frame, name),
        explorer.filters(frame.roles, labels),
        charts,
        next((chart["value"] for chart in charts if not chart["disabled"]), None),
        explorer.table(frame.columns.values()),
        True,
        True,
        0,
    )


@callback(
    Output("large-frames-rows", "value", allow_duplicate=True),
    Output("large-frames-poll", "disabled", allow_duplicate=True),
    Output("large-frames-building", "hidden", allow_duplicate=True),
    Input("large-frames-cancel", "n_clicks"),
    State("large-frames-rows", "value"),
    State("large-frames-frame", "data"),
    prevent_initial_call=True,
)
def cancel(_clicks: int, name: Any, before: Any) -> tuple[Any, bool, bool]:
    """Stop making a frame, and choose again the one that is shown."""
    reading_frames.cancel(check_rows(name))
    return before["name"] if isinstance(before, dict) else no_update, True, True


@callback(
    Output("large-frames-graph", "figure"),
    Output("large-frames-matched", "children"),
    Output("large-frames-drawn", "data"),
    Input("large-frames-view", "data"),
    Input("large-frames-grid", "filterModel"),
    State("large-frames-drawn", "data"),
)
def draw(view: Any, filter_model: Any, drawn: Any) -> tuple[Any, ...]:
    """Return the number of matching rows, and of the chart only what changed, unless it is another chart."""
    if view is None:
        raise PreventUpdate
    frame, chosen = frame_of(view)
    where = conditions(frame, chosen, filter_model)
    name = view.get("chart")
    if name is None:
        return {}, queries.count(frame, where), {"figure": None, "view": view}
    if name not in CHARTS:
        raise BadInput("There is no such chart. Choose one again.")
    if name == "line":
        zoomed = where & conditions(frame, {"time": view.get("zoom")})
        rows, found = queries.count(frame, where), queries.line(frame, zoomed)
        x, y = found["times"], found["values"]
    elif name == "histogram":
        found = queries.histogram(frame, where)
        rows, x, y = found["rows"], queries.bin_middles(frame), found["counts"]
    else:
        by = frame.role("group" if name == "means-group" else "part")
        found = queries.means(frame, where, by)
        rows, x, y = found["rows"], frame.labels(by), found["means"]
    # What the figure has beside its data: the same for every filter, and often for every frame.
    of_figure = f"{name} {frame.key if name != 'means-group' or view.get('frame') == OWN else 'readings'}"
    figure: Any
    if isinstance(drawn, dict) and drawn.get("figure") == of_figure:
        figure = Patch()
        figure["data"][0]["y"] = y
        if name == "line":
            figure["data"][0]["x"] = x
    else:
        figure = explorer.chart(name, x, y, frame.roles, of_figure)
    return figure, rows, {"figure": of_figure, "view": view}


@callback(
    Output("large-frames-grid", "getRowsResponse"),
    Input("large-frames-grid", "getRowsRequest"),
    State("large-frames-view", "data"),
    prevent_initial_call=True,
)
def get_rows(request: Any, view: Any) -> dict[str, Any]:
    """Return a block of rows: sorted, filtered and cut out by the server."""
    if view is None or request is None:
        return {"rowData": [{}], "rowCount": 1}  # an answer it must have; it asks again when it is known for what
    if not isinstance(request, dict):
        raise BadInput("The table asked for rows that cannot be. Reload the page.")
    frame, chosen = frame_of(view)
    where = conditions(frame, chosen, request.get("filterModel"))
    order = sort_sql(frame, request.get("sortModel"))
    rows = page(frame, where, order, request.get("startRow"), request.get("endRow"))
    if not rows and request.get("startRow") == 0:
        # After an answer of no rows at all, the table may lose the next one: it waits for a moment, and then forgets.
        return {"rowData": [{"row": -1, next(iter(frame.columns)): "No row matches."}], "rowCount": 1}
    return {"rowData": rows, "rowCount": queries.count(frame, where)}


# What is chosen is put together in the browser, and so are the links to download it: neither costs a request.
clientside_callback(
    ClientsideFunction("large_frames", "view"),
    Output("large-frames-view", "data"),
    Input("large-frames-frame", "data"),
    Input("large-frames-site", "value"),
    Input("large-frames-sensor", "value"),
    Input("large-frames-lowest", "value"),
    Input("large-frames-highest", "value"),
    Input("large-frames-first-day", "value"),
    Input("large-frames-last-day", "value"),
    Input("large-frames-charts", "value"),
    Input("large-frames-graph", "relayoutData"),
    State("large-frames-view", "data"),
)

# The table asks again when the chart is drawn, so that the chart comes first.
clientside_callback(
    ClientsideFunction("large_frames", "refreshTable"),
    Input("large-frames-drawn", "data"),
)

clientside_callback(
    ClientsideFunction("large_frames", "downloads"),
    Output("large-frames-csv", "href"),
    Output("large-frames-parquet", "href"),
    Input("large-frames-view", "data"),
    Input("large-frames-grid", "filterModel"),
)


def frame_of(view: Any) -> tuple[Frame, Any]:
    """Return the frame that a view is of, and what is chosen of it; BadInput where there is none (any more)."""
    if not isinstance(view, dict):
        raise BadInput("Nothing is chosen. Reload the page.")
    return find(view.get("frame")), view.get("chosen")


def describe(frame: Frame, name: str) -> str:
    """Return what the visitor may want to know of a frame, and how long it takes to open."""
    start = time.perf_counter()
    find(name)
    opened = f"opened in {1000 * (time.perf_counter() - start):.1f} ms"
    made = datetime.fromtimestamp(frame.made, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    size = f"{frame.table.num_rows:,} rows × {len(frame.columns)} columns, {frame.table.nbytes / 1e6:,.1f} MB"
    return f"{size}, {opened}, made {made} UTC."
