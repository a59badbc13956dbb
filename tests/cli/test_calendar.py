"""The calendar at the command line: filling, editing, explaining, looking ahead, and clocks that jump."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db import case_queries, opening, queries
from db.past_runs import office_bidang, past_cycles
from sakip_tui.views.ahead import Ahead, forecasts_of
from sakip_tui.views.overview import Overview
from sop.look.forecast import forecasts
from sop.look.outlook import outlooks
from sop.model.settings import Settings
from tests.cli.conftest import LATE, NINE, TOP, Desk, finish, opened, run

FAKETIME = shutil.which("faketime")


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+07:00").timestamp())


class TestLooking:
    def test_a_filled_month_names_its_days_and_adds_up_with_its_quarter(self, nine: Desk) -> None:
        march = nine.do("kalender lihat 2025-03")
        assert march["days"][27]["name"] == "Cuti bersama Hari Suci Nyepi (Tahun Baru Saka 1947)"
        assert march["days"][3]["name"] == "Ramadan 1446 H"
        assert (march["holidays_filled"], march["working_days"]) == (True, 19)
        months = [nine.do(f"kalender lihat 2025-{month:02d}") for month in (1, 2, 3)]
        assert march["quarter"]["working_seconds"] == sum(month["working_seconds"] for month in months)

    def test_an_unfilled_year_says_so(self, nine: Desk) -> None:
        said = nine("kalender", "lihat", "2028-05").out
        assert "Libur 2028 belum diisi" in said


class TestChanging:
    def test_2028_fills_with_collective_leave_still_to_be_decreed(self, nine: Desk) -> None:
        filled = nine.do("kalender isi 2028")
        assert filled["gaps"] == ["cuti_bersama", "perkiraan"]
        assert "2028: cuti bersama belum ditetapkan." in nine("kalender", "isi", "2028").out
        assert nine.do("kalender isi 2028")["changes"] == []
        assert len(nine.do("kalender revisi")) == 2

    def test_filling_twice_with_edits_between_loses_no_edit(self, nine: Desk) -> None:
        nine.do("kalender hapus 2026-12-24")
        nine.do("kalender libur 2026-07-20", "Banjir", "--sumber", "Surat 1")
        nine.do("kalender libur 2026-05-15", "Setengah hari", "--jam", "07.30-11.30")
        nine.do("kalender jam-khusus 2026-02-19 2026-03-20 --jam", "09.00-12.00", "--nama", "Jam puasa")
        before = [nine.do(f"kalender lihat 2026-{month:02d}")["days"] for month in range(1, 13)]
        nine.do("kalender isi 2026")
        assert [nine.do(f"kalender lihat 2026-{month:02d}")["days"] for month in range(1, 13)] == before

    def test_the_last_change_is_taken_back_and_each_revision_names_its_rows(self, nine: Desk) -> None:
        before = nine.do("kalender lihat 2026-07")["days"]
        nine.refused(3, "kalender urung")
        nine.do("kalender libur 2026-07-20", "Banjir", "--sumber", "Surat 1")
        assert nine.do("kalender lihat 2026-07")["days"] != before
        nine.do("kalender urung")
        assert nine.do("kalender lihat 2026-07")["days"] == before
        told = " ".join(nine("kalender", "revisi").out.split())
        assert "20 Juli 2026: tanpa baris sendiri - menjadi libur Banjir" in told
        assert nine.do("kalender revisi")[0]["changes"][0]["before"]["name"] == "Banjir"
        assert "20 Juli 2026: libur Banjir, pasti menjadi tanpa baris sendiri" in " ".join(nine("riwayat").out.split())

    def test_a_change_tells_each_due_before_and_after_and_a_rehearsal_writes_nothing(self, nine: Desk) -> None:
        opened(nine, "2025-TW2", "2025-07-03T08:00")
        nine.do("mulai 2025-TW2 1 --pada 2025-07-03T15:50", *LATE)
        friday = ("kalender", "libur", "2025-07-04", "Banjir", "--json")
        before = nine.dump()
        tried = nine(*friday, "--coba").json
        assert nine.dump() == before
        done = nine(*friday).json
        assert tried["due"] == done["due"]
        (due,) = done["due"]
        assert (due["period"], due["step"]) == ("2025-TW2", 1)
        assert due["before"] == "2025-07-04T07:35:00+07:00"
        assert due["after"] == "2025-07-07T07:35:00+07:00"
        assert nine.do("papan 2025-TW2")["cards"][0]["due_at"] == due["after"]
        (line,) = nine.do("riwayat --tindakan kalender")
        assert line["details"]["due"][0]["step"] == 1
        assert line["details"]["due"][0]["before"].endswith("+07:00")

    def test_weekly_hours_and_estimates_can_be_changed_and_confirmed(self, nine: Desk) -> None:
        nine.do("kalender jam-kerja --sabtu 07.30-12.00 --jumat", "07.30-11.00 13.30-16.30")
        assert nine.do("kalender hitung 2025-07-04T16:30", "1 hari")["due_at"] == "2025-07-05T12:00:00+07:00"
        nine.do("kalender jam-kerja --sabtu tutup")
        nine.do("kalender isi 2027")
        assert nine.do("kalender pastikan 2027")["gaps"] == []

    def test_special_hours_too_long_or_over_others_are_taken_and_told(self, nine: Desk) -> None:
        line = "kalender jam-khusus 2026-03-10 2026-05-09 --ramadan --nama Puasa"
        for words in (f"{line} --coba", line):
            said = nine(*words.split())
            assert said.code == 0
            assert "Puasa: 61 hari, lebih dari sebulan" in said.err
            assert "Puasa bertumpuk dengan Ramadan 1447 H (19 Februari 2026 sampai 20 Maret 2026)" in said.err
            assert "berlaku jam rentang ini" in said.err
            assert ("sakip kalender urung" in said.err) is ("--coba" not in words)
        days = {day["date"]: day["name"] for day in nine.do("kalender lihat 2026-03")["days"]}
        assert (days["2026-03-09"], days["2026-03-11"]) == ("Ramadan 1447 H", "Puasa")
        # A changed one keeps its place below.
        told = nine.do("kalender jam-khusus 2026-02-19 2026-03-21 --ramadan --ganti 2026-02-19/2026-03-20 --nama Bulan")
        (said_under,) = told["warnings"]
        assert said_under.startswith("Bulan bertumpuk dengan Puasa")
        assert said_under.endswith("berlaku jam rentang itu.")
        assert nine.do("kalender jam-khusus 2026-06-01 2026-07-01 --jam 08.00-12.00")["warnings"] == []

    def test_what_was_seen_must_still_be_so(self, nine: Desk) -> None:
        nine.do("kalender libur 2025-07-04 Banjir --revisi 1")
        said = nine.refused(3, "kalender libur 2025-07-05 Banjir --revisi 1")
        assert said.startswith("Kalender kerja sudah Anda ubah sendiri sejak Anda melihatnya: ")
        nine.person = "staf"
        said = nine.refused(4, "kalender libur 2025-07-05 Banjir --revisi 1")
        assert said.startswith("Kalender kerja sudah diubah oleh kasubag: ")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("kalender libur 2025-02-30 Banjir --jam pagi", "Ada 2 kesalahan"),
            ("kalender isi 3000", "di luar batas"),
            ("kalender hapus 2025-09-09", "2025-09-09 tidak dikenal"),
            ("kalender jam-khusus 2025-09-09 2025-09-01 --jam 08.00-12.00", "sesudah hari terakhirnya"),
            ("kalender jam-khusus 2025-09-01 2025-09-09", "--jam"),
            ("kalender jam-kerja", "--jam"),
            ("kalender jelaskan 2025-TW1 1", "Periode 2025-TW1 belum dibuka"),
            ("pengaturan ubah --batas-segera 0 --jam-mulai x", "Ada 2 kesalahan"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, nine: Desk, line: str, said: str) -> None:
        before = nine.dump()
        answer = nine(*line.split())
        assert answer.code in (2, 3)
        assert said in answer.err
        assert nine.dump() == before

    @pytest.mark.parametrize(
        "line", ["kalender jam-kerja --jam pagi", "kalender jam-khusus 2025-09-01 2025-09-09 --jam x"]
    )
    def test_hours_that_cannot_be_read_are_one_fault_and_not_also_missing(self, nine: Desk, line: str) -> None:
        said = nine.refused(2, line)
        assert "tidak terbaca sebagai rentang" in said
        assert "kesalahan" not in said

    def test_a_day_in_the_week_is_the_only_one_that_changes_the_log_once(self, nine: Desk) -> None:
        before = len(nine.do("riwayat"))
        nine.do("kalender libur 2025-07-04 Banjir --token satu")
        assert nine.do("kalender libur 2025-07-04 Banjir --token satu")["repeated"]
        assert len(nine.do("riwayat")) == before + 1


class TestExplaining:
    @pytest.mark.parametrize("begin", ["2026-01-02", "2026-07-01"])
    def test_a_hundred_and_twenty_days_are_told_day_by_day(self, desk: Desk, begin: str) -> None:
        desk.now = at("2027-06-30 08:00")
        desk.do("siapkan --sop dpmptsp-balangan --tahun 2025")
        for quarter in ("2025-TW1", "2025-TW2", "2025-S1"):
            opened(desk, quarter, f"{begin}T08:00")
        for child in ("2025-TW1", "2025-TW2"):
            desk.do(f"periode bebaskan 2025-S1 {child} --pada {begin}T08:01", *LATE)
        last = None
        for step in (6, 7):
            cards = {card["step"]: card for card in desk.do("papan 2025-S1")["cards"]}
            if cards[step]["due_at"] is None and cards[step]["state"] == "siap":
                desk.do(f"mulai 2025-S1 {step} --pada {begin}T09:0{step}", *LATE)
            told = desk.do(f"kalender jelaskan 2025-S1 {step}")
            assert told["due_at"] == {card["step"]: card for card in desk.do("papan 2025-S1")["cards"]}[step]["due_at"]
            last = told if "120" in (told["standard"] or "") else last
            if last is None:
                desk.do(f"selesai 2025-S1 {step} --mulai {begin}T09:00 --selesai {begin}T09:0{step}", *LATE)
        assert last is not None
        assert last["counted_days"] == 120
        numbers = [day["number"] for day in last["days"] if day["number"] is not None]
        assert numbers == list(range(1, 121))
        assert all(day["skipped"] in ("tutup", "hari_mulai") for day in last["days"] if day["number"] is None)
        assert last["days"][-1]["spans"][-1][1] == last["due_at"]

    def test_an_ended_step_is_explained_by_the_revision_it_was_judged_by(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2025-07-03T08:00")
        finish(nine, "2025-TW1", 1, "2025-07-03")
        nine.do("kalender libur 2025-07-03 Banjir")
        told = nine.do("kalender jelaskan 2025-TW1 1")
        assert (told["calendar_revision"], told["due_at"]) == (1, "2025-07-03T09:15:00+07:00")
        said = nine("kalender", "jelaskan", "2025-TW1", "1").out
        assert "kalender revisi 1" in said
        assert "Jumlah: 15 menit waktu kerja." in said

    def test_a_step_per_bidang_asks_which(self, desk: Desk) -> None:
        desk.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2025 --bidang A --bidang B")
        opened(desk, "2025-TW1", "2025-07-03T08:00")
        for step in (1, 2):
            finish(desk, "2025-TW1", step, "2025-07-03")
        assert desk("kalender", "jelaskan", "2025-TW1", "3").code == 2
        told = desk.do("kalender jelaskan 2025-TW1 3 --bidang b")
        assert (told["bidang"], told["unexplained"]) == ("B", "belum_mulai")


class TestLookingAhead:
    def test_status_says_when_a_period_is_finished_and_a_target_how_far_off(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2026-02-13T08:00")
        finish(nine, "2025-TW1", 1, "2026-02-13")
        nine.now = at("2026-02-19 08:00")
        (period,) = [each for each in nine.do("status")["periods"] if each["period"] == "2025-TW1"]
        assert period["forecast_at"].startswith("2026-02-19T")
        nine.do("pengaturan ubah --target 2025-TW1=2026-02-13")
        told = nine.do("kalender perkiraan 2025-TW1")
        assert told["forecast_at"] == period["forecast_at"]
        # 16 and 17 February are leave and holiday.
        assert (told["off_days"], told["target"]) == (2, "2026-02-13")
        assert "terlewati 2 hari kerja" in nine("kalender", "perkiraan", "2025-TW1").out

    def test_the_plain_rows_foresee_what_the_full_state_foresees(self, desk: Desk) -> None:
        desk.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2025 --bidang A --bidang B --bidang C")
        opened(desk, "2025-TW1", "2025-07-03T08:00")
        for step in (1, 2):
            finish(desk, "2025-TW1", step, "2025-07-03")
        finish(desk, "2025-TW1", 3, "2025-07-03", "A")
        opened(desk, "2025-TW2", "2025-07-03T08:00")
        finish(desk, "2025-TW2", 1, "2025-07-04")
        desk.do("berkas tahan 2025-TW2", *LATE)
        desk.do("pengaturan ubah --jam-mulai 4=siap --target 2025-S1=2026-03-02")
        with opening.open(desk.path) as database:
            address = queries.address_of(database)
            overview = Overview(queries.standing(database, address), desk.now)
            past = past_cycles(database, address)
            board = case_queries.year_board(database, address, 2025)
            plain = forecasts_of(overview.year, Ahead(office_bidang(database, address.office), past, {}), desk.now)
        whole = outlooks(board, past)
        full = forecasts(whole, board.calendar, desk.now)
        assert {key: full[key] for key in plain} == plain
        assert any(forecast.legs for forecast in plain.values())

    def test_three_past_runs_give_a_median(self, nine: Desk) -> None:
        for number, (period, day) in enumerate(
            (("2025-TW1", "2025-10-06"), ("2025-TW2", "2025-10-07"), ("2025-TW3", "2025-10-08")), 1
        ):
            opened(nine, period, f"{day}T08:00")
            nine.do(f"selesai {period} 1 --mulai {day}T08:00 --selesai {day}T{8 + number:02d}:00", *LATE)
        opened(nine, "2025-TW4", "2026-02-13T08:00")
        leg = nine.do("kalender perkiraan 2025-TW4")["legs"][0]
        assert (leg["grounds"], leg["runs"], leg["median_seconds"]) == ("median", 3, 7200)


class TestJudgingAnew:
    def test_the_recap_by_the_latest_calendar_stands_beside_and_changes_nothing(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2025-07-03T08:00")
        nine.do("selesai 2025-TW1 1 --mulai 2025-07-03T15:50 --selesai 2025-07-04T15:00", *LATE)
        nine.do("kalender libur 2025-07-04 Banjir")
        before = nine.dump()
        frozen = nine("rekap", "2025-TW1", "-o", "-", "--format", "txt").out
        anew = nine("rekap", "2025-TW1", "-o", "-", "--format", "txt", "--kalender", "terbaru").out
        assert nine.dump() == before
        assert "dinilai ulang menurut kalender revisi 2" in anew
        assert "dinilai ulang" not in frozen
        assert ("terlambat" in frozen.casefold(), frozen == anew) == (True, False)


class TestSettings:
    def test_a_clock_setting_moves_what_is_due_and_is_an_event(self, nine: Desk) -> None:
        opened(nine, "2025-TW1", "2026-02-13T08:00")
        assert nine.do("papan 2025-TW1")["cards"][0]["due_at"] is None
        changed = nine.do("pengaturan ubah --jam-mulai 1=siap --batas-segera 50", *LATE)
        assert changed["changed"] == ["at_risk_percent", "clock_starts"]
        assert changed["due"][0]["after"] == "2026-02-13T08:15:00+07:00"
        assert nine.do("papan 2025-TW1")["cards"][0]["due_at"] == "2026-02-13T08:15:00+07:00"
        assert nine.do("riwayat --tindakan pengaturan")[0]["details"]["settings"]["at_risk_percent"] == {
            "before": 80,
            "after": 50,
        }
        assert "sesudah 50 persen" in nine("pengaturan", "lihat").out

    def test_every_setting_can_be_changed_and_is_shown_in_words(self, nine: Desk) -> None:
        line = "pengaturan ubah --pemutus-lain ya --kunci-layar 10 --tanda ascii --kertas F4 --batas-mulai 3"
        signing = ("--penanda-tangan", "Kasubag Perencanaan", "--penanda-tangan", "Kepala Dinas", "--tempat", "Serpong")
        signing = (
            *signing,
            "--kop",
            "Pemerintah Kota Serpong",
            "--kop",
            "Jalan Raya 1",
            "--tanda-tangan-elektronik",
            "ya",
        )
        line += " --capaian-turun kebalikan --batas-baris 120 --batas-rata 150 --kata-predikat baik --wajib-isi tidak"
        signing = (*signing, "--batas-predikat", "95 80 60 40", "--skala", "Opini: WTP=4, WDP=3")
        changed = nine.do(f"{line} --cadangan-harian 14 --cadangan-mingguan 5 --cadangan-bulanan 24", *signing)
        untouched = {"at_risk_percent", "late_entry_days", "count_first_day", "evidence", "clock_starts", "targets"}
        assert set(changed["changed"]) == set(Settings().to_dict()) - untouched
        shown = nine.do("pengaturan lihat")
        assert shown["signatories"] == ["Kasubag Perencanaan", "Kepala Dinas"]
        assert set(Settings().to_dict()) <= set(shown)
        said = nine("pengaturan", "lihat").out
        assert "Batas belum dimulai: sesudah 3 hari kerja" in said
        assert "Kop: Pemerintah Kota Serpong / Jalan Raya 1" in said
        for words in ("Pemutus orang lain: ya", "sesudah 10 menit", "Kertas rekap: F4", "14 cadangan", "Serpong"):
            assert words in said
        nine.do("pengaturan ubah --penanda-tangan hapus --tempat hapus --kop hapus")
        shown = nine.do("pengaturan lihat")
        assert (shown["signatories"], shown["signing_place"], shown["letterhead"]) == ([], "", [])

    def test_officials_are_named_corrected_and_blanked(self, nine: Desk) -> None:
        assert "ditulis dengan tangan" in nine("pengaturan", "pejabat").out
        who = ("--nama", "Pejabat Uji, S.H.", "--pangkat", "Pembina / IV-a", "--nip", "197001011990031001")
        told = nine.do("pengaturan pejabat", "Kepala Dinas", *who)
        assert told["changed"] == "t1"
        assert told["signers"] == [
            {
                "code": "t1",
                "position": "Kepala Dinas",
                "since": None,
                "name": "Pejabat Uji, S.H.",
                "rank": "Pembina / IV-a",
                "nip": "197001011990031001",
                "revision": 1,
            }
        ]
        assert "NIP 12 bukan 18 angka." in nine.refused(2, "pengaturan pejabat Sekretaris --nama Lain --nip 12")
        assert "menyebut penanda tangan Kepala Dinas" in nine("riwayat").out
        told = nine.do("pengaturan pejabat --perbaiki t1 --pangkat IV-b --alasan golongan")
        assert [told["signers"][0][key] for key in ("code", "name", "rank")] == ["t1", "Pejabat Uji, S.H.", "IV-b"]
        assert "membetulkan data penanda tangan Kepala Dinas" in nine("riwayat").out
        assert "Yang ada: t1" in nine.refused(2, "pengaturan pejabat --perbaiki t9 --nama Lain")
        told = nine.do("pengaturan pejabat", "Plt. Kepala Dinas", "--nama", "Lain")
        assert [row["position"] for row in told["signers"]] == ["Kepala Dinas", "Plt. Kepala Dinas"]
        told = nine.do("pengaturan pejabat --kosongkan t1")
        assert (told["signers"][0]["name"], told["signers"][0]["position"]) == (None, "Kepala Dinas")
        assert "(dikosongkan)" in nine("pengaturan", "pejabat").out
        assert "Yang ada: t1" in nine.refused(2, "pengaturan pejabat --kosongkan t9")

    def test_the_clock_of_a_step_is_set_for_one_sop_or_all(self, nine: Desk) -> None:
        changed = nine.do(f"pengaturan ubah --jam-mulai {NINE}/1=siap --jam-mulai 2=siap")
        assert changed["clock_starts"] == {f"{NINE}/1": "siap", "2": "siap"}
        assert nine.do(f"pengaturan ubah --jam-mulai {NINE}/1=baku")["clock_starts"] == {"2": "siap"}
        said = nine.refused(2, "pengaturan ubah --jam-mulai 12=siap --jam-mulai lain/1=siap")
        assert "- Langkah 12 tidak ada" in said
        assert "langkah lain/1: Nilai lain tidak dapat dipakai di sini" in said

    def test_the_same_setting_again_is_refused(self, nine: Desk) -> None:
        assert "Tidak ada yang berubah" in nine.refused(3, "pengaturan ubah --batas-segera 80")


@pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed")
class TestClocksThatJump:
    """The real program, the computer's clock moved under it while a step is at work."""

    def said(self, path: Path, clock: str, *words: str) -> subprocess.CompletedProcess[str]:
        """One command at a moment of the computer's clock, in UTC."""
        command = [
            str(FAKETIME),
            "-f",
            f"@{clock}",
            sys.executable,
            "-m",
            "sakip_tui",
            "--db",
            str(path),
            "--sebagai",
            "k",
        ]
        environ = {**os.environ, "TZ": "UTC"}
        return subprocess.run([*command, *words, "--json"], cwd=TOP, env=environ, capture_output=True, text=True)

    def do(self, path: Path, clock: str, *words: str) -> Any:
        done = self.said(path, clock, *words)
        assert done.returncode == 0, (clock, words, done.stderr)
        return json.loads(done.stdout)

    @pytest.mark.parametrize(
        "jumped",
        ["2026-03-31 01:20:00", "2026-04-02 01:20:00", "2027-04-01 01:20:00"],
        ids=["a day back", "a day on", "a year on"],
    )
    def test_order_durations_and_chain_stay_right_and_the_next_act_is_not_refused(
        self, tmp_path: Path, jumped: str
    ) -> None:
        path = tmp_path / "kantor.db"
        self.do(path, "2026-04-01 01:00:00", "siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2026")
        self.do(path, "2026-04-01 01:00:10", "periode", "buka", "2026-TW1")
        self.do(path, "2026-04-01 01:10:00", "mulai", "2026-TW1", "1")
        self.do(path, jumped, "selesai", "2026-TW1", "1")
        # Somebody sets the clock right.
        self.do(path, "2026-04-01 01:30:00", "mulai", "2026-TW1", "2")
        self.do(path, "2026-04-01 01:40:00", "selesai", "2026-TW1", "2")
        self.do(path, "2026-04-01 01:45:00", "kalender", "libur", "2026-04-07", "Banjir")
        log = list(reversed(self.do(path, "2026-04-01 01:50:00", "riwayat")))
        acts = [line for line in log if line["period"] is not None]
        assert [line["sequence"] for line in log] == list(range(1, len(log) + 1))
        assert [line["effective_at"] for line in acts] == sorted(line["effective_at"] for line in acts)
        assert any(line["clock_doubted"] for line in acts)
        cards = self.do(path, "2026-04-01 01:50:00", "papan", "2026-TW1")["cards"]
        for card in cards[:2]:
            assert card["ready_at"] <= card["started_at"] <= card["ended_at"]
            assert card["work_seconds"] >= 0
            assert card["queue_seconds"] >= 0
        self.do(path, "2026-04-01 01:50:00", "periksa", "--penuh")

    def test_a_span_that_a_jump_made_can_be_corrected(self, tmp_path: Path) -> None:
        path = tmp_path / "kantor.db"
        self.do(path, "2026-04-01 01:00:00", "siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2026")
        self.do(path, "2026-04-01 01:00:10", "periode", "buka", "2026-TW1")
        self.do(path, "2026-04-01 01:10:00", "mulai", "2026-TW1", "1")
        self.do(path, "2027-04-01 01:20:00", "selesai", "2026-TW1", "1")
        fixed = self.do(
            path,
            "2026-04-01 01:30:00",
            "koreksi",
            "2026-TW1",
            "1",
            "--selesai",
            "2026-04-01T08:20",
            "--alasan",
            "jam maju",
        )
        assert fixed["card"]["ended_at"] == "2026-04-01T08:20:00+07:00"
        self.do(path, "2026-04-01 01:31:00", "mulai", "2026-TW1", "2")


