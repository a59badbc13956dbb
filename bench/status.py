"""`sakip status --json` on a log of 100,000 events against `python -c "import peewee"`: CPU of the whole process."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from db import adoption, opening
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from sop.model.state import Answer

EVENTS = 100_000
LIMIT = 2.0
RUNS = 9
_ACTOR = Actor("bench", everybody=True)
_NOW = 1_800_000_000
_CODES = ("disnaker-kota-tangerang", "dpmptsp-balangan", "bappedalitbang-balangan")


def figures() -> Iterator[Figure]:
    """Interleaved runs, so that the machine's drift meets both alike."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as folder:
        path = Path(folder) / "kantor.db"
        office, events = build(path, EVENTS)
        ours = [sys.executable, "-m", "sakip_tui", "--db", str(path), "--opd", office, "status", "--json"]
        bare = [sys.executable, "-c", "import peewee"]
        costs: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(RUNS + 1):
            costs["ours"].append(_cpu(ours))
            costs["bare"].append(_cpu(bare))
    one, other = (statistics.median(costs[name][1:]) for name in ("ours", "bare"))
    yield Figure("events in the log", events, "")
    yield Figure('python -c "import peewee", CPU', other * 1000, "ms")
    yield Figure("sakip status --json, CPU", one * 1000, "ms")
    yield Figure("sakip status --json / import peewee", one / other, "x", LIMIT)


def _cpu(command: list[str]) -> float:
    """CPU seconds of one run. On Linux RUSAGE_CHILDREN grows by exactly that child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build(path: Path, events: int) -> tuple[str, int]:
    """A file with many offices at work, made by the store itself; returns the first office's code and the count.

    Syncing is off while it is built: nothing here is worth keeping.
    """
    clock = iter(range(_NOW, _NOW + 10_000_000))
    first = ""
    count = 0
    with opening.open(path, create=True) as database:
        database.rows("PRAGMA synchronous = OFF")
        store = Store(database, lambda: next(clock), "bench")
        number = 0
        while count < events:
            code = _CODES[number % len(_CODES)]
            name = f"Kantor Dinas {number + 1}"
            asked = adoption.Adoption(catalog.load(code), 2026, name=name, office=f"kantor-{number + 1}")
            address = adoption.set_up(store, asked, _ACTOR).address
            first = first or address.office
            number += 1
            for period in ("2026-TW1", "2026-TW2", "2026-S1", "2026-TW3", "2026-TW4"):
                for command in _acts(address, period):
                    count = store.apply(address, command, _ACTOR).sequence
                if count >= events:
                    break
    return first, count


def _acts(address: Address, period: str) -> Iterator[Command]:
    """A period's acts with the remarks and papers of an office that writes things down."""
    yield Command(Act.BUKA, period)
    sop = catalog.load(address.sop)
    for step in (step for step in sop.steps if (step.cadence == "semester") == ("-S" in period)):
        if step.cadence == "tahunan":
            continue
        at = {"period": period, "step": step.number}
        yield Command(Act.MULAI, **at)
        for _ in range(12):
            yield Command(Act.KOMENTAR, **at, note="Menunggu data dari seksi; sudah diingatkan lewat telepon.")
        for item in range(len(step.mutu_baku.kelengkapan)):
            yield Command(Act.CENTANG, **at, item=item)
        if step.decision is None:
            yield Command(Act.SELESAI, **at)
        else:
            if step.decider not in step.pelaksana:
                yield Command(Act.AJUKAN, **at)
            yield Command(Act.PUTUSKAN, **at, answer=Answer.YA)
    if period != "2026-TW4":
        yield Command(Act.TUTUP, period)
