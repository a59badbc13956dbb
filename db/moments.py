"""Which numbers are moments. For whatever becomes one from a row."""

from __future__ import annotations

MOMENTS = range(253_402_214_400)
"""UTC epoch seconds from 1970 on that the calendar can show in every zone: to the last day of the year 9999."""


def moment(value: int) -> int:
    """The value. Raises ValueError where no calendar reaches it, and TypeError where it is no number."""
    if type(value) is not int:
        raise TypeError(type(value).__name__)
    if value not in MOMENTS:
        raise ValueError(value)
    return value


def moment_or_none(value: int | None) -> int | None:
    """As `moment`; None stays so."""
    return None if value is None else moment(value)
