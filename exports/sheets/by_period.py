"""The year at a glance: each bidang, and each pelaksana, over the periods of a roll-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from db.rows import Recap
from exports.sheet import Cell, Column, Kind, Row, Sheet
from exports.sheets.bidang import working_days
from exports.sheets.pelaksana import lane_parts
from exports.sheets.source import Source, calendar_in, cases_of, column_key, runs_of
from sop.look.figures import total
from sop.look.year import steps_of
from sop.model.state import RunPhase
from sop.words.figures import share_of
from sop.words.periods import period_label, period_name

BIDANG_TITLE = "Bidang per periode"
LANES_TITLE = "Pelaksana per periode"
NOT_HANDED_IN = "tidak menyerahkan"


def bidang_by_period(source: Source) -> Sheet | None:
    """Working days each bidang took in each period, where it was late, where it did not hand in; None where no period
    below has steps that each bidang does by itself."""
    found = {recap.board.period: _bidang_in(source, recap) for recap in _recaps(source)}
    found = {period: cells for period, cells in found.items() if cells}
    if not source.below or not found:
        return None
    names = list(dict.fromkeys(name for cells in found.values() for name in cells))
    rows: list[Row] = []
    for name in names:
        mine = [cells[name] for cells in found.values() if name in cells]
        days = [one.days for one in mine if one.days is not None and not one.missing]
        rows.append(
            (
                name,
                *(_of(cells, name) for cells in found.values()),
                round(sum(days) / len(days), 1) if days else None,
                sum(one.late for one in mine),
                sum(one.missing for one in mine),
                *_values((cells.get(name) for cells in found.values()), len(_BIDANG_VALUES)),
            )
        )
    columns = (
        Column("bidang", "Bidang", width=34),
        *_period_columns(found, "days"),
        Column("mean_days", "Rata-rata (hari kerja)", Kind.NUMBER, width=10, decimals=1),
        Column("late", "Langkah terlambat", Kind.INTEGER, width=10),
        Column("missing", "Tidak menyerahkan", Kind.INTEGER, width=13),
        *_value_columns(found, _BIDANG_VALUES),
    )
    return Sheet(
        BIDANG_TITLE,
        columns,
        tuple(rows),
        ("Hari kerja sejak diterima sampai diserahkan, dan berapa langkahnya yang terlambat.",),
        table="bidang_per_periode",
        about="Setiap bidang di setiap periode",
    )


def lanes_by_period(source: Source) -> Sheet | None:
    """What each lane finished in each period and how much of it in time; None where none of them was measured."""
    found = {recap.board.period: _lanes_in(source, recap) for recap in _recaps(source)}
    found = {period: cells for period, cells in found.items() if cells}
    if not source.below or not found:
        return None
    order = {name: place for place, name in enumerate(source.sop.lane_names)}
    names = sorted({name for cells in found.values() for name in cells}, key=lambda name: order.get(name, len(order)))
    rows: list[Row] = []
    for name in names:
        mine = [cells[name] for cells in found.values() if name in cells]
        judged = sum(one.judged for one in mine)
        late = sum(one.late for one in mine)
        rows.append(
            (
                name,
                *(_of(cells, name) for cells in found.values()),
                sum(one.ended for one in mine),
                late,
                share_of(judged - late, judged),
                total(one.work_seconds for one in mine),
                *_values((cells.get(name) for cells in found.values()), len(_LANE_VALUES)),
            )
        )
    columns = (
        Column("lane", "Pelaksana", width=34),
        *_period_columns(found, "ended"),
        Column("ended", "Selesai", Kind.INTEGER, width=8),
        Column("late", "Terlambat", Kind.INTEGER, width=10),
        Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
        Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=8),
        *_value_columns(found, _LANE_VALUES),
    )
    return Sheet(
        LANES_TITLE,
        columns,
        tuple(rows),
        ("Langkah yang selesai dikerjakan, dan berapa yang terlambat.",),
        table="pelaksana_per_periode",
        about="Setiap pelaksana di setiap periode",
    )


class _Bidang(NamedTuple):
    """A bidang in one period."""

    days: int | None
    late: int
    missing: bool

    @property
    def words(self) -> str:
        if self.missing:
            return NOT_HANDED_IN
        told = [] if self.days is None else [f"{self.days} hari"]
        return ", ".join([*told, *([f"{self.late} terlambat"] if self.late else [])]) or "menyerahkan"


class _Lane(NamedTuple):
    """A lane in one period."""

    ended: int
    judged: int
    late: int
    work_seconds: int | None

    @property
    def words(self) -> str:
        return f"{self.ended} selesai" + (f", {self.late} terlambat" if self.late else "")


def _recaps(source: Source) -> Sequence[Recap]:
    return (*source.below, source.recap)


_BIDANG_VALUES = (("days", Kind.INTEGER), ("late", Kind.INTEGER), ("missing", Kind.YES_NO))
_LANE_VALUES = (
    ("ended", Kind.INTEGER),
    ("judged", Kind.INTEGER),
    ("late", Kind.INTEGER),
    ("work_seconds", Kind.DURATION),
)
"""What programs get of a period in place of its words: the fields of `_Bidang` and `_Lane`, in their order."""


def _period_columns(found: Mapping[str, object], told: str) -> list[Column]:
    """The words of each period; `told` is what they begin with."""
    return [
        Column(
            column_key(period),
            period_name(period),
            width=17,
            words_of=f"{column_key(period)}_{told}",
            alike=True,
        )
        for period in found
    ]


def _value_columns(found: Mapping[str, object], values: Sequence[tuple[str, Kind]]) -> list[Column]:
    return [
        Column(f"{column_key(period)}_{name}", f"{period_label(period)}, {name}", kind, programs=True)
        for period in found
        for name, kind in values
    ]


def _values(mine: Iterable[_Bidang | None] | Iterable[_Lane | None], count: int) -> Iterator[Cell]:
    """The fields of each period's cell; missing where it has none."""
    for one in mine:
        yield from (None,) * count if one is None else one


def _of(cells: Mapping[str, _Bidang] | Mapping[str, _Lane], name: str) -> Cell:
    one = cells.get(name)
    return None if one is None else one.words


def _bidang_in(source: Source, recap: Recap) -> dict[str, _Bidang]:
    cases = cases_of(recap.board)
    steps = steps_of(recap.board, recap.board.period)
    if not cases or steps is None:
        return {}
    case = cases[-1]
    calendar = calendar_in(source, recap)
    runs = [run for run in runs_of(source, recap, case) if run.valid and run.bidang is not None]
    found: dict[str, _Bidang] = {}
    for region in steps.regions:
        for name in case.regions.get(region.first, ()):
            mine = [run for run in runs if run.bidang == name and region.holds(run.step)]
            done = next((run for run in mine if run.step == region.last and run.phase is RunPhase.SELESAI), None)
            received = min((run.ready for run in mine), default=None)
            days = None
            if done is not None and done.ended is not None and received is not None:
                days = working_days(calendar, received, done.ended)
            late = sum(run.verdict is not None and run.verdict.is_late for run in mine)
            found[name] = _Bidang(days, late, done is None)
    return found


def _lanes_in(source: Source, recap: Recap) -> dict[str, _Lane]:
    return {
        name: _Lane(part.worked.ended, part.worked.judged, part.worked.late, part.worked.work_seconds)
        for name, part in lane_parts(source, recap).items()
        if name is not None and part.runs
    }
