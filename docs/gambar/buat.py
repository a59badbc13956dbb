"""Draws the pictures of the screens from the demo office at a fixed time: `python docs/gambar/buat.py`.

Run from the project's folder. Each picture is an SVG that fetches nothing.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from db import connection, seed  # noqa: E402 - the project's folder has to be on the path first
from sakip_tui.app import SakipApp  # noqa: E402
from sakip_tui.desk import OfficeDesk  # noqa: E402

NOW = 1_792_032_000
"""Thursday 15 October 2026, 09.40 WIB."""
PICTURES: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("papan", (100, 30), ()),
    ("keputusan", (100, 30), ("p",)),
    ("kartu", (100, 30), ("enter",)),
)
_FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}\s*", re.DOTALL)


async def draw(path: Path) -> None:
    """Draw every picture from one database file."""
    for name, size, keys in PICTURES:
        desk = OfficeDesk(path, "kasubag-program", lambda: NOW)
        office = await desk.office()
        assert office is not None
        app = SakipApp(desk, lambda: NOW, (office, await desk.board(office.years[-1])))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.3)
            svg = _FONT_FACES.sub("", app.export_screenshot(title="sakip"))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contoh.db"
        with connection.open(path, create=True) as database:
            seed.build(database, NOW)
        asyncio.run(draw(path))


if __name__ == "__main__":
    main()
