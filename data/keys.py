"""Keys of the cache: typed, with lengths in front, so that two different questions never share an answer."""

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_LONGEST = 200  # characters; a longer key is replaced by its hash
_ROWS = 65_536  # of a frame, hashed at a time


def make_key(name: str, *parts: Any) -> str:
    """Return the key of `name` asked with these parts, e.g. `make_key("means", "temperature", 2024)`.

    A part is None, a bool, int, float, str or bytes, a tuple, list or dict of parts, or a frame (DataFrame or
    Table), which counts by its content. 1, True, 1.0 and "1" make four keys. TypeError for any other part.
    """
    key = _text(name) + "".join(_text(part) for part in parts)
    if len(key) <= _LONGEST:
        return key
    # A short key begins with "str"; this one cannot be mistaken for it.
    return f"sha256:{_text(name)[:80]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _text(part: Any) -> str:
    """Return the part as text that no other part has, and that tells by itself where it ends."""
    kind = type(part)
    if kind in (tuple, list):
        content = "".join(_text(item) for item in part)
    elif kind is dict:
        content = "".join(sorted(_text(key) + _text(value) for key, value in part.items()))
    elif kind is bytes:
        content = part.hex()
    elif part is None or kind in (bool, int, float, str):
        content = str(part)
        _check_text(content)
    else:
        content = _content_of(part)
    return f"{kind.__name__}{len(content)}:{content};"


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TypeError("A part of the key contains half of a surrogate pair, which is not text.") from None


def _content_of(frame: Any) -> str:
    """Return the hash of a frame's columns, types and index, however they lie in memory."""
    import pyarrow as pa

    from data.frame_codec import to_table

    table = to_table(frame, "a part of the key")
    digest = hashlib.blake2b(digest_size=32)
    digest.update(table.schema.serialize())
    for start in range(0, table.num_rows, _ROWS):
        # Joined with nothing, a part is copied into one new piece: how the table was cut does not count.
        part = table.slice(start, _ROWS)
        _feed(digest, pa.concat_tables([part, part.slice(0, 0)]).combine_chunks())
    return digest.hexdigest()


def _feed(digest: Any, table: "pa.Table") -> None:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    digest.update(sink.getvalue())
