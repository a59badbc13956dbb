"""Asking a person's PIN on the command line: typed at the terminal, or read from a file descriptor (rules part 3).

Never an argument and never the environment: both are seen by others and kept in histories.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from db.people_pins import sign_in
from db.store import Store
from sakip_tui.clock import running_beside
from sop.form.faults import shown
from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import Refused, Rule

if TYPE_CHECKING:
    from db.file.connection import Database
    from sakip_tui.cli.session import Session

OPTION = "--pin-dari"
_LONGEST = 100
"""Bytes of a line that may hold a PIN."""


def prove(session: Session, database: Database, office: str, code: str) -> None:
    """Ask for a person's PIN and let pass whoever knows it.

    Raises:
        FaultyInput: `--pin-dari` names nothing that can be read.
        Refused: There is nowhere to ask (IDENTITY_UNPROVEN), or what `people_pins.sign_in` raises.
    """
    pin = _read(session.arguments.text(OPTION) or "") if session.arguments.has(OPTION) else _typed(code)
    store = Store(database, session.clock, session.host, running_beside(session.clock))
    sign_in(store, office, code, pin)


def _typed(code: str) -> str:
    """The PIN from the terminal. Raises Refused where there is none."""
    if not sys.stdin.isatty():
        raise Refused(Rule.IDENTITY_UNPROVEN, claimed=code)

    try:
        return getpass.getpass(f"PIN {code}: ")
    except EOFError:
        raise Refused(Rule.IDENTITY_UNPROVEN, claimed=code) from None


def _read(given: str) -> str:
    """One line from a file descriptor, and not a byte more: what follows is the command's own input."""
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise FaultyInput((Fault(OPTION, "deskriptor", shown(given)),))
    line = bytearray()
    try:
        while len(line) < _LONGEST and (byte := os.read(int(given), 1)) not in (b"", b"\n"):
            line += byte
    except OSError:
        raise FaultyInput((Fault(OPTION, "deskriptor", shown(given)),)) from None
    return line.decode("utf-8", "replace").strip()
