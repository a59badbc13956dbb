"""Reading what the calendar, explained due moments and forecasts need. Each question is one short transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.file.connection import Database
from db.moments import moment
from db.rows import Address

if TYPE_CHECKING:
    from db.calendar_rows import CalendarRow
    from sop.time.office_calendar import OfficeCalendar

LATEST_RUNS = 30
"""Past runs of a step that a forecast looks at, the latest ones."""

_ENDED = (
    "SELECT c.sop_version, r.step, r.verdict FROM reporting_years y JOIN periods p ON p.reporting_year_id = y.id "
    "JOIN cases c ON c.period_id = p.id JOIN runs r ON r.case_id = c.id JOIN offices o ON o.id = y.office_id "
    "WHERE o.code = ? AND y.sop_code = ? AND r.phase = 'selesai' AND r.valid = 1 AND r.taken_over = 0 "
    "AND r.verdict IS NOT NULL ORDER BY r.ended DESC"
)
_CYCLE = 6
"""Place of `cycle_seconds` among the fields of a Verdict."""


def office_calendar(database: Database, office: str, revision: int | None = None) -> tuple[OfficeCalendar, int]:
    """A revision of the office's calendar (None for the one in force) with what the office decided, and its number.

    Raises:
        UnknownOffice: The code stands for nothing.
    """
    from db.calendar_store import kept
    from db.office_acts import office_record

    with database.read():
        record = office_record(database, office)
        number = record.calendar_revision if revision is None else revision
        return kept(database, record.id, number), number


def calendar_revisions(database: Database, office: str) -> tuple[CalendarRow, ...]:
    """Every revision, the newest first: when it was recorded, by whom and why. Raises UnknownOffice."""
    from db.calendar_rows import CalendarRow
    from db.office_acts import office_record

    with database.read():
        record = office_record(database, office)
        events = database.rows(
            "SELECT sequence, act, by_person, data FROM events WHERE office = ? AND act IN ('kalender', 'siapkan') "
            "ORDER BY sequence DESC",
            (office,),
        )
        told = {}
        for sequence, act, by, text in events:
            data = json.loads(text)
            # Of a revision that several events name, the first is the one that made it.
            told[data["calendar"]["revision"]] = (sequence, act, by, data.get("reason"), len(data.get("changes", ())))
        rows = database.rows(
            "SELECT revision, recorded, content_hash FROM calendar_revisions WHERE office_id = ? "
            "ORDER BY revision DESC",
            (record.id,),
        )
    nobody = (None, None, None, None, 0)
    return tuple(
        CalendarRow(number, moment(recorded), digest, *told.get(number, nobody)) for number, recorded, digest in rows
    )


def past_cycles(database: Database, address: Address) -> dict[tuple[int, int], tuple[int, ...]]:
    """What the latest runs of each step took, for forecasts.

    Returns:
        (SOP version, step) -> cycle times in working seconds, the latest first. Runs of one version stand for a step of
        another one that has the same title. Taken-over, skipped and overtaken runs are left out.
    """
    with database.read():
        rows = database.rows(_ENDED, (address.office, address.sop))
        versions = {version for version, _, _ in rows}
        titles = _titles(database, address) if len(versions) > 1 or _has_several(database, address) else None
    found: dict[object, list[int]] = {}
    for version, step, verdict in rows:
        name = step if titles is None else titles.get((version, step), (version, step))
        cycles = found.setdefault(name, [])
        if len(cycles) < LATEST_RUNS and (cycle := json.loads(verdict)[_CYCLE]) is not None:
            cycles.append(cycle)
    if titles is None:
        version = next(iter(versions), 1)
        return {(version, int(str(step))): tuple(cycles) for step, cycles in found.items()}
    return {place: tuple(found[name]) for place, name in titles.items() if name in found}


def office_bidang(database: Database, office: str) -> tuple[str, ...]:
    """The office's active bidang, in order: those that a region not entered yet will have."""
    sql = (
        "SELECT b.position, b.id, b.name FROM bidang b JOIN offices o ON o.id = b.office_id "
        "WHERE o.code = ? AND b.active = 1"
    )
    with database.read():
        return tuple(name for _, _, name in sorted(database.rows(sql, (office,))))


def _has_several(database: Database, address: Address) -> bool:
    sql = "SELECT count(*) FROM sop_versions v JOIN offices o ON o.id = v.office_id WHERE o.code = ? AND v.sop_code = ?"
    return bool(database.value(sql, (address.office, address.sop)) > 1)


def _titles(database: Database, address: Address) -> dict[tuple[int, int], object]:
    """(version, step) -> what the step is called there."""
    sql = (
        "SELECT v.version, v.definition FROM sop_versions v JOIN offices o ON o.id = v.office_id "
        "WHERE o.code = ? AND v.sop_code = ?"
    )
    titles: dict[tuple[int, int], object] = {}
    for version, definition in database.rows(sql, (address.office, address.sop)):
        seen: set[str] = set()
        for step in json.loads(definition)["steps"]:
            title = step["title"] if isinstance(step["title"], str) else step["title"]["text"]
            # A title that two steps share says nothing about which of them a run was.
            titles[version, step["number"]] = title if title not in seen else (version, step["number"])
            seen.add(title)
    return titles
