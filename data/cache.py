"""The server's cache: what can be computed again. Flask-Caching is the interface, a disk or Redis keeps the values.

`cache.memoize`, `cache.get`, `cache.set` and the others are as Flask-Caching documents them. `get_or_build` builds a
value once, however many ask for it at the same time; `get_or_build_table` does so for frames that are too large for
memory, and are written piece by piece.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask
from flask_caching import Cache

from data.cache_engine import MISSING, Engine, Info
from data.frame_files import open_table
from settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

Value = TypeVar("Value")

cache = Cache()


def init_cache(server: Flask, settings: Settings) -> None:
    """Let the app use the engine that the settings name. Nothing is opened or asked before it is used."""
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    config = {
        "CACHE_TYPE": "data.redis_engine.RedisEngine" if url else "data.disk_engine.DiskEngine",
        "CACHE_REDIS_URL": url,
        "CACHE_OPTIONS": {"directory": settings.cache_dir, "size_limit": round(settings.cache_size_mb * 1e6)},
    }
    cache.init_app(server, config)


def engine() -> Engine:
    """Return the engine that the app uses."""
    return cast(Engine, cache.cache)


def get_or_build(key: str, build: Callable[[], Value], *, ttl: float | None = None) -> Value:
    """Return the value of a key, which `build()` computes if it is not there: once, however many ask meanwhile.

    The value is a plain one, bytes, a DataFrame or a Table; frames are opened by memory map, and may be changed.
    None is a value. It is kept for `ttl` seconds, or until its room is needed. What `build` raises is raised here,
    and to the threads that wait for it, and nothing is kept; if it is a CancelledError (of concurrent.futures), one
    that waits builds instead. TypeError if the value cannot be carried, TooLargeForCacheError if it has no room.
    """
    ours, ttl = engine(), _check_ttl(ttl)
    value = ours.read(key)
    if value is not MISSING:
        return cast(Value, value)
    with ours.building(key):
        value = ours.read(key)
        if value is MISSING:
            built = build()
            kept = ours.write(key, built, ttl)
            # Read again: a frame is then the mapped one, and the memory of the built one is free.
            value = ours.read(key) if kept else built
            value = built if value is MISSING else value
    return cast(Value, value)


def get_or_build_file(key: str, build: Callable[[Path], None], *, ttl: float | None = None) -> Path:
    """Return the path of an Arrow IPC file, which `build(path)` writes if it is not there, with the same promises.

    But a file needs a disk: OSError where it has no room even for that.

    Map it at once: the file is removed when it expires, is deleted or its room is needed, and what is mapped by
    then stays readable. Nothing of it is read here but its ends. To open it costs more the more batches it has:
    some millions of rows each are well.
    """
    ours, ttl = engine(), _check_ttl(ttl)
    path = ours.read_file(key)
    if path:
        return path
    with ours.building(key):
        return ours.read_file(key) or ours.build_file(key, build, ttl)


def get_or_build_table(key: str, build: Callable[[Path], None], *, ttl: float | None = None) -> "pa.Table":
    """Return the Table in such a file, mapped: from here on it stays readable, whatever becomes of the file."""
    try:
        return open_table(get_or_build_file(key, build, ttl=ttl))
    except FileNotFoundError:  # removed in the moment between
        return open_table(get_or_build_file(key, build, ttl=ttl))


def info(key: str) -> Info | None:
    """Return the age, size and time left of a key's value, or None if there is none. Asking is no use of it."""
    return engine().describe(key)


def call_key(function: Any, *args: Any, **kwargs: Any) -> str:
    """Return the key under which `cache.memoize` keeps the answer to a call."""
    key: str = function.make_cache_key(function.uncached, *args, **kwargs)
    return key


def _check_ttl(ttl: float | None) -> float | None:
    if ttl is not None and not 0 < ttl < float("inf"):
        raise ValueError(f"A value cannot be kept for {ttl} seconds. To keep it until its room is needed, say None.")
    return ttl
