"""The columns of the drawing: how wide each is, and which are in view from a given one on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sakip_tui.flow_chart.routes import RIGHT
from sakip_tui.views.flow_chart import ChartView
from sop.model.definition import Step, Written
from sop.model.texts import clean
from sop.values import Frozen, replace
from sop.words.time import standard_text

_CHANNEL = 2
"""Cells of one line beside the actors' columns."""
_LANE = (10, 16)
_ALL_LANES = 24
"""Cells of all actors together at least: room for a diamond with its answers."""
_TITLE = (19, 44)
_ROOMY_SYMBOL = 12
"""Cells of an actor's column from which on its symbols are two cells wider."""
_QUALITY = (
    ("kelengkapan", "Kelengkapan", 18, 36),
    ("waktu", "Waktu", 11, 14),
    ("keluaran", "Output", 16, 32),
    ("keterangan", "Keterangan", 14, 28),
)


class Track(Frozen):
    """One column, its border included."""

    key: str
    """`title`, `lane 0`, `kelengkapan`, `waktu`, `keluaran`, `keterangan`."""
    name: str
    group: str
    width: int
    most: int
    """Cells it takes where there is room to spare."""
    left: int = 0
    before: int = 0
    """Cells before its text, for what goes back on the left."""
    after: int = 0
    text_of: Callable[[Step], str] = lambda step: ""


