"""Impor: every fault of a document with its cell and what to do; of one that was taken what to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sakip_tui.text import cut, wrapped
from sakip_tui.views.findings import WHOLE, finding_line, placed_line
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.spans import ruled
from sop.kinerja.form_fault import CellFinding, FormFault
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.places import Here

_REFUSED = "Tidak diambil: semua baris, atau tidak satu pun. Perbaiki di Excel, simpan, lalu impor lagi."
_SAVED = "Diambil dan disimpan seluruhnya. Bila yang di bawah ini keliru, perbaiki di dokumennya, lalu impor lagi."


class FindingsScreen(ListScreen):
    """What was found in one document. With a fault nothing of it was saved, without one all of it was."""

    NAME = "Impor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Salin daftar ini ke papan klip"),
    ]

    def __init__(self, here: Here, document: str, findings: Sequence[CellFinding]) -> None:
        """
        Args:
            here: As for every screen.
            document: Its name.
            findings: Faults and warnings, in the order in which they are told.
        """
        super().__init__(here)
        self._document = document
        self._faults = tuple(each for each in findings if isinstance(each.kind, FormFault))
        self._warnings = tuple(each for each in findings if not isinstance(each.kind, FormFault))

    def heading(self) -> tuple[str, str]:
        said = f"{len(self._faults)} kesalahan" if self._faults else "diambil dan disimpan"
        return f"Impor {clean(self._document)}", said

    def listed(self, width: int) -> Sequence[Entry]:
        told = _REFUSED if self._faults else _SAVED
        entries = [Entry(tuple(((line, "text"),) for line in wrapped(told, width, 3)))]
        for title, found in (("Kesalahan", self._faults), ("Periksa lagi", self._warnings)):
            if found:
                entries.append(Entry((ruled(title, width, self.glyphs.rule),)))
            entries += [self._entry(each, (title, number), width) for number, each in enumerate(found)]
        return entries

    @staticmethod
    def _entry(finding: CellFinding, key: tuple[str, int], width: int) -> Entry:
        sign = "! " if isinstance(finding.kind, FormFault) else ""
        place = " ".join(filter(None, (finding.cell or WHOLE, clean(finding.code))))
        head: Line = ((cut(f"{sign}{place}", width), "late" if sign else "strong"),)
        told = wrapped(clean(finding_line(finding)), max(10, width - 4), 3)
        return Entry((head, *((("    " + line, "text"),) for line in told)), key)

    def key_words(self) -> Sequence[Keys]:
        return [[("c", "Salin")], self.ways("Kembali")]

    def action_copy(self) -> None:
        lines = [f"{clean(self._document)}:", *map(placed_line, (*self._faults, *self._warnings))]
        self.app.copy_to_clipboard("\n".join(lines))
        self.announce("Daftarnya disalin; tempelkan di percakapan dengan bidangnya.")
