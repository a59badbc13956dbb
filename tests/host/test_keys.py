"""What an office host is made of: key lines, launcher, sshd's snippet."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

import pytest

from sakip_tui.cli.door import LONGEST_ASKED, asked_words, guest
from sakip_tui.host.keys import SESSION_CPU_SECONDS, SESSION_MEMORY_KB, key_line, launcher_text, public_key, sshd_text
from sop.model.errors import FaultyInput

KIND = "ssh-ed25519"


def made_key(fill: int = 1, kind: str = KIND) -> str:
    """A key line of the right shape."""
    name = kind.encode()
    blob = len(name).to_bytes(4, "big") + name + (32).to_bytes(4, "big") + bytes([fill]) * 32
    return f"{kind} {base64.b64encode(blob).decode()} seseorang@rumah"


def test_a_key_line_forces_the_launcher_and_forbids_the_rest() -> None:
    line = key_line("/usr/local/bin/sakip-kantor", "kasubag-1", public_key(made_key()))
    assert line.startswith('restrict,pty,command="/usr/local/bin/sakip-kantor kasubag-1" ssh-ed25519 ')
    assert line.endswith(" sakip:kasubag-1")
    assert "seseorang" not in line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-dss " + made_key().split()[1],
        'command="/bin/sh" ' + made_key(),
        made_key() + "\n" + made_key(2),
        "ssh-rsa " + made_key().split()[1],
        "ssh-ed25519 %%%",
    ],
)
def test_what_is_not_one_public_key_is_refused(text: str) -> None:
    with pytest.raises(FaultyInput):
        public_key(text)


@pytest.mark.parametrize("person", ["", "a b", 'a"', "a;b", "$(id)", "-x", "a\nb", "ä"])
def test_a_code_that_a_shell_could_misread_is_refused(person: str) -> None:
    with pytest.raises(FaultyInput):
        key_line("/x", person, public_key(made_key()))


@pytest.mark.parametrize("launcher", ['/a"b', "/a\\b", "/a\nb"])
def test_a_place_that_a_key_line_cannot_hold_is_refused(launcher: str) -> None:
    with pytest.raises(FaultyInput):
        key_line(launcher, "a", public_key(made_key()))


@pytest.mark.skipif(os.name == "nt", reason="no shell of this kind")
@pytest.mark.parametrize("term", ["xterm-256color", "evil", "$(touch x)", "a b"])
def test_the_launcher_passes_words_and_nothing_of_the_surroundings(tmp_path: Path, term: str) -> None:
    python = tmp_path / "python with space"
    python.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done; env\n', encoding="utf-8")
    python.chmod(0o755)
    launcher = tmp_path / "launcher"
    launcher.write_text(launcher_text(str(python), str(tmp_path / "kan'tor.db")), encoding="utf-8")
    given = {"TERM": term, "TEXTUAL_DRIVER": "evil:Driver", "PYTHONPATH": "/evil", "SSH_ORIGINAL_COMMAND": "a; $(b)"}
    said = subprocess.run(["sh", str(launcher), "kasubag"], env=given, capture_output=True, text=True, check=True)
    lines = said.stdout.splitlines()
    words = ["-I", "-X", "utf8", "-m", "sakip_tui", "--pengguna", "kasubag", "--db", str(tmp_path / "kan'tor.db")]
    assert lines[: len(words)] == words
    names = {line.partition("=")[0] for line in lines[len(words) :]}
    assert not names & {"TEXTUAL_DRIVER", "PYTHONPATH"}
    assert f"TERM={term if term == 'xterm-256color' else 'xterm'}" in lines
    assert "SSH_ORIGINAL_COMMAND=a; $(b)" in lines


@pytest.mark.skipif(os.name == "nt", reason="no shell of this kind")
def test_a_connection_cannot_eat_the_host(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nulimit -v; ulimit -c; ulimit -S -t; ulimit -H -t\n", encoding="utf-8")
    python.chmod(0o755)
    launcher = tmp_path / "launcher"
    launcher.write_text(launcher_text(str(python), str(tmp_path / "kantor.db")), encoding="utf-8")
    said = subprocess.run(["sh", str(launcher), "kasubag"], capture_output=True, text=True, check=True)
    memory, core, soft, hard = map(int, said.stdout.split())
    assert (memory, core) == (SESSION_MEMORY_KB, 0)
    assert SESSION_CPU_SECONDS == soft < hard


def test_sshd_is_told_to_let_nothing_else_in() -> None:
    text = sshd_text("sakip", "/etc/ssh/sakip/%u")
    for line in ("Match User sakip", "DisableForwarding yes", "PasswordAuthentication no", "ClientAliveInterval 15"):
        assert line in text


def test_words_are_split_as_a_shell_would_without_being_one() -> None:
    assert asked_words("sakip komentar 2026-TW1 1 'dua kata; $(x)'") == ["komentar", "2026-TW1", "1", "dua kata; $(x)"]
    assert asked_words("") == []
    for bad in ("sakip 'x", "x" * (LONGEST_ASKED + 1)):
        with pytest.raises(FaultyInput):
            asked_words(bad)


def test_only_the_launcher_locks_a_person() -> None:
    assert guest(["status"], {}) is None
    assert guest([], {"SSH_ORIGINAL_COMMAND": "status"}) is None
    came = guest(["--pengguna", "sari", "--db", "/d"], {"SSH_ORIGINAL_COMMAND": "sakip status"})
    assert came is not None
    assert (came.person, came.own, came.sent) == ("sari", ["--db", "/d"], ["status"])
    board = guest(["--pengguna", "sari", "--db", "/d"], {"SSH_ORIGINAL_COMMAND": ""})
    assert board is not None
    assert board.sent == []
    with pytest.raises(FaultyInput):
        guest(["--pengguna"], {"SSH_ORIGINAL_COMMAND": ""})