class Tracks:
    """All columns for so many cells."""

    def __init__(self, view: ChartView, width: int, channels: tuple[int, int]) -> None:
        """
        Args:
            view: What is drawn.
            width: Cells there are beside the step numbers.
            channels: How many lines go back (left, right) of the actors' columns.
        """
        self.width = width
        self._channels = channels
        self.lane_width = max(_LANE[0], -(-_ALL_LANES // max(1, len(view.lanes))))
        columns = self._spread(self._wanted(view))
        left = 0
        self.all: tuple[Track, ...] = ()
        for column in columns:
            self.all += (replace(column, left=left),)
            left += column.width
        self.title = self.all[0]
        lanes = [column for column in self.all if column.key.startswith("lane")]
        self.quality = self.all[1 + len(lanes) :]
        self.lanes_left = lanes[0].left if lanes else self.title.width
        self.lanes_width = sum(column.width for column in lanes)
        self.symbol = 7 if self.lane_width < _ROOMY_SYMBOL else 9
        """Cells of a box."""

    def _wanted(self, view: ChartView) -> list[Track]:
        """Every column as narrow as can be."""
        left, right = (count * _CHANNEL for count in self._channels)
        last = len(view.lanes) - 1
        columns = [Track("title", "Uraian kegiatan", "", *_TITLE)]
        for place, name in enumerate(view.lanes):
            before, after = left if place == 0 else 0, right if place == last else 0
            least, most = (size + before + after for size in (self.lane_width, max(_LANE[1], self.lane_width)))
            column = Track(f"lane {place}", name, "Pelaksana", least, most, before=before, after=after)
            columns.append(column)
        steps = [one.step for one in view.steps.values()]
        for key, name, least, most in _QUALITY:
            text_of = _TEXTS[key]
            if any(text_of(step) for step in steps):
                columns.append(Track(key, name, "Mutu Baku", least, most, text_of=text_of))
        return columns

    def _spread(self, columns: list[Track]) -> list[Track]:
        """Room to spare goes to the columns that are in view at first; the others are of middle width."""
        shown = 0
        used = 0
        while shown < len(columns) and used + columns[shown].width <= self.width:
            used += columns[shown].width
            shown += 1
        shown = max(1, shown)
        spare = self.width - used
        lanes = [place for place, column in enumerate(columns) if column.key.startswith("lane")]
        texts = [place for place in range(shown) if place not in lanes]
        # What a step says comes first, then the actors, who all get the same.
        spare = self._widen(columns, texts, spare, lambda column: (column.width + column.most) // 2)
        while lanes and lanes[-1] < shown and spare >= len(lanes) and self.lane_width < _LANE[1]:
            self.lane_width += 1
            spare -= len(lanes)
            for place in lanes:
                columns[place] = replace(columns[place], width=columns[place].width + 1)
        self._widen(columns, texts, spare, lambda column: column.most)
        beyond = [place for place in range(shown, len(columns)) if place not in lanes]
        for place in beyond:
            columns[place] = replace(columns[place], width=(columns[place].width + columns[place].most) // 2)
        actors = sum(columns[place].width for place in lanes)
        if beyond and beyond[0] == len(lanes) + 1 and actors < self.width:
            # Beside the actors, once the wording has gone out of view.
            column = columns[beyond[0]]
            rest = self.width - actors
            if rest >= 14:
                columns[beyond[0]] = replace(column, width=min(rest, column.most))
        return columns

    @staticmethod
    def _widen(columns: list[Track], places: Sequence[int], spare: int, most: Callable[[Track], int]) -> int:
        """Give cells to these columns in turn, up to their most; what is left over."""
        limits = {place: most(columns[place]) for place in places}
        while spare and (open_places := [place for place in places if columns[place].width < limits[place]]):
            for place in open_places[:spare]:
                columns[place] = replace(columns[place], width=columns[place].width + 1)
                spare -= 1
        return spare

    # ------------------------------------------------------------------ what is in view
    def shown(self, first: int) -> tuple[Track, ...]:
        """The columns that have room from one on; at least that one."""
        found: list[Track] = []
        room = self.width
        for column in self.all[first:]:
            if found and column.width > room:
                break
            found.append(column)
            room -= column.width
        return tuple(found)

    def window(self, first: int) -> tuple[int, int]:
        """Cells (from, to) of those columns."""
        shown = self.shown(first)
        return shown[0].left, min(shown[-1].left + shown[-1].width, shown[0].left + self.width)

    @property
    def last_stop(self) -> int:
        """The first column from which on everything to the right is in view."""
        return next(first for first in range(len(self.all)) if self.shown(first)[-1] is self.all[-1])

    def moved(self, first: int, step: int) -> int:
        """The next stop to the right (1) or left (-1): one that brings another column into view."""
        last = self.shown(first)[-1]
        while 0 <= first + step <= self.last_stop:
            first += step
            shown = self.shown(first)
            if step < 0 or shown[-1] is not last:
                break
        return first

    def hidden(self, first: int) -> tuple[int, int]:
        """How many columns lie (left, right) out of view."""
        return first, len(self.all) - first - len(self.shown(first))

    # ------------------------------------------------------------------ inside the actors' columns
    def middle(self, lane: int) -> int:
        """Where a symbol of that actor stands; counted from the first actor's column."""
        return self._channels[0] * _CHANNEL + lane * self.lane_width + (self.lane_width - 1) // 2

    @property
    def lane_span(self) -> tuple[int, int]:
        """Cells (from, to) that belong to the actors, without what goes back beside them."""
        left, right = (count * _CHANNEL for count in self._channels)
        return left, self.lanes_width - right

    def channel(self, side: int, number: int) -> int:
        """Where a line that goes back runs."""
        left, right = self.lane_span
        return right + number * _CHANNEL if side == RIGHT else left - 1 - number * _CHANNEL


def _written(text: Written | None) -> str:
    return clean(text.text) if text is not None else ""


_TEXTS: dict[str, Callable[[Step], str]] = {
    "kelengkapan": lambda step: _written(step.mutu_baku.kelengkapan_text),
    "waktu": lambda step: clean(standard_text(step.mutu_baku.waktu.text)) if step.mutu_baku.waktu is not None else "",
    "keluaran": lambda step: _written(step.mutu_baku.keluaran),
    "keterangan": lambda step: _written(step.mutu_baku.keterangan).strip("-"),
}
