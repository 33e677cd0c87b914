"""Pages as plain Markdown, for programs and for people who read in an editor."""

from collections.abc import Iterable

from components import source
from components.pattern import EVENTS, Event, Pattern, Place

LANGUAGES = {"py": "python", "js": "javascript", "csv": "text"}


def page(pattern: Pattern) -> str:
    """Return a page as Markdown: its facts, claims, advice, traps, and the code of its slice."""
    parts = [f"# {pattern.title}", pattern.summary, _places(pattern)]
    parts += [
        "## Claims, and the tests that prove them",
        _bullets(f"{c.text} (`{c.proof}`)" for c in pattern.claims),
    ]
    parts += ["## Use it when", _bullets(pattern.use_when), "## Leave it when", _bullets(pattern.leave_when)]
    if pattern.traps:
        parts += ["## Traps", _bullets(f"{t.text} {t.cure} (`{t.proof}`)" for t in pattern.traps)]
    parts.append("## Code")
    parts += [_code(file) for file in source.slice_files(pattern.files)]
    return "\n\n".join(part for part in parts if part) + "\n"


def index(patterns: list[Pattern], root: str) -> str:
    """Return the list of all pages' Markdown, each with its summary; `root` is the app's public address."""
    lines = [f"- [{p.title}]({root}{p.path}.md): {p.summary}" for p in patterns]
    about = "> Every way to keep state in a Dash app: live, with the code that does it and a test for each claim."
    return "\n".join(["# Dash Storage Atlas", "", about, "", "## Pages", "", *lines, ""])


def _places(pattern: Pattern) -> str:
    if not pattern.places:
        return ""
    head = ["kept in", *EVENTS, "limit", "read by", "for"]
    rows = [
        [
            place.name,
            *(_outcome(place, event) for event in EVENTS),
            place.limit,
            place.readable_by,
            place.scope,
        ]
        for place in pattern.places
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def _outcome(place: Place, event: Event) -> str:
    if event not in place.events:
        return "–"
    return "survives" if event in place.survives else "lost"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _code(file: str) -> str:
    language = LANGUAGES.get(file.rsplit(".", 1)[-1], "")
    return f"### `{file}`\n\n```{language}\n{source.read(file).rstrip()}\n```"
