"""What an office's calendar shows: the due moment of every open card, and the target day of every period not closed.

Which steps have no due moment yet is told beside. How events are written is `exports/icalendar.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from exports.icalendar import CalendarEvent
from sakip_tui.views.overview import OpenCard, Overview, PeriodLine
from sop.model.errors import CalendarGap
from sop.time.work_calendar import DAY
from sop.words.calendar import standard_words
from sop.words.periods import period_label
from sop.words.time import date_long, moment_long

_FURTHEST = 60
"""Days to look back for a working day; no office is closed for longer."""


class DueEvent(NamedTuple):
    """One event, and what it is about."""

    period: str
    step: int | None
    """None for the target of the period itself."""
    bidang: str | None
    event: CalendarEvent


class DueEvents(NamedTuple):
    """What goes into the calendar, and what cannot yet."""

    events: tuple[DueEvent, ...]
    without_due: int
    """Open cards that have no due moment yet, or none within the calendar."""


def due_events(overview: Overview, sequence: int, period: str | None = None) -> DueEvents:
    """The events of an office, or of one period of it, by period and step.

    Args:
        overview: Where the office stands.
        sequence: Number of the log's newest event: whatever moves a due moment stands in the log, so an event that
            was moved always has a higher number than before.
        period: Its key; None for all.
    """
    lines = [line for line in overview.periods if period in (None, line.key)]
    cards = [one for line in lines for one in overview.cards.get(line.key, ())]
    found = [*_of_cards(overview, cards, sequence), *_of_targets(overview, lines, sequence)]
    found.sort(key=lambda one: (one.event.start, one.event.uid))
    return DueEvents(tuple(found), sum(one.stand.due_at is None for one in cards))


def _of_cards(overview: Overview, cards: list[OpenCard], sequence: int) -> Iterator[DueEvent]:
    for one in cards:
        due, card = one.stand.due_at, one.card
        if due is None:
            continue
        what = f"{period_label(one.period)}, langkah {card.step}: {card.title}"
        waktu = "" if card.waktu is None else f"Mutu baku: {standard_words(card.waktu)}."
        stopped = card.state == "ditunda" or any(end is None for _, end in card.stopped)
        told = [
            f"Tenggat {moment_long(due, overview.standing.zone)}.",
            f"Lajur: {card.lane}.",
            waktu,
            "Waktunya sedang berhenti; tenggatnya masih dapat bergeser." if stopped else "",
        ]
        event = CalendarEvent(
            uid=_uid(overview, one.period, str(card.step), card.bidang or ""),
            sequence=sequence,
            start=due,
            end=None,
            summary=what if card.bidang is None else f"{what} ({card.bidang})",
            description="\n".join(line for line in told if line),
            alarm_at=_alarm(overview, overview.day_of(due)),
            tentative=stopped,
        )
        yield DueEvent(one.period, card.step, card.bidang, event)


def _of_targets(overview: Overview, lines: list[PeriodLine], sequence: int) -> Iterator[DueEvent]:
    for line in lines:
        if line.target is None or line.row.phase == "tutup" or overview.year.is_waived(line.row):
            continue
        begins = overview.year.calendar.instant(line.target, 0)
        event = CalendarEvent(
            uid=_uid(overview, line.key, "target"),
            sequence=sequence,
            start=begins,
            end=begins + DAY,
            summary=f"Target {period_label(line.key)} ditutup",
            description=f"{overview.standing.office_name} ingin menutupnya paling lambat {date_long(line.target)}.",
            alarm_at=_alarm(overview, line.target),
        )
        yield DueEvent(line.key, None, None, event)


def _uid(overview: Overview, *what: str) -> str:
    """The same for one card of one office, whatever becomes of it: a new attempt moves the event of the last one."""
    named = "\n".join((*overview.standing.address, *what))
    return f"{sha256(named.encode()).hexdigest()[:32]}@sakip"


def _alarm(overview: Overview, day: dt.date) -> int | None:
    """The opening of the last working day before a day; None where that has gone by or lies beyond the calendar.

    Its opening and not the same hour: the whole working day is then still ahead of whoever is reminded.
    """
    calendar = overview.year.calendar
    try:
        for back in range(1, _FURTHEST + 1):
            before = day - dt.timedelta(days=back)
            spans = calendar.spans_of(before)
            if spans:
                opens = calendar.instant(before, spans[0][0])
                return opens if opens > overview.now else None
    except CalendarGap:
        pass
    return None
