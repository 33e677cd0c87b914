"""The keys that sign cookies: from SECRET_KEY, or in development one that is made once and kept."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from data.private import private_directory
from settings import settings


def secret_keys() -> list[str]:
    """Return the keys, the one that signs first; the others are old ones whose cookies are still taken."""
    given = settings.secret_key.get_secret_value() if settings.secret_key else ""
    return [key.strip() for key in given.split(",") if key.strip()] or [_kept_key(settings.data_dir / "secret_key")]


def _kept_key(path: Path) -> str:
    """Return the key in a file, which is made (mode 0600) if it is not there."""
    if not path.exists():
        # Written aside, then linked in place: of two workers that start at once, both use the first one's key.
        with NamedTemporaryFile("w", dir=private_directory(path.parent)) as file:
            file.write(secrets.token_hex(32))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()
