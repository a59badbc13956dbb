"""The real program in a pseudo-terminal while something becomes of the file under it: replaced, folded, migrated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from bench.terminal import Terminal
from db import case_queries, opening, queries
from db.errors import DbError
from db.file.connection import SCHEMA_VERSION
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY
from tests.db.test_belonging import deleted_index, in_place_of, over
from tests.fakes import FakeClock
from tests.tui.test_real_binary import PROGRAM, ROOT, first_quarter, made, office, open_period

REPLACED = "sudah diganti dengan dokumen lain"
NOTE = "menunggu data dari bidang"


def command(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Another person's command, as a process of its own."""
    line = [*PROGRAM, "--db", str(path), "--sebagai", "siti", *words]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


def work(path: Path) -> None:
    """Enough of it to be found in many places of the file."""
    with opening.open(path) as database:
        store, address = Store(database, FakeClock()), queries.address_of(database)
        store.apply(address, Command(Act.BUKA, "2026-TW2"), EVERYBODY)
        for number in range(60):
            remark = Command(Act.KOMENTAR, "2026-TW2", step=1, note=f"catatan {number} " * 60)
            store.apply(address, remark, EVERYBODY)


def words_of(terminal: Terminal) -> str:
    """What is on view, line breaks apart."""
    return " ".join(terminal.text().split())


@pytest.mark.parametrize("way", [over, in_place_of, deleted_index])
def test_a_screen_whose_file_was_replaced_says_so_by_itself_and_when_it_is_told_to_read_again(
    tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    path = made(tmp_path / "kantor.db")
    before = shutil.copy(path, tmp_path / "kemarin.db")
    work(path)
    with office(path) as terminal:
        terminal.wait_for("TW II 0/5")
        terminal.press("1")
        terminal.wait_for("Buka periode")
        open_period(terminal)
        way(Path(before), path)
        terminal.wait_for(lambda _: REPLACED in words_of(terminal))
        terminal.press("r")
        terminal.wait_for(lambda _: REPLACED in words_of(terminal))
        # Another screen, opened since: nothing of the old file is shown as if it stood there.
        terminal.press("v")
        terminal.wait_for(lambda _: REPLACED in words_of(terminal))
        terminal.type("\x11")
        assert terminal.ended() == 0
    # Quitting folded nothing into the other file: what it holds, it holds still.
    if way is not deleted_index:
        assert path.read_bytes() == Path(before).read_bytes()
        assert command(path, "status").returncode == 5, "the log that stayed is not its own"
    else:
        assert command(path, "status").returncode == 0


def test_a_plain_copy_is_current_some_seconds_after_the_last_act_whatever_question_is_open(tmp_path: Path) -> None:
    path = made(tmp_path / "kantor.db")
    copied = tmp_path / "polos.db"

    def is_current() -> bool:
        copied.unlink(missing_ok=True)
        shutil.copyfile(path, copied)
        with suppress(DbError), opening.open(copied) as database:
            state = case_queries.year_board(database, queries.address_of(database), 2026).state
            return state.periods["2026-TW1"].phase == "buka"
        return False

    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        assert not is_current()
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.wait_for(lambda _: is_current())
        assert Path(f"{path}-wal").stat().st_size > 0, "the log stays as it is, or every screen would read anew"


STEP = "CREATE TABLE yang_baru (id INTEGER NOT NULL PRIMARY KEY) STRICT"
"""Stands in for whatever the next migration does."""
NEWER = f"""
import sys
from db import opening
from db.file import connection
from db.migrations import runner

connection.SCHEMA_VERSION = runner.SCHEMA_VERSION = {SCHEMA_VERSION + 1}
runner.migrate.__defaults__ = ((*runner.MIGRATIONS, lambda database: database.rows({STEP!r})),)
from sakip_tui.__main__ import main

sys.exit(main())
"""
"""The next version of the program."""


def test_an_old_screen_says_that_a_newer_program_has_migrated_the_file_keeps_what_is_typed_and_harms_nothing(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "kantor.db")
    newer = (sys.executable, "-c", NEWER, "--db", str(path))
    given = {"SAKIP_PENGGUNA": "budi", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type(NOTE)
        terminal.wait_for(NOTE)
        upgraded = subprocess.run([*newer, "status"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert upgraded.returncode == 0, upgraded.stderr
        assert (tmp_path / f"kantor-skema{SCHEMA_VERSION}.db").exists()
        with subprocess.Popen([*newer, "riwayat", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as asked:
            log, _ = asked.communicate()
        terminal.press("enter")
        terminal.wait_for(lambda _: "versi yang lebih baru" in words_of(terminal))
        terminal.press("c")
        # Offered again at once, and refused again.
        terminal.wait_for(NOTE)
        terminal.press("enter")
        terminal.wait_for(lambda _: "versi yang lebih baru" in words_of(terminal))
        terminal.press("q")
        assert terminal.ended() == 0
    with subprocess.Popen([*newer, "riwayat", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as asked:
        assert asked.communicate()[0] == log
    checked = subprocess.run([*newer, "periksa"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    with Terminal(newer, (80, 24), given, str(tmp_path)) as terminal:
        terminal.wait_for("Ada tulisan Anda yang belum dikirim")
        terminal.press("1")
        terminal.wait_for("TW I")
        terminal.press("c")
        terminal.wait_for(NOTE)
