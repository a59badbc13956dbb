"""The working calendar: re-dating 2,000 open runs, and opening a board with a calendar of 31 years."""

from __future__ import annotations

import datetime as dt
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from db import opening
from db.adoption import Adoption, set_up
from db.calendar_store import change_calendar, preview
from db.holiday_source import filling
from db.office_acts import Given
from db.rows import Address
from db.settings_store import change_settings
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor
from sop.time.office_calendar import OfficeCalendar, PutDay, edited
from sop.time.work_calendar import CalendarSpec, SpecialDay

RUNS = 2_000
REDATED_SECONDS = 1.0
YEARS = range(2010, 2041)
OPENING = 1.05
ROUNDS = 9
OFFICE_TIME = 1_776_135_600
"""Tuesday 14 April 2026, 10.00 WIB."""
_SOP = "disperinaker-lima-puluh-kota"
"""Its third step is done per bidang."""
_PERIOD = "2026-TW1"
_ACTOR = Actor("budi", everybody=True)


def figures() -> Iterator[Figure]:
    """Medians; the two boards are opened by turns."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as folder:
        yield from _redating(Path(folder))
        yield from _opening(Path(folder))


def _redating(folder: Path) -> Iterator[Figure]:
    """Days become holidays one after the other, each under the clocks of all runs."""
    with opening.open(folder / "besar.db", create=True) as database:
        store = Store(database, lambda: OFFICE_TIME, "bench")
        address = _office(store, RUNS, None)
        seconds, asked = [], []
        moved = 0
        for number in range(5):
            day = SpecialDay(dt.date(2026, 4, 14) + dt.timedelta(days=number), (), f"Banjir {number}")
            begun = time.perf_counter()
            preview(database, address.office, [PutDay(day)], OFFICE_TIME)
            asked.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            done = change_calendar(store, address.office, [PutDay(day)], _ACTOR, Given(reason="banjir"))
            seconds.append(time.perf_counter() - begun)
            moved = max(moved, sum(due.before != due.after for due in done.dues))
    yield Figure("open runs that move at once", moved, "")
    yield Figure("asking what a change would re-date", statistics.median(asked), "s")
    yield Figure(
        f"a calendar change with {len(done.dues):,} open runs", statistics.median(seconds), "s", REDATED_SECONDS
    )


def _office(store: Store, runs: int, calendar: OfficeCalendar | None) -> Address:
    """An office whose per-bidang step is open for so many bidang, each with its clock running."""
    bidang = tuple(f"Bidang {number:04d}" for number in range(1, runs + 1))
    spec = None if calendar is None else calendar.spec
    asked = Adoption(catalog.load(_SOP), 2026, bidang=bidang, calendar=spec)
    address = set_up(store, asked, _ACTOR).address
    at = OFFICE_TIME - 7200
    store.apply(address, Command(Act.BUKA, _PERIOD, at=Typed(at)), _ACTOR)
    for step in (1, 2):
        store.apply(address, Command(Act.MULAI, _PERIOD, step=step, at=Typed(at + step * 900)), _ACTOR)
        store.apply(address, Command(Act.SELESAI, _PERIOD, step=step, at=Typed(at + step * 900 + 600)), _ACTOR)
    # As the office may: the clock of the step runs from ready on, so that no start has to be recorded for each.
    change_settings(store, address.office, {"clock_starts": {"3": "siap"}}, _ACTOR)
    return address


def _opening(folder: Path) -> Iterator[Figure]:
    plain = OfficeCalendar(CalendarSpec("Asia/Jakarta"))
    long = edited(plain, [filling(year) for year in YEARS])
    paths = {}
    for name, calendar in (("without", plain), ("with", long)):
        paths[name] = folder / f"{name}.db"
        with opening.open(paths[name], create=True) as database:
            _office(Store(database, lambda: OFFICE_TIME, "bench"), 20, calendar)
            database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    costs: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(ROUNDS + 1):
        for name, path in paths.items():
            costs[name].append(_cpu([sys.executable, "-m", "bench.board_opening", str(path)]))
    without, with_long = (statistics.median(costs[name][1:]) for name in ("without", "with"))
    yield Figure("rows of the long calendar", len(long.spec.days) + len(long.spec.ranges), "")
    yield Figure("opening a board without holidays, CPU", without * 1000, "ms")
    yield Figure("opening a board with 31 years of them, CPU", with_long * 1000, "ms")
    yield Figure("with / without", with_long / without, "x", OPENING)


def _cpu(command: list[str]) -> float:
    """CPU seconds of one run. On Linux RUSAGE_CHILDREN grows by exactly that child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
