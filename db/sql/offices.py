"""Offices, their bidang and their calendars."""

from __future__ import annotations

from peewee import JOIN, SQL, Node, Query, fn

from db.models import Bidang, CalendarRevision, Opd

_Successor = Bidang.alias()


def offices() -> Query:
    """Of every office its id, code, name and zone, in the order in which they were set up."""
    return Opd.select(Opd.id, Opd.code, Opd.name, Opd.zone).order_by(Opd.id)


def office_codes() -> Query:
    """Codes in the order in which the offices were set up."""
    return Opd.select(Opd.code).order_by(Opd.id)


def office_of_code(code: SQL) -> Query:
    """Id, name, zone and settings (JSON); no row for an unknown code."""
    return Opd.select(Opd.id, Opd.name, Opd.zone, Opd.settings).where(Opd.code == code)


def office_names(office_id: SQL) -> Query:
    """Code, name and zone of one office."""
    return Opd.select(Opd.code, Opd.name, Opd.zone).where(Opd.id == office_id)


def zone_of_code_or_first(code: SQL) -> Query:
    """Of the office of that code, else of the first one."""
    return Opd.select(Opd.zone).order_by((Opd.code == code).desc(), Opd.id).limit(1)


def zones_and_settings() -> Query:
    """Zone and settings (JSON) of every office, the first one in front."""
    return Opd.select(Opd.zone, Opd.settings).order_by(Opd.id)


def _in_force(moment: SQL) -> Node:
    """Whether a name stands in its list at a moment: see `sop.model.bidang.ListedBidang`."""
    has_begun = Bidang.since.is_null() | (Bidang.since <= moment)
    return has_begun & (Bidang.until.is_null() | (Bidang.until > moment))


def bidang_in_force(office_id: SQL, moment: SQL) -> Query:
    """Names in the office's list at a moment, in the list's order."""
    return (
        Bidang.select(Bidang.name)
        .where(Bidang.office == office_id, _in_force(moment))
        .order_by(Bidang.position, Bidang.id)
    )


def bidang_in_force_of_code(office: SQL, moment: SQL) -> Query:
    """As `bidang_in_force`, for an office named by its code."""
    return (
        Bidang.select(Bidang.name)
        .join(Opd)
        .where(Opd.code == office, _in_force(moment))
        .order_by(Bidang.position, Bidang.id)
    )


def bidang_with_dates(office_id: SQL) -> Query:
    """Every name that stands or stood in the list, in its order, and when."""
    return (
        Bidang.select(Bidang.name, Bidang.since, Bidang.until)
        .where(Bidang.office == office_id)
        .order_by(Bidang.position, Bidang.id)
    )


def bidang_and_successors(office_id: SQL) -> Query:
    """Every name that stands or stood in the list, and the name that follows it or NULL."""
    return (
        Bidang.select(Bidang.name, _Successor.name)
        .join(_Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Bidang.office == office_id)
        .order_by(Bidang.id)
    )


def bidang_list(office: SQL) -> Query:
    """Name, whether it is in force, from and until when, and what follows it: those in force in front."""
    return (
        Bidang.select(Bidang.name, Bidang.active, Bidang.since, Bidang.until, _Successor.name)
        .join(Opd)
        .join_from(Bidang, _Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Opd.code == office)
        .order_by(Bidang.active.desc(), Bidang.position, Bidang.id)
    )


def newest_calendar(office_id: SQL) -> Query:
    """Number and specification (JSON) of the calendar in force."""
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.spec)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
        .limit(1)
    )


def newest_calendar_number(office_id: SQL) -> Query:
    """Number of the calendar in force."""
    return (
        CalendarRevision.select(CalendarRevision.revision)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
        .limit(1)
    )


def newest_calendar_of_code(office: SQL) -> Query:
    """The office's id and the number of its calendar in force; no row for an unknown code."""
    return (
        Opd.select(Opd.id, fn.MAX(CalendarRevision.revision))
        .join(CalendarRevision)
        .where(Opd.code == office)
        .group_by(Opd.id)
    )


def calendar_spec(office_id: SQL, revision: SQL) -> Query:
    """Specification (JSON) of one revision."""
    return CalendarRevision.select(CalendarRevision.spec).where(
        CalendarRevision.office == office_id, CalendarRevision.revision == revision
    )


def calendar_list(office_id: SQL) -> Query:
    """Number, moment of recording and hash of every revision, the newest first."""
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.recorded, CalendarRevision.content_hash)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
    )


def offices_and_settings() -> Query:
    """Of every office its id, code, name, zone and settings (JSON)."""
    return Opd.select(Opd.id, Opd.code, Opd.name, Opd.zone, Opd.settings).order_by(Opd.id)


def bidang_of_office(office_id: SQL) -> Query:
    """Every name that stands or stood in the list, as they came."""
    return (
        Bidang.select(
            *(Bidang.name, Bidang.position, Bidang.active, Bidang.since, Bidang.until, _Successor.name),
        )
        .join(_Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Bidang.office == office_id)
        .order_by(Bidang.id)
    )


def calendars_of_office(office_id: SQL) -> Query:
    """Number and hash of every revision, the oldest first."""
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.content_hash)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision)
    )
