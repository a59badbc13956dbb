"""`cadangkan`, `pulihkan`, `jangkar` and what the first act of a day leaves behind."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import FEBRUARY, LATE, NINE, Desk, opened, run
from tests.cli.test_health import meddle

TW1 = "2025-TW1"


@pytest.fixture
def worked(nine: Desk) -> Desk:
    opened(nine, TW1, "2025-04-21T08:00")
    return nine


def test_a_backup_is_asked_for_by_name_or_lies_in_its_folder(worked: Desk, tmp_path: Path) -> None:
    head = worked.do("jangkar")
    made = worked.do("cadangkan", str(tmp_path / "salinan.db"))
    assert (made["sequence"], made["hash"]) == (head["sequence"], head["hash"])
    own = worked.do("cadangkan")
    assert Path(own["path"]) == worked.path.parent / "cadangan" / "kantor-2026-02-15-063000.db"
    for path in (made["path"], own["path"]):
        assert run("periksa", "--penuh", "--db", path).code == 0
    folder = tmp_path / "stik"
    folder.mkdir()
    assert Path(worked.do("cadangkan", str(folder))["path"]).parent == folder
    assert "sudah dipakai" in worked.refused(5, "cadangkan", str(tmp_path / "salinan.db"))
    assert worked.refused(5, "cadangkan", str(tmp_path / "tidak" / "ada.db")).startswith("Salinan di ")


def test_the_first_act_of_a_day_leaves_a_backup_and_reading_leaves_none(nine: Desk) -> None:
    folder = nine.path.parent / "cadangan"
    assert [file.name for file in folder.iterdir()] == ["kantor-2026-02-15.db"]
    nine.now = FEBRUARY + 86_400
    for reading in ("status", "papan", "riwayat", "periksa", "jangkar", "ringkas"):
        assert nine(*reading.split()).code == 0
    assert [file.name for file in folder.iterdir()] == ["kantor-2026-02-15.db"]
    opened(nine, TW1, "2025-04-21T08:00")
    opened(nine, "2025-TW2", "2025-07-21T08:00")
    assert sorted(file.name for file in folder.iterdir()) == ["kantor-2026-02-15.db", "kantor-2026-02-16.db"]


def test_a_backup_that_cannot_be_made_does_not_undo_the_act_and_is_told(nine: Desk) -> None:
    (nine.path.parent / "cadangan" / "kantor-2026-02-15.db").unlink()
    (nine.path.parent / "cadangan").rmdir()
    (nine.path.parent / "cadangan").write_text("sebuah dokumen di tempat mapnya", encoding="utf-8")
    said = nine("periode", "buka", TW1, "--pada", "2025-04-21T08:00", *LATE)
    assert said.code == 0
    assert "Cadangan hari ini belum dibuat. Salinan di " in said.err
    assert nine.do("papan " + TW1)["period_state"] == "buka"


def test_restoring_says_what_is_lost_and_changes_nothing_until_it_is_agreed_to(worked: Desk, tmp_path: Path) -> None:
    backup = str(tmp_path / "salinan.db")
    worked.do("cadangkan", backup)
    worked.do(f"komentar {TW1} 1", "sesudah cadangan")
    before = worked.dump()
    said = worked("pulihkan", backup)
    assert said.code == 2
    assert said.out == ""
    assert "Yang akan hilang: 1 catatan." in said.err
    assert re.search(r"- 3\. .* komentar TW I 2025 langkah 1 oleh kasubag", said.err)
    assert "--ya" in said.err
    assert worked.dump() == before
    document = worked("pulihkan", backup, "--json").json
    assert (document["restored"], document["lost_count"], document["lost"][0]["act"]) == (False, 1, "komentar")
    done = worked.do("pulihkan --ya", backup)
    assert (done["restored"], done["sequence"], done["lost_count"]) == (True, 3, 1)
    assert run("riwayat", "--db", done["kept"], "--json").json[0]["act"] == "komentar"
    newest = worked.do("riwayat")[0]
    assert (newest["act"], newest["by"], newest["details"]["lost"]) == ("pulihkan", "kasubag", 1)
    told = " ".join(worked("riwayat").out.split())
    assert "kasubag memulihkan basis data dari cadangan sampai catatan no. 2 (1 catatan hilang)" in told
    health = worked.do("periksa --penuh")
    assert health["sound"] is True
    assert health["chain"]["sequence"] == 3


@pytest.mark.parametrize(("typed", "code"), [("PULIHKAN\n", 0), ("ya\n", 2), ("", 2)])
def test_at_a_terminal_a_word_is_typed(
    worked: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    backup = str(tmp_path / "salinan.db")
    worked.do("cadangkan", backup)
    keyboard = io.StringIO(typed)
    keyboard.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert worked("pulihkan", backup).code == code
    monkeypatch.undo()
    assert (worked.do("riwayat")[0]["act"] == "pulihkan") is (code == 0)


def test_what_is_no_backup_is_refused_in_words(worked: Desk, tmp_path: Path) -> None:
    text = tmp_path / "catatan.txt"
    text.write_text("bukan basis data " * 300, encoding="utf-8")
    assert "bukan basis data program ini" in worked.refused(5, "pulihkan --ya", str(text))
    assert "dokumennya tidak ada" in worked.refused(5, "pulihkan --ya", str(tmp_path / "tidak-ada.db"))
    assert "tidak dapat dipakai" in worked.refused(2, "pulihkan --ya", "a\nb")


def test_a_database_that_cannot_be_read_any_more_is_restored(worked: Desk, tmp_path: Path) -> None:
    backup = str(tmp_path / "salinan.db")
    worked.do("cadangkan", backup)
    worked.path.write_bytes(b"rusak" * 5000)
    said = worked("status")
    assert said.code == 5
    assert "pulihkan" in said.err.lower()
    done = worked.do("pulihkan --ya", backup)
    assert (done["replaced"], done["lost_count"]) == (None, None)
    assert Path(done["kept"]).read_bytes() == b"rusak" * 5000
    assert worked.do("periksa --penuh")["sound"] is True


# --- a file that is gone or damaged beside its copies ----------------------------------------------------------------


def copied(desk: Desk) -> Path:
    """A copy in the folder of backups, newer than the one of the day."""
    made = Path(desk.do("cadangkan")["path"])
    os.utime(made, (made.stat().st_mtime + 60,) * 2)
    return made


def test_whoever_misses_the_file_is_told_of_its_copies_and_the_command_restores(worked: Desk) -> None:
    newest = copied(worked)
    worked.path.unlink()
    for line in (
        "status",
        f"papan {TW1}",
        "riwayat",
        "periksa",
        "sop daftar",
        "",
    ):
        said = worked(*line.split())
        if line == "sop daftar":
            assert said.code == 0, "the catalog needs no office"
            continue
        assert (said.code, said.out) == (2, ""), line
        assert f"{worked.path} tidak ada lagi di tempatnya. Di map cadangan di sampingnya ada 2 salinannya" in said.err
        assert not worked.path.exists(), line
    (command,) = re.findall(r"^  sakip (.*)$", worked("status").err, re.M)
    assert command == f"--db {worked.path} pulihkan {newest}"
    assert run(*command.split(), "--ya").code == 0
    assert worked.do("riwayat")[0]["act"] == "pulihkan"


def test_whoever_begins_an_office_over_a_lost_one_hears_of_its_copies_and_touches_none(
    worked: Desk, tmp_path: Path
) -> None:
    newest = copied(worked)
    before = {file.name: file.read_bytes() for file in (tmp_path / "cadangan").iterdir()}
    worked.path.unlink()
    wrong = worked("siapkan", "--sop", "tidak-ada", "--tahun", "2025")
    assert (wrong.code, worked.path.exists()) == (2, False)
    worked.now += 60
    said = worked("siapkan", "--sop", NINE, "--tahun", "2025")
    assert said.code == 0
    assert f"{worked.path} tidak ada lagi di tempatnya. Di map cadangan di sampingnya ada 2 salinannya" in said.err
    assert f"\n  sakip --db {worked.path} pulihkan {newest}\n" in said.err
    after = {file.name: file.read_bytes() for file in (tmp_path / "cadangan").iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"kantor-2026-02-15-2.db"}, "the new office has its own copy of the day"
    assert worked("siapkan", "--tahun", "2026").err == "", "from then on nothing is said"
    assert worked("pulihkan", str(newest), "--ya").code == 0
    assert worked.do("riwayat")[0]["act"] == "pulihkan"


def test_of_a_damaged_file_the_newest_sound_copy_is_named(worked: Desk) -> None:
    newest = copied(worked)
    torn = newest.with_name("kantor-2026-02-16.db")
    torn.write_bytes(b"rusak" * 5000)
    os.utime(torn, (newest.stat().st_mtime + 60,) * 2)
    worked.path.write_bytes(b"rusak" * 5000)
    said = worked("status")
    assert said.code == 5
    assert f"\n  sakip --db {worked.path} pulihkan {newest}\n" in said.err


def test_the_check_names_the_newest_copy_whose_log_is_whole(worked: Desk) -> None:
    sound = copied(worked)
    meddle(worked, "UPDATE events SET by_person = 'orang-lain' WHERE sequence = 2")
    broken = sound.with_name("kantor-2026-02-16.db")
    broken.write_bytes(worked.path.read_bytes())
    os.utime(broken, (sound.stat().st_mtime + 60,) * 2)
    said = worked("periksa", "--penuh")
    assert said.code == 5
    assert str(sound) in said.out
    assert str(broken) not in said.out


# --- anchors ---------------------------------------------------------------------------------------------------------


def test_the_anchor_is_the_hash_of_the_newest_event_and_is_found_again(worked: Desk) -> None:
    head = worked.do("jangkar")
    newest = worked.do("riwayat")[0]
    assert (head["sequence"], head["hash"]) == (newest["sequence"], newest["hash"])
    assert head["recorded_at"] == newest["recorded_at"]
    assert worked("jangkar").out.strip() == f"{head['sequence']} {head['hash']}"
    worked.do(f"komentar {TW1} 1", "sesudah jangkar")
    for written in (head["hash"], head["hash"].upper(), head["hash"][:16] + "...", " ".join(head["hash"][:32])):
        found = worked.do("periksa", "--jangkar", written)["anchor"]
        assert (found["found"], found["sequence"], found["recorded_at"]) == (True, 2, newest["recorded_at"])
    assert (
        "Jangkar itu catatan nomor 2: buka periode oleh akun kasubag"
        in worked("periksa", "--jangkar", head["hash"]).out
    )


def test_every_mark_that_is_printed_is_an_anchor(worked: Desk, tmp_path: Path) -> None:
    """The foot of a page, the line of `jangkar`, the answer of `periksa`, and the mark of former recaps, which gave its
    last place to an ellipsis."""
    head = worked.do("jangkar")["hash"]
    place = tmp_path / "rekap.xlsx"
    worked.do(f"rekap {TW1} -o", str(place))
    foot = openpyxl.load_workbook(place).worksheets[1].oddFooter.right.text or ""
    (mark,) = re.findall(r"sidik ([0-9a-f]+\S*)", foot)
    assert mark == head[:16]
    said = re.search(r"sidik terakhir (\S+)", worked("periksa").out)
    assert said is not None
    assert said[1] == mark
    for text in (
        mark,
        worked("jangkar").out,
        f"{head[:15]}\N{HORIZONTAL ELLIPSIS}",
        f"{head[:16]}...",
        head[:15].upper(),
    ):
        assert worked.do("periksa", "--jangkar", text)["anchor"]["found"] is True, text
    assert "bukan sidik" in worked.refused(2, "periksa --jangkar", head[:14])


def test_an_anchor_is_told_in_the_zone_of_its_office(desk: Desk) -> None:
    """The first office of the file is in WIB, the event's in WITA."""
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    desk.do("siapkan --opd balangan --nama Balangan --sop bappedalitbang-balangan --tahun 2025")
    head = desk.do("jangkar")
    assert head["recorded_at"].endswith("+08:00")
    found = desk("periksa", "--jangkar", head["hash"])
    assert "dicatat Min 15 Feb 2026 07.30 WITA" in found.out


