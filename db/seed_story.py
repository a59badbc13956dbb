"""What happened in the demo office, as acts with their moments: one year closed, the next one under way around today.

Pure: from a working calendar and a moment to acts in the order of the clock. Who plays them is `seed.py`.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator

from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.periods import first_day, key_of
from sop.model.state import Answer, Evidence
from sop.time.instants import civil
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, Mutable, field

BIDANG = ("Pelatihan Kerja", "Penempatan Kerja", "Hubungan Industrial", "Pengawasan", "Sekretariat")
PER_BIDANG_STEP = 2
MANAGER, SECRETARY, PLANNER = "kasubag-perencanaan", "sekretaris", "staf-perencanaan"
COORDINATOR, HEAD = "sub-koordinator", "kepala-bidang"
STAFF = tuple(f"staf-{number}" for number in range(1, len(BIDANG) + 1))
"""Codes of who acts; whoever recaps for a bidang stands in its place."""
_BEGUN_DAYS = 8
"""Working days that a quarter is old before the story has it at work: its first act lies seven of them back."""
_Clock = tuple[int, int]
"""Hour and minute."""


class StoryAct(Frozen):
    """One act of the story."""

    at: int
    order: int
    """Of those at one moment."""
    by: str
    """Code of who acts."""
    command: Command


class StoryPlan:
    """The working days of two years and more before today, and which quarter is at work."""

    def __init__(self, calendar: WorkCalendar, now: int) -> None:
        """
        Args:
            calendar: Of the office; it knows the year of today and the two before it.
            now: What today is, UTC epoch seconds.
        """
        self.calendar = calendar
        self.today = civil(now, calendar.offset).date()
        first = dt.date(self.today.year - 2, 1, 1)
        every = (first + dt.timedelta(days=count) for count in range((self.today - first).days))
        self.days = [day for day in every if calendar.spans_of(day)]
        """The working days before today."""
        self.current = self._at_work()
        """Key of the quarter at work."""
        self.year = int(self.current[:4])
        """The year that the story is about; the one before it is closed."""

    def _at_work(self) -> str:
        quarters = [key_of(year, f"TW{n}") for year in (self.today.year, self.today.year - 1) for n in (4, 3, 2, 1)]
        return next(key for key in quarters if len(self.days) - self.index(first_day(key)) >= _BEGUN_DAYS)

    def index(self, day: dt.date) -> int:
        """How many of the working days lie before a day."""
        return bisect_left(self.days, day)

    def moment(self, day: dt.date, clock: _Clock) -> int:
        """A time of day in the office's zone, UTC epoch seconds."""
        return self.calendar.instant(day, clock[0] * 3600 + clock[1] * 60)

    def next_working(self, day: dt.date, clock: _Clock) -> int | None:
        """That time of day on the first working day from a day on; None where that is not over yet."""
        index = self.index(day)
        return self.moment(self.days[index], clock) if index < len(self.days) else None


def told(plan: StoryPlan) -> list[StoryAct]:
    """Every act of the story, in the order of the clock; none of them later than the last working day before today."""
    script = _Script(plan)
    for year in (plan.year - 1, plan.year):
        for number in range(1, 5):
            key = key_of(year, f"TW{number}")
            if key < plan.current:
                _closed_quarter(script, key)
    _closed_halves(script, plan.year - 1)
    if plan.current >= key_of(plan.year, "TW3"):
        _half_sent_back(script, plan.year)
    _quarter_at_work(script, plan.current)
    return sorted(script.acts, key=lambda act: (act.at, act.order))


class _Script(Mutable):
    """What happened, written down in any order."""

    plan: StoryPlan
    acts: list[StoryAct] = field(default_factory=list)

    def add(self, day: int, clock: _Clock, by: str, act: Act, period: str, **details: object) -> None:
        """An act on a working day, counted as in a list: from the first one, or back from today where negative."""
        at = self.plan.moment(self.plan.days[day], clock)
        command = Command(act=act, period=period, **details)  # type: ignore[arg-type]
        self.acts.append(StoryAct(at, len(self.acts), by, command))

    def work(self, day: int, start: _Clock, end: _Clock, by: str, period: str, step: int, **details: object) -> None:
        """A step begun and finished on one day."""
        self.add(day, start, by, Act.MULAI, period, step=step, bidang=details.get("bidang"))
        self.add(day, end, by, Act.SELESAI, period, step=step, **details)


