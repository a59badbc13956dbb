"""What acts on a whole office share: who may do them, tokens, and the due moments of the runs that are open in it.

Each such act is one write transaction and one event in the office's scope; `calendar_store.py` and `settings_store.py`
hold the acts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import asdict, dataclass
from typing import Any

from db import identity, recall
from db.calendar_rows import Redated
from db.errors import UnknownOffice
from db.file.connection import Database
from db.log_chain import canonical, text_hash
from db.store import Store
from sop.acts.rights import RIGHTS, require_right
from sop.acts.ruling import LATE_SECONDS, raised
from sop.model.commands import Typed
from sop.model.definition import Sop, Waktu
from sop.model.events import Act
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from sop.model.settings import Settings
from sop.time.deadline import Interval, clock_start, due_at
from sop.time.work_calendar import WorkCalendar

_OPEN_RUNS = (
    "SELECT y.sop_code, p.key, c.number, c.sop_version, c.holds, r.step, r.bidang, r.attempt, r.ready, r.started, "
    "r.pauses FROM reporting_years y JOIN periods p ON p.reporting_year_id = y.id JOIN cases c ON c.period_id = p.id "
    "JOIN runs r ON r.case_id = c.id WHERE y.office_id = ? AND p.phase = 'buka' AND r.valid = 1 "
    "AND r.phase IN ('siap', 'dikerjakan', 'ditunda', 'keputusan')"
)


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """An office as an act on it finds it."""

    id: int
    code: str
    settings: Settings
    calendar_revision: int


@dataclass(frozen=True, slots=True)
class OpenRun:
    """An open run, as far as its due moment needs it."""

    sop: str
    period: str
    case: int
    step: int
    bidang: str | None
    attempt: int
    waktu: Waktu
    ready: int
    started: int | None
    stopped: tuple[Interval, ...]


def office_record(database: Database, code: str) -> OfficeRecord:
    """The office of that code, within a transaction. Raises UnknownOffice."""
    row = database.row("SELECT id, settings FROM offices WHERE code = ?", (code,))
    if row is None:
        known = tuple(each for (each,) in database.rows("SELECT code FROM offices ORDER BY id"))
        raise UnknownOffice(code=code, known=known)
    sql = "SELECT max(revision) FROM calendar_revisions WHERE office_id = ?"
    return OfficeRecord(row[0], code, recall.settings_of(row[1]), database.value(sql, (row[0],)))


def manager(store: Store, office_id: int | None, actor: Actor, act: Act, now: int) -> Actor:
    """The actor with the rights that are registered: in that office, else (None) in the one that vouches for them.

    Raises:
        Refused, UnknownPerson: None whom `sop.acts.rights` lets, or nobody.
    """
    if office_id is None:
        return by_home(store.database, actor, act, RIGHTS[act], now)
    entitled = store.in_force(office_id, actor, now)
    require_right(entitled, act)
    return entitled


def by_home(database: Database, actor: Actor, act: Act, roles: Set[Role], now: int) -> Actor:
    """Who acts on no office of the file, or on one without people, by a role held in another; as given while nobody is
    registered.

    Raises:
        Refused: No active person of the office that vouches, or none of the roles.
    """
    if identity.is_open(database):
        require_right(actor, act)
        return actor
    vouched = identity.at_home(database, actor, now)
    if vouched is None or not vouched.roles & roles:
        raise Refused(Rule.ADMIN_ONLY if Role.PENGELOLA not in roles else Rule.MANAGER_ONLY, act=act)
    return vouched


def effective(
    database: Database, record: OfficeRecord | None, act: Act, typed: Typed | None, reason: str | None, now: int
) -> tuple[int, bool]:
    """The effective moment of an act on an office, and whether it was recorded late (rule 6).

    Without an office there are no working days to count, so no lateness asks for a reason.

    Raises:
        Refused: It lies ahead, before the last such act, or so far back that it needs a reason.
    """
    if typed is None:
        return now, False
    office = None if record is None else record.code
    bound = database.value("SELECT max(at) FROM events WHERE office IS ? AND act = ?", (office, act.value))
    at = raised(typed, bound) if bound is not None else typed.at
    if typed.at > now:
        raise Refused(Rule.FUTURE, typed=typed.at, now=now)
    if bound is not None and at < bound:
        raise Refused(Rule.BEFORE_BOUND, typed=typed.at, bound=bound, set_by="kantor", act=act)
    late = now - at >= LATE_SECONDS
    if late and reason is None and record is not None:
        calendar = recall.calendar_of(database, record.id, record.calendar_revision)
        days = record.settings.late_entry_days
        if calendar.add_working_days(at, days) < now:
            raise Refused(Rule.LATE_REASON_NEEDED, typed=at, days=days, act=act)
    return at, late


def question(*parts: Any) -> str:
    """A hash of what is asked, so that a token stands for one question. Parts are JSON values."""
    return text_hash(canonical(parts))


# ---------------------------------------------------------------------- due moments of open runs


def open_runs(database: Database, office_id: int) -> tuple[OpenRun, ...]:
    """The open runs of all years of an office whose step has a standard."""
    return tuple(_open_runs(database, office_id))


def _open_runs(database: Database, office_id: int) -> Iterator[OpenRun]:
    sops: dict[str, recall.Versions] = {}
    standards: dict[tuple[str, int], dict[int, Waktu | None]] = {}
    rows = database.rows(_OPEN_RUNS, (office_id,))
    for sop, period, case, version, holds, step, bidang, attempt, ready, started, pauses in sorted(
        rows, key=lambda row: (row[0], row[1], row[5], row[6])
    ):
        if sop not in sops:
            newest = database.value(
                "SELECT max(version) FROM sop_versions WHERE office_id = ? AND sop_code = ?", (office_id, sop)
            )
            sops[sop] = recall.Versions(database, office_id, sop, newest)
        if (sop, version) not in standards:
            standards[sop, version] = _standards(sops[sop][version])
        waktu = standards[sop, version].get(step)
        if waktu is not None:
            stopped = (*_intervals(pauses), *_intervals(holds))
            yield OpenRun(sop, period, case, step, bidang or None, attempt, waktu, ready, started, stopped)


def _standards(sop: Sop) -> dict[int, Waktu | None]:
    return {step.number: step.mutu_baku.waktu for step in sop.steps}


def _intervals(text: str) -> tuple[Interval, ...]:
    return () if text == "[]" else tuple((start, end) for start, end in json.loads(text))


def due_of(run: OpenRun, calendar: WorkCalendar, settings: Settings, now: int) -> int | None:
    """When an open run is due; None before its clock starts, or beyond the calendar."""
    begun = clock_start(run.waktu, run.ready, run.started, settings.clock_start_of(run.sop, run.step))
    return due_at(run.waktu, begun, run.stopped, calendar, now=now, count_first_day=settings.count_first_day)


def redated(
    runs: tuple[OpenRun, ...],
    before: tuple[WorkCalendar, Settings],
    after: tuple[WorkCalendar, Settings],
    now: int,
) -> tuple[Redated, ...]:
    """The due moment of every open run that has one, under one calendar and settings and under others."""
    found = []
    for run in runs:
        was, will = due_of(run, *before, now), due_of(run, *after, now)
        if was is not None or will is not None:
            found.append(Redated(run.sop, run.period, run.case, run.step, run.bidang, run.attempt, was, will))
    return tuple(found)


def dues_data(dues: tuple[Redated, ...]) -> list[dict[str, Any]]:
    """How an event lists them."""
    return [asdict(due) for due in dues]
