"""What Data and Analisa share: the rows of a period that forms were sent for, the picked one, the way between periods.

How rows look is `rows.py`, what is read `reading.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from sakip_tui.filling.reading import DataRead, reading_of
from sakip_tui.filling.rows import (
    PeriodRows,
    ShownRow,
    about_lines,
    banner_lines,
    details,
    is_cut,
    periods_of,
    row_line,
    row_lines,
    sheet_of,
)
from sakip_tui.text import wrapped
from sakip_tui.views.data_rows import unsent_words
from sakip_tui.widgets.entries import BEING_READ, Drawn, Entry, remark
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import ListScreen
from sakip_tui.widgets.reading import ReadingScreen
from sakip_tui.widgets.spans import Line
from sop.model.periods import split
from sop.model.texts import clean
from sop.time.instants import civil, parse_date

if TYPE_CHECKING:
    import datetime as dt

    from sakip_tui.places import Here

_BESIDE = 10
"""Lines of the screen beside the rows: title and heads, what is told of one of them, keys."""
_NO_FORMS = (
    "Belum ada formulir yang dikirim tahun ini. Formulir terkirim sendiri saat langkah formulirnya dibuka; kantor "
    "yang belum punya indikator menetapkannya di layar Indikator."
)


class RowsScreen(ListScreen):
    """Rows of one period. Made by Data and Analisa, never shown itself."""

    WITH_OWNER = False
    """Whether rows of several owners stand in the list."""

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self.reading: DataRead | None = None
        """None until it has come."""
        self.sheet: PeriodRows | None = None
        """All rows of the period on view."""
        self.period = here.card.period
        self.year, _ = split(here.card.period)

    # ------------------------------------------------------------------ what is shown
    async def read(self) -> None:
        now = self.clock()
        self.take(await self.desk.ask(lambda database, at: reading_of(database, at, self.year, now)))

    def take(self, reading: DataRead) -> None:
        """Show what was read, of the period on view where it has rows."""
        self.reading = reading
        known = periods_of(reading.state, self.year, reading.unsent)
        if known and self.period not in known:
            self.period = known[-1]
        self.sheet = sheet_of(reading.state, self.period)

    def entries_of(self, rows: Sequence[ShownRow], width: int, *, with_owner: bool = False) -> list[Entry]:
        """An entry for each; in two lines where one would cut the name, if all of the list is in view like that."""
        assert self.reading is not None
        state = self.reading.state
        room = self.size.height - _BESIDE - len(rows)
        are_cut = sum(is_cut(row, width, with_owner=with_owner) for row in rows) if room > 0 else 0
        if not 0 < are_cut <= room:
            draw = partial(row_line, state=state, width=width, with_owner=with_owner)
            return [Entry(Drawn(partial(draw, row)), row.key) for row in rows]
        found: list[Entry] = []
        for row in rows:
            lines = row_lines(row, state, width, with_owner=with_owner)
            found.append(Entry(lines if is_cut(row, width, with_owner=with_owner) else lines[:1], row.key))
        return found

    def shown_rows(self) -> Sequence[ShownRow]:
        """The rows from which one is picked."""
        return () if self.sheet is None else self.sheet.rows

    def instead(self, width: int) -> Sequence[Entry] | None:
        """What stands where rows will; None where there are some."""
        if self.sheet is None or self.reading is None:
            return BEING_READ
        if not self.sheet.rows:
            count = self.reading.unsent.get(self.period)
            return remark(
                *wrapped(unsent_words(self.reading.state, self.period, count) if count else _NO_FORMS, width, 4)
            )
        return None

    def beside_name(self, row: ShownRow) -> str:
        """What stands at the right of the name of the picked one, where it is told of."""
        raise NotImplementedError

    def about(self, width: int) -> Sequence[Line]:
        row, reading = self.picked_row(), self.reading
        if row is None or reading is None:
            return ()
        one = row.report.row.indicator
        banner = banner_lines(f"{one.code} {one.name}", self.beside_name(row), width)
        return [*banner, *about_lines(row, reading.state, reading.names, width, with_owner=self.WITH_OWNER)]

    def picked_row(self) -> ShownRow | None:
        """None where there is none to pick."""
        return next((row for row in self.shown_rows() if row.key == self.picked), None)

    def is_closed(self, period: str) -> bool:
        """Whether nothing of a period can be changed until it is opened again."""
        return self.reading is not None and period in self.reading.state.closed

    def read_day(self, text: str, place: str) -> dt.date:
        """A day that was typed. Raises FaultyInput."""
        now = self.clock()
        return parse_date(text, self.zone_offset, now, place, near=civil(now, self.zone_offset).date())

    # ------------------------------------------------------------------ moving about
    @pressed("less_than_sign", "Periode sebelumnya yang berformulir", "-1")
    @pressed("greater_than_sign", "Periode berikutnya yang berformulir", "1")
    def action_period(self, step: int) -> None:
        reading = self.reading
        known = () if reading is None else periods_of(reading.state, self.year, reading.unsent)
        if len(known) < 2:
            self.announce("Hanya satu periode tahun ini yang formulirnya sudah dikirim.")
            return
        place = known.index(self.period) if self.period in known else 0
        self.period = known[(place + step) % len(known)]
        self.show_anew()

    def show_anew(self) -> None:
        """Draw what was read, after something else of it is to be on view."""
        assert self.reading is not None
        self.said = ""
        self.take(self.reading)
        self.draw()

    @pressed("d", "Semua tentang baris ini")
    def action_details(self) -> None:
        row, reading = self.picked_row(), self.reading
        if row is None or reading is None:
            self.announce("Belum ada baris untuk dirinci.")
            return
        one = row.report.row.indicator
        told = details(row, reading.state, reading.names)
        self.app.push_screen(ReadingScreen(f"{clean(one.code)} {clean(one.name)}", told))
