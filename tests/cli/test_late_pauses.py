"""A pause of what is late already is no lateness: every place that tells it says the same four minutes."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest

from tests.cli.conftest import LATE, Desk, finish, opened

TW1 = "2025-TW1"
LATE_BY = 4 * 60


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+07:00").timestamp())


@pytest.fixture
def overrun(nine: Desk) -> Desk:
    """Step 1 (15 minutes) due on Tuesday 22 April 2025 at 09.15, four minutes late when the case is held."""
    opened(nine, TW1, "2025-04-22T08:00")
    nine.do(f"mulai {TW1} 1 --pada 2025-04-22T09:00", *LATE)
    return nine


def stop(desk: Desk, how: str) -> None:
    """A pause or a hold from 09.19 on."""
    act = f"tunda {TW1} 1" if how == "jeda" else f"berkas tahan {TW1}"
    desk.do(f"{act} --pada 2025-04-22T09:19", *LATE)


def step_row(desk: Desk) -> dict[str, str]:
    said = desk("rekap", TW1, "-o", "-", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(said.lstrip("\ufeff")), delimiter=";"))
    head = next(row for row in rows if "Selisih (menit)" in row)
    number = head.index("No")
    found = next(row for row in rows[rows.index(head) + 1 :] if row[number] == "1")
    return dict(zip(head, found, strict=False))


@pytest.mark.parametrize("how", ["jeda", "berkas_ditahan"])
def test_while_it_stands_still_every_view_says_the_same_four_minutes(overrun: Desk, how: str) -> None:
    stop(overrun, how)
    for moment in ("2025-04-22T09:19", "2025-04-22T15:00", "2025-05-06T10:00"):
        overrun.now = at(moment)
        (card,) = [card for card in overrun.do(f"papan {TW1}")["cards"] if card["step"] == 1]
        assert (card["late"], card["late_seconds"], card["due_at"]) == (True, LATE_BY, "2025-04-22T09:15:00+07:00")
        assert card["used_share"] == round(19 / 15, 4)
        (told,) = overrun.do("status")["late"]
        assert (told["late_seconds"], told["used_share"]) == (LATE_BY, round(19 / 15, 4))
        (pressing,) = overrun.do("dasbor")["pressing"]
        assert (pressing["urgency"], pressing["late_seconds"]) == ("late", LATE_BY)
        assert "lewat 4 menit" in overrun("ringkas").out
        found = overrun.do(f"kalender jelaskan {TW1} 1")
        assert found["due_at"] == "2025-04-22T09:15:00+07:00"
        assert [(pause["kind"], pause["effect"]) for pause in found["pauses"]] in ([], [(how, "sesudah_tenggat")])
        assert step_row(overrun)["Selisih (menit)"] == "4"
        legs = overrun.do(f"kalender perkiraan {TW1}")["legs"]
        assert (legs[0]["step"], legs[0]["overdue"], legs[0]["to"]) == (1, True, f"{moment}:00+07:00")


@pytest.mark.parametrize("how", ["jeda", "berkas_ditahan"])
def test_once_it_has_ended_the_verdict_says_five(overrun: Desk, how: str) -> None:
    stop(overrun, how)
    overrun.now = at("2025-05-06T10:00")
    overrun.do(f"lanjut {TW1} 1" if how == "jeda" else f"berkas lanjutkan {TW1}")
    overrun.now = at("2025-05-06T10:01")
    overrun.do(f"selesai {TW1} 1")
    (card,) = [card for card in overrun.do(f"papan {TW1}")["cards"] if card["step"] == 1]
    assert (card["late"], card["late_seconds"]) == (True, LATE_BY + 60)
    assert step_row(overrun)["Selisih (menit)"] == "5"
    details = next(line["details"] for line in overrun.do("riwayat") if line["act"] == "selesai")
    assert details["verdicts"]["1:#1"]["late_seconds"] == LATE_BY + 60
    assert "tidak dihitung terlambat" in overrun("kalender", "jelaskan", TW1, "1").out


def test_on_the_stroke_of_the_due_moment_a_pause_still_moves_it(nine: Desk) -> None:
    """Due at 16.00 on the stroke of closing; held in the evening, resumed the next morning at half past eight."""
    opened(nine, TW1, "2025-04-22T08:00")
    nine.do(f"mulai {TW1} 1 --pada 2025-04-22T15:45", *LATE)
    nine.do(f"berkas tahan {TW1} --pada 2025-04-22T19:00", *LATE)
    nine.do(f"berkas lanjutkan {TW1} --pada 2025-04-23T08:30", *LATE)
    nine.do(f"selesai {TW1} 1 --pada 2025-04-23T08:30", *LATE)
    (card,) = [card for card in nine.do(f"papan {TW1}")["cards"] if card["step"] == 1]
    assert (card["late"], card["due_at"]) == (False, "2025-04-23T08:30:00+07:00")
    found = nine.do(f"kalender jelaskan {TW1} 1")
    assert [(pause["effect"], pause["working_seconds"]) for pause in found["pauses"]] == [("menggeser", 3600)]


def test_a_closing_freezes_the_four_minutes(overrun: Desk) -> None:
    stop(overrun, "jeda")
    overrun.do(f"lanjut {TW1} 1 --pada 2025-04-24T09:00", *LATE)
    overrun.do(f"selesai {TW1} 1 --pada 2025-04-24T09:00", *LATE)
    for step in range(2, 6):
        finish(overrun, TW1, step, "2025-04-25")
    overrun.do(f"periode tutup {TW1} --pada 2025-04-25T10:00", *LATE)
    assert step_row(overrun)["Selisih (menit)"] == "4"
