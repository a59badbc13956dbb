"""The officials who sign recaps: what is kept of each.

Name, rank and NIP stand here alone; the log holds the position and their hash, with a salt that is blanked with them.
Writing is `signers_store.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from db import statements
from db.file.connection import Database
from db.people import office_id_of
from sop.model.office import Signer, SignerState


class SignerRow(NamedTuple):
    """One official of an office."""

    state: SignerState
    signer: Signer
    """Empty where it was blanked."""
    salt: str = ""
    """What stands before it in the log's hash."""


def signers(database: Database, office: str) -> tuple[SignerRow, ...]:
    """Everybody who was ever named, in that order. Raises UnknownOffice."""
    with database.read():
        return tuple(
            SignerRow(SignerState(code, position, digest, since), Signer(name, rank, nip), salt)
            for code, position, since, digest, name, rank, nip, salt in database.rows(
                statements.SIGNERS, (office_id_of(database, office),)
            )
        )


def signers_of(database: Database, office_id: int) -> tuple[SignerState, ...]:
    """The officials who sign the recaps of an office, without what is personal."""
    return tuple(
        SignerState(code, position, digest, since)
        for code, position, since, digest, *_ in database.rows(statements.SIGNERS, (office_id,))
    )
