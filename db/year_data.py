"""The data kinerja of a year, read when somebody first looks at it: most acts never do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from db.file.connection import Database
from sop.loading import load
from sop.model.state import YearState
from sop.values import replace

if TYPE_CHECKING:
    from sop.kinerja.state import DataPeriod

READ = "db.data_rows:read"
"""Loaded for a year that has data."""


class YearData(Mapping[str, "DataPeriod"]):
    """Period -> what is kept of its data. Good for as long as the transaction that it is read in."""

    def __init__(self, database: Database, year_id: int) -> None:
        """
        Args:
            database: In the transaction that it is read in.
            year_id: Of a year that has data.
        """
        self._database, self._year_id = database, year_id

    @cached_property
    def _read(self) -> Mapping[str, DataPeriod]:
        found: Mapping[str, DataPeriod] = load(READ)(self._database, self._year_id)
        return found

    def __getitem__(self, key: str) -> DataPeriod:
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def read_through(state: YearState) -> YearState:
    """A state that may leave its transaction, and go to another thread: its data are read."""
    return replace(state, data=dict(state.data)) if isinstance(state.data, YearData) else state
