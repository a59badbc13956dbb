"""Whether a process is still at work on this computer, on both kinds of system."""

from __future__ import annotations

import os
import sys

_QUERY = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""
_NO_SUCH_PROCESS = 87
"""ERROR_INVALID_PARAMETER: what OpenProcess says of a number that nobody has."""
_STILL_ACTIVE = 259


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
