"""Frames as Arrow IPC files, opened by memory map: opening one costs the same at any size, and copies nothing.

A file is recognised by its seal: its length, the time of its last change, and a checksum of its two ends. That is
enough to notice a file that was cut, changed or replaced, and costs the same at any size; a disk that returns other
bytes than were written is not noticed in the middle of a file.
"""

import mmap
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.codec import CodecError
from data.frame_codec import from_table, to_table, write_table

if TYPE_CHECKING:
    import pyarrow as pa

_SEAL = struct.Struct("<QQI")  # length in bytes, time of the last change in ns, checksum
_END = 4096  # bytes at either end


def write_frame(frame: Any, path: Path, name: str = "value") -> None:
    """Write a DataFrame or Table into a file; a TypeError names the column that cannot be carried."""
    import pyarrow as pa

    with pa.OSFile(os.fspath(path), "wb") as sink:
        write_table(to_table(frame, name), sink)


def open_frame(path: Path) -> Any:
    """Return the DataFrame or Table in a file, without reading its rows. It stays readable if the file is removed.

    Raises FileNotFoundError, and CodecError if the file holds no frame.
    """
    return from_table(open_table(path), check_codes=False)  # the seal tells that we wrote the file


def open_table(path: Path) -> "pa.Table":
    """Return the file's columns as they are, as a Table, also where a DataFrame was written."""
    import pyarrow as pa

    try:
        # Not by pyarrow's memory map, which at each piece of the file asks the system to read ahead: that takes
        # longer than to open the file.
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        table = pa.ipc.open_file(pa.py_buffer(mapped)).read_all()
        table.validate()
    except (pa.ArrowException, ValueError) as error:
        raise CodecError(f"{path} holds no frame: {error}") from error
    return table


def seal(path: Path) -> bytes:
    """Return what tells this file from any other."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        checksum = zlib.crc32(file.read(_END))
        file.seek(max(0, status.st_size - _END))
        checksum = zlib.crc32(file.read(_END), checksum)
    return _SEAL.pack(status.st_size, status.st_mtime_ns, checksum)
