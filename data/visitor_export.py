"""All of a visitor's values as one file: JSON that its owner can read, and that can be imported again."""

import base64
import binascii
import json
import math
from collections.abc import Iterable
from typing import Any

from data.codec import CodecError, decode, encode
from data.values_table import Row, to_bytes, to_text
from errors import BadInput

_FORMAT = "visitor data, version 1"


def pack(rows: Iterable[Row]) -> bytes:
    """Return the file: plain values as they are, others (frames, bytes, what cannot be decoded) in base64."""
    return json.dumps({"format": _FORMAT, "values": [_to_entry(row) for row in rows]}, indent=1).encode()


def unpack(file: bytes) -> list[Row]:
    """Return the rows of a file that `pack` made. Raises BadInput that says what is wrong with it."""
    try:
        content = json.loads(file)
    except (ValueError, RecursionError):
        raise BadInput("This is not a file of exported values: it is not JSON.") from None
    if not isinstance(content, dict) or content.get("format") != _FORMAT or not isinstance(content.get("values"), list):
        raise BadInput(f'This is not a file of exported values: its "format" is not "{_FORMAT}".')
    return [_from_entry(number, entry) for number, entry in enumerate(content["values"])]


def _to_entry(row: Row) -> dict[str, Any]:
    entry: dict[str, Any] = {"key": to_text(row.key), "expires": row.expires}
    try:
        value = decode(row.value)
    except CodecError:
        value = None
        plain = False
    else:
        plain = value is None or isinstance(value, bool | int | float | str | list | dict)
    return entry | ({"value": value} if plain else {"base64": base64.b64encode(row.value).decode()})


def _from_entry(number: int, entry: Any) -> Row:
    try:
        return _checked(entry)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"Value number {number + 1} of the file is not as it was exported: {error}") from error


def _checked(entry: Any) -> Row:
    key = to_bytes(entry["key"])
    expires = entry["expires"]
    if expires is not None and not (type(expires) in (int, float) and math.isfinite(expires)):
        raise ValueError(f'its "expires" is {expires!r}.')
    if "value" in entry:
        return Row(key, encode(entry["value"], entry["key"]), expires)
    try:
        value = base64.b64decode(entry["base64"], validate=True)
    except binascii.Error:
        raise ValueError('its "base64" is damaged.') from None
    decode(value)
    return Row(key, value, expires)
