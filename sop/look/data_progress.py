"""How far the rows of data kinerja are that hang on each run of a period. Loaded for a year that has data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sop.acts.data_seats import accompanied, data_steps
from sop.acts.procedure import Procedure
from sop.kinerja.isian import Keadaan
from sop.kinerja.state import EMPTY_ROW, KinerjaState
from sop.model.periods import cadence_of
from sop.model.state import YearState
from sop.words.kinerja import filled_words


class RowProgress(NamedTuple):
    """So many rows, and of how many something is said: a value, or why there is none."""

    filled: int
    of: int
    absent: int = 0
    """Of those filled: belum ada."""
    exempt: int = 0
    """Of those filled: tidak berlaku."""

    def __str__(self) -> str:
        return f"{self.filled}/{self.of} indikator"

    @property
    def words(self) -> str:
        """`3/4 indikator terisi, 1 belum ada`."""
        valued = self.filled - self.absent - self.exempt
        said = {Keadaan.TERISI: valued, Keadaan.BELUM_ADA: self.absent, Keadaan.TIDAK_BERLAKU: self.exempt}
        return filled_words(said, self.of, "indikator")


def progress_by_run(year: YearState, key: str, steps: Procedure) -> Mapping[tuple[int, str | None], RowProgress]:
    """(step, bidang) of the runs that rows hang on -> how far these are.

    Args:
        year: With the period's newest case.
        key: Period key.
        steps: What its case runs.
    """
    cadence = cadence_of(key)
    periods = {key: year.periods[key]}
    state = accompanied(KinerjaState(), year.data, periods, year.cases, lambda case: data_steps(steps, cadence))
    period = state.period(key)
    found: dict[tuple[int, str | None], RowProgress] = {}
    for owner, seat in period.seats.items():
        wanted, rows = period.form_rows(owner), period.rows(owner)
        if wanted:
            said = [isian.keadaan for row in wanted if (isian := rows.get(row.key, EMPTY_ROW).isian) is not None]
            empty = (said.count(each) for each in (Keadaan.BELUM_ADA, Keadaan.TIDAK_BERLAKU))
            before = found.get((seat.step, seat.bidang), RowProgress(0, 0))
            own = len(said), len(wanted), *empty
            found[seat.step, seat.bidang] = RowProgress(*map(sum, zip(before, own, strict=True)))
    return found
