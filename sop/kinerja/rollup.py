"""From the periods in which an indicator is filled to the figures of any period: to date, consolidated, with capaian.

Every figure is a function of its leaves, whatever their order was; the period is an argument and no clock is asked.
Missing is not zero: what is missing is named and stands outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from sop.kinerja.achievement import Achievement, achievement
from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Keadaan, quotient
from sop.values import Frozen


class Leaf(Frozen):
    """What one period of an indicator's own cadence says, as exact numbers."""

    period: str
    keadaan: Keadaan | None = None
    """None while it is belum diisi, and where the period was never recorded."""
    value: Fraction | None = None
    """The realisasi. None where it is missing, and where a penyebut is 0."""
    target: Fraction | None = None
    pembilang: Fraction | None = None
    """Of a rasio that has a value."""
    penyebut: Fraction | None = None

    def to_list(self) -> list[str | None]:
        """All but the period, as JSON values."""
        numbers = (self.value, self.target, self.pembilang, self.penyebut)
        said = None if self.keadaan is None else self.keadaan.value
        return [said, *(None if number is None else str(number) for number in numbers)]

    @classmethod
    def from_list(cls, period: str, values: Sequence[str | None]) -> Leaf:
        """Read what `to_list` wrote."""
        said, *numbers = values
        return cls(
            period,
            None if said is None else Keadaan(said),
            *(None if number is None else Fraction(number) for number in numbers),
        )


class FigureStanding(StrEnum):
    """Whether a figure counts in means, and what keeps it out."""

    DIHITUNG = "dihitung"
    BELUM_DIISI = "belum_diisi"
    BELUM_ADA = "belum_ada"
    TIDAK_BERLAKU = "tidak_berlaku"
    PENYEBUT_NOL = "penyebut_nol"
    TANPA_TARGET = "tanpa_target"
    TIDAK_DAPAT_DIHITUNG = "tidak_dapat_dihitung"
    """Its target is below zero."""
    BELUM_LENGKAP = "belum_lengkap"
    """Rolled up from fewer periods than there are."""


class ToDate(Frozen):
    """How an indicator stands from the year's first period on."""

    value: Fraction | None
    target: Fraction | None
    achievement: Achievement | None
    periods: tuple[str, ...]
    """Those that count, in order."""


class Figure(Frozen):
    """One indicator in one period."""

    period: str
    standing: FigureStanding
    keadaan: Keadaan | None
    """Of a rolled-up figure: terisi where any of its periods has a value."""
    value: Fraction | None
    target: Fraction | None
    achievement: Achievement | None
    to_date: ToDate
    filled: int = 1
    """How many of its periods have a value."""
    of: int = 1
    """How many there are, those of which it is said that it does not apply left out."""

    @property
    def counts(self) -> bool:
        """Whether it is one of a mean."""
        return self.standing is FigureStanding.DIHITUNG


def to_date(indicator: Indicator, leaves: Sequence[Leaf], settings: FigureSettings) -> ToDate:
    """How an indicator stands after some of a year's leaves, in order."""
    if indicator.konsolidasi is Konsolidasi.AKHIR:
        counted = [leaf for leaf in leaves if leaf.value is not None][-1:]
    else:
        counted = [leaf for leaf in leaves if leaf.value is not None and leaf.target is not None]
    value = _joined(indicator, counted)
    target = _joined_targets(indicator, [leaf.target for leaf in counted])
    if value is None:
        return ToDate(None, None, None, ())
    return ToDate(
        value, target, _capaian(indicator.arah, value, target, settings), tuple(leaf.period for leaf in counted)
    )


def figure(
    indicator: Indicator,
    period: str,
    leaves: Sequence[Leaf],
    settings: FigureSettings,
    *,
    up_to: Sequence[Leaf],
    target: Fraction | None = None,
) -> Figure:
    """An indicator in a period.

    Args:
        indicator: As it holds for the period.
        period: Period key; where it is the one leaf, the figure is that leaf's own.
        leaves: The periods that make it up (`reporting.leaves_of`), in order, the missing ones among them.
        settings: Formulas, caps and scales.
        up_to: The leaves of the year that end no later (`reporting.leaves_to`), in order.
        target: The longer period's own target; None takes the leaves' by the indicator's konsolidasi.
    """
    to = to_date(indicator, up_to, settings)
    if len(leaves) == 1 and leaves[0].period == period:
        return _of_leaf(indicator, leaves[0], settings, to)
    applying = [leaf for leaf in leaves if leaf.keadaan is not Keadaan.TIDAK_BERLAKU]
    filled = [leaf for leaf in applying if leaf.value is not None]
    value = _joined(indicator, filled)
    aim = target if target is not None else _joined_targets(indicator, [leaf.target for leaf in applying])
    capaian = None if value is None else _capaian(indicator.arah, value, aim, settings)
    keadaan = Keadaan.TERISI if filled else _unfilled(leaves, applying)
    if not applying:
        standing = FigureStanding.TIDAK_BERLAKU if leaves else FigureStanding.BELUM_DIISI
    elif value is None:
        standing = _why_missing(applying)
    elif len(filled) < len(applying):
        standing = FigureStanding.BELUM_LENGKAP
    else:
        standing = _standing(aim, capaian)
    return Figure(period, standing, keadaan, value, aim, capaian, to, len(filled), len(applying))


