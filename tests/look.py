"""A visitor's look at a page: open it, and find what is hard to read or to use without a mouse."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SCHEMES = ("light", "dark")

AXE: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}


def visit(page: Page, address: str) -> None:
    """Open a page and wait until it is drawn and idle."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0)


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds against WCAG 2 A and AA, or some rules of it, with the first claim's source open."""
    if page.locator(".claim").count():
        page.locator(".claim summary").first.click()
        expect(page.locator(".claim .code").first).to_be_visible()
    options = AXE | ({"runOnly": {"type": "rule", "values": list(rules)}} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
