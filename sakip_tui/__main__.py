"""The entry point: `sakip` and `python -m sakip_tui`."""

# ruff: noqa: E402 - the garbage collector rests before anything is imported.
from __future__ import annotations

import gc
import os
import sys

# Importing makes many objects and no garbage; looking for some on the way and at the end is a tenth of a short command.
gc.disable()

from sakip_tui import first_frame
from sop.loading import load

# Not of `typing`, which takes longer to import than all that stands before the first frame.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRY = "sakip_tui.cli.entry:main"
INTERRUPTED = "sakip_tui.cli.reply:INTERRUPTED"
"""Loaded behind the first frame."""


def main(argv: Sequence[str] | None = None) -> int:
    """Answer one command line; see `cli.entry.main`."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        first_frame.show(words, dict(os.environ))
        return int(load(ENTRY)(words))
    except KeyboardInterrupt:
        # While all was still being loaded; later the command line answers it.
        first_frame.leave()
        sys.stderr.write("Dihentikan; belum ada yang dikerjakan.\n")
        return int(load(INTERRUPTED))
    finally:
        first_frame.leave()
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
