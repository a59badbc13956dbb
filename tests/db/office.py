"""Builders for the tests of the store: an office with one of the shipped SOPs, and the bytes of a database as text."""

from __future__ import annotations

from pathlib import Path

import apsw

from db import recall, statements
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from sop.acts.replay import replay
from sop.form import catalog
from sop.model.pelaksana import Actor
from sop.model.state import YearState

EVERYBODY = Actor("kasubag", everybody=True)
TANGERANG = "disnaker-kota-tangerang"
NGANJUK = "dpmd-nganjuk"
BIDANG = ("Pemerintahan Desa", "Pemberdayaan", "Sekretariat")
MORNING = 1_769_994_000
"""Mon 2 February 2026, 08:00 WIB."""


class Clock:
    """Reads what it is told, one second later at each reading."""

    def __init__(self, now: int = MORNING) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


def adopt(store: Store, sop: str = TANGERANG, year: int = 2026, bidang: tuple[str, ...] = ()) -> Address:
    """Set a year up with a shipped SOP."""
    return set_up(store, Adoption(catalog.load(sop), year, bidang=bidang), EVERYBODY).address


def forget_people(database: Database, office: str) -> None:
    """Leave an office without people, as a file of before may have one beside offices that have some."""
    (office_id,) = database.rows("SELECT id FROM offices WHERE code = ?", (office,))[0]
    database.rows("DELETE FROM pins WHERE person_id IN (SELECT id FROM people WHERE office_id = ?)", (office_id,))
    database.rows("DELETE FROM people WHERE office_id = ?", (office_id,))


def dump(path: Path) -> list[str]:
    """Everything the file holds, table by table."""
    connection = apsw.Connection(str(path))
    try:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        lines = [f"{name}: {sql}" for name, sql in tables]
        for name, _ in tables:
            lines += [f"{name}: {row!r}" for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
        return lines
    finally:
        connection.close()


def add_office(database: Database, code: str, name: str) -> None:
    """An office as a row, without an event."""
    database.rows(statements.ADD_OFFICE, {"office": code, "name": name, "zone": "Asia/Jakarta", "settings": "{}"})


def replayed_state(database: Database, address: Address, year: int) -> tuple[YearState, YearState]:
    """(what the rows hold, what replaying the log gives) for a whole year; in a sound file they are equal."""
    with database.read():
        row = recall.year(database, address, year)
        versions = recall.Versions(database, row.office_id, address.sop, row.version)
        stored = recall.load(database, row.id, None).state
        return stored, replay(recall.history(database, row.id), versions, row.cadence)
