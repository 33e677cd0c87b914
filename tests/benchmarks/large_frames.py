"""What exploring ten million rows costs, beside DuckDB alone, and beside ten thousand rows."""

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from flask import Flask
from playwright.sync_api import Page, sync_playwright

from data import queries, reading_frames
from data.cache import get_or_build_file, init_cache
from data.conditions import conditions, sort_sql
from data.frames import Frame
from data.readings import SITES, write_readings
from data.sorted_order import page, rows_in_order
from settings import read_settings
from tests.benchmarks.row import Row
from tests.deployed import Deployed
from tests.get_browser import find

ROUNDS = 15
ALONE = duckdb.connect()
SMALL, LARGE = 10_000, 10_000_000

# Three sites at a time, in an order of no meaning: no question is asked twice, so no answer comes from the cache.
THREES = [list(three) for three in itertools.combinations(SITES, 3)]
random.Random(1).shuffle(THREES)  # noqa: S311

# Sets a filter as a visitor does, and waits until the chart is drawn with the answer.
CLICK_TO_DRAWN = """([name, value]) => new Promise((resolve) => {
  const graph = document.querySelector("#large-frames-graph .js-plotly-plot");
  const start = performance.now();
  graph.once("plotly_react", () => resolve(performance.now() - start));
  dash_clientside.set_props(name, { value });
})"""

QUIET = """() => new Promise((resolve) => {
  const look = () => (dash_clientside.wire.quietFor() > 500 ? resolve() : setTimeout(look, 50));
  setTimeout(look, 100);
})"""


def run() -> list[Row]:
    return [*in_this_process(), *in_a_browser()]


def in_this_process() -> Iterator[Row]:
    """Measure the server's part."""
    with TemporaryDirectory() as folder, own_cache(Path(folder)):
        frame = made(LARGE)
        queries.means(frame, conditions(frame, {}), frame.role("group"))  # makes the sums
        figure = "Filter, group and first page of 10 million rows, server time, to DuckDB alone"
        threes = iter(THREES)
        yield Row(f"{figure}: three sites", ratio(*by_sites(frame, threes)), at_most=1.3)
        yield Row(f"{figure}: a range of temperatures", ratio(*by_temperature(frame)), at_most=1.3)
        yield Row("A page from the middle of a kept sort, to the first page", middle_page(frame), at_most=2)


def by_sites(frame: Frame, threes: Iterator[list[str]]) -> tuple[Callable[[], object], Callable[[], object]]:
    def ours() -> object:
        where = conditions(frame, {"group": next(threes)})
        return queries.means(frame, where, frame.role("part")), page(frame, where, "", 0, 100)

    def theirs() -> object:
        return ask_duckdb(frame, "site in (?, ?, ?)", next(threes))

    return ours, theirs


def by_temperature(frame: Frame) -> tuple[Callable[[], object], Callable[[], object]]:
    limits = itertools.count(0, 0.01)

    def ours() -> object:
        where = conditions(frame, {"value": [next(limits), 20]})
        return queries.means(frame, where, frame.role("part")), page(frame, where, "", 0, 100)

    def theirs() -> object:
        return ask_duckdb(frame, "temperature >= ?::float and temperature <= ?::float", [next(limits), 20])

    return ours, theirs


def ask_duckdb(frame: Frame, where: str, values: list[object]) -> object:
    """Ask the same of DuckDB, with nothing around it but a cursor on a connection that is open."""
    cursor = ALONE.cursor()
    cursor.register("frame", frame.table)
    groups = cursor.execute(
        f"select sensor, count(*), avg(temperature) from frame where {where} group by sensor",  # noqa: S608
        values,
    ).fetchall()
    rows = cursor.execute(f"select * from frame where {where} limit 100", values).fetchall()  # noqa: S608
    cursor.close()
    return groups, rows


