"""The queue of writers on Windows: a mutex with a name, which the system hands to whoever has waited longest.

Imported there alone. A lock on a file would do as well, but no order is promised for those.
"""

from __future__ import annotations

import ctypes
from hashlib import sha256
from pathlib import Path
from typing import Any

_TAKEN, _LEFT_BEHIND, _TOO_LATE = 0, 0x80, 0x102


class Queue:
    """The queue for one database. Whoever took the turn gives it back, in the same thread."""

    def __init__(self, database: Path) -> None:
        """
        Args:
            database: The file, by its real path: links to it and other spellings must meet here.

        Raises:
            OSError: The system lets nobody of this account queue there, since another account made it.
        """
        # By name, since this attribute is declared for Windows alone.
        kernel: Any = vars(ctypes)["WinDLL"]("kernel32")
        kernel.CreateMutexW.restype = ctypes.c_void_p
        kernel.CreateMutexW.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_wchar_p)
        kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.ReleaseMutex.argtypes = kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        name = sha256(str(database).casefold().encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._kernel = kernel
        self._mutex = kernel.CreateMutexW(None, False, f"Global\\sakip-{name}")
        if not self._mutex:
            raise OSError(f"no mutex for {database}")

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False when it did not come within that time.

        A writer that was killed in its turn leaves it to the next one: the engine undoes what it had begun.
        """
        found = self._kernel.WaitForSingleObject(self._mutex, int(seconds * 1000))
        if found in (_TAKEN, _LEFT_BEHIND):
            return True
        if found == _TOO_LATE:
            return False
        raise OSError(f"waiting for the mutex gave {found:#x}")

    def give_back(self) -> None:
        """Let the next one have it."""
        self._kernel.ReleaseMutex(self._mutex)

    def close(self) -> None:
        """Leave the queue for good."""
        self._kernel.CloseHandle(self._mutex)