def test_an_anchor_of_another_log_is_a_problem_and_what_is_no_hash_a_fault(worked: Desk) -> None:
    said = worked("periksa", "--jangkar", "ab" * 32)
    assert said.code == 5
    assert "bukan bagian dari riwayat ini" in said.out
    for faulty in ("abc", "g" * 64, "", "f" * 65):
        assert "bukan sidik" in worked.refused(2, "periksa --jangkar", faulty) or faulty == ""


def test_the_hash_on_a_recap_is_an_anchor_of_the_log(worked: Desk, tmp_path: Path) -> None:
    for step in range(1, 6):
        worked.do(f"selesai {TW1} {step} --pada 2025-04-21T09:0{step}", *LATE)
    before = worked.do("jangkar")
    worked.do(f"periode tutup {TW1} --pada 2025-04-21T10:00", *LATE)
    recap = tmp_path / "rekap.txt"
    worked.do(f"rekap {TW1} --format txt -o", str(recap))
    # The page that is signed has the first letters of the hash, which are enough to find it.
    printed = set(re.findall(r"\b(?:[0-9a-f]{16}|[0-9a-f]{64})\b", recap.read_text(encoding="utf-8")))
    assert before["hash"][:16] in printed
    for digest in printed:
        assert worked.do("periksa", "--jangkar", digest)["anchor"]["found"] is True


def test_checking_goes_on_from_where_the_log_was_found_whole(worked: Desk) -> None:
    assert worked.do("periksa")["chain"]["checked"] == 2
    worked.do(f"komentar {TW1} 1", "baru")
    chain = worked.do("periksa")["chain"]
    assert (chain["since"], chain["checked"], chain["sequence"]) == (2, 1, 3)
    assert worked.do("periksa --penuh")["chain"]["checked"] == 3


def test_a_log_rewritten_from_the_start_does_not_hold_the_anchor_of_the_last_check(worked: Desk) -> None:
    """Its owner can make every hash fit again, but not the one that was kept."""
    worked.do("periksa")
    meddle(worked, f"UPDATE anchors SET hash = '{'0' * 64}'")
    for words in (("periksa",), ("periksa", "--penuh")):
        said = worked(*words)
        assert said.code == 5
        assert "tidak sama dengan jangkarnya" in said.out
        assert " pulihkan " in said.out
