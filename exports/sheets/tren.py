"""Tren: the periods of a roll-up one under the other, each with its difference to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.rows import Recap
from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, frozen_of, key_figures
from sop.definition import Cadence
from sop.labels import label, period_label
from sop.periods import cadence_of

TITLE = "Tren"
COLUMNS = (
    Column("period", "Periode", width=24),
    Column("state", "Keadaan", width=13),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Bagian tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("on_time_change", "Naik atau turun (poin persen)", Kind.NUMBER, width=12, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=9),
    Column("queue_change_seconds", "Beda antre (menit)", Kind.DIFFERENCE, width=11),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=9),
    Column("work_change_seconds", "Beda kerja (menit)", Kind.DIFFERENCE, width=11),
    Column("cycle_seconds", "Siklus (j:mm)", Kind.DURATION, width=9),
    Column("first_pass_share", "Bagian lolos pertama", Kind.PERCENT, width=11, decimals=1),
    Column("rework_seconds", "Biaya ulang (j:mm)", Kind.DURATION, width=9),
)
_LATE = frozenset({Mark.LATE})
_SUMMED = ("ended", "judged", "on_time", "late", "decisions", "first_pass")
_TIMES = ("queue_seconds", "work_seconds", "cycle_seconds", "rework_seconds")

Figures = Mapping[str, Any] | None


def tren(source: Source) -> Sheet | None:
    """Quarters, then semesters, then the year, each group with its sum; None for a period without others below."""
    if not source.below:
        return None
    recaps = [*source.below, source.recap]
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for cadence in Cadence:
        group = [recap for recap in recaps if cadence_of(recap.board.period) is cadence]
        for row in _group(cadence, group, source):
            if row[5]:
                marks[len(rows), "late"] = _LATE
            rows.append(row)
    lines = (
        "Naik atau turun dibandingkan dengan periode sejenis sebelumnya di tahun ini. Yang belum dinilai tetap kosong.",
    )
    return Sheet(TITLE, COLUMNS, tuple(rows), lines, (), marks, table="tren")


def _group(cadence: Cadence, group: Sequence[Recap], source: Source) -> Iterator[Row]:
    before: Figures = None
    found: list[Mapping[str, Any]] = []
    for recap in group:
        figures = key_figures(source, recap)
        yield _row(period_label(recap.board.period), _state(recap), figures, before)
        before = figures
        if figures is not None:
            found.append(figures)
    if len(found) > 1:
        yield _row(f"Seluruh {label(cadence)}", None, summed(found), None)


def summed(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Figures of several periods added up; a time that none of them has stays missing."""
    total: dict[str, Any] = {key: sum(figures[key] for figures in found) for key in _SUMMED}
    for key in _TIMES:
        known = [figures[key] for figures in found if figures.get(key) is not None]
        total[key] = sum(known) if known else None
    return total


def share(figures: Figures, part: str, whole: str) -> float | None:
    """A share of figures; None where there is nothing to take it of."""
    if figures is None or figures.get(part) is None or not figures.get(whole):
        return None
    return float(figures[part] / figures[whole])


def _state(recap: Recap) -> str:
    period = recap.board.state.periods[recap.board.period]
    words = label(period.phase)
    return f"{words}, revisi {period.closings}" if frozen_of(recap) is not None else words


def _row(name: str, state: str | None, figures: Figures, before: Figures) -> Row:
    def of(key: str) -> Cell:
        return None if figures is None else figures.get(key)

    def change(key: str) -> Cell:
        now, then = (None if one is None else one.get(key) for one in (figures, before))
        return None if now is None or then is None else now - then

    now, then = (share(one, "on_time", "judged") for one in (figures, before))
    return (
        name,
        state,
        of("ended"),
        of("judged"),
        of("on_time"),
        of("late"),
        now,
        None if now is None or then is None else (now - then) * 100,
        of("queue_seconds"),
        change("queue_seconds"),
        of("work_seconds"),
        change("work_seconds"),
        of("cycle_seconds"),
        share(figures, "first_pass", "decisions"),
        of("rework_seconds"),
    )
