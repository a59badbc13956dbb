"""What may be done with a card and its period, as far as the board knows. Pure values; the rules have the last word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sakip_tui.views.board import BoardView, shown
from sakip_tui.views.ways_back import ways_back
from sop.acts.closing import OpenWork
from sop.acts.procedure import lanes_of
from sop.acts.rights import may
from sop.look.card import Card
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from sop.model.periods import ancestors_of, first_day
from sop.model.state import CasePhase, CaseState, Opening, PeriodPhase, RunPhase, RunState
from sop.values import Frozen, replace
from sop.words.labels import listed, state_label
from sop.words.periods import period_short
from sop.words.time import date_plain


class CanDo(Frozen):
    """Which acts make sense on the selected card and its period; the rules have the last word."""

    start: bool = False
    finish: bool = False
    pause: bool = False
    resume: bool = False
    hand_in: bool = False
    decide: bool = False
    hand_back: bool = False
    undo: bool = False
    note: bool = False
    fold: bool = False
    open_period: bool = False
    close_period: bool = False
    export: bool = False
    waive: bool = False


class Onlooker(NamedTuple):
    """Who sits before the board, and when."""

    actor: Actor
    today: dt.date


class Unopened(NamedTuple):
    """What stands in the way of opening the period on view, for whoever sits before it; empty where nothing does."""

    is_for_others: bool = False
    """Whether only somebody else may."""
    earliest: dt.date | None = None
    """Its first day, where that is yet to come."""
    closed_above: str | None = None
    """The outermost period above it that is closed."""

    @property
    def is_free(self) -> bool:
        return self == Unopened()


def unopened(view: BoardView, onlooker: Onlooker) -> Unopened:
    """What stands in the way of opening the period on view, that was not opened yet."""
    return unopened_one(view.period, {period.key: period.phase for period in view.periods}, onlooker)


def unopened_one(period: str, phases: Mapping[str, PeriodPhase], onlooker: Onlooker) -> Unopened:
    """As `unopened`, of any period of a year whose periods stand like that."""
    closed = [key for key in ancestors_of(period) if phases.get(key) is PeriodPhase.TUTUP]
    first = first_day(period)
    return Unopened(
        not may(onlooker.actor, Act.BUKA), first if first > onlooker.today else None, closed[-1] if closed else None
    )


def unopened_words(name: str, opening: Unopened, how: str) -> str:
    """How a period that was not opened is opened, and by whom or from when on where that is not here and now.

    Args:
        name: What the period is called.
        opening: What stands in the way.
        how: What to do where nothing does, with its stop before it.
    """
    if opening.is_free:
        return f"{name} belum dibuka{how}"
    if opening.closed_above is not None:
        above = period_short(opening.closed_above)
        return f"{name} belum dibuka, dan baru dapat dibuka sesudah {above} dibuka kembali"
    who = "pengelola yang membukanya" if opening.is_for_others else ""
    when = f"paling awal {date_plain(opening.earliest)}" if opening.earliest is not None else ""
    return f"{name} belum dibuka; " + (f"{who}, {when}" if who and when else who or f"dapat dibuka {when}")


def can_do(view: BoardView, card: Card | None) -> CanDo:
    """What the state of the board lets somebody do.

    Args:
        view: The board.
        card: The selected card; None where there is none.
    """
    return replace(_can_do(view, card), waive=_waits_below(view, card))


def for_all_bidang(view: BoardView, card: Card) -> bool:
    """Whether a card stands for several bidang that are still at work: what they did is told in one table."""
    return card.summary and view.case is not None and card.is_open


def offered(view: BoardView, card: Card | None, onlooker: Onlooker) -> CanDo:
    """What the keys at the foot of the board offer: as `can_do`, without what is not the actor's by role or lane, and
    without what its day is yet to come of."""
    able, actor = can_do(view, card), onlooker.actor
    step = view.step_of(card) if card is not None else None
    if card is not None and step is not None and not actor.manages:
        works = actor.lane_among(step.pelaksana, card.bidang) is not None
        decides = step.decider is not None and actor.lane_among((step.decider,), card.bidang) is not None
        able = replace(
            able,
            start=able.start and works,
            finish=able.finish and works,
            pause=able.pause and works,
            resume=able.resume and works,
            hand_in=able.hand_in and works,
            decide=able.decide and decides,
            hand_back=able.hand_back and _comes_later(view, card, actor),
            undo=able.undo and not actor.only_looks,
        )
    return replace(
        able,
        open_period=able.open_period and unopened(view, onlooker).is_free,
        close_period=able.close_period and may(actor, Act.TUTUP),
        waive=able.waive and may(actor, Act.BEBASKAN),
    )


def _comes_later(view: BoardView, card: Card, actor: Actor) -> bool:
    """Whether the actor holds a lane of a step after one that the card can go back to."""
    steps, targets = view.steps, [way.target for way in ways_back(view.case, view.steps, card)]
    if steps is None or not targets:
        return False
    later = (steps.steps[number] for number in steps.numbers if number > min(targets))
    return any(actor.lane_among(lanes_of(step), card.bidang) is not None for step in later)


def _waits_below(view: BoardView, card: Card | None) -> bool:
    """Whether the card, or a period without cards, waits for periods below it that may be waived."""
    if not view.waivable or view.current.phase is PeriodPhase.TUTUP:
        return False
    if card is None:
        return view.current.phase is PeriodPhase.BUKA
    return bool(card.stale) or any(wait.kind == "periode" for wait in card.waiting_for) or is_first_open(view, card)


def is_first_open(view: BoardView, card: Card) -> bool:
    """Whether the card is the first step, open already: it cannot be finished while a child is open."""
    return view.steps is not None and card.step == view.steps.first and card.is_open


def _can_do(view: BoardView, card: Card | None) -> CanDo:
    period = view.current
    running = period.phase is PeriodPhase.BUKA and period.case_phase in (CasePhase.BERJALAN, CasePhase.SELESAI)
    opens = period.phase is PeriodPhase.BELUM and period.has_case
    closes = view.closing.may_close
    at = CanDo(open_period=opens, close_period=closes, export=True)
    if card is None:
        return at
    fold = card.step in view.foldable
    if not running or card.summary:
        return CanDo(open_period=opens, close_period=closes, export=True, fold=fold, note=view.case is not None)
    step = view.step_of(card)
    same_lane = step is not None and step.decider in step.pelaksana
    at_work = card.state == RunPhase.DIKERJAKAN
    return CanDo(
        start=card.state == RunPhase.SIAP,
        finish=not card.asks_decision and card.state in (RunPhase.SIAP, RunPhase.DIKERJAKAN),
        pause=card.state in (RunPhase.SIAP, RunPhase.DIKERJAKAN),
        resume=card.state == RunPhase.DITUNDA,
        hand_in=card.asks_decision and at_work,
        decide=card.asks_decision and (card.state == RunPhase.KEPUTUSAN or (at_work and same_lane)),
        hand_back=bool(ways_back(view.case, view.steps, card)),
        undo=act_to_undo(view, card) is not None,
        note=True,
        fold=fold,
        open_period=opens,
        close_period=closes,
        export=True,
    )


def on_run(act: Act, view: BoardView, card: Card, **details: Any) -> Command:
    """A command on the run that a card shows."""
    return Command(act, view.period, step=card.step, bidang=card.bidang, seen=card.revision, **details)


def run_of(view: BoardView, card: Card) -> RunState | None:
    """The run that a card shows."""
    return view.case.current((card.step, card.bidang)) if view.case is not None else None


def act_to_undo(view: BoardView, card: Card) -> int | None:
    """Sequence number of the act that urung would take back; None where there is nothing.

    A step without acts of its own that kembalikan, gabung or ubah-bidang opened is where those are undone. They are
    acts on the case: an opening by an act on another run is undone there.
    """
    run = run_of(view, card)
    if run is None or view.case is None:
        return None
    if run.acts:
        return run.acts[-1]
    if run.opening not in (Opening.LOOP_BACK, Opening.ADDED, Opening.JOIN):
        return None
    is_act_on_run = any(run.opened_by in other.acts for other in view.case.runs.values())
    return None if is_act_on_run else run.opened_by


def redone_for(case: CaseState, run: RunState) -> int | None:
    """Sequence number of the act that made an attempt necessary: what overtook the one before, or had a bidang come
    back that was taken out. None for a first attempt."""
    before = case.runs.get((run.step, run.bidang, run.attempt - 1))
    if before is None:
        return None
    return run.opened_by if run.opening is Opening.ADDED else before.cut_by


def attempts_redone(view: BoardView, card: Card) -> dict[int, int]:
    """Attempt of a card's step -> `redone_for`, without those that nothing made necessary."""
    if view.case is None:
        return {}
    mine = [run for run in view.case.runs.values() if run.slot == (card.step, card.bidang)]
    found = {run.attempt: redone_for(view.case, run) for run in mine}
    return {attempt: sequence for attempt, sequence in found.items() if sequence is not None}


