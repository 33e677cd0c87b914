"""Frames of any size are filtered, drawn, sorted, scrolled and downloaded; a visitor's own file as well."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import quiet
from playwright.sync_api import Locator, Page, Request, expect

from data.readings import SITES, write_readings

CSV = b"day,shop,amount\n2024-01-01,North,1.5\n2024-01-02,South,2\n2024-01-03,North,4\n"

# What `write` has seen last, for `read` to look for.
made = {"frame": ""}


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The smallest frame, in pandas: what the page must show."""
    from data.frame_files import open_table

    path = tmp_path_factory.mktemp("readings") / "readings.arrow"
    write_readings(path, 10_000)
    return open_table(path).to_pandas()


def part(page: Page, name: str) -> Locator:
    return page.locator(f"#large-frames-{name}")


def open_page(page: Page) -> None:
    """Open the page and wait until count, chart and table are there."""
    page.goto("/large-frames")
    expect_rows(page, 10_000)


def expect_rows(page: Page, matched: int) -> None:
    expect(part(page, "matched")).to_have_text(str(matched))
    expect(part(page, "grid").locator(".ag-row[row-index='0'] .ag-cell").first).not_to_be_empty()
    quiet(page)


def cell(page: Page, row: int, column: str) -> Locator:
    return part(page, "grid").locator(f".ag-row[row-index='{row}'] .ag-cell[col-id={column}]")


def drawn(page: Page) -> dict[str, Any]:
    """Return what the chart shows: its x and y."""
    data: dict[str, Any] = page.evaluate(
        "(({x, y}) => ({x: Array.from(x), y: Array.from(y)}))"
        "(document.querySelector('#large-frames-graph .js-plotly-plot').data[0])"
    )
    return data


def choose_site(page: Page, site: str) -> None:
    part(page, "site").click()
    page.get_by_role("option", name=site).or_(page.locator(".dash-options-list-option", has_text=site)).first.click()
    page.keyboard.press("Escape")


@contextmanager
def asking(page: Page) -> Iterator[None]:
    """Wait until what is done here has asked the server, and all is answered."""
    with page.expect_response("**/_dash-update-component?*"):
        yield
    quiet(page)


def choose_chart(page: Page, name: str) -> None:
    with asking(page):
        part(page, "charts").locator(f"input[value={name}]").check()


def set_lowest(page: Page, value: str) -> None:
    with asking(page):
        part(page, "lowest").fill(value)
        page.keyboard.press("Enter")


def upload(page: Page, content: bytes, name: str = "mine.csv") -> None:
    part(page, "file").locator("input").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def made_when(page: Page) -> str:
    found = re.search(r"made (\S+ \S+) UTC", part(page, "about").inner_text())
    assert found
    return found[1]


