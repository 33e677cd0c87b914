"""A large frame stays in the browser: kept, read, summed and drawn without the server, and never lost in silence."""

import re
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, expect

BLOCKED = {
    "every mention is an error": """Object.defineProperty(window, "indexedDB", {
      get() { throw new DOMException("", "SecurityError") } })""",
    "it cannot be opened": """IDBFactory.prototype.open = () => { throw new DOMException("", "InvalidStateError") }""",
    "it is not there": """Object.defineProperty(window, "indexedDB", { value: undefined })""",
}


def part(page: Page, name: str) -> Any:
    return page.locator(f"#indexed-db-{name}")


def open_page(page: Page) -> Page:
    """Open the page and wait until it has looked at what is kept."""
    page.goto("/indexed-db")
    expect(part(page, "room")).not_to_have_text("…")
    return page


def make(page: Page, megabytes: int) -> None:
    part(page, "size").select_option(str(megabytes))
    part(page, "make").click()
    expect(part(page, "kept")).to_contain_text(f"{megabytes * 100_000:,} rows, {megabytes} MB")
    expect(part(page, "controls")).to_be_enabled()


def read_back(page: Page, megabytes: int) -> None:
    part(page, "read").click()
    expect(part(page, "said")).to_contain_text(f"The sum of {megabytes * 100_000:,} values is")
    expect(part(page, "said")).to_contain_text("the same as when it was made")


def grant_persistence(page: Page) -> None:
    """Answer the page's next request as a browser does that trusts the site; Playwright knows no such permission."""
    devtools = page.context.new_cdp_session(page)
    visitor = devtools.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
    permission = {"permission": {"name": "persistent-storage"}, "setting": "granted"}
    devtools.send("Browser.setPermission", {**permission, "browserContextId": visitor})


def write(page: Page, _place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    make(page, 1)


def read(page: Page, _place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    if kept:
        read_back(page, 1)
    else:
        expect(part(page, "kept")).to_have_text("nothing")


def interact(page: Page, _place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    read_back(page, 1)


def test_fifty_megabytes_are_kept_and_summed_without_a_request(page: Page) -> None:
    open_page(page)
    expect(part(page, "kept")).to_have_text("nothing")
    quiet(page)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    make(page, 50)
    expect(part(page, "times")).to_have_text(re.compile("generate: .* ms.*keep: .* ms"))
    assert requests == []
    page.reload()
    expect(part(page, "kept")).to_contain_text("5,000,000 rows, 50 MB")
    quiet(page)
    requests.clear()
    read_back(page, 50)
    expect(part(page, "times")).to_have_text(re.compile("read back: .* ms.*sum: .* ms"))
    expect(part(page, "graph").locator(".bars path")).to_have_count(12)
    expect(page.locator("#wire-requests")).to_have_text("0")
    assert requests == []


def test_without_room_the_visitor_is_told_and_the_old_frame_stays(page: Page, base_url: str) -> None:
    # Before the page opens the database: Chromium asks for the quota then, and goes by that for half a minute.
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": base_url, "quotaSize": 5_000_000})
    open_page(page)
    make(page, 1)
    part(page, "size").select_option("10")
    part(page, "make").click()
    expect(part(page, "problem")).to_contain_text("no room for 10 MB")
    expect(part(page, "kept")).to_contain_text("100,000 rows, 1 MB")
    read_back(page, 1)
    expect(part(page, "problem")).to_be_empty()
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": base_url})
    make(page, 10)
    read_back(page, 10)


@pytest.mark.parametrize("how", BLOCKED)
def test_blocked_indexed_db_gets_a_clear_message(page: Page, how: str) -> None:
    page.add_init_script(BLOCKED[how])
    open_page(page)
    message = "does not let this page use IndexedDB"
    expect(part(page, "problem")).to_contain_text(message)
    part(page, "make").click()
    expect(part(page, "controls")).to_be_enabled()
    expect(part(page, "problem")).to_contain_text(message)
    expect(part(page, "kept")).to_have_text("unknown")


def test_delete_removes_the_frame_though_another_tab_has_it_open(page: Page) -> None:
    open_page(page)
    make(page, 1)
    read_back(page, 1)
    tab = open_page(page.context.new_page())
    tab.evaluate("new Promise((done) => { indexedDB.open('dash-storage-atlas').onsuccess = () => done() })")
    part(page, "delete").click()
    expect(part(page, "said")).to_have_text("Deleted.")
    expect(part(page, "kept")).to_have_text("nothing")
    expect(part(page, "graph").locator(".bars path")).to_have_count(0)
    part(tab, "read").click()
    expect(part(tab, "said")).to_contain_text("Nothing is kept")


def test_what_was_changed_behind_the_pages_back_gets_a_clear_answer(page: Page) -> None:
    open_page(page)
    make(page, 1)
    page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("dash-storage-atlas");
          opening.onsuccess = () => {
            const transaction = opening.result.transaction("frames", "readwrite");
            transaction.objectStore("frames").put("no array", "value");
            transaction.oncomplete = () => { opening.result.close(); resolve(); };
          };
        })"""
    )
    part(page, "read").click()
    expect(part(page, "said")).to_contain_text("not a frame of this page")
    page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('dash-storage-atlas').onsuccess = () => done() })")
    part(page, "read").click()
    expect(part(page, "said")).to_contain_text("Nothing is kept")
    expect(part(page, "kept")).to_have_text("nothing")
    make(page, 1)


def test_the_estimate_is_shown_and_persistence_can_be_asked_for(page: Page) -> None:
    open_page(page)
    expect(part(page, "room")).to_have_text(re.compile(r"^About [\d.,]+ MB of [\d.,]+ MB used\. Not persistent\.$"))
    part(page, "persist").click()
    expect(part(page, "said")).to_contain_text("Not granted")
    grant_persistence(page)
    part(page, "persist").click()
    expect(part(page, "said")).to_contain_text("Granted")
    expect(part(page, "room")).to_contain_text("Persistent.")


def test_local_storage_has_no_room_for_it(page: Page) -> None:
    open_page(page)
    name = page.evaluate(
        """() => { try { localStorage.setItem("large", "x".repeat(6e6)) } catch (error) { return error.name } }"""
    )
    assert name == "QuotaExceededError"


def test_a_transaction_ends_while_the_code_waits_for_something_else(page: Page) -> None:
    open_page(page)
    name = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("dash-storage-atlas");
          opening.onsuccess = async () => {
            const frames = opening.result.transaction("frames", "readwrite").objectStore("frames");
            await new Promise((waited) => setTimeout(waited, 10));
            try { frames.put(1, "late") } catch (error) { resolve(error.name) }
            opening.result.close();
          };
        })"""
    )
    assert name == "TransactionInactiveError"
