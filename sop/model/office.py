"""What an office is now, beside its cases: frozen values of what the acts on people, bidang, calendar, settings and SOP
change. The log gives them and so do the rows; the two must agree.

What the log must not hold for good (a name, an account, a PIN) is no part of them: `Personal` goes beside an event.
Texts that the log names by their hash alone (a definition, a calendar) are kept by that hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sop.model.pelaksana import HeldLane, MembershipKind, Role
from sop.model.settings import Settings
from sop.values import Frozen, field


class NumberedText(NamedTuple):
    """A version of an SOP, or a revision of a calendar: never changed."""

    number: int
    hash: str
    """SHA-256 of the text."""


class Word(Frozen):
    """Who confirmed a value, and since when it holds."""

    by: str
    at: int


class SopState(Frozen):
    """One SOP as an office has it."""

    versions: tuple[NumberedText, ...] = ()
    """By number."""
    confirmed: Mapping[int, Mapping[tuple[int, str], Word]] = {}
    """Version -> (step, `Field` value) -> who said so."""

    @property
    def newest(self) -> int:
        """Number of the newest version; 0 before the first."""
        return self.versions[-1].number if self.versions else 0


class AdoptedYear(NamedTuple):
    """A year that was set up for one SOP."""

    sop: str
    year: int
    cadence: str | None
    """The office's choice where the SOP names no period."""


class IndicatorText(NamedTuple):
    """One version of an indicator of data kinerja: never changed. What it says is read by `sop/kinerja/register.py`."""

    indicator: str
    """The code as it is compared."""
    number: int
    since: str
    """Period from which it holds."""
    closed: tuple[str, ...]
    """Periods that were closed when it was made."""
    definition: str
    """JSON."""


class TargetText(NamedTuple):
    """A numbered set of targets of one year."""

    year: int
    number: int
    document: str
    since: str
    values: Mapping[tuple[str, str], str] = {}
    """(indicator, period) -> JSON."""


class BidangState(NamedTuple):
    """One name of the office's list."""

    name: str
    position: int
    is_active: bool = True
    """False once the unit went on under another name."""
    since: int | None = None
    """None where the name was there at the set-up."""
    until: int | None = None
    """The first moment at which it holds no more; None while nobody has ended it."""
    successor: str | None = None
    """The name under which the unit went on."""


class PersonState(Frozen):
    """Somebody registered, as far as the log may tell of them."""

    code: str
    roles: tuple[Role, ...]
    is_active: bool = True
    has_pin: bool = False
    lanes: tuple[HeldLane, ...] = ()
    """In the order in which they were given, ended ones included."""


class SignerState(NamedTuple):
    """An official who signs recaps, as far as the log may tell of them."""

    code: str
    position: str
    digest: str
    """SHA-256 of what is kept of the official; empty once that was blanked."""
    since: str | None = None
    """Key of the first period that is signed so; None for every one."""


class Signer(NamedTuple):
    """What is kept of an official beside the log, so that it can be taken away for good."""

    name: str
    rank: str = ""
    """Pangkat and golongan."""
    nip: str = ""


class Personal(Frozen):
    """What is kept beside the log, so that it can be taken away for good."""

    name: str
    account: str | None


