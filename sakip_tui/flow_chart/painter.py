"""One row of the drawing: its symbols, the arrows between them and onward, and the answers of a decision. Pure."""

from __future__ import annotations

from itertools import pairwise

from sakip_tui.flow_chart.canvas import EAST, NORTH, SOUTH, WEST, Canvas
from sakip_tui.flow_chart.plan import Plan
from sakip_tui.flow_chart.routes import RIGHT
from sakip_tui.views.card_words import Mood
from sakip_tui.views.flow_chart import StepView, is_assumed
from sop.look.card import WAITING
from sop.look.flow_chart import ChartRow, Shape, Symbol
from sop.model.definition import Field
from sop.model.state import RunPhase
from sop.words.periods import period_narrow


class RowPainter:
    """Draws symbols, arrows and answers of one row on a canvas that holds the actors' columns."""

    def __init__(self, plan: Plan, row: int, canvas: Canvas) -> None:
        self.plan, self.index, self.canvas = plan, row, canvas
        self.view: StepView | None = plan.view.steps.get(row)
        self.row: ChartRow = plan.view.chart.rows[row]
        self.pencil = plan.pencil
        self.tall = plan.symbol_height
        self.middle = self.tall // 2
        """The line on which a symbol is connected sideways."""

    def paint(self) -> None:
        """Everything of the row."""
        self._between()
        self._onward()
        self._channels()
        for symbol in self.row.symbols:
            self._symbol(symbol)
        self._answers()

    # ------------------------------------------------------------------ arrows
    def _x(self, lane: int) -> int:
        return self.plan.columns.middle(lane)

    def _edge(self, symbol: Symbol, side: int) -> int:
        """The first cell beside a symbol, its mark included."""
        half = self._half(symbol)
        return self._x(symbol.lane) + side * (half + 1) + (1 if side == RIGHT and self._mark(symbol) else 0)

    def _between(self) -> None:
        """From whoever does the work to whoever decides; between those who do it together."""
        for left, right in pairwise(self.row.symbols):
            start, end = self._edge(left, RIGHT), self._edge(right, -RIGHT)
            self.canvas.line([(start - 1, self.middle), (end + 1, self.middle)])
            if right.shape is Shape.DIAMOND:
                self.canvas.write(end, self.middle, self.pencil.right, "text")
            elif left.shape is Shape.DIAMOND:
                self.canvas.write(start, self.middle, self.pencil.left, "text")
            else:
                self.canvas.write((start + end) // 2, self.middle, self.plan.glyphs.marks["joint"], "strong")

    def _onward(self) -> None:
        """Down to the next row."""
        rows = self.plan.view.chart.rows
        if self.index + 1 == len(rows):
            return
        here, there, last = self._x(self.row.exit), self._x(rows[self.index + 1].entry), self.canvas.height - 1
        self.canvas.line([(here, self.middle), (here, last), (there, last)])
        self.canvas.write(there, last, self.pencil.down, "text")

    def _channels(self) -> None:
        """Each Tidak that leaves here, arrives here or passes by."""
        columns, last = self.plan.columns, self.canvas.height - 1
        for way in self.plan.ways:
            if not way.side or not way.loop.target <= self.index <= way.loop.source:
                continue
            x = columns.channel(way.side, way.channel)
            if self.index == way.loop.source:
                start = self._x(self.row.exit)
                self.canvas.line([(start, self.middle), (x, self.middle), (x, 0)])
                self.canvas.edge(x, 0, NORTH)
            elif self.index > way.loop.target:
                self.canvas.line([(x, 0), (x, last)])
                self.canvas.edge(x, 0, NORTH)
                self.canvas.edge(x, last, SOUTH)
            else:
                doing = [one for one in self.row.symbols if one.shape is not Shape.DIAMOND] or list(self.row.symbols)
                target = doing[-1] if way.side == RIGHT else doing[0]
                end = self._edge(target, way.side)
                self.canvas.line([(x, last), (x, self.middle), (end, self.middle)])
                self.canvas.edge(x, last, SOUTH)
                self.canvas.write(x, last, self.pencil.up, "text")
                arrow = self.pencil.left if way.side == RIGHT else self.pencil.right
                self.canvas.write(end, self.middle, arrow, "text")

    # ------------------------------------------------------------------ symbols
    def _half(self, symbol: Symbol) -> int:
        """Cells from a symbol's middle to its edge."""
        if symbol.shape is Shape.DIAMOND:
            return 2
        return len(self._inner(symbol)) // 2 + 1

    def _inner(self, symbol: Symbol) -> str:
        """What stands in a symbol, an odd number of cells."""
        columns = self.plan.columns
        room = columns.symbol - 2
        most = columns.lane_width - 3 - columns.lane_width % 2
        texts: tuple[str, ...]
        if symbol.shape is Shape.PAGE:
            section = self.plan.view.sections[self.row.part]
            texts, room = (period_narrow(section.period), period_narrow(section.period)[:most]), most
        else:
            sign = self._sign(symbol)
            share = self.view.share if self.view is not None else None
            words = {Shape.START: "Mulai", Shape.END: "Selesai"}.get(symbol.shape, "")
            counted = share.share if share is not None else ""
            if words:
                room = most
                texts = (
                    f"{words} {counted}" if counted else "",
                    f"{words} {sign}" if sign else "",
                    words,
                    words[:most],
                )
            else:
                texts = (f"{sign} {counted}", f"{sign}{counted}", counted) if counted else ()
                texts = (*texts, sign)
        text = next((one for one in texts if one and len(one) <= room), "")
        size = max(len(text), columns.symbol - 2)
        return text.center(size + 1 - size % 2)

    def _sign(self, symbol: Symbol) -> str:
        """The state's sign: while a decision is asked for it stands in the diamond, before that beside it."""
        if self.view is None:
            return ""
        signs, state = self.pencil.signs, self.view.card.state
        if len({one.shape for one in self.row.symbols}) == 1:
            return signs[state]
        if symbol.shape is Shape.DIAMOND:
            return signs[state] if state in (RunPhase.KEPUTUSAN, RunPhase.SELESAI) else signs[WAITING]
        return signs[RunPhase.SELESAI] if state == RunPhase.KEPUTUSAN else signs[state]

    def _mark(self, symbol: Symbol) -> str:
        """`?` where who acts here is an assumption."""
        if self.view is None:
            return ""
        fields: tuple[Field, ...] = (Field.DECIDER,) if symbol.shape is Shape.DIAMOND else (Field.PELAKSANA,)
        if len(self.row.symbols) == 1:
            fields = (Field.PELAKSANA, Field.DECIDER)
        return self.plan.glyphs.marks["assumed"] if is_assumed(self.view.step, *fields) else ""

    def _symbol(self, symbol: Symbol) -> None:
        middle, ink = self._x(symbol.lane), "text"
        if self.view is not None and self.view.card.state != WAITING:
            ink = ink_of(self.view)
        inner = self._inner(symbol)
        half = self._half(symbol)
        if symbol.shape is Shape.DIAMOND:
            self._diamond(middle, self._sign(symbol), ink)
        elif self.tall == 1:
            left, right = {Shape.BOX: ("[", "]"), Shape.PAGE: ("\\", "/")}.get(symbol.shape, ("(", ")"))
            self.canvas.write(middle - half, 0, f"{left}{inner}{right}", ink)
        else:
            self._framed(middle - half, inner, symbol, ink)
        if mark := self._mark(symbol):
            self.canvas.write(middle + half + 1, self.middle, mark, "risk")

    def _diamond(self, middle: int, sign: str, ink: str) -> None:
        if self.tall > 1:
            self.canvas.write(middle - 1, 0, "/", ink)
            self.canvas.write(middle + 1, 0, "\\", ink)
            self.canvas.write(middle - 1, 2, "\\", ink)
            self.canvas.write(middle + 1, 2, "/", ink)
        self.canvas.write(middle - 2, self.middle, f"< {sign} >", ink)

    def _framed(self, left: int, inner: str, symbol: Symbol, ink: str) -> None:
        line, side = self.pencil.joints[EAST | WEST], self.pencil.joints[NORTH | SOUTH]
        is_round = symbol.shape in (Shape.START, Shape.END)
        corners = self.pencil.capsule if is_round else self.pencil.box
        top_left, top_right, bottom_left, bottom_right = corners
        sides = ("(", ")") if is_round and corners[0] == "." else (side, side)
        size = len(inner)
        bottom = bottom_left + line * size + bottom_right
        if symbol.shape is Shape.PAGE:
            bottom = f" \\{line * (size - 2)}/ "
        if symbol.lane == self.row.exit and self.index + 1 < len(self.plan.view.chart.rows):
            leaving = self.pencil.joints[EAST | SOUTH | WEST]
            bottom = bottom[: size // 2 + 1] + leaving + bottom[size // 2 + 2 :]
        self.canvas.write(left, 0, top_left + line * size + top_right, ink)
        self.canvas.write(left, 1, sides[0] + inner + sides[1], ink)
        self.canvas.write(left, 2, bottom, ink)

    # ------------------------------------------------------------------ answers
    def _answers(self) -> None:
        """Ya and Tidak beside their arrows, Tidak with the step that it goes back to."""
        if self.view is None or self.view.step.decision is None:
            return
        step, x = self.view.step, self._x(self.row.exit)
        unsure = self.plan.glyphs.marks["assumed"]
        yes = "Ya" + (unsure if is_assumed(step, Field.YA) else "")
        rows = self.plan.view.chart.rows
        there = self._x(rows[self.index + 1].entry) if self.index + 1 < len(rows) else x
        if there < x and self.canvas.height == self.tall + 1:
            self.canvas.write(x - len(yes), self.tall, yes, "strong")
        else:
            self.canvas.write(x + 1, self.tall, yes, "strong")
        self._tidak(self.plan.tidak(step), x)

    def _tidak(self, text: str, x: int) -> None:
        """Beside its arrow where there is room, else on whatever line of the row has some."""
        way = next(one for one in self.plan.ways if one.loop.source == self.index)
        size = len(text)
        diamond = next(one for one in self.row.symbols if one.shape is Shape.DIAMOND)
        right, left = self._edge(diamond, RIGHT), self._edge(diamond, -RIGHT) - size + 1
        low, high = self.plan.columns.lane_span
        # Over the arrow only as far as the columns go: beyond them it turns.
        beside = {RIGHT: [right + 1, right], -RIGHT: [left - 1, left], 0: []}[way.side]
        places = [(at, self.middle, EAST | WEST) for at in beside if low <= at and at + size <= high]
        lines = sorted(range(self.canvas.height), key=lambda y: abs(y - self.middle))
        near = sorted(range(self.canvas.width - size + 1), key=lambda at: abs(at + size // 2 - x))
        places += [(at, y, 0) for y in lines for at in near]
        for at, y, over in places:
            if self.canvas.is_free(at, y, size, over):
                self.canvas.write(at, y, text, "strong")
                return


def ink_of(view: StepView) -> str:
    """The ink of a step's state; its sign says the same."""
    if view.mood is Mood.LATE:
        return "late"
    if view.mood in (Mood.RISK, Mood.IDLE):
        return "risk"
    if view.card.state == RunPhase.SELESAI:
        return "done"
    return "strong" if view.card.is_open else "muted" if view.card.state == WAITING else "text"
