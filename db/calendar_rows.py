"""The frozen values that leave this floor about the calendar and the settings of an office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sop.values import Frozen

if TYPE_CHECKING:
    from sop.acts.redating import Redated
    from sop.time.office_calendar import OfficeCalendar, RowChange


class CalendarChanged(Frozen):
    """What became of a change of the calendar."""

    sequence: int
    revision: int
    """The new one, in force from now on."""
    changes: tuple[RowChange, ...]
    dues: tuple[Redated, ...]
    """Every open run of the office that has a due moment, moved or not."""
    repeated: bool = False


class CalendarPreview(Frozen):
    """What a change would be."""

    revision: int
    """The one in force; hand it to `change_calendar` as `seen`."""
    after: OfficeCalendar
    changes: tuple[RowChange, ...]
    dues: tuple[Redated, ...]


class CalendarRow(Frozen):
    """One revision of the calendar; who and why as far as the log tells."""

    revision: int
    recorded: int
    content_hash: str
    act: str | None
    by: str | None
    reason: str | None
    changes: tuple[Mapping[str, Any], ...]
    """Rows that it changed, as `sop.time.office_calendar.RowChange` in JSON values."""


class SettingsChanged(Frozen):
    """What became of a change of settings."""

    sequence: int
    settings: Mapping[str, Mapping[str, Any]]
    """Name -> {before, after}, JSON values."""
    dues: tuple[Redated, ...]
    """Every open run that has a due moment, where the change is one of the clocks."""
    repeated: bool = False
