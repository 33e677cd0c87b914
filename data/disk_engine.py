"""The cache's default engine: diskcache in one private directory, shared by all processes of a machine."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import diskcache
from flask import Flask

from data.cache_directory import CacheDirectory
from data.cache_engine import MISSING, Engine, Info
from data.codec import CodecError, encode, is_plain_type
from data.frame_disk import FILE, FRAME, INLINE, Part
from data.frame_files import open_table, write_frame

log = logging.getLogger(__name__)

_LONGEST_ROW = 32_768  # bytes; longer values are kept in files


class DiskEngine(Engine):
    """Values in SQLite and in files, of which frames are opened by memory map. Safe in threads and after a fork."""

    kind = "disk"

    def __init__(self, directory: Path, size_limit: int, **options: Any) -> None:
        """Remember the directory and how many bytes may be kept there; open it when first used."""
        super().__init__(**options)
        # In a directory of its own, so that it is private also where the one that was given is not.
        self.directory = CacheDirectory(directory / "values-1", size_limit)

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "DiskEngine":
        """Make the engine from Flask-Caching's configuration."""
        return cls(*args, **kwargs)

    def read(self, key: str) -> Any:
        """Return the value of a key, or MISSING."""
        return self.fetch(key, as_file=False)

    def read_file(self, key: str) -> Path | None:
        """Return the path of a frame's Arrow file, or None."""
        path = self.fetch(key, as_file=True)
        return None if path is MISSING else path

    def fetch(self, key: str, *, as_file: bool) -> Any:
        """Return the value of a key, or the path of its frame; MISSING if there is none."""
        with self._trouble_told(key):
            cache = self.directory.cache()
            try:
                value = cache.get(key, default=MISSING, read=as_file)
            except CodecError as error:
                log.warning("Dropped %r from the cache, to build it anew: %s", key, error)
                cache.delete(key)
                return MISSING
            cache.use(key)
            return value
        return MISSING

    def write(self, key: str, value: Any, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a value; tell whether it was kept. TypeError if the codec cannot carry it."""
        with self._trouble_told(key):
            return self.keep(key, self.part_of(key, value), ttl, only_new=only_new)
        return False

    def part_of(self, key: str, value: Any) -> Part:
        """Return a value as it is kept: in bytes, or where it is long or a frame, in a file that is not kept yet."""
        is_frame = type(value) is not bytes and not is_plain_type(value)
        data = b"" if is_frame else encode(value)
        if not is_frame and len(data) <= _LONGEST_ROW:
            return Part(INLINE, data)
        path = self.directory.new_file(key)
        try:
            if is_frame:
                write_frame(value, path)
            else:
                path.write_bytes(data)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Part(FRAME if is_frame else FILE, path=path)

    def keep(self, key: str, part: Part, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a part; tell whether it was kept. If not, its file is removed. TooLargeForCacheError if it is."""
        kept = False
        try:
            with self._trouble_told(key):
                kept = self.directory.cache().keep(key, part, ttl, only_new=only_new)
                if part.path:
                    self.directory.sweep_building()
        finally:
            if part.path and not kept:
                part.path.unlink(missing_ok=True)
        return kept

    def build_file(self, key: str, build: Callable[[Path], None], ttl: float | None, mode: int = FRAME) -> Path:
        """Let `build` write an Arrow file, keep it, and return its path, even where it could not be kept.

        With the mode FILE, it writes a file of the codec.
        """
        path = self.directory.new_file(key)
        part = Part(mode, path=path)
        try:
            build(path)
            if mode == FRAME:
                open_table(path)
            path.chmod(0o600)
            with self._trouble_told(key):
                self.directory.cache().keep(key, part, ttl)
        except BaseException:
            (part.path or path).unlink(missing_ok=True)
            raise
        return part.path or path

    @contextmanager
    def building(self, key: str) -> Iterator[None]:
        """Wait until no other thread or process of this machine builds the value of a key, and keep others from it."""
        with self.directory.locks().hold(key):
            yield

    def describe(self, key: str) -> Info | None:
        """Return what is known of a key's value, or None if there is none."""
        with self._trouble_told(key):
            described = self.directory.cache().describe(key)
            if described:
                stored, size, expires = described
                now = time.time()
                return Info(now - stored, size, None if expires is None else expires - now)
        return None

    def delete(self, key: str) -> bool:
        """Remove a key's value; tell whether there was one."""
        with self._trouble_told(key):
            return bool(self.directory.cache().delete(key))
        return False

    def clear(self) -> bool:
        """Remove all values."""
        with self._trouble_told("all"):
            self.directory.cache().clear()
            return True
        return False

    def ping(self) -> None:
        """Raise if the directory cannot be written or its database not be read."""
        self.directory.cache().describe("")
        self.directory.new_file("").unlink()

    def close(self) -> None:
        """Close what this process and thread have open. The next use opens it again."""
        self.directory.close()

    @contextmanager
    def _trouble_told(self, key: str) -> Iterator[None]:
        """Log what goes wrong with the disk, and go on without it; start anew where the database is damaged."""
        try:
            yield
        except (OSError, sqlite3.Error, diskcache.Timeout) as error:
            log.warning("The cache could not be used for %r: %s: %s", key, type(error).__name__, error)
            if type(error) is sqlite3.DatabaseError:  # its subclasses tell of anything but damage
                log.warning("The cache's database is damaged, and is made anew.")
                self.directory.start_anew()
