"""Data: the rows of one owner in one period, filled one by one, with their state and figures, and handed in.

What stands where is `rows.py`, what is asked `questions.py`, what is read and done `reading.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from sakip_tui.filling import questions
from sakip_tui.filling.listing import RowsScreen
from sakip_tui.filling.reading import DataRead, row_command
from sakip_tui.filling.rows import PeriodRows, ShownRow, head_line
from sakip_tui.imports.last_document import LastDocument
from sakip_tui.views.findings import finding_line
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys
from sop.kinerja.data_act import DataCommand
from sop.kinerja.data_ruling import does_step, fills
from sop.kinerja.isian import Keadaan
from sop.loading import load
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.refusals import Refused, Rule
from sop.model.state import RunPhase
from sop.model.texts import clean
from sop.words.figure_words import owner_words
from sop.words.labels import state_label
from sop.words.periods import period_label, period_short

if TYPE_CHECKING:
    from sakip_tui.places import Here
    from sakip_tui.prompts.form import Response
    from sop.kinerja.form import Owner
    from sop.kinerja.form_reading import FormReading
    from sop.kinerja.state import DataSeat

LATER = MappingProxyType(
    {
        "written": "sakip_tui.filling.forms:form_written",
        "read": "sakip_tui.filling.forms:form_read",
        "refusal": "sakip_tui.filling.forms:whatever_it_says",
        "called": "sakip_tui.filling.forms:form_called",
    }
)
"""Loaded when a form goes out or comes in: paper is most of what this screen would wait for."""


class DataScreen(RowsScreen):
    """One owner's rows; keys change the picked one, the owner and the period."""

    NAME = "Data kinerja"
    CODE = "data"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._owner: Owner = here.card.bidang
        self._document = LastDocument(self)

    # ------------------------------------------------------------------ what is shown
    def take(self, reading: DataRead) -> None:
        """Show what was read, of the owner on view where there are rows of it."""
        super().take(reading)
        owners = self._owners_of_period()
        if owners and self._owner not in owners:
            self._owner = owners[0]

    def _owners_of_period(self) -> tuple[Owner, ...]:
        return () if self.sheet is None else self.sheet.owners

    def _own(self) -> PeriodRows | None:
        """The rows of the owner on view."""
        return None if self.sheet is None else self.sheet.of(self._owner)

    def shown_rows(self) -> Sequence[ShownRow]:
        own = self._own()
        return () if own is None else own.rows

    def heading(self) -> tuple[str, str]:
        sheet, reading = self._own(), self.reading
        if sheet is None or reading is None or not sheet.rows:
            return self.NAME, ""
        form = reading.state.period(self.period).form(self._owner)
        revision = "" if form is None else f", formulir {form.number}"
        left = f"{self.NAME}  {period_short(self.period)} {self.year}  {clean(owner_words(self._owner))}"
        return left, f"{sheet.words}{revision}"

    def listed(self, width: int) -> Sequence[Entry]:
        instead, reading = self.instead(width), self.reading
        if instead is not None or reading is None:
            return instead or ()
        return [Entry((head_line(width),)), *self.entries_of(self.shown_rows(), width)]

    def beside_name(self, row: ShownRow) -> str:
        return _seat_words(self._seat())

    def key_words(self) -> Sequence[Keys]:
        row, seat = self.picked_row(), self._seat()
        sending = [("p", "Kirim formulir")] if self._may_send else []
        if row is None:
            return [sending, self.ways("Papan", ("< >", "Periode"))]
        acts: list[tuple[str, str]] = []
        if seat is not None and seat.is_open and self._is_mine(seat):
            acts = [("Enter", "Isi"), ("b", "Belum ada"), ("x", "Tidak berlaku")]
            acts += [("s", "Serahkan")] if does_step(self.here.office.actor, seat.lanes, seat.bidang) else []
            acts.append(("i", "Impor"))
        owners = [("panah kiri/kanan", "Penyerah")] if len(self._owners_of_period()) > 1 else []
        moves = [*owners, ("< >", "Periode"), ("d", "Rincian"), ("?", "Bantuan"), ("Esc", "Papan")]
        return [[*acts, *sending, ("f", "Formulir")], moves]

    @property
    def _may_send(self) -> bool:
        """Whether there is something that a form does not hold yet, and who sits here may send it."""
        return self.reading is not None and self.period in self.reading.unsent and self.here.office.actor.manages

    def _seat(self) -> DataSeat | None:
        return None if self.reading is None else self.reading.state.period(self.period).seats.get(self._owner)

    # ------------------------------------------------------------------ moving about
    @pressed("left,h", "Penyerah sebelumnya", "-1")
    @pressed("right,l", "Penyerah berikutnya", "1")
    def action_owner(self, step: int) -> None:
        owners = self._owners_of_period()
        if len(owners) < 2:
            self.announce("Hanya satu penyerah di periode ini.")
            return
        place = owners.index(self._owner) if self._owner in owners else 0
        self._owner = owners[(place + step) % len(owners)]
        self.show_anew()

    # ------------------------------------------------------------------ filling
    @pressed("enter", "Isi baris ini")
    async def action_fill(self) -> None:
        await self._fill(None)

    @pressed("b", "Belum ada datanya: tulis alasannya")
    async def action_missing(self) -> None:
        await self._fill(Keadaan.BELUM_ADA)

    @pressed("x", "Tidak berlaku periode ini: tulis alasannya")
    async def action_not_applying(self) -> None:
        await self._fill(Keadaan.TIDAK_BERLAKU)

    async def _fill(self, keadaan: Keadaan | None) -> None:
        row, reading = self.picked_row(), self.reading
        if row is None or reading is None:
            self.announce("Belum ada baris untuk diisi.")
            return
        if not self._may_fill():
            return
        period, settings = self.period, reading.state.settings

        async def do(answer: Response, token: str) -> str:
            said = questions.filled(answer, row, self.read_day)
            await self.desk.apply(row_command(Act.ISI, period, row, said, token))
            self.is_changed = True
            echo = "".join(f" {finding_line(each)}" for each in said.echoes)
            return f"{clean(row.report.row.indicator.code)} tersimpan.{echo}"

        about = (owner_words(row.report.owner), row.report.row.key, period)
        await self.ask(("isi", *about), questions.fill(row, settings, keadaan), do)

    def _may_fill(self) -> bool:
        """Whether rows may be filled now, by who sits here; else it is said why not and what to do."""
        why_not = self._closed_words(self.period, self._seat())
        if why_not:
            self.announce(why_not)
            return False
        seat = self._seat()
        return seat is not None and (self._is_mine(seat) or self._refuse(seat))

    def _refuse(self, seat: DataSeat) -> bool:
        """Say whose the rows on view are; False."""
        self.announce_error(Refused(Rule.NOT_MEMBER, allowed=seat.lanes, bidang=seat.bidang or self._owner))
        return False

    def _is_mine(self, seat: DataSeat) -> bool:
        """Whether the rows on view are for who sits here to fill."""
        return fills(self.here.office.actor, seat, self._owner)

    def _closed_words(self, period: str, seat: DataSeat | None) -> str:
        """Why rows on that run are not filled, and what can be done; empty where they are."""
        if self.is_closed(period):
            refused = Refused(Rule.PERIOD_CLOSED, period=period)
            return (self.notice(refused) or "").replace("\n", " ")
        if seat is None:
            return "Langkah isiannya belum dibuka, jadi barisnya belum dapat diisi."
        if not seat.is_open:
            return (
                "Langkah isiannya sudah selesai, jadi barisnya tidak diisi lagi. Nilai yang keliru dikoreksi dengan "
                "alasan di layar Analisa (e), atau langkahnya dikembalikan."
            )
        return ""

    # ------------------------------------------------------------------ forms out and in
    @pressed("p", "Kirim formulir: indikator dan target yang belum ada di dalamnya")
    async def action_send(self) -> None:
        count = 0 if self.reading is None else self.reading.unsent.get(self.period, 0)
        if not count:
            if self.is_closed(self.period):
                self.announce_error(Refused(Rule.PERIOD_CLOSED, period=self.period))
            elif self.sheet is None or not self.sheet.rows:
                self.announce("Belum ada indikator periode ini yang dapat dikirim formulirnya.")
            else:
                self.announce("Semua indikator periode ini sudah ada di formulirnya.")
            return
        if not self.lets(Act.FORMULIR):
            return
        period = self.period

        async def do(answer: Response, token: str) -> str:
            await self.desk.apply(Command(Act.FORMULIR, period, token=token, data=DataCommand(Act.FORMULIR)))
            self.is_changed = True
            return f"Formulir {period_label(period)} terkirim."

        await self.ask(("kirim", period), questions.send(period_label(period), count), do)

    @pressed("f", "Tulis formulir penyerah ini sebagai xlsx")
    async def action_write_form(self) -> None:
        if not self.shown_rows():
            self.announce("Formulirnya belum terkirim, jadi belum ada yang dapat ditulis.")
            return
        name, period, owner, now = self.here.rows.office_name, self.period, self._owner, self.clock()
        path = await self.or_say(
            self.desk.ask(lambda database, at: load(LATER["written"])(database, at, name, period, owner, now))
        )
        if path is None:
            return
        self._document.keep(str(path))
        self.announce(f"Formulir {clean(owner_words(owner))} ditulis: {path}")

    @pressed("i", "Impor formulir xlsx yang sudah diisi")
    async def action_take_in(self) -> None:
        # Which rows a document is of only it says; the rules judge them.
        if not self.here.office.actor.memberships and not self.lets(Act.ISI):
            return
        if self._document.is_out_of_reach():
            return
        name, reader = self.here.rows.office_name, self.here.office.actor.code

        async def do(answer: Response, token: str) -> str:
            document = answer.text("dokumen") or ""
            self._document.keep(document)
            moment = self.clock(), self.zone_offset, self.year
            reading = await self.desk.ask(
                lambda database, at: load(LATER["read"])(database, at, name, document, reader, moment)
            )
            found = (*reading.faults, *reading.warnings)
            if reading.was_sent and not reading.changes_nothing:
                why_not = await self._why_not_taken(reading)
                if why_not:
                    return why_not
            if reading.faults:
                self._document.show_findings(document, found)
                return f"Tidak diambil: ada {len(reading.faults)} kesalahan."
            if reading.changes_nothing:
                return "Sudah diterima: tidak ada baris yang berubah."
            asked = reading.command()
            await self.desk.apply(Command(Act.ISI, asked.period or self.period, token=token, data=asked))
            self.is_changed = True
            self.period, self._owner = asked.period or self.period, asked.owner
            if found:
                self._document.show_findings(document, found)
            whose = f"{clean(owner_words(asked.owner))}, {period_label(self.period)}"
            return f"Diterima dari {whose}: {len(reading.rows)} baris."

        await self.ask(("impor",), questions.take_in(await self._document.name()), do)

    async def _why_not_taken(self, reading: FormReading) -> str:
        """Why no form of that period and owner is taken, whatever is in it; empty where one is."""
        bare = reading.without_rows()
        (obstacle,) = await self.desk.obstacles([Command(Act.ISI, bare.period or self.period, data=bare)])
        refusal = load(LATER["refusal"])(obstacle)
        said = "" if refusal is None else self.notice(refusal) or ""
        return said and f"{load(LATER['called'])(reading)} {said}".replace("\n", " ")

    # ------------------------------------------------------------------ handing in
    @pressed("s", "Serahkan: selesaikan langkah isian penyerah ini")
    async def action_hand_in(self) -> None:
        sheet, seat = self._own(), self._seat()
        if sheet is None or seat is None or not sheet.rows:
            self.announce("Langkah isiannya belum dibuka, jadi belum ada yang diserahkan.")
            return
        if not does_step(self.here.office.actor, seat.lanes, seat.bidang):
            self._refuse(seat)
            return
        period, owner = self.period, owner_words(self._owner)

        async def do(answer: Response, token: str) -> str:
            typed = answer.text("mulai")
            started = None if typed is None else self.read_moment(typed, "Mulai")
            note = answer.text("catatan")
            command = Command(
                Act.SELESAI, period, step=seat.step, bidang=seat.bidang, started=started, note=note, token=token
            )
            await self.desk.apply(command)
            self.is_changed = True
            return f"{clean(owner)} diserahkan."

        form = questions.hand_in(owner, sheet.words, seat.phase is RunPhase.SIAP)
        await self.ask(("serahkan", owner, period), form, do)


def _seat_words(seat: DataSeat | None) -> str:
    """On which step the rows hang, and how it stands."""
    if seat is None:
        return "langkah isian belum tiba"
    attempt = f", putaran {seat.attempt}" if seat.attempt > 1 else ""
    return f"langkah {seat.step} {state_label(seat.phase.value).lower()}{attempt}"
