"""The rows of an office beside its cases, written one by one. What these statements are given has names.

A row is named by what it says (codes, an SOP and its version, which of a person's lanes), never by its number.
"""

from __future__ import annotations

from peewee import SQL, Case, Query, fn

from db.models import (
    Bidang,
    CalendarRevision,
    Confirmation,
    IndicatorLine,
    LaneTerm,
    Opd,
    Person,
    Pin,
    ReportingYear,
    SigningOfficial,
    SopVersion,
    TargetBook,
    TargetLine,
)

_Row, _Unit = LaneTerm.alias(), Bidang.alias()


def _office(code: SQL) -> Query:
    return Opd.select(Opd.id).where(Opd.code == code)


def _person(office: SQL, code: SQL) -> Query:
    return Person.select(Person.id).where(Person.office == _office(office), Person.code == code)


def _version(office: SQL, sop_code: SQL, version: SQL) -> Query:
    return SopVersion.select(SopVersion.id).where(
        SopVersion.office >> _office(office), SopVersion.sop_code == sop_code, SopVersion.version == version
    )


def add_office(office: SQL, name: SQL, zone: SQL, settings: SQL) -> Query:
    """Settings as JSON."""
    return Opd.insert(code=office, name=name, zone=zone, settings=settings)


def change_office(office: SQL, name: SQL, zone: SQL, settings: SQL) -> Query:
    """The office keeps its code."""
    return Opd.update(name=name, zone=zone, settings=settings).where(Opd.code == office)


def add_calendar(office: SQL, revision: SQL, text: SQL, hash: SQL, now: SQL) -> Query:
    """A revision of the office's calendar: its text is the JSON that the hash is of."""
    return CalendarRevision.insert(
        office=_office(office), revision=revision, spec=text, content_hash=hash, recorded=now
    )


def add_bidang(office: SQL, name: SQL, position: SQL, active: SQL, since: SQL, until: SQL) -> Query:
    """Its successor, which may come with it, is for `change_bidang`."""
    return Bidang.insert(office=_office(office), name=name, position=position, active=active, since=since, until=until)


def change_bidang(office: SQL, name: SQL, position: SQL, active: SQL, since: SQL, until: SQL, successor: SQL) -> Query:
    """A name stays what it is: a new name is a row of its own, which the old one names as its successor."""
    following = _Unit.select(_Unit.id).where(_Unit.office == _office(office), _Unit.name == successor)
    return Bidang.update(position=position, active=active, since=since, until=until, successor=following).where(
        Bidang.office == _office(office), Bidang.name == name
    )


def add_sop_version(office: SQL, sop_code: SQL, version: SQL, text: SQL, hash: SQL, now: SQL) -> Query:
    """With no office, what was brought in for none. The text is the JSON that the hash is of."""
    return SopVersion.insert(
        office=_office(office), sop_code=sop_code, version=version, definition=text, content_hash=hash, recorded=now
    )


def add_confirmation(office: SQL, sop_code: SQL, version: SQL, step: SQL, field: SQL, by_person: SQL, at: SQL) -> Query:
    """That the office stands by what a document left open."""
    return Confirmation.insert(
        sop_version=_version(office, sop_code, version), step=step, field=field, by_person=by_person, at=at
    )


def change_confirmation(
    office: SQL, sop_code: SQL, version: SQL, step: SQL, field: SQL, by_person: SQL, at: SQL
) -> Query:
    """Confirmed again: by whom and when, last."""
    return Confirmation.update(by_person=by_person, at=at).where(
        Confirmation.sop_version == _version(office, sop_code, version),
        Confirmation.step == step,
        Confirmation.field == field,
    )


def add_year(office: SQL, sop_code: SQL, year: SQL, cadence: SQL) -> Query:
    """A reporting year of an SOP; cadence NULL for what the SOP itself says."""
    return ReportingYear.insert(office=_office(office), sop_code=sop_code, year=year, cadence=cadence)


def add_person(office: SQL, person: SQL, personal_name: SQL, role: SQL, account: SQL, active: SQL) -> Query:
    """Roles with commas between them; account NULL for none."""
    return Person.insert(
        office=_office(office), code=person, name=personal_name, roles=role, account=account, active=active
    )


def change_person(office: SQL, person: SQL, personal_name: SQL, role: SQL, account: SQL, active: SQL) -> Query:
    """Name and account stay where no name is given."""
    return Person.update(
        name=fn.COALESCE(personal_name, Person.name),
        roles=role,
        active=active,
        account=Case(None, ((personal_name.is_null(), Person.account),), account),
    ).where(Person.office == _office(office), Person.code == person)


