"""Which rows stand behind the figures of a period: its own, its children's as taken in, its elders' to date.

A closed period is read from what its closing froze. An open one is read live; a child that was taken in is read from
the closing that was taken, though it be reopened since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from sop.kinerja.form import FormRow, Owner
from sop.kinerja.indicator import IndicatorVersion
from sop.kinerja.isian import Isian, realized, worth
from sop.kinerja.report import PeriodReport, ReportRow
from sop.kinerja.reporting import leaves_of, leaves_to, version_for
from sop.kinerja.rollup import Figure, Leaf, figure
from sop.kinerja.state import DataPeriod, IsianRow, KinerjaState, LeafKey
from sop.kinerja.target import target_for
from sop.model.periods import children_of, keys_of, split
from sop.model.state import PeriodPhase


class HeldRow(NamedTuple):
    """A row of a form with what stands in it."""

    owner: Owner
    row: FormRow
    filled: IsianRow | None
    """None where the run does not count, or nothing was ever said."""

    @property
    def isian(self) -> Isian | None:
        return None if self.filled is None else self.filled.isian


def held_rows(period: DataPeriod) -> Iterator[HeldRow]:
    """The rows of the newest forms of a period. Those of a run that does not count are belum diisi."""
    for owner, sent in period.forms.items():
        seat, rows = period.seats.get(owner), period.rows(owner)
        for row in sent[-1].rows:
            yield HeldRow(owner, row, rows.get(row.key) if seat is not None and seat.counts else None)


def leaf_of(held: HeldRow, state: KinerjaState) -> Leaf:
    """A row as exact numbers."""
    indicator, isian = held.row.indicator, held.isian
    value = realized(isian, indicator, state.settings)
    above, below = (None, None) if isian is None or value is None else (isian.pembilang, isian.penyebut)
    return Leaf(
        held.row.period,
        None if isian is None else isian.keadaan,
        value,
        worth(held.row.target, indicator, state.settings),
        None if above is None else Fraction(above),
        None if below is None else Fraction(below),
    )


_Known = dict[str, Mapping[LeafKey, Leaf | HeldRow]]
"""Open period -> what stands at and below it. A row that is read live is worked out by whoever needs it."""


def leaves_below(state: KinerjaState, key: str) -> Mapping[LeafKey, Leaf]:
    """Every leaf at and below an open period: its own rows live, each child as it was or would be taken in."""
    return {place: _worked_out(found, state) for place, found in _below(state, key, {}).items()}


def _below(state: KinerjaState, key: str, known: _Known) -> Mapping[LeafKey, Leaf | HeldRow]:
    if key not in known:
        period = state.period(key)
        found: dict[LeafKey, Leaf | HeldRow] = {}
        for child in children_of(key):
            found |= _below_child(state, period, child, known)
        found |= {(held.row.key, held.row.period): held for held in held_rows(period)}
        known[key] = found
    return known[key]


def _below_child(
    state: KinerjaState, parent: DataPeriod, child: str, known: _Known
) -> Mapping[LeafKey, Leaf | HeldRow]:
    period = state.period(child)
    if parent.taken is not None:
        return _frozen_leaves(period, parent.taken.get(child, 0))
    return _frozen_leaves(period) if period.phase is PeriodPhase.TUTUP else _below(state, child, known)


def _worked_out(found: Leaf | HeldRow, state: KinerjaState) -> Leaf:
    return leaf_of(found, state) if isinstance(found, HeldRow) else found


def _frozen_leaves(period: DataPeriod, number: int | None = None) -> Mapping[LeafKey, Leaf]:
    """What a closing froze; nothing of one that never was, and of one that found no data."""
    found = period.frozen(number)
    return {} if found is None else found.leaves


def _leaves_around(state: KinerjaState, key: str) -> Mapping[LeafKey, Leaf | HeldRow]:
    """Every leaf of the year as it stands, those at and below a period as it takes them in.

    The shorter periods come last: what one of them says of itself is newer than what a longer one once took in.
    """
    found: dict[LeafKey, Leaf | HeldRow] = {}
    known: _Known = {}
    for other in reversed(keys_of(split(key)[0])):
        period = state.period(other)
        found |= _frozen_leaves(period) if period.phase is PeriodPhase.TUTUP else _below(state, other, known)
    return found | dict(_below(state, key, known))


def report(state: KinerjaState, key: str) -> PeriodReport:
    """The figures of a period: as its closing froze them, else as they stand."""
    period = state.period(key)
    if period.phase is not PeriodPhase.TUTUP:
        return live_report(state, key)
    frozen = period.frozen()
    return PeriodReport(key, (), state.settings) if frozen is None else frozen.report


def live_report(state: KinerjaState, key: str) -> PeriodReport:
    """The figures of an open period. Its own rows come first, then the indicators that are rolled up."""
    around = _leaves_around(state, key)
    rows: list[ReportRow] = []
    own: set[str] = set()
    for place in (key, *_places_below(key)):
        for held in held_rows(state.period(place)):
            if held.row.period == key and held.row.key not in own:
                own.add(held.row.key)
                rows.append(_reported(state, key, held, around))
    frozen = state.period(key).rolled
    for owner, row in rolled_rows(state, key) if frozen is None else frozen:
        if row.key not in own:
            rows.append(ReportRow(owner, row, _figure(state, key, row, around)))
    return PeriodReport(key, tuple(rows), state.settings)


def rolled_rows(state: KinerjaState, key: str) -> tuple[tuple[Owner, FormRow], ...]:
    """The indicators that a period rolls up, each with owner and target, as they stand in the register."""
    found = []
    for versions in state.indicators.values():
        version = version_for(versions, key)
        if version is None or not version.indicator.active:
            continue
        below = leaves_of(key, version.indicator.cadence)
        if below and below != (key,):
            found.append((state.owner_of(version.indicator), row_for(state, version, key)))
    return tuple(found)


def row_for(state: KinerjaState, version: IndicatorVersion, period: str) -> FormRow:
    """An indicator with the target that is in force for a period."""
    aim = target_for(state.targets, version.indicator.key, period)
    value, number = (None, None) if aim is None else aim
    return FormRow(version.indicator, version.number, period, value, number)


def _reported(state: KinerjaState, key: str, held: HeldRow, around: Mapping[LeafKey, Leaf | HeldRow]) -> ReportRow:
    """A row that is filled, with its figure in a period as it stands."""
    mark = None if held.filled is None else held.filled.mark
    is_marked = held.filled is not None and held.filled.wants_answer
    found, note = _figure(state, key, held.row, around), None if mark is None else mark.note
    return ReportRow(held.owner, held.row, found, held.isian, is_marked, note)


def _figure(state: KinerjaState, key: str, row: FormRow, around: Mapping[LeafKey, Leaf | HeldRow]) -> Figure:
    indicator = row.indicator
    below, reach = (
        [_worked_out(around.get((indicator.key, leaf), Leaf(leaf)), state) for leaf in leaves]
        for leaves in (leaves_of(key, indicator.cadence), leaves_to(key, indicator.cadence))
    )
    return figure(
        indicator,
        key,
        below,
        state.settings,
        up_to=reach,
        target=worth(row.target, indicator, state.settings),
    )


def _places_below(key: str) -> list[str]:
    """Periods in whose forms rows of a longer one may stand, the last one first."""
    return [place for child in reversed(children_of(key)) for place in (child, *_places_below(child))]


class FiguredRow:
    """A row that is filled in a period. Its figure is worked out once somebody asks: of many rows few are on view."""

    def __init__(self, held: HeldRow, reported: Callable[[HeldRow], ReportRow]) -> None:
        self.held, self._reported = held, reported

    @cached_property
    def report(self) -> ReportRow:
        """The row with its figure."""
        return self._reported(self.held)


def filled_rows(state: KinerjaState, key: str) -> tuple[FiguredRow, ...]:
    """The rows that are filled in a period, those that count for a longer one among them, each with its figure as it
    stands; of a closed period those of its own as they were frozen."""
    filled = _Filled(state, key)
    return tuple(FiguredRow(held, filled.reported) for held in held_rows(state.period(key)))


class _Filled:
    """What the rows of a period are worked out from, found at the first of them."""

    def __init__(self, state: KinerjaState, key: str) -> None:
        self.state, self.key = state, key

    @cached_property
    def frozen(self) -> Mapping[str, ReportRow]:
        is_closed = self.state.period(self.key).phase is PeriodPhase.TUTUP
        return {row.row.key: row for row in report(self.state, self.key).rows} if is_closed else {}

    @cached_property
    def around(self) -> Mapping[LeafKey, Leaf | HeldRow]:
        return _leaves_around(self.state, self.key)

    def reported(self, held: HeldRow) -> ReportRow:
        if held.row.period == self.key and held.row.key in self.frozen:
            return self.frozen[held.row.key]
        return _reported(self.state, held.row.period, held, self.around)
