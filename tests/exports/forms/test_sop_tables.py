"""An SOP as a workbook: out and in again it is the same, and no file of a stranger does more than be refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from exports.forms.form_in import sheets_cells
from exports.forms.sop_out import write_sop
from sakip_tui.fault_words import fault_line
from sop.form import catalog, checks, toml_format
from sop.form.table_reading import read_table
from sop.form.table_words import DOES, IDENTITY_SHEET, SHEETS, STEPS_SHEET
from sop.form.table_writing import empty_tables, tables_of
from sop.kinerja.form_cell import CellKind, FormCell
from sop.model.definition import Basis, Field, Lane, MutuBaku, Sop, Unit, Waktu, Written
from sop.model.errors import FaultyInput
from sop.values import replace


def written(sop: Sop | None) -> bytes:
    finished = BytesIO()
    write_sop(empty_tables() if sop is None else tables_of(sop), finished)
    return finished.getvalue()


@pytest.mark.parametrize("code", catalog.codes())
def test_a_catalog_sop_comes_back_as_it_went_out(code: str) -> None:
    sop = catalog.load(code)
    found, _ = read_table(sheets_cells(written(sop), SHEETS))
    assert found == sop
    assert toml_format.content_hash(found) == toml_format.content_hash(sop)


CHANGES: dict[str, Callable[[Sop], Sop]] = {
    "a number in words": lambda sop: _first(sop, number_original="Satu"),
    "blanks in a title": lambda sop: _first(sop, title=Written("  Menyusun   format ", "Menyusun\u00a0format")),
    "lanes in another order": lambda sop: _first(sop, pelaksana=sop.lane_names[1::-1], joint=True),
    "nothing known of a row": lambda sop: _first(sop, bases={}, marks={}, note=None),
    "no standard": lambda sop: _first(sop, mutu_baku=MutuBaku((), None, None, None, None)),
    "items that no text gives": lambda sop: _first(
        sop, mutu_baku=MutuBaku(("a, b", "c"), None, None, None, Written(""))
    ),
    "lists without items": lambda sop: replace(sop, lists={"peralatan": (), "peringatan": None}),
    "a unit in the head": lambda sop: replace(
        sop, steps=tuple(replace(step, bases={}, mutu_baku=replace(step.mutu_baku, waktu=_BARE)) for step in sop.steps)
    ),
    "a mark of a lane with a dot": lambda sop: _first(
        replace(sop, lanes=(*sop.lanes, Lane("Ka. Subbag", "Ka.Subag", Basis.ASUMSI))), marks={"Ka. Subbag": "Ya"}
    ),
    "nothing but steps": lambda sop: replace(sop, identity={}, lists={}, headings={}, notes=()),
}
_BARE = Waktu("15", 15.0, Unit.MENIT, None, "Waktu (menit)")


def _first(sop: Sop, **changed: Any) -> Sop:
    return replace(sop, steps=(replace(sop.steps[0], **changed), *sop.steps[1:]))


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_an_sop_holds_its_tables_hold(name: str) -> None:
    sop = CHANGES[name](catalog.load("disnaker-kota-tangerang"))
    found, _ = read_table(sheets_cells(written(sop), SHEETS))
    assert found == sop


def test_an_office_that_mends_a_cell_of_what_it_took_out_keeps_the_rest() -> None:
    sop = catalog.load("dpmd-nganjuk")
    sheets = {name: dict(grid or {}) for name, grid in sheets_cells(written(sop), SHEETS).items()}
    at = next(at for at, cell in sheets[STEPS_SHEET].items() if cell.text == sop.steps[1].title.text)
    sheets[STEPS_SHEET][at] = FormCell(CellKind.TEKS, "Menyusun jadwal")
    found, _ = read_table(sheets)
    assert found.steps[1].title.text == "Menyusun jadwal"
    assert found.steps[2:] == sop.steps[2:]
    assert found.identity == sop.identity


@pytest.mark.parametrize("keep", [0, 1, 2, 30, 400])
def test_a_cut_file_is_refused(keep: int) -> None:
    with pytest.raises(FaultyInput):
        read_table(sheets_cells(written(None)[: -keep or 3], SHEETS))


def _retyped(sop: Sop, words: dict[str, str], steps: dict[str, str]) -> tuple[Sop, list[str]]:
    """The workbook of an SOP in which an office wrote something else beside a line or instead of a cell; what it gives,
    and what is said not to count any more."""
    sheets = {name: dict(grid or {}) for name, grid in sheets_cells(written(sop), SHEETS).items()}
    for line, text in words.items():
        row = next(at[0] for at, cell in sheets[IDENTITY_SHEET].items() if at[1] == 1 and cell.text == line)
        sheets[IDENTITY_SHEET][row, 2] = FormCell(CellKind.TEKS, text)
    for before, text in steps.items():
        at = next(at for at, cell in sheets[STEPS_SHEET].items() if cell.text == before)
        sheets[STEPS_SHEET][at] = FormCell(CellKind.TEKS, text)
    found, reading = read_table(sheets)
    return found, [fault.found for fault in reading.outdated.values()]


def test_what_an_office_fills_in_where_the_document_had_nothing_is_what_counts() -> None:
    """The lines that say so of the document as it was went before the cell: a revised date was lost without a word."""
    sop = catalog.load("disnaker-kota-tangerang")
    new = {"Tanggal revisi": "5 Juli 2026", "Tanggal pengesahan": "16 Juli 2026", "Alamat": "Jalan Daan Mogot"}
    found, outdated = _retyped(sop, new, {})
    given = [found.identity[key] for key in ("tanggal_revisi", "tanggal_pengesahan", "alamat")]
    assert [None if text is None else text.text for text in given] == list(new.values())
    assert found.identity["tanggal_efektif"] == sop.identity["tanggal_efektif"] == Written("")
    assert outdated == ["identitas, tanggal revisi", "identitas, alamat", "identitas, tanggal pengesahan"]
    assert (found.steps, found.lists, found.headings["tabel"]) == (sop.steps, sop.lists, sop.headings["tabel"])


def test_one_of_several_things_the_document_lacks_is_filled_in_and_the_others_stay_missing() -> None:
    sop = catalog.load("disnaker-kota-tangerang")
    found, _ = _retyped(sop, {"Alamat": "Jalan Daan Mogot"}, {})
    assert found.identity["alamat"] == Written("Jalan Daan Mogot")
    assert found.identity["tanggal_pengesahan"] is None


def test_a_list_without_items_takes_the_first() -> None:
    sop = replace(catalog.load("disnaker-kota-tangerang"), lists={"peralatan": (), "peringatan": None})
    found, _ = _retyped(sop, {"Peralatan": "Komputer", "Peringatan": "Terlambat"}, {})
    assert (found.lists["peralatan"], found.lists["peringatan"]) == ((Written("Komputer"),), (Written("Terlambat"),))


def test_a_cell_that_an_office_changed_loses_the_print_and_the_grounds_of_what_stood_there() -> None:
    sop = catalog.load("disnaker-kota-tangerang")
    first = sop.steps[0]
    assert first.title.original is not None
    found, outdated = _retyped(sop, {}, {first.title.text: "Mengumpulkan data kinerja"})
    assert found.steps[0].title == Written("Mengumpulkan data kinerja")
    assert found.steps[0].bases == first.bases
    assert outdated == ["langkah 1, uraian"]

    sheets = {name: dict(grid or {}) for name, grid in sheets_cells(written(sop), SHEETS).items()}
    (at,) = [at for at, cell in sheets[STEPS_SHEET].items() if at[0] == 3 and cell.text == DOES]
    sheets[STEPS_SHEET][at[0], at[1] - 2] = sheets[STEPS_SHEET].pop(at)
    moved = read_table(sheets)[0].steps[1]
    assert moved.pelaksana == (sop.lane_names[0],)
    assert moved.ground(Field.PELAKSANA).basis is Basis.TERTULIS
    assert moved.ground(Field.CADENCE) == sop.steps[1].ground(Field.CADENCE)


def _with_rows(sop: Sop, old_numbers: list[int | None]) -> tuple[Sop, list[str]]:
    """The workbook of an SOP of seven steps with its rows in another order, renumbered from 1; None for one of the
    office's own. What it gives, and what is said not to count any more."""
    sheets = {name: dict(grid or {}) for name, grid in sheets_cells(written(sop), SHEETS).items()}
    grid, new = sheets[STEPS_SHEET], {old: number for number, old in enumerate(old_numbers, start=1)}
    heads = {cell.text.partition(" (")[0]: at[1] for at, cell in grid.items() if at[0] == 1}
    sheets[STEPS_SHEET] = {at: cell for at, cell in grid.items() if at[0] == 1}
    for number, old in enumerate(old_numbers, start=1):
        row = {at[1]: cell for at, cell in grid.items() if old is not None and at[0] == old + 1}
        if old is None:
            own = {"Kegiatan": "Mencatat surat masuk", "Kelengkapan": "Surat", "Waktu": "5 menit"}
            row = {heads[head]: FormCell(CellKind.TEKS, text) for head, text in own.items()}
            row[heads["Kegiatan"] + 1] = FormCell(CellKind.TEKS, DOES)
        row[1] = FormCell(CellKind.TEKS, str(number))
        for head in ("Ya ke", "Tidak ke"):
            if (told := row.get(heads[head])) is not None and told.text.isdecimal():
                row[heads[head]] = FormCell(CellKind.TEKS, str(new[int(told.text)]))
        sheets[STEPS_SHEET] |= {(number + 1, column): cell for column, cell in row.items()}
    found, reading = read_table(sheets)
    return found, [fault.found for fault in reading.outdated.values()]


