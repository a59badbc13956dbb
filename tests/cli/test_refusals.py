"""What must not be: exit 3 or 4, a sentence that says which rule, and a database that is as it was."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

TW1, TW2, S1 = "2025-TW1", "2025-TW2", "2025-S1"


def quarter(desk: Desk, period: str, day: str) -> None:
    """A quarter of the 9-step SOP from opening to closing."""
    opened(desk, period, f"{day}T08:00")
    for step in range(1, 6):
        desk.do(f"selesai {period} {step} --mulai {day}T09:{step}0 --selesai {day}T09:{step}5", *LATE)
    desk.do(f"periode tutup {period} --pada {day}T11:00", *LATE)


@pytest.fixture
def half(nine: Desk) -> Desk:
    """Both quarters closed, the semester open at step 7 and at work."""
    quarter(nine, TW1, "2025-04-21")
    quarter(nine, TW2, "2025-07-07")
    opened(nine, S1, "2025-07-08T08:00")
    finish(nine, S1, 6, "2025-07-08")
    nine.do(f"mulai {S1} 7 --pada 2025-07-08T10:00", *LATE)
    return nine


def test_paused_step_is_not_finished(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    nine.do(f"mulai {TW1} 1 --pada 2025-04-21T08:05", *LATE)
    nine.do(f"tunda {TW1} 1 --pada 2025-04-21T08:06 --alasan menunggu")
    assert nine.refused(3, f"selesai {TW1} 1") == "Langkah 1 sedang ditunda. Lanjutkan dulu langkahnya.\n"


def test_decision_of_another_lane_is_refused(half: Desk) -> None:
    half.do(f"ajukan {S1} 7 --pada 2025-07-08T11:00", *LATE)
    said = half.refused(3, f"putuskan {S1} 7 ya", "--atas-nama", "Sekretaris Dinas")
    assert "bukan bagian Sekretaris Dinas" in said
    assert "Kepala Bidang" in said


def test_decision_before_handing_in_is_refused(half: Desk) -> None:
    assert "belum diajukan" in half.refused(3, f"putuskan {S1} 7 ya")


def test_tidak_without_a_comment_is_refused(half: Desk) -> None:
    half.do(f"ajukan {S1} 7 --pada 2025-07-08T11:00", *LATE)
    assert (
        half.refused(3, f"putuskan {S1} 7 tidak") == "Jawaban Tidak perlu catatan. Tulis apa yang harus diperbaiki.\n"
    )


def test_decision_step_is_not_skipped_nor_finished(half: Desk) -> None:
    assert "hanya berakhir dengan Ya atau Tidak" in half.refused(3, f"selesai {S1} 7")
    assert "hanya berakhir dengan Ya atau Tidak" in half.refused(3, f"lewati {S1} 7", *LATE)


def test_act_in_a_closed_period_is_refused_but_a_remark_is_not(half: Desk) -> None:
    assert f"Periode {TW1} sudah ditutup." in half.refused(3, f"mulai {TW1} 1")
    assert "sudah ditutup" in half.refused(3, f"kembalikan {TW1} 5 --ke 2 --catatan x")
    half.do(f"komentar {TW1} 2", "sudah diperiksa inspektorat")


def test_stale_revision_exits_4_and_says_who_and_what_and_when(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    nine.person = "staf"
    nine.do(f"mulai {TW1} 1 --revisi 1 --pada 2025-04-21T08:05", *LATE)
    nine.person = "sekretaris"
    said = nine.refused(4, f"mulai {TW1} 1 --revisi 1")
    assert said.startswith("Langkah 1 2025-TW1 sudah diubah oleh staf: mulai, Min 15 Feb 2026 06.30.")


def test_ones_own_act_exits_3_and_is_told_as_ones_own(nine: Desk) -> None:
    """ "Somebody was faster" is said of somebody else only; one's own act, repeated or other, is told as one's own."""
    opened(nine, TW1, "2025-04-21T08:00")
    nine.person = "staf"
    nine.do(f"mulai {TW1} 1 --revisi 1 --pada 2025-04-21T08:05", *LATE)
    again = "Langkah 1 2025-TW1 sudah Anda kerjakan sendiri: mulai, Min 15 Feb 2026 06.30. Tidak perlu diulang.\n"
    assert nine.refused(3, f"mulai {TW1} 1") == again
    assert nine.refused(3, f"mulai {TW1} 1 --revisi 1") == again
    said = nine.refused(3, f"lewati {TW1} 1 --revisi 1", *LATE)
    assert said.startswith("Langkah 1 2025-TW1 sudah Anda ubah sendiri sejak Anda melihatnya: mulai, ")
    nine.person = "sekretaris"
    assert "sudah diubah oleh staf: mulai" in nine.refused(4, f"mulai {TW1} 1")
    # Somebody else between two acts of one's own was faster all the same.
    nine.do(f"centang {TW1} 1 1")
    nine.person = "staf"
    nine.do(f"dokumen {TW1} 1 --nomor 9")
    assert "sudah diubah oleh sekretaris: centang" in nine.refused(4, f"lepas {TW1} 1 --revisi 2")


def done_twice(desk: Desk, line: str, *words: str) -> None:
    """Do an act, and hold that it is told as one's own to whoever repeats it, and to somebody else who was faster."""
    desk.person = "staf"
    desk.do(line, *words)
    own = desk.refused(3, line, *words)
    assert "sudah Anda kerjakan sendiri" in own, (line, own)
    desk.person = "sekretaris"
    other = desk.refused(4, line, *words)
    assert re.search(r"sudah diubah oleh staf: [^,.]+, Min 15 Feb 2026 06\.30\.", other), (line, other)


