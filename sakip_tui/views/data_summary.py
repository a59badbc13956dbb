"""How far the data kinerja of every period of a year are, for dashboard and status. Nothing is loaded for an office
without indicators.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.data_owed import year_of_data
from sop.loading import load

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address
    from sop.kinerja.progress import DataProgress

SUMMARY = "sakip_tui.views.data_rows:summary_of"
"""Loaded for an office with indicators alone."""


def data_summaries(database: Database, address: Address, year: int, now: int) -> Mapping[str, DataProgress]:
    """Period -> how many indicators are filled, marked and below target; of periods whose forms were sent or that roll
    some up.

    Args:
        database: Where.
        address: Which office and SOP.
        year: The reporting year.
        now: Reading of the clock.
    """
    state = year_of_data(database, address, year, now)
    if state is None:
        return {}
    own = [key for key in state.periods if key.startswith(f"{year:04d}-")]
    told = [key for key in own if state.period(key).forms or state.period(key).closings]
    return {key: load(SUMMARY)(state, key) for key in told}
