"""The lines that go into a chat, and dashboard and log in plain lines: polite, complete, the same as on the screens."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from db import case_queries, opening, queries
from sop.look.dashboard import dashboard
from tests.cli.conftest import BIDANG, LATE, TOP, Desk, finish, opened

TW1 = "2025-TW1"


@pytest.fixture
def gathering(seven: Desk) -> Desk:
    """A quarter whose third and fourth step wait for four of five bidang."""
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    for step in (3, 4):
        finish(seven, TW1, step, "2025-04-22", BIDANG[0])
    # Friday 25 April; the third step became ready on Monday.
    seven.now = 1_745_553_600
    return seven


def test_a_reminder_says_what_is_missing_since_when_and_asks_politely(gathering: Desk) -> None:
    lines = gathering("ringkas", "--bidang", BIDANG[1].upper()).out.splitlines()
    assert lines[0].startswith(f"Yth. Bidang {BIDANG[1]}, mohon bantuannya untuk SAKIP Dinas")
    assert lines[1].startswith("- TW I 2025, langkah 3: ")
    assert "Ditunggu sejak Sen 21 Apr 09.11 (4 hari kerja)." in lines[1]
    assert "Belum dimulai." in lines[1]
    assert "terima kasih" in lines[-1].lower()
    assert not any(name in "\n".join(lines[1:]) for name in BIDANG if name != BIDANG[1])


def test_a_reminder_says_when_it_was_due(gathering: Desk) -> None:
    gathering.do(f"mulai {TW1} 3 --bidang", BIDANG[1], "--pada", "2025-04-24T09:00", *LATE)
    line = gathering("ringkas", "--bidang", BIDANG[1]).out.splitlines()[1]
    assert "Tenggat Kam 24 Apr 09.10, lewat " in line
    assert "Belum dimulai" not in line


def test_after_the_hand_in_a_receipt_names_what_comes_next_and_who_is_waited_for(gathering: Desk) -> None:
    (line,) = gathering("ringkas", "--bidang", BIDANG[0]).out.splitlines()
    assert line.startswith(f"Tanda terima untuk Bidang {BIDANG[0]}: TW I 2025, langkah 4 (")
    assert "sudah diserahkan Sel 22 Apr 09.23. Berikutnya langkah 5" in line
    assert "setelah 4 bidang lain menyerahkan. Terima kasih." in line
    document = gathering.do("ringkas --bidang", BIDANG[0])
    (received,) = document["received"]
    assert (received["step"], received["next_step"], received["missing"]) == (4, 5, list(BIDANG[1:]))
    assert received["ended_at"] == "2025-04-22T09:23:00+07:00"
    assert document["cards"] == []


def test_the_last_hand_in_waits_for_nobody(gathering: Desk) -> None:
    for name in BIDANG[1:]:
        for step in (3, 4):
            finish(gathering, TW1, step, "2025-04-23", name)
    (line,) = gathering("ringkas", "--bidang", BIDANG[4]).out.splitlines()
    assert line.startswith("Tanda terima untuk Sekretariat: ")
    assert "bidang lain" not in line
    assert "Belum menyerahkan" not in gathering("ringkas").out


def test_a_bidang_of_whom_nothing_is_wanted_hears_so(seven: Desk) -> None:
    assert seven("ringkas", "--bidang", BIDANG[0]).out == (
        f"{BIDANG[0]}: tidak ada langkah SAKIP yang sedang ditunggu.\n"
    )


def test_the_brief_names_progress_forecast_missing_bidang_and_whose_turn_it_is(gathering: Desk) -> None:
    text = gathering("ringkas").out
    assert "TW I 2025: 2 dari 7 langkah selesai" in text
    assert "perkiraan selesai " in text
    missing = "Belum menyerahkan TW I 2025 langkah 4 (1 menyerahkan, 4 belum): "
    assert missing + f"{BIDANG[1]} (4 hari kerja), " in text
    assert "Giliran: " in text
    assert len(text.splitlines()) < 20


def test_a_brief_stays_short_however_much_is_late(desk: Desk) -> None:
    names = [word for number in range(40) for word in ("--bidang", f"Bidang {number:02d}")]
    desk.do("siapkan --sop dpmd-nganjuk --tahun 2025", *names)
    opened(desk, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(desk, TW1, step, "2025-04-21")
    for number in range(20):
        desk.do(f"mulai {TW1} 3 --pada 2025-04-22T09:00 --bidang", f"Bidang {number:02d}", *LATE)
    lines = desk("ringkas").out.splitlines()
    assert "- dan 12 langkah lain" in lines
    assert any("dan 32 bidang lain." in line for line in lines)
    assert len(lines) < 20


@pytest.mark.parametrize("days", [0, 40])
def test_the_dashboard_in_lines_says_what_the_screen_works_out(desk: Desk, days: int) -> None:
    desk.now += days * 86_400
    assert desk("contoh", "--json").code == 0
    desk.now += 3 * 86_400
    said = desk.do("dasbor")
    with opening.open(desk.path) as database:
        rows = case_queries.year_board(database, queries.address_of(database), said["year"])
    found = dashboard(rows, desk.now)
    assert [one["period"] for one in said["periods"]] == [one.key for one in found.periods]
    assert [(one["done"], one["total"]) for one in said["periods"]] == [(p.done, p.total) for p in found.periods]
    assert [one["late_seconds"] for one in said["pressing"]] == [one.late_seconds for one in found.pressing]
    assert [one["queue"] for one in said["lanes"]] == [one.queue for one in found.lanes]
    assert found.figures is not None
    assert said["figures"]["on_time_share"] == found.figures.on_time_share
    text = desk("dasbor").out
    for region in found.regions:
        assert region.handed.words in text
        assert all(one.bidang in text for one in region.bidang)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_dashboard_of_a_fresh_office_tells_nothing_as_zero(nine: Desk) -> None:
    text = nine("dasbor").out
    assert "Tidak ada yang terlambat atau jatuh tempo minggu ini." in text
    assert text.count("belum ada") >= 12
    document = nine.do("dasbor")
    assert (document["figures"], document["pressing"], document["slowest"]) == (None, [], [])


def test_the_dashboard_takes_a_period_and_refuses_one_that_is_none(nine: Desk) -> None:
    assert nine.do(f"dasbor {TW1}")["on_view"] == TW1
    assert "2025-TW9" in nine.refused(2, "dasbor 2025-TW9")


def test_the_log_is_told_in_sentences_within_the_width(gathering: Desk) -> None:
    gathering.do(f"koreksi {TW1} 2 --selesai 2025-04-21T09:10 --alasan", "salah ketik")
    lines = gathering("riwayat", TW1).out.splitlines()
    assert "kasubag mengoreksi langkah 2 TW I" in lines[0]
    whole = " ".join(line.strip() for line in lines[:4])
    assert "(berakhir Sen 21 Apr 09.11 menjadi 09.10" in whole
    assert '"salah ketik"' in whole
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("words", ["dasbor", "ringkas", "riwayat"])
def test_none_of_them_imports_the_screen(gathering: Desk, words: str) -> None:
    script = (
        "import sys\nfrom sakip_tui.cli.entry import main\n"
        f"main([{words!r}, '--db', {str(gathering.path)!r}, '--sebagai', 'kasubag'], lambda: {gathering.now})\n"
        "print([name for name in ('textual', 'rich') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]", json.dumps(done.stderr)
