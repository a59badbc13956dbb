"""Which period of which year is on view, which of its cards, and which one of them is selected. No Textual.

The screen draws what stands here; whoever moves about on the board moves this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sakip_tui.board.finding import NO_FILTER, Filter, filtered
from sakip_tui.views.board import (
    BoardView,
    CardView,
    Key,
    build_board,
    first_card,
    first_of_step,
    first_period,
    kept_selection,
    next_for,
)
from sop.look.card import WAITING, Card, standing
from sop.look.year import sop_of

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Office


class Selection:
    """One period on view, and one card of it selected."""

    def __init__(self, office: Office, rows: Board, clock: Clock) -> None:
        """
        Args:
            office: The office that is open, and who sits here.
            rows: A snapshot of its year.
            clock: Reading of the clock.
        """
        self.office, self.rows = office, rows
        self._clock = clock
        self.filter = NO_FILTER
        self._forms: dict[str, dict[int, bool]] = {}
        """Period -> step per bidang -> whether the person wants its bidang one by one."""
        self._last_bidang: dict[tuple[str, int], Key] = {}
        """The bidang that was last selected in a step."""
        self._went_on: tuple[str, Key, Key] | None = None
        """Period, the card of the last act, and the card that the selection went on to by itself."""
        self.whole: BoardView
        """Everything of the period; `view` is what the filter shows of it."""
        self.view: BoardView
        self.key: Key | None
        """The selected card; None where none is on view."""
        self._begin(first_period(rows, clock()))

    @property
    def card(self) -> CardView | None:
        """The selected card."""
        return self.view.cards.get(self.key) if self.key is not None else None

    @property
    def year(self) -> int:
        return int(self.period.partition("-")[0])

    def _begin(self, period: str) -> None:
        self.period = period
        self.view = self._built()
        self.key = first_card(self.view)

    # ------------------------------------------------------------------ what is on view
    def take(self, rows: Board) -> None:
        """Show what was read anew, or what an act left behind, of the same year."""
        self.rows = rows
        self.look_again()

    def take_year(self, rows: Board, period: str | None = None) -> None:
        """Show another year, SOP or office.

        Args:
            rows: Its snapshot.
            period: Which of its periods; None for the one that is of use now.
        """
        if rows.address != self.rows.address:
            self.filter = NO_FILTER
        self._forms.clear()
        self.rows = rows
        known = period is not None and period in rows.state.periods
        self._begin(period if known and period is not None else first_period(rows, self._clock()))

    def turn_to(self, period: str) -> bool:
        """Show another period of the year; False for the one on view."""
        if period == self.period:
            return False
        self._begin(period)
        return True

    def narrow_to(self, wanted: Filter) -> None:
        """Show the cards that match."""
        self.filter = wanted
        self.look_again()

    def is_outdated(self) -> bool:
        """Whether the filter shows other cards by now, for time alone has passed."""
        return self.filter.late and self._built().cards.keys() != self.view.cards.keys()

    def look_again(self) -> None:
        """Make the view anew, and keep the selection where it can be kept."""
        self._show(self._built())

    def _show(self, view: BoardView) -> None:
        self.view = view
        if self.key is not None and self.key[1]:
            self._last_bidang[self.period, self.key[0]] = self.key
        self.key = kept_selection(view, self.key)

    def _built(self) -> BoardView:
        forms = self._forms.setdefault(self.period, {})
        view = self._of(self.period, forms)
        # What is shown one by one stays so while somebody works there, even when its last open bidang ends.
        for step in view.apart:
            forms.setdefault(step, True)
        self.whole = view
        if not self.filter.is_on:
            return view
        # The cards of one bidang are seen one by one only.
        return self._narrowed(self.each() if self.filter.bidang is not None else view)

    def _of(self, period: str, forms: Mapping[int, bool]) -> BoardView:
        return build_board(self.rows, period, forms)

    def each(self, period: str = "") -> BoardView:
        """Everything of a period, else of the one on view, with every step per bidang shown one by one."""
        period = period or self.period
        return self._of(period, dict.fromkeys((step.number for step in sop_of(self.rows, period).steps), True))

    def each_shown(self, period: str) -> BoardView:
        """The same, of which only what the filter shows."""
        return self._narrowed(self.each(period))

    def _narrowed(self, board: BoardView) -> BoardView:
        return filtered(board, self.filter, self.office.actor, self.is_late, self.rows.units)

    def is_late(self, card: Card) -> bool:
        return standing(card, self._clock(), self.rows.calendar, self.rows.settings).late

    # ------------------------------------------------------------------ which card
    def select(self, key: Key | None) -> bool:
        """Select a card, after which an undo means that card; False where nothing was moved."""
        self._went_on = None
        if key is None or key == self.key:
            return False
        self.key = key
        return True

    def fold(self) -> bool:
        """Show the bidang of the selected step one by one, or together again; False where it has none."""
        if self.card is None or self.card.card.step not in self.view.foldable:
            return False
        step = self.card.card.step
        if self.key is not None and self.key[1]:
            self._last_bidang[self.period, step] = self.key
        is_apart = step not in self.view.apart
        self._forms[self.period][step] = is_apart
        view = self._built()
        before = self._last_bidang.get((self.period, step))
        self.key = before if is_apart and before in view.cards else first_of_step(view, step)
        self._show(view)
        return True

    def key_of(self, step: int, bidang: str | None = None) -> Key | None:
        """The card that stands for a step, or for one bidang at it; its step is unfolded where that is not on view.

        None where the filter hides it.
        """
        key = (step, bidang or "")
        if key not in self.view.cards and bidang is not None:
            self._forms[self.period][step] = True
            self.look_again()
        return key if key in self.view.cards else first_of_step(self.view, step)

    # ------------------------------------------------------------------ after an act
    @property
    def just_done(self) -> Key | None:
        """The card of the last act, while the selection stands where it went by itself."""
        if self._went_on is None:
            return None
        period, done, to = self._went_on
        return done if (period, to) == (self.period, self.key) and done in self.view.cards else None

    def following(self, before: BoardView, done: Key) -> Key | None:
        """The card that comes next for whoever sits here, after an act; None to stay.

        Args:
            before: The board before the act.
            done: The card of the act.
        """
        if self.key != done or before.period != self.period:
            # It was moved meanwhile.
            return None
        # Where it stays, an undo means the act on this card, and no longer one on the card before.
        self._went_on = None
        return next_for(before, self.view, done, self.office.actor)

    def has_come_from(self, done: Key) -> None:
        """The selection went on by itself: an undo still means the card of the act."""
        if self.key is not None:
            self._went_on = self.period, done, self.key

    def after_absence(self, before: BoardView) -> Key | None:
        """The card to stand on after something was done on another screen; None to stay.

        Args:
            before: The board as it was when that screen was opened.
        """
        key = self.key
        if key is None or before.period != self.period or key not in before.cards:
            return None
        if before.cards[key].card.is_open and self.view.cards[key].card.state == WAITING:
            # What one stood on waits now for what was sent back: that is to be done, and maybe out of view.
            return next_for(before, self.view, key, self.office.actor)
        return None
