"""What every engine of the cache can do: Flask-Caching's interface, and files, over a few methods of its own."""

import logging
from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_caching.backends.base import BaseCache

log = logging.getLogger(__name__)

MISSING: Any = object()  # what is read where nothing is kept: None is a value like any other


@dataclass(frozen=True, slots=True)
class Info:
    """What is known of a value in the cache: its age in s, its size in bytes, and in how many s it expires, if ever."""

    age: float
    size: int
    expires_in: float | None


class Engine(BaseCache):
    """A Flask-Caching backend that also keeps files. Trouble of its own is logged: it reads as a miss.

    A time to live, `ttl`, is in seconds; None is until the room is needed.
    """

    kind: str

    @abstractmethod
    def read(self, key: str) -> Any:
        """Return the value of a key, or MISSING."""

    @abstractmethod
    def read_file(self, key: str) -> Path | None:
        """Return the path of a frame's Arrow file, or None."""

    @abstractmethod
    def write(self, key: str, value: Any, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a value; tell whether it was kept. TypeError if the codec cannot carry it, or it is too large."""

    @abstractmethod
    def build_file(self, key: str, build: Callable[[Path], None], ttl: float | None) -> Path:
        """Let `build` write an Arrow file, keep it, and return its path, even where it could not be kept."""

    @abstractmethod
    def building(self, key: str) -> AbstractContextManager[None]:
        """Wait until nobody else builds the value of a key, and keep others from it."""

    @abstractmethod
    def describe(self, key: str) -> Info | None:
        """Return what is known of a key's value, or None if there is none."""

    @abstractmethod
    def ping(self) -> None:
        """Raise if the cache cannot be reached."""

    def get(self, key: str) -> Any:
        """Return the value of a key, or None."""
        value = self.read(key)
        return None if value is MISSING else value

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:
        """Keep a value; `timeout` is in seconds, 0 is for ever, None the default."""
        return self.write(key, value, self._ttl(timeout))

    def add(self, key: str, value: Any, timeout: Any = None) -> bool:
        """Keep a value unless the key has one."""
        return self.write(key, value, self._ttl(timeout), only_new=True)

    def has(self, key: str) -> bool:
        """Tell whether a key has a value."""
        return self.describe(key) is not None

    def _ttl(self, timeout: Any) -> float | None:
        return self._normalize_timeout(timeout) or None
