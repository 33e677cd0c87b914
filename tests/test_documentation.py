"""Pages are declared once, and everything that describes them follows from the declaration."""

import ast
import dataclasses
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import app
from components import proofs
from components.pattern import Claim, Pattern, Place, Trap
from components.registry import pages, patterns

ROOT = Path(__file__).parent.parent
CLAIMS = [(pattern, claim) for pattern in patterns() for claim in (*pattern.claims, *pattern.traps)]
GOOD = Pattern(
    name="good",
    title="Good",
    group="Tools",
    order=1,
    summary="A good page.",
    claims=(Claim(text="It holds.", proof="test_it_holds"),),
    use_when=("always",),
    leave_when=("never",),
)
PLACE = Place(
    key="one",
    name="One",
    lives_in="here",
    scope="this tab",
    survives=("reload",),
    limit="none",
    capacity=None,
    readable_by="all",
    wire_bytes=1,
)


@pytest.fixture
def client() -> Any:
    return app.server.test_client()


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("pattern", "claim"), CLAIMS, ids=lambda part: getattr(part, "proof", "of"))
def test_every_claim_names_a_test_that_exists(pattern: Pattern, claim: Claim | Trap) -> None:
    assert claim.proof in functions_of(ROOT / f"tests/test_{pattern.name}.py")


@pytest.mark.parametrize("part", ["title", "summary", "claims", "use_when", "leave_when"])
def test_a_missing_part_stops_the_start_and_is_named(part: str) -> None:
    with pytest.raises(SystemExit, match=rf"pages/good.py: {part} is missing"):
        dataclasses.replace(GOOD, **{part: "" if isinstance(getattr(GOOD, part), str) else ()})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"places": (dataclasses.replace(PLACE, survives=("new tab",)),)}, "cannot survive a new tab"),
        ({"places": (dataclasses.replace(PLACE, survives=("moon",)),)}, "none of tab switch, page change"),
        ({"places": (dataclasses.replace(PLACE, survives=("tab switch",)),)}, "is in no tab"),
        ({"places": (dataclasses.replace(PLACE, scope="nobody"),)}, "the scope 'nobody'"),
        ({"places": (PLACE, PLACE)}, "declared twice"),
        ({"group": "Elsewhere"}, "the group 'Elsewhere'"),
        ({"claims": (Claim(text="It holds.", proof="hope"),)}, "names no test"),
        ({"see_also": ("/good",)}, "sends the reader to itself"),
    ],
)
def test_a_contradiction_stops_the_start_with_one_line(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(SystemExit, match=reason) as stop:
        dataclasses.replace(GOOD, **change)
    assert "\n" not in str(stop.value)


def test_no_report_means_not_yet_run_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proofs, "REPORT", tmp_path / "none.json")
    assert proofs.outcome("tests/test_clicks.py::test_x") == (proofs.NOT_RUN, "")
    (tmp_path / "none.json").write_text("not JSON")
    assert proofs.outcome("tests/test_clicks.py::test_x") == (proofs.NOT_RUN, "")


def test_the_worst_outcome_of_a_test_with_parameters_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    report = {
        f"t.py::test_x[{n}]": {"outcome": o, "when": str(n)} for n, o in enumerate(["passed", "failed", "skipped"])
    }
    (tmp_path / "report.json").write_text(json.dumps({"tests": report}))
    monkeypatch.setattr(proofs, "REPORT", tmp_path / "report.json")
    assert proofs.outcome("t.py::test_x") == ("failed", "1")
    assert proofs.outcome("t.py::test_x[0]") == ("passed", "0")


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_every_page_answers_as_markdown_with_its_code(client: Any, pattern: Pattern) -> None:
    answer = client.get(f"{pattern.path}.md")
    assert answer.mimetype == "text/markdown"
    text = answer.get_data(as_text=True)
    assert text.startswith(f"# {pattern.title}\n")
    for file in pattern.own_files:
        assert not (ROOT / file).exists() or (ROOT / file).read_text().strip() in text, file
    assert f"{pattern.path}.md" in client.get("/llms.txt").get_data(as_text=True)


def test_the_sitemap_lists_every_page(client: Any) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 - our own answer
    addresses = {location.text.removeprefix("http://localhost") for location in root.iter() if location.text}
    assert addresses == {page["path"] for page in pages()}
    assert "sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("entry", pages(), ids=lambda entry: entry["path"])
def test_every_page_has_title_description_and_social_card(client: Any, entry: dict[str, Any]) -> None:
    html = client.get(entry["path"]).get_data(as_text=True)
    assert entry["description"]
    assert 'property="og:image" content="http://localhost/assets/app.png"' in html
    with client.get("/assets/app.png") as card:
        assert card.mimetype == "image/png"
    assert entry["title"] in html


@pytest.mark.parametrize(
    "address", ["/source/settings.py", "/source/.env", "/source/../app.py", "/source/tests/test_clicks.py?test=nothing"]
)
def test_only_what_a_page_shows_can_be_read(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/proof/nothing/local/reload", "/proof/clicks/nothing/reload", "/proof/clicks/local/moon"]
)
def test_an_unknown_proof_is_not_found(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_repository_links_to_the_line(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from components import source
    from settings import read_settings

    file = f"pages/{patterns()[0].name}.py"
    assert "In the repository" not in client.get(f"/source/{file}").get_data(as_text=True)
    monkeypatch.setattr(source, "settings", read_settings(repository_url="https://example.org/fork"))
    answer = client.get(f"/source/{file}").get_data(as_text=True)
    assert f"https://example.org/fork/blob/main/{file}#L1" in answer


def test_the_code_view_shows_the_very_file_and_copies_it(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/clicks")
    for tab, file in {
        "Callbacks": "callbacks/clicks.py",
        "Browser": "assets/clicks.js",
        "Page": "pages/clicks.py",
    }.items():
        page.get_by_role("tab", name=tab).click()
        expect(page.locator("#code-source .source-bar span")).to_have_text(file)
        page.locator("#code-source .source-copy").click()
        expect(page.locator("#code-source .source-copy")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").strip() == (ROOT / file).read_text().strip()


def test_a_claim_opens_the_source_of_its_test(page: Page) -> None:
    page.goto("/clicks")
    claim = page.locator(".claim", has_text="A reload forgets memory only")
    claim.locator("summary").click()
    expect(claim.locator(".source pre")).to_contain_text("def test_a_reload_forgets_memory_only")
    expect(claim.locator(".source pre")).not_to_contain_text("def test_a_new_tab")


def test_an_address_with_a_heading_scrolls_to_it(page: Page) -> None:
    page.goto("/clicks#traps")
    expect(page.locator("#traps")).to_be_in_viewport()
