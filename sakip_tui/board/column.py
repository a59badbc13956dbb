"""Draws one column of the board: its part of every lane, line by line. One widget for all its cards."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from sakip_tui.board.layout import GUTTER, Footprint, Layout, LineAt
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.text import cut
from sakip_tui.views.board import CardColumn, CardView, Key
from sakip_tui.views.card_words import Mood, TimeLabel, marks
from sakip_tui.widgets.ink import Inked, Span
from sop.values import Frozen, replace

_LEAST_BAR = 4
"""A bar of fewer cells says nothing."""
_MOST_BAR = 12
_MOOD_INK = {
    Mood.CALM: "text",
    Mood.IDLE: "risk",
    Mood.RISK: "risk",
    Mood.LATE: "late",
    Mood.DONE: "done",
    Mood.WAITING: "muted",
}


class Drawing(Frozen):
    """Everything the columns draw from; replaced as a whole, shared by all of them."""

    layout: Layout
    top: int = 0
    """First visible line."""
    selected: Key | None = None
    labels: dict[Key, TimeLabel] | None = None
    """Labels of the cards in view; the screen keeps them up to date."""
    lanes: tuple[str, ...] = ()
    """The bands' headings, as wide as the whole board."""
    glyphs: Glyphs = UNICODE


def _attempt_words(view: CardView) -> str:
    """`ptr 2`; empty at the first attempt."""
    attempt = view.card.attempt or 1
    return f"ptr {attempt}" if attempt > 1 else ""


