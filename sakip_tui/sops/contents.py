"""One SOP, value by value: read, confirm, change, save as a new version, move a running case to it.

What stands where is `views/sops.py`, what is asked `questions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.cells import cell_len

from db import case_queries, people
from db.office_acts import Given
from db.rows import Address
from db.sop_queries import SopFile, sop_file
from db.sop_versions import confirm_sop, import_sop
from sakip_tui.draft_places import DraftPlace
from sakip_tui.fault_places import place_told
from sakip_tui.fault_words import fault_line
from sakip_tui.places import Here
from sakip_tui.prompts.form import Choice, Form, Response
from sakip_tui.sops import questions
from sakip_tui.sops.comparison import ComparisonScreen
from sakip_tui.text import cut, wrapped
from sakip_tui.views.sops import Clause, Place, catalog_words, ground_of, ground_words, sections
from sakip_tui.widgets.entries import Entry, heading_of
from sakip_tui.widgets.ink import Line, Span
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sop.acts.amendment import GROUNDED, Amendment, amended, written
from sop.form import catalog, checks
from sop.form.comparison import differences
from sop.form.rereading import Rereading, rereadings
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Basis, Sop
from sop.model.errors import FaultyInput
from sop.model.texts import clean
from sop.values import replace
from sop.words.labels import label
from sop.words.people import person_called
from sop.words.time import moment_short

_CHANGES = "changes"
"""Names the draft of what was changed and not saved."""
_VERSION = "version"
"""Key in that draft: the version that was changed. The others are places."""
_SEPARATOR = " | "
"""Between the area and the key of a place in that draft."""
_LABEL, _ROOMY_LABEL, _ROOMY = 19, 25, 96
"""Cells of a row's label, and the width from which on every label has room."""


