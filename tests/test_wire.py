"""The wire meter tells what an interaction cost, as the browser itself saw it."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request, Response, expect


def figure(page: Page, name: str) -> Any:
    return page.locator(f"#wire-{name}")


def answers(output: str) -> Callable[[Response], bool]:
    """Return what recognises the answer of the callback with this output."""
    return lambda response: f'"output":"{output}"' in (response.request.post_data or "")


def test_it_counts_what_really_travelled(page: Page) -> None:
    page.goto("/clicks")
    expect(figure(page, "total")).to_contain_text("4 requests")
    with (
        page.expect_response(answers("clicks-local-store.data")) as stored,
        page.expect_response(answers("clicks-local-count.children")) as shown,
    ):
        page.locator("#clicks-local-button").click()
    answered = (stored.value, shown.value)
    expect(figure(page, "requests")).to_have_text("2")
    expect(figure(page, "up")).to_have_text(f"{sum(len(a.request.post_data_buffer or b'') for a in answered)} B")
    expect(figure(page, "down")).to_have_text(f"{sum(len(a.body()) for a in answered)} B")
    assert int(figure(page, "time").inner_text()) > 0


def test_it_shows_the_packed_size_beside_the_plain_one(page: Page) -> None:
    page.goto("/shared-data")
    expect(page.locator("#shared-data-rows")).not_to_have_text("0")
    expect(figure(page, "down")).to_contain_text("unpacked")


def test_several_callbacks_are_drawn_on_a_time_line(page: Page) -> None:
    page.goto("/clicks")
    page.locator("#clicks-local-button").click()
    expect(page.locator("#wire-timeline .wire-label")).to_have_text(
        ["clicks-local-store.data", "clicks-local-count.children"]
    )


def test_an_action_without_a_request_shows_zero(page: Page) -> None:
    page.goto("/clicks")
    page.locator("#clicks-local-button").click()
    expect(figure(page, "requests")).to_have_text("2")
    page.locator("#clicks-twin-button").click()
    expect(figure(page, "requests")).to_have_text("0")
    expect(figure(page, "up")).to_have_text("0 B")


def test_the_total_runs_on_until_it_is_reset(page: Page) -> None:
    page.goto("/clicks")
    expect(figure(page, "total")).to_contain_text("In all: 4 requests")
    page.locator("#clicks-local-button").click()
    expect(figure(page, "total")).to_contain_text("In all: 6 requests")
    page.locator("#wire-reset").click()
    expect(figure(page, "total")).to_contain_text("In all: 0 requests")


def test_it_makes_no_callback_request_of_its_own(page: Page) -> None:
    outputs: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            outputs.append(json.loads(request.post_data or "{}")["output"])

    page.on("request", note)
    page.goto("/clicks")
    expect(figure(page, "requests")).to_have_text("4")
    page.locator("#clicks-memory-button").click()
    expect(page.locator("#clicks-memory-count")).to_have_text("1")
    page.locator("#wire-reset").click()
    expect(figure(page, "requests")).to_have_text("0")
    assert not [output for output in outputs if "wire" in output]
