"""Work of a past period told afterwards, many steps at once: what there still is to tell, and its acts one on another.

Each row becomes the acts that it would have been, each judged in the state that those before it leave. Nothing is
written here: whoever records takes the outcomes, whoever only checks the refusals, so both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sop.acts.decide import decide
from sop.acts.procedure import Procedure
from sop.model.act import Act
from sop.model.bidang import ListedBidang
from sop.model.commands import Command, Typed
from sop.model.context import Context, Outcome
from sop.model.definition import Step
from sop.model.errors import Fault, FaultyInput, SopError
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer, CaseState, RunPhase, YearState
from sop.values import Frozen, replace

_WAITING_FOR_DATA = frozenset({Rule.ROWS_MISSING, Rule.ROWS_MARKED})
START, END, REASON = "mulai", "selesai", "alasan"
"""What of a row a refusal is about."""


class PastWork(Frozen):
    """One step of one bidang, as it was done."""

    step: int
    bidang: str | None
    started: Typed | None
    """None where it began already, or nobody knows when."""
    ended: Typed
    note: str | None = None
    seen: int | None = None
    """Revision of its run that was on view."""


class Told(NamedTuple):
    """What is said of all rows at once."""

    reason: str | None
    """Why it is told afterwards."""
    on_behalf: str | None = None
    """Lane they are recorded for, where one was named."""


class OpenSlot(NamedTuple):
    """A step of one bidang that is still to be done."""

    step: int
    bidang: str | None
    started: int | None
    """When it began, where it did."""
    revision: int | None
    """None where it is not reached yet."""
    listed: ListedBidang | None = None
    """The name in the office's list, of a region that is not entered yet; None everywhere else."""
    entry: int | None = None
    """The step whose end enters that region; None where the opening does."""


class Rehearsed(Frozen):
    """What became of some rows."""

    refusals: tuple[SopError | None, ...]
    """Of each row the first one; None for one that would be done, or of which nothing can be said yet because one
    before it cannot be."""
    outcomes: tuple[Outcome, ...]
    """Of every act that would be done, in order."""
    left: tuple[int, ...] = ()
    """The rows of which nothing would be done, in the order of their steps."""

    @property
    def may_be_recorded(self) -> bool:
        return not any(self.refusals)

    @property
    def may_be_begun(self) -> bool:
        """Whether nothing is wrong with the rows but that some wait for data, or for a row that does: what comes before
        is recorded first, since the forms for the data go out with it."""
        return all(refusal is None or waits_for_data(refusal) for refusal in self.refusals)


def waits_for_data(refusal: SopError) -> bool:
    """Whether a row is refused for rows of data that are to be filled or answered first."""
    return isinstance(refusal, Refused) and refusal.rule in _WAITING_FOR_DATA


def open_slots(case: CaseState | None, steps: Procedure, listed: Sequence[ListedBidang]) -> tuple[OpenSlot, ...]:
    """What is still to be done in a period, in the order of its steps.

    Args:
        case: Of the period; None where it was not opened.
        steps: Of the period.
        listed: Every name of the office's list: which of them a region that is not entered yet will have depends on
            when it is entered (see `slots_asked`).
    """
    newest = {} if case is None else case.newest()
    found: list[OpenSlot] = []
    for number in steps.numbers:
        region = steps.region_of(number)
        names: Sequence[ListedBidang | str | None] = (None,)
        if region is not None:
            entered = any(run.valid and region.holds(run.step) for run in newest.values())
            names = case.regions[region.first] if case is not None and entered else listed
        for name in names:
            if isinstance(name, ListedBidang):
                assert region is not None
                found.append(OpenSlot(number, name.name, None, None, name, steps.step_before(region.first)))
                continue
            run = newest.get((number, name))
            if run is None or not run.valid:
                found.append(OpenSlot(number, name, None, None))
            elif run.is_open:
                found.append(OpenSlot(number, name, run.started, run.revision))
    return tuple(found)


def slots_asked(slots: Sequence[OpenSlot], ended: Mapping[int, int], otherwise: int) -> tuple[OpenSlot, ...]:
    """Those that there will be: a region takes the bidang in force at the moment of its entry.

    Args:
        slots: As `open_slots` gives them.
        ended: Step -> when it ended, as far as that is told.
        otherwise: The moment of an entry that nothing is told of: the case's opening.
    """
    return tuple(
        slot for slot in slots if slot.listed is None or slot.listed.holds_at(ended.get(slot.entry or 0, otherwise))
    )


