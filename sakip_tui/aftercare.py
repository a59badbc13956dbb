"""What the office's file needs after work was done: a backup a day, room on the disk, no strangers at it.

Never on the way to an answer or to the first screen: the command line looks after an act is answered, the screen in
`upkeep.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import audit, backup_plan, opening
from db.errors import DatabaseMissing, DbError, UnknownOffice
from sakip_tui.notices import notice_of
from sop.loading import load

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Surroundings

ON_ERROR = MappingProxyType({"explained": "db.unreadable:explained", "keep": "sakip_tui.crash:keep"})
"""Loaded only where something went wrong."""
LITTLE_ROOM_BYTES = 200 * 1024 * 1024
"""Below this a busy day may fill the disk."""
LONG_LOG_BYTES = 64 * 1024 * 1024
"""The engine folds its log back long before this, unless somebody keeps reading."""


def look_after(database: Database, now: int) -> tuple[str, ...]:
    """Make today's backup where there is none.

    Returns:
        What a person should know; never an error, since no act depends on it.
    """
    found: list[str] = []
    try:
        backup_plan.keep_daily(database, now)
    except Exception as error:
        meant = error if isinstance(error, DbError) else load(ON_ERROR["explained"])(database, error)
        if meant is None:
            raise
        found.append(f"Cadangan hari ini belum dibuat. {notice_of(meant) or ''}".strip())
    # A file that was taken away meanwhile is told of by the next act.
    with suppress(OSError):
        found += advice_about(audit.surroundings(database.path))
    return tuple(found)


def look_after_file(path: Path, now: int) -> tuple[str, ...]:
    """As `look_after`, for a file that is opened for it; what keeps it from being opened is told as well."""
    try:
        with opening.open(path) as database:
            return look_after(database, now)
    except (DatabaseMissing, UnknownOffice):
        # Nothing has been set up yet.
        return ()
    except DbError as error:
        return (str(notice_of(error)),)
    except Exception as error:
        # Nobody's work ends because a copy could not be made.
        kept = load(ON_ERROR["keep"])(error, "cadangan", now, os.environ)
        return (f"Cadangan hari ini belum dibuat. {kept}",)


def advice_about(around: Surroundings) -> Iterator[str]:
    """What wants looking after around the file, before it becomes a problem."""
    if around.free_bytes < LITTLE_ROOM_BYTES:
        yield f"Sisa disk tinggal {size_words(around.free_bytes)}; kosongkan ruang."
    if around.log_bytes > LONG_LOG_BYTES:
        yield f"Catatan sementara mesin sudah {size_words(around.log_bytes)}; tutup program lain yang memakainya."
    if around.open_to_others:
        yield "Akun lain di komputer ini dapat membuka basis datanya; batasi izinnya."
    if around.file_system is not None:
        yield f"Basis data ada di map jaringan ({around.file_system}); pindahkan ke disk komputer ini."
    if around.synced_by is not None:
        yield (
            f"Basis data ada di map yang disamakan oleh {around.synced_by} dengan komputer lain; ia dapat menimpanya "
            "selagi dipakai. Pindahkan ke map lain dengan sakip cadangkan, lalu sakip pulihkan."
        )


def size_words(count: int) -> str:
    """`1,5 GB`, `12 MB`."""
    if count >= 1 << 30:
        return f"{count / (1 << 30):.1f} GB".replace(".", ",")
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count >> 10} kB"
