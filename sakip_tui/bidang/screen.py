"""The office's list of bidang: which stand in it and when, adding, ending, renaming, merging.

What is asked is `questions.py`, how it is told `views/bidang.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.cells import cell_len

from db.bidang import BidangRow, bidang_rows
from db.bidang_store import add_bidang, end_bidang, merge_bidang, rename_bidang
from db.people_acts import BIDANG_ENTITY, Given, RegisterChanged, revision_of
from sakip_tui.bidang import questions
from sakip_tui.text import cut, padded
from sakip_tui.views.bidang import changed_words, dates_words, never_held
from sakip_tui.widgets.entries import BEING_READ, Entry, remark
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.spans import headed, ruled
from sop.model.act import Act
from sop.model.bidang import ListedBidang
from sop.model.texts import clean

if TYPE_CHECKING:
    from db.store import Store
    from sakip_tui.prompts.form import Form, Response
    from sop.model.pelaksana import Actor

    Change = Callable[[Store, str, Actor, Given], RegisterChanged]

_PARTS = ("Di daftar sekarang", "Mulai kemudian", "Sudah berakhir")


class BidangScreen(ListScreen):
    """Every bidang with its dates; keys change the picked one."""

    NAME = "Bidang"
    RIGHTS = MappingProxyType(dict.fromkeys("aegm", Act.BIDANG))
    CODE = "bidang"

    _rows: tuple[BidangRow, ...] | None = None
    _revision = 0

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        count = "" if self._rows is None else f"{len(self._in_part(0))} di daftar"
        return f"Bidang {clean(self.here.rows.office_name)}", count

    async def read(self) -> None:
        self._rows, self._revision = await self.desk.ask(
            lambda database, at: (bidang_rows(database, at.office), revision_of(database, at.office, BIDANG_ENTITY))
        )

    def _in_part(self, part: int) -> list[BidangRow]:
        """The names of one of `_PARTS`."""
        now = self.clock()

        def part_of(row: BidangRow) -> int:
            if ListedBidang(row.name, row.since, row.until).holds_at(now):
                return 0
            return 1 if row.since is not None and row.since > now and not never_held(row) else 2

        return [row for row in self._rows or () if part_of(row) == part]

    def listed(self, width: int) -> Sequence[Entry]:
        if self._rows is None:
            return BEING_READ
        if not self._rows:
            how = "Tekan a untuk menambahnya." if self.may(Act.BIDANG) else "Admin yang menambahnya."
            return remark(f"Kantor ini belum punya bidang. {how}")
        entries: list[Entry] = []
        for part, title in enumerate(_PARTS):
            rows = self._in_part(part)
            if rows:
                entries.append(Entry((ruled(title, width, self.glyphs.rule),)))
            entries += [Entry((self._line(row, width),), row.name) for row in rows]
        return entries

    def _line(self, row: BidangRow, width: int) -> Line:
        dates = cut(self._dates(row), width // 2)
        room = max(8, width - cell_len(dates) - 1)
        return ((padded(cut(clean(row.name), room), room), "text"), (f" {dates}", "muted"))

    def _dates(self, row: BidangRow) -> str:
        """`sejak 1 Oktober 2026 sampai …`; empty for one without dates."""
        if never_held(row):
            return "tidak sempat berlaku"
        since, until = dates_words(row.since, row.until, self.zone_offset)
        parts = (f"sejak {since}" if since else "", f"sampai {until}" if until else "")
        return " ".join(part for part in parts if part)

    def about(self, width: int) -> Sequence[Line]:
        row = self._picked_row()
        if row is None:
            return ()
        told = self._dates(row) or "ada sejak kantor disiapkan"
        follows = f"; diteruskan sebagai {clean(row.successor)}" if row.successor else ""
        return headed(cut(clean(row.name), width - 1), f"{told}{follows}.", width, 2)

    def key_words(self) -> Sequence[Keys]:
        acts: list[tuple[str, str]] = []
        if self.may(Act.BIDANG):
            acts.append(("a", "Tambah"))
            if self._changeable() is not None:
                acts += [("e", "Akhiri"), ("g", "Ganti nama"), ("m", "Gabungkan")]
        return [acts, self.ways()]

    def _picked_row(self) -> BidangRow | None:
        return next((row for row in self._rows or () if row.name == self.picked), None)

    def _changeable(self) -> BidangRow | None:
        """The picked one, where it stands in the list or will."""
        row = self._picked_row()
        return row if row in (*self._in_part(0), *self._in_part(1)) else None

    # ------------------------------------------------------------------ changing the list
    @pressed("a", "Tambah bidang, sekarang atau sejak suatu tanggal")
    async def action_add(self) -> None:
        if not self.lets(Act.BIDANG):
            return

        def change(answer: Response, now: int) -> Change:
            since = questions.first_moment(answer, self.zone_offset, now)
            name = answer.text("nama") or ""
            return lambda store, office, actor, given: add_bidang(store, office, name, since, actor, given)

        def told(answer: Response) -> str:
            return questions.first_day_read(answer, self.zone_offset, self.clock())

        await self._ask(("tambah",), questions.add(told), change)

    @pressed("e", "Akhiri bidang ini, sekarang atau sampai suatu tanggal")
    async def action_finish(self) -> None:
        def change(row: BidangRow, answer: Response, now: int) -> Change:
            until = questions.end_moment(answer, self.zone_offset, now)
            return lambda store, office, actor, given: end_bidang(store, office, row.name, until, actor, given)

        await self._ask_of_picked("akhiri", questions.end, change)

    @pressed("g", "Ganti nama bidang ini")
    async def action_rename(self) -> None:
        def change(row: BidangRow, answer: Response, now: int) -> Change:
            name = answer.text("nama") or ""
            return lambda store, office, actor, given: rename_bidang(store, office, row.name, name, actor, given)

        await self._ask_of_picked("ganti-nama", questions.rename, change)

    @pressed("m", "Gabungkan bidang ini dengan bidang lain")
    async def action_merge(self) -> None:
        row = self._to_change()
        if row is None:
            return
        others = [each.name for each in (*self._in_part(0), *self._in_part(1)) if each.name != row.name]
        if not others:
            self.announce("Hanya satu bidang di daftar, jadi tidak ada yang dapat digabungkan dengannya.")
            return

        def change(answer: Response, now: int) -> Change:
            names, into = questions.merged(row, answer), answer.text("nama") or ""
            return lambda store, office, actor, given: merge_bidang(store, office, names, into, actor, given)

        await self._ask(("gabung", row.name), questions.merge(row, others), change)

    def _to_change(self) -> BidangRow | None:
        """The picked one, where it may be changed; else it is said why not."""
        if not self.lets(Act.BIDANG):
            return None
        row = self._changeable()
        if row is None:
            self.announce("Pilih dulu bidang yang masih ada di daftar.")
        return row

    async def _ask_of_picked(
        self, prompt: str, form: Callable[[BidangRow], Form], change: Callable[[BidangRow, Response, int], Change]
    ) -> None:
        row = self._to_change()
        if row is not None:
            await self._ask((prompt, row.name), form(row), partial(change, row))

    async def _ask(self, place: tuple[str, ...], form: Form, change: Callable[[Response, int], Change]) -> None:
        seen = self._revision

        async def do(answer: Response, token: str) -> str:
            made = change(answer, self.clock())
            given = Given(reason=answer.text("alasan"), seen=seen, token=token)
            done: RegisterChanged = await self.desk.write(
                lambda store, address, actor: made(store, address.office, actor, given)
            )
            self.is_changed = True
            return changed_words(done.data, self.zone_offset)

        await self.ask(place, form, do)
