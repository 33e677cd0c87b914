"""The app says whether visitors' data can be reached, and tells the visitor when it cannot."""

from pathlib import Path
from typing import Any

import pytest

from components import notices
from data import readiness
from data.database import StoreUnreachableError
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow


def answer(app: Any) -> tuple[int, Any]:
    response = app.server.test_client().get("/readyz")
    return response.status_code, response.json


def test_who_can_reach_the_store_is_ready(app: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    monkeypatch.setattr(readiness, "visitor_store", lambda: store)
    assert answer(app) == (200, {"visitors": {"kind": "SQLite", "reachable": True}})
    store.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [("postgres://nobody@127.0.0.1:1/none", "PostgreSQL"), ("sqlite:////proc/none/visitors.sqlite", "SQLite")],
)
def test_who_cannot_is_not(app: Any, monkeypatch: pytest.MonkeyPatch, url: str, kind: str) -> None:
    monkeypatch.setattr(readiness, "visitor_store", lambda: VisitorStore(url))
    assert answer(app) == (503, {"visitors": {"kind": kind, "reachable": False}})


def test_the_visitor_is_told_that_nothing_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(notices, "set_props", lambda _id, props: shown.update(props))
    with pytest.raises(StoreUnreachableError) as trouble:
        VisitorStore("postgres://nobody@127.0.0.1:1/none").get("ada", "name")
    notices.tell_visitor(trouble.value)
    assert "what you had saved is safe" in shown["children"]
