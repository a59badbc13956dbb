"""`sakip data` as the contract has it: one row, its JSON, its exit codes, and where else the rows are told."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sakip_tui.machine import account_name
from tests.cli.conftest import Desk, run

TW = "2026-TW3"
NOW = int(datetime.fromisoformat("2026-10-15T09:00+07:00").timestamp())


@pytest.fixture
def sent(desk: Desk) -> Desk:
    """Forms are out; the bidang are to fill them."""
    desk.now = NOW
    desk.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2026 --bidang Industri --bidang Pelatihan")
    desk.do("indikator tambah IK-1 --satuan orang --bidang Pelatihan --desimal 1 --nama Peserta")
    desk.do(f"indikator target IK-1 {TW} 85")
    desk.do("indikator tambah IK-2 --satuan orang --bidang Industri --nama Unit")
    desk.do(f"periode buka {TW}")
    for step in ("1", "2", "3 --bidang Pelatihan", "3 --bidang Industri"):
        desk.do(f"selesai {TW} {step}")
    return desk


def test_a_row_is_filled_and_told_as_the_contract_has_it(sent: Desk) -> None:
    done = sent.do(f"data isi {TW} ik-1 76,5 --kendala banjir --pic Kabid")
    assert (done["act"], done["warnings"]) == ("isi", [])
    found = sent.do(f"data lihat {TW} --bidang pelatihan")
    (row,) = found["rows"]
    wanted = {
        "code": "IK-1",
        "name": "Peserta",
        "unit": "orang",
        "bidang": "Pelatihan",
        "state": "terisi",
        "target": "85",
        "value": "76.5",
        "achievement": "90",
        "achievement_counted": "90",
        "to_date": {"target": "85", "value": "76.5", "achievement": "90", "periods": [TW]},
        "predicate": "Tinggi",
        "marked": False,
        "note": None,
    }
    assert {name: row[name] for name in wanted} == wanted
    assert (found["period"], found["form_revision"]) == (TW, 1)
    totals = {"count": 1, "filled": 1, "missing": 0, "mean": "90"}
    assert {name: found["totals"][name] for name in totals} == totals
    steps = sent.do(f"data jelaskan {TW} IK-1")["steps"]
    assert "Capaian: 76,5 / 85,0 x 100 = 90,00" in steps


def test_indicators_that_no_form_holds_are_told_with_the_way_to_send_them(desk: Desk) -> None:
    desk.now = NOW
    desk.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2026 --bidang Industri --bidang Pelatihan")
    desk.do(f"periode buka {TW}")
    desk.do(f"selesai {TW} 1")
    desk.do(f"selesai {TW} 2")
    assert "tidak ada formulir yang dikirim" in desk("data", "lihat", TW).out
    desk.do("indikator tambah IK-1 --satuan orang --bidang Pelatihan --nama Peserta")
    assert f"sakip data formulir {TW}" in desk("data", "lihat", TW).out


def test_rows_made_late_are_told_beside_those_that_are_sent_and_of_their_owner_alone(
    sent: Desk, tmp_path: Path
) -> None:
    """The rows that are out were told as all there are; of one owner those of another were counted; and a form for an
    owner without one went out to everybody else before it was refused."""
    sent.do("indikator tambah IK-3 --satuan orang --bidang Pelatihan --nama Lulusan")
    for words in ((), ("--bidang", "Pelatihan")):
        told = " ".join(sent("data", "lihat", TW, *words).out.split())
        assert "1 indikator TW III 2026 belum ada di formulirnya, atau berubah sejak formulirnya dikirim." in told
        assert f"sakip data formulir {TW}" in told
        assert "0/1 terisi" in told or "0/2 terisi" in told
    assert "belum ada di formulirnya" not in sent("data", "lihat", TW, "--bidang", "Industri").out
    sent.do("bidang tambah Sekretariat")
    assert "tidak ada formulir Sekretariat" in sent("data", "lihat", TW, "--bidang", "Sekretariat").out
    said = sent.refused(3, f"data formulir {TW} --bidang Sekretariat -o {tmp_path}")
    assert f"Tidak ada formulir Sekretariat untuk {TW}." in said
    (form,) = sent.do(f"data formulir {TW} --bidang Pelatihan -o {tmp_path}")["forms"]
    assert (form["form_revision"], form["rows"]) == (2, 2)
    assert "belum ada di formulirnya" not in sent("data", "lihat", TW).out
    sent.do(f"indikator target IK-1 {TW} 90")
    assert "1 indikator TW III 2026" in " ".join(sent("data", "lihat", TW).out.split())


def test_what_cannot_be_filled_says_why_with_its_exit_code(sent: Desk) -> None:
    assert '"1.234" dapat berarti 1234 atau 1,234' in sent.refused(2, f"data isi {TW} IK-1 1.234")
    assert "alasan" in sent.refused(2, f"data isi {TW} IK-1 --keadaan belum-ada").casefold()
    assert "Belum diisi: IK-1 (Pelatihan)" in sent.refused(3, f"selesai {TW} 4 --bidang Pelatihan")
    sent.do(f"data isi {TW} IK-1 --keadaan belum-ada", "--alasan", "menunggu BPS")
    sent.do(f"selesai {TW} 4 --bidang Pelatihan")
    assert "sudah berakhir" in sent.refused(3, f"data isi {TW} IK-1 5")
    assert "alasan wajib" in sent.refused(3, f"data koreksi {TW} IK-1 5")
    assert sent.do(f"data koreksi {TW} IK-1 5 --alasan terlambat")["rows"][0]["value"] == "5"


def test_a_row_that_somebody_else_changed_is_not_overwritten(sent: Desk, tmp_path: object) -> None:
    """From a form that left before: exit 2 with who it was; nothing is taken."""
    (form,) = sent.do(f"data formulir {TW} --bidang Pelatihan -o {tmp_path}")["forms"]
    sent.person = "siti"
    sent.do(f"data isi {TW} IK-1 80")
    sent.person = "kasubag"
    book = openpyxl.load_workbook(form["path"])
    book["Isian"]["L5"] = 70
    book.save(form["path"])
    said = sent("data", "impor", form["path"], "--json")
    (found,) = said.json["files"]
    assert (said.code, found["taken"]) == (2, False)
    assert "siti" in found["faults"][0]["problem"]


def test_a_form_that_no_answer_saves_is_refused_before_anything_in_it_is_asked(sent: Desk, tmp_path: Path) -> None:
    """Rules part 3 rule 5 comes before the faults of a form: with the word why, or the number mended, it would be
    refused all the same. Which form the document is stands before it, whichever period somebody has in mind."""
    (form,) = sent.do(f"data formulir {TW} --bidang Pelatihan -o {tmp_path}")["forms"]
    for code, bidang in (("IK-1", "Pelatihan"), ("IK-2", "Industri")):
        sent.do(f"data isi {TW} {code} 80")
        sent.do(f"selesai {TW} 4 --bidang {bidang}")
    wrong, other = tmp_path / "salah.xlsx", tmp_path / "lain.xlsx"
    for name, value in ((wrong, "1.234"), (other, 70)):
        book = openpyxl.load_workbook(form["path"])
        book["Isian"]["L5"] = value
        book.save(name)
    called = "Dokumen ini formulir TW III 2026, Pelatihan."

    def told(*words: str) -> str:
        said = sent.refused(3, "data impor", *words)
        assert called in said
        return said

    assert "sudah berakhir" in told(str(wrong))
    for step in (5, 6, 7):
        sent.do(f"selesai {TW} {step}")
    sent.do(f"periode tutup {TW}")
    for words in ((str(wrong),), (str(other),), (str(wrong), "--coba"), (str(other), "--coba")):
        assert "sudah ditutup" in told(*words)
        assert "Alasan perubahan" not in told(*words)
    both = sent("data", "impor", str(wrong), str(other), "--json")
    assert both.code == 3
    assert [(each["faults"], called in each["refused"]) for each in both.json["files"]] == [([], True)] * 2
    assert not list(tmp_path.glob("*_kesalahan*"))


def test_who_holds_no_lane_is_told_so_before_a_form_is_read(sent: Desk, tmp_path: Path) -> None:
    (form,) = sent.do(f"data formulir {TW} --bidang Pelatihan -o {tmp_path}")["forms"]
    sent.do(f"pengguna tambah Wening --peran admin --kode adm --akun {account_name(os.environ)}")
    sent.person = "adm"
    sent.do("pengguna tambah Citra --peran admin,pengelola --kode adm2")
    sent.do("pengguna ubah adm --peran pelaksana")
    Path(form["path"]).write_bytes(b"bukan formulir")
    assert "tidak memegang lajur" in sent.refused(3, "data impor", form["path"])


def test_a_form_of_a_period_without_forms_says_of_which_it_is(sent: Desk, tmp_path: Path) -> None:
    """Of an office of the same name in another file, or of a file as it was before it was restored."""
    before = Desk(tmp_path / "dulu.db", now=NOW)
    before.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2026 --bidang Industri --bidang Pelatihan")
    assert run("cadangkan", str(tmp_path / "kosong.db"), "--db", str(before.path), now=NOW).code == 0
    before.do("indikator tambah IK-1 --satuan orang --bidang Pelatihan --nama Peserta")
    before.do("periode buka 2026-TW2")
    for step in ("1", "2"):
        before.do(f"selesai 2026-TW2 {step}")
    (form,) = before.do(f"data formulir 2026-TW2 --bidang Pelatihan -o {tmp_path}")["forms"]
    assert "untuk periode TW II 2026, bukan TW III 2026." in sent("data", "impor", form["path"]).out
    empty = Desk(tmp_path / "kosong.db", now=NOW)
    said = empty("data", "impor", form["path"])
    assert said.code == 2
    assert "untuk periode TW II 2026, yang belum ada formulirnya di sini." in said.out


def test_rows_are_told_on_the_card_in_the_reminder_and_on_the_dashboard(sent: Desk) -> None:
    sent.do(f"data isi {TW} IK-1 76,5")
    cards = {(card["step"], card["bidang"]): card["data"] for card in sent.do(f"papan {TW}")["cards"]}
    assert cards[4, "Pelatihan"] == {"filled": 1, "of": 1}
    assert cards[4, "Industri"] == {"filled": 0, "of": 1}
    assert cards[4, None] == {"filled": 1, "of": 2}
    assert cards[3, "Industri"] is None
    assert "1/1 indikator terisi" in sent("kartu", TW, "4", "--bidang", "Pelatihan").out
    reminder = sent.do("ringkas --bidang Industri")
    assert reminder["unfilled"] == {TW: ["IK-2"]}
    assert any("belum diisi: IK-2" in line for line in reminder["lines"])
    (data,) = sent.do("dasbor")["data"]
    assert data == {"period": TW, "filled": 1, "of": 2, "marked": 0, "below": 1}


def test_an_office_without_indicators_meets_nothing_of_it(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --alasan dicatat")
    assert {card["data"] for card in nine.do("papan 2025-TW1")["cards"]} == {None}
    assert nine.do("dasbor")["data"] == []
    assert nine.do("data lihat 2025-TW1")["rows"] == []
    assert "Data kinerja" not in nine("dasbor").out
    assert "Tidak ada formulir" in nine.refused(3, "data formulir 2025-TW1")
