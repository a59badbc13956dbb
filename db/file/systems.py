"""What POSIX and Windows do differently, in one place; everything else is written once for both.

Who locks what is in `gate.py`; which kind of disk a path lies on in `filesystems.py`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

IS_WINDOWS = sys.platform == "win32"
NO_SPACE = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Disk, file size limit, quota."""

_QUERY = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""
_NO_SUCH_PROCESS = 87
"""ERROR_INVALID_PARAMETER: what OpenProcess says of a number that nobody has."""
_STILL_ACTIVE = 259


def flush(path: Path) -> None:
    """Have the system write a file to disk, or a folder's list of names.

    Windows opens no folder as a file; NTFS keeps the names in a journal of its own, so nothing is left to do there.

    Raises:
        OSError: It cannot be opened or written.
    """
    is_folder = path.is_dir()
    if is_folder and IS_WINDOWS:
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_reader_gone(error: OSError) -> bool:
    """Whether writing failed since whoever read the other end of a pipe went away: EPIPE, EINVAL on Windows."""
    return error.errno == errno.EPIPE or (IS_WINDOWS and error.errno == errno.EINVAL)


def command_line(words: Sequence[str]) -> str:
    """Words as one line to be pasted into this computer's own shell."""
    if IS_WINDOWS:
        from subprocess import list2cmdline

        return list2cmdline(words)
    from shlex import join

    return join(words)


def is_running(number: int) -> bool:
    """Whether there is a process of that number; where the system does not say, there is."""
    if sys.platform == "win32":
        # A signal, even the one that means nothing elsewhere, would end it here.
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_QUERY, False, number)
        if not handle:
            return ctypes.get_last_error() != _NO_SUCH_PROCESS
        code = ctypes.c_ulong(_STILL_ACTIVE)
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
