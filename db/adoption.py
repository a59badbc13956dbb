"""Setting an office up, or its next year: one write transaction and one event of the same log as the acts on a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import people_store
from db.bidang import family
from db.calendar_store import first_calendar, next_calendar
from db.errors import YearExists
from db.file.connection import Database
from db.log_chain import canonical, text_hash
from db.models import Bidang, CalendarRevision, Office, Period, ReportingYear
from db.office_acts import by_home, effective, manager, office_record, question
from db.people_acts import person_entity
from db.queries import head
from db.recall import bidang_of
from db.rows import Address, Applied, SetUp
from db.sop_versions import NewestVersion, add_version, newest_version, refuse_stale, refuse_unsound
from db.store import Store
from sop.acts.procedure import cadences, procedure
from sop.acts.rights import SETTING_UP
from sop.form import toml_format
from sop.model.commands import Typed
from sop.model.definition import Cadence, Sop
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.periods import kept_names, key_of
from sop.model.refusals import Refused, Rule
from sop.model.settings import Settings
from sop.model.state import PeriodPhase
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.instants import ZONES
from sop.time.work_calendar import FIRST_YEAR, LAST_YEAR, CalendarSpec

LONGEST_CODE = 64
"""Characters of an office's code."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is asked of `set_up`. For an office that exists, what is left out stays as it is."""

    sop: Sop
    """Version 1 for an office that has not adopted it; otherwise only its code counts."""
    year: int
    office: str | None = None
    """Code of the office; None for the SOP's own code, or the one office that has adopted it."""
    name: str | None = None
    """None for the name in the SOP."""
    zone: str | None = None
    """None for the zone the SOP proposes."""
    bidang: tuple[str, ...] = ()
    """In order. The list is the office's and not a year's, so one that has a list takes no other name here."""
    cadence: Cadence | None = None
    """For an SOP that names no period; None for triwulan, or what the year before had."""
    calendar: CalendarSpec | None = None
    """Revision 1 for a new office; None for the default hours, with this year and the next filled."""
    reason: str | None = None
    seen: int | None = None
    """Number of the SOP's newest version that was on view, 0 for none; None trusts luck."""
    at: Typed | None = None
    """Since when the office says it holds; None for now."""
    token: str | None = None


def set_up(store: Store, asked: Adoption, actor: Actor) -> SetUp:
    """Make an office, or the next year of one: its SOP, bidang, calendar and the periods of the year.

    Raises:
        Refused: Somebody without the right, per-bidang steps without a bidang, a moment that cannot be, or a token
            used for something else. In a file with people a further office is set up by an admin of one of them.
        StaleCase: Another version of the SOP came since `asked.seen`.
        YearExists: That year is there already.
        FaultyInput: A name, zone, cadence, year or bidang that cannot be taken, all named at once; a further office
            that was given no code.
    """
    wanted = _cleaned(asked)
    digest_of_question = question(Act.SIAPKAN.value, actor.code, *_plain(wanted))
    database = store.database
    with database.write():
        if wanted.token is not None and (earlier := store.earlier(wanted.token, digest_of_question)) is not None:
            return _set_up_again(earlier)
        now = store.now()
        code = office_meant(database, wanted)
        is_new = database.row("SELECT 1 FROM offices WHERE code = ?", (code,)) is None
        person: dict[str, Any] | None = None
        if is_new:
            actor = _founder(database, wanted, actor, now)
            office_id = _new_office(database, code, wanted, now)
            person = None if actor.everybody else people_store.bring_along(database, office_id, actor)
        else:
            office_id = _known_office(database, code, wanted)
            actor = manager(store, office_id, actor, Act.SIAPKAN, now)
        record = office_record(database, code)
        moment, late = effective(database, record, Act.SIAPKAN, wanted.at, wanted.reason, now)
        bidang = _bidang(database, office_id, wanted.bidang)
        sop, version, digest = _adopted(database, office_id, None if is_new else code, wanted, actor, now)
        cadence = _cadence(database, office_id, sop, wanted.cadence)
        if any(step.per_bidang for step in sop.steps) and not bidang:
            raise Refused(Rule.NO_BIDANG, sop=sop.code)
        year_id = _year(database, office_id, sop.code, wanted.year, cadence)
        periods = _periods(database, year_id, sop, wanted.year, cadence)
        calendar = _calendar(database, office_id) if is_new else next_calendar(store, office_id, wanted.year, now)
        office = database.rows("SELECT name, zone FROM offices WHERE id = ?", (office_id,))[0]
        data: dict[str, Any] = {
            "office": {"code": code, "name": office[0], "zone": office[1], "new": is_new},
            "sop": {"code": sop.code, "version": version, "hash": digest},
            "year": wanted.year,
            "cadence": cadence.value if cadence is not None else None,
            "bidang": list(bidang),
            "periods": periods,
            **calendar,
        }
        touches: tuple[str, ...] = ()
        if person is not None:
            data["person"] = person
            touches = (person_entity(actor.code),)
        if wanted.reason is not None:
            data["reason"] = wanted.reason
        newest = head(database)
        event = Event(
            newest.sequence + 1, Act.SIAPKAN, moment, now, actor.code, late_entry=late, touches=touches, data=data
        )
        event_digest = store.record(event, newest, code, year_id, wanted.token, digest_of_question)
    keys = tuple(period["key"] for period in periods)
    return SetUp(event.sequence, event_digest, Address(code, sop.code), wanted.year, keys, is_new)


