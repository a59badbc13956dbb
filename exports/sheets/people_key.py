"""Orang: who stands behind the codes of the log: code, name, lanes and as what they are held."""

from __future__ import annotations

from db.people import PersonRow
from exports.sheet import Column, Row, Sheet
from exports.sheets.source import Source, cases_of
from sop.words.labels import label, listed

COLUMNS = (
    Column("code", "Kode", width=16),
    Column("name", "Nama", width=36),
    Column("lane", "Lajur", width=36),
    Column("standing", "Kedudukan", width=26),
)


def people_key(source: Source) -> Sheet | None:
    """One row a lane of everybody whom the period's log or cards name; None where nobody of them is registered."""
    named = {line.event.by for line in source.log}
    for recap in (*source.below, source.recap):
        named.update(event.by for event in recap.events)
        # Whom work was given to, kept or not.
        named.update(str(event.data["holder"]) for event in recap.events if event.data.get("holder"))
        named.update(run.holder for case in cases_of(recap.board) for run in case.runs.values() if run.holder)
    rows = [row for person in source.people if person.code in named for row in _rows(person)]
    if not rows:
        return None
    return Sheet(
        "Orang",
        COLUMNS,
        tuple(rows),
        ("Riwayat menyimpan kode (kolom Oleh); kalimatnya dan lembar lain menyebut nama.",),
        table="orang",
        about="Kode, nama, lajur, dan kedudukan orang yang disebut",
        annex=True,
    )


def _rows(person: PersonRow) -> list[Row]:
    roles = listed([label(role) for role in person.roles])
    if not person.lanes:
        return [(person.code, person.name or None, None, roles)]
    return [
        (
            person.code,
            person.name or None,
            f"{held.lane} ({held.bidang})" if held.bidang else held.lane,
            f"{label(held.kind)}; {roles}",
        )
        for held in person.lanes
    ]