def test_acts_on_a_period_and_its_case_that_were_done_before_say_by_whom_and_when(nine: Desk) -> None:
    """Without a revision as well, and as for a step: to somebody else as being slower, to oneself as done already."""
    done_twice(nine, f"periode buka {TW1} --pada 2025-04-21T08:00", *LATE)
    done_twice(nine, f"berkas tahan {TW1}", "--alasan", "menunggu")
    done_twice(nine, f"berkas lanjutkan {TW1}")
    done_twice(nine, f"berkas hentikan {TW1}", "--alasan", "salah SOP")
    done_twice(nine, f"berkas mulai-ulang {TW1}", "--alasan", "dari awal")
    done_twice(nine, f"centang {TW1} 1 1")
    done_twice(nine, f"selesai {TW1} 1")
    done_twice(nine, f"kembalikan {TW1} 2 --ke 1", "--catatan", "angka salah")
    for step in range(1, 6):
        nine.do(f"selesai {TW1} {step}")
    done_twice(nine, f"periode tutup {TW1}")
    done_twice(nine, f"periode buka-kembali {TW1}", "--alasan", "ada yang keliru")
    quarter(nine, TW2, "2025-07-07")
    opened(nine, S1, "2025-07-08T08:00")
    done_twice(nine, f"periode bebaskan {S1} {TW1}", "--alasan", "tidak dipakai")
    assert "tidak sedang ditunggu" in nine.refused(3, f"periode bebaskan {S1} {TW2}", *LATE)


def test_acts_on_a_region_that_were_done_before_say_by_whom_and_when(seven: Desk) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    done_twice(seven, f"berkas ubah-bidang {TW1} --hapus", BIDANG[4], "--alasan", "dilebur")
    done_twice(seven, f"berkas ubah-bidang {TW1} --tambah", BIDANG[4], "--alasan", "ternyata ada")
    done_twice(seven, f"centang {TW1} 3 1 --bidang", BIDANG[1])
    for step in (3, 4):
        seven.do(f"selesai {TW1} {step} --bidang", BIDANG[0])
    back = ("--bidang", BIDANG[0], "--catatan", "kolom 4 kosong")
    done_twice(seven, f"kembalikan {TW1} 5 --ke 3", *back)
    for step in (3, 4):
        seven.do(f"selesai {TW1} {step} --bidang", BIDANG[0])
    done_twice(seven, f"berkas gabung {TW1}", "--alasan", "tidak menyerahkan")