def _quarters_end(plan: StoryPlan, key: str) -> int:
    """Number of the first working day after a quarter."""
    year, number = int(key[:4]), int(key[-1])
    after = dt.date(year + 1, 1, 1) if number == 4 else dt.date(year, 3 * number + 1, 1)
    return plan.index(after)


def _closed_quarter(script: _Script, period: str) -> None:
    """A quarter done and closed in its last days: the first of a year with a late step, the second with one handed
    back. Until the second year is prepared one lane recaps for all bidang."""
    first = _quarters_end(script.plan, period) - 8
    number = int(period[-1])
    is_late, is_handed_back = number == 1, number == 2
    script.add(first, (8, 10), MANAGER, Act.BUKA, period)
    script.work(first, (8, 30), (8, 37 + number), SECRETARY, period, 1)
    if period < key_of(script.plan.year - 1, "TW4"):
        script.work(first + 1, (8, 20), (8, 45 + number), COORDINATOR, period, PER_BIDANG_STEP)
    else:
        _fan_out(script, first + 1, 20 + number, period)
    script.work(first + 2, (9, 0), (9, 2), PLANNER, period, 3, note="Data bidang diperiksa silang.")
    late = (9, 40) if is_late else (8, 38 + number)
    script.work(first + 3, (8, 15), late, COORDINATOR, period, 4)
    end = first + 4
    if is_handed_back:
        comment = "Angka Pengawasan belum sama dengan lampirannya."
        script.add(end, (8, 30), MANAGER, Act.KEMBALIKAN, period, step=5, target=4, note=comment)
        script.work(end, (9, 0), (9, 22), COORDINATOR, period, 4, note="Lampiran Pengawasan diganti.")
        end += 1
    script.work(end, (9, 0), (9, 24 + number), SECRETARY, period, 5)
    script.add(end, (10, 5), MANAGER, Act.TUTUP, period)


def _fan_out(script: _Script, day: int, minute: int, period: str) -> None:
    """Every bidang recaps, one after the other."""
    for place, (bidang, staff) in enumerate(zip(BIDANG, STAFF, strict=True)):
        begin = minute + 3 * place
        script.work(day, (8, begin), (8, begin + 18 + place), staff, period, PER_BIDANG_STEP, bidang=bidang)


def _closed_halves(script: _Script, year: int) -> None:
    """Both halves of a year and the year itself, each done and closed in the days after its end."""
    plan = script.plan
    half = key_of(year, "S1")
    first = plan.index(dt.date(year, 7, 1))
    script.add(first, (8, 10), MANAGER, Act.BUKA, half)
    script.work(first, (8, 30), (10, 0), PLANNER, half, 6)
    _put_before(script, half, first + 1, first + 1, 7, COORDINATOR)
    _answered(script, half, first + 2, 7, HEAD, Answer.YA)
    _passed_on(script, half, first + 3)

    half = key_of(year, "S2")
    first = plan.index(dt.date(year + 1, 1, 1))
    script.add(first, (8, 10), MANAGER, Act.BUKA, half)
    script.work(first, (8, 30), (10, 0), PLANNER, half, 6)
    _put_before(script, half, first + 1, first + 1, 7, COORDINATOR)
    comment = "Realisasi program 1 belum memakai angka Triwulan IV."
    _answered(script, half, first + 2, 7, HEAD, Answer.TIDAK, comment)
    script.work(first + 2, (10, 0), (10, 50), PLANNER, half, 6, note="Angka Triwulan IV dipakai.")
    _put_before(script, half, first + 3, first + 3, 7, COORDINATOR)
    _answered(script, half, first + 4, 7, HEAD, Answer.YA)
    _passed_on(script, half, first + 5)

    whole = key_of(year, "TH")
    script.add(first + 5, (9, 40), MANAGER, Act.BUKA, whole)
    script.work(first + 5, (9, 45), (9, 57), COORDINATOR, whole, 9)
    script.add(first + 5, (10, 15), MANAGER, Act.TUTUP, whole)


