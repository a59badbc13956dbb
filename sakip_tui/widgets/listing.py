"""A screen of entries one below the other, one of them picked: title, list, what the picked one is about, keys.

Only lines that differ travel to the terminal. A screen made from this says what its entries are and what its keys do.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from sakip_tui.draft_places import DraftPlace
from sakip_tui.places import Here, Left, Opened
from sakip_tui.text import cut
from sakip_tui.widgets.asking import AskingScreen
from sakip_tui.widgets.clickable import ClickableLines, stacked
from sakip_tui.widgets.copying import ROW_KEY, copied, text_of
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.hints import key_line, key_lines
from sakip_tui.widgets.ink import Line, spread
from sakip_tui.widgets.keys import leaving, paging, stepping
from sakip_tui.widgets.spans import SAYS, headed, picked
from sop.acts.rights import may
from sop.model.act import Act

_LOW = 20
"""Lines of a screen below which the list comes before what is said about it."""

Keys = Sequence[tuple[str, str]]
"""(key, word) pairs of the footer."""


class ListScreen(Opened, AskingScreen["Left | None"]):
    """Entries with one of them picked. Made by its own screens, never shown itself."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ListScreen { layout: vertical; overflow: hidden; }
    ListScreen Lines { width: 1fr; height: 1; }
    ListScreen #list { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *stepping("Baris sebelumnya", "Baris berikutnya", "step"),
        *paging("Baris pertama", "Baris terakhir"),
        ROW_KEY,
        *leaving(words="Kembali"),
    ]
    CODE: ClassVar[str] = ""
    """Names the screen among the places of drafts; empty for one that asks nothing."""

    READS_FIRST = True
    RIGHTS: ClassVar[Mapping[str, Act]] = {}
    """Key -> the act on the office that it begins; no entry for one that everybody may press."""

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.entries: tuple[Entry, ...] = ()
        self.picked: Hashable | None = None
        self._top = 0
        self._owners: list[int] = []

    # ------------------------------------------------------------------ what each screen says
    def heading(self) -> tuple[str, str]:
        """Left and right of the first line."""
        return self.NAME, ""

    def listed(self, width: int) -> Sequence[Entry]:
        """The entries for a list of that many cells."""
        raise NotImplementedError

    def about(self, width: int) -> Sequence[Line]:
        """About the picked entry, at most four lines."""
        return ()

    def key_words(self) -> Sequence[Keys]:
        """The keys of the footer, by group."""
        return ()

    def ways(self, back: str = "Papan", *others: tuple[str, str]) -> Keys:
        """The last group of it: arrows where there is more than one to pick, what else there is, help, the way back."""
        arrows = [("panah", "Pilih")] if len(self._keys_in_order()) > 1 else []
        return [*arrows, *others, ("?", "Bantuan"), ("Esc", back)]

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield from stacked(["list-title"], "list", ["about", "list-keys"])

    def begin(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Show everything for the size there is."""
        width, height = self.size
        if not width:
            return
        self.entries = tuple(self.listed(width - 2))
        known = self._keys_in_order()
        if self.picked not in known:
            self.picked = known[0] if known else None
        groups = [group for group in self.key_words() if group]
        low = [key_line([pair for group in groups for pair in group], width)]
        keys = low if height < _LOW else key_lines(groups, width)[:3]
        about = self._about(width)
        room = max(1, height - 1 - len(about) - len(keys))
        for query, lines in (("#about", about), ("#list-keys", keys)):
            self.lines(query).stand(len(lines))
            self.lines(query).show(lines)
        self._draw_title(width)
        self._draw_list(room)

    def _about(self, width: int) -> list[Line]:
        if not self.said:
            return list(self.about(width))[: 2 if self.size.height < _LOW else 4]
        return headed(SAYS, self.said, width, 6, self.said_ink)

    def _draw_title(self, width: int) -> None:
        left, right = self.heading()
        left = cut(f" {left}", max(10, width - len(right) - 2))
        self.lines("#list-title").show([spread([(left, "strong")], [(f"{right} ", "strong")], width)])

    def _draw_list(self, room: int) -> None:
        self._owners = []
        starts: list[int] = []
        first = last = 0
        for index, entry in enumerate(self.entries):
            starts.append(len(self._owners))
            self._owners += [index] * len(entry.lines)
            if self._is_picked(entry):
                first, last = starts[index], len(self._owners)
        # A heading right above the picked entry stays in view with it.
        above = first
        while above and self.entries[self._owners[above - 1]].key is None:
            above -= 1
        if last - self._top > room:
            self._top = last - room
        if above < self._top:
            self._top = above if last - above <= room else first
        self._top = max(0, min(self._top, len(self._owners) - room))
        shown = enumerate(self._owners[self._top : self._top + room], start=self._top)
        self.lines("#list").show([self._list_line(index, place - starts[index]) for place, index in shown])

    def _is_picked(self, entry: Entry) -> bool:
        return entry.key is not None and entry.key == self.picked

    def _list_line(self, index: int, row: int) -> Line:
        """A line of an entry as it stands in the list. Only those on view are asked for."""
        entry = self.entries[index]
        line, is_picked = entry.lines[row], self._is_picked(entry)
        sign = ("> " if row == 0 else "  ", "key") if is_picked else ("  ", "text")
        inked = picked(line) if is_picked and row == 0 else line
        return (sign, *inked)

    # ------------------------------------------------------------------ moving about
    def _keys_in_order(self) -> list[Hashable]:
        return [entry.key for entry in self.entries if entry.key is not None]

    def pick(self, key: Hashable | None) -> None:
        """Pick an entry."""
        self.said = ""
        self.picked = key
        self.draw()

    def _keys_to_pick(self) -> list[Hashable]:
        """As `_keys_in_order`; of an empty list it is said that there is nothing to pick."""
        keys = self._keys_in_order()
        if not keys:
            self.announce("Belum ada baris untuk dipilih.")
        return keys

    def action_step(self, step: int) -> None:
        keys = self._keys_to_pick()
        if keys:
            index = keys.index(self.picked) if self.picked in keys else 0
            self.pick(keys[max(0, min(len(keys) - 1, index + step))])

    def action_page(self, pages: int) -> None:
        if not self._keys_to_pick():
            return
        room = max(1, self.lines("#list").size.height - 1)
        starts = {entry.key: index for index, entry in enumerate(self.entries)}
        lines = 0
        index = starts.get(self.picked, 0)
        while 0 <= index + pages < len(self.entries) and lines < room:
            index += pages
            lines += len(self.entries[index].lines)
        for entry in self.entries[index:] if pages < 0 else self.entries[index::-1]:
            if entry.key is not None:
                self.pick(entry.key)
                return

    def action_edge(self, index: int) -> None:
        keys = self._keys_to_pick()
        if keys:
            self.pick(keys[index])

    def action_copy_row(self) -> None:
        entry = next((entry for entry in self.entries if entry.key is not None and entry.key == self.picked), None)
        self.announce(copied(self.app, text_of(entry.lines)) if entry is not None else "Tidak ada baris untuk disalin.")

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        y = self._top + event.y
        if not 0 <= y < len(self._owners) or (key := self.entries[self._owners[y]].key) is None:
            return
        if key == self.picked and "enter" in self._bindings.key_to_bindings:
            self.press("enter")
        else:
            self.pick(key)

    def turn_wheel(self, way: int) -> None:
        self.action_step(3 * way)

    # ------------------------------------------------------------------ asking
    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        return DraftPlace(self.CODE, prompt, self.here.rows.address.office, about=about)

    # ------------------------------------------------------------------ who may
    def may(self, act: Act) -> bool:
        """Whether who sits here has a role for an act; for what the keys offer."""
        return may(self.here.office.actor, act)

    def lets(self, act: Act) -> bool:
        """As `may`; where not, it is said who may."""
        why = self.refusal_of(self.here.office.actor, act)
        if why:
            self.announce(why, "late")
        return not why

    # ------------------------------------------------------------------ leaving
    async def hindrances(self) -> Mapping[str, str]:
        refused = {key: self.refusal_of(self.here.office.actor, act) for key, act in self.RIGHTS.items()}
        return {key: why for key, why in refused.items() if why}

    def action_leave(self) -> None:
        self.leave(Left(is_changed=True) if self.is_changed else None)
