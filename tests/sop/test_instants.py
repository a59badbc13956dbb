"""What people type as a moment, and how moments and durations are said back to them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports.display import date_text, instant_text
from sop.model.errors import FaultyInput
from sop.time.instants import ZONES, civil, format_iso, parse_date, parse_instant
from sop.time.work_calendar import DEFAULT_WEEKLY
from sop.words import time as labels_time
from tests.sop.minute_counter import cases

WIB, WITA, WIT = ZONES.values()

offsets = st.sampled_from([WIB, WITA, WIT])
nows = st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2098, 12, 31)).map(  # noqa: DTZ001
    lambda moment: int(moment.replace(tzinfo=dt.UTC).timestamp())
)


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())


NOW = at("2026-10-15T09:31:20+07:00")


def codes(refused: pytest.ExceptionInfo[FaultyInput]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("8:15", "2026-10-15T08:15:00+07:00", 60),
        ("08.15", "2026-10-15T08:15:00+07:00", 60),
        ("08.15.40", "2026-10-15T08:15:40+07:00", 1),
        ("  hari ini 8.15 ", "2026-10-15T08:15:00+07:00", 60),
        ("Hari  Ini 23:59", "2026-10-15T23:59:00+07:00", 60),
        ("kemarin 14.00", "2026-10-14T14:00:00+07:00", 60),
        ("KEMARIN 0:00:00", "2026-10-14T00:00:00+07:00", 1),
        ("3/4 09.30", "2026-04-03T09:30:00+07:00", 60),
        ("15/10 23.00", "2026-10-15T23:00:00+07:00", 60),
        ("16/10 09.30", "2025-10-16T09:30:00+07:00", 60),
        ("31/12 09.30", "2025-12-31T09:30:00+07:00", 60),
        ("29/2 09.30", "2024-02-29T09:30:00+07:00", 60),
        ("03/04/2027 9.30", "2027-04-03T09:30:00+07:00", 60),
        ("2026-04-01T08:00", "2026-04-01T08:00:00+07:00", 60),
        ("2026-04-01 08:00:30", "2026-04-01T08:00:30+07:00", 1),
        ("2026-04-01t08:00", "2026-04-01T08:00:00+07:00", 60),
        ("2026-04-01T08:00+09:00", "2026-04-01T06:00:00+07:00", 60),
        ("2026-04-01T08:00:00+0900", "2026-04-01T06:00:00+07:00", 1),
        ("2026-04-01T01:00:00Z", "2026-04-01T08:00:00+07:00", 1),
        ("2026-04-01T01:00:00-05:30", "2026-04-01T13:30:00+07:00", 1),
        ("kemarin 24.00", "2026-10-15T00:00:00+07:00", 60),
        ("Kam 1 Okt 2026 08.30", "2026-10-01T08:30:00+07:00", 60),
        ("1 Okt 08.30", "2026-10-01T08:30:00+07:00", 60),
        ("1 oktober 08.30", "2026-10-01T08:30:00+07:00", 60),
        ("31 Des 08.30", "2025-12-31T08:30:00+07:00", 60),
        ("Kamis, 15 Oktober 2026 pukul 09.31 WIB", "2026-10-15T09:31:00+07:00", 60),
        ("15 Okt 2026 09.31 WITA", "2026-10-15T08:31:00+07:00", 60),
        ("15/10/2026 09:31:05", "2026-10-15T09:31:05+07:00", 1),
        ("3-4-2026 09.30", "2026-04-03T09:30:00+07:00", 60),
        ("3/4/26 09.30", "2026-04-03T09:30:00+07:00", 60),
        ("Jum'at 16/10 09.30", "2026-10-16T09:30:00+07:00", 60),
        ("Kam 19 Nov 14.30", "2026-11-19T14:30:00+07:00", 60),
        ("2026-12-31 24:00", "2027-01-01T00:00:00+07:00", 60),
    ],
)
def test_accepted_forms(text: str, moment: str, precision: int) -> None:
    assert parse_instant(text, WIB, NOW) == (at(moment), precision)


def test_today_is_the_office_own_day() -> None:
    """At 23:30 in Jakarta it is tomorrow in Jayapura."""
    now = at("2026-10-15T23:30:00+07:00")
    assert parse_instant("8:15", WIB, now)[0] == at("2026-10-15T08:15:00+07:00")
    assert parse_instant("8:15", WIT, now)[0] == at("2026-10-16T08:15:00+09:00")


def test_a_date_without_a_year_goes_back_over_new_year() -> None:
    now = at("2026-01-05T08:00:00+07:00")
    assert parse_instant("31/12 15.00", WIB, now)[0] == at("2025-12-31T15:00:00+07:00")
    assert parse_instant("5/1 15.00", WIB, now)[0] == at("2026-01-05T15:00:00+07:00")


@pytest.mark.parametrize(
    ("now", "year"), [("2028-02-28", 2024), ("2028-02-29", 2028), ("2031-06-01", 2028), ("2104-02-28", 2096)]
)
def test_a_leap_day_is_the_latest_there_was(now: str, year: int) -> None:
    """2100 is no leap year."""
    assert parse_date("29/2", WIB, at(f"{now}T12:00:00+07:00")) == dt.date(year, 2, 29)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["isian-kosong"]),
        (" \t", ["isian-kosong"]),
        ("2026-04-01", ["jam-belum-disebut"]),
        ("kemarin", ["jam-belum-disebut"]),
        ("3/4", ["jam-belum-disebut"]),
        ("besok 08.00", ["saat-tak-terbaca"]),
        ("8", ["saat-tak-terbaca"]),
        ("8.5", ["saat-tak-terbaca"]),
        ("2026-4-1 08:00", ["saat-tak-terbaca"]),
        ("kemarin14.00", ["saat-tak-terbaca"]),
        ("08:15-09:00", ["saat-tak-terbaca"]),
        ("3/4 08:15+07:00", ["saat-tak-terbaca"]),
        ("\u0660\u0668.\u0661\u0665", ["saat-tak-terbaca"]),  # digits of another script
        ("25.00", ["jam-tidak-ada"]),
        ("24.01", ["jam-tidak-ada"]),
        ("24.00.01", ["jam-tidak-ada"]),
        ("08.60", ["jam-tidak-ada"]),
        ("08.00.60", ["jam-tidak-ada"]),
        ("30/2 08.00", ["tanggal-tidak-ada"]),
        ("1/13 08.00", ["tanggal-tidak-ada"]),
        ("0/0 08.00", ["tanggal-tidak-ada"]),
        ("31/6/2026 08.00", ["tanggal-tidak-ada"]),
        ("2026-02-30 08:00", ["tanggal-tidak-ada"]),
        ("0206-04-01 08:00", ["tahun-di-luar-jangkauan"]),
        ("1/4/2206 08.00", ["tahun-di-luar-jangkauan"]),
        ("2026-04-01T08:00+15:00", ["selisih-zona-tidak-ada"]),
        ("30/2 25.00", ["jam-tidak-ada", "tanggal-tidak-ada"]),
        ("9" * 10_000, ["isian-terlalu-panjang"]),
    ],
)
def test_refused_forms_name_every_fault(text: str, found: list[str]) -> None:
    with pytest.raises(FaultyInput) as refused:
        parse_instant(text, WIB, NOW, place="--pada")
    assert codes(refused) == found
    assert {fault.place for fault in refused.value.faults} == {"--pada"}
    assert all(len(fault.found) <= 60 for fault in refused.value.faults)


def test_what_is_not_understood_is_answered_with_forms_that_are() -> None:
    with pytest.raises(FaultyInput) as refused:
        parse_instant("tadi pagi", WIB, NOW)
    known = refused.value.faults[0].known
    assert known
    for form in known:
        parse_instant(form, WIB, NOW)


typed = st.one_of(
    st.text(max_size=80),
    st.from_regex(
        r"(kemarin|hari ini|[0-9]{1,4}[/-][0-9]{1,2}([/-][0-9]{1,4})?)?[ tT]?[0-9]{1,2}[.:][0-9]{1,3}([.:]\d\d)?.?"
    ),
    st.lists(st.sampled_from([*"0123456789:./-+ TZtz", "kemarin", "hari ini"]), max_size=20).map("".join),
)


@settings(max_examples=cases(300), deadline=None)
@given(text=typed, offset=offsets, now=nows)
@example("29/2 00.00", WIB, 4_102_444_799)
@example("\x00", WIB, 0)
def test_nothing_but_a_fault_comes_of_anything_typed(text: str, offset: int, now: int) -> None:
    for parse in (parse_instant, parse_date):
        try:
            parse(text, offset, now)
        except FaultyInput as refused:
            faults = refused.faults
            assert faults


@settings(max_examples=cases(80), deadline=None)
@given(moment=nows, offset=offsets, now=nows)
def test_every_way_to_write_a_moment_is_read_back(moment: int, offset: int, now: int) -> None:
    local = civil(moment, offset)
    second = local.strftime("%H:%M:%S")
    for text in (
        format_iso(moment, offset),
        f"{local:%Y-%m-%d} {second}",
        f"{local.day}/{local.month}/{local.year} {second}",
    ):
        assert parse_instant(text, offset, now) == (moment, 1)
    minute = moment - local.second
    for text in (f"{local:%Y-%m-%d}T{local:%H:%M}", f"{local:%d/%m/%Y} {local:%H.%M}"):
        assert parse_instant(text, offset, now) == (minute, 60)


@settings(max_examples=cases(80), deadline=None)
@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)), offset=offsets, now=nows)
def test_a_date_without_a_year_is_the_latest_not_after_today(day: dt.date, offset: int, now: int) -> None:
    today = civil(now, offset).date()
    found = parse_date(f"{day.day}/{day.month}", offset, now)
    assert (found.day, found.month) == (day.day, day.month)
    assert found <= today
    try:
        assert dt.date(found.year + 1, day.month, day.day) > today
    except ValueError:
        assert (day.day, day.month) == (29, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-01", dt.date(2026, 4, 1)),
        ("1/4/2027", dt.date(2027, 4, 1)),
        ("hari ini", dt.date(2026, 10, 15)),
        ("kemarin", dt.date(2026, 10, 14)),
    ],
)
def test_days_alone(text: str, day: dt.date) -> None:
    assert parse_date(text, WIB, NOW) == day


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("31/12", dt.date(2026, 10, 15), dt.date(2026, 12, 31)),
        ("10/1", dt.date(2026, 12, 20), dt.date(2027, 1, 10)),
        ("31/12", dt.date(2026, 1, 20), dt.date(2025, 12, 31)),
        ("28/2", dt.date(2026, 12, 31), dt.date(2027, 2, 28)),
        ("29/2", dt.date(2026, 10, 15), dt.date(2028, 2, 29)),
        ("31/12/2024", dt.date(2026, 10, 15), dt.date(2024, 12, 31)),
        ("kemarin", dt.date(2026, 12, 31), dt.date(2026, 10, 14)),
    ],
)
def test_a_planned_date_without_a_year_is_the_closest_one(text: str, near: dt.date, day: dt.date) -> None:
    assert parse_date(text, WIB, NOW, near=near) == day


@given(st.dates(dt.date(2001, 1, 1), dt.date(2090, 12, 31)), st.dates(dt.date(2001, 1, 1), dt.date(2090, 12, 31)))
def test_no_other_year_is_closer_to_what_was_planned(day: dt.date, near: dt.date) -> None:
    found = parse_date(f"{day.day}/{day.month}", WIB, NOW, near=near)
    assert (found.day, found.month) == (day.day, day.month)
    others = [near.year + years for years in range(-4, 5)]
    distances = []
    for year in others:
        with suppress(ValueError):
            distances.append(abs(dt.date(year, day.month, day.day) - near))
    assert abs(found - near) == min(distances)


@pytest.mark.parametrize("text", ["", "besok", "08.15", "2026-04-01 08:00", "30/2/2026"])
def test_days_refused(text: str) -> None:
    with pytest.raises(FaultyInput):
        parse_date(text, WIB, NOW)


@settings(max_examples=cases(60), deadline=None)
@given(moment=nows, offset=offsets)
def test_iso_is_what_the_standard_library_reads(moment: int, offset: int) -> None:
    text = format_iso(moment, offset)
    assert int(dt.datetime.fromisoformat(text).timestamp()) == moment
    assert text.endswith(f"+0{offset // 3600}:00")


class TestWords:
    moment = at("2026-10-15T09:31:20+07:00")

    def test_moments(self) -> None:
        assert labels_time.moment_short(self.moment, WIB) == "Kam 15 Okt 09.31"
        assert (
            labels_time.moment_short(self.moment, WIB, now=at("2027-01-02T00:00:00+07:00")) == "Kam 15 Okt 2026 09.31"
        )
        assert labels_time.moment_short(self.moment, WIB, now=NOW) == "Kam 15 Okt 09.31"
        assert labels_time.moment_long(self.moment, "Asia/Jayapura") == "Kamis, 15 Oktober 2026 pukul 11.31 WIT"
        assert labels_time.clock(self.moment, WITA) == "10.31"

    def test_days(self) -> None:
        assert labels_time.date_long(dt.date(2026, 10, 15)) == "Kamis, 15 Oktober 2026"
        assert labels_time.date_plain(dt.date(2026, 5, 1)) == "1 Mei 2026"
        assert labels_time.date_short(dt.date(2026, 8, 16)) == "Min 16 Agu"

    @pytest.mark.parametrize(
        ("seconds", "long", "short"),
        [
            (0, "0 menit", "0 m"),
            (30, "30 detik", "30 d"),
            (60, "1 menit", "1 m"),
            (119, "1 menit", "1 m"),
            (3600, "1 jam", "1 j"),
            (3900, "1 jam 5 menit", "1 j 5 m"),
            (3659, "1 jam", "1 j"),
            (26 * 3600, "26 jam", "26 j"),
            (-3900, "-1 jam 5 menit", "-1 j 5 m"),
        ],
    )
    def test_durations_never_turn_hours_into_days(self, seconds: int, long: str, short: str) -> None:
        assert labels_time.duration(seconds) == long
        assert labels_time.duration_short(seconds) == short

    def test_counts_of_days(self) -> None:
        assert labels_time.days(2) == "2 hari"

    def test_hours_of_a_day(self) -> None:
        assert labels_time.hours_of(DEFAULT_WEEKLY[0]) == "07.30-12.00 dan 13.00-16.00"
        assert (
            labels_time.hours_of(((0, 60), (120, 3601), (72000, 86400)))
            == "00.00-00.01, 00.02-01.00.01 dan 20.00-24.00"
        )
        assert labels_time.hours_of(()) == "tutup"

    def test_every_zone_has_a_label(self) -> None:
        assert set(labels_time.ZONE_LABELS) == set(ZONES)


@given(
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2060, 12, 31)),  # noqa: DTZ001
    offsets,
)
def test_whatever_the_program_prints_of_a_moment_is_read_back(moment: dt.datetime, offset: int) -> None:
    t = int(moment.replace(tzinfo=dt.UTC).timestamp()) // 60 * 60
    now = t + 3600
    zone = next(name for name, east in ZONES.items() if east == offset)
    printed = (
        *(labels_time.moment_short(t, offset, now), labels_time.moment_short(t, offset), format_iso(t, offset)),
        *(labels_time.moment_long(t, zone), instant_text(t, offset // 3600)),
        f"{instant_text(t, offset // 3600)} {labels_time.ZONE_LABELS[zone]}",
        f"{civil(t, offset):%d/%m/%Y %H:%M:%S}",
    )
    for text in printed:
        assert parse_instant(text, offset, now)[0] == t, text


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31)), offsets)
def test_whatever_the_program_prints_of_a_day_is_read_back(day: dt.date, offset: int) -> None:
    now = int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp()) - offset
    for text in (labels_time.date_long(day), labels_time.date_plain(day), labels_time.date_short(day), date_text(day)):
        assert parse_date(text, offset, now) == day, text


@pytest.mark.parametrize("text", ["Sen 1 Okt 2026 08.30", "Sen 1 Okt 08.30", "Sabtu, 29 Feb 2024 08.00"])
def test_a_weekday_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(FaultyInput) as refused:
        parse_instant(text, WIB, NOW)
    assert codes(refused) == ["hari-tidak-cocok"]
    assert refused.value.faults[0].found == text.rpartition(" ")[0]


@pytest.mark.parametrize(
    "text", ["1 Okto 08.30", "Kam 08.30", "Kam, 08.30", "1 Okt 2026", "32 Jan 2026 08.00", "1-4 08.30"]
)
def test_what_only_looks_like_it_is_refused(text: str) -> None:
    with pytest.raises(FaultyInput):
        parse_instant(text, WIB, NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("09.12", "2025-07-03T09:12:00+07:00"),
        ("4/7 09.12", "2025-07-04T09:12:00+07:00"),
        ("30/6 09.12", "2026-06-30T09:12:00+07:00"),
        ("1/12 09.12", "2025-12-01T09:12:00+07:00"),
        ("Kam 3 Jul 09.12", "2025-07-03T09:12:00+07:00"),
        ("kemarin 09.12", "2026-10-14T09:12:00+07:00"),
        ("4/7/2026 09.12", "2026-07-04T09:12:00+07:00"),
    ],
)
def test_a_past_period_is_typed_without_its_year(text: str, moment: str) -> None:
    began = {"day": dt.date(2025, 7, 3), "since": dt.date(2025, 7, 1)}
    assert parse_instant(text, WIB, NOW, **began)[0] == at(moment)


def test_what_is_still_to_come_is_not_meant_by_a_day_since() -> None:
    """Opened in July 2026: 30 June is of the year before what is to come, and refused by whoever knows the opening."""
    assert parse_instant("30/6 08.00", WIB, NOW, since=dt.date(2026, 7, 1))[0] == at("2026-06-30T08:00+07:00")
