"""The address says what the controls say, both ways, and nothing that it can say does harm."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import quiet
from playwright.sync_api import Page, Request, Response, Route, expect

EVERYTHING = {
    "field": "gdpPercap",
    "continent": "Americas",
    "countries": ["Canada", "Trinidad and Tobago"],
    "population": "0.5",
    "since": "1960-01-01",
    "until": "2003-01-01",
    "log": "true",
    "title": "Rich & <b>poor</b>, 100 %?",
}


def part(page: Page, name: str) -> Any:
    return page.locator(f"#url-state-{name}")


def open_page(page: Page, address: str = "") -> Page:
    """Open the page and wait until the chart is there."""
    page.goto(f"/url-state{address}")
    expect_drawn(page)
    return page


def expect_drawn(page: Page) -> None:
    expect(part(page, "matched")).to_contain_text("match")
    expect(part(page, "address")).to_contain_text("/url-state")
    quiet(page)


def expect_address(page: Page, address: str) -> None:
    """Expect the address in the bar, and on the page."""
    expect(page).to_have_url(re.compile(re.escape(f"/url-state{address}") + "$"))
    expect(part(page, "address")).to_have_text(f"/url-state{address}")


def callbacks_of(page: Page) -> list[str]:
    """Return the list to which the outputs of each callback request from now on are added."""
    outputs: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            outputs.append(json.loads(request.post_data or "{}")["output"])

    page.on("request", note)
    return outputs


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    if place == "path":
        page.get_by_role("link", name="Japan").click()
        expect(page.get_by_text("You are at Japan")).to_be_visible()
    else:
        part(page, "field").select_option("pop")
        expect(part(page, "heading")).to_have_text("Population")
        expect_address(page, "?field=pop")
    quiet(page)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there (used by the matrix)."""
    assert kept
    if place == "path":
        expect(page.get_by_text("You are at Japan")).to_be_visible()
    else:
        expect(part(page, "field")).to_have_value("pop")
        expect(part(page, "heading")).to_have_text("Population")


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    if place == "path":
        page.get_by_role("link", name="Rwanda").click()
        expect(page.get_by_text("You are at Rwanda")).to_be_visible()
    else:
        part(page, "field").select_option("gdpPercap")


def test_a_change_writes_the_address_and_makes_one_request(page: Page) -> None:
    open_page(page)
    page.evaluate("window.sameDocument = true")
    outputs = callbacks_of(page)
    part(page, "field").select_option("pop")
    expect_address(page, "?field=pop")
    expect(part(page, "heading")).to_have_text("Population")
    quiet(page)
    assert len(outputs) == 1
    assert "url-state-graph.figure" in outputs[0]
    expect(page.locator("#wire-requests")).to_have_text("1")
    assert page.evaluate("window.sameDocument")


def test_back_and_forward_set_the_controls_and_stop_there(page: Page) -> None:
    open_page(page)
    part(page, "field").select_option("pop")
    expect_address(page, "?field=pop")
    part(page, "continent").select_option("Asia")
    expect_address(page, "?field=pop&continent=Asia")
    quiet(page)
    outputs = callbacks_of(page)
    for go, field, continent, address in (
        (page.go_back, "pop", "all", "?field=pop"),
        (page.go_back, "lifeExp", "all", ""),
        (page.go_forward, "pop", "all", "?field=pop"),
        (page.go_forward, "pop", "Asia", "?field=pop&continent=Asia"),
    ):
        outputs.clear()
        go()
        expect(part(page, "field")).to_have_value(field)
        expect(part(page, "continent")).to_have_value(continent)
        expect_address(page, address)
        quiet(page)
        assert len(outputs) == 2, outputs
        assert "url-state-read.data" in outputs[0]
        assert "url-state-graph.figure" in outputs[1]
    assert page.evaluate("history.length") <= 4  # the blank tab, the page, and two changes
    outputs.clear()
    page.get_by_role("link", name="State in the address").first.click()
    expect(part(page, "field")).to_have_value("lifeExp")
    expect_address(page, "")
    quiet(page)
    assert len(outputs) == 2, outputs


