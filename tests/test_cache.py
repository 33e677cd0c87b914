"""The cache keeps its promises, the same on a disk and in Redis."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cache_workers
import caches
import pandas as pd
import pyarrow as pa
import pytest

from data.cache import cache, call_key, engine, get_or_build, get_or_build_file, get_or_build_table, info
from data.frame_disk import TooLargeForCacheError
from data.frame_files import open_table

pytestmark = pytest.mark.slow

FRAME = pd.DataFrame(
    {"site": pd.Categorical(["Oslo", "Lima", "Oslo"]), "mean": [1.5, 2.5, 3.5], "note": ["a", "ü", "c"]},
    index=pd.date_range("2024-01-01", periods=3, name="day", unit="us"),
)
VALUES = {
    "none": None,
    "false": False,
    "zero": 0,
    "text": "ünïcode",
    "bytes": b"\x80\x04pickle?",
    "nested": {"a": [1, 2.5, None, {"b": "c"}]},
    "long": "x" * 1_000_000,
}


@pytest.fixture(params=caches.ENGINES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(kind: str, tmp_path: Path) -> Iterator[Any]:
    """One machine with an empty cache, in whose app context the test runs."""
    with caches.machines(kind, tmp_path) as (server,), server.app_context():
        yield server


def options(server: Any, folder: Path) -> dict[str, Any]:
    """Return what another process needs to use the same cache."""
    prefix = getattr(engine(), "prefix", "")
    return {"folder": folder, "url": caches.REDIS if prefix else None, "prefix": prefix}


def never() -> Any:
    raise AssertionError("It was in the cache.")


def write_rows(path: Path, batches: int = 3, rows: int = 1000) -> None:
    """Write an Arrow file piece by piece."""
    schema = pa.schema([("n", pa.int64())])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for number in range(batches):
            writer.write_batch(pa.record_batch([range(number * rows, (number + 1) * rows)], schema=schema))


def in_threads(server: Any, ask: Callable[[], Any], times: int = 16) -> list[Any]:
    """Ask in many threads at once; return what each got, or the exception that it met."""
    start = threading.Barrier(times)

    def one(_number: int) -> Any:
        with server.app_context():
            start.wait()
            try:
                return ask()
            except Exception as error:
                return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_as_it_was(server: Any, name: str) -> None:
    for _ in range(2):
        assert get_or_build(name, lambda: VALUES[name]) == VALUES[name]
    assert get_or_build(name, never) == VALUES[name]
    assert cache.get(name) == VALUES[name]


def test_a_frame_comes_back_as_it_was(server: Any) -> None:
    for build in (lambda: FRAME, never):
        pd.testing.assert_frame_equal(get_or_build("frame", build), FRAME, check_freq=False)
    table = pa.table({"n": [1, 2, None]})
    for build in (lambda: table, never):
        assert get_or_build("table", build).equals(table)


def test_flask_caching_documents_what_it_does(server: Any) -> None:
    assert cache.set("a", 1) is True
    assert cache.add("a", 2) is False
    assert cache.add("b", 2) is True
    assert cache.get("a") == 1
    assert cache.has("a")
    assert not cache.has("c")
    assert cache.set_many({"c": 3, "d": 4}) == ["c", "d"]
    assert cache.get_many("a", "b", "c", "x") == [1, 2, 3, None]
    assert cache.get_dict("a", "x") == {"a": 1, "x": None}
    assert cache.delete("a") is True
    assert cache.delete("a") is False
    assert cache.delete_many("b", "c") == ["b", "c"]
    assert cache.clear() is True
    assert cache.get("d") is None


def test_memoize_and_delete_memoized_work(server: Any) -> None:
    calls = []

    @cache.memoize(timeout=60)
    def double(number: int) -> int:
        calls.append(number)
        return 2 * number

    assert [double(1), double(1), double(2), double(2)] == [2, 2, 4, 4]
    assert calls == [1, 2]
    described = info(call_key(double, 1))
    assert described is not None
    assert 0 <= described.age < 60
    assert 0 < described.expires_in <= 60  # type: ignore[operator]
    cache.delete_memoized(double, 1)
    assert info(call_key(double, 1)) is None
    double(1), double(2)
    assert calls == [1, 2, 1]
    cache.delete_memoized(double)
    double(1), double(2)
    assert calls == [1, 2, 1, 1, 2]


def test_memoize_keeps_none_if_told_to(server: Any) -> None:
    calls = []

    @cache.memoize(cache_none=True)
    def nothing() -> None:
        calls.append(1)

    assert [nothing(), nothing()] == [None, None]
    assert calls == [1]


def test_a_value_expires(server: Any) -> None:
    assert get_or_build("short", lambda: 1, ttl=0.2) == 1
    assert get_or_build("for ever", lambda: 1) == 1
    cache.set("timeout 0", 1, timeout=0)
    described = info("short")
    assert described is not None
    assert 0 < described.expires_in <= 0.2  # type: ignore[operator]
    deadline = time.monotonic() + 10
    while info("short") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert get_or_build("short", lambda: 2) == 2
    for name in ("for ever", "timeout 0"):
        kept = info(name)
        assert kept is not None
        assert kept.expires_in is None


@pytest.mark.parametrize("ttl", [0, -1, float("nan"), float("inf")])
def test_no_time_at_all_is_refused(server: Any, ttl: float) -> None:
    with pytest.raises(ValueError, match="cannot be kept for"):
        get_or_build("key", never, ttl=ttl)
    with pytest.raises(ValueError, match="cannot be kept for"):
        get_or_build_file("key", never, ttl=ttl)


def test_info_tells_age_and_size(server: Any) -> None:
    assert info("frame") is None
    get_or_build("bytes", lambda: b"x" * 100_000)
    get_or_build_file("frame", write_rows)
    for name, size in (("bytes", 100_000), ("frame", 24_000)):
        described = info(name)
        assert described is not None
        assert size < described.size < size + 2_000
        assert 0 <= described.age < 60


def test_a_value_can_be_changed_without_touching_the_cache(server: Any) -> None:
    for build in (lambda: [1, [2]], never, never):
        value = get_or_build("list", build)
        assert value == [1, [2]]
        value[1].append(3)
    for build in (lambda: FRAME.copy(), never, never):
        frame = get_or_build("frame", build)
        pd.testing.assert_frame_equal(frame, FRAME, check_freq=False)
        frame.loc[:, "mean"] = 0.0
        frame["more"] = 1


def test_a_frame_is_mapped_and_not_copied(server: Any) -> None:
    get_or_build("frame", lambda: pd.DataFrame({"x": range(1_000_000), "t": ["text"] * 1_000_000}))
    get_or_build_file("file", lambda path: write_rows(path, batches=10, rows=100_000))
    before = pa.total_allocated_bytes()
    frame = get_or_build("frame", never)
    table = open_table(get_or_build_file("file", never))
    assert pa.total_allocated_bytes() - before < 10_000
    assert not frame["x"].to_numpy().flags.owndata
    assert (len(frame), table.num_rows) == (1_000_000, 1_000_000)


def test_threads_that_ask_at_the_same_time_build_once(server: Any, tmp_path: Path) -> None:
    log = tmp_path / "builds"
    assert in_threads(server, lambda: get_or_build("once", lambda: cache_workers.build_slowly(log))) == [[1, 2, 3]] * 16
    assert cache_workers.count(log) == 1
    built: list[Path] = []

    def build(path: Path) -> None:
        built.append(path)
        time.sleep(0.2)
        write_rows(path)

    paths = in_threads(server, lambda: get_or_build_file("file", build))
    assert len(built) == 1
    assert len({*paths}) == 1
    assert open_table(paths[0]).num_rows == 3000


def test_processes_that_ask_at_the_same_time_build_once(server: Any, tmp_path: Path) -> None:
    log = tmp_path / "builds"
    ended = cache_workers.ask_in_processes([options(server, tmp_path)] * 3, log, threads=4)
    assert ended == [0, 0, 0]
    assert cache_workers.count(log) == 1


def test_different_keys_do_not_wait_for_each_other(server: Any) -> None:
    both = threading.Barrier(2)

    def build() -> str:
        both.wait(timeout=30)  # breaks unless both builds run at once
        return "built"

    names = iter(["a", "b"])
    assert in_threads(server, lambda: get_or_build(next(names), build), times=2) == ["built"] * 2


def test_a_failing_build_fails_for_its_callers_and_poisons_nothing(server: Any) -> None:
    tries = []

    def fail() -> Any:
        tries.append(1)
        time.sleep(0.5)
        raise OSError("no data today")

    answers = in_threads(server, lambda: get_or_build("failing", fail))
    assert [str(answer) for answer in answers] == ["no data today"] * 16
    assert len(tries) == 1
    assert info("failing") is None
    assert get_or_build("failing", lambda: "works") == "works"


def test_a_failing_file_build_leaves_no_file(server: Any, tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise ValueError("no data today")

    with pytest.raises(ValueError, match="no data today"):
        get_or_build_file("failing", fail)
    with pytest.raises(ValueError, match="holds no frame"):
        get_or_build_file("failing", lambda path: path.write_bytes(b"not an Arrow file") and None)
    assert [*tmp_path.glob("*/building/*"), *tmp_path.glob("*/values/*")] == []
    assert open_table(get_or_build_file("failing", write_rows)).num_rows == 3000


def test_a_cancelled_build_is_taken_over_by_the_next_who_waits(server: Any) -> None:
    tries: list[int] = []

    def cancel_once() -> str:
        tries.append(1)
        time.sleep(0.3)
        if len(tries) == 1:
            raise CancelledError
        return "built"

    answers = in_threads(server, lambda: get_or_build("cancelled", cancel_once), times=4)
    assert sorted(type(answer).__name__ for answer in answers) == ["CancelledError", "str", "str", "str"]
    assert len(tries) == 2


def test_a_build_that_asks_for_itself_is_told(server: Any) -> None:
    with pytest.raises(RuntimeError, match="asks for that value"):
        get_or_build("loop", lambda: get_or_build("loop", never))


def test_a_build_may_ask_for_another_value(server: Any) -> None:
    assert get_or_build("outer", lambda: [get_or_build("inner", lambda: 1)]) == [1]
    assert get_or_build("inner", never) == 1


def test_a_builder_that_is_killed_frees_the_lock(server: Any, tmp_path: Path) -> None:
    started = tmp_path / "started"
    builder = cache_workers.spawn.Process(
        target=cache_workers.die_while_building, args=(options(server, tmp_path), started)
    )
    builder.start()
    while not started.exists():
        assert builder.is_alive()
        time.sleep(0.05)
    builder.kill()
    builder.join()
    began = time.monotonic()
    assert open_table(get_or_build_file("killed", write_rows)).num_rows == 3000
    assert time.monotonic() - began < 10


def test_what_cannot_be_carried_is_named_and_not_kept(server: Any) -> None:
    with pytest.raises(TypeError, match=r"value\.a\[1\]"):
        get_or_build("wrong", lambda: {"a": [1, (2, 3)]})
    with pytest.raises(TypeError, match=r"value\['x'\] holds Python objects"):
        get_or_build("wrong", lambda: pd.DataFrame({"x": [object()]}))
    assert info("wrong") is None


def test_what_is_larger_than_the_cache_is_an_error_that_says_so(kind: str, tmp_path: Path) -> None:
    with caches.machines(kind, tmp_path, size_mb=1) as (server,), server.app_context():
        get_or_build("kept", lambda: FRAME)
        with pytest.raises(TooLargeForCacheError, match=r"takes 8.* MB, and CACHE_SIZE_MB is 1"):
            get_or_build("large", lambda: pd.DataFrame({"x": range(1_000_000)}))
        with pytest.raises(TooLargeForCacheError, match=r"takes 2.* MB, and CACHE_SIZE_MB is 1"):
            get_or_build_file("large", lambda path: write_rows(path, rows=100_000))
        pd.testing.assert_frame_equal(get_or_build("kept", never), FRAME, check_freq=False)
        assert [*tmp_path.glob("*/building/*")] == []
        assert len([*tmp_path.glob("*/values/*")]) == 1


def test_a_file_that_is_deleted_stays_readable_while_it_is_mapped(server: Any) -> None:
    path = get_or_build_file("file", write_rows)
    table = open_table(path)
    assert cache.delete("file") is True
    assert not path.exists()
    assert table["n"].to_pylist() == [*range(3000)]
    assert cache.get("file") is None


def test_a_table_is_opened_again_if_its_file_is_removed_in_between(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def remove_the_first(path: Path) -> pa.Table:
        opened.append(path)
        if len(opened) == 1:
            cache.delete("file")
        return open_table(path)

    monkeypatch.setattr("data.cache.open_table", remove_the_first)
    assert get_or_build_table("file", write_rows).num_rows == 3000
    assert len({*opened}) == 2


def test_a_file_can_be_read_as_a_value_and_a_frame_as_a_file(server: Any) -> None:
    get_or_build_file("file", write_rows)
    assert get_or_build("file", never).num_rows == 3000
    get_or_build("frame", lambda: FRAME)
    assert open_table(get_or_build_file("frame", write_rows)).num_rows == 3
    get_or_build("plain", lambda: 1)
    assert open_table(get_or_build_file("plain", write_rows)).num_rows == 3000


def test_it_works_on_both_sides_of_a_fork(server: Any, tmp_path: Path) -> None:
    with cache_workers.spawn.Pool(1) as pool:
        assert pool.apply(cache_workers.use_on_both_sides_of_a_fork, (options(server, tmp_path),)) == [0, 0, 0]


def test_on_a_full_disk_values_are_computed(server: Any, tmp_path: Path) -> None:
    with cache_workers.spawn.Pool(1) as pool:
        pool.apply(cache_workers.write_more_than_the_disk_takes, (options(server, tmp_path),))
