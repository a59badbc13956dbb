"""Mutu Baku: the work of each step beside its standard, one row a step."""

from __future__ import annotations

from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, calendar_in, cases_of, runs_of
from exports.sheets.words import is_assumed, lane_words, standard_words
from sop.look.figures import figures_of
from sop.look.year import steps_of
from sop.model.definition import Field, Step
from sop.model.state import CaseState, RunPhase, RunState

TITLE = "Mutu Baku"
COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=44),
    Column("lane", "Pelaksana", width=26),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Bagian tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_mean_seconds", "Antre rata-rata (j:mm)", Kind.DURATION, width=11),
    Column("work_mean_seconds", "Kerja rata-rata (j:mm)", Kind.DURATION, width=11),
    Column("work_longest_seconds", "Kerja terlama (j:mm)", Kind.DURATION, width=11),
    Column("standard_seconds", "Mutu baku (j:mm)", Kind.DURATION, width=11),
    Column("standard", "Mutu baku menurut SOP", width=16),
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
        ("Hanya langkah yang berlaku dan selesai dikerjakan. Mutu baku dalam hari tidak diubah menjadi jam.",),
        (),
        {(row, "lane"): _ASSUMED for row, step in enumerate(chosen) if is_assumed(step, Field.PELAKSANA)},
        frozen_columns=2,
        table="mutu_baku",
    )


def _row(step: Step, runs: list[RunState], case: CaseState | None, source: Source) -> Row:
    figures = figures_of(runs, case.holds if case is not None else (), calendar_in(source, source.recap))
    verdicts = [
        run.verdict
        for run in runs
        if run.valid and run.phase is RunPhase.SELESAI and not run.taken_over and run.verdict is not None
    ]
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
        figures.on_time_share,
        round(sum(queue) / len(queue)) if queue else None,
        round(sum(work) / len(work)) if work else None,
        max(work, default=None),
        None if waktu is None else waktu.seconds,
        standard_words(waktu),
    )
