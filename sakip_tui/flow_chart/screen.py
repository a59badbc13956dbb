"""The Alur: the SOP as its paper form, with where each case stands on it.

What it shows is worked out by `views/flow_chart.py` and drawn by `drawing.py`. The only one that talks to the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from sakip_tui.flow_chart.canvas import LINES, PLAIN
from sakip_tui.flow_chart.drawing import LARGE, SMALL, Plot
from sakip_tui.flow_chart.signs import signs
from sakip_tui.glyphs import UNICODE
from sakip_tui.places import CardAt, Here
from sakip_tui.text import cut, wrapped
from sakip_tui.views.flow_chart import ChartView, StepView, chart_view, facts, heading
from sakip_tui.widgets.clickable import ClickableLines, stacked
from sakip_tui.widgets.copying import ROW_KEY, copied
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.hints import key_line
from sakip_tui.widgets.ink import Line, Span, spread, width_of
from sakip_tui.widgets.keys import PERIOD_KEYS, beside, leaving, paging, pressed, stepping
from sakip_tui.widgets.reading import ReadingScreen
from sakip_tui.widgets.spans import SAYS
from sakip_tui.widgets.year import YearScreen
from sop.model.periods import NAMES, key_of, split
from sop.words.periods import period_label, period_short
from sop.words.time import clock, date_short

if TYPE_CHECKING:
    from collections.abc import Sequence

_TALL = 30
"""Lines of a screen from which on the heads have a line for their groups."""
_NOTHING = "Tidak ada langkah pada periode ini. Tab atau angka 1-7 menampilkan periode lain."


class FlowScreen(YearScreen):
    """The drawing of one SOP, live."""

    NAME = "Alur"
    DEFAULT_CSS = """
    FlowScreen #flow { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *stepping("Langkah sebelumnya", "Langkah berikutnya"),
        *beside("Geser ke kolom di kiri", "Geser ke kolom di kanan: kelengkapan, waktu, output", "aside"),
        *paging("Langkah pertama", "Langkah terakhir"),
    ]
    LEAVING = (*PERIOD_KEYS, ROW_KEY, *leaving("escape,q,z"))

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.period = here.card.period
        self.year = split(self.period)[0]
        self.pencil = LINES if self.glyphs == UNICODE else PLAIN
        self.is_large: bool | None = None
        """What the person chose; None for what there is room for."""
        self.top, self.first = 0, 0
        """First line and first column in view."""
        self.view: ChartView
        self.drawing: Plot
        self._look()
        self.selected: int | None = self.view.row_of(here.card.step, self.period)

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield from stacked(["flow-title", "flow-heads"], "flow", ["flow-about", "flow-keys"])

    def _look(self) -> None:
        """Work everything out anew, for this moment."""
        self.view = chart_view(self.rows, self.period, self.moment_of_looking())

    def lay_out(self) -> None:
        """Draw for the size there is: as roomy as shows the whole, else as small as can be."""
        width, height = self.size
        if not width:
            return
        self._heads_room = 4 + (height >= _TALL)
        self._about_room = 4 if height < _TALL else 7 if height < 44 else 9
        self.room = max(1, height - 2 - self._heads_room - self._about_room)
        sizes = (LARGE, *SMALL) if self.is_large is None else (LARGE,) if self.is_large else SMALL
        for size in sizes:
            self.drawing = Plot(self.view, width, self.glyphs, self.pencil, size)
            if self.drawing.height <= self.room:
                break
        if self.selected not in self.view.stops:
            self.selected = self.view.row_of(None, self.period)
        self.first = min(self.first, self.drawing.columns.last_stop)
        for query, count in (("#flow-heads", self._heads_room), ("#flow-about", self._about_room)):
            self.lines(query).styles.height = count
        self.draw()

    def draw(self) -> None:
        if not hasattr(self, "drawing"):
            # The screen comes into view before it has a size to be drawn for.
            return
        width, drawing = self.size.width, self.drawing
        self.top = drawing.scrolled_to(self.selected, self.top, self.room)
        self.lines("#flow-title").show([self._title(width)])
        self.lines("#flow-heads").show(self._heads(width))
        lines = drawing.lines(self.top, self.room, self.first, self.selected)
        self.lines("#flow").show(lines if self.view.stops else [((f" {_NOTHING}", "text"),)])
        self.lines("#flow-about").show(self._about(width))
        keys = [("Enter", "Kartu"), ("i", "Penjelasan"), ("Esc", "Papan"), ("?", "Bantuan")]
        keys += [("Tab", "Periode"), ("spasi", "Ukuran"), ("panah", "Geser")]
        self.lines("#flow-keys").show([key_line(keys, width)])

    def _title(self, width: int) -> Line:
        """The periods that the drawing goes through, the one asked for standing out; the SOP where there is room."""
        now, calendar = self.clock(), self.rows.calendar
        when: list[Span] = [(f" {date_short(calendar.date_of(now))} {clock(now, calendar.offset)} ", "text")]
        spans = self._trail(in_full=True)
        if width_of([*spans, *when]) >= width:
            spans = self._trail(in_full=False)
        room = width - width_of([*spans, *when]) - 3
        if room >= 20:
            spans.append((f"  {cut(self.view.name, room, self.glyphs.ellipsis)}", "muted"))
        return spread(spans, when, width)

    def _trail(self, *, in_full: bool) -> list[Span]:
        """`TW IV berjalan 1/5 > SMT II belum dibuka > TAHUN belum dibuka`; else only where the one asked for stands."""
        spans: list[Span] = [(f" Alur {self.year} ", "strong")]
        for number, one in enumerate(self.view.sections):
            is_asked = one.period == self.period
            spans.append((f" {self.pencil.right} " if number else " ", "muted"))
            name = period_short(one.period)
            text = f"{name} {one.words}" if in_full or is_asked else name
            key = f"@{NAMES.index(split(one.period)[1]) + 1}"
            spans.append((text, f"strong{key}+picked" if is_asked else f"text{key}"))
        if all(one.period != self.period for one in self.view.sections):
            spans.append((f"  {period_short(self.period)} rekap", "strong"))
        return spans

    def _heads(self, width: int) -> list[Line]:
        heads = self.drawing.heads(self.first, with_groups=self._heads_room > 4)
        heads += [()] * (self._heads_room - 1 - len(heads))
        left, right = self.drawing.columns.hidden(self.first)
        above, below = self.top, self.drawing.height - self.top - self.room
        arrows, up, down = self.pencil, self.glyphs.more_above, self.glyphs.more_below
        parts = [f"{arrows.left} {left} kolom" if left else "", f"{right} kolom {arrows.right}" if right else ""]
        parts += [f"{up} {above} baris" if above > 0 else "", f"{down} {below} baris lagi" if below > 0 else ""]
        more = "  ".join(part for part in parts if part)
        text = f" {more} {self.glyphs.rule}" if more else ""
        rule = self.glyphs.rule * max(0, width - len(text))
        return [*heads, ((rule, "rule"), (text, "muted"))]

    def _about(self, width: int) -> list[Line]:
        """The selected step in words: as much as there is room for; `i` shows all of it."""
        room = self._about_room - 1
        if self.said:
            return [((f" {SAYS}".ljust(width), "banner"),), *self._told(self.said, self.said_ink, width, room)]
        if self.selected is None:
            return []
        view = self.view.steps[self.selected]
        title = cut(f" {heading(view)}", width, self.glyphs.ellipsis)
        return [((title.ljust(width), "banner"),), *self._told(_words(view), "text", width, room)]

    def _told(self, text: str, ink: str, width: int, room: int) -> list[Line]:
        lines = wrapped(text, max(10, width - 2), room)
        return [((" " + line.replace("…", self.glyphs.ellipsis), ink),) for line in lines]

    # ------------------------------------------------------------------ moving about
    def select(self, row: int | None) -> None:
        """Put a row on view."""
        self.said = ""
        self.selected = row
        self.draw()

    def action_move(self, step: int) -> None:
        stops = self.view.stops
        if stops and self.selected is not None:
            self.select(stops[max(0, min(len(stops) - 1, stops.index(self.selected) + step))])

    def action_page(self, step: int) -> None:
        """As many steps further as are in view."""
        stops, tops = self.view.stops, self.drawing.tops
        if self.selected is None:
            return
        wanted = tops[self.selected] + step * max(1, self.room - self.drawing.heights[self.selected])
        rows = [row for row in stops if (row - self.selected) * step > 0 and (tops[row] - wanted) * step <= 0]
        far = (rows[-1] if step > 0 else rows[0]) if rows else None
        if far is None:
            self.action_move(step)
        else:
            self.select(far)

    def action_edge(self, index: int) -> None:
        if self.view.stops:
            self.select(self.view.stops[index])

    def action_aside(self, step: int) -> None:
        self.said = ""
        moved = self.drawing.columns.moved(self.first, step)
        if moved == self.first:
            self.announce("Semua kolom di sebelah kanan sudah tampil." if step > 0 else "Ini kolom pertama.")
            return
        self.first = moved
        self.draw()

    @pressed("space", "Simbol besar seperti di kertas, atau ringkas")
    def action_resize_symbols(self) -> None:
        self.said = ""
        self.is_large = self.drawing.symbol_height == 1
        self.lay_out()

    def action_period(self, number: int) -> None:
        self.show_period(key_of(self.year, NAMES[number - 1]))

    def action_next_period(self, step: int) -> None:
        known = [key for name in NAMES if (key := key_of(self.year, name)) in self.rows.state.periods]
        self.show_period(known[(known.index(self.period) + step) % len(known)])

    def show_period(self, period: str) -> None:
        """Put another period's steps on view."""
        self.said = ""
        if period not in self.rows.state.periods:
            self.announce("SOP ini tidak memakai periode itu.")
            return
        self.period = period
        self._look()
        self.selected = self.view.row_of(None, period)
        self.lay_out()

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        row = self.drawing.row_at(event.y + self.top)
        if row not in self.view.stops:
            return
        if row == self.selected:
            self.action_go()
        else:
            self.select(row)

    # ------------------------------------------------------------------ reading anew
    def on_new_minute(self) -> None:
        self.show()

    async def read(self) -> None:
        self.rows = await self.desk.board(self.year)

    def show(self) -> None:
        """Show the year anew; the selected step stays where it is still there."""
        before = self.view.steps.get(self.selected) if self.selected is not None else None
        if self.period not in self.rows.state.periods:
            self.period = next(iter(self.rows.state.periods))
        self._look()
        self.selected = None if before is None else self.view.row_of(before.step.number, before.period)
        self.lay_out()

    # ------------------------------------------------------------------ where to go from here
    @pressed("enter", "Ke kartunya di papan")
    def action_go(self) -> None:
        if self.selected is None:
            return
        view = self.view.steps[self.selected]
        self.leave_for(CardAt(view.period, view.step.number))

    def action_copy_row(self) -> None:
        if self.selected is None:
            self.announce("Tidak ada langkah untuk disalin.")
            return
        view = self.view.steps[self.selected]
        self.announce(copied(self.app, f"{heading(view)}. {_words(view)}"))

    @pressed("i", "Semua tentang langkah ini: pelaksana, Mutu Baku, dasar asumsi")
    def action_explain(self) -> None:
        if self.selected is None:
            return
        view = self.view.steps[self.selected]
        paragraphs: list[tuple[str, str]] = [(view.step.title.text, "strong"), ("", "text")]
        for name, text in facts(view):
            paragraphs += [(f"{name}: {text}", "text")]
        paragraphs += [("", "text"), *self._legend()]
        title = f"Langkah {view.step.number}, {period_label(view.period)}"
        self.app.push_screen(ReadingScreen(title, paragraphs))

    def _legend(self) -> Sequence[tuple[str, str]]:
        """The actors' columns with their whole names, which the heads may shorten."""
        names = [f"{number}. {name}" for number, name in enumerate(self.view.lanes, start=1)]
        return [("Kolom pelaksana, dari kiri:", "muted"), *((name, "text") for name in names)]

    def help_signs(self) -> Signs:
        return list(signs(self.pencil, self.glyphs))


def _words(view: StepView) -> str:
    """All facts of a step in one paragraph."""
    return ". ".join(f"{name}: {text.rstrip('.')}" for name, text in facts(view)) + "."
