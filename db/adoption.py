"""Writing what an office stands on: setting a year up, bringing in an SOP, confirming or changing what it leaves open.

Like the acts on a case, each is one write transaction and one event of the same log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.calendar_store import first_calendar, next_calendar
from db.connection import Database
from db.errors import UnknownAdoption, UnknownOffice, YearExists
from db.log_chain import canonical, text_hash
from db.models import Bidang, CalendarRevision, Confirmation, Office, Period, ReportingYear, SopVersion
from db.queries import head
from db.recall import bidang_of
from db.rows import Address, Applied, Recorded, SetUp
from db.store import Store
from sop import checks, toml_format
from sop.definition import Basis, Cadence, DayKind, Field, Ground, Sop, Step
from sop.errors import Fault, FaultyInput
from sop.events import Act, Event
from sop.instants import ZONES
from sop.pelaksana import Actor, Role
from sop.periods import kept_names, key_of
from sop.procedure import cadences, procedure
from sop.refusals import Refused, Rule, Unknown
from sop.settings import Settings
from sop.state import PeriodPhase
from sop.texts import LONGEST_NAME, clean_or_none
from sop.work_calendar import FIRST_YEAR, LAST_YEAR, CalendarSpec

LONGEST_CODE = 64
"""Characters of an office's code."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is asked of `set_up`. For an office that exists, what is left out stays as it is."""

    sop: Sop
    """Version 1 for an office that has not adopted it; otherwise only its code counts."""
    year: int
    office: str | None = None
    """Code of the office; None for the SOP's own code, or the one office that has adopted it."""
    name: str | None = None
    """None for the name in the SOP."""
    zone: str | None = None
    """None for the zone the SOP proposes."""
    bidang: tuple[str, ...] = ()
    """In order. Those that an existing office lacks are added to its list."""
    cadence: Cadence | None = None
    """For an SOP that names no period; None for triwulan, or what the year before had."""
    calendar: CalendarSpec | None = None
    """Revision 1 for a new office; None for the default hours, with this year and the next filled."""
    reason: str | None = None
    token: str | None = None


def set_up(store: Store, asked: Adoption, actor: Actor) -> SetUp:
    """Make an office, or the next year of one: its SOP, bidang, calendar and the periods of the year.

    Raises:
        Refused: Somebody without the right, per-bidang steps without a bidang, or a token used for something else.
        YearExists: That year is there already.
        FaultyInput: A name, zone, cadence or year that cannot be taken, all named at once.
    """
    wanted = _cleaned(asked)
    question = _question("siapkan", actor, wanted)
    database = store.database
    with database.write():
        if wanted.token is not None and (earlier := store.earlier(wanted.token, question)) is not None:
            return _set_up_again(earlier)
        now = store.now()
        office_id, code, is_new = _office(database, wanted, now)
        actor = store.in_force(office_id, actor, now)
        _require_manager(actor, Act.SIAPKAN)
        bidang = _bidang(database, office_id, wanted.bidang)
        version, sop, digest = _adopted(store, office_id, wanted.sop, now)
        cadence = _cadence(database, office_id, sop, wanted.cadence)
        if any(step.per_bidang for step in sop.steps) and not bidang:
            raise Refused(Rule.NO_BIDANG, sop=sop.code)
        year_id = _year(database, office_id, sop.code, wanted.year, cadence)
        periods = _periods(database, year_id, sop, wanted.year, cadence)
        calendar = _calendar(database, office_id) if is_new else next_calendar(store, office_id, wanted.year, now)
        office = database.rows("SELECT name, zone FROM offices WHERE id = ?", (office_id,))[0]
        data: dict[str, Any] = {
            "office": {"code": code, "name": office[0], "zone": office[1], "new": is_new},
            "sop": {"code": sop.code, "version": version, "hash": digest},
            "year": wanted.year,
            "cadence": cadence.value if cadence is not None else None,
            "bidang": list(bidang),
            "periods": periods,
            **calendar,
        }
        if wanted.reason is not None:
            data["reason"] = wanted.reason
        newest = head(database)
        event = Event(newest.sequence + 1, Act.SIAPKAN, now, now, actor.code, data=data)
        event_digest = store.record(event, newest, code, year_id, wanted.token, question)
    keys = tuple(period["key"] for period in periods)
    return SetUp(event.sequence, event_digest, Address(code, sop.code), wanted.year, keys, is_new)


