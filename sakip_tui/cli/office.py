"""`sakip siapkan`: an office, or the next year of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import case_queries, identity, queries
from db.adoption import Adoption, office_meant
from db.adoption import set_up as adopt
from sakip_tui.cli.beside import beside
from sakip_tui.cli.people_identity import actor_in, identity_in
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sop.form import catalog
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.errors import UnknownSop
from sop.time.instants import ZONES, civil, offset_of
from sop.words.labels import listed

_YEARS = (2000, 2099)
"""The years that can be set up."""

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import SetUp
    from sop.model.definition import Sop
    from sop.model.pelaksana import Actor


def set_up(session: Session) -> Reply:
    """Adopt an SOP for a year.

    What cannot be is refused before a database is made; one that was made for nothing is taken away again.
    """
    values = Values(session)
    year = values.number("--tahun", *_YEARS)
    cadence = values.choice("--kadens", tuple(Cadence))
    exists = session.has_database
    sop = _wanted_sop(session, values, exists)
    if session.arguments.text("--tahun") is None:
        year = _next_year(session, values, sop, exists)
    values.check()
    assert sop is not None
    assert year is not None
    _know_zone(session, sop, exists)
    given = beside(values, sop.lane_names)
    wanted = Adoption(
        sop=sop,
        year=year,
        office=session.arguments.text("--opd"),
        name=session.arguments.text("--nama"),
        zone=session.arguments.text("--zona"),
        bidang=session.arguments.texts("--bidang"),
        cadence=None if cadence is None else Cadence(cadence),
        **given.circumstances,
    )
    with session.new_database() as database:
        done = adopt(store(session), wanted, _founder(session, database, wanted))
        database.learn_plans()
    return Reply(_document(session, done), lambda: _said(session, done), given.remarks)


def _next_year(session: Session, values: Values, sop: Sop | None, exists: bool) -> int | None:
    """The year after the newest that an office has of an SOP (rules 3.11).

    A year that lies ahead already is no next one: what is said twice by mistake prepares no year after that.
    """
    having = [(row, item) for row in (session.offices_meant if exists else ()) for item in row.sops if item.years]
    if sop is not None:
        having = [(row, item) for row, item in having if item.code == sop.code]
    if len(having) != 1:
        values.fault("", "opsi-wajib", "--tahun")
        return None
    row, item = having[0]
    newest = max(item.years)
    if newest > civil(session.now, offset_of(row.zone)).year or newest >= _YEARS[1]:
        values.fault("", "tahun-sudah-disiapkan", str(newest))
        return None
    return newest + 1


def _founder(session: Session, database: Database, wanted: Adoption) -> Actor:
    """Who sets up: with the rights in the office meant; of a new one as an admin of another one of the file."""
    with database.read():
        office = office_meant(database, wanted)
    if any(row.code == office for row in queries.offices(database)):
        return actor_in(session, office)
    return identity.actor_of_file(database, identity_in(session, database, None), Act.PENGGUNA, session.now)


def _know_zone(session: Session, sop: Sop, exists: bool) -> None:
    """Let the session know the zone of the office, or of the one to be made."""
    zone = session.arguments.text("--zona") or sop.zone
    for row in session.offices_meant if exists else ():
        zone = row.zone
    if zone in ZONES:
        session.know_zone(zone)


def _wanted_sop(session: Session, values: Values, exists: bool) -> Sop | None:
    """The SOP named: of the catalog, imported, or the office's own; unnamed, the one an existing office has."""
    code = session.arguments.text("--sop")
    if code is None:
        adopted = _adopted(session) if exists else ()
        if len(adopted) != 1:
            values.fault("--sop", "sop-perlu-disebut", known=adopted or catalog.codes())
            return None
        code = adopted[0]
    if exists:
        owned = _owned(session, code)
        if owned is not None:
            return owned
    try:
        return catalog.load(code)
    except UnknownSop:
        known = (*catalog.codes(), *(queries.imported_codes(session.database) if exists else ()))
        values.fault("--sop", "pilihan-salah", code, known)
        return None


def _adopted(session: Session) -> tuple[str, ...]:
    return tuple(sop.code for row in session.offices_meant for sop in row.sops)


def _owned(session: Session, code: str) -> Sop | None:
    """The newest version an office has adopted, else the newest imported."""
    for row in session.offices_meant:
        if any(sop.code == code for sop in row.sops):
            found = case_queries.sop_of(session.database, row.code, code)
            return None if found is None else found.sop
    found = case_queries.sop_of(session.database, None, code)
    return None if found is None else found.sop


def _document(session: Session, done: SetUp) -> dict[str, object]:
    return {
        "sequence": done.sequence,
        "hash": done.hash,
        "office": done.address.office,
        "sop": done.address.sop,
        "year": done.year,
        "periods": list(done.periods),
        "new_office": done.new_office,
        "repeated": done.repeated,
        "database": str(session.path),
    }


def _said(session: Session, done: SetUp) -> str:
    row = next(row for row in queries.offices(session.database) if row.code == done.address.office)
    what = "Kantor disiapkan" if done.new_office else "Tahun disiapkan"
    lines = [f"{what}: {row.name} ({done.address.office}), SOP {done.address.sop}, tahun {done.year}, {row.zone}."]
    lines.append(f"Periode: {', '.join(done.periods)}.")
    if row.bidang:
        lines.append(f"Bidang: {listed(row.bidang)}.")
    lines.append(f"Tersimpan di {session.path}. Belum ada periode yang dibuka.")
    return "\n".join(lines)
