"""What the disk engine keeps on the disk: private, within its cap, without pickle, and rebuilt where it is damaged."""

import ast
import logging
import os
import pickle
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import caches
import pandas as pd
import pytest
from flask_caching import Cache
from test_cache import never, write_rows

from data.cache import cache, engine, get_or_build, get_or_build_file, info
from data.frame_files import open_table

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The directory of a cache of 1 MB, in whose app context the test runs."""
    with caches.machines("disk", tmp_path / "cache", size_mb=1) as (server,), server.app_context():
        yield tmp_path / "cache" / "values-1"


def frame(rows: int = 33_000) -> pd.DataFrame:
    return pd.DataFrame({"x": range(rows)})


def replace_with_rows(path: Path) -> None:
    path.unlink()
    write_rows(path)


def only_file(folder: Path) -> Path:
    (path,) = (folder / "values").iterdir()
    return path


def database(folder: Path) -> Any:
    return closing(sqlite3.connect(folder / "cache.db", isolation_level=None))


def test_only_its_own_account_can_read_it(folder: Path) -> None:
    before = os.umask(0)
    try:
        get_or_build("frame", frame)
        get_or_build_file("file", replace_with_rows)
        get_or_build("row", lambda: 1)
        get_or_build("long", lambda: "x" * 100_000)
    finally:
        os.umask(before)
    entries = [folder.parent, *folder.parent.rglob("*")]
    assert len(entries) > 8
    for path in entries:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_directory_that_others_can_read_gets_a_private_one_inside(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with caches.machines("disk", tmp_path) as (server,), server.app_context():
        get_or_build("a", lambda: 1)
    (inside,) = tmp_path.iterdir()
    assert stat.S_IMODE(inside.stat().st_mode) == 0o700
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_what_was_used_longest_ago_goes_first_and_no_more_than_must(folder: Path) -> None:
    for name in "abc":  # a quarter of the room each
        get_or_build(name, frame)
    get_or_build("a", never)
    get_or_build("d", frame)
    assert [bool(info(name)) for name in "abcd"] == [True, False, True, True]
    assert len([*(folder / "values").iterdir()]) == 3
    taken = sum(path.stat().st_size for path in (folder / "values").iterdir())
    assert taken < 1_000_000


def test_many_small_values_keep_within_the_cap_too(folder: Path) -> None:
    for number in range(300):
        cache.set(f"value {number}", "x" * 10_000)
    assert cache.get("value 299") == "x" * 10_000
    assert cache.get("value 0") is None
    with database(folder) as rows:
        assert rows.execute("SELECT SUM(LENGTH(value)) FROM Cache").fetchone()[0] < 1_000_000
        pages, size = (rows.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    assert pages * size < 1_100_000


def test_expired_values_are_swept_at_the_next_write(folder: Path) -> None:
    get_or_build("short", frame, ttl=0.1)
    path = only_file(folder)
    while info("short"):
        time.sleep(0.02)
    assert path.exists()
    get_or_build("other", lambda: 1)
    assert not path.exists()
    with database(folder) as rows:
        assert rows.execute("SELECT COUNT(*) FROM Cache").fetchone()[0] == 1


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff\xfe")


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "cut": cut,
    "changed in the middle": flip,
    "emptied": lambda path: path.write_bytes(b""),
    "foreign": lambda path: path.write_bytes(b"from elsewhere" * 1000),
    "another frame": lambda path: write_rows(path, rows=10_000),
    "a pickle": lambda path: path.write_bytes(pickle.dumps(frame())),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("what", ["frame", "file", "long"])
def test_a_damaged_file_is_dropped_logged_and_rebuilt(
    folder: Path, caplog: pytest.LogCaptureFixture, damage: str, what: str
) -> None:
    def ask() -> Any:
        if what == "file":
            return open_table(get_or_build_file("key", lambda path: write_rows(path, rows=10_000))).num_rows
        return len(get_or_build("key", frame if what == "frame" else lambda: "x" * 100_000))

    first = ask()
    damaged = only_file(folder)
    DAMAGES[damage](damaged)
    with caplog.at_level(logging.WARNING):
        assert ask() == first
    assert "Dropped 'key' from the cache" in caplog.text
    assert only_file(folder) != damaged
    caplog.clear()
    assert ask() == first
    assert caplog.text == ""


def test_a_file_that_is_gone_is_rebuilt(folder: Path) -> None:
    get_or_build("frame", frame)
    only_file(folder).unlink()
    assert len(get_or_build("frame", frame)) == 33_000
    assert len(get_or_build("frame", never)) == 33_000


def test_a_damaged_row_is_dropped_logged_and_rebuilt(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    get_or_build("row", lambda: "abc")
    for value in (b"DA1J but not whole", b"", None, "text", 5):
        with database(folder) as rows:
            assert rows.execute("UPDATE Cache SET value = ?", (value,)).rowcount == 1
        caplog.clear()
        assert get_or_build("row", lambda: "abc") == "abc"
        assert "Dropped 'row' from the cache" in caplog.text
    assert get_or_build("row", never) == "abc"


@pytest.mark.parametrize("damage", [b"no database at all" * 500, b"SQLite format 3\x00" + b"\xff" * 9000])
def test_a_damaged_database_is_made_anew(folder: Path, caplog: pytest.LogCaptureFixture, damage: bytes) -> None:
    get_or_build("frame", frame)
    engine().close()  # type: ignore[attr-defined]
    for path in folder.glob("cache.db-*"):
        path.unlink()
    (folder / "cache.db").write_bytes(damage)
    assert len(get_or_build("frame", frame)) == 33_000
    assert "damaged, and is made anew" in caplog.text
    assert len(get_or_build("frame", never)) == 33_000


def test_a_directory_that_is_removed_meanwhile_is_made_anew(folder: Path) -> None:
    get_or_build("frame", frame)
    shutil.rmtree(folder)
    assert len(get_or_build("frame", frame)) == 33_000
    assert len(get_or_build("frame", never)) == 33_000


def test_a_directory_that_cannot_be_made_means_that_values_are_computed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no directory")
    with caches.machines("disk", tmp_path / "file" / "cache") as (server,), server.app_context():
        for answer in (1, 2):
            assert get_or_build("a", lambda answer=answer: answer) == answer  # type: ignore[misc]
        assert cache.get("a") is None
    assert "The cache could not be used for 'a'" in caplog.text


def test_files_that_nobody_needs_any_more_are_swept(folder: Path) -> None:
    get_or_build("frame", frame)
    kept = only_file(folder)
    left = [folder / "building" / "ff-left", folder / "values" / "left"]
    new = [folder / "building" / "ff-new", folder / "values" / "new"]
    for path in (*left, *new):
        path.touch()
    for path in left:
        os.utime(path, (0, 0))
    with engine().building("held"):
        held = engine().directory.new_file("held")  # type: ignore[attr-defined]
        os.utime(held, (0, 0))
        engine().directory.close()  # type: ignore[attr-defined]
        get_or_build("any", lambda: 1)
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in (*new, kept))


class Bomb:
    """Says that it was unpickled."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        """Name what unpickling would call."""
        return pytest.fail, ("A pickle was loaded.",)


@pytest.fixture
def no_pickle(monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """A pickle that fails the test when it is loaded; so does every way to load one, or to make one."""
    bomb = pickle.dumps(Bomb())

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        pytest.fail("pickle was used.")

    for name in ("load", "loads", "dump", "dumps", "Unpickler", "_Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    yield bomb
    monkeypatch.undo()


def test_no_planted_pickle_is_ever_loaded(folder: Path, no_pickle: bytes, caplog: pytest.LogCaptureFixture) -> None:
    get_or_build("frame", frame)
    (folder / "values" / "planted").write_bytes(no_pickle)
    plants = [
        (mode, filename, value)
        for mode in (0, 1, 2, 3, 4, 11, 12, 13)
        for filename in (None, "planted", "../values/planted", str(folder / "values" / "planted"))
        for value in (no_pickle, None)
    ]
    for number, (mode, filename, value) in enumerate(plants):
        for raw in (0, 1):
            with database(folder) as rows:
                rows.execute(
                    "INSERT OR REPLACE INTO Cache (key, raw, store_time, access_time, mode, filename, value)"
                    " VALUES (?, ?, 0, 0, ?, ?, ?)",
                    (no_pickle if raw == 0 and number % 2 else "planted", raw, mode, filename, value),
                )
        assert cache.get("planted") is None
        assert get_or_build("planted", lambda: "built") == "built"
        assert get_or_build("planted", never) == "built"
        assert cache.has("planted")
        assert get_or_build_file("planted", write_rows).exists()
        assert cache.delete("planted")
        (folder / "values" / "planted").write_bytes(no_pickle)
    assert caplog.text.count("Dropped 'planted'") >= len(plants)
    assert engine().clear()


def test_a_cache_directory_of_diskcache_itself_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    import diskcache

    folder.mkdir(parents=True)
    with diskcache.Cache(str(folder)) as theirs:
        theirs.set("a", Bomb.__reduce__)  # pickled by name
        theirs.set("b", "text in the clear")
    assert get_or_build("a", lambda: "ours") == "ours"
    assert get_or_build("b", lambda: "ours") == "ours"


def test_no_module_of_the_server_imports_what_can_run_code_from_data() -> None:
    wanted = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    for path in (ROOT / "data").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {name.partition(".")[0] for name in named} & wanted, path.name


def test_reading_the_latest_value_again_writes_nothing(folder: Path) -> None:
    get_or_build("row", lambda: 1)
    with database(folder) as rows:
        before = rows.execute("PRAGMA data_version").fetchone()
        for _ in range(5):
            get_or_build("row", never)
        assert rows.execute("PRAGMA data_version").fetchone() == before
        get_or_build("other", lambda: 1)
        assert rows.execute("PRAGMA data_version").fetchone() != before


def test_a_locked_database_keeps_nobody_waiting_for_what_is_there(folder: Path) -> None:
    get_or_build("a", lambda: 1)
    get_or_build("b", lambda: 1)
    with database(folder) as rows:
        rows.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert get_or_build("b", never) == 1
        assert get_or_build("a", never) == 1
        assert time.monotonic() - began < 1
        rows.execute("ROLLBACK")


def test_the_app_uses_flask_caching(folder: Path) -> None:
    assert isinstance(cache, Cache)
    assert type(cache.cache).__name__ == "DiskEngine"
