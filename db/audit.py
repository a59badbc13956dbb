"""Is everything as it was written: the chain of the log, and the file.

The rows are held against the log in `row_audit.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw

from db import schema, statements
from db.errors import DatabaseDamaged
from db.file.connection import Database, Row
from db.file.filesystems import network_kind
from db.file.soundness import dangling, faults
from db.file.synced_folders import synced_by
from db.log_chain import FIRST_PREVIOUS, event_hash, text_hash
from db.rows import AnchoredEvent, ChainReport, Head, Health, Surroundings
from sop.json_text import json_text
from sop.model.errors import SopError

_BATCH = 5000
UNREADABLE = (DatabaseDamaged, SopError, apsw.SQLError, ValueError, LookupError, TypeError, AttributeError)
"""What reading a row gives in which bytes have changed."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def verify_chain(database: Database, after: Head | None = None) -> ChainReport:
    """Check that every event fits the one before it, and that versions, calendars and closings are those of the log.

    Args:
        database: Open.
        after: Go on from an anchor found whole before; None for the whole log.

    Returns:
        Up to where the log is whole, and the first event that is not.
    """
    whole = after or Head(0, FIRST_PREVIOUS)
    if whole.sequence:
        found = database.value(statements.HASH_OF_EVENT, (whole.sequence,))
        if found != whole.hash:
            return ChainReport(0, Head(0, FIRST_PREVIOUS), whole.sequence, "anchor")
    checked = 0
    for row in _events(database, whole.sequence):
        problem = _problem(row, whole)
        if problem is not None:
            return ChainReport(checked, whole, whole.sequence + 1, problem)
        whole = Head(row[0], row[-1])
        checked += 1
    try:
        problem = _strange_content(database)
    except UNREADABLE:
        problem = "unreadable"
    return ChainReport(checked, whole, None if problem is None else whole.sequence, problem)


def _events(database: Database, after: int) -> Iterator[Row]:
    """In batches: a long read would keep the engine's log from being folded back."""
    while rows := database.rows(statements.CHAIN, (after, _BATCH)):
        yield from rows
        after = rows[-1][0]


def _problem(row: Row, before: Head) -> str | None:
    *content, previous, digest = row
    if content[0] != before.sequence + 1:
        return "gap"
    if previous != before.hash:
        return "link"
    try:
        return None if event_hash(previous, tuple(content)) == digest else "content"
    except TypeError:
        # Bytes in place of a text.
        return "content"


def _strange_content(database: Database) -> str | None:
    """What the log refers to by hash or repeats: definitions, calendars, closings."""
    told: set[str] = set()
    closings: set[Row] = set()
    for sequence, act, at, year_id, period, text in database.rows(statements.REFERRING_EVENTS):
        data = json.loads(text)
        told.update(data[part]["hash"] for part in ("sop", "calendar") if "hash" in data.get(part, {}))
        if act == "tutup":
            frozen = (json_text(data["figures"]), data["calendar_revision"], data["head"])
            closings.add((year_id, period, data["closing"], sequence, at, *frozen))
    for question, problem in (
        (statements.DEFINITIONS_AND_HASHES, "definition"),
        (statements.CALENDARS_AND_HASHES, "calendar"),
    ):
        for text, digest in database.rows(question):
            if text_hash(text) != digest or digest not in told:
                return problem
    return None if set(database.rows(statements.FROZEN_CLOSINGS)) == closings else "closing"


def find_anchor(database: Database, digest: str) -> int | None:
    """The sequence number of the event with that hash, or with the only one that begins so; None when there is none."""
    beginning = digest.strip().lower()
    if not beginning or not set(beginning) <= set("0123456789abcdef"):
        return None
    found = database.rows(statements.EVENTS_OF_MARK, (beginning,))
    return int(found[0][0]) if len(found) == 1 else None


def event_at(database: Database, sequence: int) -> AnchoredEvent | None:
    """The event of that number; None where there is none."""
    row = database.row(statements.ANCHORED_EVENT, (sequence,))
    return None if row is None else AnchoredEvent(*row)


def holds(database: Database, anchor: Head) -> bool:
    """Whether the log has that very event."""
    return bool(database.value(statements.HASH_OF_EVENT, (anchor.sequence,)) == anchor.hash)


def last_anchor(database: Database) -> tuple[Head, int] | None:
    """Up to where the log was last found whole, and when; None before the first time."""
    row = database.row(statements.LAST_ANCHOR)
    return (Head(*row[:2]), row[2]) if row is not None else None


def remember_anchor(database: Database, head: Head, now: int) -> None:
    """Keep up to where the log was found whole, for the next check."""
    with database.write():
        database.rows(statements.FORGET_ANCHORS_FROM, (head.sequence,))
        database.rows(statements.ADD_ANCHOR, (head.sequence, head.hash, now))


def health(database: Database, *, full: bool = False) -> Health:
    """How the file and its surroundings are.

    Args:
        database: Open.
        full: Check every index as well, which takes twice as long.
    """
    return Health(
        path=str(database.path),
        engine=apsw.sqlite_lib_version(),
        schema_version=database.schema_version(),
        integrity=faults(database.rows, 20, is_quick=not full),
        foreign_keys=dangling(database.rows),
        schema=schema.differences(database) if full else (),
        surroundings=surroundings(database.path),
    )


def surroundings(path: Path) -> Surroundings:
    """Where the file lies and who may reach it. Raises OSError when it is gone."""
    log = Path(f"{path}-wal")
    return Surroundings(
        file_bytes=path.stat().st_size,
        log_bytes=log.stat().st_size if log.exists() else 0,
        free_bytes=shutil.disk_usage(path.parent).free,
        file_system=network_kind(path),
        synced_by=synced_by(path, os.environ),
        open_to_others=_open_to_others(path),
    )


def _open_to_others(path: Path) -> tuple[str, ...]:
    """What other accounts may read, write or replace. Windows keeps that elsewhere."""
    if sys.platform == "win32":
        return ()
    files = [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm", "-gate")]
    found = [str(file) for file in files if file.exists() and os.stat(file).st_mode & _OTHERS]
    mode = os.stat(path.parent).st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
        found.append(str(path.parent))
    return tuple(found)
