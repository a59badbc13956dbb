"""Reading: which versions of an SOP an office has, and which cases run on them."""

from __future__ import annotations

import json
from typing import NamedTuple

from db import statements
from db.case_queries import sop_of
from db.file.connection import Database
from db.moments import moment
from sop.model.definition import Sop


class VersionRow(NamedTuple):
    """One version of an office's SOP."""

    number: int
    recorded: int
    by: str | None
    """Code of who brought it in."""
    reason: str | None


class RunningCase(NamedTuple):
    """A case that has not ended."""

    period: str
    version: int
    revision: int
    steps: tuple[int, ...]
    """Numbers of its open runs' steps."""


class SopFile(NamedTuple):
    """An office's SOP as its screen shows it."""

    sop: Sop
    """The version asked for, confirmations shown."""
    version: int
    versions: tuple[VersionRow, ...]
    """The newest first."""
    running: tuple[RunningCase, ...]


def sop_file(database: Database, office: str, code: str, version: int | None = None) -> SopFile | None:
    """A version of an office's SOP (the newest unless named), with its history and its running cases.

    Returns:
        None where the office has no such version.
    """
    found = sop_of(database, office, code, version)
    if found is None:
        return None
    with database.read():
        office_id = database.value(statements.OFFICE_OF_CODE, (office,))
        return SopFile(
            found.sop, found.version, _versions(database, office_id, office, code), _running(database, office_id, code)
        )


def _versions(database: Database, office_id: int, office: str, code: str) -> tuple[VersionRow, ...]:
    rows = database.rows(statements.SOP_HISTORY, (office_id, code))
    # Setting up, importing and changing name the version; the first event that does brought it in.
    brought: dict[int, tuple[str, str | None]] = {}
    for by, data in database.rows(statements.TOLD_OF_SOPS, (office,)):
        told = json.loads(data)
        if told["sop"]["code"] == code and "hash" in told["sop"]:
            brought.setdefault(told["sop"]["version"], (by, told.get("reason")))
    return tuple(VersionRow(number, moment(recorded), *brought.get(number, (None, None))) for number, recorded in rows)


def _running(database: Database, office_id: int, code: str) -> tuple[RunningCase, ...]:
    found = []
    for case_id, period, version, revision in database.rows(statements.RUNNING_CASES, (office_id, code)):
        steps = database.rows(statements.OPEN_STEPS, (case_id,))
        found.append(RunningCase(period, version, revision, tuple(step for (step,) in steps)))
    return tuple(found)
