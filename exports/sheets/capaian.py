"""Capaian: every indicator of the period with target, realisasi and capaian, and the means; a roll-up beside its
periods."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exports.forms.capaian_formula import figure_formula
from exports.sheet import Cast, Cell, Column, Kind, Row, Sheet
from exports.sheets.source import Source, column_key
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS, FigureSettings
from sop.kinerja.form import FormRow
from sop.kinerja.indicator import Jenis
from sop.kinerja.number import canonical, rounded
from sop.kinerja.recap import KinerjaRecap
from sop.kinerja.report import PeriodReport, ReportRow
from sop.kinerja.rollup import Mean
from sop.model.definition import Cadence
from sop.model.periods import CADENCE, split
from sop.values import replace
from sop.words.figure_words import (
    formula_sentences,
    grade_words,
    mean_words,
    owner_words,
    periods_words,
    remark_words,
)
from sop.words.kinerja import filled_words, predicate_words
from sop.words.periods import period_name

TITLE = "Capaian"
BY_PERIOD_TITLE = "Capaian per periode"
COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=4),
    Column("code", "Kode", width=8),
    Column("sasaran", "Sasaran", width=20),
    Column("indicator", "Indikator", width=30),
    Column("unit", "Satuan", width=8),
    Column("target", "Target", Kind.MIXED),
    Column("value", "Realisasi", Kind.MIXED),
    Column("achievement", "Capaian (%)", Kind.MIXED),
    Column("counted", "Dihitung (%)", Kind.MIXED),
    Column("to_date", "Capaian s.d. (%)", Kind.MIXED),
    Column("predicate", "Predikat", width=10),
    Column("bidang", "Bidang", width=18),
    Column("note", "Keterangan", width=20),
    Column("numerator", "Pembilang", Kind.MIXED, off_paper=True),
    Column("denominator", "Penyebut", Kind.MIXED, off_paper=True),
    Column("to_date_target", "Target s.d.", Kind.MIXED, off_paper=True),
    Column("to_date_value", "Realisasi s.d.", Kind.MIXED, off_paper=True),
    Column("to_date_periods", "Periode yang dihitung s.d.", width=24, off_paper=True),
)
_MOST_DIGITS = 15
"""Of a whole number that a spreadsheet keeps exactly."""
_LONGEST_NAME = 100
"""Letters of a bidang's name that a formula names; a text in a formula may have 255."""


def capaian(source: Source) -> Sheet | None:
    """The figures of the period; None for an office without indicators."""
    if source.kinerja is None:
        return None
    report = source.kinerja.own
    rows = [_row(number, row, report.settings) for number, row in enumerate(report.rows, start=1)]
    rows.append(_mean_row("Rata-rata kantor", report.whole, "AVERAGE([counted:])"))
    if len(report.owners) > 1:
        rows += [
            _mean_row(f"Rata-rata {owner_words(owner)}", report.mean(owner), _mean_formula(owner_words(owner)))
            for owner in report.owners
        ]
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(rows),
        (f"{filled_words(report.said, len(report.rows), 'indikator')}; rata-rata {mean_words(report.whole)}.",),
        formula_sentences(report.settings),
        frozen_columns=2,
        table="capaian",
        about="Target, realisasi dan capaian setiap indikator",
    )


def capaian_by_period(source: Source) -> Sheet | None:
    """Realisasi and capaian of a roll-up beside those of the periods it is made of; None for a period without any."""
    if source.kinerja is None or not source.below:
        return None
    reports = _side_by_side(source, source.kinerja)
    if len(reports) < 2:
        return None
    own = source.kinerja.own
    places = [{row.row.key: row for row in report.rows} for report in reports]
    rows = [
        (row.row.indicator.code, row.row.indicator.name, row.row.indicator.satuan, *_cells(row.row.key, places, own))
        for row in own.rows
    ]
    means: list[Cell] = []
    for report in reports:
        mean = report.whole.value
        means += [None, None if mean is None else _exact(mean, CAPAIAN_DECIMALS)]
    columns = [Column("code", "Kode", width=8), Column("indicator", "Indikator", width=30)]
    columns.append(Column("unit", "Satuan", width=8))
    for report in reports:
        key, name = column_key(report.period), _short(report.period)
        columns.append(Column(f"{key}_value", f"{name} realisasi", Kind.MIXED))
        columns.append(Column(f"{key}_achievement", f"{name} capaian (%)", Kind.MIXED))
    return Sheet(
        BY_PERIOD_TITLE,
        tuple(columns),
        (*rows, (None, "Rata-rata kantor", None, *means)),
        notes=formula_sentences(own.settings),
        frozen_columns=2,
        table="capaian_per_periode",
        about="Setiap indikator di setiap periode",
    )


def _side_by_side(source: Source, kinerja: KinerjaRecap) -> list[PeriodReport]:
    """The figures of the shortest periods that are kept, and those of the roll-up; a year's semesters would make the
    page too wide."""
    below = [recap.board.period for recap in source.below]
    order = tuple(Cadence)
    finest = min((CADENCE[split(key)[1]] for key in below), key=order.index)
    found = [kinerja.of(key) for key in below if CADENCE[split(key)[1]] is finest]
    return [*(report for report in found if report is not None), kinerja.own]


