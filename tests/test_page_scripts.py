"""A page comes with its own scripts, and with nobody else's."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent
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
    from components.registry import patterns

    names = [pattern.name for pattern in patterns()]
    for script in (ROOT / "assets").glob("*.js"):
        owners = [name for name in names if script.name in page_scripts(name)]
        assert owners == [name for name in owners if script.stem.startswith(name)][:1], script.name
        assert not owners or re.search(not_loaded_by_dash(), script.name)
    assert page_scripts("no_such_page") == []


def test_dash_leaves_pages_scripts_out_of_the_document(app: Any) -> None:
    from components.page_scripts import page_scripts
    from components.registry import patterns

    html = app.server.test_client().get("/").get_data(as_text=True)
    assert "/assets/wire.js" in html
    own = [script for pattern in patterns() for script in page_scripts(pattern.name)]
    assert own
    assert [script for script in own if f"/assets/{script}" in html] == []
