"""What stands where on the board: columns, bands, cards. Pure values, no Textual, no clock.

How many cells each part takes is `board/layout.py`; what a card says of its time is `card_words.py`, what may be done
with it `offers.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

from sop.acts.closing import Closing, closing_of
from sop.acts.handing import Handed
from sop.acts.procedure import Procedure
from sop.look.card import WAITING, Card, Wait
from sop.look.cards import board_cards
from sop.look.year import Snapshot, progress_of, sop_of, steps_of, tally_in
from sop.model.definition import Sop, Step
from sop.model.pelaksana import Actor
from sop.model.periods import first_day
from sop.model.state import (
    CasePhase,
    CaseState,
    PeriodPhase,
    RunPhase,
    YearState,
)
from sop.model.texts import clean
from sop.values import Frozen, replace
from sop.words.periods import period_short

Key = tuple[int, str]
"""(step, bidang): a place on the board; the bidang is empty for a step of its own and for a summary."""


class CardColumn(IntEnum):
    """The columns, from left to right."""

    MENUNGGU = 0
    SIAP = 1
    DIKERJAKAN = 2
    KEPUTUSAN = 3
    SELESAI = 4


COLUMN_NAMES = ("Menunggu", "Siap", "Dikerjakan", "Keputusan", "Selesai")

_COLUMN_OF: Mapping[str, CardColumn] = {
    WAITING: CardColumn.MENUNGGU,
    RunPhase.SIAP.value: CardColumn.SIAP,
    RunPhase.DIKERJAKAN.value: CardColumn.DIKERJAKAN,
    RunPhase.DITUNDA.value: CardColumn.DIKERJAKAN,
    RunPhase.KEPUTUSAN.value: CardColumn.KEPUTUSAN,
    RunPhase.SELESAI.value: CardColumn.SELESAI,
    RunPhase.DILEWATI.value: CardColumn.SELESAI,
    RunPhase.DIBATALKAN.value: CardColumn.SELESAI,
}

PERIOD_ORDER = ("TW1", "TW2", "S1", "TW3", "TW4", "S2", "TH")
"""The order of the period bar: each half's quarters before the half, as they close."""


class CardView(Frozen):
    """One card as it is drawn. No time left in it: that depends on the moment of looking."""

    card: Card
    column: CardColumn
    share: Handed | None = None
    """How far the bidang of its step are, for a card of one bidang, a summary or a join."""

    @property
    def key(self) -> Key:
        return self.card.key

    @property
    def title(self) -> str:
        """Fit to be shown: without control characters, and for a bidang's card led by the bidang."""
        title = shown(self.card.title)
        return f"{shown(self.card.bidang)}: {title}" if self.card.bidang is not None else title


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """A text that people typed, without what a terminal would obey or what hides."""
    return clean(text)


class BandView(Frozen):
    """One lane across all columns."""

    lane: str
    assumed: bool
    """Some step stands in this lane by assumption only."""
    cells: tuple[tuple[CardView, ...], ...]
    """One tuple of cards for each column, in step order."""


class PeriodView(Frozen):
    """One period of the bar."""

    key: str
    name: str
    phase: PeriodPhase
    case_phase: CasePhase | None
    has_case: bool
    done: int
    total: int
    closings: int
    revision: int


class BoardView(Frozen):
    """One period's board at one moment."""

    period: str
    periods: tuple[PeriodView, ...]
    bands: tuple[BandView, ...]
    counts: tuple[int, ...]
    """Cards in each column."""
    cards: Mapping[Key, CardView]
    closing: Closing
    """Whether the period can be closed, and what stands in the way."""
    case: CaseState | None = None
    steps: Procedure | None = None
    """None for a pure roll-up."""
    foldable: frozenset[int] = frozenset()
    """Steps whose bidang can be shown together or one by one."""
    apart: frozenset[int] = frozenset()
    """Those of them that are shown one by one."""

    @property
    def waivable(self) -> tuple[str, ...]:
        """Child periods that the gate waits for, or whose reopening made the input stale."""
        return tuple(dict.fromkeys((*self.closing.children, *self.closing.stale)))

    @property
    def current(self) -> PeriodView:
        return next(item for item in self.periods if item.key == self.period)

    def step_of(self, card: Card) -> Step | None:
        return self.steps.steps.get(card.step) if self.steps is not None else None


