"""The visitor store keeps each visitor's values apart, exactly, and no longer or larger than agreed."""

import json
import stat
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from databases import DATABASES, Clock, new_database
from pandas.testing import assert_frame_equal

from data import visitor_schema
from data.codec import CodecError
from data.database import Database
from data.values_table import Quota, QuotaError
from data.visitor_database import EVERYONE
from data.visitor_store import VisitorStore
from data.visitors_table import RetiredVisitorError
from errors import BadInput

pytestmark = pytest.mark.slow

# Names that a store which joins or escapes them would mix up.
HARD_NAMES = [
    "1",
    "12",
    "a",
    "a_b",
    "_b",
    "",
    "é",
    "e\u0301",
    "日本",
    "\U0001f600",
    "/",
    "\\",
    "..",
    "\0",
    "a\0",
    "%",
    "'",
]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[VisitorStore]:
    store = VisitorStore(url, clock=clock, quota=Quota(values=200, bytes=100_000))
    yield store
    store.close()


def damage(store: VisitorStore, visitor: str, key: str) -> None:
    """Overwrite a value with bytes that the codec does not know."""
    with store._database.writing() as connection:
        changed = connection.execute(
            "UPDATE visitor_values SET value = :value WHERE visitor = :visitor AND key = :key",
            {"value": b"\x80\x04damaged", "visitor": visitor.encode(), "key": key.encode()},
        )
        assert changed.rowcount == 1


@pytest.mark.parametrize("value", [None, True, 0, -1.5, "", "日本", [], {"a": [1, {"b": None}]}, b"", b"\0\xff"])
def test_what_is_set_comes_back(store: VisitorStore, value: Any) -> None:
    store.set("ada", "key", value)
    kept = store.get("ada", "key", default="nothing")
    assert kept == value
    assert type(kept) is type(value)


def test_a_frame_comes_back(store: VisitorStore) -> None:
    frame = pd.DataFrame({"city": ["Montréal", None], "size": [1.5, 2.5]})
    store.set("ada", "frame", frame)
    assert_frame_equal(store.get("ada", "frame"), frame)


def test_what_was_never_set_is_the_default(store: VisitorStore) -> None:
    assert store.get("ada", "key") is None
    assert store.get("ada", "key", default=7) == 7
    assert store.read("ada", "key", default=7) == (7, 0)
    assert store.keys("ada") == []


def test_reading_makes_no_visitor(store: VisitorStore) -> None:
    store.get("ada", "key")
    store.held("ada")
    store.delete("ada", "key")
    store.touch("ada", "key", 5)
    store.clear("ada")
    store.renew("ada")
    store.retire("ada")
    with store._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM visitors").fetchone()[0] == 0


def test_names_that_look_alike_stay_apart(store: VisitorStore) -> None:
    pairs = list(permutations(HARD_NAMES, 2))
    for visitor in HARD_NAMES:
        store.set_many(visitor, {key: [visitor, key] for key in HARD_NAMES})
    assert all(store.get(visitor, key) == [visitor, key] for visitor, key in pairs)
    for visitor in HARD_NAMES:
        assert store.keys(visitor) == sorted(HARD_NAMES)
    store.clear("1")
    assert store.keys("1") == []
    assert store.keys("12") == sorted(HARD_NAMES)


def test_a_value_that_cannot_be_carried_is_refused_by_path_and_the_old_one_stays(store: VisitorStore) -> None:
    store.set("ada", "user", "old")
    with pytest.raises(TypeError, match=r"user\.address\.lines\[2\]"):
        store.set("ada", "user", {"address": {"lines": ["a", "b", {3}]}})
    with pytest.raises(TypeError, match="user"):
        store.update("ada", "user", lambda _old: object())
    assert store.get("ada", "user") == "old"


@pytest.mark.parametrize(("visitor", "key"), [(1, "key"), ("ada", None), (b"ada", "key")])
def test_a_name_that_is_not_text_is_refused(store: VisitorStore, visitor: Any, key: Any) -> None:
    with pytest.raises(TypeError, match="are text"):
        store.set(visitor, key, 1)


def test_a_name_that_is_too_long_is_refused(store: VisitorStore) -> None:
    store.set("v" * 500, "k" * 500, 1)
    with pytest.raises(ValueError, match="500 bytes"):
        store.set("ada", "k" * 501, 1)


