"""*Belum dimulai*: what nobody starts is told wherever somebody looks, and is never late."""

from __future__ import annotations

from datetime import datetime

import pytest

from sakip_tui.views.card_words import Mood, next_change, time_label
from sop.look.card import Card
from sop.model.definition import Unit, Waktu
from sop.model.settings import Settings
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from tests.cli.conftest import LATE, Desk, finish, opened

TW1 = "2025-TW1"
STEP_2 = "TW I 2025 langkah 2 (Sub Koordinator Perencanaan)"


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+07:00").timestamp())


@pytest.fixture
def waiting(nine: Desk) -> Desk:
    """Step 2 siap since Tuesday 22 April 2025 09.05; nobody starts it."""
    opened(nine, TW1, "2025-04-22T08:00")
    finish(nine, TW1, 1, "2025-04-22")
    return nine


def looked(desk: Desk, moment: str) -> Desk:
    desk.now = at(moment)
    return desk


def card_of(desk: Desk) -> dict[str, object]:
    (card,) = [card for card in desk.do(f"papan {TW1}")["cards"] if card["step"] == 2]
    return dict(card)


def test_board_status_and_dashboard_tell_it_with_its_queue_and_never_as_late(waiting: Desk) -> None:
    looked(waiting, "2025-04-23T15:59")
    assert (card_of(waiting)["not_started"], waiting.do("status")["not_started"]) == (False, [])
    assert waiting.do("dasbor")["pressing"] == []

    looked(waiting, "2025-04-24T09:05")
    queued = 15 * 3600
    card = card_of(waiting)
    assert (card["not_started"], card["late"], card["due_at"], card["queue_seconds"]) == (True, False, None, queued)
    status = waiting.do("status")
    (told,) = status["not_started"]
    assert (told["step"], told["late"], told["queue_seconds"]) == (2, False, queued)
    assert (status["late"], status["due"]) == ([], [])
    assert "Belum dimulai" in waiting("status").out
    (one,) = waiting.do("dasbor")["pressing"]
    assert (one["urgency"], one["due_at"], one["late_seconds"], one["queue_seconds"]) == (
        "not_started",
        None,
        0,
        queued,
    )
    assert "belum dimulai" in waiting("dasbor").out
    assert "Terlambat" not in waiting("ringkas").out
    assert f"Belum dimulai: {STEP_2} antre 15 jam, siap Sel 22 Apr 09.05." in waiting("ringkas").out


def test_every_card_says_how_long_it_queued(waiting: Desk) -> None:
    waiting.do(f"mulai {TW1} 2 --pada 2025-04-22T10:05", *LATE)
    looked(waiting, "2025-04-22T11:00")
    queued = {card["step"]: card["queue_seconds"] for card in waiting.do(f"papan {TW1}")["cards"]}
    assert (queued[1], queued[2], queued[3]) == (3600, 3600, None)
    assert card_of(waiting)["not_started"] is False
    assert [card["queue_seconds"] for card in waiting.do("status")["late"]] == [3600]


def test_the_office_sets_how_long_and_the_pause_of_a_case_counts(waiting: Desk) -> None:
    looked(waiting, "2025-04-24T09:05")
    waiting.do("pengaturan ubah --batas-mulai 2")
    assert waiting.do("status")["not_started"] == []
    waiting.do("pengaturan ubah --batas-mulai 1")
    assert len(waiting.do("status")["not_started"]) == 1
    waiting.do(f"berkas tahan {TW1} --pada 2025-04-22T10:00", "--alasan", "audit")
    waiting.do(f"berkas lanjutkan {TW1} --pada 2025-04-24T09:00", *LATE)
    assert waiting.do("status")["not_started"] == []
    assert "1 sampai 30" in waiting.refused(2, "pengaturan ubah --batas-mulai 31")


class TestOnlyWhenNeeded:
    def told(self, desk: Desk, *words: str) -> bool:
        """Whether anything was printed."""
        said = desk("ringkas", "--bila-perlu", *words)
        assert (said.code, said.err) == (0, "")
        return bool(said.out)

    def test_it_is_silent_until_somebody_has_to_be_told(self, waiting: Desk) -> None:
        assert not self.told(looked(waiting, "2025-04-23T15:00"))
        assert self.told(looked(waiting, "2025-04-24T09:00"))
        assert waiting.do("ringkas --bila-perlu")["lines"] == waiting.do("ringkas")["lines"]

    def test_a_warning_comes_in_office_hours_only(self, waiting: Desk) -> None:
        for moment in ("2025-04-23T20:00", "2025-04-24T07:29", "2025-04-24T12:30", "2025-04-26T10:00"):
            assert not self.told(looked(waiting, moment))
            assert waiting("ringkas").out

    def test_what_is_late_or_due_today_is_told(self, waiting: Desk) -> None:
        waiting.do(f"mulai {TW1} 2 --pada 2025-04-22T15:55", *LATE)
        # Due on Wednesday at 07.55: not yet on Tuesday, on its day, and once it is late.
        assert not self.told(looked(waiting, "2025-04-22T15:56"))
        assert self.told(looked(waiting, "2025-04-23T07:40"))
        assert self.told(looked(waiting, "2025-04-28T10:00"))

    def test_a_target_that_went_by_is_told(self, waiting: Desk) -> None:
        waiting.do(f"pengaturan ubah --batas-mulai 30 --target {TW1}=2025-04-24")
        assert not self.told(looked(waiting, "2025-04-24T10:00"))
        assert self.told(looked(waiting, "2025-04-25T10:00"))
        # Also where only the closing is left, and nobody has an open card.
        for step in range(2, 6):
            finish(waiting, TW1, step, "2025-04-25")
        assert self.told(looked(waiting, "2025-04-28T10:00"))
        waiting.do(f"periode tutup {TW1}")
        assert not self.told(waiting)

    def test_of_one_bidang_only_its_own_cards_count(self, seven: Desk) -> None:
        opened(seven, TW1, "2025-04-21T08:00")
        for step in (1, 2):
            finish(seven, TW1, step, "2025-04-21")
        seven.do(f"mulai {TW1} 3 --pada 2025-04-22T08:00 --bidang Pemberdayaan", *LATE)
        finish(seven, TW1, 3, "2025-04-22", "Kelembagaan")
        looked(seven, "2025-04-22T13:00")
        assert self.told(seven, "--bidang", "Pemberdayaan")
        assert not self.told(seven, "--bidang", "Kelembagaan")
        assert not self.told(seven, "--bidang", "Sekretariat")


def test_the_label_of_a_card_changes_on_the_second_it_announces() -> None:
    calendar = WorkCalendar(CalendarSpec("Asia/Jakarta"), 1)
    ready = at("2025-04-22T09:05")
    card = Card(
        *(2, "Merekap", None, "siap", "A", ("A",), None, Waktu("30 menit", 30, Unit.MENIT)),
        summary=False,
        attempt=1,
        ready_at=ready,
    )
    before = at("2025-04-23T15:59:30")
    assert time_label(card, before, calendar, Settings()).mood is Mood.CALM
    moments = [before]
    while (following := next_change(card, moments[-1], calendar, Settings())) is not None and len(moments) < 4:
        moments.append(following)
    moods = {moment: time_label(card, moment, calendar, Settings()).mood for moment in moments}
    first = min(moment for moment, mood in moods.items() if mood is Mood.IDLE)
    assert first == at("2025-04-23T16:00:01")
    label = time_label(card, first, calendar, Settings())
    assert label.text == "belum dimulai, antre 13 jam 25 menit"
