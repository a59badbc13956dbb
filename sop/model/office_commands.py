"""What somebody asks of an office: the details of each act that is on no case."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, NamedTuple

from sop.model.commands import Typed
from sop.model.definition import Cadence, Field, Sop
from sop.model.office import Personal, PersonState, Signer
from sop.model.pelaksana import MembershipKind, Role
from sop.time.work_calendar import CalendarSpec
from sop.values import Frozen

NOBODY: Mapping[str, Personal] = {}


class NewPerson(Frozen):
    """Somebody to be registered."""

    name: str
    roles: Set[Role]
    """The first of an office is pengelola and admin, whatever stands here."""
    code: str | None = None
    """Letters, digits and hyphens, and no part of the name; None for the next free `p<n>`."""
    account: str | None = None
    """Name of the account at the operating system, where the person works under one of their own."""


class PersonChange(Frozen):
    """What is to be changed; None leaves it."""

    name: str | None = None
    roles: Set[Role] | None = None
    """All that the person shall have."""
    account: str | None = None
    """Empty takes the account away."""
    is_active: bool | None = None


class GivenLane(Frozen):
    """A lane to be held."""

    lane: str
    bidang: str | None = None
    """None for all of them."""
    kind: MembershipKind = MembershipKind.TETAP
    since: int | None = None
    """None for the moment of the act."""
    until: int | None = None
    """None for as long as nobody ends it."""


class Founder(Frozen):
    """An admin of another office, who may become the first person of this one."""

    person: PersonState
    personal: Personal
    home: str
    """Code of that office."""


class Registration(NamedTuple):
    """pengguna: register somebody."""

    person: NewPerson
    known: Mapping[str, Personal] = NOBODY
    """Code -> name and account of everybody in the office."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """(code, name) of everybody in the other offices of the file."""
    founder: Founder | None = None
    """Who asks, where the office has no people and other offices have."""


class Alteration(NamedTuple):
    """pengguna: change somebody."""

    code: str
    change: PersonChange
    known: Mapping[str, Personal] = NOBODY


class Blanking(NamedTuple):
    """pengguna: take somebody's personal data away."""

    code: str
    typed: str
    """The code once more, as typed by whoever was told that this is for ever."""
    known: Mapping[str, Personal] = NOBODY
    cards: int = 0
    """How many open cards the person holds."""


class LaneGiven(NamedTuple):
    """hak: let somebody hold a lane."""

    code: str
    lane: GivenLane
    lanes: tuple[str, ...] = ()
    """Every lane there is in the office's SOPs."""
    of_bidang: frozenset[str] = frozenset()
    """Those of them that may be held for one bidang: where a step of it is done per bidang, and every one where the
    rows of data of a bidang are filled by whoever holds a lane for it."""


class LaneEnded(NamedTuple):
    """hak: end a lane that somebody holds."""

    code: str
    lane: str
    bidang: str | None
    until: int | None
    """None for the moment of the act."""


class PinChange(NamedTuple):
    """pin: `pasang`, `cabut`, `buka-kunci`."""

    code: str
    change: str
    failures: int = 0
    """Wrong PINs since the last right one."""


class SignerNamed(NamedTuple):
    """pejabat: say who signs recaps in a position."""

    position: str
    signer: Signer
    since: str | None = None
    """Key of the first period that is signed so; None for every one."""
    salt: str = ""
    """Random, kept beside the log: without it nobody who guesses an official finds the guess confirmed there."""
    corrects: str | None = None
    """Code of the official whose data were mistyped: what is closed prints the correction too. None names another, with
    whom nothing changes that is closed."""


class SignerBlanked(Frozen):
    """pejabat: take name, rank and NIP of an official away."""

    code: str


class Renaming(Frozen):
    """bidang: let one go on under another name."""

    name: str
    new_name: str


class Merging(NamedTuple):
    """bidang: let several go on as one."""

    names: tuple[str, ...]
    into: str


class Adding(Frozen):
    """bidang: take one up."""

    name: str
    since: int | None = None
    """From when it stands in the list, also ahead; None for the moment of the act."""


class Ending(Frozen):
    """bidang: let one stand in the list no more."""

    name: str
    until: int | None = None
    """The first moment at which it does not, also ahead; None for the moment of the act."""


class Importing(Frozen):
    """sop-impor: keep an SOP as the newest version of its code."""

    sop: Sop


class Settling(NamedTuple):
    """sop-tetapkan: confirm or change what a step leaves open."""

    sop: str
    step: int
    values: Mapping[Field, Any]
    """Empty: everything of the step that is only implied or assumed, as it stands."""


class Adoption(Frozen):
    """Setting a year up. For an office that exists, what is left out stays as it is."""

    sop: Sop
    """Version 1 for an office that has not adopted it; otherwise only its code counts."""
    year: int
    office: str | None = None
    """Code of the office; None for the SOP's own code, or the one office that has adopted it."""
    name: str | None = None
    """None for the name in the SOP."""
    zone: str | None = None
    """None for the zone the SOP proposes."""
    bidang: tuple[str, ...] = ()
    """In order. The list is the office's and not a year's, so one that has a list takes no other name here."""
    cadence: Cadence | None = None
    """For an SOP that names no period; None for triwulan, or what the year before had."""
    calendar: CalendarSpec | None = None
    """Revision 1 for a new office; None for the default hours, with this year and the next filled."""
    reason: str | None = None
    seen: int | None = None
    """Number of the SOP's newest version that was on view, 0 for none; None trusts luck."""
    at: Typed | None = None
    """Since when the office says it holds; None for now."""
    token: str | None = None


class SettingUp(NamedTuple):
    """siapkan: an office, or the next year of one."""

    asked: Adoption
    """Cleaned."""
    calendar: Mapping[str, Any]
    """What the event says of the calendar that the office has from then on: `calendar`, and where it is a new revision
    `changes` and `due`."""
    founder: Founder | None = None
    """Who makes a further office in a file that has people."""
    offices: tuple[str, ...] = ()
    """Codes of the offices of the file."""
