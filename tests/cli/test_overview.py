"""What `status` works out on plain rows is what the board works out on the state."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

SHARED = (
    *("step", "title", "bidang", "attempt", "state", "lane", "holder", "revision", "ready_at", "started_at"),
    *("ended_at", "due_at", "late", "at_risk", "used_share", "assumed", "late_seconds"),
    *("joined", "skipped"),
)


def compare(desk: Desk) -> None:
    """Every period: progress, states, revisions, and every open card, told the same by both."""
    from db import queries
    from db.file import connection
    from sakip_tui.cli.overview import Overview

    with connection.open(desk.path) as database:
        overview = Overview(queries.standing(database, queries.address_of(database)), desk.now)
    for row in overview.periods():
        board = desk.do(f"papan {row['period']}")
        for key in ("period_state", "period_revision", "closing_revision", "state", "case_revision"):
            assert row[key] == board[key], (row["period"], key)
        steps = [card for card in board["cards"] if card["bidang"] is None]
        assert (row["done"], row["total"]) == (
            sum(card["state"] in ("selesai", "dilewati") for card in steps),
            len(steps),
        )
        parts = {card["step"] for card in board["cards"] if card["bidang"]}
        at_work = [
            {key: card[key] for key in SHARED}
            for card in board["cards"]
            if card["state"] in ("siap", "dikerjakan", "ditunda", "keputusan")
            and not (card["bidang"] is None and card["step"] in parts)
            and board["period_state"] == "buka"
        ]
        told = [{key: card[key] for key in SHARED} for card in overview.cards.get(row["period"], ())]
        assert sorted(told, key=str) == sorted(at_work, key=str), row["period"]


@pytest.mark.parametrize("days", [0, 1, 40, 130, 230])
def test_status_and_board_agree_on_the_demo_office(desk: Desk, days: int) -> None:
    desk.now += days * 86_400
    answer = desk("contoh", "--json")
    assert answer.code == 0, answer.err
    compare(desk)
    desk.now += 3 * 86_400
    compare(desk)


def test_status_and_board_agree_while_bidang_are_at_work(seven: Desk) -> None:
    compare(seven)
    opened(seven, "2025-TW1", "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, "2025-TW1", step, "2025-04-21")
    compare(seven)
    for bidang in BIDANG[:2]:
        finish(seven, "2025-TW1", 3, "2025-04-22", bidang)
    seven.do("tunda 2025-TW1 3 --pada 2025-04-22T10:00 --bidang Kelembagaan --alasan rapat")
    seven.do("berkas ubah-bidang 2025-TW1 --tambah Kecamatan --hapus Sekretariat --pada 2025-04-23T08:00", *LATE)
    compare(seven)
    seven.do("berkas tahan 2025-TW1 --pada 2025-04-24T08:00", *LATE)
    compare(seven)
    seven.do("berkas lanjutkan 2025-TW1 --pada 2025-04-25T08:00", *LATE)
    compare(seven)
    seven.do("berkas hentikan 2025-TW1 --pada 2025-04-25T09:00", *LATE)
    compare(seven)
    seven.do("berkas mulai-ulang 2025-TW1 --pada 2025-04-25T10:00", *LATE)
    compare(seven)


def test_a_target_that_went_by_is_told_until_the_period_is_closed(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15 --target 2025-TW2=2026-03-31")
    told = {one["period"]: one for one in nine.do("status")["periods"]}
    assert told["2025-TW1"]["target_at"] == "2025-04-15T23:59:59+07:00"
    assert [told[key]["target_passed"] for key in ("2025-TW1", "2025-TW2", "2025-TW3")] == [True, False, False]
    assert told["2025-TW3"]["target_at"] is None
    assert "15 April 2025, lewat" in " ".join(nine("status").out.split())
    assert "target Sel 15 Apr 2025 sudah lewat" in nine("ringkas").out
    for step in range(1, 6):
        finish(nine, "2025-TW1", step, "2025-04-14")
    # Nothing is left but the closing, and the target went by all the same.
    assert "tinggal ditutup; target Sel 15 Apr 2025 sudah lewat" in nine("ringkas").out
    assert "terlewati" in nine("dasbor").out
    nine.do("periode tutup 2025-TW1", *LATE)
    told = {one["period"]: one for one in nine.do("periode daftar")}
    assert told["2025-TW1"]["target_passed"] is False
    assert "sudah lewat" not in nine("ringkas").out


def test_a_stopped_period_shows_its_target_too(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15")
    nine.do("berkas hentikan 2025-TW1", *LATE)
    assert "target Sel 15 Apr 2025 sudah lewat" in nine("ringkas").out
    assert re.search(r"15 Apr: terlewati \d+ hari kerja", " ".join(nine("dasbor").out.split()))


def test_the_target_of_a_waived_period_is_awaited_no_more(nine: Desk) -> None:
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15")
    opened(nine, "2025-S1", "2025-07-01T08:00")
    nine.do("periode bebaskan 2025-S1 2025-TW1", "--alasan", "sebelum program dipakai")
    (row,) = [one for one in nine.do("status")["periods"] if one["period"] == "2025-TW1"]
    assert row["target_passed"] is False