def write(page: Page, place: str) -> None:
    """Have the frame made, or a file kept (used by the matrix)."""
    open_page(page)
    if place == "frame":
        made["frame"] = made_when(page)
    else:
        upload(page, CSV)
        expect_rows(page, 3)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the same frame to be there, or none (used by the matrix)."""
    if place == "frame":
        expect_rows(page, 10_000)
        assert (made_when(page) == made["frame"]) == kept
        return
    expect(part(page, "about")).to_contain_text("rows")
    part(page, "rows").select_option("own")
    if kept:
        expect_rows(page, 3)
    else:
        expect(page.locator("#shell-notice")).to_contain_text("You have no file here")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    set_lowest(page, "1")


def test_chart_count_and_table_show_the_same_selection(page: Page, readings: pd.DataFrame) -> None:
    open_page(page)
    means = readings.groupby("site", observed=False).temperature.mean()
    assert drawn(page)["x"] == SITES
    assert drawn(page)["y"] == pytest.approx([means[site] for site in SITES], abs=0.006)
    choose_site(page, "Cork")
    expect_rows(page, 500)
    expect(cell(page, 0, "site")).to_have_text("Cork")
    assert [site for site, mean in zip(SITES, drawn(page)["y"], strict=True) if mean is not None] == ["Cork"]
    set_lowest(page, "500")
    expect(part(page, "matched")).to_have_text("0")
    expect(cell(page, 0, "time")).to_have_text("No row matches.")
    set_lowest(page, "5")
    warm = readings[(readings.site == "Cork") & (readings.temperature >= 5)]
    expect_rows(page, len(warm))
    expect(cell(page, 0, "sensor")).to_have_text(warm.sensor.iloc[0])
    # The table's own filters count as well.
    page.evaluate(
        "dash_ag_grid.getApi('large-frames-grid')"
        ".setFilterModel({status: {filterType: 'text', type: 'equals', filter: 'late'}})"
    )
    late = warm[warm.status == "late"]
    expect_rows(page, len(late))
    assert drawn(page)["y"][SITES.index("Cork")] == pytest.approx(late.temperature.mean(), abs=0.006)
    with page.expect_download() as download:
        part(page, "csv").click()
    assert len(pd.read_csv(download.value.path())) == len(late)


def test_a_filter_sends_the_same_bytes_at_any_number_of_rows(page: Page) -> None:
    open_page(page)
    sizes: dict[str, list[int]] = {}
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    for rows in ("10000", "1000000"):
        part(page, "rows").select_option(rows)
        expect_rows(page, int(rows))
        for chart in ("histogram", "means-part", "line", "means-group"):
            choose_chart(page, chart)
            finished.clear()
            set_lowest(page, "-4")
            for request in finished:
                if "_dash-update-component" in request.url:
                    output = "table" if "getRows" in str(request.post_data) else chart
                    sizes.setdefault(output, []).append(request.sizes()["responseBodySize"])
            set_lowest(page, "")
    assert set(sizes) == {"means-group", "means-part", "histogram", "line", "table"}
    table = sizes.pop("table")
    assert max(table) < 60_000
    assert max(table) < 1.1 * min(table)
    for small, large in sizes.values():
        assert large < 4_000
        assert large < 1.25 * small + 100  # numbers of rows have more digits


def test_any_row_of_any_order_can_be_scrolled_to(page: Page, readings: pd.DataFrame) -> None:
    open_page(page)
    part(page, "grid").locator(".ag-header-cell[col-id=humidity] .ag-header-cell-label").click()
    ordered = readings.sort_values(["humidity", "row"])
    expect(cell(page, 0, "humidity")).to_have_text(f"{ordered.humidity.iloc[0]:.7g}")
    for row in (7_777, 9_999, 150):
        page.evaluate("row => dash_ag_grid.getApi('large-frames-grid').ensureIndexVisible(row, 'middle')", row)
        expect(cell(page, row, "sensor")).to_have_text(ordered.sensor.iloc[row])
        expect(cell(page, row, "temperature")).to_have_text(f"{ordered.temperature.iloc[row]:.7g}")


def test_zooming_shows_true_extremes(page: Page, readings: pd.DataFrame) -> None:
    open_page(page)
    choose_chart(page, "line")
    points = drawn(page)
    assert len(points["y"]) <= 400
    assert (min(points["y"]), max(points["y"])) == pytest.approx(
        (readings.temperature.min(), readings.temperature.max()), rel=1e-4
    )
    box = part(page, "graph").locator(".nsewdrag").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 55, steps=5)
    with asking(page):
        page.mouse.up()
    zoomed = drawn(page)
    shown = readings[readings.time.between(*pd.to_datetime([zoomed["x"][0], zoomed["x"][-1]], unit="ms"))]
    assert 1_500 < len(shown) < 2_500
    assert (min(zoomed["y"]), max(zoomed["y"])) == pytest.approx(
        (shown.temperature.min(), shown.temperature.max()), rel=1e-4
    )
    # More points of the range than before.
    inside = [x for x in points["x"] if zoomed["x"][0] <= x <= zoomed["x"][-1]]
    assert len(zoomed["x"]) > 2 * len(inside)
    expect(part(page, "matched")).to_have_text("10000")


def test_a_large_frame_shows_its_progress_and_can_be_cancelled(page: Page) -> None:
    open_page(page)
    part(page, "rows").select_option("5000000")
    expect(part(page, "progress")).to_be_visible()
    part(page, "cancel").click()
    expect(part(page, "rows")).to_have_value("10000")
    expect(part(page, "building")).to_be_hidden()
    expect_rows(page, 10_000)
    part(page, "rows").select_option("1000000")
    expect_rows(page, 1_000_000)
    expect(part(page, "building")).to_be_hidden()


def test_a_visitors_own_file_is_explored_and_nobody_elses(page: Page, other_visitor: Page, trouble: list[str]) -> None:
    open_page(page)
    upload(page, CSV)
    expect_rows(page, 3)
    expect(part(page, "said")).to_contain_text("3 rows are kept for you")
    assert drawn(page) == {"x": ["North", "South"], "y": [2.75, 2]}
    expect(part(page, "filters")).to_contain_text("shop")
    choose_site(page, "North")
    expect_rows(page, 2)
    open_page(other_visitor)
    part(other_visitor, "rows").select_option("own")
    expect(other_visitor.locator("#shell-notice")).to_contain_text("You have no file here")
    expect(part(other_visitor, "matched")).to_have_text("10000")
    part(page, "delete").click()
    expect(part(page, "said")).to_contain_text("Nothing of yours is kept")
    expect_rows(page, 10_000)


def test_a_file_is_refused_with_the_reason(page: Page) -> None:
    open_page(page)
    upload(page, b"\x89PNG\r\n\x1a\n\0\0\0", "mine.png.csv")
    expect(part(page, "said")).to_have_text("Not taken: The file is neither CSV nor Parquet.")
    upload(page, b"a\n" + b"1\n" * 5_100_000)
    expect(part(page, "said")).to_contain_text("Not taken: the file has 10.2 MB, and may have 10")
    expect(part(page, "matched")).to_have_text("10000")


def test_each_way_costs_what_the_page_says(page: Page) -> None:
    open_page(page)
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    answers = {}
    sizes: dict[str, int] = {}
    for way in ("store", "pickle", "map"):
        for clicks in (1, 2):
            asked.clear()
            with asking(page):
                part(page, f"by-{way}").click()
            expect(part(page, f"of-{way}")).to_contain_text(f"From {clicks} °C")
        sizes[way] = sum(len(request.post_data_buffer or b"") for request in asked)
        answers[way] = part(page, f"of-{way}").inner_text()
    assert len(set(answers.values())) == 1
    assert sizes["store"] > 1_000_000
    assert max(sizes["pickle"], sizes["map"]) < 1_000
    expect(part(page, "costs").locator("tr").nth(2)).to_contain_text("the mapped file1")
    assert "–" not in part(page, "costs").inner_text()


def test_the_table_asks_for_one_block_at_a_time(app: Any) -> None:
    from components.explorer import table

    assert table([]).dashGridOptions["maxConcurrentDatasourceRequests"] == 1


def test_a_page_from_the_middle_of_a_kept_sort_needs_no_query(own_cache: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from data import reading_frames
    from data.conditions import conditions, sort_sql
    from data.sorted_order import page

    frame = reading_frames.opened(10_000)
    assert frame
    where, order = conditions(frame, {"group": ["Cork"]}), sort_sql(frame, [{"colId": "time", "sort": "desc"}])
    first = page(frame, where, order, 100, 200)
    monkeypatch.setattr("data.sorted_order.looking_at", None)
    assert page(frame, where, order, 100, 200) == first
    assert len(page(frame, where, order, 400, 600)) == 100


@pytest.mark.parametrize(
    "forged",
    [
        [],
        "x",
        1,
        {},
        {"frame": "7"},
        {"frame": "10000000"},
        {"frame": ["10000"]},
        {"frame": "10000", "chart": "pie"},
        {"frame": "10000", "chart": ["line"]},
        {"frame": "10000", "chart": "line", "zoom": "all"},
        {"frame": "10000", "chart": "line", "zoom": ["x", "y"]},
        {"frame": "10000", "chosen": {"group": "Cork"}},
        {"frame": "10000", "chosen": {"value": ["1", "2"]}},
    ],
    ids=str,
)
def test_a_forged_request_is_refused(app: Any, own_cache: Any, forged: Any) -> None:
    from callbacks.large_frames import choose_frame, draw, get_rows
    from errors import BadInput

    with pytest.raises(BadInput):
        draw(forged, None, None)
    if not isinstance(forged, dict) or "chart" not in forged:
        with pytest.raises(BadInput):
            get_rows({"startRow": 0, "endRow": 100}, forged)
        with pytest.raises(BadInput):
            choose_frame(forged, None, None, None)
    for request in (forged, {"startRow": 0, "endRow": 10**6}, {"startRow": 0, "endRow": 1, "sortModel": forged or "x"}):
        with pytest.raises(BadInput):
            get_rows(request, {"frame": "10000"})


@pytest.mark.parametrize("rows", [1, "x", {}, [1], [{"temperature": "x", "site": 1}], [{}]], ids=str)
def test_a_forged_store_is_refused(app: Any, rows: Any) -> None:
    from callbacks.large_frames_compare import ask_map, ask_pickle, ask_store, send_all
    from errors import BadInput

    with pytest.raises(BadInput):
        ask_store(rows, 1)
    for ask in (ask_map, ask_pickle):
        with pytest.raises(BadInput):
            ask(1, rows)
    with pytest.raises(BadInput):
        send_all(1, rows, None)


@pytest.mark.parametrize("content", [1, "x", "data:,%", [], {}], ids=str)
def test_a_file_that_does_not_arrive_whole_is_refused(app: Any, content: Any) -> None:
    from callbacks.large_frames_file import decode
    from errors import BadInput

    if content == "x":
        assert decode(content) == b""
        return
    with pytest.raises(BadInput, match="did not arrive whole"):
        decode(content)


def test_numbers_have_the_digits_they_have(own_cache: Any) -> None:
    from data import reading_frames
    from data.conditions import ALL
    from data.sorted_order import page

    frame = reading_frames.opened(10_000)
    assert frame
    for row in page(frame, ALL, "", 0, 100):
        assert np.float32(row["temperature"]) == frame.table.column("temperature")[row["row"]].as_py()
        assert len(str(row["temperature"])) <= 6
