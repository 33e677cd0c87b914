"""Persisted controls come back as each persistence type promises, and the visitor can have them forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import quiet
from playwright.sync_api import Locator, Page, expect
from storage import BLOCK_STORAGE, FILL_STORAGE

from components.every_control import CONTROLS

KINDS = ("memory", "session", "local")
NOTHING = "Only what the layout says."


def pick_from_dropdown(option: str) -> Callable[[Page, Locator], None]:
    def pick(page: Page, dropdown: Locator) -> None:
        # Dash opens the list below, also where the window ends.
        dropdown.evaluate("dropdown => dropdown.scrollIntoView({ block: 'center' })")
        dropdown.click()
        page.get_by_role("dialog").get_by_role("option", name=option).click()
        page.keyboard.press("Escape")

    return pick


def type_date(page: Page, field: Locator) -> None:
    field.fill("2026-07-03")
    field.press("Enter")
    page.keyboard.press("Escape")


def press_arrow(page: Page, slider: Locator) -> None:
    slider.get_by_role("slider").first.press("ArrowRight")


# How a visitor changes each control.
CHANGE: dict[str, Callable[[Page, Locator], Any]] = {
    "name": lambda _page, control: control.fill("Ada"),
    "story": lambda _page, control: control.fill("Once"),
    "select": lambda _page, control: control.select_option("Pear"),
    "radio-items": lambda _page, control: control.get_by_label("Pear").check(),
    "checklist": lambda _page, control: control.get_by_label("Pear").check(),
    "switch": lambda _page, control: control.check(),
    "checkbox": lambda _page, control: control.check(),
    "radio-button": lambda _page, control: control.check(),
    "dcc-input": lambda _page, control: control.fill("5"),
    "dcc-textarea": lambda _page, control: control.fill("Twice"),
    "dropdown": pick_from_dropdown("Pear"),
    "several": pick_from_dropdown("Plum"),
    "dcc-radio-items": lambda _page, control: control.get_by_label("Pear").check(),
    "dcc-checklist": lambda _page, control: control.get_by_label("Pear").check(),
    "slider": press_arrow,
    "range": press_arrow,
    "date": type_date,
    "dates": type_date,
    "dcc-tabs": lambda _page, control: control.get_by_text("Pear").click(),
    "dbc-tabs": lambda _page, control: control.get_by_text("Pear").click(),
    "accordion": lambda _page, control: control.get_by_role("button", name="Pear").click(),
    "carousel": lambda _page, control: control.get_by_role("button", name="Slide 2").click(),
    "alert": lambda _page, control: control.get_by_role("button").click(),
    "toast": lambda _page, control: control.get_by_role("button").click(),
}


def control(page: Page, kind: str, name: str = "name") -> Locator:
    return page.locator(f"#forms-{kind}-{name}")


def received(page: Page, kind: str) -> Locator:
    """What the first callback of a tab's form received: empty until the form is there, with what was kept."""
    return page.locator(f"#forms-{kind}-received")


def choose_tab(page: Page, kind: str) -> None:
    page.locator("#forms-tabs").get_by_role("tab", name=kind).click()
    expect(received(page, kind)).not_to_be_empty()


def change_every_control(page: Page, kind: str) -> None:
    quiet(page)  # until everything has its place, a list may open outside the window
    for name, change in CHANGE.items():
        change(page, control(page, kind, name))


def pick(page: Page, name: str, option: str) -> None:
    pick_from_dropdown(option)(page, page.locator(f"#forms-{name}"))


def drawn_later() -> list[Any]:
    """Return all that callbacks draw on this page (used by the tests of ids)."""
    from callbacks.forms import show_form, show_neighborhoods

    return [*[show_form(kind) for kind in KINDS], show_neighborhoods("Montreal")]


def write(page: Page, place: str) -> None:
    """Write a value that is not the initial one (used by the matrix)."""
    page.goto("/forms")
    choose_tab(page, place)
    control(page, place).fill("Ada")


def read(page: Page, place: str, *, kept: bool) -> None:
    """Expect the value to be there, or to be gone (used by the matrix)."""
    choose_tab(page, place)
    expect(control(page, place)).to_have_value("Ada" if kept else "")


def switch_tab(page: Page, place: str) -> None:
    """Leave the tab, which removes its form, and come back (used by the matrix)."""
    choose_tab(page, "session" if place == "memory" else "memory")
    expect(control(page, place)).to_have_count(0)
    choose_tab(page, place)


def interact(page: Page, place: str) -> None:
    """Make one interaction, whose bytes the matrix states."""
    control(page, place).fill("Grace")


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_comes_back_after_a_tab_switch(page: Page, kind: str) -> None:
    page.goto("/forms")
    choose_tab(page, kind)
    assert set(CHANGE) == {control.name for control in CONTROLS}
    change_every_control(page, kind)
    switch_tab(page, kind)
    for each in CONTROLS:
        expect(received(page, kind)).to_contain_text(each.label)
    assert received(page, kind).inner_text().count(";") == len(CONTROLS) - 1
    expect(control(page, kind)).to_have_value("Ada")
    expect(control(page, kind, "alert")).to_have_count(0)


def test_a_reload_brings_session_and_local_back(page: Page) -> None:
    page.goto("/forms")
    for kind in KINDS:
        choose_tab(page, kind)
        control(page, kind).fill(f"Ada in {kind}")
    page.reload()
    for kind, name in {"local": "Ada in local", "session": "Ada in session", "memory": ""}.items():
        choose_tab(page, kind)
        expect(control(page, kind)).to_have_value(name)


