"""The office's indicators with their targets: defining, changing, ending, setting targets, taking in a workbook.

What is asked is `questions.py`, how it is told `views/indicators.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from db.kinerja_queries import register
from db.kinerja_store import define, indicator_command, target_command
from db.office_acts import Given
from sakip_tui.data_forms import register_reading
from sakip_tui.documents_in import named_document
from sakip_tui.imports.last_document import LastDocument
from sakip_tui.indicators import questions
from sakip_tui.indicators.sheet import sheet_written
from sakip_tui.text import cut, padded, wrapped
from sakip_tui.views.findings import finding_line
from sakip_tui.views.indicators import definition_line, findings_of, owner_line, target_line, targets_of
from sakip_tui.widgets.entries import BEING_READ, Entry, remark
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.reading import ReadingScreen
from sakip_tui.widgets.spans import ruled
from sop.kinerja.form import target_words
from sop.kinerja.indicator import Indicator, TargetValue
from sop.model.act import Act
from sop.model.periods import key_of, keys_of, split
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.words.labels import target_set_words, upper
from sop.words.periods import period_label, period_short

if TYPE_CHECKING:
    from sakip_tui.places import Here
    from sakip_tui.prompts.form import Form, Response
    from sop.kinerja.data_act import DataCommand
    from sop.kinerja.form_fault import CellFinding
    from sop.kinerja.state import KinerjaState

    _Asked = tuple[tuple[DataCommand, ...], int | None, tuple[CellFinding, ...]]
    """(acts, revision that was on view or None, how numbers were read)."""
    _Meaning = Callable[[Response], _Asked]

_CODE_CELLS = 9
_SATUAN_CELLS, _ROOMY_SATUAN_CELLS, _ROOMY = 11, 14, 100
_TARGET_CELLS = 15
_HOW_TO_ADD = (
    "Tekan a untuk menambah satu. Banyak sekaligus lewat Excel: f menulis lembarnya, i mengambilnya sesudah diisi."
)
_MOST_NAME = 72
"""Cells of a name beyond which the eye loses the row on its way to the target."""


class IndicatorsScreen(ListScreen):
    """Every indicator under its owner; keys change the picked one."""

    NAME = "Indikator"
    CODE = "indikator"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._state: KinerjaState | None = None
        self._document = LastDocument(self)
        self._year, _ = split(here.card.period)

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        count = "" if self._state is None else f"{len(self._state.indicators)} indikator, target {self._year}"
        return f"Indikator {clean(self.here.rows.office_name)}", count

    async def read(self) -> None:
        now = self.clock()
        self._state = await self.desk.ask(lambda database, at: register(database, at.office, now))

    def listed(self, width: int) -> Sequence[Entry]:
        state = self._state
        if state is None:
            return BEING_READ
        if not state.indicators:
            told = "Kantor ini belum punya indikator, dan dapat bekerja tanpanya. "
            told += _HOW_TO_ADD if self.may(Act.INDIKATOR) else "Pengelola yang menambahnya."
            return remark(*wrapped(told, width, 4))
        owners: dict[str, list[str]] = {}
        for key, versions in state.indicators.items():
            owners.setdefault(owner_line(state, versions[-1].indicator), []).append(key)
        entries: list[Entry] = []
        for owner, keys in owners.items():
            entries.append(Entry((ruled(clean(owner), width, self.glyphs.rule),)))
            entries += [Entry((self._line(state, key, width),), key) for key in keys]
        return entries

    def _line(self, state: KinerjaState, key: str, width: int) -> Line:
        one = state.indicators[key][-1].indicator
        aims = dict(targets_of(state, one, self._year))
        aim = aim_words(aims, one, self.here.card.period)
        sign = " !" if one.active and findings_of(state, key, self._year) else ""
        aim = cut(aim if one.active else "berakhir", _TARGET_CELLS + 2 - len(sign)) + sign
        unit = _SATUAN_CELLS if width < _ROOMY else _ROOMY_SATUAN_CELLS
        room = max(8, min(_MOST_NAME, width - _CODE_CELLS - unit - _TARGET_CELLS - 4))
        ink = "text" if one.active else "muted"
        return (
            (padded(cut(clean(one.code), _CODE_CELLS - 1), _CODE_CELLS), "strong" if one.active else "muted"),
            (padded(cut(clean(one.name), room), room) + " ", ink),
            (padded(cut(clean(one.satuan), unit - 1), unit), "muted"),
            (aim.rjust(_TARGET_CELLS + 2), "late" if sign else ink if aims else "muted"),
        )

    def about(self, width: int) -> Sequence[Line]:
        state, one = self._state, self._picked_one()
        if state is None or one is None:
            return ()
        findings = findings_of(state, one.key, self._year)
        told = [definition_line(state, one.key) + ".", f"Target {self._year}: {target_line(state, one, self._year)}."]
        told = [finding_line(findings[0]), *told] if findings else told
        room = max(10, width - 2)
        lines = [line for text in told for line in wrapped(clean(text), room, 2)][:3]
        banner: Line = ((cut(f" {clean(one.code)} {clean(one.name)}", width).ljust(width), "banner"),)
        return [banner, *(((f" {line}", "text"),) for line in lines)]

    def key_words(self) -> Sequence[Keys]:
        acts: list[tuple[str, str]] = [("Enter", "Rincian")] if self._picked_one() is not None else []
        if self.may(Act.INDIKATOR):
            acts.append(("a", "Tambah"))
            if self._picked_one() is not None:
                acts += [("e", "Ubah"), ("t", "Target"), ("x", "Akhiri")]
        acts.append(("f", "Lembar"))
        if self.may(Act.INDIKATOR):
            acts.append(("i", "Impor"))
        return [acts, self.ways()]

    def _picked_one(self) -> Indicator | None:
        found = None if self._state is None else self._state.indicators.get(str(self.picked))
        return None if found is None else found[-1].indicator

    @pressed("enter", "Versi dan target indikator ini")
    def action_details(self) -> None:
        state, one = self._state, self._picked_one()
        if state is None or one is None:
            self.announce("Belum ada indikator untuk dirinci.")
            return
        said = [("Versi", "strong")]
        for version in reversed(state.indicators[one.key]):
            held = version.indicator
            ends = "" if held.active else ", berakhir"
            said.append((f"{version.number} sejak {period_label(version.since)}{ends}: {clean(held.name)}", "text"))
        said.append((upper(definition_line(state, one.key)) + ".", "text"))
        for name, text in (
            ("Sasaran", one.sasaran),
            ("Dokumen", one.document),
            ("Pembilang", one.pembilang),
            ("Penyebut", one.penyebut),
        ):
            if text:
                said.append((f"{name}: {clean(text)}", "text"))
        for aims in sorted(state.targets, key=lambda held: (held.year, held.number), reverse=True):
            mine = {period: value for (key, period), value in aims.values.items() if key == one.key}
            if mine:
                named = f": {clean(aims.document)}" if aims.document else ""
                said += [("", "text"), (f"Target {aims.year}, {target_set_words(aims.number)}{named}", "strong")]
                said.append((f"Berlaku mulai {period_label(aims.since)}.", "muted"))
                said += [
                    (f"{period_short(period)}: {target_words(value, one)} {clean(one.satuan)}", "text")
                    for period, value in ((period, mine[period]) for period in keys_of(aims.year) if period in mine)
                ]
        findings = findings_of(state, one.key, self._year)
        if findings:
            said += [("", "text"), ("Perhatian", "strong"), *((f"! {finding_line(each)}", "text") for each in findings)]
        self.app.push_screen(ReadingScreen(f"{clean(one.code)} {clean(one.name)}", said))

    # ------------------------------------------------------------------ changing
    @pressed("a", "Tambah indikator")
    async def action_add(self) -> None:
        state = self._state
        if not self.lets(Act.INDIKATOR) or state is None:
            return

        def commands(answer: Response) -> _Asked:
            indicator, since = questions.defined(answer, state, None)
            if indicator.key in state.indicators:
                raise Refused(Rule.CODE_TAKEN, code=indicator.code)
            # Nobody is to have taken the code meanwhile: it would be a new version of another indicator.
            return (indicator_command(indicator, since),), 0, ()

        await self._ask(("tambah",), questions.define(state, self._year), commands)

    @pressed("e", "Ubah indikator ini mulai suatu periode")
    async def action_change(self) -> None:
        found = self._to_change(Act.INDIKATOR)
        if found is None:
            return
        state, one = found

        def commands(answer: Response) -> _Asked:
            indicator, since = questions.defined(answer, state, one)
            return (indicator_command(indicator, since),), len(state.indicators[one.key]), ()

        await self._ask(("ubah", one.key), questions.define(state, self._year, one), commands)

    @pressed("x", "Akhiri indikator ini mulai suatu periode")
    async def action_finish(self) -> None:
        found = self._to_change(Act.INDIKATOR)
        if found is None:
            return
        state, one = found

        def commands(answer: Response) -> _Asked:
            indicator, since = questions.ended(answer, one)
            return (indicator_command(indicator, since),), len(state.indicators[one.key]), ()

        await self._ask(("akhiri", one.key), questions.end(one, self._year), commands)

    @pressed("t", "Isi atau ubah target indikator ini")
    async def action_aim(self) -> None:
        found = self._to_change(Act.TARGET)
        if found is None:
            return
        state, one = found

        def commands(answer: Response) -> _Asked:
            aims = questions.aimed(answer, state, one, self._year)
            command = target_command(aims.targets, aims.number, document=aims.document, since=aims.since)
            return (command,), None, aims.echoes

        await self._ask(("target", one.key, str(self._year)), questions.targets(state, one, self._year), commands)

    def _to_change(self, act: Act) -> tuple[KinerjaState, Indicator] | None:
        """The register and the picked indicator, where it may be changed; else it is said why not."""
        if not self.lets(act):
            return None
        one = self._picked_one()
        if self._state is None or one is None:
            self.announce("Pilih dulu indikator yang hendak diubah; tekan a untuk menambah.")
            return None
        return self._state, one

    async def _ask(self, place: tuple[str, ...], form: Form, commands: _Meaning) -> None:
        async def do(answer: Response, token: str) -> str:
            asked, seen, echoes = commands(answer)
            await self._write(asked, Given(answer.text("alasan"), seen, None, token))
            key = place[1] if len(place) > 1 else (answer.text("kode") or "").casefold()
            await self.read()
            self.picked = key
            told = [*echoes, *(findings_of(self._state, key, self._year) if self._state is not None else ())]
            return "Tersimpan." + "".join(f" Perhatian: {finding_line(each)}" for each in told[:2])

        await self.ask(place, form, do)

    async def _write(self, commands: Sequence[DataCommand], given: Given) -> None:
        await self.desk.write(lambda store, address, actor: define(store, address.office, commands, actor, given))
        self.is_changed = True

    # ------------------------------------------------------------------ a workbook out and in
    @pressed("f", "Tulis lembar indikator dan target sebagai xlsx")
    async def action_write_sheet(self) -> None:
        year, now = self._year, self.clock()
        path = await self.or_say(self.desk.ask(lambda database, at: sheet_written(database, at.office, year, now)))
        if path is None:
            return
        self._document.keep(str(path))
        then = " Isi di Excel, lalu tekan i." if self.may(Act.INDIKATOR) else ""
        self.announce(f"Lembar indikator dan target {year} ditulis: {path}.{then}")

    @pressed("i", "Impor indikator dan target dari xlsx")
    async def action_take_in(self) -> None:
        state = self._state
        if not self.lets(Act.INDIKATOR) or state is None:
            return
        if self._document.is_out_of_reach():
            return
        year = self._year

        async def do(answer: Response, token: str) -> str | None:
            name = answer.text("dokumen") or ""
            self._document.keep(name)
            now = self.clock()
            reading = await self.desk.ask(
                lambda database, at: register_reading(
                    named_document(name).data, register(database, at.office, now), year, key_of(year, "TW1")
                )
            )
            if reading.faults:
                self._document.show_findings(name, (*reading.faults, *reading.warnings))
                return f"Tidak diambil: ada {len(reading.faults)} kesalahan."
            if not reading.commands:
                return "Tidak ada yang berubah: semuanya sudah tercatat."
            counts = f"{reading.added} indikator baru, {reading.changed} berubah, {reading.targets} target"
            sure = await self.ask_whether(("impor",), questions.sure(counts, reading.commands))
            await self._write(reading.commands, Given(sure.text("alasan"), None, None, token))
            if reading.warnings:
                self._document.show_findings(name, reading.warnings)
            return f"Tersimpan: {counts}."

        await self.ask(("impor",), questions.take_in(await self._document.name()), do)


def aim_words(aims: Mapping[str, TargetValue], one: Indicator, period: str) -> str:
    """What is aimed at, as briefly as a row has room for: in the period on view, else in the year, else how often."""
    if not aims:
        return "target belum ada"
    year, part = split(period)
    for key, name in ((period, "setahun" if part == "TH" else period_short(period)), (key_of(year, "TH"), "setahun")):
        if key in aims:
            return f"{name} {target_words(aims[key], one)}"
    return f"{len(aims)} target"
