"""The very files that run, highlighted, and single tests cut out of them. Read from disk, never copied."""

import ast
from functools import lru_cache
from pathlib import Path

from components.registry import patterns
from settings import settings

ROOT = Path(__file__).parent.parent


def slice_files(pattern_files: tuple[str, ...]) -> list[str]:
    """Return those of a slice's files that exist."""
    return [name for name in pattern_files if (ROOT / name).is_file()]


def is_shown(name: str) -> bool:
    """Return whether some page shows this file: nothing else can be asked for."""
    return any(name in slice_files(pattern.files) for pattern in patterns())


def read(name: str) -> str:
    """Return a file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def function_lines(name: str, function: str) -> tuple[int, int] | None:
    """Return the first and last line of a function in a file, decorators included, or None."""
    path = ROOT / name
    is_python = path.suffix == ".py" and path.is_file()
    return _functions(path, path.stat().st_mtime_ns).get(function) if is_python else None


@lru_cache(maxsize=256)
def _functions(path: Path, _modified: int) -> dict[str, tuple[int, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: (
            min([node.lineno, *(d.lineno for d in node.decorator_list)]),
            node.end_lineno or node.lineno,
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def highlight(name: str, first: int = 1, last: int | None = None) -> str:
    """Return lines of a file as HTML, each line with a number and an anchor."""
    path = ROOT / name
    return _highlight(path, path.stat().st_mtime_ns, first, last)


@lru_cache(maxsize=256)
def _highlight(path: Path, _modified: int, first: int, last: int | None) -> str:
    # Imported here: the highlighter is needed when somebody opens a code view, not when the app starts.
    from pygments import highlight as pygments_highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_for_filename

    lines = path.read_text(encoding="utf-8").splitlines()[first - 1 : last]
    anchor = path.relative_to(ROOT).as_posix()
    formatter = HtmlFormatter(
        linenos="inline",
        linenostart=first,
        lineanchors=anchor,
        anchorlinenos=True,
        wrapcode=True,
        cssclass="code",
    )
    return pygments_highlight("\n".join(lines), get_lexer_for_filename(path.name, stripnl=False), formatter)


def repository_link(name: str, line: int = 1) -> str | None:
    """Return the address of a line in the public repository, or None where none is set."""
    if settings.repository_url is None:
        return None
    return f"{str(settings.repository_url).rstrip('/')}/blob/main/{name}#L{line}"
