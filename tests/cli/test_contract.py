"""What scripts may rely on: keys, exit codes, streams, options on either side of the command."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import errors as db_errors
from sakip_tui.cli.commands import GRAMMAR, VERBS
from sop.form.catalog import codes
from sop.model.errors import FaultyInput
from sop.model.refusals import Refused, Rule
from tests.cli.conftest import BIDANG, LATE, NINE, SEVEN, TOP, Desk, finish, opened, run
from tests.waiting import SECONDS

CARD = {
    *("step", "title", "bidang", "attempt", "state", "lane", "holder", "revision", "ready_at", "started_at"),
    *("ended_at", "due_at", "late", "at_risk", "used_share", "waiting_for", "assumed", "joined"),
}
PERIOD = {"period", "period_state", "period_revision", "state", "case_revision", "done", "total", "late", "forecast_at"}


# --- shapes -----------------------------------------------------------------------------------------------------------


def test_board_has_the_keys_of_the_contract(nine: Desk) -> None:
    board = nine.do("papan 2025-TW1")
    assert {
        *("period", "period_state", "period_revision", "closing_revision", "state", "case_revision", "office", "sop"),
        *("sop_version", "now", "cards"),
    } <= board.keys()
    assert (board["period_state"], board["state"], board["case_revision"]) == ("belum", None, None)
    for card in board["cards"]:
        assert card.keys() >= CARD
        assert (card["state"], card["revision"]) == ("menunggu", None)
    assert board["cards"][0]["waiting_for"] == ["2025-TW1 dibuka"]
    assert board["now"] == "2026-02-15T06:30:00+07:00"


def test_card_carries_times_in_the_offices_zone_and_durations_in_seconds(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    answer = finish(nine, "2025-TW1", 1, "2025-04-21")
    card = answer["card"]
    assert (card["ready_at"], card["started_at"], card["ended_at"], card["due_at"]) == (
        "2025-04-21T08:00:00+07:00",
        "2025-04-21T09:00:00+07:00",
        "2025-04-21T09:05:00+07:00",
        "2025-04-21T09:15:00+07:00",
    )
    assert (card["queue_seconds"], card["work_seconds"], card["late"], card["used_share"]) == (3600, 300, False, 0.3333)
    assert answer["sequence"] == 3
    assert answer["period"]["case_revision"] == 1


def test_region_step_has_a_summary_and_one_card_for_each_bidang(seven: Desk) -> None:
    opened(seven, "2025-TW1", "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, "2025-TW1", step, "2025-04-21")
    finish(seven, "2025-TW1", 3, "2025-04-22", BIDANG[0])
    cards = [card for card in seven.do("papan 2025-TW1")["cards"] if card["step"] == 3]
    assert [card["bidang"] for card in cards] == [None, *BIDANG]
    assert cards[0]["joined"] == [1, 5]
    assert cards[0]["waiting_for"] == list(BIDANG[1:])
    assert [card["state"] for card in cards[1:]] == ["selesai", *["siap"] * 4]


def test_status_lists_periods_late_due_and_turn(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    nine.do("mulai 2025-TW1 1 --pada 2025-04-21T08:10", *LATE)
    status = nine.do("status")
    assert {"now", "periods", "late", "due", "turn"} <= status.keys()
    assert all(row.keys() >= PERIOD for row in status["periods"])
    assert [(card["step"], card["late"]) for card in status["late"]] == [(1, True)]
    assert status["turn"] == {"Sekretaris Dinas": 1}
    assert nine.do("periode daftar") == status["periods"]


def test_step_about_to_be_late_is_due(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    nine.now = 1_771_378_920  # Wednesday 2026-02-18 08:42 WIB
    nine.do("mulai 2025-TW1 1 --pada 08.30")
    due = nine.do("status")["due"]
    assert [(card["step"], card["at_risk"], card["due_at"]) for card in due] == [
        (1, True, "2026-02-18T08:45:00+07:00"),
    ]


def test_log_has_the_keys_of_the_contract_and_filters(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    finish(nine, "2025-TW1", 1, "2025-04-21")
    log = nine.do("riwayat 2025-TW1")
    assert [line["act"] for line in log] == ["selesai", "buka"]
    assert log[0].keys() >= {
        *("sequence", "recorded_at", "effective_at", "by", "for_lane", "act", "period", "step", "bidang", "details"),
        "hash",
    }
    assert log[0]["effective_at"] == "2025-04-21T09:05:00+07:00"
    assert log[0]["recorded_at"] == "2026-02-15T06:30:00+07:00"
    assert [line["act"] for line in nine.do("riwayat --tindakan buka")] == ["buka"]
    assert nine.do("riwayat --oleh orang-lain") == []
    assert len(nine.do("riwayat --batas 1")) == 1


@pytest.mark.parametrize("code", codes())
def test_sop_is_shown_as_the_document_has_it(code: str) -> None:
    said = run("sop", "lihat", code, "--json")
    document = said.json
    assert {"code", "version", "identity", "pelaksana", "steps"} <= document.keys()
    assert document["version"] is None
    for lane in document["pelaksana"]:
        assert {"name", "basis"} <= lane.keys()
    for step in document["steps"]:
        assert step.keys() >= {
            *("number", "title", "cadence", "pelaksana", "decider", "kelengkapan", "waktu", "keluaran", "keterangan"),
            *("per_bidang", "joint", "decision", "basis"),
        }
        assert set(step["waktu"]) >= {"text", "value", "unit"}
        assert set(step["basis"].values()) <= {"tertulis", "tersirat", "asumsi", "ditetapkan"}
    text = run("sop", "lihat", code).out
    for step in document["steps"]:
        assert step["title"].split()[0] in text


def test_original_and_repair_stand_side_by_side() -> None:
    document = run("sop", "lihat", "disperinaker-lima-puluh-kota", "--json").json
    assert any(item["original"] != item["text"] for item in document["originals"])
    assert "Diperbaiki dari dokumen" in run("sop", "lihat", "disperinaker-lima-puluh-kota").out


def test_working_time_is_counted_in_office_hours(nine: Desk) -> None:
    due = nine.do("kalender hitung 2026-04-01T15:45", "30 menit")
    assert (due["from"], due["standard"], due["due_at"]) == (
        "2026-04-01T15:45:00+07:00",
        "30 menit",
        "2026-04-02T07:45:00+07:00",
    )
    assert nine.do("kalender selisih 2026-07-01T08:00 2026-07-02T09:00")["working_seconds"] == 8 * 3600 + 1800
    assert nine.do("kalender hitung 2026-07-01T15:45", "2 hari")["due_at"] == "2026-07-03T16:30:00+07:00"
    march = nine.do("kalender lihat 2026-03")
    assert len(march["days"]) == 31
    assert not march["days"][0]["open"]


# --- streams and codes ------------------------------------------------------------------------------------------------


def test_json_is_one_document_and_nothing_else(nine: Desk) -> None:
    for words in (
        ["papan", "2025-TW1"],
        ["status"],
        ["riwayat"],
        ["sop", "daftar"],
        ["ringkas"],
        ["periode", "daftar"],
    ):
        said = nine(*words, "--json")
        assert said.code == 0
        json.loads(said.out)
        assert said.err == ""
        assert said.out.count("\n") == 1


def test_refusal_leaves_standard_output_empty_even_with_json(nine: Desk) -> None:
    said = nine("selesai", "2025-TW1", "1", "--json")
    assert (said.code, said.out) == (3, "")
    assert said.err == "Periode 2025-TW1 belum dibuka. Buka dulu periodenya.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--db", "{db}", "status", "--json"],
        ["status", "--db", "{db}", "--json"],
        ["--json", "--db={db}", "status"],
        ["--json", "periode", "--db", "{db}", "daftar"],
        ["--sop-aktif", NINE, "--opd", NINE, "status", "--db", "{db}", "--json"],
    ],
)
def test_shared_options_stand_before_or_after_the_command(nine: Desk, words: list[str]) -> None:
    said = run(*(word.format(db=nine.path) for word in words))
    assert said.code == 0, said.err
    assert said.json


def test_every_fault_of_the_input_is_named_at_once(nine: Desk) -> None:
    told = nine.refused(2, "selesai 2025-TW1 satu --pada kemarin --revisi x --mulai 99.00")
    for place in ("LANGKAH", "--pada", "--revisi", "--mulai"):
        assert f"- {place}: " in told
    said = nine("selesai", "--mulia", "08.00", "--revisi")
    assert said.code == 2
    assert "Mungkin maksudnya: --mulai" in said.err
    assert "Opsi --revisi perlu nilai" in said.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("slesai 2025-TW1 1", "Mungkin maksudnya: selesai"),
        ("sop lihta x", "Mungkin maksudnya: sop lihat"),
        ("periode", "periode buka"),
        ("mulai 2025-TW1", "LANGKAH belum disebut"),
        ("mulai 2025-TW1 1 2", '"2" berlebih'),
        ("mulai 2025-TW1 1 --revisi 1 --revisi 2", "lebih dari sekali"),
        ("mulai 2026-TW1 1", "Tahun 2026 belum disiapkan"),
        ("mulai TW1 1", "Yang ada: 2025-TW1"),
        ("mulai 2025-TW1 99", "Langkah 99 tidak dikenal"),
        ("mulai 2025-TW1 1 --atas-nama Camat", "Lajur Camat tidak dikenal"),
        ("putuskan 2025-TW1 1 mungkin", "Pilihannya: ya, tidak"),
        ("status --opd lain", "Kantor lain tidak dikenal"),
        ("status --sop-aktif lain", "tidak memakai SOP lain"),
        ("sop lihat lain", "SOP lain tidak ada"),
        ("ringkas --bidang lain", 'Bidang "lain" tidak dikenal'),
        ("rekap 2025-TW1 --format pdf", "xlsx, csv"),
        ("siapkan --sop x --tahun 1800 --kadens mingguan", "--kadens"),
    ],
)
def test_unknown_name_exits_2_and_names_the_known_ones(nine: Desk, words: str, expected: str) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    assert expected in nine.refused(2, words)


def test_missing_database_and_address_of_a_server_exit_2(desk: Desk) -> None:
    assert "Siapkan kantor" in desk("status").err
    assert not desk.path.exists()
    said = run("status", "--db", "postgresql://server/sakip")
    assert said.code == 2
    assert "Server belum didukung" in said.err


def test_file_that_is_no_database_exits_5(desk: Desk) -> None:
    desk.path.write_text("bukan basis data " * 1000)
    said = desk("status")
    assert said.code == 5
    assert "bukan basis data sakip" in said.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is allowed to this account")
def test_database_that_may_not_be_written_exits_5(nine: Desk) -> None:
    nine.path.chmod(0o400)
    assert nine("periode", "buka", "2025-TW1").code == 5


def test_database_of_a_newer_version_exits_5(nine: Desk) -> None:
    with contextlib.closing(sqlite3.connect(nine.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    said = nine("periode", "buka", "2025-TW1")
    assert (said.code, said.out) == (5, "")
    assert "versi yang lebih baru" in said.err


def test_damaged_database_exits_5(nine: Desk) -> None:
    content = bytearray(nine.path.read_bytes())
    content[200 : len(content)] = b"\xa5" * (len(content) - 200)
    nine.path.write_bytes(content)
    for side in ("-wal", "-shm"):
        nine.path.with_name(nine.path.name + side).unlink(missing_ok=True)
    for words in (["status"], ["periksa"], ["periode", "buka", "2025-TW1"]):
        said = nine(*words)
        assert (said.code, said.out) == (5, ""), said
        assert " pulihkan " in said.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (db_errors.DatabaseBusy(path="x", waited_seconds=10.0), 5),
        (db_errors.DatabaseFull(path="x"), 5),
        (db_errors.DatabaseReadOnly(path="x", detail=""), 5),
        (db_errors.DatabaseUnreachable(path="x", detail=""), 5),
        (db_errors.NetworkFileSystem(path="x", kind="nfs"), 5),
        (db_errors.StaleCase(entity="r:2026-TW1#1:1:", seen=1, found=2, by="staf", act="mulai", recorded=0), 4),
        (Refused(Rule.YEAR_EXISTS, year=2026, sop="y"), 3),
        (db_errors.UnknownPerson(name="x", office="y"), 2),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_the_database_says_has_its_code_and_sentence(
    nine: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("db.store.Store.apply", fail)
    said = nine("periode", "buka", "2025-TW1")
    assert (said.code, said.out) == (code, "")
    assert len(said.err) > 20


def test_period_stays_closed_where_its_recap_cannot_be_written(nine: Desk) -> None:
    (nine.path.parent / "rekap").write_text("di sini seharusnya map")
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    for step in range(1, 6):
        finish(nine, "2025-TW1", step, "2025-04-21")
    said = nine("periode", "tutup", "2025-TW1", "--json")
    assert said.code == 0
    assert (said.json["recap"], said.json["period"]["period_state"]) == (None, "tutup")
    assert "sakip rekap 2025-TW1 -o" in said.err
    assert f"--db {nine.path}" in said.err
    assert "FileExistsError" not in said.err


def test_set_up_that_is_refused_leaves_no_database_behind(desk: Desk) -> None:
    said = desk("siapkan", "--sop", SEVEN, "--tahun", "2025")
    assert said.code == 3
    assert "Sebutkan dulu bidangnya: saat menyiapkan kantor" in said.err
    assert desk("siapkan", "--sop", NINE, "--tahun", "2025", "--zona", "Asia/Tokyo").code == 2
    assert desk("siapkan", "--sop", NINE, "--tahun", "2025", "--kadens", "triwulan").code == 2
    assert list(desk.path.parent.iterdir()) == []


def test_the_next_year_of_an_office_needs_no_option(nine: Desk) -> None:
    """Where one lies ahead already, it prepares none after it."""
    for year in (2026, 2027):
        answer = nine.do("siapkan")
        assert (answer["new_office"], answer["year"]) == (False, year)
    again = nine("siapkan")
    assert again.code == 2
    assert "Tahun 2027 sudah disiapkan. Untuk tahun sesudahnya sebut --tahun." in again.err


def test_the_first_year_of_an_office_is_named(desk: Desk) -> None:
    assert "Opsi --tahun wajib diisi." in desk("siapkan", "--sop", NINE).err


def test_next_year_of_an_office_needs_only_the_year(nine: Desk) -> None:
    answer = nine.do("siapkan --tahun 2026")
    assert (answer["new_office"], answer["year"]) == (False, 2026)
    assert nine("siapkan", "--tahun", "2026").code == 3
    assert nine.do("papan 2026-TW1")["period_state"] == "belum"


def test_person_and_database_may_come_from_the_environment(nine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIP_DB", str(nine.path))
    monkeypatch.setenv("SAKIP_PENGGUNA", "staf")
    assert run("periode", "buka", "2025-TW1", "--pada", "2025-04-21T08:00", *LATE).code == 0
    assert run("riwayat", "--json").json[0]["by"] == "staf"


def test_no_name_of_an_option_touches_its_help() -> None:
    alone = re.compile(r"  (-[a-z], )?--[a-z-]+( \S+)?")
    for verb in VERBS:
        lines = [line for line in run(*verb.words, "--bantuan").out.splitlines() if line.startswith("  -")]
        assert [line for line in lines if line[25:26] != " " and not alone.fullmatch(line)] == []


def test_help_names_every_command_and_each_explains_itself() -> None:
    text = run("--bantuan").out
    for verb in VERBS:
        assert f"  {verb.name} " in text
        said = run(*verb.words, "-h")
        assert said.code == 0
        for option in verb.options:
            assert option.name in said.out


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_text_stays_within_the_width(seven: Desk, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    opened(seven, "2025-TW1", "2025-04-21T08:00")
    for words in (["papan", "2025-TW1"], ["periode", "daftar"], ["riwayat"], ["sop", "lihat", SEVEN]):
        assert max(len(line) for line in seven(*words).out.splitlines()) <= int(columns) + 12 * (columns == "60")


def test_nothing_is_coloured(nine: Desk) -> None:
    for words in (["papan", "2025-TW1"], ["status"], ["riwayat"], ["--bantuan"]):
        assert "\x1b" not in nine(*words).out


# --- as a program -----------------------------------------------------------------------------------------------------


def test_bare_command_without_a_terminal_prints_the_board(nine: Desk) -> None:
    process = nine.process()
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    assert "TW I 2025 (2025-TW1): belum dibuka" in out


def test_reader_that_goes_away_ends_it_quietly(nine: Desk) -> None:
    process = nine.process("sop", "lihat", NINE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(SECONDS) == 0


def test_workbook_through_a_pipe_is_whole(nine: Desk, tmp_path: Path) -> None:
    target = tmp_path / "rekap.xlsx"
    command = [sys.executable, "-m", "sakip_tui", "rekap", "2025-TW1", "-o", "-", "--db", str(nine.path)]
    with open(target, "wb") as stream:
        subprocess.run(command, cwd=TOP, stdout=stream, check=True)
    import openpyxl

    assert openpyxl.load_workbook(target).sheetnames[:2] == ["Pengesahan", "Ringkasan"]


def test_what_stands_where_a_value_should_is_no_option() -> None:
    with pytest.raises(FaultyInput) as refused:
        GRAMMAR.read(["riwayat", "--oleh", "--bantuan"])
    assert "--oleh" in refused.value.faults[0].found


def test_status_loads_neither_screen_nor_paper_nor_flow(nine: Desk) -> None:
    program = (
        "import sys; from sakip_tui.cli.entry import main\n"
        f"code = main(['status', '--json', '--db', {str(nine.path)!r}])\n"
        "print(code, *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "db.queries" in loaded
    assert not loaded & {"textual", "xlsxwriter", "tabulate", "holidays", "peewee", "sop.acts.flow", "argparse"}
