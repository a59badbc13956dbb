"""A reporting year from the plain rows of `db.queries.standing`: steps, progress, regions, what waits for what.

For `sakip status`, which scripts and prompts ask: importing the flow of cases costs more than everything else together.
A test holds it to what the board says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from sop.acts.handing import Handed, handed
from sop.form.waktu import parse
from sop.look.card import Card
from sop.look.progress import NOBODY, progress
from sop.look.standing import Timed
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.periods import CADENCE, children_of, split
from sop.model.settings import Settings
from sop.model.turn import DONE, OPEN, lane_of
from sop.time.instants import ZONES
from sop.time.work_calendar import CalendarSpec, WorkCalendar

if TYPE_CHECKING:
    from db.rows import Standing, StandingPeriod, StandingRun

_ASSUMABLE = ("pelaksana", "decider", "ya", "tidak")


class RegionRuns(NamedTuple):
    """A per-bidang region of a case, from the plain rows."""

    first: int
    last: int
    frozen: tuple[str, ...]
    missing: tuple[tuple[str, StandingRun | None], ...]
    """Bidang that are not through, each with its open run; those that wait longest in front."""
    done: Mapping[str, StandingRun]
    """Bidang -> its ended run of the last step."""

    @property
    def handed(self) -> Handed:
        """How far its bidang are."""
        return handed(self.done[name].phase if name in self.done else None for name in self.frozen)


class PlainYear:
    """One SOP of one office, from plain rows."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.settings = Settings.from_dict(standing.settings)
        self.offset = ZONES[standing.zone]
        self.periods = {period.key: period for period in standing.periods}
        self._tables: dict[tuple[int, str], dict[int, Mapping[str, Any]]] = {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The revision in force."""
        return WorkCalendar(CalendarSpec.from_dict(self.standing.calendar_spec), self.standing.calendar_revision)

    def target_of(self, period: StandingPeriod) -> dt.date | None:
        """The day on which the office wants the period closed; None where it named none."""
        target = self.settings.targets.get(period.key)
        return None if target is None else dt.date.fromisoformat(target)

    # ------------------------------------------------------------------ progress
    def progress(self, period: StandingPeriod) -> tuple[int, int]:
        """(done, of all) steps; a per-bidang step is done when every frozen bidang is."""
        steps = self.steps_of(period)
        if period.phase == "tutup":
            return (len(steps) if period.case_phase == "selesai" else 0), len(steps)
        done = {(run.step, run.bidang) for run in period.runs if run.phase in DONE}
        return progress(self._frozen(period), done)

    def _frozen(self, period: StandingPeriod) -> dict[int, Sequence[str | None]]:
        """Step -> who goes through it: see `progress`."""
        found: dict[int, Sequence[str | None]] = {}
        frozen: Sequence[str | None] | None = None
        for number, step in self.steps_of(period).items():
            if not step.get("per_bidang"):
                frozen = None
            elif frozen is None:
                # The first step of a region: the list that it was entered with.
                frozen = period.regions.get(number, ())
            found[number] = NOBODY if frozen is None else frozen
        return found

    def waits(self, period: StandingPeriod) -> Iterator[str]:
        """What the gate of an open period waits for, in words."""
        if period.phase == "buka" and not (period.has_case and period.gate_since is None):
            for key in self.awaited(period):
                yield f"{key} ditutup"

    def awaited(self, period: StandingPeriod) -> tuple[str, ...]:
        """Kept periods directly below that are neither closed nor waived."""
        found = (self.periods[key] for key in children_of(period.key) if key in self.periods)
        return tuple(child.key for child in found if child.phase != "tutup" and not _is_waived(period, child))

    def is_waived(self, period: StandingPeriod) -> bool:
        """Whether the period above goes on without this one."""
        parent = next((one for one in self.standing.periods if period.key in one.waived), None)
        return parent is not None and _is_waived(parent, period)

    def version_of(self, period: StandingPeriod) -> int:
        """Of the SOP that the period's case runs on; the newest while it has none."""
        return self.standing.newest_version if period.sop_version is None else period.sop_version

    def steps_of(self, period: StandingPeriod) -> dict[int, Mapping[str, Any]]:
        """The steps of the period's cadence by number, as the SOP file has them."""
        version = self.version_of(period)
        cadence = CADENCE[split(period.key)[1]].value
        key = (version, cadence)
        if key not in self._tables:
            rows = self.standing.definitions[version]["steps"]
            mine = (row for row in rows if row.get("cadence", self.standing.cadence) == cadence)
            self._tables[key] = {row["number"]: row for row in mine}
        return self._tables[key]

    # ------------------------------------------------------------------ bidang
    def regions(self, period: StandingPeriod) -> Iterator[RegionRuns]:
        """The per-bidang regions that the case of an open period is in, or went through."""
        steps = self.steps_of(period)
        for first, names in period.regions.items():
            if period.phase != "buka" or not steps.get(first, {}).get("per_bidang"):
                continue
            numbers = takewhile(
                lambda number: steps[number].get("per_bidang"), (number for number in steps if number >= first)
            )
            last = max(numbers)
            inside = [run for run in period.runs if first <= run.step <= last]
            done = {run.bidang: run for run in inside if run.step == last and run.phase in DONE and run.bidang}
            open_runs = {run.bidang: run for run in inside if run.phase in OPEN}
            missing = sorted(
                ((name, open_runs.get(name)) for name in names if name not in done),
                key=lambda pair: pair[1].ready if pair[1] is not None else 1 << 62,
            )
            if inside:
                yield RegionRuns(first, last, names, tuple(missing), done)

    def handed(self, period: StandingPeriod, step: int) -> Handed | None:
        """How far the bidang are that a step gathers; None for a step that gathers none."""
        steps = self.steps_of(period)
        before = max((number for number in steps if number < step), default=None)
        if before is None or steps[step].get("per_bidang") or not steps[before].get("per_bidang"):
            return None
        return next((region.handed for region in self.regions(period) if region.last == before), None)

    # ------------------------------------------------------------------ cards
    def card(self, period: StandingPeriod, run: StandingRun) -> Card:
        """The card of an open run, as `sop.look.cards` deals it, without what no overview tells: notes, documents."""
        step = self.steps_of(period)[run.step]
        clocks = self.settings.clocks_of(self.standing.address.sop, run.step)
        stopped = (*run.pauses, *period.holds)
        timed = Timed(waktu_of(step.get("waktu")), run.ready, run.started, stopped, clocks)
        return Card(
            step=run.step,
            title=written(step["title"]) or "",
            bidang=run.bidang,
            state=run.phase,
            lane=lane_of(step["pelaksana"], step.get("decider"), run.phase),
            lanes=tuple(step["pelaksana"]),
            decider=step.get("decider"),
            waktu=timed.waktu,
            summary=False,
            attempt=run.attempt,
            revision=run.revision,
            holder=run.holder,
            ready_at=run.ready,
            started_at=run.started,
            ended_at=run.ended,
            clock_from=timed.clock_from,
            clocks=clocks,
            stopped=stopped,
            assumed=self.assumed_fields(period, step),
            joined=self.handed(period, run.step),
            asks_decision="decision" in step,
        )

    def assumed_fields(self, period: StandingPeriod, step: Mapping[str, Any]) -> tuple[str, ...]:
        """As `sop.look.cards.assumed_fields`."""
        settled = self.standing.confirmed.get(self.version_of(period), frozenset())
        bases = step.get("basis", {})
        return tuple(
            name
            for name in _ASSUMABLE
            if name in bases and _basis(bases[name]) == "asumsi" and (step["number"], name) not in settled
        )


def _is_waived(parent: StandingPeriod, child: StandingPeriod) -> bool:
    return parent.waived.get(child.key) == child.reopenings


def _basis(ground: str | Mapping[str, Any]) -> str:
    return ground if isinstance(ground, str) else str(ground["basis"])


def written(value: Any) -> str | None:
    """The text of a cell of the SOP file; None for a gap."""
    text = value.get("text") if isinstance(value, Mapping) else value
    return str(text) if text else None


def waktu_of(value: str | Mapping[str, Any] | None) -> Waktu | None:
    """The Waktu cell of an SOP that is kept, and so known to be sound."""
    if value is None or isinstance(value, str):
        return None if value is None else parse(value)
    if "value" in value:
        kind = DayKind(value["day_kind"]) if "day_kind" in value else None
        return Waktu(value["text"], float(value["value"]), Unit(value["unit"]), kind)
    read = parse(value["text"], value.get("header"))
    if "day_kind" not in value:
        return read
    return Waktu(read.text, read.value, read.unit, DayKind(value["day_kind"]))
