"""Writes `.proofs.json`: what became of each test, when, and on which versions. The pages show it as their proof."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version

import pytest
from get_browser import find

from components.proofs import REPORT, plain_name

PACKAGES = ("dash", "dash-bootstrap-components", "dash-ag-grid", "pandas")

outcomes: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what became of a test: the worst of its set-up, its body and its tear-down."""
    name = plain_name(report.nodeid)
    if report.failed or outcomes.get(name) == "failed":
        outcomes[name] = "failed"
    elif report.skipped:
        outcomes[name] = "skipped"
    elif report.when == "call":
        outcomes[name] = "passed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report, adding to what an earlier run on the same versions proved."""
    if hasattr(session.config, "workerinput") or not outcomes:
        return
    used = {"Python": platform.python_version(), **{package: version(package) for package in PACKAGES}}
    if browser := find():
        named = subprocess.run([browser, "--version"], capture_output=True, text=True).stdout
        used["Chromium"] = "".join(re.findall(r"\d+(?:\.\d+)+", named)[:1])
    try:
        earlier = json.loads(REPORT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        earlier = {}
    tests = earlier["tests"] if earlier.get("versions") == used else {}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    tests.update({name: {"outcome": outcome, "when": now} for name, outcome in outcomes.items()})
    REPORT.write_text(json.dumps({"versions": used, "tests": dict(sorted(tests.items()))}, indent=1), encoding="utf-8")
    if os.environ.get("CI") and (unproved := skipped_proofs()):
        print("\nClaims whose proof was skipped:", *unproved, sep="\n  ")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def skipped_proofs() -> list[str]:
    """Return the proofs of claims and traps, and the cells of the matrix, that were skipped in this run."""
    import app  # noqa: F401 - fills the page registry
    from components.registry import patterns

    proofs = {
        f"tests/test_{pattern.name}.py::{claim.proof}"
        for pattern in patterns()
        for claim in (*pattern.claims, *pattern.traps)
    }
    return [
        name
        for name, outcome in outcomes.items()
        if outcome == "skipped" and (name.split("[")[0] in proofs or name.startswith("tests/test_matrix.py"))
    ]
