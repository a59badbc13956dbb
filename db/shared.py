"""Peewee on the connection that is already open. Apart from `connection.py` because importing Peewee costs 40 ms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw
from playhouse.apsw_ext import APSWDatabase  # type: ignore[import-untyped]

from db.file.connection import translated


class SharedConnection(APSWDatabase):  # type: ignore[misc]
    """Runs Peewee's queries on a connection that `connection.Database` owns, sets up, and closes."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._open_connection = connection
        self._path = Path(connection.filename or ":memory:")
        super().__init__(connection.filename or ":memory:", lock_type="IMMEDIATE", autoconnect=False, thread_safe=False)
        self.connect()

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        """As Peewee has it, with the engine's complaints as what they mean, outside a transaction as well."""
        with translated(self._path, None, self._open_connection):
            return super().execute_sql(*args, **kwargs)

    def _connect(self) -> apsw.Connection:
        return self._open_connection
