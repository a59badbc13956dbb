"""The figures of a period as one value: rows with their figures, means of each owner and of the office.

What a closing freezes, what a recap prints, what a screen shows: the same. Which rows and leaves go in is
`consolidation.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sop.kinerja.achievement import Achievement
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS, FigureSettings, Predicate
from sop.kinerja.form import FormRow, Owner, target_to_json
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.number import printed
from sop.kinerja.rollup import Figure, FigureStanding, Mean, ToDate, mean_of
from sop.values import Frozen


class ReportRow(Frozen):
    """One indicator of a period."""

    owner: Owner
    row: FormRow
    figure: Figure
    isian: Isian | None = None
    """Words and value as handed in; None for what is belum diisi or rolled up."""
    marked: bool = False
    note: str | None = None
    """Of the mark."""


class PeriodReport(Frozen):
    """All indicators of a period, by the order of the register."""

    period: str
    rows: tuple[ReportRow, ...]
    settings: FigureSettings

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who has rows, in the order of the rows."""
        return tuple(dict.fromkeys(row.owner for row in self.rows))

    def of(self, owner: Owner) -> tuple[ReportRow, ...]:
        return tuple(row for row in self.rows if row.owner == owner)

    def mean(self, owner: Owner) -> Mean:
        """The mean of an owner's rows."""
        return mean_of(row.figure for row in self.of(owner))

    @property
    def whole(self) -> Mean:
        """The mean of the office: of all rows, not of the owners' means."""
        return mean_of(row.figure for row in self.rows)

    @property
    def said(self) -> Mapping[Keadaan, int]:
        """Keadaan -> how many rows say it; of the others nothing is said."""
        return Counter(row.figure.keadaan for row in self.rows if row.figure.keadaan is not None)

    def to_dict(self) -> dict[str, Any]:
        """JSON values: each figure as its exact fraction and as it is printed."""
        return {
            "period": self.period,
            "settings": self.settings.to_dict(),
            "rows": [_row_dict(row) for row in self.rows],
            "means": [{"owner": owner, **_mean_dict(self.mean(owner))} for owner in self.owners],
            "mean": _mean_dict(self.whole),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PeriodReport:
        """Read what `to_dict` wrote."""
        period = str(data["period"])
        rows = tuple(_row_from(period, row) for row in data["rows"])
        return cls(period, rows, FigureSettings.from_dict(data["settings"]))


def below_target(rows: Sequence[ReportRow]) -> list[ReportRow]:
    """Rows with a capaian under 100, the lowest first. What is not computed is none of them, nor what lacks some of its
    periods."""
    low = [(row.figure.achievement, row) for row in rows if row.figure.counts and row.figure.achievement is not None]
    return [row for held, row in sorted(low, key=lambda pair: pair[0].row) if held.row < 100]


def _row_dict(row: ReportRow) -> dict[str, Any]:
    figure, places = row.figure, row.row.indicator.decimals
    return {
        "code": row.row.indicator.code,
        "owner": row.owner,
        "row": row.row.to_dict(),
        "isian": None if row.isian is None else row.isian.to_dict(),
        "standing": figure.standing.value,
        "keadaan": None if figure.keadaan is None else figure.keadaan.value,
        "target_given": target_to_json(row.row.target),
        "value": _exact(figure.value, places),
        "target": _exact(figure.target, places),
        "achievement": _achievement(figure.achievement),
        "to_date": {
            "value": _exact(figure.to_date.value, places),
            "target": _exact(figure.to_date.target, places),
            "achievement": _achievement(figure.to_date.achievement),
            "periods": list(figure.to_date.periods),
        },
        "filled": figure.filled,
        "of": figure.of,
        "marked": row.marked,
        "note": row.note,
    }


def _row_from(period: str, data: Mapping[str, Any]) -> ReportRow:
    to = data["to_date"]
    figure = Figure(
        period,
        FigureStanding(data["standing"]),
        None if data["keadaan"] is None else Keadaan(data["keadaan"]),
        _fraction(data["value"]),
        _fraction(data["target"]),
        _achievement_from(data["achievement"]),
        ToDate(
            _fraction(to["value"]),
            _fraction(to["target"]),
            _achievement_from(to["achievement"]),
            tuple(to["periods"]),
        ),
        int(data["filled"]),
        int(data["of"]),
    )
    isian = None if data["isian"] is None else Isian.from_dict(data["isian"])
    return ReportRow(data["owner"], FormRow.from_dict(data["row"]), figure, isian, data["marked"], data["note"])


def _achievement_from(data: Mapping[str, Any] | None) -> Achievement | None:
    if data is None:
        return None
    raw, row, counted = (Fraction(data[name]["exact"]) for name in ("raw", "row", "counted"))
    return Achievement(raw, row, counted, Predicate(data["predicate"]), data["zero_target"])


def _fraction(data: Mapping[str, str] | None) -> Fraction | None:
    return None if data is None else Fraction(data["exact"])


def _achievement(held: Achievement | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {
        "raw": _exact(held.raw, CAPAIAN_DECIMALS),
        "row": _exact(held.row, CAPAIAN_DECIMALS),
        "counted": _exact(held.counted, CAPAIAN_DECIMALS),
        "predicate": held.predicate.value,
        "zero_target": held.zero_target,
    }


def _exact(value: Fraction | None, places: int) -> dict[str, str] | None:
    return None if value is None else {"exact": str(value), "printed": printed(value, places)}


def _mean_dict(mean: Mean) -> dict[str, Any]:
    return {"value": _exact(mean.value, CAPAIAN_DECIMALS), "counted": mean.counted, "of": mean.of}
