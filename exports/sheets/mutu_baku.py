"""Mutu Baku: the work of each step beside its standard, one row a step."""

from __future__ import annotations

from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, calendar_in, cases_of, runs_of
from exports.sheets.words import is_assumed, lane_words, standard_words
from sop.look.figures import figures_of
from sop.look.standing import Timed, used_of
from sop.look.year import steps_of
from sop.model.definition import Field, Step
from sop.model.errors import CalendarGap
from sop.model.state import CaseState, RunState
from sop.time.deadline import standard_of
from sop.words.figures import share_of

TITLE = "Mutu Baku"
COLUMNS = (
    Column("step", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=44),
    Column("lane", "Pelaksana", width=26),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_mean_seconds", "Antre rata-rata (j:mm)", Kind.DURATION, width=11),
    Column("work_mean_seconds", "Kerja rata-rata (j:mm)", Kind.DURATION, width=11),
    Column("work_longest_seconds", "Kerja terlama (j:mm)", Kind.DURATION, width=11),
    Column("used_share", "Mutu baku terpakai", Kind.PERCENT, width=10),
    Column("standard_seconds", "Mutu baku (j:mm)", Kind.DURATION, width=11),
    Column("standard", "Mutu baku menurut SOP", width=16),
    Column("limit_share", "Batas mutu baku", Kind.PERCENT, width=9, off_paper=True),
)
_ASSUMED = frozenset({Mark.ASSUMED})


def mutu_baku(source: Source) -> Sheet | None:
    """The steps that the period runs; None for a pure roll-up. A standard in hari has no hours to compare with."""
    board = source.board
    steps = steps_of(board, board.period)
    if steps is None:
        return None
    cases = cases_of(board)
    case = cases[-1] if cases else None
    runs = runs_of(source, source.recap, case) if case is not None else []
    chosen = [steps.steps[number] for number in steps.numbers]
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(_row(step, [run for run in runs if run.step == step.number], case, source) for step in chosen),
        ("Hanya langkah yang berlaku dan selesai dikerjakan. Terpakai di atas 100% berarti terlambat.",),
        (),
        {(row, "lane"): _ASSUMED for row, step in enumerate(chosen) if is_assumed(step, Field.PELAKSANA)},
        frozen_columns=2,
        table="mutu_baku",
        about="Waktu tiap langkah di samping mutu bakunya",
        annex=True,
    )


def _row(step: Step, runs: list[RunState], case: CaseState | None, source: Source) -> Row:
    figures = figures_of(runs, case.holds if case is not None else (), calendar_in(source, source.recap))
    verdicts = [run.verdict for run in runs if run.is_worked and run.verdict is not None]
    queue = [verdict.queue_seconds for verdict in verdicts if verdict.queue_seconds is not None]
    work = [verdict.work_seconds for verdict in verdicts if verdict.work_seconds is not None]
    waktu = step.mutu_baku.waktu
    return (
        step.number,
        step.title.text,
        lane_words(step),
        figures.ended if case is not None else None,
        figures.judged if case is not None else None,
        figures.on_time if case is not None else None,
        figures.late if case is not None else None,
        share_of(figures.on_time, figures.judged),
        round(sum(queue) / len(queue)) if queue else None,
        round(sum(work) / len(work)) if work else None,
        max(work, default=None),
        _used(runs, step, case, source),
        None if waktu is None else waktu.seconds,
        standard_words(waktu),
        1.0,
    )


def _used(runs: list[RunState], step: Step, case: CaseState | None, source: Source) -> float | None:
    """How much of the standard the judged runs used together; None where none was judged."""
    used = allowed = 0
    for run in runs:
        verdict = run.verdict
        if not run.valid or run.taken_over or verdict is None or not verdict.judged:
            continue
        calendar = source.calendar_of(verdict)
        waktu = standard_of(step.mutu_baku.waktu, verdict)
        if calendar is None or waktu is None or verdict.due_at is None or run.ended is None or case is None:
            continue
        clocks = source.board.settings.clocks_of(source.board.address.sop, run.step, verdict)
        timed = Timed(waktu, run.ready, run.started, (*run.pauses, *case.holds), clocks)
        try:
            parts = used_of(timed, verdict.due_at, run.ended, calendar)
        except CalendarGap:
            continue
        used, allowed = used + (parts[0] or 0), allowed + (parts[1] or 0)
    return share_of(used, allowed)
