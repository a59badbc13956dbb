"""What keeps the board true while nobody presses a key: time passing, others' writing, forecasts, comments.

The tick never reads the database; the poll never computes time.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from textual import work

from sakip_tui.board.canvas import BoardCanvas
from sakip_tui.board.finding import NO_FILTER
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.messages import LoadFailed
from sakip_tui.views.board import first_card
from sakip_tui.views.card_words import (
    next_change,
)
from sakip_tui.views.offers import sent_back
from sop.loading import load

if TYPE_CHECKING:
    from textual.timer import Timer

    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sop.look.outlook import PastRuns

POLL_SECONDS = 1.0
"""How often the database is asked whether somebody else has written."""
FORESIGHT = "sop.look.outlook:forecasts_of"
"""Loaded once the first picture stands."""
_SOON = 0.02
"""Least wait before a tick, so that a clock running behind its timer cannot spin."""


class LiveBoard(BoardCanvas):
    """A board that stays up to date."""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(desk, clock, office, board, glyphs)
        self._past: PastRuns = {}
        self._version: int | None = None
        self._tick: Timer | None = None
        self._poll: Timer | None = None
        self._polling = False
        self._pictures = 0
        """How often what an act left behind came on view."""

    def on_mount(self) -> None:
        self._poll = self.set_interval(POLL_SECONDS, self.poll)
        self.call_after_refresh(self.look_ahead)
        self.call_after_refresh(self.look_up_comments)

    def on_screen_suspend(self) -> None:
        for timer in (self._tick, self._poll):
            if timer is not None:
                timer.pause()

    def on_screen_resume(self) -> None:
        if self._poll is not None:
            self._poll.resume()
        self.tick()

    def _drawn(self, now: int) -> None:
        self._schedule_tick(now)

    def _replaced(self) -> None:
        self.look_ahead()
        self.look_up_comments()

    def tick(self) -> None:
        """Repaint the labels that say something else by now, and wait for the next that will."""
        now = self.clock()
        if self.filter.late:
            shown = self._built()
            if shown.cards.keys() != self.view.cards.keys():
                self._replace_view(shown)
                return
        before = self.labels
        self._label_cards_in_view(now)
        for column in self._columns:
            if column.drawing is not None:
                column.drawing = column.drawing._replace(labels=self.labels)
        for key, label in self.labels.items():
            # The bar moves along with the words: on its own it would send a few bytes every few seconds.
            if before.get(key, ())[:3] != label[:3]:
                for column in self._columns:
                    column.repaint_time(key)
        self._tally(now)
        self._draw_header(now)
        if self.forecasts:
            self._foresee(now)
        self._draw_footer(now)
        self._schedule_tick(now)

    def _schedule_tick(self, now: int) -> None:
        """Wake when the next label in view changes, or the time of day in the header."""
        if self._tick is not None:
            self._tick.stop()
            self._tick = None
        if not self.is_mounted:
            return
        next_minute = now - now % 60 + 60
        moment: float = next_minute
        rows = self.rows
        for view in self._cards_in_view():
            change = next_change(view.card, now, rows.calendar, rows.settings)
            moment = min(moment, change if change is not None else inf)
        self._tick = self.set_timer(max(_SOON, moment - now), self.tick)

    @work(group="comments", exclusive=True)
    async def look_up_comments(self) -> None:
        """Ask the log who sent open steps back, and with which comment."""
        view = self.view
        wanted = sent_back(view)
        if wanted <= self._events.keys():
            return
        with self.untold():
            found = await self.desk.history(view.period)
            self._events |= {item.event.sequence: item.event for item in found if item.event.sequence in wanted}
            if self.is_attached:
                self.lay_out()

    @work(group="forecast", exclusive=True)
    async def look_ahead(self) -> None:
        """Work out when the periods will be finished, and show it."""
        with self.untold():
            self._past = await self.desk.past_runs()
            self._foresee(self.clock())
            self._draw_footer(self.clock())

    def _foresee(self, now: int) -> None:
        self.forecasts = load(FORESIGHT)(self.rows, self._past, now)

    async def poll(self) -> None:
        """Ask whether somebody else has written; read anew if so."""
        if self._polling:
            # The database thread is still at something long, such as waiting for a lock.
            return
        self._polling = True
        try:
            version = await self.desk.data_version()
        except Exception as error:
            self.post_message(LoadFailed(error))
            return
        finally:
            self._polling = False
        known, self._version = self._version, version
        # At the first look nobody knows whether the board was read before or after what stands there.
        if known != version:
            self.reload()

    @work(group="reload", exclusive=True)
    async def reload(self) -> None:
        """Read a fresh snapshot, and again where an act came on view meanwhile: the reading may be of before it."""
        known = None
        try:
            while known != self._pictures:
                known = self._pictures
                board = await self.desk.board(self.year)
                self.office = await self.desk.office() or self.office
        except Exception as error:
            self.post_message(LoadFailed(error))
            return
        if self.is_attached:
            self._put_on_view(board)

    def put_act_on_view(self, board: Board) -> None:
        """Put what an act left behind on view: no reading that began before may take its place."""
        self._pictures += 1
        self._put_on_view(board)

    def _put_on_view(self, board: Board) -> None:
        # One that was asked for before another office or year came on view is not wanted any more.
        if board == self.rows or board.address != self.rows.address:
            return
        if self.period not in board.state.periods:
            return
        self.rows = board
        self._replace_view(self._built())

    def show_year(self, board: Board, period: str | None = None) -> None:
        """Put another year, SOP or office on view.

        Args:
            board: Its snapshot.
            period: Which of its periods; None for the one that is of use now.
        """
        if board.address != self.rows.address:
            self.recaps.clear()
            self.filter = NO_FILTER
        self.forms.clear()
        self._events.clear()
        self.forecasts = {}
        self.rows, self.top = board, 0
        self.period = period if period is not None and period in board.state.periods else self._first_period()
        self.view = self._built()
        self.selected = first_card(self.view)
        self._hush()
        self.lay_out()
        self._replaced()

    def on_load_failed(self, message: LoadFailed) -> None:
        self.announce_error(message.error)

    def action_reload(self) -> None:
        super().action_reload()
        self.announce("Dimuat ulang.")
        self.reload()
