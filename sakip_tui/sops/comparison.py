"""Two versions of an SOP side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from sakip_tui.places import Here
from sakip_tui.text import wrapped
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.listing import Keys, ListScreen
from sop.form.comparison import differences
from sop.model.definition import Sop
from sop.model.texts import clean
from sop.words.labels import upper
from sop.words.sop import place_words


class ComparisonScreen(ListScreen):
    """Two versions of an SOP: what differs, place by place."""

    NAME = "Perbandingan versi"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, here: Here, before: Sop, older: int, after: Sop, newer: int) -> None:
        super().__init__(here)
        self._differences = differences(before, after)
        self._older, self._newer = older, newer

    def heading(self) -> tuple[str, str]:
        return f"Versi {self._older} dan versi {self._newer}", f"{len(self._differences)} perbedaan"

    def listed(self, width: int) -> Sequence[Entry]:
        if not self._differences:
            return (Entry(((("Tidak ada yang berbeda.", "text"),),)),)
        entries = []
        for each in self._differences:
            words = place_words(each.place)
            lines: list[Line] = [((upper(words), "strong"),)]
            for name, text in ((f"v{self._older}", each.before), (f"v{self._newer}", each.after)):
                shown = "(tidak ada)" if text is None else clean(text)
                first, *rest = wrapped(shown, max(20, width - 8), 4)
                lines.append(((f"  {name}".ljust(7), "key"), (first, "text")))
                lines += [((" " * 7 + line, "text"),) for line in rest]
            entries.append(Entry(tuple(lines), each.place))
        return entries

    def key_words(self) -> Sequence[Keys]:
        return [self.ways("Kembali")]
