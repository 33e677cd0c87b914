"""One way to SQLite and to PostgreSQL: SQLAlchemy's pool and dialects, plain SQL, short transactions."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from data.private import private_directory
from errors import TryAgain

if TYPE_CHECKING:
    from sqlalchemy import Engine, PoolProxiedConnection

_NOTHING: Mapping[str, Any] = {}


class StoreBusyError(TryAgain, TimeoutError):
    """Another held a lock for longer than the time-out; nothing was written, so trying again is safe."""


class StoreUnreachableError(TryAgain):
    """The database did not answer; what was kept before is kept still."""


class Cursor(Protocol):
    """What a driver answers with; the same in sqlite3 and psycopg."""

    rowcount: int

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> Sequence[Any]:
        """Return all rows that are left."""


class Connection:
    """A driver's connection that takes the same SQL, with `:name` parameters, for either database."""

    def __init__(self, pooled: "PoolProxiedConnection", *, is_sqlite: bool) -> None:
        """Wrap a connection that SQLAlchemy's pool lends."""
        self.pooled = pooled
        self.is_sqlite = is_sqlite
        self.driver: Any = pooled.driver_connection

    def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> Cursor:
        """Run one statement."""
        # Straight to the driver: SQLAlchemy's own `execute` costs ten times what SQLite's work does.
        cursor: Cursor = self.driver.execute(sql if self.is_sqlite else _for_psycopg(sql), parameters)
        return cursor


class _Process:
    """What one process has open."""

    def __init__(self, engine: "Engine") -> None:
        from sqlalchemy.exc import OperationalError

        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        # The driver's own, and SQLAlchemy's for a failed connect.
        self.operational_errors: tuple[type[Exception], ...] = (
            engine.dialect.loaded_dbapi.OperationalError,
            OperationalError,
        )
        # SQLite's connections are files, which do not go stale: they need none of a pool's care, which would
        # cost more than the reading of a value.
        self.idle: list[Connection] = []

    def borrow(self) -> Connection:
        try:
            return self.idle.pop()
        except IndexError:
            return Connection(self.engine.raw_connection(), is_sqlite=self.is_sqlite)

    def give_back(self, connection: Connection) -> None:
        if self.is_sqlite:
            if connection.driver.in_transaction:  # a failed one
                connection.driver.rollback()
            self.idle.append(connection)
        else:
            connection.pooled.close()  # the pool rolls back by itself


class Database:
    """Connections to the database at a URL. Safe in threads, and in processes forked after it was made."""

    def __init__(self, url: str, *, lock_timeout: float = 5.0) -> None:
        """Remember the URL (`sqlite:///path`, `postgresql://…` or `postgres://…`); connect when first used.

        `lock_timeout` is in seconds.
        """
        self._url = url
        self._lock_timeout = lock_timeout
        # A connection must not be used on both sides of a fork, so each process has its own, by its id. The
        # parent's stay referenced in the child: closing them there would disturb the parent.
        self._processes: dict[int, _Process] = {}

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection in autocommit: one statement sees one state, and waits for no writer."""
        with self._trouble_explained() as process:
            connection = process.borrow()
            try:
                yield connection
            finally:
                process.give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection in a transaction: all of it is kept, or with an exception nothing.

        Raises StoreBusyError when another's lock outlasts the time-out, StoreUnreachableError without a database.
        """
        with self.reading() as connection:
            # SQLite: take the write lock now. After a first read, it could no longer be waited for.
            connection.execute("BEGIN IMMEDIATE" if connection.is_sqlite else "BEGIN")
            yield connection
            connection.execute("COMMIT")

    def has_table(self, name: str) -> bool:
        """Tell whether there is such a table."""
        from sqlalchemy import inspect

        with self._trouble_explained() as process:
            return inspect(process.engine).has_table(name)

    @property
    def kind(self) -> str:
        """Return the name of the database's kind."""
        return "SQLite" if self._url.startswith("sqlite") else "PostgreSQL"

    def close(self) -> None:
        """Close this process's connections that are not in use. The next use opens new ones."""
        process = self._processes.pop(os.getpid(), None)
        if process:
            for connection in process.idle:
                connection.pooled.close()
            process.engine.dispose()

    @contextmanager
    def _trouble_explained(self) -> Iterator[_Process]:
        """Lend what this process has open, and raise TryAgain for what the driver says is no fault of the caller."""
        process = self._process()
        try:
            yield process
        except process.operational_errors as error:
            if _is_lock_timeout(getattr(error, "orig", error)):
                raise StoreBusyError(f"The database was locked for more than {self._lock_timeout:g} s.") from error
            raise StoreUnreachableError(f"The database did not answer: {error}") from error

    def _process(self) -> _Process:
        process = self._processes.get(os.getpid())
        if process:
            return process
        # setdefault is atomic: of two threads that come at once, both use one's engine. A lock would not do: a
        # fork can copy it in its locked state.
        return self._processes.setdefault(os.getpid(), _Process(_create_engine(self._url, self._lock_timeout)))


def _create_engine(url: str, lock_timeout: float) -> "Engine":
    """Return an engine whose connections are in autocommit, and wait `lock_timeout` seconds for a lock."""
    # Imported here, not at the top: it takes a quarter of a second, which the start of the app need not wait.
    from sqlalchemy import NullPool, create_engine, event, make_url

    address = make_url(url)
    settings: tuple[str, ...]
    if address.get_backend_name() == "sqlite":
        path = Path(str(address.database))
        private_directory(path.parent)
        path.touch(mode=0o600)  # SQLite gives its side files the mode of the main one
        connect_args = {"timeout": lock_timeout, "isolation_level": None, "check_same_thread": False}
        engine = create_engine(address, connect_args=connect_args, poolclass=NullPool)
        settings = (
            "PRAGMA journal_mode = WAL",  # readers and the writer do not wait for each other
            "PRAGMA synchronous = NORMAL",  # a killed process loses nothing; a power cut, the last moments
            "PRAGMA foreign_keys = ON",
            "PRAGMA wal_autocheckpoint = 8000",  # pages, 32 MB: to copy them back is what waits for the disk
        )
    else:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            connect_args={"autocommit": True, "connect_timeout": 5},  # seconds
            pool_pre_ping=True,  # after a restart of the database, the first request shall not fail
        )
        settings = (f"SET lock_timeout = {round(lock_timeout * 1000)}",)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for setting in settings:
            connection.execute(setting)

    return engine


def _is_lock_timeout(error: Exception) -> bool:
    """Tell whether a driver gave up waiting for a lock, by its own name for that."""
    return "SQLITE_BUSY" in getattr(error, "sqlite_errorname", "") or type(error).__name__ == "LockNotAvailable"


@cache
def _for_psycopg(sql: str) -> str:
    """Return the statement with its `:name` parameters written as psycopg wants them."""
    from sqlalchemy import make_url, text

    dialect = make_url("postgresql+psycopg://").get_dialect()
    return str(text(sql).compile(dialect=dialect()))