def _short(period: str) -> str:
    return "Setahun" if split(period)[1] == "TH" else period_name(period)


def _cells(key: str, places: Sequence[dict[str, ReportRow]], own: PeriodReport) -> list[Cell]:
    cells: list[Cell] = []
    for rows in places:
        row = rows.get(key)
        held = None if row is None else row.figure.achievement
        cells.append(None if row is None else _value_cell(row.figure.value, row.row, own.settings))
        cells.append(None if held is None else _exact(held.row, CAPAIAN_DECIMALS))
    return cells


# ---------------------------------------------------------------------- one row
def _row(number: int, row: ReportRow, settings: FigureSettings) -> Row:
    figure, indicator, isian = row.figure, row.row.indicator, row.isian
    held, to = figure.achievement, figure.to_date
    has_parts = isian is not None and isian.is_filled and indicator.jenis is Jenis.RASIO
    above, below = (isian.pembilang, isian.penyebut) if has_parts and isian is not None else (None, None)
    value = _value_cell(figure.value, row.row, settings)
    if has_parts and figure.value is not None and isinstance(value, Cast):
        value = replace(value, formula=f"=[numerator]/[denominator]*{indicator.factor}")
    return (
        number,
        indicator.code,
        indicator.sasaran or None,
        indicator.name,
        indicator.satuan,
        _value_cell(figure.target, row.row, settings),
        value,
        _achievement_cell(row, settings),
        _counted_cell(row, settings),
        None if to.achievement is None else _exact(to.achievement.row, CAPAIAN_DECIMALS),
        None if held is None else predicate_words(held.predicate, settings.words),
        owner_words(row.owner),
        remark_words(row) or None,
        None if above is None else _exact(Fraction(above), 2),
        None if below is None else _exact(Fraction(below), 2),
        _value_cell(to.target, row.row, settings),
        _value_cell(to.value, row.row, settings),
        periods_words(to.periods) if to.periods else None,
    )


def _exact(value: Fraction, decimals: int) -> Cast:
    """A number as it is printed; one that has more places is a quotient in a workbook, so that what is computed from it
    there is what is computed here."""
    shown = rounded(value, decimals)
    top, bottom = value.numerator, value.denominator
    is_kept = Fraction(shown) == value or max(len(str(abs(top))), len(str(bottom))) > _MOST_DIGITS
    return Cast(Kind.NUMBER, shown, decimals, "" if is_kept else f"={top}/{bottom}")


def _value_cell(value: Fraction | None, row: FormRow, settings: FigureSettings) -> Cast | None:
    if value is None:
        return None
    word = grade_words(value, row.indicator, settings)
    return _exact(value, row.indicator.decimals) if word is None else Cast(Kind.TEXT, word)


def _achievement_cell(row: ReportRow, settings: FigureSettings) -> Cast | None:
    held, aim, value = row.figure.achievement, row.figure.target, row.figure.value
    if held is None or aim is None or value is None:
        return None
    indicator = row.row.indicator
    # Of a predikat words stand in the cells: what they are worth stands in the formula.
    is_word = indicator.jenis is Jenis.PREDIKAT
    parts = (_number(value), _number(aim)) if is_word else ("[value]", "[target]")
    figure = figure_formula(indicator.arah, aim, *parts, settings)
    return Cast(Kind.NUMBER, rounded(held.row, CAPAIAN_DECIMALS), CAPAIAN_DECIMALS, f"={figure}")


def _number(value: Fraction) -> str:
    return canonical(rounded(value, 0)) if value.denominator == 1 else f"({value.numerator}/{value.denominator})"


def _counted_cell(row: ReportRow, settings: FigureSettings) -> Cast | None:
    """What means take of the row; nothing where it is not one of them."""
    held = row.figure.achievement
    if held is None or not row.figure.counts:
        return None
    cap = settings.mean_cap
    formula = "=[achievement]" if cap is None else f"=MIN({cap},[achievement])"
    return Cast(Kind.NUMBER, rounded(held.counted, CAPAIAN_DECIMALS), CAPAIAN_DECIMALS, formula)


# ---------------------------------------------------------------------- means
def _mean_row(words: str, mean: Mean, formula: str) -> Row:
    shown = (
        None
        if mean.value is None
        else Cast(
            Kind.NUMBER, rounded(mean.value, CAPAIAN_DECIMALS), CAPAIAN_DECIMALS, f"={formula}" if formula else ""
        )
    )
    name = f"{words} ({mean.counted} dari {mean.of})"
    told: dict[str, Cell] = {"indicator": name, "counted": shown}
    return tuple(told.get(column.key) for column in COLUMNS)


def _mean_formula(owner: str) -> str:
    """The mean of the rows of one owner; empty where a formula cannot name it."""
    if len(owner) > _LONGEST_NAME:
        return ""
    escaped = owner
    for sign in "~*?":
        escaped = escaped.replace(sign, f"~{sign}")
    if "[" in escaped or "]" in escaped:
        return ""
    quoted = escaped.replace('"', '""')
    return f'AVERAGEIF([bidang:],"={quoted}",[counted:])'
