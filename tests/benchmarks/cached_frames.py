"""What it costs to open a frame that is in the cache: beside Flask-Caching's file cache, and by size."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from flask import Flask
from flask_caching import Cache

from data.cache import get_or_build, get_or_build_file, init_cache
from data.frame_files import open_table
from settings import read_settings
from tests.benchmarks.row import Row
from tests.deployed import ROOT

SMALL, LARGE = 10_000, 10_000_000
BATCH = 2_000_000
ROUNDS = 15


def run() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        server = Flask("ours")
        init_cache(server, read_settings(cache_dir=folder, cache_size_mb=2_000, redis_url=None))
        theirs = Cache(server, config={"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": f"{folder}/theirs"})
        with server.app_context():
            yield from opening(theirs)
        size = sum(path.stat().st_size for path in Path(folder).glob("values-1/values/*"))
        yield Row(
            "Memory of a process that opens and counts the large frame, to the frame's bytes",
            grown(folder, "open") / size,
            at_most=0.05,
        )
        yield Row(
            "Memory of a process that builds the large frame piece by piece, to the frame's bytes",
            grown(folder, "build") / size,
            at_most=0.5,
        )


def opening(theirs: Cache) -> Iterator[Row]:
    """Measure opening in one process, each frame as a callback would: asked from the cache, and ready for use."""
    for rows in (SMALL, LARGE):
        frame = readings(0, rows).to_pandas()
        get_or_build(f"frame {rows}", lambda frame=frame: frame)
        get_or_build_file(f"file {rows}", lambda path, rows=rows: write(path, rows))
    theirs.set("frame", frame)
    del frame

    def open_theirs() -> Any:
        return theirs.get("frame")

    works: list[Callable[[], Any]] = [
        open_theirs,
        lambda: get_or_build(f"frame {LARGE}", never),
        lambda: get_or_build(f"frame {SMALL}", never),
        lambda: open_table(get_or_build_file(f"file {LARGE}", never)),
        lambda: open_table(get_or_build_file(f"file {SMALL}", never)),
    ]
    pickled, large, small, large_file, small_file = in_turn(works)
    # The app works with Tables. To make a DataFrame, pandas takes about a millisecond more, at any size.
    name = "Opening a cached frame of 10 million rows"
    yield Row(f"{name}: Flask-Caching's file cache, to ours as a DataFrame", pickled / large, at_least=25)
    yield Row(f"{name}: Flask-Caching's file cache, to ours as a Table", pickled / large_file, at_least=50)
    yield Row(f"{name} as a DataFrame, to one of 10 thousand", large / small, at_most=2)
    yield Row(f"{name} as a Table, to one of 10 thousand", large_file / small_file, at_most=2)


def in_turn(works: list[Callable[[], Any]]) -> list[float]:
    """Return the best seconds of each, in rounds that measure all: what else the machine does can only slow one."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, seconds in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
    return [min(seconds) for seconds in times]


def readings(start: int, rows: int) -> pa.Table:
    """Make readings of sensors: six columns, of which three are categories."""
    numbers = np.arange(start, start + rows)
    random = np.random.default_rng(start)
    return pa.table(
        {
            "time": pa.array(numbers * 1_000, pa.timestamp("ms")),
            "sensor": category(numbers % 200, [f"sensor {number}" for number in range(200)]),
            "site": category(numbers % 20, [f"site {number}" for number in range(20)]),
            "temperature": random.normal(15, 8, rows).astype("float32"),
            "humidity": random.uniform(20, 100, rows).astype("float32"),
            "status": category(numbers % 3, ["ok", "late", "faulty"]),
        }
    )


def category(codes: Any, names: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype("int16")), names)


def write(path: Path, rows: int) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, readings(0, 1).schema) as writer:
        for start in range(0, rows, BATCH):
            writer.write_table(readings(start, min(BATCH, rows - start)))


def never() -> Any:
    raise AssertionError("It was in the cache.")


def grown(folder: str, what: str) -> float:
    """Return by how many bytes a fresh process grew, of its own memory, while it opened or built the large frame."""
    command = [sys.executable, "-m", "tests.benchmarks.cached_frames", folder, what]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def own_memory(peak: bool = False) -> int:
    """Return the bytes that are this process's alone: what it maps from files is shared with others."""
    field = "VmHWM" if peak else "RssAnon"
    status = Path("/proc/self/status").read_text()
    return 1024 * int(re.findall(rf"{field}:\s+(\d+)", status)[0])


if __name__ == "__main__":
    server = Flask("ours")
    init_cache(server, read_settings(cache_dir=sys.argv[1], cache_size_mb=2_000, redis_url=None))
    with server.app_context():
        len(get_or_build(f"frame {SMALL}", never))  # what is imported counts on neither side
        open_table(get_or_build_file(f"file {SMALL}", never))
        if sys.argv[2] == "open":
            before = own_memory()
            frame = get_or_build(f"frame {LARGE}", never)
            table = open_table(get_or_build_file(f"file {LARGE}", never))
            assert len(frame) == table.num_rows == LARGE
            print(own_memory() - before)
        else:
            write(Path(sys.argv[1], "once"), SMALL)
            before = own_memory(peak=True)
            get_or_build_file("another", lambda path: write(path, LARGE))
            print(own_memory(peak=True) - before)
