"""Two apps at two paths of one server: to the browser they are one origin."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect


def shown(page: Page, kind: str) -> Any:
    return page.locator(f"#two-apps-{kind}-shown")


def write(page: Page, kind: str, note: str) -> None:
    page.locator(f"#two-apps-{kind}-note").fill(note)
    page.locator(f"#two-apps-{kind}-save").click()
    expect(shown(page, kind)).to_contain_text(f"“{note}”")


@pytest.fixture
def both(page: Page) -> tuple[Page, Page]:
    """This app and its neighbour, in two tabs, after a note was written here in each kind of store."""
    page.goto("/two-apps")
    for kind in ("plain", "guarded"):
        expect(shown(page, kind)).to_have_text("Nothing is kept.")
        write(page, kind, "ours")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the neighbour").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("The neighbour")
    return page, opened.value


def test_plain_stores_with_one_id_are_one_store(both: tuple[Page, Page]) -> None:
    atlas, neighbour = both
    expect(shown(neighbour, "plain")).to_have_text("“ours”, written by storage-atlas")
    write(neighbour, "plain", "theirs")
    expect(shown(atlas, "plain")).to_have_text("“theirs”, written by neighbour")
    atlas.reload()
    expect(shown(atlas, "plain")).to_have_text("“theirs”, written by neighbour")


def test_guarded_stores_of_two_apps_do_not_meet(both: tuple[Page, Page]) -> None:
    atlas, neighbour = both
    expect(shown(neighbour, "guarded")).to_have_text("Nothing is kept.")
    write(neighbour, "guarded", "theirs")
    for tab in both:
        tab.reload()
    expect(shown(atlas, "guarded")).to_have_text("“ours”, written by storage-atlas")
    expect(shown(neighbour, "guarded")).to_have_text("“theirs”, written by neighbour")


def test_a_name_in_front_hides_nothing(both: tuple[Page, Page]) -> None:
    _atlas, neighbour = both
    neighbour.locator("#two-apps-read").click()
    read = neighbour.locator("#two-apps-read-keys li", has_text="storage-atlas:two-apps-guarded-store")
    expect(read).to_contain_text('"note":"ours"')


def test_the_neighbour_loads_its_own_files_and_none_of_the_atlas_s_others(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.split("?")[0]))
    page.goto("/two-apps/neighbour/")
    expect(shown(page, "plain")).to_have_text("Nothing is kept.")
    page.wait_for_load_state("networkidle")
    scripts = {url.rpartition("/")[2] for url in requests if "/neighbour/assets/" in url}
    assert scripts == {"blocked_storage.js", "guarded_store.js", "two_apps.js", "forms.css", "style.css"}
    # The atlas goes on as before, though another app was built after it.
    page.goto("/clicks")
    page.locator("#clicks-local-button").click()
    expect(page.locator("#clicks-local-count")).to_have_text("1")
