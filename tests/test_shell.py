"""What surrounds every page: nothing here knows which pages there are."""

import json
import re
import urllib.error
import urllib.request
from email.message import Message
from typing import Any

import pytest
from deployed import Deployed
from look import PHONE, SCHEMES, violations, visit
from playwright.sync_api import Page, expect

# Notes every theme that the document ever had while it had a body, that is, while there was something to paint.
NOTE_THEMES = """
window.themes = new Set();
new MutationObserver(() => {
  if (document.body) window.themes.add(document.documentElement.dataset.bsTheme ?? "none");
}).observe(document, { attributes: true, childList: true, subtree: true });
"""


@pytest.fixture
def addresses(app: Any) -> list[str]:
    """The addresses of all pages, in reading order."""
    from components.registry import pages

    return [page["path"] for page in pages()]


@pytest.fixture
def first(app: Any) -> Any:
    """The declaration of the first pattern page."""
    from components.registry import patterns

    return patterns()[0]


def expect_theme(page: Page, theme: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)


def choose_theme(page: Page, theme: str) -> None:
    page.locator(f"label[for=shell-theme-{theme}]").click()
    expect(page.locator(f"#shell-theme-{theme}")).to_be_checked()


def results(page: Page) -> Any:
    return page.locator("#shell-search-results a")


def search(page: Page, text: str) -> None:
    """Open the search and type."""
    page.keyboard.press("/")
    expect(page.locator("#shell-search")).to_be_visible()
    page.keyboard.insert_text(text)


# The side bar


def test_the_side_bar_lists_every_pattern_page_in_its_group(page: Page, app: Any) -> None:
    from components.registry import grouped_pages, pages, patterns

    expected = ["Which storage?"]
    for group, members in grouped_pages():
        expected += [group, *(member["name"] for member in members)]
    visit(page, "/")
    assert page.locator(".shell-side nav > *").all_inner_texts() == expected
    assert {page["name"] for page in pages() if "pattern" in page} == {pattern.title for pattern in patterns()}


