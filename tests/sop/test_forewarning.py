"""What whoever acts is told beforehand: work outside working hours counts nothing, and a period that still runs."""

from __future__ import annotations

import datetime as dt

import pytest

from sop.acts.closing import still_runs
from sop.model.act import Act
from sop.model.periods import first_day, keys_of, last_day
from sop.time.work_calendar import DEFAULT_WEEKLY, CalendarSpec, WorkCalendar
from sop.words.forewarning import act_words, odd_hours_words, still_runs_words

CALENDAR = WorkCalendar(CalendarSpec("Asia/Jakarta", DEFAULT_WEEKLY), 1)


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(f"2026-{text}+07:00").timestamp())


NOW = at("10-15T09:00")
SATURDAY = "Sab 3 Okt 09.00"


def worth(started: str | None, ended: str | None) -> str:
    return odd_hours_words(started and at(started), ended and at(ended), CALENDAR, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("started", "ended", "told"),
    [
        ("10-03T09:00", "10-03T10:00", f"{SATURDAY} sampai 10.00 di luar jam kerja: waktu kerjanya tercatat 0 menit."),
        (
            "10-02T17:00",
            "10-03T10:00",
            "Jum 2 Okt 17.00 sampai Sab 3 Okt 10.00 di luar jam kerja: waktu kerjanya tercatat 0 menit.",
        ),
        ("10-03T09:00", "10-03T09:00", f"{SATURDAY} sampai 09.00 di luar jam kerja: waktu kerjanya tercatat 0 menit."),
        (
            "10-03T09:00",
            "10-05T08:00",
            f"{SATURDAY} di luar jam kerja: waktu kerjanya dihitung sejak Sen 5 Okt 07.30.",
        ),
        ("10-03T09:00", None, f"{SATURDAY} di luar jam kerja: waktu kerjanya dihitung sejak Sen 5 Okt 07.30."),
        (
            "10-02T15:00",
            "10-03T10:00",
            "Sab 3 Okt 10.00 di luar jam kerja: waktu kerjanya dihitung sampai Jum 2 Okt 16.30.",
        ),
        ("10-01T15:00", "10-01T17:00", "Kam 1 Okt 17.00 di luar jam kerja: waktu kerjanya dihitung sampai 16.00."),
        (None, "10-03T10:00", "Sab 3 Okt 10.00 di luar jam kerja."),
        ("10-01T07:30", "10-01T16:00", ""),
        ("10-01T09:00", "10-01T09:00", ""),
        (None, None, ""),
    ],
)
def test_what_work_at_odd_hours_is_worth(started: str | None, ended: str | None, told: str) -> None:
    assert worth(started, ended) == told


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (Act.MULAI, f"{SATURDAY} di luar jam kerja: waktu kerjanya dihitung sejak Sen 5 Okt 07.30."),
        (Act.PUTUSKAN, f"{SATURDAY} di luar jam kerja."),
        (Act.KOMENTAR, ""),
    ],
)
def test_of_which_acts_it_is_told(act: Act, told: str) -> None:
    assert act_words(act, at("10-03T09:00"), None, None, CALENDAR, NOW) == told


@pytest.mark.parametrize("act", [Act.AJUKAN, Act.PUTUSKAN, Act.TUNDA])
@pytest.mark.parametrize("stroke", ["12:00", "16:00"])
def test_what_ends_on_the_stroke_at_which_hours_close_is_within_them(act: Act, stroke: str) -> None:
    assert act_words(act, at(f"10-01T{stroke}"), at("10-01T09:00"), None, CALENDAR, NOW) == ""


def test_outside_the_calendar_nothing_is_said() -> None:
    assert odd_hours_words(-(10**12), None, CALENDAR, NOW) == ""


def test_a_period_runs_up_to_its_last_day() -> None:
    assert [last_day(key).strftime("%d/%m") for key in keys_of(2026)] == [
        *("31/03", "30/06", "30/09", "31/12"),
        *("30/06", "31/12", "31/12"),
    ]
    assert all(first_day(key) < last_day(key) for key in keys_of(2026))
    days = ("12-30T23:59", "12-31T00:00", "12-31T10:00")
    assert [still_runs("2026-TW4", at(day), CALENDAR.offset) for day in days] == [True, False, False]
    assert still_runs_words("2026-TW4").startswith("TW IV masih berjalan sampai Kam 31 Des 2026;")