class BoardColumn(Inked):
    """One column. The selection is data of the screen: a column never has the focus."""

    can_focus = False

    class Clicked(Message):
        """Somebody clicked on a card."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    class Wheeled(Message):
        """Somebody turned the wheel; `lines` is negative for up."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, column: CardColumn) -> None:
        super().__init__(id=f"column-{column.name.lower()}")
        self.column = column
        self.drawing: Drawing | None = None

    # ------------------------------------------------------------------ what is repainted
    def repaint(self, key: Key | None) -> None:
        """Repaint one card, where it stands in this column and in view."""
        place = self._place(key)
        if place is None or self.drawing is None:
            return
        self.refresh(Region(0, place.top - self.drawing.top, self.size.width, place.height))

    def repaint_time(self, key: Key) -> None:
        """Repaint only the line of a card that says its time."""
        place = self._place(key)
        if place is None or self.drawing is None:
            return
        first = place.top - self.drawing.top
        self.refresh(Region(0, first, self.size.width, 1))
        last = place.height - place.has_foot
        for line in range(last - 1 - place.says_more, last):
            self.refresh(Region(0, first + line, self.size.width, 1))

    def _place(self, key: Key | None) -> Footprint | None:
        if key is None or self.drawing is None:
            return None
        place = self.drawing.layout.places.get(key)
        return place if place is not None and place.column == self.column else None

    # ------------------------------------------------------------------ what is drawn
    def render_line(self, y: int) -> Strip:
        drawing, width = self.drawing, self.size.width
        if drawing is None:
            return self.inked((), width)
        spot = drawing.layout.spot(self.column, drawing.top + y)
        if spot is None:
            return self.inked(self._with_divider([], width), width)
        if spot.card is None and (spot.row == 0 or y == 0):
            return self.inked([(self._heading(drawing, spot.band, width), "lane")], width)
        if y == 0 and drawing.top:
            # The lane's name stays in view while its cards scroll.
            return self.inked([(self._heading(drawing, spot.band, width), "lane")], width)
        if y == 1 and drawing.top and spot.card is not None and not spot.is_foot:
            # Of a card that begins above the edge the first line in view says which it is.
            spot = replace(spot, row=0)
        spans = self._card_line(drawing, spot) if spot.card is not None else []
        return self.inked(self._with_divider(spans, width), width)

    def _heading(self, drawing: Drawing, band: int, width: int) -> str:
        left = 0 if drawing.layout.is_narrow else drawing.layout.lefts[self.column]
        return drawing.lanes[band][left : left + width] if band < len(drawing.lanes) else ""

    def _is_last(self) -> bool:
        return self.column == CardColumn.SELESAI or (self.drawing is not None and self.drawing.layout.is_narrow)

    def _with_divider(self, spans: list[Span], width: int) -> list[Span]:
        if self._is_last() or (self.drawing is not None and self.drawing.layout.is_roomy):
            # Where cards have edges the columns need none.
            return spans
        glyphs = self.drawing.glyphs if self.drawing is not None else UNICODE
        used = sum(cell_len(text) for text, _ in spans)
        return [*spans, (" " * max(0, width - 1 - used), "text"), (glyphs.divider, "rule")]

    def _card_line(self, drawing: Drawing, spot: LineAt) -> list[Span]:
        view = spot.card
        assert view is not None
        picked = view.key == drawing.selected
        label = (drawing.labels or {}).get(view.key)
        width = drawing.layout.text_width(self.column)
        tail = "+picked" if picked else ""
        if drawing.layout.is_roomy:
            return self._edged(drawing, spot, view, label, picked)
        cursor = (drawing.glyphs.cursor if picked else " ") + " " * (GUTTER - 1)
        return [(cursor, "key" if picked else "text"), *self._content(drawing, spot, view, label, width, tail)]

    def _edged(
        self, drawing: Drawing, spot: LineAt, view: CardView, label: TimeLabel | None, picked: bool
    ) -> list[Span]:
        """A line of a card with its edges: those of a late one stand out, and the cursor is its left one."""
        glyphs, width = drawing.glyphs, drawing.layout.text_width(self.column)
        ink = "late" if label is not None and label.mood is Mood.LATE and view.card.is_open else "rule"
        left = (glyphs.cursor, "key") if picked else (glyphs.left_foot if spot.is_foot else glyphs.divider, ink)
        if spot.is_foot:
            return [left, (glyphs.rule * (width + GUTTER - 1) + glyphs.right_foot, ink)]
        spans = self._content(drawing, spot, view, label, width, "+picked" if picked else "")
        used = sum(cell_len(text) for text, _ in spans)
        return [left, (" " * (GUTTER - 1), "text"), *spans, (" " * (width - used), "text"), (glyphs.divider, ink)]

    def _content(
        self, drawing: Drawing, spot: LineAt, view: CardView, label: TimeLabel | None, width: int, tail: str
    ) -> list[Span]:
        """What a line of a card says."""
        if spot.row < len(spot.lines):
            return self._title(drawing, view, spot, width, tail)
        if spot.row > len(spot.lines):
            more = label.more if label is not None else ""
            if spot.says_more > 1:
                # Holder and due moment on a line each.
                holder, _, due = more.rpartition(", ")
                parts = [part for part in (holder, due) if part]
                more = next(iter(parts[spot.row - len(spot.lines) - 1 :]), "")
            return [(cut(more, width, drawing.glyphs.ellipsis), "muted")]
        return self._time(drawing, view, label, width)

    def _title(self, drawing: Drawing, view: CardView, spot: LineAt, width: int, tail: str) -> list[Span]:
        text = spot.lines[spot.row]
        ink = ("strong" if view.card.is_open else "text") + tail
        signs = ""
        if not spot.says_time and spot.row == len(spot.lines) - 1:
            signs = self._signs(drawing, view)
            text = cut(text, width - (cell_len(signs) + 1 if signs else 0), drawing.glyphs.ellipsis)
        gap = " " * (width - cell_len(text) - cell_len(signs))
        return [(text + gap, ink), (signs, "muted" + tail)] if tail or signs else [(text, ink)]

    def _signs(self, drawing: Drawing, view: CardView) -> str:
        """What stands out about the card beside its time, and its attempt."""
        signs = "".join(drawing.glyphs.marks[mark] for mark in marks(view.card, Mood.CALM))
        return f"{_attempt_words(view)} {signs}".strip()

    def _time(self, drawing: Drawing, view: CardView, label: TimeLabel | None, width: int) -> list[Span]:
        """The time in words, a bar where there is room, and at the right end what else stands out."""
        if label is None:
            return []
        ink = _MOOD_INK[label.mood]
        lead = self._lead(drawing, view, label)
        signs = self._signs(drawing, view)
        share = view.share.share if view.share is not None and not view.card.summary else ""
        has_bar = label.share is not None and view.card.is_open
        # The first that fits: words before a bar before short words; the share of bidang gives way before the words.
        for tail in dict.fromkeys((f"{share} {signs}".strip(), signs)):
            room = width - (cell_len(tail) + 1 if tail else 0)
            for text in (label.text, label.short):
                free = room - cell_len(lead) - cell_len(text)
                if has_bar and free > _LEAST_BAR:
                    return self._ends(
                        [(lead + text, ink), (" ", "text"), *self._bar(drawing, label, free - 1)], tail, width
                    )
                if not has_bar and free >= 0:
                    return self._ends([(lead + text, ink)], tail, width)
        # A figure that is cut is another figure: what stands out gives way before it, and is told below the board.
        for tail in dict.fromkeys((signs, _attempt_words(view), "")):
            room = width - (cell_len(tail) + 1 if tail else 0)
            fitting = next((text for text in (label.text, label.short) if cell_len(lead + text) <= room), None)
            if fitting is not None:
                return self._ends([(lead + fitting, ink)], tail, width)
        return self._ends([(cut(lead + label.short, width, drawing.glyphs.ellipsis), ink)], "", width)

    @staticmethod
    def _ends(left: list[Span], tail: str, width: int) -> list[Span]:
        gap = " " * (width - sum(cell_len(text) for text, _ in left) - cell_len(tail))
        return [*left, (gap, "text"), (tail, "muted")]

    def _lead(self, drawing: Drawing, view: CardView, label: TimeLabel) -> str:
        """A sign before the time: done, late or nearly so, waited for; and what was decided."""
        glyphs, answer = drawing.glyphs, view.card.answer
        # What presses has a mark of the same name.
        sign = glyphs.done if label.mood is Mood.DONE else glyphs.marks.get(label.mood, "")
        return (f"{sign} " if sign else "") + (f"{answer.value.capitalize()} " if answer is not None else "")

    def _bar(self, drawing: Drawing, label: TimeLabel, room: int) -> list[Span]:
        size = min(room, _MOST_BAR)
        share = min(1.0, label.share or 0.0)
        full = max(1, round(size * share)) if share > 0 else 0
        ink = _MOOD_INK[label.mood] if label.mood is not Mood.CALM else "done"
        return [(drawing.glyphs.full * full, ink), (drawing.glyphs.empty * (size - full), "rule")]

    # ------------------------------------------------------------------ the mouse, which nobody needs
    def on_click(self, event: events.Click) -> None:
        if self.drawing is not None:
            key = self.drawing.layout.at(self.column, self.drawing.top + event.y)
            if key is not None:
                self.post_message(self.Clicked(key))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.post_message(self.Wheeled(3))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.post_message(self.Wheeled(-3))
