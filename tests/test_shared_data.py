"""One store hands a table and a graph their rows; what a forged request asks for is refused in words."""

import csv
import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from conftest import quiet
from deployed import Deployed
from playwright.sync_api import Page, expect

DATA = Path(__file__).parent.parent / "data"
REFUSED = r"There is no|must be a list|Choose .* again\."


def open_page(page: Page) -> Page:
    """Open the page and wait until its two countries are drawn."""
    page.goto("/shared-data")
    expect_rows(page, 24)
    expect(legend(page)).to_have_text(["Canada", "United States"])
    expect_quiet(page)
    return page


def expect_rows(page: Page, number: int) -> None:
    expect(page.locator("#shared-data-rows")).to_have_text(str(number))


def expect_quiet(page: Page) -> None:
    """Wait until the store, the table and the graph have all been measured."""
    expect(page.locator("#wire-requests")).to_have_text(re.compile("[34]"))


def legend(page: Page) -> Any:
    return page.locator("#shared-data-graph .legendtext")


def choose(page: Page, dropdown: str, *options: str) -> None:
    """Choose options of a dropdown by their text."""
    page.locator(f"#shared-data-{dropdown}").click()
    for option in options:
        page.get_by_role("searchbox", name="Search", exact=True).fill(option)
        page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def choose_all_or_none(page: Page, which: str) -> None:
    """Press the button of the countries' dropdown that selects or deselects all of them."""
    page.locator("#shared-data-countries").click()
    page.get_by_role("button", name=f"{which} All", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def first_rows(page: Page) -> list[str]:
    """Return the text of the rows that the table shows."""
    expect(page.locator("#shared-data-table .ag-row").first).to_be_visible()
    return page.locator("#shared-data-table .ag-center-cols-container .ag-row").all_inner_texts()


def bytes_up(page: Page, version: str) -> float:
    """Return the bytes up that the page measured for a version, when it has measured them."""
    cell = page.locator("#shared-data-compare tr").filter(has_text=f"The {version} in the store").locator("td").nth(2)
    expect(cell).not_to_have_text("–")
    return float(cell.inner_text().removesuffix(" kB"))


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    open_page(page)
    if place == "selection":
        page.get_by_label("The store holds the selection").check()
        quiet(page)
    choose(page, "countries", "Kenya")
    expect_rows(page, 36)
    expect(legend(page)).to_have_count(3)


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    expect_rows(page, 36 if kept else 24)


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    choose(page, "countries", "Japan")
    expect_rows(page, 48)
    expect(legend(page)).to_have_count(4)


def test_one_store_feeds_table_and_graph(page: Page) -> None:
    open_page(page)
    choose(page, "countries", "Kenya")
    expect_rows(page, 36)
    expect(legend(page)).to_have_text(["Canada", "Kenya", "United States"])
    assert first_rows(page)[0].startswith("Canada")
    choose(page, "field", "Population")
    expect(page.locator("#shared-data-graph .ytitle")).to_have_text("Population")
    expect_rows(page, 36)


def test_the_graph_draws_a_line_with_markers_for_each_country(page: Page) -> None:
    open_page(page)
    for index in range(2):
        trace = page.locator("#shared-data-graph .scatterlayer .trace").nth(index)
        expect(trace.locator("path.js-line")).to_have_count(1)
        expect(trace.locator("path.point")).to_have_count(12)


def test_no_country_means_all_rows(page: Page) -> None:
    open_page(page)
    choose_all_or_none(page, "Deselect")
    expect_rows(page, 1704)
    expect(page.locator("#shared-data-graph .scatterlayer .trace")).to_have_count(142)


@pytest.mark.parametrize("countries", ["Select", "Deselect"])
def test_the_selection_sends_far_less_and_shows_the_same(page: Page, countries: str) -> None:
    open_page(page)
    choose_all_or_none(page, countries)
    expect_rows(page, 1704)
    quiet(page)
    shown = first_rows(page)
    rows_up = bytes_up(page, "rows")
    page.get_by_label("The store holds the selection").check()
    selection_up = bytes_up(page, "selection")
    expect_rows(page, 1704)
    assert first_rows(page) == shown
    # Measured: 66 times less with all 142 names in the selection, 350 times less with none, which also means all.
    assert selection_up * 50 < rows_up


# Changes what the page's requests say of one component.
FORGE = """([component, value]) => {
  const honest = window.fetch;
  window.fetch = (resource, options) => {
    if (!options?.body) return honest(resource, options);
    const body = JSON.parse(options.body);
    for (const input of body.inputs ?? []) if (input.id === component) input.value = value;
    return honest(resource, { ...options, body: JSON.stringify(body) });
  };
}"""


@pytest.mark.parametrize(
    ("component", "value", "answer"),
    [
        ("shared-data-countries", ["Canada", "Atlantis"], "There is no country called 'Atlantis' in this data."),
        ("shared-data-field", "secret", "There is no field called 'secret'."),
        ("shared-data-store", {"field": "pop", "rows": [{"country": "Atlantis"}]}, "These are not rows of this data."),
    ],
    ids=["country", "field", "store"],
)
def test_a_forged_request_gets_a_clear_answer_and_changes_nothing(
    page: Page, component: str, value: Any, answer: str
) -> None:
    open_page(page)
    page.evaluate(FORGE, [component, value])
    page.get_by_label("The store holds the selection").check()
    expect(page.locator("#shell-notice")).to_contain_text(answer)
    quiet(page)
    expect_rows(page, 24)
    expect(legend(page)).to_have_text(["Canada", "United States"])


# What a callback is asked for: its outputs, and which properties of which components are its inputs.
CALLBACKS = {
    "share": (
        ["shared-data-store.data"],
        ["shared-data-countries.value", "shared-data-field.value", "shared-data-version.value"],
    ),
    "show_table": (["shared-data-table.rowData", "shared-data-rows.children"], ["shared-data-store.data"]),
    "show_graph": (["shared-data-graph.figure"], ["shared-data-store.data"]),
}


def ask(deployed: Deployed, callback: str, *values: Any) -> Any:
    """Post to a callback what a browser would, with any values at all, and return its answer."""
    outputs, inputs = CALLBACKS[callback]
    named = [dict(zip(("id", "property"), name.split("."), strict=True)) for name in outputs]
    body = {
        "output": outputs[0] if len(outputs) == 1 else f"..{'...'.join(outputs)}..",
        "outputs": named[0] if len(outputs) == 1 else named,
        "inputs": [
            {**dict(zip(("id", "property"), name.split("."), strict=True)), "value": value}
            for name, value in zip(inputs, values, strict=True)
        ],
        "changedPropIds": inputs,
    }
    request = urllib.request.Request(  # noqa: S310 - the app on this machine
        f"{deployed.url}/_dash-update-component",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        assert answer.status == 200
        return json.load(answer)


def expect_refused(answer: Any) -> None:
    """Expect a sentence for the visitor, and no output at all."""
    assert re.search(REFUSED, answer["sideUpdate"]["shell-notice"]["children"]), answer
    assert not answer.get("response")


def nested(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value


ROW = {"country": "Canada", "continent": "Americas", "year": 1952, "lifeExp": 68.75, "pop": 1, "gdpPercap": 1.0}
ODD = ["Canada", 5, -1.5, True, {"a": []}, [None], [5], [["Canada"]], [{"country": "Canada"}], nested(300)]


@pytest.mark.parametrize(
    "countries", [*ODD, ["Atlantis"], ["canada"], ["x" * 1_000_000], ["\ud800"], ["a\0b"]], ids=str
)
def test_a_forged_country_is_refused(deployed: Deployed, countries: Any) -> None:
    expect_refused(ask(deployed, "share", countries, "lifeExp", "rows"))
    expect_refused(ask(deployed, "show_table", {"field": "lifeExp", "countries": countries}))
    expect_refused(ask(deployed, "show_graph", {"field": "lifeExp", "countries": countries}))


@pytest.mark.parametrize("field", [*ODD, None, "continent", "__class__", "lifeexp", "x" * 1_000_000, "\ud800"], ids=str)
def test_a_forged_field_is_refused(deployed: Deployed, field: Any) -> None:
    expect_refused(ask(deployed, "share", ["Canada"], field, "rows"))
    expect_refused(ask(deployed, "show_table", {"field": field, "countries": ["Canada"]}))
    expect_refused(ask(deployed, "show_graph", {"field": field, "rows": [ROW]}))


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "text",
        5,
        [],
        [ROW],
        {},
        {"rows": [ROW]},
        {"field": "pop"},
        {"field": "pop", "countries": None},
        {"field": "pop", "rows": None},
        {"field": "pop", "rows": {"0": ROW}},
        {"field": "pop", "rows": ["Canada"]},
        {"field": "pop", "rows": [{}]},
        {"field": "pop", "rows": [{**ROW, "country": ["Canada"]}]},
        {"field": "pop", "rows": [{**ROW, "country": {"a": "b"}}]},
        {"field": "pop", "rows": [{**ROW, "year": {"a": "b"}}]},
        {"field": "pop", "rows": [{**ROW, "pop": "many"}]},
        {"field": "pop", "rows": [{**ROW, "pop": nested(300)}]},
        {"field": "pop", "rows": [{**ROW, "country": "Atlantis"}]},
        {"field": "pop", "rows": [{**ROW, "continent": {"props": {}, "type": "Div"}}]},
        {"field": "pop", "rows": [{**ROW, "more": "than asked"}]},
        {"field": "pop", "rows": [ROW] * 1705},
    ],
    ids=lambda stored: str(stored)[:80],
)
def test_a_forged_store_is_refused(deployed: Deployed, stored: Any) -> None:
    expect_refused(ask(deployed, "show_table", stored))
    expect_refused(ask(deployed, "show_graph", stored))


@pytest.mark.parametrize("version", [None, 5, [], {}, "unknown"], ids=str)
def test_a_forged_version_is_refused(deployed: Deployed, version: Any) -> None:
    expect_refused(ask(deployed, "share", ["Canada"], "pop", version))


def test_an_honest_request_is_answered(deployed: Deployed) -> None:
    stored = ask(deployed, "share", ["Canada"], "pop", "rows")["response"]["shared-data-store"]["data"]
    table = ask(deployed, "show_table", stored)["response"]
    assert table["shared-data-rows"]["children"] == 12
    assert table["shared-data-table"]["rowData"] == stored["rows"]
    (line,) = ask(deployed, "show_graph", stored)["response"]["shared-data-graph"]["figure"]["data"]
    assert (line["name"], line["x"][0], line["y"][0]) == ("Canada", 1952, 14785584)


@pytest.mark.parametrize("version", ["rows", "selection"])
@pytest.mark.parametrize("countries", [None, [], ["Canada"], ["Kenya", "Canada", "Canada"]], ids=str)
def test_both_versions_show_the_same(app: Any, countries: Any, version: str) -> None:
    from callbacks.shared_data import share, show_graph, show_table
    from data.gapminder import select

    stored = json.loads(json.dumps(share(countries, "gdpPercap", version)))
    rows, number = show_table(stored)
    assert rows == select(countries or [])
    assert number == len(rows)
    lines = show_graph(stored)["data"]
    assert [(line["name"], *point) for line in lines for point in zip(line["x"], line["y"], strict=True)] == [
        (row["country"], row["year"], row["gdpPercap"]) for row in rows
    ]


def test_the_rows_are_those_of_the_file(app: Any) -> None:
    from data.gapminder import countries, select

    with (DATA / "gapminder.csv").open(encoding="utf-8", newline="") as file:
        expected = [
            {
                "country": row["country"],
                "continent": row["continent"],
                "year": int(row["year"]),
                "lifeExp": float(row["lifeExp"]),
                "pop": int(row["pop"]),
                "gdpPercap": float(row["gdpPercap"]),
            }
            for row in csv.DictReader(file)
        ]
    assert select([]) == expected
    assert len(expected) == 1704
    assert countries() == sorted({row["country"] for row in expected})
    assert len(countries()) == 142


def test_the_rows_given_out_can_be_changed_without_changing_the_data(app: Any) -> None:
    from data.gapminder import select

    select(["Canada"])[0]["pop"] = 0
    assert select(["Canada"])[0]["pop"] == 14785584


def test_the_data_names_its_source_and_licence() -> None:
    stated = (DATA / "README.md").read_text(encoding="utf-8")
    for part in (
        "gapminder.csv",
        "1,704 rows",
        "142\ncountries",
        "Source:",
        "gapminder.org",
        "Licence:",
        "Creative Commons Attribution 4.0",
    ):
        assert " ".join(part.split()) in " ".join(stated.split()), part


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figure_s_text_follows_the_theme(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    open_page(page)
    text = page.evaluate("getComputedStyle(document.body).color")
    for part in (".legendtext", ".xtick text", ".ytick text", ".ytitle"):
        expect(page.locator(f"#shared-data-graph {part}").first).to_have_css("fill", text)
