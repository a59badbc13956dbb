"""What an office may set: thresholds and counting rules with their defaults (rules part 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from sop.deadline import AT_RISK_PERCENT, ClockStart


class EvidenceRule(StrEnum):
    """What must be at hand before a step may be finished."""

    NONE = "tidak"
    DOCUMENT = "dokumen"
    """At least one piece of evidence."""
    CHECKLIST = "kelengkapan"
    """Every kelengkapan item ticked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one office."""

    at_risk_percent: int = AT_RISK_PERCENT
    late_entry_days: int = 1
    """Working days after which a late entry needs a reason."""
    count_first_day: bool = False
    """Whether hari kerja counts the day the clock starts."""
    clock_starts: Mapping[str, ClockStart] = field(default_factory=dict)
    """Step number (as text) -> which moment starts its clock, where it differs from the unit's rule."""
    evidence: EvidenceRule = EvidenceRule.NONE
    targets: Mapping[str, str] = field(default_factory=dict)
    """Period key -> ISO date by which the office wants the period closed; none by default."""

    def clock_start_of(self, step: int) -> ClockStart | None:
        return self.clock_starts.get(str(step))

    def to_dict(self) -> dict[str, Any]:
        """JSON values, for the database."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Settings:
        """Read what `to_dict` wrote; what is missing takes its default."""
        return cls(
            at_risk_percent=int(data.get("at_risk_percent", AT_RISK_PERCENT)),
            late_entry_days=int(data.get("late_entry_days", 1)),
            count_first_day=bool(data.get("count_first_day", False)),
            clock_starts={str(step): ClockStart(value) for step, value in data.get("clock_starts", {}).items()},
            evidence=EvidenceRule(data.get("evidence", EvidenceRule.NONE)),
            targets={str(period): str(day) for period, day in data.get("targets", {}).items()},
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value.value if isinstance(value, StrEnum) else value
