"""An SOP as a document that somebody hands in: TOML, or a workbook of tables. Told apart by what stands in it."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from sop.form import checks
from sop.form.faults import FaultCode, shown
from sop.form.toml_format import LARGEST_BYTES
from sop.kinerja.form_fault import as_data
from sop.loading import load
from sop.model.definition import Sop
from sop.model.errors import Fault, FaultyInput

MOST_BYTES = 2 * 1024 * 1024
"""Of a workbook, as `exports.forms.bounds` takes one."""
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
    data = _bytes_of(given)
    if data.startswith(_WORKBOOKS) or PurePath(given).suffix.casefold() in _ENDINGS:
        try:
            sheets = load(READING["cells"])(data, load(READING["sheets"]))
        except FaultyInput as error:
            raise as_data(error) from error
        sop, reading = load(READING["table"])(sheets, place)
        return HandedIn(sop, (*map(reading.located, checks.warnings(sop)), *reading.outdated.values()))
    if len(data) > LARGEST_BYTES:
        raise FaultyInput((Fault("", FaultCode.DOKUMEN_TERLALU_BESAR, str(len(data)), (str(LARGEST_BYTES),)),), place)
    sop = checks.read(data, place)
    return HandedIn(sop, tuple(checks.warnings(sop)))


def _bytes_of(given: str) -> bytes:
    """The bytes of a document somebody named, at most a little more than an SOP can need.

    Raises:
        FaultyInput: It is no plain document, or cannot be read.
    """
    try:
        path = Path(given)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A device or a pipe would never end.
            what = "itu map" if stat.S_ISDIR(found.st_mode) else "bukan dokumen biasa"
            raise FaultyInput((Fault("", "tak-terbaca", shown(given), (what,)),))
        if found.st_size > MOST_BYTES:
            # Not read at all; the whole size is what helps to see which document was meant.
            size = (Fault("", FaultCode.DOKUMEN_TERLALU_BESAR, str(found.st_size), (str(_most(given)),)),)
            raise FaultyInput(size, shown(given))
        with open(path, "rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FaultyInput((Fault("DOKUMEN", "tak-terbaca", shown(given), (_cause(error),)),)) from error


def _most(given: str) -> int:
    """How large a document of this name may be."""
    return MOST_BYTES if PurePath(given).suffix.casefold() in _ENDINGS else LARGEST_BYTES


def _cause(error: OSError | ValueError) -> str:
    causes: dict[type[Exception], str] = {
        FileNotFoundError: "tidak ada",
        PermissionError: "tidak diizinkan",
        IsADirectoryError: "itu map",
        ValueError: "namanya tidak dapat dipakai",
    }
    return next((words for kind, words in causes.items() if isinstance(error, kind)), "ditolak sistem")
