"""Values in the words and figures of Indonesian readers, and the lines that stand around every table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import Any

from exports.characters import one_line
from exports.sheet import SIGNS, Cast, Front, Kind, Mark, Report, Row, Sheet, Signature
from sop.words.time import DAYS_SHORT, MONTHS_SHORT, date_plain

ZONES: Mapping[int, str] = MappingProxyType({7: "WIB", 8: "WITA", 9: "WIT"})
_HOURS: Mapping[object, int] = {name: hours for hours, name in ZONES.items()}
MISSING = "-"
PROVISIONAL = "SEMENTARA: periode ini belum ditutup, angkanya masih dapat berubah"
NO_ROWS = "Belum ada baris."

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANY_SIZE = Context(prec=400)
_SWAP = str.maketrans(",.", ".,")


def local(instant: int, offset_hours: int) -> datetime:
    """Aware datetime in the office's zone for UTC epoch seconds."""
    # Not fromtimestamp: on Windows it refuses moments before 1970.
    return (_EPOCH + timedelta(seconds=instant)).astimezone(timezone(timedelta(hours=offset_hours)))


def zone_name(offset_hours: int) -> str:
    """7 -> `WIB`; an offset that is no Indonesian zone -> `UTC+5`."""
    return ZONES.get(offset_hours, f"UTC{offset_hours:+d}")


def zone_of_rows(sheet: Sheet, offset_hours: int) -> Callable[[Row], int]:
    """What gives the hours east of UTC that a row's moments are shown in; `offset_hours` are the report's."""
    if sheet.zone is None:
        return lambda row: offset_hours
    place = next(number for number, column in enumerate(sheet.columns) if column.key == sheet.zone)
    return lambda row: _HOURS[row[place]]


def instant_text(instant: int, offset_hours: int) -> str:
    """`15 Okt 2026 09.31`: minutes cut, not rounded, as a clock shows them."""
    moment = local(instant, offset_hours)
    return f"{moment.day} {MONTHS_SHORT[moment.month - 1]} {moment.year} {moment:%H.%M}"


def date_text(day: date) -> str:
    """`Kam, 15 Okt 2026`."""
    return f"{DAYS_SHORT[day.weekday()]}, {day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"


def duration_text(seconds: int) -> str:
    """Whole seconds as `j:mm`; hours are not turned into days, seconds are cut as Excel does."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"


def number_text(value: float | Decimal, decimals: int) -> str:
    """`1.234,5`; halves are rounded away from zero, as Excel shows them."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ANY_SIZE):,f}".translate(_SWAP)


def difference_text(seconds: int) -> str:
    """Signed minutes with one decimal: `+10,5`; `0` for none."""
    if seconds == 0:
        return "0"
    return ("+" if seconds > 0 else "") + number_text(Decimal(seconds) / 60, 1)


_SHOWN: Mapping[Kind, Callable[[Any, int, int], str]] = MappingProxyType(
    {
        Kind.TEXT: lambda value, decimals, offset: str(value),
        Kind.INTEGER: lambda value, decimals, offset: number_text(value, 0),
        Kind.NUMBER: lambda value, decimals, offset: number_text(value, decimals),
        Kind.PERCENT: lambda value, decimals, offset: number_text(Decimal(repr(value)) * 100, decimals) + "%",
        Kind.INSTANT: lambda value, decimals, offset: instant_text(value, offset),
        Kind.DATE: lambda value, decimals, offset: date_text(value),
        Kind.DURATION: lambda value, decimals, offset: duration_text(value),
        Kind.DIFFERENCE: lambda value, decimals, offset: difference_text(value),
        Kind.YES_NO: lambda value, decimals, offset: yes_no(value),
        Kind.TICKED: lambda value, decimals, offset: ticked(value),
    }
)


def yes_no(value: bool) -> str:
    """`Ya` or `Tidak`."""
    return "Ya" if value else "Tidak"


def ticked(value: bool) -> str:
    """`dicentang` or `belum dicentang`."""
    return "dicentang" if value else "belum dicentang"


