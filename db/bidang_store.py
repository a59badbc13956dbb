"""Renaming and merging bidang: one transaction and one event each. Runs keep the name frozen when they were opened."""

from __future__ import annotations

from collections.abc import Sequence

from db.bidang import family
from db.people_acts import BIDANG_ENTITY, NOTHING_GIVEN, Given, Ground, Outcome, RegisterChanged, perform
from db.store import Store
from sop.model.bidang import listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Act
from sop.model.pelaksana import Actor
from sop.model.refusals import Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none


def rename_bidang(
    store: Store, office: str, name: str, new_name: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let a bidang go on under another name, from the moment of the act.

    Raises:
        Unknown: The list has no such bidang.
        FaultyInput: The new name says nothing, or is or was another bidang's.
        Refused: Not an admin who asks.
        StaleCase: The list was changed since `given.seen`.
    """

    def work(ground: Ground) -> Outcome:
        ground.refuse_stale(BIDANG_ENTITY)
        old = _active(ground, name)
        new = _new_name(ground, new_name)
        _end(ground, (old,), _add(ground, new, old[2]))
        return Outcome(BIDANG_ENTITY, {"change": "ganti-nama", "before": [old[1]], "after": new})

    return perform(store, office, actor, Act.BIDANG, ("ganti-nama", name, new_name), given, work)


def merge_bidang(
    store: Store, office: str, names: Sequence[str], into: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let several bidang go on as one: one of the list, or one of a new name.

    Raises:
        Unknown, FaultyInput, Refused, StaleCase: As `rename_bidang`.
    """

    def work(ground: Ground) -> Outcome:
        ground.refuse_stale(BIDANG_ENTITY)
        faults: list[Fault] = []
        merged: dict[int, _Named] = {}
        for text in names:
            try:
                row = _active(ground, text)
                merged[row[0]] = row
            except Unknown as error:
                faults.append(Fault("bidang", "pilihan-salah", error.name, error.known))
        if faults:
            raise FaultyInput(tuple(faults))
        target = next((row for row in _list(ground) if row[1].casefold() == into.strip().casefold()), None)
        ending = tuple(row for row in merged.values() if target is None or row[0] != target[0])
        if not ending or len(ending) + (target is not None) < 2:
            raise FaultyInput((Fault("bidang", "gabung-kurang"),))
        if target is None:
            new = _new_name(ground, into)
            into_id = _add(ground, new, min(row[2] for row in ending))
        else:
            new, into_id = target[1], target[0]
        _end(ground, ending, into_id)
        return Outcome(BIDANG_ENTITY, {"change": "gabung", "before": [row[1] for row in ending], "after": new})

    return perform(store, office, actor, Act.BIDANG, ("gabung", list(names), into), given, work)


_Named = tuple[int, str, int]
"""(row id, name, position)"""


def _list(ground: Ground) -> list[_Named]:
    sql = "SELECT id, name, position FROM bidang WHERE office_id = ? AND active = 1 ORDER BY position, id"
    return [(row_id, name, position) for row_id, name, position in ground.database.rows(sql, (ground.record.id,))]


def _active(ground: Ground, text: str) -> _Named:
    listed = {row[1]: row for row in _list(ground)}
    units = family(ground.database, ground.record.id)
    return listed[listed_name(text.strip()[:LONGEST_NAME], tuple(listed), units.names_of)]


def _new_name(ground: Ground, text: str) -> str:
    """A name that no run of the office can bear yet: one name never means two units."""
    name = clean_or_none(text, "nama", LONGEST_NAME)
    if name is None:
        raise FaultyInput((Fault("nama", "teks-kosong"),))
    rows = ground.database.rows("SELECT name, active FROM bidang WHERE office_id = ?", (ground.record.id,))
    for known, active in rows:
        if known.casefold() == name.casefold():
            code = "bidang-ada" if active else "bidang-pernah-ada"
            raise FaultyInput((Fault("nama", code, known),))
    return name


def _add(ground: Ground, name: str, position: int) -> int:
    return ground.database.insert(
        "INSERT INTO bidang (office_id, name, position, active, since) VALUES (?, ?, ?, 1, ?)",
        (ground.record.id, name, position, ground.moment),
    )


def _end(ground: Ground, rows: Sequence[_Named], successor: int) -> None:
    for row_id, _, _ in rows:
        ground.database.rows(
            "UPDATE bidang SET active = 0, until = ?, successor_id = ? WHERE id = ?",
            (ground.moment, successor, row_id),
        )
