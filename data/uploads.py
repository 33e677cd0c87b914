"""A visitor's own file as a frame, kept for that visitor alone, and for an hour.

It is found by the visitor's cookie: the browser holds no id of it, so there is none to guess or to forge.
"""

import secrets
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from data.cache import cache, engine, get_or_build_file
from data.frame_files import open_table
from data.frames import Frame
from data.keys import make_key
from data.private import private_directory
from data.visitor import identity
from errors import BadInput
from settings import settings

TTL = 3_600  # seconds
LONGEST_READ = 60  # seconds that reading a file may take
ROOT = Path(__file__).parent.parent


def own_frame() -> Frame | None:
    """Return the current visitor's frame, or None if there is none (any more)."""
    visitor = identity().current()
    path = engine().read_file(_key(visitor)) if visitor else None
    if path is None:
        return None
    try:
        table, made = open_table(path), path.stat().st_mtime
    except FileNotFoundError:
        return None
    told = table.schema.metadata
    return Frame(told[b"token"].decode(), table, TTL, made, in_time_order=told[b"in_time_order"] == b"yes")


def keep(content: bytes) -> Frame:
    """Keep a CSV or Parquet file's rows as the current visitor's frame, in place of any other.

    BadInput says why a file is refused; the frame that was there before is then still there.
    """
    if len(content) > settings.upload_max_mb * 1e6:
        raise BadInput(f"The file is larger than {settings.upload_max_mb:g} MB. Take a part of it.")
    private_directory(settings.cache_dir)
    with TemporaryDirectory(dir=settings.cache_dir) as folder:
        given, read = Path(folder, "given"), Path(folder, "read")
        given.write_bytes(content)
        _read_apart(given, read)
        key = _key(identity().ensure())
        cache.delete(key)
        get_or_build_file(key, lambda path: _move(read, path), ttl=TTL)
    frame = own_frame()
    if frame is None:
        raise BadInput("There is no room for your file at the moment. Try again later.")
    return frame


def forget() -> None:
    """Delete the current visitor's frame."""
    if visitor := identity().current():
        cache.delete(_key(visitor))


def _move(source: Path, target: Path) -> None:
    source.replace(target)


def _read_apart(given: Path, read: Path) -> None:
    """Read the file in a process of its own, with little memory and time: no file can take more than that."""
    command = [sys.executable, "-m", "data.upload_reader", str(given), str(read), secrets.token_hex(16)]
    environment = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file's name is ours, too
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST_READ, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadInput("The file takes too long to read. Take a part of it.") from None
    if done.returncode == 1 and done.stderr.startswith("refused: "):
        raise BadInput(done.stderr.removeprefix("refused: ").strip())
    if done.returncode:
        raise BadInput("The file needs more memory than a file of its size may, or is damaged. Take another.")


def _key(visitor: str) -> str:
    return make_key("own frame", visitor)
