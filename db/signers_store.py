"""Naming the officials who sign recaps. What may happen is `sop/acts/signers.py`."""

from __future__ import annotations

from db.office_acts import Scene
from db.office_rows import Supplement
from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, register_act
from db.store import Store
from sop.acts.signers import cleaned, digest_of
from sop.model.act import Act
from sop.model.events import Event
from sop.model.office import Signer
from sop.model.office_commands import SignerBlanked, SignerNamed
from sop.model.pelaksana import Actor

_BLANK = Signer("")


def name_signer(
    store: Store, office: str, named: SignerNamed, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Say who signs in a position, for all periods or from one on. Where that was said before, it is corrected.

    Raises:
        FaultyInput: Everything that is wrong with it, at once.
        Refused: Neither pengelola nor admin, or nothing changed.
        UnknownOffice, UnknownPerson, StaleCase: As every act on an office.
    """

    details = cleaned(named)

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        _keep(event, kept, details.signer)

    asked = ("sebut", details.position, details.since, digest_of(details.signer))
    return register_act(store, office, actor, Act.PEJABAT, asked, given, lambda scene: details, beside=beside)


def blank_signer(store: Store, office: str, code: str, actor: Actor, given: Given = NOTHING_GIVEN) -> RegisterChanged:
    """Take name, rank and NIP of an official away, for ever; the position stays.

    Raises:
        Unknown: There is no such code.
        Refused: Neither pengelola nor admin, or nothing is left to blank.
        UnknownOffice, UnknownPerson, StaleCase: As every act on an office.
    """

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        _keep(event, kept, _BLANK)

    details = SignerBlanked(code)
    return register_act(
        store, office, actor, Act.PEJABAT, ("kosongkan", code), given, lambda scene: details, beside=beside
    )


def _keep(event: Event, kept: Supplement, signer: Signer) -> None:
    kept.rows["signers", (event.data["code"],)] = {
        "signer_name": signer.name,
        "rank": signer.rank,
        "nip": signer.nip,
    }
