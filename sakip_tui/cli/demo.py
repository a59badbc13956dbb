"""`sakip contoh`: a demo office, kept only where `--db` says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from db import opening, seed
from db.seed_indicators import measure
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import FILE_NAME, Session
from sakip_tui.cli.start import open_board
from sakip_tui.cli.streams import remark
from sop.model.errors import Fault, FaultyInput


def demo(session: Session) -> Reply | None:
    """Build the demo office and show its board.

    Raises:
        FaultyInput: There is already something where it should be kept.
    """
    given = session.arguments.text("--db")
    if given is not None:
        if session.path.exists():
            raise FaultyInput((Fault("--db", "sudah-ada", given[:60]),))
        lost = session.office_lost()
        answer = _shown(session, session.path)
        if lost:
            remark(lost)
        return answer
    with tempfile.TemporaryDirectory(prefix="sakip-contoh-", ignore_cleanup_errors=True) as folder:
        try:
            answer = _shown(session, Path(folder) / FILE_NAME)
            # The text is drawn while the database is still there.
            text = "" if answer is None else answer.text()
        finally:
            session.close()
        return None if answer is None else Reply(answer.document, lambda: text)


def _shown(session: Session, path: Path) -> Reply | None:
    session.__dict__["path"] = path
    with opening.open(path, create=True) as database, database.write():
        measure(database, seed.build(database, session.now, _account(session)), session.now, seed.MANAGER)
    return open_board(session)


def _account(session: Session) -> str | None:
    """The account under which whoever looks at it is its first person; None where a name is given, which then proves
    itself, or where the account is called as one of its people."""
    account = session.account
    return account if session.claimed is None and account.casefold() not in seed.CODES else None
