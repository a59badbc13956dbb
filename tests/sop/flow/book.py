"""An office that keeps a book: drives `decide`, writes what it accepts, and checks the book after each act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from sop.acts.decide import decide
from sop.acts.flow import Draft
from sop.acts.procedure import cadences, procedure
from sop.acts.replay import take_in
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.context import Context, Outcome
from sop.model.definition import Sop
from sop.model.errors import SopError
from sop.model.events import Event, undone_by
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.periods import kept_names, key_of
from sop.model.refusals import Refused, Rule
from sop.model.settings import Settings
from sop.model.state import Answer, CaseState, PeriodPhase, RunPhase, RunState, YearState
from sop.time.work_calendar import DEFAULT_WEEKLY, CalendarSpec, WorkCalendar
from sop.values import replace
from tests.sop.flow.shapes import Shape

CALENDAR = WorkCalendar(CalendarSpec(zone="Asia/Jakarta", weekly=DEFAULT_WEEKLY, ranges=(), days=()), revision=1)
EVERYBODY = Actor("kasubag", everybody=True)
"""While nobody is registered."""
MINUTE, HOUR, DAY = 60, 3600, 86400
YEAR = 2025
TW1, TW2, TW3, TW4, S1, S2, TH = (key_of(YEAR, name) for name in ("TW1", "TW2", "TW3", "TW4", "S1", "S2", "TH"))


def at(text: str) -> int:
    """`2025-01-06 08:00` in office time -> UTC epoch seconds."""
    return int(datetime.fromisoformat(f"{text}+07:00").timestamp())


def minute(moment: int | str) -> Typed:
    """What somebody types who gives hours and minutes."""
    seconds = at(moment) if isinstance(moment, str) else moment
    return Typed(seconds - seconds % MINUTE, MINUTE)


def second(moment: int) -> Typed:
    return Typed(moment, 1)


@dataclass(frozen=True)
class Person:
    """Somebody registered."""

    code: str
    role: Role
    lanes: tuple[str | tuple[str, str], ...] = ()
    """A lane, or (lane, bidang)."""

    @property
    def actor(self) -> Actor:
        held = [Membership(lane) if isinstance(lane, str) else Membership(*lane) for lane in self.lanes]
        return Actor(self.code, frozenset({self.role}), frozenset(held))


class Book:
    """One reporting year of an office; every accepted act is checked against a replay of the log."""

    def __init__(self, shape: Shape, *, now: str | int = "2025-01-06 08:00", pace: int = 10 * MINUTE) -> None:
        self.sop = shape.sop
        self.cadence = shape.cadence
        self.bidang = shape.bidang
        self.versions: dict[int, Sop] = {1: shape.sop}
        self.current_version = 1
        self.settings = Settings()
        self.calendar = CALENDAR
        self.calendars: dict[int, WorkCalendar] = {1: CALENDAR}
        self.people: dict[str, Person] = {}
        self.now = at(now) if isinstance(now, str) else now
        self.pace = pace
        """Seconds that pass after each accepted act."""
        names = kept_names(cadences(self.sop, self.cadence))
        keys = [key_of(YEAR, name) for name in names]
        kept = [{"key": key, "has_case": procedure(self.sop, key, self.cadence) is not None} for key in keys]
        first = Event(1, Act.SIAPKAN, self.now, self.now, "kasubag", data={"periods": kept})
        draft = Draft(self.versions, self.cadence)
        take_in(draft, first)
        self.state: YearState = draft.freeze()
        self.log: list[Event] = [first]
        self.states: dict[int, YearState] = {1: self.state}
        """Sequence number -> the state after it."""
        self.last: Outcome | None = None
        self._undone: frozenset[int] | None = None
        self._told = 0
        self._draft = draft
        self.is_checked = True
        """Whether each act is held against a replay of the whole log."""

    @property
    def newest_version(self) -> int:
        return self.current_version

    @property
    def names(self) -> Mapping[str, str]:
        """Nobody here has a name apart from the code."""
        return {code: code for code in self.people}

    # ------------------------------------------------------------------ acting
    def context(self) -> Context:
        return Context(
            now=self.now,
            calendar=self.calendar,
            calendar_at=self.calendars.__getitem__,
            versions=self.versions,
            current_version=self.current_version,
            sequence=len(self.log) + 1,
            cadence=self.cadence,
            bidang=self.bidang,
            settings=self.settings,
            head="0" * 64,
            history=lambda: self.log,
            event=lambda sequence: self.log[sequence - 1],
            belongs=self.belongs,
        )

    def belongs(self, code: str, lanes: Sequence[str], bidang: str | None) -> bool:
        if not self.people:
            return True
        person = self.people.get(code)
        return person is not None and person.actor.lane_among(lanes, bidang) is not None

    def register(self, *people: Person) -> None:
        self.people.update({person.code: person for person in people})

    def actor(self, by: str | Actor | None) -> Actor:
        if isinstance(by, Actor):
            return by
        if by is None:
            return EVERYBODY
        return self.people[by].actor

    def apply(self, command: Command, actor: Actor = EVERYBODY) -> Outcome:
        """Write what is accepted. A refusal passes on, nothing written."""
        outcome = decide(self.state, command, actor, self.context())
        self.log.append(outcome.event)
        self.state = outcome.state
        self.last = outcome
        self.states[outcome.event.sequence] = outcome.state
        if self.is_checked:
            assert self.replayed() == self.state, f"replaying the log gives another state after {command.act}"
        self.now += self.pace
        return outcome

    def replayed(self) -> YearState:
        """What the log makes: told on from where it was told last; all anew where something was taken back."""
        undone = undone_by(self.log)
        if undone != self._undone:
            self._undone, self._told, self._draft = undone, 0, Draft(self.versions, self.cadence)
        for event in self.log[self._told :]:
            take_in(self._draft, event, undone=event.sequence in undone)
        self._told = len(self.log)
        return self._draft.freeze()

    def do(self, act: Act | str, period: str, step: int | None = None, *, by: Any = None, **details: Any) -> Outcome:
        """One act that must be accepted."""
        return self.apply(Command(Act(act), period, step, **details), self.actor(by))

    def refuses(
        self,
        rule: Rule | type[SopError],
        act: Act | str,
        period: str,
        step: int | None = None,
        *,
        by: Any = None,
        **details: Any,
    ) -> SopError:
        """One act that must be refused for that reason, changing nothing. Returns the refusal."""
        before, written = copied(self.state), len(self.log)
        kind = Refused if isinstance(rule, Rule) else rule
        with pytest.raises(kind) as caught:
            decide(self.state, Command(Act(act), period, step, **details), self.actor(by), self.context())
        if isinstance(rule, Rule):
            assert isinstance(caught.value, Refused)
            assert caught.value.rule is rule, f"refused for {caught.value.rule}, not {rule}"
        assert self.state == before
        assert len(self.log) == written
        return caught.value

    # ------------------------------------------------------------------ looking
    def case(self, period: str) -> CaseState:
        case = self.state.case_of(period)
        assert case is not None
        return case

    def run(self, period: str, step: int, bidang: str | None = None, attempt: int | None = None) -> RunState:
        case = self.case(period)
        run = case.current((step, bidang)) if attempt is None else case.runs.get((step, bidang, attempt))
        assert run is not None, f"no run of step {step}"
        return run

    def waits(self, period: str, step: int, bidang: str | None = None) -> bool:
        """Whether nothing opened that step yet, or what did was overtaken."""
        return self.case(period).valid_run((step, bidang)) is None

    def open_steps(self, period: str) -> list[tuple[int, str | None]]:
        return sorted((run.slot for run in self.case(period).open_runs()), key=lambda slot: (slot[0], slot[1] or ""))

    def phase(self, period: str, step: int, bidang: str | None = None) -> RunPhase:
        return self.run(period, step, bidang).phase

    # ------------------------------------------------------------------ getting somewhere
    def finish(self, period: str, step: int, bidang: str | None = None) -> Outcome:
        """Work on one open run until it is done, Ya where asked."""
        run = self.run(period, step, bidang)
        if run.phase is RunPhase.SIAP:
            self.do("mulai", period, step, bidang=bidang)
        definition = self.versions[self.case(period).sop_version].step(step)
        if definition.decision is None:
            return self.do("selesai", period, step, bidang=bidang)
        if self.phase(period, step, bidang) is RunPhase.DIKERJAKAN and definition.decider not in definition.pelaksana:
            self.do("ajukan", period, step, bidang=bidang)
        return self.do("putuskan", period, step, bidang=bidang, answer=Answer.YA)

    def reach(self, period: str, step: int) -> None:
        """Work until that step is open, opening the period where it is not."""
        if self.state.periods[period].phase is PeriodPhase.BELUM:
            self.do("buka", period)
        while True:
            ready = sorted(self.open_steps(period), key=lambda slot: slot[0])
            assert ready, f"nothing is open in {period}"
            if ready[0][0] >= step:
                return
            self.finish(period, *ready[0])

    def complete(self, period: str) -> None:
        """Work until the case is finished."""
        if self.state.periods[period].phase is PeriodPhase.BELUM:
            self.do("buka", period)
        while self.case(period).open_runs():
            self.finish(period, *self.open_steps(period)[0])

    def close(self, *periods: str) -> None:
        """Finish and close periods one after the other."""
        for period in periods:
            if self.state.periods[period].has_case:
                self.complete(period)
            self.do("tutup", period)

    def tidak(self, period: str, step: int, note: str = "belum sesuai") -> Outcome:
        """Bring a decision step to its Tidak."""
        if self.phase(period, step) is RunPhase.SIAP:
            self.do("mulai", period, step)
        definition = self.sop.step(step)
        if self.phase(period, step) is RunPhase.DIKERJAKAN and definition.decider not in definition.pelaksana:
            self.do("ajukan", period, step)
        return self.do("putuskan", period, step, answer=Answer.TIDAK, note=note)


def copied(state: YearState) -> YearState:
    """A state that keeps its value whatever is done to the mappings of the other."""
    return YearState(
        periods={key: replace(period, waivers=dict(period.waivers)) for key, period in state.periods.items()},
        cases={
            key: replace(
                case,
                runs=dict(case.runs),
                regions=dict(case.regions),
                region_floors=dict(case.region_floors),
                vanished=dict(case.vanished),
            )
            for key, case in state.cases.items()
        },
        data={key: replace(period, fillings=dict(period.fillings)) for key, period in state.data.items()},
    )


def view(state: YearState) -> YearState:
    """A state without its revisions: what people see."""
    return YearState(
        periods={key: replace(period, revision=0) for key, period in state.periods.items()},
        cases={
            key: replace(
                case,
                revision=0,
                vanished={},
                runs={name: replace(run, revision=0) for name, run in case.runs.items()},
            )
            for key, case in state.cases.items()
        },
        data={key: replace(period, revision=0) for key, period in state.data.items()},
    )


def revisions(state: YearState) -> Mapping[str, int]:
    """Every revision on view, by a name that outlives a new case of the period."""
    found = {f"p:{key}": period.revision for key, period in state.periods.items()}
    for key in state.periods:
        case = state.case_of(key)
        if case is None:
            continue
        found[f"c:{key}"] = case.revision
        found.update({f"r:{key}:{step}:{bidang or ''}": number for (step, bidang), number in case.vanished.items()})
        found.update({f"r:{key}:{run.step}:{run.bidang or ''}": run.revision for run in case.runs.values()})
    return found
