"""What the last test run said: read from the small report that the tests write."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parent.parent / ".proofs.json"
NOT_RUN = "not yet run here"


def outcome(test: str) -> tuple[str, str]:
    """Return what became of a test (`passed`, `failed`, `skipped` or `not yet run here`) and when.

    A test with parameters has an outcome for each; without them in its name, the worst counts.
    """
    found = [result for name, result in report().get("tests", {}).items() if test in (name, name.split("[")[0])]
    for worst in ("failed", "skipped", "passed"):
        for result in found:
            if result["outcome"] == worst:
                return worst, result["when"]
    return NOT_RUN, ""


def plain_name(test: str) -> str:
    """Return a test's id as the report has it: without the name of the browser, which is the same for all."""
    return test.replace("[chromium]", "").replace("[chromium-", "[")


def versions() -> dict[str, str]:
    """Return the versions that the last run used, by name; empty when no run was made here."""
    found: dict[str, str] = report().get("versions", {})
    return found


def report() -> dict[str, Any]:
    """Return the report of the last test run, or an empty one."""
    try:
        return _read(REPORT.stat().st_mtime_ns)
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=1)
def _read(_modified: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8"))
    return found
