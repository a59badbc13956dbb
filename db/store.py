"""Writing: each public method is one write transaction and, when it is accepted, one event.

What may happen is judged in `sop.acts.decide`; here it is loaded, recorded and kept.
A refusal leaves the file as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from db import identity, people, queries, recall, statements
from db.bidang import family
from db.case_rows import Values, case_values, period_values, run_values
from db.confirmations import confirmations
from db.errors import StaleCase
from db.file.connection import Database
from db.log_chain import event_hash, text_hash
from db.rows import Address, Applied, Head
from db.signers import signers_of
from db.staleness import stale_case
from db.year_data import read_through
from sop.acts import done_before
from sop.acts.decide import decide
from sop.json_text import json_text
from sop.loading import load
from sop.model.act import SPECS, Act, Reach
from sop.model.bidang import Family, ListedBidang, in_force
from sop.model.commands import Command
from sop.model.context import Context, Outcome
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.pelaksana import Actor
from sop.model.periods import parent_of, split
from sop.model.refusals import Refused, Rule, StaleRevision, Unknown
from sop.model.state import CaseKey, CaseState, YearState
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.work_calendar import WorkCalendar
from sop.values import asdict, replace

_LOOKED_BACK = 20
"""How many of the last events on something are asked whether one of them did already what is refused."""


if TYPE_CHECKING:
    from sop.kinerja.state import KinerjaState
    from sop.model.office import OfficeState

KEEP_DATA = "db.data_rows:keep"
REGISTER = "db.kinerja_year:register_in"
DATA_BEFORE = "db.kinerja_year:data_before"
"""Loaded for an office with indicators alone."""


class _Ground:
    """What an act on a case is judged by and does not change, read once for all acts that come one after the other."""

    def __init__(self, database: Database, office_id: int) -> None:
        self._database, self._office_id = database, office_id
        self.register = identity.Register(database, office_id)

    @cached_property
    def listed(self) -> tuple[ListedBidang, ...]:
        return recall.listed_bidang(self._database, self._office_id)

    @cached_property
    def names(self) -> Family:
        """The names that a bidang has had."""
        return family(self._database, self._office_id)

    @cached_property
    def has_indicators(self) -> bool:
        """Most offices have none."""
        return self._database.row(statements.HAS_INDICATORS, (self._office_id,)) is not None


class Store:
    """The writing side of one open database."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], int],
        host: str | None = None,
        running: Callable[[], tuple[str, int] | None] = lambda: None,
    ) -> None:
        """
        Args:
            database: Open, not in a transaction.
            clock: Reading of the clock in UTC epoch seconds, asked once in each transaction.
            host: Name of the machine that the acts come from, for the log.
            running: Which start of the machine this is and its seconds since then, which no setting of the clock
                changes; None where that is not known.
        """
        self.database = database
        self.recorded = 0
        """Events that were added to the log through this store, and kept."""
        self.running = running
        self._clock = clock
        self._host = clean_or_none(host, "host", LONGEST_NAME)
        self._versions: dict[Address, recall.Versions] = {}
        self._calendars: dict[tuple[int, int], WorkCalendar] = {}
        self.offices: dict[str, OfficeState] | None = None
        """Offices by code as acts that happen together left them; None where each act stands alone."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several acts of which all happen or none; what one leaves of an office is not read again for the next."""
        if self.offices is not None:
            yield
            return
        with self.database.write():
            self.offices = {}
            try:
                yield
            finally:
                self.offices = None

    def apply(self, address: Address, command: Command, actor: Actor, calendar: WorkCalendar | None = None) -> Applied:
        """Do one act of rules part 3, or nothing.

        Args:
            address: Which office and SOP; the year is that of `command.period`.
            command: What is asked.
            actor: Who asks. Once people are registered, only the code counts: rights are read in the transaction.
            calendar: Instead of the office's calendar in force.

        Returns:
            The event. With a token that was used before: the event of then, `repeated` set.

        Raises:
            Refused, Unknown, FaultyInput, CalendarGap: As `sop.acts.decide`; also for a token used for another act.
            StaleCase: The card moved on since `command.seen`.
            UnknownOffice, UnknownAdoption, UnknownYear, UnknownPerson: The address or the actor stands for nothing.
            DatabaseBusy, DatabaseFull, DatabaseReadOnly, SchemaTooNew: As `Database.write`.
        """
        with self.database.write():
            return self.apply_within(address, command, actor, calendar)

    def apply_within(
        self,
        address: Address,
        command: Command,
        actor: Actor,
        calendar: WorkCalendar | None = None,
        asked: str | None = None,
    ) -> Applied:
        """As `apply`, in a write transaction that is already open: several acts of which all happen or none.

        `asked` is the hash of the larger question that the command is a part of, where it is one.
        """
        token = clean_or_none(command.token, "token", LONGEST_NAME)
        if token is not None and asked is None:
            asked = _question(address, command, actor)
        number, _ = split(command.period)
        if token is not None and (earlier := self.earlier(token, asked)) is not None:
            return earlier
        year = recall.year(self.database, address, number)
        now = self.now()
        if not identity.is_open(self.database):
            actor = self.in_force(year.office_id, actor, now)
            command = self._with_code_of_holder(year.office_id, command)
        near = {command.period, parent_of(command.period) or command.period}
        keys = near if SPECS[command.act].reach is Reach.NEAR else None
        loaded = recall.load(self.database, year.id, keys)
        head = queries.head(self.database)
        context = self._context(year, address, head, now, calendar)
        try:
            outcome = decide(loaded.state, command, actor, context)
        except StaleRevision as stale:
            raise self._stale(year.id, stale, command, actor) from stale
        except (Refused, Unknown) as refusal:
            raise self._done_before(year.id, loaded.state, command, actor, refusal) or refusal from None
        event = outcome.event
        digest = self.record(event, head, address.office, year.id, token, asked)
        self.keep(loaded, outcome.state)
        if event.act is Act.TUTUP:
            self._keep_closing(loaded.period_ids[command.period], event)
        return Applied(event.sequence, digest, event, outcome.warnings, state=read_through(outcome.state))

    def play(self, address: Address, number: int, acts: Sequence[tuple[Command, Actor]]) -> None:
        """Acts on one year one after the other, in one transaction: read once, and what the last one leaves kept once.

        The clock is asked for each of them.

        Args:
            address: Which office and SOP.
            number: The reporting year of all of them.
            acts: What is asked and by whom.

        Raises:
            As `apply`; then nothing of it happened.
        """
        with self.database.write():
            year = recall.year(self.database, address, number)
            loaded = recall.load(self.database, year.id, None)
            ground, state = _Ground(self.database, year.office_id), loaded.state
            for command, claimed in acts:
                now = self.now()
                actor = ground.register.in_force(claimed, now)
                head = queries.head(self.database)
                context = self._context(year, address, head, now, ground=ground)
                outcome = decide(state, command, actor, context)
                self.record(outcome.event, head, address.office, year.id)
                state = outcome.state
                if outcome.event.act is Act.TUTUP:
                    self._keep_closing(loaded.period_ids[command.period], outcome.event)
            self.keep(loaded, state)

    def _with_code_of_holder(self, office_id: int, command: Command) -> Command:
        """Whom a card goes to by code, whichever way the person was named: the log holds no account."""
        code = None if command.holder is None else people.code_of(self.database, office_id, command.holder.strip())
        return command if code is None else replace(command, holder=code)

    def rehearse(self, address: Address, command: Command, actor: Actor) -> Outcome:
        """What an act would do; nothing is written. Raises what `apply` does."""
        with self.database.read():
            year, loaded, actor, context = self.rehearsal(address, command.period, actor)
            try:
                return decide(loaded.state, command, actor, context)
            except StaleRevision as stale:
                raise self._stale(year.id, stale, command, actor) from stale

    def obstacles(
        self, address: Address, period: str, commands: Sequence[Command], actor: Actor
    ) -> tuple[SopError | None, ...]:
        """Why each of some acts of one year would be refused; None for one that would be done. Nothing is written.

        Raises:
            UnknownOffice, UnknownAdoption, UnknownYear, UnknownPerson: As `apply`.
        """
        found: list[SopError | None] = []
        with self.database.read():
            _, loaded, actor, context = self.rehearsal(address, period, actor)
            for command in commands:
                try:
                    decide(loaded.state, command, actor, context)
                except SopError as refusal:
                    found.append(refusal)
                else:
                    found.append(None)
        return tuple(found)

    def rehearsal(
        self, address: Address, period: str, actor: Actor
    ) -> tuple[recall.Year, recall.Recalled, Actor, Context]:
        """What acts are judged in before they are written, or that never are; within a transaction."""
        year = recall.year(self.database, address, split(period)[0])
        now = self.now()
        actor = self.in_force(year.office_id, actor, now)
        loaded = recall.load(self.database, year.id, None)
        return year, loaded, actor, self._context(year, address, queries.head(self.database), now)

    def now(self) -> int:
        """The reading of the clock."""
        return self._clock()

    def in_force(self, office_id: int, actor: Actor, now: int) -> Actor:
        """The actor with the rights that are registered; as given while nobody is. Raises UnknownPerson."""
        return identity.in_force(self.database, office_id, actor, now)

    # ------------------------------------------------------------------ what an act is judged in
    def _context(
        self,
        year: recall.Year,
        address: Address,
        head: Head,
        now: int,
        calendar: WorkCalendar | None = None,
        ground: _Ground | None = None,
    ) -> Context:
        database = self.database
        ground = ground or _Ground(database, year.office_id)
        at_work = calendar or self.calendar(year.office_id, year.calendar_revision)

        def calendar_at(revision: int) -> WorkCalendar:
            if revision == at_work.revision:
                return at_work
            return self.calendar(year.office_id, revision)

        def register(moment: int) -> KinerjaState | None:
            if not ground.has_indicators:
                return None
            found: KinerjaState = load(REGISTER)(database, address, year, moment)
            return found

        context = Context(
            now=now,
            calendar=at_work,
            versions=self.versions(year, address),
            current_version=year.version,
            sequence=head.sequence + 1,
            cadence=year.cadence,
            bidang=in_force(ground.listed, now),
            listed=ground.listed,
            settings=year.settings,
            confirmed=lambda version: confirmations(database, year.office_id, address.sop, version),
            signers=lambda: signers_of(database, year.office_id),
            head=head.hash,
            register=register,
            data_before=lambda: load(DATA_BEFORE)(database, address, year),
            calendar_at=calendar_at,
            history=lambda: recall.history(database, year.id),
            event=lambda sequence: recall.event(database, year.id, sequence),
            names_of=lambda name: ground.names.names_of(name),
        )
        if ground.register.is_open:
            return context
        return replace(
            context,
            belongs=lambda person, lanes, bidang: people.belongs(database, year.office_id, person, lanes, bidang, now),
            stands_for=lambda person, lanes, bidang, ever: people.stands_for(
                database, year.office_id, person, lanes, bidang, now, ever=ever
            ),
        )

    def versions(self, year: recall.Year, address: Address) -> recall.Versions:
        """The SOP's versions, read once in the life of the store."""
        kept = self._versions.get(address)
        if kept is None:
            kept = recall.Versions(self.database, year.office_id, address.sop, year.version)
            self._versions[address] = kept
        kept.newest = year.version
        return kept

    def calendar(self, office_id: int, revision: int) -> WorkCalendar:
        """A calendar revision, read once in the life of the store."""
        key = (office_id, revision)
        if key not in self._calendars:
            self._calendars[key] = recall.calendar_of(self.database, office_id, revision)
        return self._calendars[key]

    def earlier(self, token: str, asked: str | None) -> Applied | None:
        """What a token did before; None for a new one. Refused when it did something else."""
        row = self.database.row(statements.EVENT_OF_TOKEN, (token,))
        if row is None:
            return None
        event = recall.event_of(row[:-2])
        if row[-1] != asked:
            raise reused(token, event)
        return Applied(event.sequence, row[-2], event, repeated=True)

    def _done_before(
        self, year_id: int, state: YearState, command: Command, actor: Actor, refusal: SopError
    ) -> StaleCase | None:
        """Who did this very act before, where that is why it cannot be done; None otherwise."""
        found = done_before.past(state, command, refusal)
        if found is None:
            return None
        entity, revision = found
        for touch in queries.touches(self.database, year_id, entity, _LOOKED_BACK):
            event = recall.event(self.database, year_id, touch.sequence)
            if event is not None and done_before.repeats(command, event):
                return stale_case(entity, revision - 1, revision, [touch], actor.code, command.act.value)
            if event is None or not done_before.leaves_alone(event.act, command):
                return None
        return None

    def _stale(self, year_id: int, stale: StaleRevision, command: Command, actor: Actor) -> StaleCase:
        since = queries.touches(self.database, year_id, stale.entity, max(stale.found - stale.seen, 1))
        return stale_case(stale.entity, stale.seen, stale.found, since, actor.code, command.act.value)

    # ------------------------------------------------------------------ what is kept
    def record(
        self,
        event: Event,
        head: Head,
        office: str | None,
        year_id: int | None,
        token: str | None = None,
        asked: str | None = None,
    ) -> str:
        """Add an event to the log, within a transaction; returns its hash."""
        content: Values = (
            event.sequence,
            event.recorded,
            event.at,
            event.act.value,
            office,
            year_id,
            event.period,
            event.case,
            event.step,
            event.bidang,
            event.attempt,
            event.by,
            event.for_lane,
            self._host,
            int(event.late_entry),
            int(event.doubted),
            json_text(event.touches),
            json_text(event.data),
            token,
            asked,
        )
        digest = event_hash(head.hash, content)
        self.database.rows(statements.ADD_EVENT, (*content, head.hash, digest))
        self.database.when_kept(self._count)
        return digest

    def _count(self) -> None:
        self.recorded += 1

    def keep(self, loaded: recall.Recalled, after: YearState) -> None:
        """Write the rows that differ, within a transaction; urung builds every object anew, so values are compared."""
        before = loaded.state
        for key, period in after.periods.items():
            if period is not before.periods[key] and period != before.periods[key]:
                self.database.rows(statements.CHANGE_PERIOD, (*period_values(period), loaded.period_ids[key]))
        for case_key, case in after.cases.items():
            then = before.cases.get(case_key)
            if then is not case:
                self._keep_case(loaded, case_key, then, case)
        if after.data is not before.data:
            load(KEEP_DATA)(self.database, loaded.period_ids, before.data, after.data)

    def _keep_case(self, loaded: recall.Recalled, key: CaseKey, before: CaseState | None, after: CaseState) -> None:
        values = case_values(after)
        if before is None:
            case_id = self.database.value(statements.ADD_CASE, (loaded.period_ids[key[0]], *values))
        else:
            case_id = loaded.case_ids[key]
            if case_values(before) != values:
                self.database.rows(statements.CHANGE_CASE, (*values, case_id))
        old = before.runs if before is not None else {}
        ids = loaded.run_ids.get(key, {})
        gone = [(ids[name],) for name in old if name not in after.runs]
        if gone:
            self.database.many(statements.FORGET_RUN, gone)
        # The runs that lose their validity go first: of each slot one row at most may be valid at any moment.
        for name, run in sorted(after.runs.items(), key=lambda item: item[1].valid):
            known = old.get(name)
            if known is None:
                self.database.rows(statements.ADD_RUN, (case_id, *run_values(run)))
            elif known is not run and known != run:
                self.database.rows(statements.CHANGE_RUN, (*run_values(run), ids[name]))

    def _keep_closing(self, period_id: int, event: Event) -> None:
        data = event.data
        self.database.rows(
            statements.ADD_CLOSING,
            (
                period_id,
                data["closing"],
                event.sequence,
                event.at,
                json_text(data["figures"]),
                data["calendar_revision"],
                data["head"],
            ),
        )


def reused(token: str, event: Event) -> Refused:
    """The refusal of a token that stands for another question; the event is what it did."""
    return Refused(Rule.TOKEN_REUSED, token=token, act=event.act, by=event.by, at=event.at, sequence=event.sequence)


def _question(address: Address, command: Command, actor: Actor) -> str:
    """A hash of what is asked, so that a token stands for one question. What was seen may differ in a retry."""
    asked = asdict(replace(command, token=None, seen=None, data=None))
    if command.data is None:
        # Not there at all, so that a token of before data kinerja stands for the question that it stood for.
        del asked["data"]
    else:
        asked["data"] = command.data.to_dict()
    return text_hash(json_text({"office": address.office, "sop": address.sop, "by": actor.code, **asked}))
