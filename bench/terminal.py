"""A program in a pseudo-terminal, watched from outside: its bytes with their times, its processor time, its memory.

Emulation happens after the fact, so a slow emulator delays no time stamp; `wait_for` emulates as it goes and is for
tests.
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
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*\$?[a-z]|\x1bP.*?\x1b\\", re.DOTALL)
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
        """Start a program. COLORTERM is left out: what PuTTY, or ssh without SendEnv, gives."""
        self.columns, self.rows = size
        self.chunks: list[tuple[float, bytes]] = []
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._fed = 0
        self.began = monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.pop("COLORTERM", None)
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

    def settle(self, quiet: float = 0.15, limit: float = 10.0) -> None:
        """Read until that long a silence."""
        end = monotonic() + limit
        while monotonic() < end and self.read(quiet):
            pass

    @property
    def sent(self) -> int:
        """Bytes received so far."""
        return sum(len(data) for _, data in self.chunks)

    def text(self) -> str:
        """What the terminal shows now."""
        while self._fed < len(self.chunks):
            self._stream.feed(emulable(self.chunks[self._fed][1]))
            self._fed += 1
        return "\n".join(self.screen.display)

    def wait_for(self, condition: str | Callable[[str], object], seconds: float = 15.0) -> str:
        """Read until the screen shows a text, or meets a condition.

        Raises:
            TimeoutError: It never did; the message is the screen.
        """
        holds: Callable[[str], object] = (lambda shown: condition in shown) if isinstance(condition, str) else condition
        end = monotonic() + seconds
        while True:
            shown = self.text()
            if holds(shown):
                return shown
            if monotonic() > end:
                raise TimeoutError(f"{condition!r} did not come:\n{shown}")
            self.read(0.05)

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

    def ended(self, seconds: float = 5.0) -> int | None:
        """The wait status once the program has ended by itself; None when it has not within that time."""
        end = monotonic() + seconds
        while monotonic() < end:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.pid = 0
                return status
            if self._fd >= 0:
                self.read(0.02)
            else:
                sleep(0.02)
        return None

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.pid = 0
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
