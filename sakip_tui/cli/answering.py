"""Answers one command: lets in who asks, calls the command's handler, prints what it answers, looks after the file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import MappingProxyType

from sakip_tui.cli.recording import BOARD, ELSEWHERE, records
from sakip_tui.cli.reply import DONE, Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.streams import answering, legible, remark, speaks_unicode
from sop.loading import load

AROUND = MappingProxyType(
    {
        "admit": "sakip_tui.cli.admission:admit",
        "prove": "sakip_tui.cli.admission:prove",
        "aftercare": "sakip_tui.aftercare:look_after",
        "failure": "sakip_tui.cli.failures:unexpected",
    }
)
"""What only some commands need beside their handler."""


def answer(session: Session) -> int:
    """Answer the command of a session.

    Returns:
        The exit code.

    Raises:
        AnswerLost, BrokenPipeError: As `streams.answering`.
        Exception: Whatever stands in the way; `failures.report` says it.
    """
    if session.locked is not None or session.arguments.has("--opd"):
        load(AROUND["admit"])(session)
    if _asks_who(session):
        load(AROUND["prove"])(session)
    code = _carry_out(session)
    _look_after(session)
    return code


def _asks_who(session: Session) -> bool:
    """Whether the command records an act or names somebody, so that it must be known who asks."""
    words = session.arguments.verb.words
    if words in ELSEWHERE or (words == BOARD and session.is_at_terminal) or not session.has_database:
        return False
    return records(session.arguments) or session.claimed is not None


def _carry_out(session: Session) -> int:
    arguments = session.arguments
    handler: Callable[[Session], Reply | None] = load(arguments.verb.handler)
    reply = handler(session)
    if reply is None:
        return DONE
    for each in reply.remarks:
        remark(each)
    if arguments.has("--json"):
        text = json.dumps(reply.document, ensure_ascii=not speaks_unicode())
    else:
        text = legible(reply.text())
    with answering(arguments):
        if text:
            print(text)
        sys.stdout.flush()
    return reply.code


def _look_after(session: Session) -> None:
    """After an act, once its answer is out: today's backup, and what the surroundings need."""
    if "database" not in session.__dict__ or not session.has_recorded:
        return
    try:
        for each in load(AROUND["aftercare"])(session.database, session.now):
            remark(each)
    except Exception as error:
        # The act was answered already, and stands.
        remark(load(AROUND["failure"])(error, session))
