"""Which automatic backups are kept, and when today's is due. How they are named is `backup_names.py`, how they are
made `file/backup.py`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import apsw

from db import queries, statements
from db.backup_names import daily_backups, daily_paths, folder_of, manual_path, replaced_paths
from db.errors import BackupFailed, DbError
from db.file import aside, backup, leftovers
from db.file.connection import Database
from db.rows import Head
from sop.time.instants import offset_of


class Kept(NamedTuple):
    """How many automatic backups are kept of each kind: the newest of so many days, weeks and months."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def kept_days(days: Iterable[date], kept: Kept) -> frozenset[date]:
    """The days whose backups stay: of the newest days, weeks (from Monday) and months the newest day each.

    Days without a backup are not counted, so that an office that rests a month does not lose its last ones.
    """
    newest_first = sorted(set(days), reverse=True)
    stays: set[date] = set()
    buckets: tuple[tuple[int, Callable[[date], object]], ...] = (
        (kept.daily, lambda day: day),
        (kept.weekly, lambda day: day - timedelta(days=day.weekday())),
        (kept.monthly, lambda day: (day.year, day.month)),
    )
    for count, bucket in buckets:
        seen: set[object] = set()
        for day in newest_first:
            if len(seen) == count:
                break
            if bucket(day) not in seen:
                seen.add(bucket(day))
                stays.add(day)
    return frozenset(stays)


def rescue(database: Database) -> Path | None:
    """Copy what is open, and no longer lies at its place, into the folder of backups; no plan takes it away.

    Returns:
        `cadangan/kantor-sebelum-diganti-113.db`, by its newest event, whoever made it; None where there can be none.
    """
    place = database.path
    try:
        newest = queries.head(database)
    except DbError:
        return None
    target = _free_or_own(replaced_paths(place, newest.sequence), newest)
    if not target.exists():
        # Of several screens one is faster; and there may be no room, or no folder any more.
        with suppress(DbError):
            make_folder(place)
            backup.copy(database, target, looks=False)
    return target if target.exists() else None


def keep_daily(database: Database, now: int) -> Path | None:
    """Make today's backup where there is none yet, and take away those that the settings no longer keep.

    Where today's is there, this looks at it and does nothing more. Of several programs at once one makes it. A copy
    of another file that once lay at the same place is neither taken for one of this nor taken away.

    Args:
        database: Not in a transaction.
        now: Reading of the clock; the day is that of the office.

    Returns:
        The backup that was made; None where today's was there, or where nothing is set up yet.

    Raises:
        BackupFailed, DatabaseFull, DatabaseReadOnly: No backup could be made.
    """
    found = database.rows(statements.ZONES_AND_SETTINGS)
    if not found:
        return None
    day = local(now, found[0][0]).date()
    first = Head(1, database.value(statements.HASH_OF_EVENT, (1,)))
    target = _free_or_own(daily_paths(database.path, day), first)
    if target.exists():
        return None
    make_folder(database.path)
    try:
        backup.copy(database, target)
    except BackupFailed:
        if target.exists():
            # Somebody else made it at the same moment.
            return None
        raise
    _tidy(database.path, first, _kept(settings for _, settings in found), now)
    return target


def copy_by_hand(database: Database, now: int) -> tuple[Path, Head]:
    """A copy that a person asks for, in the folder of backups; where it is, and how far it goes.

    Args:
        database: Open.
        now: Reading of the clock; the name has the time of the first office's zone.

    Raises:
        BackupFailed, DatabaseFull, DatabaseReadOnly: No backup could be made.
    """
    target = make_folder(database.path) / name_by_hand(database, now)
    return target, backup.copy(database, target)


def name_by_hand(database: Database, now: int) -> str:
    """What such a copy is called, wherever it goes."""
    return manual_path(database.path, local(now, queries.zone(database))).name


def local(now: int, zone: str) -> datetime:
    """The office's civil time."""
    return datetime.fromtimestamp(now, timezone(timedelta(seconds=offset_of(zone))))


def make_folder(database: Path) -> Path:
    """The folder of backups, readable by its owner only. Raises BackupFailed."""
    folder = folder_of(database)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise backup.failed(folder, error) from error
    return folder


def _kept(settings: Iterable[str]) -> Kept:
    """What the offices in one file want, the most of each."""
    wanted = [json.loads(text) for text in settings]
    default = Kept()
    return Kept(
        *(
            max(int(each.get(f"{name}_backups", value)) for each in wanted)
            for name, value in zip(Kept._fields, default, strict=True)
        )
    )


def _free_or_own(names: Iterable[Path], event: Head) -> Path:
    """The first name that is not taken, or whose copy has that event."""
    return next(path for path in names if not path.exists() or _has(path, event))


def _has(copy: Path, event: Head) -> bool:
    """Whether the log of a copy holds that event. The first one tells of which file it is, whatever was restored since;
    what cannot be read is a copy of none."""
    try:
        # Nothing is made beside a copy, nor changed in it, by looking.
        opened = apsw.Connection(
            f"{copy.absolute().as_uri()}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        )
        try:
            return opened.execute(statements.HASH_OF_EVENT, (event.sequence,)).fetchall() == [(event.hash,)]
        finally:
            opened.close()
    except (apsw.Error, OSError):
        return False


def _tidy(database: Path, first: Head, kept: Kept, now: int) -> None:
    """Remove what is kept no longer, of the copies of this file alone. What cannot be removed now is tried again
    tomorrow."""
    found = {day: path for day, path in daily_backups(database) if _has(path, first)}
    stays = kept_days(found, kept)
    for day, file in found.items():
        if day not in stays:
            with suppress(OSError):
                file.unlink()
    # What programs that were killed left: copies half made, copies to be restored from, copies looked into.
    for folder, name in (
        (folder_of(database), backup.LEFT),
        (database.parent, backup.LEFT),
        (database.parent, aside.LEFT),
        (Path(tempfile.gettempdir()), aside.LEFT),
    ):
        leftovers.sweep(folder, name, now)