def test_a_change_made_while_an_address_is_read_is_kept(page: Page) -> None:
    open_page(page)
    part(page, "field").select_option("pop")
    expect_address(page, "?field=pop")
    quiet(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "url-state-asked.data" in (route.request.post_data or "") and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component?*", hold)
    with page.expect_request(lambda request: "url-state-asked.data" in (request.post_data or "")):
        page.go_back()
    part(page, "continent").select_option("Asia")
    held[0].continue_()
    # First Back, then the change: as the visitor did.
    expect_address(page, "?continent=Asia")
    quiet(page)
    expect(part(page, "continent")).to_have_value("Asia")
    expect(part(page, "field")).to_have_value("lifeExp")
    expect_address(page, "?continent=Asia")


def test_an_address_brings_every_type_of_value_to_another_visitor(page: Page, other_visitor: Page) -> None:
    open_page(page)
    part(page, "field").select_option("gdpPercap")
    part(page, "continent").select_option("Americas")
    part(page, "countries").click()
    for country in EVERYTHING["countries"]:
        page.locator(".dash-dropdown-search").fill(country)
        page.get_by_role("option", name=country).click()
    page.keyboard.press("Escape")
    for key in ("population", "since", "until", "title"):
        part(page, key).fill(EVERYTHING[key])
        part(page, key).press("Tab")
    part(page, "log").check()
    expect_address(page, f"?{urlencode(EVERYTHING, doseq=True)}")
    open_page(other_visitor, page.url.partition("/url-state")[2])
    for visitor in (page, other_visitor):
        for key in ("field", "continent", "population", "since", "until", "title"):
            expect(part(visitor, key)).to_have_value(str(EVERYTHING[key]))
        expect(part(visitor, "log")).to_be_checked()
        expect(part(visitor, "countries")).to_contain_text("Trinidad and Tobago")
        expect(part(visitor, "heading")).to_have_text("Rich & <b>poor</b>, 100 %?")
        expect(part(visitor, "matched")).to_have_text("2 countries match")


def test_defaults_are_left_out(page: Page) -> None:
    open_page(page, "?field=lifeExp&population=0&log=false")
    expect(part(page, "notice")).to_be_empty()
    part(page, "log").check()
    expect_address(page, "?log=true")
    part(page, "log").uncheck()
    expect_address(page, "")


def test_wrong_values_are_ignored_and_named(page: Page) -> None:
    open_page(page, "?colour=red&field=height&population=lots&countries=Atlantis&countries=Chad&until=2007-02-30")
    for line in (
        "colour is nothing that this page knows.",
        "field=height is none of the 3 choices.",
        "population=lots is not a number.",
        "countries=Atlantis is none of the 142 choices.",
        "until=2007-02-30 is not a date like 2007-12-31.",
    ):
        expect(part(page, "notice").get_by_text(line)).to_be_visible()
    expect(part(page, "field")).to_have_value("lifeExp")
    expect(part(page, "countries")).to_contain_text("Chad")
    expect(part(page, "matched")).to_have_text("1 country matches")
    # The visitor may mend the address; it says the truth again as soon as anything changes.
    assert "Atlantis" in page.url
    part(page, "log").check()
    expect_address(page, "?countries=Chad&log=true")
    expect(part(page, "notice")).to_be_empty()
    # A link of the app that changes no control is read, too.
    page.evaluate(
        """() => {
          history.pushState({}, "", "?countries=Chad&log=true&size=9");
          dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
        }"""
    )
    expect(part(page, "notice").get_by_text("size is nothing that this page knows.")).to_be_visible()
    expect_address(page, "?countries=Chad&log=true&size=9")


def test_what_is_too_long_for_a_link_is_kept_and_told(page: Page) -> None:
    open_page(page, "?field=pop")
    part(page, "countries").click()
    page.get_by_role("button", name="Select All", exact=True).click()
    page.keyboard.press("Escape")
    for leave in (page.reload, lambda: None):
        expect(part(page, "matched")).to_contain_text("142 countries match")
        expect(part(page, "notice")).to_contain_text("a link can hold 2,000")
        expect(part(page, "copy")).to_be_disabled()
        expect(part(page, "field")).to_have_value("pop")
        expect_address(page, "")
        quiet(page)
        leave()
    part(page, "continent").select_option("Oceania")
    expect(part(page, "matched")).to_have_text("2 countries match")
    page.go_back()
    expect(part(page, "continent")).to_have_value("all")
    page.go_back()
    expect_address(page, "?field=pop")
    expect(part(page, "notice")).to_be_empty()
    expect(part(page, "copy")).to_be_enabled()


def test_copy_link_copies_the_address(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page)
    part(page, "title").fill("A title")
    part(page, "title").press("Enter")
    expect_address(page, "?title=A+title")
    part(page, "copy").click()
    expect(part(page, "copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    part(page, "log").check()
    expect(part(page, "copied")).to_be_empty()


def test_a_country_has_an_address_and_an_unknown_one_is_not_found(page: Page, trouble: list[str]) -> None:
    open_page(page, "?field=pop")
    page.get_by_role("link", name="Cote d'Ivoire").click()
    expect(page.get_by_text("You are at Cote d'Ivoire")).to_be_visible()
    expect(page).to_have_url(re.compile("/url-state/cote-d-ivoire$"))
    expect_drawn(page)
    expect(page.locator("aside .nav-link.active")).to_have_text("State in the address")
    part(page, "field").select_option("gdpPercap")
    expect_address(page, "/cote-d-ivoire?field=gdpPercap")
    page.go_back()
    expect(part(page, "field")).to_have_value("lifeExp")
    page.go_back()
    expect(page.get_by_text("You are at")).to_have_count(0)
    expect(part(page, "field")).to_have_value("pop")
    open_page(page, "/New%20Zealand")
    expect(page.get_by_text("You are at New Zealand")).to_be_visible()
    answer = page.goto("/url-state/atlantis")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    trouble[:] = [line for line in trouble if "404" not in line]


def test_an_address_that_means_harm_does_none(page: Page) -> None:
    harm = {
        "title": '<img src=x onerror="window.harmed=1">',
        "next": "https://example.org/",
        "countries": "javascript:window.harmed=1",
        "__proto__": "polluted",
        "population": "'; DROP TABLE values; --",
    }
    open_page(page, f"?{urlencode(harm)}")
    expect(part(page, "heading")).to_have_text(harm["title"])
    expect(part(page, "notice").get_by_text("next is nothing that this page knows.")).to_be_visible()
    expect(part(page, "notice").locator("li")).to_have_count(4)
    assert page.evaluate("window.harmed === undefined && {}.polluted === undefined")
    assert page.locator("#demo a").count() == 0
    part(page, "log").check()
    expect_address(page, f"?{urlencode({'log': 'true', 'title': harm['title']})}")


def test_dash_itself_would_draw_the_whole_page_again(page: Page) -> None:
    open_page(page)
    for continent in ("Asia", "Africa"):
        part(page, "continent").select_option(continent)
        expect_address(page, f"?continent={continent}")
    quiet(page)

    def draws_the_page(response: Response) -> bool:
        return '"output":".._pages_content.children' in (response.request.post_data or "")

    # Without its mark the page is one that does not answer Back itself.
    page.evaluate("document.querySelector('[data-address]').removeAttribute('data-address')")
    with page.expect_response(draws_the_page) as answer:
        page.go_back()
    # Every control, heading and claim comes down again, for a change that needs none of them.
    assert len(answer.value.body()) > 20_000
    expect(part(page, "continent")).to_have_value("Asia")


def test_a_query_key_replaces_the_variable_of_the_path(page: Page) -> None:
    open_page(page, "/canada?country=japan")
    expect(page.get_by_text("You are at Japan")).to_be_visible()


def test_gunicorn_refuses_a_long_address(page: Page) -> None:
    assert page.request.get("/url-state?title=" + "x" * 4_000).status == 200
    assert page.request.get("/url-state?title=" + "x" * 4_100).status == 414


@pytest.mark.parametrize("asked", [None, 5, ["?a"], {"a": 1}, "?" + "a" * 100_000])
def test_what_is_no_address_is_refused(app: Any, asked: Any) -> None:
    from callbacks.url_state import URL
    from errors import BadInput

    with pytest.raises(BadInput, match="no address of this page"):
        URL.answer(asked)


@pytest.mark.parametrize(
    ("position", "value"),
    [(0, "height"), (0, ["pop"] * 2), (1, {}), (2, ["Atlantis"]), (2, "Atlantis"), (3, "x"), (3, -1), (4, 5), (6, "x")],
)
def test_forged_values_of_controls_are_refused(app: Any, position: int, value: Any) -> None:
    from callbacks.url_state import URL
    from errors import BadInput

    values: list[Any] = ["pop", "all", [], None, None, None, True, ""]
    assert URL.check(*values)["population"] == 0
    values[position] = value
    with pytest.raises(BadInput, match="Choose another value"):
        URL.check(*values)


@pytest.mark.parametrize("country", ["Atlantis", 5, [], {}])
def test_a_forged_country_is_refused(app: Any, country: Any) -> None:
    from callbacks.url_state import check_country
    from errors import BadInput

    with pytest.raises(BadInput, match="no such country"):
        check_country(country)
