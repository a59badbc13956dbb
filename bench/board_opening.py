"""The program under the benchmark: opens an office's board without a terminal, waits for the first paint, and leaves.

`python -m bench.board_opening FILE`
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sakip_tui.app import SakipApp
from sakip_tui.office_desk import OfficeDesk

OFFICE_TIME = 1_776_135_600


def main() -> None:
    desk = OfficeDesk(Path(sys.argv[1]), "budi", lambda: OFFICE_TIME, None, None, None)

    async def leave(pilot: Any) -> None:
        await pilot.pause()
        pilot.app.exit()

    SakipApp(desk, lambda: OFFICE_TIME, desk.opened()).run(headless=True, size=(80, 24), auto_pilot=leave)


if __name__ == "__main__":
    main()
