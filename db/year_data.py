"""The data kinerja of a year, read when somebody first looks at it: most acts never do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from db.file.connection import Database
from sop.loading import load

if TYPE_CHECKING:
    from sop.kinerja.state import DataPeriod

READ = "db.data_rows:read"
"""Loaded for a year that has data."""


class YearData(Mapping[str, "DataPeriod"]):
    """Period -> what is kept of its data. Good for as long as the transaction that it is read in."""

    def __init__(self, database: Database, year_id: int, sql: str) -> None:
        self._database, self._year_id, self._sql = database, year_id, sql

    @cached_property
    def _read(self) -> Mapping[str, DataPeriod]:
        found: Mapping[str, DataPeriod] = load(READ)(self._database, self._year_id)
        return found

    @cached_property
    def _is_empty(self) -> bool:
        return self._database.row(self._sql, (self._year_id,)) is None

    def __bool__(self) -> bool:
        return not self._is_empty

    def __getitem__(self, key: str) -> DataPeriod:
        if self._is_empty:
            raise KeyError(key)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(() if self._is_empty else self._read)

    def __len__(self) -> int:
        return 0 if self._is_empty else len(self._read)
