"""How far the forms of a period are, without any figure: cheap enough for a board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sop.kinerja.form import Owner
from sop.kinerja.state import DataPeriod


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


def unfilled_codes(period: DataPeriod, owners: Iterable[Owner] | None = None) -> tuple[str, ...]:
    """Codes of the rows that are belum diisi, of these owners or all."""
    return tuple(code for _, code in period.unfilled(period.forms if owners is None else owners))
