"""A signed cookie is believed and a forged one is not; a plain one holds whatever anybody writes into it."""

import base64
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def part(page: Page, name: str) -> Any:
    return page.locator(f"#cookies-{name}")


def expect_loaded(page: Page) -> None:
    expect(part(page, "signed-count")).to_have_text(re.compile(r"^\d+$"))


def click(page: Page, which: str) -> None:
    """Click one counter and wait until it has counted."""
    before = int(part(page, f"{which}-count").inner_text())
    part(page, f"{which}-button").click()
    expect(part(page, f"{which}-count")).to_have_text(str(before + 1))


@pytest.fixture
def clicked(page: Page) -> Page:
    """A page on which both counters were clicked once."""
    page.goto("/cookies")
    expect_loaded(page)
    for which in ("signed", "plain"):
        click(page, which)
    return page


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/cookies")
    expect_loaded(page)
    click(page, place)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect_loaded(page)
    expect(part(page, f"{place}-count")).to_have_text("1" if kept else "0")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    click(page, place)


def cookie(page: Page, name: str) -> Any:
    (found,) = [each for each in page.context.cookies() if each["name"] == name]
    return found


def test_a_forgery_is_refused(clicked: Page) -> None:
    part(clicked, "forge").click()
    expect(part(clicked, "plain-count")).to_have_text("1000")
    expect(part(clicked, "signed-count")).to_have_text("1")
    # Whoever is at the device can change even an HttpOnly cookie: then the signature is wrong.
    signed = cookie(clicked, "session")
    payload = base64.urlsafe_b64encode(b'{"clicks":1000}').decode().rstrip("=")
    clicked.context.add_cookies([{**signed, "value": payload + "." + signed["value"].split(".", 1)[1]}])
    clicked.reload()
    expect_loaded(clicked)
    expect(part(clicked, "signed-count")).to_have_text("0")


def test_no_script_reads_the_signed_cookie(clicked: Page) -> None:
    expect(part(clicked, "script")).to_have_text("A script of this page reads: cookies-plain=1")
    signed = cookie(clicked, "session")
    assert (signed["httpOnly"], signed["sameSite"]) == (True, "Lax")


def test_signed_is_not_secret(clicked: Page) -> None:
    payload = cookie(clicked, "session")["value"].split(".")[0]
    assert json.loads(base64.urlsafe_b64decode(payload + "==")) == {"clicks": 1}


def test_a_cookie_takes_4096_bytes(page: Page) -> None:
    page.goto("/cookies")
    part(page, "fill").click()
    expect(part(page, "filled")).to_contain_text("takes 4096 bytes")


def test_clear_removes_both(clicked: Page) -> None:
    part(clicked, "clear").click()
    for which in ("signed", "plain"):
        expect(part(clicked, f"{which}-count")).to_have_text("0")
    assert [each["name"] for each in clicked.context.cookies() if each["name"] == "cookies-plain"] == []


@pytest.mark.parametrize("text", [None, "", "-1", "many", "1e9", "²", "9" * 5000])
def test_what_is_no_number_counts_as_none(app: Any, text: str | None) -> None:
    from callbacks.cookies import in_plain

    assert in_plain(text) == 0
