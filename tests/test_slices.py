"""A slice is its files: without them the rest of the project starts, and its tests pass."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app  # noqa: F401 - fills the page registry
from components.pattern import Pattern
from components.registry import pages, patterns

ROOT = Path(__file__).parent.parent
LEAVE = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", ".cache", ".data", "test-results", "test_slices.py"
)
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
    tests = run(project, "-m", "pytest", "-q", "-m", "not browser and not slow", "-x", "-p", "no:cacheprovider")
    assert tests.returncode == 0, tests.stdout


def test_see_also_leads_to_pages_that_exist() -> None:
    paths = {page["path"] for page in pages()}
    for pattern in patterns():
        assert set(pattern.see_also) <= paths, pattern.name
