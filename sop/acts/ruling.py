"""The ground that every act on a year is judged on: where it points, who asks, when it counts.

A `Ruling` holds one command against one state and gives the checks that acts share. The acts themselves stand in
the families (`families.py`); what becomes of their event in `decide.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sop.acts.flow import Draft, case_entity, data_entity, period_entity, run_entity, run_label
from sop.acts.gates import taken_in_at, waiting_children
from sop.acts.procedure import Procedure, lanes_of, procedure
from sop.acts.rights import require_right
from sop.model.act import CASE_ACTS, DATA_ACTS, PERIOD_ACTS, Act
from sop.model.bidang import listed_name
from sop.model.commands import Command, Typed
from sop.model.context import Context
from sop.model.definition import Step, Waktu
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.pelaksana import Actor
from sop.model.periods import ancestors_of, children_of
from sop.model.refusals import Refused, Rule, StaleRevision, Unknown, name_among
from sop.model.settings import EvidenceRule
from sop.model.state import (
    CasePhase,
    CaseState,
    PeriodPhase,
    PeriodState,
    RunPhase,
    RunState,
    YearState,
)
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.deadline import Clocks, Interval, PauseRule, Verdict, judge, standard_of
from sop.values import asdict, replace

if TYPE_CHECKING:
    from sop.kinerja.state import KinerjaState
    from sop.time.work_calendar import WorkCalendar

LATE_SECONDS = 60
"""An act of so long ago or longer counts as recorded afterwards; a minute typed while it lasts does not."""


class Ruling:
    """One command held against one state."""

    def __init__(
        self,
        state: YearState,
        command: Command,
        actor: Actor,
        context: Context,
        replayed: Callable[[Iterable[Event]], Draft],
    ) -> None:
        """
        Args:
            state: The reporting year.
            command: What is asked.
            actor: Who asks.
            context: The world it is judged in.
            replayed: What some events of the year make (`replay.replayed`); asked by urung.
        """
        self.replayed = replayed
        self.state = state
        self.command = command
        self.actor = actor
        self.context = context
        if command.period not in state.periods:
            raise Unknown("periode", command.period, tuple(state.periods))
        self.period: PeriodState = state.periods[command.period]
        self.case: CaseState | None = state.case_of(command.period)
        version = self.case.sop_version if self.case is not None else context.current_version
        self.sop = context.versions[version]
        self.steps: Procedure | None = procedure(self.sop, command.period, context.cadence)
        self.reason = clean_or_none(command.reason, "alasan")
        self.note = clean_or_none(command.note, "catatan")
        self._is_granted = False

    # ------------------------------------------------------------------ where it points
    def refuse_if_closed(self) -> None:
        """Rule 5: the lock is the case's period, whatever the effective time."""
        if self.period.phase is PeriodPhase.TUTUP:
            raise Refused(Rule.PERIOD_CLOSED, period=self.period.key)

    def require_procedure(self) -> Procedure:
        if self.steps is None:
            raise Refused(Rule.NO_CASE, period=self.period.key)
        return self.steps

    def require_case(self, *phases: CasePhase) -> CaseState:
        """The period's newest case, in one of the phases."""
        self.require_procedure()
        if self.case is None:
            raise Refused(Rule.PERIOD_NOT_OPEN, period=self.period.key)
        if self.case.phase is CasePhase.DITAHAN and phases and CasePhase.DITAHAN not in phases:
            raise Refused(Rule.CASE_HELD, period=self.period.key)
        if phases and self.case.phase not in phases:
            raise Refused(Rule.CASE_PHASE, period=self.period.key, phase=self.case.phase, allowed=phases)
        return self.case

    def managed_period(self) -> str | None:
        """An open period, for whoever has the role for the act; returns the lane that it is recorded for, if any."""
        self.refuse_if_closed()
        self.check_revision()
        return self.require_manager()

    def managed_case(self, *phases: CasePhase) -> tuple[CaseState, str | None]:
        """The newest case of an open period, in one of the phases, for whoever has the role for the act; and the lane
        that it is recorded for, if one was named."""
        self.refuse_if_closed()
        self.check_revision()
        case = self.require_case(*phases)
        return case, self.require_manager()

    @cached_property
    def register(self) -> KinerjaState | None:
        """Indicators, targets and figure settings of the office as of now; None without indicators."""
        return self.register_at(self.context.now)

    def register_at(self, moment: int) -> KinerjaState | None:
        """The same with the bidang as of a moment."""
        return self.context.register(moment)

    def procedure_of(self, case: CaseState) -> Procedure:
        """The steps that a case of the year runs."""
        found = procedure(self.context.versions[case.sop_version], case.period, self.context.cadence)
        assert found is not None
        return found

    def step_of(self, number: int | None) -> Step:
        """The step of this period's cadence with that number."""
        steps = self.require_procedure()
        if number is None or number not in steps.steps:
            raise Unknown("langkah", str(number), tuple(str(known) for known in steps.numbers))
        return steps.steps[number]

    def require_run(self) -> tuple[CaseState, Step, RunState]:
        """The newest run the command points at, in a period that is not closed, and as it was seen."""
        self.refuse_if_closed()
        step = self.step_of(self.command.step)
        case = self.require_case()
        bidang = self.bidang_of(case, step)
        run = case.current((step.number, bidang))
        if run is None:
            found = case.vanished.get((step.number, bidang), 0)
            if self.command.seen is not None and self.command.seen != found:
                raise StaleRevision(run_entity(case.key, (step.number, bidang)), self.command.seen, found)
            raise self.not_reached(case, step, bidang)
        self.check_revision(run)
        return case, step, run

    def not_reached(self, case: CaseState, step: Step, bidang: str | None) -> Refused:
        """Why a step waits: a gate, or the steps that are open before it."""
        children = self.children_in_the_way() if step.number == self.require_procedure().first else []
        if children:
            return Refused(Rule.GATE_CLOSED, step=step.number, children=tuple(children))
        return Refused(Rule.NOT_REACHED, step=step.number, bidang=bidang, front=self.front(case))

    def bidang_of(self, case: CaseState, step: Step) -> str | None:
        """Whose run of that step is meant."""
        name = clean_or_none(self.command.bidang, "bidang", LONGEST_NAME)
        region = self.require_procedure().region_of(step.number)
        if region is None:
            if name is not None:
                raise FaultyInput((Fault("bidang", "langkah-bukan-per-bidang", found=name),))
            return None
        frozen = case.regions.get(region.first, ())
        if name is None:
            if len(frozen) == 1:
                return frozen[0]
            if not frozen:
                raise Refused(Rule.NOT_REACHED, step=step.number, bidang=None, front=self.front(case))
            raise FaultyInput((Fault("bidang", "bidang-perlu-disebut", known=frozen),))
        seen = self.bidang_seen(case, region.first, region.last)
        if not seen:
            # Which names it will have is known once it is entered; until then it is not reached for any of them.
            return self.known_bidang(name, tuple(each.name for each in self.context.listed) or self.context.bidang)
        try:
            return self.known_bidang(name, seen)
        except Unknown:
            self._refuse_of_another_time(name, case, region.first)
            raise

    def _refuse_of_another_time(self, name: str, case: CaseState, first: int) -> None:
        """Refuse a bidang of the office's list that was not in force when the region was entered."""
        entered = min((run.ready for run in case.runs.values() if run.step == first and run.valid), default=None)
        listed = next((each for each in self.context.listed if each.name.casefold() == name.casefold()), None)
        if listed is not None and entered is not None and not listed.holds_at(entered):
            is_ahead = listed.since is not None and listed.since > entered
            raise Refused(
                Rule.BIDANG_NOT_THEN,
                bidang=listed.name,
                step=first,
                entered=entered,
                since=listed.since if is_ahead else None,
                until=None if is_ahead else listed.until,
            )

    def bidang_seen(self, case: CaseState, first: int, last: int) -> tuple[str, ...]:
        """The frozen list, then bidang that left it but still have runs in the view."""
        frozen = case.regions.get(first, ())
        past = dict.fromkeys(
            run.bidang for run in case.runs.values() if run.bidang is not None and first <= run.step <= last
        )
        return (*frozen, *(name for name in past if name not in frozen))

    def known_bidang(self, name: str, known: Sequence[str]) -> str:
        """The listed bidang that a typed name means, by an old name or a part of it too (`listed_name`)."""
        return listed_name(name, known, self.context.names_of, (each.name for each in self.context.listed))

    def named_bidang(self, case: CaseState, target: int) -> tuple[str, ...] | None:
        """The bidang that a loop-back to a step names, as the frozen list spells them; None where it names none."""
        typed = (clean_or_none(text, "bidang", LONGEST_NAME) for text in self.command.named)
        names = [name for name in typed if name is not None]
        if not names:
            return None
        region = self.require_procedure().region_of(target)
        if region is None:
            raise Refused(Rule.BIDANG_OUTSIDE_REGION, target=target, bidang=tuple(names))
        frozen = case.regions.get(region.first, ())
        return tuple(dict.fromkeys(self.known_bidang(name, frozen) for name in names))

    def front(self, case: CaseState) -> tuple[int, ...]:
        """Numbers of the steps that are open."""
        return tuple(sorted({run.step for run in case.open_runs()}))

    def children_in_the_way(self) -> list[str]:
        return waiting_children(self.period, self.state.periods)

    def refuse_if_gate_closed(self, step: Step) -> None:
        """Rule 4: while a child is open and not waived, an open first step cannot be finished."""
        children = self.children_in_the_way()
        if step.number == self.require_procedure().first and children:
            raise Refused(Rule.GATE_CLOSED, step=step.number, children=tuple(children))

    # ------------------------------------------------------------------ has it moved on
    def check_revision(self, run: RunState | None = None) -> None:
        """Rule 8: what was seen is what is there. Comes before whatever else may stand in the way."""
        if self.command.seen is None or (self.case is None and self.command.act in CASE_ACTS):
            return
        entity, found = self._entity(run)
        if self.command.seen != found:
            raise StaleRevision(entity, self.command.seen, found)

    def _entity(self, run: RunState | None) -> tuple[str, int]:
        if self.command.act in PERIOD_ACTS:
            return period_entity(self.period.key), self.period.revision
        if self.command.act in DATA_ACTS:
            data = self.state.data.get(self.period.key)
            return data_entity(self.period.key), 0 if data is None else data.revision
        assert self.case is not None
        if run is None:
            return case_entity(self.case.key), self.case.revision
        return run_entity(self.case.key, run.slot), run.revision

    # ------------------------------------------------------------------ who asks
    def grant(self) -> None:
        """Say that the act is the actor's to do. No event comes out of a ruling in which nothing said so."""
        self._is_granted = True

    def require_manager(self) -> str | None:
        """Whoever has the role for it; returns the lane the act is recorded for, if one was named."""
        require_right(self.actor, self.command.act)
        self.grant()
        return self.named_lane()

    def named_lane(self) -> str | None:
        """The lane of `on_behalf`, as the SOP spells it."""
        name = clean_or_none(self.command.on_behalf, "atas nama", LONGEST_NAME)
        return None if name is None else name_among("lajur", name, self.sop.lane_names)

    def require_manager_for(self, step: Step) -> str | None:
        """The pengelola, recording for a lane of that step if for any."""
        self.require_manager()
        return self.lane_of(step)

    def lane_of(self, step: Step) -> str | None:
        """The lane of `on_behalf` where the act is no lane's own: one that works on the step or decides it."""
        named = self.named_lane()
        lanes = lanes_of(step)
        if named is not None and named not in lanes:
            raise Refused(Rule.WRONG_LANE, lane=named, allowed=lanes)
        if named is not None and not self.actor.manages and not self.actor.holds(named, None):
            raise Refused(Rule.NOT_MEMBER, allowed=(named,))
        return named

    def require_lane(self, lanes: Sequence[str], bidang: str | None) -> str:
        """Which of the lanes the act is recorded for; refused to whom none of them belongs."""
        named = self.named_lane()
        if named is not None:
            if named not in lanes:
                raise Refused(Rule.WRONG_LANE, lane=named, allowed=tuple(lanes))
            if self.actor.manages or self.actor.holds(named, bidang):
                self.grant()
                return named
            raise Refused(Rule.NOT_MEMBER, allowed=(named,), bidang=bidang)
        held = self.actor.lane_among(lanes, bidang)
        if held is None and not self.actor.manages:
            raise Refused(Rule.NOT_MEMBER, allowed=tuple(lanes), bidang=bidang)
        self.grant()
        return held if held is not None else lanes[0]

    def require_holder(self, run: RunState) -> None:
        """The holder of the card, or the pengelola."""
        if not self.is_author(run.holder):
            raise Refused(Rule.HOLDER_ONLY, holder=run.holder)

    def is_author(self, code: str | None) -> bool:
        """The pengelola, or the person of that code unless only let look by now."""
        own = self.actor.manages or (code == self.actor.code and not self.actor.only_looks)
        if own:
            self.grant()
        return own

    def require_apart(self, step: Step, run: RunState) -> None:
        """The office's setting that nobody decides on work of their own; a lane that has both by the SOP may.

        What counts is whose act it is, not who typed it: see `Context.stands_for`.
        """
        decider = step.decider
        if not self.context.settings.decider_apart or self.actor.everybody:
            return
        if decider is None or decider in step.pelaksana:
            return
        stands_for = self.context.stands_for
        typed = [code for code in (run.handed_in_by, run.holder) if code is not None]
        doers = frozenset[str]().union(*(stands_for(code, step.pelaksana, run.bidang, True) for code in typed))
        deciding = stands_for(self.actor.code, (decider,), run.bidang, False)
        if deciding <= doers:
            raise Refused(Rule.DECIDER_APART, step=step.number, bidang=run.bidang, people=tuple(sorted(deciding)))

    # ------------------------------------------------------------------ how it stands
    def require_phase(self, run: RunState, *phases: RunPhase) -> None:
        if run.phase in phases:
            return
        rule = Rule.PAUSED if run.phase is RunPhase.DITUNDA else Rule.WRONG_PHASE
        raise Refused(rule, step=run.step, bidang=run.bidang, phase=run.phase, allowed=phases)

    def require_reason(self) -> str:
        if self.reason is None:
            raise Refused(Rule.REASON_NEEDED, act=self.command.act)
        return self.reason

    def require_comment(self) -> str:
        """The comment of a Tidak or a kembalikan; a reason typed instead serves as well."""
        comment = self.note or self.reason
        if comment is None:
            raise Refused(Rule.COMMENT_NEEDED, act=self.command.act)
        return comment

    def require_evidence(self, run: RunState, step: Step) -> None:
        """The office's setting on what must be at hand before a step is finished."""
        rule = self.context.settings.evidence
        if rule is EvidenceRule.DOCUMENT and not run.evidence:
            raise Refused(Rule.EVIDENCE_MISSING, step=step.number, missing=("dokumen",))
        if rule is EvidenceRule.CHECKLIST:
            ticked = {tick.item for tick in run.ticks}
            missing = tuple(text for item, text in enumerate(step.mutu_baku.kelengkapan) if item not in ticked)
            if missing:
                raise Refused(Rule.EVIDENCE_MISSING, step=step.number, missing=missing)

    # ------------------------------------------------------------------ when it counts
    def walls(self, case: CaseState) -> int:
        """Moments that bound every act on a case: its opening, its holds, a reopening of its period."""
        return max(case.last_wall, self.period.moment or case.opened)

    def finishing_bound(self, case: CaseState, run: RunState, known: int | None = None) -> int:
        """What an act that ends a run cannot lie before, beside the run's own moments.

        The last lanjutkan, where the case ends with it; of a first step, the closings and waivers that it takes in.

        Args:
            case: Of the run.
            run: Ended by the act.
            known: Of a run that had ended before: when. What came after that does not bound it.
        """
        steps = self.require_procedure()
        bounds = [case.opened]
        if steps.next_of(run.step) is None:
            bounds += [end for _, end in case.holds if end is not None]
        if run.step == steps.first:
            bounds += taken_in_at(self.period, self.state.periods)
        return max(moment for moment in bounds if known is None or moment <= known)

    def at_work(self, case: CaseState, bound: int, typed: Typed | None = None) -> tuple[int, bool, bool]:
        """`effective` of an act on a run, which does not fall into a hold.

        Args:
            case: Whose holds.
            bound: See `effective`; a hold that is over does not bound what lies before it.
            typed: What was typed; None for the command's own moment.
        """
        typed = self.command.at if typed is None else typed
        found = self.effective(bound, typed)
        for start, end in case.holds:
            if end is not None and start < found[0] < end:
                if typed is not None and raised(typed, end) != end:
                    raise Refused(Rule.IN_HOLD, typed=typed.at, start=start, end=end)
                found = self.effective(end, typed)
        return found

    def effective(self, bound: int, typed: Typed | None) -> tuple[int, bool, bool]:
        """The effective moment of an act, and whether it was recorded late or the clock is in doubt (rules 6 and 9).

        Args:
            bound: The last effective moment of whatever the act touches.
            typed: What was typed; None for now.
        """
        reading = self.context.now
        if typed is None:
            return (bound, False, True) if bound > reading else (reading, False, False)
        at = raised(typed, bound)
        if at < bound:
            raise self.before(typed.at, bound)
        if typed.at > reading:
            raise Refused(Rule.FUTURE, typed=typed.at, now=reading)
        return at, self.is_late_entry(at), at > reading

    def is_late_entry(self, at: int) -> bool:
        """Whether a typed moment counts as recorded afterwards; refused where that needs a reason and has none."""
        late = self.context.now - at >= LATE_SECONDS
        if late and self.reason is None and self.is_very_late(at):
            days = self.context.settings.late_entry_days
            raise Refused(Rule.LATE_REASON_NEEDED, typed=at, days=days, act=self.command.act)
        return late

    def is_very_late(self, at: int) -> bool:
        """More than the allowed working days lie between the moment and the reading of the clock."""
        days = self.context.settings.late_entry_days
        return self.context.calendar.add_working_days(at, days) < self.context.now

    def before(self, typed: int, bound: int) -> Refused:
        """The refusal of a moment that lies before its bound, with what set that.

        Its facts are `set_by` (an act's code, `langkah` or `siap`) and the step and bidang, or the period.
        """
        unnamed = {"set_by": "berkas", "period": self.period.key}
        setter = next((facts for moment, facts in self._bounds() if moment == bound), unnamed)
        return Refused(Rule.BEFORE_BOUND, typed=typed, bound=bound, **setter)

    def _bounds(self) -> Iterator[tuple[int | None, dict[str, Any]]]:
        """Moments that can bound an act, with what they are; the plainest first where several are the same second."""
        case = self.case
        runs = () if case is None else tuple(case.runs.values())
        for run in runs:
            yield from ((moment, _of_run("langkah", run)) for moment in run.moments())
        for start, end in () if case is None else case.holds:
            yield start, {"set_by": Act.TAHAN, "period": self.period.key}
            yield end, {"set_by": Act.LANJUTKAN, "period": self.period.key}
        near = (*children_of(self.period.key), self.period.key, *ancestors_of(self.period.key))
        for key in near:
            period = self.state.periods.get(key)
            if period is None:
                continue
            yield from ((waiver.at, {"set_by": Act.BEBASKAN, "period": key}) for waiver in period.waivers.values())
            yield period.closed_at, {"set_by": Act.TUTUP, "period": key}
        if case is not None:
            opening = Act.BUKA if case.number == 1 else Act.MULAI_ULANG
            yield case.opened, {"set_by": opening, "period": self.period.key}
        # A period's last moment may be of any act of its own: the log tells which was a reopening.
        if any(key in self.state.periods and self.state.periods[key].reopenings for key in near):
            for event in self.context.history():
                if event.act is Act.BUKA_KEMBALI and event.period in near:
                    yield event.at, {"set_by": Act.BUKA_KEMBALI, "period": event.period}
        yield from ((run.ready, _of_run("siap", run)) for run in runs)

    def plain_effective(self, bound: int) -> tuple[int, bool, bool]:
        """`effective` of the command's own moment."""
        return self.effective(bound, self.command.at)

    # ------------------------------------------------------------------ what comes out
    def event(
        self,
        when: tuple[int, bool, bool],
        *,
        lane: str | None = None,
        run: RunState | None = None,
        step: int | None = None,
        case: int | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Event:
        """The event of the command, still without what it touches. Raises Refused where nothing granted it."""
        if not self._is_granted:
            raise Refused(Rule.MANAGER_ONLY, act=self.command.act)
        at, late_entry, doubted = when
        details: dict[str, Any] = dict(data or {})
        if self.reason is not None:
            details.setdefault("reason", self.reason)
        if self.note is not None:
            details.setdefault("note", self.note)
        return Event(
            sequence=self.context.sequence,
            act=self.command.act,
            at=at,
            recorded=self.context.now,
            by=self.actor.code,
            for_lane=lane,
            period=self.period.key,
            case=case if case is not None else (self.case.number if self.case is not None else None),
            step=run.step if run is not None else step,
            bidang=run.bidang if run is not None else None,
            attempt=run.attempt if run is not None else None,
            late_entry=late_entry,
            doubted=doubted,
            data=details,
        )

    def verdict(self, case: CaseState, run: RunState) -> dict[str, Any]:
        """Figures of an ended run, by the calendar and clocks it was judged by before or else those in force."""
        sop = self.context.versions[case.sop_version]
        calendar = self.context.calendar
        if run.verdict is not None and self.context.calendar_at is not None:
            calendar = self.context.calendar_at(run.verdict.calendar_revision)
        clocks = replace(self.context.settings.clocks_of(sop.code, run.step, run.verdict), pauses=PauseRule.NEVER_LATE)
        return asdict(judged(run, case.holds, sop.step(run.step).mutu_baku.waktu, calendar, clocks))

    def verdicts(self, case: CaseState, runs: Iterable[RunState]) -> dict[str, Any]:
        """Run label -> figures, for the runs that were judged before or end now."""
        return {run_label(run.key): self.verdict(case, run) for run in runs}


def judged(
    run: RunState, holds: Sequence[Interval], waktu: Waktu | None, calendar: WorkCalendar, clocks: Clocks
) -> Verdict:
    """Figures of an ended run, beside the standard that its verdict kept.

    Args:
        run: Ended.
        holds: Intervals in which its case was held.
        waktu: The standard of its step in the version its case runs on.
        calendar: The revision to judge by.
        clocks: To judge by, the rule of pauses included.
    """
    assert run.ended is not None
    verdict = judge(
        standard_of(waktu, run.verdict),
        ready=run.ready,
        started=run.started,
        ended=run.ended,
        work=run.work,
        decisions=run.waits,
        pauses=(*run.pauses, *holds),
        calendar=calendar,
        clocks=clocks,
    )
    return replace(verdict, waktu=None if run.verdict is None else run.verdict.waktu)


def _of_run(set_by: str, run: RunState) -> dict[str, Any]:
    return {"set_by": set_by, "step": run.step, "bidang": run.bidang}


def raised(typed: Typed, bound: int) -> int:
    """A typed minute covers its seconds: raised to the bound where it equals it to the minute."""
    return bound if typed.at < bound < typed.at + typed.width else typed.at