def build_board(year: Snapshot, period: str, forms: Mapping[int, bool] | None = None) -> BoardView:
    """Put every card of a period where it stands.

    Args:
        year: With the newest case of every period that counts are wanted for.
        period: Period key, one of the year's.
        forms: Step per bidang -> whether its bidang are shown one by one; without a say one by one while one is open.
    """
    forms = forms or {}
    # Bidang that a step has not reached are many, and seen only where somebody asks for them.
    unfolded = [step for step, is_apart in forms.items() if is_apart]
    cards = board_cards(year, period, unfolded)
    steps = steps_of(year, period)
    apart = _apart(cards, forms)
    views = list(_shown(cards, apart))
    periods = tuple(_period_view(year, key) for key in _ordered(year.state))
    return BoardView(
        period=period,
        periods=periods,
        bands=tuple(_bands(views, sop_of(year, period))),
        counts=_counts(views),
        cards={view.key: view for view in views},
        case=year.state.case_of(period),
        steps=steps,
        foldable=frozenset(card.step for card in cards if card.summary),
        apart=apart,
        closing=closing_of(year.state, period, steps),
    )


def _ordered(state: YearState) -> list[str]:
    return sorted(state.periods, key=lambda key: PERIOD_ORDER.index(key.partition("-")[2]))


def _apart(cards: Sequence[Card], forms: Mapping[int, bool]) -> frozenset[int]:
    """The steps per bidang that are shown one by one."""
    found = {card.step: False for card in cards if card.bidang is not None}
    for card in cards:
        if card.bidang is not None:
            found[card.step] = forms.get(card.step, found[card.step] or card.is_open)
    return frozenset(step for step, is_apart in found.items() if is_apart)


def _shown(cards: Sequence[Card], apart: Collection[int]) -> Iterable[CardView]:
    """Of a step per bidang either its summary, or those bidang that it has reached and one card for the others."""
    shares: dict[int, Handed | None] = {}
    parts: dict[int, list[Card]] = {}
    for card in cards:
        if card.bidang is not None:
            parts.setdefault(card.step, []).append(card)
    reached = {step for step, found in parts.items() if any(card.state != WAITING for card in found)}
    for card in cards:
        if card.summary:
            shares[card.step] = card.joined
        if card.summary and card.step in apart and card.step in reached:
            waiting = tuple(Wait("bidang", part.bidang or "") for part in parts[card.step] if part.state == WAITING)
            if waiting:
                card = replace(card, state=WAITING, waiting_for=waiting)
                yield CardView(card, CardColumn.MENUNGGU, card.joined)
            continue
        if card.summary and card.step in apart:
            continue
        if card.bidang is not None and (card.step not in apart or (card.state == WAITING and card.step in reached)):
            continue
        share = shares.get(card.step) if card.bidang is not None else card.joined
        yield CardView(card, _COLUMN_OF[card.state], share)


def _counts(views: Iterable[CardView]) -> tuple[int, ...]:
    counted = Counter(view.column for view in views)
    return tuple(counted[column] for column in CardColumn)


def _bands(views: Sequence[CardView], sop: Sop) -> Iterable[BandView]:
    by_lane: dict[str, tuple[list[CardView], ...]] = {name: _no_cells() for name in sop.lane_names}
    for view in views:
        lane = view.card.lane
        if lane not in by_lane:
            by_lane[lane] = _no_cells()
        by_lane[lane][view.column].append(view)
    for lane, cells in by_lane.items():
        if any(cells):
            # The lane of a decision is the decider's, so its own assumption counts there.
            assumed = any(
                ("decider" if column == CardColumn.KEPUTUSAN else "pelaksana") in view.card.assumed
                for column, members in zip(CardColumn, cells, strict=True)
                for view in members
            )
            yield BandView(clean(lane), assumed, tuple(map(tuple, cells)))


