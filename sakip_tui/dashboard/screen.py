"""The dashboard of whoever answers for the year: one glance at where it stands and whose turn it is.

What it shows is worked out by `sop.look.dashboard` and laid out by `page.py`; this is the only one that
talks to the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from db.file.systems import command_line
from sakip_tui.board.words import header, seated
from sakip_tui.dashboard import lines
from sakip_tui.dashboard.page import Item, Key, Page, Panel, sections
from sakip_tui.glyphs import MARK_WORDS
from sakip_tui.places import CardAt, Here
from sakip_tui.text import cut
from sakip_tui.views.brief import brief_of
from sakip_tui.views.dashboard_words import Pen, ahead_words
from sakip_tui.widgets.clickable import ClickableLines, stacked
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.hints import key_line
from sakip_tui.widgets.ink import Line, spread
from sakip_tui.widgets.keys import beside, leaving, paging, pressed, stepping, turning
from sakip_tui.widgets.reading import ReadingScreen
from sakip_tui.widgets.year import YearScreen
from sop.loading import load
from sop.look.dashboard import Dashboard, PeriodStand, dashboard
from sop.look.outlook import forecasts_of
from sop.look.standing import Urgency
from sop.words.forecast import how_words
from sop.words.periods import period_short

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address
    from sop.look.forecast import Forecast
    from sop.look.outlook import PastRuns

LATER: Mapping[str, str] = {
    "origin": "sakip_tui.recaps:origin_of",
}
"""What only the copied text asks for."""
BAR_MEANS = "pada langkah paling lama: waktu kerja dan waktu antre"
COPIED = (
    "Teks ini sudah dikirim ke papan klip terminal. Tidak semua terminal menerimanya; bila tempelan kosong, "
    "tahan Shift sambil menyorot teksnya di sini, atau jalankan di baris perintah: {command}"
)


class DashboardScreen(YearScreen):
    """One year at a glance."""

    PLAIN_INK = "strong"
    NAME = "Dasbor"
    DEFAULT_CSS = """
    DashboardScreen #dashboard { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *stepping("Baris di atas", "Baris di bawah"),
        *beside("Kolom di kiri, atau bagian sebelumnya", "Kolom di kanan, atau bagian berikutnya", "beside"),
        *turning("Bagian berikutnya", "Bagian sebelumnya", "section"),
        *paging("Baris pertama", "Baris terakhir", ends=("-1", "1")),
    ]
    LEAVING = leaving("escape,q,v")

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.on_view = here.card.period
        self.selected: Key | None = None
        self.opened: set[str] = set()
        """Sections shown whole."""
        self.top = 0
        self.forecasts: Mapping[str, Forecast] = {}
        self._past: PastRuns | None = None
        self.board: Dashboard
        self.page: Page
        self._parts: dict[str, Panel] = {}
        self._look()

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield from stacked(["dashboard-header", "dashboard-headline"], "dashboard", ["dashboard-keys"])

    def begin(self) -> None:
        self.call_after_refresh(self.look_ahead)

    @property
    def _pen(self) -> Pen:
        return Pen(self.board.now, self.rows.calendar, self.glyphs)

    def _look(self) -> None:
        """Work everything out anew, for this moment."""
        self.board = dashboard(self.rows, self.moment_of_looking()).by_name(self.rows.names)
        self._parts = sections(self.board, self.forecasts, self.on_view, self._pen)

    def lay_out(self) -> None:
        """Lay the sections out for the size there is, and draw them."""
        width, height = self.size
        if not width:
            return
        before = self.page.place(self.selected) if self.selected is not None else None
        self.page = Page(self._parts, width, max(1, height - 3), self._pen, self.opened)
        if not self.page.holds(self.selected):
            self.selected = self._nearest(before)
        self.draw()

    def _nearest(self, before: tuple[int, int] | None) -> Key | None:
        """What stands where the line that is gone stood; at first the first thing that presses."""
        if before is None:
            pressing = self._parts["perhatian"].items
            key = pressing[0].key if pressing else None
            return key if self.page.holds(key) else self.page.first
        column = self.page.columns[min(before[0], len(self.page.columns) - 1)]
        ways = [(abs(y - before[1]), y) for y, row in enumerate(column.rows) if row.key is not None]
        return column.rows[min(ways)[1]].key if ways else self.page.first

    def draw(self) -> None:
        if not hasattr(self, "page"):
            # The screen comes into view before it has a size to be laid out for.
            return
        width = self.size.width
        self.top = self.page.scrolled_to(self.selected, self.top)
        rows, now = self.rows, self.board.now
        person = seated(rows.names, self.desk.person)
        title = header(f"Dasbor {rows.office_name} {self.board.year}", person, now, rows.calendar, width)
        self.lines("#dashboard-header").show([title])
        self.lines("#dashboard-headline").show([self._headline(width)])
        shown = range(self.top, min(self.top + self.page.height, self.page.length))
        self.lines("#dashboard").show([self.page.line(y, self.selected) for y in shown])
        self.lines("#dashboard-keys").show([self._key_line(width)])

    def _headline(self, width: int) -> Line:
        below = self.page.length - self.top - self.page.height
        more = f"{self.glyphs.more_below} {below} baris lagi " if below > 0 else ""
        if self.said:
            return spread([(cut(f" {self.said}", width - len(more) - 1), self.said_ink)], [(more, "muted")], width)
        rests_on = self._rests_on
        if rests_on:
            return ((cut(f" {rests_on}", width - 1), "muted"),)
        counts = {urgency: self.board.tally(urgency) for urgency in Urgency}
        missing = sum(region.handed.missing for region in self.board.regions)
        return spread(lines.headline(counts, missing, self._pen, width - len(more) - 1), [(more, "muted")], width)

    @property
    def _rests_on(self) -> str:
        """What the forecast in the selected line of a period rests on; empty on every other line."""
        one = None if self._item is None else self._item.value
        if not isinstance(one, PeriodStand):
            return ""
        found = self.forecasts.get(one.key)
        if found is None or not found.legs or not ahead_words(one, found, self._pen):
            return ""
        return f"Perkiraan {period_short(found.period)}: {how_words(found)}."

    def _key_line(self, width: int) -> Line:
        keys = [("Enter", "Kartu"), ("spasi", "Bentang"), ("c", "Salin")]
        if (item := self._item) is not None and item.bidang is not None:
            keys.append(("b", "Pengingat"))
        keys += [("Esc", "Papan"), ("?", "Bantuan"), ("Tab", "Bagian")]
        return key_line(keys, width)

    # ------------------------------------------------------------------ moving about
    @property
    def _item(self) -> Item | None:
        row = self.page.row(self.selected) if hasattr(self, "page") else None
        return None if row is None else row.item

    def select(self, key: Key | None) -> None:
        """Put a line on view."""
        self.said = ""
        self.selected = key
        self.draw()

    def action_move(self, step: int) -> None:
        self.select(self.page.moved(self.selected, step))

    def action_page(self, step: int) -> None:
        self.select(self.page.moved(self.selected, step * max(2, self.page.height - 1)))

    def action_edge(self, step: int) -> None:
        self.select(self.page.moved(self.selected, step * 1_000_000))

    def action_beside(self, step: int) -> None:
        self.select(self.page.beside(self.selected, step))

    def action_section(self, step: int) -> None:
        self.select(self.page.next_section(self.selected, step))

    @pressed("space", "Tampilkan seluruh bagian, atau ringkaskan")
    def action_unfold(self) -> None:
        row = self.page.row(self.selected)
        if row is None or row.section is None:
            return
        section, first = row.section, row.section.items[0].key
        shown = self.page.shown_of(section.code)
        if section.code in self.opened:
            self.opened.remove(section.code)
            self.selected = first
        elif shown < len(section.items):
            self.opened.add(section.code)
            # Where the line that stood for the rest was, its first now stands.
            self.selected = section.items[shown].key if row.rest else self.selected
        else:
            self.announce("Bagian ini sudah tampil seluruhnya.")
            return
        self.said = ""
        self.lay_out()

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        key = self.page.at(event.x, event.y + self.top)
        if key is not None and key == self.selected:
            self.action_go()
        elif key is not None:
            self.select(key)

    # ------------------------------------------------------------------ reading anew
    def on_new_minute(self) -> None:
        self._look()
        self.lay_out()
        if self._minute % 5 == 0:
            self.look_ahead()

    async def read(self) -> None:
        self.rows = await self.desk.board(self.board.year)
        self._past = None

    def show(self) -> None:
        """Show the year anew; the selected line stays where it is still there."""
        self._look()
        self.lay_out()
        self.look_ahead()

    @work(group="ahead", exclusive=True)
    async def look_ahead(self) -> None:
        """Work the forecasts out, after everything else is on view."""
        rows = self.rows
        if self._past is None:
            self._past = await self.or_say(self.desk.past_runs())
        if self._past is None:
            return
        self.forecasts = forecasts_of(rows, self._past, self.clock())
        self._parts = sections(self.board, self.forecasts, self.on_view, self._pen)
        if self.is_attached:
            self.lay_out()

    # ------------------------------------------------------------------ where to go from here
    @pressed("enter", "Ke kartunya di papan")
    def action_go(self) -> None:
        row = self.page.row(self.selected)
        if row is None:
            return
        if row.item is None:
            self.action_unfold()
            return
        spot = row.item.spot
        if spot is not None:
            self.leave_for(CardAt(spot.period, spot.step or None, spot.bidang))

    @pressed("c", "Salin ringkasan untuk ditempel di percakapan")
    def action_copy(self) -> None:
        self._copy(None)

    @pressed("b", "Pengingat untuk bidang pada baris ini, atau tanda terimanya")
    def action_remind(self) -> None:
        item = self._item
        if item is None or item.bidang is None:
            self.announce("Pilih dulu baris sebuah bidang, lalu tekan b.")
            return
        self._copy(item.bidang)

    @work(group="copy")
    async def _copy(self, bidang: str | None) -> None:
        """Hand the text of `sakip ringkas` to the terminal's clipboard, and show it: many terminals take nothing."""
        now = self.clock()
        found = await self.or_say(
            self.desk.ask(
                lambda database, at: (brief_of(database, at, now, bidang), self._command(database, at, bidang))
            )
        )
        if found is None:
            return
        text, command = found
        self.app.copy_to_clipboard("\n".join(text))
        title = "Ringkasan" if bidang is None else f"Untuk {bidang}"
        paragraphs = [(line, "text") for line in text]
        self.app.push_screen(ReadingScreen(title, paragraphs, COPIED.format(command=command)))

    def _command(self, database: Database, address: Address, bidang: str | None) -> str:
        """The line that prints the same text, meaning the same database, office and SOP."""
        origin = load(LATER["origin"])(database, address, None if self.desk.is_guest else database.path)
        named = [] if bidang is None else ["--bidang", bidang]
        return command_line(["sakip", "ringkas", *named, *origin.words()])

    def help_signs(self) -> Signs:
        marks = self.glyphs.marks
        signs = [(marks[mark], MARK_WORDS[mark]) for mark in ("late", "risk", "idle")]
        return [*signs, (f"{self.glyphs.full} {self.glyphs.empty}", BAR_MEANS)]
