"""The form of one owner in one period: rows and targets as they were frozen when it was sent out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.number import canonical, printed
from sop.model.definition import Cadence
from sop.values import Frozen, asdict, fields

Owner = str | None
"""A bidang's name; None is the office itself."""


class FormRow(Frozen):
    """One indicator of a form."""

    indicator: Indicator
    version: int
    period: str
    """What it counts for: the form's period, or a longer one without steps of its own."""
    target: TargetValue | None = None
    target_set: int | None = None
    previous: str | None = None
    """The realisasi of its period before, as printed; told beside the row, and no reason to send a form out anew."""

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def substance(self) -> tuple[object, ...]:
        """What makes a form another one when it differs."""
        return self.indicator, self.period, self.target

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "indicator": indicator_to_json(self.indicator),
            "version": self.version,
            "period": self.period,
            "target": target_to_json(self.target),
            "target_set": self.target_set,
            "previous": self.previous,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FormRow:
        """Read what `to_dict` wrote."""
        return cls(
            indicator_from_json(data["indicator"]),
            int(data["version"]),
            str(data["period"]),
            target_from_json(data["target"]),
            data["target_set"],
            data["previous"],
        )


class FormRevision(Frozen):
    """What was sent out to one owner."""

    number: int
    """The n of f1, f2."""
    rows: tuple[FormRow, ...]

    def row(self, key: str) -> FormRow | None:
        return next((row for row in self.rows if row.key == key), None)

    @property
    def substance(self) -> tuple[object, ...]:
        return tuple(row.substance for row in self.rows)


class FormChange(Frozen):
    """What is different between two revisions of a form."""

    code: str
    field: str
    """`baris` where a row came or went, `target`, or a field of `Indicator`."""
    before: str
    after: str
    """Empty for what is not there."""

    def __str__(self) -> str:
        return f"{self.code} {self.field} {self.before or '-'} \u2192 {self.after or '-'}"


def form_changes(old: FormRevision, new: FormRevision) -> Iterator[FormChange]:
    """Everything that differs, rows in the order of the new form, then those that went."""
    for row in new.rows:
        before = old.row(row.key)
        if before is None:
            yield FormChange(row.indicator.code, "baris", "", row.indicator.name)
            continue
        for name in fields(row.indicator):
            values = (getattr(before.indicator, name), getattr(row.indicator, name))
            if values[0] != values[1]:
                yield FormChange(row.indicator.code, name, *("" if value is None else str(value) for value in values))
        if before.target != row.target:
            was, now = (target_words(each.target, each.indicator) for each in (before, row))
            yield FormChange(row.indicator.code, "target", was, now)
    for before in old.rows:
        if new.row(before.key) is None:
            yield FormChange(before.indicator.code, "baris", before.indicator.name, "")


def target_words(target: TargetValue | None, indicator: Indicator) -> str:
    """A target as it is printed; empty for none."""
    if target is None:
        return ""
    return printed(target, indicator.decimals) if isinstance(target, Decimal) else target


def target_to_json(target: TargetValue | None) -> dict[str, str] | None:
    """A target as JSON: `{"number": "85.5"}` or `{"word": "WTP"}`."""
    if target is None:
        return None
    return {"number": canonical(target)} if isinstance(target, Decimal) else {"word": target}


def target_from_json(data: Mapping[str, str] | None) -> TargetValue | None:
    """Read what `target_to_json` wrote."""
    if data is None:
        return None
    return Decimal(data["number"]) if "number" in data else data["word"]


def indicator_to_json(indicator: Indicator) -> dict[str, Any]:
    """An indicator as JSON values; what is not there is left out."""
    return {
        name: value.value if isinstance(value, StrEnum) else value
        for name, value in asdict(indicator).items()
        if value is not None
    }


def indicator_from_json(data: Mapping[str, Any]) -> Indicator:
    """Read an indicator as a form keeps it; what is missing takes its default."""
    kinds: dict[str, type[StrEnum]] = {
        "jenis": Jenis,
        "arah": Arah,
        "konsolidasi": Konsolidasi,
        "cadence": Cadence,
    }
    held: dict[str, Any] = {name: kinds[name](value) if name in kinds else value for name, value in data.items()}
    return Indicator(**held)
