"""The board: its keys, what is told on it, and what keeps it true while nobody presses a key.

What is on view and selected is `selection.py`, how it is drawn `picture.py`, when it says something else by itself
`ticking.py`. Acts, recaps, the search and the ways to other screens are parts of their own, which see of this screen
what `surface.py` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sakip_tui.act_face import ActFace
from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board import words
from sakip_tui.board.acting import Acting
from sakip_tui.board.attention import attention
from sakip_tui.board.choosing import choose_act, hindrances
from sakip_tui.board.column import BoardColumn
from sakip_tui.board.exporting import Recaps
from sakip_tui.board.finding import NO_FILTER, Filter
from sakip_tui.board.foot import Finish, card_lines, foot_keys, looking_ahead, nobody_lines, period_lines, said_lines
from sakip_tui.board.going import Going, places_menu
from sakip_tui.board.layout import Direction
from sakip_tui.board.looking import Looking
from sakip_tui.board.picture import Columns, Picture
from sakip_tui.board.selection import Selection
from sakip_tui.board.words import Glance
from sakip_tui.draft_places import BOARD, DraftPlace
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.screens import PLACES, SCREENS
from sakip_tui.views.board import BoardView, CardView, Key
from sakip_tui.views.card_words import sent_back_text
from sakip_tui.views.offers import sent_back, sent_back_by
from sakip_tui.widgets.asking import AskingScreen
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.ink import Line, Lines
from sakip_tui.widgets.keys import ASKING, PERIOD_KEYS
from sop.loading import load
from sop.model.state import PeriodPhase

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.notices import Notice
    from sop.look.forecast import Forecast
    from sop.look.outlook import PastRuns
    from sop.model.events import Event

LATER: Mapping[str, str] = {
    "notice": "sakip_tui.board.refusals:notice_on_board",
    "forecasts": "sop.look.outlook:forecasts_of",
    "unsent": "sakip_tui.board.greeting:unsent_words",
    "newer year": "sakip_tui.board.greeting:newer_year_words",
    "card signs": "sakip_tui.widgets.help:card_signs",
}
"""What the first picture does without."""
_OPENING = ("buka", "tutup")
"""Acts whose keys the help names after those of the cards."""
GREETING_SECONDS = 1.0
"""After which time something is said: not before the first picture stands and the start is over."""


def _key_of(face: ActFace) -> Binding:
    return Binding(face.key, f"act({face.act!r})", face.key_help, tooltip=face.about)


class BoardScreen(AskingScreen[None]):
    """One year's board, one period at a time."""

    AUTO_FOCUS = ""
    IS_READ_BEFORE = True
    SMALLEST = (60, 18)
    NAME = "Papan"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go('up')", "Kartu di atas"),
        Binding("down,j", "go('down')", "Kartu di bawah"),
        Binding("left,h", "go('left')", "Kolom di kiri"),
        Binding("right,l", "go('right')", "Kolom di kanan"),
        Binding("home", "go('first')", "Kartu pertama di kolom"),
        Binding("end", "go('last')", "Kartu terakhir di kolom"),
        Binding("pageup", "page(-1)", "Satu layar ke atas"),
        Binding("pagedown", "page(1)", "Satu layar ke bawah"),
        Binding("enter", "open_card", "Kartu: semua tentang langkah ini"),
        Binding("space", "fold", "Tampilkan tiap bidang, atau gabungkan"),
        *(_key_of(face) for face in keyed() if face.key_help and face.act not in _OPENING),
        Binding("w", "at_another_time", "Waktu lain: catat langkah ini dengan waktu yang sudah lewat"),
        Binding("i", "acts", "Tindakan: semua yang dapat dilakukan, dan mengapa yang lain belum"),
        Binding("slash", "search", "Cari kartu: di semua periode tahun ini"),
        Binding("full_stop", "find(1)", "Hasil cari berikutnya"),
        Binding("comma", "find(-1)", "Hasil cari sebelumnya"),
        Binding("f", "filter", "Saring: milik saya, terlambat, lajur, bidang"),
        *(_key_of(FACE_OF[act]) for act in _OPENING),
        Binding("e", "export", "Ekspor rekap"),
        Binding("escape", "clear", "Hapus saringan; batalkan rekap yang sedang ditulis"),
        *PERIOD_KEYS,
        *(
            Binding(place.key, f"open_place({place.code!r})", f"{place.name}: {place.purpose}")
            for place in PLACES
            if place.key
        ),
        Binding("equals_sign", "open_place('data')", "Data kinerja bidang dari kartu ini"),
        Binding("n", "menu", "Menu: semua layar; ganti kantor, SOP atau tahun"),
        *ASKING,
        Binding("q", "quit", "Keluar"),
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
        self.desk, self.clock, self.glyphs = desk, clock, glyphs
        self.selection = Selection(office, board, clock)
        self.recaps = Recaps(self)
        self.acting = Acting(self, self.recaps)
        self.looking = Looking(self)
        self.going = Going(self, self.acting)
        self.forecasts: Mapping[str, Forecast] = {}
        """Period -> when it will be finished; empty until that was worked out, after the first picture."""
        self._sent_back: dict[int, Event] = {}
        """Acts that sent a step back, as far as the log was asked."""
        self._fresh = board
        """What was read last, on view or not."""
        self._acts_on_view = 0
        """How often what an act left behind came on view."""
        self._past: PastRuns = {}
        self.picture = Picture(self)

    def compose(self) -> ComposeResult:
        yield Lines(id="header")
        yield Lines(id="periods")
        yield Lines(id="filter")
        yield Lines(id="heads")
        with Columns(id="columns"):
            yield from self.picture.columns
        yield Lines(id="attention")
        yield Lines(id="info")
        yield Lines(id="keys")

    # ------------------------------------------------------------------ what is on view
    @property
    def office(self) -> Office:
        return self.selection.office

    @property
    def rows(self) -> Board:
        """The year, as last read."""
        return self.selection.rows

    @property
    def period(self) -> str:
        return self.selection.period

    @property
    def year(self) -> int:
        return self.selection.year

    @property
    def view(self) -> BoardView:
        return self.selection.view

    @property
    def selected(self) -> Key | None:
        return self.selection.key

    @property
    def card(self) -> CardView | None:
        """The selected card."""
        return self.selection.card

    @property
    def known_names(self) -> Mapping[str, str]:
        return self.rows.names

    @property
    def zone_offset(self) -> int:
        return self.rows.calendar.offset

    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        """As everywhere; the period is named first, then step and bidang of a card."""
        period, step, bidang = (*about, None, None, None)[:3]
        return DraftPlace(
            BOARD, prompt, *self.rows.address, period=period, step=int(step) if step else None, bidang=bidang or None
        )

    # ------------------------------------------------------------------ what is told below the cards
    def on_resize(self) -> None:
        self.picture.fit()

    def draw(self) -> None:
        """Show what is said, or told of the selected card."""
        self.picture.draw_foot()

    def info_lines(self, width: int, now: int) -> list[Line]:
        """The selected card or what is said, and when the period will be finished."""
        # On a low screen the board comes first.
        least = 2 if self.size.height < 30 else 3
        glance = Glance(self.view, self.rows, self.acting.onlooker, now, self.glyphs)
        ahead = looking_ahead(glance, self.forecasts.get(self.period), width, least)
        about = self._about_lines(glance, width, least, ahead)
        return [*about, *nobody_lines(self.rows, glance.onlooker, width)]

    def _about_lines(self, glance: Glance, width: int, least: int, ahead: Finish) -> list[Line]:
        if self.said:
            return [*said_lines(self.said, self.said_ink, width, least), *ahead.lines]
        card = self.card
        recap = self.recaps.written.get(self.period) if glance.board.current.phase is PeriodPhase.TUTUP else None
        if card is None:
            return [*period_lines(glance, width, least, recap), *ahead.lines]
        label = self.picture.label_of(card, glance.now)
        place = "kartu {}/{}".format(*self.picture.arrangement.number_of(card.key))
        event = self._sent_back.get(sent_back_by(glance.board, card.card) or 0)
        sent = sent_back_text(event, self.rows.names) if event is not None else ""
        return card_lines(glance, card, label, width, least, place, sent, recap, ahead)

    def attention_lines(self, now: int, most: int) -> list[Line]:
        """What needs somebody, where the cards leave so many lines free."""
        whole, tallies, width = self.selection.whole, self.picture.tallies, self.size.width
        return attention(whole, self.rows, self.forecasts, tallies, now, width, most, self.glyphs)

    def key_lines(self, width: int) -> list[Line]:
        """The keys that do something now."""
        periods = self.view.periods
        is_numbered = words.shows_numbers(periods, self.picture.tallies, width, self.glyphs)
        return foot_keys(self.acting.offered(), self.card, len(periods), is_numbered, width)

    # ------------------------------------------------------------------ time passing, others writing
    def begin(self) -> None:
        self.call_after_refresh(self._look_beside)
        self.set_timer(GREETING_SECONDS, self.greet)

    def on_screen_suspend(self) -> None:
        self.picture.pause()

    def seen_again(self) -> None:
        self.tick()

    def tick(self) -> None:
        """Repaint the labels that say something else by now, and wait for the next that will."""
        now = self.clock()
        if self.selection.is_outdated():
            self.selection.look_again()
            self._show_anew()
            return
        if self.forecasts:
            self.forecasts = load(LATER["forecasts"])(self.rows, self._past, now)
        self.picture.tick(now)

    async def read(self) -> None:
        """A fresh snapshot, and another where an act came on view meanwhile: the reading may be of before it."""
        known = None
        while known != self._acts_on_view:
            known = self._acts_on_view
            self._fresh = await self.desk.board(self.year)
            self.selection.office = await self.desk.office() or self.office

    def show(self) -> None:
        board = self._fresh
        # One that was asked for before another office or year came on view is not wanted any more.
        if board == self.rows or board.address != self.rows.address or self.period not in board.state.periods:
            return
        self.selection.take(board)
        self._show_anew()

    def put_act_on_view(self, board: Board) -> None:
        """Put what an act left behind on view: no reading that began before may take its place."""
        self._acts_on_view += 1
        self._fresh = board
        self.show()

    def on_done(self) -> None:
        """What an act gave back is on view already."""

    def _show_anew(self, top: int | None = None) -> None:
        """Another view was taken: show it from that line on (None: from where it was), and look up what it lacks."""
        self.picture.lay_out(top)
        self._look_beside()
        self.going.see_what_was_done()

    def _look_beside(self) -> None:
        self.look_ahead()
        self.look_up_comments()

    @work(group="forecast", exclusive=True)
    async def look_ahead(self) -> None:
        """Work out when the periods will be finished, and show it."""
        with self.untold():
            self._past = await self.desk.past_runs()
            self.forecasts = load(LATER["forecasts"])(self.rows, self._past, self.clock())
            self.picture.draw_foot()

    @work(group="comments", exclusive=True)
    async def look_up_comments(self) -> None:
        """Ask the log who sent open steps back, and with which comment."""
        view = self.view
        wanted = sent_back(view)
        if wanted <= self._sent_back.keys():
            return
        with self.untold():
            self._sent_back |= await self.desk.told(view.period, wanted)
            if self.is_attached:
                self.picture.lay_out()

    @work(group="drafts")
    async def greet(self) -> None:
        """After a start: say what was left unsent, else that the year on view is not the one of today."""
        with self.untold():
            said: str = load(LATER["unsent"])(await self.desk.draft_places(), self.rows.address)
            today = self.rows.calendar.date_of(self.clock()).year
            if not said and today > self.year:
                said = load(LATER["newer year"])(await self.desk.choices(), self.rows.address, self.year, today)
            if said and not self.said:
                self.announce(said)

    # ------------------------------------------------------------------ moving about
    def select(self, key: Key | None) -> None:
        """Move the selection, scrolling as little as needed."""
        before, column = self.selected, self.picture.shown_column
        is_moved = self.selection.select(key)
        # Only now: the keys at the foot are those of what is selected.
        self.hush()
        if is_moved:
            self.picture.follow(before, column)

    def action_go(self, direction: str) -> None:
        self.select(self.picture.arrangement.neighbour(self.selected, Direction(direction)))

    def action_page(self, step: int) -> None:
        self.select(self.picture.arrangement.paged(self.selected, step * max(1, self.picture.visible_lines - 2)))

    def on_board_column_clicked(self, event: BoardColumn.Clicked) -> None:
        """The first click selects, as on every list, and one on what is selected is Enter."""
        if event.key == self.selected:
            self.press("enter")
        else:
            self.select(event.key)

    def on_board_column_wheeled(self, event: BoardColumn.Wheeled) -> None:
        self.picture.scroll(event.lines)

    def action_period(self, number: int) -> None:
        if number <= len(self.view.periods):
            self.show_period(self.view.periods[number - 1].key)

    def action_next_period(self, step: int) -> None:
        keys = [item.key for item in self.view.periods]
        self.show_period(keys[(keys.index(self.period) + step) % len(keys)])

    def show_period(self, key: str) -> None:
        """Put another period on view."""
        self.hush()
        if self.selection.turn_to(key):
            self.picture.lay_out(top=0)

    def show_year(self, board: Board, period: str | None = None) -> None:
        """Put another year, SOP or office on view; as `Selection.take_year`."""
        if board.address != self.rows.address:
            self.recaps.written.clear()
        self._sent_back.clear()
        self.forecasts = {}
        self.selection.take_year(board, period)
        self.hush()
        self._show_anew(top=0)

    def action_fold(self) -> None:
        self.hush()
        if self.selection.fold():
            self._show_anew()
        else:
            self.announce("Langkah ini tidak dikerjakan per bidang.")

    def show_card(self, step: int, bidang: str | None = None) -> None:
        """Select a card of the period on view; its step is unfolded where one bidang is meant."""
        before = self.view
        key = self.selection.key_of(step, bidang)
        if self.view is before:
            self.select(key)
        else:
            self.selection.select(key)
            self._show_anew()

    # ------------------------------------------------------------------ what is said
    def hush(self) -> None:
        """Take the sentence away."""
        if self.said:
            self.said = ""
            self.draw()

    @contextmanager
    def untold(self) -> Iterator[None]:
        """Leave undone what cannot be read, and say nothing: the board's own reading tells of such a database."""
        try:
            yield
        except Exception as error:
            if self.told(error) is None:
                raise

    def told(self, error: BaseException) -> Notice | None:
        found: Notice | None = load(LATER["notice"])(error, self.zone_offset, self.known_names)
        return found

    def help_signs(self) -> Signs:
        signs: Signs = load(LATER["card signs"])(self.glyphs)
        return signs

    async def hindrances(self) -> Mapping[str, str]:
        return await hindrances(self, self.acting)

    # ------------------------------------------------------------------ what the keys of its parts do
    async def action_act(self, code: str) -> None:
        await self.acting.by_key(code)

    async def action_at_another_time(self) -> None:
        await self.going.at_another_time()

    @work(group="menu", exclusive=True)
    async def action_acts(self) -> None:
        self.hush()
        await choose_act(self, self.acting, self.going)

    def action_export(self) -> None:
        self.hush()
        self.recaps.want(self.period)

    async def action_filter(self) -> None:
        self.hush()
        await self.looking.choose_filter()

    def show_only(self, wanted: Filter) -> None:
        """Show the cards that match; the others are counted in the header."""
        self.selection.narrow_to(wanted)
        self._show_anew(top=0)
        if not self.view.cards and wanted.is_on:
            self.announce("Tidak ada kartu yang cocok dengan saringan ini. Tekan Esc untuk menampilkan semua kartu.")

    def action_clear(self) -> None:
        """Esc: what is under way first, then the filter."""
        self.hush()
        if not self.recaps.leave() and self.selection.filter.is_on:
            self.show_only(NO_FILTER)

    async def action_search(self) -> None:
        self.hush()
        await self.looking.search()

    async def action_find(self, step: int) -> None:
        self.hush()
        await self.looking.find(step)

    def action_open_place(self, code: str) -> None:
        self.going.open_place(code)

    def action_open_card(self) -> None:
        self.going.open_card()

    async def action_menu(self) -> None:
        self.hush()
        menu = load(SCREENS["menu"])("Menu", places_menu(), self.glyphs)
        await self.app.push_screen(menu, self._menu_chosen)

    def _menu_chosen(self, code: str | None) -> None:
        match code:
            case None:
                return
            case "pindah":
                self.action_switch()
            case "bantuan":
                self.action_help()
            case "keluar":
                self.action_quit()
            case _:
                self.going.open_place(code)

    @work(group="go", exclusive=True)
    async def action_switch(self) -> None:
        await self.going.switch()

    def action_help(self) -> None:
        self.hush()
        super().action_help()

    def action_quit(self) -> None:
        self.app.exit()
