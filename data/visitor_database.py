"""Who the visitors are to the database: known, in use or dead; and the lock that orders their writes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from data import values_table, visitors_table
from data.database import Connection, Database
from data.values_table import to_bytes
from data.visitor_schema import migrate

# Whose values belong to all visitors. No cookie can name it, and it is never swept.
EVERYONE = "everyone"


class VisitorDatabase:
    """The part of `VisitorStore` that is about visitors and not about their values."""

    def __init__(self, url: str, *, lock_timeout: float, clock: Callable[[], float]) -> None:
        """Remember where the database is; it is opened at first use."""
        self._database = Database(url, lock_timeout=lock_timeout)
        self._clock = clock
        self._migrated = False

    def version(self, visitor: str) -> int:
        """Return a number that changes with every write for a visitor; 0 for one who is not known."""
        with self._reading() as connection:
            return visitors_table.version(connection, to_bytes(visitor))

    def renew(self, visitor: str) -> bool:
        """Note that a visitor was here, for `sweep`; tell whether the id is in use. A write does so by itself."""
        with self._reading() as connection:
            return visitors_table.renew(connection, to_bytes(visitor), self._clock())

    def replace(self, visitor: str, new_id: str) -> None:
        """Move all of a visitor's values to a new id. The old one is dead: it takes no write again."""
        with self._locked(visitor) as (connection, _version):
            visitors_table.hand_over(connection, to_bytes(visitor), to_bytes(new_id), self._clock())
            visitors_table.retire(connection, to_bytes(visitor))

    def retire(self, visitor: str) -> None:
        """Delete all of a visitor's values. The id is dead: it takes no write again."""
        with self._known(visitor) as connection:
            if connection:
                values_table.delete_all(connection, to_bytes(visitor))
                visitors_table.retire(connection, to_bytes(visitor))

    def is_retired(self, visitor: str) -> bool:
        """Tell whether an id was replaced or retired."""
        with self._reading() as connection:
            return visitors_table.is_retired(connection, to_bytes(visitor))

    def sweep(self, lifetime: float) -> int:
        """Delete expired values, and visitors not here for `lifetime` seconds; return how many of both."""
        with self._reading() as connection:
            expired = values_table.sweep(connection, self._clock())
            return expired + visitors_table.sweep(connection, self._clock() - lifetime, to_bytes(EVERYONE))

    @property
    def kind(self) -> str:
        """Return the name of the database's kind."""
        return self._database.kind

    def ping(self) -> None:
        """Return if the database answers; raise TryAgain if it does not."""
        with self._reading() as connection:
            connection.execute("SELECT 1")

    def close(self) -> None:
        """Close this process's connections; the next operation opens new ones."""
        self._database.close()

    def migrate(self) -> None:
        """Make the tables, or bring them up to date. The first operation does so by itself."""
        migrate(self._database)
        self._migrated = True

    def _database_ready(self) -> Database:
        if not self._migrated:
            self.migrate()
        return self._database

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database_ready().reading()

    @contextmanager
    def _locked(self, visitor: str) -> Iterator[tuple[Connection, int]]:
        """Lend a transaction in which nobody else writes for this visitor, and the version to write."""
        with self._database_ready().writing() as connection:
            yield connection, visitors_table.lock(connection, to_bytes(visitor), self._clock())

    @contextmanager
    def _known(self, visitor: str) -> Iterator[Connection | None]:
        """Lend the same, or None for an unknown visitor: a deletion must not make one."""
        with self._database_ready().writing() as connection:
            known = visitors_table.lock_known(connection, to_bytes(visitor), self._clock())
            yield connection if known else None
