"""The frame before everything else: what it hides, what it hands on, and that nothing of it is left behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

import pty
import termios

from bench.terminal import Terminal
from sakip_tui import first_frame
from tests.tui.program import program, sent_by
from tests.tui.year import demo_file

PROGRAM = (sys.executable, "-m", "sakip_tui")
FRAME = b"Membuka papan"
OTHER, OWN = b"\x1b[?1049h", b"\x1b[?1049l"
STARTS = int(os.environ.get("SAKIP_STARTS", "5"))
"""At how many moments of a start it is interrupted."""
START_SECONDS = 0.8
"""Roughly what a start takes; the moments are spread over it."""


def fresh_modes() -> list[object]:
    """The ways of a terminal that nobody has changed."""
    master, slave = pty.openpty()
    try:
        return termios.tcgetattr(slave)
    finally:
        os.close(master)
        os.close(slave)


def framed(terminal: Terminal) -> None:
    """Wait for the frame."""
    terminal.wait_for(lambda _: FRAME in sent_by(terminal))


def left_as_it_was(terminal: Terminal) -> bytes:
    """Wait for the end; what was printed once the own screen was back."""
    terminal.ended()
    assert termios.tcgetattr(terminal._fd) == fresh_modes()
    sent = sent_by(terminal)
    assert sent.count(OWN) == 1, "left twice, some terminals put the cursor back to where it was"
    assert OTHER not in sent.rpartition(OWN)[2]
    assert sent.rfind(b"\x1b[?25l") <= sent.rfind(b"\x1b[?25h"), "the cursor is seen again"
    return sent.rpartition(OWN)[2]


@contextmanager
def started(path: Path) -> Iterator[Terminal]:
    with program(PROGRAM, path, "budi") as terminal:
        framed(terminal)
        yield terminal


def test_what_is_typed_at_the_frame_is_not_seen_and_reaches_the_app(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    with started(path) as terminal:
        terminal.type("/481516")
        terminal.wait_for("Cari")
        terminal.wait_for("481516")
        before_the_app = sent_by(terminal).partition(b"\x1b[?1004h")[0]
        assert b"481516" not in before_the_app, "an echo would be seen by whoever stands behind"
        assert before_the_app.count(OTHER) == 1
        terminal.press("escape")
        terminal.wait_for(lambda shown: "481516" not in shown)
        terminal.press("q")
        left_as_it_was(terminal)


def test_a_damaged_file_is_told_on_the_terminal_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    path.write_bytes(b"bukan basis data sama sekali" * 400)
    with started(path) as terminal:
        terminal.type("481516\r")
        said = left_as_it_was(terminal)
        assert b"kantor.db" in said or b"basis data" in said
        assert b"481516" not in sent_by(terminal)


def test_a_busy_file_is_told_on_the_terminal_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with started(path) as terminal:
            assert left_as_it_was(terminal).strip(), "why it does not open"
    finally:
        other.close()


def test_the_first_start_takes_over_from_the_frame(tmp_path: Path) -> None:
    with started(tmp_path / "kantor.db") as terminal:
        terminal.wait_for("SOP")
        terminal.press("\x11")
        left_as_it_was(terminal)


def test_ctrl_c_at_any_moment_of_a_start_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    for number in range(STARTS):
        with started(path) as terminal:
            # Nothing hangs on the moment: whichever it is, the same is true afterwards.
            terminal.read(START_SECONDS * number / STARTS)
            terminal.press("\x03")
            while terminal.is_running():
                # The board is left with q; where it never came, nobody reads that.
                terminal.press("q")
                terminal.read(0.2)
            said = left_as_it_was(terminal)
            assert b"Traceback" not in said


def test_a_request_to_end_at_the_frame_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with started(tmp_path / "kantor.db") as terminal:
        os.kill(terminal.pid, signal.SIGTERM)
        left_as_it_was(terminal)


@pytest.mark.parametrize(
    "line",
    ["papan", "--versi", "--json", "--db", "--bantuan", "contoh", "--db kantor.db status", "--tak-dikenal x"],
)
def test_no_frame_for_a_command_or_a_line_that_may_be_refused(line: str) -> None:
    assert not first_frame._opens_the_board(line.split(), {})


@pytest.mark.parametrize("line", ["", "--db kantor.db", "--db=kantor.db --sebagai budi", "--opd a --sop-aktif b"])
def test_a_frame_where_the_board_is_opened(line: str) -> None:
    assert first_frame._opens_the_board(line.split(), {})
    assert not first_frame._opens_the_board(line.split(), {"SSH_ORIGINAL_COMMAND": "sakip status"})


@pytest.mark.parametrize("kind", ["dumb", "", "unknown"])
def test_no_frame_where_the_terminal_cannot_show_one(tmp_path: Path, kind: str) -> None:
    with program(PROGRAM, tmp_path / "kantor.db", "budi", TERM=kind) as terminal:
        terminal.ended()
        assert OTHER not in sent_by(terminal)
        assert b"Jenis terminal" in sent_by(terminal)
