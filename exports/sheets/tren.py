"""Tren: the periods of a roll-up one under the other, each with its difference to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.rows import Recap
from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, frozen_of, key_figures
from sop.look.figures import total
from sop.model.definition import Cadence
from sop.model.periods import cadence_of
from sop.words.figures import FIRST_PASS, REWORK_COLUMN, WORK_COLUMN, share_of
from sop.words.labels import label
from sop.words.periods import period_label

TITLE = "Tren"
COLUMNS = (
    Column("name", "Periode", width=24),
    Column("state_words", "Keadaan", width=13, words_of="period_state"),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("on_time_change", "Naik atau turun (poin persen)", Kind.NUMBER, width=12, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=9),
    Column("queue_change_seconds", "Beda antre (menit)", Kind.DIFFERENCE, width=11),
    Column("work_seconds", WORK_COLUMN, Kind.DURATION, width=9),
    Column("work_change_seconds", "Beda kerja (menit)", Kind.DIFFERENCE, width=11),
    Column("cycle_seconds", "Siklus (j:mm)", Kind.DURATION, width=9),
    Column("first_pass_share", FIRST_PASS, Kind.PERCENT, width=11, decimals=1),
    Column("rework_seconds", REWORK_COLUMN, Kind.DURATION, width=9),
    Column("period", "Periode", programs=True),
    Column("period_state", "Keadaan", programs=True),
    Column("closing_revision", "Revisi", Kind.INTEGER, programs=True),
)
_LATE = frozenset({Mark.LATE})
_LATE_PLACE = next(place for place, column in enumerate(COLUMNS) if column.key == "late")
SUM = "Seluruh"

Figures = Mapping[str, Any] | None


def tren(source: Source) -> Sheet | None:
    """Quarters, semesters, the year, then the sum of each group; None for a period without others below."""
    if not source.below:
        return None
    recaps = [*source.below, source.recap]
    groups = [[one for one in recaps if cadence_of(one.board.period) is cadence] for cadence in Cadence]
    rows = [row for group in groups for row in _one_by_one(group, source)]
    rows += [row for cadence, group in zip(Cadence, groups, strict=True) for row in _sum(cadence, group, source)]
    lines = (
        "Naik atau turun dibandingkan dengan periode sejenis sebelumnya di tahun ini. Yang belum dinilai tetap kosong.",
    )
    marks = {(index, "late"): _LATE for index, row in enumerate(rows) if row[_LATE_PLACE]}
    return Sheet(TITLE, COLUMNS, tuple(rows), lines, (), marks, table="tren", about="Periode demi periode, dan diagram")


def _one_by_one(group: Sequence[Recap], source: Source) -> Iterator[Row]:
    before: Figures = None
    for recap in group:
        figures = key_figures(source, recap)
        yield _row(period_label(recap.board.period), recap, figures, before)
        before = figures


def _sum(cadence: Cadence, group: Sequence[Recap], source: Source) -> Iterator[Row]:
    """Of a cadence with several periods that were measured."""
    found = [figures for recap in group if (figures := key_figures(source, recap)) is not None]
    if len(found) > 1:
        yield _row(f"{SUM} {label(cadence)}", None, summed(found), None)


def measured_periods(sheet: Sheet) -> int:
    """How many rows, from the first on, hold the single periods that were measured: pure roll-ups stand behind those
    with steps, sums last."""
    share_place = next(place for place, column in enumerate(sheet.columns) if column.key == "on_time_share")
    measured = [
        place
        for place, row in enumerate(sheet.rows)
        if row[share_place] is not None and not str(row[0]).startswith(SUM)
    ]
    return max(measured, default=-1) + 1


def summed(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Figures of several periods added up; what none of them has stays missing."""
    keys = dict.fromkeys(key for figures in found for key in figures)
    return {key: total(figures.get(key) for figures in found) for key in keys}


def share(figures: Figures, part: str, whole: str) -> float | None:
    """A share of figures; None where there is nothing to take it of."""
    if figures is None or figures.get(part) is None or not figures.get(whole):
        return None
    return share_of(figures[part], figures[whole])


def _state(recap: Recap) -> str:
    period = recap.board.state.periods[recap.board.period]
    words = label(period.phase)
    return f"{words}, revisi {period.closings}" if frozen_of(recap) is not None else words


def standing_of(recap: Recap) -> tuple[str, str, int | None]:
    """Key of a period, code of its state, and the revision that its last closing gave it, while it is closed."""
    period = recap.board.state.periods[recap.board.period]
    return recap.board.period, period.phase.value, period.closings if frozen_of(recap) is not None else None


def _row(name: str, recap: Recap | None, figures: Figures, before: Figures) -> Row:
    def of(key: str) -> Cell:
        return None if figures is None else figures.get(key)

    def change(key: str) -> Cell:
        now, then = (None if one is None else one.get(key) for one in (figures, before))
        return None if now is None or then is None else now - then

    now, then = (share(one, "on_time", "judged") for one in (figures, before))
    return (
        name,
        None if recap is None else _state(recap),
        of("ended"),
        of("judged"),
        of("on_time"),
        of("late"),
        now,
        None if now is None or then is None else round((now - then) * 100, 1),
        of("queue_seconds"),
        change("queue_seconds"),
        of("work_seconds"),
        change("work_seconds"),
        of("cycle_seconds"),
        share(figures, "first_pass", "decisions"),
        of("rework_seconds"),
        *((None, None, None) if recap is None else standing_of(recap)),
    )
