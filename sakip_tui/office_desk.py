"""The desk of an office in a database file: one database thread, and one for documents.

Every method runs to its end on its thread, one after the other, so the screen never waits for a lock and two acts of
one person never cross.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from db import case_queries, drafts, people
from db.errors import DatabaseMissing, SchemaTooNew, UnknownOffice
from db.identity import Identity, Proof
from db.rows import Address, Board, Head
from sakip_tui.clock import Clock
from sakip_tui.database_thread import Worker
from sakip_tui.desk import After, Done, KeptCalendar, NewOffice, Office, OfficeChoice
from sakip_tui.desk_file import DeskFile
from sakip_tui.draft_places import DraftPlace, place_of
from sakip_tui.machine import account_name
from sakip_tui.sitting import Sitting
from sop.loading import load

if TYPE_CHECKING:
    from db.calendar_rows import CalendarChanged, CalendarPreview
    from db.file.connection import Database
    from db.office_acts import Given
    from db.rows import LoggedEvent
    from db.signers import SignerRow
    from db.store import Store
    from sakip_tui.recaps import Origin, ReadRecap, WrittenRecap
    from sop.look.outlook import PastRuns
    from sop.model.commands import Command
    from sop.model.definition import Sop
    from sop.model.errors import SopError
    from sop.model.events import Event
    from sop.model.pelaksana import Actor
    from sop.time.office_calendar import Edit, FillYear

T = TypeVar("T")
LATER = MappingProxyType(
    {
        "adopt": "sakip_tui.setup.office:adopt",
        "filling": "db.holiday_source:filling",
        "preview": "db.calendar_store:preview",
        "change calendar": "db.calendar_store:change_calendar",
        "calendar": "db.calendar_queries:office_calendar",
        "past": "db.past_runs:past_cycles",
        "signers": "db.signers:signers",
        "read recap": "sakip_tui.recaps:read_recap",
        "kept recap": "sakip_tui.recaps:kept_recap",
        "origin": "sakip_tui.recaps:origin_of",
        "write recap": "sakip_tui.recaps:write_for_screen",
    }
)
"""What the first picture does without."""


class OfficeDesk:
    """The desk of an office in a database file."""

    def __init__(
        self,
        path: Path,
        person: str,
        clock: Clock,
        office: str | None = None,
        sop: str | None = None,
        host: str | None = None,
        is_locked: bool = False,
        identity: Identity | None = None,
        account: str | None = None,
    ) -> None:
        """
        Args:
            path: The database file; it is made when an office is set up.
            person: Code of who sits here.
            clock: Reading of the clock.
            office: Code of the office meant, where the file has several.
            sop: Code of the SOP meant, where the office has several.
            host: Name of this machine, for the log.
            is_locked: Whether nobody else may sit down here.
            identity: Who sits here as far as it is known, instead of `person`.
            account: Name of the account at the operating system, whose own person it is in every office.
        """
        self._clock = clock
        self._file = DeskFile(path, clock, host)
        who = identity or Identity(person, Proof.CODE)
        self._sitting = Sitting(self._file, clock, who, (office, sop), account, is_locked)
        self._thread = Worker("sakip-database", self._file.explained)
        self._paper = Worker("sakip-paper", lambda error: self._thread.wait_for(lambda: self._file.explained(error)))
        self._closing = threading.Event()

    # ------------------------------------------------------------------ asking
    @property
    def person(self) -> str:
        return self._sitting.person

    @property
    def called(self) -> str:
        return self._sitting.called

    @property
    def account(self) -> str:
        return self._sitting.account

    @property
    def is_guest(self) -> bool:
        return self._sitting.is_locked

    async def ask(self, question: Callable[[Database, Address], T]) -> T:
        return await self._thread.do(lambda: question(self._file.database, self._sitting.address))

    def opened(self) -> tuple[Office, Board] | None:
        """The office that is meant, and the board of the year to show first, before any screen; None before set-up."""

        def look() -> tuple[Office, Board] | None:
            office = self._sitting.office()
            if office is None:
                return None
            return office, case_queries.year_board(self._file.database, office.address, office.year, self._clock())

        return self._thread.wait_for(look)

    async def office(self) -> Office | None:
        return await self._thread.do(self._sitting.office)

    async def choices(self) -> tuple[OfficeChoice, ...]:
        return await self._thread.do(self._sitting.choices)

    async def board(self, year: int) -> Board:
        now = self._clock
        return await self.ask(lambda database, address: case_queries.year_board(database, address, year, now()))

    async def data_version(self) -> int:
        return await self._thread.do(self._file.data_version)

    async def obstacles(self, commands: Sequence[Command]) -> tuple[SopError | None, ...]:
        return await self.write(lambda store, at, actor: store.obstacles(at, commands[0].period, commands, actor))

    async def members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        now = self._clock
        return await self.ask(lambda database, address: _members(database, address.office, lanes, bidang, now()))

    async def signers(self) -> tuple[SignerRow, ...]:
        find: Callable[[Database, str], tuple[SignerRow, ...]] = load(LATER["signers"])
        return await self.ask(lambda database, address: find(database, address.office))

    async def draft(self, place: DraftPlace) -> Mapping[str, str] | None:
        def kept() -> Mapping[str, str] | None:
            keys = (place.key, *place.former_keys)
            found = (drafts.load(self._file.database, self._sitting.actor().code, key) for key in keys)
            return next((each for each in found if each is not None), None)

        return await self._thread.do(kept)

    async def draft_places(self) -> tuple[DraftPlace, ...]:
        kept = await self._thread.do(lambda: drafts.places(self._file.database, self._sitting.actor().code))
        return tuple(dict.fromkeys(place for key in kept if (place := place_of(key)) is not None))

    async def history(self, period: str, step: int | None = None) -> tuple[LoggedEvent, ...]:
        return await self.ask(lambda database, at: case_queries.log(database, at, period=period, step=step, limit=500))

    async def undone(self, period: str) -> frozenset[int]:
        return await self.ask(lambda database, at: case_queries.undone(database, at, period))

    async def told(self, period: str, sequences: Collection[int]) -> Mapping[int, Event]:
        return await self.ask(lambda database, at: case_queries.told(database, at, period, sequences))

    async def kept_calendar(self, revision: int | None = None) -> KeptCalendar:
        return await self.ask(
            lambda database, at: KeptCalendar(*load(LATER["calendar"])(database, at.office, revision))
        )

    async def filling(self, year: int) -> FillYear:
        return await self._thread.do(lambda: load(LATER["filling"])(year))

    async def try_calendar(self, edits: Sequence[Edit]) -> CalendarPreview:
        return await self.ask(lambda database, at: load(LATER["preview"])(database, at.office, edits, self._clock()))

    async def past_runs(self) -> PastRuns:
        return await self.ask(lambda database, address: load(LATER["past"])(database, address))

    # ------------------------------------------------------------------ writing
    async def write(self, act: Callable[[Store, Address, Actor], T]) -> T:
        sitting = self._sitting
        return await self._thread.act(lambda: act(self._file.store, sitting.address, sitting.actor()))

    async def apply(self, command: Command) -> Done:
        def done(store: Store, address: Address, actor: Actor) -> Done:
            applied = store.apply(address, command, actor)
            if applied.state is None:
                return Done(applied.event, applied.warnings)
            after = After(address, applied.state, Head(applied.sequence, applied.hash))
            return Done(applied.event, applied.warnings, after)

        return await self.write(done)

    def keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        self._thread.post(lambda: self._keep_draft(place, content))

    def _keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        if content is None:
            for key in (place.key, *place.former_keys):
                drafts.forget(self._file.database, self._sitting.actor().code, key)
            return
        with suppress(SchemaTooNew):
            # In a newer program's file people are not looked up any more: whoever sat here still does.
            self._sitting.actor()
        if self._file.opened is not None:
            drafts.save(self._file.opened, self._sitting.person, place.key, content, self._clock())

    async def imported_sops(self) -> tuple[Sop, ...]:
        def found() -> tuple[Sop, ...]:
            try:
                return case_queries.imported_sops(self._file.database)
            except DatabaseMissing:
                return ()

        return await self._thread.do(found)

    async def set_up(self, wanted: NewOffice) -> Office:
        def made() -> Office:
            with self._file.created():
                load(LATER["adopt"])(self._file.store, wanted, self._sitting.identity)
            if wanted.code is None:
                self._sitting.forget_office()
            office = self._sitting.office()
            if office is None:
                raise UnknownOffice(code=None, known=())
            return office

        return await self._thread.act(made)

    async def change_calendar(self, edits: Sequence[Edit], given: Given) -> CalendarChanged:
        def changed(store: Store, address: Address, actor: Actor) -> CalendarChanged:
            done: CalendarChanged = load(LATER["change calendar"])(store, address.office, edits, actor, given)
            return done

        return await self.write(changed)

    async def kept_recap(self, period: str) -> Path | None:
        def kept(database: Database, address: Address) -> Path | None:
            closings = case_queries.board(database, address, period).state.periods[period].closings
            found: Path | None = load(LATER["kept recap"])(self._file.path, address, period, closings)
            return found

        return await self.ask(kept)

    async def write_recap(
        self,
        period: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenRecap:
        loop = asyncio.get_running_loop()
        left = threading.Event()

        def report(done: int, total: int) -> None:
            if progress is not None and not left.is_set():
                loop.call_soon_threadsafe(progress, done, total)

        def given_up() -> bool:
            return left.is_set() or self._closing.is_set() or (cancelled is not None and cancelled())

        read, origin = await self.ask(lambda database, address: self._read_recap(database, address, period))

        def written() -> WrittenRecap:
            account = account_name(os.environ)
            done: WrittenRecap = load(LATER["write recap"])(
                read, self._file.path, origin, period, account, os.environ, progress=report, cancelled=given_up
            )
            return done

        try:
            return await self._paper.do(written)
        except asyncio.CancelledError:
            left.set()
            raise

    def _read_recap(self, database: Database, address: Address, period: str) -> tuple[ReadRecap, Origin]:
        """The recap, and what a command line has to name to mean what is on the screen."""
        read: ReadRecap = load(LATER["read recap"])(database, address, period, self._clock())
        path = None if self.is_guest else self._file.path
        origin: Origin = load(LATER["origin"])(database, address, path)
        return read, origin

    # ------------------------------------------------------------------ who sits here, and for how long
    async def switch(self, office: str, sop: str) -> Office:
        return await self._thread.do(lambda: self._sitting.switch(office, sop))

    def rest(self) -> None:
        self._thread.post(self._file.rest)

    async def sign_in(self, code: str, pin: str) -> None:
        await self._thread.do(lambda: self._sitting.sign_in(code, pin))

    async def own_person(self) -> str | None:
        return await self._thread.do(self._sitting.own_person)

    async def sign_in_as_own(self) -> None:
        await self._thread.do(self._sitting.sign_in_as_own)

    async def sit_down(self) -> None:
        await self._thread.do(self._sitting.sit_down)

    async def sit_as_own(self) -> bool:
        return await self._thread.do(self._sitting.sit_as_own)

    async def close(self) -> None:
        self._closing.set()
        # A document that is being written is given up first, so that nothing half-written outlives the program.
        await self._paper.do(lambda: None)
        self._paper.stop()
        await self._thread.do(self._file.close)
        self._thread.stop()


def _members(
    database: Database, office: str, lanes: Sequence[str], bidang: str | None, now: int
) -> tuple[tuple[str, str], ...]:
    """(code, name) of everybody who holds one of the lanes for that bidang."""
    register = people.register(database, office)
    with database.read():
        office_id = people.office_id_of(database, office)
        return tuple(
            (row.code, row.name)
            for row in register
            if row.is_active and people.belongs(database, office_id, row.code, lanes, bidang, now)
        )
