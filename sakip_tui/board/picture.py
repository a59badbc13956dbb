"""The picture of the board: what stands where for the size there is, what is in view, what is painted again.

What it draws from is the screen's selection; what is told below the cards the screen says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from textual.widget import Widget

from sakip_tui.board import words
from sakip_tui.board.column import BoardColumn, Drawing
from sakip_tui.board.layout import Layout
from sakip_tui.board.surface import Surface
from sakip_tui.board.ticking import Ticking
from sakip_tui.views.board import CardColumn, CardView, Key
from sakip_tui.views.card_words import TimeLabel, next_change, time_label
from sop.look.year import Tally, tally_in
from sop.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size
    from textual.timer import Timer

    from sakip_tui.widgets.ink import Line, Lines


class Pictured(Surface, Protocol):
    """The screen, for what is drawn on it."""

    @property
    def size(self) -> Size: ...

    @property
    def is_mounted(self) -> bool: ...

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Do something after so many seconds."""

    def lines(self, query: str) -> Lines:
        """The lines of that name."""

    def info_lines(self, width: int, now: int) -> list[Line]:
        """What is told below the cards."""

    def key_lines(self, width: int) -> list[Line]:
        """The keys that do something now."""

    def attention_lines(self, now: int, most: int) -> list[Line]:
        """What needs somebody, in so many lines at most."""

    def tick(self) -> None:
        """Bring the board up to the time."""


class Columns(Widget):
    """Holds the five columns side by side."""

    can_focus = False


