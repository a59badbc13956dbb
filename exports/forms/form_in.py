"""A workbook that somebody handed in, as far as a form is concerned. Judged in `sop/kinerja/form_reading.py`."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import defusedxml  # type: ignore[import-untyped]  # noqa: F401  openpyxl reads with it where it is there
from openpyxl import load_workbook  # type: ignore[import-untyped]

from exports.forms.bounds import bounded
from exports.forms.sparse import cells_of
from sop.form.faults import shown
from sop.kinerja.form_cell import FormCell, FormFile
from sop.kinerja.form_columns import BADGE, GUIDE_SHEET, ISIAN_SHEET, TAG_SHEET
from sop.kinerja.form_fault import FormFault
from sop.model.errors import Fault, FaultyInput

ReadT = TypeVar("ReadT")
_OURS = frozenset(name.casefold() for name in (ISIAN_SHEET, GUIDE_SHEET, TAG_SHEET))


def form_file(data: bytes) -> FormFile:
    """The cells of a form.

    Raises:
        FaultyInput: The file is no workbook, has a password, is too large or cannot be read.
    """
    return _opened(data, _form_file)


def sheet_cells(data: bytes, title: str) -> Mapping[tuple[int, int], FormCell] | None:
    """The cells of the sheet of that name, whatever its case; None where there is none.

    Raises:
        FaultyInput: As `form_file`.
    """
    return sheets_cells(data, (title,))[title]


def sheets_cells(data: bytes, titles: Iterable[str]) -> Mapping[str, Mapping[tuple[int, int], FormCell] | None]:
    """As `sheet_cells`, for several sheets of one file: title -> its cells.

    Raises:
        FaultyInput: As `form_file`.
    """

    def cells(book: Any) -> Mapping[str, Mapping[tuple[int, int], FormCell] | None]:
        sheets = _by_title(book)
        found = {title: sheets.get(title.casefold()) for title in titles}
        return {title: None if sheet is None else cells_of(sheet) for title, sheet in found.items()}

    return _opened(data, cells)


def _opened(data: bytes, read: Callable[[Any], ReadT]) -> ReadT:
    """What is read of a workbook from anywhere."""
    whole = bounded(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl will not keep is nothing that a form needs
            book = load_workbook(whole, read_only=True, data_only=True, keep_links=False)
            with contextlib.closing(book):
                return read(book)
    except Exception as error:  # a stranger's file makes openpyxl raise whatever its own code runs into
        raise FaultyInput((Fault("", FormFault.RUSAK.value),)) from error


def _by_title(book: Any) -> dict[str, Any]:
    """Title, whatever its case -> sheet."""
    return {sheet.title.casefold(): sheet for sheet in book.worksheets}


def _form_file(book: Any) -> FormFile:
    sheets = _by_title(book)
    isian, tag = sheets.get(ISIAN_SHEET.casefold()), sheets.get(TAG_SHEET)
    return FormFile(
        None if isian is None else cells_of(isian),
        None if tag is None else _first_column(cells_of(tag)),
        _badge(book),
        tuple(shown(title) for title in book.sheetnames if title.casefold() not in _OURS),
    )


def _first_column(cells: Any) -> tuple[str, ...]:
    held: dict[tuple[int, int], FormCell] = dict(cells)
    return tuple(cell.text for (_, column), cell in sorted(held.items()) if column == 1)


def _badge(book: Any) -> str | None:
    names = book.custom_doc_props.names
    return str(book.custom_doc_props[BADGE].value) if BADGE in names else None
