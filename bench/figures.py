"""One measured figure and how a run of them is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A median, or a ratio of medians taken in the same run."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    """The most it may be; None for a figure that only stands beside another."""

    @property
    def misses(self) -> bool:
        return self.limit is not None and self.value > self.limit


def show(title: str, figures: Iterable[Figure]) -> int:
    """Print figures as they come; returns how many miss their limit."""
    print(f"\n{title}", flush=True)
    missed = 0
    for figure in figures:
        bound = "" if figure.limit is None else f"   ≤ {figure.limit:g}   {'MISSED' if figure.misses else 'ok'}"
        print(f"  {figure.name:<58}{figure.value:>12.3f} {figure.unit:<4}{bound}", flush=True)
        missed += figure.misses
    return missed
