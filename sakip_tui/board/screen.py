"""The board: holds desk, clock, selection and the last view; the only one that talks to the desk.

What stands where is `view.py`, how many cells it takes `layout.py`, how it looks `column.py` and `words.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from uuid import uuid4

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget

from sakip_tui.board import words
from sakip_tui.board.column import BoardColumn, Drawing
from sakip_tui.board.exporting import BEGUN, Exporting
from sakip_tui.board.labels import (
    TimeLabel,
    next_change,
    period_short,
    sent_back_text,
    time_label,
    with_period_names,
)
from sakip_tui.board.layout import Direction, Layout, wrapped
from sakip_tui.board.view import (
    BoardView,
    CardView,
    Column,
    Key,
    act_to_undo,
    blocked_close,
    build_board,
    can_do,
    first_card,
    first_of_step,
    first_period,
    kept_selection,
    opened_since,
    sent_back_by,
)
from sakip_tui.clock import Clock
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.messages import Loaded, LoadFailed
from sakip_tui.widgets.ink import InkedScreen, Line, Lines
from sakip_tui.widgets.keys import act_as_small
from sop.cards import WAITING
from sop.instants import civil, parse_instant
from sop.state import CasePhase, PeriodPhase, RunPhase

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.desk import Desk, Office
    from sakip_tui.notices import Notice
    from sakip_tui.prompts.form import Answer
    from sakip_tui.prompts.questions import Question
    from sop.commands import Command, Typed
    from sop.events import Act, Event
    from sop.forecast import Forecast
    from sop.outlook import PastRuns

POLL_SECONDS = 1.0
"""How often the database is asked whether somebody else has written."""
_SOON = 0.02
"""Least wait before a tick, so that a clock running behind its timer cannot spin."""
_SAYS = "Pemberitahuan"


def is_about_the_step(refusal: Exception) -> bool:
    """Whether an act is refused for what state its step is in, and not for its period or case."""
    from sop.refusals import Refused, Rule

    return isinstance(refusal, Refused) and refusal.rule in (Rule.WRONG_PHASE, Rule.NOT_REACHED, Rule.GATE_CLOSED)


class Columns(Widget):
    """Holds the five columns side by side."""

    can_focus = False


class ActKey(NamedTuple):
    """One act key of the footer."""

    key: str
    word: str
    flag: str
    """Field of `CanDo`."""


_CARD_KEYS = (
    ActKey("m", "Mulai", "start"),
    ActKey("s", "Selesai", "finish"),
    ActKey("a", "Ajukan", "hand_in"),
    ActKey("p", "Putuskan", "decide"),
    ActKey("t", "Tunda", "pause"),
    ActKey("t", "Lanjutkan", "resume"),
    ActKey("b", "Kembalikan", "hand_back"),
    ActKey("d", "Bebaskan", "waive"),
    ActKey("u", "Urungkan", "undo"),
    ActKey("c", "Catatan", "note"),
)


class BoardScreen(InkedScreen[None]):
    """One year's board, one period at a time."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go('up')", "Kartu di atas", id="papan.atas"),
        Binding("down,j", "go('down')", "Kartu di bawah", id="papan.bawah"),
        Binding("left,h", "go('left')", "Kolom di kiri", id="papan.kiri"),
        Binding("right,l", "go('right')", "Kolom di kanan", id="papan.kanan"),
        Binding("home", "go('first')", "Kartu pertama di kolom", id="papan.pertama"),
        Binding("end", "go('last')", "Kartu terakhir di kolom", id="papan.terakhir"),
        Binding("pageup", "page(-1)", "Satu layar ke atas", id="papan.layar-atas"),
        Binding("pagedown", "page(1)", "Satu layar ke bawah", id="papan.layar-bawah"),
        Binding("enter", "open_card", "Kartu: semua tentang langkah ini", id="papan.kartu"),
        Binding("space", "fold", "Tampilkan tiap bidang, atau gabungkan", id="papan.bidang"),
        Binding("m", "start", "Mulai mengerjakan", id="papan.mulai"),
        Binding("s", "finish", "Selesai", id="papan.selesai"),
        Binding("a", "hand_in", "Ajukan untuk diputuskan", id="papan.ajukan"),
        Binding("p", "decide", "Putuskan: Ya atau Tidak", id="papan.putuskan"),
        Binding("t", "pause", "Tunda, atau lanjutkan yang ditunda", id="papan.tunda"),
        Binding("b", "hand_back", "Kembalikan ke langkah sebelumnya", id="papan.kembalikan"),
        Binding("d", "waive", "Bebaskan periode yang ditunggu, dengan alasan", id="papan.bebaskan"),
        Binding("u", "undo", "Urungkan tindakan terakhir", id="papan.urung"),
        Binding("c", "note", "Tulis catatan", id="papan.catatan"),
        Binding("w", "at_another_time", "Catat susulan: waktu lain", id="papan.susulan"),
        Binding("o", "open_period", "Buka periode", id="papan.buka"),
        Binding("x", "close_period", "Tutup periode", id="papan.tutup"),
        Binding("e", "export", "Ekspor rekap", id="papan.ekspor"),
        Binding("escape", "leave_export", "Batalkan rekap yang sedang ditulis", id="papan.batal-ekspor"),
        Binding("tab", "next_period(1)", "Periode berikutnya", id="papan.periode-berikut"),
        Binding("shift+tab", "next_period(-1)", "Periode sebelumnya", id="papan.periode-sebelum"),
        *(Binding(str(n), f"period({n})", f"Periode ke-{n}", id=f"papan.periode-{n}") for n in range(1, 8)),
        Binding("g", "open_calendar", "Kalender kerja: libur, cuti bersama, jam khusus", id="papan.kalender"),
        Binding("r", "reload", "Muat ulang", id="papan.muat-ulang"),
        Binding("question_mark", "help", "Bantuan", id="papan.bantuan"),
        Binding("q", "quit", "Keluar", id="papan.keluar"),
    ]

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
        self._exporting: Exporting | None = None
        self._events: dict[int, Event] = {}
        """Acts that sent a step back, as far as the log was asked."""
        self.view = self._built()
        self.selected: Key | None = first_card(self.view)
        self.arrangement = Layout(self.view, 80, 16)
        self.top = 0
        self.labels: dict[Key, TimeLabel] = {}
        self.said: str = ""
        """A notice on view in place of the card's facts, until the next key."""
        self.said_ink = "text"
        self.forecasts: Mapping[str, Forecast] = {}
        """Period -> when it will be finished; empty until that was worked out, after the first picture."""
        self._columns = tuple(BoardColumn(column) for column in Column)
        self._past: PastRuns = {}
        self._version: int | None = None
        self._tick: Timer | None = None
        self._poll: Timer | None = None
        self._polling = False
        self._in_flight: set[tuple[object, ...]] = set()
        self._drafts: dict[tuple[object, ...], Answer] = {}

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield Lines(id="header")
        yield Lines(id="periods")
        yield Lines(id="heads")
        with Columns(id="columns"):
            yield from self._columns
        yield Lines(id="info")
        yield Lines(id="keys")

    def on_mount(self) -> None:
        self._poll = self.set_interval(POLL_SECONDS, self.poll)
        self.call_after_refresh(self.look_ahead)
        self.call_after_refresh(self.look_up_comments)

    def on_resize(self) -> None:
        self.lay_out()

    def on_screen_suspend(self) -> None:
        for timer in (self._tick, self._poll):
            if timer is not None:
                timer.pause()

    def on_screen_resume(self) -> None:
        if self._poll is not None:
            self._poll.resume()
        self.tick()

    @property
    def card(self) -> CardView | None:
        """The selected card."""
        return self.view.cards.get(self.selected) if self.selected is not None else None

    @property
    def year(self) -> int:
        return int(self.period.partition("-")[0])

    def _first_period(self) -> str:
        today = civil(self.clock(), self.rows.calendar.offset)
        return first_period(self.rows.state, today.year, today.month)

    def _built(self) -> BoardView:
        rows = self.rows
        case = rows.state.case_of(self.period)
        version = case.sop_version if case is not None else rows.newest_version
        forms = self.forms.setdefault(self.period, {})
        view = build_board(
            rows.state, self.period, rows.versions[version], rows.cadence, rows.bidang, rows.settings, forms
        )
        # What is shown one by one stays so while somebody works there, even when its last open bidang ends.
        for step in view.apart:
            forms.setdefault(step, True)
        return view

    def lay_out(self) -> None:
        """Lay everything out for the size there is, and draw it."""
        width, height = self.size
        if not width:
            return
        now = self.clock()
        keys = self._key_lines(width)
        info = self._info_lines(width, now)
        visible = max(1, height - 3 - len(info) - len(keys))
        self.arrangement = Layout(self.view, width, visible, self._shown_column())
        self._draw_header(now)
        self._set_height("#info", len(info))
        self._set_height("#keys", len(keys))
        for column in self._columns:
            narrow = self.arrangement.is_narrow
            column.styles.width = self.arrangement.widths[column.column]
            column.display = not narrow or column.column == self._shown_column()
        self.top = self.arrangement.scrolled_to(self.selected, self.top, visible)
        self._draw(everything=True)

    def _set_height(self, query: str, height: int) -> None:
        lines = self.query_one(query, Lines)
        if lines.styles.height is None or lines.styles.height.value != height:
            lines.styles.height = height

    @property
    def visible_lines(self) -> int:
        """Lines of cards in view."""
        height = self.size.height
        info = self.query_one("#info", Lines).styles.height
        keys = self.query_one("#keys", Lines).styles.height
        taken = sum(int(item.value) for item in (info, keys) if item is not None)
        return max(1, height - 3 - taken)

    def _shown_column(self) -> Column:
        """In narrow form the one column on view: the selected card's."""
        return self.card.column if self.card is not None else Column.SIAP

    def _draw_header(self, now: int) -> None:
        width = self.size.width
        header = words.header(self.rows.office_name, self.year, self.desk.person, now, self.rows.calendar, width)
        self.query_one("#header", Lines).show([header])
        bar = words.period_bar(self.view.periods, self.period, width, self.glyphs)
        self.query_one("#periods", Lines).show([bar])

    def _draw(self, *, everything: bool = False, touched: set[Key] | None = None) -> None:
        """Hand the columns what they draw from, and repaint what changed."""
        now = self.clock()
        self._label_cards_in_view(now)
        drawing = Drawing(
            self.arrangement,
            self.top,
            self.selected,
            self.labels,
            words.lane_headings(self.view, self.size.width, self.glyphs),
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
        self.query_one("#heads", Lines).show([heads])
        self._draw_footer(now)
        self._schedule_tick(now)

    def _draw_footer(self, now: int) -> None:
        self.query_one("#info", Lines).show(self._info_lines(self.size.width, now))
        self.query_one("#keys", Lines).show(self._key_lines(self.size.width))

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

    def _key_lines(self, width: int) -> list[Line]:
        able = can_do(self.view, self.card.card if self.card is not None else None, self.office.actor.manages)
        acts = [(item.key, item.word) for item in _CARD_KEYS if getattr(able, item.flag)]
        if able.open_period:
            acts.insert(0, ("o", "Buka periode"))
        if able.close_period:
            acts.insert(0, ("x", "Tutup periode"))
        if able.start or able.finish or able.resume or able.decide:
            acts.append(("w", "Waktu lain"))
        numbered = words.shows_numbers(self.view.periods, width, self.glyphs)
        rest = [("Enter", "Kartu")] if self.card is not None else []
        if able.fold:
            rest.append(("spasi", "Bidang"))
        rest += [
            ("e", "Ekspor rekap"),
            ("g", "Kalender"),
            (f"1-{len(self.view.periods)}" if numbered else "Tab", "Periode"),
            ("?", "Bantuan"),
            ("q", "Keluar"),
        ]
        return words.key_lines([acts, rest] if acts else [rest], width)

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

    def _column_of(self, key: Key | None) -> Column | None:
        card = self.view.cards.get(key) if key is not None else None
        return card.column if card is not None else None

    def _footer_grew(self) -> bool:
        """Whether info or keys need another number of lines than they have."""
        now = self.clock()
        needed = (len(self._info_lines(self.size.width, now)), len(self._key_lines(self.size.width)))
        heights = (self.query_one(name, Lines).styles.height for name in ("#info", "#keys"))
        return needed != tuple(int(item.value) if item is not None else 0 for item in heights)

    def action_go(self, direction: str) -> None:
        self.select(self.arrangement.neighbour(self.selected, Direction(direction)))

    def action_page(self, step: int) -> None:
        self.select(self.arrangement.paged(self.selected, step * max(1, self.visible_lines - 2)))

    def on_board_column_clicked(self, event: BoardColumn.Clicked) -> None:
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
            self.say("Langkah ini tidak dikerjakan per bidang.")
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

    def _replace_view(self, view: BoardView) -> None:
        self.view = view
        if self.selected is not None and self.selected[1]:
            self._last_bidang[self.period, self.selected[0]] = self.selected
        self.selected = kept_selection(view, self.selected)
        self.lay_out()
        self.look_ahead()
        self.look_up_comments()

    # ------------------------------------------------------------------ time passing
    def tick(self) -> None:
        """Repaint the labels that say something else by now, and wait for the next that will."""
        now = self.clock()
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
        wanted = {sequence for item in view.cards.values() if (sequence := sent_back_by(view, item.card)) is not None}
        if wanted <= self._events.keys():
            return
        try:
            found = await self.desk.history(view.period)
        except Exception as error:
            # The board's own reading tells of a database that cannot be read.
            if self._notice(error) is None:
                raise
            return
        self._events |= {item.event.sequence: item.event for item in found if item.event.sequence in wanted}
        if self.is_attached:
            self.lay_out()

    def _sent_back(self, card: CardView) -> str:
        """Who sent the card back, from where and why; empty where nobody did."""
        sequence = sent_back_by(self.view, card.card)
        event = self._events.get(sequence) if sequence is not None else None
        return sent_back_text(event) if event is not None else ""

    @work(group="forecast", exclusive=True)
    async def look_ahead(self) -> None:
        """Work out when the periods will be finished, and show it."""
        try:
            past = await self.desk.past_runs()
        except Exception as error:
            # The board's own reading tells of a database that cannot be read; a forecast can wait.
            if self._notice(error) is None:
                raise
            return
        self._past = past
        self._foresee(self.clock())
        self._draw_footer(self.clock())

    def _foresee(self, now: int) -> None:
        from sop.forecast import forecasts
        from sop.outlook import outlooks

        rows = self.rows
        ahead = outlooks(
            rows.state, rows.versions, rows.newest_version, rows.cadence, rows.bidang, rows.settings, self._past
        )
        self.forecasts = forecasts(ahead, rows.calendar, now, count_first_day=rows.settings.count_first_day)

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
        if known is not None and known != version:
            self.reload()

    @work(group="reload", exclusive=True)
    async def reload(self) -> None:
        """Read a fresh snapshot."""
        try:
            board = await self.desk.board(self.year)
        except Exception as error:
            self.post_message(LoadFailed(error))
            return
        self.post_message(Loaded(board))

    def on_loaded(self, message: Loaded) -> None:
        if message.board == self.rows:
            return
        self.rows = message.board
        if self.period not in self.rows.state.periods:
            self.period = self._first_period()
        self._replace_view(self._built())

    def on_load_failed(self, message: LoadFailed) -> None:
        self.tell(message.error)

    def action_reload(self) -> None:
        self.say("Dimuat ulang.")
        self.reload()

    # ------------------------------------------------------------------ what is said
    def say(self, text: str, ink: str = "text") -> None:
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

    def tell(self, error: BaseException) -> None:
        """Say what stands in the way. An error that nobody expected ends the program loudly."""
        notice = self._notice(error)
        if notice is None:
            raise error
        self.say(str(notice).replace("\n", " "), "late")

    def _notice(self, error: BaseException) -> Notice | None:
        from sakip_tui.notices import Notice, notice_of

        found = notice_of(error, self.rows.calendar.offset)
        if found is None:
            return None
        lines = tuple(with_period_names(line) for line in found.lines)
        return Notice(with_period_names(found.happened), with_period_names(found.remedy), lines)

    # ------------------------------------------------------------------ acts
    def action_start(self) -> None:
        from sop.events import Act

        self._plain(Act.MULAI)

    async def action_finish(self) -> None:
        from sop.events import Act

        card = self.card
        if card is not None and card.card.state == RunPhase.SIAP and can_do(self.view, card.card).finish:
            from sakip_tui.prompts import questions

            await self.ask("finish", card.key, questions.finish(self.view, card.card))
        else:
            self._plain(Act.SELESAI)

    def action_hand_in(self) -> None:
        from sop.events import Act

        self._plain(Act.AJUKAN)

    async def action_pause(self) -> None:
        from sop.events import Act

        card = self.card
        if card is not None and card.card.state == RunPhase.DITUNDA:
            self._plain(Act.LANJUT)
        else:
            await self._ask_on_card("pause", Act.TUNDA, "pause")

    async def action_decide(self) -> None:
        from sop.events import Act

        await self._ask_on_card("decide", Act.PUTUSKAN, "decide")

    async def action_hand_back(self) -> None:
        from sop.events import Act

        await self._ask_on_card("hand_back", Act.KEMBALIKAN, "hand_back")

    async def action_undo(self) -> None:
        from sakip_tui.prompts import questions
        from sop.events import Act

        card = self._one_card()
        if card is None:
            return
        sequence = act_to_undo(self.view, card.card)
        if not can_do(self.view, card.card).undo or sequence is None:
            reason = self._why_not(Act.URUNG, card)
            if is_about_the_step(reason):
                self.say("Belum ada tindakan yang dapat diurungkan pada langkah ini.", "late")
            else:
                self.tell(reason)
            return
        try:
            history = await self.desk.history(self.period)
        except Exception as error:
            self.tell(error)
            return
        last = next((item.event for item in history if item.event.sequence == sequence), None)
        await self.ask("undo", card.key, questions.undo(self.view, card.card, last))

    async def action_waive(self) -> None:
        from sakip_tui.prompts import questions
        from sop.events import Act
        from sop.refusals import Refused, Rule

        self._hush()
        if not self.view.waivable:
            self.say("Periode ini tidak menunggu periode lain, jadi tidak ada yang dibebaskan.")
        elif self.view.current.phase is PeriodPhase.TUTUP:
            self.tell(Refused(Rule.PERIOD_CLOSED, period=self.period))
        elif not self.office.actor.manages:
            self.tell(Refused(Rule.MANAGER_ONLY, act=Act.BEBASKAN))
        else:
            await self.ask("waive", None, questions.waive(self.view))

    async def action_note(self) -> None:
        from sop.events import Act

        await self._ask_on_card("note", Act.KOMENTAR, "note")

    async def action_at_another_time(self) -> None:
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is None:
            return
        codes = questions.timed_acts(can_do(self.view, card.card))
        if codes:
            await self.ask("another_time", card.key, questions.at_another_time(self.view, card.card, codes))
        else:
            self.say("Tidak ada tindakan pada langkah ini yang dapat dicatat susulan sekarang.")

    async def action_open_period(self) -> None:
        from sakip_tui.prompts import questions
        from sop.refusals import Refused, Rule

        self._hush()
        if not self.view.current.has_case:
            self.tell(Refused(Rule.NO_CASE, period=self.period))
        elif self.view.current.phase is not PeriodPhase.BELUM:
            self.tell(Refused(Rule.PERIOD_IS_OPEN, period=self.period))
        else:
            await self.ask("open", None, questions.open_period(self.view))

    async def action_close_period(self) -> None:
        from sakip_tui.prompts import questions
        from sop.refusals import Refused, Rule

        self._hush()
        phase = self.view.current.phase
        if phase is PeriodPhase.TUTUP:
            self.tell(Refused(Rule.PERIOD_CLOSED, period=self.period))
        elif phase is PeriodPhase.BELUM:
            self.tell(Refused(Rule.PERIOD_NOT_OPEN, period=self.period))
        else:
            await self.ask("close", None, questions.close_period(self.view, blocked_close(self.rows.state, self.view)))

    def action_export(self) -> None:
        self._hush()
        self._export(self.period)

    def action_leave_export(self) -> None:
        self._hush()
        if self._exporting is not None:
            self._exporting.leave()

    def _one_card(self) -> CardView | None:
        """The selected card, if it stands for one run and not for several bidang."""
        self._hush()
        card = self.card
        if card is None:
            self.say(words.about_period(self.view) or "Tidak ada kartu di periode ini.")
            return None
        if card.card.summary and self.view.case is not None:
            self.say(
                f"Langkah {card.card.step} dikerjakan per bidang. Tekan spasi untuk menampilkan tiap bidang, "
                "lalu pilih bidangnya."
            )
            return None
        return card

    def _plain(self, act: Act) -> None:
        """An act without a question: the rules refuse it where it does not fit."""
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is not None:
            self._act(questions.plain(act, self.view, card.card), card.key)

    async def _ask_on_card(self, name: str, act: Act, flag: str) -> None:
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is None:
            return
        if not getattr(can_do(self.view, card.card), flag):
            self.tell(self._why_not(act, card))
            return
        make: Callable[[BoardView, Any], Question] = getattr(questions, name)
        await self.ask(name, card.key, make(self.view, card.card))

    def _why_not(self, act: Act, view: CardView) -> Exception:
        """The rule that an act would break, said before anything is asked."""
        from sop.events import Act
        from sop.refusals import Refused, Rule

        card, period = view.card, self.view.current
        if period.phase is PeriodPhase.TUTUP:
            return Refused(Rule.PERIOD_CLOSED, period=self.period)
        if self.view.case is None:
            return Refused(Rule.PERIOD_NOT_OPEN, period=self.period)
        if self.view.case.phase is CasePhase.DITAHAN:
            return Refused(Rule.CASE_HELD, period=self.period)
        if card.state == WAITING:
            front = tuple(sorted({run.step for run in self.view.case.open_runs()}))
            children = tuple(wait.name for wait in card.waiting_for if wait.kind == "periode")
            if children:
                return Refused(Rule.GATE_CLOSED, step=card.step, children=children)
            return Refused(Rule.NOT_REACHED, step=card.step, bidang=card.bidang, front=front)
        if act is Act.PUTUSKAN and not card.asks_decision:
            return Refused(Rule.NO_DECISION_STEP, step=card.step)
        if act is Act.PUTUSKAN and card.state == RunPhase.DIKERJAKAN:
            return Refused(Rule.NOT_HANDED_IN, step=card.step, decider=card.decider)
        if act is Act.KEMBALIKAN:
            return Refused(Rule.TARGET_NOT_EARLIER, step=card.step, target=card.step)
        allowed = {
            Act.TUNDA: (RunPhase.SIAP, RunPhase.DIKERJAKAN),
            Act.PUTUSKAN: (RunPhase.KEPUTUSAN,),
        }.get(act, ())
        return Refused(Rule.WRONG_PHASE, step=card.step, bidang=card.bidang, phase=card.state, allowed=allowed)

    async def ask(self, name: str, key: Key | None, question: Question, problem: str = "") -> None:
        """Put a question. Returns once it stands there: a key typed ahead goes to it, and not to the board.

        Args:
            name: Of the prompt; with the card it names the draft of what was typed.
            key: The card, or None for the period.
            question: The form, and what becomes of the answer.
            problem: Why the answer before could not be taken.
        """
        from sakip_tui.prompts.base import FormPrompt
        from sakip_tui.prompts.form import EMPTY

        place = (name, self.period, key)
        prompt = FormPrompt(question.form, self._drafts.get(place, EMPTY), problem)

        def answered(answer: Answer | None) -> None:
            self._drafts[place] = prompt.draft
            if answer is not None:
                self._act_on(name, key, question, answer)
            elif prompt.has_typed:
                self.say("Dibatalkan. Tulisan Anda disimpan dan muncul lagi bila tombol yang sama ditekan.")
            else:
                self._drafts.pop(place, None)

        await self.app.push_screen(prompt, answered)

    @work(group="act")
    async def _act_on(self, name: str, key: Key | None, question: Question, answer: Answer) -> None:
        """Do what was answered. What the rules cannot take is asked again, with the reason and what was typed."""
        try:
            command = question.command(answer, self._read_moment)
            done = await self._apply(command, key, uuid4().hex)
        except Exception as error:
            notice = self._notice(error)
            if notice is None:
                raise
            self.reload()
            if self._is_hopeless(error):
                self.say(str(notice).replace("\n", " "), "late")
            else:
                await self.ask(name, key, question, str(notice))
            return
        if done:
            self._drafts.pop((name, command.period, key), None)

    @staticmethod
    def _is_hopeless(error: Exception) -> bool:
        """Whether asking again cannot help: somebody was faster, or the database cannot be written."""
        from db.errors import DbError

        return isinstance(error, DbError)

    @work(group="act")
    async def _act(self, command: Command, key: Key) -> None:
        try:
            await self._apply(command, key, uuid4().hex)
        except Exception as error:
            self.reload()
            self.tell(error)

    async def _apply(self, command: Command, key: Key | None, token: str) -> bool:
        """Do an act once, however often its key is pressed; False when it is under way already."""
        place = (command.act, command.period, key)
        if place in self._in_flight:
            return False
        self._in_flight.add(place)
        try:
            done = await self.desk.apply(replace(command, token=token))
            board = await self.desk.board(self.year)
        finally:
            self._in_flight.discard(place)
        if self.is_attached:
            before = self.view
            self.on_loaded(Loaded(board))
            if command.act == "buka" and command.period == self.period:
                self.select(first_card(self.view))
            self.say(self._done_text(command, done.warnings, before))
        if command.act == "tutup":
            self._export(command.period)
        return True

    def _done_text(self, command: Command, warnings: tuple[str, ...], before: BoardView) -> str:
        from sop.labels import LABELS

        act = LABELS[type(command.act)].get(command.act, command.act.value)
        if command.answer is not None:
            act = f"diputus {command.answer.value.capitalize()}"
        elif command.child is not None:
            act = f"{period_short(command.child)} dibebaskan"
        if command.step is not None:
            where = f"Langkah {command.step}" + (f" ({command.bidang})" if command.bidang else "")
        else:
            where = self.view.current.name
        text = "Catatan tersimpan." if command.act == "komentar" else f"{where}: {act}. Tersimpan."
        if command.act.value not in ("komentar", "urung", "buka", "tutup", "kembalikan", "bebaskan"):
            text += " Tekan u untuk mengurungkannya."
        elif command.act == "kembalikan":
            text += f" Untuk menariknya: tekan u pada langkah {command.target}."
        ready = opened_since(before, self.view)
        if ready and command.act.value != "urung":
            text += f" Berikutnya: {ready}."
        for warning in warnings:
            kind, _, rest = warning.partition(":")
            if kind == "attempt":
                text += f" Langkah ini sudah putaran ke-{rest.rpartition(':')[2]}; beri tahu pengelola."
        return text

    @work(group="export")
    async def _export(self, period: str) -> None:
        from exports.errors import ExportCancelled

        if self._exporting is not None:
            self.say(f"{BEGUN}. Tunggu sebentar, atau tekan Esc untuk membatalkannya.")
            return
        self.say(f"{BEGUN}.")
        self._exporting = exporting = Exporting(self._say_progress)
        try:
            written = await self.desk.write_recap(period, exporting.heard, exporting.is_left)
        except ExportCancelled:
            self.say("Rekap dibatalkan; tidak ada dokumen yang dibuat. Tekan e untuk menulisnya.")
            return
        except Exception as error:
            notice = self._notice(error)
            if notice is None and not isinstance(error, OSError):
                raise
            reason = str(notice) if notice is not None else "Dokumennya tidak dapat ditulis."
            is_closed = self.rows.state.periods[period].phase is PeriodPhase.TUTUP
            kept = "Periode tetap tertutup, tetapi rekapnya" if is_closed else "Rekap"
            self.say(f"{kept} belum tertulis. {reason} Tekan e untuk mengulang.".replace("\n", " "), "late")
            return
        finally:
            self._exporting = None
        self.recaps[period] = str(written.path)
        fetch = f" Ambil dari komputer Anda: {written.fetch}" if written.fetch else ""
        self.say(f"Rekap ditulis: {written.path}{fetch}")

    def _say_progress(self, text: str) -> None:
        """Progress never takes the place of another notice."""
        if not self.said or self.said.startswith(BEGUN):
            self.say(text)

    def _read_moment(self, text: str, place: str) -> Typed:
        from sop.commands import Typed

        at, width = parse_instant(text, self.rows.calendar.offset, self.clock(), place)
        return Typed(at, width)

    # ------------------------------------------------------------------ other screens
    async def on_key(self, event: events.Key) -> None:
        await act_as_small(self, event)

    def action_open_card(self) -> None:
        self._hush()
        if self.card is not None:
            from sakip_tui.case_file.screen import CardScreen

            self.app.push_screen(CardScreen(self.desk, self.clock, self.rows, self.view, self.card, self.glyphs))

    def action_open_calendar(self) -> None:
        from sakip_tui.calendar.screen import CalendarScreen

        self._hush()
        rows = self.rows

        def left(is_changed: bool | None) -> None:
            if is_changed:
                self.reload()

        self.app.push_screen(CalendarScreen(self.desk, self.clock, rows.office_name, rows.calendar, self.glyphs), left)

    def action_help(self) -> None:
        from sakip_tui.widgets.help import HelpScreen

        self._hush()
        self.app.push_screen(HelpScreen("Papan", self.BINDINGS, self.glyphs))

    def action_quit(self) -> None:
        self.app.exit()
