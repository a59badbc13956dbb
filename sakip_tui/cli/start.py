"""`sakip` alone: the screens, or where there is no terminal the board as text."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sop.loading import load

STARTS = MappingProxyType(
    {
        "seat": "sakip_tui.cli.people_identity:seat",
        "screens": "sakip_tui.app:run",
        "text": "sakip_tui.cli.boards:open_boards",
        "restore": "sakip_tui.backups.restoring:restore",
        "who may": "sakip_tui.cli.backups:may_restore",
    }
)
"""The one place of the command line that may load the screens."""


def open_board(session: Session) -> Reply | None:
    """Open the screens and stay until they are closed: None; without a terminal the answer of `sakip papan`."""
    if not session.is_at_terminal:
        reply: Reply = load(STARTS["text"])(session)
        return reply
    run = load(STARTS["screens"])
    said = ""
    while True:
        seat = load(STARTS["seat"])(session)
        wish = run(
            session.path,
            person=seat.identity,
            asks_who=not seat.is_proven,
            account=session.account,
            is_locked=session.locked is not None,
            office=session.arguments.text("--opd"),
            sop=session.arguments.text("--sop-aktif"),
            clock=session.clock,
            host=session.host,
            said=said,
        )
        if wish is None:
            return None
        # The file can be replaced only now that the screens have let go of it; then they open anew.
        who_may = partial(load(STARTS["who may"]), session)
        said = load(STARTS["restore"])(session.path, wish, session.clock(), session.host, who_may)
