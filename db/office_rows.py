"""An office as rows and back: one table says which rows a state is, for writing what changed and for comparing.

A row is named by what it says (an office's code, a person's code, an SOP and its version), never by its number. What no
state holds stands in `Beside`: texts that the log knows by their hash, and what it must not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from db.file.connection import Database
from db.log_chain import canonical
from db.moments import moment, moment_or_none
from db.recall import settings_of
from sop.model.office import (
    NO_OFFICE,
    AdoptedYear,
    BidangState,
    NumberedText,
    OfficeState,
    PersonState,
    SopState,
    Word,
)
from sop.model.pelaksana import HeldLane, MembershipKind, Role, in_order

Named = dict[str, Any]
"""Column (or what a statement calls a value) -> value."""
Key = tuple[Any, ...]

_FLAG = {0: False, 1: True}
"""Any other number is no flag."""
_OFFICE = "(SELECT id FROM offices WHERE code = :office)"
_PERSON = f"(SELECT id FROM people WHERE office_id = {_OFFICE} AND code = :person)"
_VERSION = f"(SELECT id FROM sop_versions WHERE office_id IS {_OFFICE} AND sop_code = :sop_code AND version = :version)"


class OfficeTable(NamedTuple):
    """How one table holds a part of an office."""

    name: str
    rows: Callable[[OfficeState], Iterable[tuple[Key, Named]]]
    """The rows that a state is: what names each, and its other values."""
    insert: str
    """With the names of key and values, `office`, and those of `Beside`."""
    update: str = ""
    delete: str = ""
    keys: tuple[str, ...] = ()
    """What the parts of a key are called."""


@dataclass(slots=True)
class Beside:
    """What is written beside a state."""

    now: int
    texts: dict[str, str] = field(default_factory=dict)
    """Hash -> definition or calendar."""
    rows: dict[tuple[str, Key], Named] = field(default_factory=dict)
    """(table, key) -> values that no state holds; a row named here is written even where its state stays."""


def _offices(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    if office.code != NO_OFFICE:
        yield (), {"name": office.name, "zone": office.zone, "settings": canonical(office.settings.to_dict())}


def _bidang(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for each in office.bidang:
        values = {"position": each.position, "active": int(each.is_active), "since": each.since, "until": each.until}
        yield (each.name,), {**values, "successor": each.successor}


def _calendars(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    return (((each.number,), {"hash": each.hash}) for each in office.calendars)


def _versions(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for code, sop in office.sops.items():
        yield from (((code, each.number), {"hash": each.hash}) for each in sop.versions)


def _confirmations(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for code, sop in office.sops.items():
        for version, words in sop.confirmed.items():
            for (step, name), word in words.items():
                yield (code, version, step, name), {"by_person": word.by, "at": word.at}


def _years(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    return (((each.sop, each.year), {"cadence": each.cadence}) for each in office.years)


def _people(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for person in office.people.values():
        yield (person.code,), {"role": ",".join(person.roles), "active": int(person.is_active)}


def _memberships(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for person in office.people.values():
        for place, held in enumerate(person.lanes):
            values = {"lane": held.lane, "bidang": held.bidang, "kind": held.kind.value}
            yield (person.code, place), {**values, "since": held.since, "until": held.until}


def _pins(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    return (((person.code,), {}) for person in office.people.values() if person.has_pin)


OFFICE_TABLES: tuple[OfficeTable, ...] = (
    OfficeTable(
        "offices",
        _offices,
        "INSERT INTO offices (code, name, zone, settings) VALUES (:office, :name, :zone, :settings)",
        "UPDATE offices SET name = :name, zone = :zone, settings = :settings WHERE code = :office",
    ),
    OfficeTable(
        "calendar_revisions",
        _calendars,
        "INSERT INTO calendar_revisions (office_id, revision, spec, content_hash, recorded) "
        f"VALUES ({_OFFICE}, :revision, :text, :hash, :now)",
        keys=("revision",),
    ),
    OfficeTable(
        "bidang",
        _bidang,
        "INSERT INTO bidang (office_id, name, position, active, since, until) "
        f"VALUES ({_OFFICE}, :name, :position, :active, :since, :until)",
        "UPDATE bidang SET position = :position, active = :active, since = :since, until = :until, successor_id = "
        f"(SELECT id FROM bidang WHERE office_id = {_OFFICE} AND name = :successor) "
        f"WHERE office_id = {_OFFICE} AND name = :name",
        keys=("name",),
    ),
    OfficeTable(
        "sop_versions",
        _versions,
        "INSERT INTO sop_versions (office_id, sop_code, version, definition, content_hash, recorded) "
        f"VALUES ({_OFFICE}, :sop_code, :version, :text, :hash, :now)",
        keys=("sop_code", "version"),
    ),
    OfficeTable(
        "confirmations",
        _confirmations,
        f"INSERT INTO confirmations (sop_version_id, step, field, by_person, at) "
        f"VALUES ({_VERSION}, :step, :field, :by_person, :at)",
        f"UPDATE confirmations SET by_person = :by_person, at = :at "
        f"WHERE sop_version_id = {_VERSION} AND step = :step AND field = :field",
        keys=("sop_code", "version", "step", "field"),
    ),
    OfficeTable(
        "reporting_years",
        _years,
        f"INSERT INTO reporting_years (office_id, sop_code, year, cadence) "
        f"VALUES ({_OFFICE}, :sop_code, :year, :cadence)",
        keys=("sop_code", "year"),
    ),
    OfficeTable(
        "people",
        _people,
        "INSERT INTO people (office_id, code, name, role, account, active) "
        f"VALUES ({_OFFICE}, :person, :personal_name, :role, :account, :active)",
        "UPDATE people SET name = coalesce(:personal_name, name), role = :role, active = :active, "
        "account = CASE WHEN :personal_name IS NULL THEN account ELSE :account END "
        f"WHERE office_id = {_OFFICE} AND code = :person",
        keys=("person",),
    ),
    OfficeTable(
        "memberships",
        _memberships,
        "INSERT INTO memberships (person_id, lane, bidang, since, until, kind) "
        f"VALUES ({_PERSON}, :lane, :bidang, :since, :until, :kind)",
        "UPDATE memberships SET until = :until WHERE id = "
        f"(SELECT id FROM memberships WHERE person_id = {_PERSON} ORDER BY id LIMIT 1 OFFSET :place)",
        keys=("person", "place"),
    ),
    OfficeTable(
        "pins",
        _pins,
        "INSERT INTO pins (person_id, hash, failures, locked_until, changed) "
        f"VALUES ({_PERSON}, :pin, :failures, :locked_until, :changed)",
        "UPDATE pins SET hash = :pin, failures = :failures, locked_until = :locked_until, changed = :changed "
        f"WHERE person_id = {_PERSON}",
        f"DELETE FROM pins WHERE person_id = {_PERSON}",
        keys=("person",),
    ),
)
"""In the order in which rows point at each other."""

_UNNAMED: Named = {"personal_name": None, "account": None}


def keep(database: Database, before: OfficeState | None, after: OfficeState, beside: Beside) -> None:
    """Write the rows in which two states of an office differ, within a transaction; None for one that was not there."""
    for table in OFFICE_TABLES:
        old = {} if before is None else dict(table.rows(before))
        new = dict(table.rows(after))
        for key in old.keys() - new.keys():
            database.rows(table.delete, _bound(table, after.code, key, {}))
        added: list[Named] = []
        changed: list[Named] = []
        for key, values in new.items():
            extra = beside.rows.get((table.name, key))
            if key in old and old[key] == values and extra is None:
                continue
            bound = _bound(table, after.code, key, {**_UNNAMED, "now": beside.now, **values, **(extra or {})})
            if "hash" in values:
                bound["text"] = beside.texts[values["hash"]]
            (changed if key in old else added).append(bound)
        # A row that ends points at the one that goes on, which may be new.
        for bound in added:
            database.rows(table.insert, bound)
        for bound in changed:
            database.rows(table.update, bound)


def _bound(table: OfficeTable, office: str, key: Key, values: Named) -> Named:
    return {"office": office, **dict(zip(table.keys, key, strict=True)), **values}


# ---------------------------------------------------------------------- reading


def load(database: Database, codes: Collection[str] | None = None) -> dict[str, OfficeState]:
    """Offices by code, `NO_OFFICE` among them where an SOP waits to be adopted. Within a transaction.

    Args:
        database: Open.
        codes: Only these; None for every one.

    Raises:
        ValueError, LookupError, TypeError: A value that this program never wrote.
    """
    found = {
        row_id: OfficeState(code, name, zone, settings_of(settings))
        for row_id, code, name, zone, settings in database.rows(
            "SELECT id, code, name, zone, settings FROM offices ORDER BY id"
        )
        if codes is None or code in codes
    }
    states = {
        office.code: OfficeState(
            office.code,
            office.name,
            office.zone,
            office.settings,
            tuple(_bidang_of(database, row_id)),
            tuple(_calendars_of(database, row_id)),
            _sops_of(database, row_id),
            tuple(_years_of(database, row_id)),
            _people_of(database, row_id),
        )
        for row_id, office in found.items()
    }
    if codes is None or NO_OFFICE in codes:
        waiting = _sops_of(database, None)
        if waiting:
            states[NO_OFFICE] = OfficeState(NO_OFFICE, sops=waiting)
    return states


def _bidang_of(database: Database, office_id: int) -> Iterator[BidangState]:
    sql = (
        "SELECT b.name, b.position, b.active, b.since, b.until, s.name FROM bidang b "
        "LEFT JOIN bidang s ON s.id = b.successor_id WHERE b.office_id = ? ORDER BY b.id"
    )
    for name, position, active, since, until, successor in database.rows(sql, (office_id,)):
        yield BidangState(name, position, _FLAG[active], moment_or_none(since), moment_or_none(until), successor)


def _calendars_of(database: Database, office_id: int) -> Iterator[NumberedText]:
    sql = "SELECT revision, content_hash FROM calendar_revisions WHERE office_id = ? ORDER BY revision"
    return (NumberedText(*row) for row in database.rows(sql, (office_id,)))


def _sops_of(database: Database, office_id: int | None) -> dict[str, SopState]:
    sql = "SELECT id, sop_code, version, content_hash FROM sop_versions WHERE office_id IS ? ORDER BY sop_code, version"
    found: dict[str, SopState] = {}
    for row_id, code, version, digest in database.rows(sql, (office_id,)):
        sop = found.get(code, SopState())
        words = {
            (step, name): Word(by, moment(at))
            for step, name, by, at in database.rows(
                "SELECT step, field, by_person, at FROM confirmations WHERE sop_version_id = ?", (row_id,)
            )
        }
        confirmed = {**sop.confirmed, version: words} if words else sop.confirmed
        found[code] = SopState((*sop.versions, NumberedText(version, digest)), confirmed)
    return found


def _years_of(database: Database, office_id: int) -> Iterator[AdoptedYear]:
    sql = "SELECT sop_code, year, cadence FROM reporting_years WHERE office_id = ? ORDER BY id"
    return (AdoptedYear(*row) for row in database.rows(sql, (office_id,)))


def _people_of(database: Database, office_id: int) -> dict[str, PersonState]:
    sql = (
        "SELECT p.id, p.code, p.role, p.active, n.id IS NOT NULL FROM people p LEFT JOIN pins n ON n.person_id = p.id "
        "WHERE p.office_id = ? ORDER BY p.id"
    )
    held = (
        "SELECT m.person_id, m.lane, m.bidang, m.kind, m.since, m.until FROM memberships m "
        "JOIN people p ON p.id = m.person_id WHERE p.office_id = ? ORDER BY m.id"
    )
    lanes: dict[int, list[HeldLane]] = {}
    for person_id, lane, bidang, kind, since, until in database.rows(held, (office_id,)):
        given = HeldLane(lane, bidang, MembershipKind(kind), moment(since), moment_or_none(until))
        lanes.setdefault(person_id, []).append(given)
    return {
        code: PersonState(code, _roles(roles), _FLAG[active], bool(has_pin), tuple(lanes.get(person_id, ())))
        for person_id, code, roles, active, has_pin in database.rows(sql, (office_id,))
    }


def _roles(text: str) -> tuple[Role, ...]:
    roles = in_order(Role(word) for word in text.split(","))
    if ",".join(roles) != text:
        raise ValueError(text)
    return roles


def differing_rows(stored: Mapping[str, OfficeState], told: Mapping[str, OfficeState]) -> Iterator[tuple[str, str]]:
    """(code of the office, table) wherever rows are not those that the log tells of."""
    for code in sorted(stored.keys() | told.keys()):
        here, there = stored.get(code), told.get(code)
        for table in OFFICE_TABLES:
            rows, wanted = ({} if state is None else dict(table.rows(state)) for state in (here, there))
            if rows != wanted:
                yield code, table.name
