"""Where the rows of a filled year come from: joint decrees for the years they are known, else the package `holidays`.

The package is loaded only when a year is filled that no decree is known for, and of it only Indonesia. It has no
Ramadan for Indonesia; that is proposed here as the thirty days before Idulfitri, which is what 2025, 2026 and 2027
have.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from sop.loading import load
from sop.time.office_calendar import FillYear
from sop.time.work_calendar import RAMADAN_WEEKLY, DateRange, SpecialDay, SpecialKind
from sop.values import Frozen

INDONESIA = "holidays.countries.indonesia:Indonesia"
RELEASE = "importlib.metadata:version"
"""Loaded for the first year that no decree is known for."""
LAST_CERTAIN_YEAR = 2026
"""Later years are estimates until the office confirms them."""

_RAMADAN_DAYS = 30
_LUNAR_YEAR_DAYS = 354.367
_KNOWN_RAMADAN = (1446, dt.date(2025, 3, 1))
_READER_OF_TEXTS = "dateutil.parser"
_ESTIMATE = re.compile(r"\s*\(perkiraan\)")


class Decree(Frozen):
    """Holidays and collective leave of one year as a joint decree of three ministers lists them."""

    source: str
    holidays: tuple[tuple[str, str], ...]
    """(month-day, name)."""
    leave: tuple[tuple[str, str], ...]


DECREES = {
    2025: Decree(
        "SKB 3 Menteri 1017/2024, 2/2024, 2/2024; diubah 933/2025, 1/2025, 3/2025",
        (
            ("01-01", "Tahun Baru 2025 Masehi"),
            ("01-27", "Isra Mikraj Nabi Muhammad S.A.W."),
            ("01-29", "Tahun Baru Imlek 2576 Kongzili"),
            ("03-29", "Hari Suci Nyepi (Tahun Baru Saka 1947)"),
            ("03-31", "Idulfitri 1446 Hijriah"),
            ("04-01", "Idulfitri 1446 Hijriah"),
            ("04-18", "Wafat Yesus Kristus"),
            ("04-20", "Kebangkitan Yesus Kristus (Paskah)"),
            ("05-01", "Hari Buruh Internasional"),
            ("05-12", "Hari Raya Waisak 2569 BE"),
            ("05-29", "Kenaikan Yesus Kristus"),
            ("06-01", "Hari Lahir Pancasila"),
            ("06-06", "Iduladha 1446 Hijriah"),
            ("06-27", "1 Muharam Tahun Baru Islam 1447 Hijriah"),
            ("08-17", "Proklamasi Kemerdekaan"),
            ("09-05", "Maulid Nabi Muhammad S.A.W."),
            ("12-25", "Kelahiran Yesus Kristus"),
        ),
        (
            ("01-28", "Cuti bersama Tahun Baru Imlek 2576 Kongzili"),
            ("03-28", "Cuti bersama Hari Suci Nyepi (Tahun Baru Saka 1947)"),
            ("04-02", "Cuti bersama Idulfitri 1446 Hijriah"),
            ("04-03", "Cuti bersama Idulfitri 1446 Hijriah"),
            ("04-04", "Cuti bersama Idulfitri 1446 Hijriah"),
            ("04-07", "Cuti bersama Idulfitri 1446 Hijriah"),
            ("05-13", "Cuti bersama Hari Raya Waisak 2569 BE"),
            ("05-30", "Cuti bersama Kenaikan Yesus Kristus"),
            ("06-09", "Cuti bersama Iduladha 1446 Hijriah"),
            ("08-18", "Cuti bersama Proklamasi Kemerdekaan"),
            ("12-26", "Cuti bersama Kelahiran Yesus Kristus"),
        ),
    ),
    2026: Decree(
        "SKB 3 Menteri 1497/2025, 2/2025, 5/2025",
        (
            ("01-01", "Tahun Baru 2026 Masehi"),
            ("01-16", "Isra Mikraj Nabi Muhammad S.A.W."),
            ("02-17", "Tahun Baru Imlek 2577 Kongzili"),
            ("03-19", "Hari Suci Nyepi (Tahun Baru Saka 1948)"),
            ("03-21", "Idulfitri 1447 Hijriah"),
            ("03-22", "Idulfitri 1447 Hijriah"),
            ("04-03", "Wafat Yesus Kristus"),
            ("04-05", "Kebangkitan Yesus Kristus (Paskah)"),
            ("05-01", "Hari Buruh Internasional"),
            ("05-14", "Kenaikan Yesus Kristus"),
            ("05-27", "Iduladha 1447 Hijriah"),
            ("05-31", "Hari Raya Waisak 2570 BE"),
            ("06-01", "Hari Lahir Pancasila"),
            ("06-16", "1 Muharam Tahun Baru Islam 1448 Hijriah"),
            ("08-17", "Proklamasi Kemerdekaan"),
            ("08-25", "Maulid Nabi Muhammad S.A.W."),
            ("12-25", "Kelahiran Yesus Kristus"),
        ),
        (
            ("02-16", "Cuti bersama Tahun Baru Imlek 2577 Kongzili"),
            ("03-18", "Cuti bersama Hari Suci Nyepi (Tahun Baru Saka 1948)"),
            ("03-20", "Cuti bersama Idulfitri 1447 Hijriah"),
            ("03-23", "Cuti bersama Idulfitri 1447 Hijriah"),
            ("03-24", "Cuti bersama Idulfitri 1447 Hijriah"),
            ("05-15", "Cuti bersama Kenaikan Yesus Kristus"),
            ("05-28", "Cuti bersama Iduladha 1447 Hijriah"),
            ("12-24", "Cuti bersama Kelahiran Yesus Kristus"),
        ),
    ),
}
"""The lists that are known to the day; the package is held to them by a test and never asked for these years."""

_KNOWN_RANGES = {2025: (dt.date(2025, 3, 1), dt.date(2025, 3, 30)), 2026: (dt.date(2026, 2, 19), dt.date(2026, 3, 20))}
"""Ramadan as it was set, by the year in which it begins."""


def filling(year: int) -> FillYear:
    """The rows of a year: libur nasional, cuti bersama where it is known, and the Ramadan that begins in it."""
    return FillYear(year, tuple(_days(year)), tuple(_ramadan(year)))


def _days(year: int) -> Iterator[SpecialDay]:
    decree = DECREES.get(year)
    if decree is None:
        yield from _days_of_package(year)
        return
    for listed, kind in ((decree.holidays, SpecialKind.LIBUR), (decree.leave, SpecialKind.CUTI_BERSAMA)):
        for day, name in listed:
            yield SpecialDay(dt.date.fromisoformat(f"{year}-{day}"), (), name, decree.source, True, kind)


def _days_of_package(year: int) -> Iterator[SpecialDay]:
    certain = year <= LAST_CERTAIN_YEAR
    seen: set[dt.date] = set()
    for category, kind in (("public", SpecialKind.LIBUR), ("government", SpecialKind.CUTI_BERSAMA)):
        for day, name in _package(year, category):
            # A holiday that is collective leave as well is a holiday.
            if day not in seen:
                seen.add(day)
                yield SpecialDay(day, (), name, _package_name(), certain, kind)


@lru_cache(maxsize=64)
def _package(year: int, category: str) -> tuple[tuple[dt.date, str], ...]:
    """(day, name) by day. Days that a region alone has are in neither of the two categories."""
    found = _indonesia()(years=year, categories=(category,), language="id")
    return tuple(sorted((day, _ESTIMATE.sub("", name)) for day, name in found.items() if day.year == year))


@lru_cache(maxsize=1)
def _indonesia() -> Any:
    """The package's class for Indonesia, without the two hundred other countries that it brings along.

    Importing the package runs a module for each of them, a fifth of a second; while this one is looked for, bare
    modules stand in for the two packages around it.
    """
    if "holidays" not in sys.modules and (found := find_spec("holidays")) is not None and found.origin is not None:
        root = Path(found.origin).parent
        stand_ins = {"holidays": root, "holidays.countries": root / "countries"}
        for name, place in stand_ins.items():
            sys.modules[name] = ModuleType(name)
            sys.modules[name].__path__ = [str(place)]
        # Reads dates that are written as text, which nobody asks for here.
        unread = ModuleType(_READER_OF_TEXTS)
        unread.__dict__["parse"] = None
        is_standing_in = sys.modules.setdefault(_READER_OF_TEXTS, unread) is unread
        try:
            return load(INDONESIA)
        except ImportError:
            # A release that is built in another way is imported as a whole.
            pass
        finally:
            for name in [name for name in sys.modules if name.partition(".")[0] == "holidays"]:
                del sys.modules[name]
            if is_standing_in:
                del sys.modules[_READER_OF_TEXTS]
    return load(INDONESIA)


@lru_cache(maxsize=1)
def _package_name() -> str:
    """`paket holidays 0.62`: by the name of the folder that tells of the installed release, since what reads such
    folders takes longer to import than the package."""
    found = find_spec("holidays")
    if found is not None and found.origin is not None:
        for folder in Path(found.origin).parents[1].glob("holidays-*.dist-info"):
            return f"paket holidays {folder.name.removesuffix('.dist-info').partition('-')[2]}"
    return f"paket holidays {load(RELEASE)('holidays')}"


def _ramadan(year: int) -> Iterator[DateRange]:
    known = _KNOWN_RANGES.get(year)
    if known is not None:
        yield _range(*known, "Perpres 21/2023; awal dan akhir menurut penetapan pemerintah", True)
        return
    for feast in (*_idulfitri(year), *_idulfitri(year + 1)):
        first = feast - dt.timedelta(days=_RAMADAN_DAYS)
        if first.year == year:
            yield _range(first, feast - dt.timedelta(days=1), "Perpres 21/2023; tanggalnya perkiraan", False)


def _idulfitri(year: int) -> list[dt.date]:
    """The first days of Idulfitri in a year; there may be two."""
    days = [day for day, name in _package(year, "public") if "idul fitri" in name.casefold()]
    return [day for day in days if day - dt.timedelta(days=1) not in days]


def _range(first: dt.date, last: dt.date, source: str, certain: bool) -> DateRange:
    hijri, begun = _KNOWN_RAMADAN
    number = hijri + round((first - begun).days / _LUNAR_YEAR_DAYS)
    return DateRange(first, last, RAMADAN_WEEKLY, f"Ramadan {number} H", source, certain)
