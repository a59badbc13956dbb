"""PINs at the command line: what a refused command says of itself, and which commands ask for one."""

from __future__ import annotations

import gzip
import os
import pwd
from pathlib import Path

import pytest

from db import connection
from db.people_pins import set_pin
from db.store import Store
from sop.pelaksana import Actor
from tests.cli.conftest import NINE, Desk, Said, opened, run

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
PIN, WRONG = "481516", "481517"
RECORDED = "sudah tercatat"
OLD_FILE = Path(__file__).parents[1] / "db" / "old_files" / "schema1.db.gz"


class Terminal:
    """Somebody who types at a terminal, one line at each question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.types: list[str] = []
        monkeypatch.setattr("sys.stdin", self)
        monkeypatch.setattr("getpass.getpass", self._typed)

    def isatty(self) -> bool:
        return True

    def _typed(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self.types.pop(0)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


@pytest.fixture
def staffed(nine: Desk) -> Desk:
    """TW I open; the account's own person is the admin without a PIN, `atur` the pengelola, who has one."""
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do(f"pengguna tambah Wening --peran admin --kode adm --akun {ACCOUNT}")
    nine.person = "adm"
    nine.do("pengguna tambah Bagas --peran pengelola --kode atur")
    has_pin(nine, "atur")
    nine.person = "atur"
    return nine


def has_pin(desk: Desk, code: str) -> None:
    with connection.open(desk.path) as database:
        set_pin(Store(database, lambda: desk.now), NINE, code, PIN, Actor(code))


def events(desk: Desk) -> int:
    with connection.open(desk.path) as database:
        return int(database.value("SELECT count(*) FROM events"))


HOLD = ("berkas", "tahan", "2025-TW1", "--alasan", "audit")


# --- what a refused command says of itself ----------------------------------------------------------------------------


def test_a_wrong_pin_is_not_told_as_a_command_that_was_recorded(staffed: Desk, terminal: Terminal) -> None:
    before = events(staffed)
    terminal.types = [WRONG] * 5
    for left in (4, 3, 2, 1):
        said = staffed(*HOLD)
        assert (said.code, f"Sisa kesempatan: {left}" in said.err) == (3, True)
        assert RECORDED not in said.err
    assert events(staffed) == before
    said = staffed(*HOLD)
    assert (said.code, "terkunci" in said.err, RECORDED in said.err) == (3, True, False)
    assert events(staffed) == before + 1, "only that the PIN is locked stands in the log"


def test_a_command_refused_after_the_right_pin_is_not_told_as_recorded(staffed: Desk, terminal: Terminal) -> None:
    terminal.types = [PIN]
    said = staffed("berkas", "lanjutkan", "2025-TW1")
    assert (said.code, RECORDED in said.err) == (3, False)


def test_a_command_refused_on_a_file_that_it_brought_up_to_date_is_not_told_as_recorded(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "kantor.db")
    desk.path.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    desk.path.chmod(0o600)
    said: Said = run("mulai", "2026-TW1", "99", "--db", str(desk.path), now=desk.now)
    assert said.code in (2, 3)
    assert RECORDED not in said.err