def _plain(wanted: Adoption) -> tuple[Any, ...]:
    """JSON values for what is asked."""
    cadence = None if wanted.cadence is None else wanted.cadence.value
    named = (wanted.sop.code, wanted.office, wanted.name, wanted.zone, wanted.year)
    return (*named, list(wanted.bidang), cadence, wanted.reason)


def _set_up_again(earlier: Applied) -> SetUp:
    data = earlier.event.data
    address = Address(data["office"]["code"], data["sop"]["code"])
    keys = tuple(period["key"] for period in data["periods"])
    return SetUp(earlier.sequence, earlier.hash, address, data["year"], keys, data["office"]["new"], repeated=True)


# ---------------------------------------------------------------------- setting up


def _cleaned(asked: Adoption) -> Adoption:
    """Texts made fit to keep; everything that cannot be taken is named at once."""
    faults: list[Fault] = []
    office = clean_or_none(asked.office, "opd", LONGEST_CODE)
    zone = asked.zone or asked.sop.zone
    if zone not in ZONES:
        faults.append(Fault("zona", "nilai_tak_dikenal", zone, known=tuple(ZONES)))
    if not FIRST_YEAR <= asked.year <= LAST_YEAR:
        faults.append(Fault("tahun", "bilangan_di_luar_batas", str(asked.year), known=(f"{FIRST_YEAR}-{LAST_YEAR}",)))
    bidang: dict[str, str] = {}
    for text in asked.bidang:
        name = clean_or_none(text, "bidang", LONGEST_NAME)
        if name is None:
            faults.append(Fault("bidang", "teks_kosong"))
        else:
            bidang.setdefault(name.casefold(), name)
    if asked.cadence is not None and all(step.cadence is not None for step in asked.sop.steps):
        written = tuple(sorted({step.cadence.value for step in asked.sop.steps if step.cadence is not None}))
        faults.append(Fault("kadens", "kadens_tertulis", asked.cadence.value, known=written))
    if faults:
        raise FaultyInput(tuple(faults), source="siapkan")
    return replace(
        asked,
        office=office,
        name=clean_or_none(asked.name, "nama", LONGEST_NAME),
        bidang=tuple(bidang.values()),
        reason=clean_or_none(asked.reason, "alasan"),
        token=clean_or_none(asked.token, "token", LONGEST_NAME),
    )


def office_meant(database: Database, wanted: Adoption) -> str:
    """Code of the office meant, which may not be there yet."""
    if wanted.office is not None:
        return wanted.office
    adopters = database.rows(
        "SELECT DISTINCT o.code FROM offices o JOIN sop_versions v ON v.office_id = o.id WHERE v.sop_code = ?",
        (wanted.sop.code,),
    )
    return str(adopters[0][0]) if len(adopters) == 1 else wanted.sop.code


def _founder(database: Database, wanted: Adoption, actor: Actor, now: int) -> Actor:
    """Who makes a new office: anybody while nobody is registered in the file, then an admin of another office of it."""
    founder = by_home(database, actor, Act.SIAPKAN, SETTING_UP, now)
    if wanted.office is None and not founder.everybody and founder.home is not None:
        known = tuple(code for (code,) in database.rows("SELECT code FROM offices ORDER BY id"))
        raise FaultyInput((Fault("--opd", "kantor-baru-perlu-kode", wanted.sop.code, known),), source="siapkan")
    return founder


def _known_office(database: Database, code: str, wanted: Adoption) -> int:
    """Row of an office that is there. Raises FaultyInput where it is asked to be another than it is."""
    office_id, name, zone = database.rows("SELECT id, name, zone FROM offices WHERE code = ?", (code,))[0]
    faults = [
        Fault(place, "kantor_sudah_ada", found=asked, known=(kept,))
        for place, asked, kept in (("nama", wanted.name, name), ("zona", wanted.zone, zone))
        if asked is not None and asked != kept
    ]
    if faults:
        raise FaultyInput(tuple(faults), source="siapkan")
    return int(office_id)


