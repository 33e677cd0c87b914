"""What Redis adds: machines share one cache, a frame travels once to each, and Redis may go away."""

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cache_workers
import caches
import pandas as pd
import pytest
import redis
from deployed import Deployed
from test_cache import never, write_rows

from data import redis_engine, redis_lock
from data.cache import cache, engine, get_or_build, get_or_build_file, info
from data.frame_disk import TooLargeForCacheError
from data.frame_files import open_table

pytestmark = pytest.mark.slow


@pytest.fixture
def wire() -> Iterator[caches.Wire]:
    caches.need_redis()
    wire = caches.Wire()
    yield wire
    wire.close()


@pytest.fixture
def two(wire: caches.Wire, tmp_path: Path) -> Iterator[list[Any]]:
    """Two machines with one Redis and a directory each."""
    with caches.machines("redis", tmp_path / "one", tmp_path / "two", url=wire.url) as servers:
        yield servers
        wire.mend()


def large() -> pd.DataFrame:
    return pd.DataFrame({"x": range(2_500_000)})  # 20 MB: three pieces


def bodies() -> list[bytes]:
    with redis.Redis.from_url(caches.REDIS) as client:
        return [*client.scan_iter(f"{engine().prefix}body:*")]  # type: ignore[attr-defined]


def test_a_frame_travels_once_to_each_machine(two: list[Any], wire: caches.Wire) -> None:
    with two[0].app_context():
        get_or_build("frame", large)
        sent = wire.carried
        assert 20_000_000 < sent < 20_100_000
        assert len(get_or_build("frame", never)) == 2_500_000
        assert wire.carried - sent < 1_000
    with two[1].app_context():
        sent = wire.carried
        assert get_or_build("frame", never)["x"].iloc[-1] == 2_499_999
        assert 20_000_000 < wire.carried - sent < 20_100_000
        sent = wire.carried
        for _ in range(10):
            assert len(get_or_build("frame", never)) == 2_500_000
        assert open_table(get_or_build_file("frame", write_rows)).num_rows == 2_500_000
        assert wire.carried - sent < 10_000


def test_each_read_checks_the_version(two: list[Any]) -> None:
    for rows in (1000, 2000, 3000):
        with two[0].app_context():
            cache.set("frame", pd.DataFrame({"x": range(rows)}))
        with two[1].app_context():
            assert len(get_or_build("frame", never)) == rows
    with two[0].app_context():
        assert cache.delete("frame")
    with two[1].app_context():
        assert cache.get("frame") is None
        assert info("frame") is None


def test_two_machines_build_once(two: list[Any], tmp_path: Path) -> None:
    log = tmp_path / "builds"
    with two[0].app_context():
        prefix = engine().prefix  # type: ignore[attr-defined]
    each = [{"folder": tmp_path / name, "url": caches.REDIS, "prefix": prefix} for name in ("one", "two")]
    assert cache_workers.ask_in_processes(each, log, threads=4) == [0, 0]
    assert cache_workers.count(log) == 1


