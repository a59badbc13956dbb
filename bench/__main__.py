"""`make bench`: every figure that the project promises, each beside its baseline in the same run.

    python -m bench [NAME ...]      all, or the named ones: working_time act status …

A module of this folder takes part by having `figures()`. Figures are medians; ratios are what counts, since machines
differ. The exit code is the number of figures that miss their limit.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench
from bench.figures import show
from bench.installed import as_installed


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    missed = 0
    for module in sorted(found.name for found in pkgutil.iter_modules(bench.__path__)):
        if module == "__main__" or (names and module not in names):
            continue
        part = importlib.import_module(f"bench.{module}")
        if hasattr(part, "figures"):
            with as_installed():
                missed += show((part.__doc__ or module).splitlines()[0], part.figures())
    print(f"\n{missed} figures miss their limit" if missed else "\nevery figure within its limit")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
