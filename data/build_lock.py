"""One builder at a time for each key: across the threads of a process, and the processes of a machine."""

import hashlib
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from data.private import private_directory

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

_LOOK_AGAIN = 0.02  # seconds between two tries to get what another process holds


@dataclass
class _Turn:
    """Threads of this process that want one key, one after the other; and why the one that had it failed."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: int = 0
    holder: int = 0
    failure: Exception | None = None


class BuildLocks:
    """Locks for any number of keys, in one file: each key is one byte of it, which the system locks for a process.

    The system frees them when a process ends, however it ends. A child does not inherit them. On Windows, where the
    app is one process, only its threads wait for each other.
    """

    def __init__(self, path: Path) -> None:
        """Use the file at `path`, which is made when it is first needed."""
        self._path = path
        self._guard = threading.Lock()
        self._turns: dict[int, _Turn] = {}
        self._file: int | None = None

    @contextmanager
    def hold(self, key: str) -> Iterator[None]:
        """Wait until no other thread or process of this machine holds the key, and hold it.

        Threads that wait for one that fails raise what it raised: they asked for the same, at the same time. If it
        was cancelled, the next one takes its place.
        """
        with self._hold(place_of(key), wait=True):
            yield

    def is_free(self, place: int) -> bool:
        """Tell whether nobody holds the key at a place now."""
        with self._hold(place, wait=False) as held:
            return held

    def close(self) -> None:
        """Close the file, which frees every key that this process holds."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextmanager
    def _hold(self, place: int, *, wait: bool) -> Iterator[bool]:
        with ExitStack() as stack:
            yield stack.enter_context(self._among_threads(place, wait)) and stack.enter_context(
                self._among_processes(place, wait)
            )

    @contextmanager
    def _among_threads(self, place: int, wait: bool) -> Iterator[bool]:
        with self._guard:
            turn = self._turns.setdefault(place, _Turn())
            turn.threads += 1
        try:
            if wait and turn.holder == threading.get_ident():
                raise RuntimeError("What builds a value asks for that value.")
            if not turn.lock.acquire(blocking=wait):
                yield False
                return
            try:
                if turn.failure:
                    raise turn.failure
                turn.holder = threading.get_ident()
                yield True
            except CancelledError:
                raise
            except Exception as error:
                self._fail(place, turn, error)
                raise
            finally:
                turn.holder = 0
                turn.lock.release()
        finally:
            with self._guard:
                turn.threads -= 1
                if not turn.threads and self._turns.get(place) is turn:
                    del self._turns[place]

    def _fail(self, place: int, turn: _Turn, error: Exception) -> None:
        """Let those who wait fail, too; who comes now tries anew."""
        with self._guard:
            turn.failure = error
            if self._turns.get(place) is turn:
                del self._turns[place]

    @contextmanager
    def _among_processes(self, place: int, wait: bool) -> Iterator[bool]:
        file = self._opened()
        held = _try_lock(file, place)
        while wait and not held:
            # Asked again and again: to wait in the system would be refused as a deadlock where two processes wait
            # for each other, though it is different threads of theirs that do.
            time.sleep(_LOOK_AGAIN)
            held = _try_lock(file, place)
        try:
            yield held
        finally:
            if held:
                _unlock(file, place)

    def _opened(self) -> int | None:
        """Return the file, or None where there can be none: then each process builds for itself."""
        with self._guard:
            if self._file is None:
                try:
                    private_directory(self._path.parent)
                    # It stays open: closing any descriptor of the file would free all that this process holds.
                    self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                except OSError as error:
                    log.warning("Processes cannot wait for each other: %s", error)
            return self._file


def place_of(key: str) -> int:
    """Return the number of the byte that stands for a key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 2


def _try_lock(file: int | None, place: int) -> bool:
    if sys.platform == "win32" or file is None:
        return True
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except BlockingIOError:
        return False
    return True


def _unlock(file: int | None, place: int) -> None:
    if sys.platform != "win32" and file is not None:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, place)
