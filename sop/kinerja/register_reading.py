"""A register that somebody filled in as a workbook: which indicators and targets it adds and changes, and every fault.

Taken whole or not at all. Rows are found by code. An empty cell of a definition takes its default, an empty target says
nothing: it takes none back.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sop.form.faults import nearest_first
from sop.kinerja.cell_reading import number_of
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form_cell import EMPTY, FormCell, place_of
from sop.kinerja.form_fault import CellFinding, FormFault, FormWarning
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue, indicator_faults
from sop.kinerja.number import canonical, exact
from sop.kinerja.register_columns import (
    DEFINING,
    ENDED_WORD,
    RATIO_COLUMNS,
    REGISTER_SHEET,
    columns_named,
    register_columns,
)
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import TargetKey, reported_in, target_for
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.errors import FaultyInput
from sop.model.periods import keys_of
from sop.model.texts import LONGEST_NAME, clean
from sop.values import Frozen, replace
from sop.words.figure_words import OFFICE_OWNER

_NEEDED = ("kode", "nama", "satuan")
_LEAST_HEADINGS = 3
_NAMED = ("kode", "nama", "satuan", "pembilang", "penyebut", "desimal", "faktor", "kadens", "konsolidasi")
"""Columns that a definition names in its faults."""


class RegisterReading(Frozen):
    """What came of a register."""

    faults: tuple[CellFinding, ...] = ()
    warnings: tuple[CellFinding, ...] = ()
    commands: tuple[DataCommand, ...] = ()
    """One for each indicator that is new or differs, then one for the targets. Whole only without a fault."""
    added: int = 0
    changed: int = 0
    targets: int = 0
    """How many differ."""


def read_register(
    grid: Mapping[tuple[int, int], FormCell] | None,
    state: KinerjaState,
    year: int,
    since: str,
    number: int,
    document: str | None = None,
) -> RegisterReading:
    """Read a register.

    Args:
        grid: Cells of its sheet; None where there is none of that name.
        state: What the office has.
        year: Whose targets are read.
        since: Period from which definitions hold, and a set of targets that begins.
        number: Of the set.
        document: Of the set; None keeps it.
    """
    if grid is None:
        return RegisterReading((CellFinding(FormFault.LEMBAR_HILANG, known=(REGISTER_SHEET,)),))
    return _Register(grid, state, year, since, number, document).read()


class _Register:
    """One register while it is read."""

    def __init__(
        self,
        grid: Mapping[tuple[int, int], FormCell],
        state: KinerjaState,
        year: int,
        since: str,
        number: int,
        document: str | None,
    ) -> None:
        self.grid, self.state, self.year = grid, state, year
        self.since, self.number, self.document = since, number, document
        self.faults: list[CellFinding] = []
        self.warnings: list[CellFinding] = []
        self.columns: dict[str, int] = {}
        self.indicators: list[Indicator] = []
        self.aims: dict[TargetKey, TargetValue | None] = {}

    def read(self) -> RegisterReading:
        head = self._head()
        if head is None:
            return RegisterReading(tuple(self.faults))
        lines: dict[str, int] = {}
        for row in sorted({row for row, _ in self.grid if row > head}):
            if any(not self._cell(row, key).is_empty for key in self.columns):
                self._line(row, lines)
        held = self.state.indicators
        changed = [each for each in self.indicators if each.key not in held or held[each.key][-1].indicator != each]
        commands = [DataCommand(Act.INDIKATOR, indicator=each, since=self.since) for each in changed]
        if self.aims:
            begins = all((each.year, each.number) != (self.year, self.number) for each in self.state.targets)
            commands.append(
                DataCommand(
                    Act.TARGET,
                    number=self.number,
                    document=self.document,
                    targets=self.aims,
                    since=self.since if begins and self.number > 1 else None,
                )
            )
        added = sum(each.key not in held for each in changed)
        return RegisterReading(
            tuple(self.faults), tuple(self.warnings), tuple(commands), added, len(changed) - added, len(self.aims)
        )

    # ------------------------------------------------------------------ where things stand
    def _head(self) -> int | None:
        """The row of the headings; None, with its fault, where a needed column is missing or one is there twice."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), cell in self.grid.items():
            rows.setdefault(row, {})[column] = cell.text
        found = {row: columns_named(headings, self.year) for row, headings in rows.items()}
        heads = [row for row, keys in found.items() if "kode" in keys and len(keys) >= _LEAST_HEADINGS]
        if not heads:
            self.faults.append(CellFinding(FormFault.KOLOM_HILANG, known=(DEFINING[0].heading,)))
            return None
        head = min(heads)
        for wanted in register_columns(self.year):
            places = found[head].get(wanted.key, [])
            if not places and wanted.key in _NEEDED:
                self.faults.append(CellFinding(FormFault.KOLOM_HILANG, known=(wanted.heading,)))
            elif len(places) > 1:
                self._wrong(FormFault.KOLOM_GANDA, head, places[1], "", (wanted.heading,), wanted.heading)
            elif places:
                self.columns[wanted.key] = places[0]
        strange = {column for row, column in self.grid if row == head} - set(self.columns.values())
        for place in sorted(strange):
            heading = self.grid[head, place].shown
            self.warnings.append(CellFinding(FormWarning.KOLOM_TAMBAHAN, self._place(head, place), "", heading))
        return None if self.faults else head

    def _cell(self, row: int, key: str) -> FormCell:
        return self.grid.get((row, self.columns[key]), EMPTY) if key in self.columns else EMPTY

    @staticmethod
    def _place(row: int, column: int) -> str:
        return f"{REGISTER_SHEET}!{place_of(row, column)}"

    def _wrong(
        self,
        kind: FormFault,
        row: int,
        column: int | str,
        code: str,
        known: tuple[str, ...] = (),
        read: str | None = None,
    ) -> None:
        place = self.columns.get(column, 1) if isinstance(column, str) else column
        said = self.grid.get((row, place), EMPTY).shown if read is None else read
        self.faults.append(CellFinding(kind, self._place(row, place), code, said, known))

    # ------------------------------------------------------------------ one indicator
    def _line(self, row: int, lines: dict[str, int]) -> None:
        code = clean(self._cell(row, "kode").text[:LONGEST_NAME])
        key = code.casefold()
        if key in lines:
            first = self._place(lines[key], self.columns["kode"])
            self._wrong(FormFault.KODE_GANDA, row, "kode", code, (first,))
            return
        lines[key] = row
        before = len(self.faults)
        indicator = self._indicator(row, code)
        if len(self.faults) > before:
            return
        versions = self.state.indicators.get(key, ())
        if versions:
            indicator = replace(indicator, code=versions[0].indicator.code)
        self.indicators.append(indicator)
        self._aims(row, indicator)

    def _indicator(self, row: int, code: str) -> Indicator:
        texts = {
            key: clean(self._cell(row, key).text)
            for key in ("nama", "satuan", "sasaran", "dokumen", "pembilang", "penyebut", "bidang", "dipakai")
        }
        jenis = self._choice(row, "jenis", Jenis, Jenis.ANGKA)
        way = Konsolidasi.AKHIR if jenis is Jenis.PREDIKAT else Konsolidasi.JUMLAH
        owner = None if texts["bidang"].casefold() in ("", OFFICE_OWNER.casefold()) else texts["bidang"]
        listed = next((name for name in self.state.bidang if owner and name.casefold() == owner.casefold()), None)
        if owner is not None and listed is None:
            self._wrong(
                FormFault.BIDANG_TAK_DIKENAL,
                row,
                "bidang",
                code,
                nearest_first(owner, (*self.state.bidang, OFFICE_OWNER)),
                clean(owner[:LONGEST_NAME]),
            )
        is_ratio = jenis is Jenis.RASIO
        if not is_ratio:
            self._warn_of_parts(row, code)
        indicator = Indicator(
            code,
            texts["nama"],
            texts["satuan"],
            jenis,
            self._choice(row, "arah", Arah, Arah.NAIK),
            self._choice(row, "konsolidasi", Konsolidasi, way),
            self._whole(row, "desimal", 0),
            self._choice(row, "kadens", Cadence, self.state.finest),
            listed,
            texts["sasaran"],
            texts["dokumen"],
            texts["pembilang"] if is_ratio else "",
            texts["penyebut"] if is_ratio else "",
            self._whole(row, "faktor", 100) if is_ratio else 100,
            texts["dipakai"].casefold() != ENDED_WORD,
        )
        for fault in indicator_faults(indicator, self.state.finest, self.state.settings.scales):
            read = fault.found or None
            self._wrong(
                FormFault(fault.code), row, fault.place if fault.place in _NAMED else "kode", code, fault.known, read
            )
        return indicator

    def _warn_of_parts(self, row: int, code: str) -> None:
        """What a rasio alone is made of is not taken for another jenis: nobody would ever be asked for it."""
        for key in RATIO_COLUMNS:
            cell = self._cell(row, key)
            if not cell.is_empty:
                place = self._place(row, self.columns[key])
                self.warnings.append(CellFinding(FormWarning.HANYA_RASIO, place, code, cell.shown))

    def _choice(self, row: int, key: str, kind: Any, default: Any) -> Any:
        cell = self._cell(row, key)
        word = clean(cell.text[:LONGEST_NAME]).casefold()
        if not word:
            return default
        if word not in tuple(kind):
            self._wrong(FormFault.PILIHAN_SALAH, row, key, clean(self._cell(row, "kode").text), tuple(kind))
            return default
        return kind(word)

    def _whole(self, row: int, key: str, default: int) -> int:
        if self._cell(row, key).is_empty:
            return default
        found = self._number(row, key, clean(self._cell(row, "kode").text), "", 0)
        return default if found is None else int(found[0])

    def _number(
        self, row: int, key: str, code: str, satuan: str, decimals: int
    ) -> tuple[Decimal, FormWarning | None] | None:
        """As `number_of`; None, with its faults told, for what is no number."""
        try:
            return number_of(self._cell(row, key), satuan, decimals)
        except FaultyInput as error:
            for fault in error.faults:
                self._wrong(FormFault(fault.code), row, key, code, fault.known)
        return None

    # ------------------------------------------------------------------ what is aimed at
    def _aims(self, row: int, indicator: Indicator) -> None:
        for key in self.columns:
            cell = self._cell(row, key)
            if key in {column.key for column in DEFINING} or cell.is_empty:
                continue
            if not reported_in(indicator, key):
                known = tuple(each for each in keys_of(self.year) if reported_in(indicator, each))
                self._wrong(FormFault.PERIODE_BUKAN_KADENSNYA, row, key, indicator.code, known, key)
                continue
            value = self._aim(row, key, indicator)
            aim = target_for(self.state.targets, indicator.key, key)
            if value is not None and (aim is None or aim.value != value):
                self.aims[indicator.code, key] = value

    def _aim(self, row: int, key: str, indicator: Indicator) -> TargetValue | None:
        cell = self._cell(row, key)
        if indicator.jenis is Jenis.PREDIKAT:
            settings = self.state.settings
            graded = settings.graded(indicator.satuan, clean(cell.text[:LONGEST_NAME]))
            if graded is None:
                scale = tuple(settings.scale_of(indicator.satuan))
                self._wrong(FormFault.PREDIKAT_TAK_DIKENAL, row, key, indicator.code, scale)
                return None
            return graded[0]
        found = self._number(row, key, indicator.code, indicator.satuan, indicator.decimals)
        if found is None:
            return None
        value, told = found
        if told is not None:
            known = (canonical(value).replace(".", ","),)
            place = self._place(row, self.columns[key])
            self.warnings.append(CellFinding(told, place, indicator.code, cell.shown, known))
        return exact(value)
