"""A screen that opens over the board and shows a year in another way: dashboard, Alur, riwayat."""

from __future__ import annotations

from sakip_tui.places import CardAt, Here, Left, Opened
from sakip_tui.widgets.watching import WatchingScreen


class YearScreen(Opened, WatchingScreen[Left]):
    """Closes with the card that the board goes to. Made by its own screens, never shown itself."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    YearScreen { layout: vertical; overflow: hidden; }
    YearScreen Lines { width: 1fr; height: 1; }
    """
    LINES_A_NOTCH = 1
    """How far one notch of the mouse wheel goes."""

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._minute = 0

    # ------------------------------------------------------------------ what each screen says
    def lay_out(self) -> None:
        """Lay everything out for the size there is, and draw it."""
        self.draw()

    def on_new_minute(self) -> None:
        """A minute has passed, and nobody has written: times may read otherwise."""

    def action_move(self, step: int) -> None:
        """Select what stands so many lines further."""
        raise NotImplementedError

    # ------------------------------------------------------------------ time
    def moment_of_looking(self) -> int:
        """Reading of the clock for everything on view; its minute is kept, so that the next one is noticed."""
        now = self.clock()
        self._minute = now // 60
        return now

    def on_no_news(self) -> None:
        if self.clock() // 60 != self._minute:
            self.on_new_minute()

    # ------------------------------------------------------------------ size and mouse
    def on_resize(self) -> None:
        self.lay_out()

    def turn_wheel(self, way: int) -> None:
        self.action_move(way * self.LINES_A_NOTCH)

    # ------------------------------------------------------------------ leaving
    def leave_for(self, card: CardAt | None) -> None:
        """Close, and let the board go to a card; None to leave it where it was."""
        self.dismiss(Left(card=card, is_changed=self.is_changed))

    def action_leave(self) -> None:
        self.leave_for(None)
