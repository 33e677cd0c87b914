"""What the tests of the visitor store run outside of the test process.

Each is run in one fresh process without threads, by `in_a_fresh_process`; that one forks the processes it needs.
"""

import itertools
import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from data.visitor_store import VisitorStore

fork = get_context("fork")


def in_a_fresh_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what the function returns there, or raise what it raises."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def increment_in_eight_processes(url: str, times: int) -> list[int | None]:
    """Let eight processes, each the first to open the database, add one to a number; return how they ended."""
    start = fork.Barrier(8)

    def increment() -> None:
        store = VisitorStore(url, lock_timeout=60)
        start.wait()
        for _ in range(times):
            store.increment("ada", "n")

    workers = [fork.Process(target=increment) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [worker.exitcode for worker in workers]


def use_on_both_sides_of_a_fork(url: str) -> tuple[int, int, int]:
    """Open a store, fork, count in both processes at once; return how the child ended, and the number twice."""
    store = VisitorStore(url, lock_timeout=60)
    store.increment("ada", "n")
    child = os.fork()
    for _ in range(100):
        store.increment("ada", "n")
        store.get("ada", "n")
    if child == 0:
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return status, store.increment("ada", "n"), store.get("ada", "n")


def kill_writers(url: str, kills: int) -> None:
    """Kill one writer after the other, and assert each time that what it had reported is kept."""
    import psycopg  # noqa: F401 - imported here once, and not anew in each writer
    import sqlalchemy.dialects.postgresql  # noqa: F401

    chance = random.Random(7)  # noqa: S311
    store = VisitorStore(url)
    store.set("ada", "n", 0)
    for _ in range(kills):
        acknowledged = run_until_killed(url, chance)
        # At most the one write that was under way is more than what was reported.
        assert store.get("ada", "n") - acknowledged in (0, 1)
        assert store.get("ada", f"key {acknowledged % 7}") == acknowledged


def run_until_killed(url: str, chance: random.Random) -> int:
    """Let a process write, kill it at some moment, and return the last number that it said was kept."""
    here, there = fork.Pipe(duplex=False)
    writer = fork.Process(target=write_for_ever, args=(url, there))
    writer.start()
    there.close()
    last: int = here.recv()
    for _ in range(chance.randrange(5)):
        last = here.recv()
    # Somewhere within a write, and not always just after one was reported.
    writer.join(timeout=chance.uniform(0, 0.005))
    assert writer.pid
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    try:
        while True:
            last = here.recv()
    except EOFError:
        return last


def write_for_ever(url: str, acknowledged: Connection) -> None:
    """Count up in the store, in three kinds of write, and report each number once it is kept."""
    store = VisitorStore(url)
    for _ in itertools.count():
        number = store.increment("ada", "n")
        store.set("ada", f"key {number % 7}", number)
        store.delete("ada", f"key {(number + 3) % 7}")
        acknowledged.send(number)
