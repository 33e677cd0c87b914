"""A preference is kept in the browser for a known user, and for nobody else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect


def part(page: Page, name: str) -> Any:
    return page.locator(f"#known-user-{name}")


def open_page(page: Page) -> Page:
    page.goto("/known-user")
    expect(part(page, "shown")).to_have_text("No preference: nobody is known.")
    return page


def sign_in(page: Page, name: str) -> None:
    part(page, "name").select_option(name)
    part(page, "sign-in").click()
    expect(part(page, "who")).to_have_text(f"{name} is signed in.")


def keep(page: Page, name: str, colour: str) -> None:
    """Keep a colour for the user who is signed in."""
    part(page, "colour").select_option(colour)
    part(page, "save").click()
    expect(part(page, "shown")).to_have_text(f"{name} prefers {colour}.")


def test_without_a_user_nothing_is_written(page: Page) -> None:
    open_page(page)
    part(page, "save").click()
    expect(page.locator("#shell-notice")).to_contain_text("Sign in first")
    assert page.evaluate("localStorage.getItem('known-user-preferences')") is None


def test_a_reload_forgets_the_user_and_keeps_the_preference(page: Page) -> None:
    sign_in(open_page(page), "Grace")
    keep(page, "Grace", "green")
    page.reload()
    expect(part(page, "who")).to_have_text("Nobody is signed in.")
    sign_in(page, "Grace")
    expect(part(page, "shown")).to_have_text("Grace prefers green.")


def test_two_users_of_one_browser_have_their_own(page: Page) -> None:
    for name, colour in (("Ada", "red"), ("Grace", "green")):
        sign_in(open_page(page), name)
        expect(part(page, "shown")).to_have_text(f"{name} has chosen nothing yet.")
        keep(page, name, colour)
    sign_in(page, "Ada")
    expect(part(page, "shown")).to_have_text("Ada prefers red.")


@pytest.mark.parametrize("kept", [None, 5, "text", [], {"Eve": "red"}, {"Ada": "mauve"}, {"Ada": ["red"]}])
def test_what_the_page_did_not_write_is_left_out(app: Any, kept: Any) -> None:
    from callbacks.known_user import check_preferences

    assert check_preferences(kept) == {}
