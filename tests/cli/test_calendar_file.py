"""`sakip kalender ics`: what stands in a phone's calendar, and that taking it in again moves the events of before."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

TW1 = "2025-TW1"
WIB = dt.timezone(dt.timedelta(hours=7))


def _moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2025, 4, day, hour, minute, tzinfo=WIB)


@pytest.fixture
def waiting(nine: Desk) -> Desk:
    """A quarter whose first step was begun on a Thursday afternoon before the Easter weekend, seen right after."""
    nine.do("kalender libur 2025-04-18", "Jumat Agung")
    opened(nine, TW1, "2025-04-17T08:00")
    nine.do(f"mulai {TW1} 1 --pada 2025-04-17T15:55", *LATE)
    nine.now = int(_moment(17, 15, 56).timestamp())
    return nine


def _events(desk: Desk, *words: str) -> list:  # type: ignore[type-arg]
    said = desk("kalender", "ics", *words)
    assert said.code == 0, said.err
    return list(Calendar.from_ical(said.raw).walk("VEVENT"))


def test_the_due_moment_of_an_open_step_is_an_event_in_utc(waiting: Desk) -> None:
    (event,) = _events(waiting)
    # 15 minutes, five of them on Thursday; Friday is a holiday.
    assert event.decoded("DTSTART") == _moment(21, 7, 40)
    assert event["DTSTART"].to_ical() == b"20250421T004000Z"
    assert event["SUMMARY"].startswith("TW I 2025, langkah 1: ")
    assert "Lajur: Sekretaris Dinas." in event["DESCRIPTION"]
    # Thursday's opening has gone by.
    assert event.walk("VALARM") == []


def test_the_alarm_rings_when_the_working_day_before_opens(waiting: Desk) -> None:
    waiting.do(f"pengaturan ubah --target {TW1}=2025-04-22")
    (target,) = [event for event in _events(waiting) if "Target" in event["SUMMARY"]]
    assert (target.decoded("DTSTART"), target.decoded("DTEND")) == (_moment(22, 0), _moment(23, 0))
    (alarm,) = target.walk("VALARM")
    assert alarm.decoded("TRIGGER") == _moment(21, 7, 30)
    # Holidays and weekends are no working days.
    waiting.do(f"pengaturan ubah --target {TW1}=2025-04-21")
    waiting.now = int(_moment(17, 6).timestamp())
    (target,) = [event for event in _events(waiting) if "Target" in event["SUMMARY"]]
    assert target.walk("VALARM")[0].decoded("TRIGGER") == _moment(17, 7, 30)


def test_taken_in_again_an_event_moves_and_is_no_second_one(waiting: Desk) -> None:
    (before,) = _events(waiting)
    (same,) = _events(waiting)
    assert before.to_ical() == same.to_ical()
    waiting.now += 60
    waiting.do("kalender libur 2025-04-21 Banjir")
    (after,) = _events(waiting)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == _moment(22, 7, 40)


def test_a_paused_step_may_still_move(waiting: Desk) -> None:
    waiting.do(f"tunda {TW1} 1", "--alasan", "menunggu data")
    (event,) = _events(waiting)
    assert event["STATUS"] == "TENTATIVE"
    assert "masih dapat bergeser" in event["DESCRIPTION"]


def test_what_has_no_due_moment_is_told_beside(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-17T08:00")
    said = nine("kalender", "ics")
    assert "1 langkah terbuka belum punya tenggat" in said.err
    assert list(Calendar.from_ical(said.raw).walk("VEVENT")) == []


def test_bidang_have_events_of_their_own(seven: Desk) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    for name in BIDANG[:2]:
        seven.do(f"mulai {TW1} 3 --bidang", name, "--pada", "2025-04-22T09:00", *LATE)
    seven.now = int(_moment(22, 9, 1).timestamp())
    found = _events(seven, TW1)
    assert len({event["UID"] for event in found}) == 2
    assert {name for name in BIDANG for event in found if f"({name})" in event["SUMMARY"]} == set(BIDANG[:2])


def test_a_document_takes_the_place_of_the_one_before(waiting: Desk) -> None:
    target = waiting.path.with_name("tenggat.ics")
    for _ in range(2):
        told = waiting.do("kalender ics -o", str(target))
    assert (told["path"], len(told["events"])) == (str(target), 1)
    (event,) = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event["UID"] == told["events"][0]["uid"]


def test_an_unknown_period_is_refused(waiting: Desk) -> None:
    assert "2099" in waiting.refused(2, "kalender ics 2099-TW1")
    assert "TW1" in waiting.refused(2, "kalender ics 2025-TW9")