def import_sop(
    store: Store, sop: Sop, actor: Actor, *, office: str | None = None, token: str | None = None
) -> Recorded:
    """Keep an SOP as the newest version of its code, for an office or (None) until one is set up with it.

    Raises:
        FaultyInput: The definition is not sound.
        Refused: Somebody without the right, nothing changed, or a token used for something else.
        UnknownOffice: No office has that code.
    """
    _refuse_unsound(sop)
    token = clean_or_none(token, "token", LONGEST_NAME)
    question = _question("sop-impor", actor, toml_format.content_hash(sop), office)
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, question)) is not None:
            return _recorded_again(earlier)
        now = store.now()
        office_id = None
        if office is not None:
            office_id = _known_office(database, office)
            actor = store.in_force(office_id, actor, now)
        _require_manager(actor, Act.SOP_IMPOR)
        newest_version = _newest(database, office_id, sop.code)
        digest = toml_format.content_hash(sop)
        if newest_version is not None and newest_version[2] == digest:
            raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, version=newest_version[1])
        version = _add_version(database, office_id, sop, newest_version[1] + 1 if newest_version else 1, now)
        data = {"sop": {"code": sop.code, "version": version, "hash": digest}}
        newest = head(database)
        event = Event(newest.sequence + 1, Act.SOP_IMPOR, now, now, actor.code, data=data)
        event_digest = store.record(event, newest, office, None, token, question)
    return Recorded(event.sequence, event_digest, version, new_version=True)


def confirm_sop(
    store: Store,
    address: Address,
    step: int,
    values: Mapping[Field, Any],
    actor: Actor,
    *,
    reason: str | None = None,
    token: str | None = None,
) -> Recorded:
    """Confirm or change what a step of the office's SOP leaves open (`sop tetapkan`).

    A value that stays as it is counts as confirmed at once, also for running cases: in every version that has the same
    value there. A value that differs makes a new version, on which later cases begin.

    Args:
        store: Where.
        address: Which office and SOP.
        step: Its number.
        values: Field -> value: PELAKSANA a sequence of lanes, DECIDER a lane, TIDAK a step number, YA a step number
            or None for the end, CADENCE, PER_BIDANG, JOINT and DAY_KIND as in `Step` and `Waktu`. Empty: everything
            of the step that is only implied or assumed, as it stands.
        actor: The pengelola or an admin.
        reason: Why, for the log.
        token: The same token acts once.

    Raises:
        Refused: Somebody without the right, a decision asked of a step without one, nothing left to confirm, or a token
            used for something else.
        Unknown: No such step or lane.
        FaultyInput: The changed SOP would not be sound.
        UnknownOffice, UnknownAdoption: The address stands for nothing.
    """
    token = clean_or_none(token, "token", LONGEST_NAME)
    reason = clean_or_none(reason, "alasan")
    plain = {str(name): _plain(value) for name, value in values.items()}
    question = _question("sop-tetapkan", actor, address.office, address.sop, step, plain)
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, question)) is not None:
            return _recorded_again(earlier)
        now = store.now()
        office_id = _known_office(database, address.office)
        actor = store.in_force(office_id, actor, now)
        _require_manager(actor, Act.SOP_TETAPKAN)
        newest_version = _newest(database, office_id, address.sop)
        if newest_version is None:
            raise UnknownAdoption(office=address.office, sop=address.sop, known=_adopted_codes(database, office_id))
        sop, version = newest_version[0], newest_version[1]
        row = _step(sop, step)
        asked = {name: _value(sop, row, name, value) for name, value in values.items()} or _left_open(row)
        if not asked:
            raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, step=step)
        changed = {name: value for name, value in asked.items() if value != _FIELDS[name].read(row)}
        data: dict[str, Any] = {
            "sop": {"code": sop.code, "version": version},
            "confirmed": sorted(name.value for name in asked if name not in changed),
            "changed": {
                name.value: {"before": _plain(_FIELDS[name].read(row)), "after": _plain(value)}
                for name, value in changed.items()
            },
        }
        if reason is not None:
            data["reason"] = reason
        for name in asked:
            if name not in changed:
                _confirm_everywhere(database, office_id, sop.code, step, name, asked[name], actor.code, now)
        if changed:
            renewed = _changed(sop, row, changed, actor.code, now)
            _refuse_unsound(renewed)
            version = _add_version(database, office_id, renewed, version + 1, now)
            _carry_confirmations(database, office_id, sop.code, version, step, set(changed))
            data["sop"] = {"code": sop.code, "version": version, "hash": toml_format.content_hash(renewed)}
        newest = head(database)
        event = Event(newest.sequence + 1, Act.SOP_TETAPKAN, now, now, actor.code, step=step, data=data)
        event_digest = store.record(event, newest, address.office, None, token, question)
    return Recorded(event.sequence, event_digest, version, new_version=bool(changed))


