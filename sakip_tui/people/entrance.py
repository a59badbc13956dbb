"""Who sits here: choosing a person and proving it with a PIN, and the lock after a while without a key.

Nothing typed here is kept: no draft, no log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from db import queries
from db.people import PersonRow, register
from sakip_tui.desk import Desk
from sakip_tui.notices import notice_of
from sakip_tui.places import Left
from sakip_tui.text import cut, padded, wrapped
from sakip_tui.widgets.clickable import ClickableLines
from sakip_tui.widgets.hints import hints
from sakip_tui.widgets.ink import InkedModal, InkedScreen, Line, Lines
from sop.model.texts import clean
from sop.time.instants import offset_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.file.connection import Database
    from sakip_tui.places import Here

_LONGEST_PIN = 12
_MOST_TOLD = 3
"""Lines of a refusal; its remedy stands last."""
_NOBODY = "Akun komputer ini tidak terdaftar, dan belum ada yang punya PIN. Minta admin mendaftarkan Anda."
_ONLY_OWN = (
    "Akun komputer ini terdaftar sebagai {name}, yang sedang bekerja. Orang lain masuk di sini dengan PIN, dan belum "
    "ada yang punya: pasang di Pengguna (n lalu u) dengan p."
)
_BY_KEY = "Sambungan ini milik {name}, jadi orang lain masuk lewat sambungannya sendiri."
_WITHOUT_PIN = "akun komputer ini, tanpa PIN"
_UNSTAFFED = "Belum ada orang yang terdaftar, jadi tidak ada yang perlu masuk. Daftarkan lewat menu Pengguna."


class LetsIn(Protocol):
    """What these screens ask of the app."""

    def enter(self) -> object:
        """Show the board to whoever has just signed in."""


class PinField(Input):
    """A PIN as dots. The cursor does not blink, since each blink would travel over the line."""

    def __init__(self, label: str, id: str) -> None:
        super().__init__(password=True, max_length=_LONGEST_PIN, id=id, compact=False, restrict=r"[0-9]*")
        self.cursor_blink = False
        self.border_title = label


class PinPrompt(InkedModal[str | None]):
    """Asks for a new PIN, twice."""

    AUTO_FOCUS = "#first"
    DEFAULT_CSS = """
    PinPrompt { align: center middle; background: transparent; }
    PinPrompt #pins { width: 60; max-width: 100%; height: auto; border: round ansi_cyan; padding: 0 1;
        background: ansi_default; }
    PinPrompt Static { width: 1fr; height: auto; }
    PinPrompt #pin-problem { color: ansi_red; text-style: bold; }
    PinPrompt PinField { width: 1fr; border: round ansi_bright_black; background: ansi_default; }
    PinPrompt PinField:focus { border: round ansi_cyan; }
    PinPrompt Lines { width: 1fr; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Batal"),
        Binding("down", "app.focus_next", "Berikutnya"),
        Binding("up", "app.focus_previous", "Sebelumnya"),
    ]

    def __init__(self, title: str, problem: str = "") -> None:
        super().__init__()
        self.heading, self.problem = title, problem

    def compose(self) -> ComposeResult:
        with Vertical(id="pins") as box:
            box.border_title = self.heading.replace("[", "\\[")
            yield Static(self.problem, id="pin-problem", markup=False)
            yield Static("6 sampai 12 angka, tidak berurutan dan tidak sama semua.", markup=False)
            yield PinField("PIN baru", "first")
            yield PinField("Sekali lagi", "second")
            yield Lines(id="pin-keys")

    def on_mount(self) -> None:
        self._say(self.problem)
        self.lines("#pin-keys").show([hints((("Enter", "Simpan"), ("Esc", "Batal"), ("Ctrl+L", "Gambar ulang")))])

    def _say(self, text: str) -> None:
        line = self.query_one("#pin-problem", Static)
        line.update(text)
        line.display = bool(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        first, second = self.query_one("#first", PinField), self.query_one("#second", PinField)
        if event.input is first:
            second.focus()
        elif first.value != second.value:
            # Which of the two was mistyped nobody can see.
            first.value = second.value = ""
            first.focus()
            self._say("Dua kali mengetik PIN tidak sama. Ketik keduanya lagi.")
        else:
            self.dismiss(first.value)

    def action_leave(self) -> None:
        if self.is_on_top:
            self.dismiss(None)


def _zone(database: Database, office: str) -> str:
    return next(row.zone for row in queries.offices(database) if row.code == office)


class PinScreen(InkedScreen[Left | None]):
    """A screen of its own with a field for a PIN at its foot. Made by the two below."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    PinScreen { layout: vertical; overflow: hidden; }
    PinScreen Lines { width: 1fr; height: 1; }
    PinScreen #choice { height: 1fr; }
    PinScreen PinField { width: 40; margin-left: 1; border: round ansi_bright_black; background: ansi_default; }
    PinScreen PinField:focus { border: round ansi_cyan; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pin = PinField("PIN", "pin")
        self._is_trying = False

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        yield ClickableLines(id="choice")
        yield Lines(id="told")
        yield self.pin
        yield Lines(id="keys")

    @property
    def code(self) -> str | None:
        """Whose PIN is asked for."""
        raise NotImplementedError

    @property
    def known_names(self) -> Mapping[str, str]:
        """Code -> name of who can be meant."""
        return {self.desk.person: self.desk.called}

    def entered(self) -> None:
        """The PIN was right."""
        raise NotImplementedError

    def announce_error(self, text: str, ink: str = "late") -> None:
        lines = wrapped(text.replace("\n", " "), max(self.size.width - 2, 20), _MOST_TOLD)
        told = self.lines("#told")
        told.styles.height = len(lines)
        told.show([((f" {line}", ink),) for line in lines])

    def on_input_submitted(self) -> None:
        typed = self.pin.value
        if self.code is None or self._is_trying:
            return
        if not typed:
            # Enter on a name is how people choose; it must not cost them one of their tries.
            self.announce_error("Ketik PIN-nya, lalu Enter.", "text")
            return
        self._is_trying = True
        self._try(self.code, typed)

    async def _tell(self, error: Exception) -> None:
        """Say what stands in the way; an error that nobody expected goes on."""
        notice = notice_of(error, await self._zone_offset(), self.known_names)
        if notice is None:
            raise error
        self.announce_error(str(notice))

    @work(group="act")
    async def _try(self, code: str, pin: str) -> None:
        try:
            await self.desk.sign_in(code, pin)
        except Exception as error:
            await self._tell(error)
        else:
            self.entered()
        finally:
            self.pin.value = ""
            self._is_trying = False

    async def _zone_offset(self) -> int:
        return offset_of(await self.desk.ask(lambda database, address: _zone(database, address.office)))


class SignInScreen(PinScreen):
    """Choose yourself, type your PIN."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Orang sebelumnya", priority=True),
        Binding("down", "step(1)", "Orang berikutnya", priority=True),
        Binding("escape", "leave", "Kembali"),
        Binding("ctrl+q", "quit", "Keluar"),
    ]

    def __init__(self, desk: Desk, *, can_go_back: bool) -> None:
        """
        Args:
            desk: The door to the database.
            can_go_back: Whether somebody sits here already.
        """
        super().__init__(desk)
        self.can_go_back = can_go_back
        self.people: tuple[PersonRow, ...] | None = None
        """Who may sign in: whoever has a PIN, and the person of the account; None until they are read."""
        self.index = 0
        self._top = 0
        """The first of them in view."""
        self._was_sent = False
        """Whether Enter was pressed before they were read."""

    @property
    def code(self) -> str | None:
        return self.people[self.index].code if self.people else None

    @property
    def known_names(self) -> Mapping[str, str]:
        return {row.code: row.name for row in self.people or () if row.name}

    def on_mount(self) -> None:
        self._show_keys(("panah", "Pilih"), ("Enter", "Masuk"))
        self.lines("#title").show([((" Siapa Anda?", "strong"),)])
        # Before anybody is read: what is typed at once is a PIN, and half a PIN costs a try.
        self.pin.focus()
        self._read()

    def _show_keys(self, *keys: tuple[str, str]) -> None:
        back = [("Esc", "Kembali")] if self.can_go_back else []
        self.lines("#keys").show([hints((*keys, *back, ("Ctrl+Q", "Keluar")), before=" ")])

    def on_input_submitted(self) -> None:
        self._was_sent = self.people is None
        if self.people and not self.people[self.index].has_pin:
            self._sit_as_own()
        else:
            super().on_input_submitted()

    @work(group="act", exclusive=True)
    async def _sit_as_own(self) -> None:
        """The person of the account has no PIN, and is not asked for one at a start either."""
        try:
            await self.desk.sign_in_as_own()
        except Exception as error:
            await self._tell(error)
        else:
            self.entered()

    @work(group="read")
    async def _read(self) -> None:
        rows = await self.desk.ask(lambda database, address: register(database, address.office))
        own = await self.desk.own_person()
        # By a key one is who the key says, and nobody else.
        meant = {self.desk.person} if self.desk.is_guest else {row.code for row in rows}
        able = (row for row in rows if row.is_active and (row.has_pin or row.code == own))
        self.people = tuple(row for row in able if row.code in meant)
        sits_here = self.desk.person if self.can_go_back else None
        if self.people and not (own == sits_here and all(not row.has_pin for row in self.people)):
            mine = None if self.can_go_back else self._number_of(self.desk.person)
            self.index = mine or 0
            self._draw()
            if self._was_sent and mine is not None:
                self.on_input_submitted()
        else:
            self.pin.display = False
            self._show_keys()
            own_name = next((clean(row.name) or row.code for row in self.people), None)
            self.people = ()
            told = _NOBODY if own_name is None else _ONLY_OWN.format(name=own_name)
            if self.desk.is_guest:
                told = _BY_KEY.format(name=clean(self.desk.called))
            self.announce_error(told if rows else _UNSTAFFED)

    def _number_of(self, code: str) -> int | None:
        return next((number for number, row in enumerate(self.people or ()) if row.code == code), None)

    def _draw(self) -> None:
        if self.people is None:
            return
        room = max(1, self.lines("#choice").size.height)
        top = self._top = max(0, min(self.index - room // 2, len(self.people) - room))
        lines: list[Line] = []
        names = [clean(row.name) or row.code for row in self.people]
        longest = min(max(map(cell_len, names)), max(10, self.size.width * 2 // 3))
        for number, row in list(enumerate(self.people))[top : top + room]:
            is_here = number == self.index
            name = padded(cut(names[number], longest), longest)
            behind = row.code if row.has_pin else f"{row.code}  {_WITHOUT_PIN}"
            said = cut(f"{name}  {behind}", self.size.width - 2)
            lines.append((("> " if is_here else "  ", "key"), (said, "strong+picked" if is_here else "text")))
        self.lines("#choice").show(lines)

    def on_resize(self) -> None:
        self._draw()

    def action_step(self, step: int) -> None:
        if self.people:
            self.index = max(0, min(len(self.people) - 1, self.index + step))
            self.pin.value = ""
            self.announce_error("")
            self._draw()

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        if self.people and self._top + event.y < len(self.people):
            self.action_step(self._top + event.y - self.index)
        self.pin.focus()

    def on_mouse_scroll_down(self) -> None:
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        self.action_step(-1)

    def entered(self) -> None:
        cast("LetsIn", self.app).enter()

    def action_leave(self) -> None:
        if self.can_go_back and self.is_on_top:
            self.dismiss(None)

    def action_quit(self) -> None:
        self.app.exit()


class LockScreen(PinScreen):
    """Over everything until the PIN is typed; what lies beneath stays as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "change", "Ganti orang"),
        Binding("ctrl+q", "quit", "Keluar"),
    ]

    @property
    def code(self) -> str | None:
        return self.desk.person

    def on_mount(self) -> None:
        self.lines("#title").show([((" Terkunci", "strong"),)])
        self.lines("#choice").show(
            [(), ((f" {clean(self.desk.called)} sedang tidak di tempat. Yang sudah diketik tetap ada.", "text"),)]
        )
        self.lines("#keys").show(
            [hints((("Enter", "Buka"), ("Ctrl+O", "Ganti orang"), ("Ctrl+Q", "Keluar")), before=" ")]
        )
        self.pin.focus()

    def entered(self) -> None:
        self.dismiss(None)

    def action_change(self) -> None:
        self.app.push_screen(SignInScreen(self.desk, can_go_back=True))

    def action_quit(self) -> None:
        self.app.exit()


def change_person(here: Here) -> SignInScreen:
    """The place "Ganti orang"."""
    return SignInScreen(here.desk, can_go_back=True)
