"""The star rating persists a part of its value, and is operated as radio buttons are."""

from typing import Any

from playwright.sync_api import Locator, Page, expect


def rating(page: Page, kind: str) -> Locator:
    return page.locator(f"#persisted-component-{kind}")


def star(page: Page, kind: str, number: int) -> Locator:
    return rating(page, kind).get_by_role("radio").nth(number - 1)


def comment(page: Page, kind: str) -> Locator:
    return rating(page, kind).get_by_role("textbox")


def received(page: Page, kind: str) -> Locator:
    """What a callback received when the rating appeared: empty until the rating is there, with what was kept."""
    return page.locator(f"#persisted-component-{kind}-received")


def drawn_later() -> list[Any]:
    """Return all that callbacks draw on this page (used by the tests of ids)."""
    from callbacks.persisted_component import show_tab

    return [show_tab("rate")]


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/persisted-component")
    star(page, place, 4).click()
    expect(star(page, place, 4)).to_be_checked()


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect(received(page, place)).not_to_be_empty()
    expect(rating(page, place).get_by_role("radio", checked=True)).to_have_count(1 if kept else 0)
    expect(star(page, place, 4)).to_be_checked(checked=kept)


def switch_tab(page: Page, place: str) -> None:
    """Leave the tab, which removes the ratings, and come back (used by the matrix)."""
    page.get_by_role("tab", name="what is stored now").click()
    expect(rating(page, place)).to_have_count(0)
    page.get_by_role("tab", name="rate").click()


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    star(page, place, 2).click()
    expect(star(page, place, 2)).to_be_checked()


def test_after_a_reload_the_stars_are_back_and_the_comment_is_not(page: Page) -> None:
    write(page, "local")
    comment(page, "local").fill("Very good")
    page.reload()
    expect(received(page, "local")).to_have_text("On load: 4 stars, comment ''.")
    expect(star(page, "local", 4)).to_be_checked()
    expect(comment(page, "local")).to_have_value("")
    page.get_by_role("tab", name="what is stored now").click()
    expect(page.locator("#persisted-component-panel")).to_contain_text(
        "_dash_persistence.persisted-component-local.value.stars.true[4,0]"
    )


def test_arrows_choose_and_tab_leaves(page: Page) -> None:
    page.goto("/persisted-component")
    star(page, "local", 1).focus()
    page.keyboard.press("ArrowRight")
    expect(star(page, "local", 1)).to_be_checked()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(star(page, "local", 3)).to_be_checked()
    expect(star(page, "local", 3)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(star(page, "local", 2)).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(star(page, "local", 5)).to_be_checked()
    page.keyboard.press("Tab")
    expect(comment(page, "local")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(star(page, "local", 5)).to_be_focused()


def test_it_has_roles_names_and_states(page: Page) -> None:
    write(page, "session")
    expect(rating(page, "session")).to_match_aria_snapshot(
        """
        - radiogroup "Rating kept in session":
          - radio "1 star"
          - radio "2 stars"
          - radio "3 stars"
          - radio "4 stars" [checked]
          - radio "5 stars"
        - 'textbox "Rating kept in session: comment"'
        """
    )


def test_forget_it_forgets_the_rating_for_good(page: Page) -> None:
    write(page, "local")
    page.locator("#persisted-component-local-forget").click()
    expect(star(page, "local", 4)).not_to_be_checked()
    page.reload()
    expect(received(page, "local")).to_have_text("On load: nothing yet.")


def test_the_renderer_reads_persisted_props(page: Page) -> None:
    page.goto("/persisted-component")
    expect(star(page, "local", 1)).to_be_visible()
    page.evaluate(
        """() => {
          const { defaultProps } = atlas.StarRating;
          defaultProps.persistence_props = defaultProps.persisted_props;
          delete defaultProps.persisted_props;
        }"""
    )
    star(page, "local", 4).click()
    expect(star(page, "local", 4)).to_be_checked()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('persisted-component'))") == []


def test_apply_returns_a_new_object_and_extract_takes_only_its_part(page: Page) -> None:
    page.goto("/persisted-component")
    expect(star(page, "local", 1)).to_be_visible()
    result: dict[str, Any] = page.evaluate(
        """() => {
          const { extract, apply } = atlas.StarRating.persistenceTransforms.value.stars;
          const before = Object.freeze({ stars: 1, comment: "as it was" });
          return { extracted: extract(before), after: apply(5, before), same: apply(5, before) === before };
        }"""
    )
    assert result == {"extracted": 1, "after": {"stars": 5, "comment": "as it was"}, "same": False}
