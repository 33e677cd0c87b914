"""A visitor's data is kept on the server, for that visitor only, until they want it gone."""

import re
import sqlite3
import urllib.request
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from conftest import quiet
from deployed import Deployed
from playwright.sync_api import Page, Response, expect


def part(page: Page, name: str) -> Any:
    return page.locator(f"#visitor-data-{name}")


def open_page(page: Page) -> Page:
    """Open the page and wait until the server has said who the visitor is."""
    page.goto("/visitor-data")
    expect_loaded(page)
    return page


def expect_loaded(page: Page) -> None:
    expect(part(page, "who")).to_have_text(re.compile(r"You (are visitor [0-9a-f]{8}|have no cookie)"))


def save(page: Page, key: str, value: str) -> None:
    """Save a value and wait until the server has answered."""
    part(page, "key").fill(key)
    part(page, "value").fill(value)
    part(page, "save").click()
    expect(part(page, "saved")).to_have_text("Saved.")
    quiet(page)


def expect_shown(page: Page, key: str, value: str | None) -> None:
    """Fetch a value and expect it, or with None that there is none."""
    part(page, "key").fill(key)
    part(page, "show").click()
    expect(part(page, "shown")).to_have_text(f"Nothing is kept for you under '{key}'." if value is None else value)


def run(page: Page, operation: str, result: str, **operands: str) -> None:
    """Run an operation and expect its result."""
    part(page, "operation").select_option(operation)
    for name, text in operands.items():
        part(page, f"operand-{name}").fill(text)
    part(page, "run").click()
    expect(part(page, "result")).to_have_text(re.compile(result))
    quiet(page)


def rows_of(deployed: Deployed, table: str) -> int:
    with closing(sqlite3.connect(deployed.directory / "data" / "visitors.sqlite")) as connection:
        # The tables are made at the first write: before it there are no rows.
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
            return 0
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return count


class Framing(BaseHTTPRequestHandler):
    """A site of somebody else's that shows the app in a frame."""

    address = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<iframe src="{self.address}" width="1000" height="800"></iframe>'.encode())

    def log_message(self, *_of: object) -> None:
        """Keep quiet."""


