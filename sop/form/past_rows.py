"""Rows of past work as people type them, in a table or in lines of a file: read, with every fault in its cell.

Moments are read as in an old book: a time alone is of the day of what stands before it, a day without a year is the
first one since the period was opened.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sop.acts.past_work import END, START, PastWork
from sop.form.faults import MOST_FAULTS, FaultCode, shown
from sop.model.commands import Typed
from sop.model.errors import Fault, FaultyInput
from sop.model.texts import LONGEST
from sop.time.instants import civil, parse_instant
from sop.values import replace

STEP, BIDANG, NOTE = "langkah", "bidang", "catatan"
COLUMNS = (STEP, BIDANG, START, END, NOTE)
"""Of a line, in order; the last may be left out."""
SEPARATOR = ";"
MOST_LINES = 5_000
"""More than the steps of any office; a longer file is another file."""
EXAMPLES = ("2/7 09.00", "09.12", "3 Jul 2026 09.30")


class PastLine(NamedTuple):
    """One row as typed."""

    step: int
    bidang: str | None
    started: str = ""
    ended: str = ""
    note: str = ""
    seen: int | None = None
    """Revision of the run that was on view."""
    begun: int | None = None
    """When it began, where that is recorded already."""
    line: int = 0
    """Of the file."""

    @property
    def is_empty(self) -> bool:
        return not (self.started.strip() or self.ended.strip() or self.note.strip())


class CellFault(NamedTuple):
    """A fault and where it is."""

    row: int
    """Index of the row."""
    column: str
    """One of `COLUMNS`."""
    fault: Fault


class ReadRow(NamedTuple):
    """What was understood of one row."""

    started: Typed | None
    ended: Typed | None
    work: PastWork | None
    """None for one that is empty or faulty."""


class ReadRows(NamedTuple):
    """What was understood of all of them."""

    rows: tuple[ReadRow, ...]
    faults: tuple[CellFault, ...]


def read_rows(lines: Sequence[PastLine], offset: int, now: int, opened: int) -> ReadRows:
    """Rows as typed, read; of an empty one nothing is said.

    Args:
        lines: In the order in which they stand.
        offset: The office's, in seconds east of UTC.
        now: Reading of the clock.
        opened: When the period was opened, or may have been.
    """
    since = civil(opened, offset).date()
    day = since
    faults: list[CellFault] = []
    rows: list[ReadRow] = []
    for row, line in enumerate(lines):
        known = len(faults)

        def moment(text: str, column: str, on: dt.date, row: int = row) -> Typed | None:
            try:
                return Typed(*parse_instant(text, offset, now, column, day=on, since=since))
            except FaultyInput as error:
                faults.extend(
                    CellFault(row, column, replace(fault, known=EXAMPLES if fault.known else ()))
                    for fault in error.faults
                )
                return None

        started = moment(line.started, START, day) if line.started.strip() else None
        begun = started.at if started is not None else line.begun
        ended_on = civil(begun, offset).date() if begun is not None else day
        ended = moment(line.ended, END, ended_on) if line.ended.strip() else None
        if started is not None and ended is not None and ended.at + ended.width <= started.at:
            faults.append(CellFault(row, END, Fault(END, FaultCode.SELESAI_SEBELUM_MULAI, shown(line.ended.strip()))))
        if ended is None and not line.is_empty and len(faults) == known:
            faults.append(CellFault(row, END, Fault(END, FaultCode.ISIAN_KOSONG, known=EXAMPLES)))
        if len(line.note) > LONGEST:
            faults.append(
                CellFault(row, NOTE, Fault(NOTE, FaultCode.TEKS_TERLALU_PANJANG, str(len(line.note)), (str(LONGEST),)))
            )
        is_sound = ended is not None and len(faults) == known
        note = line.note.strip() or None
        work = PastWork(line.step, line.bidang, started, ended, note, line.seen) if ended and is_sound else None
        rows.append(ReadRow(started, ended, work))
        last = ended if ended is not None else started
        if last is not None:
            day = civil(last.at, offset).date()
    return ReadRows(tuple(rows), tuple(faults))


def parse_lines(text: str) -> tuple[PastLine, ...]:
    """The lines of a file: `langkah;bidang;mulai;selesai;catatan`. Names of the columns, empty lines and lines that
    begin with # are left out, and so is one without a moment and a note.

    Raises:
        FaultyInput: Every line that is none, by its number.
    """
    found: list[PastLine] = []
    faults: list[Fault] = []
    for number, cells in _numbered(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")):
        place = f"baris {number}"
        if len(found) >= MOST_LINES or len(faults) >= MOST_FAULTS:
            faults.append(Fault(place, FaultCode.TERLALU_BANYAK_KESALAHAN, str(len(faults))))
            break
        if len(cells) not in (len(COLUMNS) - 1, len(COLUMNS)):
            faults.append(Fault(place, FaultCode.KOLOM_TIDAK_PAS, str(len(cells)), (SEPARATOR.join(COLUMNS),)))
            continue
        step, bidang, started, ended, note = (cell.strip() for cell in (*cells, "")[: len(COLUMNS)])
        if not (step.isascii() and step.isdigit() and len(step) < 6):
            faults.append(Fault(f"{place}, {STEP}", "bukan-bilangan", shown(step)))
            continue
        line = PastLine(int(step), bidang or None, started, ended, note, line=number)
        if not line.is_empty:
            found.append(line)
    if not found and not faults:
        faults.append(Fault("", FaultCode.TANPA_BARIS, known=(SEPARATOR.join(COLUMNS),)))
    if faults:
        raise FaultyInput(tuple(faults))
    return tuple(found)


def _numbered(text: str) -> Iterable[tuple[int, list[str]]]:
    """Number in the file and cells of every line that says something."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith("#") or bare.casefold().startswith(f"{STEP}{SEPARATOR}"):
            continue
        yield number, next(csv.reader([line], delimiter=SEPARATOR), [])


def written_lines(lines: Iterable[PastLine]) -> str:
    """Lines as `parse_lines` reads them, with the names of the columns above."""
    rows = [COLUMNS, *((str(each.step), each.bidang or "", each.started, each.ended, each.note) for each in lines)]
    return "\n".join(SEPARATOR.join(_cell(text) for text in row) for row in rows)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set('";#') else text
