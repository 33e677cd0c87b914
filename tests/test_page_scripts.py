"""A page comes with its own scripts, and with nobody else's."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SCRIPTS = "[...document.scripts].map((script) => script.src.split('/').at(-1).split('?')[0])"


def test_a_page_loads_its_own_scripts_when_it_is_opened_and_no_other_page_s(page: Page) -> None:
    page.goto("/clicks")
    expect(page.locator("#clicks-memory-count")).to_have_text("0")
    assert "clicks.js" in page.evaluate(SCRIPTS)
    assert "patch.js" not in page.evaluate(SCRIPTS)
    page.locator(".shell-side").get_by_role("link", name="Patch", exact=True).click()
    page.locator("#patch-local-button").click()
    expect(page.locator("#patch-local-shown")).to_have_text('{"clicks":1}')
    assert page.evaluate(SCRIPTS).count("patch.js") == 1


def test_a_script_that_cannot_be_loaded_is_said(page: Page, trouble: list[str]) -> None:
    page.route("**/assets/clicks.js*", lambda route: route.abort())
    page.goto("/clicks")
    expect(page.locator("#shell-notice")).to_contain_text("could not be loaded. Reload the page")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert any("clicks.js" in line for line in trouble)
    trouble.clear()


def test_a_script_is_the_page_s_whose_name_it_begins_with(app: Any) -> None:
    from components.page_scripts import not_loaded_by_dash, page_scripts

    assert page_scripts("clicks") == ["clicks.js"]
    assert "user_data_runs.js" in page_scripts("user_data")
    assert page_scripts("no_such_page") == []
    pattern = not_loaded_by_dash()
    for shared in ("wire", "shell", "grid", "star_rating"):
        assert not re.search(pattern, f"{shared}.js")


@pytest.mark.parametrize("path", ["/clicks.js", "/patch.js"])
def test_dash_leaves_pages_scripts_out_of_the_document(app: Any, path: str) -> None:
    html = app.server.test_client().get("/").get_data(as_text=True)
    assert f"/assets{path}" not in html
    assert "/assets/wire.js" in html
