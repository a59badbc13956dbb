"""Targets in numbered sets: the Perjanjian Kinerja first, then each Perubahan, which holds from a period on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form_fault import FormWarning
from sop.kinerja.indicator import Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.isian import worth
from sop.kinerja.number import printed
from sop.kinerja.reporting import end_of, leaves_of
from sop.model.periods import CADENCE, key_of, keys_of, split
from sop.values import Frozen, field

TargetKey = tuple[str, str]
"""(indicator's `key`, period)."""


class TargetSet(Frozen):
    """One document's targets of a year."""

    year: int
    number: int
    """1 is the Perjanjian Kinerja, 2 and on PK Perubahan."""
    document: str
    since: str
    """Period from which it holds."""
    values: Mapping[TargetKey, TargetValue] = field(default_factory=dict)

    def holds_for(self, period: str) -> bool:
        """Whether it speaks of a period: one of its year that ends no earlier than the one from which it holds. Of a
        period that was closed before it was typed it has no value, because none is taken."""
        return split(period)[0] == self.year and end_of(period) >= end_of(self.since)


class Aim(NamedTuple):
    """A target in force."""

    value: TargetValue
    number: int
    """Of its set."""


def target_for(sets: Iterable[TargetSet], key: str, period: str) -> Aim | None:
    """The target in force: of the newest set that holds for the period and names the indicator there.

    Args:
        sets: Of any years, in any order.
        key: The indicator's `key`.
        period: Period key.
    """
    for each in sorted(sets, key=lambda held: held.number, reverse=True):
        if each.holds_for(period) and (key, period) in each.values:
            return Aim(each.values[key, period], each.number)
    return None


def reported_in(indicator: Indicator, period: str) -> bool:
    """Whether a period is one that an indicator can have a target for: of its own cadence, or longer."""
    return bool(leaves_of(period, indicator.cadence))


class TargetFinding(NamedTuple):
    """Something about an indicator's targets that somebody should look at. Nothing is refused for it."""

    kind: FormWarning
    code: str
    period: str
    read: str
    """The target as it stands."""
    known: str = ""
    """What the targets below it give."""


def check_targets(
    indicator: Indicator, sets: Sequence[TargetSet], year: int, settings: FigureSettings
) -> Iterator[TargetFinding]:
    """What does not fit among an indicator's targets of a year.

    A longer period is compared with the periods of the indicator's cadence below it once all of them have a target.
    """
    aims = {period: target_for(sets, indicator.key, period) for period in keys_of(year)}
    worths = {
        period: None if aim is None else worth(aim.value, indicator, settings)
        for period, aim in aims.items()
        if reported_in(indicator, period)
    }
    if indicator.jenis is Jenis.PERSEN and indicator.konsolidasi is Konsolidasi.JUMLAH and any(aims.values()):
        yield TargetFinding(FormWarning.JUMLAH_PERSEN, indicator.code, key_of(year, "TH"), indicator.satuan)
    for period, target in worths.items():
        if target is not None and target < 0:
            yield TargetFinding(FormWarning.TARGET_NEGATIF, indicator.code, period, printed(target, indicator.decimals))
    for period, target in worths.items():
        if target is None or CADENCE[split(period)[1]] is indicator.cadence:
            continue
        below = [worths[leaf] for leaf in leaves_of(period, indicator.cadence)]
        whole = [value for value in below if value is not None]
        if len(whole) < len(below):
            continue
        kind, expected = _expected(indicator, whole)
        if expected != target:
            words = (_words(value, indicator) for value in (target, expected))
            yield TargetFinding(kind, indicator.code, period, *words)


def _expected(indicator: Indicator, below: Sequence[Fraction]) -> tuple[FormWarning, Fraction]:
    match indicator.konsolidasi:
        # Sums of quotients say nothing: a ratio is held to the mean of its targets, as its achievement is.
        case Konsolidasi.JUMLAH if indicator.jenis is not Jenis.RASIO:
            return FormWarning.JUMLAH_TARGET_BERBEDA, sum(below, Fraction(0))
        case Konsolidasi.AKHIR:
            return FormWarning.TARGET_AKHIR_BERBEDA, below[-1]
        case _:
            return FormWarning.RATA_TARGET_BERBEDA, sum(below, Fraction(0)) / len(below)


def _words(value: Fraction, indicator: Indicator) -> str:
    """A target with the indicator's places, or with as many more as tell two targets apart."""
    return printed(value, max(indicator.decimals, 0 if value.denominator == 1 else 2))
