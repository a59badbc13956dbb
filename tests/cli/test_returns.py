"""A loop-back into the steps per bidang, from the command line: who goes back where, and where the log says from."""

from __future__ import annotations

from pathlib import Path

import pytest

from sop.form.toml_format import dump
from tests.cli.conftest import BIDANG, LATE, NINE, Desk, finish, opened
from tests.sop.flow import shapes

TW1 = "2025-TW1"
A, B = BIDANG[:2]


@pytest.fixture
def region(seven: Desk) -> Desk:
    """Steps 3 and 4 per bidang: one is through, one has finished 3, the others have begun nothing."""
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    finish(seven, TW1, 3, "2025-04-22", A)
    finish(seven, TW1, 4, "2025-04-22", A)
    finish(seven, TW1, 3, "2025-04-22", B)
    return seven


def open_steps(desk: Desk) -> set[tuple[int, str | None]]:
    cards = desk.do(f"papan {TW1}")["cards"]
    is_open = ("siap", "dikerjakan")
    return {(c["step"], c["bidang"]) for c in cards if c["state"] in is_open and (c["bidang"] or c["joined"] is None)}


def test_a_return_while_the_join_waits_is_recorded_from_the_step_that_was_finished(region: Desk) -> None:
    waiting = {(3, name) for name in BIDANG[2:]}
    back = ("--catatan", "kolom 4 kosong", "--pada", "2025-04-23T08:00", *LATE)
    said = region.refused(3, f"kembalikan {TW1} 5 --ke 4 --bidang", A, "--bidang", B, *back)
    assert B in said
    assert A not in said
    region.do(f"kembalikan {TW1} 5 --ke 4 --bidang", A, *back)
    assert open_steps(region) == {(4, A), (4, B), *waiting}
    last = region.do(f"riwayat {TW1} --batas 1")[0]
    assert (last["step"], last["details"]["returns"]) == (4, {A: 4})
    told = " ".join(region("riwayat", TW1, "--batas", "1").out.split())
    assert f"mengembalikan langkah 4 TW I 2025 untuk diulang (bidang {A})" in told
    region.do(f"urung {TW1} 4 --bidang", A)
    region.do(f"kembalikan {TW1} 4 --ke 4 --bidang", A, *back)
    assert open_steps(region) == {(4, A), (4, B), *waiting}
    region.refused(3, f"kembalikan {TW1} 5 --ke 3 --catatan x")


def test_a_tidak_names_the_bidang_that_do_it_again(desk: Desk, tmp_path: Path) -> None:
    document = tmp_path / "sop.toml"
    document.write_text(dump(shapes.one_step_region().sop), encoding="utf-8")
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    desk.do("sop impor", str(document))
    desk.do("siapkan --sop contoh --tahun 2025 --kadens triwulan --bidang A --bidang B --bidang C")
    desk.extra = ("--sop-aktif", "contoh")
    opened(desk, TW1, "2025-04-21T08:00")
    desk.do(f"mulai {TW1} 1 --pada 2025-04-21T08:10", *LATE)
    desk.do(f"ajukan {TW1} 1 --pada 2025-04-21T08:20", *LATE)
    desk.do(f"putuskan {TW1} 1 ya --pada 2025-04-21T08:30", *LATE)
    for name in "ABC":
        finish(desk, TW1, 2, "2025-04-22", name)
    desk.do(f"mulai {TW1} 3 --pada 2025-04-23T08:10", *LATE)
    no = f"putuskan {TW1} 3 tidak --pada 2025-04-23T08:30 --catatan angka"
    assert "hanya disebut pada Tidak" in desk.refused(2, f"putuskan {TW1} 3 ya --bidang B")
    assert '"Z" tidak dikenal' in desk.refused(2, f"{no} --bidang Z", *LATE)
    desk.do(f"{no} --bidang b --bidang C", *LATE)
    assert open_steps(desk) == {(2, "B"), (2, "C")}
    desk.refused(3, f"pakai-lama {TW1} 2 --bidang B")
