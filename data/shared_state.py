"""State that all visitors share: one counter and one note, in the visitor store under a name of its own."""

from dataclasses import dataclass

from data.visitor_database import EVERYONE
from data.visitor_store import visitor_store
from errors import BadInput

LONGEST_NOTE = 280  # characters


@dataclass(frozen=True, slots=True)
class Shared:
    """What all visitors see. `version` is of all of it, `note_version` of the note alone."""

    version: int
    count: int
    note: str
    note_version: int


def read_shared(seen: int = -1) -> Shared | None:
    """Return what all visitors see, or None if nothing was written since the version `seen`."""
    store = visitor_store()
    # The version first: a write that comes between shows twice at worst, and is never missed.
    version = store.version(EVERYONE)
    if version == seen:
        return None
    note, note_version = store.read(EVERYONE, "note", "")
    return Shared(version, store.get(EVERYONE, "count", 0), note, note_version)


def count_one() -> int:
    """Add one to the counter, and return the sum."""
    count: int = visitor_store().increment(EVERYONE, "count")
    return count


def write_note(text: str, note_version: int) -> int | None:
    """Write the note if it is still the version that its writer has seen; return the new version, or None.

    Raises BadInput if it is too long.
    """
    if len(text) > LONGEST_NOTE:
        raise BadInput(f"A note may have {LONGEST_NOTE} characters; this has {len(text)}.")
    return visitor_store().compare_and_set(EVERYONE, "note", text, note_version)
