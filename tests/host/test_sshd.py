"""People come in over a real sshd: who they are is fixed by their key, and nothing they send reaches a shell."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("an office host is a Unix machine", allow_module_level=True)

from bench.terminal import Terminal
from tests.fakes import office_file
from tests.host.office import SSHD, OfficeHost, free_port, office_host
from tests.waiting import SECONDS, holds

pytestmark = pytest.mark.skipif(SSHD is None, reason="no sshd on this machine")

TOGETHER = 30
"""People at once."""
DROPS = int(os.environ.get("SAKIP_DROPS", "6"))
"""Lines that are dropped in one run; `make drops` takes 100."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeHost]:
    folder = tmp_path_factory.mktemp("host")
    database = folder / "kantor.db"
    office_file(database)
    with office_host(folder, database) as running:
        yield running


# ---------------------------------------------------------------------- who one is
def test_a_command_acts_as_the_person_of_the_key(host: OfficeHost) -> None:
    said = host.run("sari", "sakip komentar 2026-TW1 1 'dari jauh' --json")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["by"] == "sari"


@pytest.mark.parametrize("words", ["status --sebagai budi", "sakip status --sebagai=budi", "sakip --db /x status"])
def test_nobody_becomes_another_or_opens_another_database(host: OfficeHost, words: str) -> None:
    said = host.run("sari", words)
    assert said.returncode == 2
    assert b"ditentukan oleh kunci" in said.stderr


def test_the_environment_of_the_caller_stays_outside(host: OfficeHost, tmp_path: Path) -> None:
    """Not what sshd lets in, and not what would be there if it let everything in."""
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Driver: ...\n", encoding="utf-8")
    hostile = {
        "SAKIP_PENGGUNA": "budi",
        "SAKIP_DB": "/x",
        "PYTHONPATH": str(tmp_path),
        "PYTHONSTARTUP": str(tmp_path / "evil.py"),
        "TEXTUAL_DRIVER": "evil:Driver",
        "LD_PRELOAD": "/x.so",
        "BASH_ENV": f"$(touch {tmp_path / 'ran'})",
        "ENV": f"$(touch {tmp_path / 'ran'})",
    }
    sends = [word for name in hostile for word in ("-o", f"SendEnv={name}")]
    said = host.run("sari", "sakip komentar 2026-TW1 1 x --json", *sends, env=hostile)
    assert json.loads(said.stdout)["by"] == "sari"
    launched = subprocess.run(
        [str(host.folder / "sakip-kantor"), "sari"],
        env={**os.environ, **hostile, "SSH_ORIGINAL_COMMAND": "sakip komentar 2026-TW1 1 x --json"},
        capture_output=True,
        check=False,
    )
    assert json.loads(launched.stdout)["by"] == "sari"
    assert not (tmp_path / "ran").exists()


# ---------------------------------------------------------------------- nothing but the program
@pytest.mark.parametrize(
    "words",
    [
        "cat /etc/passwd",
        "/bin/sh",
        "bash -c id",
        "sakip status; touch {x}",
        "sakip status && touch {x}",
        "sakip status | tee {x}",
        "sakip status `touch {x}`",
        "sakip status $(touch {x})",
        "$(touch {x})",
        "sakip status > {x}",
        'sakip komentar 2026-TW1 1 "$(touch {x})" --token {x}',
        "internal-sftp",
        "scp -t {x}",
        "rsync --server . {x}",
        "sakip 'status",
        "sakip rekap 2026-TW1 -o {x}",
        "sakip cadangkan {x}",
        "sakip pulihkan {x}",
        "sakip sop impor /etc/passwd",
        "sakip contoh",
        "sakip host pasang --tulis {x}",
        "sakip dokumen 2026-TW1 1 --berkas /etc/passwd",
    ],
)
def test_what_is_sent_is_read_and_never_run(host: OfficeHost, tmp_path: Path, words: str) -> None:
    trace = tmp_path / "x"
    said = host.run("sari", words.format(x=trace))
    assert not trace.exists()
    assert b"root:" not in said.stdout + said.stderr
    assert b"uid=" not in said.stdout
    assert b"Traceback" not in said.stderr


