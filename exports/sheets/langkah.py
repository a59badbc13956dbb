"""Langkah: every run the period ever had, then the steps that nothing reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from db.rows import Board, Recap
from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, cases_of, events_of, last_act, runs_of, step_of
from exports.sheets.words import is_assumed, lane_words, standard_words
from sop.acts.rejudge import is_judged_by_old_rule
from sop.look.standing import Timed, due_of, stand
from sop.look.year import steps_of
from sop.model.definition import Field, Step
from sop.model.errors import CalendarGap
from sop.model.events import Event
from sop.model.state import CaseState, PeriodPhase, RunPhase, RunState
from sop.time.deadline import DueState, left_seconds, standard_of
from sop.time.step_time import is_worked_after_hours
from sop.time.work_calendar import WorkCalendar
from sop.words.calendar import OLD_RULE
from sop.words.labels import label, listed, state_label

COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=26),
    Column("lane", "Pelaksana", width=18),
    Column("bidang", "Bidang", width=13),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("state", "Keadaan", width=11),
    Column("ready_at", "Siap", Kind.INSTANT, width=15),
    Column("started_at", "Mulai", Kind.INSTANT, width=15),
    Column("ended_at", "Selesai", Kind.INSTANT, width=15),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=8),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=8),
    Column("standard", "Mutu baku", width=9),
    Column("due_at", "Tenggat", Kind.INSTANT, width=15),
    Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE, width=10),
    Column("on_time", "Tepat waktu", Kind.YES_NO, width=8),
    Column("answer", "Putusan", width=8),
    Column("note", "Catatan", width=16),
    Column("recorded_by", "Dicatat oleh", width=11),
    Column("for_lane", "Atas nama", width=16),
    Column("late_entry", "Susulan", Kind.YES_NO, width=8),
)
DIFFERENCE_LINE = (
    "Selisih: lewat tenggat bertanda tambah, lebih awal bertanda kurang, dalam waktu kerja; langkah yang masih terbuka "
    "dihitung sampai saat dicetak."
)

Marks = Mapping[str, frozenset[Mark]]
"""Column key -> marks of one row."""

_LATE = frozenset({Mark.LATE})
_AT_RISK = frozenset({Mark.AT_RISK})
_ASSUMED = frozenset({Mark.ASSUMED})
_LATE_ENTRY = frozenset({Mark.LATE_ENTRY})
_AFTER_HOURS = frozenset({Mark.AFTER_HOURS})


def langkah(source: Source, now: int) -> Sheet | None:
    """The runs by case, step, bidang and attempt; None for a pure roll-up.

    Args:
        source: The period.
        now: How open runs stand at that moment.
    """
    board = source.board
    cases = cases_of(board)
    if not cases and steps_of(board, board.period) is None:
        return None
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for row, found in marked_rows(source, source.recap, now):
        for column, of_cell in found.items():
            marks[len(rows), column] = of_cell
        rows.append(row)
    lines = [DIFFERENCE_LINE]
    if len(cases) > 1:
        lines.append("Berkas yang dihentikan berdiri di depan; angkanya tidak ikut dihitung.")
    notes = old_rule_notes(source)
    return Sheet("Langkah", COLUMNS, tuple(rows), tuple(lines), notes, marks, frozen_columns=2, table="langkah")


def old_rule_notes(source: Source) -> tuple[str, ...]:
    """Which steps were judged by a rule that has changed since; empty for none."""
    found = [
        f"langkah {run.step}{f' ({run.bidang})' if run.bidang else ''} putaran {run.attempt}"
        for case in cases_of(source.board)
        for run in runs_of(source, source.recap, case)
        if is_judged_by_old_rule(run, case.holds)
    ]
    return (f"{OLD_RULE.capitalize()}: {listed(found)}.",) if found else ()


def marked_rows(source: Source, recap: Recap, now: int) -> Iterator[tuple[Row, Marks]]:
    """Rows in the order of COLUMNS with the marks of their cells; open runs as they stand at `now`."""
    cases = cases_of(recap.board)
    events = events_of(recap)
    for case in cases:
        stopped = f" (berkas {case.number})" if case is not cases[-1] else ""
        for run in runs_of(source, recap, case):
            step = step_of(recap.board, case, run.step)
            due = _due(run, step, case, source, now)
            yield (
                _run_row(run, step, stopped, last_act(run, events), due),
                _run_marks(run, step, due, recap.board.calendar),
            )
    for row in _unreached(recap.board, cases):
        yield row, {}


class _Due(NamedTuple):
    """How a run stands to its due moment; None where there is nothing to measure."""

    at: int | None = None
    difference: int | None = None
    state: DueState | None = None
    """Of an open run."""


def _due(run: RunState, step: Step | None, case: CaseState, source: Source, now: int) -> _Due:
    verdict = run.verdict
    if verdict is not None:
        judged = verdict.judged and not run.taken_over
        return _Due(verdict.due_at, difference(run, source.calendar_of(verdict)) if judged else None)
    waktu = None if step is None else step.mutu_baku.waktu
    if waktu is None or not run.is_open:
        return _Due()
    board = source.board
    clocks = board.settings.clocks_of(board.address.sop, run.step)
    timed = Timed(waktu, run.ready, run.started, (*run.pauses, *case.holds), clocks)
    at = due_of(timed, now, board.calendar)
    if at is None:
        return _Due()
    try:
        state = stand(timed, now, board.calendar, board.settings).state
        return _Due(at, -left_seconds(at, now, timed.stopped, board.calendar), state)
    except CalendarGap:
        return _Due(at)


def _run_row(run: RunState, step: Step | None, stopped: str, last: Event | None, due: _Due) -> Row:
    verdict = run.verdict
    state = "Terlampaui" if not run.valid and run.phase is RunPhase.SELESAI else state_label(run.phase.value)
    judged = verdict is not None and verdict.judged and not run.taken_over
    return (
        run.step,
        step.title.text if step is not None else None,
        lane_words(step) if step is not None else None,
        run.bidang,
        run.attempt,
        state + stopped,
        run.ready,
        run.started,
        run.ended,
        None if verdict is None else verdict.queue_seconds,
        None if verdict is None else verdict.work_seconds,
        None if step is None else standard_words(standard_of(step.mutu_baku.waktu, verdict)),
        due.at,
        due.difference,
        None if verdict is None or not judged else not verdict.is_late,
        None if run.answer is None else label(run.answer),
        run.note,
        None if last is None else last.by,
        None if last is None else last.for_lane,
        run.late_entry,
    )


def difference(run: RunState, calendar: WorkCalendar | None) -> int | None:
    """Working seconds from the due moment to the end of a judged run; negative when it was early.

    Args:
        run: With a verdict.
        calendar: The one it was judged by; None where that is not at hand.
    """
    verdict = run.verdict
    if verdict is None or verdict.due_at is None or run.ended is None:
        return None
    if verdict.late_seconds:
        return verdict.late_seconds
    try:
        return None if calendar is None else min(0, calendar.diff(verdict.due_at, run.ended))
    except CalendarGap:
        return None


def _run_marks(run: RunState, step: Step | None, due: _Due, calendar: WorkCalendar) -> Marks:
    """What a reader must see beside the values of a run."""
    found: dict[str, frozenset[Mark]] = {}
    if run.verdict is not None and run.verdict.is_late and not run.taken_over:
        found["difference_seconds"] = found["on_time"] = _LATE
    if due.state is DueState.LATE or due.state is DueState.SOON:
        found["difference_seconds"] = _LATE if due.state is DueState.LATE else _AT_RISK
    if step is not None and is_assumed(step, Field.PELAKSANA):
        found["lane"] = _ASSUMED
    if run.late_entry:
        found["late_entry"] = _LATE_ENTRY
    if is_worked_after_hours(run, calendar):
        found["work_seconds"] = _AFTER_HOURS
    if of_state := frozenset(_state_marks(run)):
        found["state"] = of_state
    return found


def _state_marks(run: RunState) -> Iterator[Mark]:
    if run.doubted:
        yield Mark.DOUBTFUL_CLOCK
    if run.phase is RunPhase.DILEWATI:
        yield Mark.SKIPPED
    if run.taken_over:
        yield Mark.TAKEN_OVER
    if not run.valid:
        yield Mark.OVERTAKEN


def _unreached(board: Board, cases: Sequence[CaseState]) -> Iterator[Row]:
    """Rows of the SOP that no run of the last case has reached."""
    steps = steps_of(board, board.period)
    if steps is None or board.state.periods[board.period].phase is PeriodPhase.TUTUP:
        return
    reached = {run.step for run in cases[-1].runs.values()} if cases else set()
    for number in steps.numbers:
        if number not in reached:
            step = steps.steps[number]
            known: dict[str, Cell] = {
                "number": number,
                "title": step.title.text,
                "lane": lane_words(step),
                "state": state_label("menunggu"),
                "standard": standard_words(step.mutu_baku.waktu),
            }
            yield tuple(known.get(column.key) for column in COLUMNS)
