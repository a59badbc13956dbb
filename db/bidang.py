"""The office's bidang through their names: which names are one unit, and what a name goes on as.

A run keeps the name that was frozen when it was opened. Renaming or merging ends a name and points it at its
successor; names with the same last successor are one unit. `bidang_store.py` writes this.
"""

from __future__ import annotations

from typing import NamedTuple

from db.connection import Database


class BidangRow(NamedTuple):
    """One name of the list."""

    name: str
    is_active: bool
    since: int | None
    """None where the name was there at the set-up."""
    until: int | None
    successor: str | None
    """The name that directly follows it."""


class Family:
    """Which names stand for one unit."""

    def __init__(self, rows: list[tuple[int, str, int | None]]) -> None:
        """
        Args:
            rows: (row id, name, row id of the successor).
        """
        self._following = {row_id: successor for row_id, _, successor in rows}
        self._id_of = {name: row_id for row_id, name, _ in rows}
        self._name_of = {row_id: name for row_id, name, _ in rows}
        self._units: dict[int, tuple[str, ...]] = {}
        for row_id, name, _ in rows:
            last = self._last(row_id)
            self._units[last] = (*self._units.get(last, ()), name)

    def _last(self, row_id: int) -> int:
        seen = {row_id}
        while (following := self._following.get(row_id)) is not None and following not in seen:
            row_id = following
            seen.add(row_id)
        return row_id

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name of the unit, this one among them; of a name that is not in the list, itself."""
        row_id = self._id_of.get(name)
        return (name,) if row_id is None else self._units[self._last(row_id)]

    def present_name(self, name: str) -> str:
        """The name under which the unit goes on today."""
        row_id = self._id_of.get(name)
        return name if row_id is None else self._name_of[self._last(row_id)]


def family(database: Database, office_id: int) -> Family:
    """The names of an office's bidang, as units."""
    sql = "SELECT id, name, successor_id FROM bidang WHERE office_id = ? ORDER BY id"
    return Family([(row_id, name, successor) for row_id, name, successor in database.rows(sql, (office_id,))])


def bidang_rows(database: Database, office: str) -> tuple[BidangRow, ...]:
    """The list of an office with every name it ever had, the present ones first."""
    sql = (
        "SELECT b.name, b.active, b.since, b.until, s.name FROM bidang b JOIN offices o ON o.id = b.office_id "
        "LEFT JOIN bidang s ON s.id = b.successor_id WHERE o.code = ? ORDER BY b.active DESC, b.position, b.id"
    )
    with database.read():
        return tuple(
            BidangRow(name, bool(active), since, until, successor)
            for name, active, since, until, successor in database.rows(sql, (office,))
        )
