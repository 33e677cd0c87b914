"""One builder at a time among all machines: a lock in Redis, which its holder renews for as long as it lives."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis

log = logging.getLogger(__name__)

_SECONDS = 10  # after which the lock of a builder that died is free


@contextmanager
def hold(client: Any, name: str) -> Iterator[None]:
    """Wait for the lock and hold it. Where Redis goes away meanwhile, another may build the same: no more than that."""
    lock = client.lock(name, timeout=_SECONDS, sleep=0.05, thread_local=False)
    lock.acquire()
    finished = threading.Event()

    def renew() -> None:
        while not finished.wait(_SECONDS / 3):
            _try(lock.reacquire)

    renewing = threading.Thread(target=renew, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        finished.set()
        renewing.join()
        _try(lock.release)


def _try(change: Any) -> None:
    try:
        change()
    except redis.RedisError as error:
        log.warning("A lock could not be kept or given back: %s", error)
