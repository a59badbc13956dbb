"""The world an act is judged in beside the state, and what becomes of an accepted one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sop.model.bidang import ListedBidang, in_force
from sop.model.definition import Cadence, Confirmed, Sop
from sop.model.events import Event
from sop.model.settings import Settings
from sop.model.state import YearState
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, field

if TYPE_CHECKING:
    from sop.kinerja.state import DataPeriod, KinerjaState
    from sop.model.office import SignerState


def _anybody(person: str, lanes: Sequence[str], bidang: str | None) -> bool:
    """While nobody is registered, whoever is named holds every lane."""
    return True


def _nothing_confirmed(version: int) -> Sequence[Confirmed]:
    """While the office has confirmed nothing."""
    return ()


def _no_event(sequence: int) -> Event | None:
    """A log that nobody gave."""
    return None


def _only_itself(name: str) -> tuple[str, ...]:
    """A bidang that was never renamed has one name."""
    return (name,)


def _only_typist(person: str, lanes: Sequence[str], bidang: str | None, ever: bool) -> frozenset[str]:
    """While nobody is registered, an act stands for whoever is named."""
    return frozenset((person,))


def _no_indicators(moment: int) -> KinerjaState | None:
    """While the office has none."""
    return None


def _no_data() -> Mapping[str, DataPeriod]:
    """Where no year came before."""
    return {}


class Context(Frozen):
    """What `decide` may know beside the state."""

    now: int
    """Reading of the clock, UTC epoch seconds."""
    calendar: WorkCalendar
    """The office's calendar in force."""
    versions: Mapping[int, Sop]
    current_version: int
    """The SOP version that a new case begins on."""
    sequence: int
    """The number the event will have."""
    cadence: Cadence | None = None
    """The office's choice where the SOP names no period."""
    bidang: tuple[str, ...] = ()
    """The office's list in force now, in order."""
    listed: tuple[ListedBidang, ...] = ()
    """Every name there is or was, with its dates, in order; empty where `bidang` held at all times."""
    settings: Settings = field(default_factory=Settings)
    confirmed: Callable[[int], Sequence[Confirmed]] = _nothing_confirmed
    """What the office confirmed of an SOP version; a closing freezes it."""
    signers: Callable[[], Sequence[SignerState]] = tuple
    """The officials who sign recaps; a closing keeps the codes of those who sign it."""
    head: str = ""
    """Hash of the log's newest event; a closing freezes it."""
    calendar_at: Callable[[int], WorkCalendar] | None = None
    """The calendar as of a revision; None where there is only the one in force."""
    history: Callable[[], Sequence[Event]] = tuple
    """The year's events by sequence; asked for by urung and tutup only."""
    event: Callable[[int], Event | None] = _no_event
    """One of them by its sequence number."""
    belongs: Callable[[str, Sequence[str], str | None], bool] = _anybody
    """Whether a person holds one of these lanes for that bidang."""
    names_of: Callable[[str], tuple[str, ...]] = _only_itself
    """Every name that a bidang of this name has had, by renaming and merging; this one among them."""
    stands_for: Callable[[str, Sequence[str], str | None, bool], frozenset[str]] = _only_typist
    """Whose act it is that this person typed for one of these lanes: the person's own where the person holds (with
    True: ever held) one of them, else that of the lane's people; never empty."""

    register: Callable[[int], KinerjaState | None] = _no_indicators
    """The indicators, targets and figure settings of the office, its bidang as of a moment; None without indicators."""
    data_before: Callable[[], Mapping[str, DataPeriod]] = _no_data
    """The data of the year before, for what a form says of the period before."""

    def bidang_at(self, moment: int) -> tuple[str, ...]:
        """The office's list in force at a moment, in order."""
        return in_force(self.listed, moment) if self.listed else self.bidang


class Outcome(Frozen):
    """An accepted act: its event, the state after it, and what the pengelola should hear of."""

    event: Event
    state: YearState
    warnings: tuple[str, ...] = ()
    """`attempt:<label>:<n>` for a run that comes round for the 4th time or more; `uncounted:<period>:<step>` for a
    waived child that closed after that first step was finished; `early:<period>` for one closed while it still runs."""