class SopScreen(ListScreen):
    """One SOP, value by value: read, confirm, change, save as a new version."""

    NAME = "Isi SOP"
    RIGHTS = MappingProxyType(
        {"enter": Act.SOP_IMPOR, "s": Act.SOP_IMPOR, "t": Act.SOP_TETAPKAN, "m": Act.PINDAH_VERSI}
    )
    CODE = "isi-sop"

    def __init__(self, here: Here, sop: Sop, own: str | None) -> None:
        """
        Args:
            here: What the board hands over.
            sop: The SOP.
            own: Its code where it belongs to this office; None for one that can only be read.
        """
        super().__init__(here)
        self.sop, self.own = sop, own
        self.file: SopFile | None = None
        self.typed: dict[Place, str] = {}
        self._rows: dict[Place, Clause] = {}
        self._names: Mapping[str, str] = {}
        """Code of a person -> name."""
        self._is_looked_up = False
        """Whether it was asked what was typed here before and not saved."""

    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        return super().draft_place(prompt, *about)._replace(sop=self.sop.code)

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        version = f"versi {self.file.version}" if self.file is not None else "katalog"
        typed = f", {len(self.typed)} perubahan belum disimpan" if self.typed else ""
        return f"SOP {clean(self.sop.office)}", f"{version}{typed}"

    async def read(self) -> None:
        own = self.own
        if own is None:
            return
        self._names = await self.desk.ask(lambda database, address: people.names(database, address.office))
        found = await self.desk.ask(lambda database, address: sop_file(database, address.office, own))
        if found is not None:
            known = self.file
            self.file, self.sop = found, found.sop
            if known is not None and known.version != found.version and self.typed:
                self._say_renewed()
            if not self._is_looked_up:
                self._is_looked_up = True
                await self._take_up()

    def _say_renewed(self) -> None:
        assert self.file is not None
        self.announce(f"SOP ini sudah menjadi versi {self.file.version}. Periksa lagi perubahan Anda sebelum disimpan.")

    async def _take_up(self) -> None:
        """Go on from what was changed and not saved when this SOP was left. What it no longer has is left out."""
        assert self.file is not None
        kept = dict((await self.drafts.kept(self.draft_place(_CHANGES))).values)
        version = kept.pop(_VERSION, "")
        places = {_SEPARATOR.join(row.place): row.place for part in sections(self.sop, {}, ()) for row in part.rows}
        self.typed = {places[name]: text for name, text in kept.items() if name in places}
        if not self.typed:
            return
        if version != str(self.file.version):
            self._say_renewed()
        else:
            self.announce(f"{len(self.typed)} perubahan yang belum disimpan muncul lagi. Tekan s untuk menyimpannya.")

    def _keep_typed(self) -> None:
        """Keep what is changed and not saved: it is offered again, also after a broken line."""
        place = self.draft_place(_CHANGES)
        if not self.typed or self.file is None:
            self.drafts.forget(place)
            return
        kept = {_SEPARATOR.join(each): text for each, text in self.typed.items()}
        self.drafts.keep(place, Response(None, {_VERSION: str(self.file.version), **kept}))

    def listed(self, width: int) -> Sequence[Entry]:
        entries: list[Entry] = []
        self._rows = {}
        # What stands at the right has the margin of the title above it.
        width -= 1
        for section in sections(self.sop, self.typed, self._reread()):
            entries.append(heading_of(section.title, width))
            for row in section.rows:
                self._rows[row.place] = row
                entries.append(self._entry(row, width))
        return entries

    def _reread(self) -> Sequence[Rereading]:
        """What the catalog reads otherwise than the office's own version."""
        return rereadings(self.sop, catalog.load(self.own)) if self.own in catalog.codes() else ()

    def _entry(self, row: Clause, width: int) -> Entry:
        label_room = _ROOMY_LABEL if width >= _ROOMY else _LABEL
        name = cut(row.label, label_room - 1).ljust(label_room)
        sign: Span = ("  ", "text")
        basis = ""
        if row.is_changed:
            sign, basis = ("* ", "risk"), "diubah, belum disimpan"
        elif row.basis is not None:
            basis = label(row.basis)
            if row.is_open and (row.basis is Basis.ASUMSI or row.reread is not None):
                sign = ("? ", "risk")
            if row.reread is not None:
                basis += ", katalog lain"
        room = max(10, width - 2 - label_room - (len(basis) + 2 if basis else 0))
        text = cut(row.text, room)
        gap = " " * max(1, width - 2 - label_room - cell_len(text) - len(basis))
        ink = "risk" if row.basis is Basis.ASUMSI and not row.is_changed else "muted"
        return Entry(((sign, (name, "key"), (text, "text"), (gap, "text"), (basis, ink)),), row.place)

    def about(self, width: int) -> Sequence[Line]:
        row = self._row()
        if row is None:
            return ()
        lines = list(wrapped(row.text, max(20, width - 2), 3))
        ground = ground_of(self.sop, row.place)
        if ground is not None and not row.is_changed:
            said = ground_words(ground, self.zone_offset, self._names)
            if row.reread is not None:
                how = " Tekan t untuk menetapkan." if self.may(Act.SOP_TETAPKAN) else ""
                said = f"{catalog_words(row.reread)}{how} {said}"
            lines = [*lines[:1], *wrapped(said, max(20, width - 2), 3)]
        return [((" " + line, "text"),) for line in lines]

    def key_words(self) -> Sequence[Keys]:
        moves = [("?", "Bantuan"), ("Esc", "Kembali")]
        if self.own is None:
            return [moves]
        row = self._row()
        keys = [("Enter", "Ubah")] if self.may(Act.SOP_IMPOR) else []
        if row is not None and row.is_open and self.may(Act.SOP_TETAPKAN):
            keys.append(("t", "Tetapkan"))
        if any(one.is_open for one in self._rows.values()):
            keys.append(("n", "Yang belum ditetapkan"))
        if self.typed:
            keys += [("s", "Simpan versi baru"), ("z", "Buang perubahan")]
        if self.file is not None and len(self.file.versions) > 1:
            keys += [("v", "Bandingkan")]
            keys += [("m", "Pindahkan berkas")] if self.may(Act.PINDAH_VERSI) else []
        return [keys, moves]

    def _row(self) -> Clause | None:
        return self._rows.get(self.picked) if isinstance(self.picked, tuple) else None

    # ------------------------------------------------------------------ changing
    @pressed("enter", "Ubah nilai baris ini")
    async def action_edit(self) -> None:
        row = self._row()
        if row is None or not self._may_change(Act.SOP_IMPOR):
            return
        now = self.typed.get(row.place, written(self.sop, *row.place))

        async def do(answer: Response, token: str) -> str:
            try:
                return self._type(row.place, questions.typed_value(answer, row.place))
            finally:
                self._keep_typed()

        await self.ask(("edit", *row.place), questions.edit(self.sop, row.place, now, row.label), do)

    def _type(self, place: Place, text: str) -> str:
        """Lay a value over the document; refused with its reason where the document could not be read any more."""
        before = self.typed.pop(place, None)
        if text == written(self.sop, *place):
            return "Nilainya sama seperti semula."
        self.typed[place] = text
        try:
            self._amended()
        except Exception:
            own = [place]
            if not self._is_faulty_because_of(own):
                return "Dicatat. SOP belum utuh: periksa nilai lain yang terkait sebelum disimpan."
            del self.typed[place]
            if before is not None:
                self.typed[place] = before
            raise
        return "Dicatat, belum disimpan. Tekan s untuk menyimpannya sebagai versi baru."

    def _is_faulty_because_of(self, places: Sequence[Place]) -> bool:
        """Whether a fault lies in one of these places itself, and not in how several of them fit together."""
        try:
            self._amended()
        except FaultyInput as error:
            told = {fault.place for fault in error.faults}
            return any(f"{area} · {key}" in place for area, key in places for place in told)
        return False

    def _amended(self) -> Sop:
        by, at = self.here.office.actor.code, self.clock()
        return amended(self.sop, [Amendment(*place, text) for place, text in self.typed.items()], by, at)

    @pressed("z", "Buang perubahan yang belum disimpan")
    async def action_discard(self) -> None:
        if not self.typed:
            self.announce("Tidak ada perubahan yang belum disimpan.")
            return
        form = Form(
            title="Buang perubahan",
            body=(f"{len(self.typed)} perubahan belum disimpan akan dibuang.",),
            choices=(Choice("buang", "Buang", "nilai kembali seperti versi yang tersimpan"),),
            submit="Buang",
        )

        async def do(answer: Response, token: str) -> str:
            self.typed.clear()
            self._keep_typed()
            return "Perubahan dibuang."

        await self.ask(("discard",), form, do)

    @pressed("s", "Simpan perubahan sebagai versi baru")
    async def action_save(self) -> None:
        if not self.typed or self.file is None:
            self.announce("Belum ada perubahan. Pilih sebuah baris, lalu tekan Enter.")
            return
        if not self._may_change(Act.SOP_IMPOR):
            return
        try:
            renewed = self._amended()
        except Exception as error:
            self.announce_error(error)
            return

        seen = self.file.version
        warnings = [fault_line(replace(fault, place=place_told(fault.place, {}))) for fault in checks.warnings(renewed)]
        form = questions.save(differences(self.sop, renewed), warnings, seen + 1)

        async def do(answer: Response, token: str) -> str:
            return await self._save(renewed, seen, answer.text("reason"), token)

        await self.ask(("save",), form, do)

    async def _save(self, renewed: Sop, seen: int, reason: str | None, token: str) -> str:
        done = await self.desk.write(
            lambda store, address, actor: import_sop(
                store, renewed, actor, Given(reason, seen, None, token), office=address.office
            )
        )
        self.typed.clear()
        self._keep_typed()
        self.is_changed = True
        return f"Disimpan sebagai versi {done.version}. Berkas baru memakainya; berkas berjalan dipindah dengan m."

    # ------------------------------------------------------------------ confirming
    @pressed("n", "Ke nilai berikutnya yang belum ditetapkan")
    def action_next_open(self) -> None:
        places = list(self._rows)
        start = places.index(self.picked) + 1 if self.picked in places else 0
        for place in (*places[start:], *places[:start]):
            if self._rows[place].is_open:
                self.pick(place)
                return
        self.announce("Semua nilai SOP ini sudah tertulis atau ditetapkan.")

    @pressed("t", "Tetapkan nilai yang dokumennya diam")
    async def action_confirm(self) -> None:
        row = self._row()
        if row is None or not self._may_change(Act.SOP_TETAPKAN):
            return
        ground = ground_of(self.sop, row.place)
        if ground is None or not row.is_open:
            self.announce("Nilai ini tidak perlu ditetapkan. Tekan n untuk mencari yang belum ditetapkan.")
            return
        seen = None if self.file is None else self.file.version

        async def do(answer: Response, token: str) -> str:
            return await self._confirm(row.place, answer, seen, token)

        await self.ask(("confirm", *row.place), questions.confirm(self.sop, row.place, ground, row.reread), do)

    async def _confirm(self, place: Place, answer: Response, seen: int | None, token: str) -> str:
        step, key = questions.step_number(place), place[1]
        values = {GROUNDED[key]: questions.confirmed_value(key, answer.choice or "")}
        code, reason = self.sop.code, answer.text("reason")
        done = await self.desk.write(
            lambda store, address, actor: confirm_sop(
                store, Address(address.office, code), step, values, actor, Given(reason, seen, None, token)
            )
        )
        self.is_changed = True
        if done.new_version:
            return (
                f"Ditetapkan dengan nilai lain: SOP menjadi versi {done.version}. Berkas berjalan tetap pada versinya."
            )
        return "Ditetapkan. Nilainya tetap dan langsung berlaku. Tekan n untuk yang berikutnya."

    def _may_change(self, act: Act) -> bool:
        if self.own is None:
            self.announce(
                "Ini SOP katalog. Pakai dulu di kantor ini; sesudah itu nilainya dapat ditetapkan dan diubah."
            )
            return False
        return self.lets(act)

    # ------------------------------------------------------------------ versions
    @pressed("v", "Bandingkan dua versi")
    async def action_compare(self) -> None:
        if self.file is None or len(self.file.versions) < 2:
            self.announce("Baru ada satu versi, jadi belum ada yang dapat dibandingkan.")
            return
        newest = self.file.versions[0].number
        choices = tuple(
            Choice(
                str(version.number),
                f"versi {version.number}",
                f"{moment_short(version.recorded, self.zone_offset, self.clock())}, "
                + person_called(self._names, version.by or "")
                + (f": {clean(version.reason)}" if version.reason else ""),
            )
            for version in self.file.versions[1:]
        )
        form = Form(title=f"Bandingkan versi {newest} dengan", choices=choices, submit="Bandingkan")

        async def do(answer: Response, token: str) -> str:
            older = int(answer.choice or "0")
            code = self.sop.code
            before = await self.desk.ask(
                lambda database, address: case_queries.sop_of(database, address.office, code, older)
            )
            if before is not None:
                self.app.push_screen(ComparisonScreen(self.here, before.sop, older, self.sop, newest))
            return ""

        await self.ask(("compare",), form, do)

    @pressed("m", "Pindahkan berkas yang berjalan ke versi terbaru")
    async def action_move_case(self) -> None:
        if self.file is None or not self._may_change(Act.PINDAH_VERSI):
            return
        newest = self.file.versions[0].number
        older = [case for case in self.file.running if case.version != newest]
        if not older:
            self.announce(f"Tidak ada berkas berjalan pada versi lama; semuanya memakai versi {newest}.")
            return
        choices = tuple(
            Choice(
                f"{case.period}",
                case.period,
                f"versi {case.version}, sedang di langkah {', '.join(map(str, case.steps)) or '(menunggu)'}",
            )
            for case in older
        )
        form = Form(title=f"Berkas mana yang pindah ke versi {newest}", choices=choices, submit="Lanjut")

        async def do(answer: Response, token: str) -> str:
            case = next(each for each in older if each.period == answer.choice)
            code = self.sop.code
            before = await self.desk.ask(
                lambda database, address: case_queries.sop_of(database, address.office, code, case.version)
            )
            assert before is not None
            self.call_after_refresh(self._ask_map, before.sop, case.period, case.version, case.revision, newest)
            return ""

        await self.ask(("move",), form, do)

    async def _ask_map(self, old: Sop, period: str, version: int, revision: int, newest: int) -> None:
        form = questions.move(old, self.sop, period, version, newest)

        async def do(answer: Response, token: str) -> str:
            image = questions.unchanged_map(old, self.sop, period) or questions.map_of(answer.text("map") or "")
            return await self._move(questions.Moving(period, newest, image, revision), answer, token)

        await self.ask(("map", period), form, do)

    async def _move(self, moving: questions.Moving, answer: Response, token: str) -> str:
        period, newest = moving.period, moving.version
        command = Command(
            Act.PINDAH_VERSI,
            period,
            reason=answer.text("reason"),
            version=newest,
            image=moving.image,
            seen=moving.seen,
            token=token,
        )
        code = self.sop.code
        await self.desk.write(
            lambda store, address, actor: store.rehearse(Address(address.office, code), command, actor)
        )
        await self.ask_whether(("map", period), questions.really_move(period, newest))
        await self.desk.write(lambda store, address, actor: store.apply(Address(address.office, code), command, actor))
        self.is_changed = True
        return f"Berkas {period} sekarang memakai versi {newest}."