def test_copying_files_is_refused(host: OfficeHost, tmp_path: Path) -> None:
    target = tmp_path / "passwd"
    for program, words in (
        ("scp", [f"{host.target}:/etc/passwd", str(target)]),
        ("sftp", ["-b", "/dev/null", host.target]),
    ):
        said = subprocess.run(
            [*host.command("sari", program=program), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert said.returncode != 0
    assert not target.exists()


def test_no_port_is_forwarded(host: OfficeHost) -> None:
    there = host.run("sari", "sakip status", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22")
    assert there.returncode not in (0, 2, 3)
    holds(lambda: not host.sessions())
    port = free_port()
    local = subprocess.Popen(
        [*host.command("sari", "-tt", "-L", f"127.0.0.1:{port}:127.0.0.1:{host.port}"), host.target],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        # The client listens before the session begins.
        holds(host.sessions, otherwise=host.log)
        with socket.socket() as probe:
            probe.settimeout(SECONDS)
            refused = probe.connect_ex(("127.0.0.1", port))
            assert refused or not probe.recv(20).startswith(b"SSH")
    finally:
        local.kill()
        local.wait()


def test_a_recap_is_fetched_through_the_line(host: OfficeHost) -> None:
    said = host.run("sari", "sakip rekap 2026-TW1 -o - --format xlsx")
    assert said.returncode == 0, said.stderr
    assert said.stdout[:2] == b"PK"


# ---------------------------------------------------------------------- the board
def board(host: OfficeHost, person: str, term: str = "xterm-256color", size: tuple[int, int] = (80, 24)) -> Terminal:
    return Terminal((*host.command(person, "-tt"), host.target), size, {"TERM": term}, str(host.folder))


@pytest.mark.parametrize("term", ["xterm", "nonsense", "../../etc/passwd", "$(id)", "linux"])
def test_any_kind_of_terminal_gets_the_board_and_nothing_else(host: OfficeHost, term: str) -> None:
    with board(host, "sari", term) as terminal:
        terminal.wait_for("Buka periode")
        terminal.press("q")


def test_thirty_people_at_once_each_see_the_board_and_act(host: OfficeHost) -> None:
    failed: list[BaseException] = []

    def one(number: int) -> None:
        try:
            with board(host, "sari" if number % 2 else "budi") as terminal:
                terminal.wait_for("Buka periode")
                said = host.run("budi", f"sakip komentar 2026-TW1 1 'nomor {number}' --json")
                assert said.returncode == 0, said.stderr
                terminal.press("q")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    said = host.run("budi", "sakip riwayat --tindakan komentar --json")
    notes = {line["details"].get("note") for line in json.loads(said.stdout)}
    assert {f"nomor {number}" for number in range(TOGETHER)} <= notes
    holds(lambda: not host.sessions())


# ---------------------------------------------------------------------- dropped lines
@pytest.mark.parametrize("drop", range(DROPS))
def test_a_dropped_line_ends_the_program(host: OfficeHost, drop: int) -> None:
    """The client is killed, or the process of sshd that serves it."""
    holds(lambda: not host.sessions())
    with board(host, "sari") as terminal:
        terminal.wait_for("Buka periode")
        (mine,) = host.sessions()
        if drop % 2:
            os.kill(_parent(mine), signal.SIGKILL)
        else:
            os.kill(terminal.pid, signal.SIGKILL)
        holds(lambda: mine not in host.sessions())


def test_a_frozen_line_ends_the_program_when_the_host_gives_it_up(host: OfficeHost) -> None:
    holds(lambda: not host.sessions())
    with board(host, "sari") as terminal:
        terminal.wait_for("Buka periode")
        (mine,) = host.sessions()
        os.kill(terminal.pid, signal.SIGSTOP)
        try:
            holds(lambda: mine not in host.sessions())
        finally:
            os.kill(terminal.pid, signal.SIGCONT)


def _parent(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[1])
