"""What a period's recap is made of, and what every sheet asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from db.people import PersonRow
from db.rows import Board, ClosingRow, LoggedEvent, Recap
from db.signers import SignerRow
from sop.acts.rejudge import with_new_verdict
from sop.kinerja.recap import KinerjaRecap
from sop.look.figures import figures_of
from sop.look.year import sop_of, steps_of, version_of
from sop.model.definition import Sop, Step
from sop.model.events import Event
from sop.model.state import CaseState, PeriodPhase, RunState
from sop.time.deadline import Verdict
from sop.time.instants import ZONES
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, asdict
from sop.words.people import person_called

CalendarAt = Callable[[int], WorkCalendar]
"""The office's calendar as of a revision."""


class RanVersion(NamedTuple):
    """A version of the SOP, and the periods of a recap whose last case ran on it."""

    number: int
    sop: Sop
    periods: tuple[str, ...]
    """Keys in the order of the recap; empty where no period has a case yet."""


class Source(Frozen, dict=True):
    """What a period's recap is made of."""

    recap: Recap
    log: Sequence[LoggedEvent]
    """The period's lines of the log, any order."""
    below: Sequence[Recap] = ()
    """The periods below it that are kept, at every depth."""
    calendar_at: CalendarAt | None = None
    """For figures judged by an earlier revision; None where there is only the one in force."""
    rejudged: bool = False
    """Whether ended runs are judged anew by the calendar in force. Nothing that is kept changes."""
    people: Sequence[PersonRow] = ()
    """The register of the office: names stand here alone, the log holds codes."""
    signers: Sequence[SignerRow] = ()
    """The officials who sign."""
    brief: Sequence[str] = ()
    """Of an open period: the lines of `sakip ringkas` that are about it."""
    kinerja: KinerjaRecap | None = None
    """The figures of its indicators; None for an office without."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code -> how a person is named on paper: two of one name are told apart by their codes."""
        known = [person.name for person in self.people if person.name]
        return {
            person.code: person.name if known.count(person.name) == 1 else f"{person.name} ({person.code})"
            for person in self.people
            if person.name
        }

    def named(self, code: str | None) -> str | None:
        """Somebody by name; by code where none is known."""
        return None if code is None else person_called(self.names, code)

    @property
    def board(self) -> Board:
        return self.recap.board

    @cached_property
    def ran_on(self) -> tuple[RanVersion, ...]:
        """The versions that the period and those below it ran on, by number; before the first case the newest one."""
        found: dict[int, list[Recap]] = {}
        for recap in (*self.below, self.recap):
            if cases_of(recap.board):
                found.setdefault(version_of(recap.board, recap.board.period), []).append(recap)
        if not found:
            return (RanVersion(self.board.newest_version, sop_of(self.board, self.board.period), ()),)
        return tuple(
            RanVersion(
                number,
                # As it stands for this period, where that is known: its closing may know more than those below did.
                self.board.versions.get(number) or recaps[-1].board.versions[number],
                tuple(recap.board.period for recap in recaps),
            )
            for number, recaps in sorted(found.items())
        )

    @property
    def sop(self) -> Sop:
        """The version that the period itself ran on; of a roll-up the last one that a period below ran on."""
        own = sop_of(self.board, self.board.period)
        return own if cases_of(self.board) else self.ran_on[-1].sop

    def calendar_of(self, verdict: Verdict | None) -> WorkCalendar | None:
        """The calendar that a verdict was judged by, the one in force without a verdict; None where it is not at
        hand."""
        calendar = self.board.calendar
        if verdict is None or verdict.calendar_revision == calendar.revision:
            return calendar
        return None if self.calendar_at is None else self.calendar_at(verdict.calendar_revision)


def calendar_in(source: Source, recap: Recap) -> WorkCalendar:
    """The calendar that a period is told by: the one at its closing, else the one in force."""
    frozen = frozen_of(recap)
    in_force = recap.board.calendar
    if frozen is None or source.rejudged or frozen.calendar_revision == in_force.revision or source.calendar_at is None:
        return in_force
    return source.calendar_at(frozen.calendar_revision)


def column_key(period: str) -> str:
    """A period as the key of its column."""
    return period.lower().replace("-", "_")


def offset_of(board: Board) -> int:
    """Seconds east of UTC."""
    return ZONES[board.zone]