def _of_leaf(indicator: Indicator, leaf: Leaf, settings: FigureSettings, to: ToDate) -> Figure:
    if leaf.value is None:
        return Figure(leaf.period, _why_missing([leaf]), leaf.keadaan, None, leaf.target, None, to, 0)
    capaian = _capaian(indicator.arah, leaf.value, leaf.target, settings)
    return Figure(leaf.period, _standing(leaf.target, capaian), leaf.keadaan, leaf.value, leaf.target, capaian, to)


def _capaian(arah: Arah, value: Fraction, target: Fraction | None, settings: FigureSettings) -> Achievement | None:
    return None if target is None else achievement(arah, value, target, settings)


def _standing(target: Fraction | None, capaian: Achievement | None) -> FigureStanding:
    if target is None:
        return FigureStanding.TANPA_TARGET
    return FigureStanding.DIHITUNG if capaian is not None else FigureStanding.TIDAK_DAPAT_DIHITUNG


def _why_missing(leaves: Sequence[Leaf]) -> FigureStanding:
    """Why none of these has a value: what is said of all of them, else that something is belum diisi."""
    said = {leaf.keadaan for leaf in leaves}
    if said == {Keadaan.TERISI}:
        return FigureStanding.PENYEBUT_NOL
    if said == {Keadaan.TIDAK_BERLAKU}:
        return FigureStanding.TIDAK_BERLAKU
    return FigureStanding.BELUM_DIISI if None in said else FigureStanding.BELUM_ADA


def _unfilled(leaves: Sequence[Leaf], applying: Sequence[Leaf]) -> Keadaan | None:
    said = {leaf.keadaan for leaf in (applying or leaves)}
    return said.pop() if len(said) == 1 else None


def _joined(indicator: Indicator, filled: Sequence[Leaf]) -> Fraction | None:
    """One value of several filled leaves."""
    values = [leaf.value for leaf in filled if leaf.value is not None]
    if not values:
        return None
    if indicator.konsolidasi is Konsolidasi.AKHIR:
        return values[-1]
    if indicator.jenis is Jenis.RASIO:
        above = sum((leaf.pembilang or Fraction(0) for leaf in filled), Fraction(0))
        below = sum((leaf.penyebut or Fraction(0) for leaf in filled), Fraction(0))
        return quotient(above, below, indicator.factor)
    total = sum(values, Fraction(0))
    return total if indicator.konsolidasi is Konsolidasi.JUMLAH else total / len(values)


def _joined_targets(indicator: Indicator, targets: Sequence[Fraction | None]) -> Fraction | None:
    """One target of several; None where one of those that it needs is missing. Shares are never added up: a rasio's
    targets have a mean, whether its parts are summed or averaged."""
    if not targets:
        return None
    if indicator.konsolidasi is Konsolidasi.AKHIR:
        return targets[-1]
    known = [target for target in targets if target is not None]
    if len(known) < len(targets):
        return None
    total = sum(known, Fraction(0))
    is_sum = indicator.konsolidasi is Konsolidasi.JUMLAH and indicator.jenis is not Jenis.RASIO
    return total if is_sum else total / len(known)


class Mean(NamedTuple):
    """A mean of capaian, and how many of all rows stand in it."""

    value: Fraction | None
    """None where no row counts."""
    counted: int
    of: int


def mean_of(figures: Iterable[Figure]) -> Mean:
    """The plain mean of what counts of some figures."""
    rows = list(figures)
    counted = [row.achievement.counted for row in rows if row.counts and row.achievement is not None]
    value = sum(counted, Fraction(0)) / len(counted) if counted else None
    return Mean(value, len(counted), len(rows))
