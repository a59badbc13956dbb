"""The register: people, the lanes they hold, their PINs."""

from __future__ import annotations

from peewee import JOIN, SQL, Expression, Query, Select

from db.models import LaneTerm, Opd, Person, Pin, SigningOfficial


def _held_at(moment: SQL) -> Expression:
    return (LaneTerm.since <= moment) & (LaneTerm.until.is_null() | (LaneTerm.until > moment))


def anybody() -> Query:
    """One row where somebody is registered in the file."""
    return Person.select(SQL("1")).limit(1)


def anybody_of(office_id: SQL) -> Query:
    """One row where somebody is registered in that office."""
    return Person.select(SQL("1")).where(Person.office == office_id).limit(1)


def staffed_offices() -> Query:
    """Code and id of the offices in which somebody is registered."""
    return Opd.select(Opd.code, Opd.id).where(Opd.id.in_(Person.select(Person.office))).order_by(Opd.id)


def active_person(office_id: SQL, code: SQL) -> Query:
    """Id, roles and office code of somebody active; no row for anybody else."""
    return (
        Person.select(Person.id, Person.roles, Opd.code)
        .join(Opd)
        .where(Person.office == office_id, Person.active == 1, Person.code == code)
    )


def active_codes(office_id: SQL) -> Query:
    """Codes of everybody active, in their order."""
    return Person.select(Person.code).where(Person.office == office_id, Person.active == 1).order_by(Person.code)


def code_of_account(office_id: SQL, account: SQL) -> Query:
    """The active person whose account at the operating system that is."""
    return Person.select(Person.code).where(Person.office == office_id, Person.active == 1, Person.account == account)


def signers(office_id: SQL) -> Query:
    """Code, position, beginning and hash of every entry, and the name, rank and NIP that it is the hash of."""
    return (
        SigningOfficial.select(
            *(
                SigningOfficial.code,
                SigningOfficial.position,
                SigningOfficial.since,
                SigningOfficial.digest,
                SigningOfficial.name,
                SigningOfficial.rank,
                SigningOfficial.nip,
                SigningOfficial.salt,
            ),
        )
        .where(SigningOfficial.office == office_id)
        .order_by(SigningOfficial.id)
    )


def names(office_id: SQL) -> Query:
    """Code and name; people whose personal data was blanked are left out."""
    return Person.select(Person.code, Person.name).where(Person.office == office_id, Person.name != "")


def register(office_id: SQL) -> Query:
    """Everybody as they were registered: id, code, name, roles, account, whether active, whether there is a PIN, until
    when it is locked."""
    return (
        Person.select(
            *(Person.id, Person.code, Person.name, Person.roles, Person.account, Person.active),
            *(Pin.id.is_null(False), Pin.locked_until),
        )
        .join(Pin, JOIN.LEFT_OUTER)
        .where(Person.office == office_id)
        .order_by(Person.id)
    )


_LANE = (LaneTerm.lane, LaneTerm.bidang, LaneTerm.kind, LaneTerm.since, LaneTerm.until)


def _lanes(office_id: SQL) -> Select:
    return LaneTerm.select(LaneTerm.person, *_LANE).join(Person).where(Person.office == office_id)


def lanes_of_office(office_id: SQL) -> Query:
    """Every lane that anybody holds, held or will hold."""
    return _lanes(office_id).order_by(LaneTerm.since, LaneTerm.id)


def lanes_of_person(person_id: SQL) -> Query:
    """Lane, bidang, kind, since and until of what a person holds, held or will hold."""
    return LaneTerm.select(*_LANE).where(LaneTerm.person == person_id)


def members_at(office_id: SQL, moment: SQL) -> Query:
    """Who of the active people holds which lane."""
    return (
        LaneTerm.select(Person.code, Person.roles, LaneTerm.lane, LaneTerm.bidang)
        .join(Person)
        .where(Person.office == office_id, Person.active == 1, _held_at(moment))
    )


def lanes_ever(office_id: SQL, code: SQL, moment: SQL) -> Query:
    """Lanes that a person holds or held; one that was ended before it began was never held."""
    return (
        LaneTerm.select(LaneTerm.lane, LaneTerm.bidang)
        .join(Person)
        .where(
            Person.office == office_id,
            Person.code == code,
            LaneTerm.since <= moment,
            LaneTerm.until.is_null() | (LaneTerm.until > LaneTerm.since),
        )
    )


def settings_of_pin_holder(office: SQL, code: SQL) -> Query:
    """The settings of an office, where that person of it has a PIN."""
    return Person.select(Opd.settings).join(Opd).join_from(Person, Pin).where(Opd.code == office, Person.code == code)


def pin(office_id: SQL, code: SQL) -> Query:
    """An active person, and the PIN if there is one."""
    return (
        Person.select(Person.id, Pin.hash, Pin.failures, Pin.locked_until)
        .join(Pin, JOIN.LEFT_OUTER)
        .where(Person.office == office_id, Person.active == 1, Person.code == code)
    )


def count_failures(failures: SQL, locked_until: SQL, person_id: SQL) -> Query:
    """How often a PIN was wrong in a row, and until when it is locked (NULL for not at all)."""
    return Pin.update(failures=failures, locked_until=locked_until).where(Pin.person == person_id)


def forgive(person_id: SQL) -> Query:
    """Nothing counted and nothing locked any more."""
    return Pin.update(failures=0, locked_until=None).where(Pin.person == person_id)


def forgive_of_hash(person_id: SQL, digest: SQL) -> Query:
    """Only what this very PIN was: one that was changed meanwhile keeps its count."""
    return Pin.update(failures=0, locked_until=None).where(Pin.person == person_id, Pin.hash == digest)


def people_of_office(office_id: SQL) -> Query:
    """As they were registered, and whether each has a PIN."""
    return (
        Person.select(Person.id, Person.code, Person.roles, Person.active, Pin.id.is_null(False))
        .join(Pin, JOIN.LEFT_OUTER)
        .where(Person.office == office_id)
        .order_by(Person.id)
    )


def lanes_as_given(office_id: SQL) -> Query:
    """Every lane that anybody was ever given, in that order."""
    return _lanes(office_id).order_by(LaneTerm.id)


def names_and_accounts(office_id: SQL) -> Query:
    """Code, name and account of everybody, as they were registered."""
    return Person.select(Person.code, Person.name, Person.account).where(Person.office == office_id).order_by(Person.id)


def name_and_account(office_id: SQL, code: SQL) -> Query:
    """Name and account of one person."""
    return Person.select(Person.name, Person.account).where(Person.office == office_id, Person.code == code)


def names_elsewhere(office_id: SQL) -> Query:
    """Everybody of the other offices of the file."""
    return Person.select(Person.code, Person.name).where(Person.office != office_id)


def pin_of_code(office: SQL, code: SQL) -> Query:
    """All that is kept of a PIN."""
    return (
        Pin.select(Pin.hash, Pin.failures, Pin.locked_until, Pin.changed)
        .join(Person)
        .join(Opd)
        .where(Opd.code == office, Person.code == code)
    )