# ---------------------------------------------------------------------- who may, and what was asked before


def _require_manager(actor: Actor, act: Act) -> None:
    if not actor.manages and actor.role is not Role.ADMIN:
        raise Refused(Rule.MANAGER_ONLY, act=act)


def _question(*parts: Any) -> str:
    """A hash of what is asked, so that a token stands for one question."""
    return text_hash(canonical([_plain(part) for part in parts]))


def _plain(value: Any) -> Any:
    """JSON values for what is asked."""
    if isinstance(value, Actor):
        return value.code
    if isinstance(value, Adoption):
        asked = (value.office, value.name, value.zone, value.year, value.bidang, value.cadence, value.reason)
        return _plain((value.sop.code, *asked))
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(item) for item in value]
    return value


def _set_up_again(earlier: Applied) -> SetUp:
    data = earlier.event.data
    address = Address(data["office"]["code"], data["sop"]["code"])
    keys = tuple(period["key"] for period in data["periods"])
    return SetUp(earlier.sequence, earlier.hash, address, data["year"], keys, data["office"]["new"], repeated=True)


def _recorded_again(earlier: Applied) -> Recorded:
    sop = earlier.event.data["sop"]
    return Recorded(earlier.sequence, earlier.hash, sop["version"], new_version="hash" in sop, repeated=True)


# ---------------------------------------------------------------------- setting up


def _cleaned(asked: Adoption) -> Adoption:
    """Texts made fit to keep; everything that cannot be taken is named at once."""
    faults: list[Fault] = []
    office = clean_or_none(asked.office, "opd", LONGEST_CODE)
    zone = asked.zone or asked.sop.zone
    if zone not in ZONES:
        faults.append(Fault("zona", "nilai_tak_dikenal", zone, known=tuple(ZONES)))
    if not FIRST_YEAR <= asked.year <= LAST_YEAR:
        faults.append(Fault("tahun", "bilangan_di_luar_batas", str(asked.year), known=(f"{FIRST_YEAR}-{LAST_YEAR}",)))
    bidang: dict[str, str] = {}
    for text in asked.bidang:
        name = clean_or_none(text, "bidang", LONGEST_NAME)
        if name is None:
            faults.append(Fault("bidang", "teks_kosong"))
        else:
            bidang.setdefault(name.casefold(), name)
    if asked.cadence is not None and all(step.cadence is not None for step in asked.sop.steps):
        written = tuple(sorted({step.cadence.value for step in asked.sop.steps if step.cadence is not None}))
        faults.append(Fault("kadens", "kadens_tertulis", asked.cadence.value, known=written))
    if faults:
        raise FaultyInput(tuple(faults), source="siapkan")
    return replace(
        asked,
        office=office,
        name=clean_or_none(asked.name, "nama", LONGEST_NAME),
        bidang=tuple(bidang.values()),
        reason=clean_or_none(asked.reason, "alasan"),
        token=clean_or_none(asked.token, "token", LONGEST_NAME),
    )


