"""Measure every figure and print them as one Markdown table: `python -m tests.benchmarks [module ...]`.

A run of all also writes them to `FIGURES.md`.
"""

import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules

import tests.benchmarks

FIGURES = Path(__file__).parent.parent.parent / "FIGURES.md"
PACKAGES = ("dash", "flask-caching", "diskcache", "pandas", "pyarrow", "duckdb")


def main(chosen: list[str]) -> None:
    """Print the table, line by line as it is measured."""
    lines = []
    for line in table(chosen):
        print(line, flush=True)
        lines.append(line)
    if not chosen:
        used = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
        head = (
            "# Figures\n\nWritten by `make bench`: ratios of what was measured side by side, on one machine."
            f"\n\n{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {used}.\n\n"
        )
        FIGURES.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def table(chosen: list[str]) -> Iterator[str]:
    """Yield the lines of a Markdown table: each figure, and whether it is what it should be."""
    found = (module.name for module in iter_modules(tests.benchmarks.__path__) if not module.name.startswith("_"))
    modules = [import_module(f"tests.benchmarks.{name}") for name in found if not chosen or name in chosen]
    yield "| figure | measured | target | reached |"
    yield "|---|---|---|---|"
    for module in modules:
        for row in module.run() if hasattr(module, "run") else ():
            yield f"| {row.figure} | {row.ratio:.2f} | {row.target} | {'yes' if row.reached else 'no'} |"


if __name__ == "__main__":
    main(sys.argv[1:])
