"""Data: the rows of one owner in one period, filled one by one, with their state and figures, and handed in.

What stands where is `rows.py`, what is asked `questions.py`, what is read and done `reading.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sakip_tui.filling import questions
from sakip_tui.filling.forms import form_read, form_written
from sakip_tui.filling.reading import DataRead, fill_command, reading_of
from sakip_tui.filling.rows import PeriodRows, ShownRow, about_lines, details, head_line, periods_of, row_line, sheet_of
from sakip_tui.imports.screen import FindingsScreen
from sakip_tui.text import cut, wrapped
from sakip_tui.views.indicators import finding_line
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.reading import ReadingScreen
from sop.kinerja.isian import Keadaan
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.periods import split
from sop.model.state import RunPhase
from sop.model.texts import clean
from sop.time.instants import civil, parse_date, parse_instant
from sop.words.figure_words import owner_words
from sop.words.labels import state_label
from sop.words.periods import period_short

if TYPE_CHECKING:
    import datetime as dt

    from sakip_tui.places import Here
    from sakip_tui.prompts.form import Response
    from sop.kinerja.form import Owner
    from sop.kinerja.state import DataSeat

NO_FORMS = (
    "Belum ada formulir yang dikirim tahun ini. Formulir terkirim sendiri saat langkah formulirnya dibuka; kantor "
    "yang belum punya indikator menetapkannya di layar Indikator."
)


class DataScreen(ListScreen):
    """One owner's rows; keys change the picked one, the owner and the period."""

    NAME = "Data kinerja"
    CODE = "data"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fill", "Isi baris ini", id="data.isi"),
        Binding("b", "missing", "Belum ada datanya: tulis alasannya", id="data.belum-ada"),
        Binding("x", "not_applying", "Tidak berlaku periode ini: tulis alasannya", id="data.tidak-berlaku"),
        Binding("f", "write_form", "Tulis formulir penyerah ini sebagai xlsx", id="data.formulir"),
        Binding("i", "take_in", "Impor formulir xlsx yang sudah diisi", id="data.impor"),
        Binding("s", "hand_in", "Serahkan: selesaikan langkah isian penyerah ini", id="data.serahkan"),
        Binding("d", "details", "Semua tentang baris ini", id="data.rincian"),
        Binding("left,h", "owner(-1)", "Penyerah sebelumnya"),
        Binding("right,l", "owner(1)", "Penyerah berikutnya"),
        Binding("less_than_sign", "period(-1)", "Periode sebelumnya yang berformulir"),
        Binding("greater_than_sign", "period(1)", "Periode berikutnya yang berformulir"),
    ]

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._reading: DataRead | None = None
        self._sheet: PeriodRows | None = None
        self._all: PeriodRows | None = None
        self._period = here.card.period
        self._owner: Owner = here.card.bidang
        self._year, _ = split(here.card.period)

    # ------------------------------------------------------------------ what is shown
    async def read(self) -> None:
        now = self.clock()
        self._take(await self.desk.ask(lambda database, at: reading_of(database, at, self._year, now)))

    def _take(self, reading: DataRead) -> None:
        """Show what was read, of the period and the owner on view where they have rows."""
        self._reading = reading
        known = periods_of(reading.state, self._year)
        if known and self._period not in known:
            self._period = known[-1]
        self._all = sheet_of(reading.state, self._period)
        if self._all.owners and self._owner not in self._all.owners:
            self._owner = self._all.owners[0]
        self._sheet = self._all.of(self._owner)

    def heading(self) -> tuple[str, str]:
        sheet, reading = self._sheet, self._reading
        if sheet is None or reading is None or not sheet.rows:
            return self.NAME, ""
        form = reading.state.period(self._period).form(self._owner)
        revision = "" if form is None else f"  f{form.number}"
        left = f"{self.NAME}  {period_short(self._period)} {self._year}  {clean(owner_words(self._owner))}"
        return left, f"{sheet.filled}/{len(sheet.rows)} terisi{revision}"

    def listed(self, width: int) -> Sequence[Entry]:
        sheet, reading = self._sheet, self._reading
        if sheet is None or reading is None:
            return (Entry(((("Sedang dibaca.", "muted"),),)),)
        if not sheet.rows:
            return (Entry(tuple(((line, "muted"),) for line in wrapped(NO_FORMS, width, 4))),)
        rows = [Entry((row_line(row, reading.state, width),), row.key) for row in sheet.rows]
        return [Entry((head_line(width),)), *rows]

    def about(self, width: int) -> Sequence[Line]:
        row, reading = self._picked_row(), self._reading
        if row is None or reading is None:
            return ()
        one = row.report.row.indicator
        where = f"{clean(one.code)} {clean(one.name)}"
        stands = _seat_words(self._seat())
        room = max(10, width - len(stands) - 3)
        banner: Line = ((cut(f" {cut(where, room)}".ljust(room + 1) + f" {stands}", width).ljust(width), "banner"),)
        return [banner, *about_lines(row, reading.state, reading.names, width)]

    def key_words(self) -> Sequence[Keys]:
        row, seat = self._picked_row(), self._seat()
        if row is None:
            return [[("panah", "Pilih"), ("?", "Bantuan"), ("Esc", "Papan")]]
        acts: list[tuple[str, str]] = []
        if seat is not None and seat.is_open and self.may(Act.ISI):
            acts = [("Enter", "Isi"), ("b", "Belum ada"), ("x", "Tidak berlaku"), ("s", "Serahkan")]
            acts += [("f", "Formulir"), ("i", "Impor")]
        return [
            [*acts, ("d", "Rincian")],
            [("kiri kanan", "Penyerah"), ("< >", "Periode"), ("?", "Bantuan"), ("Esc", "Papan")],
        ]

    def _picked_row(self) -> ShownRow | None:
        rows = () if self._sheet is None else self._sheet.rows
        return next((row for row in rows if row.key == self.picked), None)

    def _seat(self) -> DataSeat | None:
        return None if self._reading is None else self._reading.state.period(self._period).seats.get(self._owner)

    # ------------------------------------------------------------------ moving about
    def action_owner(self, step: int) -> None:
        owners = () if self._all is None else self._all.owners
        if len(owners) < 2:
            self.announce("Hanya satu penyerah di periode ini.")
            return
        place = owners.index(self._owner) if self._owner in owners else 0
        self._owner = owners[(place + step) % len(owners)]
        self._shown_anew()

    def action_period(self, step: int) -> None:
        known = () if self._reading is None else periods_of(self._reading.state, self._year)
        if len(known) < 2:
            self.announce("Hanya satu periode tahun ini yang formulirnya sudah dikirim.")
            return
        place = known.index(self._period) if self._period in known else 0
        self._period = known[(place + step) % len(known)]
        self._shown_anew()

    def _shown_anew(self) -> None:
        assert self._reading is not None
        self.said = ""
        self._take(self._reading)
        self.draw()

    def action_details(self) -> None:
        row, reading = self._picked_row(), self._reading
        if row is None or reading is None:
            self.announce("Belum ada baris untuk dirinci.")
            return
        one = row.report.row.indicator
        self.app.push_screen(
            ReadingScreen(f"{clean(one.code)} {clean(one.name)}", details(row, reading.state, reading.names))
        )

    # ------------------------------------------------------------------ filling
    async def action_fill(self) -> None:
        await self._fill(None)

    async def action_missing(self) -> None:
        await self._fill(Keadaan.BELUM_ADA)

    async def action_not_applying(self) -> None:
        await self._fill(Keadaan.TIDAK_BERLAKU)

    async def _fill(self, keadaan: Keadaan | None) -> None:
        row, reading = self._picked_row(), self._reading
        if row is None or reading is None:
            self.announce("Belum ada baris untuk diisi.")
            return
        if not self.lets(Act.ISI):
            return
        period, settings = self._period, reading.state.settings

        async def do(answer: Response, token: str) -> str:
            said = questions.filled(answer, row, self._read_day)
            await self.desk.apply(fill_command(period, row, said, token))
            self.is_changed = True
            echo = "".join(f" {finding_line(each)}" for each in said.echoes)
            return f"{clean(row.report.row.indicator.code)} tersimpan.{echo}"

        about = (owner_words(row.report.owner), row.report.row.key, period)
        await self.ask(("isi", *about), questions.fill(row, settings, keadaan), do)

    def _read_day(self, text: str, place: str) -> dt.date:
        now = self.clock()
        return parse_date(text, self.zone_offset, now, place, near=civil(now, self.zone_offset).date())

    # ------------------------------------------------------------------ forms out and in
    async def action_write_form(self) -> None:
        if self._sheet is None or not self._sheet.rows:
            self.announce("Formulirnya belum terkirim, jadi belum ada yang dapat ditulis.")
            return
        name, period, owner, now = self.here.rows.office_name, self._period, self._owner, self.clock()
        try:
            path = await self.desk.ask(lambda database, at: form_written(database, at, name, period, owner, now))
        except Exception as error:
            self.announce_error(error)
            return
        self.announce(f"Formulir {clean(owner_words(owner))} ditulis: {path}")

    async def action_take_in(self) -> None:
        if not self.lets(Act.ISI):
            return
        if self.desk.is_guest:
            self.announce(
                "Dokumen di komputer kantor tidak dapat dibuka dari sini. Mintalah pengelola di sana mengimpornya."
            )
            return
        name, reader = self.here.rows.office_name, self.here.office.actor.code

        async def do(answer: Response, token: str) -> str:
            document = answer.text("dokumen") or ""
            moment = self.clock(), self.zone_offset, self._year
            reading = await self.desk.ask(lambda database, at: form_read(database, at, name, document, reader, moment))
            found = (*reading.faults, *reading.warnings)
            if reading.faults:
                self.app.push_screen(FindingsScreen(self.here, PurePath(document).name, found))
                return f"Tidak diambil: ada {len(reading.faults)} kesalahan."
            if reading.changes_nothing:
                return "Sudah diterima: tidak ada baris yang berubah."
            asked = reading.command()
            await self.desk.apply(Command(Act.ISI, asked.period or self._period, token=token, data=asked))
            self.is_changed = True
            self._period, self._owner = asked.period or self._period, asked.owner
            if found:
                self.app.push_screen(FindingsScreen(self.here, PurePath(document).name, found))
            return f"Diterima dari {clean(owner_words(asked.owner))}: {len(reading.rows)} baris."

        await self.ask(("impor",), questions.take_in(), do)

    # ------------------------------------------------------------------ handing in
    async def action_hand_in(self) -> None:
        sheet, seat = self._sheet, self._seat()
        if sheet is None or seat is None or not sheet.rows:
            self.announce("Langkah isiannya belum dibuka, jadi belum ada yang diserahkan.")
            return
        if not self.lets(Act.SELESAI):
            return
        period, owner = self._period, owner_words(self._owner)

        async def do(answer: Response, token: str) -> str:
            typed = answer.text("mulai")
            started = None if typed is None else Typed(*parse_instant(typed, self.zone_offset, self.clock(), "Mulai"))
            note = answer.text("catatan")
            command = Command(
                Act.SELESAI, period, step=seat.step, bidang=seat.bidang, started=started, note=note, token=token
            )
            await self.desk.apply(command)
            self.is_changed = True
            return f"{clean(owner)} diserahkan."

        form = questions.hand_in(owner, sheet.filled, len(sheet.rows), seat.phase is RunPhase.SIAP)
        await self.ask(("serahkan", owner, period), form, do)


def _seat_words(seat: DataSeat | None) -> str:
    """On which step the rows hang, and how it stands."""
    if seat is None:
        return "langkah isian belum tiba"
    attempt = f", putaran {seat.attempt}" if seat.attempt > 1 else ""
    return f"langkah {seat.step} {state_label(seat.phase.value).lower()}{attempt}"


def data_screen(here: Here) -> DataScreen:
    """The rows of the bidang of the selected card, else of the first owner."""
    return DataScreen(here)
