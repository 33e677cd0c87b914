"""The app says whether visitors' data can be reached, and tells the visitor when it cannot."""

from pathlib import Path
from typing import Any

import caches
import pytest

from components import notices
from data import readiness
from data.cache import engine
from data.cache_engine import Engine
from data.database import StoreUnreachableError
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow


def engine_of(machine: Any) -> Engine:
    with machine.app_context():
        return engine()


def answer(app: Any) -> tuple[int, Any]:
    response = app.server.test_client().get("/readyz")
    return response.status_code, response.json


def test_who_can_reach_the_store_is_ready(app: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    monkeypatch.setattr(readiness, "visitor_store", lambda: store)
    with caches.machines("disk", tmp_path) as (machine,):
        monkeypatch.setattr(readiness, "engine", lambda: engine_of(machine))
        assert answer(app) == (
            200,
            {"visitors": {"kind": "SQLite", "reachable": True}, "cache": {"kind": "disk", "reachable": True}},
        )
    store.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [("postgres://nobody@127.0.0.1:1/none", "PostgreSQL"), ("sqlite:////proc/none/visitors.sqlite", "SQLite")],
)
def test_who_cannot_is_not(app: Any, monkeypatch: pytest.MonkeyPatch, url: str, kind: str) -> None:
    monkeypatch.setattr(readiness, "visitor_store", lambda: VisitorStore(url))
    status, stores = answer(app)
    assert status == 503
    assert stores["visitors"] == {"kind": kind, "reachable": False}


@pytest.mark.parametrize("url", [None, "redis://127.0.0.1:1/0"])
def test_who_cannot_reach_only_the_cache_is_ready_and_says_so(
    app: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str | None
) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    monkeypatch.setattr(readiness, "visitor_store", lambda: store)
    (tmp_path / "file").touch()
    machine = caches.machine(tmp_path / "cache" if url else tmp_path / "file" / "cache", url=url)
    monkeypatch.setattr(readiness, "engine", lambda: engine_of(machine))
    status, stores = answer(app)
    assert status == 200
    assert stores["cache"] == {"kind": "Redis" if url else "disk", "reachable": False}
    store.close()


def test_the_visitor_is_told_that_nothing_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(notices, "set_props", lambda _id, props: shown.update(props))
    with pytest.raises(StoreUnreachableError) as trouble:
        VisitorStore("postgres://nobody@127.0.0.1:1/none").get("ada", "name")
    notices.tell_visitor(trouble.value)
    assert "what you had saved is safe" in shown["children"]