def middle_page(frame: Frame) -> float:
    where, order = conditions(frame, {}), sort_sql(frame, [{"colId": "temperature", "sort": "desc"}])
    rows_in_order(frame, where, order)
    starts = itertools.count(LARGE // 2, 100)

    def middle() -> object:
        start = next(starts)
        return page(frame, where, order, start, start + 100)

    def first() -> object:
        return page(frame, where, order, 0, 100)

    return ratio(middle, first)


def in_a_browser() -> Iterator[Row]:
    """Measure what a visitor waits for, at two sizes in turn, and what crosses the wire."""
    with explorers(SMALL, LARGE) as (small, large):
        threes = iter(THREES)
        site = ratio(
            lambda: click(large, "site", next(threes)), lambda: click(small, "site", next(threes)), timed=False
        )
        yield Row("Click to drawn chart at 10 million rows, to 10 thousand: three sites", site, at_most=1.25)
        for tab in (small, large):
            click(tab, "site", [])
        limits = itertools.count(0, 0.01)
        lowest = ratio(
            lambda: click(large, "lowest", round(next(limits), 2)),
            lambda: click(small, "lowest", round(next(limits), 2)),
            timed=False,
        )
        yield Row("Click to drawn chart at 10 million rows, to 10 thousand: lowest temperature", lowest, at_most=1.25)
        chart, block = (bytes_down(large, part) / bytes_down(small, part) for part in ("figure", "getRows"))
        yield Row("Bytes down for the chart at 10 million rows, to 10 thousand", chart, at_most=1.1)
        yield Row("Bytes down for 100 rows of the table at 10 million rows, to 10 thousand", block, at_most=1.1)


def click(tab: Page, control: str, value: object) -> float:
    """Return the milliseconds from a choice to the drawn chart, then wait for the table."""
    took: float = tab.evaluate(CLICK_TO_DRAWN, [f"large-frames-{control}", value])
    tab.evaluate(QUIET)
    return took


def bytes_down(tab: Page, part: str) -> int:
    """Return the compressed bytes of one answer, to the choice of one site."""
    sizes: list[int] = []

    def note(request) -> None:
        if part in (request.post_data or "")[:200]:
            sizes.append(request.sizes()["responseBodySize"])

    tab.on("requestfinished", note)
    click(tab, "lowest", None)
    sizes.clear()
    click(tab, "site", ["Cork"])
    tab.remove_listener("requestfinished", note)
    click(tab, "site", [])
    return sizes[0]


@contextmanager
def explorers(*sizes: int) -> Iterator[list[Page]]:
    """Deploy the app, and open a tab for each size, with the means by sensor of all rows drawn."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = Deployed(Path(folder), workers=2)
        app.start()
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
        try:
            yield [explorer(browser.new_page(), app.url, size) for size in sizes]
        finally:
            browser.close()
            app.stop()


def explorer(tab: Page, url: str, size: int) -> Page:
    tab.goto(f"{url}/large-frames", wait_until="networkidle")
    tab.locator("#large-frames-rows").select_option(str(size))
    tab.locator("#large-frames-matched", has_text=str(size)).wait_for(timeout=120_000)
    tab.evaluate(QUIET)
    # Another chart is a new figure, which forgets who listens to the old one: wait for it.
    with tab.expect_response("**/_dash-update-component?*"):
        tab.locator("#large-frames-charts input[value=means-part]").check()
    tab.evaluate(QUIET)
    for three in THREES[-4:]:  # both workers map the frame
        click(tab, "site", three)
    return tab


@contextmanager
def own_cache(folder: Path) -> Iterator[None]:
    server = Flask("benchmark")
    init_cache(server, read_settings(cache_dir=folder, redis_url=None))
    with server.app_context():
        yield


def made(rows: int) -> Frame:
    get_or_build_file(reading_frames._key(rows), lambda path: write_readings(path, rows))
    frame = reading_frames.opened(rows)
    assert frame
    return frame


def ratio(ours: Callable[[], object], theirs: Callable[[], object], *, timed: bool = True) -> float:
    """Return the ratio of two medians, measured in turn: of seconds taken, or of what the functions return."""

    def measure(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        result = work()
        return time.perf_counter() - start if timed else float(result)  # type: ignore[arg-type]

    for work in (ours, theirs):
        work()
    pairs = [(measure(ours), measure(theirs)) for _ in range(ROUNDS)]
    first, second = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"<!-- {first:.4g} / {second:.4g} -->", flush=True)
    return first / second
