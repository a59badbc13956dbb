"""A second program on the same file: writes remarks until it is told to stop.

`python -m tests.tui.writer FILE PERIOD SECONDS` tells that the first is written, and at the end how many were: the last
one after it was told to stop.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from db import opening, queries
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor


def main() -> None:
    path, period, now = sys.argv[1:]
    with opening.open(Path(path)) as database:
        store = Store(database, lambda: int(now))
        address = queries.address_of(database)
        actor = Actor("siti", everybody=True)
        written = 0
        is_told = False
        while not is_told:
            is_told = bool(select.select([sys.stdin], [], [], 0.1)[0])
            written += 1
            store.apply(address, Command(Act.KOMENTAR, period, step=1, note=f"catatan {written}"), actor)
            if written == 1:
                sys.stdout.write("1\n")
                sys.stdout.flush()
        sys.stdout.write(f"{written}\n")


main()
