"""Why a due moment is what it is, and when a period will be finished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from db import case_queries
from sakip_tui.cli.layout import table
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso
from sakip_tui.cli.status import overview_ahead
from sakip_tui.cli.values import require_period, step_asked
from sop.acts.rejudge import is_judged_by_old_rule
from sop.look.explained import explained_run
from sop.look.forecast import Forecast, Leg
from sop.look.year import sop_of, steps_of
from sop.model.bidang import listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.periods import split
from sop.model.refusals import Refused, Rule, Unknown
from sop.time.deadline import ClockStart
from sop.time.explain import CountedDay, Explanation
from sop.time.instants import ZONES
from sop.time.step_time import StepTime, is_worked_after_hours, step_time
from sop.values import asdict
from sop.words.calendar import (
    AFTER_HOURS,
    OLD_RULE,
    line_words,
    pause_words,
    source_words,
    spans_words,
    standard_words,
    step_time_rows,
    sum_words,
    unexplained_words,
)
from sop.words.forecast import assumed_words, finish_words, grounds_words, target_words
from sop.words.labels import LABELS
from sop.words.periods import period_label
from sop.words.time import date_plain, date_short, moment_long, moment_short

if TYPE_CHECKING:
    from db.rows import Board
    from sop.model.bidang import Family
    from sop.model.state import CaseState, RunState
    from sop.time.work_calendar import WorkCalendar


# ---------------------------------------------------------------------- a due moment, day by day
def explain(session: Session) -> Reply:
    """`sakip kalender jelaskan PERIODE LANGKAH`; an ended run by the revision it was judged by."""
    key, step, bidang = step_asked(session)
    board = case_queries.board(session.database, session.address, key)
    require_period(board, key)
    case, run = _run(board, key, step, bidang)
    revision = None if run.verdict is None else run.verdict.calendar_revision
    calendar = judging_calendar(session, board.calendar, revision)
    clocks = board.settings.clocks_of(board.address.sop, step, run.verdict)
    found = explained_run(run, sop_of(board, key).step(step), case.holds, clocks, calendar, session.now)
    spent = step_time(case, step, run.bidang, board.calendar, session.now)
    offset = session.zone_offset
    document = {
        "period": key,
        "step": step,
        "bidang": run.bidang,
        "attempt": run.attempt,
        **explanation_document(found, offset),
        "after_hours": is_worked_after_hours(run, calendar),
        "old_rule": is_judged_by_old_rule(run, case.holds),
        "step_time": None if spent is None else asdict(spent),
    }
    return Reply(
        document, lambda: "\n".join((_text(document, found, board.zone), *_beside(run, case, calendar, spent)))
    )


def _run(board: Board, key: str, step: int, bidang: str | None) -> tuple[CaseState, RunState]:
    """The valid run of a step; where it has none, the newest attempt."""
    case = board.state.case_of(key)
    steps = steps_of(board, key)
    numbers = () if steps is None else steps.numbers
    if step not in numbers:
        raise Unknown("langkah", str(step), tuple(map(str, numbers)))
    if case is None:
        raise Refused(Rule.PERIOD_NOT_OPEN, period=key)
    mine = [run for run in case.runs.values() if run.step == step]
    if not mine:
        front = tuple(sorted({run.step for run in case.open_runs()}))
        raise Refused(Rule.NOT_REACHED, step=step, bidang=bidang, front=front)
    names = tuple(dict.fromkeys(run.bidang for run in mine if run.bidang is not None))
    if bidang is not None or names:
        name = bidang_asked(bidang, names, board.units)
        mine = [run for run in mine if run.bidang == name]
    return case, max(mine, key=lambda run: (run.valid, run.attempt))


def judging_calendar(session: Session, calendar: WorkCalendar, revision: int | None) -> WorkCalendar:
    """The revision that a verdict rests on; the one in force where it has none."""
    if revision in (None, calendar.revision):
        return calendar
    return case_queries.calendar(session.database, session.address.office, revision)


def bidang_asked(bidang: str | None, names: tuple[str, ...], units: Family) -> str:
    """The one of these bidang that `--bidang` names.

    Raises:
        FaultyInput: None was named.
        Unknown: It is none of them.
    """
    if bidang is None:
        raise FaultyInput((Fault("--bidang", "bidang-perlu-disebut", "", names),))
    return listed_name(bidang, names, units.names_of, units.names)


def explanation_document(found: Explanation, offset: int) -> Document:
    """How a due moment came about, as JSON values."""
    waktu = found.waktu
    return {
        "standard": None if waktu is None else waktu.text,
        "clock_start": None if found.begins is None else found.begins.value,
        "from": iso(found.starts_at, offset),
        "due_at": iso(found.due_at, offset),
        "unexplained": None if found.unexplained is None else found.unexplained.value,
        "calendar_revision": found.calendar_revision,
        "estimated": found.estimated,
        "days": [_day_document(line, offset) for line in found.days],
        "pauses": [
            {
                "from": iso(pause.start, offset),
                "to": None if pause.is_open else iso(pause.end, offset),
                "working_seconds": pause.working_seconds,
                "kind": pause.stop.value,
                "effect": pause.effect.value,
            }
            for pause in found.pauses
        ],
        "counted_days": found.counted_days,
        "counted_seconds": found.counted_seconds,
        "made_up_seconds": found.made_up_seconds,
    }


def _beside(run: RunState, case: CaseState, calendar: WorkCalendar, spent: StepTime | None) -> Iterator[str]:
    """What stands under an explanation: an old rule, work outside hours, and what all attempts took."""
    if is_judged_by_old_rule(run, case.holds):
        yield f"Langkah ini {OLD_RULE}."
    if is_worked_after_hours(run, calendar):
        yield f"Langkah ini {AFTER_HOURS}."
    if spent is not None:
        yield from (f"{name}: {text}." for name, text in step_time_rows(spent))


def _day_document(line: CountedDay, offset: int) -> Document:
    return {
        "date": line.day.isoformat(),
        "part": line.part.value,
        "number": line.number,
        "counted_seconds": line.seconds,
        "paused_seconds": line.paused_seconds,
        "spans": [[iso(start, offset), iso(end, offset)] for start, end in line.spans],
        "skipped": None if line.skip is None else line.skip.value,
        "rule": line.reason.rule.value,
        "name": line.reason.name or None,
        "source": line.reason.source or None,
        "certain": line.reason.certain,
    }


def _text(document: Document, found: Explanation, zone: str) -> str:
    offset = ZONES[zone]
    where = f"{document['period']} langkah {document['step']}"
    where += f" ({document['bidang']})" if document["bidang"] else ""
    lines = [f"{where}, putaran {document['attempt']}, kalender revisi {found.calendar_revision}"]
    if found.unexplained is not None or found.waktu is None or found.starts_at is None or found.due_at is None:
        return "\n".join([*lines, f"Belum ada tenggat: {unexplained_words(found.unexplained)}."])
    begins = LABELS[ClockStart][found.begins] if found.begins is not None else ""
    lines.append(f"Mutu baku {standard_words(found.waktu)}, dihitung {begins}: {moment_long(found.starts_at, zone)}")
    lines.append("")
    rows = [
        (
            date_short(line.day),
            spans_words(line, offset),
            line_words(line),
            source_words(line),
        )
        for line in found.days
    ]
    lines.append(table(("Hari", "Jam", "Dihitung", "Dasar"), rows, flexible=(2, 3)))
    lines += [pause_words(pause, offset) for pause in found.pauses]
    lines.append(sum_words(found))
    lines.append(f"Tenggat: {moment_long(found.due_at, zone)}.")
    if found.estimated:
        lines.append("Sebagian harinya masih perkiraan; tenggat dapat bergeser.")
    return "\n".join(lines)


# ---------------------------------------------------------------------- looking ahead
def foresee(session: Session) -> Reply:
    """`sakip kalender perkiraan [PERIODE]`."""
    key = session.period_given()
    overview = overview_ahead(session, None if key is None else split(key)[0])
    found = overview.forecasts
    if key is not None and key not in found:
        raise Unknown("periode", key, tuple(found))
    opened = {period.key for period in overview.standing.periods if period.phase == "buka"}
    chosen = [found[name] for name in found if name == key or (key is None and name in opened)]
    document = [_forecast_document(each, overview.year.offset) for each in chosen]
    return Reply(
        document if key is None else document[0],
        lambda: (
            "\n\n".join(_forecast_text(each, overview.year.calendar, session.now) for each in chosen)
            or "Tidak ada periode yang terbuka."
        ),
    )


def _forecast_document(found: Forecast, offset: int) -> Document:
    return {
        "period": found.period,
        "case_at": iso(found.case_at, offset),
        "forecast_at": None if found.only_closing else iso(found.period_at, offset),
        "only_closing": found.only_closing,
        "stopped": found.is_stopped,
        "held": found.is_held,
        "target": None if found.target is None else found.target.isoformat(),
        "off_days": found.off_days,
        "off_seconds": found.off_seconds,
        "legs": [
            {
                "step": leg.step,
                "bidang": leg.bidang,
                "from": iso(leg.starts_at, offset),
                "to": iso(leg.ends_at, offset),
                "grounds": leg.grounds.value,
                "runs": leg.runs,
                "median_seconds": leg.seconds,
                "under_way": leg.under_way,
                "overdue": leg.overdue,
                "decisive": leg.decisive,
            }
            for leg in found.legs
        ],
        "waits": [{"period": wait.name, "until": iso(wait.until, offset)} for wait in found.waits],
        "unopened": list(found.unopened),
    }


def _forecast_text(found: Forecast, calendar: WorkCalendar, now: int) -> str:
    offset = calendar.offset
    lines = [f"{period_label(found.period)}: {finish_words(found, offset, now)}."]
    if found.is_held:
        lines.append("Berkasnya ditahan; dihitung seolah dilanjutkan sekarang.")
    lines += [
        f"Menunggu {period_label(wait.name)} ditutup: {moment_short(wait.until, offset, now)}." for wait in found.waits
    ]
    if found.legs:
        lines.append(_legs_table(found.legs, offset, now))
        lines.append(f"Dihitung {assumed_words(found.legs)}.")
    if found.target is not None:
        lines.append(f"Target {date_plain(found.target)}: {target_words(found, found.target, now, calendar)}.")
    return "\n".join(lines)


def _legs_table(legs: Sequence[Leg], offset: int, now: int) -> str:
    rows = [
        (
            leg.step,
            leg.bidang,
            moment_short(leg.starts_at, offset, now),
            moment_short(leg.ends_at, offset, now),
            grounds_words(leg) + ("" if leg.decisive else "; bukan yang terakhir"),
        )
        for leg in legs
    ]
    return table(("No", "Bidang", "Dari", "Sampai", "Menurut"), rows, flexible=(1, 4))