def test_what_was_done_to_a_step_since_does_not_hide_who_began_it(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    nine.person = "staf"
    nine.do(f"mulai {TW1} 1")
    nine.person = "kasubag"
    nine.do(f"centang {TW1} 1 1")
    assert "sudah diubah oleh staf: mulai" in nine.refused(4, f"mulai {TW1} 1")
    # What somebody did and took back again is not what stands in the way.
    nine.do(f"tunda {TW1} 1", *LATE)
    assert "sedang ditunda" in nine.refused(3, f"mulai {TW1} 1")


def test_time_in_the_future_or_before_ready_is_refused(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    assert "belum terjadi" in nine.refused(3, f"mulai {TW1} 1 --pada 2026-03-01T08:00", *LATE)
    said = nine.refused(3, f"mulai {TW1} 1 --pada 2025-04-21T07:59", *LATE)
    assert "Pakai waktu Sen 21 Apr 2025 08.00 atau sesudahnya." in said


def test_late_entry_without_a_reason_is_refused(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    assert "perlu alasan" in nine.refused(3, f"mulai {TW1} 1 --pada 2025-04-21T08:05")


def test_first_step_of_the_semester_waits_for_its_quarters(nine: Desk) -> None:
    quarter(nine, TW1, "2025-04-21")
    opened(nine, S1, "2025-07-08T08:00")
    said = nine.refused(3, f"selesai {S1} 6")
    assert said.startswith(f"Langkah 6 menunggu {TW2} ditutup.")
    assert nine.do(f"papan {S1}")["cards"][0]["waiting_for"] == [f"{TW2} ditutup"]


def test_quarter_under_a_closed_semester_is_not_reopened(half: Desk) -> None:
    half.do(f"ajukan {S1} 7 --pada 2025-07-08T11:00", *LATE)
    half.do(f"putuskan {S1} 7 ya --pada 2025-07-08T11:10", *LATE)
    half.do(f"mulai {S1} 8 --pada 2025-07-08T11:20", *LATE)
    half.do(f"ajukan {S1} 8 --pada 2025-07-08T11:30", *LATE)
    half.do(f"putuskan {S1} 8 ya --pada 2025-07-08T11:40", *LATE)
    half.do(f"periode tutup {S1} --pada 2025-07-08T11:50", *LATE)
    said = half.refused(3, f"periode buka-kembali {TW1}", *LATE)
    assert said == f"{TW1} ada di bawah {S1} yang sudah ditutup. Buka kembali {S1} lebih dulu.\n"


def test_reopened_quarter_makes_the_semester_stale(half: Desk) -> None:
    half.do(f"periode buka-kembali {TW1}", *LATE)
    half.do(f"periode tutup {TW1}")
    board = half.do(f"papan {S1}")
    assert board["cards"][0]["stale"] == [TW1]
    assert "basi" in half(*f"papan {S1}".split()).out


def test_period_with_open_work_is_not_closed_and_says_whose(half: Desk) -> None:
    said = half.refused(3, f"periode tutup {S1}")
    assert "langkah 7 dikerjakan di Sub Koordinator Perencanaan" in said


def test_reason_and_order_are_asked_for(half: Desk) -> None:
    assert "alasan wajib diisi" in half.refused(3, f"berkas tahan {S1}")
    assert "tidak lebih awal" in half.refused(3, f"kembalikan {S1} 6 --ke 7 --catatan x")
    assert "tidak sedang menunggu bidang" in half.refused(3, f"berkas gabung {S1}", *LATE)
    assert "bukan bagian dari" in half.refused(3, f"periode bebaskan {S1} 2025-TW3", *LATE)


def test_bidang_must_be_named_where_there_are_several(seven: Desk) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    assert BIDANG[0] in seven.refused(2, f"mulai {TW1} 3")
    assert '"Desa" ada pada nama beberapa bidang' in seven.refused(2, f"mulai {TW1} 3 --bidang Desa")
    assert 'Bidang "Kehutanan" tidak dikenal' in seven.refused(2, f"mulai {TW1} 3 --bidang Kehutanan")
    assert "tidak dikerjakan per bidang" in seven.refused(2, f"mulai {TW1} 1 --bidang", BIDANG[0])


def test_gathering_without_a_bidang_names_it_in_the_log(seven: Desk) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    assert "Belum satu bidang pun" in seven.refused(3, f"berkas gabung {TW1}", *LATE)
    for bidang in BIDANG[:-1]:
        for step, day in ((3, "2025-04-22"), (4, "2025-04-23")):
            finish(seven, TW1, step, day, bidang)
    assert BIDANG[-1] in seven.refused(3, f"berkas gabung {TW1}")
    seven.do(f"berkas gabung {TW1} --pada 2025-04-24T08:00 --alasan", f"{BIDANG[-1]} tidak menyerahkan")
    board = seven.do(f"papan {TW1}")
    assert next(card for card in board["cards"] if card["step"] == 5)["state"] == "siap"
    assert seven.do(f"riwayat {TW1}")[0]["details"]["missing"] == [BIDANG[-1]]


def test_trial_of_another_version_changes_nothing(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    nine.do("sop tetapkan disnaker-kota-tangerang 2 --pelaksana", "Kepala Seksi")
    before = nine.dump()
    steps = "1=1,2=2,3=3,4=4,5=5"
    assert nine.do(f"berkas pindah-versi {TW1} --ke 2 --peta {steps} --coba", *LATE)["possible"] is True
    assert nine.dump() == before
    assert "tidak dapat dipakai" in nine.refused(3, f"berkas pindah-versi {TW1} --ke 2 --peta 2=1 --coba", *LATE)
    nine.do(f"berkas pindah-versi {TW1} --ke 2 --peta {steps}", *LATE)
    assert nine.do(f"papan {TW1}")["sop_version"] == 2


def test_undoing_on_a_step_that_the_opening_opened_names_no_place_to_undo_it(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    said = nine.refused(3, "urung 2025-TW1 1")
    assert "urungkan di sana" not in said
    assert "tidak diurungkan lewat langkah" in said


# --- what a wrong word says, and what it does not ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "said", "unsaid"),
    [
        (f"komentar {TW1} 1 ' '", 3, "Catatannya belum ada isinya", "diperbaiki"),
        ("pengguna ubah entah --peran admin", 2, "sakip pengguna daftar", "--sebagai"),
        ("kalender jam-khusus 2025-12-01 2025-12-09", 2, "Opsi --jam, --ramadan", '""'),
        ("kalender jam-kerja", 2, "Opsi --jam", '""'),
        (
            "kalender jam-khusus 2025-12-01 2025-12-09 --ramadan --ganti 2025-11-01/2025-11-05",
            2,
            "2025-11-01/",
            "-05 2",
        ),
        ("bidang tambah Baru --sejak 2025-99-01", 2, "Tanggal 1/99/2025 tidak ada", "jamnya"),
        (f"mulai {TW1} 1 --pada 31/2/2025", 2, "Tanggal 31/2/2025 tidak ada", "jamnya"),
        (
            "indikator tambah A --nama X --satuan unit --jenis apa --desimal 9 --bidang Lain",
            2,
            "Ada 2 kesalahan",
            "Lain",
        ),
        (f"data isi {TW1} IK-1 5", 3, "sudah ditutup", "formulir"),
        ("data isi 2025-TW3 IK-1 5", 3, "belum dibuka", "formulir"),
    ],
)
def test_a_wrong_word_says_what_is_wrong_and_nothing_else(
    half: Desk, line: str, code: int, said: str, unsaid: str
) -> None:
    told = half.refused(code, line.removesuffix("' '"), *([" "] if line.endswith("' '") else []))
    assert said in told
    assert unsaid not in told
