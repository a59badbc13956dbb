"""Which periods an indicator is reported in, which of them make up a longer one, and from when something holds.

An indicator has *leaves*: the periods of its own cadence, in which it is filled. Longer ones are rolled up from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeVar

from sop.kinerja.indicator import IndicatorVersion
from sop.model.definition import Cadence
from sop.model.periods import CADENCE, FIRST_MONTH, NAMES, children_of, key_of, keys_of, split

_MONTHS = {Cadence.TRIWULAN: 3, Cadence.SEMESTER: 6, Cadence.TAHUNAN: 12}
_CADENCES = tuple(Cadence)
T = TypeVar("T")


def end_of(period: str) -> int:
    """The month in which a period ends, counted from year 0; periods are compared by it."""
    year, name = split(period)
    return year * 12 + FIRST_MONTH[name] + _MONTHS[CADENCE[name]] - 1


def holds(since: str, closed: Collection[str], period: str) -> bool:
    """Whether what holds from `since` on holds for a period: it ends no earlier, and was not closed at the time."""
    return period not in closed and end_of(period) >= end_of(since)


def version_for(versions: Iterable[IndicatorVersion], period: str) -> IndicatorVersion | None:
    """The newest version that holds for a period; None before the first one."""
    holding = [version for version in versions if holds(version.since, version.closed, period)]
    return max(holding, key=lambda version: version.number, default=None)


def leaves_of(period: str, cadence: Cadence) -> tuple[str, ...]:
    """The periods of a cadence that make a period up, in order: itself, those below it, or none where it is finer."""
    own = CADENCE[split(period)[1]]
    if own is cadence:
        return (period,)
    return tuple(leaf for child in children_of(period) for leaf in leaves_of(child, cadence))


def leaves_to(period: str, cadence: Cadence) -> tuple[str, ...]:
    """The periods of a cadence in the year of a period that end no later than it, in order."""
    year, _ = split(period)
    of_year = leaves_of(key_of(year, "TH"), cadence)
    return tuple(leaf for leaf in of_year if end_of(leaf) <= end_of(period))


def leaf_before(leaf: str) -> str:
    """The period of the same cadence that ends just before one begins."""
    year, name = split(leaf)
    row = [other for other in NAMES if CADENCE[other] is CADENCE[name]]
    place = row.index(name)
    return key_of(year, row[place - 1]) if place else key_of(year - 1, row[-1])


class Due(NamedTuple):
    """What is filled in one period."""

    period: str
    """What it counts for: the period itself, or a longer one that has no steps of its own."""
    cadence: Cadence
    """Indicators of which cadence."""


def filled_in(period: str, cadences: Collection[Cadence]) -> tuple[Due, ...]:
    """What is filled in a period, its own first.

    Args:
        period: Period key.
        cadences: Those that have steps in the office's SOP. An indicator of a longer one without steps is filled in
            the last period below it that has some.
    """
    own = CADENCE[split(period)[1]]
    if own not in cadences:
        return ()
    return tuple(
        Due(key, CADENCE[split(key)[1]])
        for key in sorted(keys_of(split(period)[0]), key=lambda key: _CADENCES.index(CADENCE[split(key)[1]]))
        if _filled_at(key, cadences) == period
    )


def _filled_at(key: str, cadences: Collection[Cadence]) -> str | None:
    """Where the rows that count for a period are filled; None where nothing at or below it has steps."""
    if CADENCE[split(key)[1]] in cadences:
        return key
    below = [_filled_at(child, cadences) for child in children_of(key)]
    return next((place for place in reversed(below) if place is not None), None)
