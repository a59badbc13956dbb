"""An office as rows and back: one table says which rows a state is, for writing what changed and for comparing.

A row is named by what it says (an office's code, a person's code, an SOP and its version), never by its number. What no
state holds stands in `Supplement`: texts that the log knows by their hash, and what it must not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from db import statements
from db.file.connection import Database
from db.moments import moment, moment_or_none
from db.people import lanes_by_person, roles_of
from db.settings_text import settings_of
from db.signers import signers_of
from sop.json_text import json_text
from sop.model.office import (
    AdoptedYear,
    BidangState,
    IndicatorText,
    NumberedText,
    OfficeState,
    PersonState,
    SopState,
    TargetText,
    Word,
)
from sop.model.pelaksana import NO_OFFICE, Role
from sop.values import Mutable, field

Named = dict[str, Any]
"""Column (or what a statement calls a value) -> value."""
Key = tuple[Any, ...]

_FLAG = {0: False, 1: True}
"""Any other number is no flag."""


class OfficeTable(NamedTuple):
    """How one table holds a part of an office."""

    name: str
    rows: Callable[[OfficeState], Iterable[tuple[Key, Named]]]
    """The rows that a state is: what names each, and its other values."""
    insert: str
    """Given by name: `office`, key and values, and those of `Supplement`."""
    update: str = ""
    delete: str = ""
    keys: tuple[str, ...] = ()
    """What the parts of a key are called."""
    parts: tuple[str, ...] = ()
    """The fields of the state that the rows are made of."""


class Supplement(Mutable):
    """What is written beside a state."""

    now: int
    texts: dict[str, str] = field(default_factory=dict)
    """Hash -> definition or calendar."""
    rows: dict[tuple[str, Key], Named] = field(default_factory=dict)
    """(table, key) -> values that no state holds; a row named here is written even where its state stays."""


def _offices(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    if office.code != NO_OFFICE:
        yield (), {"name": office.name, "zone": office.zone, "settings": json_text(office.settings.to_dict())}


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


@lru_cache(maxsize=64)
def _closed_text(closed: tuple[str, ...]) -> str:
    """The same few lists stand at every indicator."""
    return json_text(closed)


@lru_cache(maxsize=64)
def _closed_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _indicators(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for each in office.indicators:
        values = {"since": each.since, "closed": _closed_text(each.closed), "definition": each.definition}
        yield (each.indicator, each.number), values


def _target_sets(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for each in office.targets:
        yield (each.year, each.number), {"document": each.document, "since": each.since}


def _targets(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for each in office.targets:
        for (indicator, period), value in each.values.items():
            yield (each.year, each.number, indicator, period), {"value": value}


def _pins(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    return (((person.code,), {}) for person in office.people.values() if person.has_pin)


def _signers(office: OfficeState) -> Iterator[tuple[Key, Named]]:
    for one in office.signers.values():
        yield (one.code,), {"position": one.position, "since": one.since, "digest": one.digest}


OFFICE_TABLES: tuple[OfficeTable, ...] = (
    OfficeTable(
        "offices", _offices, statements.ADD_OFFICE, statements.CHANGE_OFFICE, parts=("name", "zone", "settings")
    ),
    OfficeTable("calendar_revisions", _calendars, statements.ADD_CALENDAR, keys=("revision",), parts=("calendars",)),
    OfficeTable("bidang", _bidang, statements.ADD_BIDANG, statements.CHANGE_BIDANG, keys=("name",), parts=("bidang",)),
    OfficeTable("sop_versions", _versions, statements.ADD_SOP_VERSION, keys=("sop_code", "version"), parts=("sops",)),
    OfficeTable(
        "confirmations",
        _confirmations,
        statements.ADD_CONFIRMATION,
        statements.CHANGE_CONFIRMATION,
        keys=("sop_code", "version", "step", "field"),
        parts=("sops",),
    ),
    OfficeTable("reporting_years", _years, statements.ADD_YEAR, keys=("sop_code", "year"), parts=("years",)),
    OfficeTable(
        "people", _people, statements.ADD_PERSON, statements.CHANGE_PERSON, keys=("person",), parts=("people",)
    ),
    OfficeTable(
        "memberships",
        _memberships,
        statements.ADD_LANE,
        statements.CHANGE_LANE,
        keys=("person", "place"),
        parts=("people",),
    ),
    OfficeTable(
        "indicator_versions",
        _indicators,
        statements.ADD_INDICATOR_VERSION,
        keys=("indicator", "number"),
        parts=("indicators",),
    ),
    OfficeTable(
        "target_sets",
        _target_sets,
        statements.ADD_TARGET_SET,
        statements.CHANGE_TARGET_SET,
        keys=("year", "number"),
        parts=("targets",),
    ),
    OfficeTable(
        "targets",
        _targets,
        statements.ADD_TARGET,
        statements.CHANGE_TARGET,
        statements.FORGET_TARGET,
        keys=("year", "number", "indicator", "period"),
        parts=("targets",),
    ),
    OfficeTable(
        "pins",
        _pins,
        statements.ADD_PIN,
        statements.CHANGE_PIN,
        statements.FORGET_PIN,
        keys=("person",),
        parts=("people",),
    ),
    OfficeTable(
        "signers", _signers, statements.ADD_SIGNER, statements.CHANGE_SIGNER, keys=("signer",), parts=("signers",)
    ),
)
"""In the order in which rows point at each other."""

_UNNAMED: Named = {"personal_name": None, "account": None}


def keep(database: Database, before: OfficeState | None, after: OfficeState, beside: Supplement) -> None:
    """Write the rows in which two states of an office differ, within a transaction; None for one that was not there."""
    named_beside = {name for name, _ in beside.rows}
    for table in OFFICE_TABLES:
        if before is not None and table.name not in named_beside and _is_untouched(table, before, after):
            continue
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


def _is_untouched(table: OfficeTable, before: OfficeState, after: OfficeState) -> bool:
    """Whether a change made elsewhere left the very values that the rows are."""
    return all(getattr(before, part) is getattr(after, part) for part in table.parts)


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
        for row_id, code, name, zone, settings in database.rows(statements.OFFICES_AND_SETTINGS)
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
            {one.code: one for one in signers_of(database, row_id)},
            tuple(_indicators_of(database, row_id)),
            tuple(_targets_of(database, row_id)),
        )
        for row_id, office in found.items()
    }
    if codes is None or NO_OFFICE in codes:
        waiting = _sops_of(database, None)
        if waiting:
            states[NO_OFFICE] = OfficeState(NO_OFFICE, sops=waiting)
    return states


def _bidang_of(database: Database, office_id: int) -> Iterator[BidangState]:
    for name, position, active, since, until, successor in database.rows(statements.BIDANG_OF_OFFICE, (office_id,)):
        yield BidangState(name, position, _FLAG[active], moment_or_none(since), moment_or_none(until), successor)


def _calendars_of(database: Database, office_id: int) -> Iterator[NumberedText]:
    return (NumberedText(*row) for row in database.rows(statements.CALENDARS_OF_OFFICE, (office_id,)))


def _sops_of(database: Database, office_id: int | None) -> dict[str, SopState]:
    found: dict[str, SopState] = {}
    for row_id, code, version, digest in database.rows(statements.VERSIONS_OF_OFFICE, (office_id,)):
        sop = found.get(code, SopState())
        words = {
            (step, name): Word(by, moment(at))
            for step, name, by, at in database.rows(statements.CONFIRMATIONS_OF_VERSION, (row_id,))
        }
        confirmed = {**sop.confirmed, version: words} if words else sop.confirmed
        found[code] = SopState((*sop.versions, NumberedText(version, digest)), confirmed)
    return found


def _years_of(database: Database, office_id: int) -> Iterator[AdoptedYear]:
    return (AdoptedYear(*row) for row in database.rows(statements.YEARS_AS_SET_UP, (office_id,)))


def _people_of(database: Database, office_id: int) -> dict[str, PersonState]:
    lanes = lanes_by_person(database.rows(statements.LANES_AS_GIVEN, (office_id,)))
    return {
        code: PersonState(code, _roles(roles), _FLAG[active], bool(has_pin), tuple(lanes.get(person_id, ())))
        for person_id, code, roles, active, has_pin in database.rows(statements.PEOPLE_OF_OFFICE, (office_id,))
    }


def _indicators_of(database: Database, office_id: int) -> Iterator[IndicatorText]:
    for code, number, since, closed, definition in database.rows(statements.INDICATORS_OF_OFFICE, (office_id,)):
        yield IndicatorText(code, number, since, _closed_of(closed), definition)


def _targets_of(database: Database, office_id: int) -> Iterator[TargetText]:
    for set_id, year, number, document, since in database.rows(statements.TARGET_SETS_OF_OFFICE, (office_id,)):
        rows = database.rows(statements.TARGETS_OF_SET, (set_id,))
        yield TargetText(year, number, document, since, {(code, period): value for code, period, value in rows})


def _roles(text: str) -> tuple[Role, ...]:
    roles = roles_of(text)
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
