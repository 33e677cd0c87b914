"""A kept language reaches the first call, and a kept theme the first paint."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect


def test_the_first_call_receives_the_kept_language(page: Page) -> None:
    page.goto("/preferences")
    expect(page.locator("#preferences-greeting")).to_have_text("Good morning!")
    page.get_by_label("Français").check()
    expect(page.locator("#preferences-greeting")).to_have_text("Bonjour !")
    expect(page.locator("#preferences-card")).to_have_attribute("lang", "fr")
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.post_data or ""))
    tab = page.context.new_page()
    tab.on("request", lambda request: calls.append(request.post_data or ""))
    tab.goto("/preferences")
    expect(tab.locator("#preferences-button")).to_have_text("Enregistrer")
    languages = [call for call in calls if "preferences-greeting" in call and '"changedPropIds"' in call]
    assert len(languages) == 1
    assert '"value":"fr"' in languages[0]


def test_the_kept_theme_is_there_before_anything_is_drawn(page: Page) -> None:
    page.goto("/preferences")
    page.locator("label", has_text="Dark theme").click()
    expect(page.locator("#theme ~ .stored-now").first).to_contain_text('shell-theme-store"dark"')
    # Noted when the body begins: the styles are there, and Dash has not drawn anything.
    page.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.themeAtFirst = document.documentElement.dataset.bsTheme;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )
    page.reload()
    assert page.evaluate("window.themeAtFirst") == "dark"


@pytest.mark.parametrize("language", [None, "", "tlh", 7])
def test_an_unknown_language_gets_a_clear_answer(app: Any, language: Any) -> None:
    from callbacks.preferences import speak
    from errors import BadInput

    with pytest.raises(BadInput, match="Choose one of English"):
        speak(language)


def test_every_language_has_every_label(app: Any) -> None:
    from callbacks.preferences import LABELS, LANGUAGES

    assert LABELS.keys() == LANGUAGES.keys()
    assert all(labels.keys() == LABELS["en"].keys() for labels in LABELS.values())
