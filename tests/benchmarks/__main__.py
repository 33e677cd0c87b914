"""Measure every figure and print them as one Markdown table: `python -m tests.benchmarks [module ...]`."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import tests.benchmarks


def main(chosen: list[str]) -> None:
    found = (module.name for module in iter_modules(tests.benchmarks.__path__) if not module.name.startswith("_"))
    modules = [import_module(f"tests.benchmarks.{name}") for name in found if not chosen or name in chosen]
    print("| figure | measured | target | reached |\n|---|---|---|---|", flush=True)
    for module in modules:
        for row in module.run() if hasattr(module, "run") else ():
            print(f"| {row.figure} | {row.ratio:.2f} | {row.target} | {'yes' if row.reached else 'no'} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
