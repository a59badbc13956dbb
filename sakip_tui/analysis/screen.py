"""Analisa: the rows of all owners in one period, the worst first; marked, accepted, corrected, sent back.

How rows look is `filling/rows.py`, what is asked `filling/questions.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sakip_tui.filling import questions
from sakip_tui.filling.reading import DataRead, correct_command, mark_command, reading_of, send_back_command
from sakip_tui.filling.rows import (
    FILTERS,
    PeriodRows,
    ShownRow,
    about_lines,
    details,
    filtered,
    head_line,
    periods_of,
    row_line,
    sheet_of,
)
from sakip_tui.filling.screen import NO_FORMS
from sakip_tui.text import cut, wrapped
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.reading import ReadingScreen
from sop.kinerja.report import PeriodReport
from sop.model.act import Act
from sop.model.periods import split
from sop.model.texts import clean
from sop.time.instants import civil, parse_date
from sop.words.figure_words import mean_words, owner_words
from sop.words.periods import period_short

if TYPE_CHECKING:
    import datetime as dt

    from sakip_tui.places import Here
    from sakip_tui.prompts.form import Response


class AnalysisScreen(ListScreen):
    """All owners' rows; keys mark the picked one, accept it, and send its bidang's rows back."""

    NAME = "Analisa"
    CODE = "analisa"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,d", "details", "Semua tentang baris ini", id="analisa.rincian"),
        Binding("m", "mark", "Tandai baris ini dengan catatan", id="analisa.tandai"),
        Binding("t", "accept", "Terima: cabut tanda baris ini", id="analisa.terima"),
        Binding("b", "send_back", "Kembalikan penyerah baris ini untuk memperbaiki", id="analisa.kembalikan"),
        Binding("e", "correct", "Koreksi nilai baris ini dengan alasan", id="analisa.koreksi"),
        Binding("f,right,l", "filter(1)", "Saringan berikutnya: belum, di bawah target, melonjak, ditandai"),
        Binding("left,h", "filter(-1)", "Saringan sebelumnya"),
        Binding("less_than_sign", "period(-1)", "Periode sebelumnya yang berformulir"),
        Binding("greater_than_sign", "period(1)", "Periode berikutnya yang berformulir"),
    ]

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._reading: DataRead | None = None
        self._sheet: PeriodRows | None = None
        self._filter = FILTERS[0]
        self._period = here.card.period
        self._year, _ = split(here.card.period)

    # ------------------------------------------------------------------ what is shown
    async def read(self) -> None:
        now = self.clock()
        self._take(await self.desk.ask(lambda database, at: reading_of(database, at, self._year, now)))

    def _take(self, reading: DataRead) -> None:
        self._reading = reading
        known = periods_of(reading.state, self._year)
        if known and self._period not in known:
            self._period = known[-1]
        self._sheet = sheet_of(reading.state, self._period)

    def heading(self) -> tuple[str, str]:
        sheet, reading = self._sheet, self._reading
        if sheet is None or reading is None or not sheet.rows:
            return self.NAME, ""
        own = [row.report for row in sheet.rows if row.report.row.period == self._period]
        mean = PeriodReport(self._period, tuple(own), reading.state.settings).whole
        left = f"{self.NAME}  {period_short(self._period)} {self._year}  {self._filter}"
        return left, f"{sheet.filled}/{len(sheet.rows)} terisi  rata-rata {mean_words(mean)}"

    def listed(self, width: int) -> Sequence[Entry]:
        sheet, reading = self._sheet, self._reading
        if sheet is None or reading is None:
            return (Entry(((("Sedang dibaca.", "muted"),),)),)
        if not sheet.rows:
            return (Entry(tuple(((line, "muted"),) for line in wrapped(NO_FORMS, width, 4))),)
        rows = filtered(sheet.rows, self._filter)
        if not rows:
            return (Entry(((("Tidak ada baris di saringan ini. Tekan f untuk saringan berikutnya.", "muted"),),)),)
        lines = [Entry((row_line(row, reading.state, width, with_owner=True),), row.key) for row in rows]
        return [Entry((head_line(width, with_owner=True),)), *lines]

    def about(self, width: int) -> Sequence[Line]:
        row, reading = self._picked_row(), self._reading
        if row is None or reading is None:
            return ()
        one = row.report.row.indicator
        where = f" {clean(one.code)} {clean(one.name)}, {clean(owner_words(row.report.owner))}"
        banner: Line = ((cut(where, width).ljust(width), "banner"),)
        return [banner, *about_lines(row, reading.state, reading.names, width)]

    def key_words(self) -> Sequence[Keys]:
        acts: list[tuple[str, str]] = []
        if self._picked_row() is not None:
            acts.append(("Enter", "Rincian"))
            if self.may(Act.TANDAI):
                acts += [("m", "Tandai"), ("t", "Terima"), ("b", "Kembalikan"), ("e", "Koreksi")]
        return [[*acts, ("f", "Saring")], [("< >", "Periode"), ("?", "Bantuan"), ("Esc", "Papan")]]

    def _picked_row(self) -> ShownRow | None:
        rows = () if self._sheet is None else self._sheet.rows
        return next((row for row in rows if row.key == self.picked), None)

    # ------------------------------------------------------------------ moving about
    def action_filter(self, step: int) -> None:
        if self._sheet is None or not self._sheet.rows:
            self.announce("Belum ada baris untuk disaring.")
            return
        self._filter = FILTERS[(FILTERS.index(self._filter) + step) % len(FILTERS)]
        self.picked = None
        self.said = ""
        self.draw()

    def action_period(self, step: int) -> None:
        known = () if self._reading is None else periods_of(self._reading.state, self._year)
        if self._reading is None or len(known) < 2:
            self.announce("Hanya satu periode tahun ini yang formulirnya sudah dikirim.")
            return
        place = known.index(self._period) if self._period in known else 0
        self._period = known[(place + step) % len(known)]
        self.said = ""
        self._take(self._reading)
        self.draw()

    def action_details(self) -> None:
        row, reading = self._picked_row(), self._reading
        if row is None or reading is None:
            self.announce("Belum ada baris untuk dirinci.")
            return
        one = row.report.row.indicator
        told = details(row, reading.state, reading.names)
        self.app.push_screen(ReadingScreen(f"{clean(one.code)} {clean(one.name)}", told))

    # ------------------------------------------------------------------ looking at what was handed in
    def _to_judge(self, act: Act) -> ShownRow | None:
        """The picked row, where who sits here may; else it is said why not."""
        row = self._picked_row()
        if row is None:
            self.announce("Pilih dulu baris yang sudah dikirim formulirnya.")
            return None
        return row if self.lets(act) else None

    async def action_mark(self) -> None:
        row = self._to_judge(Act.TANDAI)
        if row is None:
            return
        period, code = self._period, row.report.row.indicator.code

        async def do(answer: Response, token: str) -> str:
            note = answer.text("catatan")
            await self.desk.apply(mark_command(Act.TANDAI, period, row.report.owner, (code,), note, token))
            self.is_changed = True
            return f"{clean(code)} ditandai. Kembalikan penyerahnya (b) agar dijawab."

        await self.ask(("tandai", code, period), questions.mark(row), do)

    async def action_accept(self) -> None:
        row = self._to_judge(Act.TERIMA)
        if row is None:
            return
        period, code = self._period, row.report.row.indicator.code

        async def do(answer: Response, token: str) -> str:
            note = answer.text("catatan")
            await self.desk.apply(mark_command(Act.TERIMA, period, row.report.owner, (code,), note, token))
            self.is_changed = True
            return f"Tanda {clean(code)} dicabut."

        await self.ask(("terima", code, period), questions.accept(row), do)

    async def action_correct(self) -> None:
        row, reading = self._to_judge(Act.KOREKSI_NILAI), self._reading
        if row is None or reading is None:
            return
        period, code = self._period, row.report.row.indicator.code

        async def do(answer: Response, token: str) -> str:
            said = questions.filled(answer, row, self._read_day)
            await self.desk.apply(correct_command(period, row, said, token))
            self.is_changed = True
            return f"{clean(code)} dikoreksi. Nilai lama tetap di riwayat."

        await self.ask(("koreksi", code, period), questions.correct(row, reading.state.settings), do)

    def _read_day(self, text: str, place: str) -> dt.date:
        now = self.clock()
        return parse_date(text, self.zone_offset, now, place, near=civil(now, self.zone_offset).date())

    async def action_send_back(self) -> None:
        row, reading, sheet = self._to_judge(Act.KEMBALIKAN), self._reading, self._sheet
        if row is None or reading is None or sheet is None:
            return
        owner, period = row.report.owner, self._period
        seat = reading.state.period(period).seats.get(owner)
        if seat is None:
            self.announce("Langkah isiannya belum tiba, jadi belum ada yang dikembalikan.")
            return
        marked = [each for each in sheet.of(owner).rows if each.kept.wants_answer]
        codes = tuple(each.report.row.indicator.code for each in marked)
        notes = tuple(each.kept.mark.note for each in marked if each.kept.mark is not None)

        async def do(answer: Response, token: str) -> str:
            board = await self.desk.board(self._year)
            case = board.state.case_of(period)
            assert case is not None
            note = answer.text("catatan") or ""
            await self.desk.apply(send_back_command(case, period, seat.step, seat.bidang, note, token))
            self.is_changed = True
            return f"{clean(owner_words(owner))} dikembalikan; isiannya menunggu di layar Data."

        name = owner_words(owner)
        await self.ask(("kembalikan", name, period), questions.send_back(name, codes, notes), do)


def analysis_screen(here: Here) -> AnalysisScreen:
    """The rows of the period on view."""
    return AnalysisScreen(here)
