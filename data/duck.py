"""DuckDB, which looks through mapped tables: one connection a process, a cursor a call.

It runs in memory, opens no file and loads no extension: all it can read is the table it is handed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from settings import settings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@contextmanager
def looking_at(table: "pa.Table") -> Iterator["duckdb.DuckDBPyConnection"]:
    """Hand out a cursor for which `frame` is this table, and close it afterwards."""
    cursor = _connection(os.getpid()).cursor()
    try:
        cursor.register("frame", table)
        yield cursor
    finally:
        cursor.close()


@cache
def _connection(_process: int) -> "duckdb.DuckDBPyConnection":
    """Return this process's connection: a forked worker must not use its parent's, whose threads it does not have."""
    import duckdb

    return duckdb.connect(
        config={
            "enable_external_access": False,
            "autoload_known_extensions": False,
            "autoinstall_known_extensions": False,
            "memory_limit": f"{settings.query_memory_mb}MB",
            "temp_directory": str(settings.cache_dir / "sorting"),  # for what does not fit into that
            "lock_configuration": True,
        }
    )
