"""Where Dash's persistence keeps a value: the same three rows of the matrix, whatever it is that persists."""

from components.pattern import Event, Place, Scope

# Persistence asks the server for nothing, so no event there can lose a value.
SERVER: tuple[Event, ...] = ("server restart", "second worker")

KEPT: dict[str, tuple[Scope, str, str, tuple[Event, ...]]] = {
    "memory": ("this view", "the page's memory", "any script of the page", ("tab switch", "page change")),
    "session": ("this tab", "session storage", "any script of the origin", ("tab switch", "page change", "reload")),
    "local": (
        "this browser",
        "local storage",
        "any script of the origin, anyone at the device",
        ("tab switch", "page change", "reload", "new tab"),
    ),
}


def persistence_places(what: str) -> tuple[Place, ...]:
    """Return the places memory, session and local for what persists there: "a control", "a table"."""
    return tuple(
        Place(
            key=kind,
            name=f"Persistence in {kind}: {what}",
            lives_in=lives_in,
            scope=scope,
            survives=survives + SERVER,
            limit="what the tab can hold" if kind == "memory" else "about 5 MB for all of an origin's keys",
            capacity=None if kind == "memory" else 5_000_000,
            readable_by=readable_by,
            in_a_tab=True,
            wire_bytes=0,
        )
        for kind, (scope, lives_in, readable_by, survives) in KEPT.items()
    )