def _known_of(sop: Sop) -> dict[str, tuple[Any, ...]]:
    """Title of a step -> what of it has no column, and its grounds but for those of numbers, which have changed."""
    changed = (Field.YA, Field.TIDAK)
    return {
        step.title.text: (
            *(step.data, step.note, dict(step.marks)),
            {name: ground for name, ground in step.bases.items() if name not in changed},
        )
        for step in sop.steps
    }


def test_what_is_known_of_a_step_moves_on_with_it_where_an_office_puts_one_in_between() -> None:
    """The step in between was the one whose forms go out then, and each after it was taken for the one before."""
    sop = catalog.load("dpmd-nganjuk")
    found, outdated = _with_rows(sop, [1, 2, None, 3, 4, 5, 6, 7])
    known = _known_of(found)
    data, note, marks, _ = known.pop("Mencatat surat masuk")
    assert (data, note, marks) == (None, None, {})
    assert known == _known_of(sop)
    assert outdated == []


def test_what_was_known_of_a_step_that_an_office_takes_out_is_told_of_no_other() -> None:
    sop = catalog.load("dpmd-nganjuk")
    found, outdated = _with_rows(sop, [1, 2, 4, 5, 6, 7])
    known = _known_of(sop)
    del known[sop.steps[2].title.text]
    assert _known_of(found) == known
    assert "langkah 3" in outdated


def test_what_is_named_as_missing_and_is_there_is_told_in_words_in_a_toml_file_too() -> None:
    document = toml_format.to_dict(catalog.load("disnaker-kota-tangerang"))
    document["identity"]["alamat"] = "Jalan Daan Mogot"
    with pytest.raises(FaultyInput) as refused:
        checks.read(document)
    (fault,) = refused.value.faults
    assert fault_line(fault).endswith("Disebut tidak ada (absent): alamat, padahal berisi. Hapus salah satunya.")
