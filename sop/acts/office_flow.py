"""How an office moves: the moves that the effects of its acts are made of.

An `OfficeDraft` is one office of a file while events take effect on it. What each act does with these moves stands
beside its judge in its family.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sop.model.bidang import Family
from sop.model.definition import Sop
from sop.model.office import AdoptedYear, BidangState, NumberedText, OfficeState, PersonState, SopState, Word
from sop.model.pelaksana import Role
from sop.values import replace

DefinitionOf = Callable[[str], Sop]
"""The definition whose content has this hash."""


class OfficeDraft:
    """One office while events take effect on it. Values are replaced as wholes, so that the state before stays."""

    def __init__(self, code: str, offices: Mapping[str, OfficeState], definition: DefinitionOf) -> None:
        """
        Args:
            code: Of the office; `NO_OFFICE` for what belongs to none.
            offices: Every office of the file that an act may look at, by code.
            definition: Finds an SOP by its hash.
        """
        self.code = code
        self.offices = offices
        self.definition = definition
        self.state = offices.get(code, OfficeState(code))

    # ------------------------------------------------------------------ people
    def put_person(self, person: PersonState) -> None:
        self.state = replace(self.state, people={**self.state.people, person.code: person})

    def register(self, told: Mapping[str, Any]) -> None:
        """Somebody new, as an event tells of them."""
        self.put_person(PersonState(told["code"], roles_told(told["roles"]), has_pin=bool(told.get("pin"))))

    # ------------------------------------------------------------------ bidang
    @property
    def family(self) -> Family:
        """The names of the office's bidang, as units."""
        return family_of(self.state)

    def add_bidang(self, name: str, since: int | None, until: int | None = None, position: int | None = None) -> None:
        """Take a name up, at the end of the list where no position is given."""
        last = max((each.position for each in self.state.bidang), default=0)
        added = BidangState(name, last + 1 if position is None else position, since=since, until=until)
        self.state = replace(self.state, bidang=(*self.state.bidang, added))

    def date_bidang(self, name: str, until: int | None) -> None:
        """Let a name of the list end at a moment, or (None) go on."""
        dated = (each._replace(until=until) if each.name == name else each for each in self.state.bidang)
        self.state = replace(self.state, bidang=tuple(dated))

    def begin_bidang(self, name: str, since: int) -> None:
        """Let a name of the list begin at a moment; one of the set-up was there from the beginning."""
        dated = (
            each._replace(since=since) if each.name == name and each.since is not None else each
            for each in self.state.bidang
        )
        self.state = replace(self.state, bidang=tuple(dated))

    def end_bidang(self, names: set[str], at: int, successor: str) -> None:
        """Let names go on under another one."""
        self.state = replace(
            self.state,
            bidang=tuple(
                each._replace(is_active=False, until=at, successor=successor) if each.name in names else each
                for each in self.state.bidang
            ),
        )

    # ------------------------------------------------------------------ calendar, SOP, years
    def add_calendar(self, revision: int, digest: str) -> None:
        """Take a revision in, unless it is there."""
        if all(each.number != revision for each in self.state.calendars):
            self.state = replace(self.state, calendars=(*self.state.calendars, NumberedText(revision, digest)))

    def sop(self, code: str) -> SopState:
        return self.state.sops.get(code, SopState())

    def put_sop(self, code: str, sop: SopState) -> None:
        self.state = replace(self.state, sops={**self.state.sops, code: sop})

    def add_version(self, code: str, number: int, digest: str) -> None:
        """Take a version in, unless it is there."""
        sop = self.sop(code)
        if number > sop.newest:
            self.put_sop(code, replace(sop, versions=(*sop.versions, NumberedText(number, digest))))

    def confirm(self, code: str, version: int, place: tuple[int, str], word: Word) -> None:
        """Let the office's word stand for a value of a version."""
        sop = self.sop(code)
        of_version = {**sop.confirmed.get(version, {}), place: word}
        self.put_sop(code, replace(sop, confirmed={**sop.confirmed, version: of_version}))

    def add_year(self, year: AdoptedYear) -> None:
        self.state = replace(self.state, years=(*self.state.years, year))


def roles_told(values: Iterable[str]) -> tuple[Role, ...]:
    """As an event lists them."""
    return tuple(map(Role, values))


def family_of(office: OfficeState) -> Family:
    """The names of an office's bidang, as units."""
    return Family((each.name, each.successor) for each in office.bidang)
