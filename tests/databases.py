"""Databases for tests: SQLite in a folder, PostgreSQL in a schema of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

DATABASES = ("sqlite", "postgresql")
_SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database, and remove it afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/visitors.sqlite"
        return
    if trouble := _unreachable():
        missing = f"no PostgreSQL answers at TEST_DATABASE_URL: {trouble}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    schema = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(_SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")  # type: ignore[arg-type]  # not a literal, and made here
        yield f"{_SERVER}{'&' if '?' in _SERVER else '?'}options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
        connection.execute(f"DROP SCHEMA {schema} CASCADE")  # type: ignore[arg-type]


@cache
def _unreachable() -> str:
    try:
        psycopg.connect(_SERVER, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error)
    return ""


class Clock:
    """A clock for a store that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Return the time, in seconds."""
        return self.now
