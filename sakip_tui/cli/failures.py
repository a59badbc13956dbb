"""What is said, and with which exit code, where a command could not be answered. Standard error only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from db import errors as db_errors
from db import opening, people, unreadable
from db.errors import DbError
from exports import errors as export_errors
from sakip_tui.cli.reply import DATABASE, FAULTY, OVERTAKEN, REFUSED
from sakip_tui.cli.streams import remark
from sakip_tui.clock import system_clock
from sakip_tui.notices import Notice, notice_of
from sop.loading import load
from sop.model.errors import SopError
from sop.model.refusals import Refused, RefusedRows, Rule, StaleRevision

if TYPE_CHECKING:
    from db.file.connection import Database
    from sakip_tui.cli.session import Session

KEEP = "sakip_tui.crash:keep"
"""Loaded for an error that nobody expected."""
RECORDED = (
    "Perintah ini sudah tercatat sebelum itu. Jangan diulang begitu saja; "
    "lihat hasilnya dengan sakip papan atau sakip riwayat."
)
_WRONG_NAMES = (
    db_errors.DatabaseMissing,
    db_errors.UnknownOffice,
    db_errors.UnknownAdoption,
    db_errors.UnknownYear,
    db_errors.UnknownPerson,
)
"""Errors about the database that are faults of the command line."""
_NO_OFFICE = (db_errors.DatabaseMissing, db_errors.UnknownOffice, *db_errors.DAMAGE)
"""Where copies of the file may lead back."""


def report(error: Exception, session: Session | None) -> int:
    """Say what stands in the way.

    Args:
        error: What was raised.
        session: The command; None where its words could not be read.

    Returns:
        The exit code.
    """
    try:
        error = _explained(error, session) or error
        notice = notice_of(error, (session.offset if session is not None else None) or 0, _names(error, session))
        if notice is not None:
            remark(str(_with_way_back(notice, error, session)))
            if _was_recorded(session):
                remark(RECORDED)
            return exit_code(error)
    except Exception as worse:
        worse.__context__ = error
        error = worse
    remark(unexpected(error, session))
    return DATABASE


def _names(error: Exception, session: Session | None) -> Mapping[str, str]:
    """Code of a person -> name, for an error that tells of people; empty where it came before the office was found."""
    if session is None or not {"database", "address"} <= session.__dict__.keys():
        return {}
    if not isinstance(error, SopError | db_errors.StaleCase):
        return {}
    return people.names(session.database, session.address.office)


def _with_way_back(notice: Notice, error: Exception, session: Session | None) -> Notice:
    """The notice with the copies that lie beside a file that is gone or damaged, and the command that restores one."""
    if session is None or not isinstance(error, _NO_OFFICE):
        return notice
    loss = session.loss(error)
    if loss is None:
        return notice
    return Notice(loss.happened, loss.remedy(session.arguments.text("--db"), session.locked is not None))


def _explained(error: Exception, session: Session | None) -> Exception | None:
    """What a failure means where a value in the database is to blame. One that was not opened is looked at only where
    nobody expected the failure, as when a screen ends by it."""
    opened: Database | None = None if session is None else session.__dict__.get("database")
    if session is None or (opened is None and (isinstance(error, SopError) or not session.has_database)):
        return None
    if opened is not None:
        return unreadable.explained(opened, error)
    if isinstance(error, DbError):
        return None
    with suppress(DbError), opening.open(session.path) as database:
        return unreadable.explained(database, error)
    return None


def exit_code(error: Exception) -> int:
    """The exit code of an error that was raised on purpose."""
    # One's own act is a rule in the way, not somebody else who was faster.
    if isinstance(error, Refused) and error.rule is Rule.ROWS_STALE:
        return OVERTAKEN
    if isinstance(error, Refused | RefusedRows | db_errors.OwnChange):
        return REFUSED
    if isinstance(error, StaleRevision | db_errors.StaleCase):
        return OVERTAKEN
    if isinstance(error, db_errors.DbError) and not isinstance(error, _WRONG_NAMES):
        return DATABASE
    return DATABASE if isinstance(error, export_errors.DiskFull) else FAULTY


def unexpected(error: Exception, session: Session | None) -> str:
    """Keep what happened in a log and say where it lies, and whether an act had been recorded before it."""
    where = load(KEEP)(error, "" if session is None else session.arguments.verb.name, system_clock(), os.environ)
    became = "perintah ini sudah tercatat" if _was_recorded(session) else "perintah ini dibatalkan"
    return f"Terjadi kesalahan yang tidak terduga, dan {became}. {where} Sertakan catatan itu saat melapor."


def _was_recorded(session: Session | None) -> bool:
    """Whether the command's act stands, whatever kept its answer from being given."""
    return session is not None and session.has_recorded