def test_delete_takes_one_value_and_clear_takes_all(store: VisitorStore) -> None:
    store.set_many("ada", {"a": 1, "b": 2, "c": 3})
    assert store.delete("ada", "a") is True
    assert store.items("ada") == [("b", 2), ("c", 3)]
    store.clear("ada")
    assert store.items("ada") == []


def test_deleting_what_is_not_there_is_ignored_or_raised_as_asked(store: VisitorStore) -> None:
    assert store.delete("ada", "a") is False
    assert store.delete("ada", "a", if_not_exists="ignore") is False
    with pytest.raises(KeyError, match="no value with the key 'a'"):
        store.delete("ada", "a", if_not_exists="raise")
    with pytest.raises(ValueError, match="if_not_exists"):
        store.delete("ada", "a", if_not_exists="whatever")  # type: ignore[arg-type]


def test_add_writes_only_where_nothing_is(store: VisitorStore) -> None:
    assert store.add("ada", "a", 1) is True
    assert store.add("ada", "a", 2) is False
    assert store.get("ada", "a") == 1


def test_increment_counts_from_nothing_and_refuses_what_is_no_number(store: VisitorStore) -> None:
    assert [store.increment("ada", "n"), store.increment("ada", "n", by=2.5)] == [1, 3.5]
    for value in ("text", True, None):
        store.set("ada", "n", value)
        with pytest.raises(TypeError, match=f"'n' holds {type(value).__name__}"):
            store.increment("ada", "n")
        assert store.get("ada", "n") is value or store.get("ada", "n") == value


def test_an_update_that_fails_changes_nothing(store: VisitorStore) -> None:
    store.set("ada", "list", [1])
    assert store.update("ada", "list", lambda old: [*old, 2]) == [1, 2]
    version = store.version("ada")
    with pytest.raises(ZeroDivisionError):
        store.update("ada", "list", lambda old: old[0] / 0)
    assert store.get("ada", "list") == [1, 2]
    assert store.version("ada") == version


def test_compare_and_set_writes_only_over_the_version_that_was_read(store: VisitorStore) -> None:
    first = store.set("ada", "a", 1)
    second = store.compare_and_set("ada", "a", 2, first)
    assert second is not None
    assert second > first
    assert store.compare_and_set("ada", "a", 3, first) is None
    assert store.read("ada", "a") == (2, second)


@pytest.mark.parametrize("ending", ["delete", "clear", "delete and write anew", "expire", "retire"])
def test_a_deleted_value_does_not_come_back_by_a_late_write(store: VisitorStore, clock: Clock, ending: str) -> None:
    store.set("ada", "a", "old", ttl=10)
    version = store.read("ada", "a").version
    match ending:
        case "clear":
            store.clear("ada")
        case "expire":
            clock.now += 10
            store.sweep(lifetime=1_000)
        case "retire":
            store.retire("ada")
        case _:
            store.delete("ada", "a")
    if ending == "delete and write anew":
        store.set("ada", "a", "new")
    if ending == "retire":
        with pytest.raises(RetiredVisitorError, match="reload"):
            store.compare_and_set("ada", "a", "late", version)
    else:
        assert store.compare_and_set("ada", "a", "late", version) is None
    assert store.get("ada", "a") == ("new" if ending == "delete and write anew" else None)


def test_every_write_changes_the_visitors_version(store: VisitorStore) -> None:
    seen = [store.version("ada")]
    store.set("ada", "a", 1)
    seen.append(store.version("ada"))
    store.increment("ada", "a")
    seen.append(store.version("ada"))
    store.delete("ada", "a")
    seen.append(store.version("ada"))
    assert seen == sorted(set(seen))


def test_a_value_expires_when_its_time_is_over(store: VisitorStore, clock: Clock) -> None:
    store.set("ada", "short", 1, ttl=10)
    store.set("ada", "long", 2)
    clock.now += 9.9
    assert store.get("ada", "short") == 1
    clock.now += 0.1
    assert store.get("ada", "short") is None
    assert store.keys("ada") == ["long"]
    assert store.items("ada") == [("long", 2)]
    assert store.delete("ada", "short") is False
    assert store.add("ada", "short", "anew") is True


def test_touch_gives_a_value_more_time_or_all_of_it(store: VisitorStore, clock: Clock) -> None:
    store.set_many("ada", {"a": 1, "b": 2}, ttl=10)
    assert store.touch("ada", "a", 20) is True
    assert store.touch("ada", "b", None) is True
    assert store.touch("ada", "c", 20) is False
    clock.now += 15
    assert store.keys("ada") == ["a", "b"]
    clock.now += 5
    assert store.keys("ada") == ["b"]


