"""The only door from the screens to the database: async methods, one database thread.

Every method runs to its end on that one thread, one after the other, so the screen never waits for a lock and two acts
of one person never cross. `tests/fakes.py` holds the same door without a database.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from db import queries
from db.errors import DatabaseMissing, DatabaseReplaced, SchemaTooNew, UnknownAdoption, UnknownOffice, UnknownPerson
from db.file import connection
from db.identity import Identity, Proof
from db.rows import Address, Board
from sakip_tui.clock import Clock, running_beside
from sakip_tui.draft_places import DraftPlace, place_of
from sakip_tui.machine import account_name

if TYPE_CHECKING:
    from db.calendar_rows import CalendarChanged, CalendarPreview
    from db.file.connection import Database
    from db.rows import LoggedEvent, OfficeRow
    from db.store import Store
    from sakip_tui.recaps import Origin, ReadRecap, WrittenRecap
    from sop.look.outlook import PastRuns
    from sop.model.commands import Command
    from sop.model.definition import Cadence
    from sop.model.errors import SopError
    from sop.model.events import Event
    from sop.model.pelaksana import Actor
    from sop.time.office_calendar import Edit, FillYear, OfficeCalendar

T = TypeVar("T")


class NewOffice(NamedTuple):
    """What the first start asks for."""

    sop: str
    """Code of a shipped SOP."""
    name: str
    zone: str
    year: int
    bidang: tuple[str, ...] = ()
    cadence: Cadence | None = None


class Office(NamedTuple):
    """The office that is open."""

    address: Address
    years: tuple[int, ...]
    """Reporting years that were set up, in order."""
    actor: Actor


class SopChoice(NamedTuple):
    """One SOP that an office works by."""

    code: str
    title: str
    years: tuple[int, ...]
    """Reporting years that were set up, in order; at least one."""


class OfficeChoice(NamedTuple):
    """One office of the database."""

    code: str
    name: str
    sops: tuple[SopChoice, ...]


class Done(NamedTuple):
    """What became of a command."""

    event: Event
    warnings: tuple[str, ...] = ()


class KeptCalendar(NamedTuple):
    """One revision of the office's calendar, with what the office decided in it."""

    calendar: OfficeCalendar
    revision: int


