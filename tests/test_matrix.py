"""Every cell of the home page's matrix: write through the page, let the event happen, read.

Each slice's test module says how its page is written and read: `write(page, place)`, `read(page, place, kept=...)`
and `interact(page, place)`; where the value stands in a tab of the page, also `switch_tab(page, place)`, which
leaves that tab and comes back to it.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CALM, quiet, watch
from deployed import Deployed
from playwright.sync_api import Browser, Page, Request, expect

import app  # noqa: F401 - fills the page registry
from components.pattern import EVENTS, Event, Pattern, Place
from components.registry import patterns

ROWS = [(pattern, place) for pattern in patterns() for place in pattern.places]
ROW_IDS = [f"{pattern.name}-{place.key}" for pattern, place in ROWS]
CELLS = [(pattern, place, event) for pattern, place in ROWS for event in place.events]
CELL_IDS = [f"{pattern.name}-{place.key}-{event}" for pattern, place, event in CELLS]


@pytest.fixture(scope="module")
def restartable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """An app of this module's own, which its tests restart and whose workers they pause."""
    # Without keep-alive no connection is tied to a worker that is about to be paused.
    running = Deployed(tmp_path_factory.mktemp("restartable"), GUNICORN_CMD_ARGS="--keep-alive 0")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def visitor(browser: Browser, restartable: Deployed, trouble: list[str]) -> Iterator[Page]:
    """A tab of a new visitor."""
    context = browser.new_context(base_url=restartable.url, **CALM)
    watch(context, restartable.url, trouble)
    yield context.new_page()
    context.close()
    assert trouble == []


def finish(page: Page) -> None:
    """Wait until nothing is asked of a worker that is about to go."""
    page.wait_for_load_state("networkidle")
    quiet(page)


def let_happen(event: Event, page: Page, server: Deployed, slice_tests: Any, place: Place) -> Page:
    """Let the event happen to what the page has written, and return the tab to read in."""
    address = page.evaluate("location.pathname + location.search")
    match event:
        case "tab switch":
            slice_tests.switch_tab(page, place.key)
        case "page change":
            page.get_by_role("link", name="Dash Storage Atlas").click()
            expect(page.locator("#matrix")).to_be_visible()
            page.go_back()
        case "reload":
            page.reload()
        case "new tab":
            page = page.context.new_page()
            page.goto(address)
        case "new browser":
            browser = page.context.browser
            assert browser is not None
            page = browser.new_context(base_url=server.url, **CALM).new_page()
            page.goto(address)
        case "server restart":
            finish(page)
            server.restart()
        case "second worker":
            finish(page)
            server.let_only_worker_answer(server.worker_pids()[1])
    return page


@pytest.mark.parametrize(("pattern", "place", "event"), CELLS, ids=CELL_IDS)
def test_a_value_survives_what_its_place_says(
    pattern: Pattern, place: Place, event: Event, visitor: Page, restartable: Deployed
) -> None:
    slice_tests: Any = importlib.import_module(f"test_{pattern.name}")
    try:
        if event == "second worker":
            restartable.let_only_worker_answer(restartable.worker_pids()[0])
        slice_tests.write(visitor, place.key)
        page = let_happen(event, visitor, restartable, slice_tests, place)
        # Where a reload does no harm, it makes sure that nothing is shown that only the open page remembers.
        if event in ("server restart", "second worker") and "reload" in place.survives:
            page.reload()
        slice_tests.read(page, place.key, kept=event in place.survives)
    finally:
        restartable.let_all_workers_answer()


@pytest.mark.parametrize(("pattern", "place"), ROWS, ids=ROW_IDS)
def test_an_interaction_costs_the_bytes_it_says(pattern: Pattern, place: Place, page: Page) -> None:
    slice_tests: Any = importlib.import_module(f"test_{pattern.name}")
    slice_tests.write(page, place.key)
    quiet(page)
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    slice_tests.interact(page, place.key)
    quiet(page)
    calls = [request for request in finished if "_dash-update-component" in request.url]
    travelled = sum(len(call.post_data_buffer or b"") + len(call.response().body()) for call in calls)  # type: ignore[union-attr]
    assert travelled == pytest.approx(place.wire_bytes, rel=0.1)


def test_every_cell_of_the_matrix_opens_its_proof(page: Page) -> None:
    page.goto("/")
    marks = page.locator("#home-matrix-rows .mark")
    expect(marks).to_have_count(len(CELLS))
    expect(page.locator("#home-matrix-rows .no-mark")).to_have_count(len(ROWS) * len(EVENTS) - len(CELLS))
    addresses = marks.evaluate_all("marks => marks.map(mark => mark.dataset.proof)")
    for address in addresses:
        answer = page.request.get(address)
        assert answer.status == 200, address
        assert "test_a_value_survives_what_its_place_says" in answer.text()
    marks.first.click()
    expect(page.locator("#home-proof h2")).to_contain_text("survive")
    page.keyboard.press("Escape")
    expect(page.locator("#home-proof-dialog")).to_be_hidden()


def test_every_slice_with_places_says_how_it_is_written_and_read() -> None:
    for pattern, place in ROWS:
        module = Path(__file__).with_name(f"test_{pattern.name}.py")
        text = module.read_text(encoding="utf-8")
        drivers = ("def write(", "def read(", "def interact(")
        for driver in (*drivers, "def switch_tab(") if place.in_a_tab else drivers:
            assert driver in text, f"{module.name} lacks {driver}"