def _office(database: Database, wanted: Adoption, now: int) -> tuple[int, str, bool]:
    """(row id, code, whether it was made now)."""
    code = wanted.office
    if code is None:
        adopters = database.rows(
            "SELECT DISTINCT o.code FROM offices o JOIN sop_versions v ON v.office_id = o.id WHERE v.sop_code = ?",
            (wanted.sop.code,),
        )
        code = adopters[0][0] if len(adopters) == 1 else wanted.sop.code
    row = database.row("SELECT id, name, zone FROM offices WHERE code = ?", (code,))
    if row is not None:
        faults = [
            Fault(place, "kantor_sudah_ada", found=asked, known=(kept,))
            for place, asked, kept in (("nama", wanted.name, row[1]), ("zona", wanted.zone, row[2]))
            if asked is not None and asked != kept
        ]
        if faults:
            raise FaultyInput(tuple(faults), source="siapkan")
        return row[0], code, False
    shared = database.peewee
    zone = wanted.zone or wanted.sop.zone
    office_id = Office.insert(
        code=code, name=wanted.name or wanted.sop.office, zone=zone, settings=canonical(Settings().to_dict())
    ).execute(shared)
    spec = canonical((wanted.calendar or first_calendar(zone, wanted.year)).to_dict())
    CalendarRevision.insert(
        office=office_id, revision=1, spec=spec, content_hash=text_hash(spec), recorded=now
    ).execute(shared)
    return office_id, code, True


def _bidang(database: Database, office_id: int, wanted: Sequence[str]) -> tuple[str, ...]:
    """The office's list after the missing ones were added."""
    known = bidang_of(database, office_id)
    folded = {name.casefold() for name in known}
    added = [name for name in wanted if name.casefold() not in folded]
    first = database.value("SELECT coalesce(max(position), 0) FROM bidang WHERE office_id = ?", (office_id,))
    for position, name in enumerate(added, first + 1):
        Bidang.insert(office=office_id, name=name, position=position, active=1).execute(database.peewee)
    return (*known, *added)


def _adopted(store: Store, office_id: int, sop: Sop, now: int) -> tuple[int, Sop, str]:
    """(version, definition, hash) of the office's newest version; version 1 is made of `sop` where there is none."""
    newest = _newest(store.database, office_id, sop.code)
    if newest is not None:
        return newest[1], newest[0], newest[2]
    _refuse_unsound(sop)
    return _add_version(store.database, office_id, sop, 1, now), sop, toml_format.content_hash(sop)


def _cadence(database: Database, office_id: int, sop: Sop, wanted: Cadence | None) -> Cadence | None:
    """The office's choice: what is asked, else that of its newest year, else triwulan; None where the SOP names it."""
    if all(step.cadence is not None for step in sop.steps):
        return None
    if wanted is not None:
        return wanted
    before = database.value(
        "SELECT cadence FROM reporting_years WHERE office_id = ? AND sop_code = ? ORDER BY year DESC LIMIT 1",
        (office_id, sop.code),
    )
    return Cadence(before) if before is not None else Cadence.TRIWULAN


def _year(database: Database, office_id: int, sop: str, number: int, cadence: Cadence | None) -> int:
    same = "SELECT id FROM reporting_years WHERE office_id = ? AND sop_code = ? AND year = ?"
    if database.row(same, (office_id, sop, number)) is not None:
        code = database.value("SELECT code FROM offices WHERE id = ?", (office_id,))
        raise YearExists(office=code, sop=sop, year=number)
    chosen = cadence.value if cadence is not None else None
    added = ReportingYear.insert(office=office_id, sop_code=sop, year=number, cadence=chosen)
    return int(added.execute(database.peewee))


def _periods(database: Database, year_id: int, sop: Sop, number: int, cadence: Cadence | None) -> list[dict[str, Any]]:
    """Rows for the periods that the year keeps, and how the event names them."""
    periods: list[dict[str, Any]] = []
    for name in kept_names(cadences(sop, cadence)):
        key = key_of(number, name)
        has_case = procedure(sop, key, cadence) is not None
        phase = PeriodPhase.BELUM if has_case else PeriodPhase.BUKA
        periods.append({"key": key, "has_case": has_case})
        Period.insert(
            reporting_year=year_id,
            key=key,
            has_case=int(has_case),
            phase=phase.value,
            revision=0,
            closings=0,
            reopenings=0,
            waivers="{}",
            last_case=0,
        ).execute(database.peewee)
    return periods


