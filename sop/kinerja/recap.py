"""What a recap tells of data kinerja: the figures of its period, of those around it, and what was promised."""

from __future__ import annotations

from sop.kinerja.consolidation import report
from sop.kinerja.report import PeriodReport
from sop.kinerja.reporting import end_of
from sop.kinerja.state import ClosedData, KinerjaState
from sop.model.periods import keys_of, split
from sop.model.state import PeriodPhase
from sop.values import Frozen


class KinerjaRecap(Frozen):
    """The figures that a period's recap is made of."""

    own: PeriodReport
    others: tuple[PeriodReport, ...] = ()
    """Of this year and the one before, those that end no later, by their end; what was closed as it was frozen."""
    earlier: tuple[ClosedData, ...] = ()
    """What the closings before said, where the period was closed more than once, or is open again."""

    @property
    def before(self) -> PeriodReport | None:
        """What the closing before said."""
        return self.earlier[-1].report if self.earlier else None

    def of(self, period: str) -> PeriodReport | None:
        """The figures of a period; None where nothing was kept of it."""
        return next((held for held in (self.own, *self.others) if held.period == period), None)


def kinerja_recap(state: KinerjaState, period: str) -> KinerjaRecap | None:
    """The figures of a period and around it; None where no indicator is reported in it.

    Args:
        state: The office's data, with every period of the year and of the year before.
        period: Period key.
    """
    own = report(state, period)
    if not own.rows:
        return None
    year, _ = split(period)
    keys = [key for key in (*keys_of(year - 1), *keys_of(year)) if key != period and end_of(key) <= end_of(period)]
    held = [report(state, key) for key in sorted(keys, key=end_of) if _was_kept(state, key)]
    closings = state.period(period).closings
    earlier = closings[:-1] if state.period(period).phase is PeriodPhase.TUTUP else closings
    return KinerjaRecap(own, tuple(each for each in held if each.rows), earlier)


def _was_kept(state: KinerjaState, key: str) -> bool:
    """Whether anything was sent out or closed in a period: of one that is still to come nothing is told."""
    held = state.period(key)
    return bool(held.forms or held.closings)
