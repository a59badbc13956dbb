"""Who will sign a period's page once it is closed, for whoever closes it."""

from __future__ import annotations

from collections.abc import Sequence

from db.rows import Board
from db.signers import SignerRow
from sop.look.signers import acting_of, signer_for, signing_positions
from sop.look.year import sop_of


def signing(rows: Board, period: str, named: Sequence[SignerRow]) -> tuple[tuple[str, str], ...]:
    """(position, name) of everybody who signs, as the page prints it; without a name where nobody was named for it.

    Args:
        rows: The year.
        period: Key.
        named: The officials of the office.
    """
    found = []
    for position in filter(None, signing_positions(rows.settings, sop_of(rows, period))):
        state = signer_for([row.state for row in named], position, period)
        row = next((row for row in named if row.state == state), None)
        if row is None:
            found.append((position, ""))
        else:
            found.append((row.state.position if acting_of(row.state.position) else position, row.signer.name))
    return tuple(found)
