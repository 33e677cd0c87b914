"""The table of visitors' values: the statements that read and write it, one text for both databases."""

from typing import NamedTuple

from data.database import Connection
from errors import BadInput

# PostgreSQL cannot index more than some 2,700 bytes, and nobody needs to.
LONGEST_NAME = 500


# How many other values the visitor has, and their bytes.
_OTHERS = """
    (SELECT count(*) AS number, CAST(coalesce(sum(size), 0) AS BIGINT) AS bytes FROM visitor_values
     WHERE visitor = :visitor AND key <> :key AND (expires IS NULL OR expires > :now)) AS others
"""

_WRITE_WITHIN_QUOTA = f"""
    INSERT INTO visitor_values (visitor, key, version, size, written, expires, value)
    SELECT :visitor, :key, :version, :size, :now, CAST(:expires AS DOUBLE PRECISION), :value
    FROM {_OTHERS} WHERE others.number < :most_values AND others.bytes + :size <= :most_bytes
    ON CONFLICT (visitor, key) DO UPDATE SET version = excluded.version, size = excluded.size,
    written = excluded.written, expires = excluded.expires, value = excluded.value
"""  # noqa: S608


class QuotaError(BadInput):
    """A write would take a visitor beyond what one may keep; nothing was written."""


class Found(NamedTuple):
    """A live row."""

    value: bytes
    version: int
    expires: float | None  # seconds since 1970; None: with the visitor


class Row(NamedTuple):
    """A value to write, as it goes into a row."""

    key: bytes
    value: bytes
    expires: float | None


class Held(NamedTuple):
    """What is known of a value without decoding it. Times are in seconds since 1970."""

    key: str
    size: int  # bytes
    version: int
    written: float
    expires: float | None


class Quota(NamedTuple):
    """How much one visitor may keep."""

    values: int
    bytes: int


def to_bytes(name: str) -> bytes:
    """Return a visitor's id or a key as it is kept; two that differ stay different, whatever they hold."""
    if not isinstance(name, str):
        raise TypeError(f"A visitor's id and a key are text; this is {type(name).__name__}: {name!r}.")
    kept = name.encode("utf-8", "surrogatepass")
    if len(kept) > LONGEST_NAME:
        raise ValueError(f"A visitor's id or a key may have {LONGEST_NAME} bytes; this has {len(kept)}: {name[:40]!r}…")
    return kept


def to_text(kept: bytes) -> str:
    """Undo `to_bytes`."""
    return kept.decode("utf-8", "surrogatepass")


def find(connection: Connection, visitor: bytes, key: bytes, now: float) -> Found | None:
    """Return the row of a value that has not expired, or None."""
    row = connection.execute(
        "SELECT value, version, expires FROM visitor_values"
        " WHERE visitor = :visitor AND key = :key AND (expires IS NULL OR expires > :now)",
        {"visitor": visitor, "key": key, "now": now},
    ).fetchone()
    return Found(*row) if row else None


def find_all(connection: Connection, visitor: bytes, now: float) -> list[Row]:
    """Return all that has not expired, in the order of the keys."""
    rows = connection.execute(
        "SELECT key, value, expires FROM visitor_values"
        " WHERE visitor = :visitor AND (expires IS NULL OR expires > :now) ORDER BY key",
        {"visitor": visitor, "now": now},
    ).fetchall()
    return [Row(*row) for row in rows]


def held(connection: Connection, visitor: bytes, now: float) -> list[Held]:
    """Return what is known of each value that has not expired, in the order of the keys."""
    rows = connection.execute(
        "SELECT key, size, version, written, expires FROM visitor_values"
        " WHERE visitor = :visitor AND (expires IS NULL OR expires > :now) ORDER BY key",
        {"visitor": visitor, "now": now},
    ).fetchall()
    return [Held(to_text(key), *rest) for key, *rest in rows]


def write(connection: Connection, visitor: bytes, row: Row, version: int, now: float, quota: Quota) -> None:
    """Write one value of a locked visitor. Raises QuotaError."""
    parameters = {
        "visitor": visitor,
        "key": row.key,
        "value": row.value,
        "expires": row.expires,
        "version": version,
        "size": len(row.value),
        "now": now,
        "most_values": quota.values,
        "most_bytes": quota.bytes,
    }
    if connection.execute(_WRITE_WITHIN_QUOTA, parameters).rowcount == 0:
        values, kept = connection.execute(f"SELECT * FROM {_OTHERS}", parameters).fetchone()  # noqa: S608
        if values + 1 > quota.values:
            raise QuotaError(f"A visitor may keep {quota.values:,} values; {to_text(row.key)!r} would be one more.")
        raise QuotaError(
            f"A visitor may keep {quota.bytes:,} bytes; {to_text(row.key)!r} needs {len(row.value):,},"
            f" and {max(0, quota.bytes - kept):,} are free."
        )


def delete(connection: Connection, visitor: bytes, key: bytes) -> None:
    """Delete one value of a locked visitor."""
    connection.execute(
        "DELETE FROM visitor_values WHERE visitor = :visitor AND key = :key", {"visitor": visitor, "key": key}
    )


def delete_all(connection: Connection, visitor: bytes) -> None:
    """Delete all values of a locked visitor."""
    connection.execute("DELETE FROM visitor_values WHERE visitor = :visitor", {"visitor": visitor})


def set_expiry(connection: Connection, visitor: bytes, key: bytes, expires: float | None) -> None:
    """Change when one value of a locked visitor expires."""
    connection.execute(
        "UPDATE visitor_values SET expires = :expires WHERE visitor = :visitor AND key = :key",
        {"visitor": visitor, "key": key, "expires": expires},
    )


def sweep(connection: Connection, now: float) -> int:
    """Delete the values that have expired, of all visitors; return how many."""
    return connection.execute("DELETE FROM visitor_values WHERE expires <= :now", {"now": now}).rowcount
