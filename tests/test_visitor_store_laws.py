"""Whatever is done in whatever order, the visitor store behaves as a dictionary with a clock would."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from databases import DATABASES, Clock, new_database
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from data.values_table import Quota
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow

names = st.sampled_from(["a", "a_b", "_b", "", "\0", "é"])
numbers = st.integers(-5, 5)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(leaves, lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3))
lifetimes = st.none() | st.integers(1, 20)


class StoreLikeADictionary(RuleBasedStateMachine):
    """Do the same to a store and to a dictionary, {visitor: {key: (value, expiry)}}, and compare."""

    def __init__(self, store: VisitorStore, clock: Clock) -> None:
        """Begin with nobody's values."""
        super().__init__()
        self.store, self.clock = store, clock
        self.model: dict[str, dict[str, tuple[Any, float | None]]] = {}
        self.late: list[tuple[str, str, int]] = []  # writes that somebody prepared, and will do too late

    def teardown(self) -> None:
        """Leave nothing to the next run."""
        for visitor in self.model:
            self.store.clear(visitor)

    def live(self, visitor: str) -> dict[str, tuple[Any, float | None]]:
        """Return the visitor's part of the model, without what has expired."""
        kept = {
            key: (value, expires)
            for key, (value, expires) in self.model.get(visitor, {}).items()
            if expires is None or expires > self.clock.now
        }
        self.model[visitor] = kept
        return kept

    def expiry(self, ttl: int | None) -> float | None:
        return None if ttl is None else self.clock.now + ttl

    def prepare_late_write(self, visitor: str, key: str) -> None:
        self.late.append((visitor, key, self.store.read(visitor, key).version))

    @rule(visitor=names, key=names, value=values, ttl=lifetimes)
    def set(self, visitor: str, key: str, value: Any, ttl: int | None) -> None:
        self.prepare_late_write(visitor, key)
        self.store.set(visitor, key, value, ttl=ttl)
        self.live(visitor)[key] = (value, self.expiry(ttl))

    @rule(visitor=names, key=names, value=values, ttl=lifetimes)
    def add(self, visitor: str, key: str, value: Any, ttl: int | None) -> None:
        live = self.live(visitor)
        assert self.store.add(visitor, key, value, ttl=ttl) is (key not in live)
        live.setdefault(key, (value, self.expiry(ttl)))

    @rule(visitor=names, key=names, by=numbers)
    def append(self, visitor: str, key: str, by: int) -> None:
        self.prepare_late_write(visitor, key)
        live = self.live(visitor)
        old, expires = live.get(key, (None, None))
        assert self.store.update(visitor, key, lambda value: [value, by]) == [old, by]
        live[key] = ([old, by], expires)

    @rule(visitor=names, by=numbers)
    def increment(self, visitor: str, by: int) -> None:
        live = self.live(visitor)
        old, expires = live.get("number", (0, None))
        assert self.store.increment(visitor, "number", by) == old + by
        live["number"] = (old + by, expires)

    @rule(visitor=names, key=names, value=values)
    def write_over_what_was_read(self, visitor: str, key: str, value: Any) -> None:
        version = self.store.read(visitor, key).version
        assert self.store.compare_and_set(visitor, key, value, version)
        self.live(visitor)[key] = (value, None)

    @precondition(lambda self: self.late)
    @rule(data=st.data(), value=values)
    def a_late_write_is_refused(self, data: st.DataObject, value: Any) -> None:
        visitor, key, version = data.draw(st.sampled_from(self.late))
        if self.store.read(visitor, key).version != version:
            assert self.store.compare_and_set(visitor, key, value, version) is None

    @rule(visitor=names, key=names, ttl=lifetimes)
    def touch(self, visitor: str, key: str, ttl: int | None) -> None:
        live = self.live(visitor)
        assert self.store.touch(visitor, key, ttl) is (key in live)
        if key in live:
            live[key] = (live[key][0], self.expiry(ttl))

    @rule(visitor=names, key=names)
    def delete(self, visitor: str, key: str) -> None:
        live = self.live(visitor)
        self.prepare_late_write(visitor, key)
        assert self.store.delete(visitor, key) is (live.pop(key, None) is not None)

    @rule(visitor=names)
    def clear(self, visitor: str) -> None:
        self.store.clear(visitor)
        self.model[visitor] = {}

    @rule(seconds=st.integers(1, 15))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.now += seconds

    @rule()
    def sweep(self) -> None:
        self.store.sweep(lifetime=1_000_000)

    @rule(visitor=names, other=names)
    def copy_by_export(self, visitor: str, other: str) -> None:
        self.store.import_(other, self.store.export(visitor))
        self.live(other).update(self.live(visitor))

    @invariant()
    def the_store_holds_what_the_dictionary_holds(self) -> None:
        for visitor in self.model:
            live = self.live(visitor)
            assert self.store.items(visitor) == sorted((key, value) for key, (value, _expires) in live.items())
            assert [(held.key, held.expires) for held in self.store.held(visitor)] == sorted(
                (key, expires) for key, (_value, expires) in live.items()
            )


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VisitorStore]:
    with new_database(request.param, tmp_path) as url:
        store = VisitorStore(url, clock=Clock(), quota=Quota(1_000, 10**9))
        yield store
        store.close()


def test_the_store_obeys_the_laws_of_a_dictionary(store: VisitorStore) -> None:
    run_state_machine_as_test(
        partial(StoreLikeADictionary, store, store._clock),
        settings=settings(max_examples=25, stateful_step_count=40, deadline=None, database=None),
    )
