"""A frame without data, on the screen before anything else of the program is loaded, and the terminal as it was.

Loading takes a good part of a second, much more from a cold disk or over a slow line. Until then the frame says that
something comes. Echo goes first: what is typed meanwhile, a PIN above all, is never seen, and reaches the app.

`__main__` imports this before all else, so it imports next to nothing. Whoever prints calls `leave` first; signals that
end the program do so by themselves, at whatever point of the start they come.
"""

# ruff: noqa: SIM105 - contextlib takes longer to import than all of this.
from __future__ import annotations

import os
import signal
import sys

# Not of `typing`, which takes longer to import than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_OPTIONS = ("--db", "--sebagai", "--opd", "--sop-aktif", "--pengguna")
"""Options with which the board opens as well; each takes a value."""
_COMMAND_FROM_AFAR = "SSH_ORIGINAL_COMMAND"
_UNFIT = ("", "dumb", "unknown")
_HEADS = ("Menunggu", "Siap", "Dikerjakan", "Keputusan", "Selesai")
_SMALLEST = (60, 18)
"""Columns and lines from which on the board has its five columns."""
OTHER_SCREEN = "\x1b[?1049h"
_BEGIN = OTHER_SCREEN + "\x1b[?25l\x1b[H\x1b[2J"
_END = "\x1b[0m\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
"""Cleared first: a terminal that has one screen only would keep the frame."""


class _Shown:
    """What was done to the terminal, and how to take it back."""

    def __init__(self) -> None:
        self.modes: object = None
        """The terminal's own ways, as they were found; None while nothing was changed."""
        self.is_ours = False
        """Whether the frame is what stands there; else it never was, or the app has the screen."""


_shown = _Shown()


def show(words: list[str], environment: dict[str, str]) -> None:
    """Show the frame where the board is about to be opened on a terminal that can show it.

    Args:
        words: The command line, without the program's name.
        environment: Of the process.
    """
    if not _opens_the_board(words, environment) or not _is_fit(environment):
        return
    # Before anything is changed: what ends the program in between would leave it so.
    _leave_at_signals()
    _shown.modes = _ways()
    if _shown.modes is not None and _is_quiet():
        _shown.is_ours = True
        _written(_BEGIN + _frame())


def leave() -> None:
    """Put the frame away and give the terminal back as it was found; what was typed and not read is dropped.

    Does nothing where there is no frame, or the second time.
    """
    modes = _shown.modes
    if modes is None:
        return
    if _shown.is_ours:
        _written(_END)
    _restore(modes)
    _shown.modes, _shown.is_ours = None, False


def stands() -> bool:
    """Whether the frame is on the other screen, which is then not asked for again."""
    return _shown.is_ours


def hand_over() -> None:
    """The app has taken the screen, and knows how to put it away: from now on that is left to it."""
    if _shown.is_ours:
        _shown.is_ours = False
        signal.signal(signal.SIGINT, signal.default_int_handler)


def modes_before() -> object:
    """The terminal's own ways as `termios.tcgetattr` gave them before the frame; None where nothing was changed."""
    return _shown.modes


def _opens_the_board(words: list[str], environment: dict[str, str]) -> bool:
    """Whether no command is given; a word that is not known here is left to the grammar."""
    if environment.get(_COMMAND_FROM_AFAR, "").strip():
        return False
    waits_for_value = False
    for word in words:
        if waits_for_value:
            waits_for_value = False
        elif word in _OPTIONS:
            waits_for_value = True
        elif not word.startswith(tuple(f"{name}=" for name in _OPTIONS)):
            return False
    return not waits_for_value


def _is_fit(environment: dict[str, str]) -> bool:
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if sys.platform != "win32" and environment.get("TERM", "") in _UNFIT:
        return False
    try:
        return all(stream is not None and stream.isatty() for stream in streams)
    except ValueError:
        # Closed.
        return False