def _no_cells() -> tuple[list[CardView], ...]:
    return tuple([] for _ in CardColumn)


def _period_view(year: Snapshot, key: str) -> PeriodView:
    period, case = year.state.periods[key], year.state.case_of(key)
    done, total = progress_of(year, key)
    return PeriodView(
        key=key,
        name=period_short(key),
        phase=period.phase,
        case_phase=case.phase if case is not None else None,
        has_case=period.has_case,
        done=done,
        total=total,
        closings=period.closings,
        revision=period.revision,
    )


def first_period(year: Snapshot, now: int) -> str:
    """The period to show first: where something is late, else where something is due or waits to be begun, else where
    work goes on, the older one each time; else today's, else the first that may be opened, else the first.

    Args:
        year: With the newest case of every period.
        now: The moment of looking.
    """
    state = year.state
    ordered = _ordered(state)
    wanting = {key: rank for key in ordered if (rank := _wants(year, key, now)) is not None}
    if wanting:
        return min(wanting, key=wanting.__getitem__)
    today = year.calendar.date_of(now)
    quarter, half = (today.month - 1) // 3 + 1, 1 if today.month <= 6 else 2
    for name in (f"TW{quarter}", f"S{half}", "TH"):
        current = state.periods.get(f"{today.year:04d}-{name}")
        if current is not None and current.has_case and current.phase is PeriodPhase.BELUM:
            return current.key
    ready = [key for key in ordered if state.periods[key].phase is PeriodPhase.BELUM and first_day(key) <= today]
    return ready[0] if ready else ordered[0]


def _wants(year: Snapshot, key: str, now: int) -> int | None:
    """How soon a period wants somebody, 0 the soonest; None for one that no work is done on."""
    case = year.state.case_of(key)
    if case is None or year.state.periods[key].phase is not PeriodPhase.BUKA:
        return None
    if case.phase is CasePhase.SELESAI:
        # All of it is done, and it waits to be closed.
        return 2
    if case.phase is not CasePhase.BERJALAN:
        return None
    found = tally_in(year, key, now)
    if found.late:
        return 0
    if found.not_started or found.soon:
        return 1
    return 2 if found.open else 3


def first_card(view: BoardView) -> Key | None:
    """The card to select first: what waits for a decision, runs or is ready, else the first there is."""
    for column in (
        CardColumn.KEPUTUSAN,
        CardColumn.DIKERJAKAN,
        CardColumn.SIAP,
        CardColumn.MENUNGGU,
        CardColumn.SELESAI,
    ):
        if column is CardColumn.MENUNGGU and view.counts[column]:
            # Nothing is under way: what everything else waits for is the first step, whatever its lane.
            return min(card.key for band in view.bands for card in band.cells[column])
        for band in view.bands:
            if band.cells[column]:
                return band.cells[column][0].key
    return None


def kept_selection(view: BoardView, key: Key | None) -> Key | None:
    """The selection after a reload: the same place, else its step's first open card, else the first card."""
    if key is None or key in view.cards:
        return key if key is not None else first_card(view)
    return first_of_step(view, key[0]) or first_card(view)


def first_of_step(view: BoardView, step: int) -> Key | None:
    """The first open card of a step, else its first one; None where the step is not on this board."""
    same = [known for known in view.cards if known[0] == step]
    return next((known for known in same if view.cards[known].card.is_open), same[0] if same else None)


