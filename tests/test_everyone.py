"""What all visitors share arrives at all of them and loses nothing; a global variable does neither."""

import json
import random
import re
import urllib.request
from typing import Any

import pytest
from conftest import quiet
from deployed import Deployed
from playwright.sync_api import Page, Response, expect

# What `write` has written last, for `read` to look for.
written = {"counter": 0, "global": 0}


def part(page: Page, name: str) -> Any:
    return page.locator(f"#everyone-{name}")


def open_page(page: Page) -> Page:
    """Open the page and wait until it has loaded what it shows."""
    page.goto("/everyone")
    expect_loaded(page)
    return page


def expect_loaded(page: Page) -> None:
    expect(part(page, "count")).to_have_text(re.compile(r"^\d+$"))
    expect(part(page, "worker")).to_contain_text("worker process")


def count(page: Page) -> int:
    return int(part(page, "count").inner_text())


def stop_polling(page: Page) -> None:
    page.evaluate("dash_clientside.set_props('everyone-poll', { disabled: true })")
    quiet(page)


def look(page: Page) -> int:
    """Ask whichever worker answers for its global variable, and return it."""
    with page.expect_response("**/_dash-update-component?*") as answer:
        part(page, "look").click()
    number: int = answer.value.json()["response"]["everyone-global"]["children"]
    return number


def look_as_another_visitor(deployed: Deployed) -> int:
    """Do the same without a browser, which would stay with one worker while it keeps its connection."""
    outputs = [{"id": f"everyone-{name}", "property": "children"} for name in ("global", "worker")]
    inputs = [{"id": f"everyone-{name}", "property": "n_clicks", "value": None} for name in ("look", "keep")]
    body = {
        "output": "..everyone-global.children...everyone-worker.children..",
        "outputs": outputs,
        "inputs": inputs,
        "state": [{"id": "everyone-number", "property": "value", "value": 0}],
        "changedPropIds": ["everyone-look.n_clicks"],
    }
    request = urllib.request.Request(  # noqa: S310 - the app on this machine
        f"{deployed.url}/_dash-update-component",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        number: int = json.load(answer)["response"]["everyone-global"]["children"]
    return number


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    stop_polling(page)  # a poll while the server restarts would fail
    if place == "counter":
        before = count(page)
        part(page, "button").click()
        expect(part(page, "count")).to_have_text(str(before + 1))
        written[place] = before + 1
    else:
        written[place] = random.randint(1, 999)  # noqa: S311
        part(page, "number").fill(str(written[place]))
        part(page, "keep").click()
        expect(part(page, "global")).to_have_text(str(written[place]))


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect_loaded(page)
    if place == "counter":
        assert kept
        expect(part(page, "count")).to_have_text(str(written[place]))
        return
    stop_polling(page)
    # The worker that has it answers soon; where none has it, none ever does.
    found = any(look(page) == written[place] for _ in range(100 if kept else 10))
    assert found == kept


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    stop_polling(page)
    with page.expect_request_finished():
        part(page, "button" if place == "counter" else "keep").click()


def test_a_click_arrives_at_others(page: Page, other_visitor: Page) -> None:
    open_page(other_visitor)
    open_page(page)
    before = count(page)
    part(page, "button").click()
    expect(part(page, "count")).to_have_text(str(before + 1))
    expect(part(other_visitor, "count")).to_have_text(str(before + 1))


def test_clicks_at_the_same_time_are_all_counted(page: Page, other_visitor: Page) -> None:
    before = count(open_page(page))
    open_page(other_visitor)
    for _ in range(5):
        part(page, "button").click(no_wait_after=True)
        part(other_visitor, "button").click(no_wait_after=True)
    for visitor in (page, other_visitor):
        expect(part(visitor, "count")).to_have_text(str(before + 10))


def test_a_poll_that_finds_nothing_new_sends_nothing_down(page: Page) -> None:
    open_page(page)
    quiet(page)

    def polled(response: Response) -> bool:
        return "_dash-update-component" in response.url

    with page.expect_response(polled) as answer:
        pass
    assert answer.value.status == 204
    assert len(answer.value.request.post_data_buffer or b"") < 600


def test_of_two_who_change_the_note_the_second_is_told_and_loses_nothing(page: Page, other_visitor: Page) -> None:
    for visitor in (page, other_visitor):
        open_page(visitor)
        quiet(visitor)
    part(page, "text").fill("first")
    part(other_visitor, "text").fill("second")
    part(page, "save").click()
    expect(part(page, "saved")).to_have_text("Saved, for everyone.")
    part(other_visitor, "save").click()
    expect(part(other_visitor, "saved")).to_contain_text("Somebody else wrote “first” meanwhile")
    expect(part(other_visitor, "note")).to_have_text("first")
    expect(part(other_visitor, "text")).to_have_value("second")
    part(other_visitor, "save").click()
    expect(part(page, "note")).to_have_text("second")


def test_a_global_leaks_to_another_visitor(page: Page, deployed: Deployed) -> None:
    write(page, "global")
    assert written["global"] in {look_as_another_visitor(deployed) for _ in range(40)}


def test_a_global_differs_between_workers(page: Page, deployed: Deployed) -> None:
    write(page, "global")
    seen = {look_as_another_visitor(deployed) for _ in range(40)}
    assert len(seen) == len(deployed.worker_pids()) == 2


@pytest.mark.parametrize("version", ["1", 1.5, True, -2, 2**60, [], {}])
def test_a_forged_version_is_refused(app: Any, version: Any) -> None:
    from callbacks.everyone import check_version
    from errors import BadInput

    with pytest.raises(BadInput, match="no version"):
        check_version(version, default=0)
