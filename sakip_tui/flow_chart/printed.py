"""The drawing of an SOP as lines of text; columns that have no room side by side stand one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_tui.flow_chart.canvas import LINES, PLAIN
from sakip_tui.flow_chart.drawing import LARGE, Plot
from sakip_tui.flow_chart.signs import signs
from sakip_tui.glyphs import ASCII, UNICODE
from sakip_tui.views.flow_chart import ChartView


def blocks(view: ChartView, width: int, *, plain: bool) -> Iterator[list[str]]:
    """The drawing a block of lines at a time, the meaning of its signs last.

    Args:
        view: What is drawn.
        width: Cells in a line.
        plain: Whether only ASCII can be shown.
    """
    glyphs, pencil = (ASCII, PLAIN) if plain else (UNICODE, LINES)
    drawing = Plot(view, width, glyphs, pencil, LARGE)
    first = 0
    while True:
        lines = [*drawing.heads(first, with_groups=True), *drawing.lines(0, drawing.height, first, None)]
        yield ["".join(text for text, _ in line) for line in lines]
        shown = drawing.columns.shown(first)
        if first + len(shown) >= len(drawing.columns.all):
            break
        first += len(shown)
    yield [f"{sign:<9} {text}" for sign, text in signs(pencil, glyphs)]
