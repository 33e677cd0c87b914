"""The readings are always the same, made in bounded memory, and a smaller frame is the beginning of a larger one."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.frame_files import open_table
from data.readings import CHUNK, ROWS, check_rows, write_readings
from errors import BadInput

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow

MEASURE = """
import resource, sys
from pathlib import Path
from data.readings import write_readings
import numpy, pyarrow, pyarrow.pandas_compat
write_readings(Path(sys.argv[1]), 600_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_readings(Path(sys.argv[1]), 10_000_000)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def test_they_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_readings(tmp_path / name, 10_000)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_smaller_frame_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    write_readings(tmp_path / "small", 10_000)
    write_readings(tmp_path / "large", CHUNK + 10_000)
    large = open_table(tmp_path / "large")
    assert large.num_rows == CHUNK + 10_000
    assert large.slice(0, 10_000).equals(open_table(tmp_path / "small"))
    assert large.column("row").to_pylist() == list(range(large.num_rows))


def test_six_columns_take_under_twenty_bytes_a_row(tmp_path: Path) -> None:
    write_readings(tmp_path / "readings", 1_000_000)
    table = open_table(tmp_path / "readings")
    assert table.column_names == ["row", "time", "sensor", "site", "temperature", "humidity", "status"]
    assert table.drop_columns("row").nbytes < 20.1 * table.num_rows


def test_what_is_said_of_progress_is_true_and_can_end_it(tmp_path: Path) -> None:
    said: list[int] = []
    write_readings(tmp_path / "whole", 2 * CHUNK + 1, said.append)
    assert said == [CHUNK, 2 * CHUNK, 2 * CHUNK + 1]

    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_readings(tmp_path / "stopped", 2 * CHUNK, stop)


@pytest.mark.slow
def test_ten_million_rows_take_no_more_memory_than_a_few_chunks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "x")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x").stat().st_size > 200e6
    assert int(done.stdout) < 50e6


@pytest.mark.parametrize("rows", [*map(str, ROWS)])
def test_offered_sizes_are_taken(rows: str) -> None:
    assert check_rows(rows) == int(rows)


@pytest.mark.parametrize("rows", ["7", "1e9", 10_000, None, True, [], {}, "10000 "])
def test_other_sizes_are_refused(rows: object) -> None:
    with pytest.raises(BadInput, match="no frame of that size"):
        check_rows(rows)
