"""The place where a workbook is signed: blocks side by side in plain cells, nothing merged."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from exports.display import signing_blocks, signing_line
from exports.sheet import Signature
from exports.workbook.names import no_rich_text
from exports.workbook.pages import column_pixels

WIDTH = 125
"""Characters that the blocks share where the table is narrower."""

_ALONE = 0.6
"""Share of the width at which one block alone begins: to the right, as letters are signed."""

_SPARE_WIDTH = 10
"""Characters of a column beside the table that a block stands in."""


def block_rows(signature: Signature, widths: Sequence[float]) -> list[list[tuple[int, str]]]:
    """Each row of the block as (column from 0, text) from left to right.

    Args:
        signature: Who signs, from left to right.
        widths: Characters of the table's columns; more of 10 characters may be used beside them.
    """
    blocks = signing_blocks(signature)
    starts = _starts(len(blocks), widths)
    spread = max(sum(widths), WIDTH)
    share = max(int(spread / len(blocks) if len(blocks) > 1 else spread * (1 - _ALONE)) - 4, 12)
    columns: list[list[str]] = []
    for heading, position, *rest in blocks:
        columns.append([heading, *(textwrap.wrap(position, share) or [""]), *rest])
    tallest = max((len(column) for column in columns), default=0)
    # Room for long positions is given above the signature, so that all lines to sign on lie level.
    level = [[*column[:-5], *[""] * (tallest - len(column)), *column[-5:]] for column in columns]
    rows = [[(start, column[number]) for start, column in zip(starts, level, strict=True)] for number in range(tallest)]
    return [[(starts[-1] if starts else 0, signing_line(signature))], *rows]


def write_signature(page: Any, row: int, rows: list[list[tuple[int, str]]], look: Any, widths: Sequence[float]) -> int:
    """Write the block from `row` on; returns the first row below."""
    beside = [column for cells in rows for column, _ in cells if column >= len(widths)]
    if beside:
        page.set_column(len(widths), max(beside), _SPARE_WIDTH)
    for cells in rows:
        for column, text in cells:
            if text:
                page.write_string(row, column, no_rich_text(text), look)
        row += 1
    return row


def _starts(blocks: int, widths: Sequence[float]) -> list[int]:
    """The column at whose left edge each block begins: evenly apart, no two alike."""
    spread = max(sum(widths), WIDTH)
    edges = [0.0]
    for width in [*widths, *[_SPARE_WIDTH] * (int(spread) // _SPARE_WIDTH + blocks)]:
        edges.append(edges[-1] + width)
    starts: list[int] = []
    for number in range(blocks):
        wanted = spread * (number / blocks if blocks > 1 else _ALONE)
        free = range(starts[-1] + 1 if starts else 0, len(edges))
        starts.append(min(free, key=lambda column: abs(edges[column] - wanted)))
    return starts


def printed_pixels(rows: list[list[tuple[int, str]]], widths: Sequence[float]) -> int:
    """How far to the right the block reaches, its last words included."""
    if not rows:
        return 0
    last = max(column for cells in rows for column, _ in cells)
    longest = max((len(text) for cells in rows for column, text in cells if column == last), default=0)
    known = [*widths, *[_SPARE_WIDTH] * (last + 1)][:last]
    return sum(map(column_pixels, known)) + longest * 7
