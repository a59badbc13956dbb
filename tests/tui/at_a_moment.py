"""The program with a clock that stands still. `python -m tests.tui.at_a_moment SECONDS [WORD ...]`"""

from __future__ import annotations

import sys

from sakip_tui.cli.entry import main

if __name__ == "__main__":
    moment = int(sys.argv[1])
    sys.exit(main(sys.argv[2:], lambda: moment))
