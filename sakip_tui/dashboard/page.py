"""What stands where on the dashboard: sections, their lines, the columns they stand in, what is selected. Pure.

What a line says is `lines.py`. Lines are made when they come into view, so that a region of 2,000 bidang costs what is
seen of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, overload

from rich.cells import cell_len

from sakip_tui.dashboard import lines
from sakip_tui.text import cut
from sakip_tui.views import dashboard_words as words
from sakip_tui.views.dashboard_words import Chore, Pen
from sakip_tui.widgets.ink import Line, width_of
from sakip_tui.widgets.spans import picked
from sop.look.dashboard import Dashboard, Handing, LaneLoad, Pace, PeriodStand, RegionStand, Spot
from sop.look.forecast import Forecast
from sop.model.state import PeriodPhase

Key = tuple[object, ...]
"""Stable name of a line: what it is about, and not what it says."""
_TWO, _THREE = 110, 180
"""Cells of a screen from which the sections stand in two and in three columns."""
_GAP = 2
_LEAST = 3
"""Lines that a long section keeps however crowded its column is."""


class Item(NamedTuple):
    """One line that can be selected."""

    key: Key
    value: Any
    spot: Spot | None
    """Where Enter goes; a step of 0 stands for the period alone."""
    bidang: str | None = None
    """Whom a reminder from this line goes to."""


class Items(Sequence[Item]):
    """Lines that are made when they are asked for: of two thousand bidang a screen shows twenty."""

    def __init__(self, values: Sequence[Any], make: Callable[[Any], Item]) -> None:
        self._values, self._make = values, make

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self._make(value) for value in self._values[index]]
        return self._make(self._values[index])


class Panel(NamedTuple):
    """One block of lines below a heading."""

    code: str
    title: str
    tally: str
    """Stands at the right of the heading."""
    items: Sequence[Item]
    draw: Callable[[Any, Pen, int], Line]
    note: str = ""
    """Stands in place of lines where there are none."""
    shown: int | None = None
    """Lines that a crowded column may cut it to; None where it is always whole."""


class PanelLine(NamedTuple):
    """One line of a column."""

    section: Panel | None
    """None for a blank line."""
    item: Item | None = None
    is_heading: bool = False
    rest: int = 0
    """Of a line that stands for more: how many are not shown."""

    @property
    def key(self) -> Key | None:
        """Its name, where it can be selected."""
        if self.item is not None:
            return self.item.key
        return ("more", self.section.code) if self.section is not None and self.rest else None


class Stack(NamedTuple):
    """Sections one below the other."""

    x: int
    width: int
    rows: tuple[PanelLine, ...]


def sections(board: Dashboard, forecasts: Mapping[str, Forecast], on_view: str, pen: Pen) -> dict[str, Panel]:
    """Every section of the dashboard by its code, `bidang` once for each region.

    Args:
        board: The year at this moment.
        forecasts: Period key -> when it will be finished; empty until that was worked out.
        on_view: The period that the board shows: its figures stand beside the year's.
        pen: What words depend on beside.
    """
    found = [_periods(board, forecasts), _pressing(board), _lanes(board, pen)]
    found += [_region(region, steps_are_many=len(board.regions) > 1) for region in board.regions]
    if not board.regions:
        found.append(
            Panel("bidang", "Bidang", "", (), lines.handing_line, "Belum ada langkah per bidang yang berjalan.")
        )
    found += [_figures(board, on_view), _paces(board)]
    return {section.code: section for section in found}


def _periods(board: Dashboard, forecasts: Mapping[str, Forecast]) -> Panel:
    def draw(one: PeriodStand, pen: Pen, width: int) -> Line:
        return lines.period_line(one, forecasts.get(one.key), pen, width)

    items = [Item(("period", one.key), one, _front(one)) for one in board.periods]
    closed = sum(one.phase is PeriodPhase.TUTUP for one in board.periods)
    return Panel("periode", f"Periode {board.year}", f"{closed} dari {len(items)} ditutup", items, draw)


def _front(one: PeriodStand) -> Spot:
    return Spot(one.key, one.front[0] if one.front else 0)


def _pressing(board: Dashboard) -> Panel:
    items = Items(board.pressing, lambda one: Item(("press", one.spot), one, one.spot, one.spot.bidang))
    note = "Tidak ada yang terlambat atau jatuh tempo minggu ini."
    return Panel("perhatian", "Perlu perhatian", str(len(items) or ""), items, lines.pressing_line, note, 5)


def _lanes(board: Dashboard, pen: Pen) -> Panel:
    items = [Item(("lane", load.lane), load, load.first) for load in board.lanes]
    chores = words.chores_of(board.periods)
    items += [Item(("chore", one.period, one.step), one, Spot(one.period, one.step)) for one in chores]
    note = "Tidak ada langkah yang terbuka."
    return Panel("giliran", "Giliran dan beban", "", items, _lane_or_chore, note, 5)


def _lane_or_chore(one: LaneLoad | Chore, pen: Pen, width: int) -> Line:
    draw = lines.chore_line if isinstance(one, Chore) else lines.lane_line
    return draw(one, pen, width)  # type: ignore[arg-type]


def _region(region: RegionStand, steps_are_many: bool) -> Panel:
    def item(one: Handing) -> Item:
        spot = Spot(region.period, one.step, one.bidang)
        return Item(("bidang", region.period, region.first, one.bidang), one, spot, one.bidang)

    return Panel(
        f"bidang-{region.period}-{region.first}",
        words.region_title(region),
        words.region_count(region),
        Items(region.bidang, item),
        lines.handing_line,
        shown=5 if steps_are_many else 8,
    )


def _figures(board: Dashboard, on_view: str) -> Panel:
    own = next((one.figures for one in board.periods if one.key == on_view), None)
    rows = words.figure_rows(own, board.figures)
    items = [Item(("figure", row.name), row, Spot(on_view, 0)) for row in rows]
    return Panel("angka", words.figures_title(on_view, board.year), "", items, lines.figure_line)


def _paces(board: Dashboard) -> Panel:
    longest = max((one.cycle_seconds for one in board.slowest), default=0)
    step_at = {step: one.key for one in board.periods for step in one.front}

    def draw(one: Pace, pen: Pen, width: int) -> Line:
        return lines.pace_line(one, longest, pen, width)

    items = [
        Item(("pace", one.step), one, Spot(step_at.get(one.step, _last_with(board, one.step)), one.step))
        for one in board.slowest
    ]
    note = "Belum ada langkah yang selesai."
    return Panel("lama", "Langkah paling lama (median antre + kerja)", "", items, draw, note, 5)


def _last_with(board: Dashboard, step: int) -> str:
    """The newest period whose case has the step: where its runs can be seen."""
    found = [key for key, steps in board.steps_of.items() if step in steps]
    return found[-1] if found else board.periods[-1].key


class Page:
    """The sections laid out for one size."""

    def __init__(
        self, found: Mapping[str, Panel], width: int, height: int, pen: Pen, opened: Collection[str] = ()
    ) -> None:
        """
        Args:
            found: The sections, see `sections`.
            width: Cells of a line.
            height: Lines in view.
            pen: What words depend on.
            opened: Codes of the sections that are shown whole.
        """
        self.pen, self.height = pen, height
        many = 3 if width >= _THREE else 2 if width >= _TWO else 1
        codes = _placed(list(found), many)
        size = (width - _GAP * (many - 1)) // many
        self.columns = tuple(
            Stack(index * (size + _GAP), size, _rows([found[code] for code in group], height, opened, many == 1))
            for index, group in enumerate(codes)
        )
        self._at = {
            key: (index, y)
            for index, column in enumerate(self.columns)
            for y, row in enumerate(column.rows)
            if (key := row.key) is not None
        }

    @property
    def length(self) -> int:
        """Lines of the longest column."""
        return max(len(column.rows) for column in self.columns)

    @property
    def first(self) -> Key | None:
        """The first line that can be selected."""
        return next(iter(self._at), None)

    def holds(self, key: Key | None) -> bool:
        return key in self._at

    def place(self, key: Key | None) -> tuple[int, int]:
        """(column, line) of what is selected."""
        return self._at.get(key, (0, 0)) if key is not None else (0, 0)

    def row(self, key: Key | None) -> PanelLine | None:
        """The line of that name."""
        if key is None or key not in self._at:
            return None
        column, y = self._at[key]
        return self.columns[column].rows[y]

    def shown_of(self, code: str) -> int:
        """How many things of a section have a line of their own."""
        rows = (row for column in self.columns for row in column.rows)
        return sum(row.item is not None and row.section is not None and row.section.code == code for row in rows)

    def moved(self, key: Key | None, lines_down: int) -> Key | None:
        """The line so many lines further in the same column, or the last one before its end."""
        column, y = self.place(key)
        ways = [at for at, row in enumerate(self.columns[column].rows) if row.key is not None]
        if not ways:
            return key
        if abs(lines_down) == 1:
            beyond = [at for at in ways if (at - y) * lines_down > 0]
            goal = (beyond[0] if lines_down > 0 else beyond[-1]) if beyond else y
        else:
            goal = min(ways, key=lambda at: abs(at - y - lines_down))
        return self.columns[column].rows[goal].key or key

    def beside(self, key: Key | None, step: int) -> Key | None:
        """The nearest line of the next column; with one column that of the next section."""
        column, y = self.place(key)
        if len(self.columns) == 1:
            return self.next_section(key, step)
        goal = column + step
        if not 0 <= goal < len(self.columns):
            return key
        ways = [(abs(at - y), at) for at, row in enumerate(self.columns[goal].rows) if row.key is not None]
        return self.columns[goal].rows[min(ways)[1]].key if ways else key

    def next_section(self, key: Key | None, step: int) -> Key | None:
        """The first line of the next section that has one, round and round through all columns."""
        firsts: list[tuple[str, Key]] = []
        for column in self.columns:
            for row in column.rows:
                if row.key is not None and row.section is not None and row.section.code not in dict(firsts):
                    firsts.append((row.section.code, row.key))
        if not firsts:
            return key
        mine = self.row(key)
        codes = [code for code, _ in firsts]
        here = codes.index(mine.section.code) if mine is not None and mine.section is not None else -step
        return firsts[(here + step) % len(firsts)][1]

    def scrolled_to(self, key: Key | None, top: int) -> int:
        """The first line in view so that the selected one is, with its heading where it is the first below one."""
        column, y = self.place(key)
        rows = self.columns[column].rows
        above = y - 1 if y and rows[y - 1].is_heading else y
        # Below the last line that can be selected, what stands there comes into view with it.
        below = y if any(row.key is not None for row in rows[y + 1 :]) else len(rows) - 1
        most = max(0, self.length - self.height)
        if below >= top + self.height:
            top = below - self.height + 1
        if above < top:
            top = above
        return max(0, min(top, most))

    def at(self, x: int, y: int) -> Key | None:
        """What lies under a cell of the page."""
        for column in self.columns:
            if column.x <= x < column.x + column.width and 0 <= y < len(column.rows):
                return column.rows[y].key
        return None

    def line(self, y: int, selected: Key | None) -> Line:
        """One line across all columns."""
        spans: list[tuple[str, str]] = []
        used = 0
        for column in self.columns:
            if y >= len(column.rows) or column.rows[y].section is None:
                continue
            if used < column.x:
                spans.append((" " * (column.x - used), "text"))
            drawn = self._drawn(column.rows[y], column.width, selected)
            spans += drawn
            used = column.x + width_of(drawn)
        return tuple(spans)

    def _drawn(self, row: PanelLine, width: int, selected: Key | None) -> Line:
        section = row.section
        assert section is not None
        glyphs = self.pen.glyphs
        if row.is_heading:
            count = f" {section.tally} " if section.tally else ""
            name = f"{glyphs.rule} {cut(section.title, max(8, width - cell_len(count) - 4))} "
            rule = glyphs.rule * max(0, width - cell_len(name) - cell_len(count) - 1)
            return ((name, "lane"), (rule, "rule"), (count, "lane"), (glyphs.rule, "rule"))
        is_selected = row.key is not None and row.key == selected
        lead = glyphs.cursor if is_selected else " "
        if row.rest:
            said: Line = ((f"{row.rest} lagi; spasi menampilkan semuanya", "muted"),)
        elif row.item is None:
            said = ((cut(section.note, width - 2), "muted"),)
        else:
            said = section.draw(row.item.value, self.pen, width - 1)
        if is_selected:
            said = picked(said)
        return ((lead, "key"), *said)


def _placed(codes: Sequence[str], many: int) -> list[list[str]]:
    """Which sections stand in which column."""
    bidang = [code for code in codes if code.startswith("bidang")]
    if many == 1:
        return [["periode", "perhatian", "giliran", *bidang, "angka", "lama"]]
    if many == 2:
        return [["periode", "perhatian", "giliran"], [*bidang, "angka", "lama"]]
    return [["periode", "angka"], ["perhatian", "giliran"], [*bidang, "lama"]]


def _rows(found: Sequence[Panel], height: int, opened: Collection[str], is_alone: bool) -> tuple[PanelLine, ...]:
    """The lines of a column: long sections cut to what the others leave, unless they are opened."""
    shown = _shared(found, height, is_alone)
    rows: list[PanelLine] = []
    for section in found:
        if rows and not is_alone:
            rows.append(PanelLine(None))
        rows.append(PanelLine(section, is_heading=True))
        if not section.items:
            rows.append(PanelLine(section))
        most = len(section.items) if section.code in opened else shown[section.code]
        # A line that says that one is missing takes as much room as that one.
        if len(section.items) == most + 1:
            most += 1
        rows += [PanelLine(section, item) for item in section.items[:most]]
        if len(section.items) > most:
            rows.append(PanelLine(section, rest=len(section.items) - most))
    return tuple(rows)


def _shared(found: Sequence[Panel], height: int, is_alone: bool) -> dict[str, int]:
    """Section -> lines it may show, so that a column fills the screen and no more where that can be had.

    In one column the first three sections share the first screen; what follows is for scrolling.
    """
    group = [section for section in found if not is_alone or section.code in ("periode", "perhatian", "giliran")]
    shown = {section.code: section.shown or len(section.items) for section in found}
    gaps = 0 if is_alone else len(group) - 1
    fixed = sum(max(1, len(section.items)) for section in group if section.shown is None)
    notes = sum(not section.items for section in group if section.shown is not None)
    room = height - len(group) - gaps - fixed - notes
    elastic = sorted((section for section in group if section.shown is not None), key=lambda one: len(one.items))
    for index, section in enumerate(elastic):
        fair = room // (len(elastic) - index)
        # Of what is longer than its share, one line says how much is missing.
        taken = len(section.items) if len(section.items) <= fair else max(_LEAST, fair - 1)
        shown[section.code] = taken
        room -= taken + (len(section.items) > taken)
    return shown
