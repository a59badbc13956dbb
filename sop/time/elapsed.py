"""How long something has waited, in the days that people count."""

from __future__ import annotations

from sop.time.work_calendar import WorkCalendar


def working_days_since(moment: int, now: int, calendar: WorkCalendar) -> int:
    """Working days after the day of `moment` up to that of `now`; that of `now` counts if it is one.

    Raises:
        CalendarGap: No calendar reaches there.
    """
    return calendar.open_days_after(calendar.date_of(moment), calendar.date_of(now))
