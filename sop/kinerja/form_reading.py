"""A filled form, read cell by cell against the form that was sent out: what it changes, and everything wrong with it.

Taken whole or not at all. Rows are found by code, columns by heading, never by place. Nothing is skipped: what is not
read is told, and every fault is named at once. The workbook itself is opened elsewhere (`exports/forms`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sop.form.faults import shown
from sop.kinerja.cell_reading import DateReader, RowCells, read_row, warn_of
from sop.kinerja.data_act import DataCommand
from sop.kinerja.filling import changed_by_others
from sop.kinerja.form import FormRevision, FormRow, Owner, form_changes
from sop.kinerja.form_cell import EMPTY, CellKind, FormCell, FormFile, letters_of, place_of
from sop.kinerja.form_columns import BY_KEY, COLUMNS, ISIAN_SHEET, OPEN_COLUMNS, SHOWN_COLUMNS, column_named
from sop.kinerja.form_fault import CellFinding, FormFault, FormWarning, findings_of
from sop.kinerja.form_tag import FormTag, digest_of, read_tag
from sop.kinerja.isian import Isian, cleaned
from sop.kinerja.state import EMPTY_ROW, DataPeriod, IsianRow, KinerjaState
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.texts import LONGEST, LONGEST_NAME, clean
from sop.values import Frozen, field
from sop.words.figure_words import owner_words
from sop.words.periods import period_label

_LEAST_HEADINGS = 4
"""So many of the form's headings make a row the heading."""
_TAKEN_DIGITS = 15
"""Significant digits in which programs agree on a number."""


class FormGround(Frozen):
    """What a form is held against."""

    state: KinerjaState
    office: str
    """Code of the office."""
    office_name: str
    reader: str
    """Code of whoever hands it in: rows that only this person changed since are not in the way."""
    today: dt.date
    read_date: DateReader
    positions: Iterable[str] = ()
    """Pelaksana of the office: what a PIC may be, beside registered people."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Registered people: code -> name."""
    period: str | None = None
    """The period that the form must be of; None takes the form's own."""
    owner: Owner = None
    one_owner: bool = False
    """Whether the form must be `owner`'s."""


class FormReading(Frozen):
    """What came of a form."""

    tag: FormTag | None = None
    """None where the workbook is no form of ours."""
    faults: tuple[CellFinding, ...] = ()
    warnings: tuple[CellFinding, ...] = ()
    rows: Mapping[str, Isian | None] = field(default_factory=dict)
    """Code -> what the form changes; nothing for rows that say what they said, or what stands."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Code -> why."""
    seen: Mapping[str, int] = field(default_factory=dict)
    was_sent: bool = False
    """Whether it is of a form that was sent out here, whatever became of its cells since."""

    @property
    def changes_nothing(self) -> bool:
        """Whether it was taken in before, or nothing was filled in."""
        return not self.faults and not self.rows and not self.words

    def command(self) -> DataCommand:
        """The act that takes the form in. Only for a form without a fault that changes something."""
        if self.tag is None or self.faults:
            raise ValueError("a faulty form is not taken in")
        return DataCommand(
            Act.ISI,
            self.tag.period,
            self.tag.owner,
            rows=dict(self.rows),
            words=dict(self.words),
            seen=dict(self.seen),
        )

    def without_rows(self) -> DataCommand:
        """The same act with nothing in it. What is refused of it but that it changes nothing is refused whatever the
        form says, so that nobody mends a form first that would not be taken afterwards. Only for a form sent here."""
        assert self.tag is not None
        return DataCommand(Act.ISI, self.tag.period, self.tag.owner)


def read_form(file: FormFile, ground: FormGround) -> FormReading:
    """Read a form that somebody filled in.

    Args:
        file: The workbook's cells.
        ground: The office as it stands.

    Returns:
        Every fault and every warning, in the order of the sheet. Rows, words and revisions are whole only without a
        fault.
    """
    try:
        tag = read_tag(file.tag_lines, file.badge)
    except FaultyInput as error:
        return FormReading(faults=findings_of(error))
    if tag is None:
        return FormReading(faults=(CellFinding(FormFault.BUKAN_FORMULIR),))
    return _Reading(file, ground, tag).run()


