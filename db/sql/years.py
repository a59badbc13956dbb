"""Reporting years: their periods, cases and runs."""

from __future__ import annotations

from peewee import JOIN, SQL, Node, Query, fn

from db.models import Case, ListText, Opd, Period, ReportingYear, Run, Table
from db.sql.columns import state_of
from sop.model.state import OPEN_PHASES, CasePhase, PeriodPhase, RunPhase

_OPEN = tuple(sorted(phase.value for phase in OPEN_PHASES))
_BUKA = PeriodPhase.BUKA.value


def _state(table: type[Table]) -> list[Node]:
    """As asked for: an empty list as NULL, else thousands of rows would each bring its text."""
    return [fn.NULLIF(field, "[]") if isinstance(field, ListText) else field for field in state_of(table)]


def all_years() -> Query:
    """Every reporting year of the file, in the order in which they were set up."""
    return (
        ReportingYear.select(Opd.code, ReportingYear.sop_code, ReportingYear.year).join(Opd).order_by(ReportingYear.id)
    )


def years_with_open_periods(office_id: SQL, sop: SQL) -> Query:
    """Each year of an SOP, and how many of its periods with a case are open."""
    count = Period.select(fn.COUNT(Period.id)).where(
        Period.reporting_year == ReportingYear.id, Period.phase == _BUKA, Period.has_case == 1
    )
    return (
        ReportingYear.select(ReportingYear.id, ReportingYear.year, ReportingYear.cadence, count)
        .where(ReportingYear.office == office_id, ReportingYear.sop_code == sop)
        .order_by(ReportingYear.year)
    )


def year_of_period(office: SQL, sop: SQL, key: SQL) -> Query:
    """The reporting year in which an SOP has that period."""
    return (
        Period.select(Period.reporting_year)
        .join(ReportingYear)
        .join(Opd)
        .where(Opd.code == office, ReportingYear.sop_code == sop, Period.key == key)
    )


def periods(year_id: SQL) -> Query:
    """Every period of a year."""
    return Period.select(Period.id, *_state(Period)).where(Period.reporting_year == year_id)


def cases(period_id: SQL) -> Query:
    """Every case of a period, the oldest first."""
    return Case.select(Case.id, *_state(Case)).where(Case.period == period_id).order_by(Case.number)


def case_of_number(period_id: SQL, number: SQL) -> Query:
    """One case of a period."""
    return Case.select(Case.id, *_state(Case)).where(Case.period == period_id, Case.number == number)


def runs(case_id: SQL) -> Query:
    """In the order of the index that finds them: another order would have all columns sorted."""
    return Run.select(Run.id, *_state(Run)).where(Run.case == case_id).order_by(Run.step, Run.bidang, Run.attempt)


def standing_periods(year_id: SQL) -> Query:
    """Every period with its newest case, as far as an overview needs them."""
    return (
        Period.select(
            *(Period.key, Period.has_case, Period.phase, Period.revision, Period.closings, Period.reopenings),
            *(Period.waivers, Case.id, Case.phase, Case.revision, Case.sop_version, Case.gate_since, Case.holds),
            Case.regions,
        )
        .join(Case, JOIN.LEFT_OUTER, on=((Case.period == Period.id) & (Case.number == Period.last_case)))
        .where(Period.reporting_year == year_id)
        .order_by(Period.id)
    )


def standing_runs(case_id: SQL) -> Query:
    """The valid runs of a case, as far as an overview needs them, by step."""
    return (
        Run.select(
            *(Run.step, Run.bidang, Run.attempt, Run.phase, Run.revision, Run.holder, Run.ready, Run.started),
            *(Run.ended, Run.pauses),
        )
        .where(Run.case == case_id, Run.valid == 1)
        .order_by(Run.step, Run.id)
    )


def running_cases(office_id: SQL, sop: SQL) -> Query:
    """The cases of an SOP that are running or held, by period."""
    return (
        Case.select(Case.id, Period.key, Case.sop_version, Case.revision)
        .join(Period)
        .join(ReportingYear)
        .where(
            ReportingYear.office == office_id,
            ReportingYear.sop_code == sop,
            Period.phase == _BUKA,
            Case.phase.in_([CasePhase.BERJALAN.value, CasePhase.DITAHAN.value]),
        )
        .order_by(Period.key)
    )


def open_steps(case_id: SQL) -> Query:
    """Steps of a case with something open."""
    return (
        Run.select(Run.step)
        .distinct()
        .where(Run.case == case_id, Run.valid == 1, Run.phase.in_(_OPEN))
        .order_by(Run.step)
    )


def ended_runs(office: SQL, sop: SQL) -> Query:
    """Runs with a verdict of an SOP, done and not taken over, the latest first."""
    return (
        Run.select(Case.sop_version, Run.step, Run.verdict)
        .join(Case)
        .join(Period)
        .join(ReportingYear)
        .join(Opd)
        .where(
            Opd.code == office,
            ReportingYear.sop_code == sop,
            Run.phase == RunPhase.SELESAI.value,
            Run.valid == 1,
            Run.taken_over == 0,
            Run.verdict.is_null(False),
        )
        .order_by(Run.ended.desc())
    )


def bidang_of_cases(office_id: SQL) -> Query:
    """Every name of a bidang that a run of the office bears."""
    return (
        Run.select(Run.bidang)
        .distinct()
        .join(Case)
        .join(Period)
        .join(ReportingYear)
        .where(ReportingYear.office == office_id, Run.bidang != "")
    )


def open_runs(office_id: SQL) -> Query:
    """The open runs of all SOPs and years of an office."""
    return (
        Run.select(
            *(ReportingYear.sop_code, Period.key, Case.number, Case.sop_version, Case.holds, Run.step, Run.bidang),
            *(Run.attempt, Run.ready, Run.started, Run.pauses),
        )
        .join(Case)
        .join(Period)
        .join(ReportingYear)
        .where(ReportingYear.office == office_id, Period.phase == _BUKA, Run.valid == 1, Run.phase.in_(_OPEN))
        .order_by(ReportingYear.sop_code, Period.key, Run.step, Run.bidang)
    )


def open_runs_of_holder(office_id: SQL, holder: SQL) -> Query:
    """The open cards that a person holds, in the newest case of each period."""
    return (
        Run.select(ReportingYear.sop_code, Period.key, Case.phase, Run.step, Run.bidang)
        .join(Case)
        .join(Period, on=((Case.period == Period.id) & (Case.number == Period.last_case)))
        .join(ReportingYear)
        .where(
            ReportingYear.office == office_id,
            Period.phase == _BUKA,
            Run.valid == 1,
            Run.holder == holder,
            Run.phase.in_(_OPEN),
        )
        .order_by(ReportingYear.year, ReportingYear.sop_code, Period.id, Run.step, Run.bidang)
    )


def period_keys(office_id: SQL) -> Query:
    """Keys of the periods that any SOP of the office has."""
    return Period.select(Period.key).distinct().join(ReportingYear).where(ReportingYear.office == office_id)
