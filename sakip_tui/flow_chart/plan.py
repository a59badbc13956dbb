"""What every row of a drawing is painted from. Pure values."""

from __future__ import annotations

from typing import NamedTuple

from sakip_tui.flow_chart.canvas import Pencil
from sakip_tui.flow_chart.columns import Tracks
from sakip_tui.flow_chart.routes import Route
from sakip_tui.glyphs import Glyphs
from sakip_tui.views.flow_chart import ChartView, is_assumed
from sop.model.definition import Field, Step


class Plan(NamedTuple):
    """One chart with its columns and the ways back of its decisions, before a row of it is drawn."""

    view: ChartView
    glyphs: Glyphs
    pencil: Pencil
    symbol_height: int
    """Lines of a symbol."""
    columns: Tracks
    ways: tuple[Route, ...]
    """How each Tidak goes back."""

    def tidak(self, step: Step) -> str:
        """`Tidak ▲6?`: where a decision's Tidak leads, and whether that is an assumption."""
        unsure = self.glyphs.marks["assumed"] if is_assumed(step, Field.TIDAK) else ""
        return f"Tidak {self.pencil.up}{step.decision.tidak}{unsure}" if step.decision is not None else ""
