"""Which rows of data kinerja a bidang has not filled in. Nothing is loaded for an office without indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from db import statements
from db.file.connection import Database
from db.rows import Address
from sop.loading import load

if TYPE_CHECKING:
    from sop.kinerja.state import KinerjaState

DATA_OF = "db.kinerja_year:data_of"
CODES = "sop.kinerja.progress:unfilled_codes"
"""Loaded for an office with indicators alone."""


def year_of_data(database: Database, address: Address, year: int, now: int) -> KinerjaState | None:
    """All data of an office as the flow of a year stands; None without indicators."""
    office_id = database.value(statements.OFFICE_OF_CODE, (address.office,))
    if database.row(statements.HAS_INDICATORS, (office_id,)) is None:
        return None
    found: KinerjaState = load(DATA_OF)(database, address, year, now)
    return found


def unfilled(
    database: Database, address: Address, years: Sequence[int], now: int, unit: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Open period -> codes that are belum diisi of a bidang, by any name that it has or had.

    Args:
        database: Where.
        address: Which office and SOP.
        years: Reporting years to look at.
        now: Reading of the clock.
        unit: Every name of the bidang.
    """
    found: dict[str, tuple[str, ...]] = {}
    for year in years:
        state = year_of_data(database, address, year, now)
        if state is None:
            return {}
        for key, period in state.periods.items():
            codes = load(CODES)(period, unit)
            if codes and key not in state.closed and key.startswith(f"{year:04d}-"):
                found[key] = codes
    return found
