"""Time that an auditor accepts, each case as it was asked for, from outside: by the command line and on the card."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from sakip_tui.glyphs import UNICODE
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.views.board import build_board
from sakip_tui.views.card_page import CardPage
from sakip_tui.views.explained import explained
from tests.cli.conftest import LATE, NINE, Desk, finish, opened


def at(text: str, zone: str = "+07:00") -> int:
    return int(datetime.fromisoformat(f"{text}{zone}").timestamp())


def card_text(path: Path, period: str, step: int, now: str) -> str:
    """The page of a card as a person reads it."""

    async def read() -> str:
        moment = at(now)
        desk = OfficeDesk(path, "kasubag", lambda: moment)
        rows = await desk.board(int(period[:4]))
        history = await desk.history(period, step)
        await desk.close()
        board = build_board(rows, period)
        view = board.cards[step, ""]
        told = explained(view, board, rows.calendar, moment)
        page = CardPage(view, board, history, moment, rows.calendar, rows.settings, 100, UNICODE, {}, told)
        return "\n".join("".join(text for text, _ in line) for line in page.lines())

    return asyncio.run(read())


class TestAfterHours:
    def test_finished_after_hours_on_the_due_day_is_not_late_and_marked_on_card_explanation_and_recap(
        self, nine: Desk
    ) -> None:
        opened(nine, "2025-TW1", "2025-07-03T08:00")
        # 15 minutes from 15.45: due on the stroke of closing time.
        nine.do("selesai 2025-TW1 1 --mulai 2025-07-03T15:45 --selesai 2025-07-03T21:00", *LATE)
        (card,) = [each for each in nine.do("papan 2025-TW1")["cards"] if each["step"] == 1]
        assert (card["due_at"], card["late"]) == ("2025-07-03T16:00:00+07:00", False)
        told = nine.do("kalender jelaskan 2025-TW1 1")
        assert told["after_hours"] is True
        assert "Langkah ini dikerjakan di luar jam kerja." in nine("kalender", "jelaskan", "2025-TW1", "1").out
        said = " ".join(card_text(nine.path, "2025-TW1", 1, "2025-07-04 08:00").split())
        assert "tepat waktu, antre" in said
        assert "dikerjakan di luar jam kerja" in said
        row = step_row(nine, "2025-TW1", "1")
        assert "di luar jam kerja" in row["Tanda"]
        assert row["Tepat waktu"] == "Ya"

    def test_a_step_still_at_work_that_was_begun_at_night_is_marked_already(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2025-07-03T08:00")
        nine.do("mulai 2025-TW1 1 --pada 2025-07-03T20:00", *LATE)
        assert nine.do("kalender jelaskan 2025-TW1 1")["after_hours"] is True
        assert "dikerjakan di luar jam kerja" in " ".join(
            card_text(nine.path, "2025-TW1", 1, "2025-07-04 08:00").split()
        )
        assert "di luar jam kerja" in step_row(nine, "2025-TW1", "1")["Tanda"]

    def test_within_hours_nothing_is_marked(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2025-07-03T08:00")
        finish(nine, "2025-TW1", 1, "2025-07-03")
        assert nine.do("kalender jelaskan 2025-TW1 1")["after_hours"] is False
        assert "di luar jam kerja" not in nine("kalender", "jelaskan", "2025-TW1", "1").out
        assert "di luar jam kerja" not in card_text(nine.path, "2025-TW1", 1, "2025-07-03 10:00")
        assert "di luar jam kerja" not in step_row(nine, "2025-TW1", "1")["Tanda"]


def step_row(desk: Desk, period: str, step: str) -> dict[str, str]:
    """The line of a step in the recap."""
    said = desk("rekap", period, "-o", "-", "--format", "csv", "--lembar", "Data Langkah")
    assert said.code == 0, said.err
    rows = list(csv.reader(io.StringIO(said.out.lstrip("\ufeff")), delimiter=";"))
    head = next(row for row in rows if row[:1] == ["Periode"] and "Uraian" in row)
    place = head.index("No")
    found = next(row for row in rows[rows.index(head) + 1 :] if row[place : place + 1] == [step])
    return dict(zip(head, found, strict=False))


@pytest.mark.parametrize(
    ("moment", "standard", "zone", "due"),
    [
        ("2026-02-19T09:00", "2 hari", "Asia/Makassar", "2026-02-23T15:00:00+08:00"),
        ("2026-02-19T09:00", "15 jam", "Asia/Makassar", "2026-02-23T11:00:00+08:00"),
        ("2026-01-08T15:50", "30 menit", "Asia/Jakarta", "2026-01-09T07:50:00+07:00"),
        ("2025-08-14T10:00", "3 hari", "Asia/Jakarta", "2025-08-20T16:00:00+07:00"),
    ],
    ids=[
        "2 hari in Ramadan",
        "15 jam is something else",
        "30 menit from Thursday 15.50",
        "18 August is off",
    ],
)
def test_a_standard_is_due_when_the_office_says(desk: Desk, moment: str, standard: str, zone: str, due: str) -> None:
    desk.do(f"siapkan --sop {NINE} --tahun {moment[:4]} --zona {zone}")
    assert desk.do(f"kalender hitung {moment}", standard)["due_at"] == due


def test_eighteen_august_moves_the_open_step_by_a_day_and_never_the_ended_one(desk: Desk) -> None:
    """The decree of 7 August 2025 made 18 August collective leave; the office had counted it as a working day."""
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    desk.do("kalender hapus 2025-08-18")
    assert desk.do("kalender hitung 2025-08-14T10:00", "3 hari")["due_at"] == "2025-08-19T16:00:00+07:00"
    changed = desk("kalender", "libur", "2025-08-18", "Cuti bersama Proklamasi", "--cuti-bersama")
    assert changed.code == 0, changed.err
    assert desk.do("kalender hitung 2025-08-14T10:00", "3 hari")["due_at"] == "2025-08-20T16:00:00+07:00"


def test_an_ended_card_stands_as_it_was_judged_when_its_day_becomes_a_holiday(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-07-03T08:00")
    nine.do("selesai 2025-TW1 1 --mulai 2025-07-03T09:00 --selesai 2025-07-03T09:09", *LATE)
    before = nine.do("papan 2025-TW1")["cards"][0]
    assert before["used_share"] == 0.6
    nine.do("kalender libur 2025-07-03 Banjir")
    nine.do("pengaturan ubah --jam-mulai 1=siap")
    assert nine.do("papan 2025-TW1")["cards"][0] == before
    assert "9/15 menit" in card_text(nine.path, "2025-TW1", 1, "2025-07-04 08:00")


def test_a_step_tells_what_it_took_in_all_its_attempts(nine: Desk) -> None:
    for period in ("2025-TW1", "2025-TW2"):
        opened(nine, period, "2025-07-03T08:00")
        for step in range(1, 6):
            finish(nine, period, step, "2025-07-03")
        nine.do(f"periode tutup {period} --pada 2025-07-03T10:00", *LATE)
    opened(nine, "2025-S1", "2025-07-03T10:00")
    nine.do("selesai 2025-S1 6 --mulai 2025-07-03T10:00 --selesai 2025-07-03T11:00", *LATE)
    nine.do("mulai 2025-S1 7 --pada 2025-07-03T11:00", *LATE)
    nine.do("ajukan 2025-S1 7 --pada 2025-07-03T11:30", *LATE)
    nine.do("putuskan 2025-S1 7 tidak --catatan kurang --pada 2025-07-03T11:40", *LATE)
    nine.do("selesai 2025-S1 6 --mulai 2025-07-03T13:00 --selesai 2025-07-03T13:20", *LATE)
    told = nine.do("kalender jelaskan 2025-S1 6")["step_time"]
    # The first hour was for nothing; the second attempt waited from 11.40 over lunch to 13.00.
    assert told == {
        "attempts": 2,
        "queue_seconds": 20 * 60,
        "work_seconds": 80 * 60,
        "decision_seconds": 0,
        "rework_seconds": 60 * 60,
    }
    said = nine("kalender", "jelaskan", "2025-S1", "6").out
    assert "Jumlah waktu: antre 20 menit, kerja 1 jam 20 menit, dalam 2 putaran." in said
    assert "Di antaranya: 1 jam kerja yang diulang, pada putaran yang tidak berlaku lagi." in said
    card = card_text(nine.path, "2025-S1", 6, "2025-07-03 14:00")
    assert "Di antaranya" in card
    page = " ".join(nine("kartu", "2025-S1", "6").out.split())
    assert "Putaran 2 selesai," in page
    assert "Diulang karena Diputus Tidak oleh akun kasubag pada langkah 7: kurang Jumlah waktu" in page
