"""`sakip alur`: the SOP's drawing told in lines, symbol by symbol and arrow by arrow; with --gambar drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from db import queries
from sakip_tui.cli.entry import Answer
from sakip_tui.cli.session import Session

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.flow_chart.view import ChartView, StepView
    from sop.look.flow_chart import ChartRow

Document = dict[str, Any]


def flow_chart(session: Session) -> Answer:
    """`sakip alur [PERIODE]`: the period's steps, and those of the periods that it leads to and comes from."""
    from sakip_tui.flow_chart.view import chart_view
    from sop.model.periods import split

    given = session.period() if session.arguments.text("PERIODE") is not None else None
    session.know_zone(session.office.zone)
    year = _newest_year(session) if given is None else split(given)[0]
    board = queries.year_board(session.database, session.address, year)
    view = chart_view(board, _at_work(board, session.now) if given is None else _known(board, given), session.now)
    if session.arguments.has("--gambar"):
        return Answer(_document(view, board), lambda: _drawn(view, board))
    return Answer(_document(view, board), lambda: "\n".join(_told(view, board)))


def _newest_year(session: Session) -> int:
    from sop.model.periods import split

    return split(queries.standing(session.database, session.address).periods[-1].key)[0]


def _at_work(board: Board, now: int) -> str:
    """The period that the board would show first."""
    from sakip_tui.board.view import first_period

    today = board.calendar.date_of(now)
    return first_period(board.state, today.year, today.month)


def _known(board: Board, period: str) -> str:
    from sop.model.refusals import Unknown

    if period not in board.state.periods:
        raise Unknown("periode", period, tuple(board.state.periods))
    return period


# ---------------------------------------------------------------------- for people
def _heading(view: ChartView, board: Board) -> Iterator[str]:
    from sakip_tui.cli.layout import wrapped
    from sop.words.labels import period_label

    yield from wrapped(board.office_name, 80)
    yield from wrapped(f"Alur SOP {view.name}", 80)
    for section in view.sections:
        yield f"{period_label(section.period)}: {section.words}; SOP versi {section.version}"


def _told(view: ChartView, board: Board) -> Iterator[str]:
    """Each row in reading order: what it is, whose it is, where it leads, what it must meet."""
    from sakip_tui.cli.layout import printable, width, wrapped
    from sakip_tui.flow_chart.view import facts, page_words, symbol_words
    from sop.look.flow_chart import Shape

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
    from sop.look.flow_chart import Shape

    if index + 1 == len(view.chart.rows):
        return "tidak ada, di sini alur selesai"
    step = view.steps.get(index + 1)
    if step is not None:
        return f"ke langkah {step.step.number}"
    return "ke penghubung halaman" if view.chart.rows[index + 1].symbols[0].shape is Shape.PAGE else "ke Selesai"


def _drawn(view: ChartView, board: Board) -> str:
    """The drawing, all of its columns one below the other where they have no room side by side."""
    import sys

    from sakip_tui.cli.layout import printable, width
    from sakip_tui.flow_chart.canvas import LINES, PLAIN
    from sakip_tui.flow_chart.drawing import LARGE, Drawing
    from sakip_tui.flow_chart.signs import signs
    from sakip_tui.glyphs import ASCII, UNICODE

    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    glyphs, pencil = (UNICODE, LINES) if encoding.startswith("utf") else (ASCII, PLAIN)
    drawing = Drawing(view, width(), glyphs, pencil, LARGE)
    blocks = ["\n".join(_heading(view, board))]
    first = 0
    while True:
        lines = [*drawing.heads(first, with_groups=True), *drawing.lines(0, drawing.height, first, None)]
        blocks.append("\n".join(printable("".join(text for text, _ in line)) for line in lines))
        shown = drawing.columns.shown(first)
        if first + len(shown) >= len(drawing.columns.all):
            break
        first += len(shown)
    blocks.append("\n".join(f"{sign:<9} {text}" for sign, text in signs(pencil, glyphs)))
    return "\n\n".join(blocks)


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
    from sakip_tui.board.labels import Mood

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
