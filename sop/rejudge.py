"""The verdict of an ended run under another calendar, to be shown beside the one that was frozen and never over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sop.deadline import Clocks, Interval, Verdict, judge, standard_of
from sop.definition import Waktu
from sop.state import RunState
from sop.work_calendar import WorkCalendar


def rejudged(
    run: RunState, holds: Sequence[Interval], waktu: Waktu | None, calendar: WorkCalendar, clocks: Clocks
) -> Verdict | None:
    """What the verdict of a run would be; only the calendar is another one.

    Args:
        run: Any run.
        holds: Intervals in which its case was held.
        waktu: The standard of its step in the version its case runs on.
        calendar: The revision to judge by.
        clocks: As its verdict froze them (`Settings.clocks_of`).

    Returns:
        None for a run without a verdict: it is open, was skipped or cut off, or took over an earlier result.
    """
    if run.verdict is None or run.ended is None:
        return None
    verdict = judge(
        standard_of(waktu, run.verdict),
        ready=run.ready,
        started=run.started,
        ended=run.ended,
        work=run.work,
        decisions=run.waits,
        pauses=(*run.pauses, *holds),
        calendar=calendar,
        begins=clocks.begins,
        count_first_day=clocks.count_first_day,
    )
    return replace(verdict, waktu=run.verdict.waktu)


def with_new_verdict(
    run: RunState, holds: Sequence[Interval], waktu: Waktu | None, calendar: WorkCalendar, clocks: Clocks
) -> RunState:
    """The run with the verdict it would have; as it is where it has none."""
    verdict = rejudged(run, holds, waktu, calendar, clocks)
    return run if verdict is None else replace(run, verdict=verdict)
