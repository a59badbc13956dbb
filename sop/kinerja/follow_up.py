"""What was promised beside a figure, and what became of it: carried on from period to period until it is done.

It is done once the indicator reaches its target in a later period; another promise in a later period takes its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from sop.kinerja.form import Owner
from sop.kinerja.isian import Isian
from sop.kinerja.report import PeriodReport, ReportRow, below_target
from sop.kinerja.reporting import end_of
from sop.values import Frozen, replace


class FollowUpStanding(StrEnum):
    """What became of a promise."""

    BERJALAN = "berjalan"
    LEWAT_BATAS = "lewat_batas"
    """Its day is gone, and the target is not reached."""
    TERCAPAI = "tercapai"
    """The target was reached in a later period."""
    DIGANTI = "diganti"
    """A later period says something else."""
    BELUM_DITULIS = "belum_ditulis"
    """The value lies below its target, and nobody said what is done about it."""


class FollowUp(Frozen):
    """One tindak lanjut."""

    code: str
    name: str
    owner: Owner
    since: str
    """Period that said it first."""
    kendala: str | None
    text: str
    """Empty where nothing was promised."""
    pic: str | None
    """A position, or a registered person's code."""
    deadline: dt.date | None
    standing: FollowUpStanding = FollowUpStanding.BERJALAN
    until: str | None = None
    """Period in which it was done or replaced; None while it is carried on."""


def follow_ups(reports: Iterable[PeriodReport], period: str, day: dt.date) -> tuple[FollowUp, ...]:
    """What a period carries on, and what came to its end in it, in the order of its indicators' first promises.

    Args:
        reports: Of any periods; those that end after `period` are left aside.
        period: Period key.
        day: By which a day that was set is gone.
    """
    until = end_of(period)
    told = sorted((held for held in reports if end_of(held.period) <= until), key=lambda held: end_of(held.period))
    carried: dict[str, FollowUp] = {}
    ended: list[FollowUp] = []
    for held in told:
        for row in held.rows:
            if row.isian is None or row.row.period != held.period:
                continue
            before = carried.get(row.row.key)
            after, gone = _after(before, row, held.period)
            if gone is not None and end_of(held.period) == until:
                ended.append(gone)
            if after is None:
                carried.pop(row.row.key, None)
            else:
                carried[row.row.key] = after
    return (*(_judged(one, day) for one in carried.values()), *ended)


def not_promised(held: PeriodReport, told: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """Rows that were filled in a period and lie below target without a word of what is done about it, the lowest first.

    Args:
        held: The period.
        told: What is carried on in it, as `follow_ups` says.
    """
    carried = {one.code for one in told if one.until is None}
    return tuple(
        _follow_up(row, row.isian, held.period, "", FollowUpStanding.BELUM_DITULIS)
        for row in below_target(held.rows)
        if row.isian is not None and row.row.period == held.period and row.row.indicator.code not in carried
    )


def _after(before: FollowUp | None, row: ReportRow, period: str) -> tuple[FollowUp | None, FollowUp | None]:
    """(what is carried on from here, what came to its end here)."""
    isian = row.isian
    assert isian is not None
    text = isian.tindak_lanjut
    if text is not None:
        said = _follow_up(row, isian, period, text, FollowUpStanding.BERJALAN)
        if before is None:
            return said, None
        if before.text.casefold() == text.casefold():
            return replace(said, since=before.since, kendala=isian.kendala or before.kendala), None
        return said, replace(before, standing=FollowUpStanding.DIGANTI, until=period)
    capaian = row.figure.achievement
    if before is not None and capaian is not None and capaian.row >= 100:
        return None, replace(before, standing=FollowUpStanding.TERCAPAI, until=period)
    return before, None


def _follow_up(row: ReportRow, isian: Isian, period: str, text: str, standing: FollowUpStanding) -> FollowUp:
    """What a row says is done about its figure, and by whom until when."""
    code, name = row.row.indicator.code, row.row.indicator.name
    return FollowUp(code, name, row.owner, period, isian.kendala, text, isian.pic, isian.batas_waktu, standing)


def _judged(one: FollowUp, day: dt.date) -> FollowUp:
    is_late = one.deadline is not None and one.deadline < day
    return replace(one, standing=FollowUpStanding.LEWAT_BATAS) if is_late else one
