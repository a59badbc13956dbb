"""Data Langkah: every run the period and those below it ever had, then the steps that nothing reached.

All that is known of each in typed columns, with office and period in every row, for spreadsheets and programs. What is
read on paper is `langkah`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from db.rows import Board, Recap
from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.remarks import is_corrected, remark
from exports.sheets.source import Source, cases_of, events_of, last_act, runs_of, step_of, steps_to_come
from exports.sheets.words import basis_words, is_assumed, standard_words
from sop.acts.rejudge import is_judged_by_old_rule
from sop.look.standing import Timed, due_of, stand
from sop.look.year import sop_of
from sop.model.definition import Field, Step
from sop.model.errors import CalendarGap
from sop.model.events import Event
from sop.model.state import CaseState, PeriodPhase, RunPhase, RunState
from sop.time.deadline import DueState, left_seconds, standard_of
from sop.time.step_time import is_worked_after_hours
from sop.time.work_calendar import WorkCalendar
from sop.words.calendar import OLD_RULE
from sop.words.labels import label, listed, state_label
from sop.words.periods import period_label
from sop.words.sop import sop_name

TITLE = "Data Langkah"
PERIOD = (
    Column("period_words", "Periode", width=9, words_of="period"),
    Column("period", "Periode", programs=True),
)
WHOSE = (
    Column("office", "Kantor", width=24),
    Column("sop_name", "SOP", width=26),
    Column("sop", "Kode SOP", programs=True),
)
COLUMNS = (
    Column("case", "Berkas", Kind.INTEGER, width=7),
    Column("step", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=26),
    Column("lane", "Pelaksana", width=18),
    Column("lane_basis_words", "Dasar pelaksana", width=12, words_of="lane_basis"),
    Column("lane_basis", "Dasar pelaksana", programs=True),
    Column("decider", "Pemutus", width=16),
    Column("bidang", "Bidang", width=13),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("state_words", "Keadaan", width=11, words_of="state"),
    Column("state", "Keadaan", programs=True),
    Column("ready_at", "Siap", Kind.INSTANT, width=15),
    Column("started_at", "Mulai", Kind.INSTANT, width=15),
    Column("ended_at", "Selesai", Kind.INSTANT, width=15),
    Column("counted", "Dihitung", Kind.YES_NO, width=9),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=8),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=8),
    Column("decision_seconds", "Waktu putusan (j:mm)", Kind.DURATION, width=8),
    Column("cycle_seconds", "Siklus (j:mm)", Kind.DURATION, width=8),
    Column("standard", "Mutu baku", width=9),
    Column("due_at", "Tenggat", Kind.INSTANT, width=15),
    Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE, width=10),
    Column("on_time", "Tepat waktu", Kind.YES_NO, width=8),
    Column("answer_words", "Putusan", width=8, words_of="answer"),
    Column("answer", "Putusan", programs=True),
    Column("note", "Catatan", width=30),
    Column("holder", "Pemegang", width=14),
    Column("recorded_by", "Dicatat oleh", width=14),
    Column("for_lane", "Atas nama", width=16),
    Column("late_entry", "Susulan", Kind.YES_NO, width=8),
    Column("corrected", "Dikoreksi", Kind.YES_NO, width=9),
    Column("remark", "Keterangan", width=40),
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
_CORRECTED = frozenset({Mark.CORRECTED})
_AFTER_HOURS = frozenset({Mark.AFTER_HOURS})


def data_langkah(source: Source, now: int) -> Sheet | None:
    """The runs of the periods below and of the period itself, by case, step, bidang and attempt; None where none of
    them runs a step.

    Args:
        source: The period.
        now: How open runs stand at that moment.
    """
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    # What a closed roll-up did without is no part of it, and follows the SOP as it is now.
    is_closed = source.board.state.periods[source.board.period].phase is PeriodPhase.TUTUP
    for recap in (*source.below, source.recap):
        board = recap.board
        whose = (board.office_name, sop_name(sop_of(board, board.period)), board.address.sop)
        for row, found in marked_rows(source, recap, now, unreached=not is_closed):
            for column, of_cell in found.items():
                marks[len(rows), column] = of_cell
            rows.append((period_label(board.period), board.period, *row, *whose))
    if not rows:
        return None
    return Sheet(
        TITLE,
        (*PERIOD, *COLUMNS, *WHOSE),
        tuple(rows),
        ("Untuk diolah di komputer: yang tercetak hanya permulaannya.", DIFFERENCE_LINE),
        (),
        marks,
        frozen_columns=4,
        table="data_langkah",
        about="Semua langkah dengan semua kolom, untuk tabel pivot",
        annex=True,
        for_data=True,
    )


def old_rule_notes(source: Source) -> tuple[str, ...]:
    """Which steps were judged by a rule that has changed since; empty for none."""
    found = [
        f"langkah {run.step}{f' ({run.bidang})' if run.bidang else ''} putaran {run.attempt}"
        for case in cases_of(source.board)
        for run in runs_of(source, source.recap, case)
        if is_judged_by_old_rule(run, case.holds)
    ]
    return (f"{OLD_RULE.capitalize()}: {listed(found)}.",) if found else ()


def marked_rows(source: Source, recap: Recap, now: int, *, unreached: bool = True) -> Iterator[tuple[Row, Marks]]:
    """Rows in the order of COLUMNS with the marks of their cells; open runs as they stand at `now`. `unreached`
    adds the steps that no run of an open period has reached."""
    cases = cases_of(recap.board)
    events = events_of(recap)
    for case in cases:
        stopped = case is not cases[-1]
        for run in runs_of(source, recap, case):
            step = step_of(recap.board, case, run.step)
            due = due_of_run(run, step, case, source, now)
            yield (
                _run_row(run, step, case, source, events, stopped, due),
                run_marks(run, step, due, recap.board.calendar, events),
            )
    for row in _unreached(recap.board) if unreached else ():
        yield row, {}


class DueStanding(NamedTuple):
    """How a run stands to its due moment; None where there is nothing to measure."""

    at: int | None = None
    difference: int | None = None
    state: DueState | None = None
    """Of an open run."""


def due_of_run(run: RunState, step: Step | None, case: CaseState, source: Source, now: int) -> DueStanding:
    verdict = run.verdict
    if verdict is not None:
        return DueStanding(verdict.due_at, difference(run, source.calendar_of(verdict)) if is_judged(run) else None)
    waktu = None if step is None else step.mutu_baku.waktu
    if waktu is None or not run.is_open:
        return DueStanding()
    board = source.board
    clocks = board.settings.clocks_of(board.address.sop, run.step)
    timed = Timed(waktu, run.ready, run.started, (*run.pauses, *case.holds), clocks)
    at = due_of(timed, now, board.calendar)
    if at is None:
        return DueStanding()
    try:
        state = stand(timed, now, board.calendar, board.settings).state
        return DueStanding(at, -left_seconds(at, now, timed.stopped, board.calendar), state)
    except CalendarGap:
        return DueStanding(at)


def _run_row(
    run: RunState,
    step: Step | None,
    case: CaseState,
    source: Source,
    events: Mapping[int, Event],
    stopped: bool,
    due: DueStanding,
) -> Row:
    verdict = run.verdict
    last = last_act(run, events)
    return (
        case.number,
        run.step,
        step.title.text if step is not None else None,
        listed(step.pelaksana, "dan") if step is not None else None,
        basis_words(step.ground(Field.PELAKSANA).basis) if step is not None else None,
        step.ground(Field.PELAKSANA).basis.value if step is not None else None,
        step.decider if step is not None else None,
        run.bidang,
        run.attempt,
        state_words(run),
        run.phase.value,
        run.ready,
        run.started,
        run.ended,
        run.valid and run.phase is RunPhase.SELESAI and not stopped,
        None if verdict is None else verdict.queue_seconds,
        None if verdict is None else verdict.work_seconds,
        None if verdict is None else verdict.decision_seconds,
        None if verdict is None else verdict.cycle_seconds,
        None if step is None else standard_words(standard_of(step.mutu_baku.waktu, verdict)),
        due.at,
        due.difference,
        None if verdict is None or not is_judged(run) else not verdict.is_late,
        None if run.answer is None else label(run.answer),
        None if run.answer is None else run.answer.value,
        run.note,
        source.named(run.holder),
        None if last is None else source.named(last.by),
        None if last is None else last.for_lane,
        run.late_entry,
        is_corrected(run, events),
        remark(run, case, source, events, stopped=stopped),
    )


def state_words(run: RunState) -> str:
    """`Selesai`; of a finished run that was done again `Diulang`."""
    return "Diulang" if not run.valid and run.phase is RunPhase.SELESAI else state_label(run.phase.value)


def is_judged(run: RunState) -> bool:
    """Whether its time has a verdict of its own."""
    return run.verdict is not None and run.verdict.judged and not run.taken_over


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


def run_marks(
    run: RunState, step: Step | None, due: DueStanding, calendar: WorkCalendar, events: Mapping[int, Event]
) -> Marks:
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
    if is_corrected(run, events):
        found["corrected"] = _CORRECTED
    if is_worked_after_hours(run, calendar):
        found["work_seconds"] = _AFTER_HOURS
    if of_state := frozenset(_state_marks(run)):
        found["state_words"] = of_state
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


def _unreached(board: Board) -> Iterator[Row]:
    """Rows of the SOP that no run of the last case has reached."""
    for step in steps_to_come(board):
        known: dict[str, Cell] = {
            "step": step.number,
            "title": step.title.text,
            "lane": listed(step.pelaksana, "dan"),
            "lane_basis_words": basis_words(step.ground(Field.PELAKSANA).basis),
            "lane_basis": step.ground(Field.PELAKSANA).basis.value,
            "decider": step.decider,
            "state_words": state_label("menunggu"),
            "state": "menunggu",
            "standard": standard_words(step.mutu_baku.waktu),
        }
        yield tuple(known.get(column.key) for column in COLUMNS)
