"""A list to choose one thing from, drawn line by line: keys, names, what each is for or what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.text import brief, cut, padded, wrapped
from sakip_tui.widgets.ink import Inked, Line
from sakip_tui.widgets.keys import IN_A_LIST

_WIDEST_KEY = 16
"""Cells up to which the keys of a list stand in a column."""
_LEAST_DETAIL = 8
"""Cells below which a detail tells nothing."""


class MenuItem(NamedTuple):
    """One line of a list."""

    code: str
    key: str
    """The letter that chooses it; empty for none."""
    name: str
    detail: str
    """What it is for, or why it cannot be chosen."""
    is_possible: bool = True
    heading: str = ""
    """Stands over the item, where it begins a group."""


def headed_items(items: Sequence[MenuItem], heading: str) -> list[MenuItem]:
    """The same as a group under a heading."""
    return [item._replace(heading=heading if not index else "") for index, item in enumerate(items)]


class MenuList(Inked):
    """The items, as many as fit, and the picked one."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *IN_A_LIST,
        Binding("home", "move(-100000)", "Yang pertama"),
        Binding("end", "move(100000)", "Yang terakhir"),
        Binding("enter", "choose", "Pilih"),
    ]

    class Picked(Message):
        """Another item is picked."""

    class Chosen(Message):
        """The picked item was chosen."""

    def __init__(self, items: Sequence[MenuItem], picked: str = "", glyphs: Glyphs = UNICODE) -> None:
        """
        Args:
            items: At least one.
            picked: Code of the item that is picked at first; the first one where there is none of that code.
            glyphs: Signs that the terminal can show.
        """
        super().__init__(id="menu-list")
        self.glyphs = glyphs
        self.top = 0
        """First line in view."""
        codes = [item.code for item in items]
        self._take(items, codes.index(picked) if picked in codes else 0)

    def _take(self, items: Sequence[MenuItem], index: int) -> None:
        self.items, self.index = tuple(items), index
        self._rows: list[int | str] = []
        for number, item in enumerate(self.items):
            if item.heading:
                self._rows.append(item.heading)
            self._rows.append(number)
        keys = [cell_len(item.key) for item in self.items]
        # One that is longer than all others takes room from its own name, not from everybody's.
        self._longest_key = max([1, *(length for length in keys if length <= _WIDEST_KEY)])
        self._longest_name = max((cell_len(item.name) for item in self.items if item.detail), default=0)
        self._longest_detail = max(cell_len(item.detail) for item in self.items)

    def show(self, items: Sequence[MenuItem], index: int) -> None:
        """Other items, at least one, of which that one is picked."""
        is_as_high = len(items) == len(self.items)
        self._take(items, index)
        self._follow()
        self.refresh(layout=not is_as_high)

    @property
    def item(self) -> MenuItem:
        """The picked one."""
        return self.items[self.index]

    @property
    def height(self) -> int:
        """Lines of the whole list."""
        return len(self._rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.height

    def on_resize(self) -> None:
        self._follow()
        self.refresh()

    def _follow(self) -> None:
        """Scroll as little as shows the picked item, its heading with it."""
        line = self._rows.index(self.index)
        upper = line - 1 if line and isinstance(self._rows[line - 1], str) else line
        visible = max(1, self.size.height)
        if upper < self.top:
            self.top = upper
        elif line >= self.top + visible:
            self.top = line - visible + 1
        self.top = max(0, min(self.top, self.height - visible))

    def pick(self, index: int) -> None:
        """Pick an item and bring it into view."""
        index = max(0, min(len(self.items) - 1, index))
        if index == self.index:
            return
        before, top = self.index, self.top
        self.index = index
        self._follow()
        if top != self.top:
            self.refresh()
        else:
            for number in (before, index):
                self.refresh(Region(0, self._rows.index(number) - self.top, self.size.width, 1))
        self.post_message(self.Picked())

    def action_move(self, step: int) -> None:
        self.pick(self.index + step)

    def action_choose(self) -> None:
        self.post_message(self.Chosen())

    def on_key(self, event: events.Key) -> None:
        if event.character is None or not event.is_printable or event.character == " ":
            return
        # A letter of an item chooses it; any other goes to the next name that begins with it.
        letter = event.character
        for wanted in dict.fromkeys((letter, letter.lower())):
            found = [number for number, item in enumerate(self.items) if item.key == wanted]
            if found:
                event.stop()
                # One letter may stand for an act and its opposite: then the one that is possible is meant.
                self.pick(next((number for number in found if self.items[number].is_possible), found[0]))
                self.action_choose()
                return
        if letter.casefold() == "r":
            # On every screen this draws all of it anew.
            return
        after = [*range(self.index + 1, len(self.items)), *range(self.index + 1)]
        begun = [number for number in after if self.items[number].name.casefold().startswith(letter.casefold())]
        if begun:
            event.stop()
            self.pick(begun[0])

    def on_click(self, event: events.Click) -> None:
        line = self.top + event.y
        row = self._rows[line] if 0 <= line < len(self._rows) else ""
        if isinstance(row, int):
            if row == self.index:
                self.action_choose()
            self.pick(row)

    def on_mouse_scroll_down(self) -> None:
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        self.action_move(-1)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line = self.top + y
        row = self._rows[line] if line < len(self._rows) else ""
        if isinstance(row, str):
            return self.inked([(cut(row, width, self.glyphs.ellipsis), "lane")], width)
        return self.inked(self._drawn(self.items[row], row == self.index, width), width)

    def told(self, item: MenuItem, width: int) -> str:
        """What is to be said below the list of an item: its detail, with its name where the list cuts that. Nothing
        where its own line says all of it; but why something cannot be done is answered there to whoever tries."""
        name, detail = self._rooms(item, width)
        is_cut = cell_len(item.name) > name
        is_shown = not item.detail or _LEAST_DETAIL < detail >= cell_len(item.detail)
        if item.is_possible and not is_cut and is_shown:
            return ""
        return ": ".join(part for part in (item.name if is_cut or not item.detail else "", item.detail) if part)

    def told_lines(self, width: int, most: int) -> list[Line]:
        """The same of the picked one in at most so many lines; where there is nothing to say, how many lie beyond."""
        told = self.told(self.item, width)
        ink = "muted" if not told else "text" if self.item.is_possible else "late"
        return [((line, ink),) for line in wrapped(told or self.beyond, width, most)]

    @property
    def beyond(self) -> str:
        """How many lines lie below the edge, in words; empty for none."""
        left = self.height - self.top - self.size.height
        return f"{self.glyphs.more_below} {left} baris lagi" if left > 0 and self.size.height else ""

    def about_lines(self, width: int, most: int, items: Sequence[MenuItem]) -> int:
        """How many lines hold what is to be said of any of some items, none where none needs it; at most `most`."""
        told = [self.told(item, width) for item in items]
        return max(len(wrapped(text, width, most)) if text else 0 for text in told)

    def _rooms(self, item: MenuItem, width: int) -> tuple[int, int]:
        """Cells for the name of an item, and for its detail with what parts it from the name."""
        rest = width - max(self._longest_key, cell_len(item.key)) - 5
        if not item.detail:
            # A name with nothing behind it has the whole line.
            return rest, 0
        beside = max(self._longest_key, cell_len(item.key)) - self._longest_key
        column = min(self._longest_name, max(width * 2 // 5, rest + beside - self._longest_detail))
        name = min(rest, max(column - beside, min(cell_len(item.name), rest // 2)))
        return name, rest - name

    def _drawn(self, item: MenuItem, is_picked: bool, width: int) -> Line:
        ink = "strong" if item.is_possible else "muted"
        size, room = self._rooms(item, width)
        name = padded(cut(item.name, size, self.glyphs.ellipsis), size)
        detail = brief(item.detail, room, self.glyphs.ellipsis) if room > _LEAST_DETAIL else ""
        return (
            (self.glyphs.cursor if is_picked else " ", "key"),
            (padded(item.key, self._longest_key) + "  ", "key" if item.is_possible else "muted"),
            (name, ink + ("+picked" if is_picked else "")),
            ("  " + detail, "text" if item.is_possible else "muted"),
        )
