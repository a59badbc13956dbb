"""The rows of data kinerja of a period as people meet them: who has which, how far they are, one figure sum by sum.

Screens and commands tell the same. What a figure is worth is `sop/kinerja`; its words are `sop/words/figure_words.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from sop.kinerja.consolidation import report
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS, FigureSettings
from sop.kinerja.form import FormRow, Owner, target_words
from sop.kinerja.indicator import Arah, Indicator, Jenis
from sop.kinerja.isian import worth
from sop.kinerja.number import canonical, printed, rounded
from sop.kinerja.progress import DataProgress
from sop.kinerja.report import ReportRow, below_target
from sop.kinerja.rollup import Figure, mean_of
from sop.kinerja.state import DataPeriod, IsianRow, KinerjaState
from sop.model.periods import keys_of, split
from sop.words.figure_words import (
    capaian_words,
    grade_words,
    isian_words,
    owner_words,
    periods_words,
    remark_words,
    value_words,
)
from sop.words.kinerja import predicate_words
from sop.words.labels import target_set_words
from sop.words.periods import period_label


def unsent_words(state: KinerjaState, period: str, count: int) -> str:
    """That indicators of a period stand in no form, or otherwise than in it, and how they come into one."""
    how = f"p di layar Data, atau sakip data formulir {period}."
    if any(sent[-1].rows for sent in state.period(period).forms.values()):
        return (
            f"{count} indikator {period_label(period)} belum ada di formulirnya, atau berubah sejak formulirnya "
            f"dikirim. Pengelola mengirimnya: {how}"
        )
    return (
        f"{count} indikator {period_label(period)} belum ada di formulirnya. Formulir terkirim sendiri saat langkah "
        f"formulirnya dibuka; yang ditetapkan sesudahnya dikirim pengelola: {how}"
    )


def rows_of(state: KinerjaState, key: str) -> tuple[ReportRow, ...]:
    """Every row that is looked at in a period: its figures, and rows of its forms that count for a longer period."""
    own = report(state, key).rows
    known = {row.row.key for row in own}
    further: list[ReportRow] = []
    for sent in state.period(key).forms.values():
        for row in sent[-1].rows:
            if row.period != key and row.key not in known:
                further += [each for each in report(state, row.period).rows if each.row.key == row.key]
    return (*own, *further)


def owned(rows: Iterable[ReportRow], owner: Owner) -> tuple[ReportRow, ...]:
    return tuple(row for row in rows if row.owner == owner)


def summary_of(state: KinerjaState, key: str) -> DataProgress:
    """How far a period is, with what lies below target."""
    rows = rows_of(state, key)
    filled = sum(row.figure.keadaan is not None for row in rows)
    return DataProgress(filled, len(rows), sum(row.marked for row in rows), len(below_target(rows)))


class Found(NamedTuple):
    """A row of the forms of a period."""

    owner: Owner
    row: FormRow
    standing: IsianRow


def find_row(period: DataPeriod, code: str) -> Found | None:
    """The row of that code, whatever its case, in the forms of a period."""
    for owner in period.forms:
        for row in period.form_rows(owner):
            if row.key == code.strip().casefold():
                return Found(owner, row, period.rows(owner).get(row.key, IsianRow()))
    return None


# ---------------------------------------------------------------------- as JSON


def row_document(row: ReportRow, settings: FigureSettings) -> dict[str, Any]:
    """One row, as the contract of the command line has it."""
    figure, indicator = row.figure, row.row.indicator
    held, to = figure.achievement, figure.to_date
    return {
        "code": indicator.code,
        "name": indicator.name,
        "unit": indicator.satuan,
        "bidang": row.owner,
        "period": row.row.period,
        "state": "belum_diisi" if figure.keadaan is None else figure.keadaan.value,
        "standing": figure.standing.value,
        "target": _target(row.row, figure, settings),
        "value": _value(figure.value, indicator, settings),
        "achievement": None if held is None else _decimal(held.raw, CAPAIAN_DECIMALS),
        "achievement_counted": None if held is None else _decimal(held.counted, CAPAIAN_DECIMALS),
        "to_date": {
            "target": _value(to.target, indicator, settings),
            "value": _value(to.value, indicator, settings),
            "achievement": None if to.achievement is None else _decimal(to.achievement.raw, CAPAIAN_DECIMALS),
            "periods": list(to.periods),
        },
        "predicate": None if held is None else predicate_words(held.predicate, settings.words),
        "marked": row.marked,
        "note": row.note,
        "filled_periods": figure.filled,
        "of_periods": figure.of,
        "isian": None if row.isian is None else row.isian.to_dict(),
    }


def totals_document(rows: Iterable[ReportRow]) -> dict[str, Any]:
    """How many rows, how many of them something is said of, and their mean."""
    each = list(rows)
    filled = sum(row.figure.keadaan is not None for row in each)
    mean = mean_of(row.figure for row in each)
    value = None if mean.value is None else _decimal(mean.value, CAPAIAN_DECIMALS)
    return {
        "count": len(each),
        "filled": filled,
        "missing": len(each) - filled,
        "mean": value,
        "counted": mean.counted,
        "below": len(below_target(each)),
    }


def _decimal(value: Fraction, places: int) -> str:
    return canonical(rounded(value, places))


def _value(value: Fraction | None, indicator: Indicator, settings: FigureSettings) -> str | None:
    if value is None:
        return None
    return grade_words(value, indicator, settings) or _decimal(value, indicator.decimals)


def _target(row: FormRow, figure: Figure, settings: FigureSettings) -> str | None:
    if row.target is not None:
        return row.target if isinstance(row.target, str) else canonical(row.target)
    return _value(figure.target, row.indicator, settings)


# ---------------------------------------------------------------------- one figure, sum by sum


def explained(state: KinerjaState, row: ReportRow) -> Iterator[str]:
    """How the figure of a row comes about, a line for each thing that goes in."""
    figure, indicator, settings = row.figure, row.row.indicator, state.settings
    yield f"{indicator.code} {indicator.name} ({indicator.satuan}), {owner_words(row.owner)}"
    number = row.row.target_set
    target = target_words(row.row.target, indicator) or value_words(figure.target, indicator, settings)
    source = "" if number is None else f" ({target_set_words(number)})"
    if number is None and figure.target is not None:
        source = " (dari target periode di bawahnya)"
    yield f"Target {period_label(row.row.period)}: {target}{source}"
    yield f"Realisasi: {_realized(row, settings)}"
    if indicator.jenis is Jenis.PREDIKAT:
        scale = settings.scale_of(indicator.satuan)
        yield "Nilai predikat: " + ", ".join(f"{word} {printed(worth, 0)}" for word, worth in scale.items())
    sum_of = _sum(row, settings)
    if sum_of:
        yield f"Capaian: {sum_of}"
    held = figure.achievement
    if held is not None:
        yield f"Yang dihitung dalam rata-rata: {printed(held.counted, CAPAIAN_DECIMALS)}"
        yield f"Predikat: {predicate_words(held.predicate, settings.words)}"
    remark = remark_words(row)
    if remark:
        yield f"Keterangan: {remark}"
    yield from _to_date(state, row)


def _realized(row: ReportRow, settings: FigureSettings) -> str:
    if row.isian is not None:
        return isian_words(row.isian, row.row.indicator, settings)
    return value_words(row.figure.value, row.row.indicator, settings)


def _sum(row: ReportRow, settings: FigureSettings) -> str:
    """The formula with its numbers: `76,50 / 85,00 x 100 = 90,00`."""
    figure, indicator = row.figure, row.row.indicator
    held, target, value = figure.achievement, figure.target, figure.value
    if held is None or target is None or value is None:
        return ""
    places = 0 if indicator.jenis is Jenis.PREDIKAT else indicator.decimals
    goal, real = printed(target, places), printed(value, places)
    if held.zero_target:
        return f"target 0, jadi {capaian_words(held)}"
    if indicator.arah is Arah.NAIK:
        made = f"{real} / {goal} x 100"
    elif indicator.arah is Arah.TETAP:
        made = f"100 - selisih {printed(abs(value - target), places)} / {goal} x 100"
    elif settings.turun.value == "selisih":
        made = f"(2 x {goal} - {real}) / {goal} x 100"
    else:
        made = f"{goal} / {real} x 100" if value else "realisasi 0, dihitung 200"
    return f"{made} = {capaian_words(held)}"


def _to_date(state: KinerjaState, row: ReportRow) -> Iterator[str]:
    to, indicator = row.figure.to_date, row.row.indicator
    if not to.periods:
        return
    yield f"Sampai dengan periode ini, dari {periods_words(to.periods)}:"
    for key in keys_of(split(row.row.period)[0]):
        if key in to.periods:
            part = next((each for each in report(state, key).rows if each.row.key == row.row.key), None)
            if part is not None:
                aim = worth(part.row.target, indicator, state.settings)
                goal = value_words(part.figure.target if aim is None else aim, indicator, state.settings)
                yield f"  {period_label(key)}: {_realized(part, state.settings)} dari {goal}"
    value, target = (value_words(each, indicator, state.settings) for each in (to.value, to.target))
    yield f"  {value} dari {target}: capaian {capaian_words(to.achievement)}"
