"""A month of the working calendar as lines: the grid, the totals beside it, the day that is picked.

Pure: from a calendar and dates to inked lines. What a change would be, in words, is `questions.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from sakip_tui.text import cut, wrapped
from sakip_tui.widgets.spans import Line, Span, headed
from sop.model.periods import key_of
from sop.model.texts import clean
from sop.time.office_calendar import Gap, OfficeCalendar, Totals, gaps, month_days, month_span, period_span, totals
from sop.time.work_calendar import DateRange, DayReason, DayRule, SpecialKind, WorkCalendar
from sop.words.calendar import CALENDAR_LABELS, certainty, named_source
from sop.words.labels import label, upper
from sop.words.periods import period_label
from sop.words.time import DAYS_SHORT, MONTHS, date_long, date_plain, days, duration, duration_short, hours_of

WEEK = 7
PANEL_CELLS = 31
"""Width of the totals beside the grid."""
_LEAST_WIDTH = 76
"""Below this the grid takes the whole width and the totals go under it."""
_MOST_LINES = 5
"""Lines of one day, where there is room."""
_SHORTEST_CELL = 7
"""Cells up to which a word has at most six letters."""
_WORDY_CELL = 13
"""Cells from which on the long words of a day fit."""

DAY_SIGNS = (
    ("[14]", "hari yang dipilih"),
    ("*", "hari ini"),
    ("?", "perkiraan, belum dipastikan"),
    ("libur", "libur nasional atau daerah"),
    ("cuti", "cuti bersama"),
    ("khusus", "hari dengan jam sendiri, misalnya setengah hari"),
    ("ditutup", "hari yang ditutup kantor sendiri"),
    ("tutup", "bukan hari kerja"),
)
"""What stands in a day of the grid and what it means, for the help; the name of a range stands in its days."""


class MonthView(NamedTuple):
    """A month, ready to be drawn."""

    year: int
    month: int
    days: tuple[DayReason, ...]
    month_totals: Totals
    quarter: str
    """Key of the quarter that the month belongs to."""
    quarter_totals: Totals
    gaps: tuple[Gap, ...]
    """What the year lacks."""
    ranges: tuple[DateRange, ...]
    """Those with a day in the month."""
    revision: int

    @property
    def first(self) -> dt.date:
        return self.days[0].day

    @property
    def last(self) -> dt.date:
        return self.days[-1].day

    @property
    def title(self) -> str:
        """`April 2026`."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def weeks(self) -> int:
        """Lines of days that the grid needs."""
        return (self.first.weekday() + len(self.days) + WEEK - 1) // WEEK

    def reason(self, day: dt.date) -> DayReason:
        """Of a day of this month."""
        return self.days[day.day - 1]


class GridShape(NamedTuple):
    """How many cells and lines one day takes."""

    cell: int
    lines: int
    panel: int
    """Width of the totals beside the grid; 0 where they go below."""


def build_month(office: OfficeCalendar, calendar: WorkCalendar, year: int, month: int) -> MonthView:
    """Everything a month is drawn from. Raises CalendarGap beyond the calendar's years."""
    first, last = month_span(year, month)
    quarter = key_of(year, f"TW{(month - 1) // 3 + 1}")
    return MonthView(
        year,
        month,
        month_days(calendar, year, month),
        totals(calendar, first, last),
        quarter,
        totals(calendar, *period_span(quarter)),
        gaps(office, year),
        tuple(item for item in office.spec.ranges if item.first <= last and first <= item.last),
        calendar.revision,
    )


def has_panel(width: int) -> bool:
    """Whether the totals stand beside the grid; else they go under it."""
    return width >= _LEAST_WIDTH


