"""What a callback carries is measured as it travels, and a listener to the timestamp carries none of it."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

SIZES = {"10-kb": 10_000, "100-kb": 100_000, "1-mb": 1_000_000, "10-mb": 10_000_000}


def cell(page: Page, size: str, column: str) -> Any:
    return page.locator(f"#callback-sizes-{size}-{column}")


def figures(page: Page, size: str, column: str) -> list[int]:
    """Return the numbers in a cell: bytes, bytes packed where there are, milliseconds where there are."""
    return [int(text.replace(",", "")) for text in re.findall(r"[\d,]*\d", cell(page, size, column).inner_text())]


def measure(page: Page, most: str) -> None:
    """Open the page, and measure up to a size."""
    page.goto("/callback-sizes")
    page.get_by_label(most, exact=True).check()
    page.locator("#callback-sizes-measure").click()
    expect(page.locator("#callback-sizes-measure")).to_be_disabled()
    expect(page.locator("#callback-sizes-measure")).to_be_enabled()


def test_a_callback_that_reads_a_store_has_all_of_it_sent_up(page: Page) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    measure(page, "1 MB")
    read = [
        request for request in requests if '"output":"callback-sizes-received.children"' in (request.post_data or "")
    ]
    sizes = ["10-kb", "100-kb", "1-mb"]
    assert [len(request.post_data_buffer or b"") for request in read] == [
        figures(page, size, "up")[0] for size in sizes
    ]
    for size in sizes:
        assert figures(page, size, "up")[0] > SIZES[size]
    expect(page.locator("#callback-sizes-received")).to_have_text("The server received 1,000,000 characters.")
    expect(cell(page, "10-mb", "up")).to_have_text("–")


def test_the_timestamp_alone_costs_the_same_at_any_size(page: Page) -> None:
    measure(page, "1 MB")
    assert all(figures(page, size, "told")[0] < 400 for size in ("10-kb", "100-kb", "1-mb"))
    expect(page.locator("#callback-sizes-noticed")).to_contain_text("told of a change at")


def test_10_mb_can_be_carried_both_ways(page: Page) -> None:
    measure(page, "10 MB")
    assert figures(page, "10-mb", "up")[0] > 10_000_000
    assert figures(page, "10-mb", "down")[0] > 10_000_000
    expect(page.locator("#callback-sizes-received")).to_have_text("The server received 10,000,000 characters.")


def test_only_what_comes_down_is_compressed(page: Page) -> None:
    with page.expect_request(lambda request: "callback-sizes-received" in (request.post_data or "")) as read:
        measure(page, "100 kB")
    assert "content-encoding" not in read.value.headers
    plain, packed, _milliseconds = figures(page, "100-kb", "down")
    # Random text in an alphabet of 64 letters: three quarters is the best that can be done.
    assert plain * 0.74 < packed < plain * 0.8


@pytest.mark.parametrize("asked", [None, "1-mb", {}, {"size": 10**9}, {"size": "1-gb"}, {"size": ["1-mb"]}])
def test_a_size_that_is_not_offered_is_refused(app: Any, asked: Any) -> None:
    from callbacks.callback_sizes import send
    from errors import BadInput

    with pytest.raises(BadInput, match="no such size"):
        send(asked)


def test_what_is_sent_has_the_size_that_was_asked_for(app: Any) -> None:
    from callbacks.callback_sizes import SIZES as OFFERED
    from callbacks.callback_sizes import send

    assert OFFERED == SIZES
    assert len(json.loads(json.dumps(send({"size": "100-kb"})))) == 100_000
