"""A real office host: sshd on loopback, with the key lines and the launcher that `sakip host` makes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sakip_tui.host.keys import key_line, launcher_text, public_key, sshd_text
from sakip_tui.machine import account_name
from tests.waiting import holds

TOP = Path(__file__).resolve().parents[2]
SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if os.path.exists("/usr/sbin/sshd") else None)
ACCOUNT = account_name(os.environ)


class OfficeHost:
    """A running sshd that lets people in to one database."""

    def __init__(self, folder: Path, database: Path, people: Sequence[str]) -> None:
        self.folder, self.database = folder, database
        self.port = free_port()
        self.keys = {person: _made_key(folder / person) for person in people}
        launcher = folder / "sakip-kantor"
        launcher.write_text(launcher_text(str(_interpreter(folder)), str(database)), encoding="utf-8")
        launcher.chmod(0o755)
        lines = [
            key_line(str(launcher), person, public_key(key.with_suffix(".pub").read_text(encoding="utf-8")))
            for person, key in self.keys.items()
        ]
        (folder / "keys").write_text("\n".join(lines) + "\n", encoding="utf-8")
        _made_key(folder / "host")
        (folder / "sshd_config").write_text(self._config(), encoding="utf-8")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        assert SSHD is not None
        self._log = open(folder / "sshd.log", "wb")  # noqa: SIM115 - closed with the server
        self.server = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stdin=subprocess.DEVNULL, stderr=self._log
        )
        self._wait()

    def _config(self) -> str:
        # StrictModes asks that every folder above belongs to root alone; those of a test do not.
        # Of all that a host may have set elsewhere this is the worst.
        head = f"""AcceptEnv *
Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.folder / "host"}
PidFile {self.folder / "sshd.pid"}
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
LogLevel VERBOSE
MaxStartups 200:30:400
MaxSessions 200
Subsystem sftp internal-sftp
"""
        told = sshd_text(ACCOUNT, str(self.folder / "keys"))
        # A minute until a frozen line is given up is right for an office and long for a test.
        return head + told.replace("ClientAliveInterval 15", "ClientAliveInterval 1")

    def _wait(self) -> None:
        def answers() -> bool:
            assert self.server.poll() is None, self.log()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        holds(answers, otherwise=self.log)

    def log(self) -> str:
        """What sshd has said so far."""
        return (self.folder / "sshd.log").read_text(encoding="utf-8", errors="replace")

    def command(self, person: str, *options: str, program: str = "ssh") -> list[str]:
        """The words of an ssh program for somebody, up to the host's name."""
        port = "-P" if program in ("scp", "sftp") else "-p"
        return [
            program,
            *("-F", os.devnull),
            *("-i", str(self.keys[person])),
            *(port, str(self.port)),
            *("-o", "StrictHostKeyChecking=no"),
            *("-o", f"UserKnownHostsFile={os.devnull}"),
            *("-o", "IdentitiesOnly=yes"),
            *("-o", "BatchMode=yes"),
            *("-o", "LogLevel=ERROR"),
            *options,
        ]

    @property
    def target(self) -> str:
        return f"{ACCOUNT}@127.0.0.1"

    def run(
        self, person: str, words: str, *options: str, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """What a command sent to the host answers."""
        return subprocess.run(
            [*self.command(person, *options), self.target, words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=None if env is None else {**os.environ, **env},
            check=False,
        )

    def sessions(self) -> list[int]:
        """Processes of our program that serve this database."""
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdecimal():
                try:
                    words = Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if b"--pengguna" in words and str(self.database).encode() in words:
                    found.append(int(entry))
        return found

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()
        self._log.close()


@contextmanager
def office_host(folder: Path, database: Path, people: Sequence[str] = ("budi", "sari")) -> Iterator[OfficeHost]:
    """An office host for as long as a test needs it."""
    host = OfficeHost(folder, database, people)
    try:
        yield host
    finally:
        host.close()


def _made_key(place: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place)], check=True)
    return place


def _interpreter(folder: Path) -> Path:
    """An interpreter with this very tree installed, as a launcher finds it on a real host."""
    place = folder / "python"
    start = f"import sys, runpy; sys.path.insert(0, {str(TOP)!r}); sys.argv[0] = 'sakip'; "
    start += "runpy.run_module('sakip_tui', run_name='__main__')"
    # The launcher calls: python -I -X utf8 -m sakip_tui WORDS
    place.write_text(
        f"""#!/bin/sh
shift 5
exec {sys.executable} -I -X utf8 -c "{start}" "$@"
""",
        encoding="utf-8",
    )
    place.chmod(0o755)
    return place


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
