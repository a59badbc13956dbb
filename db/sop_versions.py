"""Writing an office's SOPs: bringing a version in, confirming or changing what a document leaves open.

Each is one write transaction and one event. A version is never changed; a confirmation stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from db.errors import UnknownAdoption
from db.file.connection import Database
from db.models import Confirmation, SopVersion
from db.office_acts import effective, manager, office_record, question
from db.queries import head
from db.rows import Address, Applied, Recorded, Touch
from db.staleness import stale_case
from db.store import Store
from sop.form import checks, toml_format
from sop.model.commands import Typed
from sop.model.definition import Basis, DayKind, Field, Ground, Sop, Step
from sop.model.errors import FaultyInput
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none


def import_sop(
    store: Store,
    sop: Sop,
    actor: Actor,
    *,
    office: str | None = None,
    reason: str | None = None,
    seen: int | None = None,
    at: Typed | None = None,
    token: str | None = None,
) -> Recorded:
    """Keep an SOP as the newest version of its code, for an office or (None) until one is set up with it.

    Args:
        store: Where.
        sop: The definition.
        actor: The pengelola or an admin; anybody, where no office is named.
        office: Code of the office.
        reason: Why, for the log.
        seen: Number of the newest version that was on view, 0 for none; None trusts luck.
        at: Since when the office says it holds, for the log; None for now.
        token: The same token acts once.

    Raises:
        FaultyInput: The definition is not sound.
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Another version came since `seen`.
        UnknownOffice: No office has that code.
    """
    refuse_unsound(sop)
    token = clean_or_none(token, "token", LONGEST_NAME)
    reason = clean_or_none(reason, "alasan")
    digest = toml_format.content_hash(sop)
    asked = question(Act.SOP_IMPOR.value, actor.code, digest, office, reason)
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, asked)) is not None:
            return _recorded_again(earlier)
        now = store.now()
        record = None if office is None else office_record(database, office)
        actor = manager(store, record.id if record is not None else None, actor, Act.SOP_IMPOR, now)
        moment, late = effective(database, record, Act.SOP_IMPOR, at, reason, now)
        office_id = None if record is None else record.id
        before = newest_version(database, office_id, sop.code)
        refuse_stale(database, office, sop.code, actor, seen, before)
        if before is not None and before.digest == digest:
            raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, version=before.number)
        version = add_version(database, office_id, sop, before.number + 1 if before else 1, now)
        data: dict[str, Any] = {"sop": {"code": sop.code, "version": version, "hash": digest}}
        if reason is not None:
            data["reason"] = reason
        newest = head(database)
        event = Event(newest.sequence + 1, Act.SOP_IMPOR, moment, now, actor.code, late_entry=late, data=data)
        event_digest = store.record(event, newest, office, None, token, asked)
    return Recorded(event.sequence, event_digest, version, new_version=True)


def confirm_sop(
    store: Store,
    address: Address,
    step: int,
    values: Mapping[Field, Any],
    actor: Actor,
    *,
    reason: str | None = None,
    seen: int | None = None,
    at: Typed | None = None,
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
        seen: Number of the newest version that was on view; None trusts luck.
        at: Since when the office says it holds; None for now.
        token: The same token acts once.

    Raises:
        Refused: Somebody without the right, a decision asked of a step without one, nothing left to confirm, a moment
            that cannot be, or a token used for something else.
        StaleCase: Another version came since `seen`.
        Unknown: No such step or lane.
        FaultyInput: The changed SOP would not be sound.
        UnknownOffice, UnknownAdoption: The address stands for nothing.
    """
    token = clean_or_none(token, "token", LONGEST_NAME)
    reason = clean_or_none(reason, "alasan")
    plain = {str(name): _plain(value) for name, value in values.items()}
    asked = question(Act.SOP_TETAPKAN.value, actor.code, address.office, address.sop, step, plain, reason)
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, asked)) is not None:
            return _recorded_again(earlier)
        now = store.now()
        record = office_record(database, address.office)
        actor = manager(store, record.id, actor, Act.SOP_TETAPKAN, now)
        moment, late = effective(database, record, Act.SOP_TETAPKAN, at, reason, now)
        before = newest_version(database, record.id, address.sop)
        if before is None:
            known = _adopted_codes(database, record.id)
            raise UnknownAdoption(office=address.office, sop=address.sop, known=known)
        refuse_stale(database, address.office, address.sop, actor, seen, before)
        sop, version = before.sop, before.number
        row = _step(sop, step)
        wanted = {name: _value(sop, row, name, value) for name, value in values.items()} or _left_open(row)
        if not wanted:
            raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, step=step)
        changed = {name: value for name, value in wanted.items() if value != row.value(name)}
        data: dict[str, Any] = {
            "sop": {"code": sop.code, "version": version},
            "confirmed": sorted(name.value for name in wanted if name not in changed),
            "changed": {
                name.value: {"before": _plain(row.value(name)), "after": _plain(value)}
                for name, value in changed.items()
            },
        }
        if reason is not None:
            data["reason"] = reason
        for name in wanted:
            if name not in changed:
                _confirm_everywhere(database, record.id, sop.code, step, name, wanted[name], actor.code, moment)
        if changed:
            renewed = _changed(sop, row, changed, actor.code, moment)
            refuse_unsound(renewed)
            version = add_version(database, record.id, renewed, version + 1, now)
            _carry_confirmations(database, record.id, sop.code, version, step, set(changed))
            data["sop"] = {"code": sop.code, "version": version, "hash": toml_format.content_hash(renewed)}
        newest = head(database)
        event = Event(
            newest.sequence + 1, Act.SOP_TETAPKAN, moment, now, actor.code, step=step, late_entry=late, data=data
        )
        event_digest = store.record(event, newest, address.office, None, token, asked)
    return Recorded(event.sequence, event_digest, version, new_version=bool(changed))


