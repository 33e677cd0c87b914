"""The default engine of the cache: diskcache in one private directory, shared by all processes of a machine."""

import logging
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import diskcache
from flask import Flask

from data.build_lock import BuildLocks, place_of
from data.cache_engine import MISSING, Engine, Info
from data.codec import CodecError, encode, is_plain_type
from data.frame_disk import FILE, FRAME, INLINE, FrameCache, Part
from data.frame_files import open_table, write_frame
from data.private import private_directory

log = logging.getLogger(__name__)

_LONGEST_ROW = 32_768  # bytes; longer values are kept in files
_ABANDONED = 600  # seconds after which a file that no row names is nobody's
_TROUBLE = (OSError, sqlite3.Error, diskcache.Timeout)


class DiskEngine(Engine):
    """Values in SQLite and in files, of which frames are opened by memory map. Safe in threads and after a fork."""

    kind = "disk"

    def __init__(self, directory: Path, size_limit: int, **options: Any) -> None:
        """Remember the directory and how many bytes it may take; open it when first used."""
        super().__init__(**options)
        # In a directory of its own, so that it is private also where the one that was given is not.
        self.directory = directory / "values-1"
        self._size_limit = size_limit
        # SQLite must not be used on both sides of a fork, nor a lock: each process has its own, by its id. The
        # parent's stay referenced in the child: closing them there would disturb the parent.
        self._caches: dict[int, tuple[int, FrameCache]] = {}
        self._locks: dict[int, BuildLocks] = {}

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "DiskEngine":
        """Make the engine from Flask-Caching's configuration."""
        return cls(*args, **kwargs)

    def read(self, key: str) -> Any:
        """Return the value of a key, or MISSING."""
        return self._fetch(key, as_file=False)

    def read_file(self, key: str) -> Path | None:
        """Return the path of a frame's Arrow file, or None."""
        path = self._fetch(key, as_file=True)
        return None if path is MISSING else path

    def write(self, key: str, value: Any, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a value; tell whether it was kept. TypeError if the codec cannot carry it, or it is too large."""
        kept = False
        with self._trouble_told(key):
            part = self._part(key, value)
            try:
                kept = self._opened().keep(key, part, ttl, only_new=only_new)
            finally:
                if part.path and not kept:
                    part.path.unlink(missing_ok=True)
        return kept

    def build_file(self, key: str, build: Callable[[Path], None], ttl: float | None) -> Path:
        """Let `build` write an Arrow file, keep it, and return its path, even where it could not be kept."""
        path = self._new_file(key)
        part = Part(FRAME, path=path)
        try:
            build(path)
            open_table(path)
            path.chmod(0o600)
            with self._trouble_told(key):
                self._opened().keep(key, part, ttl)
        except BaseException:
            (part.path or path).unlink(missing_ok=True)
            raise
        return part.path or path

    @contextmanager
    def building(self, key: str) -> Iterator[None]:
        """Wait until no other thread or process of this machine builds the value of a key, and keep others from it."""
        with ExitStack() as stack:
            with self._trouble_told(key):
                private_directory(self.directory)
                stack.enter_context(self._process_locks().hold(key))
            yield

    def describe(self, key: str) -> Info | None:
        """Return what is known of a key's value, or None if there is none."""
        with self._trouble_told(key):
            described = self._opened().describe(key)
            if described:
                stored, size, expires = described
                now = time.time()
                return Info(now - stored, size, None if expires is None else expires - now)
        return None

    def delete(self, key: str) -> bool:
        """Remove a key's value; tell whether there was one."""
        with self._trouble_told(key):
            return bool(self._opened().delete(key))
        return False

    def clear(self) -> bool:
        """Remove all values."""
        with self._trouble_told("all"):
            self._opened().clear()
            return True
        return False

    def ping(self) -> None:
        """Raise if the directory cannot be written or its database not be read."""
        self._opened().describe("")
        self._new_file("").unlink()

    def close(self) -> None:
        """Close what this thread and this process have open. The next use opens it again."""
        _, cache = self._caches.pop(os.getpid(), (0, None))
        if cache is not None:
            cache.close()
        locks = self._locks.pop(os.getpid(), None)
        if locks:
            locks.close()

    def _fetch(self, key: str, *, as_file: bool) -> Any:
        with self._trouble_told(key):
            cache = self._opened()
            try:
                value = cache.get(key, default=MISSING, read=as_file)
            except CodecError as error:
                log.warning("Dropped %r from the cache, to build it anew: %s", key, error)
                cache.delete(key)
                return MISSING
            with suppress(sqlite3.OperationalError):  # a full disk, or a busy one, keeps nobody from reading
                cache.use(key)
            return value
        return MISSING

    def _part(self, key: str, value: Any) -> Part:
        if type(value) is not bytes and not is_plain_type(value):
            path = self._new_file(key)
            try:
                write_frame(value, path)
            except BaseException:
                path.unlink()
                raise
            return Part(FRAME, path=path)
        data = encode(value)
        if len(data) <= _LONGEST_ROW:
            return Part(INLINE, data)
        path = self._new_file(key)
        path.write_bytes(data)
        return Part(FILE, path=path)

    def _new_file(self, key: str) -> Path:
        """Make an empty file of which the name tells which key's lock its writer holds."""
        path = private_directory(self.directory / "building") / f"{place_of(key):x}-{secrets.token_hex(8)}"
        path.touch(mode=0o600, exist_ok=False)
        return path

    def _process_locks(self) -> BuildLocks:
        return self._locks.setdefault(os.getpid(), BuildLocks(self.directory / "build.lock"))

    def _opened(self) -> FrameCache:
        """Return this process's diskcache, opened again if another process, or somebody, removed the directory."""
        database = self.directory / "cache.db"
        inode, cache = self._caches.get(os.getpid(), (0, None))
        with suppress(FileNotFoundError):
            if cache is not None and inode == database.stat().st_ino:
                return cache
        private_directory(self.directory.parent)
        cache = FrameCache(self.directory, self._size_limit)
        self._caches[os.getpid()] = database.stat().st_ino, cache
        self._sweep(cache)
        return cache

    def _sweep(self, cache: FrameCache) -> None:
        """Remove what has expired, and what builders left that died."""
        cache.expire()
        named, long_ago = cache.files(), time.time() - _ABANDONED
        for path in private_directory(self.directory / "values").iterdir():
            with suppress(FileNotFoundError):
                if path.name not in named and path.stat().st_mtime < long_ago:
                    path.unlink()
        for path in private_directory(self.directory / "building").iterdir():
            if self._process_locks().is_free(int(path.name.partition("-")[0], 16)):
                path.unlink(missing_ok=True)

    @contextmanager
    def _trouble_told(self, key: str) -> Iterator[None]:
        """Log what goes wrong with the disk, and go on without it; start anew where the database is damaged."""
        try:
            yield
        except _TROUBLE as error:
            log.warning("The cache could not be used for %r: %s: %s", key, type(error).__name__, error)
            if type(error) is sqlite3.DatabaseError:  # its subclasses tell of anything but damage
                log.warning("The cache's database is damaged, and is made anew.")
                self._caches.pop(os.getpid(), None)
                shutil.rmtree(self.directory / "values", ignore_errors=True)
                for path in self.directory.glob("cache.db*"):
                    path.unlink(missing_ok=True)
