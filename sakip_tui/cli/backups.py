"""`sakip cadangkan` and `sakip pulihkan`. The backup of each day is made in `upkeep.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import backup_plan, identity, opening
from db.audit import UNREADABLE
from db.errors import DatabaseMissing, DbError, UnknownOffice, UnknownPerson
from db.file import backup
from db.restoration import Restoration, Vouched
from sakip_tui.cli.event_shapes import event_document
from sakip_tui.cli.people_identity import identity_in
from sakip_tui.cli.reply import FAULTY, Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.cli.streams import answered
from sakip_tui.views.restoring import CONFIRMATION, divergence_words
from sop.acts.rights import may
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import Refused, Rule
from sop.time.instants import offset_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.file.connection import Database
    from db.restoration import Divergence


def back_up(session: Session) -> Reply:
    """`sakip cadangkan [DOKUMEN]`."""
    database = session.database
    _require_manager(session, database, "cadangkan")
    given = session.arguments.text("DOKUMEN")
    if given is None:
        target, head = backup_plan.copy_by_hand(database, session.now)
    else:
        target = _path(given)
        if os.path.isdir(target):
            target = target / backup_plan.name_by_hand(database, session.now)
        head = backup.copy(database, target.absolute())
    size = target.stat().st_size
    document = {"path": str(target), "bytes": size, "sequence": head.sequence, "hash": head.hash}
    text = f"Cadangan: {target}\nUtuh dan terperiksa sampai catatan nomor {head.sequence}, sidik {head.hash}."
    return Reply(document, lambda: text)


def restore(session: Session) -> Reply:
    """`sakip pulihkan DOKUMEN`: says what would be lost, asks, and replaces."""
    source = _path(session.arguments.text("DOKUMEN") or "")
    place = session.path
    with Restoration(source, place, session.now) as restoration:
        by, vouched = may_restore(session, restoration.prepared)
        document = _document(restoration.difference, source, place)
        words = divergence_words(restoration.difference)
        somebody = _at_terminal()
        if not session.arguments.has("--ya") and not (somebody and _agreed(words)):
            remarks = (_HOW_TO_AGREE,) if somebody else (*words, _HOW_TO_AGREE)
            return Reply(document | {"restored": False}, lambda: "", remarks, FAULTY)
        done = restoration.carry_out(by, session.host, vouched)
    document |= {
        "restored": True,
        "kept": None if done.kept is None else str(done.kept),
        "sequence": done.sequence,
        "hash": done.hash,
    }
    words += [f"Dipulihkan: {place}"]
    if done.kept is not None:
        words.append(f"Yang digantikan disimpan di {done.kept}")
    return Reply(document, lambda: "\n".join(words))


_HOW_TO_AGREE = "Tidak ada yang diganti. Bila memang itu yang diinginkan, ulangi dengan --ya."


# ---------------------------------------------------------------------- who may
def _require_manager(session: Session, database: Database, act: str) -> tuple[str, Vouched]:
    """The code of who asks, and what stands behind them. A copy of the file holds everything about everybody, and
    restoring undoes what others did.

    Raises:
        Refused, UnknownPerson, UnknownOffice: Neither pengelola nor admin of the office named, or of any in the file.
    """
    office = session.arguments.text("--opd")
    # Also from the first screen of a damaged file: there nobody was asked for a PIN when it began.
    asking = identity_in(session, database, office, acts=act == "pulihkan")
    where, actor = identity.vouched_actor(database, asking, Act.PULIHKAN, session.now, office)
    if not may(actor, Act.PULIHKAN):
        raise Refused(Rule.MANAGER_ONLY, act=act)
    return actor.code, Vouched(where, session.account if where is None else None)


def may_restore(session: Session, prepared: Path) -> tuple[str, Vouched]:
    """Who asks and what stands behind them, by the rights in the database; where it cannot be read, by those in the
    backup."""
    try:
        with opening.open(session.path) as database:
            return _require_manager(session, database, "pulihkan")
    except (DbError, *UNREADABLE) as error:
        if isinstance(error, UnknownOffice | UnknownPerson | Refused):
            # It could be read, and says no: older rights in a copy count for nothing.
            raise
        if isinstance(error, DatabaseMissing):
            # Nothing is lost: there was nothing.
            return session.locked or session.claimed or session.account, Vouched(account=session.account)
    with opening.open(prepared, copies=False) as database:
        by, vouched = _require_manager(session, database, "pulihkan")
    return by, vouched._replace(by_backup=vouched.office is not None)


# ---------------------------------------------------------------------- words
def _path(given: str) -> Path:
    if not given.strip() or "\0" in given or not given.isprintable():
        raise FaultyInput((Fault("DOKUMEN", "nama-tak-terpakai", ""),))
    return Path(given)


def _document(found: Divergence, source: Path, place: Path) -> dict[str, Any]:
    return {
        "source": str(source),
        "path": str(place),
        "backup": {
            "sequence": found.backup.sequence,
            "hash": found.backup.hash,
            "recorded_at": None if found.recorded is None else iso(found.recorded, offset_of(found.zone)),
        },
        "replaced": None if found.current is None else {"sequence": found.current.sequence, "hash": found.current.hash},
        "common": found.common,
        "lost_count": found.lost_count,
        "gained_count": found.gained_count,
        "lost": [event_document(one, offset_of(found.zone_of(one.office))) for one in found.lost],
    }


def _at_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin is not None and sys.stderr is not None and sys.stdin.isatty()


def _agreed(words: Sequence[str]) -> bool:
    """Tell what would be lost, and ask."""
    return answered("\n".join([*words, f"Ketik {CONFIRMATION} untuk mengganti basis data: "])) == CONFIRMATION
