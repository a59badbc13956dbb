"""Offices, their bidang and their calendars."""

from __future__ import annotations

from peewee import JOIN, SQL, Query, fn

from db.models import Bidang, CalendarRevision, Office

_Successor = Bidang.alias()


def offices() -> Query:
    return Office.select(Office.id, Office.code, Office.name, Office.zone).order_by(Office.id)


def office_codes() -> Query:
    return Office.select(Office.code).order_by(Office.id)


def office_of_code(code: SQL) -> Query:
    return Office.select(Office.id, Office.name, Office.zone, Office.settings).where(Office.code == code)


def office_names(office_id: SQL) -> Query:
    return Office.select(Office.code, Office.name, Office.zone).where(Office.id == office_id)


def zone_of_code_or_first(code: SQL) -> Query:
    """Of the office of that code, else of the first one."""
    return Office.select(Office.zone).order_by((Office.code == code).desc(), Office.id).limit(1)


def zones_and_settings() -> Query:
    return Office.select(Office.zone, Office.settings).order_by(Office.id)


def bidang_in_force(office_id: SQL) -> Query:
    return (
        Bidang.select(Bidang.name)
        .where(Bidang.office == office_id, Bidang.active == 1)
        .order_by(Bidang.position, Bidang.id)
    )


def bidang_in_force_of_code(office: SQL) -> Query:
    return (
        Bidang.select(Bidang.name)
        .join(Office)
        .where(Office.code == office, Bidang.active == 1)
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
        .join(Office)
        .join_from(Bidang, _Successor, JOIN.LEFT_OUTER, on=(_Successor.id == Bidang.successor))
        .where(Office.code == office)
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
        Office.select(Office.id, fn.MAX(CalendarRevision.revision))
        .join(CalendarRevision)
        .where(Office.code == office)
        .group_by(Office.id)
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
    return Office.select(Office.id, Office.code, Office.name, Office.zone, Office.settings).order_by(Office.id)


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
