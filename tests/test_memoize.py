"""A second ask is a hit for everyone, until it expires or is forgotten; each trap of `memoize` beside its cure."""

import itertools
import re
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Page, expect

# Each test asks what no other has asked. `write` notes its country, for `read` to ask again.
COUNTRIES = iter(["Ghana", "Chile", "Nepal", "Kenya", "Japan", "Italy", "Spain", "Egypt", "Haiti", "India", "Yemen"])
unused = itertools.chain(COUNTRIES, iter(["Peru", "Togo", "Chad", "Cuba", "Iraq", "Iran", "Mali", "Niger", "Oman"]))
written = {"country": ""}


def part(page: Page, name: str) -> Any:
    return page.locator(f"#memoize-{name}")


def open_page(page: Page, country: str = "") -> Page:
    """Open the page, and choose a country."""
    page.goto("/memoize")
    expect(part(page, "state")).to_have_text(re.compile("cached"))
    if country:
        choose(page, country)
    return page


def choose(page: Page, country: str) -> None:
    part(page, "country").click()
    page.get_by_role("searchbox", name="Search", exact=True).fill(country)
    page.get_by_role("option", name=country, exact=True).click()
    quiet(page)


def ask(page: Page, state: str) -> float:
    """Ask, and return after how many ms the answer was there."""
    part(page, "ask").click()
    expect(part(page, "state")).to_have_text(state)
    return float(part(page, "took").inner_text().removesuffix(" ms").replace(",", ""))


def write(page: Page, place: str) -> None:
    """Ask what nobody has asked (used by the matrix)."""
    written["country"] = next(unused)
    open_page(page, written["country"])
    ask(page, "miss")


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the answer to be there for whoever asks (used by the matrix)."""
    assert kept
    expect(part(page, "state")).to_have_text(re.compile("cached|miss"))
    if written["country"] not in part(page, "country").inner_text():
        choose(page, written["country"])
    ask(page, "hit")


def interact(page: Page, place: str) -> None:
    """Ask once more (used by the matrix)."""
    ask(page, "hit")


def test_the_second_ask_is_a_hit_and_far_quicker(page: Page) -> None:
    open_page(page, next(unused))
    expect(part(page, "state")).to_have_text("not cached")
    first = ask(page, "miss")
    mean = part(page, "mean").inner_text()
    assert first >= 1000
    assert re.fullmatch(r"\d+ bytes", part(page, "size").inner_text())
    assert ask(page, "hit") < first / 10
    assert part(page, "mean").inner_text() == mean
    # The clock ticks without a request.
    expect(part(page, "age")).not_to_have_text("0 s")
    quiet(page)


def test_a_hit_may_be_another_visitors_miss(page: Page, other_visitor: Page) -> None:
    country = next(unused)
    open_page(page, country)
    ask(page, "miss")
    open_page(other_visitor, country)
    expect(part(other_visitor, "state")).to_have_text("cached")
    ask(other_visitor, "hit")
    assert part(other_visitor, "mean").inner_text() == part(page, "mean").inner_text()


def test_an_answer_expires(page: Page) -> None:
    open_page(page, next(unused))
    page.get_by_label("5 seconds").check()
    quiet(page)
    ask(page, "miss")
    expect(part(page, "left")).to_have_text("expired")
    ask(page, "miss")


def test_delete_memoized_forgets_one_answer_or_all(page: Page) -> None:
    # The answers for 5 seconds are another function's: what is forgotten here, no other test asks for.
    open_page(page)
    page.get_by_label("5 seconds").check()
    one, other = "Sweden", "Norway"
    for country in (one, other):
        choose(page, country)
        ask(page, "miss")
    part(page, "forget").click()
    expect(part(page, "state")).to_have_text("not cached")
    choose(page, one)
    expect(part(page, "state")).to_have_text(re.compile("^(not )?cached$"))
    ask(page, "hit" if part(page, "state").inner_text() == "cached" else "miss")
    part(page, "forget-all").click()
    expect(part(page, "state")).to_have_text("not cached")
    ask(page, "miss")


def test_a_signal_costs_the_same_at_any_size(page: Page) -> None:
    open_page(page)
    costs: dict[tuple[str, str], list[str]] = {}
    for size, version in itertools.product(("100 kB", "10 MB"), ("The data", "A signal")):
        part(page, "kilobytes").click()
        page.get_by_role("option", name=size, exact=True).click()
        page.get_by_label(re.compile(f"^{version} in the store")).check()
        quiet(page)
        part(page, "share").click()
        row = part(page, "compare").locator("tr").filter(has_text=f"{version} in the store, {size}")
        expect(row.locator("td").nth(1)).to_have_text("3")
        costs[version, size] = row.locator("td").all_inner_texts()
        expect(part(page, "average")).to_have_text(re.compile(r"^[\d,]+ numbers, mean 5[45]\d,\d{3}$"))
    up = {key: cells[2] for key, cells in costs.items()}
    down = {key: cells[3] for key, cells in costs.items()}
    assert up["A signal", "100 kB"].endswith(" kB")
    assert float(up["A signal", "10 MB"].split()[0]) == pytest.approx(
        float(up["A signal", "100 kB"].split()[0]), abs=0.1
    )
    assert float(down["A signal", "10 MB"].split()[0]) < 3
    assert up["The data", "10 MB"] == "20.0 MB"
    assert down["The data", "10 MB"] == "10.0 MB"


def test_two_frames_that_differ_in_the_middle_share_an_answer_unless_the_key_is_by_content(page: Page) -> None:
    open_page(page)
    part(page, "repr-run").click()
    expect(part(page, "repr-trap")).to_have_text("100 and 100")
    expect(part(page, "repr-cure")).to_have_text("100 and 1099")


def test_sixteen_callers_compute_sixteen_times_or_once(page: Page) -> None:
    open_page(page)
    part(page, "stampede-run").click()
    expect(part(page, "stampede-trap")).to_have_text("computed 16 times")
    expect(part(page, "stampede-cure")).to_have_text("computed once")


def test_none_is_computed_each_time_or_once(page: Page) -> None:
    open_page(page)
    part(page, "none-run").click()
    expect(part(page, "none-trap")).to_have_text("computed 3 times")
    expect(part(page, "none-cure")).to_have_text("computed once")


@pytest.mark.parametrize(
    ("country", "field", "seconds", "answer"),
    [
        ("Atlantis", "pop", 5, "no country called 'Atlantis'"),
        (["Canada"], "pop", 5, "must be a list of names"),
        ("Canada", "secret", 5, "no field called 'secret'"),
        ("Canada", "pop", 6, "kept for 5 or for 300 seconds"),
        ("Canada", "pop", [5], "kept for 5 or for 300 seconds"),
        ("Canada", "pop", None, "kept for 5 or for 300 seconds"),
    ],
)
def test_a_forged_request_gets_a_clear_answer(app: Any, country: Any, field: Any, seconds: Any, answer: str) -> None:
    from callbacks.memoize import ask as answer_question
    from errors import BadInput

    with pytest.raises(BadInput, match=answer):
        answer_question(None, None, None, country, field, seconds)


@pytest.mark.parametrize(
    "shared",
    [None, {}, {"kilobytes": 7}, {"kilobytes": True}, {"numbers": []}, {"numbers": ["a"]}, {"numbers": {}}, [1]],
)
def test_a_forged_store_gets_a_clear_answer(app: Any, shared: Any) -> None:
    from callbacks.memoize_signal import shared_numbers
    from errors import BadInput

    with pytest.raises(BadInput, match="again"):
        shared_numbers(shared)
