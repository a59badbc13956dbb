"""Analisa: the rows of all owners in one period, the worst first; marked, accepted, corrected, sent back.

How rows look is `filling/rows.py`, what is asked `filling/questions.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sakip_tui.filling import questions
from sakip_tui.filling.listing import RowsScreen
from sakip_tui.filling.reading import mark_command, row_command, send_back_command
from sakip_tui.filling.rows import FILTERS, ShownRow, filtered, head_line
from sakip_tui.text import cut
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys
from sop.kinerja.data_ruling import does_step
from sop.kinerja.report import PeriodReport
from sop.kinerja.state import CheckSeat
from sop.model.act import Act
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.words.figure_words import capped_mean_words, owner_words
from sop.words.periods import period_short

if TYPE_CHECKING:
    from sakip_tui.places import Here
    from sakip_tui.prompts.form import Form, Response


class AnalysisScreen(RowsScreen):
    """All owners' rows; keys mark the picked one, accept it, and send its bidang's rows back."""

    NAME = "Analisa"
    WITH_OWNER = True
    CODE = "analisa"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._filter = FILTERS[0]

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        sheet, reading = self.sheet, self.reading
        if sheet is None or reading is None or not sheet.rows:
            return self.NAME, ""
        left = f"{self.NAME}  {period_short(self.period)} {self.year}  {self._filter}"
        return left, sheet.words

    def listed(self, width: int) -> Sequence[Entry]:
        instead, reading = self.instead(width), self.reading
        if instead is not None or reading is None:
            return instead or ()
        rows = filtered(self.shown_rows(), self._filter)
        if not rows:
            return (Entry(((("Tidak ada baris di saringan ini. Tekan f untuk saringan berikutnya.", "muted"),),)),)
        lines = self.entries_of(rows, width, with_owner=True)
        own = tuple(row.report for row in self.shown_rows() if row.report.row.period == self.period)
        settings = reading.state.settings
        mean = capped_mean_words(PeriodReport(self.period, own, settings).whole, settings)
        return [Entry((((cut(mean, width), "text"),), head_line(width, with_owner=True))), *lines]

    def beside_name(self, row: ShownRow) -> str:
        return clean(owner_words(row.report.owner))

    def key_words(self) -> Sequence[Keys]:
        acts: list[tuple[str, str]] = []
        row = self.picked_row()
        if row is not None:
            acts.append(("Enter", "Rincian"))
        if row is not None and not self.is_closed(self.period):
            accepting = [("t", "Terima")] if row.kept.mark is not None else []
            acts += [("m", "Tandai"), *accepting, ("b", "Kembalikan")] if self._checks() else []
            acts += [("e", "Koreksi")] if self._corrects(row) else []
        return [[*acts, ("f", "Saring")], [("< >", "Periode"), ("?", "Bantuan"), ("Esc", "Papan")]]

    # ------------------------------------------------------------------ moving about
    @pressed("f,right,l", "Saringan berikutnya: belum, di bawah target, melonjak, ditandai, dijawab", "1")
    @pressed("left,h", "Saringan sebelumnya", "-1")
    def action_filter(self, step: int) -> None:
        if not self.shown_rows():
            self.announce("Belum ada baris untuk disaring.")
            return
        self._filter = FILTERS[(FILTERS.index(self._filter) + step) % len(FILTERS)]
        self.picked = None
        self.said = ""
        self.draw()

    @pressed("enter", "Semua tentang baris ini")
    def action_details(self) -> None:
        super().action_details()

    # ------------------------------------------------------------------ looking at what was handed in
    def _to_judge(self, act: Act) -> ShownRow | None:
        """The picked row, where who sits here may; else it is said why not."""
        row = self.picked_row()
        if row is None:
            self.announce("Pilih dulu baris yang sudah dikirim formulirnya.")
            return None
        if self.is_closed(self.period):
            self.announce_error(Refused(Rule.PERIOD_CLOSED, period=self.period))
            return None
        if self._corrects(row) if act is Act.KOREKSI_NILAI else self._checks():
            return row
        if self.here.office.actor.memberships:
            self.announce_error(Refused(Rule.NOT_MEMBER, allowed=self._check.lanes, bidang=None))
        else:
            self.lets(act)
        return None

    @property
    def _check(self) -> CheckSeat:
        """The step that marks and accepts."""
        return CheckSeat() if self.reading is None else self.reading.state.period(self.period).check

    def _checks(self) -> bool:
        """Whether who sits here may mark, accept and send back: the lane of periksa, and the pengelola."""
        return does_step(self.here.office.actor, self._check.lanes)

    def _corrects(self, row: ShownRow) -> bool:
        """Whether who sits here may correct a row: whoever held its step until periksa is finished, then its lane."""
        actor = self.here.office.actor
        seat = None if self.reading is None else self.reading.state.period(self.period).seats.get(row.owner)
        if actor.manages or self._check.finished:
            return self._checks()
        return seat is not None and seat.holder is not None and seat.holder == actor.code

    @pressed("m", "Tandai baris ini dengan catatan")
    async def action_mark(self) -> None:
        await self._judge(Act.TANDAI, questions.mark, "{} ditandai. Kembalikan penyerahnya (b) agar dijawab.")

    @pressed("t", "Terima: cabut tanda baris ini")
    async def action_accept(self) -> None:
        row = self.picked_row()
        if row is not None and row.kept.mark is None and self._checks():
            self.announce(
                f"{clean(row.report.row.indicator.code)} tidak bertanda, jadi tidak ada yang dicabut. Semua yang tidak "
                "bertanda diterima sekaligus saat langkah periksanya diselesaikan di papan."
            )
            return
        await self._judge(Act.TERIMA, questions.accept, "Tanda {} dicabut.")

    async def _judge(self, act: Act, question: Callable[[ShownRow], Form], said: str) -> None:
        row = self._to_judge(act)
        if row is None:
            return
        period, code = self.period, row.report.row.indicator.code

        async def do(answer: Response, token: str) -> str:
            note = answer.text("catatan")
            await self.desk.apply(mark_command(act, period, row.report.owner, (code,), note, token))
            self.is_changed = True
            return said.format(clean(code))

        await self.ask((act.value, code, period), question(row), do)

    @pressed("e", "Koreksi nilai baris ini dengan alasan")
    async def action_correct(self) -> None:
        row, reading = self._to_judge(Act.KOREKSI_NILAI), self.reading
        if row is None or reading is None:
            return
        period, code = self.period, row.report.row.indicator.code

        async def do(answer: Response, token: str) -> str:
            said = questions.filled(answer, row, self.read_day)
            await self.desk.apply(row_command(Act.KOREKSI_NILAI, period, row, said, token))
            self.is_changed = True
            return f"{clean(code)} dikoreksi. Nilai lama tetap di riwayat."

        await self.ask(("koreksi", code, period), questions.correct(row, reading.state.settings), do)

    @pressed("b", "Kembalikan penyerah baris ini untuk memperbaiki")
    async def action_send_back(self) -> None:
        row, reading, sheet = self._to_judge(Act.KEMBALIKAN), self.reading, self.sheet
        if row is None or reading is None or sheet is None:
            return
        owner, period = row.report.owner, self.period
        seat = reading.state.period(period).seats.get(owner)
        if seat is None:
            self.announce("Langkah isiannya belum tiba, jadi belum ada yang dikembalikan.")
            return
        marked = [each for each in sheet.of(owner).rows if each.kept.wants_answer]
        codes = tuple(each.report.row.indicator.code for each in marked)
        notes = tuple(each.kept.mark.note for each in marked if each.kept.mark is not None)

        async def do(answer: Response, token: str) -> str:
            board = await self.desk.board(self.year)
            case = board.state.case_of(period)
            assert case is not None
            note = answer.text("catatan") or ""
            await self.desk.apply(send_back_command(case, period, seat.step, seat.bidang, note, token))
            self.is_changed = True
            return f"{clean(owner_words(owner))} dikembalikan; isiannya menunggu di layar Data."

        name = owner_words(owner)
        await self.ask(("kembalikan", name, period), questions.send_back(name, codes, notes), do)