class OfficeState(Frozen):
    """One office."""

    code: str
    name: str = ""
    zone: str = ""
    settings: Settings = field(default_factory=Settings)
    bidang: tuple[BidangState, ...] = ()
    """In the order in which the names came."""
    calendars: tuple[NumberedText, ...] = ()
    sops: Mapping[str, SopState] = field(default_factory=dict)
    """Code -> SOP, in the order in which they were taken up."""
    years: tuple[AdoptedYear, ...] = ()
    people: Mapping[str, PersonState] = field(default_factory=dict)
    """Code -> person, in the order in which they were registered."""
    signers: Mapping[str, SignerState] = field(default_factory=dict)
    """Code -> official who signs recaps, in the order in which they were named."""
    indicators: tuple[IndicatorText, ...] = ()
    """In the order in which they came."""
    targets: tuple[TargetText, ...] = ()

    @property
    def active_bidang(self) -> tuple[BidangState, ...]:
        """The units of the list, each by its present name, in order: in force now, later, or ended by a date."""
        listed = [(each.position, number, each) for number, each in enumerate(self.bidang) if each.is_active]
        return tuple(each for _, _, each in sorted(listed, key=lambda one: one[:2]))

    def bidang_from(self, moment: int) -> tuple[BidangState, ...]:
        """Those of them that hold at a moment or will."""
        return tuple(each for each in self.active_bidang if each.until is None or each.until > moment)

    def to_dict(self) -> dict[str, Any]:
        """JSON values, for the event that states an office as it stands."""
        return {
            "code": self.code,
            "name": self.name,
            "zone": self.zone,
            "settings": self.settings.to_dict(),
            "bidang": [list(each) for each in self.bidang],
            "calendars": [list(each) for each in self.calendars],
            "sops": {code: _sop_values(sop) for code, sop in self.sops.items()},
            "years": [list(each) for each in self.years],
            "people": [_person_values(person) for person in self.people.values()],
            "signers": [list(signer) for signer in self.signers.values()],
            "indicators": [[*each[:3], list(each.closed), each.definition] for each in self.indicators],
            "targets": [
                [*each[:4], [[*place, value] for place, value in each.values.items()]] for each in self.targets
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OfficeState:
        """Read what `to_dict` wrote."""
        people = [_person(values) for values in data["people"]]
        return cls(
            code=data["code"],
            name=data["name"],
            zone=data["zone"],
            settings=Settings.from_dict(data["settings"]),
            bidang=tuple(BidangState(*each) for each in data["bidang"]),
            calendars=tuple(NumberedText(*each) for each in data["calendars"]),
            sops={code: _sop(values) for code, values in data["sops"].items()},
            years=tuple(AdoptedYear(*each) for each in data["years"]),
            people={person.code: person for person in people},
            # An event of before officials were named holds none.
            signers={code: SignerState(code, *rest) for code, *rest in data.get("signers", ())},
            # An office that was stated before there were indicators had none.
            indicators=tuple(
                IndicatorText(code, number, since, tuple(closed), definition)
                for code, number, since, closed, definition in data.get("indicators", ())
            ),
            targets=tuple(
                TargetText(year, number, document, since, {(code, period): value for code, period, value in values})
                for year, number, document, since, values in data.get("targets", ())
            ),
        )


def _sop_values(sop: SopState) -> dict[str, Any]:
    confirmed = (
        [version, step, name, word.by, word.at]
        for version, words in sorted(sop.confirmed.items())
        for (step, name), word in sorted(words.items())
    )
    return {"versions": [list(each) for each in sop.versions], "confirmed": list(confirmed)}


def _sop(data: Mapping[str, Any]) -> SopState:
    confirmed: dict[int, dict[tuple[int, str], Word]] = {}
    for version, step, name, by, at in data["confirmed"]:
        confirmed.setdefault(version, {})[step, name] = Word(by, at)
    return SopState(tuple(NumberedText(*each) for each in data["versions"]), confirmed)


def _person_values(person: PersonState) -> dict[str, Any]:
    return {
        "code": person.code,
        "roles": list(person.roles),
        "active": person.is_active,
        "pin": person.has_pin,
        "lanes": [list(each) for each in person.lanes],
    }


def _person(data: Mapping[str, Any]) -> PersonState:
    lanes: Iterator[HeldLane] = (
        HeldLane(lane, bidang, MembershipKind(kind), since, until) for lane, bidang, kind, since, until in data["lanes"]
    )
    return PersonState(
        data["code"], tuple(Role(role) for role in data["roles"]), data["active"], data["pin"], tuple(lanes)
    )
