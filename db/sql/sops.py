"""Versions of SOPs, what was confirmed of them, and the years for which they were set up."""

from __future__ import annotations

from peewee import SQL, Query, fn

from db.models import Confirmation, Opd, ReportingYear, SopVersion


def adopted_sops(office_id: SQL) -> Query:
    """Code and newest version of every SOP of an office, in the order in which they were adopted."""
    return (
        SopVersion.select(SopVersion.sop_code, fn.MAX(SopVersion.version))
        .where(SopVersion.office == office_id)
        .group_by(SopVersion.sop_code)
        .order_by(fn.MIN(SopVersion.id))
    )


def adopted_sops_of_code(office: SQL) -> Query:
    """Codes of the SOPs of an office, in the order in which they were adopted."""
    return (
        SopVersion.select(SopVersion.sop_code)
        .join(Opd)
        .where(Opd.code == office)
        .group_by(SopVersion.sop_code)
        .order_by(fn.MIN(SopVersion.id))
    )


def imported_sops() -> Query:
    """Codes of SOPs that came in before any office was there."""
    return (
        SopVersion.select(SopVersion.sop_code)
        .distinct()
        .where(SopVersion.office.is_null())
        .order_by(SopVersion.sop_code)
    )


def sop_version(office_id: SQL, code: SQL, version: SQL) -> Query:
    """A version of an office's SOP, or (nothing given) the newest; with no office, of what was imported."""
    return (
        SopVersion.select(SopVersion.version, SopVersion.definition)
        .where(
            SopVersion.office >> office_id,
            SopVersion.sop_code == code,
            version.is_null() | (SopVersion.version == version),
        )
        .order_by(SopVersion.version.desc())
        .limit(1)
    )


def newest_sop_number(office_id: SQL, code: SQL) -> Query:
    """Number of the newest version."""
    return (
        SopVersion.select(SopVersion.version)
        .where(SopVersion.office == office_id, SopVersion.sop_code == code)
        .order_by(SopVersion.version.desc())
        .limit(1)
    )


def sop_definition(office_id: SQL, code: SQL, version: SQL) -> Query:
    """Definition (JSON) and row of one version."""
    return SopVersion.select(SopVersion.definition, SopVersion.id).where(
        SopVersion.office == office_id, SopVersion.sop_code == code, SopVersion.version == version
    )


def sop_definitions(office_id: SQL, code: SQL) -> Query:
    """Number and definition (JSON) of every version, the oldest first."""
    return (
        SopVersion.select(SopVersion.version, SopVersion.definition)
        .where(SopVersion.office == office_id, SopVersion.sop_code == code)
        .order_by(SopVersion.version)
    )


def sop_definitions_of_code(office: SQL, code: SQL) -> Query:
    """As `sop_definitions`, for an office named by its code."""
    return (
        SopVersion.select(SopVersion.version, SopVersion.definition)
        .join(Opd)
        .where(Opd.code == office, SopVersion.sop_code == code)
        .order_by(SopVersion.version)
    )


def sop_history(office_id: SQL, code: SQL) -> Query:
    """Number of every version and when it was recorded, the newest first."""
    return (
        SopVersion.select(SopVersion.version, SopVersion.recorded)
        .where(SopVersion.office == office_id, SopVersion.sop_code == code)
        .order_by(SopVersion.version.desc())
    )


def confirmed_fields(sop_version_id: SQL) -> Query:
    """Step and field of everything that was confirmed of a version."""
    return Confirmation.select(Confirmation.step, Confirmation.field).where(Confirmation.sop_version == sop_version_id)


def confirmations(office_id: SQL, code: SQL, version: SQL) -> Query:
    """Step, field, who confirmed it and when, by step."""
    return (
        Confirmation.select(Confirmation.step, Confirmation.field, Confirmation.by_person, Confirmation.at)
        .join(SopVersion)
        .where(SopVersion.office == office_id, SopVersion.sop_code == code, SopVersion.version == version)
        .order_by(Confirmation.step, Confirmation.field)
    )


def year_of(office_id: SQL, code: SQL, year: SQL) -> Query:
    """Id and cadence of a reporting year; cadence NULL for what the SOP itself says."""
    return ReportingYear.select(ReportingYear.id, ReportingYear.cadence).where(
        ReportingYear.office == office_id, ReportingYear.sop_code == code, ReportingYear.year == year
    )


def years_of_office(office_id: SQL) -> Query:
    """SOP and year of every reporting year, by year."""
    return (
        ReportingYear.select(ReportingYear.sop_code, ReportingYear.year)
        .where(ReportingYear.office == office_id)
        .order_by(ReportingYear.year)
    )


def years_of_sop(office: SQL, code: SQL) -> Query:
    """Year and id of every reporting year of one SOP, by year."""
    return (
        ReportingYear.select(ReportingYear.year, ReportingYear.id)
        .join(Opd)
        .where(Opd.code == office, ReportingYear.sop_code == code)
        .order_by(ReportingYear.year)
    )


def offices_with_sop(code: SQL) -> Query:
    """Codes of the offices that have an SOP of that code."""
    return Opd.select(Opd.code).distinct().join(SopVersion).where(SopVersion.sop_code == code)


def versions_of_office(office_id: SQL) -> Query:
    """Every version of every SOP; with no office, of what was imported."""
    return (
        SopVersion.select(SopVersion.id, SopVersion.sop_code, SopVersion.version, SopVersion.content_hash)
        .where(SopVersion.office >> office_id)
        .order_by(SopVersion.sop_code, SopVersion.version)
    )


def definitions_of_office(office_id: SQL) -> Query:
    """Of every version of every SOP, the newest first."""
    return (
        SopVersion.select(SopVersion.sop_code, SopVersion.definition)
        .where(SopVersion.office == office_id)
        .order_by(SopVersion.sop_code, SopVersion.version.desc())
    )


def definition_of_hash(digest: SQL) -> Query:
    """A definition (JSON) of that content hash, whoever has it."""
    return SopVersion.select(SopVersion.definition).where(SopVersion.content_hash == digest).limit(1)


def confirmations_of_version(sop_version_id: SQL) -> Query:
    """Step, field, who confirmed it and when."""
    return Confirmation.select(Confirmation.step, Confirmation.field, Confirmation.by_person, Confirmation.at).where(
        Confirmation.sop_version == sop_version_id
    )


def years_as_set_up(office_id: SQL) -> Query:
    """SOP, year and cadence of every reporting year, in the order in which they were set up."""
    return (
        ReportingYear.select(ReportingYear.sop_code, ReportingYear.year, ReportingYear.cadence)
        .where(ReportingYear.office == office_id)
        .order_by(ReportingYear.id)
    )
