"""`session_state` is a mapping with attributes, one for each visitor, kept on the server."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from data import session_state as module
from data.session_state import MissingStateError, SessionState, session_state
from data.visitor import DAY, Identity
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VisitorStore]:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    yield store
    store.close()


@pytest.fixture
def state(store: VisitorStore) -> SessionState:
    return SessionState("ada", store=store)


def test_a_key_is_initialised_if_it_is_absent(state: SessionState) -> None:
    if "key" not in state:
        state["key"] = "value"
    assert "key" in state
    assert state.setdefault("key", "other") == "value"
    assert state.setdefault("new", "other") == "other"


def test_a_value_is_read_and_written_as_attribute_and_as_item(state: SessionState) -> None:
    state.key = "value"
    assert state["key"] == "value"
    state["key"] = "value2"
    assert state.key == "value2"
    state.count = 1
    state.count += 1
    assert state.count == 2


def test_reading_what_is_absent_says_so(state: SessionState) -> None:
    said = "session_state has nothing under 'key'. Initialise it first, or use `get` with a default."
    with pytest.raises(KeyError) as item:
        state["key"]
    assert str(item.value) == said
    with pytest.raises(AttributeError) as attribute:
        _ = state.key
    assert str(attribute.value) == said
    assert state.get("key", "default") == "default"


def test_one_key_is_deleted_and_deleting_it_again_says_so(state: SessionState) -> None:
    state.update(a=1, b=2)
    del state["a"]
    with pytest.raises(MissingStateError, match="nothing under 'a'"):
        del state["a"]
    del state.b
    with pytest.raises(AttributeError, match="nothing under 'b'"):
        del state.b


def test_all_keys_are_deleted_one_by_one_while_iterating(state: SessionState) -> None:
    state.update({"a": 1, "b": 2, "c": 3})
    for key in state.keys():  # noqa: SIM118 - as the other framework's documentation writes it
        del state[key]
    assert len(state) == 0
    state.update({"a": 1})
    state.clear()
    assert dict(state) == {}


def test_it_iterates_like_a_dictionary(state: SessionState) -> None:
    state.update({"b": 2, "a": 1}, c=3)
    assert list(state) == ["a", "b", "c"]
    assert dict(state) == {"a": 1, "b": 2, "c": 3}
    assert list(state.items()) == [("a", 1), ("b", 2), ("c", 3)]
    assert state.pop("c") == 3
    assert list(state.values()) == [1, 2]
    assert state == {"a": 1, "b": 2}


def test_what_cannot_be_kept_is_an_error_that_names_the_part(state: SessionState) -> None:
    with pytest.raises(TypeError, match=r"user\.address\.lines\[2\]"):
        state.user = {"address": {"lines": ["a", "b", lambda x: x]}}
    with pytest.raises(TypeError, match="unserializable"):
        state.unserializable = lambda x: x
    with pytest.raises(TypeError, match="b"):
        state.update(a=1, b={2})
    assert len(state) == 0


@pytest.mark.parametrize("name", ["keys", "items", "update", "tab", "_private", "__deepcopy__"])
def test_a_name_that_cannot_be_an_attribute_is_refused_and_works_as_an_item(state: SessionState, name: str) -> None:
    with pytest.raises(AttributeError, match=r"write session_state\["):
        setattr(state, name, 1)
    state[name] = 1
    assert state[name] == 1


def test_changing_a_list_needs_change_since_what_is_read_is_a_copy(state: SessionState) -> None:
    state.cart = ["tea"]
    state.cart.append("milk")
    assert state.cart == ["tea"]
    assert state.change("cart", lambda cart: [*cart, "milk"]) == ["tea", "milk"]
    assert state.cart == ["tea", "milk"]
    assert [state.increment("n"), state.increment("n", by=2)] == [1, 3]


def test_it_is_kept_when_the_server_starts_anew(state: SessionState, store: VisitorStore, tmp_path: Path) -> None:
    state.key = "value"
    store.close()
    restarted = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite")
    assert SessionState("ada", store=restarted).key == "value"
    restarted.close()


def test_two_visitors_have_nothing_in_common(state: SessionState, store: VisitorStore) -> None:
    state.key = "ada's"
    other = SessionState("eve", store=store)
    assert "key" not in other
    other.clear()
    assert state.key == "ada's"


def test_a_tab_has_values_of_its_own_that_expire_after_a_day(state: SessionState, store: VisitorStore) -> None:
    one, two = state.tab(str(uuid4())), state.tab(str(uuid4()))
    state.key, one.key = "visitor's", "first tab's"
    assert "key" not in two
    one.increment("n")
    assert (list(state), list(one), list(two)) == (["key"], ["key", "n"], [])
    lifetimes = [held.expires and held.expires - held.written for held in store.held("ada")]
    assert lifetimes == [None, pytest.approx(DAY, abs=1), pytest.approx(DAY, abs=1)]
    state.clear()
    assert one.key == "first tab's"
    one.clear()
    assert store.keys("ada") == []


@pytest.mark.parametrize("tab", ["", "1", "x:y", "9f0c2d1e-6a57-4b1c-9d43-1f2e3a4b5c6d:a"])
def test_a_tab_that_is_no_uuid_is_refused(state: SessionState, tab: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        state.tab(tab)


def test_no_key_reaches_into_a_tab(state: SessionState) -> None:
    tab = str(uuid4())
    state.tab(tab).key = "tab's"
    with pytest.raises(ValueError, match="cannot begin with 'tab:'"):
        state[f"tab:{tab}:key"] = "intruder"


def test_outside_of_a_request_a_visitor_must_be_named() -> None:
    with pytest.raises(RuntimeError, match="Name one explicitly"):
        _ = session_state.key
    assert repr(session_state) == "<session_state of the current visitor>"
    assert "ada" not in repr(SessionState("ada"))


def test_in_a_request_it_is_the_current_visitors_and_reading_makes_none(
    store: VisitorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = Identity(store, ["key"], lifetime=DAY, secure=False)
    monkeypatch.setattr(module, "identity", lambda: identity)
    monkeypatch.setattr(module, "visitor_store", lambda: store)
    server = Flask(__name__)

    @server.get("/")
    def read() -> list[str]:
        session_state.pop("nothing", None)
        return [*session_state, session_state.get("name", "nobody")]

    @server.post("/<name>")
    def write(name: str) -> list[str]:
        session_state.name = name
        session_state.increment("writes")
        return read()

    ada, eve = server.test_client(), server.test_client()
    assert ada.get("/").json == ["nobody"]
    assert ada.get_cookie("visitor") is None
    assert ada.post("/Ada").json == ["name", "writes", "Ada"]
    assert eve.post("/Eve").json == ["name", "writes", "Eve"]
    assert ada.get("/").json == ["name", "writes", "Ada"]
