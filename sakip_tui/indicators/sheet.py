"""The register of indicators out as a workbook, for its screen: what the database is asked, away from the screen."""

from __future__ import annotations

from pathlib import Path

from db.file.connection import Database
from db.kinerja_queries import register
from sakip_tui.data_forms import write_register
from sakip_tui.recaps import made_folder


def sheet_written(database: Database, office: str, year: int, now: int) -> Path:
    """The indicators and their targets of a year as a workbook in the export folder, empty where there are none.

    Raises:
        TargetError: The folder takes none.
    """
    return write_register(register(database, office, now), office, year, made_folder(database.path))
