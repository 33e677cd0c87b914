"""What JSON has no form for, as something that it has one for, and back again: a pair of functions for each type."""

import base64
import io
from datetime import date
from math import isnan, nan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def frame_to_json(frame: "pd.DataFrame") -> str:
    """Return a text that names the type of each column."""
    return frame.to_json(orient="table", index=False)


def frame_from_json(text: str) -> "pd.DataFrame":
    """Return the frame."""
    import pandas as pd

    return pd.read_json(io.StringIO(text), orient="table")


def array_to_json(array: "np.ndarray[Any, Any]") -> Any:
    """Return a list of numbers, or of lists of them."""
    return array.tolist()


def array_from_json(numbers: list[Any]) -> "np.ndarray[Any, Any]":
    """Return the array."""
    import numpy as np

    return np.array(numbers)


def date_to_json(day: date) -> str:
    """Return the day as text, such as 2026-07-01."""
    return day.isoformat()


def date_from_json(text: str) -> date:
    """Return the day."""
    return date.fromisoformat(text)


def float_to_json(number: float) -> float | None:
    """Return the number, or None for one that is missing."""
    return None if isnan(number) else number


def float_from_json(number: float | None) -> float:
    """Return the number, NaN for one that is missing."""
    return nan if number is None else float(number)


def set_to_json(names: set[str]) -> list[str]:
    """Return the members in an order of their own, so that equal sets are equal in JSON."""
    return sorted(names)


def set_from_json(names: list[str]) -> set[str]:
    """Return the set."""
    return set(names)


def integer_to_json(number: int) -> str:
    """Return the digits: a browser's numbers are exact up to 2**53 only."""
    return str(number)


def integer_from_json(digits: str) -> int:
    """Return the number."""
    return int(digits)


def bytes_to_json(content: bytes) -> str:
    """Return the bytes as base64, which takes four characters for three of them."""
    return base64.b64encode(content).decode("ascii")


def bytes_from_json(text: str) -> bytes:
    """Return the bytes."""
    return base64.b64decode(text, validate=True)
