"""What all visitors share is counted exactly, and costs nothing to poll while nothing changes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data import shared_state
from data.shared_state import Shared, count_one, read_shared, write_note
from data.visitor_store import VisitorStore
from errors import BadInput

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VisitorStore]:
    store = VisitorStore(f"sqlite:///{tmp_path}/visitors.sqlite", lock_timeout=60)
    monkeypatch.setattr(shared_state, "visitor_store", lambda: store)
    yield store
    store.close()


def test_before_anybody_writes_all_is_empty() -> None:
    assert read_shared() == Shared(version=0, count=0, note="", note_version=0)


def test_everybodys_clicks_are_counted() -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: count_one(), range(80)))
    assert sorted(counts) == list(range(1, 81))


def test_polling_says_nothing_until_something_changes() -> None:
    count_one()
    seen = read_shared()
    assert seen is not None
    assert read_shared(seen.version) is None
    assert write_note("hello", seen.note_version)
    changed = read_shared(seen.version)
    assert changed is not None
    assert (changed.count, changed.note) == (1, "hello")


def test_of_two_who_change_the_same_note_the_second_is_told() -> None:
    assert write_note("first", note_version=0)
    assert write_note("second", note_version=0) is None
    shared = read_shared()
    assert shared is not None
    assert shared.note == "first"
    assert write_note("second", shared.note_version)


def test_a_note_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput, match="280 characters; this has 281"):
        write_note("x" * 281, 0)
