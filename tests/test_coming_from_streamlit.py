"""The guide answers every behaviour of Streamlit's document, and its counter does what Streamlit's does not."""

from typing import Any

from playwright.sync_api import Page, expect


def test_the_counter_survives_a_reload(page: Page, other_visitor: Page) -> None:
    page.goto("/coming-from-streamlit")
    count = page.locator("#coming-from-streamlit-count")
    expect(count).to_have_text("0")
    page.locator("#coming-from-streamlit-button").click()
    expect(count).to_have_text("5")
    page.reload()
    expect(count).to_have_text("5")
    other_visitor.goto("/coming-from-streamlit")
    expect(other_visitor.locator("#coming-from-streamlit-count")).to_have_text("0")
    page.locator("#coming-from-streamlit-delete").click()
    expect(count).to_have_text("0")


def test_every_behaviour_has_an_answer(app: Any) -> None:
    from pages.coming_from_streamlit import OTHERS, STREAMLIT

    assert len(STREAMLIT) == 21
    for row in [*STREAMLIT, *(row for rows in OTHERS.values() for row in rows)]:
        behaviour, answer, page = row
        assert behaviour
        assert answer
        assert page or "because" in answer or "no such limit" in answer, row
