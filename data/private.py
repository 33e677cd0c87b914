"""Directories and files that only the account running the app can read."""

from pathlib import Path


def private_directory(path: Path) -> Path:
    """Make the directory (mode 0700) unless it is there, and return it. An existing one keeps its mode."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
