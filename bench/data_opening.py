"""The program under the benchmark: opens an office's board without a terminal, then Data, and says what each took.

`python -m bench.data_opening FILE` prints processor seconds: from the reading of the board to its picture, and from the
key to the picture of Data, the loading of its modules included.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time
from typing import Any

from bench.offices import OFFICE_TIME
from sakip_tui.app import SakipApp
from sakip_tui.office_desk import OfficeDesk


def main() -> None:
    began = process_time()
    desk = OfficeDesk(Path(sys.argv[1]), "budi", lambda: OFFICE_TIME, None, None, None)

    async def go(pilot: Any) -> None:
        await pilot.pause()
        board = process_time()
        pilot.app.screen.action_open_place("data")
        while getattr(pilot.app.screen, "reading", None) is None:
            await pilot.pause()
        await pilot.pause()
        print(board - began, process_time() - board)
        pilot.app.exit()

    SakipApp(desk, lambda: OFFICE_TIME, desk.opened()).run(headless=True, size=(80, 24), auto_pilot=go)


if __name__ == "__main__":
    main()
