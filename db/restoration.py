"""Restoring a backup: what of the log it would take back, the event that records it, and the replacing.

How a file is put in another one's place is `db/file/replacing.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from db import audit, backup_plan, case_queries, opening, queries, statements
from db.backup_names import BackupFile, backup_files, restored_path
from db.errors import BackupUnsound, DatabaseDamaged, DbError, NotOurDatabase
from db.file.backup import PREPARED
from db.file.connection import Database
from db.file.replacing import Replacement, unsound
from db.rows import EMPTY_LOG, Head, LoggedEvent
from db.store import Store
from sop.model.act import Act
from sop.model.events import Event

MOST_LISTED = 1000
"""Lost acts that are told one by one; all are counted."""


class Divergence(NamedTuple):
    """The backup beside the database that it would replace."""

    backup: Head
    recorded: int | None
    """When the backup's newest event was recorded; None for an empty log."""
    current: Head | None
    """None where the database is missing or cannot be read."""
    common: int
    """Up to this sequence number both logs are the same."""
    lost: tuple[LoggedEvent, ...]
    """Acts that only the database holds, the newest first, at most `MOST_LISTED`."""
    lost_count: int | None
    """None where the database cannot be read."""
    gained_count: int
    """Acts that only the backup holds: 0 for a backup of this database."""
    zone: str
    """Of the backup's first office."""
    zones: Mapping[str, str]
    """Code of an office of the backup -> its zone."""

    def zone_of(self, office: str | None) -> str:
        """The zone in which an act is told; what belongs to no office of the backup in that of the first one."""
        return self.zones.get(office or "", self.zone)


class Vouched(NamedTuple):
    """What stands behind whoever restores: the rights in an office, else no more than an account of this machine."""

    office: str | None = None
    """Code of the office in which they are somebody with the right."""
    account: str | None = None
    """At the operating system, where nobody who is registered could be asked for."""
    by_backup: bool = False
    """Whether the backup said so, because the database could not be read."""


class Restored(NamedTuple):
    """What became of it."""

    sequence: int
    hash: str
    """Of the event that records it, the newest of the restored log."""
    kept: Path | None
    """What was replaced; None where there was nothing."""


class Restoration:
    """A backup that has been found sound, beside the place where it may go. Use as a context manager."""

    def __init__(self, source: Path, place: Path, now: int) -> None:
        """
        Args:
            source: The backup.
            place: The database.
            now: Reading of the clock.

        Raises:
            BackupUnsound: Its log is broken too.
            DbError: As `Replacement`; nothing was changed.
        """
        self._now, self._zone = now, ""
        self._replacement = Replacement(source, place, opening.TABLES)
        self.place, self.prepared = self._replacement.place, self._replacement.prepared
        try:
            _refuse_broken_log(self.prepared, source)
            self.difference = _compare(self.prepared, self.place)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Restoration:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the prepared copy away."""
        self._replacement.close()

    def carry_out(self, by: str, host: str | None = None, vouched: Vouched | None = None) -> Restored:
        """Replace the database.

        Args:
            by: Code of who asks.
            host: Name of the machine, for the log.
            vouched: What stands behind them, for the log.

        Raises:
            DatabaseInUse: Others have the database open.
            BackupFailed: What is there could not be kept, so it was not replaced either.
            DbError: As `Database.write`.
        """
        event, digest = self._record(by, host, vouched)
        kept = self._replacement.carry_out(self._kept_path)
        return Restored(event.sequence, digest, kept)

    def _record(self, by: str, host: str | None, vouched: Vouched | None) -> tuple[Event, str]:
        """Add to the prepared copy, before it is seen, what log it replaces."""
        found = self.difference
        data: dict[str, Any] = {
            "backup": {"sequence": found.backup.sequence, "hash": found.backup.hash},
            "replaced": None
            if found.current is None
            else {"sequence": found.current.sequence, "hash": found.current.hash},
            "lost": found.lost_count,
            **({} if vouched is None else {"vouched": vouched._asdict()}),
        }
        with opening.open(self.prepared, copies=False) as database, database.write():
            offices = database.rows(statements.OFFICE_CODES)
            self._zone = queries.zone(database)
            store = Store(database, lambda: self._now, host)
            head = queries.head(database)
            event = Event(head.sequence + 1, Act.PULIHKAN, self._now, self._now, by, data=data)
            # Of one office it stands in that office's log; several share it.
            digest = store.record(event, head, offices[0][0] if len(offices) == 1 else None, None)
        self._replacement.make_one_file()
        return event, digest

    def _kept_path(self) -> Path:
        backup_plan.make_folder(self.place)
        return restored_path(self.place, backup_plan.local(self._now, self._zone))


def difference(source: Path, place: Path, now: int) -> Divergence:
    """What restoring would take back; nothing is changed. Raises as `Restoration`."""
    with Restoration(source, place, now) as restoration:
        return restoration.difference


def newest_sound(place: Path, now: int) -> tuple[BackupFile, str] | None:
    """The newest copy in the folder of backups from which can be restored, and the zone of its first office.

    Args:
        place: Where the database lies, or would.
        now: Reading of the clock.

    Returns:
        None where none can, or where there is no room to look.
    """
    # Whatever lies at the place itself has no say in it.
    beside = place.with_name(f"{place.name}{PREPARED}")
    for one in backup_files(place):
        try:
            return one, difference(one.path, beside, now).zone
        except BackupUnsound:
            continue
        except DbError:
            return None
    return None


def _refuse_broken_log(prepared: Path, source: Path) -> None:
    """The chain is whole, after what an older schema needs was done to the copy."""
    try:
        with opening.open(prepared, copies=False) as database:
            report = audit.verify_chain(database)
    except (DatabaseDamaged, NotOurDatabase) as error:
        raise unsound(source, "damaged", str(error)) from error
    if report.problem is not None:
        raise unsound(source, "chain", f"{report.problem} {report.broken_at}")


def _compare(prepared: Path, place: Path) -> Divergence:
    with opening.open(prepared, copies=False) as restored:
        head = queries.head(restored)
        recorded = restored.value(statements.RECORDED_OF_EVENT, (head.sequence,))
        zones = {office.code: office.zone for office in queries.offices(restored)}
        alone = Divergence(head, recorded, None, 0, (), None, head.sequence, queries.zone(restored), zones)
        try:
            with opening.open(place) as current, current.read():
                newest = queries.head(current)
                common = _common(restored, current, min(head.sequence, newest.sequence))
                count = newest.sequence - common
                lost = case_queries.log(current, limit=min(count, MOST_LISTED)) if count else ()
        except (DbError, apsw.Error, *audit.UNREADABLE):
            # Missing or damaged: that is what restoring is for.
            return alone
        return alone._replace(
            current=newest, common=common, lost=lost, lost_count=count, gained_count=head.sequence - common
        )


def _common(one: Database, other: Database, most: int) -> int:
    """The newest sequence number at which both logs have the same hash: where two chains part, they stay apart."""

    def same(sequence: int) -> bool:
        hashes = [log.value(statements.HASH_OF_EVENT, (sequence,)) for log in (one, other)]
        return bool(hashes[0] == hashes[1] != EMPTY_LOG.hash)

    if most == 0 or same(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return low