def _frame() -> str:
    """Title, the heads of the columns and a rule, in ASCII and without a colour."""
    columns, lines = os.get_terminal_size(_output())
    waiting = "Membuka papan..."
    if columns < _SMALLEST[0] or lines < _SMALLEST[1]:
        return f"\x1b[1;2H{waiting}"
    heads = "".join(f"\x1b[3;{2 + columns * place // 5}H{head}" for place, head in enumerate(_HEADS))
    return f"\x1b[1;2H\x1b[1mSAKIP\x1b[0m{heads}\x1b[4H{'-' * columns}\x1b[6;2H{waiting}"


def _output() -> int:
    assert sys.__stderr__ is not None
    return sys.__stderr__.fileno()


def _written(text: str) -> bool:
    """Whether it went out; a terminal that is gone is noticed by whoever comes next."""
    try:
        os.write(_output(), text.encode("ascii"))
    except (OSError, ValueError):
        return False
    return True


def _leave_at_signals() -> None:
    """Whatever ends the program before the app is there gives the terminal back first."""

    def interrupted(number: int, frame: object) -> None:
        leave()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        raise KeyboardInterrupt

    def ended(number: int, frame: object) -> None:
        # The app may have the screen by then, and not the signal yet.
        _shown.is_ours = True
        leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, interrupted)
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, ended)
    except ValueError:
        # Not the process's first thread: whoever started it answers for signals.
        pass


if sys.platform == "win32":
    import ctypes

    _ECHO_AND_LINES, _PROCESSED_AND_SEQUENCES = 0x0006, 0x0005
    _INPUT, _ERRORS = -10, -12

    def _ways() -> object:
        """The modes of the console's two sides; None where it has none."""
        kernel = ctypes.windll.kernel32
        before, shown = ctypes.c_ulong(), ctypes.c_ulong()
        for handle, mode in ((_INPUT, before), (_ERRORS, shown)):
            if not kernel.GetConsoleMode(kernel.GetStdHandle(handle), ctypes.byref(mode)):
                return None
        return before.value, shown.value

    def _is_quiet() -> bool:
        """Let the console understand sequences, without echo and by the key; False where it does not."""
        kernel = ctypes.windll.kernel32
        modes = _shown.modes
        assert isinstance(modes, tuple)
        if not kernel.SetConsoleMode(kernel.GetStdHandle(_ERRORS), modes[1] | _PROCESSED_AND_SEQUENCES):
            return False
        return bool(kernel.SetConsoleMode(kernel.GetStdHandle(_INPUT), modes[0] & ~_ECHO_AND_LINES))

    def _restore(modes: object) -> None:
        assert isinstance(modes, tuple)
        kernel = ctypes.windll.kernel32
        source = kernel.GetStdHandle(_INPUT)
        kernel.FlushConsoleInputBuffer(source)
        kernel.SetConsoleMode(source, modes[0])
        kernel.SetConsoleMode(kernel.GetStdHandle(_ERRORS), modes[1])

else:
    _INPUT_FLAGS, _LOCAL_FLAGS, _CHARACTERS = 0, 3, 6
    """Where they stand in what `tcgetattr` gives."""
    _NEVER = b"\x00"

    def _termios() -> ModuleType:
        import termios

        return termios

    def _ways() -> object:
        """What `tcgetattr` says; None where that is no terminal."""
        termios = _termios()
        try:
            return list(termios.tcgetattr(0))
        except (termios.error, OSError):
            return None

    def _is_quiet() -> bool:
        """Without echo and by the key, as the app will have it, but for Ctrl+C; False where it does not.

        What was typed already stays: nothing is flushed.
        """
        termios = _termios()
        try:
            after = termios.tcgetattr(0)
            after[_INPUT_FLAGS] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            after[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            after[_CHARACTERS][termios.VMIN] = 1
            # A stop or a core in the middle of a frame would leave the terminal to nobody.
            after[_CHARACTERS][termios.VSUSP] = after[_CHARACTERS][termios.VQUIT] = _NEVER
            termios.tcsetattr(0, termios.TCSANOW, after)
        except (termios.error, OSError):
            return False
        return True

    def _restore(modes: object) -> None:
        assert isinstance(modes, list)
        termios = _termios()
        try:
            termios.tcsetattr(0, termios.TCSAFLUSH, modes)
        except (termios.error, OSError):
            # The terminal is gone.
            pass
