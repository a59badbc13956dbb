"""How far the bidang of a step are: how many handed in, were skipped, are missing. The one place that counts them.

Handed in and skipped are told apart wherever they are told: what was skipped was never handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from sop.values import Frozen


class Handed(Frozen):
    """Counts of bidang; together with the missing ones they make up the total."""

    handed_in: int
    """Ended by work, an earlier result taken over included."""
    skipped: int
    total: int
    """Bidang of the frozen list; of the office's while the region is not entered."""
    gives: bool = True
    """Whether the step is the region's last one, with which a bidang hands in what the next step waits for."""

    @property
    def missing(self) -> int:
        return self.total - self.handed_in - self.skipped

    @property
    def share(self) -> str:
        """`3/5`: those that handed in, of all."""
        return f"{self.handed_in}/{self.total}"

    @property
    def words(self) -> str:
        """`3 menyerahkan, 1 dilewati, 1 belum`, without what is none of them."""
        others = ((self.skipped, "dilewati"), (self.missing, "belum"))
        return ", ".join(
            [
                f"{self.handed_in} {'menyerahkan' if self.gives else 'selesai'}",
                *(f"{count} {word}" for count, word in others if count),
            ]
        )


def handed(phases: Iterable[str | None], gives: bool = True) -> Handed:
    """Count bidang.

    Args:
        phases: Of every bidang the phase (`RunPhase`, or its value) of its valid run of the step, of a region's last
            one; None for a bidang without.
        gives: As in `Handed`.
    """
    found = list(phases)
    return Handed(found.count("selesai"), found.count("dilewati"), len(found), gives)
