"""Files in Redis: sent and fetched in pieces, so that others are answered meanwhile and memory stays bounded."""

import zlib
from pathlib import Path
from typing import Any

from data.codec import CodecError

_PIECE = 8_000_000  # bytes
_WHILE_SENT = 600_000  # ms that pieces live whose sender dies before it says for how long


def send(client: Any, name: str, path: Path) -> int:
    """Send a file into a Redis hash of pieces, and return its checksum."""
    checksum = 0
    with path.open("rb") as file:
        for number, piece in enumerate(iter(lambda: file.read(_PIECE), b"")):
            change = client.pipeline()
            change.hset(name, number, piece)
            change.pexpire(name, _WHILE_SENT)
            change.execute()
            checksum = zlib.crc32(piece, checksum)
    return checksum


def fetch(client: Any, name: str, path: Path, *, size: int, checksum: int) -> None:
    """Write the pieces into a file; CodecError unless they are those that were sent."""
    found = 0
    with path.open("wb") as file:
        for number in range(-(-size // _PIECE)):
            piece = client.hget(name, number)
            if piece is None:
                raise CodecError("Redis has evicted its pieces.")
            file.write(piece)
            found = zlib.crc32(piece, found)
        if file.tell() != size or found != checksum:
            raise CodecError("Its pieces are not as they were sent.")
