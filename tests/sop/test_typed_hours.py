"""Working hours as people type them, and the office's settings."""

from __future__ import annotations

from typing import Any

import pytest

from sop.acts.settings_change import changed_settings, setting_changes
from sop.model.errors import FaultyInput
from sop.model.refusals import Refused, Rule
from sop.model.settings import EvidenceRule, Settings
from sop.time.deadline import ClockStart
from sop.time.typed_hours import parse_hours
from sop.time.work_calendar import hours


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("07.30-12.00 dan 13.00-16.00", hours("07:30-12:00", "13:00-16:00")),
        ("7:30 - 12:00, 13:00 - 16:00", hours("07:30-12:00", "13:00-16:00")),
        ("08.00 s.d. 11.30; 12.30 sampai 15.30", hours("08:00-11:30", "12:30-15:30")),
        ("07.30\u201324.00", hours("07:30-24:00")),
        (" Tutup ", ()),
    ],
)
def test_hours_are_read_as_they_are_printed_and_typed(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_hours(text) == spans


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["rentang-jam-tak-terbaca"]),
        ("pagi", ["rentang-jam-tak-terbaca"]),
        ("07.30-12.00 kira-kira", ["rentang-jam-tak-terbaca"]),
        ("07.30", ["rentang-jam-tak-terbaca"]),
        ("12.00-07.30", ["jam-terbalik"]),
        ("07.30-12.00 11.00-13.00", ["jam-tumpang-tindih"]),
        ("07.75-25.00 12.00-11.00", ["jam-tidak-ada", "jam-terbalik"]),
        ("07.30-12.00 " * 40, ["rentang-jam-tak-terbaca"]),
    ],
)
def test_what_is_no_span_is_named(text: str, codes: list[str]) -> None:
    with pytest.raises(FaultyInput) as faulty:
        parse_hours(text)
    assert [fault.code for fault in faulty.value.faults] == codes


class TestSettings:
    def test_what_is_asked_changes_and_the_rest_stays(self) -> None:
        before = Settings(clock_starts={"6": ClockStart.READY}, targets={"2026-TW1": "2026-04-15"})
        after = changed_settings(
            before,
            {
                "at_risk_percent": 70,
                "clock_starts": {"7": "mulai", "6": None},
                "targets": {"2026-tw2": "2026-07-15", "2026-TW1": None},
                "evidence": "dokumen",
            },
        )
        assert after.clock_starts == {"7": ClockStart.STARTED}
        assert after.targets == {"2026-TW2": "2026-07-15"}
        assert (after.evidence, after.late_entry_days) == (EvidenceRule.DOCUMENT, 1)
        assert Settings.from_dict(after.to_dict()) == after
        assert set(setting_changes(before, after)) == {"at_risk_percent", "clock_starts", "targets", "evidence"}

    def test_every_fault_is_named_at_once(self) -> None:
        asked: dict[str, Any] = {
            "at_risk_percent": 0,
            "late_entry_days": True,
            "count_first_day": "ya",
            "evidence": "semua",
            "clock_starts": {"x": "siap", "6": "besok"},
            "targets": {"2026-TW9": "2026-01-01", "2026-TW1": "besok"},
            "warna": "biru",
        }
        with pytest.raises(FaultyInput) as faulty:
            changed_settings(Settings(), asked)
        assert len(faulty.value.faults) == 9

    @pytest.mark.parametrize(
        ("name", "least", "most"),
        [
            ("at_risk_percent", 1, 100),
            ("start_days", 1, 30),
            ("late_entry_days", 1, 30),
            ("idle_minutes", 1, 240),
            ("daily_backups", 1, 60),
            ("weekly_backups", 1, 60),
            ("monthly_backups", 1, 60),
        ],
    )
    def test_a_number_is_taken_up_to_both_its_bounds_and_not_beyond(self, name: str, least: int, most: int) -> None:
        plain = Settings()
        for value in (least, most):
            taken = plain if getattr(plain, name) == value else changed_settings(plain, {name: value})
            assert getattr(taken, name) == value
        for value in (least - 1, most + 1):
            with pytest.raises(FaultyInput) as faulty:
                changed_settings(plain, {name: value})
            (fault,) = faulty.value.faults
            assert (fault.code, fault.known) == ("bilangan-di-luar-batas", (f"{least}-{most}",))

    def test_the_same_values_change_nothing(self) -> None:
        with pytest.raises(Refused) as refused:
            changed_settings(Settings(), {"at_risk_percent": 80, "targets": {"2026-TW1": None}})
        assert refused.value.rule is Rule.NOTHING_CHANGED
