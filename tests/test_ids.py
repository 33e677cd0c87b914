"""Component ids are unique, named after their page, and known to every callback that uses them."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dash.development.base_component import Component

ROOT = Path(__file__).parent.parent
# What every page draws again, from components/, each time for itself.
PARTS_OF_PAGES = ("wire-", "code-")
DASH_OWN = ("_pages_",)


def ids_in(layout: Any) -> list[str]:
    """Return the ids of a layout, the layout's own included; ids of children in lists and properties, too."""
    return [component.id for component in components_in(layout) if isinstance(getattr(component, "id", None), str)]


def components_in(part: Any) -> Iterator[Component]:
    """Yield every component of a layout, wherever it hides."""
    if isinstance(part, Component):
        yield part
        for value in vars(part).values():
            yield from components_in(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from components_in(item)
    elif isinstance(part, dict):
        for value in part.values():
            yield from components_in(value)


@cache
def ids_of_pages() -> dict[str, list[str]]:
    """Return the ids in each page's layout, by the page's name: `clicks`, `shared-data`."""
    import dash

    return {
        page["module"].removeprefix("pages.").replace("_", "-"): ids_in(page["layout"]())
        for page in dash.page_registry.values()
    }


def ids_drawn_later() -> set[str]:
    """Return the ids of what callbacks draw: a slice's tests say what that is, in `drawn_later()`."""
    from components.registry import patterns

    modules: list[Any] = [importlib.import_module(f"test_{pattern.name}") for pattern in patterns()]
    return {name for module in modules if hasattr(module, "drawn_later") for name in ids_in(module.drawn_later())}


def ids_of_shell(app: Any) -> list[str]:
    return ids_in(app.app.layout)


def ids_used_by_callbacks(app: Any) -> set[str]:
    """Return every id that a callback reads or writes, in Python or in the browser."""
    # What the browser is told: it lists clientside callbacks as well, which have no Python function.
    callbacks = app.server.test_client().get("/_dash-dependencies").get_json()
    used = {item["id"] for callback in callbacks for item in (*callback["inputs"], *callback["state"])}
    for callback in callbacks:
        used |= {name.rpartition(".")[0].split("@")[0] for name in callback["output"].strip(".").split("...")}
    return {name for name in used if name and not name.startswith("{")}


def headings_in(layout: Any) -> list[str]:
    """Return the ids of headings: addresses, which readers see, not names in code."""
    return [part.id for part in components_in(layout) if re.fullmatch("H[1-6]", part._type) and hasattr(part, "id")]


def test_ids_are_unique_within_a_page_and_its_shell(app: Any) -> None:
    for page, ids in ids_of_pages().items():
        counted = Counter([*ids, *ids_of_shell(app)])
        assert [name for name, count in counted.items() if count > 1] == [], page


def test_ids_are_unique_across_pages(app: Any) -> None:
    import dash

    addresses = {name for page in dash.page_registry.values() for name in headings_in(page["layout"]())}
    counted = Counter(
        name
        for ids in ids_of_pages().values()
        for name in set(ids) - addresses - {"demo"}
        if not name.startswith(PARTS_OF_PAGES)
    )
    assert counted
    assert [name for name, count in counted.items() if count > 1] == []


def test_ids_are_the_page_and_the_thing_with_hyphens(app: Any) -> None:
    import dash

    for page in dash.page_registry.values():
        name = page["module"].removeprefix("pages.").replace("_", "-")
        layout = page["layout"]()
        addresses = {*headings_in(layout), "demo", "code"}
        named = [each for each in ids_in(layout) if each not in addresses]
        wrong = [each for each in named if not re.fullmatch(rf"({name}|wire|code)-[a-z0-9]+(-[a-z0-9]+)*", each)]
        assert wrong == [], page["path"]


def test_what_is_drawn_later_is_named_after_its_page_too(app: Any) -> None:
    names = [*ids_of_pages()]
    assert [name for name in ids_drawn_later() if not name.startswith(tuple(f"{page}-" for page in names))] == []


def test_ids_of_the_shell_begin_with_its_name(app: Any) -> None:
    patterns = {page for page, ids in ids_of_pages().items() if ids}
    for name in ids_of_shell(app):
        own = name.startswith(("shell-", "wire-", *DASH_OWN)) or name == "content"
        kept_for_a_page = any(name.startswith(f"{page}-") for page in patterns)
        assert own or kept_for_a_page, name


def test_every_id_that_a_callback_uses_is_in_some_layout(app: Any) -> None:
    there = {*ids_of_shell(app), *ids_drawn_later(), *(name for ids in ids_of_pages().values() for name in ids)}
    used = ids_used_by_callbacks(app)
    assert "shell-theme" in used
    assert {name for name in used if not name.startswith(DASH_OWN)} - there == set()


def test_no_javascript_is_written_in_a_string(app: Any) -> None:
    for folder in ("pages", "components", "callbacks"):
        for file in (ROOT / folder).glob("*.py"):
            text = file.read_text(encoding="utf-8")
            calls = re.findall(r"clientside_callback\(\s*(.{0,20})", text)
            assert all(call.startswith("ClientsideFunction(") for call in calls), file.name
    # Dash turns such strings into inline scripts: the only one is its own, which sets the title.
    assert ["document.title" in script for script in app.app._inline_scripts] == [True]


def test_every_function_that_a_clientside_callback_names_is_in_its_asset(app: Any) -> None:
    named = {
        (callback["clientside_function"]["namespace"], callback["clientside_function"]["function_name"])
        for callback in app.server.test_client().get("/_dash-dependencies").get_json()
        if callback.get("clientside_function")
    }
    ours = {(namespace, function) for namespace, function in named if not namespace.startswith("_dash")}
    assert ours
    for namespace, function in ours:
        source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "assets").glob(f"{namespace}*.js"))
        assert f"window.dash_clientside.{namespace} = " in source, namespace
        assert re.search(rf"^\s+(async )?{function}(\(|: )", source, re.MULTILINE), (namespace, function)
