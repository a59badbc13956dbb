"""One card of the board as a value, and where it stands at a moment.

Who deals cards from the state is `cards.py`; from plain rows, for `sakip status`, `sakip_tui/views/plain_year.py`.
Nothing here loads the flow of cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sop.acts.handing import Handed
from sop.look.standing import Stand, Timed, measured, queued, used_of
from sop.model.definition import Waktu
from sop.model.settings import Settings
from sop.model.turn import OPEN
from sop.time.deadline import UNIT_RULE, Clocks, DueState, Interval, Verdict
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen

if TYPE_CHECKING:
    from sop.look.data_progress import RowProgress
    from sop.model.state import Answer, Evidence, Tick

WAITING = "menunggu"
"""Column of a step that nothing has opened yet."""


class Wait(Frozen):
    """One thing a card waits for: kind is `langkah`, `periode`, `bidang`, `buka` or `ditahan`."""

    kind: str
    name: str


class Card(Frozen):
    """One card of the board. A board may have thousands."""

    step: int
    title: str
    bidang: str | None
    state: str
    """A RunPhase value, or `menunggu`."""
    lane: str
    """The band it stands in: the decider's while a decision is asked for, else the first pelaksana's."""
    lanes: tuple[str, ...]
    """Everybody who may do the work; more than one in a joint step."""
    decider: str | None
    waktu: Waktu | None
    summary: bool
    """True for the card that stands for all bidang of a region step."""
    attempt: int | None = None
    revision: int | None = None
    holder: str | None = None
    """By code."""
    holder_name: str | None = None
    """How people are told of the holder: by name where one is registered."""
    ready_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    clock_from: int | None = None
    """Moment the clock of the standard started; None before."""
    clocks: Clocks = UNIT_RULE
    """How its standard is counted; of an ended run as it was judged."""
    stopped: tuple[Interval, ...] = ()
    """Pauses and holds."""
    waits: tuple[Interval, ...] = ()
    waiting_for: tuple[Wait, ...] = ()
    assumed: tuple[str, ...] = ()
    """Fields of the step that the document leaves open and the office has not confirmed."""
    joined: Handed | None = None
    """How far the bidang are, on a region step's summary and on its join."""
    asks_decision: bool = False
    answer: Answer | None = None
    taken_over: bool = False
    late_entry: bool = False
    doubted: bool = False
    stale: tuple[str, ...] = ()
    """Child periods reopened since this first step took them in."""
    note: str | None = None
    ticks: tuple[Tick, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict | None = None
    data: RowProgress | None = None
    """How far the rows of data kinerja are that hang on its run; None where none do."""

    @property
    def key(self) -> tuple[int, str]:
        """Stable name of the place on the board; attempts follow each other in it."""
        return self.step, self.bidang or ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to act on it."""
        return self.state in OPEN


def standing(card: Card, now: int, calendar: WorkCalendar, settings: Settings) -> Stand:
    """Where a card stands at `now`; an ended one stands as it was judged."""
    if card.verdict is not None:
        return _as_judged(card, card.verdict, now, calendar)
    if card.ready_at is None:
        return Stand()
    timed = _timed(card, card.ready_at)
    if card.is_open:
        return measured(timed, now, calendar, settings)
    return Stand() if card.started_at is None else Stand(queue_seconds=queued(timed, now, calendar))


def _timed(card: Card, ready: int) -> Timed:
    return Timed(card.waktu, ready, card.started_at, card.stopped, card.clocks)


def _as_judged(card: Card, verdict: Verdict, now: int, calendar: WorkCalendar) -> Stand:
    state = None
    if verdict.judged:
        state = DueState.LATE if verdict.is_late else DueState.ON_TIME
    used, standard = _judged_shares(card, verdict) or _shares(card, verdict.due_at, now, calendar)
    return Stand(verdict.due_at, state, verdict.late_seconds, used, standard, verdict.queue_seconds)


def _judged_shares(card: Card, verdict: Verdict) -> tuple[int, int] | None:
    """What was used of a standard in menit or jam, as it was judged: the calendar may be another one by now.

    None for a standard in days, whose working time no verdict holds.
    """
    standard = None if card.waktu is None else card.waktu.seconds
    if standard is None or verdict.due_at is None or verdict.cycle_seconds is None:
        return None
    queue = 0 if card.clock_from == card.ready_at else verdict.queue_seconds or 0
    return verdict.cycle_seconds - queue, standard


def _shares(card: Card, due: int | None, now: int, calendar: WorkCalendar) -> tuple[int | None, int | None]:
    if card.ready_at is None:
        return None, None
    return used_of(_timed(card, card.ready_at), due, now if card.ended_at is None else card.ended_at, calendar)