def _plain(value: Any) -> Any:
    """JSON values for what is asked."""
    return [_plain(item) for item in value] if isinstance(value, tuple | list | set | frozenset) else value


def _recorded_again(earlier: Applied) -> Recorded:
    sop = earlier.event.data["sop"]
    return Recorded(earlier.sequence, earlier.hash, sop["version"], new_version="hash" in sop, repeated=True)


# ---------------------------------------------------------------------- versions and confirmations


def refuse_unsound(sop: Sop) -> None:
    faults = checks.faults(sop)
    if faults:
        raise FaultyInput(faults, source=sop.code)


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


class NewestVersion(NamedTuple):
    """The newest version of an SOP."""

    sop: Sop
    number: int
    digest: str
    """`toml_format.content_hash`."""


def newest_version(database: Database, office_id: int | None, code: str) -> NewestVersion | None:
    """The newest version of an SOP as an office has it (with None: as it was imported), within a transaction."""
    versions = _versions(database, office_id, code)
    if not versions:
        return None
    _, number, definition, digest = versions[0]
    return NewestVersion(toml_format.from_dict(json.loads(definition)), number, digest)


def refuse_stale(
    database: Database, office: str | None, code: str, actor: Actor, seen: int | None, found: NewestVersion | None
) -> None:
    """Raises StaleCase, naming who brought the version in, where another one than `seen` is the newest."""
    number = 0 if found is None else found.number
    if seen is None or seen == number:
        return
    sql = (
        "SELECT sequence, act, by_person, for_lane, at, recorded FROM events WHERE office IS ? AND act IN (?, ?, ?) "
        "AND json_extract(data, '$.sop.code') = ? ORDER BY sequence DESC LIMIT ?"
    )
    acts = (Act.SOP_IMPOR.value, Act.SOP_TETAPKAN.value, Act.SIAPKAN.value)
    rows = database.rows(sql, (office, *acts, code, max(number - seen, 1)))
    raise stale_case(f"sop:{code}", seen, number, [Touch(*row) for row in rows], actor.code)


def add_version(database: Database, office_id: int | None, sop: Sop, number: int, now: int) -> int:
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
    database: Database, office_id: int, code: str, number: int, name: Field, value: Any, by: str, at: int
) -> None:
    """Confirm a value in every version where the step has it."""
    for version_id, _, definition, _ in _versions(database, office_id, code):
        rows = [step for step in toml_format.from_dict(json.loads(definition)).steps if step.number == number]
        if rows and rows[0].value(name) == value:
            _put_confirmation(database, version_id, number, name.value, by, at)


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


def _with_decision(step: Step, **changes: Any) -> Step:
    assert step.decision is not None
    return replace(step, decision=replace(step.decision, **changes))


def _with_day_kind(step: Step, kind: DayKind) -> Step:
    standard = step.mutu_baku
    assert standard.waktu is not None
    return replace(step, mutu_baku=replace(standard, waktu=replace(standard.waktu, day_kind=kind)))


_WRITE: dict[Field, Callable[[Step, Any], Step]] = {
    Field.PELAKSANA: lambda step, lanes: replace(step, pelaksana=lanes),
    Field.DECIDER: lambda step, lane: replace(step, decider=lane),
    Field.YA: lambda step, target: _with_decision(step, ya=target),
    Field.TIDAK: lambda step, target: _with_decision(step, tidak=target),
    Field.CADENCE: lambda step, cadence: replace(step, cadence=cadence),
    Field.PER_BIDANG: lambda step, flag: replace(step, per_bidang=flag),
    Field.JOINT: lambda step, flag: replace(step, joint=flag),
    Field.DAY_KIND: _with_day_kind,
}
"""How a value is written to a step; `Step.value` reads it."""


def _step(sop: Sop, number: int) -> Step:
    for step in sop.steps:
        if step.number == number:
            return step
    raise Unknown("langkah", str(number), tuple(str(step.number) for step in sop.steps))


def _left_open(step: Step) -> dict[Field, Any]:
    """What of a step is only implied or assumed, as it stands."""
    return {
        name: step.value(name) for name in step.grounded if step.ground(name).basis in (Basis.TERSIRAT, Basis.ASUMSI)
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


def _changed(sop: Sop, step: Step, values: Mapping[Field, Any], by: str, at: int) -> Sop:
    """The SOP with other values in one step, each standing on the office's word."""
    renewed = step
    for name, value in values.items():
        renewed = _WRITE[name](renewed, value)
    word = Ground(Basis.DITETAPKAN, confirmed_by=by, confirmed_at=at)
    renewed = replace(renewed, bases={**step.bases, **{name.value: word for name in values}})
    return replace(sop, steps=tuple(renewed if row is step else row for row in sop.steps))
