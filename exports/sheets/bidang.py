"""Bidang: who handed in when and who did not, for the steps that each bidang does by itself."""

from __future__ import annotations

from collections.abc import Iterator

from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.remarks import reason_of
from exports.sheets.source import Source, calendar_in, cases_of, events_of, last_act, runs_of
from sop.acts.handing import Handed, handed
from sop.acts.procedure import Region
from sop.look.figures import total
from sop.look.year import steps_of
from sop.model.errors import CalendarGap
from sop.model.state import CaseState, RunPhase, RunState
from sop.time.work_calendar import WorkCalendar
from sop.words.labels import state_label

TITLE = "Bidang"
COLUMNS = (
    Column("bidang", "Bidang", width=28),
    Column("steps", "Langkah", width=10),
    Column("attempt", "Putaran", Kind.INTEGER, width=9),
    Column("state", "Keadaan", width=22),
    Column("received_at", "Diterima", Kind.INSTANT, width=16),
    Column("handed_in_at", "Diserahkan", Kind.INSTANT, width=16),
    Column("waiting_days", "Lama (hari kerja)", Kind.INTEGER, width=10),
    Column("elapsed_seconds", "Lama (jam kerja, j:mm)", Kind.DURATION, width=12),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=9),
    Column("late", "Langkah terlambat", Kind.INTEGER, width=10),
    Column("reason", "Alasan", width=24),
    Column("recorded_by", "Dicatat oleh", width=14, off_paper=True),
    Column("for_lane", "Atas nama", width=18, off_paper=True),
)
REMOVED = "Dikeluarkan"
AGAIN = "Harus diulang"
"""A handing back to before the region overtook what it had done; it has not come round again."""
_UNTIL_NOW = "Yang belum menyerahkan dihitung sampai saat dicetak. "
_SKIPPED = frozenset({Mark.SKIPPED})


def bidang(source: Source, now: int) -> Sheet | None:
    """One row a bidang of each region entered; None where no step is done per bidang.

    Args:
        source: The period.
        now: Until when those that have not handed in have been waiting.
    """
    board = source.board
    cases = cases_of(board)
    steps = steps_of(board, board.period)
    if not cases or steps is None or not steps.regions:
        return None
    case = cases[-1]
    rows: list[Row] = []
    counts: list[str] = []
    missing: list[str] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for region in steps.regions:
        for row, skipped in _rows(source, case, region, now):
            if skipped:
                marks[len(rows), "state"] = _SKIPPED
            if row[5] is None and not skipped and row[3] != REMOVED:
                missing.append(str(row[0]))
            rows.append(row)
        if region.first in case.regions:
            counts.append(f"Langkah {_span(region)}: {handed_in(case, region).words}.")
    notes = [f"Belum menyerahkan: {', '.join(missing)}."] if missing else []
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(rows),
        (*counts, f"{_UNTIL_NOW if missing else ''}Hari dihitung mulai hari kerja sesudah diterima."),
        tuple(notes),
        marks,
        table="bidang",
        about="Siapa menyerahkan kapan, dan siapa belum",
    )


def _rows(source: Source, case: CaseState, region: Region, now: int) -> Iterator[tuple[Row, bool]]:
    """(row, whether it was skipped) for each bidang of the list frozen at entry."""
    events = events_of(source.recap)
    calendar = calendar_in(source, source.recap)
    runs = [run for run in runs_of(source, source.recap, case) if region.holds(run.step)]
    span = _span(region)
    until = now if case.ended is None else min(now, case.ended)
    frozen = case.regions.get(region.first, ())
    removed = {run.bidang for run in runs if run.bidang is not None} - set(frozen)
    for name in (*frozen, *sorted(removed)):
        mine = [run for run in runs if run.bidang == name and run.valid]
        if not mine:
            yield (name, span, None, REMOVED if name in removed else AGAIN, *(None,) * 9), False
            continue
        done = next((run for run in mine if run.step == region.last and run.is_done), None)
        present = done or max(mine, key=lambda run: run.step)
        skipped = done is not None and done.phase is RunPhase.DILEWATI
        handed_in = done.ended if done is not None and not skipped else None
        received = min(run.ready for run in mine)
        last = last_act(done, events) if done is not None else None
        end = done.ended if done is not None and done.ended is not None else until
        yield (
            (
                name,
                span,
                max(run.attempt for run in mine),
                _state(present, done),
                received,
                handed_in,
                working_days(calendar, received, end),
                _elapsed(calendar, received, end),
                total(run.verdict.work_seconds for run in mine if run.verdict is not None),
                sum(run.verdict is not None and run.verdict.is_late for run in mine),
                reason_of(done, events) if skipped and done is not None else None,
                None if last is None else source.named(last.by),
                None if last is None else last.for_lane,
            ),
            skipped,
        )


def _span(region: Region) -> str:
    return f"{region.first}-{region.last}" if region.last != region.first else str(region.first)


def handed_in(case: CaseState, region: Region) -> Handed:
    """How far the bidang of a region are that the case has entered."""
    runs = (case.valid_run((region.last, name)) for name in case.regions[region.first])
    return handed(None if run is None else run.phase for run in runs)


def _state(present: RunState, done: RunState | None) -> str:
    if done is not None:
        return "Dilewati" if done.phase is RunPhase.DILEWATI else "Sudah menyerahkan"
    return f"{state_label(present.phase.value)} di langkah {present.step}"


def working_days(calendar: WorkCalendar, start: int, end: int) -> int | None:
    """Working days after the day of `start` up to the day of `end`; None beyond the calendar."""
    if end <= start:
        return 0
    first, last = calendar.date_of(start).toordinal(), calendar.date_of(end).toordinal()
    try:
        return sum(
            bool(calendar.spans_of(calendar.date_of(start).fromordinal(day))) for day in range(first + 1, last + 1)
        )
    except CalendarGap:
        return None


def _elapsed(calendar: WorkCalendar, start: int, end: int) -> int | None:
    try:
        return max(0, calendar.diff(start, end))
    except CalendarGap:
        return None
