"""What the server keeps for each visitor: values under keys, in SQLite or PostgreSQL.

Each operation is atomic across threads, processes and machines. A value is what `data/codec.py` can carry;
what comes back is a copy, so changing it in place changes nothing here.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from data import values_table
from data.codec import CodecError, decode, encode
from data.values_table import Held, Quota, Row, to_bytes, to_text
from data.visitor_database import VisitorDatabase
from data.visitor_export import pack, unpack
from settings import settings


class Versioned(NamedTuple):
    """A value and the version of the write that it comes from; version 0 if there is no such value."""

    value: Any
    version: int


class VisitorStore(VisitorDatabase):
    """Values keyed (visitor, key). Any text is a visitor's id or a key, up to 500 bytes.

    Every operation may raise StoreBusyError; each that writes, also QuotaError, RetiredVisitorError, and
    TypeError for a value that cannot be carried. Then nothing was written, and the old value stays.
    """

    def __init__(
        self,
        url: str,
        *,
        quota: Quota = Quota(values=1_000, bytes=10_000_000),  # noqa: B008 - a tuple: it cannot change
        lock_timeout: float = 5.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep values at a database URL, as `Database` takes it; it is opened at first use.

        `lock_timeout` is in seconds; `clock` returns seconds since 1970.
        """
        super().__init__(url, lock_timeout=lock_timeout, clock=clock)
        self._quota = quota

    def get(self, visitor: str, key: str, default: Any = None) -> Any:
        """Return a value, or the default. Raises CodecError if what is kept cannot be decoded."""
        return self.read(visitor, key, default).value

    def read(self, visitor: str, key: str, default: Any = None) -> Versioned:
        """Return a value with its version, for `compare_and_set`. Raises CodecError as `get` does."""
        with self._reading() as connection:
            found = values_table.find(connection, to_bytes(visitor), to_bytes(key), self._clock())
        return Versioned(_decode(key, found.value), found.version) if found else Versioned(default, 0)

    def set(self, visitor: str, key: str, value: Any, *, ttl: float | None = None) -> int:
        """Write a value and return its version. It expires after `ttl` seconds; without, with the visitor."""
        return self._write(visitor, [Row(to_bytes(key), encode(value, key), self._expiry(ttl))])

    def set_many(self, visitor: str, values: Mapping[str, Any], *, ttl: float | None = None) -> int:
        """Write several values, all or none, and return their version."""
        expires = self._expiry(ttl)
        return self._write(visitor, [Row(to_bytes(key), encode(value, key), expires) for key, value in values.items()])

    def add(self, visitor: str, key: str, value: Any, *, ttl: float | None = None) -> bool:
        """Write a value only if the key has none; tell whether it was written."""
        return self.compare_and_set(visitor, key, value, 0, ttl=ttl) is not None

    def compare_and_set(
        self, visitor: str, key: str, value: Any, version: int, *, ttl: float | None = None
    ) -> int | None:
        """Write a value only if its version is still this (0: absent); return the new version, or None.

        A version is never given twice: a value that was deleted, or deleted and written anew, has another.
        """
        row = Row(to_bytes(key), encode(value, key), self._expiry(ttl))
        with self._locked(visitor) as (connection, new_version):
            found = values_table.find(connection, to_bytes(visitor), row.key, self._clock())
            if version != (found.version if found else 0):
                return None
            values_table.write(connection, to_bytes(visitor), row, new_version, self._clock(), self._quota)
        return new_version

    def update(
        self,
        visitor: str,
        key: str,
        function: Callable[[Any], Any],
        default: Any = None,
        *,
        ttl: float | None = None,
    ) -> Any:
        """Replace a value by `function(value)`, of the default if absent, and return it.

        `ttl` is for a value that was absent; else its expiry stays. The function runs while the lock is held:
        keep it quick, and let it not write to this store.
        """
        expires = self._expiry(ttl)
        with self._locked(visitor) as (connection, version):
            found = values_table.find(connection, to_bytes(visitor), to_bytes(key), self._clock())
            value = function(_decode(key, found.value) if found else default)
            row = Row(to_bytes(key), encode(value, key), found.expires if found else expires)
            values_table.write(connection, to_bytes(visitor), row, version, self._clock(), self._quota)
        return value

    def increment(self, visitor: str, key: str, by: float = 1, *, ttl: float | None = None) -> Any:
        """Add to a number, 0 if absent, and return the sum. Raises TypeError if the value is not a number."""

        def add(value: Any) -> Any:
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise TypeError(f"{key!r} holds {type(value).__name__}, not a number.")
            return value + by

        return self.update(visitor, key, add, default=0, ttl=ttl)

    def touch(self, visitor: str, key: str, ttl: float | None) -> bool:
        """Let a value expire `ttl` seconds from now (None: with the visitor); tell whether there is one."""
        expires = self._expiry(ttl)
        with self._known(visitor) as connection:
            found = connection and values_table.find(connection, to_bytes(visitor), to_bytes(key), self._clock())
            if connection and found:
                values_table.set_expiry(connection, to_bytes(visitor), to_bytes(key), expires)
        return bool(found)

    def delete(self, visitor: str, key: str, *, if_not_exists: Literal["ignore", "raise"] = "ignore") -> bool:
        """Delete a value; tell whether there was one. With "raise", raises KeyError if there was none."""
        if if_not_exists not in ("ignore", "raise"):
            raise ValueError(f'if_not_exists is "ignore" or "raise", not {if_not_exists!r}.')
        with self._known(visitor) as connection:
            found = connection and values_table.find(connection, to_bytes(visitor), to_bytes(key), self._clock())
            if connection and found:
                values_table.delete(connection, to_bytes(visitor), to_bytes(key))
        if not found and if_not_exists == "raise":
            raise KeyError(f"There is no value with the key {key!r}.")
        return bool(found)

    def clear(self, visitor: str) -> None:
        """Delete all values of a visitor. The id stays in use; `retire` ends that too."""
        with self._known(visitor) as connection:
            if connection:
                values_table.delete_all(connection, to_bytes(visitor))

    def keys(self, visitor: str) -> list[str]:
        """Return the keys of a visitor's values, sorted."""
        return [held.key for held in self.held(visitor)]

    def items(self, visitor: str) -> list[tuple[str, Any]]:
        """Return keys and values, sorted by key. Raises CodecError if one cannot be decoded."""
        return [(to_text(row.key), _decode(to_text(row.key), row.value)) for row in self._rows(visitor)]

    def held(self, visitor: str) -> list[Held]:
        """Return what is known of each value, sorted by key; also of those that cannot be decoded."""
        with self._reading() as connection:
            return values_table.held(connection, to_bytes(visitor), self._clock())

    def export(self, visitor: str) -> bytes:
        """Return all of a visitor's values as one JSON file, also those that cannot be decoded."""
        return pack(self._rows(visitor))

    def import_(self, visitor: str, file: bytes) -> int:
        """Write all values of an exported file, or none, over what has the same keys; return how many.

        Raises BadInput if it is no such file.
        """
        imported = unpack(file)
        self._write(visitor, imported)
        return len(imported)

    def _rows(self, visitor: str) -> list[Row]:
        with self._reading() as connection:
            return values_table.find_all(connection, to_bytes(visitor), self._clock())

    def _write(self, visitor: str, written: Sequence[Row]) -> int:
        owner, now = to_bytes(visitor), self._clock()
        with self._locked(visitor) as (connection, version):
            for row in written:
                values_table.write(connection, owner, row, version, now, self._quota)
        return version

    def _expiry(self, ttl: float | None) -> float | None:
        if ttl is not None and not ttl > 0:
            raise ValueError(f"A time to live is more than 0 seconds, not {ttl!r}.")
        return None if ttl is None else self._clock() + ttl


def _decode(key: str, value: bytes) -> Any:
    """Return the value; where that fails, say of which key."""
    try:
        return decode(value)
    except CodecError as error:
        raise CodecError(f"The value of {key!r} cannot be read (it can be deleted): {error}") from error


@cache
def visitor_store() -> VisitorStore:
    """Return the app's store, as the settings describe it."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return VisitorStore(
        url or f"sqlite:///{settings.data_dir}/visitors.sqlite",
        quota=Quota(settings.visitor_max_values, round(settings.visitor_max_mb * 1_000_000)),
    )


if __name__ == "__main__":
    visitor_store().migrate()
