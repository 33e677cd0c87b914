"""What the tests of the cache run outside of the test process: worker processes that build, die and fork."""

import multiprocessing
import os
import resource
import signal
import threading
import time
from pathlib import Path
from typing import Any

import caches

from data import redis_lock
from data.cache import cache, engine, get_or_build, get_or_build_file

spawn = multiprocessing.get_context("spawn")


def count(file: Path) -> int:
    """Return how often something was built: one byte each time."""
    return file.stat().st_size if file.exists() else 0


def build_slowly(log: Path) -> list[int]:
    """Note that this is a build, and take a while."""
    with log.open("ab") as file:
        file.write(b"+")
    time.sleep(0.3)
    return [1, 2, 3]


def ask_in_threads(options: dict[str, Any], log: Path, threads: int) -> None:
    """Ask for one value in several threads at once, and check the answers."""
    server = caches.machine(**options)
    answers = []

    def ask() -> None:
        with server.app_context():
            answers.append(get_or_build("shared", lambda: build_slowly(log)))

    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert answers == [[1, 2, 3]] * threads, answers


def ask_in_processes(options: list[dict[str, Any]], log: Path, threads: int) -> list[int | None]:
    """Ask in one process for each options, and return how they ended."""
    asking = [spawn.Process(target=ask_in_threads, args=(each, log, threads)) for each in options]
    for process in asking:
        process.start()
    for process in asking:
        process.join()
    return [process.exitcode for process in asking]


def die_while_building(options: dict[str, Any], started: Path) -> None:
    """Begin to build a file, say so, and wait to be killed."""
    redis_lock._SECONDS = 2

    def build(path: Path) -> None:
        path.write_bytes(b"half a file")
        started.touch()
        time.sleep(600)

    with caches.machine(**options).app_context():
        get_or_build_file("killed", build)


def use_on_both_sides_of_a_fork(options: dict[str, Any]) -> list[int]:
    """Open the cache, fork as gunicorn does with preload, and use it in four processes; return how three ended."""
    with caches.machine(**options).app_context():
        get_or_build("before", lambda: "the fork")
        children = []
        for _ in range(3):
            child = os.fork()
            if not child:
                children = []
                break
            children.append(child)
        try:
            for number in range(100):
                assert get_or_build("before", lambda: "never built") == "the fork"
                assert get_or_build(f"after {number}", lambda: number) == number  # noqa: B023 - called at once
        except BaseException:
            os._exit(1)
        if not children:
            os._exit(0)
        return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def write_more_than_the_disk_takes(options: dict[str, Any]) -> None:
    """Let every file end at a million bytes, as on a full disk; the values come all the same."""
    import pandas as pd

    with caches.machine(**options).app_context():
        assert get_or_build("small", lambda: 1) == 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        frame = pd.DataFrame({"x": range(1_000_000)})
        for _ in range(2):
            assert len(get_or_build("large", lambda: frame)) == 1_000_000
            assert get_or_build("long", lambda: "x" * 2_000_000) == "x" * 2_000_000
        assert get_or_build("small", lambda: 2) == 1
        assert cache.get("large") is None
        engine().close()  # type: ignore[attr-defined]
