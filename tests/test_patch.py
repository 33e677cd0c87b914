"""Patch does what the page says: on what is there, on what is missing, and in the less usual places."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import quiet, watch
from playwright.sync_api import Browser, Page, expect

import app  # noqa: F401 - pages and their callbacks can only be imported once it exists
from callbacks.patch_operations import OPERATIONS, line_of, operate
from errors import BadInput

RIGHT: dict[str, tuple[str, Any]] = {
    "assign": ("name", "Ada"),
    "assign_nested": ("user", {"name": "Ada"}),
    "append": ("list", [1, 2, 3, 9]),
    "prepend": ("list", [9, 1, 2, 3]),
    "extend": ("list", [1, 2, 3, 8, 9]),
    "insert": ("list", [1, 9, 2, 3]),
    "remove": ("list", [1, 2]),
    "delete": ("name", None),
    "merge": ("user", {"name": "Ada", "age": 36}),
    "reverse": ("list", [3, 2, 1]),
    "clear": ("list", []),
    "add": ("n", 6),
    "subtract": ("n", 4),
    "multiply": ("n", 10),
    "divide": ("n", 2.5),
}


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/patch")
    interact(page, place)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect(page.locator(f"#patch-{place}-shown")).to_have_text('{"clicks":1}' if kept else "nothing stored")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    shown = page.locator(f"#patch-{place}-shown")
    expect(shown).not_to_be_empty()
    before = shown.inner_text()
    page.locator(f"#patch-{place}-button").click()
    expect(shown).not_to_have_text(before)


@pytest.fixture(scope="module")
def bench(browser: Browser, base_url: str) -> Iterator[dict[str, dict[str, str]]]:
    """What the page says of every operation on every target, after all were run."""
    context = browser.new_context(base_url=base_url)
    trouble: list[str] = []
    watch(context, base_url, trouble)
    page = context.new_page()
    page.goto("/patch")
    page.locator("#patch-run").click()
    expect(page.locator("#patch-divide-missing")).not_to_have_text("–", timeout=120_000)
    yield {
        operation: {
            target: page.locator(f"#patch-{operation.replace('_', '-')}-{target}").inner_text()
            for target in ("present", "empty", "missing")
        }
        for operation in OPERATIONS
    }
    context.close()
    assert trouble == []


def test_every_operation_works_on_what_is_there(bench: dict[str, dict[str, str]]) -> None:
    assert set(RIGHT) == set(OPERATIONS)
    for operation, (key, value) in RIGHT.items():
        assert json.loads(bench[operation]["present"]).get(key) == value, operation


def test_some_operations_on_a_missing_key_drop_the_patch(bench: dict[str, dict[str, str]]) -> None:
    for operation in ("extend", "insert", "reverse", "remove"):
        assert bench[operation]["missing"].startswith("error:"), operation
    for operation in ("assign", "assign_nested", "append", "merge", "delete"):
        assert not bench[operation]["missing"].startswith("error:"), operation
        assert not bench[operation]["empty"].startswith("error:"), operation


def test_arithmetic_on_a_missing_key_stores_null(bench: dict[str, dict[str, str]]) -> None:
    for operation in ("add", "subtract", "multiply", "divide"):
        assert json.loads(bench[operation]["missing"]) == {"n": None}, operation


def test_a_patch_of_100_kb_carries_at_most_a_tenth(page: Page) -> None:
    page.goto("/patch")
    page.locator("#patch-measure").click()
    expect(page.locator("#patch-1-mb-patch")).not_to_have_text("–", timeout=60_000)

    def travelled(cell: str) -> int:
        text = page.locator(f"#patch-{cell}").inner_text().replace(",", "")
        return sum(int(figure) for figure in re.findall(r"(\d+) B", text))

    assert travelled("100-kb-whole") > 200_000
    assert travelled("100-kb-patch") * 10 <= travelled("100-kb-whole")
    assert travelled("1-mb-patch") == pytest.approx(travelled("1-kb-patch"), rel=0.1)


@pytest.mark.parametrize("kind", ["session", "local"])
def test_an_empty_kept_store_can_be_patched(page: Page, kind: str) -> None:
    page.goto("/patch")
    read(page, kind, kept=False)
    interact(page, kind)
    assert page.evaluate(f"JSON.parse({kind}Storage.getItem('patch-{kind}-store'))") == {"clicks": 1}


def test_an_empty_memory_store_loses_the_patch_and_every_other_output(page: Page) -> None:
    page.goto("/patch")
    page.locator("#patch-memory-button").click()
    expect(page.locator("#patch-memory-shown")).to_contain_text("error: ")
    expect(page.locator("#patch-memory-other")).to_have_text("–")


def test_of_five_calls_at_once_one_is_counted(page: Page) -> None:
    page.goto("/patch")
    calls: list[str] = []
    page.on("requestfinished", lambda request: "patch-count" in (request.post_data or "") and calls.append(request.url))
    page.locator("#patch-count-button").click()
    expect(page.locator("#patch-count-shown")).to_have_text('{"n":1}')
    quiet(page)
    assert len(calls) == 5
    expect(page.locator("#patch-count-shown")).to_have_text('{"n":1}')


def test_of_twenty_set_props_the_last_alone_arrives(page: Page) -> None:
    page.goto("/patch")
    page.locator("#patch-set-props-button").click()
    expect(page.locator("#patch-set-props-shown")).to_have_text('{"list":[19]}')


def test_a_clientside_patch_must_be_built(page: Page) -> None:
    page.goto("/patch")
    page.locator("#patch-clientside-built").click()
    expect(page.locator("#patch-clientside-shown")).to_have_text('{"list":[1]}')
    page.locator("#patch-clientside-unbuilt").click()
    expect(page.locator("#patch-clientside-shown")).not_to_contain_text('"list":[1')


@pytest.mark.parametrize("asked", [None, "assign", {}, {"operation": "drop"}, {"operation": ["assign"]}])
def test_an_unknown_operation_gets_a_clear_answer(asked: Any) -> None:
    with pytest.raises(BadInput, match="no such operation"):
        operate(asked)


def test_the_code_shown_is_the_line_that_runs() -> None:
    assert line_of("append") == 'p["list"].append(9)'
