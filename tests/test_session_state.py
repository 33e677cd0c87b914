"""The page of session_state shows what it does, with its errors, for a visitor and for one of their tabs."""

import re
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, expect


def part(page: Page, name: str) -> Any:
    return page.locator(f"#session-state-{name}")


def open_page(page: Page) -> Page:
    """Open the page and wait until it has loaded what it shows."""
    page.goto("/session-state")
    expect_loaded(page)
    return page


def expect_loaded(page: Page) -> None:
    expect(part(page, "total")).to_have_text(re.compile(r"^\d+$"))
    expect(part(page, "tabs")).not_to_be_empty()
    quiet(page)


def run(page: Page, example: str, result: str) -> None:
    """Run an example and expect what it returns or raises."""
    part(page, "example").select_option(example)
    expect(part(page, "code")).to_contain_text(f"def {example}(")
    part(page, "run").click()
    expect(part(page, "result")).to_contain_text(result)


def test_every_example_does_what_it_says(page: Page) -> None:
    open_page(page)
    for example, result in {
        "initialise": "now it is there",
        "read_attribute": "value",
        "read_item": "value",
        "update_attribute": "value2",
        "update_item": "value3",
        "iterate": "key = 'value3'",
        "delete_one": "deleted",
    }.items():
        run(page, example, result)
    run(page, "delete_one", "MissingStateError: session_state has nothing under 'key'")
    run(page, "initialise", "now it is there")
    run(page, "delete_all", "all deleted")
    run(page, "iterate", "nothing")


def test_reading_what_is_absent_says_so_on_the_page(page: Page) -> None:
    run(open_page(page), "read_absent", "session_state has nothing under 'never written'. Initialise it first")
    assert page.context.cookies() == []


def test_what_cannot_be_kept_is_refused_by_its_path(page: Page) -> None:
    open_page(page)
    run(page, "keep_unserialisable", "TypeError: user.address.lines[2] is of type builtins.set")
    run(page, "iterate", "nothing")


def test_state_survives_a_reload(page: Page) -> None:
    open_page(page)
    page.get_by_role("button", name="Add 5").click()
    expect(part(page, "total")).to_have_text("5")
    page.get_by_role("button", name="Add 10").click()
    expect(part(page, "total")).to_have_text("15")
    page.reload()
    expect(part(page, "total")).to_have_text("15")


def test_a_form_sends_nothing_before_submit(page: Page) -> None:
    open_page(page)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    part(page, "slider").fill("7")
    page.get_by_label("Yes or no").check()
    page.wait_for_timeout(500)
    assert requests == []
    part(page, "submit").click()
    expect(part(page, "submitted")).to_have_text("slider = 7, checkbox = True")
    assert len(requests) == 1


def keep(page: Page, scope: str, note: str) -> None:
    """Keep a note and wait until it is shown."""
    part(page, "note").fill(note)
    part(page, f"keep-{scope}").click()
    expect(part(page, scope)).to_have_text(note)


def test_a_second_tab_shares_the_visitors_note_and_has_its_own(page: Page) -> None:
    open_page(page)
    keep(page, "mine", "everywhere")
    keep(page, "tabs", "here")
    page.reload()
    expect(part(page, "tabs")).to_have_text("here")
    tab = open_page(page.context.new_page())
    expect(part(tab, "mine")).to_have_text("everywhere")
    expect(part(tab, "tabs")).to_have_text("(nothing)")


def test_a_duplicated_tab_gets_an_id_of_its_own(page: Page) -> None:
    keep(open_page(page), "tabs", "here")
    with page.context.expect_page() as opened:
        page.evaluate("void window.open('/session-state')")  # takes a copy of the session storage along
    tab = opened.value
    expect_loaded(tab)
    expect(part(tab, "tabs")).to_have_text("(nothing)")
    page.reload()
    expect(part(page, "tabs")).to_have_text("here")


@pytest.mark.parametrize("tab", ["", "1", 5, [], {}, True, "x" * 1000])
def test_a_forged_tab_is_refused(app: Any, tab: Any) -> None:
    from callbacks.session_state import state_of
    from errors import BadInput

    with pytest.raises(BadInput, match="not the id of a tab"):
        state_of(tab)
