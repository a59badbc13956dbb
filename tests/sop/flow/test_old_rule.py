"""What an older rule of pauses judged, while its period is open, closed, opened again, corrected and undone."""

from __future__ import annotations

from typing import Any

import pytest

from sop.acts import ruling
from sop.acts.flow import Draft
from sop.acts.rejudge import is_judged_by_old_rule, judged_anew, open_periods
from sop.acts.replay import take_in
from sop.acts.ruling import judged
from sop.model.act import Act
from sop.model.events import Event
from sop.time.deadline import Clocks, PauseRule, Verdict
from sop.values import replace
from tests.sop.flow import shapes
from tests.sop.flow.book import HOUR, MINUTE, TW1, Book, at, second


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    """Step 1 ended by the program of before: four minutes late when paused, resumed the next morning, corrected."""
    book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
    standard = book.sop.step(1).mutu_baku.waktu
    assert standard is not None
    with monkeypatch.context() as patch:
        patch.setattr(ruling, "judged", _by_lateness)
        book.do("buka", TW1)
        book.do("mulai", TW1, 1)
        book.now = at("2025-04-07 08:10") + (standard.seconds or 0) + 4 * MINUTE
        book.do("tunda", TW1, 1, reason="menunggu data")
        book.now = at("2025-04-08 10:00")
        book.do("lanjut", TW1, 1)
        book.now = at("2025-04-08 10:06")
        book.do("selesai", TW1, 1)
        book.now += HOUR
        book.do("koreksi", TW1, 1, ended=second(at("2025-04-08 10:03")), reason="salah catat")
    assert verdict(book).pauses is PauseRule.LATENESS
    return book


def _by_lateness(run: Any, holds: Any, waktu: Any, calendar: Any, clocks: Clocks) -> Verdict:
    return judged(run, holds, waktu, calendar, replace(clocks, pauses=PauseRule.LATENESS))


def verdict(book: Book) -> Verdict:
    found = book.run(TW1, 1).verdict
    assert found is not None
    return found


def judge_open_periods(book: Book) -> Event:
    """What opening the file by a newer program adds to the log."""
    found = judged_anew(book.state, open_periods(book.state), book.versions, book.settings, book.calendars.__getitem__)
    event = Event(len(book.log) + 1, Act.ATURAN, book.now, book.now, "sakip", data={"judged": found})
    draft = Draft(book.versions, book.cadence, book.state)
    take_in(draft, event)
    book.state = draft.freeze()
    book.log.append(event)
    return event


def test_an_open_period_is_judged_anew_once_with_old_and_new(book: Book) -> None:
    before = verdict(book)
    (item,) = judge_open_periods(book).data["judged"]
    assert (item["period"], item["step"], item["attempt"], item["retired"]) == (TW1, 1, 1, False)
    assert Verdict.from_dict(item["before"]) == before
    assert Verdict.from_dict(item["after"]) == verdict(book)
    assert (verdict(book).late_seconds, verdict(book).pauses) == (7 * MINUTE, PauseRule.NEVER_LATE)
    assert (before.late_seconds or 0) > 4 * HOUR
    assert judged_anew(book.state, [TW1], book.versions, book.settings, book.calendars.__getitem__) == []


def test_undoing_a_correction_of_before_judges_by_the_rule_of_now(book: Book) -> None:
    judge_open_periods(book)
    book.do("urung", TW1, 1)
    assert book.run(TW1, 1).ended == at("2025-04-08 10:06")
    assert (verdict(book).late_seconds, verdict(book).pauses) == (10 * MINUTE, PauseRule.NEVER_LATE)


def test_so_does_a_new_correction(book: Book) -> None:
    judge_open_periods(book)
    book.do("koreksi", TW1, 1, ended=second(at("2025-04-08 10:01")), reason="salah catat")
    assert (verdict(book).late_seconds, verdict(book).pauses) == (5 * MINUTE, PauseRule.NEVER_LATE)


def test_a_closed_period_keeps_its_verdicts_until_it_is_opened_again(book: Book) -> None:
    for step in (2, 3, 4, 5):
        book.do("selesai", TW1, step, started=second(book.now))
    book.do("tutup", TW1)
    before = verdict(book)
    assert open_periods(book.state) == [key for key in open_periods(book.state) if key != TW1]
    assert is_judged_by_old_rule(book.run(TW1, 1), book.case(TW1).holds)
    event = book.do("buka-kembali", TW1, reason="diperiksa").event
    (item,) = event.data["judged"]
    assert Verdict.from_dict(item["before"]) == before
    assert verdict(book).late_seconds == 7 * MINUTE
    assert not is_judged_by_old_rule(book.run(TW1, 1), book.case(TW1).holds)
