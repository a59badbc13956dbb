"""Makes an office from what was asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import case_queries, identity
from db.adoption import Adoption, set_up
from sop.form import catalog
from sop.model.act import Act

if TYPE_CHECKING:
    from db.identity import Identity
    from db.store import Store
    from sakip_tui.desk import NewOffice


def adopt(store: Store, wanted: NewOffice, person: Identity) -> None:
    """Set the office up. Raises what `db.adoption.set_up` does."""
    imported = case_queries.sop_of(store.database, None, wanted.sop)
    asked = Adoption(
        catalog.load(wanted.sop) if imported is None else imported.sop,
        wanted.year,
        office=wanted.code,
        name=wanted.name,
        zone=wanted.zone,
        bidang=wanted.bidang,
        cadence=wanted.cadence,
    )
    # Whoever sets up the first office has every right; of a further one it is an admin of another one of the file.
    set_up(store, asked, identity.actor_of_file(store.database, person, Act.PENGGUNA, store.now()))
