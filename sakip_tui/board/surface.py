"""What the parts of the board see of its screen: how to say, to ask and to show something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import asyncio
    import datetime as dt

    from textual.app import App

    from db.rows import Board
    from sakip_tui.board.finding import Filter
    from sakip_tui.board.selection import Selection
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk
    from sakip_tui.glyphs import Glyphs
    from sakip_tui.notices import Notice
    from sakip_tui.prompts.form import Form, Response
    from sakip_tui.views.board import Key
    from sop.model.commands import Typed

DoneT = TypeVar("DoneT")


class Surface(Protocol):
    """The screen, for whoever acts, looks for something or goes somewhere on it."""

    desk: Desk
    clock: Clock
    glyphs: Glyphs
    selection: Selection
    said: str
    """A sentence on view until the next key."""

    @property
    def app(self) -> App[Any]: ...

    @property
    def is_attached(self) -> bool: ...

    # ------------------------------------------------------------------ saying
    def announce(self, text: str, ink: str | None = None) -> None:
        """Put a sentence on view until the next key."""

    def announce_error(self, error: BaseException) -> None:
        """Say what stands in the way; raises an error that nobody expected."""

    async def or_say(self, doing: Awaitable[DoneT]) -> DoneT | None:
        """What comes of it; None where something stands in the way, which is said."""

    def hush(self) -> None:
        """Take the sentence away."""

    def told(self, error: BaseException) -> Notice | None:
        """What an error says to people; None for one that nobody expected."""

    # ------------------------------------------------------------------ asking
    async def ask(
        self, place: tuple[str, ...], form: Form, do: Callable[[Response, str], Awaitable[str | None]]
    ) -> None:
        """Put a question and do what is answered, as `AskingScreen` does."""

    def read_moment(self, text: str, place: str) -> Typed:
        """A moment that was typed. Raises FaultyInput."""

    def read_day(self, text: str, place: str) -> dt.date:
        """A day that was typed. Raises FaultyInput."""

    async def is_free(self, *others: asyncio.Event) -> bool:
        """Wait a moment for what was answered before, and for the others to be set; False where that takes longer."""

    def run_worker(self, work: Awaitable[None], *, group: str, exclusive: bool = False) -> object:
        """Begin something that takes a while."""

    # ------------------------------------------------------------------ showing
    def reload(self) -> object:
        """Read a fresh snapshot and show it."""

    def put_act_on_view(self, board: Board) -> None:
        """Show what an act left behind."""

    def show_year(self, board: Board, period: str | None = None) -> None:
        """Show another year, SOP or office."""

    def show_period(self, key: str) -> None:
        """Show another period."""

    def show_card(self, step: int, bidang: str | None = None) -> None:
        """Select a card of the period on view."""

    def show_only(self, wanted: Filter) -> None:
        """Show the cards that match."""

    def select(self, key: Key | None) -> None:
        """Move the selection."""
