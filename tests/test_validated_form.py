"""The validated form loses nothing, says what is wrong, and sends its values once."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

GOOD: dict[str, Any] = {
    "name": "Ada",
    "email": "ada@example.org",
    "guests": 2,
    "arrival": "2026-07-01",
    "departure": "2026-07-08",
    "wishes": "",
}


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#validated-form-{name}")


def problem(page: Page, name: str) -> Locator:
    return page.locator(f"#validated-form-{name}-problem")


def fill(page: Page, **values: Any) -> None:
    """Open the page and fill in the form."""
    page.goto("/validated-form")
    for name, value in {**GOOD, **values}.items():
        field(page, name).fill(str(value))


def test_the_draft_survives_an_accidental_reload(page: Page) -> None:
    fill(page, wishes="A quiet room")
    page.reload()
    for name, value in {**GOOD, "wishes": "A quiet room"}.items():
        expect(field(page, name)).to_have_value(str(value))


def test_the_inputs_travel_once_on_submit(page: Page) -> None:
    page.goto("/validated-form")
    expect(field(page, "name")).to_be_visible()
    page.wait_for_load_state("networkidle")
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.post_data or ""))
    for name, value in GOOD.items():
        field(page, name).fill(str(value))
    field(page, "wishes").press_sequentially("Tea")
    assert calls == []
    field(page, "name").press("Enter")
    expect(page.locator("#validated-form-answer")).to_contain_text("Booked for Ada")
    assert len(calls) == 1
    sent = {state["id"].removeprefix("validated-form-"): state.get("value") for state in json.loads(calls[0])["state"]}
    assert sent == {**GOOD, "wishes": "Tea"}


def test_wrong_input_is_explained_beside_its_field_and_nothing_is_lost(page: Page) -> None:
    wrong = {"name": "", "email": "ada", "guests": 99, "departure": "2026-06-30"}
    fill(page, **wrong)
    page.locator("#validated-form-submit").click()
    expect(page.locator("#validated-form-answer")).to_contain_text("Nothing was booked yet")
    expect(problem(page, "name")).to_have_text("Please tell us your name.")
    expect(problem(page, "email")).to_contain_text("looks like ada@example.org")
    expect(problem(page, "guests")).to_contain_text("Between 1 and 8")
    expect(problem(page, "departure")).to_contain_text("the day after 2026-07-01")
    expect(problem(page, "arrival")).to_be_hidden()
    for name, value in {**GOOD, **wrong}.items():
        expect(field(page, name)).to_have_value(str(value))
    page.reload()
    expect(field(page, "email")).to_have_value("ada")
    fill(page)
    page.locator("#validated-form-submit").click()
    expect(page.locator("#validated-form-answer")).to_contain_text("Booked for Ada, 2026-07-01 to 2026-07-08")
    expect(problem(page, "email")).to_be_hidden()


def test_a_successful_submit_clears_the_form_and_its_draft(page: Page) -> None:
    fill(page, wishes="A quiet room")
    page.locator("#validated-form-submit").click()
    expect(page.locator("#validated-form-answer")).to_contain_text("Booked")
    for name in GOOD:
        expect(field(page, name)).to_have_value("")
    expect(page.locator(".stored-now")).not_to_contain_text("quiet")
    page.reload()
    expect(field(page, "name")).to_be_visible()
    for name in GOOD:
        expect(field(page, name)).to_have_value("")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"name": "  "}, {"name"}),
        ({"name": None}, {"name"}),
        ({"name": 7}, {"name"}),
        ({"name": "x" * 501}, {"name"}),
        ({"email": "ada@example"}, {"email"}),
        ({"email": "a b@example.org"}, {"email"}),
        ({"email": ["ada@example.org"]}, {"email"}),
        ({"guests": None}, {"guests"}),
        ({"guests": 0}, {"guests"}),
        ({"guests": 9}, {"guests"}),
        ({"guests": 1.5}, {"guests"}),
        ({"guests": "2"}, {"guests"}),
        ({"guests": True}, {"guests"}),
        ({"arrival": "soon"}, {"arrival"}),
        ({"arrival": 20260701}, {"arrival"}),
        ({"departure": "2026-07-01"}, {"departure"}),
        ({"departure": ""}, {"departure"}),
        ({"wishes": "x" * 501}, {"wishes"}),
        ({"wishes": None}, set()),
    ],
)
def test_every_rule_is_checked_on_the_server(app: Any, change: dict[str, Any], wrong: set[str]) -> None:
    from callbacks.validated_form import find_problems

    assert set(find_problems({**GOOD, **change})) == wrong
