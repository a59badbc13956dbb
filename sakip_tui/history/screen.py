"""The log: what was done, by whom, when and why. Newest first, read a window at a time, narrowed by filters.

What of it is at hand and how it reads is `pile.py`; this is the only one that talks to the desk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db import log_queries, people, queries
from db.bidang import unit_named
from db.log_queries import LogFilter, LogWindow
from sakip_tui.draft_places import DraftPlace
from sakip_tui.glyphs import MARK_WORDS
from sakip_tui.history.kinds import KINDS
from sakip_tui.history.pile import (
    Pile,
    about_lines,
    entry_paragraphs,
    event_line,
    filter_line,
    filter_typed,
    narrowed,
    title_line,
)
from sakip_tui.places import CardAt, Here
from sakip_tui.prompts.drafts import Drafts
from sakip_tui.prompts.form import Choice, Form, FormField
from sakip_tui.widgets.clickable import ClickableLines, stacked
from sakip_tui.widgets.copying import ROW_KEY, copied
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.hints import key_line
from sakip_tui.widgets.keys import ASKING, paging, pressed, stepping
from sakip_tui.widgets.reading import ReadingScreen
from sakip_tui.widgets.year import YearScreen
from sop.model.periods import split
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.events import Teller
from sop.words.time import date_plain

if TYPE_CHECKING:
    from db.rows import LoggedEvent
    from sakip_tui.prompts.form import Form, Response

_PAGE = 100
"""Events asked for at once."""
_NAMED = 3
"""People named as an example of whom to look for."""
_ALL = "semua"


class HistoryScreen(YearScreen):
    """The log of an office."""

    PLAIN_INK = "strong"
    READS_FIRST = True
    LINES_A_NOTCH = 3
    NAME = "Riwayat"
    DEFAULT_CSS = """
    HistoryScreen #history { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *stepping("Yang lebih baru", "Yang lebih lama"),
        *paging("Yang terbaru", "Yang paling lama", ends=("'newest'", "'oldest'"), space=True),
    ]
    LEAVING = (
        ROW_KEY,
        *ASKING,
        Binding("escape", "back", "Hapus saringan, lalu kembali ke papan"),
        Binding("q,y", "leave", "Kembali ke papan"),
    )

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.wanted = LogFilter()
        self.pile = Pile()
        self.selected = 0
        """Index into the pile."""
        self.top = 0
        self.newest = 0
        """The log's newest sequence number, as far as it was looked at."""
        self.names: Mapping[str, str] | None = None
        """Code -> name of the people of this office; None until they were asked for."""
        self._names_in_file: Mapping[str, str] = {}
        """The same of whoever a code means in every office of the file."""
        self.searching = ""
        self._going = False
        """Whether a window is being read; a second question would find the same."""
        self._drafts = Drafts(self.desk, self.notice)

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield from stacked(["history-title", "history-filter"], "history", ["history-about", "history-keys"])

    def begin(self) -> None:
        self.begin_at_newest()

    @property
    def teller(self) -> Teller:
        return Teller(self.rows.calendar.offset, self.clock(), self.names or {}, self._names_in_file)

    @property
    def current(self) -> LoggedEvent | None:
        """The selected event."""
        return self.pile.events[self.selected] if self.selected < len(self.pile.events) else None

    @property
    def _sequence(self) -> int | None:
        """Its number, by which it stays selected."""
        return self.current.event.sequence if self.current is not None else None

    @property
    def _about_height(self) -> int:
        return 4 if self.size.height < 30 else 6

    @property
    def lines_in_view(self) -> int:
        """Events in view."""
        return max(1, self.size.height - 3 - self._about_height)

    def draw(self) -> None:
        """Show the window for the size there is; only lines that differ are sent."""
        width = self.size.width
        if not width:
            return
        held = self.pile.events
        self.selected = max(0, min(self.selected, len(held) - 1))
        self.top = max(0, min(self.top, self.selected, max(0, len(held) - self.lines_in_view)))
        self.top = max(self.top, self.selected - self.lines_in_view + 1)
        teller = self.teller
        about = self.lines("#history-about")
        about.stand(self._about_height)
        title = title_line(self.rows.office_name, self.pile, self.selected, self.newest, width)
        self.lines("#history-title").show([title])
        searching = f" {self.searching}" if self.searching else ""
        line = filter_line(self.wanted, teller, width, searching)
        self.lines("#history-filter").show([((" " + self.said, self.said_ink),) if self.said else line])
        shown = [
            event_line(held[index], teller, self.glyphs, width, index == self.selected)
            for index in range(self.top, min(self.top + self.lines_in_view, len(held)))
        ]
        if not held and self._is_read and not self._going:
            shown = [((" Tidak ada catatan yang cocok dengan saringan ini. Esc menghapus saringan.", "muted"),)]
        self.lines("#history").show(shown)
        about.show(about_lines(self.current, teller, width, self._about_height))
        back = "Papan" if self.wanted.is_empty else "Semua"
        keys = [("Enter", "Kartu"), ("d", "Rincian"), ("f", "Saring"), ("Esc", back), ("?", "Bantuan")]
        self.lines("#history-keys").show([key_line(keys, width)])

    # ------------------------------------------------------------------ reading
    @work(group="log", exclusive=True)
    async def begin_at_newest(self, sequence: int | None = None) -> None:
        """Read from the newest end; the event of that number stays selected, if it is near there."""
        await self._guarded(lambda: self._begin(sequence))

    async def _begin(self, sequence: int | None) -> None:
        if self.names is None:
            self.names, self._names_in_file = await self.desk.ask(
                lambda database, address: (people.names(database, address.office), people.names_in_file(database))
            )
        wanted = self.wanted
        window, self.newest = await self.desk.ask(
            lambda database, address: (
                log_queries.older(database, address, wanted, None, _PAGE),
                queries.head(database).sequence,
            )
        )
        self.pile.begin(window, self.newest)
        self.selected = self.pile.index_of(sequence)
        self.has_read()
        await self._search_older()

    async def _search_older(self) -> None:
        """Go on until a screen and a page of it are at hand below what is selected, or the log ends."""
        pile = self.pile
        while not pile.is_at_oldest and len(pile.events) - self.selected < self.lines_in_view * 2 + 1:
            window = await self._older(pile.oldest)
            kept = self._sequence
            pile.add_older(window)
            self._stay(kept)
            self.searching = "" if window.is_end else f"Mencari, sampai no. {pile.oldest}"
            self.draw()
        self.searching = ""

    async def _search_newer(self) -> None:
        pile = self.pile
        while not pile.is_at_newest and self.selected < self.lines_in_view * 2 + 1:
            window = await self._newer(pile.newest)
            kept = self._sequence
            pile.add_newer(window)
            self._stay(kept)
            self.newest = max(self.newest, pile.newest)

    async def _older(self, before: int) -> LogWindow:
        wanted = self.wanted
        return await self.desk.ask(
            lambda database, address: log_queries.older(database, address, wanted, before, _PAGE)
        )

    async def _newer(self, after: int) -> LogWindow:
        wanted = self.wanted
        return await self.desk.ask(lambda database, address: log_queries.newer(database, address, wanted, after, _PAGE))

    def _stay(self, sequence: int | None) -> None:
        """Keep the selected event where it is on the screen, though others came before it."""
        if sequence is None:
            return
        index = self.pile.index_of(sequence)
        self.top += index - self.selected
        self.selected = index

    async def _guarded(self, reading: Callable[[], Awaitable[None]]) -> None:
        """Read, and say what stands in the way. An error that nobody expected ends the program loudly."""
        self._going = True
        try:
            await reading()
        except Exception as error:
            self.announce_error(error)
        finally:
            self._going = False
            self.has_read()
        if self.is_attached:
            self.draw()

    @work(group="log", exclusive=True)
    async def go_on(self) -> None:
        """Read on at whichever end is near."""

        async def both() -> None:
            await self._search_newer()
            await self._search_older()

        await self._guarded(both)

    def _reach(self) -> None:
        """Ask for more where the selected event is near an end of what is at hand."""
        pile, margin = self.pile, self.lines_in_view * 2 + 1
        near_old = not pile.is_at_oldest and len(pile.events) - self.selected < margin
        near_new = not pile.is_at_newest and self.selected < margin
        if (near_old or near_new) and not self._going:
            self.go_on()

    @property
    def may_ask(self) -> bool:
        return super().may_ask and not self._going

    def on_news(self) -> None:
        self.catch_up()

    @work(group="log", exclusive=True)
    async def catch_up(self) -> None:
        """Add what was recorded since. Who looks at the newest goes on looking at the newest."""

        async def added() -> None:
            if not self.pile.is_at_newest:
                return
            follows = self.selected == 0
            kept = self._sequence
            self.pile.is_at_newest = False
            while not self.pile.is_at_newest:
                self.pile.add_newer(await self._newer(self.pile.newest))
            self.newest = max(self.newest, self.pile.newest)
            if not follows:
                self._stay(kept)

        await self._guarded(added)

    def read_anew(self) -> None:
        self.begin_at_newest(self._sequence)

    # ------------------------------------------------------------------ moving about
    def select(self, index: int) -> None:
        """Put an event on view."""
        self.said = ""
        self.selected = max(0, min(index, len(self.pile.events) - 1))
        self.draw()
        self._reach()

    def action_move(self, step: int) -> None:
        self.select(self.selected + step)

    def action_page(self, step: int) -> None:
        self.top += step * self.lines_in_view
        self.select(self.selected + step * self.lines_in_view)

    def action_edge(self, which: str) -> None:
        self.said = ""
        if which == "newest":
            if self.pile.is_at_newest:
                self.select(0)
            else:
                self.begin_at_newest()
        elif self.pile.is_at_oldest:
            self.select(len(self.pile.events) - 1)
        else:
            self.begin_at_oldest()

    @work(group="log", exclusive=True)
    async def begin_at_oldest(self) -> None:
        """Read from the oldest end."""

        async def read() -> None:
            pile = Pile()
            pile.begin_at_oldest(await self._newer(0))
            while not pile.is_at_newest and len(pile.events) < self.lines_in_view:
                pile.add_newer(await self._newer(pile.newest))
            self.pile = pile
            self.selected = max(0, len(pile.events) - 1)
            self.top = self.selected

        await self._guarded(read)

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        index = self.top + event.y
        if index < len(self.pile.events):
            if index == self.selected:
                self.action_go()
            else:
                self.select(index)

    # ------------------------------------------------------------------ filters
    def filter(self, wanted: LogFilter) -> None:
        """Show only these; the selected event stays selected where it is among them."""
        self.said = ""
        kept = self._sequence
        self.wanted = wanted
        self.top = 0
        self.begin_at_newest(kept)

    @pressed("p", "Hanya periode pada baris ini, atau semua lagi", "'period'")
    @pressed("l", "Hanya langkah pada baris ini, atau semua lagi", "'step'")
    @pressed("o", "Hanya orang pada baris ini, atau semua lagi", "'by'")
    @pressed("t", "Hanya jenis tindakan pada baris ini, atau semua lagi", "'acts'")
    def action_narrow(self, part: str) -> None:
        current = self.current
        if current is None:
            return
        if part in ("period", "step") and getattr(current.event, part) is None:
            self.announce("Catatan ini tentang kantor, bukan tentang sebuah langkah.")
            return
        self.filter(narrowed(self.wanted, part, current.event))

    @pressed("f", "Saring: periode, langkah, orang, tindakan, tanggal")
    async def action_ask_filter(self, problem: str = "") -> None:
        """Ask for a filter; what is faulty is asked again with the reason."""

        def answered(answer: Response | None) -> None:
            if answer is not None:
                self.run_worker(self._take(answer), group="filter")

        self.said = ""
        await self.app.push_screen(await self._drafts.prompt(self._filter_place, self._form(), problem), answered)

    async def _take(self, answer: Response) -> None:
        year = split(next(iter(self.rows.state.periods)))[0]
        try:
            wanted = filter_typed(answer.values, answer.choice, year, self.teller, self._people)
            if (name := wanted.bidang) is not None:
                known = await self.desk.ask(lambda database, address: unit_named(database, address.office, name))
                wanted = wanted._replace(bidang=known[-1])
        except Exception as error:
            problem = self.notice(error, self._form().labels)
            if problem is None:
                raise
            await self.action_ask_filter(problem)
            return
        self._drafts.forget(self._filter_place)
        self.filter(wanted)

    @property
    def _filter_place(self) -> DraftPlace:
        return DraftPlace("riwayat", "saring", self.rows.address.office)

    @property
    def _people(self) -> dict[str, str]:
        """Code -> name of whom a filter may mean: the registered, and who is met here."""
        return {one.event.by: one.event.by for one in self.pile.events} | dict(self.names or {})

    def _form(self) -> Form:
        wanted, offset = self.wanted, self.rows.calendar.offset
        chosen = next(
            (code for code, (_, acts) in KINDS.items() if wanted.acts and set(acts) == set(wanted.acts)), _ALL
        )
        choices = [Choice(_ALL, "Semua tindakan")]
        choices += [Choice(code, name) for code, (name, _) in KINDS.items()]
        known = ", ".join(list(dict.fromkeys(clean(name) for name in self._people.values()))[:_NAMED])

        def day(t: int | None, back: int = 0) -> str:
            return "" if t is None else civil(t - back, offset).date().isoformat()

        fields = (
            FormField("period", "Periode", "kosong = semua; misalnya TW3, 2026-S1, TH", wanted.period or ""),
            FormField("step", "Langkah", "misalnya 4", "" if wanted.step is None else str(wanted.step)),
            FormField("by", "Orang", f"misalnya {known}" if known else "nama atau kodenya", wanted.by or ""),
            FormField("since", "Sejak tanggal", "misalnya 1/4/2026, kemarin", day(wanted.since)),
            FormField("until", "Sampai tanggal", "misalnya 30/4/2026, hari ini", day(wanted.until, 1)),
            FormField("bidang", "Bidang", "kosong = semua bidang", wanted.bidang or ""),
        )
        return Form("Saring riwayat", (), tuple(choices), None, fields, "Saring", "Batal", chosen)

    # ------------------------------------------------------------------ where to go from here
    @pressed("enter", "Ke kartunya di papan")
    def action_go(self) -> None:
        current = self.current
        if current is None:
            return
        event = current.event
        if event.period is None:
            self.action_entry()
        elif event.period in self.rows.state.periods:
            self.leave_for(CardAt(event.period, event.step, event.bidang))
        else:
            year = split(event.period)[0]
            self.announce(
                f"Berkas itu dari tahun {year}; papan sedang menampilkan tahun lain. d menampilkan rinciannya."
            )

    def action_copy_row(self) -> None:
        current = self.current
        if current is None:
            self.announce("Tidak ada baris untuk disalin.")
            return
        moment = self.teller.moment(current.event.at)
        self.announce(
            copied(
                self.app,
                f"No. {current.event.sequence}, {moment}: {self.teller.of(current.office).sentence(current.event)}",
            )
        )

    @pressed("d", "Rincian: seluruh isi catatan dan sidiknya")
    def action_entry(self) -> None:
        current = self.current
        if current is None:
            return

        when = date_plain(civil(current.event.at, self.rows.calendar.offset).date())
        title = f"Catatan no. {current.event.sequence}, {when}"
        self.app.push_screen(ReadingScreen(title, entry_paragraphs(current, self.teller)))

    def action_back(self) -> None:
        if self.wanted.is_empty:
            self.action_leave()
        else:
            self.filter(LogFilter())

    def help_signs(self) -> Signs:
        return [(self.glyphs.marks[mark], MARK_WORDS[mark]) for mark in ("late_entry", "doubted")]
