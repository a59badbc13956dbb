"""A demo office with believable work around today, built through the store like any other office.

The same `now` gives the same file, act by act. The SOP is one of the catalog; the demo office has settled that one of
its steps is done per bidang, so that a fan-out can be seen beside a decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from db import case_queries
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.rows import Address
from db.sop_versions import confirm_sop
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import Field
from sop.model.pelaksana import Actor
from sop.model.periods import key_of
from sop.model.state import Answer, Evidence
from sop.time.instants import civil, offset_of
from sop.time.work_calendar import WorkCalendar

SOP = "disnaker-kota-tangerang"
OFFICE = "contoh"
NAME = "Dinas Contoh Kota Tangerang"
BIDANG = ("Pelatihan Kerja", "Penempatan Kerja", "Hubungan Industrial", "Pengawasan", "Sekretariat")
PER_BIDANG_STEP = 2
MANAGER = "kasubag-perencanaan"
SET_UP_DAYS = 75
"""How long ago the demo office was set up: before its first act, however many holidays lie between."""


@dataclass(frozen=True, slots=True)
class _Act:
    at: int
    order: int
    by: str
    command: Command


@dataclass(slots=True)
class _Script:
    """What happened, written down in any order and played in the order of the clock."""

    calendar: WorkCalendar
    now: int
    acts: list[_Act] = field(default_factory=list)

    def moment(self, days_back: int, hour: int, minute: int) -> int:
        """A time of day on the so-manieth working day before today."""
        day = civil(self.now, self.calendar.offset).date()
        while days_back:
            day -= dt.timedelta(days=1)
            days_back -= bool(self.calendar.spans_of(day))
        return self.calendar.instant(day, hour * 3600 + minute * 60)

    def add(self, when: tuple[int, int, int], by: str, act: Act, period: str, **details: object) -> None:
        at = self.moment(*when)
        command = Command(act=act, period=period, **details)  # type: ignore[arg-type]
        self.acts.append(_Act(at, len(self.acts), by, command))

    def work(
        self, period: str, step: int, day: int, start: tuple[int, int], end: tuple[int, int], by: str, **details: object
    ) -> None:
        """A step begun and finished on one day."""
        self.add((day, *start), by, Act.MULAI, period, step=step, **details)
        self.add((day, *end), by, Act.SELESAI, period, step=step, **details)

    def played(self) -> Iterator[_Act]:
        yield from sorted(self.acts, key=lambda act: (act.at, act.order))


def build(database: Database, now: int) -> Address:
    """Fill an empty database with the demo office.

    Args:
        database: Open and without an office.
        now: What today is, UTC epoch seconds; nothing is recorded later than the last working day before it.

    Returns:
        The demo office and its SOP.
    """
    sop = catalog.load(SOP)
    offset = offset_of(sop.zone)
    reading = now - now % 86_400 - SET_UP_DAYS * 86_400
    store = Store(database, lambda: reading, "contoh")
    manager = Actor(MANAGER, everybody=True)
    current, half, before = _periods(civil(now, offset).date())
    address = Address(OFFICE, SOP)
    for year in sorted({int(key[:4]) for key in (current, half)}):
        asked = Adoption(sop=sop, year=year, office=OFFICE, name=NAME, zone=sop.zone, bidang=BIDANG)
        set_up(store, asked, manager)
    confirm_sop(
        store, address, PER_BIDANG_STEP, {Field.PER_BIDANG: True}, manager, reason="tiap bidang merekap sendiri"
    )
    confirm_sop(store, address, 4, {}, manager)
    script = _Script(case_queries.calendar(database, OFFICE), now)
    if before is not None:
        _finished_quarter(script, before)
    _semester_sent_back(script, half)
    _quarter_at_work(script, current)
    for act in script.played():
        reading = act.at
        store.apply(address, act.command, Actor(act.by, everybody=True))
    return address


def _periods(today: dt.date) -> tuple[str, str, str | None]:
    """(the quarter at work, the semester before it, the quarter before it in the same semester)."""
    # Three weeks back, so that a quarter that began yesterday is not yet the one at work.
    day = today - dt.timedelta(days=21)
    number = (day.month - 1) // 3 + 1
    current = key_of(day.year, f"TW{number}")
    half = key_of(day.year, "S1") if number > 2 else key_of(day.year - 1, "S2")
    before = key_of(day.year, f"TW{number - 1}") if number in (2, 4) else None
    return current, half, before


def _finished_quarter(script: _Script, period: str) -> None:
    """A quarter done and closed, one step late."""
    script.add((26, 8, 0), MANAGER, Act.BUKA, period)
    script.work(period, 1, 26, (8, 10), (8, 22), "sekretaris")
    for number, bidang in enumerate(BIDANG):
        script.work(period, 2, 25, (8, 5 + number), (8, 30 + 2 * number), f"staf-{number + 1}", bidang=bidang)
    script.work(period, 3, 24, (9, 0), (9, 9), "staf-perencanaan", note="Data bidang diperiksa silang.")
    script.work(period, 4, 23, (8, 15), (8, 41), "sub-koordinator")
    script.work(period, 5, 22, (9, 0), (9, 26), "sekretaris")
    script.add((22, 10, 0), MANAGER, Act.TUTUP, period)


def _semester_sent_back(script: _Script, period: str) -> None:
    """A semester whose report was answered Tidak once and now waits for the second answer."""
    script.add((20, 8, 0), MANAGER, Act.BUKA, period)
    year, half = period.split("-")
    for child in ("TW1", "TW2") if half == "S1" else ("TW3", "TW4"):
        reason = "sebelum program dipakai"
        script.add((20, 8, 5), MANAGER, Act.BEBASKAN, period, child=f"{year}-{child}", reason=reason)
    script.work(period, 6, 19, (8, 0), (9, 10), "staf-perencanaan")
    script.add((18, 8, 0), "sub-koordinator", Act.MULAI, period, step=7)
    script.add((16, 10, 0), "sub-koordinator", Act.AJUKAN, period, step=7)
    comment = "Capaian program 2 belum memakai angka triwulan terakhir."
    script.add((15, 9, 0), "kepala-bidang", Act.PUTUSKAN, period, step=7, answer=Answer.TIDAK, note=comment)
    script.work(period, 6, 13, (8, 0), (9, 0), "staf-perencanaan", note="Angka triwulan terakhir dipakai.")
    script.add((12, 8, 0), "sub-koordinator", Act.MULAI, period, step=7)
    script.add((3, 14, 0), "sub-koordinator", Act.AJUKAN, period, step=7)


def _quarter_at_work(script: _Script, period: str) -> None:
    """A quarter in its fan-out: two bidang through, one at work and late, one paused, one not begun."""
    script.add((7, 8, 0), MANAGER, Act.BUKA, period)
    script.add((7, 8, 30), "sekretaris", Act.MULAI, period, step=1)
    script.add((7, 9, 5), "sekretaris", Act.SELESAI, period, step=1, note="Surat permintaan data dikirim.")
    letter = Evidence(number="005/12/PDK", location="Map SAKIP, lemari 2")
    script.add((7, 9, 10), "sekretaris", Act.DOKUMEN, period, step=1, evidence=letter)
    script.work(period, 2, 5, (8, 20), (8, 45), "staf-1", bidang=BIDANG[0])
    started, ended = Typed(script.moment(4, 9, 0), 60), Typed(script.moment(4, 9, 50), 60)
    script.add(
        (3, 8, 10),
        MANAGER,
        Act.SELESAI,
        period,
        step=2,
        bidang=BIDANG[1],
        started=started,
        at=ended,
        reason="dicatat sesudah rapat",
    )
    script.add((2, 14, 0), "staf-3", Act.MULAI, period, step=2, bidang=BIDANG[2])
    script.add((2, 8, 30), "staf-4", Act.MULAI, period, step=2, bidang=BIDANG[3])
    script.add((2, 8, 50), "staf-4", Act.TUNDA, period, step=2, bidang=BIDANG[3], reason="menunggu data kecamatan")
    remark = "Mohon dikirim sebelum akhir pekan."
    script.add((1, 9, 0), MANAGER, Act.KOMENTAR, period, step=2, bidang=BIDANG[4], note=remark)
