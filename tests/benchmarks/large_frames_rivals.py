"""The same screen built the documented ways, in a venv of their own: from click to drawn chart at 5 million rows.

Every one gets the same readings, as a Parquet file, and shows means by sensor of the chosen sites and 100 rows.
"""

import os
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
from playwright.sync_api import Page, sync_playwright

from data.frame_files import open_table
from data.readings import SITES, write_readings
from tests.benchmarks.large_frames import explorers
from tests.benchmarks.row import Row
from tests.deployed import ROOT, free_port
from tests.get_browser import find

ROWS = 5_000_000
BIN = ROOT / ".venv-bench" / "bin"
RIVALS = Path(__file__).parent / "rivals"
NAMES = {
    "flask_caching_app": "Flask-Caching's FileSystemCache",
    "serverside_app": "dash-extensions' Serverside",
    "streamlit_app": "Streamlit's cache_data",
}

# From the visitor's act to the chart's next drawing, by Plotly's own event.
WATCH = """(selector) => {
  document.addEventListener("click", () => { window.clicked = performance.now(); }, { capture: true, once: true });
  window.drawn = new Promise((resolve) => {
    const redrawn = () => resolve(performance.now() - window.clicked);
    document.querySelector(selector).once("plotly_react", redrawn);
  });
}"""

# Streamlit may put a new chart in the old one's place: there, the first change within a chart counts, in its favour.
WATCH_STREAMLIT = """() => {
  document.addEventListener("click", () => { window.clicked = performance.now(); }, { capture: true, once: true });
  window.clicked = 0;
  window.drawn = new Promise((resolve) => {
    new MutationObserver((changes) => {
      const drawn = ({ target }) => target.closest?.(".js-plotly-plot .main-svg, .js-plotly-plot .plot-container");
      if (window.clicked && changes.some(drawn)) resolve(performance.now() - window.clicked);
    }).observe(document.body, { childList: true, subtree: true });
  });
}"""


def run() -> Iterator[Row]:
    if not BIN.exists():
        print("<!-- The rivals are not installed: `make bench` does it. -->")
        return
    with explorers(ROWS) as (ours,):
        mine = [click(ours, "#large-frames-site", site) for site in SITES[:12]]
    with TemporaryDirectory() as folder:
        parquet = Path(folder, "readings.parquet")
        write_readings(Path(folder, "readings.arrow"), ROWS)
        pq.write_table(open_table(Path(folder, "readings.arrow")).drop_columns("row"), parquet)
        for app, name in NAMES.items():
            with rival(app, Path(folder), parquet) as tab:
                theirs = [click(tab, "#site" if app != "streamlit_app" else None, site) for site in SITES[:12]]
            took = statistics.median(theirs[2:]) / statistics.median(mine[2:])
            yield Row(f"Click to drawn chart at 5 million rows: {name}, to the mapped frame", took, at_least=1)


def click(tab: Page, dropdown: str | None, site: str) -> float:
    """Choose one more site as a visitor does, and return the milliseconds until the chart is drawn."""
    if dropdown:
        tab.locator(dropdown).click()
        option = tab.locator("[role=option]", has_text=site).first
    else:
        tab.get_by_role("combobox").click()
        option = tab.get_by_role("option", name=site)
    option.wait_for()
    tab.evaluate(WATCH if dropdown else WATCH_STREAMLIT, ".js-plotly-plot")
    option.click()
    took: float = tab.evaluate("Promise.race([window.drawn, new Promise((_, no) => setTimeout(no, 20000))])")
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(700)
    return took


@contextmanager
def rival(app: str, folder: Path, parquet: Path) -> Iterator[Page]:
    port = free_port()
    if app == "streamlit_app":
        options = ["--server.headless=true", "--browser.gatherUsageStats=false", f"--server.port={port}"]
        command = [BIN / "streamlit", "run", f"{app}.py", *options]
    else:
        command = [
            BIN / "gunicorn",
            "-w",
            "2",
            "--threads",
            "4",
            "--preload",
            "-b",
            f"127.0.0.1:{port}",
            f"{app}:server",
        ]
    environment = {**os.environ, "RIVAL_DATA": str(parquet), "RIVAL_CACHE": str(folder / app)}
    process = subprocess.Popen(
        command, cwd=RIVALS, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
            tab = browser.new_page()
            tab.goto(f"http://127.0.0.1:{port}")
            tab.locator(".js-plotly-plot .bars").first.wait_for(timeout=120_000)
            tab.wait_for_timeout(2_000)
            yield tab
            browser.close()
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Nothing answers at {url}.")
