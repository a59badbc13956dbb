"""What can go wrong with the store. Types carry facts; the sentences are made on the top floor."""

from __future__ import annotations


class DbError(Exception):
    """Base of everything the database floor raises on purpose.

    Facts are keyword arguments; `str()` is for logs, never for people.
    """

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.facts = facts


class DatabaseBusy(DbError):
    """Another program held the database for all of `waited_seconds`; nothing was written to `path`."""


class DatabaseFull(DbError):
    """The disk that holds `path` is full; the act was rolled back."""


class DatabaseReadOnly(DbError):
    """`path` or its folder may not be written by this account, or lies on a read-only file system."""


class DatabaseMissing(DbError):
    """There is no file at `path`."""


class DanglingLink(DbError):
    """`path` is a link, and at its `target` there is nothing."""


class DatabaseUnreachable(DbError):
    """`path` cannot be opened or read: `detail` is what the engine or the system said."""


class DatabaseDamaged(DbError):
    """`path` is no longer a sound database: `detail` is what the engine found."""


class ValueUnreadable(DatabaseDamaged):
    """The value in `row` of `column` of `table` is none that this program writes, or points to what is not there."""


class StateDiffers(DatabaseDamaged):
    """What stands in the tables for `year` of `sop` in `office` is not what the log gives."""


class ForeignLog(DbError):
    """Beside `path` lies a log that is not its own, so the engine must touch neither: `detail` says what applying it to
    a copy gave."""


class NotOurDatabase(DbError):
    """`path` is no database of this program; `is_kept` where it was to be replaced by one and was not."""


DAMAGE = (DatabaseDamaged, ForeignLog, NotOurDatabase)
"""There is a file, and nobody can work in it: a sound copy may take its place."""


class NetworkFileSystem(DbError):
    """`path` lies on a network file system of `kind`, where the locks of the engine do not hold."""


class EngineTooOld(DbError):
    """The SQLite engine is `found`; before `needed` it can corrupt a file that two programs write."""


class SchemaTooNew(DbError):
    """`path` has schema version `found`, this program knows up to `known`."""


class SchemaTooOld(DbError):
    """`path` went back to schema version `found` while it was open, as after a restored backup; `known` is ours."""


class DatabaseInUse(DbError):
    """Others have `path` open, so it cannot be replaced."""


class DatabaseReplaced(DbError):
    """At `path`, or of the engine's files beside it, lies another one than was opened; what was opened is copied to
    `kept`, where that could be done."""


class BackupFailed(DbError):
    """No sound copy could be made at `path`: `detail` says what was found.

    `why` is `taken` (the name), `full` (the disk), `read-only` (the place), `unsound` (the copy), `busy` (the
    database), or None.
    """


class BackupUnsound(DbError):
    """`path` cannot be restored from; `detail` says what was found.

    `why` is `missing`, `unreadable`, `foreign` (not a database of ours), `newer` (than this program), `damaged`,
    `dangling` (rows that point nowhere), `log` (beside it lies one that is not its own), or `chain`.
    """


class StaleCase(DbError):
    """Somebody was faster: `entity` stood at revision `seen` and is now at `found`.

    `by`, `act`, `at` (effective), `recorded` and `sequence` are those of the newest event by somebody else that touched
    it since, each None when there is none. An entity is written as in `sop.model.events.Event.touches`.
    """


class OwnChange(StaleCase):
    """Nobody else was faster: all that touched `entity` since it was seen is the actor's own.

    `repeated` is true where the newest of these acts is the one that was asked for again.
    """


class UnknownOffice(DbError):
    """No office has `code`; `known` lists those there are. With `code` None: there are several, or none at all."""


class UnknownAdoption(DbError):
    """`office` has not adopted an SOP `sop`; `known` lists those it has. With `sop` None: several, or none."""


class UnknownYear(DbError):
    """`year` has not been set up for this office and SOP; `known` lists the years that have."""


class UnknownPerson(DbError):
    """`name` is no active person of `office`, which has people registered."""