def _put_before(script: _Script, period: str, begun: int, handed_in: int, step: int, by: str) -> None:
    """A step whose work is put before whoever decides."""
    script.add(begun, (8, 15), by, Act.MULAI, period, step=step)
    script.add(handed_in, (11, 0), by, Act.AJUKAN, period, step=step)


def _answered(script: _Script, period: str, day: int, step: int, by: str, answer: Answer, note: str = "") -> None:
    script.add(day, (9, 0), by, Act.PUTUSKAN, period, step=step, answer=answer, note=note or None)


def _passed_on(script: _Script, period: str, day: int) -> None:
    """The last step of a half, whose own lane decides it, and the closing."""
    script.add(day, (8, 15), SECRETARY, Act.MULAI, period, step=8)
    script.add(day, (9, 0), SECRETARY, Act.PUTUSKAN, period, step=8, answer=Answer.YA)
    script.add(day, (9, 30), MANAGER, Act.TUTUP, period)


def _half_sent_back(script: _Script, year: int) -> None:
    """The first half, whose report was answered Tidak once and now waits for the second answer.

    Its report may take 120 days: whenever today is, both attempts have about half of the time since July.
    """
    period = key_of(year, "S1")
    first, after = script.plan.index(dt.date(year, 7, 1)), len(script.plan.days)
    answered = first + 4 + (after - first - 9) // 2
    script.add(first, (8, 10), MANAGER, Act.BUKA, period)
    script.work(first + 1, (8, 10), (9, 20), PLANNER, period, 6)
    _put_before(script, period, first + 2, answered - 1, 7, COORDINATOR)
    comment = "Capaian program 2 belum memakai angka triwulan terakhir."
    _answered(script, period, answered, 7, HEAD, Answer.TIDAK, comment)
    script.work(answered + 1, (8, 10), (9, 10), PLANNER, period, 6, note="Angka triwulan terakhir dipakai.")
    _put_before(script, period, answered + 2, max(answered + 3, after - 3), 7, COORDINATOR)


def _quarter_at_work(script: _Script, period: str) -> None:
    """A quarter in its fan-out: two bidang through, one at work and late, one paused, one not begun."""
    step = PER_BIDANG_STEP
    script.add(-7, (8, 0), MANAGER, Act.BUKA, period)
    script.add(-7, (8, 30), SECRETARY, Act.MULAI, period, step=1)
    script.add(-7, (8, 44), SECRETARY, Act.SELESAI, period, step=1, note="Surat permintaan data dikirim.")
    letter = Evidence(number="005/12/PDK", location="Map SAKIP, lemari 2")
    script.add(-7, (9, 10), SECRETARY, Act.DOKUMEN, period, step=1, evidence=letter)
    script.work(-5, (8, 20), (8, 45), STAFF[0], period, step, bidang=BIDANG[0])
    day = script.plan.days[-4]
    times = {
        "started": Typed(script.plan.moment(day, (9, 0)), 60),
        "at": Typed(script.plan.moment(day, (9, 25)), 60),
        "reason": "dicatat sesudah rapat",
    }
    script.add(-3, (8, 10), MANAGER, Act.SELESAI, period, step=step, bidang=BIDANG[1], **times)
    script.add(-2, (8, 30), STAFF[3], Act.MULAI, period, step=step, bidang=BIDANG[3])
    reason = "menunggu data kecamatan"
    script.add(-2, (8, 50), STAFF[3], Act.TUNDA, period, step=step, bidang=BIDANG[3], reason=reason)
    script.add(-2, (14, 0), STAFF[2], Act.MULAI, period, step=step, bidang=BIDANG[2])
    remark = "Mohon dikirim sebelum akhir pekan."
    script.add(-1, (9, 0), MANAGER, Act.KOMENTAR, period, step=step, bidang=BIDANG[4], note=remark)


def prepared(plan: StoryPlan) -> Iterator[tuple[int, int]]:
    """(moment, year): when each year was set up, the first two without fail; the next one in November."""
    start = plan.next_working(dt.date(plan.year - 1, 1, 1), (8, 0))
    assert start is not None
    yield start, plan.year - 1
    for year in (plan.year, plan.year + 1):
        at = plan.next_working(dt.date(year - 1, 11, 10), (9, 0))
        if at is not None:
            yield at, year
