"""Wiring: theme, screens, the database desk, the terminal's life line. Whatever decides something lives elsewhere."""

# ruff: noqa: E402 - Textual reads its variables once, at its import, so they are set before any import that leads there.
from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sakip_tui import heap, lean_start, terminal

lean_start.begin()

from textual import work

from db.errors import DAMAGE
from db.identity import Identity
from sakip_tui.board.screen import BoardScreen
from sakip_tui.clock import Clock, system_clock
from sakip_tui.closed_doors import ClosedDoors
from sakip_tui.desk import Desk, Office
from sakip_tui.glyphs import ASCII, UNICODE, Glyphs
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.people.attendance import Attended
from sakip_tui.screens import SCREENS
from sakip_tui.textual_workarounds import Lifeline, SparingApp
from sakip_tui.theme import SAKIP
from sakip_tui.upkeep import FIRST_LOOK_SECONDS, LOOK_AGAIN_SECONDS, Upkeep
from sop.loading import load

lean_start.imported()

if TYPE_CHECKING:
    from textual.screen import Screen

    from db.rows import Address, Board
    from sakip_tui.backups.restoring import RestoreWish
    from sakip_tui.views.loss import Loss

LOSS = "sakip_tui.views.loss:loss_of"
"""Loaded where there is no office to be opened."""
WATCH_SECONDS = 1.0
"""How often the terminal is looked after, which may have hung up without a signal, and the file's log."""


class SakipApp(Attended["RestoreWish | None"], ClosedDoors["RestoreWish | None"], SparingApp["RestoreWish | None"]):
    """The program on a screen."""

    # Not in the screens: the CSS of a default screen is not looked for.
    CSS_PATH: ClassVar = ["sakip.tcss", "board/board.tcss"]
    TITLE = "sakip"

    def __init__(
        self,
        desk: Desk,
        clock: Clock = system_clock,
        opened: tuple[Office, Board] | None = None,
        glyphs: Glyphs = UNICODE,
        upkeep: Upkeep | None = None,
        asks_who: bool = False,
        said: str = "",
        lost: Loss | None = None,
    ) -> None:
        """
        Args:
            desk: The door to the database.
            clock: Reading of the clock.
            opened: The office and a first snapshot of its board; None where nothing has been set up yet.
            glyphs: Signs that this terminal can show.
            upkeep: What looks after the file while the screen is open.
            asks_who: Whether somebody has to sign in first.
            said: What became of what was asked for before this start.
            lost: What is left of a file that is gone or damaged; None for any other.
        """
        super().__init__(plain=glyphs is ASCII)
        self.upkeep, self.asks_who, self._said_before, self._lost = upkeep, asks_who, said, lost
        self._advised: set[str] = set()
        self.desk, self.clock, self.opened, self.glyphs = desk, clock, opened, glyphs
        self.lifeline = Lifeline(self, self.hang_up)
        self.wear(SAKIP)

    def get_default_screen(self) -> Screen[Any]:
        if self.opened is not None:
            return self.board_screen(*self.opened)
        if self.asks_who:
            sign_in: Screen[Any] = load(SCREENS["sign in"])(self.desk, can_go_back=False)
            return sign_in
        first: Screen[Any]
        if self._lost is not None:
            first = load(SCREENS["lost"])(self.desk, self.clock, self._lost)
        else:
            first = load(SCREENS["welcome"])(self.desk, self.clock)
        return first

    def board_screen(self, office: Office, board: Board) -> BoardScreen:
        return BoardScreen(self.desk, self.clock, office, board, self.glyphs)

    def year_on_view(self) -> tuple[Address, int] | None:
        boards = (screen for screen in reversed(self.screen_stack) if isinstance(screen, BoardScreen))
        board = next(boards, None)
        return None if board is None else (board.rows.address, board.year)

    def on_mount(self) -> None:
        self.set_timer(1.0, self._settle_down)
        if self._said_before:
            self.notify(self._said_before, markup=False, timeout=15)
        self.attend()
        if not self.is_headless:
            self.lifeline.attach()
            self.set_interval(WATCH_SECONDS, self.lifeline.look)
        # Whatever screen or question is open: the file is looked after behind all of them.
        self.set_interval(WATCH_SECONDS, self.desk.rest)
        if self.upkeep is not None:
            self.set_timer(FIRST_LOOK_SECONDS, self._look_after)
            self.set_interval(LOOK_AGAIN_SECONDS, self._look_after)

    def _settle_down(self) -> None:
        """The first picture is there: what would have delayed it is done now."""
        lean_start.painted()
        heap.give_back_what_is_big()

    @work(group="upkeep")
    async def _look_after(self) -> None:
        if self.upkeep is not None:
            for told in await self.upkeep.look():
                if told not in self._advised:
                    # Once a start, however long the screen stays open.
                    self._advised.add(told)
                    self.notify(told, severity="warning", markup=False)

    async def open_office(self, office: Office) -> None:
        """Show the board of an office that has just been set up."""
        board = await self.desk.board(office.year)
        # On top of the first screen: Textual cannot replace the one it began with.
        await self.push_screen(self.board_screen(office, board))

    def hang_up(self) -> None:
        """The terminal is gone: let each screen keep what stands in an open prompt."""
        for screen in self.screen_stack:
            keep = getattr(screen, "hang_up", None)
            if keep is not None:
                keep()

    async def action_quit(self) -> None:
        """Ctrl+Q, from anywhere: what stands in an open prompt is kept, as when the line breaks."""
        self.hang_up()
        self.exit()

    async def on_unmount(self) -> None:
        await self.desk.close()

    def action_help_quit(self) -> None:
        """Ctrl+C: Textual answers it in English."""
        screen = self.screen
        if isinstance(screen, BoardScreen):
            screen.announce("Untuk keluar, tekan q.")


