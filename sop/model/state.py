"""What is the case now: frozen values of runs, cases and periods of one reporting year.

A reporting year (one office, one adopted SOP, one calendar year) is the unit that events belong to: its periods lean on
each other through gates. These values come from two places that must agree: replaying the events
(`sop/acts/replay.py`) and the stored rows. How they change is `sop/acts/flow.py`; who may change them is
`sop/acts/decide.py`. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sop.time.deadline import Verdict
from sop.values import Frozen, field

Interval = tuple[int, int | None]
"""Half open; None while it lasts."""
Slot = tuple[int, str | None]
"""(step, bidang): the place on the board that successive attempts take."""
RunKey = tuple[int, str | None, int]
"""(step, bidang, attempt) inside one case."""
CaseKey = tuple[str, int]
"""(period key, number): a period's second case follows the first one's stop."""
PeriodData = Any
"""A `sop.kinerja.state.DataPeriod`. Not named here: it is made of these values, and most years have none."""
GATE = 0
"""Key of the gate in `CaseState.region_floors`; no step has this number."""


WARN_FROM_ATTEMPT = 4
"""From this attempt on the pengelola is warned (rule 3)."""


class RunPhase(StrEnum):
    """Where a run stands."""

    SIAP = "siap"
    DIKERJAKAN = "dikerjakan"
    DITUNDA = "ditunda"
    KEPUTUSAN = "keputusan"
    SELESAI = "selesai"
    DILEWATI = "dilewati"
    DIBATALKAN = "dibatalkan"


OPEN_PHASES = frozenset({RunPhase.SIAP, RunPhase.DIKERJAKAN, RunPhase.DITUNDA, RunPhase.KEPUTUSAN})


class CasePhase(StrEnum):
    """Where a case stands."""

    BERJALAN = "berjalan"
    DITAHAN = "ditahan"
    SELESAI = "selesai"
    DIHENTIKAN = "dihentikan"


class PeriodPhase(StrEnum):
    """Where a period stands. A roll-up is open from set-up."""

    BELUM = "belum"
    BUKA = "buka"
    TUTUP = "tutup"


class Answer(StrEnum):
    """What a decider says."""

    YA = "ya"
    TIDAK = "tidak"


class Opening(StrEnum):
    """Why a run was opened."""

    ADVANCE = "advance"
    JOIN = "join"
    LOOP_BACK = "loop_back"
    ENTRY = "entry"
    """First step of a case: its opening, or its gate."""
    ADDED = "added"
    """A bidang joined the open region."""


class Evidence(Frozen):
    """A paper or computer file that proves a step; the file itself is never taken in."""

    number: str | None = None
    dated: str | None = None
    """ISO date printed on the paper."""
    location: str | None = None
    """Where the paper lies."""
    file_name: str | None = None
    sha256: str | None = None


class Tick(Frozen):
    """One kelengkapan item found present."""

    item: int
    """Index into `MutuBaku.kelengkapan`, from 0."""
    by: str
    at: int


class RunState(Frozen):
    """One attempt of one step (of one bidang)."""

    step: int
    bidang: str | None
    attempt: int
    phase: RunPhase
    ready: int
    opened_by: int
    """Sequence number of the event that opened it."""
    opening: Opening
    origins: tuple[RunKey, ...] = ()
    """Runs whose ends made this one ready; a correction of theirs moves `ready`."""
    loop_target: bool = False
    """Opened as the target of a loop-back: its earlier result cannot be taken over."""
    valid: bool = True
    revision: int = 0
    """Counts the events that touched the slot; goes on across attempts and undo."""
    holder: str | None = None
    started: int | None = None
    ended: int | None = None
    work: tuple[Interval, ...] = ()
    pauses: tuple[Interval, ...] = ()
    waits: tuple[Interval, ...] = ()
    """Handed in and waiting for Ya or Tidak."""
    paused_from: RunPhase | None = None
    handed_in_by: str | None = None
    answer: Answer | None = None
    taken_over: bool = False
    """The result of the preceding attempt was taken over (pakai-lama)."""
    note: str | None = None
    ticks: tuple[Tick, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inputs: tuple[tuple[str, int], ...] | None = None
    """First step behind a gate: child period -> its count of reopenings when this run was finished."""
    verdict: Verdict | None = None
    acts: tuple[int, ...] = ()
    """Sequence numbers of the acts on this run that still stand, in order."""
    cut_by: int | None = None
    """The event that overtook it, cut it off or skipped it from outside."""
    late_entry: bool = False
    doubted: bool = False

    @property
    def slot(self) -> Slot:
        """What the run is an attempt at."""
        return self.step, self.bidang

    @property
    def key(self) -> RunKey:
        """Which attempt at what."""
        return self.step, self.bidang, self.attempt

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN_PHASES

    @property
    def is_done(self) -> bool:
        """Ended in a way that lets the case go on."""
        return self.valid and self.phase in (RunPhase.SELESAI, RunPhase.DILEWATI)

    @property
    def is_worked(self) -> bool:
        """Valid, and ended by work of its own."""
        return self.valid and self.phase is RunPhase.SELESAI and not self.taken_over

    def moments(self) -> Iterator[int]:
        """Every moment recorded of the run but its ready."""
        if self.started is not None:
            yield self.started
        for start, end in (*self.work, *self.pauses, *self.waits):
            yield start
            if end is not None:
                yield end
        if self.ended is not None:
            yield self.ended

    @property
    def last_moment(self) -> int:
        """The latest moment of the run, its ready included."""
        return max(self.ready, *self.moments(), self.ready)


class CaseState(Frozen):
    """One SOP version run for one period."""

    period: str
    number: int
    sop_version: int
    phase: CasePhase
    opened: int
    moment: int
    """Last effective moment of the case's own acts; what its runs did stands in them."""
    revision: int = 0
    ended: int | None = None
    holds: tuple[Interval, ...] = ()
    gate_since: int | None = None
    """While waiting at the gate: the case's opening, or the reopening of its first step. None otherwise."""
    regions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """First step of an entered per-bidang region -> its frozen bidang list."""
    region_floors: Mapping[int, int] = field(default_factory=dict)
    """First step of a region -> moment of the last change of its list; the join is not ready before it. `GATE` ->
    what the gate waited for beside a loop-back: the opening, the closings and the waivers."""
    runs: Mapping[RunKey, RunState] = field(default_factory=dict)
    retired: tuple[RunState, ...] = ()
    """Runs of steps that a change of SOP version left without an image."""
    vanished: Mapping[Slot, int] = field(default_factory=dict)
    """Revisions of slots without a run in the view, undone or of the period's case before: revisions only grow."""

    @property
    def key(self) -> CaseKey:
        return self.period, self.number

    def current(self, slot: Slot) -> RunState | None:
        """The newest attempt in the view, valid or not."""
        step, bidang = slot
        found: RunState | None = None
        # By the keys alone: asked several times for every act, and a region has a thousand runs.
        for key, run in self.runs.items():
            if key[0] == step and key[1] == bidang and (found is None or run.attempt > found.attempt):
                found = run
        return found

    def newest(self) -> dict[Slot, RunState]:
        """What `current` finds, of every slot in one walk: a search for each would cost slots times runs."""
        found: dict[Slot, RunState] = {}
        for (step, bidang, attempt), run in self.runs.items():
            known = found.get((step, bidang))
            if known is None or attempt > known.attempt:
                found[step, bidang] = run
        return found

    def valid_runs(self) -> dict[Slot, RunState]:
        """What `valid_run` finds, of every slot in one walk."""
        return {run.slot: run for run in self.runs.values() if run.valid}

    def valid_run(self, slot: Slot) -> RunState | None:
        run = self.current(slot)
        return run if run is not None and run.valid else None

    def done_slots(self) -> frozenset[Slot]:
        """Slots with a valid ended run."""
        return frozenset(run.slot for run in self.runs.values() if run.is_done)

    def open_runs(self) -> list[RunState]:
        return [run for run in self.runs.values() if run.is_open]

    @property
    def last_moment(self) -> int:
        """Last effective moment of the case and of everything in it."""
        return max([self.moment, self.last_wall, *(run.last_moment for run in self.runs.values())])

    @property
    def last_wall(self) -> int:
        """Last moment that bounds every act inside: the opening, or a hold's start or end."""
        return max(self.opened, *(moment for span in self.holds for moment in span if moment is not None), self.opened)


class Waiver(Frozen):
    """A child period that a gate does not wait for."""

    at: int
    reopenings: int
    """The child's count of reopenings then; a later reopening is not covered."""


class PeriodState(Frozen):
    """One reporting period."""

    key: str
    has_case: bool
    """False for a pure roll-up."""
    phase: PeriodPhase
    moment: int | None = None
    """Last effective moment of the period's own acts."""
    revision: int = 0
    closings: int = 0
    """How often it was closed: the r of `tutup(r)`."""
    reopenings: int = 0
    closed_at: int | None = None
    """Effective moment of the last closing, kept after a reopening."""
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    """Child period -> waiver."""
    last_case: int = 0
    """Number of its newest case; 0 before the first."""


class YearState(Frozen):
    """All periods and cases of one reporting year."""

    periods: Mapping[str, PeriodState]
    cases: Mapping[CaseKey, CaseState]
    data: Mapping[str, PeriodData] = field(default_factory=dict)
    """Period -> what is kept of its data kinerja; a period without any is left out."""

    def case_of(self, period: str) -> CaseState | None:
        """The period's newest case."""
        number = self.periods[period].last_case
        return self.cases.get((period, number)) if number else None
