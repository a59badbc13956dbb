"""A program in a pseudo-terminal, watched from outside: its bytes with their times, its processor time, its memory.

Emulation happens after the fact, so a slow emulator delays no time stamp; `wait_for` emulates as it goes and is for
tests. A test waits for what the screen shows, never for a silence: `settle` is for measuring alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "tab": "\t",
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
}
ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
)
"""What a terminal answers to the questions a toolkit asks it."""
SECONDS = 120.0
"""How long a test waits for what must come, however busy the machine is: no promise, only an end."""
FRAME = (b"\x1b[?2026h", b"\x1b[?2026l")
"""Between these a program draws one picture, and a terminal shows nothing of it before it is whole."""
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*\$?[a-z]|\x1bP.*?\x1b\\", re.DOTALL)
_TORN = re.compile(rb"\x1b(?:\[[0-9;<=>?$ ]*|P[^\x1b]*\x1b?)?\Z")
_KNOWN_PRIVATE = re.compile(rb"\x1b\[\?[0-9;]*[hl]")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used so far."""

    cpu_seconds: float
    peak_mb: float


class Terminal:
    """One program in a pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        directory: str | None = None,
    ) -> None:
        """Start a program. COLORTERM is left out: what PuTTY, or ssh without SendEnv, gives.

        So is a size in the environment, which whoever runs the tests may have: a program believes it, and a window that
        changes its size changes nothing.
        """
        self.columns, self.rows = size
        self.chunks: list[tuple[float, bytes]] = []
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._taken = 0
        self._unshown = b""
        self.began = monotonic()
        self.status: int | None = None
        """The wait status, once the program has ended."""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            for name in ("COLORTERM", "LINES", "COLUMNS"):
                os.environ.pop(name, None)
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            if directory is not None:
                os.chdir(directory)
            with contextlib.suppress(OSError):
                os.execvp(command[0], list(command))
            os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    # ------------------------------------------------------------------ reading
    def take(self, seconds: float, most: int = 65536) -> bytes:
        """As `read`, neither kept nor answered; empty when nothing comes within that time."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        try:
            return os.read(self._fd, most) if ready else b""
        except OSError:
            return b""

    def read(self, seconds: float) -> bool:
        """Take what comes within that time; False when nothing did or the program is gone."""
        data = self.take(seconds)
        if not data:
            return False
        self.chunks.append((monotonic(), data))
        for question, answer in ANSWERS:
            if question in data:
                os.write(self._fd, answer)
        return True

    @property
    def sent(self) -> int:
        """Bytes received so far."""
        return sum(len(data) for _, data in self.chunks)

    def text(self) -> str:
        """What the terminal shows now: no picture that is only half there."""
        self._unshown += b"".join(data for _, data in self.chunks[self._taken :])
        self._taken = len(self.chunks)
        begun = self._unshown.rfind(FRAME[0])
        whole = len(self._unshown) if begun < 0 or FRAME[1] in self._unshown[begun:] else begun
        if torn := _TORN.search(self._unshown, 0, whole):
            whole = torn.start()
        self._stream.feed(emulable(self._unshown[:whole]))
        self._unshown = self._unshown[whole:]
        return "\n".join(self.screen.display)

    def blank(self) -> None:
        """Forget what the terminal shows, so that whatever stands there afterwards was drawn anew."""
        self.text()
        self.screen.erase_in_display(2)

    def wait_for(self, condition: str | Callable[[str], object], seconds: float = SECONDS) -> str:
        """Read until the screen shows a text, or meets a condition.

        Raises:
            TimeoutError: It never did, or the program ended before; the message is the screen.
        """
        holds: Callable[[str], object] = (lambda shown: condition in shown) if isinstance(condition, str) else condition
        end = monotonic() + seconds
        is_over = False
        while not holds(shown := self.text()):
            if is_over or monotonic() > end:
                over = "" if self.status is None else f" before the program ended ({self.status})"
                raise TimeoutError(f"{condition!r} did not come{over}:\n{shown}")
            is_over = not self.read(0.05) and not self.is_running()
        return shown

    # ------------------------------------------------------------------ typing
    def press(self, *keys: str) -> None:
        """Press keys by name or character."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    def type(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def write(self, data: bytes) -> int:
        """Send bytes as they are; returns how many the terminal took."""
        return os.write(self._fd, data)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        os.kill(self.pid, signal.SIGWINCH)

    # ------------------------------------------------------------------ the process
    def usage(self) -> Usage:
        """Processor time and peak memory of the process so far."""
        with open(f"/proc/{self.pid}/task/{self.pid}/../../status", encoding="ascii") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with (
                contextlib.suppress(OSError),
                open(f"/proc/{self.pid}/task/{task}/schedstat", encoding="ascii") as stat,
            ):
                total += int(stat.read().split()[0])
        return Usage(total / 1e9, peak / 1024)

    def hang_up(self) -> None:
        """The line breaks: the master side is closed."""
        os.close(self._fd)
        self._fd = -1

    def is_running(self) -> bool:
        """Whether the program has not ended by itself."""
        if self.pid and self.status is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.status = status
        return self.status is None

    def ended(self, seconds: float = SECONDS) -> int:
        """Wait until the program has ended by itself; its wait status.

        Raises:
            TimeoutError: It goes on; the message is the screen.
        """
        end = monotonic() + seconds
        while self.is_running():
            if monotonic() > end:
                raise TimeoutError(f"the program did not end:\n{self.text()}")
            if self._fd < 0 or not self.read(0.02):
                sleep(0.02)
        assert self.status is not None
        while self._fd >= 0 and self.read(0):
            pass
        return self.status

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self.is_running():
            os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def settle(terminal: Terminal, quiet: float = 0.15, limit: float = 10.0) -> None:
    """Read until that long a silence, to measure what comes before it."""
    end = monotonic() + limit
    while monotonic() < end and terminal.read(quiet):
        pass


def emulable(data: bytes) -> bytes:
    """Without the sequences that pyte would print instead of obeying."""
    return _UNKNOWN_TO_PYTE.sub(lambda match: match[0] if _KNOWN_PRIVATE.fullmatch(match[0]) else b"", data)


def first_time_of(
    chunks: Sequence[tuple[float, bytes]], pattern: str, size: tuple[int, int]
) -> tuple[float, int] | None:
    """(moment, bytes until then) of the first chunk after which the screen shows a text; None when it never does."""
    screen = pyte.Screen(*size)
    stream = pyte.ByteStream(screen)
    total = 0
    for moment, data in chunks:
        total += len(data)
        stream.feed(emulable(data))
        if any(pattern in line for line in screen.display):
            return moment, total
    return None
