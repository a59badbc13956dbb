"""The settings of the office: what is set, what it does, changing one, and who changed what before.

What stands where is `rows.py`, what is asked `questions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from db import case_queries, people
from db.people_acts import Given
from db.settings_store import SettingsFile, change_settings, preview_settings, settings_file
from db.signers_store import name_signer
from sakip_tui.prompts.form import Response
from sakip_tui.settings.questions import asks_whether, is_clock, question, signer_question
from sakip_tui.settings.rows import SIGNER, SettingLine, SettingPath, groups, signer_of
from sakip_tui.text import cut, padded, wrapped
from sakip_tui.widgets.entries import BEING_READ, Entry, remark
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.spans import headed, ruled
from sop.acts.settings_change import changed_settings, setting_changes
from sop.model.act import Act
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.words.act_verbs import VERBS
from sop.words.events import Teller
from sop.words.labels import upper
from sop.words.people import doer_called
from sop.words.settings import change_words
from sop.words.time import moment_short

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address, LoggedEvent
    from sakip_tui.places import Here

_LABEL_CELLS, _ROOMY_LABEL_CELLS, _ROOMY = 24, 40, 98
_MOST_CHANGES = 200
_CHANGING = (Act.PENGATURAN, Act.PEJABAT)
"""Acts that change what stands here."""


class SettingsScreen(ListScreen):
    """Every setting with its value; Enter changes the picked one."""

    NAME = "Pengaturan"
    RIGHTS = MappingProxyType({"enter": Act.PENGATURAN})
    CODE = "pengaturan"

    file: SettingsFile | None = None
    _rows: Mapping[SettingPath, SettingLine] = MappingProxyType({})

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        changed = "" if self.file is None else f"diubah {self.file.seen} kali" if self.file.seen else "semua bawaan"
        return f"Pengaturan {clean(self.here.rows.office_name)}", changed

    async def read(self) -> None:
        known = self.file
        self.file = await self.desk.ask(settings_file)
        if known is not None and known.seen != self.file.seen:
            self.is_changed = True
            if not self.said:
                self.announce("Pengaturan diubah dari tempat lain; yang tampil sudah yang baru.")

    def listed(self, width: int) -> Sequence[Entry]:
        if self.file is None:
            return BEING_READ
        entries: list[Entry] = []
        shown = groups(self.file, self.here.card.period)
        self._rows = {row.place: row for group in shown for row in group.rows}
        for group in shown:
            entries.append(Entry((ruled(group.title, width, self.glyphs.rule),)))
            entries += [Entry((_line(row, width),), row.place) for row in group.rows]
        return entries

    def about(self, width: int) -> Sequence[Line]:
        row = self._picked_row()
        if row is None:
            return ()
        said = f"{row.purpose} Bawaan: {row.default}." if row.default else row.purpose
        if cell_len(row.value) > width - _label_cells(width) - 3:
            said = f"{row.value}. {said}"
        return headed(cut(row.label, width - 1), said, width, 3)

    def key_words(self) -> Sequence[Keys]:
        row = self._picked_row()
        edit = [("Enter", "Ubah")] if row is not None and row.default and self.may(Act.PENGATURAN) else []
        return [[*edit, ("h", "Riwayat")], self.ways()]

    def _picked_row(self) -> SettingLine | None:
        return self._rows.get(self.picked) if isinstance(self.picked, SettingPath) else None

    # ------------------------------------------------------------------ changing one
    @pressed("enter", "Ubah pengaturan ini")
    async def action_edit(self) -> None:
        row, file = self._picked_row(), self.file
        if row is None or file is None:
            return
        if not row.default:
            self.announce(row.purpose)
            return
        if not self.lets(Act.PENGATURAN):
            return
        if row.place.name == SIGNER:
            await self._ask_signer(row, file)
            return
        asking = question(row, file.settings, self.zone_offset, self.clock())

        async def do(answer: Response, token: str) -> str:
            return await self._change(row, file, asking.meaning(answer), answer.text("reason"), token)

        await self.ask(row.place, asking.form, do)

    async def _ask_signer(self, row: SettingLine, file: SettingsFile) -> None:
        if not self.lets(Act.PEJABAT):
            return
        asking = signer_question(row, signer_of(file, row.place.key, self.here.card.period))

        async def do(answer: Response, token: str) -> str:
            named = asking.meaning(answer)
            given = Given(answer.text("reason"), None, None, token)
            try:
                await self.desk.write(
                    lambda store, address, actor: name_signer(store, address.office, named, actor, given)
                )
            except Refused as refused:
                if refused.rule is not Rule.NOTHING_CHANGED:
                    raise
                return "Tidak ada yang berubah."
            self.is_changed = True
            self.file = await self.desk.ask(settings_file)
            closed = "; yang sudah ditutup ikut dibetulkan" if named.corrects else "; yang sudah ditutup tetap"
            return f"Tersimpan. Penanda tangan {named.position}: {named.signer.name}{closed}."

        await self.ask(row.place, asking.form, do)

    async def _change(
        self, row: SettingLine, file: SettingsFile, asked: dict[str, Any], reason: str | None, token: str
    ) -> str:
        """Do it; where due moments may move, after showing which."""
        try:
            after = changed_settings(file.settings, asked)
        except Refused as refused:
            if refused.rule is not Rule.NOTHING_CHANGED:
                raise
            return "Tidak ada yang berubah."
        told = "; ".join(
            change_words(name, each["before"], each["after"])
            for name, each in setting_changes(file.settings, after).items()
        )
        if is_clock(row.place):
            now = self.clock()
            dues = await self.desk.ask(lambda database, address: preview_settings(database, address.office, asked, now))
            form = asks_whether(f"{told}.", dues, self.zone_offset, now)
            reason = (await self.ask_whether(row.place, form)).text("reason")
        done = await self.desk.write(
            lambda store, address, actor: change_settings(
                store, address.office, asked, actor, Given(reason, file.seen, None, token)
            )
        )
        self.is_changed = True
        self.file = await self.desk.ask(settings_file)
        moved = sum(due.before != due.after for due in done.dues)
        return f"Tersimpan. {told}." + (f" {moved} tenggat langkah terbuka bergeser." if moved else "")

    @pressed("h", "Riwayat perubahan pengaturan")
    def action_history(self) -> None:
        self.app.push_screen(SettingsHistory(self.here))


class SettingsHistory(ListScreen):
    """Who changed which setting or official, when and why; the newest on top."""

    NAME = "Riwayat pengaturan"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._log: tuple[LoggedEvent, ...] | None = None
        self._names: Mapping[str, str] = {}
        """Code of a person -> name."""

    def heading(self) -> tuple[str, str]:
        return self.NAME, "" if self._log is None else f"{len(self._log)} perubahan"

    async def read(self) -> None:
        self._names = await self.desk.ask(lambda database, address: people.names(database, address.office))
        self._log = await self.desk.ask(_changes)

    def listed(self, width: int) -> Sequence[Entry]:
        if self._log is None:
            return BEING_READ
        if not self._log:
            return remark("Belum ada yang diubah; semuanya bawaan.")
        return [self._entry(item, width) for item in self._log]

    def _entry(self, item: LoggedEvent, width: int) -> Entry:
        event = item.event
        when = moment_short(event.at, self.zone_offset, self.clock())
        reason = f", alasan: {clean(str(event.data['reason']))}" if event.data.get("reason") else ""
        head: Line = ((cut(f"{when}  oleh {doer_called(self._names, event.by)}{reason}", width), "strong"),)
        told = [
            change_words(name, each["before"], each["after"]) for name, each in event.data.get("settings", {}).items()
        ]
        if event.act is not Act.PENGATURAN:
            words = VERBS[event.act](Teller(self.zone_offset, self.clock(), self._names), event)
            told = [upper(words)]
        lines = [line for text in told for line in wrapped(clean(text), max(10, width - 4), 4)]
        return Entry((head, *((("    " + line, "text"),) for line in lines)), item.event.sequence)

    def key_words(self) -> Sequence[Keys]:
        return [self.ways("Pengaturan")]


def _changes(database: Database, address: Address) -> tuple[LoggedEvent, ...]:
    """The newest changes of all that this screen shows."""
    found = [line for act in _CHANGING for line in case_queries.log(database, address, act=act, limit=_MOST_CHANGES)]
    return tuple(sorted(found, key=lambda line: -line.event.sequence)[:_MOST_CHANGES])


def _label_cells(width: int) -> int:
    return _ROOMY_LABEL_CELLS if width >= _ROOMY else _LABEL_CELLS


def _line(row: SettingLine, width: int) -> Line:
    size = _label_cells(width)
    room = max(8, width - size)
    label = padded(cut(row.label, size - 1), size)
    value = cut(row.value, room)
    line: Line = ((label, "text"), (value, "strong" if row.is_set else "text"))
    note = f"  bawaan: {row.default}"
    return (*line, (note, "muted")) if row.is_set and cell_len(value) + cell_len(note) <= room else line
