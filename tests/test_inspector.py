"""The inspector shows all that is kept in this browser, tells whose it is, and changes what it is told to."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from look import AXE
from playwright.sync_api import Locator, Page, expect
from storage import BLOCK_STORAGE

# A visit that left something everywhere: keys of three pages, Dash's persistence, another app's keys, a cookie.
LEFT = """() => {
  const local = {
    "clicks-local-store": '{"clicks":3}', "clicks-local-store-timestamp": "1000000000000",
    "storage-atlas:limits-guarded-store": '{"at":1000000000000,"data":{"notes":1}}',
    "_dash_persistence.forms-local-name.value.true": '["Ålesund",""]',
    "neighbour:limits-guarded-store": '{"at":1,"data":2}', "some-library": "not JSON",
    "_dash_persistence.strange.value.true": '["a","b"]',
  };
  for (const key in local) localStorage.setItem(key, local[key]);
  sessionStorage.setItem("clicks-session-store", '{"clicks":7,"list":[1,2,{"deep":"here"}]}');
  document.cookie = "cookies-plain=4; path=/";
  return new Promise((resolve) => {
    indexedDB.open("limits-notes", 2).onsuccess = ({ target }) => resolve(target.result.close());
  });
}"""
OTHERS = {"neighbour:limits-guarded-store", "some-library", "_dash_persistence.strange.value.true"}
LOCAL = "Object.keys(localStorage)"


def panel(page: Page) -> Locator:
    return page.locator("#inspector-panel")


def row(page: Page, key: str) -> Locator:
    return page.locator("details.state-entry").filter(
        has=page.locator("summary strong", has_text=re.compile(f"^{re.escape(key)}$"))
    )


def group(page: Page, title: str) -> Locator:
    return page.locator(".state-group").filter(has=page.get_by_role("heading", name=title, exact=True))


def press(page: Page, key: str, name: str) -> None:
    """Open a key's row, if it is closed, and press one of its buttons."""
    if row(page, key).get_attribute("open") is None:
        row(page, key).locator("summary").first.click()
    row(page, key).get_by_role("button", name=name).click()


def status(page: Page) -> Locator:
    return panel(page).get_by_role("status")


@pytest.fixture
def inspected(page: Page) -> Page:
    """The inspector, in a browser where something was left everywhere."""
    page.goto("/inspector")
    expect(panel(page)).to_have_attribute("data-state", "drawn")
    page.evaluate(LEFT)
    expect(row(page, "some-library")).to_be_visible()
    expect(row(page, "limits-notes")).to_be_visible()
    return page


def test_it_shows_all_that_is_kept_and_whose_it_is(inspected: Page) -> None:
    for title, keys in {
        "Click counters": ["clicks-local-store", "clicks-session-store"],
        "Limits": ["limits-notes", "storage-atlas:limits-guarded-store"],
        "Persisted forms": ["_dash_persistence.forms-local-name.value.true"],
        "Cookies": ["cookies-plain"],
        "The frame of every page": ["wire-store"],
        "Not ours: another app's or a library's": [*sorted(OTHERS - {"some-library"}), "_pages_store", "some-library"],
    }.items():
        assert set(group(inspected, title).locator("summary strong").all_inner_texts()) == set(keys), title
    places = ("local", "local", "session", "cookie", "memory", "IndexedDB")
    shown = (
        "clicks-local-store",
        "some-library",
        "clicks-session-store",
        "cookies-plain",
        "wire-store",
        "limits-notes",
    )
    for key, place in zip(shown, places, strict=True):
        expect(row(inspected, key).locator(".badge")).to_have_text(place)
    # Characters are UTF-16 code units, bytes those of UTF-8: “Å” is one and two.
    key = "_dash_persistence.forms-local-name.value.true"
    characters = len(key) + len('["Ålesund",""]')
    expect(row(inspected, key)).to_contain_text(f"persistence · {characters} characters, {characters + 1} bytes")
    expect(row(inspected, "clicks-local-store")).to_contain_text("2001")
    row(inspected, "clicks-session-store").locator("summary").first.click()
    for branch in ("a list of 3", "an object of 1"):
        row(inspected, "clicks-session-store").get_by_text(branch).click()
    expect(row(inspected, "clicks-session-store").locator("code").last).to_have_text('"here"')
    expect(panel(inspected)).to_contain_text(re.compile(r"Of about [\d,]+ MB for this origin"))


