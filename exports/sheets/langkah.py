"""Langkah: the runs of a period as a reader of paper wants them: what, who, when, how it stood to its standard, and in
words what else there is to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.data_langkah import DueStanding, Marks, due_of_run, is_judged, old_rule_notes, run_marks
from exports.sheets.remarks import remark
from exports.sheets.source import Source, cases_of, events_of, offset_of, runs_of, step_of, steps_to_come
from exports.sheets.words import decider_words, lane_words, standard_words
from sop.model.definition import Step
from sop.model.periods import split
from sop.model.state import RunState
from sop.time.deadline import standard_of
from sop.time.instants import civil
from sop.words.labels import state_label
from sop.words.time import MONTHS_SHORT, clock, duration

COLUMNS = (
    Column("step", "No", Kind.INTEGER, width=4),
    Column("title", "Uraian", width=26, once=True),
    Column("lane", "Pelaksana", width=18, once=True),
    Column("bidang", "Bidang", width=16),
    Column("attempt", "Putaran", Kind.INTEGER, width=6),
    Column("started_words", "Mulai", width=12, words_of="started_at"),
    Column("ended_words", "Selesai", width=12, words_of="ended_at"),
    Column("standard", "Mutu baku", width=9),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=7),
    Column("due_words", "Tenggat", width=12, words_of="due_at"),
    Column("difference_words", "Selisih", width=13, words_of="difference_seconds"),
    Column("remark", "Keterangan", width=26),
    Column("started_at", "Mulai", Kind.INSTANT, programs=True),
    Column("ended_at", "Selesai", Kind.INSTANT, programs=True),
    Column("due_at", "Tenggat", Kind.INSTANT, programs=True),
    Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE, programs=True),
)
USED_ONLY = ("bidang", "attempt")
"""Columns that stand only where they tell rows apart."""
_SHOWN_AT: Mapping[str, str] = {
    "difference_seconds": "difference_words",
    "lane": "lane",
    "work_seconds": "work_seconds",
    "state_words": "remark",
    "late_entry": "remark",
    "corrected": "remark",
}
"""Column of the data -> where its marks stand here."""


def langkah(source: Source, now: int) -> Sheet | None:
    """The runs by case, step, bidang and attempt, then the steps that nothing reached; None for a pure roll-up.

    Args:
        source: The period.
        now: How open runs stand at that moment.
    """
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    year = _year_of_moments(source)
    for row, found in _rows(source, now, year):
        for key, of_cell in found.items():
            marks[len(rows), key] = of_cell
        rows.append(row)
    if not rows:
        return None
    lines = ["Selisih dihitung dalam waktu kerja."]
    if year != split(source.board.period)[0]:
        lines = [f"Selisih dihitung dalam waktu kerja. Tanggal tanpa tahun: {year}."]
    if len(cases_of(source.board)) > 1:
        lines.append("Berkas yang dihentikan berdiri di depan; angkanya tidak ikut dihitung.")
    unused = {key for key in USED_ONLY if not _is_used(key, rows)}
    kept = [place for place, column in enumerate(COLUMNS) if column.key not in unused]
    return Sheet(
        "Langkah",
        tuple(COLUMNS[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        tuple(lines),
        old_rule_notes(source),
        {place: of_cell for place, of_cell in marks.items() if place[1] not in unused},
        frozen_columns=2,
        table="langkah",
        about="Setiap langkah: kapan, berapa lama, dan keterangannya",
    )


def _is_used(key: str, rows: list[Row]) -> bool:
    """Whether the column tells rows apart: a bidang at all, a second attempt."""
    place = next(place for place, column in enumerate(COLUMNS) if column.key == key)
    return any(row[place] not in (None, 1) for row in rows)


def _year_of_moments(source: Source) -> int:
    """The year that moments are told without: the period's, or the one in which all of it was done, as a last quarter
    is done in January."""
    offset = offset_of(source.board)
    years = {
        civil(moment, offset).year
        for case in cases_of(source.board)
        for run in runs_of(source, source.recap, case)
        for moment in (run.ready, run.started, run.ended)
        if moment is not None
    }
    return years.pop() if len(years) == 1 else split(source.board.period)[0]


def _rows(source: Source, now: int, year: int) -> Iterator[tuple[Row, Marks]]:
    board = source.board
    events = events_of(source.recap)
    cases = cases_of(board)
    for case in cases:
        stopped = case is not cases[-1]
        for run in runs_of(source, source.recap, case):
            step = step_of(board, case, run.step)
            due = due_of_run(run, step, case, source, now)
            marks = run_marks(run, step, due, board.calendar, events)
            shown: dict[str, frozenset[Mark]] = {}
            for key, of_cell in marks.items():
                if key in _SHOWN_AT:
                    shown[_SHOWN_AT[key]] = shown.get(_SHOWN_AT[key], frozenset()) | of_cell
            words = remark(run, case, source, events, stopped=stopped)
            yield _run_row(run, step, words, due, source, year), shown
    for to_come in steps_to_come(board):
        known: dict[str, Cell] = {
            "step": to_come.number,
            "title": to_come.title.text,
            "lane": _who(to_come),
            "standard": standard_words(to_come.mutu_baku.waktu),
            "remark": state_label("menunggu"),
        }
        yield tuple(known.get(column.key) for column in COLUMNS), {}


def _run_row(run: RunState, step: Step | None, words: str | None, due: DueStanding, source: Source, year: int) -> Row:
    verdict = run.verdict

    def told(moment: int | None) -> str | None:
        return None if moment is None else _moment(moment, offset_of(source.board), year)

    return (
        run.step,
        None if step is None else step.title.text,
        None if step is None else _who(step),
        run.bidang,
        run.attempt,
        told(run.started),
        told(run.ended),
        None if step is None else standard_words(standard_of(step.mutu_baku.waktu, verdict)),
        None if verdict is None else verdict.work_seconds,
        told(due.at),
        difference_words(due.difference, is_open=verdict is None),
        words if verdict is None or is_judged(run) or run.taken_over else _joined(words, "Waktunya tidak dinilai"),
        run.started,
        run.ended,
        due.at,
        due.difference,
    )


def _moment(t: int, offset: int, year: int) -> str:
    """`9 Apr 07.35`; with its year where that is another one."""
    day = civil(t, offset)
    of_year = "" if day.year == year else f" {day.year}"
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}{of_year} {clock(t, offset)}"


def _who(step: Step) -> str:
    """Who works, and who decides where that is somebody else or the step is decided."""
    decider = decider_words(step)
    return lane_words(step) if decider is None else f"{lane_words(step)}; pemutus: {decider}"


def _joined(words: str | None, more: str) -> str:
    return f"{words}; {more}" if words else more


def difference_words(seconds: int | None, *, is_open: bool = False) -> str | None:
    """`lewat 3 jam 30 menit`, `5 menit lebih awal`, `tepat`; of an open run `sisa 5 menit`. None where nothing is
    measured."""
    if seconds is None:
        return None
    if seconds > 0:
        return f"lewat {duration(seconds)}"
    if is_open:
        return f"sisa {duration(-seconds)}"
    return f"{duration(-seconds)} lebih awal" if seconds <= -60 else "tepat"
