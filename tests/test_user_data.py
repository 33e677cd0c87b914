"""One store, many writers: the losing strategies lose every time, the safe ones never, and the page says so."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, Request, expect

import app  # noqa: F401 - pages and their callbacks can only be imported once it exists
from callbacks.user_data import STRATEGIES, server
from callbacks.user_data.circular import ROUNDS
from callbacks.user_data.strategy import LONGEST, Strategy, look_up, user_in, work
from data.visitor_store import VisitorStore
from errors import BadInput

SCENARIOS = ("one-event", "two-events")
# Twenty runs, on a machine that others use too.
A_WHILE = 300_000


def open_page(page: Page, strategy: str, *, delay: int = 30, info_delay: int = 30, gap: int = 10) -> None:
    """Open the page with a strategy and delays."""
    page.goto("/user-data")
    for name, value in (("delay", delay), ("info-delay", info_delay), ("gap", gap)):
        page.locator(f"#user-data-{name}").fill(str(value))
    page.locator("#user-data-strategy").select_option(strategy)
    quiet(page)


def in_store(page: Page) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(page.locator("#user-data-view").inner_text())
    return stored


def twenty_runs(page: Page, scenario: str = "both") -> dict[str, dict[str, float]]:
    """Run a scenario twenty times, and return the figures by scenario, as the downloaded file has them."""
    page.locator(f"#user-data-scenario input[value={scenario}]").check()
    page.locator("#user-data-run").click()
    expect(page.locator("#user-data-progress")).to_have_attribute("value", "100", timeout=A_WHILE)
    expect(page.locator("#user-data-load")).to_be_enabled()
    with page.expect_download() as download:
        page.locator("#user-data-download").click()
    with download.value.path().open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["scenario"]: {k: float(v) for k, v in row.items() if k not in ("strategy", "scenario")} for row in rows}


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page, place)
    interact(page, place)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    if kept:
        expect(page.locator("#user-data-view")).to_contain_text("Ada")
    else:
        expect(page.locator("#user-data-view")).to_have_text("{}")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    first_name, last_name = page.locator("#user-data-first-name"), page.locator("#user-data-last-name")
    before = first_name.input_value()
    page.locator("#user-data-load").click()
    expect(first_name).not_to_have_value(before)
    expect(page.locator("#user-data-view")).to_contain_text(first_name.input_value())
    expect(page.locator("#user-data-view")).to_contain_text(last_name.input_value())


def interact_with_load(page: Page) -> None:
    """Press Load, and wait for the verdict on it."""
    page.evaluate("window.dash_clientside.set_props('user-data-verdict', {children: ''})")
    page.locator("#user-data-load").click()
    expect(page.locator("#user-data-verdict")).not_to_be_empty()


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.key)
def test_a_strategy_loses_where_it_says_and_nowhere_else(strategy: Strategy, page: Page) -> None:
    # The overlap is forced: no delay of the browser is as long as the first answer takes.
    open_page(page, strategy.key, **({"delay": 300, "gap": 10} if strategy.loses else {}))
    figures = twenty_runs(page)
    assert set(figures) == set(SCENARIOS)
    for scenario in SCENARIOS:
        assert figures[scenario]["runs"] == 20
        if not strategy.may_lose:
            assert figures[scenario]["runs that lost an update"] == (20 if scenario in strategy.loses else 0), scenario


def test_load_in_the_naive_strategy_shows_what_was_lost(page: Page) -> None:
    page.goto("/user-data")
    page.locator("#user-data-load").click()
    expect(page.locator("#user-data-first-name")).to_have_value("Ada")
    expect(page.locator("#user-data-last-name")).to_have_value("Lovelace")
    expect(page.locator("#user-data-verdict")).to_contain_text("Lost:")
    assert len(in_store(page)) == 1
    expect(page.locator("#user-data-difference .is-lost")).to_have_count(1)
    expect(page.locator("#user-data-trace li")).to_have_count(2)
    expect(page.locator("#user-data-trace-total")).to_contain_text("2 requests, at most 2 at once")


def test_the_circular_strategy_ends_within_its_bound(page: Page) -> None:
    open_page(page, "circular")
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    interact_with_load(page)
    quiet(page)
    assert in_store(page)["round"] <= ROUNDS
    # Each round's three callbacks can be called by the answers of the three before, and the last come back empty.
    assert len(requests) <= 2 + 3 * 3 * ROUNDS
    before = len(requests)
    quiet(page)
    assert len(requests) == before


def test_the_time_line_marks_a_dropped_answer(page: Page) -> None:
    open_page(page, "merged-guard", delay=1000)
    page.locator("#user-data-first-name").fill("Emmy")
    page.locator("#user-data-last-name").fill("Noether")
    expect(page.locator("#user-data-verdict")).to_have_text("Lost: first_name.")
    rows = page.locator("#user-data-trace li")
    expect(rows).to_have_count(2)
    expect(rows.first.locator(".trace-dropped")).to_be_visible()
    expect(rows.last.locator(".trace-dropped")).to_have_count(0)
    assert in_store(page) == {"last_name": "Noether"}


def test_the_clientside_strategies_make_no_request(page: Page) -> None:
    for strategy in ("clientside", "clientside-per-field"):
        open_page(page, strategy)
        requests: list[str] = []
        page.on("request", lambda request, found=requests: found.append(request.url))
        interact_with_load(page)
        expect(page.locator("#user-data-trace-total")).to_have_text("No request.")
        assert requests == []


def test_a_slow_lookup_undoes_what_was_written_meanwhile(page: Page) -> None:
    open_page(page, "naive", info_delay=1000)
    page.locator("#user-data-info").click()
    page.locator("#user-data-age").fill("36")
    expect(page.locator("#user-data-verdict")).to_have_text("Lost: age.")
    assert in_store(page) == {"info": "answer 1"}


def test_a_lookup_in_a_merged_callback_is_lost_when_a_field_changes(page: Page) -> None:
    open_page(page, "merged-all", info_delay=1000)
    page.locator("#user-data-info").click()
    page.locator("#user-data-age").fill("36")
    expect(page.locator("#user-data-verdict")).to_have_text("Lost: info.")
    assert in_store(page)["age"] == 36


def test_a_lookup_by_patch_disturbs_nothing(page: Page) -> None:
    open_page(page, "patch", info_delay=1000)
    page.locator("#user-data-info").click()
    page.locator("#user-data-age").fill("36")
    expect(page.locator("#user-data-verdict")).to_have_text("The store holds what the form shows.")
    assert in_store(page) == {"info": "answer 1", "age": 36}


def test_the_time_stamp_chain_loses_when_two_answers_arrive_together(page: Page) -> None:
    # Hold both answers until both are there, then hand them to Dash, the first name's first.
    page.add_init_script("""
        const browserFetch = window.fetch;
        const held = {};
        window.fetch = async function (resource, options) {
            const answer = await browserFetch.apply(this, arguments);
            const [, field] = /(first|last)-name.value"/.exec(options?.body ?? "") ?? [];
            if (!window.holding || !field) return answer;
            const { status, headers } = answer;
            const body = await answer.text();
            return new Promise((resolve) => {
                held[field] = () => resolve(new Response(body, { status, headers }));
                if (!held.first || !held.last) return;
                for (const name of ["first", "last"]) {
                    held[name]();
                    delete held[name];
                }
            });
        };
    """)
    open_page(page, "timestamp-input")
    page.evaluate("window.holding = true")
    verdict = page.locator("#user-data-verdict")
    # Dash may still look at the time stamp between the two: not ten times in a row.
    for _ in range(10):
        interact_with_load(page)
        if verdict.inner_text() == "Lost: first_name.":
            break
    assert verdict.inner_text() == "Lost: first_name."


def test_two_tabs_that_write_at_once_lose_nothing_on_the_server(page: Page) -> None:
    open_page(page, "server")
    other = page.context.new_page()
    open_page(other, "server", delay=600)
    other.locator("#user-data-last-name").fill("Noether")
    page.locator("#user-data-first-name").fill("Emmy")
    expect(page.locator("#user-data-view")).to_contain_text("Emmy")
    # The slower tab reads what the server holds when it has written: both.
    expect(other.locator("#user-data-view")).to_contain_text("Noether")
    expect(other.locator("#user-data-view")).to_contain_text("Emmy")
    page.locator("#user-data-age").fill("53")
    expect(page.locator("#user-data-view")).to_contain_text("53")
    assert in_store(page) == {"first_name": "Emmy", "last_name": "Noether", "age": 53, "info": None}


def test_a_request_that_came_first_and_ends_last_undoes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    monkeypatch.setattr(server, "visitor_store", lambda: store)
    first, second = store.increment("ada", "ticket"), store.increment("ada", "ticket")
    written = server.write("ada", "age", 36, second)
    assert server.write("ada", "age", 35, first) == written
    assert store.get("ada", "user_data.age")["value"] == 36
    store.close()


def test_a_write_in_between_is_looked_at_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    monkeypatch.setattr(server, "visitor_store", lambda: store)
    read, reads = store.read, []

    def read_slowly(*of: str) -> Any:
        found = read(*of)
        if not reads:
            store.set("ada", "user_data.age", {"value": 35, "ticket": 1})
        reads.append(of)
        return found

    monkeypatch.setattr(store, "read", read_slowly)
    server.write("ada", "age", 36, 2)
    assert len(reads) == 2
    assert read("ada", "user_data.age").value["value"] == 36
    store.close()


def test_without_a_cookie_the_server_strategy_says_what_to_do(page: Page) -> None:
    open_page(page, "server")
    page.context.clear_cookies()
    page.locator("#user-data-age").fill("36")
    expect(page.locator("#shell-notice")).to_contain_text("Allow cookies and choose the strategy again")


def test_the_chosen_strategy_says_what_it_does(page: Page) -> None:
    open_page(page, "patch")
    expect(page.locator("#user-data-says")).to_contain_text("answers with a change instead of a value")


def test_a_field_that_is_only_state_is_not_noticed_alone(page: Page) -> None:
    open_page(page, "timestamp-state")
    page.locator("#user-data-last-name").fill("Turing")
    expect(page.locator("#user-data-verdict")).to_have_text("Lost: last_name.")
    page.locator("#user-data-first-name").fill("Alan")
    expect(page.locator("#user-data-verdict")).to_have_text("The store holds what the form shows.")


def test_a_strategy_starts_from_what_the_form_shows(page: Page) -> None:
    open_page(page, "patch")
    page.locator("#user-data-load").click()
    expect(page.locator("#user-data-verdict")).to_have_text("The store holds what the form shows.")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for strategy in ("per-field", "merged-all", "naive"):
        page.locator("#user-data-strategy").select_option(strategy)
        expect(page.locator("#user-data-view")).to_contain_text("Ada")
        expect(page.locator("#user-data-verdict")).to_have_text("The store holds what the form shows.")
    assert requests == []


def test_a_run_can_be_stopped(page: Page) -> None:
    open_page(page, "patch", delay=400)
    page.locator("#user-data-which input[value=all]").check()
    page.locator("#user-data-run").click()
    expect(page.locator("#user-data-load")).to_be_disabled()
    expect(page.locator("#user-data-progress")).not_to_have_attribute("value", "0")
    page.locator("#user-data-stop").click()
    expect(page.locator("#user-data-load")).to_be_enabled()
    expect(page.locator("#user-data-table tr")).to_have_count(1)
    expect(page.locator("#user-data-strategy")).to_have_value("patch")


def test_every_strategys_code_opens_in_place(page: Page) -> None:
    page.goto("/user-data")
    for strategy in STRATEGIES:
        row = page.locator("#strategies ~ .claim", has=page.get_by_text(strategy.title, exact=True))
        row.locator("summary").click()
        expect(row.locator(".source pre")).to_contain_text(f"user-data-{strategy.key}-store")


def test_an_absurd_delay_gets_a_clear_answer(page: Page) -> None:
    page.goto("/user-data")
    expect(page.locator("#user-data-delay")).to_be_visible()
    page.evaluate("window.dash_clientside.set_props('user-data-delay', {value: 1e9})")
    page.locator("#user-data-age").fill("36")
    expect(page.locator("#shell-notice")).to_contain_text(f"from 0 to {LONGEST} milliseconds")
    assert in_store(page) == {}


@pytest.mark.parametrize("delay", [-1, LONGEST + 1, None, "soon", True, float("nan"), float("inf")])
def test_a_delay_out_of_bounds_is_refused(delay: Any) -> None:
    with pytest.raises(BadInput, match="delay"):
        work(delay)


@pytest.mark.parametrize("stored", ["Ada", 36, ["Ada"], True])
def test_what_is_not_a_user_is_refused(stored: Any) -> None:
    with pytest.raises(BadInput, match="does not hold a user"):
        user_in(stored)
    with pytest.raises(BadInput, match="Press the button"):
        look_up("first", 0)
