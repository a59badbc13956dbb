"""The keys of a screen, to be searched and run, and what its signs mean.

Enter on an entry is the key itself, pressed on the screen beneath: whatever a key does, the help does the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from db.errors import DbError
from sakip_tui.glyphs import MARK_WORDS, Glyphs
from sakip_tui.text import folded
from sakip_tui.widgets.hints import hints, key_words
from sakip_tui.widgets.ink import InkedModal, Lines
from sakip_tui.widgets.keys import IN_A_LIST
from sakip_tui.widgets.menu import MenuItem, MenuList, headed_items
from sop.model.errors import SopError
from sop.model.texts import clean
from sop.words.labels import upper
from sop.words.terms import TERMS

_ABOUT_LINES = 2
_FRAME = 4
"""Lines that are neither list nor about: the frame, the line one types in, the keys."""
_MOVES = frozenset(
    ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", *map(str, range(1, 8)))
)
_MOVING = "Berpindah"
_NOTHING = MenuItem("", "", "Tidak ada yang cocok", "Hapus yang diketik, atau tekan Esc.", is_possible=False)


Signs = Sequence[tuple[str, str]]
"""(sign, what it means) of what stands on a screen."""


class Host(Protocol):
    """What the help asks of the screen beneath; see `helped.py`."""

    glyphs: Glyphs

    def own_keys(self) -> list[Binding]: ...

    def help_name(self) -> str: ...

    def help_signs(self) -> Signs: ...

    async def hindrances(self) -> Mapping[str, str]: ...


def card_signs(glyphs: Glyphs) -> list[tuple[str, str]]:
    """What the signs on the cards and on the line of periods mean."""
    signs = [(glyphs.marks[mark], text) for mark, text in MARK_WORDS.items() if mark != "assumed"]
    return [
        *signs,
        ("?", "asumsi: dokumen SOP diam, kantor belum menetapkan; ditetapkan di layar SOP dengan t"),
        (glyphs.dot, "di belakang nama periode: belum dibuka, atau hanya rekap"),
        (glyphs.done, "selesai; di belakang nama periode: sudah ditutup"),
        ("ptr 2", "putaran kedua: langkah ini diulang"),
        (f"{glyphs.more_above}1 {glyphs.more_below}2", "satu kartu lagi di atas tepi kolom itu, dua di bawahnya"),
        ("3/5", "tiga dari lima bidang sudah; di belakang nama periode: tiga dari lima langkah selesai"),
    ]


def help_items(bindings: Sequence[Binding], hindrances: Mapping[str, str], signs: Signs) -> list[MenuItem]:
    """One line for each key, those that only move about behind the others; then the signs of the screen, and the words
    of the program.

    Args:
        bindings: Of the screen.
        hindrances: Key -> why it can do nothing now.
        signs: (sign, meaning).
    """
    keys: list[MenuItem] = []
    moves: list[MenuItem] = []
    for binding in bindings:
        key = binding.key.partition(",")[0]
        word, _, sentence = binding.description.partition(": ")
        why = next((hindrances[one] for one in binding.key.split(",") if one in hindrances), "")
        about = why or binding.tooltip or upper(sentence)
        item = MenuItem(key, key_words(binding.key), word, about, is_possible=not why)
        (moves if key in _MOVES else keys).append(item)
    told = [MenuItem("", sign, meaning, "") for sign, meaning in signs]
    words = [MenuItem("", "", f"{word}: {meaning.replace('*', '')}", "") for word, meaning in TERMS]
    return [
        *keys,
        *headed_items(moves, _MOVING),
        *headed_items(told, "Tanda di layar ini"),
        *headed_items(words, "Arti kata"),
    ]


def matching(items: Sequence[MenuItem], typed: str) -> list[MenuItem]:
    """The items that hold every word typed, a key of exactly that name in front; all of them where nothing is typed."""
    wanted = folded(typed).split()
    if not wanted:
        return list(items)
    exact = [item for item in items if typed.strip() in item.key.split(", ")]
    found: list[MenuItem] = []
    heading = ""
    for item in items:
        # What stands over a group is said of each of it.
        heading = item.heading or heading
        told = folded(f"{item.key} {item.name} {item.detail} {heading}")
        if item not in exact and all(word in told for word in wanted):
            found.append(item)
    return [item._replace(heading="") for item in (*exact, *found)]


class HelpScreen(InkedModal["str | None"]):
    """Shows the keys of the screen beneath; answers the key that is to be pressed there."""

    AUTO_FOCUS = "#help-typed"
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: transparent; }
    HelpScreen #help {
        width: 100; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round ansi_cyan; background: ansi_default;
    }
    HelpScreen Input { width: 1fr; height: 1; border: none; padding: 0; background: ansi_default; }
    HelpScreen MenuList { width: 1fr; height: auto; }
    HelpScreen Lines { width: 1fr; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Kembali; yang diketik dihapus dulu"),
        Binding("enter", "run", "Jalankan tombol yang dipilih"),
        *IN_A_LIST,
    ]

    def __init__(self, host: Host) -> None:
        """
        Args:
            host: The screen whose keys they are.
        """
        super().__init__()
        self._host = host
        self._bindings_told = host.own_keys()
        self._hindrances: Mapping[str, str] = {}
        self._list = MenuList(self._items(), host.own_keys()[0].key, host.glyphs)
        self._list.can_focus = False
        self._typed = Input(placeholder="ketik untuk mencari tombol atau kata", id="help-typed", compact=True)
        self._typed.cursor_blink = False

    def _items(self) -> list[MenuItem]:
        return help_items(self._bindings_told, self._hindrances, self._host.help_signs())

    def compose(self) -> ComposeResult:
        with Vertical(id="help") as box:
            box.border_title = f"Bantuan: {clean(self._host.help_name())}".replace("[", "\\[")
            yield self._typed
            yield self._list
            yield Lines(id="help-about")
            yield Lines(id="help-keys")

    def on_mount(self) -> None:
        self._show_keys()
        # Before the first layout: a list that is drawn in one height and then in another is sent twice.
        self._fit()
        self._look()

    def _show_keys(self) -> None:
        """What Enter and Esc do now: with something typed Esc takes that away first."""
        back = "Hapus pencarian" if self._typed.value else "Kembali"
        self.lines("#help-keys").show([hints((("Enter", "Jalankan"), ("Esc", back), ("panah", "Pindah")))])

    @work(group="hindrances")
    async def _look(self) -> None:
        """What cannot be done now is told as soon as the rules have said so; the keys stand there before."""
        try:
            self._hindrances = await self._host.hindrances()
        except (DbError, SopError):
            # The screen beneath tells what is wrong when the key is pressed.
            return
        if self._hindrances and self.is_attached:
            self._show()

    def _show(self) -> None:
        picked = self._list.item
        found = matching(self._items(), self._typed.value) or [_NOTHING]
        if self._list.index:
            self._list.show(found, next((n for n, item in enumerate(found) if item[:3] == picked[:3]), 0))
        else:
            # Nothing was picked yet: the first that can be done.
            self._list.show(found, next((n for n, item in enumerate(found) if item.is_possible), 0))
        self._tell()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        self.lines("#help-about").styles.height = _ABOUT_LINES
        self._list.styles.max_height = max(1, self.app.size.height - _FRAME - _ABOUT_LINES)
        self._tell()

    def on_input_changed(self) -> None:
        found = matching(self._items(), self._typed.value) or [_NOTHING]
        self._list.show(found, 0)
        self._show_keys()
        self._tell()

    def on_menu_list_picked(self) -> None:
        self._tell()

    def _tell(self) -> None:
        width = max(20, min(100, self.app.size.width) - 4)
        self.lines("#help-about").show(self._list.told_lines(width, _ABOUT_LINES))

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def turn_wheel(self, way: int) -> None:
        self._list.action_move(way)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_run()

    def on_menu_list_chosen(self) -> None:
        self.action_run()

    def action_run(self) -> None:
        item = self._list.item
        if item.code and item.is_possible:
            self.dismiss(item.code)
        else:
            # What it means, or why not, stands below the list already; the bell says that the key was heard.
            self.app.bell()

    def action_leave(self) -> None:
        if self._typed.value:
            self._typed.value = ""
        else:
            self.dismiss(None)