def test_it_names_the_cookies_that_no_script_can_read(page: Page) -> None:
    page.goto("/visitor-data")
    page.locator("#visitor-data-key").fill("a")
    page.locator("#visitor-data-value").fill("1")
    page.locator("#visitor-data-save").click()
    expect(page.locator("#visitor-data-saved")).to_contain_text("a")
    page.goto("/inspector")
    expect(panel(page)).to_contain_text("Cookies that the server gets and no script can read: visitor.")
    assert page.context.cookies()[0]["value"] not in page.request.get("/browser-state.json").text()


def test_it_makes_no_callback_request(page: Page) -> None:
    page.goto("/inspector")
    expect(panel(page)).to_have_attribute("data-state", "drawn")
    expect(page.locator("#wire-total")).to_contain_text("In all: 1 requests")
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.evaluate("localStorage['clicks-local-store'] = '{\"clicks\":3}'")
    press(page, "clicks-local-store", "Edit")
    row(page, "clicks-local-store").get_by_role("textbox").fill("5")
    row(page, "clicks-local-store").get_by_role("button", name="Save").click()
    panel(page).get_by_role("button", name="Clear all of ours").click()
    expect(row(page, "clicks-local-store")).to_have_count(0)
    assert calls == []


def test_it_follows_what_other_tabs_write(inspected: Page) -> None:
    row(inspected, "clicks-local-store").locator("summary").first.click()
    tab = inspected.context.new_page()
    tab.goto("/clicks")
    expect(tab.locator("#clicks-local-count")).to_have_text("3")
    tab.locator("#clicks-local-button").click()
    expect(row(inspected, "clicks-local-store").locator("code")).to_have_text("4")
    expect(row(inspected, "clicks-local-store")).not_to_contain_text("2001")
    tab.evaluate("localStorage.setItem('some-library', 'changed')")
    expect(row(inspected, "some-library")).to_contain_text("changed")
    tab.evaluate("localStorage.clear()")
    expect(row(inspected, "clicks-local-store")).to_have_count(0)


def test_the_search_looks_at_keys_values_and_pages(inspected: Page) -> None:
    search = panel(inspected).get_by_role("searchbox")
    shown = panel(inspected).locator("summary strong")
    for text, keys in {
        "CLICKS-LOCAL": ["clicks-local-store"],
        "deep": ["clicks-session-store"],
        "persisted forms": ["_dash_persistence.forms-local-name.value.true"],
    }.items():
        search.fill(text)
        expect(shown).to_have_text(keys)
    search.fill("xyzzy")
    expect(panel(inspected)).to_contain_text("Nothing has that in it.")


def test_a_value_is_copied(inspected: Page) -> None:
    inspected.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(inspected, "clicks-local-store", "Copy")
    expect(row(inspected, "clicks-local-store").get_by_role("button", name="Copied")).to_be_visible()
    assert inspected.evaluate("navigator.clipboard.readText()") == '{"clicks":3}'


def test_an_edit_is_checked_and_reaches_the_store(page: Page) -> None:
    page.goto("/clicks")
    page.locator("#clicks-local-button").click()
    expect(page.locator("#clicks-local-count")).to_have_text("1")
    page.locator("#clicks-memory-button").click()
    expect(page.locator("#clicks-memory-count")).to_have_text("1")
    page.locator("#shell-drawer-button").click()
    for kind, clicks in (("local", 41), ("memory", 51)):
        key = f"clicks-{kind}-store"
        press(page, key, "Edit")
        field = row(page, key).get_by_role("textbox")
        expect(field).to_have_value('{\n  "clicks": 1\n}')
        field.fill('{"clicks": 41')
        row(page, key).get_by_role("button", name="Save").click()
        expect(row(page, key).get_by_role("alert")).to_contain_text("This is not JSON")
        expect(field).to_have_value('{"clicks": 41')
        expect(page.locator(f"#clicks-{kind}-count")).to_have_text("1")
        field.fill(f'{{"clicks": {clicks}}}')
        row(page, key).get_by_role("button", name="Save").click()
        expect(page.locator(f"#clicks-{kind}-count")).to_have_text(str(clicks))
    page.keyboard.press("Escape")
    page.locator("#clicks-local-button").click()
    expect(page.locator("#clicks-local-count")).to_have_text("42")
    assert json.loads(page.evaluate("localStorage['clicks-local-store']")) == {"clicks": 42}


