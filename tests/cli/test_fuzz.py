"""No input gives a traceback, an unknown exit code, or words on standard output beside a refusal."""

from __future__ import annotations

import io
import random
import shutil
import sys
from pathlib import Path

import pytest

from sakip_tui import crash
from sakip_tui.cli.commands import SHARED, VERBS
from tests.cli.conftest import Desk, Said, run
from tests.sop.minute_counter import cases
from tests.sop.test_fuzz_inputs import memory_megabytes

SHARES = 4
CHUNK = 500
"""Lines that one copy of the demo office is given: what was accepted makes it grow."""
MOST_MEGABYTES = 100
CODES = {0, 2, 3, 4, 5}
VALUES = (
    *("2026-TW4", "2026-S1", "2026-TW1", "2026-TH", "2026-tw4", "TW1", "9999-TW9", "", " ", "-", "--", "=", "-1", "0"),
    *("1", "2", "3", "7", "99", "1000000000000000000000", "1e5", "08.15", "8:15", "24.00", "25.61", "kemarin 14.00"),
    *("3/4 09.30", "2026-04-01T08:00", "2026-02-30T08:00", "1999-01-01T00:00", "2026-04-01T08:00+07:00", "hari ini"),
    *("ya", "tidak", "mungkin", "Pelatihan Kerja", "pengawasan", "Kepala Bidang", "kasubag", "alasan", "1=1,2=2"),
    *("1=1,,2", "a=b", "30 menit", "2 hari", "1.5 lam", "120 abad", "disnaker-kota-tangerang", "dpmd-nganjuk"),
    *("Asia/Jakarta", "triwulan", "xlsx", "json", "txt", "\0", "a\0b", "\ud800", "\x1b[31m", "[/x]", "{0}", "%s"),
    *(
        "\u202e",
        "🙂",
        "a" * 5000,
        "../../etc",
        "'; DROP TABLE events; --",
        "--json",
        "--db",
        "postgres://x/y",
        "terbaru",
    ),
)


OFFICE_VERBS = tuple(verb for verb in VERBS if verb.words[0] != "host")
"""All but those that set up a whole computer."""


def line(chance: random.Random) -> list[str]:
    """A command line that is right in parts."""
    verb = chance.choice(OFFICE_VERBS)
    words = list(verb.words) if chance.random() < 0.95 else [chance.choice(VALUES)]
    options = [*verb.options, *SHARED[1:5]]
    count = len(verb.operands) if chance.random() < 0.8 else chance.randrange(5)
    rest = [[chance.choice(VALUES)] for _ in range(count)]
    for _ in range(chance.randrange(5)):
        option = chance.choice(options)
        if option.value is None:
            rest.append([option.name])
        elif chance.random() < 0.9:
            rest.append([option.name, chance.choice(VALUES)])
        else:
            rest.append([f"{option.name}={chance.choice(VALUES)}"])
    if chance.random() < 0.1:
        chance.shuffle(rest)
    return [*words, *(word for part in rest for word in part)]


def sound(said: Said, words: list[str]) -> None:
    assert said.code in CODES, (words, said)
    assert "Traceback" not in said.err, words
    assert "tidak terduga" not in said.err, words
    if said.code:
        assert said.out == "" or words[0] == "periksa" or (words[0] == "pulihkan" and "--json" in words), (words, said)
        assert said.err.strip(), words


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fuzz") / "contoh.db"
    assert run("contoh", "--db", str(path), now=1_795_000_000).code == 0
    return path


