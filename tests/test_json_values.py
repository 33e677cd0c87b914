"""What is not JSON is refused, or comes back as something else; each has a form that is JSON."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent
PICTURE = "storage-atlas:json-values-picture"
REFUSED = ("frame", "set", "bytes")

# A newcomer's app: one callback that returns a set.
NEWCOMER = """
import json, logging
from dash import Dash, Input, Output, dcc, html
app = Dash(__name__)
app.layout = html.Div([html.Button(id="button"), dcc.Store(id="json-values-plain")])

@app.callback(Output("json-values-plain", "data"), Input("button", "n_clicks"))
def answer(_clicks):
    return {"Norway"}

body = {"output": "json-values-plain.data", "outputs": {"id": "json-values-plain", "property": "data"},
        "inputs": [{"id": "button", "property": "n_clicks", "value": 1}], "changedPropIds": ["button.n_clicks"]}
answered = app.server.test_client().post("/_dash-update-component", json=body)
print(answered.status_code, "which is not JSON serializable" in answered.get_data(as_text=True))
"""


def part(page: Page, name: str) -> Any:
    return page.locator(f"#json-values-{name}")


def choose(page: Page, title: str) -> None:
    page.get_by_label(title, exact=True).check()


@pytest.fixture(scope="module")
def newcomer() -> subprocess.CompletedProcess[str]:
    """What became of a newcomer's callback: on stdout what the visitor gets, on stderr the log."""
    return subprocess.run([sys.executable, "-c", NEWCOMER], cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
def test_the_sentence_is_the_one_that_dash_writes(app: Any, newcomer: subprocess.CompletedProcess[str]) -> None:
    from callbacks.json_values import EXAMPLES, error_of

    sentence = error_of({"Norway"})
    assert " ".join(sentence.split()) in " ".join(newcomer.stderr.split())
    refused = [kind for kind, example in EXAMPLES.items() if error_of(example.make())]
    assert set(refused) == set(REFUSED)


@pytest.mark.slow
def test_in_production_the_sentence_is_in_the_log_alone(newcomer: subprocess.CompletedProcess[str]) -> None:
    assert newcomer.stdout.split() == ["500", "False"]
    assert "returned a value having type `set`" in newcomer.stderr


def test_each_comes_back_from_its_form_as_what_it_was(page: Page, app: Any) -> None:
    from callbacks.json_values import EXAMPLES

    page.goto("/json-values")
    for kind, example in EXAMPLES.items():
        choose(page, example.title)
        value = example.make()
        expect(part(page, "packed-back")).to_have_text(f"{type(value).__name__} {value!r}")
        if kind in REFUSED:
            expect(part(page, "error")).to_contain_text("which is not JSON serializable")
            expect(part(page, "plain-back")).to_have_text("Nothing was stored.")
        else:
            expect(part(page, "error")).to_be_empty()
    expect(part(page, "code")).to_contain_text("base64.b64decode(text, validate=True)")


def test_some_come_back_as_something_else(page: Page) -> None:
    page.goto("/json-values")
    for title, received in (
        ("a NumPy array", "list [1.5, 2, 2.5]"),
        ("a date", "str '2026-07-01'"),
        ("NaN", "NoneType None"),
        ("2**53 + 1", f"int {2**53}"),
    ):
        choose(page, title)
        expect(part(page, "plain-back")).to_have_text(received)


def test_a_small_picture_is_kept_as_text(page: Page) -> None:
    page.goto("/json-values")
    expect(part(page, "shown")).to_have_text("No picture is kept.")
    part(page, "draw").click()
    expect(part(page, "shown")).to_contain_text("a drawing:")
    drawn = part(page, "shown").locator("img").get_attribute("src")
    page.reload()
    expect(part(page, "shown").locator("img")).to_have_attribute("src", str(drawn))
    assert page.evaluate("document.querySelector('#json-values-shown img').naturalWidth") == 96
    part(page, "forget").click()
    expect(part(page, "shown")).to_have_text("No picture is kept.")
    assert page.evaluate(f"localStorage.getItem('{PICTURE}')") is None


def test_an_uploaded_picture_is_checked_and_the_one_before_stays(page: Page) -> None:
    page.goto("/json-values")
    icon = b"\x89PNG\r\n\x1a\n" + bytes(100)
    upload = part(page, "upload").locator("input")
    upload.set_input_files({"name": "icon.png", "mimeType": "image/png", "buffer": icon})
    expect(part(page, "shown")).to_contain_text("icon.png: 108 bytes, as 166 characters")
    upload.set_input_files({"name": "large.png", "mimeType": "image/png", "buffer": icon + bytes(200_000)})
    expect(part(page, "refused")).to_contain_text("large.png takes 266,834 characters; at most 200,000 are kept here.")
    expect(part(page, "shown")).to_contain_text("icon.png")


@pytest.mark.parametrize("kind", [None, "", "moon", 5, ["frame"], {"kind": "frame"}])
def test_a_kind_that_is_not_there_is_refused(app: Any, kind: Any) -> None:
    from callbacks.json_values import store
    from errors import BadInput

    with pytest.raises(BadInput, match="There is no example"):
        store(kind)


@pytest.mark.parametrize(
    "packed",
    [
        None,
        5,
        {},
        {"kind": "date", "value": "tomorrow"},
        {"kind": "date", "value": None},
        {"kind": "frame", "value": "{"},
        {"kind": "frame", "value": 5},
        {"kind": "integer", "value": []},
        {"kind": "bytes", "value": "?"},
        {"kind": "nan", "value": {}},
    ],
)
def test_stores_that_the_page_did_not_write_are_refused(app: Any, packed: Any) -> None:
    from callbacks.json_values import read_back
    from errors import BadInput

    with pytest.raises(BadInput, match="Reload the page"):
        read_back(None, packed)
