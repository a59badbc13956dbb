"""`sakip alur`: the SOP's drawing told in lines, symbol by symbol and arrow by arrow; with --gambar drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sakip_tui.cli.layout import printable, width, wrapped
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document
from sakip_tui.cli.year_asked import year_asked
from sakip_tui.views.card_words import Mood
from sakip_tui.views.flow_chart import chart_view, facts, page_words, symbol_words
from sop.loading import load
from sop.look.flow_chart import Shape
from sop.words.periods import period_label

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.views.flow_chart import ChartView, StepView
    from sop.look.flow_chart import ChartRow

DRAWING = "sakip_tui.flow_chart.printed:blocks"
"""Loaded with --gambar."""


def flow_chart(session: Session) -> Reply:
    """`sakip alur [PERIODE]`: the period's steps, and those of the periods that it leads to and comes from."""
    board, period = year_asked(session)
    view = chart_view(board, period, session.now)
    if session.arguments.has("--gambar"):
        return Reply(_document(view, board), lambda: _drawn(view, board))
    return Reply(_document(view, board), lambda: "\n".join(_told(view, board)))


# ---------------------------------------------------------------------- for people
def _heading(view: ChartView, board: Board) -> Iterator[str]:
    yield from wrapped(board.office_name, 80)
    yield from wrapped(f"Alur SOP {view.name}", 80)
    for section in view.sections:
        yield f"{period_label(section.period)}: {section.words}; SOP versi {section.version}"


def _told(view: ChartView, board: Board) -> Iterator[str]:
    """Each row in reading order: what it is, whose it is, where it leads, what it must meet."""
    yield from _heading(view, board)
    if not view.steps:
        yield "Tidak ada langkah pada periode ini."
    wide = width()
    for index, row in enumerate(view.chart.rows):
        yield ""
        step = view.steps.get(index)
        if step is None:
            section = view.sections[row.part]
            words = page_words(section) if row.symbols[0].shape is Shape.PAGE else ""
            text = f"{symbol_words(view, row)}. {words}".strip()
            yield from wrapped(printable(text), wide)
            continue
        yield from wrapped(printable(f"{step.step.number}. {step.step.title.text}"), wide, "   ")
        lines = [("Simbol", symbol_words(view, row)), *facts(step)]
        if step.step.decision is None:
            lines.insert(1, ("Panah", _onward(view, index)))
        for name, text in lines:
            yield from wrapped(printable(f"   {name}: {text}"), wide, "   ")


def _onward(view: ChartView, index: int) -> str:
    """Where the arrow of a row without a decision leads."""
    if index + 1 == len(view.chart.rows):
        return "tidak ada, di sini alur selesai"
    step = view.steps.get(index + 1)
    if step is not None:
        return f"ke langkah {step.step.number}"
    return "ke penghubung halaman" if view.chart.rows[index + 1].symbols[0].shape is Shape.PAGE else "ke Selesai"


def _drawn(view: ChartView, board: Board) -> str:
    """The drawing: the heading, then the rows and the signs as `flow_chart.printed` lays them out."""
    takes_lines = (sys.stdout.encoding or "ascii").lower().startswith("utf")
    blocks: Iterable[Iterable[str]] = load(DRAWING)(view, width(), plain=not takes_lines)
    return "\n\n".join("\n".join(map(printable, lines)) for lines in (_heading(view, board), *blocks))


# ---------------------------------------------------------------------- for programs
def _document(view: ChartView, board: Board) -> Document:
    return {
        "office": board.address.office,
        "office_name": board.office_name,
        "sop": board.address.sop,
        "name": view.name,
        "period": view.period,
        "pelaksana": list(view.lanes),
        "sections": [
            {
                "period": one.period,
                "cadence": one.cadence.value,
                "sop_version": one.version,
                "gate": list(one.children),
                "waiting_for": list(one.waits),
            }
            for one in view.sections
        ],
        "rows": [_row(view, row, view.steps.get(index)) for index, row in enumerate(view.chart.rows)],
    }


def _row(view: ChartView, row: ChartRow, step: StepView | None) -> Document:
    document: Document = {
        "period": view.sections[row.part].period,
        "symbols": [{"lane": view.lanes[symbol.lane], "shape": symbol.shape.value} for symbol in row.symbols],
    }
    if step is None:
        return document | {"step": None}
    return document | {
        "step": step.step.number,
        "title": step.step.title.text,
        "ya": None if step.step.decision is None else step.step.decision.ya or "akhir",
        "tidak": None if step.step.decision is None else step.step.decision.tidak,
        "state": step.card.state,
        "attempt": step.attempt or None,
        "joined": None if step.card.joined is None else [step.card.joined.handed_in, step.card.joined.total],
        "skipped": None if step.card.joined is None else step.card.joined.skipped,
        "late": step.mood is Mood.LATE,
        "at_risk": step.mood is Mood.RISK,
        "per_bidang": step.step.per_bidang,
        "joint": step.step.joint,
        "assumed": list(step.card.assumed),
    }