def test_a_link_of_the_side_bar_opens_its_page_without_a_reload(page: Page, first: Any) -> None:
    visit(page, "/")
    page.evaluate("window.loaded = 'once'")
    page.locator(".shell-side").get_by_role("link", name=first.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    expect(page).to_have_title(f"{first.title} · Dash Storage Atlas")
    expect(page.locator(".shell-side a.active")).to_have_text(first.title)
    assert page.evaluate("window.loaded") == "once"


# The search


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search_and_escape_closes_it(page: Page, key: str) -> None:
    visit(page, "/")
    page.keyboard.press(key)
    expect(page.locator("#shell-search-input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#shell-search")).to_be_hidden()


def test_the_button_opens_the_search_and_a_click_beside_it_closes_it(page: Page) -> None:
    visit(page, "/")
    page.locator("#shell-search-button").click()
    expect(page.locator("#shell-search-input")).to_be_focused()
    page.mouse.click(5, 500)
    expect(page.locator("#shell-search")).to_be_hidden()


def test_a_slash_typed_into_an_input_is_only_a_slash(page: Page) -> None:
    visit(page, "/")
    page.evaluate("document.getElementById('content').append(document.createElement('textarea'))")
    page.locator("#content textarea").press_sequentially("a/b")
    expect(page.locator("#content textarea")).to_have_value("a/b")
    expect(page.locator("#shell-search")).to_be_hidden()


def test_the_search_finds_a_page_by_its_title(page: Page, first: Any) -> None:
    visit(page, "/")
    search(page, first.title.upper())
    expect(results(page).first).to_have_attribute("href", first.path)
    results(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    expect(page.locator("#shell-search")).to_be_hidden()


def test_the_search_finds_a_page_by_words_of_its_summary(page: Page, first: Any) -> None:
    visit(page, "/")
    search(page, " ".join(reversed(first.summary.split())))
    expect(results(page).first).to_have_attribute("href", first.path)


def test_the_search_finds_a_heading_and_goes_there(page: Page, first: Any) -> None:
    visit(page, "/")
    search(page, f"Leave it when {first.title}")
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_have_attribute("href", f"{first.path}#leave-it-when")
    results(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    expect(page.get_by_role("heading", name="Leave it when")).to_be_in_viewport()


def test_enter_opens_the_first_that_was_found(page: Page, first: Any) -> None:
    visit(page, "/")
    search(page, first.title)
    expect(results(page).first).to_have_attribute("href", first.path)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)


def test_arrow_keys_choose_among_what_was_found(page: Page) -> None:
    visit(page, "/")
    search(page, "use it when")
    expect(results(page).nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    chosen = results(page).nth(1).get_attribute("href") or ""
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#shell-search-input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(chosen) + "$"))


def test_the_search_says_when_nothing_is_found(page: Page) -> None:
    visit(page, "/")
    search(page, "xyzzy <b>")
    expect(page.locator("#shell-search-results")).to_have_text("Nothing has “xyzzy <b>” in it.")


# The theme


@pytest.mark.parametrize("theme", SCHEMES)
def test_the_theme_is_kept_and_right_before_the_first_paint(page: Page, theme: str) -> None:
    other = "light" if theme == "dark" else "dark"
    page.emulate_media(color_scheme=other)
    page.add_init_script(NOTE_THEMES)
    visit(page, "/")
    expect_theme(page, other)
    choose_theme(page, theme)
    expect_theme(page, theme)
    assert page.evaluate("localStorage.getItem('shell-theme-store')") == f'"{theme}"'
    page.reload()
    expect(page.locator(f"#shell-theme-{theme}")).to_be_checked()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...window.themes]") == [theme]


def test_the_theme_is_followed_by_other_tabs(page: Page) -> None:
    visit(page, "/")
    tab = page.context.new_page()
    visit(tab, "/")
    for theme in ("dark", "light"):
        choose_theme(page, theme)
        expect_theme(tab, theme)
        expect(tab.locator(f"#shell-theme-{theme}")).to_be_checked()


def test_auto_follows_the_system(page: Page) -> None:
    visit(page, "/")
    choose_theme(page, "dark")
    choose_theme(page, "auto")
    for scheme in ("dark", "light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect_theme(page, scheme)
    page.reload()
    expect_theme(page, "dark")
    expect(page.locator("#shell-theme-auto")).to_be_checked()


@pytest.mark.parametrize("kept", ['"purple"', "5", "[]", '{"a": 1}', "null", "true", '""'])
def test_garbage_in_the_theme_s_storage_does_no_harm(page: Page, kept: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.add_init_script(f"if (!sessionStorage.getItem('seen')) localStorage.setItem('shell-theme-store', {kept!r})")
    visit(page, "/")
    page.evaluate("sessionStorage.setItem('seen', 'yes')")
    expect_theme(page, "dark")
    choose_theme(page, "light")
    expect_theme(page, "light")
    page.reload()
    expect(page.locator("#shell-theme-light")).to_be_checked()
    expect_theme(page, "light")


# The menu on phones, and ways from page to page


def test_on_a_phone_the_menu_opens_goes_to_a_page_and_closes(page: Page, first: Any) -> None:
    page.set_viewport_size(PHONE)
    visit(page, "/")
    expect(page.locator(".shell-side")).to_be_hidden()
    page.get_by_role("button", name="Open the menu").click()
    menu = page.get_by_role("dialog").filter(has=page.get_by_text("Pages", exact=True))
    menu.get_by_role("link", name=first.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    expect(menu).to_be_hidden()


def test_on_a_phone_the_menu_closes_by_escape_and_opens_again(page: Page) -> None:
    page.set_viewport_size(PHONE)
    visit(page, "/")
    for _ in range(2):
        page.get_by_role("button", name="Open the menu").click()
        # Until it has slid in, Bootstrap does not listen to the keyboard.
        expect(page.locator(".shell-offcanvas.show:not(.showing)")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".shell-offcanvas")).to_be_hidden()


def test_previous_and_next_lead_through_all_patterns(page: Page, app: Any) -> None:
    from components.registry import patterns

    order = patterns()
    visit(page, order[0].path)
    steps = page.get_by_role("navigation", name="Next")
    for pattern in order[1:]:
        steps.get_by_role("link", name="→").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(pattern.title)
    expect(steps.get_by_role("link", name="→")).to_have_count(0)
    for pattern in reversed(order[:-1]):
        steps.get_by_role("link", name="←").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(pattern.title)


def test_a_page_reached_by_a_link_is_seen_from_its_top(page: Page, first: Any) -> None:
    visit(page, first.path)
    page.get_by_role("navigation", name="Next").get_by_role("link", name="→").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first.title)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(page: Page) -> None:
    visit(page, "/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


# What the server answers


def ask(deployed: Deployed, path: str, body: bytes | None = None) -> tuple[int, Message, str]:
    """Return the status, headers and text of the server's answer."""
    request = urllib.request.Request(  # noqa: S310 - the app on this machine
        deployed.url + path, data=body, headers={"Content-Type": "application/json"} if body else {}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


@pytest.mark.parametrize("path", ["/no-such-page", "/no/such/page", "/assets/no.css", "/source/app.py", "/no.md"])
def test_an_unknown_address_has_the_status_404(deployed: Deployed, path: str) -> None:
    assert ask(deployed, path)[0] == 404


def test_every_page_has_the_status_200(deployed: Deployed, addresses: list[str]) -> None:
    assert {path: ask(deployed, path)[0] for path in addresses} == dict.fromkeys(addresses, 200)


def test_an_unknown_address_shows_where_to_go(page: Page, trouble: list[str], app: Any) -> None:
    from components.registry import patterns

    page.goto("/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    for pattern in patterns():
        expect(page.locator("#content").get_by_role("link", name=pattern.title)).to_have_attribute("href", pattern.path)
    page.locator("#content").get_by_role("link", name="home page").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("There is no page at this address")
    # The browser itself reports the status, twice; nothing else went wrong.
    assert all("404" in line for line in trouble)
    trouble.clear()


def test_the_health_check_is_answered(deployed: Deployed) -> None:
    status, _headers, text = ask(deployed, "/healthz")
    assert (status, text) == (200, "OK")


# What the browser asks for when it opens the home page.
CALLBACK = json.dumps(
    {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
).encode()


@pytest.mark.parametrize(
    ("path", "body"),
    [("/", None), ("/no-such-page", None), ("/_dash-update-component", CALLBACK)],
    ids=["page", "no page", "callback"],
)
def test_every_answer_has_the_security_headers(deployed: Deployed, path: str, body: bytes | None) -> None:
    _status, headers, _text = ask(deployed, path, body)
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert not re.search(r"https?:|\*", headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert len(headers.get_all(name)) == 1


# The search and the menu, as WCAG 2 AA asks


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_search_and_the_menu_pass_wcag_2_aa(page: Page, scheme: Any, first: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    visit(page, "/")
    page.get_by_role("button", name="Open the menu").click()
    expect(page.locator(".shell-offcanvas.show:not(.showing)")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".shell-offcanvas")).to_be_hidden()
    search(page, first.title)
    expect(results(page).first).to_be_visible()
    assert violations(page) == []