class Desk(Protocol):
    """What the screens ask for. Every method may raise what `notices.py` knows."""

    @property
    def person(self) -> str:
        """Name of who sits here."""

    @property
    def is_guest(self) -> bool:
        """Whether the person came in by a key: the documents of this machine are not theirs to look at."""

    async def ask(self, question: Callable[[Database, Address], T]) -> T:
        """Read: a question of `db.queries` and its like, answered on the database thread."""

    async def write(self, act: Callable[[Store, Address, Actor], T]) -> T:
        """Write: a function of the `db` floor that takes the store, the office and who sits here."""

    async def office(self) -> Office | None:
        """The office that is meant; None where nothing has been set up yet."""

    async def choices(self) -> tuple[OfficeChoice, ...]:
        """Every office and SOP of the database that was set up."""

    async def switch(self, office: str, sop: str) -> Office:
        """From now on this office and SOP are meant. Raises UnknownOffice, UnknownAdoption, UnknownPerson."""

    async def board(self, year: int) -> Board:
        """Everything the board of a year is drawn from."""

    async def data_version(self) -> int:
        """Changes whenever somebody else has committed. Compare it only with itself."""

    async def obstacles(self, commands: Sequence[Command]) -> tuple[SopError | None, ...]:
        """Why each of some acts on one period would be refused now; None for one that would be done."""

    async def members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        """(code, name) of everybody who holds one of the lanes for that bidang; empty while nobody is registered."""

    async def draft(self, place: DraftPlace) -> Mapping[str, str] | None:
        """What the person typed there and never sent; None for nothing."""

    async def draft_places(self) -> tuple[DraftPlace, ...]:
        """Where the person left something unsent, the newest first; what cannot be read is left out."""

    def keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        """Keep what was typed there, or (None) forget it. Does not wait: it is done before the desk closes."""

    def rest(self) -> None:
        """Called every second: what is best done while nobody writes. Does not wait."""

    async def sign_in(self, code: str, pin: str) -> None:
        """Check the PIN of somebody who wants to sit here; they do after `sit_down`."""

    async def sit_down(self) -> None:
        """Let whoever signed in last sit here, once all that the person before left to be written is written."""

    async def apply(self, command: Command) -> Done:
        """Do one act, or nothing."""

    async def history(self, period: str, step: int | None = None) -> tuple[LoggedEvent, ...]:
        """The log of a period (of one of its steps), newest first."""

    async def set_up(self, wanted: NewOffice) -> Office:
        """Make the office."""

    async def write_recap(
        self,
        period: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenRecap:
        """Write the recap as a workbook into the export folder; other acts go on meanwhile.

        Args:
            period: Key such as `2026-TW1`.
            progress: Hears on the screen's own thread (rows written, rows in all).
            cancelled: Asked on another thread whether nobody wants the document any more.
        """

    async def kept_calendar(self, revision: int | None = None) -> KeptCalendar:
        """A revision of the working calendar; None for the one in force."""

    async def filling(self, year: int) -> FillYear:
        """The holidays of a year, to be handed to the two below. Slow at first: it loads them."""

    async def try_calendar(self, edits: Sequence[Edit]) -> CalendarPreview:
        """What a change of the calendar would be. Nothing is written."""

    async def change_calendar(
        self, edits: Sequence[Edit], *, reason: str | None, seen: int, token: str
    ) -> CalendarChanged:
        """Change the calendar that was seen, or nothing."""

    async def past_runs(self) -> PastRuns:
        """What earlier runs of each step took, for forecasts."""

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""


class _Thread:
    """One worker that does what it is given in order. Unlike an executor's it never holds up the interpreter's end."""

    def __init__(self, name: str, explain: Callable[[BaseException], BaseException | None]) -> None:
        """
        Args:
            name: For whoever looks at the threads.
            explain: What an error means, asked on the thread; None where it means itself.
        """
        self._explain = explain
        self._queue: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            task, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(task())
            except BaseException as error:
                future.set_exception(self._explain(error) or error)

    async def do(self, task: Callable[[], T]) -> T:
        """Run a task there. Once begun it runs to its end, even when nobody waits for it any more."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return await asyncio.wrap_future(future)

    async def act(self, task: Callable[[], T]) -> T:
        """As `do`, but done even where whoever asked leaves before it is begun: an answer that was given counts."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return await asyncio.shield(asyncio.wrap_future(future))

    def wait_for(self, task: Callable[[], T]) -> T:
        """As `do`, for where there is no loop yet: holds up whoever asks."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return future.result()

    def post(self, task: Callable[[], object]) -> None:
        """As `do`, without waiting; nobody hears of what it raises."""
        self._queue.put((task, Future()))

    def stop(self) -> None:
        self._queue.put(None)


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
        self._path, self._clock, self._host = path, clock, host
        self._is_locked, self._account = is_locked, account
        self._identity = self._next_identity = identity or Identity(person, Proof.CODE)
        self._person = self._identity.name
        """Code of who sits here, in the office on view."""
        self._wanted = (office, sop)
        self._thread = _Thread("sakip-database", self._explained)
        self._paper = _Thread("sakip-paper", lambda error: self._thread.wait_for(lambda: self._explained(error)))
        self._closing = threading.Event()
        self._open_database: Database | None = None
        self._open_store: Store | None = None
        self._openings = 0
        self._address: Address | None = None

    @property
    def person(self) -> str:
        return self._person

    @property
    def is_guest(self) -> bool:
        return self._is_locked

    async def ask(self, question: Callable[[Database, Address], T]) -> T:
        return await self._thread.do(lambda: question(self._database(), self._known_address()))

    async def write(self, act: Callable[[Store, Address, Actor], T]) -> T:
        return await self._thread.act(lambda: act(self._store(), self._known_address(), self._actor()))

    def opened(self) -> tuple[Office, Board] | None:
        """The office that is meant with its newest board, before any screen; None where nothing has been set up."""

        def look() -> tuple[Office, Board] | None:
            office = self._office()
            return None if office is None else (office, queries.year_board(self._database(), *_newest(office)))

        return self._thread.wait_for(look)

    async def office(self) -> Office | None:
        return await self._thread.do(self._office)

    async def choices(self) -> tuple[OfficeChoice, ...]:
        return await self._thread.do(self._choices)

    async def switch(self, office: str, sop: str) -> Office:
        return await self._thread.do(lambda: self._switch(office, sop))

    async def board(self, year: int) -> Board:
        return await self._thread.do(lambda: queries.year_board(self._database(), self._known_address(), year))

    async def data_version(self) -> int:
        return await self._thread.do(self._data_version)

    async def obstacles(self, commands: Sequence[Command]) -> tuple[SopError | None, ...]:
        return await self.write(lambda store, at, actor: store.obstacles(at, commands[0].period, commands, actor))

    async def members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        return await self._thread.do(lambda: self._members(lanes, bidang))

    async def draft(self, place: DraftPlace) -> Mapping[str, str] | None:
        from db import drafts

        def load() -> Mapping[str, str] | None:
            found = (drafts.load(self._database(), self._actor().code, key) for key in (place.key, *place.former_keys))
            return next((each for each in found if each is not None), None)

        return await self._thread.do(load)

    async def draft_places(self) -> tuple[DraftPlace, ...]:
        from db import drafts

        kept = await self._thread.do(lambda: drafts.places(self._database(), self._actor().code))
        return tuple(dict.fromkeys(place for key in kept if (place := place_of(key)) is not None))

    def keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        self._thread.post(lambda: self._keep_draft(place, content))

    def rest(self) -> None:
        self._thread.post(self._rest)

    async def sign_in(self, code: str, pin: str) -> None:
        await self._thread.do(lambda: self._sign_in(code, pin))

    async def sit_down(self) -> None:
        await self._thread.do(self._sit_down)

    async def apply(self, command: Command) -> Done:
        return await self._thread.act(lambda: self._apply(command))

    async def history(self, period: str, step: int | None = None) -> tuple[LoggedEvent, ...]:
        return await self._thread.do(
            lambda: queries.log(self._database(), self._known_address(), period=period, step=step, limit=500)
        )

    async def set_up(self, wanted: NewOffice) -> Office:
        return await self._thread.act(lambda: self._set_up(wanted))

    async def write_recap(
        self,
        period: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenRecap:
        loop = asyncio.get_running_loop()
        left = threading.Event()

        def tell(done: int, total: int) -> None:
            if progress is not None and not left.is_set():
                loop.call_soon_threadsafe(progress, done, total)

        def given_up() -> bool:
            return left.is_set() or self._closing.is_set() or (cancelled is not None and cancelled())

        read, origin = await self._thread.do(lambda: (self._read_recap(period), self._origin()))
        try:
            return await self._paper.do(lambda: self._write_recap(read, origin, period, tell, given_up))
        except asyncio.CancelledError:
            left.set()
            raise

    async def kept_calendar(self, revision: int | None = None) -> KeptCalendar:
        return await self._thread.do(lambda: self._kept_calendar(revision))

    async def filling(self, year: int) -> FillYear:
        from db.holiday_source import filling

        return await self._thread.do(lambda: filling(year))

    async def try_calendar(self, edits: Sequence[Edit]) -> CalendarPreview:
        from db.calendar_store import preview

        return await self._thread.do(
            lambda: preview(self._database(), self._known_address().office, edits, self._clock())
        )

    async def change_calendar(
        self, edits: Sequence[Edit], *, reason: str | None, seen: int, token: str
    ) -> CalendarChanged:
        return await self._thread.act(lambda: self._change_calendar(edits, reason, seen, token))

    async def past_runs(self) -> PastRuns:
        from db.calendar_queries import past_cycles

        return await self._thread.do(lambda: past_cycles(self._database(), self._known_address()))

    async def close(self) -> None:
        self._closing.set()
        # A document that is being written is given up first, so that nothing half-written outlives the program.
        await self._paper.do(lambda: None)
        self._paper.stop()
        await self._thread.do(self._close)
        self._thread.stop()

    # ------------------------------------------------------------------ on the database thread
    def _explained(self, error: BaseException) -> BaseException | None:
        """What an error means where a value in the database is to blame."""
        from db.unreadable import explained

        return None if self._open_database is None else explained(self._open_database, error)

    def _database(self) -> Database:
        """The open database, as long as it is what lies at its place."""
        opened = self._open_database
        if opened is None:
            opened = self._open()
        else:
            try:
                opened.look()
            except DatabaseReplaced:
                if opened.reads_only is None:
                    raise
                # It was the file as it was then; somebody has written since, so there is room again.
                opened = self._open()
        return opened

    def _open(self) -> Database:
        """Open the file, anew where it is open."""
        self._close()
        self._open_store = None
        self._open_database = connection.open(self._path)
        self._openings += 1
        return self._open_database

    def _data_version(self) -> int:
        version = self._database().data_version()
        # Of another connection it may be the same by chance.
        return self._openings << 32 | version

    def _store(self) -> Store:
        if self._database().reads_only is not None:
            # Meanwhile there may be room on the disk.
            self._open()
        if self._open_store is None:
            from db.store import Store

            self._open_store = Store(self._database(), self._clock, self._host, running_beside(self._clock))
        return self._open_store

    def _known_address(self) -> Address:
        if self._address is None:
            self._address = self._meant(queries.offices(self._database()))
        return self._address

    def _office(self) -> Office | None:
        try:
            database = self._database()
        except DatabaseMissing:
            return None
        found = queries.offices(database)
        if not any(item.years for row in found for item in row.sops):
            return None
        address = self._known_address()
        years = next(item.years for row in found for item in row.sops if (row.code, item.code) == _pair(address))
        actor = self._actor_in(address.office)
        self._person = actor.code
        return Office(address, years, actor)

    def _choices(self) -> tuple[OfficeChoice, ...]:
        database = self._database()
        found = []
        for row in queries.offices(database):
            sops = []
            for adopted in row.sops:
                kept = queries.sop_of(database, row.code, adopted.code)
                if adopted.years and kept is not None:
                    title = kept.sop.identity.get("nama")
                    sops.append(SopChoice(adopted.code, adopted.code if title is None else title.text, adopted.years))
            if sops:
                found.append(OfficeChoice(row.code, row.name, tuple(sops)))
        return tuple(found)

    def _switch(self, office: str, sop: str) -> Office:
        database = self._database()
        address = queries.address_of(database, office, sop)
        # Asked for first: where the person is not registered there, all stays as it was.
        self._actor_in(address.office)
        self._address = address
        found = self._office()
        assert found is not None
        return found

    def _members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        from db import people

        database, office, now = self._database(), self._known_address().office, self._clock()
        register = people.register(database, office)
        with database.read():
            office_id = people.office_id_of(database, office)
            return tuple(
                (row.code, row.name)
                for row in register
                if row.is_active and people.belongs(database, office_id, row.code, lanes, bidang, now)
            )

    def _keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        from db import drafts

        if content is None:
            for key in (place.key, *place.former_keys):
                drafts.forget(self._database(), self._actor().code, key)
            return
        with suppress(SchemaTooNew):
            # In a newer program's file people are not looked up any more: whoever sat here still does.
            self._actor()
        if self._open_database is not None:
            drafts.save(self._open_database, self._person, place.key, content, self._clock())

    def _meant(self, found: Sequence[OfficeRow]) -> Address:
        """The address; where none was named and several are possible, the first in which the person is known."""
        try:
            return queries.address_of(self._database(), *self._wanted)
        except (UnknownOffice, UnknownAdoption):
            possible = [Address(row.code, item.code) for row in found for item in row.sops if item.years]
            if self._wanted != (None, None) or not possible:
                raise
        unknown: UnknownPerson | None = None
        readable: Address | None = None
        for address in possible:
            try:
                actor = self._actor_in(address.office)
            except UnknownPerson as error:
                unknown = unknown or error
            else:
                readable = readable or address
                if not actor.is_outsider:
                    return address
        if not self._identity.name or self._identity.proof is Proof.NAME:
            # Nobody is known yet: whoever signs in does so in the office found for it, else in the first with people.
            from db.people import staffed_offices

            staffed = [code for code, _ in staffed_offices(self._database())]
            there = [self._identity.office] if self._identity.office is not None else staffed
            return next((address for address in possible if address.office in there), possible[0])
        if readable is None:
            assert unknown is not None
            raise unknown
        return readable

    def _actor(self) -> Actor:
        return self._actor_in(self._known_address().office)

    def _actor_in(self, office: str) -> Actor:
        """Who sits here, with the rights held in an office now."""
        from db import identity

        return identity.actor(self._database(), office, self._identity, self._clock())

    def _sign_in(self, code: str, pin: str) -> None:
        from db.people_pins import sign_in
        from sop.model.refusals import Refused, Rule

        if self._is_locked and code != self._person:
            raise Refused(Rule.IDENTITY_LOCKED, person=self._person, claimed=code)
        office = self._known_address().office
        sign_in(self._store(), office, code, pin)
        self._next_identity = self._proven(office, code)

    def _proven(self, office: str, code: str) -> Identity:
        """Who has just typed the PIN of an office: by key or account where it is theirs, which counts in others too."""
        from db import identity

        own = Identity(self._account, Proof.ACCOUNT) if self._account is not None else None
        if self._is_locked:
            return self._identity
        if own is not None and identity.code_in(self._database(), office, own) == code:
            return own
        return Identity(code, Proof.PIN, office)

    def _sit_down(self) -> None:
        self._identity = self._next_identity
        self._person = self._actor().code

    def _apply(self, command: Command) -> Done:
        applied = self._store().apply(self._known_address(), command, self._actor())
        return Done(applied.event, applied.warnings)

    def _kept_calendar(self, revision: int | None) -> KeptCalendar:
        from db.calendar_queries import office_calendar

        return KeptCalendar(*office_calendar(self._database(), self._known_address().office, revision))

    def _change_calendar(self, edits: Sequence[Edit], reason: str | None, seen: int, token: str) -> CalendarChanged:
        from db.calendar_store import change_calendar

        office = self._known_address().office
        return change_calendar(self._store(), office, edits, self._actor(), reason=reason, seen=seen, token=token)

    def _set_up(self, wanted: NewOffice) -> Office:
        from sakip_tui.setup.office import adopt

        if self._open_database is None:
            self._open_database = connection.open(self._path, create=True)
        adopt(self._store(), wanted, self._identity.name)
        self._address = None
        office = self._office()
        if office is None:
            raise UnknownOffice(code=None, known=())
        return office

    def _read_recap(self, period: str) -> ReadRecap:
        from sakip_tui.recaps import read_recap

        return read_recap(self._database(), self._known_address(), period, self._clock())

    def _origin(self) -> Origin:
        """What a command line has to name to mean what is on the screen, whatever was named at the start."""
        from sakip_tui.recaps import Origin

        address, known = self._known_address(), queries.offices(self._database())
        several = any(row.code == address.office and len(row.sops) > 1 for row in known)
        return Origin(
            None if self._is_locked else self._path,
            address.office if len(known) > 1 else None,
            address.sop if several else None,
        )

    def _rest(self) -> None:
        if self._open_database is not None:
            self._open_database.rest()

    def _close(self) -> None:
        if self._open_database is not None:
            self._open_database.close()
            self._open_database = None

    # ------------------------------------------------------------------ on the thread for documents
    def _write_recap(
        self,
        read: ReadRecap,
        origin: Origin,
        period: str,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> WrittenRecap:
        from sakip_tui.recaps import WrittenRecap, export_folder, fetch_line, write_recap

        path = write_recap(read, export_folder(self._path), progress=progress, cancelled=cancelled)
        return WrittenRecap(path, fetch_line(origin, period, path.name, account_name(os.environ), os.environ))


def _newest(office: Office) -> tuple[Address, int]:
    return office.address, office.years[-1]


def _pair(address: Address) -> tuple[str, str]:
    return address.office, address.sop
