"""The writing side of a command: loaded by the commands that record an act, and by no other."""

from __future__ import annotations

from db.store import Store
from sakip_tui.cli.session import Session
from sakip_tui.clock import running_beside


def store(session: Session) -> Store:
    """The store that keeps what the command does, the same throughout."""
    if session.kept_store is None:
        # The clock itself, not `now`: while this command waits for its turn, others write later moments.
        session.kept_store = Store(session.database, session.clock, session.host, running_beside(session.clock))
    return session.kept_store
