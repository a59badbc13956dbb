"""The act on the working calendar: every change is a new revision, and its event lists what it re-dates.

Ended runs are never touched: their verdicts stay as they were judged, by the revision they were judged by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling
from sop.acts.redating import Redated, RunUnderClock, dues_data, redated
from sop.model.act import Act
from sop.model.events import Event
from sop.model.settings import Settings
from sop.time.office_calendar import Edit, OfficeCalendar, changes, edited
from sop.time.work_calendar import WorkCalendar
from sop.values import asdict

CALENDAR_ENTITY = "kalender"
"""How a stale view of the calendar is named; its revision is that of the calendar."""


class CalendarEdits(NamedTuple):
    """kalender: what to change, one after the other, kept as one revision."""

    edits: Sequence[Edit]
    before: OfficeCalendar
    """The revision in force, with what the office decided in it."""
    runs: Callable[[], Sequence[RunUnderClock]]
    """The open runs of the office."""


def judge_kalender(ruling: OfficeRuling[CalendarEdits]) -> Event:
    in_force = ruling.office.calendars[-1].number
    ruling.refuse_stale(CALENDAR_ENTITY, in_force)
    edits, before, runs = ruling.details
    after = edited(before, edits)
    dues = moved_dues(before, after, in_force, runs(), ruling.office.settings, ruling.context.now)
    return ruling.event(renewal(before, after, in_force, dues))


def effect_kalender(draft: OfficeDraft, event: Event) -> None:
    told = event.data["calendar"]
    draft.add_calendar(told["revision"], told["hash"])


def renewal(before: OfficeCalendar, after: OfficeCalendar, revision: int, dues: Sequence[Redated]) -> dict[str, Any]:
    """What an event says of a calendar's next revision.

    Args:
        before: The revision in force.
        after: The next one.
        revision: Number of the one in force.
        dues: See `moved_dues`.

    Returns:
        `calendar` (revision, hash, the revision before), `changes` row by row, and `due` of every open run before and
        after.
    """
    return {
        "calendar": {"revision": revision + 1, "hash": after.content_hash, "before": revision},
        "changes": [asdict(change) for change in changes(before, after)],
        "due": dues_data(dues),
    }


def moved_dues(
    before: OfficeCalendar,
    after: OfficeCalendar,
    revision: int,
    runs: Sequence[RunUnderClock],
    settings: Settings,
    now: int,
) -> tuple[Redated, ...]:
    """The due moments of open runs of an office under the calendar in force and under its next revision.

    Args:
        before: The revision in force.
        after: The next one.
        revision: Number of the one in force.
        runs: The open runs.
        settings: Of the office.
        now: UTC epoch seconds.
    """
    was, will = WorkCalendar(before.spec, revision), WorkCalendar(after.spec, revision + 1)
    return redated(runs, (was, settings), (will, settings), now)


DEEDS = {Act.KALENDER: Deed(judge_kalender, effect_kalender)}
