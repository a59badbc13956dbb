"""What the log tells a script: moments as moments, durations as durations, whatever kind of act wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import LATE, Desk, finish, opened

TW1 = "2025-TW1"
ISO = re.compile(r"2025-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


def numbers(value: Any, place: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number in a document with the keys that lead to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, place)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, value


@pytest.fixture
def busy(nine: Desk) -> Desk:
    """A quarter with a correction, a calendar change and a closing."""
    opened(nine, TW1, "2025-04-21T08:00")
    for step in range(1, 5):
        finish(nine, TW1, step, "2025-04-21")
    nine.do(f"koreksi {TW1} 4 --selesai 2025-04-21T09:22", *LATE)
    nine.do("kalender jam-khusus 2025-05-05 2025-05-09 --jam 08.00-12.00", *LATE)
    finish(nine, TW1, 5, "2025-04-21")
    nine.do(f"periode tutup {TW1} --pada 2025-04-21T10:00", *LATE)
    return nine


def test_no_moment_in_the_log_is_a_bare_number(busy: Desk) -> None:
    for row in busy.do("riwayat"):
        large = [(place, number) for place, number in numbers(row["details"]) if number > 10**8]
        assert large == [], row["act"]


def test_moments_carry_the_offset_and_durations_their_unit(busy: Desk) -> None:
    by_act = {row["act"]: row["details"] for row in reversed(busy.do("riwayat"))}
    fixed = by_act["koreksi"]
    assert ISO.fullmatch(fixed["before"]["ended"])
    assert ISO.fullmatch(fixed["after"]["ended"])
    assert fixed["ended"] == "2025-04-21T09:22:00+07:00"
    verdict = next(iter(by_act["selesai"]["verdicts"].values()))
    assert ISO.fullmatch(verdict["due_at"])
    assert verdict["work_seconds"] == 300


def test_hours_of_a_day_are_told_as_hours(busy: Desk) -> None:
    change = next(row for row in busy.do("riwayat") if row["act"] == "kalender")["details"]["changes"][0]
    assert change["after"]["weekly"][0] == [["08:00", "12:00"]]


def test_a_warning_is_a_sentence(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    for attempt in range(1, 5):
        finish(nine, TW1, 1, f"2025-04-{20 + attempt}")
        done = nine.do(f"kembalikan {TW1} 2 --ke 1 --pada 2025-04-{20 + attempt}T10:00 --catatan ulang", *LATE)
    assert done["warnings"] == ["Perhatian: langkah 1 sudah putaran ke-5."]
