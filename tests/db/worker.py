"""A process of its own that acts on a database until it is told to stop or is killed.

Each act that was acknowledged is written to a file and flushed to the disk before the next is asked for, so that a test
can compare what was promised with what is there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db import opening
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.db.office import MORNING


def work(path: str, acknowledged: str, name: str, office: str, sop: str, period: str) -> None:
    """Remark, start and let go, over and over."""
    with (
        opening.open(Path(path), wait_seconds=60) as database,
        open(acknowledged, "a", encoding="utf-8") as promised,
    ):
        store = Store(database, lambda: MORNING + 3600, name)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        number = 0
        while True:
            token = f"{name}-{os.getpid()}-{number}"
            command = Command(Act.KOMENTAR, period, step=1, note=f"catatan {number}", token=token)
            done = store.apply(Address(office, sop), command, Actor(name, everybody=True))
            promised.write(f"{token} {done.sequence} {done.hash}\n")
            promised.flush()
            os.fsync(promised.fileno())
            number += 1


if __name__ == "__main__":
    work(*sys.argv[1:])
