"""Large frames are made once, with progress that every worker sees, and can be cancelled by any."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import reading_frames
from data.readings import CHUNK
from data.readings import write_readings as really_write

ROWS = 3 * CHUNK

pytestmark = pytest.mark.usefixtures("own_cache")


def wait_for(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let a chunk be written only when `steps` is released, and count how often a build began."""
    steps: Any = threading.Semaphore(0)
    steps.begun = 0

    def write(path: Path, rows: int, on_chunk: Callable[[int], None]) -> None:
        steps.begun += 1

        def on_step(done: int) -> None:
            assert steps.acquire(timeout=20)
            on_chunk(done)

        really_write(path, rows, on_step)

    monkeypatch.setattr(reading_frames, "write_readings", write)
    return steps


def test_a_small_frame_is_made_when_it_is_asked_for() -> None:
    frame = reading_frames.opened(10_000)
    assert frame is not None
    assert frame.table.num_rows == 10_000
    assert reading_frames.progress(10_000) is None


def test_a_large_frame_is_made_meanwhile_and_once(steps: Any) -> None:
    assert reading_frames.opened(ROWS) is None
    for _ in range(5):
        reading_frames.start(ROWS)
    assert reading_frames.progress(ROWS) == 0
    for chunk in (1, 2):
        steps.release()
        wait_for(lambda chunk=chunk: reading_frames.progress(ROWS) == chunk / 3)
    steps.release()
    wait_for(lambda: reading_frames.progress(ROWS) is None)
    frame = reading_frames.opened(ROWS)
    assert frame is not None
    assert frame.table.num_rows == ROWS
    assert steps.begun == 1


def test_a_cancelled_frame_is_not_there_and_can_be_made_again(steps: Any) -> None:
    reading_frames.start(ROWS)
    reading_frames.cancel(ROWS)
    steps.release(3)
    wait_for(lambda: reading_frames.progress(ROWS) is None)
    assert reading_frames.opened(ROWS) is None
    steps.release(3)
    reading_frames.start(ROWS)
    wait_for(lambda: reading_frames.progress(ROWS) is None)
    assert reading_frames.opened(ROWS) is not None


def test_a_build_that_fails_is_logged_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: Any) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(reading_frames, "write_readings", fail)
        reading_frames.start(ROWS)
        wait_for(lambda: reading_frames.progress(ROWS) is None)
    assert "could not be made" in caplog.text
    reading_frames.start(ROWS)
    wait_for(lambda: reading_frames.opened(ROWS))
    # The thread's last act is to say that it is done.
    wait_for(lambda: reading_frames.progress(ROWS) is None)
