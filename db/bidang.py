"""Reading the office's bidang with every name they had. What a typed name means is `sop/model/bidang.py`;
`bidang_store.py` writes the list."""

from __future__ import annotations

from db import statements
from db.file.connection import Database
from db.moments import moment_or_none
from sop.model.bidang import Family, listed_names
from sop.values import Frozen


class BidangRow(Frozen):
    """One name of the list."""

    name: str
    is_active: bool
    since: int | None
    """None where the name was there at the set-up."""
    until: int | None
    successor: str | None
    """The name that directly follows it."""


def family(database: Database, office_id: int) -> Family:
    """The names of an office's bidang, as units."""
    rows = database.rows(statements.BIDANG_AND_SUCCESSORS, (office_id,))
    return Family((name, successor) for name, successor in rows)


def unit_named(database: Database, office: str, name: str) -> tuple[str, ...]:
    """Every name of the unit that a typed name means, the present one last.

    Known are all names of the list, ended ones included, and those that only a case knows (ubah-bidang takes any).

    Args:
        database: Open.
        office: Code of an office that is there.
        name: As typed, whatever its case.

    Raises:
        Unknown: Nobody was ever called so; it names the known ones.
    """
    with database.read():
        office_id = int(database.value(statements.OFFICE_OF_CODE, (office,)))
        units = family(database, office_id)
        of_cases = database.rows(statements.BIDANG_OF_CASES, (office_id,))
    known = tuple(dict.fromkeys((*units.names, *(each for (each,) in of_cases))))
    found = listed_names(name, known, units.names_of)
    return tuple(sorted(found, key=lambda each: each == units.present_name(each)))


def bidang_rows(database: Database, office: str) -> tuple[BidangRow, ...]:
    """The list of an office with every name it ever had, the present ones first."""
    with database.read():
        return tuple(
            BidangRow(name, bool(active), moment_or_none(since), moment_or_none(until), successor)
            for name, active, since, until, successor in database.rows(statements.BIDANG_LIST, (office,))
        )
