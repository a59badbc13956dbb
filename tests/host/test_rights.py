"""The table of rights through a real sshd: each of its rows by everybody who has a key, in every kind of office."""

from __future__ import annotations

import itertools
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("an office host is a Unix machine", allow_module_level=True)

from db import opening
from tests.cli import doors
from tests.cli.doors import DOORS, EMPTY, NOWHERE, OTHER, OWN, ROLES, ROW_OF, made, may
from tests.host.office import SSHD, OfficeHost, office_host

pytestmark = pytest.mark.skipif(SSHD is None, reason="no sshd on this machine")

AT_ONCE = 4
"""Lines that are open at the same time."""
READ = ("papan 2026-TW1", "riwayat", "rekap 2026-TW1 -o - --format csv", "pengguna daftar", "periksa", "cadangkan")
ELSEWHERE = ("riwayat", "cadangkan", "mulai 2026-TW1 1", "periode buka 2026-TW2", "komentar 2026-TW1 1 x")
"""What is tried in other offices than one's own; without sshd in between `tests/cli/test_doors.py` tries all."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeHost]:
    folder = tmp_path_factory.mktemp("host")
    made(folder / "kantor.db")
    with office_host(folder, folder / "kantor.db", tuple(ROLES)) as running:
        yield running


@pytest.fixture(scope="module")
def sockets() -> Iterator[Path]:
    """Where the lines that stay open have their sockets, one for each person; such a name may not be long."""
    with tempfile.TemporaryDirectory(prefix="ssh-") as folder:
        yield Path(folder)


def sent(host: OfficeHost, sockets: Path, person: str, office: str, command: str) -> subprocess.CompletedProcess[bytes]:
    words = doors.words_of(f"--opd {office} {command.format(sop=OWN, file='/x', key='/x', copy='/x')}")
    one_line = ("-o", "ControlMaster=auto", "-o", f"ControlPath={sockets / person}", "-o", "ControlPersist=30")
    return host.run(person, shlex.join(["sakip", *words]), *one_line)


def _cells() -> list[tuple[str, str, str]]:
    of_each_row = {row: command for command, row in reversed(ROW_OF.items()) if row}
    known = [person for person, role in ROLES.items() if role is not None]
    strangers = [person for person, role in ROLES.items() if role is None]
    return [
        *itertools.product((*of_each_row.values(), *READ), known, (OWN,)),
        *itertools.product(READ, strangers, (OWN, EMPTY)),
        *itertools.product(ELSEWHERE, known, (OTHER, EMPTY, NOWHERE)),
    ]


def test_the_table_of_rights_holds_for_whoever_comes_in_by_a_key(host: OfficeHost, sockets: Path) -> None:
    """What is refused first: nothing of it may change the file. Then what is let in, each on what the others left."""
    cells = [(cell, may(cell[0], cell[1], cell[2], is_guest=True)) for cell in _cells()]

    def ask(cell: tuple[str, str, str]) -> tuple[tuple[str, str, str], int, str, bytes]:
        command, person, office = cell
        said = sent(host, sockets, person, office, command)
        return cell, said.returncode, said.stderr.decode(), said.stdout

    before = _acts(host.database)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for cell, code, err, out in pool.map(ask, [cell for cell, opens in cells if opens is False]):
            assert (code in (2, 3, 4), out) == (True, b""), (cell, code, err)
            assert "Traceback" not in err, cell
    assert _acts(host.database) == before
    # Who may is let in whatever state the card is in by then; the people stay who they are. One of those who may stands
    # for the others of a row.
    lets_in = {
        (command, office): (command, person, office)
        for (command, person, office), opens in cells
        if opens and not command.startswith(("pengguna", "bidang", "cadangkan"))
    }
    for cell, code, err, _ in map(ask, lets_in.values()):
        assert not any(words in err for words in DOORS), (cell, code, err)
        assert "Traceback" not in err, cell


def _acts(path: Path) -> list[object]:
    with opening.open(path) as database:
        return [database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("events", "offices", "people", "runs")]


def test_somebody_who_only_reads_makes_no_office_and_locks_nobody_out(host: OfficeHost) -> None:
    """An office without people beside theirs was a way for anybody to become an admin."""
    for words in ("siapkan --sop dpmptsp-balangan --tahun 2026 --bidang Q", f"--opd {NOWHERE} siapkan --tahun 2026"):
        assert host.run("amat", f"sakip {words}").returncode in (2, 3)
    said = host.run("lama", f"sakip --opd {EMPTY} pengguna tambah X --peran admin --akun x")
    assert (said.returncode, b"tidak terdaftar" in said.stderr) == (2, True)
    assert host.run("amat", f"sakip --opd {OWN} status").returncode == 0


def test_an_admin_sets_a_further_office_up_down_the_line(host: OfficeHost) -> None:
    said = host.run("b1", "sakip siapkan --opd dinas-baru --sop dpmptsp-balangan --tahun 2026 --bidang Q")
    assert said.returncode == 0, said.stderr
    assert host.run("b1", "sakip --opd dinas-baru periode buka 2026-TW1").returncode == 0
    assert host.run("atur", "sakip --opd dinas-baru periode buka 2026-TW2").returncode == 2
