"""The only door from the screens to the database, as screens see it: what it is asked, what it writes, who sits at it.

`office_desk.py` opens it on a file, `tests/fakes.py` without one; both pass the same tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from db.rows import Address, Board, Head
from sakip_tui.draft_places import DraftPlace
from sop.values import Frozen

if TYPE_CHECKING:
    from pathlib import Path

    from db.calendar_rows import CalendarChanged, CalendarPreview
    from db.file.connection import Database
    from db.office_acts import Given
    from db.rows import LoggedEvent
    from db.signers import SignerRow
    from db.store import Store
    from sakip_tui.recaps import WrittenRecap
    from sop.look.outlook import PastRuns
    from sop.model.commands import Command
    from sop.model.definition import Cadence, Sop
    from sop.model.errors import SopError
    from sop.model.events import Event
    from sop.model.pelaksana import Actor
    from sop.model.state import YearState
    from sop.time.office_calendar import Edit, FillYear, OfficeCalendar

T = TypeVar("T")


class NewOffice(Frozen):
    """What the first start asks for, and whoever makes a further office."""

    sop: str
    """Code of a shipped SOP, or of one that was imported."""
    name: str
    zone: str
    year: int
    bidang: tuple[str, ...] = ()
    cadence: Cadence | None = None
    code: str | None = None
    """What tells it from the other offices of the file; None for the first one, which has its SOP's."""


class Office(Frozen):
    """The office that is open."""

    address: Address
    actor: Actor
    year: int
    """The one to show first: the oldest in which something runs, else today's, else the newest."""
    sop_name: str = ""
    """What tells its SOP from the office's other ones; empty where it works by one."""


class SopChoice(NamedTuple):
    """One SOP that an office works by."""

    code: str
    title: str
    years: tuple[int, ...]
    """Reporting years that were set up, in order; at least one."""
    name: str = ""
    """What tells it from the office's other ones; empty where there is none."""


class OfficeChoice(Frozen):
    """One office of the database."""

    code: str
    name: str
    sops: tuple[SopChoice, ...]


class After(Frozen):
    """What an act left behind."""

    address: Address
    state: YearState
    """Every period of the year, and the cases that the act looked at."""
    head: Head
    """The log's newest event: the act's own."""


class Done(Frozen):
    """What became of a command."""

    event: Event
    warnings: tuple[str, ...] = ()
    after: After | None = None
    """None for an act that was done before."""


class KeptCalendar(Frozen):
    """One revision of the office's calendar, with what the office decided in it."""

    calendar: OfficeCalendar
    revision: int


class Asking(Protocol):
    """What a screen asks of the database. Every method may raise what `notices.py` knows."""

    @property
    def person(self) -> str:
        """Code of who sits here."""

    @property
    def called(self) -> str:
        """Their name, where one is registered; else the code."""

    @property
    def account(self) -> str:
        """Name of the account at the operating system that this program runs under, whoever sits here."""

    @property
    def is_guest(self) -> bool:
        """Whether the person came in by a key: the documents of this machine are not theirs to look at."""

    async def ask(self, question: Callable[[Database, Address], T]) -> T:
        """Read: a question of `db.queries` and its like, answered on the database thread."""

    async def office(self) -> Office | None:
        """The office that is meant; None where nothing has been set up yet."""

    async def imported_sops(self) -> tuple[Sop, ...]:
        """The SOPs that were imported into the file before an office uses them; none where there is no file."""

    async def choices(self) -> tuple[OfficeChoice, ...]:
        """Every office and SOP of the database that was set up."""

    async def board(self, year: int) -> Board:
        """Everything the board of a year is drawn from."""

    async def data_version(self) -> int:
        """Changes whenever somebody else has committed. Compare it only with itself."""

    async def obstacles(self, commands: Sequence[Command]) -> tuple[SopError | None, ...]:
        """Why each of some acts on one period would be refused now; None for one that would be done."""

    async def members(self, lanes: Sequence[str], bidang: str | None) -> tuple[tuple[str, str], ...]:
        """(code, name) of everybody who holds one of the lanes for that bidang; empty while nobody is registered."""

    async def signers(self) -> tuple[SignerRow, ...]:
        """The officials who sign recaps, everybody who was ever named."""

    async def draft(self, place: DraftPlace) -> Mapping[str, str] | None:
        """What the person typed there and never sent; None for nothing."""

    async def draft_places(self) -> tuple[DraftPlace, ...]:
        """Where the person left something unsent, the newest first; what cannot be read is left out."""

    async def history(self, period: str, step: int | None = None) -> tuple[LoggedEvent, ...]:
        """The log of a period (of one of its steps), newest first."""

    async def undone(self, period: str) -> Collection[int]:
        """Numbers of the events of a period that were taken back."""

    async def told(self, period: str, sequences: Collection[int]) -> Mapping[int, Event]:
        """Events of a period by their numbers."""

    async def kept_calendar(self, revision: int | None = None) -> KeptCalendar:
        """A revision of the working calendar; None for the one in force."""

    async def filling(self, year: int) -> FillYear:
        """The holidays of a year, to be handed to the two below. Slow at first: it loads them."""

    async def try_calendar(self, edits: Sequence[Edit]) -> CalendarPreview:
        """What a change of the calendar would be. Nothing is written."""

    async def past_runs(self) -> PastRuns:
        """What earlier runs of each step took, for forecasts."""


class Writing(Protocol):
    """What a screen has written. An answer that was given counts, even where nobody waits for it any more."""

    async def write(self, act: Callable[[Store, Address, Actor], T]) -> T:
        """Write: a function of the `db` floor that takes the store, the office and who sits here."""

    async def apply(self, command: Command) -> Done:
        """Do one act, or nothing."""

    def keep_draft(self, place: DraftPlace, content: Mapping[str, str] | None) -> None:
        """Keep what was typed there, or (None) forget it. Does not wait: it is done before the desk closes."""

    async def set_up(self, wanted: NewOffice) -> Office:
        """Make the office; returns the one that is meant, which a further one is after `switch`."""

    async def kept_recap(self, period: str) -> Path | None:
        """The workbook that was written of the last closing of a period; None where there is none."""

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

    async def change_calendar(self, edits: Sequence[Edit], given: Given) -> CalendarChanged:
        """Change the calendar that was seen, or nothing."""


class Attending(Protocol):
    """Who sits here, in which office, and for how long."""

    async def switch(self, office: str, sop: str) -> Office:
        """From now on this office and SOP are meant. Raises UnknownOffice, UnknownAdoption, UnknownPerson."""

    def rest(self) -> None:
        """Called every second: what is best done while nobody writes. Does not wait."""

    async def sign_in(self, code: str, pin: str) -> None:
        """Check the PIN of somebody who wants to sit here; they do after `sit_down`."""

    async def own_person(self) -> str | None:
        """Code of the person of this computer's account in the office on view; None for nobody, or for a guest."""

    async def sign_in_as_own(self) -> None:
        """Let the account's own person, who has no PIN, sit here after `sit_down`. Raises Refused."""

    async def sit_down(self) -> None:
        """Let whoever signed in last sit here, once all that the person before left to be written is written."""

    async def sit_as_own(self) -> bool:
        """Let the account's own person sit here, who was just registered; False where the account has none."""

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""


class Desk(Asking, Writing, Attending, Protocol):
    """The only door from the screens to the database."""
