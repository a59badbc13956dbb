"""Formulas of a spreadsheet that say what `achievement` says: beside a realisasi while a form is filled, and in a recap
for those who work on with it. Only shown: figures are the program's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sop.kinerja.figure_settings import FigureSettings, TurunFormula
from sop.kinerja.form import FormRow
from sop.kinerja.indicator import Arah, Jenis
from sop.kinerja.isian import worth
from sop.kinerja.number import canonical


def capaian_formula(row: FormRow, places: Mapping[str, str], settings: FigureSettings) -> str | None:
    """A formula that says what `achievement` says of the row's capped capaian, or an empty text without a value.

    Args:
        row: The indicator with its target.
        places: Column -> cell of that row: `target`, `realisasi`, `pembilang`, `penyebut`.
        settings: Formulas, cap and scales.

    Returns:
        None where no capaian can be computed: without a target, or with one below zero.
    """
    aim = worth(row.target, row.indicator, settings)
    if aim is None or aim < 0:
        return None
    is_word = row.indicator.jenis is Jenis.PREDIKAT
    target = canonical(Decimal(int(aim))) if is_word and aim.denominator == 1 else places["target"]
    if is_word and aim.denominator != 1:
        target = canonical(Decimal(aim.numerator) / Decimal(aim.denominator))
    value, has_value = _value(row, places, settings)
    return f'=IF({has_value},{figure_formula(row.indicator.arah, aim, value, target, settings)},"")'


def figure_formula(arah: Arah, aim: Fraction, value: str, target: str, settings: FigureSettings) -> str:
    """A row's capaian as part of a formula.

    Args:
        arah: Which way is good.
        aim: The target, not below zero.
        value: The realisasi, as part of a formula.
        target: The target, likewise.
        settings: Formulas and cap.
    """
    figure = f"IF({value}=0,100,0)" if aim == 0 else f"MAX(0,{_quotient(arah, value, target, settings.turun)})"
    return figure if settings.row_cap is None else f"MIN({settings.row_cap},{figure})"


def _quotient(arah: Arah, value: str, target: str, turun: TurunFormula) -> str:
    match arah:
        case Arah.NAIK:
            return f"{value}/{target}*100"
        case Arah.TETAP:
            return f"100-ABS({value}-{target})/{target}*100"
        case Arah.TURUN if turun is TurunFormula.SELISIH:
            return f"(2*{target}-{value})/{target}*100"
        case Arah.TURUN:
            return f"IF({value}=0,200,{target}/{value}*100)"


def _value(row: FormRow, places: Mapping[str, str], settings: FigureSettings) -> tuple[str, str]:
    """(the realisasi, whether there is one) as parts of a formula."""
    cell = places["realisasi"]
    match row.indicator.jenis:
        case Jenis.RASIO:
            above, below = places["pembilang"], places["penyebut"]
            value = f"({above}/{below}*{row.indicator.factor})"
            return value, f"IF(AND(ISNUMBER({above}),ISNUMBER({below})),{below}<>0,FALSE)"
        case Jenis.PREDIKAT:
            scale = settings.scale_of(row.indicator.satuan)
            words = ",".join(f'"{word}"' for word in scale)
            values = ",".join(canonical(value) for value in scale.values())
            return f"INDEX({{{values}}},MATCH({cell},{{{words}}},0))", f"ISNUMBER(MATCH({cell},{{{words}}},0))"
        case _:
            return cell, f"ISNUMBER({cell})"
