"""The readings as frames in the cache: small ones are made when asked for, large ones meanwhile, with progress.

Progress and cancellation are values in the cache, so every worker knows of them, whichever one is at work.
"""

import logging
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app

from data.cache import cache, engine, get_or_build_file
from data.frame_files import open_table
from data.frames import Frame
from data.keys import make_key
from data.readings import write_readings

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger(__name__)

VERSION = 1  # of the readings: another one has other keys
AT_ONCE = 100_000  # rows that take no longer to make than a page to load
FORGET = 20  # seconds without progress after which a build is taken for dead


class CancelledError(Exception):
    """Somebody does not want the frame any more."""


def opened(rows: int) -> Frame | None:
    """Return the frame of that many readings, or None if it is not made yet. A small one is made now."""
    if rows <= AT_ONCE:
        path = get_or_build_file(_key(rows), lambda path: write_readings(path, rows))
    elif not (path := engine().read_file(_key(rows))):  # type: ignore[assignment]
        return None
    try:
        return Frame(_key(rows), _mapped(path), made=path.stat().st_mtime, in_time_order=True)
    except FileNotFoundError:  # its room was needed at this very moment
        return None


def start(rows: int) -> None:
    """Begin to make a frame in a thread of this worker, unless some worker is at it."""
    if progress(rows) is None and cache.add(_progress_key(rows), 0, timeout=FORGET):
        cache.delete(_cancel_key(rows))
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # the cache is this app's
        threading.Thread(target=_build, args=[app, rows], daemon=True).start()


def progress(rows: int) -> float | None:
    """Return which part of a frame is made, from 0 to 1, or None if nobody makes it."""
    done = cache.get(_progress_key(rows))
    return None if done is None else done / rows


def cancel(rows: int) -> None:
    """Ask whoever makes the frame to stop. It does so at the end of a chunk."""
    cache.set(_cancel_key(rows), True, timeout=FORGET)


@lru_cache(maxsize=2)
def _mapped(path: Path) -> "pa.Table":
    """Return the table in a file. The last two stay mapped: the pages that a process has touched are not mapped anew
    for every query. A file has a name of its own, so this is never an older one's content.
    """
    return open_table(path)


def _build(app: Flask, rows: int) -> None:
    with app.app_context():
        _build_here(rows)


def _build_here(rows: int) -> None:
    def on_chunk(done: int) -> None:
        if cache.get(_cancel_key(rows)):
            raise CancelledError
        cache.set(_progress_key(rows), done, timeout=FORGET)

    def write(path: Path) -> None:
        write_readings(path, rows, on_chunk)

    try:
        get_or_build_file(_key(rows), write)
    except CancelledError:
        pass
    except Exception:  # nobody waits for this thread: the log is told
        log.exception("The frame of %d readings could not be made", rows)
    finally:
        cache.delete(_progress_key(rows))
        cache.delete(_cancel_key(rows))


def _key(rows: int) -> str:
    return make_key("readings", VERSION, rows)


def _progress_key(rows: int) -> str:
    return make_key("readings: progress", VERSION, rows)


def _cancel_key(rows: int) -> str:
    return make_key("readings: cancel", VERSION, rows)