def tellable(slots: Sequence[OpenSlot], steps: Procedure, actor: Actor) -> tuple[OpenSlot, ...]:
    """Those of which the actor may tell: of their own lanes, or as pengelola for whoever holds them."""

    def is_theirs(slot: OpenSlot) -> bool:
        step = steps.steps[slot.step]
        lanes = [step.pelaksana] if step.decision is None or step.decider is None else [step.pelaksana, (step.decider,)]
        return actor.manages or all(actor.lane_among(each, slot.bidang) is not None for each in lanes)

    return tuple(filter(is_theirs, slots))


def rehearse(
    state: YearState,
    period: str,
    steps: Procedure,
    works: Sequence[PastWork | None],
    told: Told,
    actor: Actor,
    context: Context,
) -> Rehearsed:
    """What becomes of rows when they are recorded one after the other, by the order of their steps.

    Args:
        state: The reporting year.
        period: Which.
        steps: Of the period.
        works: The rows; None for one that could not be read.
        told: Of all of them.
        actor: Who tells it.
        context: The world that the first act is judged in; the later ones in the same but for their number.
    """
    refusals: list[SopError | None] = [None] * len(works)
    outcomes: list[Outcome] = []
    left: list[int] = []
    is_broken = False
    for row in sorted(range(len(works)), key=lambda row: _place(works[row])):
        work = works[row]
        if work is None:
            is_broken = True
            left.append(row)
            continue
        made: list[Outcome] = []
        after = state
        try:
            for command in _commands(after, period, steps, work, told):
                world = replace(context, sequence=context.sequence + len(outcomes) + len(made))
                made.append(decide(after, command, actor, world))
                after = made[-1].state
        except SopError as refusal:
            # What a broken row would have opened is no fault of the rows after it.
            follows = isinstance(refusal, Refused) and refusal.rule is Rule.NOT_REACHED
            refusals[row] = None if follows and is_broken else refusal
            is_broken = True
            left.append(row)
            continue
        outcomes += made
        state = after
    return Rehearsed(tuple(refusals), tuple(outcomes), tuple(left))


def _place(work: PastWork | None) -> int:
    return 0 if work is None else work.step


def _commands(state: YearState, period: str, steps: Procedure, work: PastWork, told: Told) -> Iterator[Command]:
    """The acts that a row stands for. Of a decision it tells the Ya; a Tidak leads back, and is told by itself."""
    step = steps.steps.get(work.step)
    ended = Command(
        Act.SELESAI,
        period,
        step=work.step,
        bidang=work.bidang,
        at=work.ended,
        note=work.note,
        reason=told.reason,
        on_behalf=told.on_behalf,
    )
    if step is None or step.decision is None:
        yield replace(ended, started=work.started, seen=work.seen)
        return
    case = state.case_of(period)
    run = case.valid_run((work.step, work.bidang)) if case is not None else None
    yield from _decision(ended, step, None if run is None else run.phase, work)


def _decision(ended: Command, step: Step, phase: RunPhase | None, work: PastWork) -> Iterator[Command]:
    seen = work.seen
    if phase in (None, RunPhase.SIAP):
        if work.started is None:
            raise FaultyInput((Fault(START, "isian-kosong", known=("8.15", "3/4 09.30")),))
        yield replace(ended, act=Act.MULAI, at=work.started, note=None, seen=seen)
        seen = None
    if phase is not RunPhase.KEPUTUSAN and step.decider not in step.pelaksana:
        yield replace(ended, act=Act.AJUKAN, note=None, seen=seen)
        seen = None
    yield replace(ended, act=Act.PUTUSKAN, answer=Answer.YA, seen=seen)


def part_of(work: PastWork, refusal: SopError) -> str:
    """What of a row a refusal is about: `START`, `END` or `REASON`."""
    if isinstance(refusal, Refused):
        if refusal.rule in (Rule.LATE_REASON_NEEDED, Rule.REASON_NEEDED):
            return REASON
        if work.started is not None and refusal.facts.get("typed") == work.started.at != work.ended.at:
            return START
        # A step that is not reached, or is done, is so from its start on.
        return END if "typed" in refusal.facts else START
    if isinstance(refusal, FaultyInput) and refusal.faults:
        return refusal.faults[0].place if refusal.faults[0].place in (START, END) else START
    return START