def _calendar(database: Database, office_id: int) -> dict[str, Any]:
    """The calendar in force, as the event names it."""
    revision, digest = database.rows(
        "SELECT revision, content_hash FROM calendar_revisions WHERE office_id = ? ORDER BY revision DESC LIMIT 1",
        (office_id,),
    )[0]
    return {"calendar": {"revision": revision, "hash": digest}}


# ---------------------------------------------------------------------- versions and confirmations


def _refuse_unsound(sop: Sop) -> None:
    faults = checks.faults(sop)
    if faults:
        raise FaultyInput(faults, source=sop.code)


def _known_office(database: Database, code: str) -> int:
    office_id = database.value("SELECT id FROM offices WHERE code = ?", (code,))
    if office_id is None:
        known = tuple(row[0] for row in database.rows("SELECT code FROM offices ORDER BY id"))
        raise UnknownOffice(code=code, known=known)
    return int(office_id)


def _adopted_codes(database: Database, office_id: int) -> tuple[str, ...]:
    sql = "SELECT sop_code FROM sop_versions WHERE office_id = ? GROUP BY sop_code ORDER BY min(id)"
    return tuple(code for (code,) in database.rows(sql, (office_id,)))


def _versions(database: Database, office_id: int | None, code: str) -> list[tuple[int, int, str, str]]:
    """(row id, number, definition, hash), the newest first."""
    whose = SopVersion.office.is_null() if office_id is None else SopVersion.office == office_id
    rows = (
        SopVersion.select(SopVersion.id, SopVersion.version, SopVersion.definition, SopVersion.content_hash)
        .where(whose, SopVersion.sop_code == code)
        .order_by(SopVersion.version.desc())
        .tuples()
        .execute(database.peewee)
    )
    return list(rows)


def _newest(database: Database, office_id: int | None, code: str) -> tuple[Sop, int, str] | None:
    """(definition, number, hash) of the newest version."""
    versions = _versions(database, office_id, code)
    if not versions:
        return None
    _, number, definition, digest = versions[0]
    return toml_format.from_dict(json.loads(definition)), number, digest


def _add_version(database: Database, office_id: int | None, sop: Sop, number: int, now: int) -> int:
    SopVersion.insert(
        office=office_id,
        sop_code=sop.code,
        version=number,
        definition=toml_format.canonical_json(sop),
        content_hash=toml_format.content_hash(sop),
        recorded=now,
    ).execute(database.peewee)
    return number


def _confirm_everywhere(
    database: Database, office_id: int, code: str, number: int, name: Field, value: Any, by: str, now: int
) -> None:
    """Confirm a value in every version where the step has it."""
    for version_id, _, definition, _ in _versions(database, office_id, code):
        rows = [step for step in toml_format.from_dict(json.loads(definition)).steps if step.number == number]
        if rows and _FIELDS[name].read(rows[0]) == value:
            _put_confirmation(database, version_id, number, name.value, by, now)


def _put_confirmation(database: Database, version_id: int, step: int, name: str, by: str, at: int) -> None:
    Confirmation.insert(sop_version=version_id, step=step, field=name, by_person=by, at=at).on_conflict(
        conflict_target=[Confirmation.sop_version, Confirmation.step, Confirmation.field],
        update={Confirmation.by_person: by, Confirmation.at: at},
    ).execute(database.peewee)


def _carry_confirmations(
    database: Database, office_id: int, code: str, number: int, step: int, changed: set[Field]
) -> None:
    """What was confirmed of the version before holds for the new one, but for what changed."""
    (new_id, *_), (old_id, *_) = _versions(database, office_id, code)[:2]
    kept = (
        Confirmation.select(Confirmation.step, Confirmation.field, Confirmation.by_person, Confirmation.at)
        .where(Confirmation.sop_version == old_id)
        .tuples()
        .execute(database.peewee)
    )
    for row, name, by, at in list(kept):
        if row != step or Field(name) not in changed:
            _put_confirmation(database, new_id, row, name, by, at)