class _Reading:
    """One form while it is read."""

    def __init__(self, file: FormFile, ground: FormGround, tag: FormTag) -> None:
        self.file, self.ground, self.tag = file, ground, tag
        self.period: DataPeriod = ground.state.periods.get(tag.period, DataPeriod(tag.period))
        self.standing = self.period.rows(tag.owner)
        self.grid: Mapping[tuple[int, int], FormCell] = file.grid or {}
        self.faults: list[CellFinding] = []
        self.warnings: list[CellFinding] = []
        self.rows: dict[str, Isian | None] = {}
        self.words: dict[str, str] = {}

    def run(self) -> FormReading:
        form = self._form()
        self.warnings += [
            CellFinding(FormWarning.LEMBAR_TAMBAHAN, read=shown(title)) for title in self.file.other_sheets
        ]
        if self.file.grid is None:
            self.faults.append(CellFinding(FormFault.LEMBAR_HILANG, known=(ISIAN_SHEET,)))
        elif form is not None:
            self._read_sheet(form)
        seen = {} if form is None else self._seen(form)
        return FormReading(
            self.tag, tuple(self.faults), tuple(self.warnings), self.rows, self.words, seen, form is not None
        )

    # ------------------------------------------------------------------ whose it is
    def _form(self) -> FormRevision | None:
        """The revision that the form is of; None where it is of nothing that was sent out here."""
        tag, ground = self.tag, self.ground
        if tag.office.casefold() != ground.office.casefold():
            self._refuse(FormFault.OPD_LAIN, tag.office_name, ground.office_name)
            return None
        if ground.period is not None and tag.period != ground.period:
            self._refuse(FormFault.PERIODE_LAIN, period_label(tag.period), period_label(ground.period))
            return None
        if ground.one_owner and tag.owner != ground.owner:
            self._refuse(FormFault.PEMILIK_LAIN, owner_words(tag.owner), owner_words(ground.owner))
            return None
        if tag.owner not in self.period.forms:
            known = [owner_words(owner) for owner, sent in self.period.forms.items() if sent[-1].rows]
            kind = FormFault.PEMILIK_LAIN if known else FormFault.PERIODE_LAIN
            read = owner_words(tag.owner) if known else period_label(tag.period)
            with_forms = [period_label(key) for key, period in ground.state.periods.items() if period.forms]
            self._refuse(kind, read, *(known or with_forms))
            return None
        sent = self.period.forms[tag.owner]
        newest = sent[-1]
        if not 1 <= tag.number <= newest.number:
            self._refuse(FormFault.REVISI_TAK_DIKENAL, f"f{tag.number}", f"f{newest.number}")
            return None
        own = sent[tag.number - 1]
        if own.number < newest.number:
            changes = "; ".join(str(change) for change in form_changes(own, newest))
            self._refuse(FormFault.REVISI_LAMA, f"f{own.number}", changes)
        return own

    def _refuse(self, kind: FormFault, read: str, *known: str) -> None:
        self.faults.append(CellFinding(kind, "", "", shown(read), known))

    def _seen(self, form: FormRevision) -> dict[str, int]:
        """Code -> revision of the row when the form left; nothing is known of a form whose sheet is gone."""
        return {
            row.indicator.code: self._revision(row)
            for row in form.rows
            if row.indicator.code in {*self.rows, *self.words}
        }

    def _revision(self, row: FormRow) -> int:
        return self.tag.rows[row.key].revision if row.key in self.tag.rows else 0

    # ------------------------------------------------------------------ the sheet
    def _read_sheet(self, form: FormRevision) -> None:
        headings = self._headings()
        if headings is None:
            self.faults.append(CellFinding(FormFault.KOLOM_HILANG, known=(BY_KEY["kode"].heading,)))
            return
        head, places = headings
        columns = self._columns(head, places)
        if columns is None:
            return
        self._tell_strange_columns(head, columns)
        found: dict[str, int] = {}
        for number in sorted({row for row, _ in self.grid if row > head}):
            cells = {
                key: cell
                for key, column in columns.items()
                if not (cell := self.grid.get((number, column), EMPTY)).is_empty
            }
            if cells:
                self._read_line(form, number, columns, cells, found)
        for row in form.rows:
            if row.key not in found:
                self.faults.append(
                    CellFinding(FormFault.KODE_HILANG, code=row.indicator.code, known=(row.indicator.code,))
                )

    def _headings(self) -> tuple[int, Mapping[str, list[int]]] | None:
        """The first row that holds the heading of the code and several others, and the columns of each."""
        named: dict[int, dict[str, list[int]]] = {}
        for row, column in sorted(self.grid):
            cell = self.grid[row, column]
            key = column_named(cell.text) if cell.kind is CellKind.TEKS else None
            if key is not None:
                named.setdefault(row, {}).setdefault(key, []).append(column)
        return next(((row, at) for row, at in named.items() if "kode" in at and len(at) >= _LEAST_HEADINGS), None)

    def _columns(self, head: int, places: Mapping[str, list[int]]) -> dict[str, int] | None:
        """Key -> its column; None where one is missing or there twice."""
        before = len(self.faults)
        for wanted in COLUMNS:
            at = places.get(wanted.key, [])
            if not at:
                self.faults.append(CellFinding(FormFault.KOLOM_HILANG, known=(wanted.heading,)))
            elif len(at) > 1:
                self.faults.append(
                    CellFinding(FormFault.KOLOM_GANDA, _cell_name(head, at[1]), "", wanted.heading, (wanted.heading,))
                )
        return None if len(self.faults) > before else {key: at[0] for key, at in places.items()}

    def _tell_strange_columns(self, head: int, columns: Mapping[str, int]) -> None:
        ours = set(columns.values())
        strange = sorted(
            {column for (row, column), cell in self.grid.items() if row >= head and not cell.is_empty} - ours
        )
        for column in strange:
            heading = self.grid.get((head, column), EMPTY).shown or letters_of(column)
            self.warnings.append(CellFinding(FormWarning.KOLOM_TAMBAHAN, _cell_name(head, column), "", heading))

    # ------------------------------------------------------------------ one row
    def _read_line(
        self,
        form: FormRevision,
        number: int,
        columns: Mapping[str, int],
        cells: Mapping[str, FormCell],
        found: dict[str, int],
    ) -> None:
        places = {key: _cell_name(number, column) for key, column in columns.items()}
        if "kode" not in cells:
            if set(cells) - set(SHOWN_COLUMNS):
                self.faults.append(CellFinding(FormFault.ISIAN_WAJIB, places["kode"]))
            return
        code = clean(cells["kode"].text[:LONGEST_NAME])
        row = form.row(code.casefold())
        if row is None:
            known = tuple(each.indicator.code for each in form.rows)
            self.faults.append(CellFinding(FormFault.KODE_TAK_DIKENAL, places["kode"], "", shown(code), known))
            return
        if row.key in found:
            first = _cell_name(found[row.key], columns["kode"])
            self.faults.append(
                CellFinding(FormFault.KODE_GANDA, places["kode"], row.indicator.code, shown(code), (first,))
            )
            return
        found[row.key] = number
        self._compare_locked(row, cells, places)
        self._read_open(row, cells, places)

    def _compare_locked(self, row: FormRow, cells: Mapping[str, FormCell], places: Mapping[str, str]) -> None:
        for column in COLUMNS:
            if column.locked is None:
                continue
            cell, wanted = cells.get(column.key, EMPTY), column.locked(row)
            if not _is_same(cell, wanted):
                words = wanted if isinstance(wanted, str) else f"{wanted:f}".replace(".", ",")
                self.faults.append(
                    CellFinding(
                        FormFault.SEL_TERKUNCI_BERUBAH,
                        places[column.key],
                        row.indicator.code,
                        cell.shown,
                        (shown(words),),
                    )
                )

    def _read_open(self, row: FormRow, cells: Mapping[str, FormCell], places: Mapping[str, str]) -> None:
        ground = self.ground
        reader = RowCells(
            row,
            {key: cell for key, cell in cells.items() if key in OPEN_COLUMNS},
            places,
            ground.state.settings,
            ground.read_date,
        )
        isian, word = read_row(reader)
        if reader.faults:
            self.faults += reader.faults
            return
        if isian is not None:
            isian = cleaned(isian, row.indicator, ground.state.settings)
        standing = self.standing.get(row.key, EMPTY_ROW)
        code = row.indicator.code
        if not self._changes(row, isian, standing):
            if word is not None and standing.wants_answer:
                self.words[code] = word
            return
        if standing.accepted is not None and isian != standing.accepted and word is None:
            reader.wrong(FormFault.ALASAN_PERUBAHAN_KURANG, "alasan_perubahan")
        others = changed_by_others(self.period, self.tag.owner, {code: self._revision(row)}, ground.reader)
        if row.key in others:
            by = others[row.key]
            reader.wrong(FormFault.DIUBAH_ORANG_LAIN, "kode", (ground.people.get(by, by),))
        if isian is not None:
            warn_of(reader, isian, ground.today, {*ground.positions, *ground.people})
        self.rows[code] = isian
        if word is not None:
            self.words[code] = word
        self.faults += reader.faults
        self.warnings += reader.warnings

    def _changes(self, row: FormRow, isian: Isian | None, standing: IsianRow) -> bool:
        """Whether the form changes the row: what stands is another, and so was what left with the form. A row that
        nobody touched since it left is left to whoever changed it meanwhile."""
        if isian == standing.isian:
            return False
        sent = self.tag.rows.get(row.key)
        return sent is None or digest_of(isian) != sent.digest


def _cell_name(row: int, column: int) -> str:
    return f"{ISIAN_SHEET}!{place_of(row, column)}"


def _is_same(cell: FormCell, wanted: str | Decimal) -> bool:
    """Whether a locked cell says what the form said. Programs keep fifteen digits of a number, and other blanks."""
    if isinstance(wanted, str):
        return clean(cell.text[: 2 * LONGEST]) == clean(wanted)
    if cell.kind is not CellKind.ANGKA or isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return False
    try:
        return f"{cell.value:.{_TAKEN_DIGITS}g}" == f"{float(wanted):.{_TAKEN_DIGITS}g}"
    except OverflowError:
        return False
