"""The card's page: everything known of one step, to be read and scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sakip_tui.board.view import BoardView, CardView, sent_back_by
from sakip_tui.case_file.view import CardPage, explained, judged_by
from sakip_tui.clock import Clock
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.widgets.ink import InkedScreen, Line, Lines
from sakip_tui.widgets.keys import act_as_small
from sop.work_calendar import WorkCalendar

if TYPE_CHECKING:
    from db.rows import Board, LoggedEvent
    from sakip_tui.desk import Desk
    from sop.events import Event


class CardScreen(InkedScreen[None]):
    """One card, read from its definition, its state and the log."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CardScreen { layout: vertical; overflow: hidden; }
    CardScreen Lines { width: 1fr; height: 1; padding: 0; }
    CardScreen #page { height: 1fr; margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Kembali ke papan", id="kartu.kembali"),
        Binding("up,k", "scroll(-1)", "Ke atas", id="kartu.atas"),
        Binding("down,j", "scroll(1)", "Ke bawah", id="kartu.bawah"),
        Binding("pageup", "page(-1)", "Satu layar ke atas", id="kartu.layar-atas"),
        Binding("pagedown,space", "page(1)", "Satu layar ke bawah", id="kartu.layar-bawah"),
        Binding("home", "scroll(-100000)", "Ke awal", id="kartu.awal"),
        Binding("end", "scroll(100000)", "Ke akhir", id="kartu.akhir"),
        Binding("t", "go_to_due", "Bagaimana tenggatnya dihitung", id="kartu.tenggat"),
        Binding("m,s,a,p,b,d,u,c,w,o,x,e", "go_to_board", "Tindakan: di papan, tekan Esc dulu", id="kartu.tindakan"),
        Binding("question_mark", "help", "Bantuan", id="kartu.bantuan"),
    ]

    def __init__(
        self, desk: Desk, clock: Clock, rows: Board, board: BoardView, card: CardView, glyphs: Glyphs = UNICODE
    ) -> None:
        super().__init__()
        self.desk, self.clock, self.rows, self.board, self.card, self.glyphs = desk, clock, rows, board, card, glyphs
        self.first = 0
        """First line in view."""
        self.history: tuple[LoggedEvent, ...] = ()
        self.sent_back: Event | None = None
        """The Tidak or kembalikan that this step has to be redone for."""
        self.problem = ""
        self.judged_calendar: WorkCalendar | None = None
        """The revision that an ended step was judged by, where it is not the one in force."""
        self._due_line = 0
        self._text: list[Line] = []

    def compose(self) -> ComposeResult:
        yield Lines(id="card-title")
        yield Lines(id="page")
        yield Lines(id="card-keys")

    def on_mount(self) -> None:
        self._read()

    def on_resize(self) -> None:
        self._write()

    @work(exclusive=True, group="history")
    async def _read(self) -> None:
        try:
            self.history = await self.desk.history(self.board.period, self.card.card.step)
            sequence = sent_back_by(self.board, self.card.card)
            if sequence is not None:
                # The act may stand on a later step, from which it was sent back.
                whole = await self.desk.history(self.board.period)
                self.sent_back = next((item.event for item in whole if item.event.sequence == sequence), None)
            revision = judged_by(self.card, self.board)
            if revision is not None and revision != self.rows.calendar.revision:
                kept = await self.desk.kept_calendar(revision)
                self.judged_calendar = WorkCalendar(kept.calendar.spec, kept.revision)
        except Exception as error:
            from sakip_tui.notices import notice_of

            notice = notice_of(error, self.rows.calendar.offset)
            if notice is None:
                raise
            self.problem = f"Riwayat tidak dapat dibaca. {notice}".replace("\n", " ")
        self._write()

    def _write(self) -> None:
        width = self.size.width
        if not width:
            return
        rows = self.rows
        page = CardPage(
            self.card,
            self.board,
            self.history,
            self.clock(),
            rows.calendar,
            rows.settings,
            width - 3,
            self.glyphs,
            explained(self.card, self.board, self.judged_calendar or rows.calendar, rows.settings, self.clock()),
            self.sent_back,
        )
        self._text = page.lines()
        self._due_line = page.due_line + bool(self.problem)
        if self.problem:
            self._text.insert(0, ((self.problem, "late"),))
        self.query_one("#card-title", Lines).show([((f" Kartu langkah {self.card.card.step}".ljust(width), "banner"),)])
        self._show()

    @property
    def _visible(self) -> int:
        return max(1, self.size.height - 2)

    def _show(self) -> None:
        most = max(0, len(self._text) - self._visible)
        self.first = max(0, min(self.first, most))
        self.query_one("#page", Lines).show(self._text[self.first : self.first + self._visible])
        below = len(self._text) - self.first - self._visible
        more = f"{below} baris lagi di bawah  " if below > 0 else ""
        keys: Line = (
            (" panah", "key"),
            (" Gulir  ", "text"),
            ("t", "key"),
            (" Tenggat  ", "text"),
            ("Esc", "key"),
            (" Kembali  ", "text"),
            ("?", "key"),
            (" Bantuan  ", "text"),
            (more, "muted"),
        )
        self.query_one("#card-keys", Lines).show([keys])

    def action_scroll(self, lines: int) -> None:
        self.first += lines
        self._show()

    def action_page(self, step: int) -> None:
        self.action_scroll(step * (self._visible - 1))

    def action_go_to_due(self) -> None:
        self.first = self._due_line
        self._show()

    def action_go_to_board(self) -> None:
        keys: Line = ((" Esc", "key"), (" kembali ke papan dulu; tindakan dilakukan di sana.", "risk"))
        self.query_one("#card-keys", Lines).show([keys])

    async def on_key(self, event: events.Key) -> None:
        await act_as_small(self, event)

    def action_leave(self) -> None:
        self.dismiss()

    def action_help(self) -> None:
        from sakip_tui.widgets.help import HelpScreen

        self.app.push_screen(HelpScreen("Kartu", self.BINDINGS, self.glyphs))
