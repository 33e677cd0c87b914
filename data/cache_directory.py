"""The private directory in which the disk engine keeps everything: its database, files, and what is being built.

cache.db    what is kept under which key: diskcache's database
values/     frames and long values, one file each, which a row of the database names
building/   files that are being written
build.lock  who builds what
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from data.build_lock import BuildLocks, place_of
from data.frame_disk import FrameCache
from data.private import private_directory

_NAMED_BY_THEN = 600  # seconds; a file that no row names by then never will be
_BUILDER_PAUSES = 60  # seconds; who writes without a lock does not pause for as long


class CacheDirectory:
    """The directory as each process has it open: neither SQLite nor a lock may be used on both sides of a fork."""

    def __init__(self, path: Path, size_limit: int) -> None:
        """Remember the path and how many bytes may be kept there; make it when first used."""
        self.path = path
        self._size_limit = size_limit
        # By the process's id. The parent's stay referenced in a child: closing them there would disturb the parent.
        self._caches: dict[int, tuple[int, FrameCache]] = {}
        self._locks: dict[int, BuildLocks] = {}

    def cache(self) -> FrameCache:
        """Return this process's diskcache, opened again if another process, or somebody, removed the database."""
        database = self.path / "cache.db"
        inode, cache = self._caches.get(os.getpid(), (0, None))
        with suppress(FileNotFoundError):
            if cache and inode == database.stat().st_ino:
                return cache
        private_directory(self.path.parent)
        cache = FrameCache(self.path, self._size_limit)
        self._caches[os.getpid()] = database.stat().st_ino, cache
        self._sweep_values(cache)
        self.sweep_building()
        return cache

    def locks(self) -> BuildLocks:
        """Return this process's locks."""
        return self._locks.setdefault(os.getpid(), BuildLocks(self.path / "build.lock"))

    def new_file(self, key: str) -> Path:
        """Make an empty file in which to build the value of a key."""
        name = f"{place_of(key):x}-{secrets.token_hex(8)}"
        path = private_directory(self.path / "building") / name
        path.touch(mode=0o600, exist_ok=False)
        return path

    def sweep_building(self) -> None:
        """Remove what builders left that died: nobody holds the lock that a file is named after."""
        for path in _unchanged_for(_BUILDER_PAUSES, private_directory(self.path / "building")):
            if self.locks().is_free(int(path.name.partition("-")[0], 16)):
                path.unlink(missing_ok=True)

    def start_anew(self) -> None:
        """Remove a damaged database, and with it all values. Other processes notice and open the new one."""
        self._caches.pop(os.getpid(), None)
        for path in self.path.glob("cache.db*"):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.path / "values", ignore_errors=True)

    def close(self) -> None:
        """Close what this process and thread have open. The next use opens it again."""
        _, cache = self._caches.pop(os.getpid(), (0, None))
        locks = self._locks.pop(os.getpid(), None)
        for opened in (cache, locks):
            if opened:
                opened.close()

    def _sweep_values(self, cache: FrameCache) -> None:
        """Remove what has expired, and files that no row names."""
        cache.expire()
        named = cache.files()
        for path in _unchanged_for(_NAMED_BY_THEN, private_directory(self.path / "values")):
            if path.name not in named:
                path.unlink(missing_ok=True)


def _unchanged_for(seconds: float, directory: Path) -> Iterator[Path]:
    for path in directory.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - seconds:
                yield path
