"""Naming the officials who sign recaps. What may happen is `sop/acts/signers.py`."""

from __future__ import annotations

from secrets import token_hex

from db.file.connection import Database
from db.office_acts import Scene
from db.office_rows import Supplement
from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, register_act
from db.signers import signers
from db.store import Store
from sop.acts.signers import cleaned, known_signer
from sop.model.act import Act
from sop.model.events import Event
from sop.model.office import Signer
from sop.model.office_commands import SignerBlanked, SignerNamed
from sop.model.pelaksana import Actor

_BLANK = Signer("")
_SALT_BYTES = 16


def name_signer(
    store: Store, office: str, named: SignerNamed, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Say who signs in a position, for all periods or from one on, or correct what was mistyped of somebody. What is
    closed keeps whom it was closed with.

    Raises:
        FaultyInput: Everything that is wrong with it, at once.
        Refused: Neither pengelola nor admin, or nothing changed.
        Unknown: There is nobody of that code to correct.
        UnknownOffice, UnknownPerson, StaleCase: As every act on an office.
    """

    details = cleaned(named)
    fresh = token_hex(_SALT_BYTES)
    salts: list[str] = []

    def gather(scene: Scene) -> SignerNamed:
        # Who is kept already keeps the salt too: naming the same one again changes nothing.
        rows = {row.state: row for row in signers(scene.database, office)}
        before = known_signer(rows, details)
        held = None if before is None or before.position != details.position else rows[before]
        salts.append(held.salt if held is not None and held.signer == details.signer else fresh)
        return details._replace(salt=salts[-1])

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        _keep(event, kept, details.signer, salts[-1])

    def is_so(database: Database, office_id: int, code: str) -> bool:
        return any(row.state.code == code and row.signer == details.signer for row in signers(database, office))

    asked = ("sebut", details.position, details.since, *filter(None, (details.corrects,)))
    return register_act(store, office, actor, Act.PEJABAT, asked, given, gather, fulfilled=is_so, beside=beside)


def blank_signer(store: Store, office: str, code: str, actor: Actor, given: Given = NOTHING_GIVEN) -> RegisterChanged:
    """Take name, rank and NIP of an official away, for ever; the position stays.

    Raises:
        Unknown: There is no such code.
        Refused: Neither pengelola nor admin, or nothing is left to blank.
        UnknownOffice, UnknownPerson, StaleCase: As every act on an office.
    """

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        _keep(event, kept, _BLANK, "")

    details = SignerBlanked(code)
    return register_act(
        store, office, actor, Act.PEJABAT, ("kosongkan", code), given, lambda scene: details, beside=beside
    )


def _keep(event: Event, kept: Supplement, signer: Signer, salt: str) -> None:
    kept.rows["signers", (event.data["code"],)] = {
        "signer_name": signer.name,
        "rank": signer.rank,
        "nip": signer.nip,
        "salt": salt,
    }