def test_an_update_keeps_the_expiry_and_a_set_replaces_it(store: VisitorStore, clock: Clock) -> None:
    store.increment("ada", "n", ttl=10)
    clock.now += 5
    store.increment("ada", "n", ttl=10)
    assert store.held("ada")[0].expires == clock.now + 5
    store.set("ada", "n", 0)
    assert store.held("ada")[0].expires is None


@pytest.mark.parametrize("ttl", [0, -1, float("nan")])
def test_a_time_to_live_that_is_none_is_refused(store: VisitorStore, ttl: float) -> None:
    with pytest.raises(ValueError, match="time to live"):
        store.set("ada", "a", 1, ttl=ttl)


def test_a_quota_bounds_how_many_values_a_visitor_keeps(url: str, clock: Clock) -> None:
    store = VisitorStore(url, clock=clock, quota=Quota(values=2, bytes=100_000))
    store.set("ada", "a", 1, ttl=10)
    store.set("ada", "b", 2)
    store.set("ada", "b", 3)
    with pytest.raises(QuotaError, match="2 values; 'c' would be one more"):
        store.set("ada", "c", 4)
    store.set("eve", "c", 4)
    assert store.items("ada") == [("a", 1), ("b", 3)]
    clock.now += 10
    store.set("ada", "c", 4)
    store.close()


def test_a_quota_bounds_how_many_bytes_a_visitor_keeps(store: VisitorStore) -> None:
    store.set("ada", "a", b"x" * 90_000)
    with pytest.raises(QuotaError, match=r"100,000 bytes; 'b' needs 20,\d+, and 9,\d+ are free"):
        store.set("ada", "b", b"x" * 20_000)
    with pytest.raises(QuotaError):
        store.set_many("ada", {"b": b"x" * 5_000, "c": b"x" * 20_000})
    assert store.keys("ada") == ["a"]
    store.set("ada", "a", b"x" * 95_000)
    assert issubclass(QuotaError, BadInput)  # so that the visitor reads it


def test_what_is_held_is_told_without_decoding(store: VisitorStore, clock: Clock) -> None:
    store.set("ada", "a", "x" * 100, ttl=60)
    version = store.set("ada", "b", 1)
    a, b = store.held("ada")
    assert (a.key, a.written, a.expires) == ("a", clock.now, clock.now + 60)
    assert 100 < a.size < 150
    assert (b.key, b.version, b.expires) == ("b", version, None)


def test_a_value_that_cannot_be_decoded_is_listed_and_deleted(store: VisitorStore) -> None:
    store.set_many("ada", {"bad": 1, "good": 2})
    damage(store, "ada", "bad")
    with pytest.raises(CodecError, match="'bad' cannot be read"):
        store.get("ada", "bad")
    assert store.keys("ada") == ["bad", "good"]
    assert [held.key for held in store.held("ada")] == ["bad", "good"]
    assert store.get("ada", "good") == 2
    assert store.delete("ada", "bad") is True
    assert store.items("ada") == [("good", 2)]


def test_what_is_exported_can_be_imported_by_another(store: VisitorStore) -> None:
    frame = pd.DataFrame({"n": [1, 2]})
    store.set_many("ada", {"plain": {"a": [1, None]}, "bytes": b"\0\xff", "frame": frame, "\0/..": "odd"})
    store.set("ada", "short", 1, ttl=60)
    file = store.export("ada")
    assert json.loads(file)["values"][-2] == {"key": "plain", "expires": None, "value": {"a": [1, None]}}
    assert store.import_("eve", file) == 5
    assert store.keys("eve") == store.keys("ada")
    assert [held.expires for held in store.held("eve")] == [held.expires for held in store.held("ada")]
    assert store.get("eve", "plain") == {"a": [1, None]}
    assert store.get("eve", "bytes") == b"\0\xff"
    assert_frame_equal(store.get("eve", "frame"), frame)


def test_an_export_holds_even_what_cannot_be_decoded(store: VisitorStore) -> None:
    store.set("ada", "bad", 1)
    damage(store, "ada", "bad")
    assert json.loads(store.export("ada"))["values"][0]["base64"]
    with pytest.raises(BadInput, match="number 1"):
        store.import_("eve", store.export("ada"))


