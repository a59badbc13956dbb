"""What an office confirmed of its SOPs: as it stands, and as it stood when an event was recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping

from db import statements
from db.file.connection import Database
from db.moments import moment
from sop.form import toml_format
from sop.model.definition import Confirmed, Field, Sop
from sop.values import Frozen


class SopStand(Frozen):
    """How an SOP stood in an office."""

    version: int
    """The newest one."""
    confirmed: Mapping[int, tuple[Confirmed, ...]]
    """Version -> what was confirmed of it."""


def confirmations(database: Database, office_id: int, code: str, version: int) -> tuple[Confirmed, ...]:
    """What the office has confirmed of a version, by step and field."""
    rows = database.rows(statements.CONFIRMATIONS, (office_id, code, version))
    return tuple(Confirmed(step, name, by, moment(at)) for step, name, by, at in rows)


def stand_at(database: Database, office: str, code: str, sequence: int) -> SopStand:
    """How an SOP stood when an event of the log was recorded, from the events up to it.

    Args:
        database: In a read.
        office: Code of the office.
        code: Of the SOP.
        sequence: Of the event.
    """
    office_id = database.value(statements.OFFICE_OF_CODE, (office,))
    sops = {
        version: toml_format.from_canonical_json(definition)
        for version, definition in database.rows(statements.SOP_DEFINITIONS, (office_id, code))
    }
    newest = 0
    found: dict[int, dict[tuple[int, str], Confirmed]] = {version: {} for version in sops}
    for act, step, by, at, data in database.rows(statements.TOLD_OF_SOP, (office, sequence, code)):
        told = json.loads(data)
        newest = told["sop"]["version"]
        if act == "sop-tetapkan":
            before = newest - 1 if told["changed"] else newest
            for name in told["confirmed"]:
                for version in _alike(sops, before, step, Field(name)):
                    found[version][step, name] = Confirmed(step, name, by, at)
            if told["changed"]:
                kept = {place: one for place, one in found[before].items() if place not in _places(step, told)}
                found[newest].update(kept)
    return SopStand(newest, {version: tuple(sorted(ones.values())) for version, ones in found.items()})


def stand_frozen(kept: str) -> SopStand:
    """How an SOP stood at a closing, from what its event keeps of it (JSON)."""
    told = json.loads(kept)
    confirmed = {int(version): tuple(Confirmed(*one) for one in ones) for version, ones in told["confirmed"].items()}
    return SopStand(told["version"], confirmed)


def _alike(sops: Mapping[int, Sop], before: int, step: int, name: Field) -> list[int]:
    """The versions up to one whose step has the same value there."""
    value = sops[before].step(step).value(name)
    rows = ((version, row) for version in sops if version <= before for row in sops[version].steps)
    return [version for version, row in rows if row.number == step and row.value(name) == value]


def _places(step: int, told: Mapping[str, Mapping[str, object]]) -> set[tuple[int, str]]:
    return {(step, name) for name in told["changed"]}
