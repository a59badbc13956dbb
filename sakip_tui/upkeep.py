"""What the office's file needs beside the work: a backup a day, room on the disk, no strangers at it.

Never on the way to an answer or to the first screen: the command line looks after an act is answered, the screen some
seconds after it was painted, on a thread and a connection of its own, so that nobody's act waits for a copy.
"""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DatabaseMissing, DbError, UnknownOffice
from sakip_tui.clock import Clock

if TYPE_CHECKING:
    from db.file.connection import Database

FIRST_LOOK_SECONDS = 3.0
"""After the screen was opened."""
LOOK_AGAIN_SECONDS = 3600.0
"""A screen may stay open for days, and each of them wants its backup."""


def look_after(database: Database, now: int) -> tuple[str, ...]:
    """Make today's backup where there is none.

    Returns:
        What a person should know; never an error, since no act depends on it.
    """
    from db import audit
    from db.file import backup_plan
    from sakip_tui.cli.health import advice_about
    from sakip_tui.notices import notice_of

    told: list[str] = []
    try:
        backup_plan.keep_daily(database, now)
    except Exception as error:
        from db.unreadable import explained

        meant = error if isinstance(error, DbError) else explained(database, error)
        if meant is None:
            raise
        told.append(f"Cadangan hari ini belum dibuat. {notice_of(meant) or ''}".strip())
    # A file that was taken away meanwhile is told of by the next act.
    with suppress(OSError):
        told += advice_about(audit.surroundings(database.path))
    return tuple(told)


class Upkeep:
    """The same for a screen."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """
        Args:
            path: The database file.
            clock: Reading of the clock.
        """
        self._path, self._clock = path, clock

    async def look(self) -> tuple[str, ...]:
        """As `look_after`, elsewhere. A program that ends meanwhile does not wait; the next one begins anew."""
        found: Future[tuple[str, ...]] = Future()
        threading.Thread(target=self._work, args=(found,), name="sakip-upkeep", daemon=True).start()
        return await asyncio.wrap_future(found)

    def _work(self, found: Future[tuple[str, ...]]) -> None:
        from db.file import connection

        if not found.set_running_or_notify_cancel():
            return
        try:
            with connection.open(self._path) as database:
                found.set_result(look_after(database, self._clock()))
        except (DatabaseMissing, UnknownOffice):
            # Nothing has been set up yet.
            found.set_result(())
        except DbError as error:
            from sakip_tui.notices import notice_of

            found.set_result((str(notice_of(error)),))
        except Exception as error:
            from sakip_tui.cli.crash import keep

            # Nobody's work ends because a copy could not be made.
            kept = keep(error, "cadangan", self._clock(), os.environ)
            found.set_result((f"Cadangan hari ini belum dibuat. {kept}",))
