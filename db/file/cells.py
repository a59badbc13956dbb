"""Reading a file cell by cell, whatever its tables: for whoever looks for a value that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from db.errors import DatabaseDamaged
from db.file.connection import Database


class Cell(NamedTuple):
    """A place in a file."""

    table: str
    row: int
    column: str | None


def columns(database: Database) -> list[tuple[str, str]]:
    """(table, column) of everything that the file holds."""
    sql = (
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.rowid, c.cid"
    )
    return database.rows(sql)


def values(database: Database, table: str, column: str) -> list[tuple[int, Any]]:
    """(row, value) of every value that is there. Raises DatabaseDamaged for text that is no UTF-8: it spoils the whole
    answer of the engine."""
    return database.rows(f'SELECT rowid, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY rowid')


def first_undecodable(database: Database, table: str, column: str) -> int | None:
    """The first row whose text is no UTF-8."""
    for (row,) in database.rows(f'SELECT rowid FROM "{table}" ORDER BY rowid'):
        try:
            database.rows(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,))
        except DatabaseDamaged:
            return int(row)
    return None


def orphans(database: Database) -> Iterator[Cell]:
    """Where a row points nowhere by a foreign key; the column None where the file no longer has that key."""
    for table, row, _, number in database.rows("PRAGMA foreign_key_check"):
        keys = {each[0]: each[3] for each in database.rows(f'PRAGMA foreign_key_list("{table}")')}
        yield Cell(table, row, keys.get(number))
