"""One act through the store against a bare commit of the same engine, on the same disk, in turn.

The bare commit is the least that keeps anything: BEGIN IMMEDIATE, one small row, COMMIT, through APSW with the store's
own pragmas. The acts are whole quarters of a shipped SOP, from buka to tutup.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import apsw

from bench.figures import Figure
from db import adoption, opening
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from sop.model.state import Answer

LIMIT = 5.0
"""Times a bare commit that one act may take."""
_ACTOR = Actor("bench", everybody=True)
_NOW = 2_840_000_000
"""Late enough for every period of the years gone through."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians in milliseconds."""

    acts: int
    act_ms: float
    bare_ms: float
    act_cpu_ms: float

    @property
    def ratio(self) -> float:
        return self.act_ms / self.bare_ms


def figures() -> Iterator[Figure]:
    """Both kinds of SOP: one card a step, and one a bidang."""
    for code in ("disnaker-kota-tangerang", "dpmd-nganjuk"):
        with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as place:
            found = measure(Path(place), code)
        yield Figure(f"{code}: acts measured", found.acts, "")
        yield Figure(f"{code}: bare commit", found.bare_ms, "ms")
        yield Figure(f"{code}: one act", found.act_ms, "ms")
        yield Figure(f"{code}: of it CPU", found.act_cpu_ms, "ms")
        yield Figure(f"{code}: act / bare commit", found.ratio, "x", LIMIT)


def measure(folder: Path, code: str = "disnaker-kota-tangerang", years: int = 12) -> Measured:
    """Go through the quarters of some years, one bare commit after each act."""
    clock = iter(range(_NOW, _NOW + 10_000_000))
    with opening.open(folder / "act.db", create=True) as database:
        store = Store(database, lambda: next(clock), "bench")
        bare = _bare(folder / "bare.db")
        acts: list[float] = []
        commits: list[float] = []
        spent = 0.0
        for year in range(2001, 2001 + years):
            asked = adoption.Adoption(catalog.load(code), year, bidang=("Satu", "Dua", "Tiga", "Empat", "Lima"))
            address = adoption.set_up(store, asked, _ACTOR).address
            for command in _quarters(store, address, year):
                began, cpu = perf_counter(), process_time()
                store.apply(address, command, _ACTOR)
                ended = perf_counter()
                spent += process_time() - cpu
                acts.append(ended - began)
                began = perf_counter()
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO bare (text) VALUES (?)", ("x" * 200,))
                bare.execute("COMMIT")
                commits.append(perf_counter() - began)
        bare.close()
    return Measured(len(acts), median(acts) * 1000, median(commits) * 1000, spent / len(acts) * 1000)


def _bare(path: Path) -> apsw.Connection:
    bare = apsw.Connection(str(path))
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=1", "cache_size=-8000"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    return bare


def _quarters(store: Store, address: Address, year: int) -> Iterator[Command]:
    """Every act of four quarters; each is done before the next is asked for."""
    for name in ("TW1", "TW2", "TW3", "TW4"):
        period = f"{year}-{name}"
        yield Command(Act.BUKA, period)
        while (command := _next_act(store, address, period, year)) is not None:
            yield command
        yield Command(Act.TUTUP, period)


def _next_act(store: Store, address: Address, period: str, year: int) -> Command | None:
    """What is due on the first open card; asked of the rows, outside the measured time."""
    row = store.database.row(
        "SELECT r.step, r.bidang, r.phase FROM runs r JOIN cases c ON c.id = r.case_id JOIN periods p "
        "ON p.id = c.period_id JOIN reporting_years y ON y.id = p.reporting_year_id "
        "WHERE p.key = ? AND y.sop_code = ? AND y.year = ? AND r.phase IN ('siap', 'dikerjakan') ORDER BY r.id LIMIT 1",
        (period, address.sop, year),
    )
    if row is None:
        return None
    step, bidang, phase = row
    if phase == "siap":
        return Command(Act.MULAI, period, step=step, bidang=bidang or None)
    if catalog.load(address.sop).step(step).decision is not None:
        return Command(Act.PUTUSKAN, period, step=step, bidang=bidang or None, answer=Answer.YA)
    return Command(Act.SELESAI, period, step=step, bidang=bidang or None)
