"""The one codec of the server's stores: values to bytes and back, exactly, and never through pickle.

Three kinds of value are carried: plain ones (None, bool, int, finite float, str, list, dict with text keys)
as JSON, frames (pandas DataFrame, pyarrow Table) as Arrow IPC files, and bytes as they are. What would not
come back as it was is refused with a TypeError that names the path of the offending part.
"""

import json
import math
import struct
import zlib
from typing import TYPE_CHECKING, Any

from data.frame_codec import from_table, to_table, write_table

if TYPE_CHECKING:
    import pyarrow as pa

JSON, ARROW, BYTES = b"J", b"A", b"B"

# In front of every value: the mark and version of the codec, the kind, then the checksum and the length of
# what follows. 16 bytes, so that Arrow's buffers stay aligned.
_HEADER = struct.Struct("<3sc4xII")
_LENGTH_MODULUS = 2**32
_MARK = b"DA1"

_MAX_DEPTH = 100
# Python refuses to read integers of more than 4300 digits; 4096 bits are far below and far enough.
_MAX_INT_BITS = 4096


class CodecError(ValueError):
    """The bytes are not a whole value of this codec: truncated, corrupt, or written by something else."""


def encode(value: Any, name: str = "value") -> bytes:
    """Return `value` as bytes; a TypeError names the part that cannot be carried, e.g. `value.lines[2]`.

    `name` is what the error calls the value itself. Refused, because they would come back as something
    else: tuples, NaN and infinity, keys that are not text, lone surrogates, subclasses of the plain types
    (numpy's float64 is one), bytes or frames inside a list or dict, columns of Python objects.
    """
    if type(value) is bytes:
        return _with_header(BYTES, value)
    if is_plain_type(value):
        check_plain(value, name)
        return _with_header(JSON, _TO_JSON.encode(value).encode())
    return _with_header(ARROW, _table_to_bytes(to_table(value, name)))


def decode(data: bytes | memoryview) -> Any:
    """Return the value that `encode` turned into `data`; raise CodecError if it is anything else.

    A frame is read in place: it shares the memory of `data`, read-only, and pandas copies a column when
    it is first written to.
    """
    view = memoryview(data)
    if len(view) < _HEADER.size:
        raise CodecError(f"{len(view)} bytes are too few for a value.")
    mark, kind, checksum, length = _HEADER.unpack_from(view)
    body = view[_HEADER.size :]
    if mark != _MARK:
        raise CodecError("The bytes were written by something else, or by another version of the codec.")
    if length != len(body) % _LENGTH_MODULUS or checksum != zlib.crc32(body):
        raise CodecError("The bytes are damaged: their length or checksum is wrong.")
    try:
        return _decode_body(kind, body)
    except CodecError:
        raise
    except Exception as error:  # whatever a parser says of bytes that a stranger made
        raise CodecError(f"The bytes are not a value: {error}") from error


def check_plain(value: Any, path: str, depth: int = 0) -> None:
    """Raise a TypeError that names the first part of `value` that JSON would not bring back as it is."""
    if depth > _MAX_DEPTH:
        raise TypeError(f"{path} is nested more than {_MAX_DEPTH} deep (or contains itself).")
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError(f"{path} has the key {key!r}: keys must be str, not {type(key).__name__}.")
            _check_text(key, f"a key of {path}")
            check_plain(item, _path_to(path, key), depth + 1)
    elif kind is list:
        for position, item in enumerate(value):
            check_plain(item, f"{path}[{position}]", depth + 1)
    elif kind is str:
        _check_text(value, path)
    elif kind is float:
        if not math.isfinite(value):
            raise TypeError(f"{path} is {value}: JSON has no such number.")
    elif kind is int:
        if value.bit_length() > _MAX_INT_BITS:
            raise TypeError(f"{path} is an integer of more than {_MAX_INT_BITS} bits.")
    elif value is not None and kind is not bool:
        raise TypeError(f"{path} is of type {kind.__module__}.{kind.__qualname__}, which JSON cannot carry.")


def is_plain_type(value: Any) -> bool:
    """Tell whether a value goes to JSON, which may refuse it; the others are bytes and frames."""
    return value is None or isinstance(value, bool | int | float | str | list | tuple | dict | set)


def _check_text(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TypeError(f"{path} contains half of a surrogate pair, which is not text.") from None


def _path_to(path: str, key: str) -> str:
    return f"{path}.{key}" if key.isidentifier() else f"{path}[{key!r}]"


def _with_header(kind: bytes, body: "bytes | pa.Buffer") -> bytes:
    length = memoryview(body).nbytes
    header = _HEADER.pack(_MARK, kind, zlib.crc32(body), length % _LENGTH_MODULUS)
    return b"".join((header, body))


def _decode_body(kind: bytes, body: memoryview) -> Any:
    if kind == JSON:
        return _FROM_JSON.decode(str(body, "utf-8"))
    if kind == BYTES:
        return bytes(body)
    if kind == ARROW:
        import pyarrow as pa

        table = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(body))).read_all()
        table.validate()
        return from_table(table)
    raise CodecError(f"The bytes are of an unknown kind, {kind!r}.")


def _refuse_constant(name: str) -> None:
    raise CodecError(f"{name} is not JSON.")


# Made once: `json.dumps` and `json.loads` make theirs anew for each value, which takes longer than a small value.
_TO_JSON = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
_FROM_JSON = json.JSONDecoder(parse_constant=_refuse_constant)


def _table_to_bytes(table: "pa.Table") -> "pa.Buffer":
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    write_table(table, sink)
    return sink.getvalue()
