"""The capaian of one realisasi against one target: exact, with the raw figure beside what is counted."""

from __future__ import annotations

from fractions import Fraction

from sop.kinerja.figure_settings import FigureSettings, Predicate, TurunFormula
from sop.kinerja.indicator import Arah
from sop.values import Frozen

_HUNDRED = Fraction(100)
_ZERO = Fraction(0)


class Achievement(Frozen):
    """A capaian in percent, as exact fractions."""

    raw: Fraction
    """As the formula gives it; may be below zero or beyond every cap."""
    row: Fraction
    """What the row shows: not below zero, held to the row's cap."""
    counted: Fraction
    """What means take: the row's, held to the cap of means."""
    predicate: Predicate
    zero_target: bool = False
    """The target was 0, so that no quotient exists; marked wherever it is shown."""


def achievement(arah: Arah, value: Fraction, target: Fraction, settings: FigureSettings) -> Achievement | None:
    """The capaian of a value against a target; None where it cannot be computed: below zero nothing is aimed at."""
    if target < 0:
        return None
    raw = _raw(arah, value, target, settings.turun)
    row = _held(max(raw, _ZERO), settings.row_cap)
    return Achievement(raw, row, _held(row, settings.mean_cap), settings.predicate_of(row), target == 0)


def _raw(arah: Arah, value: Fraction, target: Fraction, turun: TurunFormula) -> Fraction:
    if target == 0:
        return _HUNDRED if value == 0 else _ZERO
    match arah:
        case Arah.NAIK:
            return value / target * 100
        case Arah.TETAP:
            return 100 - abs(value - target) / target * 100
        case Arah.TURUN if turun is TurunFormula.SELISIH:
            return (2 * target - value) / target * 100
        case Arah.TURUN:
            return target / value * 100 if value else 2 * _HUNDRED


def _held(figure: Fraction, cap: int | None) -> Fraction:
    return figure if cap is None else min(figure, Fraction(cap))
