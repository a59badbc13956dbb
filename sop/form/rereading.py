"""Where the catalog reads a document otherwise than the version that an office adopted from it.

An adopted version is never touched; the office hears of it and settles the value itself. Where the office has settled
one already, by confirming or changing it, its word stands and nothing is told.
"""

from __future__ import annotations

from typing import NamedTuple

from sop.acts.amendment import GROUNDED, written
from sop.model.definition import Basis, Sop


class Rereading(NamedTuple):
    """One value that the catalog reads otherwise by now."""

    step: int
    key: str
    """As in `sop.acts.amendment.GROUNDED`."""
    own: str
    """What the office's version says, as it would be typed."""
    own_basis: Basis
    shipped: str
    """What the catalog says; the same as `own` where only the basis is another one."""
    shipped_basis: Basis

    @property
    def place(self) -> tuple[str, str]:
        """(area, key) as in `sop.acts.amendment`."""
        return f"langkah {self.step}", self.key


def rereadings(own: Sop, shipped: Sop) -> tuple[Rereading, ...]:
    """What the catalog reads otherwise, by step and then in the order of a form.

    Args:
        own: The office's version, confirmations applied.
        shipped: The catalog's SOP of the same code. Steps are matched by number; values that only one of the two
            has are no other reading of the document.
    """
    shipped_steps = {step.number: step for step in shipped.steps}
    pairs = ((step, shipped_steps[step.number]) for step in own.steps if step.number in shipped_steps)
    return tuple(
        reading
        for step, other in pairs
        for key, field in GROUNDED.items()
        if field in step.grounded and field in other.grounded
        for reading in (_reading(own, shipped, step.number, key),)
        if reading.own_basis is not Basis.DITETAPKAN
        # A file that states no basis claims nothing of where its value comes from.
        if reading.own != reading.shipped or (field in step.bases and reading.own_basis is not reading.shipped_basis)
    )


def _reading(own: Sop, shipped: Sop, step: int, key: str) -> Rereading:
    area, field = f"langkah {step}", GROUNDED[key]
    return Rereading(
        step,
        key,
        written(own, area, key),
        own.step(step).ground(field).basis,
        written(shipped, area, key),
        shipped.step(step).ground(field).basis,
    )
