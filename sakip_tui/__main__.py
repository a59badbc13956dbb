"""The entry point: `sakip` and `python -m sakip_tui`."""

# ruff: noqa: E402 - the garbage collector rests before anything is imported.
from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# Importing makes many objects and no garbage; looking for some on the way and at the end is a tenth of a short command.
gc.disable()

from sakip_tui.cli import entry


def main(argv: Sequence[str] | None = None) -> int:
    """Answer one command line; see `cli.entry.main`."""
    try:
        return entry.main(argv)
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
