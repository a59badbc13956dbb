"""Whether a period can be closed is said alike by the refusal, by status, by the chat text and by the dashboard."""

from __future__ import annotations

import pytest

from tests.cli.conftest import LATE, Desk, finish, opened
from tests.cli.test_refusals import quarter

TW1, TW2, S1 = "2025-TW1", "2025-TW2", "2025-S1"


@pytest.fixture
def half(nine: Desk) -> Desk:
    """Both quarters closed and the semester finished: only its closing is left."""
    quarter(nine, TW1, "2025-04-21")
    quarter(nine, TW2, "2025-07-07")
    opened(nine, S1, "2025-07-08T08:00")
    whole_half(nine, "2025-07-08")
    return nine


def whole_half(desk: Desk, day: str) -> None:
    """Steps 6 to 8 of the semester in one day."""
    finish(desk, S1, 6, day)
    desk.do(f"mulai {S1} 7 --pada {day}T10:00", *LATE)
    desk.do(f"ajukan {S1} 7 --pada {day}T10:10", *LATE)
    desk.do(f"putuskan {S1} 7 ya --pada {day}T10:20", *LATE)
    desk.do(f"mulai {S1} 8 --pada {day}T11:00", *LATE)
    desk.do(f"ajukan {S1} 8 --pada {day}T11:10", *LATE)
    desk.do(f"putuskan {S1} 8 ya --pada {day}T11:20", *LATE)


def test_a_stale_period_is_nowhere_said_to_be_left_to_close(half: Desk) -> None:
    def said() -> tuple[bool, bool, bool]:
        dashboard = half.do("dasbor")["periods"]
        foreseen = {row["period"]: row for row in half.do("kalender perkiraan")}
        return (
            "tinggal ditutup" in half("ringkas").out,
            next(row["may_close"] for row in dashboard if row["period"] == S1),
            foreseen[S1]["only_closing"],
        )

    assert said() == (True, True, True)
    half.do(f"periode buka-kembali {TW1} --alasan keliru")
    half.do(f"periode tutup {TW1}")
    refusal = half.refused(3, f"periode tutup {S1}")
    assert "masukannya basi karena 2025-TW1 dibuka kembali. Langkah pertamanya dikerjakan lagi" in refusal
    assert said() == (False, False, False)
    assert "Masukan basi: 2025-TW1 dibuka kembali sesudah dipakai 2025-S1." in half("status").out
    assert "Masukan basi: 2025-TW1 dibuka kembali sesudah dipakai 2025-S1." in half("papan", S1).out
    half.do(f"periode bebaskan {S1} {TW1} --alasan", "tidak mengubah angka")
    assert said() == (True, True, True)
    half.do(f"periode tutup {S1}")


def test_a_waived_quarter_that_closed_later_is_told_at_the_close(nine: Desk) -> None:
    quarter(nine, TW1, "2025-04-21")
    nine.do(f"periode bebaskan {S1} {TW2} --pada 2025-07-01T08:00", *LATE)
    opened(nine, S1, "2025-07-02T08:00")
    whole_half(nine, "2025-07-02")
    quarter(nine, TW2, "2025-07-07")
    done = nine("periode", "tutup", S1)
    assert done.code == 0
    assert "TW II ditutup sesudah langkah 6 selesai: hasilnya belum masuk." in done.err


def test_a_period_that_still_runs_may_be_closed_and_it_is_told(nine: Desk) -> None:
    """What the rules say of tutup names no day before which it may not be done."""
    quarter(nine, TW1, "2025-03-03")
    nine.do(f"periode buka-kembali {TW1} --pada 2025-03-03T12:00", *LATE)
    early = nine("periode", "tutup", TW1, "--pada", "2025-03-28T10:00", *LATE)
    assert early.code == 0
    assert "Perhatian: TW I masih berjalan sampai Sen 31 Mar 2025; yang terjadi sesudah ditutup" in early.err
    nine.do(f"periode buka-kembali {TW1} --alasan keliru")
    late = nine("periode", "tutup", TW1)
    assert (late.code, "masih berjalan" in late.err) == (0, False)
