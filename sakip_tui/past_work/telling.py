"""What the table says: how far it is, what the cell under the cursor holds, why a key does nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sakip_tui.fault_words import fault_line
from sakip_tui.past_work.drawing import TableNews
from sakip_tui.past_work.grid import COLUMNS, REASON_ROW, CellAt, Grid
from sakip_tui.rule_words_data import rows_called
from sakip_tui.views.offers import Unopened, unopened_words
from sakip_tui.wording import the_step
from sop.acts.past_work import END, START
from sop.form.faults import FaultCode
from sop.form.past_rows import NOTE, CellFault, ReadRows
from sop.model.commands import Typed
from sop.model.errors import SopError
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, replace
from sop.words.forewarning import odd_hours_words
from sop.words.labels import listed, step_named, upper
from sop.words.periods import period_label, period_short
from sop.words.time import moment_short

_NAMES = {START: "Mulai", END: "Selesai", NOTE: "Catatan"}
"""What the columns are called over the table."""
_EXAMPLES = {START: "misalnya 2/7 09.00, atau 09.00 pada hari baris di atasnya", END: "misalnya 09.12"}


def fault_words(each: CellFault) -> str:
    """What is wrong in a cell; of one that lacks, which one it is."""
    if each.fault.code == FaultCode.ISIAN_KOSONG:
        return f"{_NAMES[each.column]} belum diisi. Contoh: {', '.join(each.fault.known)}."
    return fault_line(replace(each.fault, place=""))


def waiting_words(refusal: SopError) -> str:
    """Which rows of data somebody waits for: `Menunggu data: IK-1 (Bidang A).`"""
    facts = refusal.facts if isinstance(refusal, Refused) else {}
    waits = the_step(facts)
    what = "jawaban atas tanda pada" if isinstance(refusal, Refused) and refusal.rule is Rule.ROWS_MARKED else "data"
    return f"{waits} menunggu {what} {rows_called(facts)}."


class Telling(Frozen):
    """The table as it stands."""

    period: str
    grid: Grid
    read: ReadRows
    """How the rows were understood."""
    news: TableNews
    opened: int | None
    """When the period was opened; None where it is not."""
    opening: Unopened
    """What stands in the way of opening it, where it is not."""
    calendar: WorkCalendar

    @property
    def lacking(self) -> int:
        """How many rows there are to fill in, those that are filled among them."""
        grid = self.grid
        return sum(line[:2] not in grid.gone or not line.is_empty for line in grid.lines)

    def sum(self) -> str:
        """How far it is, and what Ctrl+S will do."""
        if not self.grid.lines:
            return f"{period_label(self.period)}: tidak ada lagi yang dapat Anda catat."
        if self.opened is None:
            how = unopened_words(period_short(self.period), self.opening, ": tekan Esc, lalu o")
            return f"{how}. Yang diketik di sini tersimpan."
        filled = self.grid.filled
        waiting = sum(row in self.news.waiting for row in filled)
        wrong = sum(bool(self.news.fault_of(row)) for row in filled) - waiting
        begun = sum(self.read.rows[row].work is None and not self.news.fault_of(row) for row in filled)
        told = f"{len(filled) - wrong - begun - waiting} dari {self.lacking} lengkap"
        told += (f", {begun} baru sebagian" if begun else "") + (f", {wrong} keliru" if wrong else "")
        told += f", {waiting} menunggu data" if waiting else ""
        odd = sum(bool(self.read.rows[row].work is not None and self.worth(row)) for row in filled)
        told += f", {odd} di luar jam kerja" if odd else ""
        if wrong or begun:
            return f"{told}. {'Betulkan' if wrong else 'Lengkapi'} dulu, lalu Ctrl+S."
        return f"{told}. Yang lengkap dicatat sekaligus."

    def changed_rows(self) -> str:
        """Which rows came or went by what was typed; empty for none."""
        new, gone = self.grid.new, self.grid.gone
        told = []
        if new:
            told.append(f"Baris baru, bertanda +: {_bidang_of(self.grid, new)}. Enter melewatinya.")
        if gone:
            told.append(f"Tidak diisi lagi, bertanda -: {_bidang_of(self.grid, gone)}.")
        return " ".join(told)

    # ------------------------------------------------------------------ the cell
    def cell(self) -> tuple[str, str]:
        """What is wrong in the cell or its row, or how the cell is read; and its ink."""
        spot = self.grid.spot
        fault = self._fault()
        if fault:
            return fault, "late"
        if spot.row == REASON_ROW:
            return "Alasan untuk semua baris, misalnya: dicatat kemudian dari buku agenda. Enter ke tabel.", "muted"
        line, column = self.grid.lines[spot.row], COLUMNS[spot.column]
        if self.grid.is_locked(spot):
            return "Mulainya sudah tercatat; isi kapan selesainya.", "muted"
        title = self.news.titles.get(line.step, "")
        where = upper(step_named(line.step, line.bidang))
        where += f", {self.news.lanes[line.step]}" if line.step in self.news.lanes else ""
        if line[:2] in self.grid.gone:
            said = f"{where}: tidak perlu diisi, karena bidangnya tidak ada menurut waktu yang diketik."
            return said, "muted" if line.is_empty else "late"
        moment = self._moment()
        if moment is not None:
            read = f"Dibaca {moment_short(moment.at, self.news.offset)} {self._year_of(moment)}".strip()
            worth = self.worth(spot.row)
            return (worth, "text") if worth else (f"{read}. {where}.", "muted")
        if line[:2] in self.grid.new:
            return f"{where}: baris baru, karena bidangnya ada menurut waktu yang diketik.", "text"
        if line.step in self.news.decisions:
            return f"{where}: {title}. Dicatat dijawab Ya; Tidak dicatat di papan dengan w.", "muted"
        return f"{where}: {title}" + (f"; {_EXAMPLES[column]}" if column in _EXAMPLES else ""), "muted"

    def _fault(self) -> str:
        """What is wrong in the cell, else in its row and where; empty for nothing."""
        spot, faults = self.grid.spot, self.news.faults
        if spot in faults or spot.row == REASON_ROW:
            return faults.get((spot.row, spot.column), "")
        column = next((column for column in range(len(COLUMNS)) if (spot.row, column) in faults), None)
        if column is None:
            return ""
        name, told = _NAMES[COLUMNS[column]], faults[spot.row, column]
        return told if told.startswith(name) else f"{name}: {told}"

    def worth(self, row: int) -> str:
        """What is to be known of the moments of a row: work outside working hours does not count."""
        read = self.read.rows[row]
        begun = self.grid.lines[row].begun if read.started is None else read.started.at
        ended = None if read.ended is None else read.ended.at
        return odd_hours_words(begun, ended, self.calendar, self.news.now)

    def _moment(self) -> Typed | None:
        """How the cell was understood."""
        spot = self.grid.spot
        if spot.row >= len(self.read.rows) or not self.grid.text(spot).strip():
            return None
        row = self.read.rows[spot.row]
        return {0: row.started, 1: row.ended}.get(spot.column)

    def _year_of(self, moment: Typed) -> str:
        """The year, where it is not this one."""
        year = moment_short(moment.at, self.news.offset, self.news.now).split()
        return f"({year[3]})" if len(year) > 4 else ""

    # ------------------------------------------------------------------ filling down
    def why_not_filled(self) -> str:
        """Why filling down fills nothing."""
        grid = self.grid
        if grid.spot.row == REASON_ROW:
            return "Alasan ini sudah berlaku untuk semua baris."
        step = grid.lines[grid.spot.row].step
        if grid.is_locked(grid.spot):
            return "Mulainya sudah tercatat, jadi tidak disalin dari sini."
        if not grid.text(grid.spot):
            return f"Isi dulu sel ini; sel kosong di bawahnya pada langkah {step} ikut terisi."
        if not grid.below:
            return f'Langkah {step} tidak punya baris lagi di bawah ini. Untuk mengulang sel di atasnya tekan ".'
        return "Sel di bawahnya sudah terisi."


def first_fault(faults: Mapping[tuple[int, int], str]) -> CellAt | None:
    """The first cell with a fault; None for none."""
    return CellAt(*min(faults)) if faults else None


def _bidang_of(grid: Grid, keys: frozenset[tuple[int, str | None]]) -> str:
    """The names in these rows, with the steps that they are of: `Bidang C (langkah 3 dan 4)`."""
    steps: dict[str, list[str]] = {}
    for line in grid.lines:
        if line[:2] in keys:
            steps.setdefault(clean(line.bidang or ""), []).append(str(line.step))
    return ", ".join(f"{name} (langkah {listed(numbers)})" for name, numbers in steps.items())