ENTRY = {"key": "a", "expires": None, "value": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"format": "other", "values": []}',
        *(
            json.dumps({"format": "visitor data, version 1", "values": values}).encode()
            for values in (
                None,
                [1],
                [{}],
                [ENTRY, {**ENTRY, "key": 5}],
                [ENTRY, {**ENTRY, "key": "x" * 501}],
                [ENTRY, {**ENTRY, "expires": "soon"}],
                [ENTRY, {**ENTRY, "expires": True}],
                [ENTRY, {**ENTRY, "expires": 10**400}],
                [ENTRY, {**ENTRY, "expires": float("nan")}],
                [ENTRY, {**ENTRY, "value": float("inf")}],
                [ENTRY, {"key": "b", "expires": None, "base64": "?"}],
                [ENTRY, {"key": "b", "expires": None, "base64": 5}],
                [ENTRY, {"key": "b", "expires": None, "base64": "gASV"}],
                [{"key": str(number), "expires": None, "value": 0} for number in range(201)],
            )
        ),
    ],
)
def test_a_file_that_was_not_exported_is_refused_whole(store: VisitorStore, content: bytes) -> None:
    with pytest.raises(BadInput):
        store.import_("ada", content)
    assert store.keys("ada") == []


def test_a_replaced_id_is_dead_and_its_data_came_along(store: VisitorStore) -> None:
    store.set("ada", "a", 1)
    version = store.read("ada", "a").version
    store.replace("ada", "new")
    assert store.is_retired("ada")
    assert not store.is_retired("new")
    assert store.items("ada") == []
    assert store.read("new", "a") == (1, version)
    with pytest.raises(RetiredVisitorError):
        store.set("ada", "a", 2)
    assert store.compare_and_set("new", "a", 2, version) is not None
    assert store.renew("ada") is False


def test_sweeping_takes_what_expired_and_who_was_not_here(store: VisitorStore, clock: Clock) -> None:
    store.set("gone", "a", 1)
    store.set(EVERYONE, "count", 1)
    store.set("renewed", "a", 1)
    clock.now += 100
    store.set("here", "short", 1, ttl=5)
    store.set("here", "long", 1)
    store.renew("renewed")
    clock.now += 5
    assert store.sweep(lifetime=50) == 2  # the short value, and the visitor who is gone
    assert [store.keys(visitor) for visitor in ("gone", "renewed", "here")] == [[], ["a"], ["long"]]
    assert store.get(EVERYONE, "count") == 1
    with store._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM visitor_values").fetchone()[0] == 3


def test_an_older_database_is_migrated_and_keeps_its_data(url: str, store: VisitorStore) -> None:
    store.set("ada", "a", 1)
    database = Database(url)
    steps = (*visitor_schema.STEPS, ("ALTER TABLE visitors ADD COLUMN colour BIGINT",))
    visitor_schema.migrate(database, steps)
    visitor_schema.migrate(database, steps)
    with database.reading() as connection:
        assert connection.execute("SELECT colour FROM visitors").fetchone() == (None,)
    database.close()
    assert store.get("ada", "a") == 1


def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str, store: VisitorStore) -> None:
    store.set("ada", "a", 1)
    database = Database(url)
    steps = (*visitor_schema.STEPS, ("CREATE TABLE half (n BIGINT)", "nonsense"))
    with pytest.raises(Exception, match="syntax error"):
        visitor_schema.migrate(database, steps)
    assert not database.has_table("half")
    database.close()
    assert store.get("ada", "a") == 1


def test_a_database_of_a_newer_release_is_refused(url: str, store: VisitorStore) -> None:
    store.migrate()
    database = Database(url)
    visitor_schema.migrate(database, (*visitor_schema.STEPS, ()))
    database.close()
    opened_later = VisitorStore(url)
    with pytest.raises(RuntimeError, match="this release knows 1"):
        opened_later.get("ada", "a")
    opened_later.close()


def test_a_database_that_does_not_answer_fails_the_ping() -> None:
    with pytest.raises(Exception, match="refused"):
        VisitorStore("postgres://nobody@127.0.0.1:1/none").ping()


def test_the_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    store = VisitorStore(f"sqlite:///{tmp_path}/private/visitors.sqlite")
    store.set("ada", "a", 1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "private").iterdir()}
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert "visitors.sqlite-wal" in modes
    store.close()
