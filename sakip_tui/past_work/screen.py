"""A whole past period in one table: typed as in a spreadsheet, checked while it is typed, recorded all at once.

What is read and what the rules say of it comes from the same places as for `sakip susulan` (`sop.form.past_rows`,
`db.past_work`); the cells are `grid.py`, how they look `drawing.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db.past_work import PastPeriod, PastRecord, check_past, past_period, record_past
from sakip_tui.draft_places import DraftPlace
from sakip_tui.past_work.drawing import TableNews, column_at, header, reason_line, row_line
from sakip_tui.past_work.grid import COLUMNS, REASON_ROW, CellAt, Grid
from sakip_tui.past_work.table import TypedTable
from sakip_tui.past_work.telling import Telling, fault_words, first_fault, waiting_words
from sakip_tui.places import CardAt, Here, Left, Opened
from sakip_tui.text import wrapped
from sakip_tui.views.board import PERIOD_ORDER
from sakip_tui.views.offers import Onlooker, unopened_one
from sakip_tui.views.past_rows import RowKey, keys_asked, lines_of, lines_shown, opened_or_may
from sakip_tui.widgets.clickable import ClickableLines
from sakip_tui.widgets.hints import key_lines
from sakip_tui.widgets.ink import Line, Lines
from sakip_tui.widgets.watching import WatchingScreen
from sop.acts.past_work import PastWork, Told, part_of, waits_for_data
from sop.form.faults import FaultCode
from sop.form.past_rows import ReadRows, read_rows
from sop.model.errors import SopError
from sop.model.refusals import Refused, Rule
from sop.model.state import PeriodPhase
from sop.model.texts import clean
from sop.words.periods import period_label

if TYPE_CHECKING:
    from db.rows import Address
    from db.store import Store
    from sop.model.definition import Step
    from sop.model.pelaksana import Actor

_ABOUT_LINES, _SUM_LINES = 2, 3
_MOST_ABOUT = 5
"""So many that a reason for a refusal is never cut."""
_EMPTY = TableNews({}, {}, frozenset(), {}, 0, 0)
SAVED = "Tulisan di tabel susulan disimpan, dan muncul lagi bila tabel ini dibuka."
_BUSY = "Sedang dicatat. Tunggu sebentar."


class PastWorkScreen(Opened, WatchingScreen["Left | None"]):
    """Every step that is still to be told of a period, one row each."""

    AUTO_FOCUS = "#list"
    NAME = "Tabel susulan"
    READS_FIRST = True
    DEFAULT_CSS = """
    PastWorkScreen { layout: vertical; overflow: hidden; }
    PastWorkScreen Lines { width: 1fr; height: 1; }
    PastWorkScreen #list { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Sel di atas"),
        Binding("down", "move(1, 0)", "Sel di bawah"),
        Binding("left", "move(0, -1)", "Sel di kiri"),
        Binding("right", "move(0, 1)", "Sel di kanan"),
        Binding("tab", "next_cell(1)", "Sel berikutnya"),
        Binding("shift+tab", "next_cell(-1)", "Sel sebelumnya"),
        Binding("enter", "enter", "Turun, ke kolom tempat Tab dimulai"),
        Binding("quotation_mark", "repeat", "Ulangi isi sel di atasnya"),
        Binding("ctrl+d", "fill_down", "Isi ke bawah: sel kosong bidang berikutnya pada langkah yang sama"),
        Binding("backspace", "erase", "Hapus huruf terakhir"),
        Binding("delete", "clear", "Kosongkan sel"),
        Binding("pageup", "move(-10, 0)", "Sepuluh baris ke atas"),
        Binding("pagedown", "move(10, 0)", "Sepuluh baris ke bawah"),
        Binding("ctrl+s", "record", "Catat semua, atau tidak satu pun; yang menunggu data menyusul"),
        Binding("f2", "next_period", "Periode lain: yang belum ditutup; yang diketik tersimpan"),
        Binding("f1,question_mark", "help", "Bantuan; tanda tanya di kolom waktu"),
        Binding("escape", "leave", "Kembali; yang diketik tersimpan"),
    ]

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.period = here.card.period
        self.grid = Grid()
        self._found: PastPeriod | None = None
        self._read = ReadRows((), ())
        self._told = _EMPTY
        self._refusals: tuple[SopError | None, ...] = ()
        """Of each row, by the rules."""
        self._is_checking = self._is_unchecked = False
        self._is_recording = False
        self._is_strict = False
        """Whether a row without its end is a fault: not while it is being typed."""
        self._top = 0
        self._first_rows: frozenset[RowKey] | None = None
        """The rows that were asked for when the table was opened; None until then."""

    def own_keys(self) -> list[Binding]:
        """Without `r`: a letter is text here."""
        return [item for item in super().own_keys() if item.key != "r"]

    @property
    def _place(self) -> DraftPlace:
        office, sop = self.rows.address
        return DraftPlace("susulan", "tabel", office, sop, self.period)

    # ------------------------------------------------------------------ what is read
    def compose(self) -> ComposeResult:
        yield ClickableLines(id="reason")
        yield Lines(id="header")
        yield TypedTable(id="list")
        yield Lines(id="sum")
        yield Lines(id="about")
        yield Lines(id="table-keys")

    def begin(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        super().on_resize()
        self.draw()

    async def read(self) -> None:
        """What is to be told; and the first time what was typed before."""
        period = self.period
        found = await self.desk.write(lambda store, at, actor: past_period(store, at, period, actor))
        kept = await self.desk.draft(self._place) if self._found is None else None
        if self._found is None:
            self.grid = Grid(lines_of(found.slots), found.reason or "")
            if kept is not None:
                self.grid.recall(kept)
                self.said, self.said_ink = "Tulisan tadi: yang diketik menggantikan isi selnya.", "text"
        else:
            # Rows may be done by now, or begun.
            lost = self.grid.with_lines(lines_of(found.slots))
            steps = ", ".join(dict.fromkeys(str(line.step) for line in lost))
            if lost:
                self.said = f"Langkah {steps} baru saja dicatat orang lain; tulisannya di sini dilepas."
                self.said_ink = "late"
        self._found = found

    def show(self) -> None:
        self._changed()

    # ------------------------------------------------------------------ what it is worth
    def _changed(self) -> None:
        """Read the cells anew, at once, and have the rules look at them."""
        found = self._found
        if found is None:
            return
        opened = opened_or_may(self.period, found.opened, self.zone_offset)
        self._read = read_rows(self.grid.lines, self.zone_offset, self.clock(), opened)
        asked = keys_asked(found.slots, self.grid.lines, self._read, opened)
        if self._first_rows is None:
            self._first_rows = asked
        # A row that stood there keeps its place: what is typed next is meant for the one below it.
        lines = lines_shown(found.slots, self.grid.lines, asked | self._first_rows)
        here = {line[:2] for line in lines}
        self.grid.new, self.grid.gone = asked - self._first_rows, (self._first_rows - asked) & here
        if [line[:2] for line in lines] != [line[:2] for line in self.grid.lines]:
            self.grid.with_lines(lines)
            self._refusals = ()
            self._read = read_rows(self.grid.lines, self.zone_offset, self.clock(), opened)
        self._tell()
        self.draw()
        self._is_unchecked = True
        self._is_strict = False
        if not self._is_checking:
            self._check()

    def _works(self) -> list[tuple[int, PastWork | None]]:
        """(row, what it says) of the rows with something in them; None for a faulty one."""
        return [(row, self._read.rows[row].work) for row in self.grid.filled]

    @property
    def _said(self) -> Told:
        return Told(clean(self.grid.reason).strip() or None)

    @work(group="check")
    async def _check(self) -> None:
        """Ask the rules, again for as long as something was typed meanwhile."""
        self._is_checking = True
        try:
            while self._is_unchecked and self.is_attached:
                self._is_unchecked = False
                await self._check_once()
        finally:
            self._is_checking = False

    async def _check_once(self) -> None:
        works, said, period = self._works(), self._said, self.period
        rows = [work for _, work in works]
        refusals: list[SopError | None] = [None] * len(self.grid.lines)
        if any(work is not None for work in rows):

            def checked(store: Store, at: Address, actor: Actor) -> PastRecord:
                return check_past(store, at, period, rows, said, actor)

            try:
                answers = (await self.desk.write(checked)).refusals
            except Exception as error:
                self.announce_error(error)
                return
            for (row, _), answer in zip(works, answers, strict=True):
                refusals[row] = answer
        if not self._is_unchecked and len(refusals) == len(self.grid.lines):
            self._refusals = tuple(refusals)
            self._tell()
            self.draw()

    def _tell(self) -> None:
        """Gather what is known of the rows: faults of what was typed first, then what the rules say."""
        found = self._found
        assert found is not None
        faults = {
            (each.row, COLUMNS.index(each.column)): fault_words(each)
            for each in self._read.faults
            if each.column in COLUMNS and (self._is_strict or each.fault.code != FaultCode.ISIAN_KOSONG)
        }
        if len(self._refusals) == len(self.grid.lines):
            for row, refusal in enumerate(self._refusals):
                work = self._read.rows[row].work
                if refusal is not None and work is not None:
                    part = part_of(work, refusal)
                    column = COLUMNS.index(part) if part in COLUMNS else REASON_ROW
                    faults.setdefault((REASON_ROW, 0) if column == REASON_ROW else (row, column), self._why(refusal))
        steps = found.steps.steps
        self._told = TableNews(
            {number: clean(step.title.text) for number, step in steps.items()},
            {number: _lanes_of(step) for number, step in steps.items()},
            frozenset(number for number, step in steps.items() if step.decision is not None),
            faults,
            self.zone_offset,
            self.clock(),
            frozenset(row for row, each in enumerate(self._refusals) if each is not None and waits_for_data(each)),
        )

    def _why(self, refusal: SopError) -> str:
        if isinstance(refusal, Refused) and refusal.rule is Rule.LATE_REASON_NEEDED:
            return "Alasan belum diisi; catatan susulan perlu alasan."
        if waits_for_data(refusal):
            how = "Ctrl+S mencatat dulu yang tidak menunggu; datanya diisi di papan: Esc, lalu = pada kartunya."
            return f"{waiting_words(refusal)} {how}"
        return (self.notice(refusal) or "").replace("\n", " ")

    # ------------------------------------------------------------------ what is shown
    def draw(self) -> None:
        width, height = self.size
        if not width:
            return
        about = self._about(width)
        keys = key_lines(self._keys(), width)
        total = self._sum(width)
        room = max(1, height - 2 - len(total) - len(keys) - len(about))
        grid, told = self.grid, self._told
        for query, lines in (
            ("#reason", [reason_line(grid, period_label(self.period), width, (REASON_ROW, 0) in told.faults)]),
            ("#header", [header(width)]),
            ("#sum", total),
            ("#about", about),
            ("#table-keys", keys),
        ):
            self.lines(query).stand(len(lines))
            self.lines(query).show(lines)
        row = max(0, grid.spot.row)
        self._top = max(0, min(self._top, row, len(grid.lines) - 1), row - room + 1)
        shown = range(self._top, min(len(grid.lines), self._top + room))
        self.lines("#list").show([row_line(grid, each, told, width) for each in shown])

    def _keys(self) -> list[list[tuple[str, str]]]:
        ways = [*([("F2", "Periode lain")] if len(self._periods) > 1 else []), ("Esc", "Kembali"), ("F1", "Bantuan")]
        if not self.grid.lines:
            return [ways]
        moving = [("panah Tab Shift+Tab", "Pindah"), ("Backspace", "Hapus"), ('"', "Ulangi")]
        return [[*moving, ("Ctrl+D", "Isi ke bawah")], [("Ctrl+S", "Catat semua"), *ways]]

    @property
    def _periods(self) -> list[str]:
        """The periods of the year of which something may be told, in their order, the one on view among them."""
        known = self.here.rows.state.periods
        open_ones = (key for key, each in known.items() if each.has_case and each.phase is not PeriodPhase.TUTUP)
        return sorted({*open_ones, self.period}, key=lambda key: PERIOD_ORDER.index(key.partition("-")[2]))

    @property
    def _telling(self) -> Telling:
        opened = None if self._found is None else self._found.opened
        rows = self.here.rows
        onlooker = Onlooker(self.here.office.actor, rows.calendar.date_of(self.clock()))
        opening = unopened_one(self.period, {key: each.phase for key, each in rows.state.periods.items()}, onlooker)
        return Telling(self.period, self.grid, self._read, self._told, opened, opening, rows.calendar)

    def _sum(self, width: int) -> list[Line]:
        """Which rows came or went, how far it is, and what Ctrl+S will do."""
        told = self._telling.sum() if self._found is not None else "Sedang dibaca."
        parts = ((self._telling.changed_rows(), "strong"), (told, "text"))
        room = max(10, width - 2)
        return [((f" {line}", ink),) for text, ink in parts if text for line in wrapped(text, room, _SUM_LINES)]

    def _about(self, width: int) -> list[Line]:
        """What is said, what is wrong in the cell or its row, or how the cell is read."""
        text, ink = (self.said, self.said_ink) if self.said else self._telling.cell()
        is_short = ink == "muted" and not self.said
        lines = wrapped(text, max(10, width - 2), _ABOUT_LINES if is_short else _MOST_ABOUT)
        return [((f" {line}", ink),) for line in (*lines, "")[: max(_ABOUT_LINES, len(lines))]]

    # ------------------------------------------------------------------ keys
    def _moved(self) -> None:
        self.said = ""
        self.draw()

    def action_move(self, rows: int, columns: int) -> None:
        self.grid.move(rows, columns)
        self._moved()

    def action_next_cell(self, step: int) -> None:
        self.grid.tab(step)
        self._moved()

    def action_enter(self) -> None:
        self.grid.enter()
        self._moved()

    def on_typed_table_typed(self, event: TypedTable.Typed) -> None:
        if self._found is None:
            self.announce(self.READING)
            return
        grid = self.grid
        in_time = grid.spot.row != REASON_ROW and COLUMNS[grid.spot.column] != "catatan"
        if event.character == '"' and grid.spot.row != REASON_ROW and not (grid.is_typed_into and not in_time):
            self.action_repeat()
        elif event.character == "?" and in_time:
            self.action_help()
        else:
            self._edited(grid.type(event.character), "Mulainya sudah tercatat, jadi tidak diubah di sini.")

    def on_typed_table_pasted(self, event: TypedTable.Pasted) -> None:
        if self._found is None:
            self.announce(self.READING)
            return
        self.grid.paste(event.text)
        self.said = ""
        self._changed()

    def _edited(self, is_done: bool, otherwise: str) -> None:
        self.said = ""
        if is_done:
            self._changed()
        else:
            self.announce(otherwise)

    def action_erase(self) -> None:
        self._edited(self.grid.erase(), "Sel ini kosong.")

    def action_clear(self) -> None:
        self._edited(self.grid.clear(), "Sel ini kosong.")

    def action_repeat(self) -> None:
        self._edited(self.grid.repeat(), "Sel di atasnya kosong, jadi tidak ada yang diulang.")

    def action_fill_down(self) -> None:
        count = self.grid.fill_down()
        self._edited(bool(count), self._telling.why_not_filled())
        if count:
            self.announce(f"{count} sel di bawahnya terisi.")

    # ------------------------------------------------------------------ mouse
    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        self.grid.move(0, 0)
        self.grid.go(CellAt(self._top + event.y, column_at(event.x, self.size.width)))
        self._moved()

    def on_click(self) -> None:
        self.query_one(TypedTable).focus()

    def turn_wheel(self, way: int) -> None:
        self.action_move(3 * way, 0)

    # ------------------------------------------------------------------ recording and leaving
    def action_record(self) -> None:
        if self._is_recording:
            self.announce(_BUSY)
        elif not self.grid.filled:
            self.announce("Belum ada baris yang diisi.")
        elif self._read.faults:
            self._is_strict = True
            self._tell()
            self._go_to_fault()
        else:
            self._is_recording = True
            self._record()

    def _go_to_fault(self) -> None:
        """Put the cursor on the first cell with a fault."""
        spot = first_fault(self._told.faults)
        if spot is not None:
            self.grid.go(spot)
        self.announce(f"Belum ada yang dicatat. {self._telling.cell()[0]}", "late")

    @work(group="act")
    async def _record(self) -> None:
        period, said, token = self.period, self._said, uuid4().hex
        works = [(row, work) for row, work in self._works() if work is not None]
        rows = [work for _, work in works]
        try:
            done = await self.desk.write(
                lambda store, at, actor: record_past(store, at, period, rows, said, actor, token, up_to_data=True)
            )
        except Exception as error:
            self.announce_error(error)
            self.read_anew()
            return
        finally:
            self._is_recording = False
        if any(done.refusals) and not done.acts:
            refusals: list[SopError | None] = [None] * len(self.grid.lines)
            for (row, _), refusal in zip(works, done.refusals, strict=True):
                refusals[row] = refusal
            self._refusals = tuple(refusals)
            self._tell()
            self._go_to_fault()
            return
        # Rows that wait for data are still to be told: what was typed into them is kept.
        self.desk.keep_draft(self._place, self.grid.draft() if done.left else None)
        count = len(rows) - len(done.left)
        left = self._telling.lacking - count
        more = f" Masih {left} baris yang belum." if left else ""
        card, first = CardAt(period), done.left[0] if done.left else None
        if first is not None and (waiting := done.refusals[first]) is not None:
            line = self.grid.lines[works[first][0]]
            card = CardAt(period, line.step, line.bidang)
            more += f" {waiting_words(waiting)} Tekan = untuk mengisinya; sesudah itu catat sisanya di tabel ini."
        self.dismiss(Left(card, is_changed=True, said=f"{count} baris susulan dicatat.{more}"))

    def _keep(self) -> bool:
        draft = self.grid.draft()
        self.desk.keep_draft(self._place, draft)
        return draft is not None

    def action_next_period(self) -> None:
        """Another period of the year; what was typed into this one is kept."""
        periods = self._periods
        if self._is_recording:
            self.announce(_BUSY)
        elif len(periods) < 2:
            self.announce("Tahun ini tidak ada periode lain yang masih dapat dicatat.")
        else:
            self._keep()
            self.period = periods[(periods.index(self.period) + 1) % len(periods)]
            self.grid, self._found, self._read, self._told = Grid(), None, ReadRows((), ()), _EMPTY
            self._refusals, self._top, self.said, self._first_rows = (), 0, "", None
            self.reads_other()
            self.draw()
            self.reload()

    def action_leave(self) -> None:
        if self._is_recording:
            self.announce(_BUSY)
            return
        said = SAVED if self._found is not None and self._keep() else ""
        # Whoever went on to another period goes on there: `o` opens the one on view.
        at = None if self.period == self.here.card.period else CardAt(self.period)
        is_told = said or self.is_changed or at is not None
        self.dismiss(Left(at, is_changed=self.is_changed, said=said) if is_told else None)

    def hang_up(self) -> None:
        """The terminal is gone: keep what stands here."""
        if self._found is not None:
            self._keep()


def _lanes_of(step: Step) -> str:
    """Whose the step is; of a decision also who answers, where that is somebody else."""
    lanes = clean(" atau ".join(step.pelaksana))
    is_answered = step.decision is not None and step.decider is not None and step.decider not in step.pelaksana
    return f"{lanes}, diputus {clean(step.decider or '')}" if is_answered else lanes