def _new_office(database: Database, code: str, wanted: Adoption, now: int) -> int:
    """Row of an office made now, with its calendar."""
    shared = database.peewee
    zone = wanted.zone or wanted.sop.zone
    office_id = Office.insert(
        code=code, name=wanted.name or wanted.sop.office, zone=zone, settings=canonical(Settings().to_dict())
    ).execute(shared)
    spec = canonical((wanted.calendar or first_calendar(zone, wanted.year)).to_dict())
    CalendarRevision.insert(
        office=office_id, revision=1, spec=spec, content_hash=text_hash(spec), recorded=now
    ).execute(shared)
    return int(office_id)


def _bidang(database: Database, office_id: int, wanted: Sequence[str]) -> tuple[str, ...]:
    """The office's list; an office without one gets it now.

    Raises:
        FaultyInput: Another name than those of the list: it would enter the next fan-out of years that run already.
    """
    known = bidang_of(database, office_id)
    folded = {name.casefold() for name in known}
    units = family(database, office_id)
    # A name that ended by renaming or merging is no new bidang: its unit goes on under the name it has by now.
    added = [name for name in wanted if units.present_name(name).casefold() not in folded]
    if known and added:
        raise FaultyInput(tuple(Fault("bidang", "bidang-milik-kantor", name, known) for name in added), "siapkan")
    first = database.value("SELECT coalesce(max(position), 0) FROM bidang WHERE office_id = ?", (office_id,))
    for position, name in enumerate(added, first + 1):
        Bidang.insert(office=office_id, name=name, position=position, active=1).execute(database.peewee)
    return (*known, *added)


def _adopted(
    database: Database, office_id: int, office: str | None, wanted: Adoption, actor: Actor, now: int
) -> NewestVersion:
    """The office's newest version of the SOP; version 1 is made of what is asked where there is none."""
    newest = newest_version(database, office_id, wanted.sop.code)
    refuse_stale(database, office, wanted.sop.code, actor, wanted.seen, newest)
    if newest is not None:
        return newest
    refuse_unsound(wanted.sop)
    number = add_version(database, office_id, wanted.sop, 1, now)
    return NewestVersion(wanted.sop, number, toml_format.content_hash(wanted.sop))


def _cadence(database: Database, office_id: int, sop: Sop, wanted: Cadence | None) -> Cadence | None:
    """The office's choice: what is asked, else that of its newest year, else triwulan; None where the SOP names it."""
    if all(step.cadence is not None for step in sop.steps):
        return None
    if wanted is not None:
        return wanted
    before = database.value(
        "SELECT cadence FROM reporting_years WHERE office_id = ? AND sop_code = ? ORDER BY year DESC LIMIT 1",
        (office_id, sop.code),
    )
    return Cadence(before) if before is not None else Cadence.TRIWULAN


def _year(database: Database, office_id: int, sop: str, number: int, cadence: Cadence | None) -> int:
    same = "SELECT id FROM reporting_years WHERE office_id = ? AND sop_code = ? AND year = ?"
    if database.row(same, (office_id, sop, number)) is not None:
        code = database.value("SELECT code FROM offices WHERE id = ?", (office_id,))
        raise YearExists(office=code, sop=sop, year=number)
    chosen = cadence.value if cadence is not None else None
    added = ReportingYear.insert(office=office_id, sop_code=sop, year=number, cadence=chosen)
    return int(added.execute(database.peewee))


def _periods(database: Database, year_id: int, sop: Sop, number: int, cadence: Cadence | None) -> list[dict[str, Any]]:
    """Rows for the periods that the year keeps, and how the event names them."""
    periods: list[dict[str, Any]] = []
    for name in kept_names(cadences(sop, cadence)):
        key = key_of(number, name)
        has_case = procedure(sop, key, cadence) is not None
        phase = PeriodPhase.BELUM if has_case else PeriodPhase.BUKA
        periods.append({"key": key, "has_case": has_case})
        Period.insert(
            reporting_year=year_id,
            key=key,
            has_case=int(has_case),
            phase=phase.value,
            revision=0,
            closings=0,
            reopenings=0,
            waivers="{}",
            last_case=0,
        ).execute(database.peewee)
    return periods


def _calendar(database: Database, office_id: int) -> dict[str, Any]:
    """The calendar in force, as the event names it."""
    revision, digest = database.rows(
        "SELECT revision, content_hash FROM calendar_revisions WHERE office_id = ? ORDER BY revision DESC LIMIT 1",
        (office_id,),
    )[0]
    return {"calendar": {"revision": revision, "hash": digest}}
