"""An SOP as a document that somebody hands in: TOML, or a workbook of tables. Told apart by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from sakip_tui.documents_in import named_document
from sop.form import checks
from sop.form.faults import FaultCode, shown
from sop.form.toml_format import LARGEST_BYTES
from sop.kinerja.form_fault import LARGEST_WORKBOOK, as_data
from sop.loading import load
from sop.model.definition import Sop
from sop.model.errors import Fault, FaultyInput

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins, and how an old one or one with a password does."""
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
READING: Mapping[str, str] = {
    "cells": "exports.forms.form_in:sheets_cells",
    "table": "sop.form.table_reading:read_table",
    "sheets": "sop.form.table_words:SHEETS",
}
"""What reads workbooks, loaded when one is."""


class HandedIn(NamedTuple):
    """A sound SOP, and what is doubted in it, each at its place in the document."""

    sop: Sop
    warnings: tuple[Fault, ...]


def handed_in(given: str) -> HandedIn:
    """The SOP of a document.

    Raises:
        FaultyInput: It cannot be read, or everything that is wrong with it.
    """
    place = shown(given)
    data, size = named_document(given)
    if size > LARGEST_WORKBOOK:
        # The whole size is what helps to see which document was meant.
        raise _too_large(size, _most(given), place)
    if data.startswith(_WORKBOOKS) or PurePath(given).suffix.casefold() in _ENDINGS:
        try:
            sheets = load(READING["cells"])(data, load(READING["sheets"]))
        except FaultyInput as error:
            raise as_data(error) from error
        sop, reading = load(READING["table"])(sheets, place)
        return HandedIn(sop, (*map(reading.located, checks.warnings(sop)), *reading.outdated.values()))
    if len(data) > LARGEST_BYTES:
        raise _too_large(size, LARGEST_BYTES, place)
    sop = checks.read(data, place)
    return HandedIn(sop, tuple(checks.warnings(sop)))


def _most(given: str) -> int:
    """How large a document of this name may be."""
    return LARGEST_WORKBOOK if PurePath(given).suffix.casefold() in _ENDINGS else LARGEST_BYTES


def _too_large(size: int, most: int, place: str) -> FaultyInput:
    return FaultyInput((Fault("", FaultCode.DOKUMEN_TERLALU_BESAR, str(size), (str(most),)),), place)
