"""What the board shows and how the selection moves: header, periods, columns, the lines below, what is said.

What stands where is `views/board.py`, how many cells it takes `layout.py`, how it looks `column.py` and `words.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from sakip_tui.acts import keyed
from sakip_tui.board import words
from sakip_tui.board.attention import attention
from sakip_tui.board.column import BoardColumn, Drawing
from sakip_tui.board.finding import NO_FILTER, filtered
from sakip_tui.board.layout import SMALLEST, Direction, Layout
from sakip_tui.clock import Clock
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.text import wrapped
from sakip_tui.views.board import (
    BoardView,
    CardColumn,
    CardView,
    Key,
    build_board,
    first_card,
    first_of_step,
    first_period,
    kept_selection,
)
from sakip_tui.views.card_words import TimeLabel, sent_back_text, time_label
from sakip_tui.views.offers import CanDo, offered, sent_back_by
from sakip_tui.widgets.helped import HelpedScreen
from sakip_tui.widgets.hints import is_one_line, key_lines
from sakip_tui.widgets.ink import Line, Lines
from sop.loading import load
from sop.look.card import Card, standing
from sop.look.year import Tally, sop_of, tally_in
from sop.model.state import PeriodPhase

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.desk import Desk, Office
    from sakip_tui.notices import Notice
    from sop.look.forecast import Forecast
    from sop.model.events import Event

NOTICE = "sakip_tui.board.refusals:notice_on_board"
"""Loaded at the first error."""
_SAYS = "Pemberitahuan"
_ACTS = ("i", "Tindakan")
_NOTE = ("c", "Catatan")
_FILTER = ("f", "Saring")
_DATA = ("=", "Data")
"""Where rows of data kinerja hang on the selected card."""
_LOOKS = (("v", "Dasbor"), ("/", "Cari"), ("e", "Rekap"))
"""Keys of the foot with which one looks around, and looks up."""


class Columns(Widget):
    """Holds the five columns side by side."""

    can_focus = False


class BoardCanvas(HelpedScreen[None]):
    """One period on view, and one card of it selected."""

    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        """
        Args:
            desk: The door to the database.
            clock: Reading of the clock.
            office: The office that is open.
            board: A first snapshot, so that the first picture is whole.
            glyphs: Signs that this terminal can show.
        """
        super().__init__()
        self.desk, self.clock, self.office, self.rows, self.glyphs = desk, clock, office, board, glyphs
        self.period = self._first_period()
        self.forms: dict[str, dict[int, bool]] = {}
        """Period -> step per bidang -> whether the person wants its bidang one by one."""
        self._last_bidang: dict[tuple[str, int], Key] = {}
        """The bidang that was last selected in a step."""
        self.recaps: dict[str, str] = {}
        """Period -> where its recap was written since the start."""
        self._events: dict[int, Event] = {}
        """Acts that sent a step back, as far as the log was asked."""
        self.filter = NO_FILTER
        self.whole: BoardView
        """Everything of the period; `view` is what the filter shows of it."""
        self.view = self._built()
        self.selected: Key | None = first_card(self.view)
        self.arrangement = Layout(self.view, 80, 16)
        self.top = 0
        self._laid_out: tuple[int, int] | None = None
        """The size that all was last laid out for."""
        self.tallies: Mapping[str, Tally] = {}
        """Period -> what presses in it, as last counted."""
        self._lanes: tuple[str, ...] = ()
        """The bands' headings, as wide as the board."""
        self.labels: dict[Key, TimeLabel] = {}
        self.said: str = ""
        """A notice on view in place of the card's facts, until the next key."""
        self.said_ink = "text"
        self.forecasts: Mapping[str, Forecast] = {}
        """Period -> when it will be finished; empty until that was worked out, after the first picture."""
        self._columns = tuple(BoardColumn(column) for column in CardColumn)

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield Lines(id="too-small")
        yield Lines(id="header")
        yield Lines(id="periods")
        yield Lines(id="filter")
        yield Lines(id="heads")
        with Columns(id="columns"):
            yield from self._columns
        yield Lines(id="attention")
        yield Lines(id="info")
        yield Lines(id="keys")

    def on_resize(self) -> None:
        # A start is told of its one size three times.
        if self.size != self._laid_out:
            self.lay_out()

    @property
    def card(self) -> CardView | None:
        """The selected card."""
        return self.view.cards.get(self.selected) if self.selected is not None else None

    @property
    def year(self) -> int:
        return int(self.period.partition("-")[0])

    def _first_period(self) -> str:
        return first_period(self.rows, self.clock())

    def _built(self) -> BoardView:
        forms = self.forms.setdefault(self.period, {})
        view = self._build(forms)
        # What is shown one by one stays so while somebody works there, even when its last open bidang ends.
        for step in view.apart:
            forms.setdefault(step, True)
        self.whole = view
        if not self.filter.is_on:
            return view
        # The cards of one bidang are seen one by one only.
        shown = self._build() if self.filter.bidang is not None else view
        return filtered(shown, self.filter, self.office.actor, self._is_late, self.rows.units)

    def _build(self, forms: Mapping[int, bool] | None = None, period: str = "") -> BoardView:
        """Everything of a period, else of the one on view; without forms every step per bidang one by one."""
        period = period or self.period
        if forms is None:
            forms = dict.fromkeys((step.number for step in sop_of(self.rows, period).steps), True)
        return build_board(self.rows, period, forms)

    def _apart(self, period: str) -> BoardView:
        """What the filter shows of a period, with every step per bidang shown one by one."""
        whole = self._build(period=period)
        return filtered(whole, self.filter, self.office.actor, self._is_late, self.rows.units)

    def _is_late(self, card: Card) -> bool:
        return standing(card, self.clock(), self.rows.calendar, self.rows.settings).late

    def lay_out(self) -> None:
        """Lay everything out for the size there is, and draw it."""
        width, height = self._laid_out = self.size
        if not width:
            return
        is_too_small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(is_too_small, "-too-small")
        if is_too_small:
            self.lines("#too-small").show(words.too_small(width, height))
        now = self.clock()
        self._tally(now)
        keys = self._key_lines(width)
        info = self._info_lines(width, now)
        visible = max(1, height - self._top_lines - len(info) - len(keys))
        self._set_height("#info", len(info))
        self._set_height("#keys", len(keys))
        if not self.arrangement.suits(self.view, width, visible, self._shown_column()):
            self.arrangement = Layout(self.view, width, visible, self._shown_column())
        free = visible - self.arrangement.height if self.arrangement.is_roomy else 0
        self._set_height("#attention", len(self._attention_lines(now, free)))
        visible = self.visible_lines
        self._lanes = words.lane_headings(self.view, width, self.glyphs)
        self._draw_header(now)
        self.lines("#filter").display = self.filter.is_on
        for column in self._columns:
            narrow = self.arrangement.is_narrow
            column.styles.width = self.arrangement.widths[column.column]
            column.display = not narrow or column.column == self._shown_column()
        self.top = self.arrangement.scrolled_to(self.selected, self.top, visible)
        self._draw(everything=True)

    def _set_height(self, query: str, height: int) -> None:
        lines = self.lines(query)
        if lines.styles.height is None or lines.styles.height.value != height:
            lines.styles.height = height

    def _attention_lines(self, now: int, most: int) -> list[Line]:
        """What needs somebody, where the cards leave so many lines free."""
        return attention(self.whole, self.rows, self.forecasts, self.tallies, now, self.size.width, most, self.glyphs)

    @property
    def visible_lines(self) -> int:
        """Lines of cards in view."""
        height = self.size.height
        below = (self.lines(name).styles.height for name in ("#attention", "#info", "#keys"))
        taken = sum(int(item.value) for item in below if item is not None)
        return max(1, height - self._top_lines - taken)

    @property
    def _top_lines(self) -> int:
        """Lines above the columns."""
        return 4 if self.filter.is_on else 3

    def _shown_column(self) -> CardColumn:
        """In narrow form the one column on view: the selected card's."""
        return self.card.column if self.card is not None else CardColumn.SIAP

    def _tally(self, now: int) -> None:
        """Count what presses in every period of the year."""
        self.tallies = {item.key: tally_in(self.rows, item.key, now) for item in self.view.periods}

    def _draw_header(self, now: int) -> None:
        width = self.size.width
        rows = self.rows
        tally = words.altogether(self.tallies.values())
        # Whose SOP it is stands in front: it is what tells two boards of one office apart, and the end is cut.
        own = f"SOP {self.office.sop_name}, " if self.office.sop_name else ""
        header = words.header(
            own + rows.office_name, words.seated(rows.names, self.desk.person), now, rows.calendar, width, tally
        )
        self.lines("#header").show([header])
        bar = words.period_bar(self.view.periods, self.period, self.tallies, width, self.glyphs)
        self.lines("#periods").show([bar])
        if self.filter.is_on:
            whole = self._build() if self.filter.bidang is not None else self.whole
            shown, total = len(self.view.cards), len(whole.cards)
            self.lines("#filter").show([words.filter_line(self.filter.words, shown, total, width)])

    def _draw(self, *, everything: bool = False, touched: set[Key] | None = None) -> None:
        """Hand the columns what they draw from, and repaint what changed."""
        now = self.clock()
        self._label_cards_in_view(now)
        drawing = Drawing(
            self.arrangement,
            self.top,
            self.selected,
            self.labels,
            self._lanes,
            self.glyphs,
        )
        for column in self._columns:
            column.drawing = drawing
            if everything:
                column.refresh()
            else:
                for key in touched or ():
                    column.repaint(key)
        heads = words.column_heads(self.arrangement, self._shown_column(), self.glyphs, self.top, self.visible_lines)
        self.lines("#heads").show([heads])
        self._draw_footer(now)
        self._drawn(now)

    def _draw_footer(self, now: int) -> None:
        lines = self.lines("#attention")
        if lines.styles.height is not None and (room := int(lines.styles.height.value)):
            lines.show(self._attention_lines(now, room))
        self.lines("#info").show(self._info_lines(self.size.width, now))
        self.lines("#keys").show(self._key_lines(self.size.width))

    def _label_cards_in_view(self, now: int) -> None:
        rows = self.rows
        self.labels = {
            view.key: time_label(view.card, now, rows.calendar, rows.settings) for view in self._cards_in_view()
        }

    def _cards_in_view(self) -> Iterator[CardView]:
        bottom = self.top + self.visible_lines
        for place in self.arrangement.in_view(self.top, bottom):
            yield place.view

    @property
    def _info_height(self) -> int:
        """Lines below the board for the selected card: on a low screen the board comes first."""
        return 2 if self.size.height < 30 else 3

    def _info_lines(self, width: int, now: int) -> list[Line]:
        """The selected card or what is said, and when the period will be finished."""
        return [*self._about_lines(width, now), *self._forecast_lines(width, now)]

    def _forecast_lines(self, width: int, now: int) -> list[Line]:
        """One line for an open period, empty until it is known: the board does not jump when it comes."""
        if self.view.current.phase is not PeriodPhase.BUKA:
            return []
        found = self.forecasts.get(self.period)
        return [() if found is None else words.about_forecast(found, self.view.current.name, self.rows, now, width)]

    def _about_lines(self, width: int, now: int) -> list[Line]:
        room, least = max(10, width - 2), self._info_height
        if self.said:
            lines = wrapped(self.said, room, 5)
            shown: list[Line] = [((" " + line, self.said_ink),) for line in lines]
            return [((" " + _SAYS.ljust(width - 1), "banner"),), *shown, *[()] * (least - 1 - len(shown))]
        about = words.about_period(self.view)
        if self.view.current.phase is PeriodPhase.TUTUP and self.period in self.recaps:
            about = f"{self.view.current.name} sudah ditutup. Rekap: {self.recaps[self.period]}"
            least += 1
        card = self.card
        if card is None:
            shown = [((" " + line, "text"),) for line in wrapped(about, room, 5)]
            return [
                ((" " + self.view.current.name.ljust(width - 1), "banner"),),
                *shown,
                *[()] * (least - 1 - len(shown)),
            ]
        rows = self.rows
        label = self.labels.get(card.key) or time_label(card.card, now, rows.calendar, rows.settings)
        number, total = self.arrangement.number_of(card.key)
        place = f"kartu {number}/{total}"
        sent_back = self._sent_back(card)
        most = least - 1 + bool(sent_back)
        found = words.about_card(
            card, self.view, label, now, rows.calendar, rows.settings, width, place, most, lead=sent_back
        )
        if about:
            found = [found[0], *(((" " + line, "key"),) for line in wrapped(about, room, least - 1))]
        return [*found, *[()] * (least - len(found))]

    def _offered(self) -> CanDo:
        """What the keys at the foot offer."""
        return offered(self.view, self.card.card if self.card is not None else None, self.office.actor)

    def _key_lines(self, width: int) -> list[Line]:
        able = self._offered()
        acts = [(face.key, face.foot) for face in keyed() if face.able and getattr(able, face.able)]
        if able.start or able.finish or able.resume or able.decide:
            acts.append(("w", "Waktu lain"))
        numbered = words.shows_numbers(self.view.periods, self.tallies, width, self.glyphs)
        periods = (f"1-{len(self.view.periods)}" if numbered else "Tab", "Periode")
        rest = [("Enter", "Kartu")] if self.card is not None else []
        rest += [("spasi", "Bidang")] if able.fold else []
        # What every act stands in, and the way to another period, go before one of the acts.
        fewer = [pair for pair in acts if pair != _NOTE]
        tried = ([*acts, _ACTS, periods], [*fewer, _ACTS, periods], [*fewer, _ACTS], acts)
        lines = max(1, len(key_lines([fewer], width)))
        first = next(pairs for pairs in tried if len(key_lines([pairs], width)) <= lines or pairs is acts)
        rest += [pair for pair in (_ACTS, periods) if pair not in first]
        if len(key_lines([[*first, _FILTER]], width)) <= lines:
            first.append(_FILTER)
        rest += [*_LOOKS, ("n", "Menu"), ("?", "Bantuan"), ("q", "Keluar")]
        if self.card is not None and self.card.card.data is not None:
            rest.insert(0, _DATA)
        for given_up in (("Enter", "Kartu"), ("e", "Rekap"), periods, _ACTS, _DATA):
            if given_up in rest and not is_one_line(rest, width):
                rest.remove(given_up)
        return key_lines([first, rest], width)

    def _sent_back(self, card: CardView) -> str:
        """Who sent the card back, from where and why; empty where nobody did."""
        sequence = sent_back_by(self.view, card.card)
        event = self._events.get(sequence) if sequence is not None else None
        return sent_back_text(event, self.rows.names) if event is not None else ""

    # ------------------------------------------------------------------ moving about
    def select(self, key: Key | None) -> None:
        """Move the selection, scrolling as little as needed."""
        self._hush()
        if key is None or key == self.selected:
            return
        before, self.selected = self.selected, key
        if self.arrangement.is_narrow and self._shown_column() != self._column_of(before):
            self.lay_out()
            return
        top = self.arrangement.scrolled_to(key, self.top, self.visible_lines)
        scrolled, self.top = top != self.top, top
        touched = {item for item in (before, key) if item is not None}
        if self._footer_grew():
            self.lay_out()
        else:
            self._draw(everything=scrolled, touched=touched)

    def _column_of(self, key: Key | None) -> CardColumn | None:
        card = self.view.cards.get(key) if key is not None else None
        return card.column if card is not None else None

    def _footer_grew(self) -> bool:
        """Whether info or keys need another number of lines than they have."""
        now = self.clock()
        needed = (len(self._info_lines(self.size.width, now)), len(self._key_lines(self.size.width)))
        heights = (self.lines(name).styles.height for name in ("#info", "#keys"))
        return needed != tuple(int(item.value) if item is not None else 0 for item in heights)

    def action_go(self, direction: str) -> None:
        self.select(self.arrangement.neighbour(self.selected, Direction(direction)))

    def action_page(self, step: int) -> None:
        self.select(self.arrangement.paged(self.selected, step * max(1, self.visible_lines - 2)))

    def on_board_column_clicked(self, event: BoardColumn.Clicked) -> None:
        """The first click selects, as on every list, and one on what is selected is Enter."""
        if event.key == self.selected:
            self.press("enter")
        else:
            self.select(event.key)

    def on_board_column_wheeled(self, event: BoardColumn.Wheeled) -> None:
        most = max(0, self.arrangement.height - self.visible_lines)
        self.top = max(0, min(most, self.top + event.lines))
        self._draw(everything=True)

    def action_period(self, number: int) -> None:
        if number <= len(self.view.periods):
            self.show_period(self.view.periods[number - 1].key)

    def action_next_period(self, step: int) -> None:
        keys = [item.key for item in self.view.periods]
        self.show_period(keys[(keys.index(self.period) + step) % len(keys)])

    def show_period(self, key: str) -> None:
        """Put another period on view."""
        self._hush()
        if key == self.period:
            return
        self.period, self.top = key, 0
        self.view = self._built()
        self.selected = first_card(self.view)
        self.lay_out()

    def action_fold(self) -> None:
        self._hush()
        if self.card is None or self.card.card.step not in self.view.foldable:
            self.announce("Langkah ini tidak dikerjakan per bidang.")
            return
        step = self.card.card.step
        if self.selected is not None and self.selected[1]:
            self._last_bidang[self.period, step] = self.selected
        is_apart = step not in self.view.apart
        self.forms[self.period][step] = is_apart
        view = self._built()
        before = self._last_bidang.get((self.period, step))
        self.selected = before if is_apart and before in view.cards else first_of_step(view, step)
        self._replace_view(view)

    def show_card(self, step: int, bidang: str | None = None) -> None:
        """Select a card of the period on view; its step is unfolded where one bidang is meant."""
        key = (step, bidang or "")
        if key not in self.view.cards and bidang is not None:
            self.forms[self.period][step] = True
            view = self._built()
            self.selected = key if key in view.cards else first_of_step(view, step)
            self._replace_view(view)
        else:
            self.select(key if key in self.view.cards else first_of_step(self.view, step))

    def _replace_view(self, view: BoardView) -> None:
        self.view = view
        if self.selected is not None and self.selected[1]:
            self._last_bidang[self.period, self.selected[0]] = self.selected
        self.selected = kept_selection(view, self.selected)
        self.lay_out()
        self._replaced()

    def _drawn(self, now: int) -> None:
        """Something was drawn; `LiveBoard` waits for what changes next."""

    def _replaced(self) -> None:
        """Another view was taken; `LiveBoard` looks up what it lacks."""

    # ------------------------------------------------------------------ what is said
    def announce(self, text: str, ink: str = "text") -> None:
        """Put a sentence where the selected card's facts stand, until the next key."""
        self.said, self.said_ink = text, ink
        if self._footer_grew():
            self.lay_out()
        else:
            self._draw_footer(self.clock())

    def _hush(self) -> None:
        if self.said:
            self.said = ""
            if self._footer_grew():
                self.lay_out()
            else:
                self._draw_footer(self.clock())

    def announce_error(self, error: BaseException) -> None:
        """Say what stands in the way. An error that nobody expected ends the program loudly."""
        notice = self._notice(error)
        if notice is None:
            raise error
        self.announce(str(notice).replace("\n", " "), "late")

    @contextmanager
    def untold(self) -> Iterator[None]:
        """Leave undone what cannot be read, and say nothing: the board's own reading tells of such a database."""
        try:
            yield
        except Exception as error:
            if self._notice(error) is None:
                raise

    def _notice(self, error: BaseException) -> Notice | None:
        """What an error says to people; None for one that nobody expected."""
        found: Notice | None = load(NOTICE)(error, self.rows.calendar.offset, self.rows.names)
        return found