def sent_back_by(view: BoardView, card: Card) -> int | None:
    """`redone_for` of an open card that was sent back to; None for any other, the steps between among them."""
    run = run_of(view, card)
    return _sent_back_by(view.case, run) if view.case is not None and run is not None else None


def sent_back(view: BoardView) -> set[int]:
    """`sent_back_by` of every card on view."""
    case = view.case
    if case is None:
        return set()
    runs = (run for (step, bidang), run in case.newest().items() if (step, bidang or "") in view.cards)
    return {sequence for run in runs if (sequence := _sent_back_by(case, run)) is not None}


def _sent_back_by(case: CaseState, run: RunState) -> int | None:
    return redone_for(case, run) if run.is_open and run.opening is Opening.LOOP_BACK else None


def blocked_close(view: BoardView) -> list[str]:
    """What still stands in the way of closing the period, in words."""
    closing = view.closing
    found = [f"{period_short(child)} belum ditutup" for child in closing.children]
    found += [f"masukannya basi karena {period_short(child)} dibuka kembali" for child in closing.stale]
    found += _open_work(closing.work)
    if closing.case_phase is CasePhase.DITAHAN:
        found.append("berkasnya sedang ditahan")
    return found


def _open_work(work: Sequence[OpenWork]) -> list[str]:
    """One line for each step, state and lane with something open: what is open, whose turn it is, which bidang."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for one in work:
        whose = found.setdefault((one.step, state_label(one.phase).lower(), shown(one.lane)), [])
        if one.bidang is not None:
            whose.append(shown(one.bidang))
    return [
        f"langkah {number} {phase} di {lane}" + (f": {listed(bidang)}" if bidang else "")
        for (number, phase, lane), bidang in found.items()
    ]
