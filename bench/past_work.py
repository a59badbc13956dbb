"""A whole past period in one table: reading and judging 30 bidang through 5 steps, as at every letter that is typed."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from db import opening
from db.adoption import Adoption, set_up
from db.past_work import check_past, past_period
from db.store import Store
from sop.acts.past_work import Told
from sop.form import catalog
from sop.form.past_rows import PastLine, read_rows
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor
from sop.time.instants import ZONES
from sop.values import replace

LIMIT = 0.1
"""Seconds of the processor: what else the machine does is not the table."""
ROUNDS = 9
BIDANG = tuple(f"Bidang {number}" for number in range(30))
PERIOD = "2026-TW1"
OPENED = 1_767_574_800
"""Mon 5 January 2026, 08.00 WIB."""
NOW = 1_790_000_000
FAN = range(2, 7)
"""The steps that each bidang does by itself."""


def figures() -> Iterator[Figure]:
    """The median of some rounds, and the rows of it."""
    sop = catalog.load("dpmd-nganjuk")
    steps = tuple(
        replace(step, per_bidang=True, joint=False, pelaksana=step.pelaksana[:1]) if step.number in FAN else step
        for step in sop.steps
    )
    anybody = Actor("kasubag", everybody=True)
    offset = ZONES["Asia/Jakarta"]
    with tempfile.TemporaryDirectory() as folder, opening.open(Path(folder) / "kantor.db", create=True) as database:
        store = Store(database, lambda: NOW)
        asked = Adoption(replace(sop, steps=steps), 2026, bidang=BIDANG, cadence=Cadence.TRIWULAN)
        address = set_up(store, asked, anybody).address
        store.apply(address, Command(Act.BUKA, PERIOD, at=Typed(OPENED, 60), reason="agenda"), anybody)
        found = past_period(store, address, PERIOD, anybody)
        lines = [PastLine(slot.step, slot.bidang, f"{6 + slot.step}/1 09.00", "09.30") for slot in found.slots]
        taken = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            works = [row.work for row in read_rows(lines, offset, NOW, OPENED).rows]
            refusals = check_past(store, address, PERIOD, works, Told("dari agenda"), anybody)
            taken.append(time.process_time() - begun)
            assert not any(refusals)
    yield Figure(f"{len(lines)} rows read and judged (processor)", statistics.median(taken), "s", LIMIT)