def cases_of(board: Board) -> list[CaseState]:
    """Every case of the period in order; the last one is what the figures are of."""
    found = (case for case in board.state.cases.values() if case.period == board.period)
    return sorted(found, key=lambda case: case.number)


def steps_to_come(board: Board) -> Iterator[Step]:
    """Steps of a period that is not closed which no run of its last case has reached, in order."""
    steps = steps_of(board, board.period)
    if steps is None or board.state.periods[board.period].phase is PeriodPhase.TUTUP:
        return
    cases = cases_of(board)
    reached = {run.step for run in cases[-1].runs.values()} if cases else set()
    yield from (steps.steps[number] for number in steps.numbers if number not in reached)


def row_of(board: Board, case: CaseState, run: RunState) -> Step | None:
    """The row of the SOP that a run stands for; None for one that a change of version left without an image, though
    another row may have its number by now."""
    place = (run.key, run.opened_by)
    return None if any(place == (old.key, old.opened_by) for old in case.retired) else step_of(board, case, run.step)


def step_of(board: Board, case: CaseState, number: int) -> Step | None:
    """The row of the SOP that a case runs on; None for a run of a version that had another row there."""
    sop = board.versions.get(case.sop_version)
    return None if sop is None else next((step for step in sop.steps if step.number == number), None)


def frozen_of(recap: Recap) -> ClosingRow | None:
    """What the last closing froze, while the period is closed."""
    period = recap.board.state.periods[recap.board.period]
    return recap.closings[-1] if recap.closings and period.phase is PeriodPhase.TUTUP else None


def runs_of(source: Source, recap: Recap, case: CaseState) -> list[RunState]:
    """Every run the case ever had, by step, bidang and attempt, with the verdict to show: the frozen one, or one by
    the calendar in force."""
    runs = sorted(
        [*case.runs.values(), *case.retired], key=lambda run: (run.step, run.bidang or "", run.attempt, run.opened_by)
    )
    if not source.rejudged:
        return runs
    return [_judged_anew(run, case, recap.board) for run in runs]


def _judged_anew(run: RunState, case: CaseState, board: Board) -> RunState:
    step = step_of(board, case, run.step)
    waktu = None if step is None else step.mutu_baku.waktu
    clocks = board.settings.clocks_of(board.address.sop, run.step, run.verdict)
    return with_new_verdict(run, case.holds, waktu, board.calendar, clocks)


def key_figures(source: Source, recap: Recap) -> Mapping[str, Any] | None:
    """The fields of `sop.look.figures.Figures` of the period's last case: the frozen ones of a closed period, else as
    they are now; None without a case."""
    frozen = frozen_of(recap)
    if frozen is not None and not source.rejudged:
        return frozen.figures.get("own")
    cases = cases_of(recap.board)
    if not cases:
        return None
    return asdict(figures_of(runs_of(source, recap, cases[-1]), cases[-1].holds, recap.board.calendar))


def kept_signer(source: Source, position: str) -> SignerRow | None:
    """The official that the last closing kept for a position; None where none was named by then."""
    frozen = frozen_of(source.recap)
    closing = None if frozen is None else events_of(source.recap).get(frozen.sequence)
    kept = {} if closing is None else closing.data.get("signers", {})
    code = next((code for name, code in kept.items() if name.casefold() == position.casefold()), None)
    return next((row for row in source.signers if row.state.code == code), None)


def events_of(recap: Recap) -> dict[int, Event]:
    """The period's events by sequence number."""
    return {event.sequence: event for event in recap.events}


def last_act(run: RunState, events: Mapping[int, Event]) -> Event | None:
    """The last act on the run that still stands."""
    return events.get(run.acts[-1]) if run.acts else None


def lane_of(run: RunState, step: Step | None, events: Mapping[int, Event]) -> str | None:
    """The lane that did the work: of a joint step the one the log names, else the step's own. Of a row that is gone
    from the SOP the one that the last act was for; None where nobody acted on it."""
    if step is None:
        last = last_act(run, events)
        return None if last is None else last.for_lane
    if len(step.pelaksana) > 1:
        for sequence in reversed(run.acts):
            event = events.get(sequence)
            if event is not None and event.for_lane in step.pelaksana:
                return event.for_lane
    return step.pelaksana[0]
