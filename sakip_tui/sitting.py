"""Who sits at a desk, and in which office: found when it is first needed, changed by signing in and by switching.

Every method runs on the desk's own thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db import case_queries, identity, people, queries
from db.errors import DatabaseMissing, UnknownAdoption, UnknownOffice, UnknownPerson
from db.identity import Identity, Proof
from db.rows import Address
from sakip_tui.clock import Clock
from sakip_tui.desk import Office, OfficeChoice, SopChoice
from sakip_tui.desk_file import DeskFile
from sop.loading import load
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean

if TYPE_CHECKING:
    from db.rows import OfficeRow
    from sop.model.pelaksana import Actor

SIGN_IN = "db.people_pins:sign_in"
"""Loaded when a PIN was typed."""


class Sitting:
    """Who sits at a desk in which office."""

    def __init__(
        self,
        file: DeskFile,
        clock: Clock,
        identity: Identity,
        wanted: tuple[str | None, str | None],
        account: str | None,
        is_locked: bool,
    ) -> None:
        """
        Args:
            file: The file of the offices.
            clock: Reading of the clock.
            identity: Who sits here as far as it is known.
            wanted: Codes of the office and SOP that were named.
            account: Name of the account at the operating system, whose own person it is in every office.
            is_locked: Whether nobody else may sit down here.
        """
        self._file, self._clock, self._account, self.is_locked = file, clock, account, is_locked
        self._identity = self._next_identity = identity
        self.person = identity.name
        """Code of who sits here, in the office on view."""
        self.called = identity.name
        """How people call them: the name that is registered, else the code."""
        self._wanted = wanted
        self._address: Address | None = None

    @property
    def identity(self) -> Identity:
        """Who sits here, as far as it is known."""
        return self._identity

    @property
    def name(self) -> str:
        """As who sits here was named at first."""
        return self._identity.name

    @property
    def account(self) -> str:
        """The account at the operating system; where none is known, as who sits here was named."""
        return self.name if self._account is None else self._account

    @property
    def address(self) -> Address:
        """The office and SOP on view."""
        if self._address is None:
            self._address = self._meant(queries.offices(self._file.database))
        return self._address

    def forget_office(self) -> None:
        """Find the office anew: another one was made."""
        self._address = None

    def office(self) -> Office | None:
        """The office on view; None where nothing has been set up yet."""
        try:
            database = self._file.database
        except DatabaseMissing:
            return None
        found = queries.offices(database)
        if not any(item.years for row in found for item in row.sops):
            return None
        address = self.address
        row = next(row for row in found if row.code == address.office)
        actor = self.actor_in(address.office)
        self._know(actor)
        name = self._sop_names(row).get(address.sop, "")
        return Office(address, actor, self._first_year(address), name)

    def _sop_names(self, row: OfficeRow) -> dict[str, str]:
        """Code -> what tells each SOP of an office that works by several from the others: whose document it is."""
        used = [adopted.code for adopted in row.sops if adopted.years]
        if len(used) < 2:
            return {}
        kept = {code: case_queries.sop_of(self._file.database, row.code, code) for code in used}
        names = {code: clean(found.sop.office) for code, found in kept.items() if found is not None}
        alike = Counter(name.casefold() for name in names.values())
        return {code: name if alike[name.casefold()] == 1 else f"{name} ({code})" for code, name in names.items()}

    def _first_year(self, address: Address) -> int:
        """The year to show first."""
        found = queries.year_at_work(self._file.database, address.office, self._clock(), address.sop)
        assert found is not None
        return found

    def choices(self) -> tuple[OfficeChoice, ...]:
        """Every office and SOP of the file that was set up."""
        database = self._file.database
        found = []
        for row in queries.offices(database):
            sops = []
            names = self._sop_names(row)
            for adopted in row.sops:
                kept = case_queries.sop_of(database, row.code, adopted.code)
                if adopted.years and kept is not None:
                    title = kept.sop.identity.get("nama")
                    told = adopted.code if title is None else title.text
                    sops.append(SopChoice(adopted.code, told, adopted.years, names.get(adopted.code, "")))
            if sops:
                found.append(OfficeChoice(row.code, row.name, tuple(sops)))
        return tuple(found)

    def switch(self, office: str, sop: str) -> Office:
        """From now on this office and SOP are meant."""
        database = self._file.database
        address = queries.address_of(database, office, sop)
        # Asked for first: where the person is not registered there, all stays as it was.
        self.actor_in(address.office)
        self._address = address
        found = self.office()
        assert found is not None
        return found

    def _meant(self, found: Sequence[OfficeRow]) -> Address:
        """The address; where none was named and several are possible, the first in which the person is known."""
        try:
            return queries.address_of(self._file.database, *self._wanted)
        except (UnknownOffice, UnknownAdoption):
            possible = [Address(row.code, item.code) for row in found for item in row.sops if item.years]
            if self._wanted != (None, None) or not possible:
                raise
        unknown: UnknownPerson | None = None
        readable: Address | None = None
        for address in possible:
            try:
                actor = self.actor_in(address.office)
            except UnknownPerson as error:
                unknown = unknown or error
            else:
                readable = readable or address
                if not actor.is_outsider:
                    return address
        if not self._identity.name or self._identity.proof is Proof.NAME:
            # Nobody is known yet: whoever signs in does so in the office found for it, else in the first with people.
            staffed = [code for code, _ in people.staffed_offices(self._file.database)]
            there = [self._identity.office] if self._identity.office is not None else staffed
            return next((address for address in possible if address.office in there), possible[0])
        if readable is None:
            assert unknown is not None
            raise unknown
        return readable

    def actor(self) -> Actor:
        """Who sits here, with the rights held in the office on view."""
        return self.actor_in(self.address.office)

    def actor_in(self, office: str) -> Actor:
        """Who sits here, with the rights held in an office now."""
        try:
            return identity.actor(self._file.database, office, self._identity, self._clock())
        except UnknownPerson as error:
            if not self.is_locked:
                raise
            # Whoever came in by a key can call themselves nobody else.
            raise UnknownPerson(**{**error.facts, "by_key": True}) from error

    def sign_in(self, code: str, pin: str) -> None:
        """Check a PIN; its person sits here after `sit_down`."""
        if self.is_locked and code != self.person:
            raise Refused(Rule.IDENTITY_LOCKED, person=self.person, claimed=code)
        office = self.address.office
        load(SIGN_IN)(self._file.store, office, code, pin)
        self._next_identity = self._proven(office, code)

    def _proven(self, office: str, code: str) -> Identity:
        """Who has just typed the PIN of an office: by key or account where it is theirs, which counts in others too."""
        own = self._own()
        if self.is_locked:
            return self._identity
        if own is not None and identity.code_in(self._file.database, office, own) == code:
            return own
        return Identity(code, Proof.PIN, office)

    def sit_down(self) -> None:
        """Let whoever signed in last sit here."""
        self._identity = self._next_identity
        self._know(self.actor())

    def own_person(self) -> str | None:
        """Code of the account's own person in the office on view; None where it has none, or a key says who it is."""
        own = self._own()
        return None if own is None else identity.code_in(self._file.database, self.address.office, own)

    def _own(self) -> Identity | None:
        return Identity(self._account, Proof.ACCOUNT) if self._account is not None and not self.is_locked else None

    def sign_in_as_own(self) -> None:
        """Let the account's own person sit here after `sit_down`, who has no PIN: as at every start.

        Raises:
            Refused: The account has none, or they have a PIN by now.
        """
        database, own, code = self._file.database, self._own(), self.own_person()
        if own is None or code is None:
            raise Refused(Rule.NO_PIN, person=self.person)
        if people.has_pin(database, people.office_id_of(database, self.address.office), code):
            raise Refused(Rule.PIN_WRONG, person=code)
        self._next_identity = own

    def sit_as_own(self) -> bool:
        """Let the account's own person sit here, who was just registered; False where the account has none."""
        own = self._own()
        if own is None or self.own_person() is None:
            return False
        self._identity = self._next_identity = own
        self._know(self.actor())
        return True

    def _know(self, actor: Actor) -> None:
        self.person = self.called = actor.code
        if not actor.everybody and not actor.is_outsider:
            self.called = people.names(self._file.database, self.address.office).get(actor.code) or actor.code
