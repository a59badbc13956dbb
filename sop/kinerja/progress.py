"""How far the forms of a period are, without any figure: cheap enough for a board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sop.kinerja.form import Owner
from sop.kinerja.state import DataPeriod, IsianRow


class DataProgress(NamedTuple):
    """How far the rows of some owners are."""

    filled: int
    """Something is said of them: a value, or why there is none."""
    of: int
    marked: int = 0
    """Marked and not answered."""
    below: int = 0
    """With a capaian under 100."""

    def __str__(self) -> str:
        return f"{self.filled}/{self.of} indikator"


def progress_of(period: DataPeriod, owners: Iterable[Owner] | None = None) -> DataProgress:
    """How far the forms of a period are.

    Args:
        period: As the flow stands.
        owners: Whose rows; None for all.
    """
    chosen = [*period.forms] if owners is None else [owner for owner in owners if owner in period.forms]
    filled = of = 0
    for owner in chosen:
        rows = period.rows(owner)
        for row in period.form_rows(owner):
            of += 1
            filled += rows.get(row.key, IsianRow()).isian is not None
    return DataProgress(filled, of, len(period.marked(chosen)))


def unfilled_codes(period: DataPeriod, owners: Iterable[Owner] | None = None) -> tuple[str, ...]:
    """Codes of the rows that are belum diisi, of these owners or all."""
    chosen = [*period.forms] if owners is None else [owner for owner in owners if owner in period.forms]
    return tuple(
        row.indicator.code
        for owner in chosen
        for row in period.form_rows(owner)
        if period.rows(owner).get(row.key, IsianRow()).isian is None
    )
