"""Offices, their bidang and their calendars."""

from __future__ import annotations

from peewee import JOIN, SQL, Node, Query, fn

from db.models import Bidang, CalendarRevision, Opd

_Successor = Bidang.alias()


def offices() -> Query:
    return Opd.select(Opd.id, Opd.code, Opd.name, Opd.zone).order_by(Opd.id)


def office_codes() -> Query:
    return Opd.select(Opd.code).order_by(Opd.id)


def office_of_code(code: SQL) -> Query:
    return Opd.select(Opd.id, Opd.name, Opd.zone, Opd.settings).where(Opd.code == code)


def office_names(office_id: SQL) -> Query:
    return Opd.select(Opd.code, Opd.name, Opd.zone).where(Opd.id == office_id)


def zone_of_code_or_first(code: SQL) -> Query:
    """Of the office of that code, else of the first one."""
    return Opd.select(Opd.zone).order_by((Opd.code == code).desc(), Opd.id).limit(1)


def zones_and_settings() -> Query:
    return Opd.select(Opd.zone, Opd.settings).order_by(Opd.id)


def _in_force(moment: SQL) -> Node:
    """Whether a name stands in its list at a moment: see `sop.model.bidang.ListedBidang`."""
    has_begun = Bidang.since.is_null() | (Bidang.since <= moment)
    return has_begun & (Bidang.until.is_null() | (Bidang.until > moment))


def bidang_in_force(office_id: SQL, moment: SQL) -> Query:
    return (
        Bidang.select(Bidang.name)
        .where(Bidang.office == office_id, _in_force(moment))
        .order_by(Bidang.position, Bidang.id)
    )


def bidang_in_force_of_code(office: SQL, moment: SQL) -> Query:
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
    return (
        Bidang.select(Bidang.name, _Successor.name)
        .join(_Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Bidang.office == office_id)
        .order_by(Bidang.id)
    )


def bidang_list(office: SQL) -> Query:
    return (
        Bidang.select(Bidang.name, Bidang.active, Bidang.since, Bidang.until, _Successor.name)
        .join(Opd)
        .join_from(Bidang, _Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Opd.code == office)
        .order_by(Bidang.active.desc(), Bidang.position, Bidang.id)
    )


def newest_calendar(office_id: SQL) -> Query:
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.spec)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
        .limit(1)
    )


def newest_calendar_number(office_id: SQL) -> Query:
    return (
        CalendarRevision.select(CalendarRevision.revision)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
        .limit(1)
    )


def newest_calendar_of_code(office: SQL) -> Query:
    return (
        Opd.select(Opd.id, fn.MAX(CalendarRevision.revision))
        .join(CalendarRevision)
        .where(Opd.code == office)
        .group_by(Opd.id)
    )


def calendar_spec(office_id: SQL, revision: SQL) -> Query:
    return CalendarRevision.select(CalendarRevision.spec).where(
        CalendarRevision.office == office_id, CalendarRevision.revision == revision
    )


def calendar_list(office_id: SQL) -> Query:
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.recorded, CalendarRevision.content_hash)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision.desc())
    )


def offices_and_settings() -> Query:
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
    return (
        CalendarRevision.select(CalendarRevision.revision, CalendarRevision.content_hash)
        .where(CalendarRevision.office == office_id)
        .order_by(CalendarRevision.revision)
    )