def next_for(old: BoardView, new: BoardView, done: Key, actor: Actor) -> Key | None:
    """The card that comes next for somebody who has just acted on one; None to stay there.

    One stays with a card that is still one's own to work on, and where only something was written beside it: a remark,
    a paper, a correction. Else another bidang of the same step comes first, then what the act has opened, then the
    cards after the one that was acted on, round at the end; all in the order in which they stand on the board, and of
    all of them those that the person may act on.

    Args:
        old: Before the act.
        new: After it, of the same period.
        done: The card that was acted on.
        actor: Who acted.
    """
    here, was = new.cards.get(done), old.cards.get(done)
    if here is None or _is_for(here.card, actor) or (was is not None and _stands_as(was.card, here.card)):
        return None

    order = {key: number for number, key in enumerate(new.cards)}
    known = {key: view.card.attempt for key, view in old.cards.items()}
    opened = {step for (step, name), view in new.cards.items() if known.get((step, name), -1) != view.card.attempt}

    def place(key: Key) -> tuple[bool, bool, bool, int]:
        return key[0] != done[0], key[0] not in opened, order[key] < order[done], order[key]

    own = [key for key, view in new.cards.items() if _is_for(view.card, actor)]
    return min(own, key=place, default=None)


def opened_by(old: BoardView, new: BoardView) -> tuple[int, str | None] | None:
    """(step, bidang) of the first run that an act on the whole case has made ready; None where it made none."""
    if new.case is None or old.period != new.period:
        return None
    known = set() if old.case is None or old.case.key != new.case.key else old.case.runs.keys()
    ready = [run for key, run in new.case.runs.items() if run.phase is RunPhase.SIAP and key not in known]
    first = min(ready, key=lambda run: run.step, default=None)
    return None if first is None else (first.step, first.bidang)


def _stands_as(before: Card, after: Card) -> bool:
    """Whether nobody's work went on: same attempt, state and holder. Not asked of a card of all bidang."""
    parts = ("attempt", "state", "holder", "joined")
    return after.attempt is not None and all(getattr(before, part) == getattr(after, part) for part in parts)


def _is_for(card: Card, actor: Actor) -> bool:
    """Whether a card is open and somebody's to act on: held by nobody else, in a lane of theirs or under their care."""
    if not card.is_open or card.summary:
        return False
    if actor.manages or card.holder == actor.code:
        return True
    asked = (card.lane,) if card.state == RunPhase.KEPUTUSAN else card.lanes
    is_free = card.holder is None or card.state == RunPhase.KEPUTUSAN
    return is_free and any(actor.holds(lane, card.bidang) for lane in asked)


def done_words(view: BoardView, card: Card) -> str:
    """`Langkah 1 sudah selesai; berikutnya langkah 2 (Sub Koordinator).`; empty for a card that has not ended."""
    how = {RunPhase.SELESAI.value: "selesai", RunPhase.DILEWATI.value: "dilewati"}.get(card.state)
    if how is None:
        return ""
    where = f"Langkah {card.step}" + (f" ({shown(card.bidang)})" if card.bidang else "")
    following = next((each.card for _, each in sorted(view.cards.items()) if each.card.is_open), None)
    return f"{where} sudah {how}" + ("." if following is None else f"; berikutnya {_turn_words(following)}.")


def _turn_words(card: Card) -> str:
    """`langkah 2 (Sub Koordinator)`, `langkah 2 Bidang A (Kepala Bidang)`."""
    lanes = (card.lane,) if card.state == RunPhase.KEPUTUSAN else card.lanes
    bidang = f" {shown(card.bidang)}" if card.bidang else ""
    return f"langkah {card.step}{bidang} ({' dan '.join(clean(lane) for lane in lanes)})"


def opened_since(old: BoardView, new: BoardView) -> str:
    """`langkah 2 (Sub Koordinator)`: the first step that became ready, and whose turn it is; empty for none."""
    if old.period != new.period:
        return ""
    for key, view in new.cards.items():
        before = old.cards.get(key)
        if view.card.state == RunPhase.SIAP and (before is None or before.card.attempt != view.card.attempt):
            return _turn_words(view.card)
    return ""
