"""The frozen values that leave this floor beside those of `sop.model.state`.

Nothing is imported here that costs time: `sakip status` makes these classes at every call.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sop.model.bidang import NO_FAMILY, Family
from sop.values import Frozen

if TYPE_CHECKING:
    from sop.model.definition import Cadence, Sop
    from sop.model.events import Event
    from sop.model.settings import Settings
    from sop.model.state import YearState
    from sop.time.work_calendar import WorkCalendar


class Address(NamedTuple):
    """One SOP in one office; with a period key it leads to a reporting year."""

    office: str
    """Code of the office."""
    sop: str
    """Code of the SOP."""


class AdoptedSop(Frozen):
    """An SOP of an office."""

    code: str
    version: int
    """The newest one."""
    years: tuple[int, ...]
    """The years that were set up."""


class OfficeRow(Frozen):
    """One office and its SOPs."""

    code: str
    name: str
    zone: str
    bidang: tuple[str, ...]
    sops: tuple[AdoptedSop, ...]


class SopRow(Frozen):
    """One version of an SOP, with what the office confirmed shown as such."""

    sop: Sop
    version: int


class Applied(Frozen):
    """What became of a command."""

    sequence: int
    hash: str
    event: Event
    warnings: tuple[str, ...] = ()
    repeated: bool = False
    """The token had been used before: this is what happened then, nothing happened now."""
    state: YearState | None = None
    """The state after it, as far as it was looked at; None when repeated."""


class SetUp(Frozen):
    """What became of setting a year up."""

    sequence: int
    hash: str
    address: Address
    year: int
    periods: tuple[str, ...]
    new_office: bool
    repeated: bool = False


class Recorded(Frozen):
    """What became of a change of an SOP."""

    sequence: int
    hash: str
    version: int
    """The newest version after it."""
    new_version: bool
    repeated: bool = False


class Board(Frozen):
    """Everything that a period's board or recap is drawn from, at one moment."""

    address: Address
    office_name: str
    zone: str
    period: str
    state: YearState
    """All periods of the year; the cases asked for."""
    versions: Mapping[int, Sop]
    """The versions that those cases ran on and the newest one, confirmations shown."""
    newest_version: int
    cadence: Cadence | None
    settings: Settings
    bidang: tuple[str, ...]
    calendar: WorkCalendar
    """The revision in force."""
    head: Head
    units: Family = NO_FAMILY
    """The office's bidang through all the names they had."""
    names: Mapping[str, str] = MappingProxyType({})
    """Code -> name of the people who are registered, for showing a name in a code's place."""


class Head(Frozen):
    """The log's newest event; of an empty log 0 and zeros."""

    sequence: int
    hash: str


EMPTY_LOG = Head(0, "0" * 64)
"""Stands before the first event."""


class LoggedEvent(Frozen):
    """One line of the log."""

    event: Event
    office: str | None
    sop: str | None
    host: str | None
    hash: str


class ClosingRow(Frozen):
    """What one closing of a period froze."""

    revision: int
    sequence: int
    at: int
    figures: Mapping[str, Any]
    calendar_revision: int
    head_hash: str


class Recap(Frozen):
    """What a period's recap is made of."""

    board: Board
    """With every case of the period, stopped ones included."""
    events: tuple[Event, ...]
    """The period's events by sequence, remarks included."""
    closings: tuple[ClosingRow, ...]
    lost_signers: frozenset[str] = frozenset()
    """Codes of officials in whose place others were written since the last closing, when nothing was kept of the first:
    whom it was closed with is not known any more."""


class StandingRun(Frozen):
    """A valid run, as far as an overview needs it. Intervals are in UTC epoch seconds, an open end None."""

    step: int
    bidang: str | None
    attempt: int
    phase: str
    revision: int
    holder: str | None
    ready: int
    started: int | None
    ended: int | None
    pauses: tuple[tuple[int, int | None], ...]
    """Read for open runs only."""


class StandingPeriod(Frozen):
    """A period, and its newest case if it has one."""

    key: str
    has_case: bool
    phase: str
    revision: int
    closings: int
    reopenings: int
    waived: Mapping[str, int]
    """Child period -> its count of reopenings when it was waived."""
    case_phase: str | None
    case_revision: int | None
    sop_version: int | None
    gate_since: int | None
    holds: tuple[tuple[int, int | None], ...]
    regions: Mapping[int, tuple[str, ...]]
    """First step of a region -> its frozen bidang."""
    runs: tuple[StandingRun, ...]
    """Of an open period: its valid runs, by step."""


class Standing(Frozen):
    """Where an office stands with one SOP: everything `sakip status` is worked out from, as plain values."""

    address: Address
    office_name: str
    zone: str
    settings: Mapping[str, Any]
    """`Settings.to_dict`."""
    cadence: str | None
    """That of the newest year."""
    calendar_revision: int
    calendar_spec: Mapping[str, Any]
    """`CalendarSpec.to_dict`."""
    definitions: Mapping[int, Mapping[str, Any]]
    """Version -> `toml_format.to_dict`: the versions in use and the newest."""
    confirmed: Mapping[int, frozenset[tuple[int, str]]]
    """Version -> (step, field) that the office confirmed."""
    newest_version: int
    periods: tuple[StandingPeriod, ...]
    """Of the years asked for, in the order in which they close."""


class ChainReport(Frozen):
    """What checking the chain found."""

    checked: int
    """Events looked at."""
    head: Head
    """The newest event up to which everything is whole."""
    broken_at: int | None = None
    """Sequence number of the first event that does not fit; None for a whole chain."""
    problem: str | None = None
    """`gap` (a number is missing), `link` (not the hash of the event before), `content` (not its own hash), `anchor`
    (the event checked before is gone or changed); or what stands beside the log is not what the log says:
    `definition`, `calendar`, `closing`, or `unreadable`."""


class OfficesReport(Frozen):
    """What holding the rows of the offices against the log found."""

    differing: tuple[tuple[str, str], ...]
    """(code of the office, table) of each difference; an empty code for what belongs to none, `unreadable` in place of
    a table where a value could not be read."""
    since: int
    """Number of the event that states how they stood: what came before is not covered. 0: everything is."""


class AnchoredEvent(Frozen):
    """The event that an anchor stands for."""

    sequence: int
    hash: str
    recorded: int
    act: str
    by: str
    office: str | None
    """Code of the office that it belongs to; None for one of the file."""


class Surroundings(Frozen):
    """Where the file lies and who may reach it; cheap to ask."""

    file_bytes: int
    log_bytes: int
    """The engine's own log, to be folded back into the file; large where somebody reads without end."""
    free_bytes: int
    """On the disk that holds the file."""
    file_system: str | None
    """Kind, if it is a network one."""
    synced_by: str | None
    """The program that keeps the folder alike on several computers, if there is a sign of one."""
    open_to_others: tuple[str, ...]
    """Files that other accounts may read or write, or the folder, where they may replace files in it."""


class Health(Frozen):
    """How the file and its surroundings are."""

    path: str
    engine: str
    """Version of SQLite."""
    schema_version: int
    integrity: tuple[str, ...]
    """What the engine finds wrong; empty for a sound file."""
    foreign_keys: tuple[str, ...]
    """Tables with rows that point nowhere."""
    schema: tuple[str, ...]
    """Tables, indexes and triggers that are not as this program makes them; looked at in a full check only."""
    surroundings: Surroundings


class Touch(Frozen):
    """Who touched an entity, and how."""

    sequence: int
    act: str
    by: str
    at: int
    recorded: int
