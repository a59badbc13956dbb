"""The tables of a workbook to an SOP: the document that a TOML file gives, held to the same checks, faults by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sop.form import checks, waktu
from sop.form.faults import FaultCode, Faults, TooManyFaults, nearest_first
from sop.form.table_details import Detail, moved_steps, outdated_cell, put_detail
from sop.form.table_words import (
    CALLED,
    CODE,
    DECIDES,
    DETAILS_SHEET,
    DOES,
    IDENTITY_SHEET,
    LINES,
    MARKS,
    NEEDED,
    OFFICE,
    STEPS_SHEET,
    UNNAMED,
    YES,
    ZONE,
    ZONE_WORDS,
    StepColumn,
)
from sop.form.toml_format import AKHIR, FORMAT, items_of
from sop.kinerja.form_cell import EMPTY, CellKind, FormCell, place_of
from sop.model.definition import IDENTITY_KEYS, LIST_KEYS, Sop
from sop.model.errors import Fault, FaultyInput
from sop.values import replace
from sop.words.sop import place_words
from sop.words.time import date_plain

Grid = Mapping[tuple[int, int], FormCell]
"""(row, column), both from 1, of the cells that hold something."""
Place = tuple[str, ...]

_HEADS_WITHIN = 20
"""Rows in which the heads of the steps are looked for: an office likes a title above them."""
_NUMBER = re.compile(r"([0-9]{1,3})\s*[.)]?")
_WAKTU_HEAD = re.compile(r"waktu\s*\([^()]*\)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-\u2013\u2022*●]|[0-9]{1,2}[.)]|[a-z][.)])\s+")
_KINDS = {
    CellKind.TANGGAL: "tanggal atau jam",
    CellKind.BENAR_SALAH: "BENAR atau SALAH",
    CellKind.GALAT: "kesalahan rumus",
}
_SEPARATOR = " · "


class TableReading:
    """The document of a workbook, and which cell each of its values came from."""

    def __init__(self, sheets: Mapping[str, Grid | None]) -> None:
        """
        Args:
            sheets: Name of a sheet -> its cells; None where there is no such sheet.
        """
        self.document: dict[str, Any] = {"format": FORMAT, "identity": {}, "lists": {}, "headings": {}, "pelaksana": []}
        self.document["steps"] = []
        self.cells: dict[Place, str] = {}
        """Place in the document -> sheet and cell."""
        self.told: list[Place] = []
        """Places with a fault of the table: what the checks say of them would be said twice."""
        self.outdated: dict[Place, Fault] = {}
        """A cell that was changed -> the first line of the details that says nothing any more for that reason."""
        self.faults = Faults()
        with suppress(TooManyFaults):
            for name, read in ((IDENTITY_SHEET, self._identity), (STEPS_SHEET, self._steps)):
                grid = sheets.get(name)
                if grid is None:
                    self.faults.add((), FaultCode.LEMBAR_TIDAK_ADA, name)
                    self.told.append(("steps",) if name == STEPS_SHEET else ("code",))
                else:
                    read(grid)
            self._details(sheets.get(DETAILS_SHEET) or {})

    @property
    def is_readable(self) -> bool:
        """Whether there is a document to be checked."""
        return not any(fault.code == FaultCode.LEMBAR_TIDAK_ADA for fault in self.faults.found)

    def located(self, fault: Fault) -> Fault:
        """A fault of the document as one of the workbook: the cell in front, then what stands there."""
        place = tuple(fault.place.split(_SEPARATOR)) if fault.place else ()
        cell = next((self.cells[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self.cells), None)
        if cell is None:
            return fault
        return replace(fault, place=f"{cell} ({place_words(place)})")

    # ------------------------------------------------------------------ cells
    def _text(self, grid: Grid, sheet: str, at: tuple[int, int], place: Place, *, dates: bool = False) -> str:
        """What a cell says in one line; empty where it says nothing, or something that is no text."""
        cell = grid.get(at, EMPTY)
        self.cells.setdefault(place, f"{sheet}!{place_of(*at)}")
        if cell.is_empty:
            return ""
        if cell.kind is CellKind.TANGGAL and dates and not isinstance(cell.value, str):
            return date_plain(cell.value)  # type: ignore[arg-type]
        if cell.kind in _KINDS or cell.kind is CellKind.KOSONG:
            self._fault(sheet, at, place, FaultCode.SEL_BUKAN_TEKS, cell.shown, (_KINDS.get(cell.kind, "rumus"),))
            return ""
        return " ".join(cell.text.split())

    def _fault(
        self,
        sheet: str,
        at: tuple[int, int],
        place: Place,
        code: FaultCode,
        found: object = "",
        known: Iterable[object] = (),
    ) -> None:
        self.told.append(place)
        words = f" ({place_words(place)})" if place else ""
        self.faults.add((f"{sheet}!{place_of(*at)}{words}",), code, found, known)

    # ------------------------------------------------------------------ identity
    def _identity(self, grid: Grid) -> None:
        keys = {words.casefold(): key for key, words in LINES.items()}
        key: str | None = None
        for row in sorted({row for row, _ in grid}):
            head = grid.get((row, 1), EMPTY)
            if not head.is_empty:
                called = " ".join(head.text.split()).rstrip(": ").casefold()
                key = keys.get(called)
                if key is None and called != "hal":
                    known = nearest_first(called, LINES.values())
                    self._fault(IDENTITY_SHEET, (row, 1), (), FaultCode.BARIS_TAK_DIKENAL, head.shown, known)
            if key is not None:
                self._line(grid, row, key)
        for key in (CODE, OFFICE, ZONE):
            self.document.setdefault(key, "")

    def _line(self, grid: Grid, row: int, key: str) -> None:
        at, document = (row, 2), self.document
        if key in LIST_KEYS:
            items = document["lists"].setdefault(key, []) if not grid.get(at, EMPTY).is_empty else []
            text = self._text(grid, IDENTITY_SHEET, at, ("lists", key, f"ke-{len(items) + 1}"))
            if text:
                items.append(text)
        elif key in IDENTITY_KEYS:
            text = self._text(grid, IDENTITY_SHEET, at, ("identity", key), dates=True)
            if text:
                document["identity"][key] = text
        else:
            text = self._text(grid, IDENTITY_SHEET, at, (key,))
            document[key] = ZONE_WORDS.get(text.upper(), text) if key == ZONE else text
            if key == ZONE:
                self.cells[("zone_basis",)] = self.cells[(key,)]
                document["zone_basis"] = {"basis": "tertulis", "mark": text} if text else "asumsi"

    # ------------------------------------------------------------------ steps
    def _steps(self, grid: Grid) -> None:
        heads = self._heads(grid)
        if heads is None:
            return
        row, columns, lanes = heads
        self.cells[("steps",)] = f"{STEPS_SHEET}!{place_of(row, columns[StepColumn.NUMBER])}"
        self.cells[("pelaksana",)] = f"{STEPS_SHEET}!{place_of(row, columns[StepColumn.TITLE] + 1)}"
        body = {at: cell for at, cell in grid.items() if at[0] > row and not cell.is_empty}
        named = self._lanes(grid, row, lanes, body)
        for line in sorted({at[0] for at in body}):
            mine = {at[1]: cell for at, cell in body.items() if at[0] == line}
            if set(mine) != {columns[StepColumn.NUMBER]}:
                self._step(body, line, row, columns, named, grid)

    def _heads(self, grid: Grid) -> tuple[int, dict[StepColumn, int], list[int]] | None:
        """(row of the heads, column of each, columns of pelaksana); None where they cannot be told, which is noted."""
        rows = sorted({row for row, _ in grid if row <= _HEADS_WITHIN})
        row = next(
            (
                row
                for row in rows
                if any(_called(cell) is StepColumn.TITLE for at, cell in grid.items() if at[0] == row)
            ),
            None,
        )
        if row is None:
            self._fault(STEPS_SHEET, (1, 1), (), FaultCode.KOLOM_TIDAK_ADA, StepColumn.TITLE)
            self.told.append(("steps",))
            self.told.append(("pelaksana",))
            return None
        columns: dict[StepColumn, int] = {}
        others: list[tuple[int, FormCell]] = []
        for at, cell in sorted(grid.items()):
            if at[0] != row or cell.is_empty:
                continue
            column = _called(cell)
            if column is None:
                others.append((at[1], cell))
            elif column in columns:
                self._fault(STEPS_SHEET, at, (), FaultCode.KOLOM_GANDA, column)
            else:
                columns[column] = at[1]
        missing = [column for column in NEEDED if column not in columns]
        for column in missing:
            self._fault(STEPS_SHEET, (row, 1), (), FaultCode.KOLOM_TIDAK_ADA, column)
        if missing:
            self.told += [("steps",), ("pelaksana",)]
            return None
        between = range(columns[StepColumn.TITLE] + 1, columns[StepColumn.KELENGKAPAN])
        for place, cell in others:
            if place not in between:
                known = nearest_first(cell.text, map(str, StepColumn))
                self._fault(STEPS_SHEET, (row, place), (), FaultCode.KOLOM_TAK_DIKENAL, cell.shown, known)
        return row, columns, [at for at in between if at not in columns.values()]

    def _lanes(self, grid: Grid, row: int, lanes: list[int], body: Grid) -> dict[int, str]:
        """StepColumn -> the pelaksana; a column with marks and no name is a fault, one without either is nothing."""
        named: dict[int, str] = {}
        for column in lanes:
            cell = grid.get((row, column), EMPTY)
            place = ("pelaksana", f"ke-{len(named) + 1}")
            if cell.is_empty or cell.text.strip().casefold() == UNNAMED:
                if any(at[1] == column for at in body):
                    self._fault(STEPS_SHEET, (row, column), (), FaultCode.PELAKSANA_TANPA_NAMA)
                continue
            name = self._text(grid, STEPS_SHEET, (row, column), place)
            named[column] = name
            self.cells[(*place, "name")] = self.cells[("pelaksana", name)] = self.cells[place]
            self.document["pelaksana"].append({"name": name})
        return named

    def _step(
        self, body: Grid, line: int, head: int, columns: dict[StepColumn, int], lanes: dict[int, str], grid: Grid
    ) -> None:
        cell = body.get((line, columns[StepColumn.NUMBER]), EMPTY)
        if cell.is_empty:
            at = (line, columns[StepColumn.NUMBER])
            self._fault(STEPS_SHEET, at, (), FaultCode.BARIS_TANPA_NOMOR)
            # What the rows around it say of each other is not to be trusted.
            self.told.append(("steps",))
            return
        number, original = numbered(cell.text)
        place = (f"langkah {number}" if isinstance(number, int) else f"langkah ke-{len(self.document['steps']) + 1}",)
        self.cells.setdefault(place, f"{STEPS_SHEET}!{place_of(line, columns[StepColumn.NUMBER])}")
        # Of two rows with one number the second is the one to be mended.
        self.cells[(*place, "number")] = f"{STEPS_SHEET}!{place_of(line, columns[StepColumn.NUMBER])}"

        def text(column: StepColumn, key: str) -> str | None:
            if column not in columns:
                return None
            return self._text(body, STEPS_SHEET, (line, columns[column]), (*place, key))

        def flag(column: StepColumn, key: str) -> bool:
            said = text(column, key) or ""
            if said and said.casefold() not in (YES, "tidak", "-"):
                at = (line, columns[column])
                self._fault(STEPS_SHEET, at, (*place, key), FaultCode.NILAI_TAK_DIKENAL, said, (YES, "tidak"))
            return said.casefold() == YES

        step: dict[str, Any] = {"number": number}
        if original is not None:
            step["number_original"] = original
        step["title"] = text(StepColumn.TITLE, "title") or ""
        grounds: dict[str, Any] = {}
        if cadence := text(StepColumn.CADENCE, "cadence"):
            step["cadence"] = cadence.casefold()
            grounds["cadence"] = {"basis": "tertulis", "mark": cadence}
        doing, deciding = self._marks(body, line, lanes, place)
        step["pelaksana"] = doing or deciding[:1]
        if step["pelaksana"]:
            # A diamond alone: who decides is who does.
            basis, mark = ("tertulis", DOES) if doing else ("tersirat", DECIDES)
            grounds["pelaksana"] = {"basis": basis, "mark": mark}
        ya, tidak = text(StepColumn.YA, "decision") or "", text(StepColumn.TIDAK, "decision") or ""
        for column, key in ((StepColumn.YA, "ya"), (StepColumn.TIDAK, "tidak")):
            if column in columns:
                self.cells[(*place, "decision", key)] = f"{STEPS_SHEET}!{place_of(line, columns[column])}"
        if deciding:
            step["decider"] = deciding[0]
            grounds["decider"] = {"basis": "tertulis", "mark": DECIDES}
        if deciding or ya or tidak:
            step["decision"] = {}
            for key, said in (("ya", ya), ("tidak", tidak)):
                if said:
                    step["decision"][key] = _target(said)
                    grounds[key] = {"basis": "tertulis", "mark": f"{key.capitalize()} ke {said}"}
        for column, key in ((StepColumn.PER_BIDANG, "per_bidang"), (StepColumn.JOINT, "joint")):
            if flag(column, key):
                step[key] = True
                grounds[key] = {"basis": "tertulis", "mark": f"{column}: {YES}"}
        self.cells.setdefault((*place, "joint"), self.cells[(*place, "pelaksana")])
        step |= self._standard(body, grid, line, head, columns, place, grounds)
        if grounds:
            step["basis"] = grounds
        self.document["steps"].append(step)

    def _marks(self, body: Grid, line: int, lanes: dict[int, str], place: Place) -> tuple[list[str], list[str]]:
        """(who does it, who decides) by column."""
        doing: list[str] = []
        deciding: list[str] = []
        marked = [column for column in lanes if not body.get((line, column), EMPTY).is_empty]
        first = (marked or list(lanes) or [2])[0]
        self.cells.setdefault((*place, "pelaksana"), f"{STEPS_SHEET}!{place_of(line, first)}")
        for column in marked:
            at = (line, column)
            said = "".join(body[at].text.split())
            if said == DECIDES + DOES:
                said = DOES + DECIDES
            if said not in MARKS:
                self._fault(STEPS_SHEET, at, (*place, "pelaksana"), FaultCode.TANDA_TAK_DIKENAL, body[at].shown, MARKS)
                self.told += [(*place, "decider"), (*place, "decision"), (*place, "joint")]
                continue
            if DOES in said:
                doing.append(lanes[column])
            if DECIDES in said:
                if deciding:
                    self._fault(STEPS_SHEET, at, (*place, "decider"), FaultCode.DUA_PEMUTUS, lanes[column], deciding)
                self.cells[(*place, "decider")] = f"{STEPS_SHEET}!{place_of(*at)}"
                deciding.append(lanes[column])
        return doing, deciding

    def _standard(
        self,
        body: Grid,
        grid: Grid,
        line: int,
        head: int,
        columns: dict[StepColumn, int],
        place: Place,
        grounds: dict[str, Any],
    ) -> dict[str, Any]:
        """The Mutu Baku of a row."""
        found: dict[str, Any] = {}
        at = (line, columns[StepColumn.KELENGKAPAN])
        written = body.get(at, EMPTY)
        lines = [part for raw in written.text.splitlines() if (part := _BULLET.sub("", raw).strip(" ,;"))]
        if written.kind is CellKind.TEKS and len(lines) > 1:
            found["kelengkapan"] = [" ".join(part.split()) for part in lines]
            found["kelengkapan_text"] = ", ".join(found["kelengkapan"])
        else:
            found["kelengkapan_text"] = self._text(body, STEPS_SHEET, at, (*place, "kelengkapan_text"))
            found["kelengkapan"] = list(items_of(found["kelengkapan_text"]))
        self.cells[(*place, "kelengkapan")] = self.cells[(*place, "kelengkapan_text")] = (
            f"{STEPS_SHEET}!{place_of(*at)}"
        )
        said = self._text(body, STEPS_SHEET, (line, columns[StepColumn.WAKTU]), (*place, "waktu"))
        if said:
            called = " ".join(grid[head, columns[StepColumn.WAKTU]].text.split())
            header = called if waktu.header_unit(called) is not None else None
            found["waktu"] = said if header is None else {"text": said, "header": header}
            if "hari" in f"{said} {header or ''}".casefold():
                is_told = waktu.names_day_kind(said, header)
                grounds["day_kind"] = {"basis": "tertulis", "mark": said} if is_told else "asumsi"
        for column, key in ((StepColumn.KELUARAN, "keluaran"), (StepColumn.KETERANGAN, "keterangan")):
            if column in columns:
                found[key] = self._text(body, STEPS_SHEET, (line, columns[column]), (*place, key))
        return found

    # ------------------------------------------------------------------ details
    def _details(self, grid: Grid) -> None:
        found: list[tuple[int, Detail]] = []
        for row in sorted({row for row, _ in grid if row > 1}):
            place, path, value, held = (grid.get((row, column), EMPTY) for column in (1, 2, 3, 4))
            if place.is_empty and path.is_empty:
                continue
            read = value.value if value.kind in (CellKind.TEKS, CellKind.ANGKA) else None
            if isinstance(read, float) and read.is_integer():
                read = int(read)
            if isinstance(read, str | int | float):
                found.append((row, Detail(place.text, path.text, read, " ".join(held.text.split()))))
            else:
                self._strange_detail(row, f"{place.text} {path.text}")
        # Looked at before any is put: what a line goes with is what the other sheets say.
        moved = moved_steps(self.document, [detail for _, detail in found])
        for row, detail, changed in [(row, *self._stands(detail, moved)) for row, detail in found]:
            cell = f"{DETAILS_SHEET}!{place_of(row, 3)}"
            if changed is not None:
                self.outdated.setdefault(changed, Fault(cell, FaultCode.RINCIAN_USANG, place_words(changed)))
            elif put := put_detail(self.document, detail):
                self.cells[put] = cell
            else:
                self._strange_detail(row, f"{detail.place} {detail.path}")

    def _stands(self, detail: Detail, moved: Mapping[str, str | None]) -> tuple[Detail, Place | None]:
        """A line at the place of its step now, and what it went with where that says something else or is gone."""
        place = moved.get(detail.place, detail.place)
        if place is None:
            return detail, (detail.place,)
        detail = detail._replace(place=place)
        return detail, outdated_cell(self.document, detail)

    def _strange_detail(self, row: int, named: str) -> None:
        self._fault(DETAILS_SHEET, (row, 2), (), FaultCode.RINCIAN_TAK_DIKENAL, named)


def read_table(sheets: Mapping[str, Grid | None], source: str = "") -> tuple[Sop, TableReading]:
    """The SOP of a workbook, sound, and where each of its values came from.

    Raises:
        FaultyInput: Every fault of the tables, of form and of soundness, each with its cell. What the tables are at
            fault in is not complained about twice.
    """
    reading = TableReading(sheets)
    found = reading.faults.found
    sop = None
    if reading.is_readable:
        try:
            sop = checks.read(reading.document, source)
        except FaultyInput as error:
            found = [*found, *(reading.located(fault) for fault in error.faults if not _is_told(fault, reading.told))]
    if found or sop is None:
        raise FaultyInput(tuple(found), source)
    return sop, reading


def _is_told(fault: Fault, told: Iterable[Place]) -> bool:
    place = tuple(fault.place.split(_SEPARATOR))
    return any(other and place[: len(other)] == other for other in told)


def _called(cell: FormCell) -> StepColumn | None:
    """Which column a head is of; None for a pelaksana's name, or anything else."""
    called = " ".join(cell.text.split()).casefold()
    return StepColumn.WAKTU if _WAKTU_HEAD.fullmatch(called) else CALLED.get(called)


def numbered(text: str) -> tuple[int | str, str | None]:
    """(number, as printed where that is more than its digits); what is no number comes back as it stands."""
    said = " ".join(text.split())
    match = _NUMBER.fullmatch(said)
    if match is None:
        return said, None
    return int(match[1]), None if said == str(int(match[1])) else said


def _target(said: str) -> int | str:
    """Where Ya or Tidak leads: a number, `akhir`, or what stands there, for the checks to refuse."""
    match = _NUMBER.fullmatch(said)
    if match is not None:
        return int(match[1])
    return AKHIR if said.casefold() in (AKHIR, "selesai") else said