def test_an_edit_that_finds_no_room_changes_nothing(inspected: Page) -> None:
    inspected.evaluate("localStorage.filler = 'x'.repeat(5_200_000)")
    press(inspected, "clicks-local-store", "Edit")
    row(inspected, "clicks-local-store").get_by_role("textbox").fill(json.dumps("y" * 100_000))
    row(inspected, "clicks-local-store").get_by_role("button", name="Save").click()
    expect(row(inspected, "clicks-local-store").get_by_role("alert")).to_contain_text("is full: nothing was changed")
    assert inspected.evaluate("localStorage['clicks-local-store']") == '{"clicks":3}'


def test_it_clears_one_a_pages_or_all_of_ours_and_nothing_elses(inspected: Page) -> None:
    everything = set(inspected.evaluate(LOCAL))
    press(inspected, "storage-atlas:limits-guarded-store", "Clear")
    expect(status(inspected)).to_contain_text("storage-atlas:limits-guarded-store was cleared.")
    assert everything - set(inspected.evaluate(LOCAL)) == {"storage-atlas:limits-guarded-store"}
    status(inspected).get_by_role("button", name="Undo").click()
    expect(row(inspected, "storage-atlas:limits-guarded-store")).to_be_visible()

    inspected.get_by_role("button", name="Clear these 2: Click counters").click()
    expect(row(inspected, "clicks-session-store")).to_have_count(0)
    assert everything - set(inspected.evaluate(LOCAL)) == {"clicks-local-store", "clicks-local-store-timestamp"}
    status(inspected).get_by_role("button", name="Undo").click()
    expect(row(inspected, "clicks-session-store")).to_be_visible()
    assert set(inspected.evaluate(LOCAL)) == everything

    panel(inspected).get_by_role("button", name="Clear all of ours").click()
    expect(row(inspected, "clicks-local-store")).to_have_count(0)
    expect(row(inspected, "limits-notes")).to_have_count(0)
    assert set(inspected.evaluate(LOCAL)) == OTHERS
    assert inspected.evaluate("[sessionStorage.length, document.cookie]") == [0, ""]
    status(inspected).get_by_role("button", name="Undo").click()
    expect(row(inspected, "cookies-plain")).to_be_visible()
    assert set(inspected.evaluate(LOCAL)) == everything


def test_a_guarded_key_of_another_app_is_not_ours(inspected: Page) -> None:
    theirs = group(inspected, "Not ours: another app's or a library's")
    expect(theirs).to_contain_text("neighbour:limits-guarded-store")
    expect(theirs.get_by_role("button", name="Clear these")).to_have_count(0)


def test_a_file_takes_what_is_kept_to_another_browser(inspected: Page, other_visitor: Page, tmp_path: Path) -> None:
    with inspected.expect_download() as download:
        panel(inspected).get_by_role("button", name="Export ours").click()
    file = tmp_path / "browser-state.json"
    download.value.save_as(file)
    kept = json.loads(file.read_text())
    assert set(kept["local"]) == set(inspected.evaluate(LOCAL)) - OTHERS
    assert set(kept["session"]) == {"clicks-session-store"}
    other_visitor.goto("/inspector")
    expect(panel(other_visitor)).to_have_attribute("data-state", "drawn")
    panel(other_visitor).locator("input[type=file]").set_input_files(file)
    expect(status(other_visitor)).to_have_text("Imported: 5 keys.")
    expect(row(other_visitor, "clicks-session-store")).to_be_visible()
    other_visitor.get_by_role("link", name="Click counters").first.click()
    expect(other_visitor.locator("#clicks-local-count")).to_have_text("3")
    expect(other_visitor.locator("#clicks-session-count")).to_have_text("7")


GOOD = {
    "format": "dash-storage-atlas browser state",
    "version": 1,
    "local": {"clicks-local-store": "{}"},
    "session": {},
}


