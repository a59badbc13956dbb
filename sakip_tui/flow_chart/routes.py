"""Which way each Tidak goes back: left or right of the columns, and how far out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from sop.look.flow_chart import ChartRow, FlowChart, Loop, Shape

LEFT, RIGHT = -1, 1
_MOST_TRIED = 8
"""With more decisions than this each takes the first side that is free, as all combinations would be too many."""
_UNDRAWN, _LONG = 100, 1


class Route(NamedTuple):
    """The way of one Tidak."""

    loop: Loop
    side: int
    """`LEFT` or `RIGHT` of the columns; 0 where no way is free, so that it is told in words only."""
    channel: int = 0
    """Which of the lines beside the columns it takes, from 0 next to them."""


def routes(chart: FlowChart) -> tuple[Route, ...]:
    """A way for each loop, in the order of the loops; ways do not run into each other."""
    open_sides = [[side for side in (RIGHT, LEFT) if _is_free(chart, loop, side)] for loop in chart.loops]
    sides = _best(chart, open_sides)
    channels = _channels(chart.loops, sides)
    return tuple(Route(loop, sides[index], channels.get(index, 0)) for index, loop in enumerate(chart.loops))


def widths(found: Sequence[Route]) -> tuple[int, int]:
    """How many lines run (left, right) of the columns."""
    left, right = (max((route.channel + 1 for route in found if route.side == side), default=0) for side in (-1, 1))
    return left, right


def _is_free(chart: FlowChart, loop: Loop, side: int) -> bool:
    """Whether nothing stands between the diamond and that side, nor between the side and the target's symbol."""
    source, target = chart.rows[loop.source], chart.rows[loop.target]
    diamond = next(symbol.lane for symbol in source.symbols if symbol.shape is Shape.DIAMOND)
    return _is_outermost(source, diamond, side) and _is_outermost(target, _arrival(target, side), side)


def _arrival(row: ChartRow, side: int) -> int:
    """Where a Tidak arrives: at whoever does the work, the nearest one of several."""
    doing = [symbol.lane for symbol in row.symbols if symbol.shape is not Shape.DIAMOND] or [row.entry]
    return max(doing) if side == RIGHT else min(doing)


def _is_outermost(row: ChartRow, lane: int, side: int) -> bool:
    return all((symbol.lane - lane) * side <= 0 for symbol in row.symbols)


def _best(chart: FlowChart, open_sides: Sequence[Sequence[int]]) -> list[int]:
    loops = chart.loops
    if len(loops) > _MOST_TRIED:
        taken: list[int] = []
        for index, sides in enumerate(open_sides):
            free = (side for side in sides if not _clashes(loops, [*taken, side], index))
            taken.append(next(free, 0))
        return taken
    found = [0] * len(loops)
    least = _UNDRAWN * len(loops)
    for tried in product(*((*sides, 0) for sides in open_sides)):
        if any(_clashes(loops, tried, index) for index in range(len(tried))):
            continue
        cost = sum(_cost(chart, loop, side) for loop, side in zip(loops, tried, strict=True))
        cost += sum(_LONG * (channel + 1) for channel in _channels(loops, tried).values())
        if cost < least:
            least, found = cost, list(tried)
    return found


def _cost(chart: FlowChart, loop: Loop, side: int) -> int:
    """Columns that the way crosses; a long way is better than none."""
    if not side:
        return _UNDRAWN
    lanes = 1 + max(symbol.lane for row in chart.rows for symbol in row.symbols)
    ends = (chart.rows[loop.source].exit, _arrival(chart.rows[loop.target], side))
    return sum(min(lanes - 1 - lane if side == RIGHT else lane, 10) for lane in ends)


def _clashes(loops: Sequence[Loop], sides: Sequence[int], index: int) -> bool:
    """Whether a way leaves or enters a row on the side and the line where another, or itself, enters or leaves."""
    mine = loops[index]
    return any(
        sides[index]
        and sides[other] == sides[index]
        and (mine.source == loops[other].target or mine.target == loops[other].source)
        for other in range(len(sides))
    )


def _channels(loops: Sequence[Loop], sides: Sequence[int]) -> Mapping[int, int]:
    """Loop -> channel: short ways next to the columns, none beside another on the same line."""
    taken: list[tuple[int, int, Loop]] = []
    found: dict[int, int] = {}
    for index in sorted(range(len(loops)), key=lambda index: loops[index].source - loops[index].target):
        side, loop = sides[index], loops[index]
        if not side:
            continue
        busy = {
            channel
            for other_side, channel, other in taken
            if other_side == side and other.target <= loop.source and loop.target <= other.source
        }
        channel = next(number for number in range(len(loops) + 1) if number not in busy)
        taken.append((side, channel, loop))
        found[index] = channel
    return found
