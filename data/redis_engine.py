"""The cache's engine for several machines: values in Redis, large ones copied once to each machine and mapped there.

A key's head says which version is valid, and is read every time; short values lie in it. A longer value is kept in
pieces under its version. Each machine copies it into its own disk engine, under the version, when it first needs it.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import redis
from flask import Flask
from redis.backoff import NoBackoff
from redis.retry import Retry

from data import redis_lock, redis_pieces
from data.cache_engine import MISSING, Engine, Info
from data.codec import CodecError, decode
from data.disk_engine import DiskEngine
from data.frame_disk import FRAME, INLINE, Part, TooLargeForCacheError

log = logging.getLogger(__name__)

_WHILE_READ = 60_000  # ms that the pieces of an old version are left to those who are reading them
_AWAY_SECONDS = 2  # for which a Redis that did not answer is not asked again


class RedisEngine(Engine):
    """Values shared by all machines that use the same Redis. Safe in threads and after a fork."""

    kind = "Redis"

    def __init__(self, url: str, copies: DiskEngine, *, prefix: str = "atlas-1:", **options: Any) -> None:
        """Remember the URL and where this machine's copies go; connect when first used."""
        super().__init__(**options)
        self.copies = copies
        self.prefix = prefix
        self._away_until = 0.0
        # One new try, at once, for a connection that Redis closed meanwhile. Who waits longer computes anew.
        self._redis: Any = redis.Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=5, retry=Retry(NoBackoff(), 1)
        )

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "RedisEngine":
        """Make the engine from Flask-Caching's configuration."""
        copies = DiskEngine(kwargs.pop("directory"), kwargs.pop("size_limit"))
        return cls(config["CACHE_REDIS_URL"], copies, *args, **kwargs)

    def read(self, key: str) -> Any:
        """Return the value of a key, or MISSING."""
        return self._fetch(key, as_file=False)

    def read_file(self, key: str) -> Path | None:
        """Return the path of a frame's Arrow file on this machine, or None."""
        path = self._fetch(key, as_file=True)
        return None if path is MISSING else path

    def write(self, key: str, value: Any, ttl: float | None, *, only_new: bool = False) -> bool:
        """Keep a value; tell whether it was kept. TypeError if the codec cannot carry it, or it is too large."""
        version = secrets.token_hex(16)
        with self._trouble_told(key):
            part = self.copies.part_of(version, value)
            if part.path and not self.copies.keep(version, part, ttl):
                return False
            return self._publish(key, version, part, ttl, only_new=only_new)
        return False

    def build_file(self, key: str, build: Callable[[Path], None], ttl: float | None) -> Path:
        """Let `build` write an Arrow file, keep it, and return its path, even where it could not be kept."""
        version = secrets.token_hex(16)
        with self.copies.building(version):
            path = self.copies.build_file(version, build, ttl)
        with self._trouble_told(key):
            self._publish(key, version, Part(FRAME, path=path), ttl)
        return path

    @contextmanager
    def building(self, key: str) -> Iterator[None]:
        """Wait until nobody on any machine builds the value of a key, and keep others from it."""
        with self.copies.building(key), ExitStack() as stack:
            with self._trouble_told(key):
                stack.enter_context(redis_lock.hold(self._asked(), f"{self.prefix}lock:{key}"))
            yield

    def describe(self, key: str) -> Info | None:
        """Return what is known of a key's value, or None if there is none."""
        with self._trouble_told(key):
            asked = self._asked().pipeline()
            asked.hmget(self._head(key), "stored", "size")
            asked.pttl(self._head(key))
            (stored, size), ms_left = asked.execute()
            with suppress(TypeError, ValueError):  # not there, or not ours
                return Info(time.time() - float(stored), int(size), ms_left / 1000 if ms_left >= 0 else None)
        return None

    def delete(self, key: str) -> bool:
        """Remove a key's value; tell whether there was one."""
        with self._trouble_told(key):
            change = self._asked().pipeline()
            change.hget(self._head(key), "version")
            change.delete(self._head(key))
            version, deleted = change.execute()
            self._retire(version)
            return bool(deleted)
        return False

    def clear(self) -> bool:
        """Remove all values."""
        with self._trouble_told("all"):
            for name in self._asked().scan_iter(f"{self.prefix}*", count=1000):
                self._redis.unlink(name)
            return self.copies.clear()
        return False

    def ping(self) -> None:
        """Raise if Redis, or the directory of the copies, cannot be reached."""
        self._redis.ping()
        self.copies.ping()

    def close(self) -> None:
        """Close what this process has open. The next use opens it again."""
        self._redis.close()
        self.copies.close()

    def _fetch(self, key: str, *, as_file: bool) -> Any:
        with self._trouble_told(key):
            head = self._asked().hgetall(self._head(key))
            if not head:
                return MISSING
            try:
                if int(head[b"mode"]) != INLINE:
                    return self._fetch_copy(head, as_file=as_file)
                if not as_file:
                    return decode(head[b"body"])
                raise CodecError("It is no frame.")
            except TooLargeForCacheError:
                raise
            except (CodecError, KeyError, ValueError) as error:
                log.warning("Dropped %r from the cache, to build it anew: %r", key, error)
                self.delete(key)
        return MISSING

    def _fetch_copy(self, head: dict[bytes, bytes], *, as_file: bool) -> Any:
        """Return a value or path from this machine's copy, which is made if it is not there."""
        version = head[b"version"].decode()
        found = self.copies.fetch(version, as_file=as_file)
        if found is not MISSING:
            return found
        with self.copies.building(version):
            found = self.copies.fetch(version, as_file=as_file)
            if found is not MISSING:
                return found
            fetch = partial(
                redis_pieces.fetch,
                self._redis,
                self._body(version),
                size=int(head[b"size"]),
                checksum=int(head[b"checksum"]),
            )
            ttl = float(head[b"ttl"]) if head[b"ttl"] else None
            path = self.copies.build_file(version, fetch, ttl, int(head[b"mode"]))
        return path if as_file else self.copies.fetch(version, as_file=False)

    def _publish(self, key: str, version: str, part: Part, ttl: float | None, *, only_new: bool = False) -> bool:
        """Send the pieces, then, at once for all readers, the head that makes them valid; tell whether it did."""
        client = self._asked()
        size = part.path.stat().st_size if part.path else len(part.data)
        head = {"version": version, "mode": part.mode, "size": size, "stored": time.time(), "ttl": ttl or ""}
        if part.path:
            head["checksum"] = redis_pieces.send(client, self._body(version), part.path)
        else:
            head["body"] = part.data
        with client.pipeline() as change:
            if only_new:
                change.watch(self._head(key))
                if change.exists(self._head(key)):
                    return False
                change.multi()
            change.hget(self._head(key), "version")
            change.delete(self._head(key))
            change.hset(self._head(key), mapping=head)
            change.persist(self._body(version))
            if ttl:
                change.pexpire(self._head(key), max(1, round(ttl * 1000)))
                change.pexpire(self._body(version), round(ttl * 1000) + _WHILE_READ)
            try:
                old, *_ = change.execute()
            except redis.WatchError:
                return False
        self._retire(old)
        return True

    def _retire(self, version: bytes | None) -> None:
        """Let a version that is no longer valid go: here at once, in Redis when its readers have finished."""
        if version is not None:
            self._redis.pexpire(self._body(version.decode()), _WHILE_READ)
            self.copies.delete(version.decode())

    def _head(self, key: str) -> str:
        return f"{self.prefix}head:{key}"

    def _body(self, version: str) -> str:
        return f"{self.prefix}body:{version}"

    def _asked(self) -> Any:
        """Return the client, unless Redis was away a moment ago."""
        if time.monotonic() < self._away_until:
            raise _StillAway
        return self._redis

    @contextmanager
    def _trouble_told(self, key: str) -> Iterator[None]:
        """Log what goes wrong with Redis or the disk, and go on without it."""
        try:
            yield
        except _StillAway:
            pass
        except (redis.RedisError, OSError) as error:
            log.warning("Redis could not be used for %r: %s: %s", key, type(error).__name__, error)
            if isinstance(error, redis.ConnectionError | redis.TimeoutError):
                self._away_until = time.monotonic() + _AWAY_SECONDS


class _StillAway(redis.ConnectionError):
    """Redis did not answer a moment ago; that has been logged."""
