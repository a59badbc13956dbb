"""The recap as a workbook against a bare XlsxWriter program that writes the same cells, in the same run."""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from db import adoption, connection
from db.rows import Address
from db.store import Store
from sop import catalog
from sop.commands import Command, Typed
from sop.events import Act
from sop.pelaksana import Actor

LIMIT = 1.5
QUARTER_RUNS = 15
_ACTOR = Actor("bench", everybody=True)
_SOP = "disperinaker-lima-puluh-kota"
_PERIOD = "2026-TW1"
_MORNING = 1_776_126_600
"""Tuesday 14 April 2026, 07.30 WIB."""


def figures() -> Iterator[Figure]:
    """A quarter first, then a year of forty offices."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as name:
        folder = Path(name)
        yield from _quarter(folder)


# ---------------------------------------------------------------------- a quarter
def _quarter(folder: Path) -> Iterator[Figure]:
    from exports import write
    from sakip_tui.recaps import read_recap

    with connection.open(folder / "kantor.db", create=True) as database:
        address = _lived_quarter(database, 20)
        began = time.process_time()
        report = read_recap(database, address, _PERIOD, _MORNING + 9 * 86_400).report
        reading = time.process_time() - began
    sheets = [
        (sheet.title, [column.kind.value for column in sheet.columns], list(sheet.rows)) for sheet in report.sheets
    ]
    ours, bare = _interleaved(
        lambda: write(report, "xlsx", folder / "ours.xlsx", overwrite=True),
        lambda: bare_workbook(sheets, folder / "bare.xlsx"),
        QUARTER_RUNS,
    )
    yield Figure("a quarter: rows on all sheets", sum(len(sheet.rows) for sheet in report.sheets), "")
    yield Figure("a quarter: read from the database, CPU", reading * 1000, "ms")
    yield Figure("a quarter: bare XlsxWriter, CPU", bare * 1000, "ms")
    yield Figure("a quarter: our workbook, CPU", ours * 1000, "ms")
    yield Figure("a quarter: our workbook / bare", ours / bare, "x", LIMIT)


def _interleaved(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median CPU seconds of both, taken in turns so that the machine's drift meets both alike."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for work, times in zip((one, other), spent, strict=True):
            gc.collect()
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return statistics.median(spent[0][1:]), statistics.median(spent[1][1:])


def _lived_quarter(database: connection.Database, bidang: int) -> Address:
    """A quarter from opening to closing, with so many bidang."""
    moments = iter(range(_MORNING, _MORNING + 10**7, 60))
    store = Store(database, lambda: _MORNING + 9 * 86_400, "bench")
    names = tuple(f"Bidang {number:02d}" for number in range(1, bidang + 1))
    sop = catalog.load(_SOP)
    address = adoption.set_up(store, adoption.Adoption(sop, 2026, bidang=names), _ACTOR).address

    def act(kind: Act, step: int | None = None, of: str | None = None) -> None:
        command = Command(kind, _PERIOD, step=step, bidang=of, at=Typed(next(moments)), reason="dicatat kemudian")
        store.apply(address, command, _ACTOR)

    act(Act.BUKA)
    region = [step.number for step in sop.steps if step.per_bidang]
    for step in sop.steps:
        if step.number in region[1:]:
            continue
        for name in names if step.per_bidang else (None,):
            for number in region if step.per_bidang else (step.number,):
                act(Act.MULAI, number, name)
                act(Act.SELESAI, number, name)
    act(Act.TUTUP)
    return address


# ---------------------------------------------------------------------- the bare program
def bare_workbook(sheets: list[tuple[str, list[str], Any]], target: Path, *, little_memory: bool = False) -> None:
    """What somebody would write who knows XlsxWriter and needs these cells: a format for each kind, nothing else.

    Args:
        sheets: (title, kind of each column, rows) of each sheet.
        target: Replaced.
        little_memory: Row by row to disk.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"constant_memory": little_memory})
    formats = {
        kind: book.add_format({"num_format": code, "text_wrap": wrap, "border": 4})
        for kind, code, wrap in (
            ("text", "@", True),
            ("yes_no", "@", True),
            ("integer", "#,##0", False),
            ("number", "#,##0.0", False),
            ("percent", "0.0%", False),
            ("instant", "d mmm yyyy hh.mm", False),
            ("date", "d mmm yyyy", False),
            ("duration", "[h]:mm", False),
            ("difference", "#,##0.0", False),
            ("mixed", "General", False),
        )
    }
    for title, kinds, rows in sheets:
        page = book.add_worksheet(title[:31])
        for row, cells in enumerate(rows):
            for col, (kind, cell) in enumerate(zip(kinds, cells, strict=True)):
                value = cell
                if kind == "mixed" and cell is not None:
                    kind, value = cell.kind.value, cell.value
                look = formats[kind]
                if value is None:
                    page.write_blank(row, col, None, look)
                elif kind == "text":
                    page.write_string(row, col, value, look)
                elif kind == "yes_no":
                    page.write_string(row, col, "Ya" if value else "Tidak", look)
                elif kind == "date":
                    page.write_datetime(row, col, value, look)
                elif kind in ("instant", "duration"):
                    page.write_number(row, col, value / 86_400, look)
                else:
                    page.write_number(row, col, value, look)
    book.close()
