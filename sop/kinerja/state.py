"""What the data of an office are now: indicators, targets, and per period the forms, rows, marks and closings.

Frozen values. The flow of a case stands in `sop/model/state.py`; what of it matters here is told by `accompany.py` and
kept as seats: on which run the rows of an owner hang. The acts of part 7 change this state by their effects alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form import FormRevision, FormRow, Owner
from sop.kinerja.indicator import Indicator, IndicatorVersion
from sop.kinerja.isian import Isian
from sop.kinerja.report import PeriodReport
from sop.kinerja.rollup import Leaf
from sop.kinerja.target import TargetSet
from sop.model.definition import Cadence
from sop.model.state import OPEN_PHASES, PeriodPhase, RunPhase
from sop.values import Frozen, field, replace

FillTurn = tuple[int, int]
"""(number of the period's case, attempt): one filling of an owner's rows. Later ones are greater."""
LeafKey = tuple[str, str]
"""(indicator's `key`, the period it counts for)."""


class RowMark(Frozen):
    """What whoever checks has against a row."""

    note: str
    by: str
    at: int
    answered: bool = False
    """Changed since, or confirmed with a word."""


class IsianRow(Frozen):
    """A row of one filling, with what became of it."""

    isian: Isian | None = None
    """None for a row that was emptied again: belum diisi."""
    changes: tuple[str, ...] = ()
    """Who changed it, one person for each change, in every filling so far."""
    word: str | None = None
    """Why it was changed last, where somebody said so."""
    mark: RowMark | None = None
    accepted: Isian | None = None
    """What of it was accepted last."""

    @property
    def revision(self) -> int:
        return len(self.changes)

    @property
    def wants_answer(self) -> bool:
        return self.mark is not None and not self.mark.answered


EMPTY_ROW = IsianRow()
"""A row of which nobody said anything."""


class DataSeat(Frozen):
    """The run that the rows of an owner hang on, as the flow has it."""

    case: int
    step: int
    bidang: str | None
    """Of the run; None where the step is not per bidang, and for rows that hang on the step after the join."""
    attempt: int
    lanes: tuple[str, ...]
    """Whose members fill the rows."""
    phase: RunPhase = RunPhase.SIAP
    valid: bool = True
    holder: str | None = None
    shared: bool = False
    """Whether the isian step is not per bidang, so that a bidang's people fill its own rows whatever their lane."""

    @property
    def turn(self) -> FillTurn:
        return self.case, self.attempt

    @property
    def is_open(self) -> bool:
        return self.valid and self.phase in OPEN_PHASES

    @property
    def counts(self) -> bool:
        """Whether its rows are part of a figure."""
        return self.valid and self.phase not in (RunPhase.DILEWATI, RunPhase.DIBATALKAN)


class CheckSeat(Frozen):
    """The step that accepts: periksa, or without one the last of the cadence, which knows no marks."""

    lanes: tuple[str, ...] = ()
    marks: bool = True
    """Whether it is a periksa."""
    finished: bool = False
    """Its newest run is selesai."""


class ClosedData(Frozen, dict=True):
    """What one closing of a period froze, as its event holds it: read only where somebody looks at it."""

    number: int
    """Of the closing: the r of tutup(r)."""
    kept: Mapping[str, Any]
    """JSON values: `report`, `leaves`."""

    @classmethod
    def of(cls, number: int, report: PeriodReport, leaves: Mapping[LeafKey, Leaf]) -> ClosedData:
        """
        Args:
            number: Of the closing.
            report: The figures as they stood.
            leaves: Every leaf at and below the period, as it was taken in.
        """
        return cls(
            number,
            {
                "report": report.to_dict(),
                "leaves": [[key, period, *leaf.to_list()] for (key, period), leaf in leaves.items()],
            },
        )

    @cached_property
    def report(self) -> PeriodReport:
        return PeriodReport.from_dict(self.kept["report"])

    @cached_property
    def leaves(self) -> Mapping[LeafKey, Leaf]:
        """Every leaf at and below the period, as it was taken in."""
        return {(key, period): Leaf.from_list(period, values) for key, period, *values in self.kept["leaves"]}


class DataPeriod(Frozen):
    """The data of one reporting period. What is kept of it are forms, fillings, closings, what was taken in and what is
    rolled up; phase, seats and check are what the flow says of it (`accompany.accompanied`)."""

    key: str
    phase: PeriodPhase = PeriodPhase.BELUM
    held: bool = False
    revision: int = 0
    """Counts the acts that changed it."""
    forms: Mapping[Owner, tuple[FormRevision, ...]] = field(default_factory=dict)
    seats: Mapping[Owner, DataSeat] = field(default_factory=dict)
    fillings: Mapping[Owner, Mapping[FillTurn, Mapping[str, IsianRow]]] = field(default_factory=dict)
    """Owner -> turn -> indicator's `key` -> row."""
    rolled: tuple[tuple[Owner, FormRow], ...] | None = None
    """What it rolls up, as frozen with its forms; None follows the register."""
    check: CheckSeat = field(default_factory=CheckSeat)
    taken: Mapping[str, int] | None = None
    """Child period -> which closing of it was taken in; None until the first step is finished (a roll-up: closed)."""
    closings: tuple[ClosedData, ...] = ()
    """Of those in which there was something to freeze, oldest first."""
    closing: int = 0
    """Number of the last closing of the period."""

    def frozen(self, number: int | None = None) -> ClosedData | None:
        """What a closing froze; None for one that found no data. Without a number: the last one."""
        wanted = self.closing if number is None else number
        return next((each for each in reversed(self.closings) if each.number == wanted), None)

    def bare(self) -> DataPeriod:
        """What is kept of it, without what the flow says."""
        return DataPeriod(
            self.key,
            revision=self.revision,
            forms=self.forms,
            fillings=self.fillings,
            rolled=self.rolled,
            taken=self.taken,
            closings=self.closings,
        )

    def form(self, owner: Owner) -> FormRevision | None:
        """What the owner was sent last."""
        sent = self.forms.get(owner)
        return sent[-1] if sent else None

    def form_rows(self, owner: Owner) -> tuple[FormRow, ...]:
        """The rows that the owner is to fill; none before the first form."""
        form = self.form(owner)
        return () if form is None else form.rows

    def rows(self, owner: Owner) -> Mapping[str, IsianRow]:
        """The rows of the owner's present turn, whether its form still names them or not."""
        seat = self.seats.get(owner)
        return {} if seat is None else self.rows_at(owner, seat.turn)

    def rows_at(self, owner: Owner, turn: FillTurn) -> Mapping[str, IsianRow]:
        """The rows of a turn. One in which nothing was said yet begins with those of the turn before, whatever led to
        it; marks and what was accepted go along."""
        turns = self.fillings.get(owner, {})
        last = max((each for each in turns if each <= turn), default=None)
        return {} if last is None else turns[last]

    def marked(self, owners: Iterable[Owner]) -> list[tuple[Owner, str]]:
        """Rows that want an answer, of these owners, by code. What the newest form has no more is left aside."""
        return self._codes(owners, lambda row: row.wants_answer)

    def unfilled(self, owners: Iterable[Owner]) -> list[tuple[Owner, str]]:
        """Likewise those that are belum diisi."""
        return self._codes(owners, lambda row: row.isian is None)

    def _codes(self, owners: Iterable[Owner], is_meant: Callable[[IsianRow], bool]) -> list[tuple[Owner, str]]:
        found = []
        for owner in owners:
            rows, wanted = self.rows(owner), self.form_rows(owner)
            found += [(owner, row.indicator.code) for row in wanted if is_meant(rows.get(row.key, EMPTY_ROW))]
        return found

    def with_rows(self, owner: Owner, turn: FillTurn, rows: Mapping[str, IsianRow]) -> DataPeriod:
        """The same with some rows of a turn put in place."""
        turns = self.fillings.get(owner, {})
        kept = {**self.rows_at(owner, turn), **rows}
        if not kept:
            return self
        return replace(self, fillings={**self.fillings, owner: {**turns, turn: kept}})


class KinerjaState(Frozen):
    """All data of one office."""

    cadences: frozenset[Cadence] = frozenset(Cadence)
    """Those that have steps in the office's SOP."""
    bidang: tuple[str, ...] = ()
    """In force."""
    successors: Mapping[str, str] = field(default_factory=dict)
    """A bidang that ended -> the one that followed it."""
    settings: FigureSettings = field(default_factory=FigureSettings)
    indicators: Mapping[str, tuple[IndicatorVersion, ...]] = field(default_factory=dict)
    """`Indicator.key` -> its versions, oldest first."""
    targets: tuple[TargetSet, ...] = ()
    periods: Mapping[str, DataPeriod] = field(default_factory=dict)

    @property
    def finest(self) -> Cadence:
        return next(cadence for cadence in Cadence if cadence in self.cadences)

    def period(self, key: str) -> DataPeriod:
        """The data of a period, which may have none yet."""
        return self.periods.get(key, DataPeriod(key))

    def with_period(self, period: DataPeriod) -> KinerjaState:
        return replace(self, periods={**self.periods, period.key: period})

    def owner_of(self, indicator: Indicator) -> Owner:
        """Who hands an indicator in today: its bidang, the one that followed it, else the office."""
        name, seen = indicator.owner, set[str]()
        while name is not None and name not in self.bidang:
            if name in seen:
                return None
            seen.add(name)
            name = self.successors.get(name)
        return name

    @property
    def closed(self) -> frozenset[str]:
        """The periods that are closed now."""
        return frozenset(key for key, period in self.periods.items() if period.phase is PeriodPhase.TUTUP)
