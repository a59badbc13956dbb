"""What others write on the terminal, and what a stop does to it, is gone after one key: in a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

import termios

from bench.terminal import Terminal
from tests.tui.screens import WAYS, Way, busy_office
from tests.tui.test_terminals import office, pictures, visit
from tests.tui.year import demo_file
from tests.waiting import holds

ROOT = Path(__file__).parents[2]
RUBBISH = (
    "\x1b[3;5Hsampah dari luar\r\n\x1b[31mdan lagi\r\nPesan dari root@kantor (pts/0): listrik padam 10 menit lagi\r\n"
    "\x1b[4h\x1b[2;4r\x1b[?6h\x1b[?25h\x1b[1;1Hdi atas\x1b[4;1H\n\n\n"
)
"""Text, a colour, insert mode, margins, a cursor: what `wall`, `printf` or a program in the background leave."""
AT_A_SHELL = (
    "\x1b[?1049l\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?7h\x1b[?25h$ ls\r\nrekap  kantor.db\r\n$ fg\r\n"
)
"""What a shell and its programs may tell the terminal between a stop and `fg`."""
PICTURE = re.compile(rb"\x1b\[2J.*\x1b\[\?2026l", re.DOTALL)
"""A whole picture: a cleared screen, and the mark after what is drawn at once."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    folder = tmp_path_factory.mktemp("kantor")
    demo_file(folder / "contoh.db")
    busy_office(folder / "orang.db")
    return {False: folder / "contoh.db", True: folder / "orang.db"}


@contextmanager
def sitting(kept: dict[bool, Path], tmp_path: Path, *, has_people: bool = False) -> Iterator[Terminal]:
    """The program at the board, in an office of its own."""
    with office(Path(shutil.copy(kept[has_people], tmp_path / "kantor.db"))) as terminal:
        yield terminal


def write_outside(terminal: Terminal, text: str) -> None:
    """As another program on the same terminal does."""
    with open(f"/proc/{terminal.pid}/fd/0", "w", encoding="utf-8", newline="") as line:
        line.write(text)


def picture(terminal: Terminal) -> list[list[tuple[object, ...]]]:
    """Every cell with its looks; digits alike, since times go on while one looks."""
    terminal.text()
    return [
        [(re.sub(r"\d", "0", cell.data), *cell[1:]) for cell in (terminal.screen.buffer[y][x] for x in range(80))]
        for y in range(24)
    ]


def drawn_after(terminal: Terminal, act: Callable[[], object]) -> None:
    """Do something that has everything drawn, and read until it is."""
    seen = len(terminal.chunks)
    act()
    until(terminal, lambda: PICTURE.search(b"".join(data for _, data in terminal.chunks[seen:])))


def repainted(terminal: Terminal, key: str = "\x0c") -> None:
    """Press a key that repaints; what was pressed before it is answered by then."""
    drawn_after(terminal, lambda: terminal.type(key))


def undone(terminal: Terminal, spoil: Callable[[], object], mend: Callable[[], object]) -> None:
    """Spoil the screen and mend it: every cell is as it was. What was worked out meanwhile may come between: again."""
    differing: list[object] = []
    for _ in range(12):
        repainted(terminal)
        before = picture(terminal)
        spoil()
        terminal.wait_for("sampah dari luar")
        drawn_after(terminal, mend)
        now = picture(terminal)
        if now == before:
            return
        differing = [
            (y, x, old, new)
            for y, (line, other) in enumerate(zip(before, now, strict=True))
            for x, (old, new) in enumerate(zip(line, other, strict=True))
            if old != new
        ]
    raise AssertionError(f"{len(differing)} cells differ: {differing[:5]}\n{terminal.text()}")


def until(terminal: Terminal, condition: Callable[[], object]) -> None:
    """Read what the program draws until the condition holds."""
    terminal.wait_for(lambda _: condition())


PATHS = [way for way in WAYS if way.name not in ("kunci", "salinan", "cadangan")]
"""Not those that name where the database lies, or what the program laid beside it: the picture is of another folder."""