def shape_of(view: MonthView, width: int, height: int) -> GridShape:
    """What fits into the middle of the screen.

    Args:
        view: The month.
        width: Cells of the screen.
        height: Lines between the title and the picked day.
    """
    panel = PANEL_CELLS if has_panel(width) else 0
    cell = max(5, min(16, (width - panel) // WEEK))
    return GridShape(cell, max(1, min(_MOST_LINES, (height - 1) // view.weeks)), panel)


def range_at(view: MonthView, day: dt.date) -> DateRange | None:
    """The range that rules a day: of several the later one of the list."""
    found = [item for item in view.ranges if item.first <= day <= item.last]
    return found[-1] if found else None


# ---------------------------------------------------------------------- the grid
def grid_lines(view: MonthView, shape: GridShape, selected: dt.date, today: dt.date) -> list[Line]:
    """Names of the weekdays, then week by week."""
    head: Line = tuple(
        (f"  {name}".ljust(shape.cell), "strong" if n < 5 else "muted") for n, name in enumerate(DAYS_SHORT)
    )
    lines: list[Line] = [head]
    offset = view.first.weekday()
    for week in range(view.weeks):
        places = [week * WEEK + column - offset for column in range(WEEK)]
        cells = [
            _cell(view.days[place], shape, selected, today) if 0 <= place < len(view.days) else None for place in places
        ]
        for index in range(shape.lines):
            spans = [cell[index] if cell is not None else ("", "text") for cell in cells]
            lines.append(tuple(part for span in spans for part in _spaced(span, shape.cell)))
    return lines


def _spaced(span: Span, cell: int) -> Iterator[Span]:
    """A day's text with its ink, and a gap that a picked day leaves unmarked."""
    text = cut(span[0], cell - 1)
    yield text + " " * (cell - 1 - cell_len(text)), span[1]
    yield " ", "text"


def _cell(reason: DayReason, shape: GridShape, selected: dt.date, today: dt.date) -> list[Span]:
    is_selected = reason.day == selected
    flags = ("*" if reason.day == today else "") + ("" if reason.certain else "?")
    number = f"[{reason.day.day:2}]{flags}" if is_selected else f" {reason.day.day:2} {flags}"
    ink = _ink(reason)
    picked = "strong+picked" if is_selected else "strong" if ink == "text" else ink
    if shape.lines == 1:
        return [((number.rstrip() + _word(reason, 0)[:1].upper())[: shape.cell - 1], picked)]
    wide = shape.lines > 2
    word = _word(reason, shape.cell, named=not wide)
    name = clean(reason.name)
    # In the narrowest cells a word takes the place of the space before it.
    lead = " " if cell_len(word) < shape.cell - 1 else ""
    texts: list[Span] = [(number, picked), (lead + word, picked if is_selected else ink)]
    if wide:
        texts.append((f" {name}" if name else "", "text" if reason.is_open or reason.kind else "muted"))
        texts.append((f" {duration_short(reason.working_seconds)}" if reason.is_open else "", "muted"))
    texts += [("", "text")] * (shape.lines - len(texts))
    return texts[: shape.lines]


def _word(reason: DayReason, cell: int, *, named: bool = False) -> str:
    if reason.kind is SpecialKind.LIBUR:
        return "libur"
    if reason.kind is SpecialKind.CUTI_BERSAMA:
        return "cuti bersama" if cell > _WORDY_CELL else "cuti"
    if reason.kind is SpecialKind.KHUSUS:
        return "khusus" if reason.is_open else "ditutup" if cell > _SHORTEST_CELL else "tutup"
    if not reason.is_open:
        return "tutup"
    if reason.rule is DayRule.RANGE:
        return clean(reason.name) if named else "jam lain"
    return ""


def _ink(reason: DayReason) -> str:
    if reason.kind is SpecialKind.LIBUR:
        return "late"
    if reason.kind is SpecialKind.CUTI_BERSAMA:
        return "risk"
    if reason.kind is SpecialKind.KHUSUS or (reason.rule is DayRule.RANGE and reason.is_open):
        return "lane"
    return "text" if reason.is_open else "muted"


def day_at(view: MonthView, shape: GridShape, x: int, y: int) -> dt.date | None:
    """The day drawn at a cell of the grid; None beside the month."""
    week, column = (y - 1) // shape.lines, x // shape.cell
    place = week * WEEK + column - view.first.weekday()
    return view.days[place].day if y >= 1 and 0 <= column < WEEK and 0 <= place < len(view.days) else None


# ---------------------------------------------------------------------- beside and below it
def totals_lines(view: MonthView, width: int, most: int) -> list[Line]:
    """Working days and time of month and quarter, what the year lacks, and the month's special days."""
    room = max(10, width - 1)
    lines: list[Line] = []
    for name, held in ((view.title, view.month_totals), (f"{period_label(view.quarter)}", view.quarter_totals)):
        lines += [((cut(name, room), "strong"),), ((f" {totals_words(held)}", "text"),)]
    for gap in view.gaps:
        lines += [((text, "risk"),) for text in wrapped(gap_words(gap, view.year), room, 3)]
    told = list(_named(view, room))
    if told:
        lines.append(())
        left = most - len(lines)
        if len(told) > left:
            told = [*told[: max(0, left - 1)], ((f"dan {len(told) - max(0, left - 1)} lagi", "muted"),)]
        lines += told
    return lines[:most]


def totals_words(held: Totals) -> str:
    """`21 hari kerja, 157 j 30 m`."""
    return f"{days(held.working_days)} kerja, {duration_short(held.working_seconds)}"


def gap_words(gap: Gap, year: int) -> str:
    """`2028: cuti bersama belum ditetapkan`."""
    return f"{year}: {CALENDAR_LABELS[Gap][gap]}"


def _named(view: MonthView, room: int) -> Iterator[Line]:
    for item in view.ranges:
        doubt = "" if item.certain else " ?"
        yield ((cut(f"{clean(item.name)}{doubt}", room), "lane"),)
        yield ((cut(f" {date_plain(item.first)} -", room), "text"),)
        yield ((cut(f" {date_plain(item.last)}", room), "text"),)
    for reason in view.days:
        if reason.rule is DayRule.SPECIAL:
            doubt = "" if reason.certain else " ?"
            yield ((f"{reason.day.day:2} ", _ink(reason)), (cut(f"{clean(reason.name)}{doubt}", room - 3), "text"))


def day_lines(view: MonthView, selected: dt.date, today: dt.date, width: int, most: int) -> list[Line]:
    """The picked day in full words: a heading and at most `most` lines."""
    reason = view.reason(selected)
    title = date_long(selected) + (", hari ini" if selected == today else "")
    text = " ".join(_day_sentences(view, reason))
    return headed(title, text, width, most, least=most + 1)


def _day_sentences(view: MonthView, reason: DayReason) -> Iterator[str]:
    ruled = range_at(view, reason.day)
    if reason.rule is DayRule.SPECIAL:
        kind = label(reason.kind) if reason.kind is not None else ""
        yield f"{upper(kind)}: {clean(reason.name)} ({certainty(reason.certain)})."
    elif reason.rule is DayRule.RANGE:
        yield f"Jam khusus: {clean(reason.name)} ({certainty(reason.certain)})."
    if reason.is_open:
        usual = " menurut jam mingguan" if reason.rule is DayRule.WEEKLY else ""
        yield f"Jam kerja {hours_of(reason.spans)}, {duration(reason.working_seconds)}{usual}."
    else:
        yield "Bukan hari kerja." if reason.rule is not DayRule.SPECIAL else "Tidak ada jam kerja."
    if reason.source:
        yield f"Sumber: {clean(named_source(reason.source))}."
    if ruled is not None:
        yield f"Dalam rentang {clean(ruled.name)}, {date_plain(ruled.first)} sampai {date_plain(ruled.last)}."


def moved_month(day: dt.date, months: int) -> dt.date:
    """The same day of another month; its last one where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, month_span(year, month + 1)[1].day))