# ---------------------------------------------------------------------- the fields of a step


@dataclass(frozen=True, slots=True)
class _Opening:
    """How one field is read from a step and written to it."""

    read: Callable[[Step], Any]
    write: Callable[[Step, Any], Step]


def _with_decision(step: Step, **changes: Any) -> Step:
    assert step.decision is not None
    return replace(step, decision=replace(step.decision, **changes))


def _with_day_kind(step: Step, kind: DayKind) -> Step:
    standard = step.mutu_baku
    assert standard.waktu is not None
    return replace(step, mutu_baku=replace(standard, waktu=replace(standard.waktu, day_kind=kind)))


_FIELDS: dict[Field, _Opening] = {
    Field.PELAKSANA: _Opening(lambda step: step.pelaksana, lambda step, lanes: replace(step, pelaksana=lanes)),
    Field.DECIDER: _Opening(lambda step: step.decider, lambda step, lane: replace(step, decider=lane)),
    Field.YA: _Opening(
        lambda step: step.decision and step.decision.ya, lambda step, target: _with_decision(step, ya=target)
    ),
    Field.TIDAK: _Opening(
        lambda step: step.decision and step.decision.tidak, lambda step, target: _with_decision(step, tidak=target)
    ),
    Field.CADENCE: _Opening(lambda step: step.cadence, lambda step, cadence: replace(step, cadence=cadence)),
    Field.PER_BIDANG: _Opening(lambda step: step.per_bidang, lambda step, flag: replace(step, per_bidang=flag)),
    Field.JOINT: _Opening(lambda step: step.joint, lambda step, flag: replace(step, joint=flag)),
    Field.DAY_KIND: _Opening(lambda step: step.mutu_baku.waktu and step.mutu_baku.waktu.day_kind, _with_day_kind),
}


def _step(sop: Sop, number: int) -> Step:
    for step in sop.steps:
        if step.number == number:
            return step
    raise Unknown("langkah", str(number), tuple(str(step.number) for step in sop.steps))


def _left_open(step: Step) -> dict[Field, Any]:
    """What of a step is only implied or assumed, as it stands."""
    return {
        name: _FIELDS[name].read(step)
        for name in step.grounded
        if step.ground(name).basis in (Basis.TERSIRAT, Basis.ASUMSI)
    }


def _value(sop: Sop, step: Step, name: Field, value: Any) -> Any:
    """A value as a definition holds it: lanes by the SOP's spelling."""
    if name in (Field.DECIDER, Field.YA, Field.TIDAK) and step.decision is None:
        raise Refused(Rule.NO_DECISION_STEP, step=step.number)
    if name is Field.DAY_KIND and (step.mutu_baku.waktu is None or step.mutu_baku.waktu.days is None):
        raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, step=step.number)
    if name is Field.PELAKSANA:
        lanes = (value,) if isinstance(value, str) else tuple(value)
        return tuple(_lane(sop, lane) for lane in lanes)
    return _lane(sop, value) if name is Field.DECIDER else value


def _lane(sop: Sop, text: str) -> str:
    name = clean_or_none(text, "lajur", LONGEST_NAME) or ""
    for lane in sop.lane_names:
        if lane.casefold() == name.casefold():
            return lane
    raise Unknown("lajur", name, sop.lane_names)


def _changed(sop: Sop, step: Step, values: Mapping[Field, Any], by: str, now: int) -> Sop:
    """The SOP with other values in one step, each standing on the office's word."""
    renewed = step
    for name, value in values.items():
        renewed = _FIELDS[name].write(renewed, value)
    word = Ground(Basis.DITETAPKAN, confirmed_by=by, confirmed_at=now)
    renewed = replace(renewed, bases={**step.bases, **{name.value: word for name in values}})
    return replace(sop, steps=tuple(renewed if row is step else row for row in sop.steps))
