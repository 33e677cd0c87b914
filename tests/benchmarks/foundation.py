"""What the foundation costs beside bare Dash: requests per second, bytes of a page, seconds to start."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.benchmarks.load import requests_per_second
from tests.benchmarks.row import Row
from tests.deployed import ROOT, Deployed
from tests.get_browser import find

ROUNDS = 7

COUNT_CLICK = json.dumps(
    {
        "output": "clicks-local-store.data",
        "outputs": {"id": "clicks-local-store", "property": "data"},
        "inputs": [{"id": "clicks-local-button", "property": "n_clicks", "value": 5}],
        "state": [{"id": "clicks-local-store", "property": "data", "value": {"clicks": 4}}],
        "changedPropIds": ["clicks-local-button.n_clicks"],
    }
).encode()

SIZES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


def run() -> list[Row]:
    return [
        Row("Click counter's callback, requests per second, to a bare Dash app's", counting(), at_least=0.9),
        Row("Bytes of a page without a graph, to the smallest page with Bootstrap components", page(), at_most=1.15),
        Row("Seconds to start, to importing Dash, Bootstrap components and pandas", starting(), at_most=1.3),
    ]


def counting() -> float:
    with deployed("app:server", "tests.benchmarks.bare_app:server") as (ours, bare):
        address = "/_dash-update-component"
        for url in (ours, bare):
            requests_per_second(url + address, COUNT_CLICK, seconds=0.5)
        return ratio(
            lambda: requests_per_second(ours + address, COUNT_CLICK),
            lambda: requests_per_second(bare + address, COUNT_CLICK),
        )


def page() -> float:
    with deployed("app:server", "tests.benchmarks.bare_page:server") as (ours, bare), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])

        def transferred(url: str) -> float:
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(url, wait_until="networkidle")
            size: float = tab.evaluate(SIZES)
            context.close()
            return size

        return transferred(f"{ours}/clicks") / transferred(bare)


def starting() -> float:
    def seconds(statement: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], cwd=ROOT, check=True)
        return time.perf_counter() - start

    return ratio(
        lambda: seconds("import app"),
        lambda: seconds("import dash, dash_bootstrap_components, pandas"),
    )


def ratio(ours: Callable[[], float], other: Callable[[], float]) -> float:
    """Return the ratio of two medians; the two take turns, so that what else the machine does meets both."""
    pairs = [(ours(), other()) for _ in range(ROUNDS)]
    first, second = (statistics.median(side) for side in zip(*pairs, strict=True))
    return first / second


@contextmanager
def deployed(*apps: str):
    """Deploy each app under the same gunicorn configuration, and yield their addresses."""
    with ExitStack() as stack:
        yield [_start(stack, app) for app in apps]


def _start(stack: ExitStack, app: str) -> str:
    running = Deployed(Path(stack.enter_context(TemporaryDirectory())), app=app)
    running.start()
    stack.callback(running.stop)
    return running.url
