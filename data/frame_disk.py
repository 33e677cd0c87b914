"""diskcache, made to keep frames: its `Disk` writes and reads our codec and Arrow files, and nothing else.

diskcache pickles whatever it does not know. Nothing here calls what it inherits for that: a row or file that was not
written by this module is refused.
"""

import os
import secrets
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import diskcache

from data.codec import CodecError, decode
from data.frame_files import open_frame, seal
from data.private import private_directory

# What a row holds. diskcache's own are 0 to 4, of which 4 is a pickle.
INLINE, FILE, FRAME = 11, 12, 13


_PATIENCE = 5  # seconds to wait for another writer


class TooLargeForCacheError(ValueError):
    """A value that could not be kept even if nothing else was. CACHE_SIZE_MB sets the room."""


@dataclass
class Part:
    """A value on its way into the cache: bytes of the codec, or a finished file that holds them or a frame."""

    mode: int
    data: bytes = b""
    path: Path | None = None


class FrameDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache has no types
    """How a value becomes a row: short ones lie in the row, longer ones and frames in a file of their own."""

    def put(self, key: Any) -> tuple[str, bool]:
        """Return a key as it is in the database."""
        if type(key) is not str:
            raise TypeError(f"A key of the cache must be a str, not {type(key).__name__}: see data/keys.py.")
        return key, True

    def get(self, key: Any, raw: Any) -> str:
        """Return a key from the database."""
        if type(key) is not str or not raw:
            raise CodecError("The cache's database has a key that is none of ours.")
        return key

    def store(self, value: Part, read: bool, key: Any = None) -> tuple[int, int, str | None, bytes]:
        """Return a part's row: size, mode, file name, value. Its file is moved to where files are kept."""
        if value.path is None:
            return 0, value.mode, None, value.data  # the size is of files only: a row's is the database's
        name = secrets.token_hex(16)
        kept = private_directory(Path(self._directory, "values")) / name
        value.path = value.path.replace(kept)
        return kept.stat().st_size, value.mode, name, seal(kept)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        """Return a row's value, or with `read` the path of its frame; CodecError if it is not as it was written."""
        if type(value) is not bytes:
            raise CodecError("The cache's database has a value that is none of ours.")
        if mode == INLINE and not read:
            return decode(value)
        if mode not in (FILE, FRAME) or filename is None:
            raise CodecError(f"The value is of another kind than asked for ({mode}).")
        path = Path(self._directory, "values", Path(filename).name)
        if seal(path) != value:
            raise CodecError(f"{path} is not as it was written.")
        if mode == FRAME:
            return path if read else open_frame(path)
        return decode(path.read_bytes())

    def remove(self, file_path: str) -> None:
        """Remove a file that a row named. Whoever has it mapped can read on."""
        Path(self._directory, "values", Path(file_path).name).unlink(missing_ok=True)


class _Connection(sqlite3.Connection):
    """A connection that is closed when its thread ends, which diskcache leaves to chance."""

    _process = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._process = os.getpid()

    def __del__(self) -> None:
        if self._process == os.getpid():
            self.close()


class FrameCache(diskcache.Cache):  # type: ignore[misc]
    """diskcache's Cache, with an eviction that takes no more than it must, and never what was just written."""

    def __init__(self, directory: Path, size_limit: int) -> None:
        """Open the cache in a private directory; it may take `size_limit` bytes."""
        private_directory(directory)
        (directory / "cache.db").touch(mode=0o600)  # SQLite gives its side files the mode of the main one
        super().__init__(
            os.fspath(directory),
            timeout=_PATIENCE,
            disk=FrameDisk,
            size_limit=size_limit,
            eviction_policy="none",  # diskcache evicts ten at a time, were they all there is; see `_make_room`
            cull_limit=0,
        )
        self._sql("CREATE INDEX IF NOT EXISTS Cache_access_time ON Cache (access_time)")

    @property
    def _con(self) -> sqlite3.Connection:
        """Return this thread's connection. Each process has a cache of its own, so no connection crosses a fork."""
        connection: sqlite3.Connection | None = getattr(self._local, "con", None)
        if connection is None:
            connection = self._local.con = sqlite3.connect(
                Path(self._directory, "cache.db"),
                timeout=_PATIENCE,
                isolation_level=None,
                check_same_thread=False,  # it is used by one thread, and may be closed by another
                factory=_Connection,
            )
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut loses the last moments, no more
        return connection

    def keep(self, key: str, part: Part, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a part under a key, for `ttl` seconds or until its room is needed; tell whether it was.

        Raises TooLargeForCacheError, and removes nothing, where it would not fit.
        """
        with self.transact():
            if only_new and key in self:
                return False
            self.set(key, part, expire=ttl)
            gone = self._make_room(key)
        for name in gone:
            self.disk.remove(name)
        return True

    def use(self, key: str) -> None:
        """Note that a key is in use, unless it is the latest that was: reading one value often writes nothing."""
        newest = "access_time < (SELECT MAX(access_time) FROM Cache)"
        if not self._sql(f"SELECT 1 FROM Cache WHERE key = ? AND raw = 1 AND {newest}", (key,)).fetchone():  # noqa: S608
            return
        # Who reads does not wait for who writes: the note is then missing, and the value is there.
        self._sql("PRAGMA busy_timeout = 0")
        try:
            self._sql("UPDATE Cache SET access_time = ? WHERE key = ? AND raw = 1", (time.time(), key))
        except sqlite3.OperationalError:
            pass
        finally:
            self._sql(f"PRAGMA busy_timeout = {1000 * _PATIENCE}")

    def describe(self, key: str) -> tuple[float, int, float | None] | None:
        """Return when a key was stored, its bytes, and when it expires; None if it is not there."""
        row: tuple[float, int, float | None] | None = self._sql(
            "SELECT store_time, CASE WHEN filename IS NULL THEN LENGTH(value) ELSE size END, expire_time FROM Cache"
            " WHERE key = ? AND raw = 1 AND (expire_time IS NULL OR expire_time > ?)",
            (key, time.time()),
        ).fetchone()
        return row

    def files(self) -> set[str]:
        """Return the names of all files that rows name."""
        return {name for (name,) in self._sql("SELECT filename FROM Cache WHERE filename IS NOT NULL").fetchall()}

    def _make_room(self, key: str) -> list[str]:
        """Remove what has expired, then what was used longest ago, until the rest fits; return their files."""
        gone = self._remove("expire_time < ?", time.time())
        while self._taken() > self.size_limit:
            oldest = self._sql("SELECT rowid FROM Cache WHERE key != ? ORDER BY access_time LIMIT 1", (key,)).fetchone()
            if oldest is None:
                raise TooLargeForCacheError(
                    f"The value of {key[:80]!r} takes {self._taken() / 1e6:.1f} MB, and CACHE_SIZE_MB"
                    f" is {self.size_limit / 1e6:g}."
                )
            gone += self._remove("rowid = ?", oldest[0])
        return gone

    def _remove(self, condition: str, value: float) -> list[str]:
        rows = self._sql(f"SELECT filename FROM Cache WHERE {condition}", (value,)).fetchall()  # noqa: S608
        if rows:
            self._sql(f"DELETE FROM Cache WHERE {condition}", (value,))  # noqa: S608
        return [name for (name,) in rows if name]

    def _taken(self) -> int:
        """Return the bytes of all files and of the database's pages in use."""
        pages, free = (self._sql(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
        return int((pages - free) * self._page_size + self.reset("size"))
