"""A second program on the same file: writes remarks until its input ends. `python -m tests.tui.writer FILE [PERIOD]`"""

from __future__ import annotations

import select
import sys
import time
from pathlib import Path

from db import connection, queries
from db.store import Store
from sop.commands import Command
from sop.events import Act
from sop.pelaksana import Actor


def main() -> None:
    period = sys.argv[2] if len(sys.argv) > 2 else "2026-TW4"
    with connection.open(Path(sys.argv[1])) as database:
        store = Store(database, lambda: int(time.time()))
        address = queries.address_of(database)
        actor = Actor("siti", everybody=True)
        written = 0
        while not select.select([sys.stdin], [], [], 0.1)[0]:
            written += 1
            store.apply(address, Command(Act.KOMENTAR, period, step=1, note=f"catatan {written}"), actor)
        sys.stdout.write(f"{written}\n")


main()
