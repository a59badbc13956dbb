"""Documents that somebody names to be taken in: found, bounded, read. What is made of them is `sop/kinerja`."""

from __future__ import annotations

import stat
from pathlib import Path

from exports.forms.bounds import MOST_BYTES
from sop.form.faults import shown
from sop.kinerja.form_fault import findings_of
from sop.kinerja.register_columns import REGISTER_SHEET
from sop.kinerja.register_reading import RegisterReading, read_register
from sop.kinerja.state import KinerjaState
from sop.loading import load
from sop.model.errors import Fault, FaultyInput

CELLS = "exports.forms.form_in:sheet_cells"
"""What reads workbooks, loaded when one is."""


def document_bytes(name: str) -> bytes:
    """A document somebody named, at most a little more than may be. Raises FaultyInput."""
    try:
        path = Path(name).expanduser()
        if not stat.S_ISREG(path.stat().st_mode):
            raise FaultyInput((Fault("", "tak-terbaca", shown(name), ("bukan dokumen biasa",)),))
        with open(path, "rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        # A home folder that is not known is a RuntimeError.
        raise FaultyInput((Fault("DOKUMEN", "tak-terbaca", shown(name), (_cause(error),)),)) from error


def _cause(error: Exception) -> str:
    return "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibuka"


def register_reading(
    data: bytes, state: KinerjaState, year: int, since: str, number: int | None = None, document: str | None = None
) -> RegisterReading:
    """What a register of indicators and targets adds and changes, with every fault.

    Args:
        data: Of the workbook.
        state: What the office has.
        year: Of the targets.
        since: Period from which what is new holds.
        number: Of the set of targets; None for the newest.
        document: Of the set; None keeps it.
    """
    newest = max((held.number for held in state.targets if held.year == year), default=1)
    try:
        grid = load(CELLS)(data, REGISTER_SHEET)
    except FaultyInput as error:
        return RegisterReading(findings_of(error))
    return read_register(grid, state, year, since, number or newest, document)
