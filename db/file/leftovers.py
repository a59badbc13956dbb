"""What programs that were killed left behind: files half made, in folders that a person named too.

Only what bears a name of our own making, and only once nobody works at it any more.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from db.file.filesystems import network_kind
from db.file.systems import is_running

FORGOTTEN_SECONDS = 24 * 3600
"""What was not touched for so long is nobody's any more, whatever computer made it."""


def sweep(folder: Path, name: re.Pattern[str], now: float) -> None:
    """Take away the files, or folders, of that name which were left. What cannot be removed now is tried another time.

    Args:
        folder: Where to look; not below it.
        name: Of the whole name. A group `process` is the number of the process that made it, on this computer unless
            the folder lies on another one.
        now: Seconds, by the clock that gives files their times.
    """
    with suppress(OSError):
        is_local = network_kind(folder / "x") is None
        for entry in os.scandir(folder):
            match = name.fullmatch(entry.name)
            if match is None or entry.is_symlink():
                continue
            maker = match.groupdict().get("process")
            is_orphan = is_local and maker is not None and not is_running(int(maker))
            with suppress(OSError):
                if is_orphan or now - entry.stat(follow_symlinks=False).st_mtime > FORGOTTEN_SECONDS:
                    _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)
