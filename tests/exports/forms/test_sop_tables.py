"""An SOP as a workbook: out and in again it is the same, and no file of a stranger does more than be refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from exports.forms.form_in import sheets_cells
from exports.forms.sop_out import write_sop
from sop.form import catalog, toml_format
from sop.form.table_reading import read_table
from sop.form.table_words import SHEETS, STEPS_SHEET
from sop.form.table_writing import empty_tables, tables_of
from sop.kinerja.form_cell import CellKind, FormCell
from sop.model.definition import Basis, Lane, MutuBaku, Sop, Unit, Waktu, Written
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