def write(page: Page, _place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    save(page, "favorite_animal", "monkey")


def read(page: Page, _place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect_loaded(page)
    expect_shown(page, "favorite_animal", "monkey" if kept else None)


def interact(page: Page, _place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    part(page, "value").fill("donkey")
    part(page, "save").click()


def test_what_one_tab_saves_another_fetches(page: Page) -> None:
    save(open_page(page), "account_id", "46887")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open another tab").click()
    expect_loaded(opened.value)
    expect_shown(opened.value, "account_id", "46887")


def test_two_visitors_never_see_each_others(page: Page, other_visitor: Page) -> None:
    save(open_page(page), "account_id", "46887")
    expect_shown(open_page(other_visitor), "account_id", None)
    save(other_visitor, "account_id", "87874")
    expect_shown(other_visitor, "account_id", "87874")
    expect_shown(page, "account_id", "46887")
    expect(part(other_visitor, "held").locator("tr")).to_have_count(1)


def test_a_thousand_visits_without_a_cookie_leave_no_row(page: Page, deployed: Deployed) -> None:
    open_page(page)  # a browser's visit, with all the callbacks that a page calls when it opens
    assert page.context.cookies() == []
    before = rows_of(deployed, "visitors")
    for _ in range(1_000):
        with urllib.request.urlopen(f"{deployed.url}/visitor-data", timeout=30) as answer:  # noqa: S310
            assert answer.headers["Set-Cookie"] is None
    assert rows_of(deployed, "visitors") == before


def test_compare_and_set_shows_the_conflict_and_overwrites_nothing(page: Page) -> None:
    open_page(page)
    run(page, "set", "^1$", key="n", value="5")
    run(page, "compare_and_set", "^2$", value="6", version="1")
    run(page, "compare_and_set", "a conflict", value="7", version="1")
    run(page, "get", "^6$")


def test_every_operation_answers(page: Page) -> None:
    open_page(page)
    for operation, result in {
        "get": "nothing",
        "add": "^True$",
        "increment": "^2$",
        "read": "Versioned",
        "touch": "^True$",
        "keys": r"^\['n'\]$",
        "delete (ignore)": "^True$",
        "delete (raise)": "KeyError: There is no value with the key 'n'",
        "clear": "^None$",
    }.items():
        run(page, operation, result)
    run(page, "set", r"^\d+$", value="text", ttl="100")
    expect(part(page, "held")).to_contain_text(re.compile(r"in (100|9\d) s"))
    run(page, "increment", "TypeError: 'n' holds str, not a number")
    run(page, "update (append)", "TypeError: Here is str, not a list")
    run(page, "update (append)", r"^\['text'\]$", key="list")


def test_the_quota_is_shown(page: Page) -> None:
    save(open_page(page), "kept", "before")
    part(page, "fill").click()
    expect(page.locator("#shell-notice")).to_contain_text("A visitor may keep 10,000,000 bytes")
    expect_shown(page, "kept", "before")


def test_a_downloaded_file_can_be_imported_again(page: Page, other_visitor: Page, tmp_path: Path) -> None:
    save(open_page(page), "account_id", "46887")
    with page.expect_download() as download:
        part(page, "export").click()
    download.value.save_as(tmp_path / "my-data.json")
    open_page(other_visitor)
    part(other_visitor, "import").locator("input").set_input_files(tmp_path / "my-data.json")
    expect(part(other_visitor, "done")).to_have_text("Imported 1 values.")
    expect_shown(other_visitor, "account_id", "46887")


def test_a_new_id_takes_the_data_along(page: Page) -> None:
    save(open_page(page), "account_id", "46887")
    (old,) = page.context.cookies()
    assert old["httpOnly"]
    who = part(page, "who").inner_text()
    part(page, "rotate").click()
    expect(part(page, "done")).to_contain_text("You have a new id")
    expect(part(page, "who")).not_to_have_text(who)
    expect_shown(page, "account_id", "46887")
    page.context.add_cookies([old])
    expect_shown(page, "account_id", None)


def test_forget_me_empties_the_database(page: Page, deployed: Deployed) -> None:
    before = rows_of(deployed, "visitor_values")
    save(open_page(page), "account_id", "46887")
    assert rows_of(deployed, "visitor_values") == before + 1
    part(page, "forget").click()
    expect(part(page, "who")).to_contain_text("You have no cookie of ours")
    assert rows_of(deployed, "visitor_values") == before
    assert page.context.cookies() == []
    expect_shown(page, "account_id", None)


def test_a_tampered_cookie_is_a_new_visitor(page: Page) -> None:
    save(open_page(page), "account_id", "46887")
    (cookie,) = page.context.cookies()
    page.context.add_cookies([{**cookie, "value": "A" + cookie["value"]}])  # type: ignore[list-item]
    page.reload()
    expect(part(page, "who")).to_contain_text("You have no cookie of ours")
    expect_shown(page, "account_id", None)


def test_a_refused_cookie_is_said_on_the_page(page: Page) -> None:
    expect(part(open_page(page), "cookies")).to_be_empty()
    page.add_init_script("Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} })")
    page.reload()
    expect(part(page, "cookies")).to_contain_text("refuses our cookie")


def test_two_first_writes_at_the_same_time_make_two_visitors(page: Page) -> None:
    page.add_init_script("""
      const browserFetch = window.fetch;
      window.fetch = async (...request) => {
        if (window.together) await new Promise((resolve) => setTimeout(resolve, 300));
        return browserFetch(...request);
      };
    """)
    open_page(page)
    part(page, "operation").select_option("add")
    page.evaluate("window.together = true")
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    # Two buttons, two callbacks: both requests leave before either answer has brought a cookie.
    page.evaluate("for (const name of ['save', 'run']) document.getElementById(`visitor-data-${name}`).click()")
    expect(part(page, "result")).to_have_text("True")
    expect(part(page, "saved")).to_have_text("Saved.")
    cookies = {answer.header_value("set-cookie") for answer in answers} - {None}
    assert len(cookies) == 2
    page.evaluate("window.together = false")
    expect(part(page, "held").locator("tr")).to_have_count(1)


def test_in_a_frame_of_another_site_the_page_says_that_its_cookie_is_refused(page: Page, tmp_path: Path) -> None:
    elsewhere = HTTPServer(("127.0.0.1", 0), Framing)
    framed = Deployed(tmp_path, workers=1, FRAME_ANCESTORS=f"http://localhost:{elsewhere.server_port}")
    framed.start()
    Framing.address = f"{framed.url}/visitor-data"
    Thread(target=elsewhere.serve_forever).start()
    # A context of its own: here it is meant that a page asks another host.
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    try:
        tab = context.new_page()
        tab.goto(f"http://localhost:{elsewhere.server_port}")
        frame = tab.frame_locator("iframe")
        expect(frame.locator("#visitor-data-cookies")).to_contain_text("refuses our cookie")
    finally:
        context.close()
        elsewhere.shutdown()
        elsewhere.server_close()
        framed.stop()


@pytest.mark.parametrize("key", [None, 5, "", [], {"a": 1}, "x" * 101])
def test_a_forged_key_is_refused(app: Any, key: Any) -> None:
    from callbacks.visitor_operations import check_key
    from errors import BadInput

    with pytest.raises(BadInput, match="1 to 100 characters"):
        check_key(key)


@pytest.mark.parametrize("number", ["1", -1, True, [], float("nan"), float("inf")])
def test_a_forged_number_is_refused(app: Any, number: Any) -> None:
    from callbacks.visitor_operations import check_number
    from errors import BadInput

    with pytest.raises(BadInput, match="are numbers"):
        check_number(number)
