"""A reporting year as it is looked at, and what every look at one of its periods asks first: on which version of the
SOP it runs, through which steps it goes, whether it can be closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sop.acts.closing import Closing, closing_of
from sop.acts.procedure import Procedure, procedure
from sop.look.progress import NOBODY, progress
from sop.model.definition import Cadence, Sop
from sop.model.settings import Settings
from sop.model.state import CaseState, YearState
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
    return progress(frozen_in(steps, case), {run.slot for run in case.runs.values() if run.is_done})


def frozen_in(steps: Procedure, case: CaseState) -> dict[int, Sequence[str | None]]:
    """Step -> who goes through it: see `progress`."""
    found: dict[int, Sequence[str | None]] = dict.fromkeys(steps.numbers, NOBODY)
    for region in steps.regions:
        found |= dict.fromkeys(filter(region.holds, steps.numbers), case.regions.get(region.first, ()))
    return found
