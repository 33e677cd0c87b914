"""The visitor store loses nothing, whoever else writes, waits, forks or is killed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from databases import DATABASES, new_database
from store_workers import (
    in_a_fresh_process,
    increment_in_eight_processes,
    kill_writers,
    use_on_both_sides_of_a_fork,
)

from data.database import StoreBusyError
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def store(url: str) -> Iterator[VisitorStore]:
    store = VisitorStore(url, lock_timeout=60)
    yield store
    store.close()


def test_eight_processes_that_open_a_new_database_at_once_lose_no_increment(url: str, store: VisitorStore) -> None:
    assert in_a_fresh_process(increment_in_eight_processes, url, 500) == [0] * 8
    assert store.get("ada", "n") == 8 * 500


def test_threads_that_share_a_store_lose_no_increment(store: VisitorStore) -> None:
    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(lambda _: store.increment("ada", "n"), range(400)))
    assert sorted(numbers) == list(range(1, 401))


def test_a_race_of_20_adds_has_one_winner(store: VisitorStore) -> None:
    start = threading.Barrier(20)

    def add(number: int) -> bool:
        start.wait()
        return store.add("ada", "a", number)

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(add, range(20)))
    assert won.count(True) == 1
    assert store.get("ada", "a") == won.index(True)


def test_a_race_of_writes_stays_within_the_quota(url: str, store: VisitorStore) -> None:
    start = threading.Barrier(20)
    size = 1_000_000  # of which ten are free

    def write(number: int) -> bool:
        start.wait()
        try:
            store.set("ada", str(number), b"x" * size)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        written = list(pool.map(write, range(20)))
    assert written.count(True) == 9
    assert len(store.keys("ada")) == 9


def test_a_store_opened_before_a_fork_works_on_both_sides_of_it(url: str) -> None:
    assert in_a_fresh_process(use_on_both_sides_of_a_fork, url) == (0, 202, 202)


def test_a_lock_held_too_long_is_a_clear_error_and_blocks_no_reader(url: str, store: VisitorStore) -> None:
    store.set("ada", "a", "before")
    locked, release = threading.Event(), threading.Event()

    def hold(_value: object) -> str:
        locked.set()
        release.wait()
        return "after"

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(store.update, "ada", "a", hold)
        locked.wait()
        hasty = VisitorStore(url, lock_timeout=0.2)
        assert hasty.get("ada", "a") == "before"
        assert hasty.items("ada") == [("a", "before")]
        with pytest.raises(StoreBusyError, match=r"locked for more than 0\.2 s"):
            hasty.set("ada", "a", "impatient")
        assert hasty.get("ada", "a") == "before"
        release.set()
        assert holder.result() == "after"
    hasty.set("ada", "b", "now it works")
    assert store.items("ada") == [("a", "after"), ("b", "now it works")]
    hasty.close()


def test_200_kills_of_a_writer_lose_no_acknowledged_write(url: str, store: VisitorStore) -> None:
    in_a_fresh_process(kill_writers, url, 200)
    if url.startswith("sqlite"):
        with store._database.reading() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    held = store.held("ada")
    assert [item.key for item in held] == store.keys("ada")
    assert max(item.version for item in held) <= store.version("ada")
    assert store.increment("ada", "n") > 200