def test_a_machine_that_dies_frees_the_lock(two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with two[0].app_context(), redis.Redis.from_url(caches.REDIS) as client:
        # What a machine leaves that was switched off while it built: its lock, which nobody renews.
        client.set(f"{engine().prefix}lock:key", "dead", px=500)  # type: ignore[attr-defined]
        assert get_or_build("key", lambda: 1) == 1


def test_a_long_build_keeps_the_lock(two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_lock, "_SECONDS", 0.5)
    builds = []

    def build() -> int:
        builds.append(1)
        time.sleep(2)
        return 1

    def ask(server: Any) -> None:
        with server.app_context():
            assert get_or_build("slow", build) == 1

    asking = [threading.Thread(target=ask, args=(server,)) for server in two]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert builds == [1]


def test_without_redis_values_are_computed_and_later_it_is_used_again(
    two: list[Any], wire: caches.Wire, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two[0].app_context():
        get_or_build("before", lambda: 1)
        wire.cut()
        with caplog.at_level(logging.WARNING):
            for answer in (2, 3):
                assert get_or_build("before", lambda answer=answer: answer) == answer  # type: ignore[misc]
                assert len(get_or_build("frame", lambda: pd.DataFrame({"x": range(3)}))) == 3
                assert open_table(get_or_build_file("file", write_rows)).num_rows == 3000
        assert cache.get("before") is None
        assert cache.set("before", 4) is False
        assert cache.delete("before") is False
        assert info("before") is None
        assert "Redis could not be used for 'before'" in caplog.text
        with pytest.raises(redis.RedisError):
            engine().ping()
        wire.mend()
        monkeypatch.setattr(engine(), "_away_until", 0)
        assert get_or_build("before", never) == 1
        engine().ping()


def test_while_redis_is_away_it_is_not_asked_each_time(
    two: list[Any], wire: caches.Wire, caplog: pytest.LogCaptureFixture
) -> None:
    with two[0].app_context():
        wire.cut()
        for _ in range(100):
            assert get_or_build("key", lambda: 1) == 1
    assert 0 < caplog.text.count("Redis could not be used") < 10


def test_pieces_that_redis_evicted_are_rebuilt(two: list[Any], caplog: pytest.LogCaptureFixture) -> None:
    with two[0].app_context():
        get_or_build("frame", lambda: pd.DataFrame({"x": range(100_000)}))
        with redis.Redis.from_url(caches.REDIS) as client:
            client.delete(*bodies())
    with two[1].app_context():
        assert len(get_or_build("frame", lambda: pd.DataFrame({"x": range(100_000)}))) == 100_000
        assert "Dropped 'frame' from the cache" in caplog.text
        assert len(get_or_build("frame", never)) == 100_000


@pytest.mark.parametrize("damage", [b"", b"from elsewhere", None])
def test_damaged_pieces_are_dropped_logged_and_rebuilt(
    two: list[Any], caplog: pytest.LogCaptureFixture, damage: bytes | None
) -> None:
    with two[0].app_context():
        get_or_build("frame", lambda: pd.DataFrame({"x": range(100_000)}))
        with redis.Redis.from_url(caches.REDIS) as client:
            (body,) = bodies()
            whole = client.hget(body, "0")
            assert isinstance(whole, bytes)
            client.hset(body, "0", whole[:1000] + b"?" + whole[1001:] if damage is None else damage)
    with two[1].app_context():
        assert len(get_or_build("frame", lambda: pd.DataFrame({"x": range(100_000)}))) == 100_000
        assert "Dropped 'frame' from the cache" in caplog.text


def test_a_foreign_head_is_dropped_and_rebuilt(two: list[Any]) -> None:
    with two[0].app_context(), redis.Redis.from_url(caches.REDIS) as client:
        head = f"{engine().prefix}head:key"  # type: ignore[attr-defined]
        for wrong in ({"mode": "11"}, {"mode": "11", "body": "no"}, {"mode": "x"}, {"mode": "13"}, {"a": "b"}):
            client.delete(head)
            client.hset(head, mapping=wrong)
            info("key")
            assert get_or_build("key", lambda: "built") == "built"
            assert get_or_build("key", never) == "built"
        client.delete(head)
        client.set(head, "no hash at all")
        assert get_or_build("key", lambda: "built") == "built"


def test_old_versions_leave_redis(two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_engine, "_WHILE_READ", 1)
    with two[0].app_context():
        for rows in (1000, 2000, 3000):
            cache.set("frame", pd.DataFrame({"x": range(rows)}), timeout=0)
        deadline = time.monotonic() + 10
        while len(bodies()) > 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(bodies()) == 1
        with redis.Redis.from_url(caches.REDIS) as client:
            assert client.pttl(*bodies()) == -1
        cache.set("frame", pd.DataFrame({"x": range(5)}), timeout=50)
        deadline = time.monotonic() + 10
        while len(bodies()) > 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        with redis.Redis.from_url(caches.REDIS) as client:
            assert 0 < client.pttl(*bodies()) <= 51_000  # type: ignore[operator]


def test_the_copies_keep_within_the_cap_of_each_machine(wire: caches.Wire, tmp_path: Path) -> None:
    with caches.machines("redis", tmp_path, url=wire.url, size_mb=1) as (server,), server.app_context():
        for name in "abcde":
            get_or_build(name, lambda: pd.DataFrame({"x": range(30_000)}))
        assert sum(path.stat().st_size for path in tmp_path.glob("values-1/values/*")) < 1_000_000
        for name in "abcde":
            assert len(get_or_build(name, never)) == 30_000


def test_the_app_works_without_the_redis_it_was_told_of(tmp_path: Path) -> None:
    app = Deployed(tmp_path, REDIS_URL="redis://127.0.0.1:1/0")
    app.start()
    try:
        with urllib.request.urlopen(f"{app.url}/readyz", timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
            assert json.load(answer)["cache"] == {"kind": "Redis", "reachable": False}
        with urllib.request.urlopen(f"{app.url}/", timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
    finally:
        app.stop()
    assert "The cache cannot be reached" in app.log.read_text()


def test_a_machine_with_less_room_is_told_and_leaves_the_others_theirs(wire: caches.Wire, tmp_path: Path) -> None:
    with caches.machines("redis", tmp_path / "one", url=wire.url) as (large,), large.app_context():
        get_or_build("frame", lambda: pd.DataFrame({"x": range(200_000)}))
        prefix = engine().prefix  # type: ignore[attr-defined]
        small = caches.machine(tmp_path / "two", url=wire.url, prefix=prefix, size_mb=1)
        with small.app_context(), pytest.raises(TooLargeForCacheError, match="CACHE_SIZE_MB is 1"):
            get_or_build("frame", never)
        assert len(get_or_build("frame", never)) == 200_000