def _glyphs(opened: tuple[Office, Board] | None) -> Glyphs:
    """The office's choice of signs, else what the terminal's character set has."""
    wish = opened[1].settings.glyphs.value if opened is not None else "otomatis"
    if wish == "otomatis":
        return UNICODE if terminal.speaks_utf8() else ASCII
    return ASCII if wish == "ascii" else UNICODE


def _opened(desk: OfficeDesk, path: Path, now: int, is_locked: bool) -> tuple[tuple[Office, Board] | None, Loss | None]:
    """The office, or what is left of a file that is gone or damaged.

    Raises:
        DbError, SopError: The file cannot be opened, and it has no copies or who sits here may not restore one.
    """
    try:
        opened = desk.opened()
        return opened, load(LOSS)(path, now) if opened is None else None
    except DAMAGE as error:
        loss: Loss | None = None if is_locked else load(LOSS)(path, now, error)
        if loss is None:
            raise
        return None, loss


def run(
    path: Path,
    *,
    person: Identity,
    asks_who: bool = False,
    account: str | None = None,
    office: str | None = None,
    sop: str | None = None,
    clock: Clock = system_clock,
    host: str | None = None,
    is_locked: bool = False,
    said: str = "",
) -> RestoreWish | None:
    """Open the board of an office and stay until the person leaves.

    Args:
        path: The database file; where there is none, the first start asks what to set up.
        person: Who sits here, as far as it is known.
        asks_who: Whether somebody has to sign in first; the person is then the one that is proposed.
        account: Name of the account at the operating system.
        office: Code of the office meant, where the file has several.
        sop: Code of the SOP meant, where the office has several.
        clock: Reading of the clock.
        host: Name of this machine, for the log.
        is_locked: Whether nobody else may sit down here.
        said: What became of what was asked for before; told once the screen is there.

    Returns:
        The backup that whoever left wants in the place of the file; None for anybody else.

    Raises:
        SystemExit: 2, where the terminal cannot show a screen; a sentence says why.
        DbError, SopError: The office cannot be opened; nothing was shown yet.
        Exception: What nobody expected, after the screen was put away.
    """
    reason = terminal.unfit()
    if reason is not None:
        sys.stderr.write(reason + "\n")
        raise SystemExit(2)
    desk = OfficeDesk(path, person.name, clock, office, sop, host, is_locked, person, account)
    # Not in a loop of its own: asyncio ends by writing out the result, a whole board, in words that nobody reads.
    opened, lost = (None, None) if asks_who else _opened(desk, path, clock(), is_locked)
    # What is wrong with a damaged file stands on its first screen; nothing there can be looked after.
    upkeep = None if lost is not None and not lost.is_missing else Upkeep(path, clock)
    app = SakipApp(desk, clock, opened, _glyphs(opened), upkeep, asks_who, said, lost)
    wish = app.run_or_raise(mouse=terminal.wants_mouse())
    if app.return_code:
        raise SystemExit(app.return_code)
    return wish
