"""Events as iCalendar, read back by a library: what was put in comes out, whatever the texts hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from exports.characters import visible
from exports.icalendar import FOLD, CalendarEvent, icalendar

WRITTEN = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"))).map(str.strip)


def _one(event: CalendarEvent) -> Calendar:
    return Calendar.from_ical(icalendar("SAKIP", [event], 1_795_000_000))


@given(WRITTEN, WRITTEN)
@example("Rp\u00a05.000", "2\u2009%")
@example("👩\u200d💻", "نمی\u200cشود")
@example("", "葛\U000e0100")
def test_any_text_comes_back_as_it_stands_on_paper(summary: str, line: str) -> None:
    said = f"{line}\n; , \\n \\ é 漢\n{line}."
    (event,) = _one(CalendarEvent("a@sakip", 1, 0, None, summary, said)).walk("VEVENT")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (visible(summary), visible(said))


@given(st.text(alphabet="aé漢😀,;", max_size=300))
def test_no_line_is_longer_than_the_standard_allows_and_no_letter_is_cut(summary: str) -> None:
    whole = icalendar("SAKIP", [CalendarEvent("a@sakip", 1, 0, None, summary, "")], 0)
    lines = whole.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= FOLD and line.decode("utf-8") is not None and b"\n" not in line for line in lines)


def test_moments_are_in_utc() -> None:
    wib = dt.timezone(dt.timedelta(hours=7))
    due = dt.datetime(2026, 10, 15, 16, 0, tzinfo=wib)
    alarm = dt.datetime(2026, 10, 14, 7, 30, tzinfo=wib)
    event = CalendarEvent("a@sakip", 12, int(due.timestamp()), None, "Tenggat", "", int(alarm.timestamp()), True)
    (read,) = _one(event).walk("VEVENT")
    assert read.decoded("DTSTART") == due
    assert read["DTSTART"].to_ical() == b"20261015T090000Z"
    assert (read["UID"], read["SEQUENCE"], read["STATUS"]) == ("a@sakip", 12, "TENTATIVE")
    (rings,) = read.walk("VALARM")
    assert rings.decoded("TRIGGER") == alarm


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_a_line_end(end: str) -> None:
    (event,) = _one(CalendarEvent("a@sakip", 1, 0, None, "Tenggat", f"satu{end}dua")).walk("VEVENT")
    assert event["DESCRIPTION"] == "satu\ndua"


def test_what_acts_on_a_program_is_shown_as_a_sign() -> None:
    whole = icalendar("SAKIP", [CalendarEvent("a@sakip", 1, 0, None, "a\x00\x1b\u202eb", "END:VEVENT\r\nBEGIN:X")], 0)
    (event,) = Calendar.from_ical(whole).walk("VEVENT")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("a␀␛[U+202E]b", "END:VEVENT\nBEGIN:X")
