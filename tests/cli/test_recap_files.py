"""Which document a recap becomes: what was named is replaced and said, what the program names never takes a place."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sakip_tui.recaps import Origin, fetch_line
from tests.cli.conftest import LATE, POSIX_HOST, Desk, finish, opened

TW1 = "2025-TW1"


@pytest.fixture
def closed(nine: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A closed quarter; the working folder is empty but for the database and `rekap`."""
    monkeypatch.chdir(tmp_path)
    opened(nine, TW1, "2025-04-21T08:00")
    for step in range(1, 6):
        finish(nine, TW1, step, "2025-04-21")
    nine.do(f"periode tutup {TW1}")
    return nine


def test_a_named_document_is_replaced_and_it_is_said(closed: Desk) -> None:
    first, second = (closed("rekap", TW1, "-o", "r.csv") for _ in range(2))
    assert (first.code, first.err) == (0, "")
    assert second.code == 0
    assert "Menggantikan dokumen yang sudah ada: r.csv" in second.err


def test_own_names_carry_the_revision_and_never_take_a_place(closed: Desk, tmp_path: Path) -> None:
    own = [Path(closed("rekap", TW1, "--format", "xlsx").out.split(": ")[-1].strip()) for _ in range(2)]
    stem = f"rekap_disnaker-kota-tangerang_{TW1}_r1"
    assert [path.name for path in own] == [f"{stem}_2.xlsx", f"{stem}_3.xlsx"]
    assert {path.parent for path in own} == {tmp_path / "rekap"}, "nothing lands outside the export folder unasked"
    assert not list(tmp_path.glob("*.xlsx"))
    assert (tmp_path / "rekap" / f"{stem}.xlsx").exists(), "written by the closing"


def test_after_a_reopening_a_recap_is_named_for_the_closing_to_come(closed: Desk) -> None:
    closed.do(f"periode buka-kembali {TW1}", *LATE)
    said = closed("rekap", TW1, "--format", "xlsx")
    assert "(SEMENTARA)" in said.out
    assert said.out.strip().endswith(f"_{TW1}_r2_sementara.xlsx")
    assert closed.do(f"periode tutup {TW1}")["recap"].endswith(f"_{TW1}_r2.xlsx")


def test_a_stopped_last_case_is_counted(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    finish(nine, TW1, 1, "2025-04-21")
    nine.do(f"berkas hentikan {TW1}", *LATE)
    place = tmp_path / "r.xlsx"
    nine.do(f"rekap {TW1} -o {place}")
    book = openpyxl.load_workbook(place)
    summary = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(values_only=True) if row[0]}
    assert summary["Berkas yang dihentikan"] == 1


def test_an_assumed_lane_says_so_in_the_value_itself(desk: Desk, tmp_path: Path) -> None:
    desk.do("siapkan --sop dpmptsp-balangan --tahun 2025 --bidang A")
    opened(desk, TW1, "2025-04-21T08:00")
    finish(desk, TW1, 1, "2025-04-21")
    place = tmp_path / "r.xlsx"
    desk.do(f"rekap {TW1} -o {place}")
    rows = openpyxl.load_workbook(place)["Langkah"].iter_rows(values_only=True)
    told = {int(row[0]): str(row[2]) for row in rows if str(row[0]).isdigit()}
    steps = {step["number"]: step["basis"]["pelaksana"] for step in desk.do("sop lihat dpmptsp-balangan")["steps"]}
    assert {number: lane.endswith("(asumsi)") for number, lane in told.items()} == {
        number: steps[number] == "asumsi" for number in told
    }
    assert "asumsi" in {steps[number] for number in told}


@POSIX_HOST
def test_a_closing_over_ssh_says_how_to_fetch_its_recap(nine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.5 2222")
    opened(nine, TW1, "2025-04-21T08:00")
    for step in range(1, 6):
        finish(nine, TW1, step, "2025-04-21")
    said = nine("periode", "tutup", TW1)
    (line,) = [line for line in said.err.splitlines() if "ssh" in line]
    there = f"sakip rekap {TW1} --db {nine.path} -o -"
    assert "ssh -p 2222 " in line
    assert line.endswith(f"@10.0.0.5 {there} > rekap_disnaker-kota-tangerang_{TW1}_r1.xlsx")
    assert nine(*there.removeprefix("sakip ").partition(" --db ")[0].split(), "-o", "-").raw.startswith(b"PK")


@POSIX_HOST
def test_a_recap_through_two_shells_keeps_its_words_apart() -> None:
    origin = Origin(Path("/data/kantor kami.db"), None, "dpmd-nganjuk")
    line = fetch_line(origin, TW1, "r.xlsx", "budi", {"SSH_CONNECTION": "::1 1 10.0.0.5 22"})
    assert line is not None
    *way, asked, _, _ = shlex.split(line)
    assert way == ["ssh", "budi@10.0.0.5"]
    there = ["sakip", "rekap", TW1, "--db", "/data/kantor kami.db", "--sop-aktif", "dpmd-nganjuk", "-o", "-"]
    assert shlex.split(asked) == there
    assert fetch_line(origin, TW1, "r.xlsx", "budi", {}) is None, "who sits at this computer fetches nothing"


def test_reopening_leaves_the_first_recap_and_adds_the_next(closed: Desk, tmp_path: Path) -> None:
    first = tmp_path / "rekap" / f"rekap_disnaker-kota-tangerang_{TW1}_r1.xlsx"
    kept = first.read_bytes()
    closed.do(f"periode buka-kembali {TW1}", *LATE)
    closed.do(f"periode tutup {TW1}")
    assert first.read_bytes() == kept
    assert first.with_name(first.name.replace("_r1", "_r2")).is_file()


def test_csv_for_programs_is_asked_for_by_name(closed: Desk) -> None:
    usual = closed("rekap", TW1, "--format", "csv").raw.decode("utf-8")
    plain = closed("rekap", TW1, "--format", "csv", "--polos").raw.decode("utf-8")
    assert usual.startswith("\ufeff")
    assert ";" in usual.splitlines()[1]
    assert plain[0] != "\ufeff"
    assert "2025-04-21T08:00:00+07:00" in plain
    assert closed("rekap", TW1, "--format", "md", "--polos").code == 2


def test_all_offices_and_sops_stand_in_one_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025 --nama", "Dinas Satu")
    desk.do("siapkan --sop dpmptsp-balangan --tahun 2025 --opd dinas-dua --nama", "Dinas Dua", "--bidang", "A")
    one = replace(desk, extra=("--sop-aktif", "disnaker-kota-tangerang"))
    opened(one, TW1, "2025-04-21T08:00")
    finish(one, TW1, 1, "2025-04-21")
    said = desk("rekap", TW1, "--semua", "--format", "xlsx")
    assert said.code == 0, said.err
    place = tmp_path / "rekap" / f"rekap_semua-kantor_{TW1}_sementara.xlsx"
    assert said.out.strip().endswith(str(place))
    book = openpyxl.load_workbook(place)
    assert "SEMENTARA" in str(book.worksheets[0]["A2"].value)
    cells = [cell for row in book["Perbandingan"].iter_rows(values_only=True) for cell in row]
    assert {"disnaker-kota-tangerang", "dpmptsp-balangan"} <= set(cells)
    assert "2025-TW1" in desk("rekap", "2031-TW1", "--semua").err, "the periods there are, are named"
