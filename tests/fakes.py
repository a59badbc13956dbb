"""Stand-ins: a clock that stands still, a desk without a database, an office in a file, and waiting for a condition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from db import opening
from db.adoption import Adoption, set_up
from db.calendar_rows import CalendarChanged, CalendarPreview
from db.errors import StaleCase
from db.file.connection import Database
from db.holiday_source import filling
from db.office_acts import Given
from db.rows import Address, Board, Head, LoggedEvent, SetUp
from db.signers import SignerRow
from db.store import Store
from sakip_tui.desk import After, Done, KeptCalendar, NewOffice, Office, OfficeChoice, SopChoice
from sakip_tui.draft_places import DraftPlace
from sakip_tui.recaps import WrittenRecap
from sop.acts.decide import decide
from sop.acts.procedure import procedure
from sop.acts.redating import Redated
from sop.acts.replay import replay
from sop.form import catalog
from sop.look.outlook import PastRuns
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.context import Context
from sop.model.definition import Cadence, Sop
from sop.model.errors import SopError
from sop.model.events import Event, undone_by
from sop.model.pelaksana import Actor
from sop.model.periods import kept_names, key_of, keys_of
from sop.model.refusals import Refused, Rule, StaleRevision
from sop.model.settings import Settings
from sop.model.state import Answer, PeriodPhase, YearState
from sop.time.deadline import clock_start, due_at
from sop.time.office_calendar import Edit, FillYear, OfficeCalendar, changes, edited
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from sop.values import replace
from tests.waiting import SECONDS, STEP

TUESDAY = 1_776_135_600
"""Tuesday 14 April 2026, 10.00 WIB: within office hours of the default calendar."""
FIVE_BIDANG = ("Sekretariat", "Penempatan", "Pelatihan", "Pengawasan", "Hubungan Industrial")
TANGERANG = "disnaker-kota-tangerang"
LIMA_PULUH_KOTA = "disperinaker-lima-puluh-kota"


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: int = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def move(self, *, minutes: int = 0, seconds: int = 0) -> None:
        self.now += minutes * 60 + seconds


class FakeDesk:
    """The desk of an office that lives in memory: the same rules, no file."""

    def __init__(
        self,
        code: str = TANGERANG,
        clock: FakeClock | None = None,
        bidang: tuple[str, ...] = FIVE_BIDANG,
        cadence: Cadence | None = None,
        actor: Actor | None = None,
        sop: Sop | None = None,
    ) -> None:
        self.clock = clock or FakeClock()
        self.sop = sop or catalog.load(code)
        named = any(step.cadence is not None for step in self.sop.steps)
        self.cadence = cadence or (None if named else Cadence.TRIWULAN)
        self.actor = actor or Actor("budi", everybody=True)
        self.kept = [OfficeCalendar(CalendarSpec(self.sop.zone))]
        """Every revision of the calendar, the first in front."""
        self.bidang = bidang
        self.settings = Settings()
        self.office_name = self.sop.office
        self.year = 2026
        self.commits = 1
        self.boards_read = 0
        self.failure_of_acts: Exception | None = None
        """Raised by whatever would be written or tried, as by a busy database. Reading goes on."""
        self.may_act = asyncio.Event()
        """Cleared, acts wait until it is set, as with a locked database."""
        self.may_act.set()
        self.is_set_up = True
        self.imported: tuple[Sop, ...] = ()
        """SOPs that no office uses yet."""
        self.closed = False
        self.is_guest = False
        self.recaps: list[str] = []
        self.reasons: list[str | None] = []
        """Given with changes of the calendar."""
        self.past: PastRuns = {}
        self.people: tuple[tuple[str, str], ...] = ()
        """(code, name) of the members of every lane."""
        self.named_signers: tuple[SignerRow, ...] = ()
        self.pins: dict[str, str] = {}
        """Code -> PIN, of whoever has one."""
        self._next_person = self.actor.code
        self.drafts: dict[DraftPlace, Mapping[str, Any]] = {}
        self.asked: list[Command] = []
        self._tokens: dict[str, Done] = {}
        self.events: list[Event] = [self._siapkan()]
        self.state = replay(self.events, {1: self.sop}, self.cadence)

    def _siapkan(self) -> Event:
        cadences = {cadence for step in self.sop.steps if (cadence := step.cadence or self.cadence) is not None}
        kept = kept_names(cadences)
        periods = [
            {"key": key, "has_case": procedure(self.sop, key, self.cadence) is not None}
            for key in keys_of(self.year)
            if key in {key_of(self.year, name) for name in kept}
        ]
        now = self.clock()
        return Event(1, Act.SIAPKAN, now, now, self.actor.code, data={"periods": periods})

    @property
    def calendar(self) -> WorkCalendar:
        """The revision in force."""
        return WorkCalendar(self.kept[-1].spec, len(self.kept))

    # ------------------------------------------------------------------ what the screens ask
    @property
    def person(self) -> str:
        return self.actor.code

    @property
    def called(self) -> str:
        return self.actor.code

    @property
    def account(self) -> str:
        return self.actor.code

    async def ask(self, question: Callable[[Database, Address], Any]) -> Any:
        raise AssertionError("this desk has no file; take an OfficeDesk on office_file(...)")

    async def write(self, act: Callable[[Store, Address, Actor], Any]) -> Any:
        raise AssertionError("this desk has no file; take an OfficeDesk on office_file(...)")

    async def office(self) -> Office | None:
        return self.opened if self.is_set_up else None

    async def imported_sops(self) -> tuple[Sop, ...]:
        return self.imported

    async def choices(self) -> tuple[OfficeChoice, ...]:
        sops = (SopChoice(self.sop.code, "SOP pengumpulan data kinerja", (self.year,)),)
        return (OfficeChoice("kantor", self.office_name, sops),)

    async def sign_in(self, code: str, pin: str) -> None:
        if self.is_guest and code != self.person:
            raise Refused(Rule.IDENTITY_LOCKED, person=self.person, claimed=code)
        if code not in self.pins:
            raise Refused(Rule.NO_PIN, person=code)
        if self.pins[code] != pin:
            raise Refused(Rule.PIN_WRONG, person=code)
        self._next_person = code

    async def own_person(self) -> str | None:
        return None

    async def sign_in_as_own(self) -> None:
        raise AssertionError("this desk has no account; take an OfficeDesk on a file")

    async def sit_down(self) -> None:
        self.actor = replace(self.actor, code=self._next_person)

    async def sit_as_own(self) -> bool:
        return False

    async def switch(self, office: str, sop: str) -> Office:
        if (office, sop) != self.opened.address:
            raise AssertionError("this desk has one office; take an OfficeDesk on a file")
        return self.opened

    async def obstacles(self, commands: Sequence[Command]) -> tuple[SopError | None, ...]:
        found: list[SopError | None] = []
        for command in commands:
            try:
                decide(self.state, command, self.actor, self._context())
            except SopError as refusal:
                found.append(refusal)
            else:
                found.append(None)
        return tuple(found)

    async def members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        return self.people

    async def signers(self) -> tuple[SignerRow, ...]:
        return self.named_signers

    async def draft(self, place: DraftPlace) -> Mapping[str, str] | None:
        return self.drafts.get(place)

    async def draft_places(self) -> tuple[DraftPlace, ...]:
        return tuple(reversed(self.drafts))

    def keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        self.drafts.pop(place, None)
        if content is not None:
            self.drafts[place] = content

    def rest(self) -> None:
        """There is no file to look after."""

    @property
    def opened(self) -> Office:
        return Office(Address("kantor", self.sop.code), self.actor, self.year)

    @property
    def rows(self) -> Board:
        """The snapshot as it stands, with the newest case of each period, as one reads it from a file."""
        newest = {(key, period.last_case) for key, period in self.state.periods.items()}
        cases = {key: case for key, case in self.state.cases.items() if key in newest}
        return Board(
            address=self.opened.address,
            office_name=self.office_name,
            zone=self.sop.zone,
            period="",
            state=YearState(self.state.periods, cases),
            versions={1: self.sop},
            newest_version=1,
            cadence=self.cadence,
            settings=self.settings,
            bidang=self.bidang,
            calendar=self.calendar,
            head=Head(len(self.events), "0" * 64),
        )

    async def board(self, year: int) -> Board:
        self.boards_read += 1
        return self.rows

    async def data_version(self) -> int:
        return self.commits

    async def apply(self, command: Command) -> Done:
        self.asked.append(command)
        await self.may_act.wait()
        self._fail()
        if command.token is not None and command.token in self._tokens:
            return self._tokens[command.token]
        done = self.act(command)
        if command.token is not None:
            self._tokens[command.token] = done
        return done

    async def history(self, period: str, step: int | None = None) -> tuple[LoggedEvent, ...]:
        found = [
            event for event in self.events if event.period == period and (step is None or event.step in (step, None))
        ]
        return tuple(LoggedEvent(event, "kantor", self.sop.code, None, "0" * 64) for event in reversed(found))

    async def undone(self, period: str) -> frozenset[int]:
        return undone_by(event for event in self.events if event.period == period)

    async def told(self, period: str, sequences: Collection[int]) -> dict[int, Event]:
        return {event.sequence: event for event in self.events if event.sequence in sequences}

    async def set_up(self, wanted: NewOffice) -> Office:
        self._fail()
        self.__init__(wanted.sop, self.clock, wanted.bidang, wanted.cadence)  # type: ignore[misc]
        self.office_name = wanted.name
        return self.opened

    async def kept_recap(self, period: str) -> Path | None:
        return Path(f"rekap/{period}.xlsx") if period in self.recaps else None

    async def write_recap(
        self,
        period: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenRecap:
        self.recaps.append(period)
        return WrittenRecap(Path(f"rekap/{period}.xlsx"), self.state.periods[period].phase is not PeriodPhase.TUTUP)

    async def kept_calendar(self, revision: int | None = None) -> KeptCalendar:
        number = len(self.kept) if revision is None else revision
        return KeptCalendar(self.kept[number - 1], number)

    async def filling(self, year: int) -> FillYear:
        return filling(year)

    async def try_calendar(self, edits: Sequence[Edit]) -> CalendarPreview:
        self._fail()
        after = edited(self.kept[-1], edits)
        dues = tuple(due for due in self._redated(after) if due.before != due.after)
        return CalendarPreview(len(self.kept), after, changes(self.kept[-1], after), dues)

    async def change_calendar(self, edits: Sequence[Edit], given: Given) -> CalendarChanged:
        self._fail()
        if not self.actor.manages:
            raise Refused(Rule.MANAGER_ONLY, act=Act.KALENDER)
        if given.seen != len(self.kept):
            raise StaleCase(
                entity="kalender", seen=given.seen, found=len(self.kept), by="siti", act=None, at=None, recorded=None
            )
        before, after = self.kept[-1], edited(self.kept[-1], edits)
        dues = self._redated(after)
        self.kept.append(after)
        self.reasons.append(given.reason)
        return CalendarChanged(len(self.events), len(self.kept), changes(before, after), dues)

    def _redated(self, after: OfficeCalendar) -> tuple[Redated, ...]:
        """Due moments of the open runs before and after."""
        found = []
        for key in self.state.periods:
            case = self.state.case_of(key)
            for run in case.open_runs() if case is not None else ():
                waktu = self.sop.step(run.step).mutu_baku.waktu
                moments = []
                for calendar in (self.calendar, WorkCalendar(after.spec, len(self.kept) + 1)):
                    start = None if waktu is None else clock_start(waktu, run.ready, run.started, None)
                    moments.append(
                        None
                        if waktu is None
                        else due_at(waktu, start, run.pauses, calendar, now=self.clock(), count_first_day=False)
                    )
                found.append(Redated(self.sop.code, key, 1, run.step, run.bidang, run.attempt, *moments))
        return tuple(found)

    async def past_runs(self) -> PastRuns:
        return self.past

    async def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.failure_of_acts is not None:
            raise self.failure_of_acts

    # ------------------------------------------------------------------ what a test does behind the screen's back
    def act(self, command: Command, actor: Actor | None = None) -> Done:
        """Do an act at once, judged by the rules."""
        try:
            outcome = decide(self.state, command, actor or self.actor, self._context())
        except StaleRevision as stale:
            raise StaleCase(
                entity=stale.entity, seen=stale.seen, found=stale.found, by="siti", act=None, at=None, recorded=None
            ) from stale
        self.events.append(outcome.event)
        self.state = outcome.state
        after = After(self.opened.address, outcome.state, Head(len(self.events), "0" * 64))
        return Done(outcome.event, outcome.warnings, after)

    def _context(self) -> Context:
        return Context(
            now=self.clock(),
            calendar=self.calendar,
            versions={1: self.sop},
            current_version=1,
            sequence=len(self.events) + 1,
            cadence=self.cadence,
            bidang=self.bidang,
            settings=self.settings,
            history=lambda: self.events,
            event=lambda sequence: next((event for event in self.events if event.sequence == sequence), None),
        )

    def elsewhere(self, command: Command) -> None:
        """Somebody else does an act from another program."""
        self.act(command, Actor("siti", everybody=True))
        self.commits += 1


def run_act(act: Act, step: int, period: str = "2026-TW1", **details: Any) -> Command:
    """A command on a run."""
    return Command(act, period, step=step, **details)


def walk(desk: FakeDesk, steps: Sequence[int], period: str = "2026-TW1", minutes: int = 5) -> None:
    """Start and finish these steps one after the other, every bidang where they are per bidang; decisions get a Ya."""
    for number in steps:
        step = desk.sop.step(number)
        for bidang in desk.bidang if step.per_bidang else (None,):
            desk.act(run_act(Act.MULAI, number, period, bidang=bidang))
            desk.clock.move(minutes=minutes)
            if step.decision is None:
                desk.act(run_act(Act.SELESAI, number, period, bidang=bidang))
            else:
                if step.decider not in step.pelaksana:
                    desk.act(run_act(Act.AJUKAN, number, period, bidang=bidang))
                desk.act(run_act(Act.PUTUSKAN, number, period, bidang=bidang, answer=Answer.YA))


def open_period(desk: FakeDesk, period: str = "2026-TW1", at: int | None = None) -> None:
    """Open a period now, or at a moment."""
    typed = Typed(at) if at is not None else None
    desk.act(Command(Act.BUKA, period, at=typed, reason="dicatat kemudian"))


def office_file(path: Path, code: str = TANGERANG, bidang: tuple[str, ...] = FIVE_BIDANG, now: int = TUESDAY) -> SetUp:
    """A database file with one office."""
    with opening.open(path, create=True) as database:
        asked = Adoption(catalog.load(code), 2026, bidang=bidang)
        return set_up(Store(database, lambda: now), asked, Actor("budi", everybody=True))


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Let the app run until the condition holds; where it never does the test fails with what the screen shows."""
    loop = asyncio.get_running_loop()
    limit = loop.time() + seconds
    while not condition():
        if loop.time() > limit:
            raise AssertionError(f"the condition never held:\n{shown(pilot.app)}")
        await asyncio.sleep(STEP)


def shown(app: App[Any]) -> str:
    """The lines of the screen on top."""
    drawn = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in drawn)
