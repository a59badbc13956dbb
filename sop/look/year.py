"""A reporting year as it is looked at, and what every look at one of its periods asks first: on which version of the
SOP it runs, through which steps it goes, whether it can be closed, how much of it presses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from sop.acts.closing import Closing, closing_of
from sop.acts.procedure import Procedure, procedure
from sop.look.progress import NOBODY, progress
from sop.look.standing import Timed, Urgency, stand, urgency_of
from sop.model.definition import Cadence, Sop
from sop.model.settings import Settings
from sop.model.state import CasePhase, CaseState, PeriodPhase, YearState
from sop.time.work_calendar import WorkCalendar


class Snapshot(Protocol):
    """Everything that is known of a year at one moment. `db.rows.Board` is one."""

    @property
    def state(self) -> YearState:
        """With the newest case of every period that is looked at."""

    @property
    def versions(self) -> Mapping[int, Sop]:
        """Number -> SOP, confirmations applied: the versions in use and the newest."""

    @property
    def newest_version(self) -> int: ...

    @property
    def cadence(self) -> Cadence | None:
        """The office's choice where the SOP names no period."""

    @property
    def bidang(self) -> tuple[str, ...]:
        """The office's list, for regions not entered yet."""

    @property
    def names(self) -> Mapping[str, str]:
        """Code -> name of the people who are registered."""

    @property
    def settings(self) -> Settings: ...

    @property
    def calendar(self) -> WorkCalendar:
        """The revision in force."""


def version_of(year: Snapshot, period: str) -> int:
    """Number of the version that the period's newest case runs on; the newest one while there is no case."""
    case = year.state.case_of(period)
    return year.newest_version if case is None else case.sop_version


def sop_of(year: Snapshot, period: str) -> Sop:
    """The version that the period's newest case runs on; the newest one while there is no case."""
    return year.versions[version_of(year, period)]


def steps_of(year: Snapshot, period: str) -> Procedure | None:
    """The steps of the period's case; None for a pure roll-up."""
    return procedure(sop_of(year, period), period, year.cadence)


def closing_in(year: Snapshot, period: str) -> Closing:
    """Whether a period can be closed, and what stands in the way."""
    return closing_of(year.state, period, steps_of(year, period))


def progress_of(year: Snapshot, period: str) -> tuple[int, int]:
    """(done, of all) steps of a period; a region's step is done when every bidang of the frozen list is."""
    steps, case = steps_of(year, period), year.state.case_of(period)
    if steps is None:
        return 0, 0
    if case is None:
        return 0, len(steps.numbers)
    return progress(frozen_in(steps, case), case.done_slots())


def frozen_in(steps: Procedure, case: CaseState) -> dict[int, Sequence[str | None]]:
    """Step -> who goes through it: see `progress`."""
    found: dict[int, Sequence[str | None]] = dict.fromkeys(steps.numbers, NOBODY)
    for region in steps.regions:
        found |= dict.fromkeys(filter(region.holds, steps.numbers), case.regions.get(region.first, ()))
    return found


class Tally(NamedTuple):
    """How many runs of a period are open at one moment, and how many of them press."""

    late: int = 0
    not_started: int = 0
    """Waited for too long, and not late."""
    soon: int = 0
    """Most of the time used, or due before the day is over."""
    open: int = 0
    """All of them, the pressing ones too."""


def tally_in(year: Snapshot, period: str, now: int) -> Tally:
    """What presses in a period; nothing where no work is done on it."""
    case, steps = year.state.case_of(period), steps_of(year, period)
    if case is None or steps is None or case.phase not in (CasePhase.BERJALAN, CasePhase.DITAHAN):
        return Tally()
    if year.state.periods[period].phase is not PeriodPhase.BUKA:
        return Tally()
    settings, code = year.settings, year.versions[case.sop_version].code
    clocks = {number: settings.clocks_of(code, number) for number in steps.numbers}
    found: dict[object, Urgency | None] = {}
    counts = dict.fromkeys((*Urgency, None), 0)
    for run in case.open_runs():
        # A region of 2,000 bidang is one question: what does not change how a run stands is left out.
        key = (run.step, run.ready, run.started, run.pauses)
        if key not in found:
            waktu = steps.steps[run.step].mutu_baku.waktu
            timed = Timed(waktu, run.ready, run.started, (*run.pauses, *case.holds), clocks[run.step])
            found[key] = urgency_of(stand(timed, now, year.calendar, settings), now, year.calendar)
        counts[found[key]] += 1
    return Tally(
        late=counts[Urgency.LATE],
        not_started=counts[Urgency.NOT_STARTED],
        soon=counts[Urgency.RISK] + counts[Urgency.TODAY],
        open=sum(counts.values()),
    )
