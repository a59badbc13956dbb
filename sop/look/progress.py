"""How many steps of a period are done. The one place that counts them; it needs no flow of cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Slot = tuple[int, str | None]
"""(step, bidang), None for nobody in particular."""


def progress(whose: Mapping[int, Sequence[str | None]], done: Collection[Slot]) -> tuple[int, int]:
    """(done, of all) steps.

    Args:
        whose: Every step -> who goes through it: nobody in particular (`NOBODY`), or every bidang that its region was
            entered with, none before that.
        done: Where a valid run has ended.
    """
    through = (bool(names) and all((step, name) in done for name in names) for step, names in whose.items())
    return sum(through), len(whose)


NOBODY: Sequence[str | None] = (None,)
