"""Working time against one bisect: what a `diff` and an `add` cost, side by side in the same run."""

from __future__ import annotations

import random
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator

from bench.figures import Figure
from sop.time.work_calendar import DEFAULT_WEEKLY, CalendarSpec, WorkCalendar

LIMIT = 25.0
"""Times one bisect over 12,000 integers."""
ROUNDS = 15
CALLS = 4_000


def figures() -> Iterator[Figure]:
    """Medians over interleaved rounds of the same moments."""
    chance = random.Random(20260721)
    calendar = WorkCalendar(CalendarSpec(zone="Asia/Jakarta", weekly=DEFAULT_WEEKLY, ranges=(), days=()), revision=1)
    begin = 1_735_700_000
    moments = [begin + chance.randrange(0, 700 * 86_400) for _ in range(CALLS)]
    lengths = [chance.randrange(0, 900 * 3_600) for _ in range(CALLS)]
    sample = list(range(0, 12_000 * 60, 60))
    needles = [chance.randrange(0, 12_000 * 60) for _ in range(CALLS)]

    def bisects() -> None:
        for needle in needles:
            bisect_right(sample, needle)

    def diffs() -> None:
        for moment, length in zip(moments, lengths, strict=True):
            calendar.diff(moment, moment + length)

    def adds() -> None:
        for moment, length in zip(moments, lengths, strict=True):
            calendar.add(moment, length)

    diffs()
    adds()
    costs: dict[str, list[float]] = {"bisect": [], "diff": [], "add": []}
    for _ in range(ROUNDS):
        for name, work in (("bisect", bisects), ("diff", diffs), ("add", adds)):
            costs[name].append(_seconds(work) / CALLS)
    bare = statistics.median(costs["bisect"])
    yield Figure("one bisect over 12,000 integers", bare * 1e6, "µs")
    for name in ("diff", "add"):
        cost = statistics.median(costs[name])
        yield Figure(f"{name}", cost * 1e6, "µs")
        yield Figure(f"{name} / bisect", cost / bare, "x", LIMIT)


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
