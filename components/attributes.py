"""Attributes whose names have a hyphen, which Python's keywords cannot have."""

from typing import Any


def aria(**values: Any) -> dict[str, Any]:
    """Return `aria-*` attributes: `aria(label="Pages")` is `aria-label="Pages"`."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: Any) -> dict[str, Any]:
    """Return `data-*` attributes, for browser code to read."""
    return {f"data-{name}": value for name, value in values.items()}
