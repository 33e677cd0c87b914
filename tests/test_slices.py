"""A slice is its files: without them the rest of the project starts, and its tests pass."""

import ast
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import app  # noqa: F401 - fills the page registry
from components.pattern import Pattern
from components.registry import pages, patterns

ROOT = Path(__file__).parent.parent
LEAVE = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", ".cache", ".data", "test-results", "test_slices.py"
)
OF_THE_WHOLE = [Path("tests") / f"test_{name}.py" for name in ("documentation", "home", "ids", "page_scripts", "shell")]
VISIT = """
import app, dash
client = app.server.test_client()
for page in dash.page_registry.values():
    assert page['module'].endswith('404') or client.get(page['path']).status_code == 200, page['path']
    if callable(page['layout']):
        page['layout']()
assert client.get({removed!r}).status_code == 404
"""


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=project, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_without_a_slices_files_the_rest_starts_and_its_quick_tests_pass(pattern: Pattern, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT, project, ignore=LEAVE)
    for file in pattern.own_files:
        (project / file).unlink(missing_ok=True)
    visited = run(project, "-c", VISIT.format(removed=pattern.path))
    assert visited.returncode == 0, visited.stderr
    # What knows all pages is run; what is one slice's own cannot notice, or imports it, which the next test forbids.
    of_the_whole = [str(path) for path in OF_THE_WHOLE if (project / path).exists()]
    quick = ("-m", "not browser and not slow", "-x", "-p", "no:cacheprovider")
    tests = run(project, "-m", "pytest", "-q", *quick, *of_the_whole)
    assert tests.returncode == 0, tests.stdout


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_nothing_else_imports_a_slice(pattern: Pattern) -> None:
    own = {ROOT / file for file in pattern.own_files}
    modules = {file.removesuffix(".py").replace("/", ".") for file in pattern.own_files if file.endswith(".py")}
    names = modules | {module.removeprefix("tests.") for module in modules} | {f"callbacks.{pattern.name}"}
    for folder in ("pages", "callbacks", "components", "data", "tests"):
        for path in {*(ROOT / folder).rglob("*.py")} - own:
            assert not imported_by(path) & names, path


@cache
def imported_by(path: Path) -> set[str]:
    """Return the names of the modules that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_see_also_leads_to_pages_that_exist() -> None:
    paths = {page["path"] for page in pages()}
    for pattern in patterns():
        assert set(pattern.see_also) <= paths, pattern.name
