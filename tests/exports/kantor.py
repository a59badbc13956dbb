"""An office that lives through a scenario, and its recap as values: shared by the tests of the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db import case_queries, recap_queries
from db.file.connection import Database
from db.rows import Address
from db.signers import signers
from db.store import Store
from exports.sheet import Cast, Cell, Report, Sheet
from exports.sheets import Source, descendants, recap_report
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.commands import Typed as TypedMoment
from sop.model.pelaksana import Actor
from sop.time.work_calendar import WorkCalendar
from tests.db.office import EVERYBODY, NGANJUK, TANGERANG, adopt

MONDAY = 1_769_965_200
"""Midnight of Monday 2 February 2026, WIB; no holiday lies in the two weeks that follow."""
WIB = 7 * 3600
NAMED = ("Keuangan", "Pemberdayaan", "Sekretariat")


def at(text: str) -> int:
    """`3 09.30`: that time on the third day, Monday 2 February being the first."""
    day, clock = text.split()
    hour, minute = clock.split(".")
    return MONDAY + (int(day) - 1) * 86_400 + int(hour) * 3600 + int(minute) * 60


@dataclass
class Kantor:
    """One office on a file, whose clock stands at the moment of the act unless it is recorded later."""

    database: Database
    sop: str
    bidang: tuple[str, ...] = ()
    now: int = MONDAY + 7 * 3600
    address: Address = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.database, lambda: self.now, "pc-uji")
        self.address = adopt(self.store, self.sop, 2026, self.bidang)

    def do(
        self, act: Act, period: str, step: int | None, when: str, later: int = 0, by: str | None = None, **more: Any
    ) -> None:
        """An act at a moment, recorded `later` seconds after it, by somebody else than usual where one is named."""
        moment = at(when)
        self.now = max(self.now, moment + later)
        typed = TypedMoment(moment) if later else None
        if typed is None:
            self.now = moment
        for name in ("started", "ended"):
            if name in more:
                more[name] = TypedMoment(at(more[name]))
        actor = EVERYBODY if by is None else Actor(by, everybody=True)
        self.store.apply(self.address, Command(act, f"2026-{period}", step=step, at=typed, **more), actor)

    def source(self, period: str, *, rejudged: bool = False) -> Source:
        """What a recap is made of."""
        key = f"2026-{period}"

        def calendar_at(revision: int) -> WorkCalendar:
            return case_queries.calendar(self.database, self.address.office, revision)

        (recap,) = recap_queries.recaps(self.database, self.address, (key,))
        return Source(
            recap,
            tuple(recap_queries.log_lines(self.database, self.address, [key])),
            recap_queries.recaps(self.database, self.address, descendants(key, recap.board.state.periods)),
            calendar_at,
            rejudged,
            signers=signers(self.database, self.address.office),
        )

    def recap(self, period: str, *, rejudged: bool = False) -> Report:
        return recap_report(self.source(period, rejudged=rejudged), self.now)


def begun(database: Database) -> Kantor:
    """TW I of the nine steps, with step 2 at work."""
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    kantor.do(Act.MULAI, "TW1", 1, "1 08.10")
    kantor.do(Act.SELESAI, "TW1", 1, "1 08.20")
    kantor.do(Act.MULAI, "TW1", 2, "1 09.00")
    return kantor


def in_region(database: Database) -> Kantor:
    """TW I of the seven steps: one bidang has handed in, one is at step 4, one has not begun."""
    kantor = Kantor(database, NGANJUK, NAMED)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    for step in (1, 2):
        kantor.do(Act.MULAI, "TW1", step, f"1 08.{step}0")
        kantor.do(Act.SELESAI, "TW1", step, f"1 08.{step}4")
    for name in NAMED[:2]:
        kantor.do(Act.MULAI, "TW1", 3, "1 09.00", bidang=name)
        kantor.do(Act.SELESAI, "TW1", 3, "1 09.05", bidang=name)
    kantor.do(Act.MULAI, "TW1", 4, "1 09.10", bidang=NAMED[0])
    kantor.do(Act.SELESAI, "TW1", 4, "3 09.20", bidang=NAMED[0])
    return kantor


def sheet_of(report: Report, title: str) -> Sheet:
    return next(sheet for sheet in report.sheets if sheet.title == title)


def dicts(sheet: Sheet) -> list[dict[str, Any]]:
    """Rows by column key, values without their kinds."""
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, map(bare, row), strict=True)) for row in sheet.rows]


def bare(cell: Cell) -> Any:
    return cell.value if isinstance(cell, Cast) else cell


def figures(report: Report) -> Mapping[str, Any]:
    """Title -> value of the period's own column of Ringkasan."""
    sheet = sheet_of(report, "Ringkasan")
    keys = [column.key for column in sheet.columns]
    place = max(index for index, key in enumerate(keys) if key != "total" and not key.endswith("_frozen"))
    return {str(row[0]): bare(row[place]) for row in sheet.rows}
