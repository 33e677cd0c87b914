"""The table of visitors: who is known, what their writes lock and count on, and whose id is dead."""

from data.database import Connection
from errors import BadInput


class RetiredVisitorError(BadInput):
    """A write came for an id that was rotated away or forgotten; nothing was written."""


def version(connection: Connection, visitor: bytes) -> int:
    """Return how many writes the visitor has seen, 0 for one who is not known."""
    row = connection.execute("SELECT version FROM visitors WHERE visitor = :visitor", {"visitor": visitor}).fetchone()
    return int(row[0]) if row else 0


def lock(connection: Connection, visitor: bytes, now: float) -> int:
    """Keep the visitor's other writers waiting until this transaction ends; return the version of its writes.

    Makes the visitor's row if there is none. Raises RetiredVisitorError.
    """
    row = connection.execute(
        "INSERT INTO visitors (visitor, version, used, retired) VALUES (:visitor, 1, :now, FALSE)"
        " ON CONFLICT (visitor) DO UPDATE SET version = visitors.version + 1, used = excluded.used"
        " WHERE NOT visitors.retired RETURNING version",
        {"visitor": visitor, "now": now},
    ).fetchone()
    if row is None:
        raise RetiredVisitorError(
            "Your data has moved to a new id, or was deleted, since this page was loaded. Please reload it."
        )
    return int(row[0])


def lock_known(connection: Connection, visitor: bytes, now: float) -> bool:
    """Lock as `lock` does, but make no row: return False for a visitor who is not known or retired."""
    changed = connection.execute(
        "UPDATE visitors SET version = version + 1, used = :now WHERE visitor = :visitor AND NOT retired",
        {"visitor": visitor, "now": now},
    )
    return changed.rowcount > 0


def renew(connection: Connection, visitor: bytes, now: float) -> bool:
    """Note that a visitor was here; return False for one who is not known or retired."""
    changed = connection.execute(
        "UPDATE visitors SET used = :now WHERE visitor = :visitor AND NOT retired",
        {"visitor": visitor, "now": now},
    )
    return changed.rowcount > 0


def is_retired(connection: Connection, visitor: bytes) -> bool:
    """Tell whether the id was rotated away or forgotten."""
    row = connection.execute("SELECT retired FROM visitors WHERE visitor = :visitor", {"visitor": visitor}).fetchone()
    return bool(row and row[0])


def retire(connection: Connection, visitor: bytes) -> None:
    """Let a locked visitor's id be dead: no write is taken for it again."""
    connection.execute("UPDATE visitors SET retired = TRUE WHERE visitor = :visitor", {"visitor": visitor})


def hand_over(connection: Connection, visitor: bytes, heir: bytes, now: float) -> None:
    """Give all of a locked visitor's values, and the count of writes, to a new id."""
    names = {"visitor": visitor, "heir": heir, "now": now}
    connection.execute(
        "INSERT INTO visitors (visitor, version, used, retired)"
        " SELECT :heir, version, :now, FALSE FROM visitors WHERE visitor = :visitor",
        names,
    )
    connection.execute("UPDATE visitor_values SET visitor = :heir WHERE visitor = :visitor", names)


def sweep(connection: Connection, unused_since: float, keep: bytes) -> int:
    """Delete the visitors not here since then, with their values, but for one; return how many."""
    return connection.execute(
        "DELETE FROM visitors WHERE used < :unused_since AND visitor <> :keep",
        {"unused_since": unused_since, "keep": keep},
    ).rowcount