class Picture:
    """Header, periods, columns and the lines below them."""

    def __init__(self, screen: Pictured) -> None:
        self._screen = screen
        self._ticking = Ticking(screen.clock, lambda seconds: screen.set_timer(seconds, screen.tick))
        self.columns = tuple(BoardColumn(column) for column in CardColumn)
        self.arrangement = Layout(screen.selection.view, 80, 16)
        self.top = 0
        """The first line of cards in view."""
        self._laid_out: tuple[int, int] | None = None
        """The size that all was last laid out for."""
        self.tallies: Mapping[str, Tally] = {}
        """Period -> what presses in it, as last counted."""
        self._lanes: tuple[str, ...] = ()
        """The bands' headings, as wide as the board."""
        self.labels: dict[Key, TimeLabel] = {}
        """Of the cards in view."""

    # ------------------------------------------------------------------ what stands where
    def fit(self) -> None:
        """Lay out for the size there is; a start is told of its one size three times."""
        if self._screen.size != self._laid_out:
            self.lay_out()

    def lay_out(self, top: int | None = None) -> None:
        """Lay everything out for the size there is, and draw it.

        Args:
            top: The first line in view, if the selected card is in view then; None for the one there was.
        """
        screen, selection = self._screen, self._screen.selection
        self.top = self.top if top is None else top
        width, height = self._laid_out = screen.size
        if not width:
            return
        now = screen.clock()
        self._tally(now)
        keys, info = screen.key_lines(width), screen.info_lines(width, now)
        visible = max(1, height - self._top_lines - len(info) - len(keys))
        screen.lines("#info").stand(len(info))
        screen.lines("#keys").stand(len(keys))
        if not self.arrangement.suits(selection.view, width, visible, self.shown_column):
            self.arrangement = Layout(selection.view, width, visible, self.shown_column)
        free = visible - self.arrangement.height if self.arrangement.is_roomy else 0
        screen.lines("#attention").stand(len(screen.attention_lines(now, free)))
        self._lanes = words.lane_headings(selection.view, width, screen.glyphs)
        self._draw_header(now)
        screen.lines("#filter").display = selection.filter.is_on
        for column in self.columns:
            column.styles.width = self.arrangement.widths[column.column]
            column.display = not self.arrangement.is_narrow or column.column == self.shown_column
        self.top = self.arrangement.scrolled_to(selection.key, self.top, self.visible_lines)
        self.draw(everything=True)

    @property
    def visible_lines(self) -> int:
        """Lines of cards in view."""
        taken = sum(self._screen.lines(name).room for name in ("#attention", "#info", "#keys"))
        return max(1, self._screen.size.height - self._top_lines - taken)

    @property
    def _top_lines(self) -> int:
        """Lines above the columns."""
        return 4 if self._screen.selection.filter.is_on else 3

    @property
    def shown_column(self) -> CardColumn:
        """In narrow form the one column on view: the selected card's."""
        card = self._screen.selection.card
        return card.column if card is not None else CardColumn.SIAP

    def _foot_grew(self) -> bool:
        """Whether what is told or the keys need another number of lines than they have."""
        screen = self._screen
        width, now = screen.size.width, screen.clock()
        needed = (len(screen.info_lines(width, now)), len(screen.key_lines(width)))
        return needed != (screen.lines("#info").room, screen.lines("#keys").room)

    # ------------------------------------------------------------------ what is painted
    def draw(self, *, everything: bool = False, touched: set[Key] | None = None) -> None:
        """Hand the columns what they draw from, and repaint what changed.

        Args:
            everything: Whether all of it did.
            touched: The cards that did.
        """
        screen, selection = self._screen, self._screen.selection
        now = screen.clock()
        self._label_cards_in_view(now)
        drawing = Drawing(self.arrangement, self.top, selection.key, self.labels, self._lanes, screen.glyphs)
        for column in self.columns:
            column.drawing = drawing
            if everything:
                column.refresh()
            else:
                for key in touched or ():
                    column.repaint(key)
        heads = words.column_heads(self.arrangement, self.shown_column, screen.glyphs, self.top, self.visible_lines)
        screen.lines("#heads").show([heads])
        self._paint_foot(now)
        self._wait_for_change(now)

    def draw_foot(self) -> None:
        """Show what is told below the cards; where it takes other lines than before, everything moves."""
        if self._foot_grew():
            self.lay_out()
        else:
            self._paint_foot(self._screen.clock())

    def _paint_foot(self, now: int) -> None:
        screen = self._screen
        lines = screen.lines("#attention")
        if lines.room:
            lines.show(screen.attention_lines(now, lines.room))
        screen.lines("#info").show(screen.info_lines(screen.size.width, now))
        screen.lines("#keys").show(screen.key_lines(screen.size.width))

    def _tally(self, now: int) -> None:
        """Count what presses in every period of the year."""
        selection = self._screen.selection
        self.tallies = {item.key: tally_in(selection.rows, item.key, now) for item in selection.view.periods}

    def _draw_header(self, now: int) -> None:
        screen, selection = self._screen, self._screen.selection
        rows, width, view = selection.rows, screen.size.width, selection.view
        tally = words.altogether(self.tallies.values())
        # Whose SOP it is stands in front: it is what tells two boards of one office apart, and the end is cut.
        own = f"SOP {selection.office.sop_name}, " if selection.office.sop_name else ""
        person = words.seated(rows.names, screen.desk.person)
        name, year = own + rows.office_name, selection.year
        screen.lines("#header").show([words.header(name, person, now, rows.calendar, width, tally, year)])
        bar = words.period_bar(view.periods, selection.period, self.tallies, width, screen.glyphs)
        screen.lines("#periods").show([bar])
        if selection.filter.is_on:
            whole = selection.each() if selection.filter.bidang is not None else selection.whole
            shown, total = len(view.cards), len(whole.cards)
            screen.lines("#filter").show([words.filter_line(selection.filter.words, shown, total, width)])

    # ------------------------------------------------------------------ what is in view
    def follow(self, before: Key | None, column: CardColumn) -> None:
        """The selection was moved: keep it in view, scrolling as little as needed.

        Args:
            before: The card that was selected.
            column: The column that was shown in narrow form.
        """
        selection = self._screen.selection
        if self.arrangement.is_narrow and self.shown_column != column:
            self.lay_out()
            return
        top = self.arrangement.scrolled_to(selection.key, self.top, self.visible_lines)
        scrolled, self.top = top != self.top, top
        if self._foot_grew():
            self.lay_out()
        else:
            touched = {item for item in (before, selection.key) if item is not None}
            self.draw(everything=scrolled, touched=touched)

    def scroll(self, lines: int) -> None:
        """Move what is in view; negative for up."""
        most = max(0, self.arrangement.height - self.visible_lines)
        self.top = max(0, min(most, self.top + lines))
        self.draw(everything=True)

    def label_of(self, view: CardView, now: int) -> TimeLabel:
        """What a card says of its time."""
        return self.labels.get(view.key) or self._label(view, now)

    def _label(self, view: CardView, now: int) -> TimeLabel:
        rows = self._screen.selection.rows
        return time_label(view.card, now, rows.calendar, rows.settings)

    def _label_cards_in_view(self, now: int) -> None:
        self.labels = {view.key: self._label(view, now) for view in self._cards_in_view()}

    def _cards_in_view(self) -> Iterator[CardView]:
        for place in self.arrangement.in_view(self.top, self.top + self.visible_lines):
            yield place.view

    # ------------------------------------------------------------------ time passing
    def tick(self, now: int) -> None:
        """Repaint the labels that say something else by now, and wait for the next that will."""
        if self._laid_out is None:
            # Not on view yet, though Textual says so: it is drawn once it knows its size.
            return
        before = self.labels
        self._label_cards_in_view(now)
        for column in self.columns:
            if column.drawing is not None:
                column.drawing = replace(column.drawing, labels=self.labels)
        for key, label in self.labels.items():
            # The bar moves along with the words: on its own it would send a few bytes every few seconds.
            if before.get(key, ())[:3] != label[:3]:
                for column in self.columns:
                    column.repaint_time(key)
        self._tally(now)
        self._draw_header(now)
        self._paint_foot(now)
        self._wait_for_change(now)

    def _wait_for_change(self, now: int) -> None:
        if self._screen.is_mounted:
            rows, cards = self._screen.selection.rows, self._cards_in_view()
            self._ticking.wait_for(next_change(view.card, now, rows.calendar, rows.settings) for view in cards)

    def pause(self) -> None:
        """Another screen lies over the board."""
        self._ticking.pause()
