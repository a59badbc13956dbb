"""Makes an office from what the first start asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import case_queries
from db.adoption import Adoption, set_up
from sop.form import catalog
from sop.model.pelaksana import Actor

if TYPE_CHECKING:
    from db.store import Store
    from sakip_tui.desk import NewOffice


def adopt(store: Store, wanted: NewOffice, person: str) -> None:
    """Set the office up. Raises what `db.adoption.set_up` does."""
    imported = case_queries.sop_of(store.database, None, wanted.sop)
    asked = Adoption(
        catalog.load(wanted.sop) if imported is None else imported.sop,
        wanted.year,
        name=wanted.name,
        zone=wanted.zone,
        bidang=wanted.bidang,
        cadence=wanted.cadence,
    )
    # Whoever sets up the first office has every right: nobody is registered yet.
    set_up(store, asked, Actor(person, everybody=True))
