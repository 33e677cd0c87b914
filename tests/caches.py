"""Caches for tests: one of its own for each, on a disk or in Redis, wired as the app's is; and a wire that counts."""

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache as once
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from flask import Flask

from data.cache import cache, engine, init_cache
from settings import read_settings

ENGINES = ("disk", "redis")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def machine(folder: Path, *, url: str | None = None, prefix: str = "", size_mb: float = 100) -> Flask:
    """Return a server whose app context uses a cache in this folder, or in Redis with this prefix."""
    server = Flask("machine")
    before = getattr(cache, "app", None)
    init_cache(server, read_settings(cache_dir=folder, cache_size_mb=size_mb, redis_url=url))
    with server.app_context():
        if url:
            engine().prefix = prefix  # type: ignore[attr-defined]
    cache.app = before  # type: ignore[assignment]
    return server


@contextmanager
def machines(kind: str, *folders: Path, url: str | None = None, **options: Any) -> Iterator[list[Flask]]:
    """Yield a server for each folder; with Redis they share one cache. What they kept is removed."""
    if kind == "redis":
        need_redis()
        options |= {"url": url or REDIS, "prefix": f"test-{uuid.uuid4().hex}:"}
    servers = [machine(folder, **options) for folder in folders]
    yield servers
    for server in servers:
        with server.app_context():
            if kind == "redis":
                engine()._away_until = 0  # type: ignore[attr-defined]
            engine().clear()
            engine().close()  # type: ignore[attr-defined]


def need_redis() -> None:
    """Skip the test where no Redis answers; in CI, fail it."""
    if trouble := _unreachable():
        missing = f"no Redis answers at TEST_REDIS_URL: {trouble}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


@once
def _unreachable() -> str:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=5) as client:
            client.ping()
    except redis.RedisError as error:
        return str(error)
    return ""


class Wire:
    """A way to Redis that counts the bytes it carries, and can be cut and mended."""

    def __init__(self) -> None:
        self.carried = 0
        self._target = urlsplit(REDIS)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address at this end."""
        user = f"{self._target.netloc.rpartition('@')[0]}@" if "@" in self._target.netloc else ""
        return f"redis://{user}127.0.0.1:{self._listener.getsockname()[1]}{self._target.path}"

    def cut(self) -> None:
        """Close what is open, and refuse what comes."""
        self.is_cut = True
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def mend(self) -> None:
        """Carry again."""
        self.is_cut = False

    def close(self) -> None:
        """End it."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection((self._target.hostname or "127.0.0.1", self._target.port or 6379))
                self._open += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                self.carried += len(piece)
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_RDWR)