def add_lane(office: SQL, person: SQL, lane: SQL, bidang: SQL, since: SQL, until: SQL, kind: SQL) -> Query:
    """A lane given from a moment on; until NULL where no end was set."""
    return LaneTerm.insert(
        person=_person(office, person), lane=lane, bidang=bidang, since=since, until=until, kind=kind
    )


def change_lane(office: SQL, person: SQL, place: SQL, bidang: SQL, kind: SQL, since: SQL, until: SQL) -> Query:
    """Its lane stays. Which of the lanes that a person was ever given counts from 0, in their order."""
    row = _Row.select(_Row.id).where(_Row.person == _person(office, person)).order_by(_Row.id).limit(1).offset(place)
    return LaneTerm.update(bidang=bidang, kind=kind, since=since, until=until).where(LaneTerm.id == row)


def add_pin(office: SQL, person: SQL, pin: SQL, failures: SQL, locked_until: SQL, changed: SQL) -> Query:
    """The digest of a PIN, never the PIN."""
    return Pin.insert(
        person=_person(office, person), hash=pin, failures=failures, locked_until=locked_until, changed=changed
    )


def change_pin(office: SQL, person: SQL, pin: SQL, failures: SQL, locked_until: SQL, changed: SQL) -> Query:
    """As `add_pin`, in place of the one before."""
    return Pin.update(hash=pin, failures=failures, locked_until=locked_until, changed=changed).where(
        Pin.person == _person(office, person)
    )


def forget_pin(office: SQL, person: SQL) -> Query:
    """The person has no PIN any more."""
    return Pin.delete().where(Pin.person == _person(office, person))


def add_signer(
    office: SQL,
    signer: SQL,
    position: SQL,
    since: SQL,
    digest: SQL,
    salt: SQL,
    signer_name: SQL,
    rank: SQL,
    nip: SQL,
) -> Query:
    """Who signs from a period on. Of name, rank and NIP the log tells no more than their hash."""
    return SigningOfficial.insert(
        office=_office(office),
        code=signer,
        position=position,
        since=since,
        digest=digest,
        salt=salt,
        name=signer_name,
        rank=rank,
        nip=nip,
    )


def change_signer(
    office: SQL, signer: SQL, position: SQL, since: SQL, digest: SQL, salt: SQL, signer_name: SQL, rank: SQL, nip: SQL
) -> Query:
    """The entry of that code with other values."""
    return SigningOfficial.update(
        position=position, since=since, digest=digest, salt=salt, name=signer_name, rank=rank, nip=nip
    ).where(SigningOfficial.office == _office(office), SigningOfficial.code == signer)


def _target_set(office: SQL, year: SQL, number: SQL) -> Query:
    return TargetBook.select(TargetBook.id).where(
        TargetBook.office == _office(office), TargetBook.year == year, TargetBook.number == number
    )


def add_indicator_version(office: SQL, indicator: SQL, number: SQL, since: SQL, closed: SQL, definition: SQL) -> Query:
    """An indicator from a period on; the definition is JSON."""
    return IndicatorLine.insert(
        office=_office(office), indicator=indicator, number=number, since=since, closed=closed, definition=definition
    )


def add_target_set(office: SQL, year: SQL, number: SQL, document: SQL, since: SQL) -> Query:
    """The agreement of a year (1) or a change of it."""
    return TargetBook.insert(office=_office(office), year=year, number=number, document=document, since=since)


def change_target_set(office: SQL, year: SQL, number: SQL, document: SQL) -> Query:
    """Only the document by which it was agreed."""
    return TargetBook.update(document=document).where(
        TargetBook.office == _office(office), TargetBook.year == year, TargetBook.number == number
    )


def add_target(office: SQL, year: SQL, number: SQL, indicator: SQL, period: SQL, value: SQL) -> Query:
    """What is promised for a period, as text."""
    return TargetLine.insert(
        target_set=_target_set(office, year, number), indicator=indicator, period=period, value=value
    )


def change_target(office: SQL, year: SQL, number: SQL, indicator: SQL, period: SQL, value: SQL) -> Query:
    """Another value in its place."""
    return TargetLine.update(value=value).where(
        TargetLine.target_set == _target_set(office, year, number),
        TargetLine.indicator == indicator,
        TargetLine.period == period,
    )


def forget_target(office: SQL, year: SQL, number: SQL, indicator: SQL, period: SQL) -> Query:
    """The set promises nothing for that period any more."""
    return TargetLine.delete().where(
        TargetLine.target_set == _target_set(office, year, number),
        TargetLine.indicator == indicator,
        TargetLine.period == period,
    )
