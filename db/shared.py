"""Peewee on the connection that is already open. Apart from `connection.py` because importing Peewee costs 40 ms."""

from __future__ import annotations

import apsw
from playhouse.apsw_ext import APSWDatabase  # type: ignore[import-untyped]


class SharedConnection(APSWDatabase):  # type: ignore[misc]
    """Runs Peewee's queries on a connection that `connection.Database` owns, sets up, and closes."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._open_connection = connection
        super().__init__(connection.filename or ":memory:", lock_type="IMMEDIATE", autoconnect=False, thread_safe=False)
        self.connect()

    def _connect(self) -> apsw.Connection:
        return self._open_connection
