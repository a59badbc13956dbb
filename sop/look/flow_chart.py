"""The drawing of an SOP as facts: which symbol stands in whose column, and where the arrows go.

The five symbols are those of PermenPAN-RB 35/2012: capsule, box, diamond, arrow and the pentagon that continues on
another page. How they look is for whoever draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from sop.model.definition import Step
from sop.model.turn import DECISION, lane_of
from sop.values import Frozen


class Shape(StrEnum):
    """What a symbol is; the arrows follow from the order of the rows."""

    START = "start"
    """Capsule: here it begins."""
    END = "end"
    """Capsule: here it ends."""
    BOX = "box"
    DIAMOND = "diamond"
    PAGE = "page"
    """Pentagon: the next cadence goes on here, once its gate is open."""


class Symbol(NamedTuple):
    """One symbol in one column."""

    lane: int
    """Index of the column."""
    shape: Shape


class ChartRow(Frozen):
    """One row: a numbered step, or a symbol that stands between steps."""

    part: int
    """Which cadence it belongs to; a pentagon belongs to the one that it leads to."""
    step: Step | None
    """None for a capsule or a pentagon with a row of its own."""
    symbols: tuple[Symbol, ...]
    """From left to right."""
    entry: int
    """Index of the column where the arrow from above arrives."""
    exit: int
    """Index of the column from which the arrow leads on; of a decision, its Ya."""


class Loop(Frozen):
    """A Tidak, as indices of rows."""

    source: int
    target: int


class FlowChart(Frozen):
    """The rows from top to bottom, each leading to the next, and what leads back."""

    rows: tuple[ChartRow, ...]
    loops: tuple[Loop, ...]


def flow_chart(lanes: Sequence[str], parts: Sequence[Sequence[Step]]) -> FlowChart:
    """The drawing of the steps.

    Args:
        lanes: Names of the columns; every actor of the steps is among them.
        parts: The steps of each cadence, in the order in which one leads to the next; none is empty.
    """
    rows = tuple(_rows(list(lanes), parts))
    return FlowChart(rows, tuple(_loops(rows)))


def _rows(lanes: list[str], parts: Sequence[Sequence[Step]]) -> Iterator[ChartRow]:
    for part, steps in enumerate(parts):
        for step in steps:
            is_first = part == 0 and step is steps[0]
            is_last = part == len(parts) - 1 and step is steps[-1]
            shape = Shape.BOX
            if is_first and step.pelaksana[0] != step.decider:
                shape = Shape.START
            elif is_last and step.decision is None:
                shape = Shape.END
            row = _of_step(lanes, part, step, shape)
            if is_first and shape is not Shape.START:
                yield _alone(part, row.entry, Shape.START)
            elif part and step is steps[0]:
                yield _alone(part, _exit_lane(lanes, parts[part - 1][-1]), Shape.PAGE)
            yield row
            if is_last and shape is not Shape.END:
                yield _alone(part, row.exit, Shape.END)


def _alone(part: int, lane: int, shape: Shape) -> ChartRow:
    return ChartRow(part, None, (Symbol(lane, shape),), lane, lane)


def _of_step(lanes: list[str], part: int, step: Step, shape: Shape) -> ChartRow:
    decider = step.decider if step.decision is not None else None
    symbols = [Symbol(lanes.index(name), shape) for name in step.pelaksana if name != decider]
    if decider is not None:
        symbols.append(Symbol(lanes.index(decider), Shape.DIAMOND))
    return ChartRow(part, step, tuple(sorted(symbols)), lanes.index(step.pelaksana[0]), _exit_lane(lanes, step))


def _exit_lane(lanes: list[str], step: Step) -> int:
    return lanes.index(lane_of(step.pelaksana, step.decider if step.decision is not None else None, DECISION))


def _loops(rows: Sequence[ChartRow]) -> Iterator[Loop]:
    place = {(row.part, row.step.number): index for index, row in enumerate(rows) if row.step is not None}
    for index, row in enumerate(rows):
        if row.step is not None and row.step.decision is not None:
            yield Loop(index, place[row.part, row.step.decision.tidak])