def shown(cell: Cast | None, offset_hours: int) -> str:
    """The cell as people read it. Text comes back as typed: each writer makes it harmless in its own way."""
    return MISSING if cell is None else _SHOWN[cell.kind](cell.value, cell.decimals, offset_hours)


def ordered(marks: frozenset[Mark]) -> tuple[Mark, ...]:
    """Marks by weight, heaviest first."""
    return tuple(mark for mark in Mark if mark in marks)


def signs(marks: frozenset[Mark]) -> str:
    """The signs of these marks, heaviest first, without a blank between."""
    return "".join(SIGNS[mark][0] for mark in ordered(marks))


def mark_words(marks: frozenset[Mark]) -> str:
    """The words of these marks: `terlambat, dicatat susulan`."""
    return ", ".join(SIGNS[mark][1] for mark in ordered(marks))


def legend(sheet: Sheet) -> str:
    """`Tanda: ! terlambat; * dicatat susulan` for the marks this sheet uses; empty when it has none."""
    used: frozenset[Mark] = frozenset().union(*sheet.marks.values())
    return "Tanda: " + "; ".join(" ".join(SIGNS[mark]) for mark in ordered(used)) if used else ""


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """Label and value of what identifies the report, in reading order. Values are not yet made harmless."""
    return (
        ("Kantor", report.office),
        ("SOP", report.sop),
        ("Periode", report.period),
        ("Keadaan", report.state),
        ("Dicetak", printed_text(report)),
        ("Sidik riwayat", report.log_hash),
    )


def printed_text(report: Report) -> str:
    """`15 Okt 2026 09.31 WIB`."""
    offset = report.zone_offset_hours
    return f"{instant_text(report.printed_at, offset)} {zone_name(offset)}"


BLANK = "_" * 24
"""Room to write by hand."""


def signing_line(signature: Signature) -> str:
    """`Tangerang, 15 Oktober 2026`, with room for what is not known."""
    day = BLANK if signature.date is None else date_plain(signature.date)
    return f"{one_line(signature.place) or BLANK}, {day}"


ELECTRONIC = "Dokumen ini ditandatangani secara elektronik; tanda tangannya diperiksa pada berkas elektroniknya."


def signing_blocks(signature: Signature) -> list[tuple[str, ...]]:
    """What stands over and under each signature, from left to right: heading, position, room, name, rank, NIP."""
    blocks: list[tuple[str, ...]] = []
    for one in signature.signatories:
        above = f"{one_line(one.heading)}," if one.heading.strip() else ""
        rank = (one_line(one.rank),) if one.rank.strip() else ()
        nip = f"NIP {one_line(one.nip)}".strip()
        blocks.append((above, one_line(one.position), "", "", "", one_line(one.name) or BLANK, *rank, nip))
    return blocks


def sheet_title(report: Report, sheet: Sheet) -> str:
    """What a sheet is called, and whether its figures may change."""
    return one_line(sheet.title) + (" (SEMENTARA)" if report.provisional else "")


def lines_above(sheet: Sheet) -> list[str]:
    """What stands over the table."""
    front = [] if sheet.front is None else front_above(sheet.front)
    return [line for line in (*front, *sheet.lines, legend(sheet)) if line]


def lines_below(sheet: Sheet) -> list[str]:
    """What stands under the table, before the signatures."""
    front = sheet.front
    return [*sheet.notes, *(() if front is None else (*front.kinerja, *front.changes, *filter(None, (front.proof,))))]


def front_above(front: Front) -> list[str]:
    """Of the page that is signed, in paragraphs, for writers without large letters."""
    headlines = (f"{one.figure} {one.words}{f' ({one.beside})' if one.beside else ''}" for one in front.headlines)
    return [
        *filter(None, front.letterhead),
        *front.title,
        *filter(None, (front.identity, DRAFT if front.draft else "")),
        "; ".join(headlines),
        f"{front.findings_title}:",
        *(f"{number}. {sentence}" for number, sentence in enumerate(front.findings, start=1)),
    ]


DRAFT = "KONSEP, belum untuk ditandatangani"