@pytest.mark.parametrize("way", PATHS, ids=[way.name for way in PATHS])
def test_one_key_takes_away_what_others_wrote(way: Way, kept: dict[bool, Path], tmp_path: Path) -> None:
    with sitting(kept, tmp_path, has_people=way.needs_people) as terminal:
        visit(terminal, way, pictures(kept[way.needs_people], [way]))
        undone(terminal, lambda: write_outside(terminal, RUBBISH), lambda: terminal.type("\x0c"))
        if not way.is_typed_into:
            write_outside(terminal, RUBBISH)
            terminal.wait_for("sampah dari luar")
            # Screens that read say so until the next key, so it is no longer what it was.
            repainted(terminal, "r")
            assert "sampah" not in terminal.text()
            assert "listrik" not in terminal.text()


def test_in_a_line_that_is_typed_in_r_is_a_letter_and_control_l_repaints(
    kept: dict[bool, Path], tmp_path: Path
) -> None:
    with sitting(kept, tmp_path) as terminal:
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        assert "Ctrl+L" in terminal.text()
        terminal.type("rarrr")
        terminal.wait_for("rarrr")
        write_outside(terminal, RUBBISH)
        terminal.wait_for("sampah dari luar")
        repainted(terminal)
        shown = terminal.text()
        assert "rarrr" in shown
        assert "sampah" not in shown


def state_of(pid: int) -> str:
    """`S`, `R`, or `T` for a process that is stopped."""
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0]


def wait_for_state(terminal: Terminal, states: str) -> None:
    holds(lambda: state_of(terminal.pid) in states)


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_after_a_stop_the_terminal_is_taken_back_and_every_key_arrives(
    stop: signal.Signals, kept: dict[bool, Path], tmp_path: Path
) -> None:
    with sitting(kept, tmp_path) as terminal:
        line = os.open(os.readlink(f"/proc/{terminal.pid}/fd/0"), os.O_RDWR | os.O_NOCTTY)
        repainted(terminal)
        ours = termios.tcgetattr(line)

        def use_the_shell() -> None:
            os.kill(terminal.pid, stop)
            wait_for_state(terminal, "T")
            cooked = termios.tcgetattr(line)
            cooked[3] |= termios.ECHO | termios.ICANON | termios.ISIG
            cooked[0] |= termios.ICRNL | termios.IXON
            termios.tcsetattr(line, termios.TCSANOW, cooked)
            os.write(line, (AT_A_SHELL + RUBBISH).encode())

        for _ in range(3):
            seen = len(terminal.chunks)
            undone(terminal, use_the_shell, lambda: os.kill(terminal.pid, signal.SIGCONT))
            sent = b"".join(data for _, data in terminal.chunks[seen:]).rpartition(b"$ fg")[2]
            for mode in (b"\x1b[?1049h", b"\x1b[?2004h", b"\x1b[?1006h", b"\x1b[?25l"):
                assert mode in sent, mode
            until(terminal, lambda: termios.tcgetattr(line)[:4] == ours[:4])
        # A second reader on the same terminal would take some of these.
        terminal.press("escape")
        terminal.type("?")
        terminal.wait_for("Bantuan: Papan")
        terminal.press("escape")
        terminal.wait_for(lambda shown: "Bantuan: Papan" not in shown)
        for _ in range(5):
            terminal.type("/")
            terminal.wait_for("Cari kartu")
            terminal.type("abcdefghijklmnopqrstuvwxyz")
            terminal.wait_for("abcdefghijklmnopqrstuvwxyz")
            terminal.type("\x15" + "\x0b")
            terminal.press("escape")
            terminal.wait_for(lambda shown: "Cari kartu" not in shown)
        terminal.type("q")
        assert terminal.ended() == 0
        after = termios.tcgetattr(line)
        os.close(line)
        assert after[3] & termios.ECHO, "the terminal is given back as it was"
        assert after[3] & termios.ICANON


def test_a_terminal_that_changes_its_size_and_back_shows_all(kept: dict[bool, Path], tmp_path: Path) -> None:
    """It has moved its contents about, though it looks to the program as if nothing had happened."""
    with sitting(kept, tmp_path) as terminal:
        undone(
            terminal,
            lambda: write_outside(terminal, RUBBISH),
            lambda: os.kill(terminal.pid, signal.SIGWINCH),
        )
