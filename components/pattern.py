"""The declaration of a page: what it is, what it promises, and where that is proved. Data only."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Group = Literal["In the browser", "Between callbacks", "On the server", "Tools"]
GROUPS: tuple[Group, ...] = get_args(Group)

Event = Literal["tab switch", "page change", "reload", "new tab", "new browser", "server restart", "second worker"]
EVENTS: tuple[Event, ...] = get_args(Event)

Scope = Literal["this view", "this tab", "this browser", "this visitor", "everyone"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

# What a narrow scope cannot survive: to do so it would have to reach beyond itself.
BEYOND: dict[Scope, tuple[Event, ...]] = {
    "this view": ("reload", "new tab", "new browser"),
    "this tab": ("new tab", "new browser"),
    "this browser": ("new browser",),
    "this visitor": (),
    "everyone": (),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One row of the matrix: a place where a page's pattern keeps its value.

    `capacity` is in bytes, or None where no fixed limit applies; `wire_bytes` is what one interaction of the
    page's demo sends and receives in callback bodies, uncompressed. Both are proved by tests. `in_a_tab` says
    that the demo stands in a tab of the page, whose content is removed when another tab is chosen.
    """

    key: str
    name: str
    lives_in: str
    scope: Scope
    survives: tuple[Event, ...]
    limit: str
    capacity: int | None
    readable_by: str
    secret: bool = False
    in_a_tab: bool = False
    wire_bytes: int

    @property
    def events(self) -> tuple[Event, ...]:
        """Return what can happen to the value: where there is no tab, none can be switched."""
        return tuple(event for event in EVENTS if self.in_a_tab or event != "tab switch")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A promise of the page, and the name of the test in `tests/test_<page>.py` that proves it."""

    text: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class Trap:
    """What goes wrong, how it is cured, and the test that proves both."""

    text: str
    cure: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One page of the atlas. `name` is the slice's name in every folder; `order` its place in its group.

    `more_files` are others' files that its code view shows too; `parts` are further files of its own, which the page
    shows in a place of their own.
    """

    name: str
    title: str
    group: Group
    order: int
    summary: str
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...]
    traps: tuple[Trap, ...] = ()
    use_when: tuple[str, ...]
    leave_when: tuple[str, ...]
    see_also: tuple[str, ...] = ()
    more_files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    app_stores: tuple[Any, ...] = field(default=())

    def __post_init__(self) -> None:
        """Stop the start when the declaration is incomplete or contradicts itself."""
        for problem in _problems(self):
            raise SystemExit(f"pages/{self.name}.py: {problem}")

    @property
    def path(self) -> str:
        """Return the page's address."""
        return "/" + self.name.replace("_", "-")

    @property
    def page(self) -> dict[str, Any]:
        """Return the arguments of `dash.register_page`."""
        return {
            "path": self.path,
            "name": self.title,
            "title": f"{self.title} · Dash Storage Atlas",
            "description": self.summary,
            "order": 100 * (GROUPS.index(self.group) + 1) + self.order,
            "pattern": self,
        }

    @property
    def files(self) -> tuple[str, ...]:
        """Return all files that the page shows, relative to the project."""
        return self.tabs + self.parts

    @property
    def tabs(self) -> tuple[str, ...]:
        """Return the files of the code view; those that do not exist are simply not there."""
        own = self._own
        return own[:2] + self.more_files + own[2:]

    @property
    def own_files(self) -> tuple[str, ...]:
        """Return the files that are this slice's alone: deleting them removes it."""
        return self._own + self.parts

    @property
    def _own(self) -> tuple[str, ...]:
        return (
            f"callbacks/{self.name}.py",
            f"pages/{self.name}.py",
            f"assets/{self.name}.js",
            f"tests/test_{self.name}.py",
        )


def _problems(pattern: Pattern) -> list[str]:
    """Say what a declaration lacks or where it contradicts itself."""
    problems = [
        f"{part} is missing."
        for part in ("name", "title", "summary", "claims", "use_when", "leave_when")
        if not getattr(pattern, part)
    ]
    if pattern.group not in GROUPS:
        problems.append(f"the group {pattern.group!r} is none of {', '.join(GROUPS)}.")
    keys = [place.key for place in pattern.places]
    problems += [f"the place {key!r} is declared twice." for key in keys if keys.count(key) > 1]
    for place in pattern.places:
        if place.scope not in SCOPES:
            problems.append(f"the scope {place.scope!r} of {place.key!r} is none of {', '.join(SCOPES)}.")
            continue
        problems += [
            f"{place.key!r} survives {event!r}, which is none of {', '.join(EVENTS)}."
            for event in place.survives
            if event not in EVENTS
        ]
        problems += [
            f"{place.key!r} is kept for {place.scope}, so it cannot survive a {event}."
            for event in place.survives
            if event in BEYOND[place.scope]
        ]
        if "tab switch" in place.survives and not place.in_a_tab:
            problems.append(f"{place.key!r} is in no tab, so it cannot survive a tab switch.")
    proven: tuple[Claim | Trap, ...] = (*pattern.claims, *pattern.traps)
    for proved in proven:
        if not proved.proof.startswith("test_"):
            problems.append(f"the claim {proved.text!r} names no test.")
    if pattern.path in pattern.see_also:
        problems.append("it sends the reader to itself.")
    return problems