def test_plans_without_a_year_are_not_put_into_the_year_before(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "kantor.db", now=at("2026-11-18 09.40"))
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2026")
    desk.do("kalender libur 24/12", "Banjir")
    assert "Banjir" in desk("kalender", "lihat", "2026-12").out
    desk.do("pengaturan ubah --target 2026-TW4=31/12 --target 2026-TH=28/2")
    assert desk.do("pengaturan lihat")["targets"] == {"2026-TW4": "2026-12-31", "2026-TH": "2027-02-28"}
    for words in (
        ("tambah", "Nama Lengkap", "--peran", "admin", "--kode", "adm"),
        ("tambah", "Nama Lengkap", "--peran", "pelaksana", "--kode", "p3"),
        ("lajur", "p3", "Kepala Bidang", "--kedudukan", "plt", "--sampai", "31/12"),
    ):
        # By the account of this computer, whose the first admin is.
        said = run("pengguna", *words, "--db", str(desk.path), now=desk.now)
        assert said.code == 0, said.err
    people = run("pengguna", "daftar", "--db", str(desk.path), now=desk.now).out
    # The cell may be wrapped, with a word of the name between its lines.
    assert re.search(r"sampai Kam\b.{0,20}\b31 Des", " ".join(people.split()))


def test_the_calendar_can_be_read_without_a_terminal_and_says_where_to_look() -> None:
    assert "kalender jelaskan" in run("kalender", "--bantuan").out
