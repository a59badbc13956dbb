"""Writing an office's SOPs: bringing a version in, confirming or changing what a document leaves open.

What may happen is `sop/acts/sop_acts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db import statements
from db.errors import UnknownAdoption
from db.file.connection import Database
from db.office_acts import NOTHING_GIVEN, Given, Scene, perform, question
from db.rows import Address, Applied, Recorded
from db.store import Store
from sop.acts.sop_acts import plain_value, refuse_unsound
from sop.form import toml_format
from sop.model.act import Act
from sop.model.definition import Field, Sop
from sop.model.office_commands import Importing, Settling
from sop.model.pelaksana import Actor


def import_sop(
    store: Store,
    sop: Sop,
    actor: Actor,
    given: Given = NOTHING_GIVEN,
    *,
    office: str | None = None,
) -> Recorded:
    """Keep an SOP as the newest version of its code, for an office or (None) until one is set up with it.

    Args:
        store: Where.
        sop: The definition.
        actor: The pengelola or an admin; anybody, where no office is named.
        given: What was seen is the number of the newest version that was on view, 0 for none.
        office: Code of the office.

    Raises:
        FaultyInput: The definition is not sound.
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Another version came since `seen`.
        UnknownOffice: No office has that code.
    """
    refuse_unsound(sop)
    given = given.cleaned()
    asked = question(Act.SOP_IMPOR.value, actor.code, toml_format.content_hash(sop), office, given.reason)
    details = Importing(sop)
    return _recorded(perform(store, Act.SOP_IMPOR, office, actor, given, asked, lambda scene: details))


def confirm_sop(
    store: Store,
    address: Address,
    step: int,
    values: Mapping[Field, Any],
    actor: Actor,
    given: Given = NOTHING_GIVEN,
) -> Recorded:
    """Confirm or change what a step of the office's SOP leaves open (`sop tetapkan`).

    A value that stays as it is counts as confirmed at once, also for running cases: in every version that has the same
    value there. A value that differs makes a new version, on which later cases begin.

    Args:
        store: Where.
        address: Which office and SOP.
        step: Its number.
        values: Field -> value: PELAKSANA a sequence of lanes, DECIDER a lane, TIDAK a step number, YA a step number
            or None for the end, CADENCE, PER_BIDANG, JOINT, DATA and DAY_KIND as in `Step` and `Waktu`. Empty:
            everything of the step that is only implied or assumed, as it stands.
        actor: The pengelola or an admin.
        given: What was seen is the number of the newest version that was on view.

    Raises:
        Refused: Somebody without the right, a decision asked of a step without one, nothing left to confirm, a moment
            that cannot be, or a token used for something else.
        StaleCase: Another version came since `seen`.
        Unknown: No such step or lane.
        FaultyInput: The changed SOP would not be sound.
        UnknownOffice, UnknownAdoption: The address stands for nothing.
    """
    given = given.cleaned()
    plain = {str(name): plain_value(value) for name, value in values.items()}
    asked = question(Act.SOP_TETAPKAN.value, actor.code, address.office, address.sop, step, plain, given.reason)

    def gather(scene: Scene) -> Settling:
        if address.sop not in scene.office.sops:
            known = _adopted_codes(scene.database, scene.there.id)
            raise UnknownAdoption(office=address.office, sop=address.sop, known=known)
        return Settling(address.sop, step, values)

    return _recorded(perform(store, Act.SOP_TETAPKAN, address.office, actor, given, asked, gather))


def _recorded(done: Applied) -> Recorded:
    sop = done.event.data["sop"]
    return Recorded(done.sequence, done.hash, sop["version"], new_version="hash" in sop, repeated=done.repeated)


def _adopted_codes(database: Database, office_id: int) -> tuple[str, ...]:
    return tuple(code for code, _ in database.rows(statements.ADOPTED_SOPS, (office_id,)))
