"""`sakip bidang tambah` and `akhiri`: the list of the office has dates, which the full check holds against the log."""

from __future__ import annotations

from dataclasses import replace

from tests.cli.conftest import BIDANG, Desk, finish, opened

TW1 = "2025-TW1"
NEW = "Bidang Aset"


def names_at(desk: Desk, period: str) -> set[str]:
    return {card["bidang"] for card in desk.do(f"papan {period}")["cards"] if card["bidang"]}


def test_a_bidang_from_a_date_is_in_the_fan_outs_from_then_on(seven: Desk) -> None:
    desk = seven
    desk.do("bidang tambah", NEW, "--sejak", "2025-04-22")
    desk.do("bidang akhiri", BIDANG[0], "--sampai", "2025-04-21")
    opened(desk, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(desk, TW1, step, "2025-04-21")
    assert names_at(desk, TW1) == set(BIDANG)
    opened(desk, "2025-TW2", "2025-07-01T08:00")
    for step in (1, 2):
        finish(desk, "2025-TW2", step, "2025-07-01")
    assert names_at(desk, "2025-TW2") == {*BIDANG[1:], NEW}
    assert desk("periksa", "--penuh").code == 0


def test_the_list_tells_the_first_and_the_last_day(seven: Desk) -> None:
    said = seven("bidang", "tambah", NEW, "--sejak", "2025-10-01").out
    assert said.startswith(f"{NEW} ada di daftar bidang sejak 1 Oktober 2025.")
    said = seven("bidang", "akhiri", BIDANG[0], "--sampai", "2025-09-30").out
    assert said.startswith(f"{BIDANG[0]} ada di daftar bidang sampai 30 September 2025.")
    table = seven("bidang", "daftar").out
    assert "1 Oktober 2025" in table
    assert "30 September 2025" in table
    told = seven("riwayat").out
    assert f"menambah {NEW}" in told
    assert f"mengakhiri bidang {BIDANG[0]}" in told


def test_a_first_day_that_has_not_come_is_put_right_by_adding_the_bidang_again(seven: Desk) -> None:
    desk = seven
    desk.do("bidang tambah", NEW, "--sejak", "2027-10-01")
    assert "tambahkan lagi dengan hari pertama yang benar" in desk.refused(2, "bidang akhiri", NEW)
    assert desk("bidang", "tambah", NEW, "--sejak", "2025-04-21").out.startswith(
        f"{NEW} ada di daftar bidang sejak 21 April 2025."
    )
    assert "2027" not in desk("bidang", "daftar").out
    opened(desk, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(desk, TW1, step, "2025-04-21")
    assert NEW in names_at(desk, TW1)
    assert desk("periksa", "--penuh").code == 0


def test_a_first_day_that_has_come_stays_whatever_moment_is_typed(seven: Desk) -> None:
    desk, again = seven, ("--sejak", "kemarin", "--pada", "2026-02-14T07:00", "--alasan", "dicatat kemudian")
    desk.do("bidang tambah", NEW, "--sejak", "2026-02-15T07:30", "--pada", "2026-02-14T06:00", "--alasan", "susulan")
    assert "sudah ada" in replace(desk, now=desk.now + 7200).refused(2, "bidang tambah", NEW, *again)
    desk.do("bidang tambah", NEW, *again)


def test_the_last_one_is_not_ended(seven: Desk) -> None:
    for name in BIDANG[1:]:
        seven.do("bidang akhiri", name)
    said = seven.refused(3, "bidang akhiri", BIDANG[0])
    assert "Tambahkan bidang penggantinya lebih dulu" in said
