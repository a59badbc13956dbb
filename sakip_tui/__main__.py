"""The entry point: `sakip` and `python -m sakip_tui`."""

from __future__ import annotations

import sys

from sakip_tui.cli.entry import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