def test_a_file_that_is_not_ours_is_refused_whole(inspected: Page, tmp_path: Path) -> None:
    before = inspected.evaluate("({...localStorage})")
    file = tmp_path / "file.json"
    for content, reason in (
        ("not JSON", "not a file that was exported here"),
        (json.dumps({**GOOD, "version": 2}), "not a file that was exported here"),
        (json.dumps({**GOOD, "session": [1]}), "lacks what was kept"),
        (json.dumps({**GOOD, "local": {"clicks-local-store": "{}", "foreign": "1"}}), "not this app's: foreign"),
        (json.dumps({**GOOD, "local": {"clicks-local-store": "{}", "clicks-x": 5}}), "no JSON for clicks-x"),
        (json.dumps({**GOOD, "local": {"clicks-local-store": "{}", "clicks-x": json.dumps("x" * 5_300_000)}}), "full"),
    ):
        file.write_text(content)
        panel(inspected).locator("input[type=file]").set_input_files(file)
        expect(status(inspected)).to_contain_text(reason)
        expect(status(inspected)).to_contain_text("nothing was imported", ignore_case=True)
        assert inspected.evaluate("({...localStorage})") == before


def test_where_storage_is_blocked_it_says_so_and_works(page: Page) -> None:
    page.add_init_script(BLOCK_STORAGE)
    page.goto("/inspector")
    expect(panel(page)).to_contain_text("Your browser blocks storage")
    page.evaluate("localStorage.setItem('clicks-local-store', '1')")
    press(page, "clicks-local-store", "Edit")
    row(page, "clicks-local-store").get_by_role("textbox").fill("2")
    row(page, "clicks-local-store").get_by_role("button", name="Save").click()
    expect(row(page, "clicks-local-store").locator("code")).to_have_text("2")
    press(page, "clicks-local-store", "Clear")
    expect(row(page, "clicks-local-store")).to_have_count(0)


def test_without_an_answer_from_the_server_it_says_so(page: Page, trouble: list[str]) -> None:
    page.goto("/clicks")
    page.route("**/browser-state.json", lambda route: route.abort())
    page.locator("#shell-drawer-button").click()
    expect(page.locator("#shell-drawer-content")).to_contain_text("Open this again to try again")
    page.unroute_all()
    page.keyboard.press("Escape")
    page.locator("#shell-drawer-button").click()
    expect(page.locator("#shell-drawer-content")).to_contain_text("Nothing is kept.")
    assert all("browser-state.json" in line or "Failed to load resource" in line for line in trouble)
    trouble.clear()


def test_the_drawer_shows_the_pages_keys_alone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/clicks")
    page.wait_for_load_state("networkidle")
    page.evaluate(LEFT)
    assert not [url for url in asked if "browser_state" in url and not url.split("?")[0].endswith(".css")]
    drawer = page.get_by_role("dialog", name="Kept in this browser by this page")
    page.locator("#shell-drawer-button").click()
    expect(drawer.locator("summary strong")).to_have_text(["clicks-local-store", "clicks-session-store"])
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.locator("#clicks-memory-button").click()
    expect(page.locator("#clicks-memory-count")).to_have_text("1")
    page.locator("#shell-drawer-button").click()
    expect(row(page, "clicks-memory-store").locator(".badge")).to_have_text("memory")
    drawer.get_by_role("link", name="All that is kept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inspector")
    expect(drawer).to_be_hidden()
    expect(row(page, "some-library")).to_be_visible()


def test_the_drawer_clears_a_store_that_the_page_shows(page: Page) -> None:
    page.goto("/clicks")
    for kind in ("memory", "session", "local"):
        page.locator(f"#clicks-{kind}-button").click()
        expect(page.locator(f"#clicks-{kind}-count")).to_have_text("1")
    page.locator("#shell-drawer-button").click()
    page.get_by_role("button", name="Clear these 3: Click counters").click()
    for kind in ("memory", "session", "local"):
        expect(page.locator(f"#clicks-{kind}-count")).to_have_text("0")
    page.get_by_role("button", name="Undo").click()
    for kind in ("memory", "session", "local"):
        expect(page.locator(f"#clicks-{kind}-count")).to_have_text("1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_passes_wcag_2_aa(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/clicks")
    page.evaluate(LEFT)
    page.locator("#shell-drawer-button").click()
    press(page, "clicks-session-store", "Edit")
    expect(row(page, "clicks-session-store").get_by_role("textbox")).to_be_focused()
    assert Axe().run(page, options=AXE).response["violations"] == []


def test_every_page_is_an_owner_and_none_is_listed_by_hand(app: Any) -> None:
    from components.registry import pages

    answer = app.server.test_client().get("/browser-state.json")
    owners = {owner["path"]: owner["prefixes"] for owner in answer.get_json()["owners"]}
    assert set(owners) == {"", *(page["path"] for page in pages())}
    assert owners["/inspector"] == ["inspector-"]
    assert answer.headers["Cache-Control"] == "no-store"