@pytest.mark.parametrize("share", range(SHARES))
def test_no_command_line_gives_a_traceback(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    """400 lines, SAKIP_CASES times; each chunk of them changes a copy of the demo office. Each is small."""
    here = tmp_path / "a" / "b" / "c"
    here.mkdir(parents=True)
    # Some of the lines write documents, named with dots in front at worst.
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    path = tmp_path / "contoh.db"
    chance = random.Random(share)
    accepted = 0
    run("status", "--db", str(demo))
    before = memory_megabytes()
    for number in range(cases(400) // SHARES):
        if number % CHUNK == 0:
            _fresh(demo, path)
        words = line(chance)
        said = run(*words, "--db", str(path), "--opd", "contoh", now=1_795_000_000 + share)
        if said.code == 2 and "lebih dari sekali" in said.err:
            said = run(*words, now=1_795_000_000 + share)
        sound(said, words)
        accepted += said.code == 0
        if number % CHUNK == CHUNK - 1:
            assert run("periksa", "--penuh", "--db", str(path)).code == 0
    assert accepted, "some of it must be right, or nothing was tried"
    assert run("periksa", "--penuh", "--db", str(path)).code == 0
    assert memory_megabytes() - before < MOST_MEGABYTES


def _fresh(demo: Path, path: Path) -> None:
    for suffix in ("-wal", "-shm", "-gate"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.copy(demo, path)


def test_odd_lines_are_answered() -> None:
    for words in ([""], ["--"], ["--", "x"], ["-"], ["-x"], ["--json"], ["--db"], ["\0"], ["bantuan", "zzz"], ["="]):
        said = run("--db", "/nonexistent/kantor.db", *words)
        assert said.code in {0, 2, 5}, (words, said)


def test_unexpected_error_is_kept_in_a_log_and_the_person_is_told_where(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sakip_tui.cli import status

    def broken(_: object) -> None:
        raise RuntimeError("seeded")

    monkeypatch.setattr(status, "status", broken)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    said = desk("status")
    assert (said.code, said.out) == (5, "")
    assert "Traceback" not in said.err
    log = tmp_path / "sakip" / "kesalahan.log"
    assert str(log) in said.err
    kept = log.read_text(encoding="utf-8")
    assert "RuntimeError: seeded" in kept
    assert "status\n" in kept.splitlines(keepends=True)[0]
    assert str(desk.path) not in kept, "what was typed stays out of it"
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o777 == 0o600


def test_the_log_of_errors_is_bounded_and_one_error_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "sakip"
    environ = {"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    deep = RecursionError("x" * 1_000_000)
    for number in range(30):
        assert str(folder) in crash.keep(deep, "mulai", number, environ)
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    assert set(sizes) == {"kesalahan.log", "kesalahan.log.1"}
    assert all(size < crash.MOST_BYTES + 64 * 1024 for size in sizes.values())
    environ = dict.fromkeys(environ, str(folder / "kesalahan.log"))
    assert "tidak dapat disimpan (RecursionError)" in crash.keep(deep, "mulai", 1, environ)


def test_an_error_after_an_act_does_not_call_the_act_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sakip_tui.cli import acts

    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025")

    def broken(*_: object) -> None:
        raise RuntimeError("seeded")

    monkeypatch.setattr(acts, "_document", broken)
    said = desk("periode", "buka", "2025-TW1", "--pada", "2025-04-21T08:00", "--alasan", "x")
    assert (said.code, said.out) == (5, "")
    assert "sudah tercatat" in said.err
    monkeypatch.undo()
    assert desk.do("papan 2025-TW1")["period_state"] == "buka"


def test_demo_without_a_place_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("TMPDIR", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = run("contoh")
    assert said.code == 0
    assert "1/5" in said.out
    assert "terlambat" in said.out
    assert list(tmp_path.iterdir()) == []


def test_demo_is_the_same_every_time(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a.db", "b.db"):
        path = str(tmp_path / name)
        assert run("contoh", "--db", path).code == 0
        hashes.add(run("riwayat", "--db", path, "--json", "--batas", "1").json[0]["hash"])
        assert run("contoh", "--db", path).code == 2, "an existing file is left alone"
    assert len(hashes) == 1


def test_demo_opens_for_the_account_and_with_a_name(tmp_path: Path) -> None:
    """Who looks at it is its first person; a name that is given holds every lane, in an office without people."""
    own, named = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    assert run("contoh", "--db", own).code == 0
    people = run("pengguna", "daftar", "--db", own, "--json").json
    assert "Rina Astuti" in str(people)
    assert run("komentar", "2026-TW1", "1", "Sudah dicek.", "--db", own).code == 0
    assert run("contoh", "--sebagai", "siapa saja", "--db", named).code == 0
    assert run("mulai", "2026-TW1", "2", "--bidang", "Sekretariat", "--db", named, "--sebagai", "siapa saja").code == 0