def test_a_new_tab_brings_local_back_only(page: Page) -> None:
    page.goto("/forms")
    for kind in KINDS:
        choose_tab(page, kind)
        control(page, kind).fill(f"Ada in {kind}")
    tab = page.context.new_page()
    tab.goto("/forms")
    for kind, name in {"local": "Ada in local", "session": "", "memory": ""}.items():
        choose_tab(tab, kind)
        expect(control(tab, kind)).to_have_value(name)


def test_the_chosen_tab_is_kept(page: Page) -> None:
    page.goto("/forms")
    choose_tab(page, "session")
    page.reload()
    expect(received(page, "session")).not_to_be_empty()
    expect(page.locator("#forms-tabs .active")).to_have_text("session")


def test_the_first_call_receives_what_was_kept(page: Page) -> None:
    write(page, "local")
    expect(received(page, "local")).to_have_text(NOTHING)
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.post_data or ""))
    page.reload()
    expect(received(page, "local")).to_have_text("dbc.Input 'Ada'")
    first = next(call for call in calls if '"output":"forms-local-received.children"' in call)
    assert '"id":"forms-local-name","property":"value","value":"Ada"' in first


def test_a_neighborhood_is_remembered_for_each_city(page: Page) -> None:
    page.goto("/forms")
    choice = page.locator("#forms-choice")
    expect(choice).to_have_text("You chose: Le Plateau, Montreal")
    pick(page, "neighborhood", "Mile End")
    expect(choice).to_have_text("You chose: Mile End, Montreal")
    pick(page, "city", "London")
    expect(choice).to_have_text("You chose: Canary Wharf, London")
    pick(page, "neighborhood", "Hackney")
    expect(choice).to_have_text("You chose: Hackney, London")
    pick(page, "city", "Montreal")
    expect(choice).to_have_text("You chose: Mile End, Montreal")
    page.reload()
    expect(choice).to_have_text("You chose: Mile End, Montreal")
    tab = page.context.new_page()
    tab.goto("/forms")
    expect(tab.locator("#forms-choice")).to_have_text("You chose: Le Plateau, Montreal")


def test_reset_brings_every_control_back_to_the_layout(page: Page) -> None:
    page.goto("/forms")
    choose_tab(page, "local")
    change_every_control(page, "local")
    page.locator("#forms-local-reset").click()
    expect(control(page, "local")).to_have_value("")
    # Dash keeps the keys, and the layout's values in them.
    expect(page.locator("#forms-panel .stored-now")).not_to_contain_text("Ada")
    page.reload()
    expect(received(page, "local")).to_have_text(NOTHING)


def test_forget_it_forgets_one_value_for_good(page: Page) -> None:
    page.goto("/forms")
    note = page.locator("#forms-note")
    note.fill("1+1=3")
    page.reload()
    expect(note).to_have_value("1+1=3")
    page.locator("#forms-forget").click()
    expect(note).to_have_value("1+1=2")
    page.reload()
    expect(received(page, "memory")).not_to_be_empty()
    expect(note).to_have_value("1+1=2")


def test_what_is_stored_now_is_read_from_the_browser(page: Page) -> None:
    write(page, "local")
    panel = page.locator("#forms-panel .stored-now")
    expect(panel).to_contain_text('_dash_persistence.forms-local-name.value.true["Ada",""]')
    choose_tab(page, "session")
    expect(panel).to_have_text("Nothing is stored.")
    choose_tab(page, "memory")
    expect(panel).to_contain_text("no tool can read them")


def test_typing_into_a_persisted_control_makes_no_request(page: Page) -> None:
    write(page, "local")
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    control(page, "local").press_sequentially(" Lovelace")
    expect(page.locator("#forms-panel .stored-now")).to_contain_text("Ada Lovelace")
    assert requests == []


def test_with_blocked_storage_the_form_works_and_the_visitor_is_told(page: Page) -> None:
    page.add_init_script(BLOCK_STORAGE)
    for kind in ("session", "local"):
        write(page, kind)
        expect(page.locator("#forms-panel .stored-now")).to_contain_text("Your browser blocks storage")
        switch_tab(page, kind)
        expect(control(page, kind)).to_have_value("Ada")


def test_with_full_storage_the_form_works_and_the_visitor_is_told(page: Page, trouble: list[str]) -> None:
    page.goto("/clicks")
    page.evaluate(FILL_STORAGE)
    write(page, "local")
    expect(page.locator("#forms-panel .stored-now")).to_contain_text("storage for this site is full")
    switch_tab(page, "local")
    expect(control(page, "local")).to_have_value("Ada")
    # Dash says it where only developers look.
    assert "localStorage init still failed, falling back to memory" in str(trouble)
    trouble.clear()


@pytest.mark.parametrize("damaged", ["{garbage", "null", '{"a": {"b": [1]}}'])
def test_a_damaged_kept_value_is_dropped_and_the_page_appears(page: Page, damaged: str) -> None:
    key = "_dash_persistence.forms-tabs.active_tab.true"
    page.add_init_script(f"localStorage.setItem({key!r}, {damaged!r})")
    page.goto("/forms")
    expect(received(page, "memory")).to_have_text(NOTHING)
    assert page.evaluate(f"localStorage.getItem({key!r})") is None


@pytest.mark.parametrize("kind", [None, "", "cloud", 7])
def test_an_unknown_tab_gets_a_clear_answer(app: Any, kind: Any) -> None:
    from callbacks.forms import show_form
    from errors import BadInput

    with pytest.raises(BadInput, match="Choose memory, session or local"):
        show_form(kind)


@pytest.mark.parametrize("city", [None, "Atlantis", 7])
def test_an_unknown_city_gets_a_clear_answer(app: Any, city: Any) -> None:
    from callbacks.forms import show_neighborhoods
    from errors import BadInput

    with pytest.raises(BadInput, match="Choose one from the list"):
        show_neighborhoods(city)
