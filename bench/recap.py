"""The recap as a workbook against a bare XlsxWriter program that writes the same cells, in the same run.

Of a quarter these are the cells that our workbook is found to hold: a program that left out heads and head lines would
not have written the same.
"""

from __future__ import annotations

import gc
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from bench.figures import Figure
from db import adoption, opening
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor

LIMIT = 1.4
PEAK_LIMIT = 120.0
SLOWER_LIMIT = 1.1
"""Measuring the same twice differs by up to a tenth here."""
QUARTER_RUNS = 15
OFFICES = 40
_OFFICE_BIDANG = 44
_REMARKS = 5
"""Forty offices with these make about 15,000 runs and 100,000 events."""
_ACTOR = Actor("bench", everybody=True)
_SOP = "disperinaker-lima-puluh-kota"
_YEAR = "2026-TH"
_PERIOD = "2026-TW1"
_MORNING = 1_776_126_600
"""Tuesday 14 April 2026, 07.30 WIB."""


def figures() -> Iterator[Figure]:
    """A quarter first, then a year of forty offices beside one of four."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as name:
        folder = Path(name)
        yield from _quarter(folder)
        yield from _year_of_offices(folder)


# ---------------------------------------------------------------------- a quarter
def _quarter(folder: Path) -> Iterator[Figure]:
    from exports import write
    from sakip_tui.recaps import read_recap

    with opening.open(folder / "kantor.db", create=True) as database:
        address = _lived_quarter(database, 20)
        began = time.process_time()
        report = read_recap(database, address, _PERIOD, _MORNING + 9 * 86_400).report
        reading = time.process_time() - began
    ours_at = folder / "ours.xlsx"
    write(report, "xlsx", ours_at)
    pages = _cells_in(ours_at)
    ours, bare = _interleaved(
        lambda: write(report, "xlsx", ours_at, overwrite=True),
        lambda: _same_cells(pages, folder / "bare.xlsx"),
        QUARTER_RUNS,
    )
    yield Figure("a quarter: cells in the workbook", sum(len(cells) for _, cells in pages), "")
    yield Figure("a quarter: rows on all sheets", sum(len(sheet.rows) for sheet in report.sheets), "")
    yield Figure("a quarter: read from the database, CPU", reading * 1000, "ms")
    yield Figure("a quarter: bare XlsxWriter, CPU", bare * 1000, "ms")
    yield Figure("a quarter: our workbook, CPU", ours * 1000, "ms")
    yield Figure("a quarter: our workbook / bare", ours / bare, "x", LIMIT)


def _interleaved(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Lower quartiles of the CPU seconds of both, taken in turns so that the machine's drift meets both alike: what
    others do on it only ever adds."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for work, times in zip((one, other), spent, strict=True):
            gc.collect()
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    one_of, other_of = (statistics.quantiles(times[1:], n=4)[0] for times in spent)
    return one_of, other_of


def _lived_quarter(database: Database, bidang: int) -> Address:
    """A quarter from opening to closing, with so many bidang."""
    store = Store(database, lambda: _MORNING + 9 * 86_400, "bench")
    address = _adopted(store, bidang, 1)
    _live(store, address, _PERIOD, bidang, remarks=0, first=_MORNING)
    store.apply(address, Command(Act.TUTUP, _PERIOD, reason="dicatat kemudian"), _ACTOR)
    return address


def _adopted(store: Store, bidang: int, number: int) -> Address:
    asked = adoption.Adoption(
        catalog.load(_SOP), 2026, name=f"Dinas {number:02d}", office=f"dinas-{number:02d}", bidang=_names(bidang)
    )
    return adoption.set_up(store, asked, _ACTOR).address


def _names(bidang: int) -> tuple[str, ...]:
    return tuple(f"Bidang {number:02d}" for number in range(1, bidang + 1))


def _live(store: Store, address: Address, period: str, bidang: int, *, remarks: int, first: int) -> tuple[int, int]:
    """Open a period and finish every step, each with so many remarks; returns (runs, events)."""
    moments = iter(range(first, first + 10**7, 60))
    runs = events = 0

    def act(kind: Act, step: int | None = None, of: str | None = None, note: str | None = None) -> None:
        nonlocal events
        at = Typed(next(moments)) if kind is not Act.KOMENTAR else None
        command = Command(kind, period, step=step, bidang=of, at=at, note=note, reason="dicatat kemudian")
        store.apply(address, command, _ACTOR)
        events += 1

    act(Act.BUKA)
    steps = catalog.load(_SOP).steps
    region = [step.number for step in steps if step.per_bidang]
    for step in steps:
        if step.number in region[1:]:
            continue
        for name in _names(bidang) if step.per_bidang else (None,):
            for number in region if step.per_bidang else (step.number,):
                act(Act.MULAI, number, name)
                for _ in range(remarks):
                    act(Act.KOMENTAR, number, name, "Menunggu data dari seksi; sudah diingatkan lewat telepon.")
                act(Act.SELESAI, number, name)
                runs += 1
    return runs, events


# ---------------------------------------------------------------------- many offices
def _many_offices(folder: Path, offices: int) -> tuple[Path, int, int]:
    """A file of so many offices with one year each; returns it with its runs and events."""
    path = folder / f"kantor-{offices}.db"
    runs = events = 0
    with opening.open(path, create=True) as database:
        database.rows("PRAGMA synchronous = OFF")
        store = Store(database, lambda: _MORNING + 400 * 86_400, "bench")
        for number in range(1, offices + 1):
            address = _adopted(store, _OFFICE_BIDANG, number)
            for quarter in range(1, 5):
                first = _MORNING + (quarter - 1) * 91 * 86_400
                lived = _live(store, address, f"2026-TW{quarter}", _OFFICE_BIDANG, remarks=_REMARKS, first=first)
                runs, events = runs + lived[0], events + lived[1]
    return path, runs, events


def _year_of_offices(folder: Path) -> Iterator[Figure]:
    """Whole processes: ours reads the database and writes, the bare one finds its cells ready in a file."""
    per_row = {}
    for offices in (OFFICES // 10, OFFICES):
        path, runs, events = _many_offices(folder, offices)
        cells = folder / f"cells-{offices}"
        rows = _keep_cells(path, cells)
        ours, ours_peak = _process(
            "-m", "sakip_tui", "rekap", _YEAR, "--semua", "--db", path, "-o", folder / f"ours-{offices}.xlsx"
        )
        bare, bare_peak = _process("-m", "bench.recap", cells, folder / f"bare-{offices}.xlsx")
        per_row[offices] = ours / rows * 1e6
        yield Figure(f"{offices} offices, a year: runs", runs, "")
        yield Figure(f"{offices} offices, a year: events", events, "")
        yield Figure(f"{offices} offices: bare XlsxWriter process, CPU", bare, "s")
        yield Figure(f"{offices} offices: sakip rekap --semua, CPU", ours, "s")
        if offices == OFFICES:
            yield Figure("forty offices: sakip rekap --semua / bare", ours / bare, "x", LIMIT)
            yield Figure("forty offices: bare XlsxWriter process, peak", bare_peak, "MB")
            yield Figure("forty offices: sakip rekap --semua, peak", ours_peak, "MB", PEAK_LIMIT)
    few, many = per_row.values()
    yield Figure("a row at four offices, CPU", few, "µs")
    yield Figure("a row at forty offices, CPU", many, "µs")
    yield Figure("a row at ten times the size / before", many / few, "x", SLOWER_LIMIT)


def _keep_cells(database_path: Path, target: Path) -> int:
    """Write the cells of the comparing recap into a file, a row after the other; returns how many rows."""
    from sakip_tui.recaps import read_offices

    count = 0
    with opening.open(database_path) as database, database.read(), target.open("wb") as stream:
        report = read_offices(database, _YEAR, _MORNING + 401 * 86_400).report
        for sheet in report.sheets:
            pickle.dump((sheet.title, [column.kind.value for column in sheet.columns], len(sheet.rows)), stream)
            for row in sheet.rows:
                pickle.dump(tuple(row), stream)
                count += 1
    return count


def _kept_cells(stream: IO[bytes]) -> Iterator[tuple[str, list[str], Iterator[Any]]]:
    """What `_keep_cells` wrote."""
    while True:
        try:
            title, kinds, length = pickle.load(stream)
        except EOFError:
            return
        yield title, kinds, (pickle.load(stream) for _ in range(length))


def _process(*words: object) -> tuple[float, float]:
    """(CPU seconds, peak of the memory in MB) of a Python process that must end well."""
    child = subprocess.Popen([sys.executable, *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{words} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


# ---------------------------------------------------------------------- the bare program
class _Seen(NamedTuple):
    """A cell of a finished workbook."""

    row: int
    col: int
    value: str | float | None
    number_format: str
    folded: bool


def _cells_in(path: Path) -> list[tuple[str, list[_Seen]]]:
    """Every cell of a workbook, sheet by sheet, as openpyxl finds it: head lines, heads, rows, notes.

    What a merge hides is none.
    """
    from openpyxl import load_workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.utils.datetime import to_excel

    def plain(value: Any) -> str | float | None:
        return value if value is None or isinstance(value, str | int | float) else to_excel(value)

    return [
        (
            page.title,
            [
                _Seen(cell.row - 1, cell.column - 1, plain(cell.value), cell.number_format, cell.alignment.wrap_text)
                for row in page.iter_rows()
                for cell in row
                if isinstance(cell, Cell) and (cell.value is not None or cell.has_style)
            ],
        )
        for page in load_workbook(path)
    ]


def _same_cells(pages: list[tuple[str, list[_Seen]]], target: Path) -> None:
    """Write these cells with a format for each kind, and nothing else: no widths, heights, tables, charts or merges."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target)
    formats: dict[tuple[str, bool], Any] = {}
    for title, cells in pages:
        page = book.add_worksheet(title)
        for cell in cells:
            key = (cell.number_format, cell.folded)
            look = formats.get(key)
            if look is None:
                options = {"num_format": cell.number_format, "text_wrap": cell.folded, "border": 4}
                look = formats[key] = book.add_format(options)
            if cell.value is None:
                page.write_blank(cell.row, cell.col, None, look)
            elif isinstance(cell.value, str):
                page.write_string(cell.row, cell.col, cell.value, look)
            else:
                page.write_number(cell.row, cell.col, cell.value, look)
    book.close()


def _bare_workbook(sheets: Iterable[tuple[str, list[str], Any]], target: Path) -> None:
    """What somebody would write who knows XlsxWriter and needs these cells, row by row to disk: a format for each kind,
    nothing else.

    Args:
        sheets: (title, kind of each column, rows) of each sheet.
        target: Replaced.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    formats = {
        kind: book.add_format({"num_format": code, "text_wrap": wrap, "border": 4})
        for kind, code, wrap in (
            ("text", "@", True),
            ("yes_no", "@", True),
            ("ticked", "@", True),
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
                elif kind == "ticked":
                    page.write_string(row, col, "dicentang" if value else "belum dicentang", look)
                elif kind == "date":
                    page.write_datetime(row, col, value, look)
                elif kind in ("instant", "duration"):
                    page.write_number(row, col, value / 86_400, look)
                else:
                    page.write_number(row, col, value, look)
    book.close()


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as kept:
        _bare_workbook(_kept_cells(kept), Path(sys.argv[2]))
