"""Working hours as people type them: `07.30-12.00 dan 13.00-16.00`, `08:00-11:30, 12:30-15:30`, `tutup`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sop.form.faults import FaultCode
from sop.model.errors import Fault, FaultyInput
from sop.time.work_calendar import RAMADAN_WEEKLY, Spans, Weekly

LONGEST = 200
HOURS_EXAMPLES = ("07.30-12.00 13.00-16.00", "tutup")
CLOSED = "tutup"

_TIME = r"([0-9]{1,2})[.:]([0-9]{2})"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|\u2013|sampai|s\.?d\.?)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:\s|,|;|dan|&)*", re.IGNORECASE)


def parse_hours(text: str, place: str = "jam") -> Spans:
    """The spans of one day.

    Args:
        text: Spans one after the other, `tutup` for a closed day; `24.00` ends the day.
        place: Where the text stands, for the faults.

    Returns:
        Seconds of the day, in order, apart from each other.

    Raises:
        FaultyInput: Something is no span, or the spans are not in order; all of it named.
    """
    bare = text.strip()[: LONGEST + 1]
    if bare.casefold() == CLOSED:
        return ()
    if not bare or len(bare) > LONGEST or _BETWEEN.fullmatch(_SPAN.sub(" ", bare)) is None:
        raise FaultyInput((Fault(place, FaultCode.RENTANG_JAM_TAK_TERBACA, bare[:40], HOURS_EXAMPLES),))
    faults: list[Fault] = []
    spans: list[tuple[int, int]] = []
    for match in _SPAN.finditer(bare):
        start, end = (_seconds(match[hour], match[hour + 1]) for hour in (1, 3))
        if start is None or end is None:
            faults.append(Fault(place, FaultCode.JAM_TIDAK_ADA, match[0], ("00.00", "24.00")))
        elif start >= end:
            faults.append(Fault(place, FaultCode.JAM_TERBALIK, match[0]))
        elif spans and start < spans[-1][1]:
            faults.append(Fault(place, FaultCode.JAM_TUMPANG_TINDIH, match[0]))
        else:
            spans.append((start, end))
    if faults:
        raise FaultyInput(tuple(faults))
    return tuple(spans)


def laid_over(base: Weekly, usual: Weekly, given: Mapping[int, Spans]) -> Weekly:
    """A week of hours: what was given of a weekday, else of all working days (under -1), else what stood there.

    Args:
        base: What stood there.
        usual: The office's week, which says what a working day is.
        given: Weekday -> its hours.
    """
    every = given.get(-1)
    return tuple(
        given.get(index, every if every is not None and usual[index] else spans) for index, spans in enumerate(base)
    )


def ramadan_week(usual: Weekly) -> Weekly:
    """The hours of Ramadan laid over the office's week: a closed day stays closed, an open one they lack as it is."""
    return tuple(own or week for own, week in zip(RAMADAN_WEEKLY, usual, strict=True))


def _seconds(hour: str, minute: str) -> int | None:
    seconds = int(hour) * 3600 + int(minute) * 60
    return seconds if int(minute) < 60 and seconds <= 86_400 else None
