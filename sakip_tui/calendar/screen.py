"""The calendar: a month on view, and its changes, each shown with what it re-dates before it is made.

What stands where is `month.py`, what is asked `questions.py`; this is the only one of them that talks to the desk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from db.office_acts import Given
from sakip_tui.calendar import questions
from sakip_tui.calendar.month import (
    DAY_SIGNS,
    GridShape,
    MonthView,
    build_month,
    day_at,
    day_lines,
    grid_lines,
    has_panel,
    moved_month,
    range_at,
    shape_of,
    totals_lines,
)
from sakip_tui.calendar_files import beside_words, calendar_written, count_words
from sakip_tui.desk import KeptCalendar
from sakip_tui.draft_places import DraftPlace
from sakip_tui.places import Here, Left, Opened
from sakip_tui.prompts.form import Response
from sakip_tui.text import cut
from sakip_tui.widgets.asking import AskingScreen, Place
from sakip_tui.widgets.clickable import ClickableLines
from sakip_tui.widgets.copying import BY_HAND, ROW_KEY, copied, text_of
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.hints import key_line, key_lines
from sakip_tui.widgets.ink import Line, Lines, spread
from sakip_tui.widgets.keys import beside, leaving, pressed, stepping
from sakip_tui.widgets.spans import SAYS, headed
from sop.acts.rights import may
from sop.model.act import Act
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.time.office_calendar import DropDay, DropRange, OfficeCalendar, given_back, removed
from sop.time.work_calendar import FIRST_YEAR, LAST_YEAR, WorkCalendar
from sop.values import replace

if TYPE_CHECKING:
    from pathlib import Path

    from sop.time.office_calendar import Edit

_LOW = 20
"""Lines of a screen below which the month comes before everything else."""
_COPIED_CELLS, _MOST_COPIED = 400, 9
"""Cells and lines in which a day has room whole, however narrow the screen is."""


class CalendarScreen(Opened, AskingScreen[Left]):
    """The office's calendar. Closes with whether it was changed here."""

    AUTO_FOCUS = ""
    CSS_PATH = "calendar.tcss"
    NAME = "Kalender"
    BINDINGS: ClassVar[list[BindingType]] = [
        *beside("Hari sebelumnya", "Hari berikutnya", "move"),
        *stepping("Minggu sebelumnya", "Minggu berikutnya", by=7),
    ]
    LEAVING = (ROW_KEY, *leaving())

    def __init__(self, here: Here) -> None:
        """
        Args:
            here: What the board hands over; its calendar is read anew at once.
        """
        super().__init__(here)
        self.office, self.office_name = here.office, here.rows.office_name
        calendar = self.calendar = here.rows.calendar
        self.kept = KeptCalendar(OfficeCalendar.own(calendar.spec), calendar.revision)
        self.selected = self.today
        self.month = self._built()
        self.shape = GridShape(7, 2, 0)
        self._written: Path | None = None
        """The document that was just written: while that is told, `c` copies where it lies."""

    # ------------------------------------------------------------------ what is shown
    def compose(self) -> ComposeResult:
        yield Lines(id="calendar-title")
        with Container(id="middle"):
            yield ClickableLines(id="month")
            yield Lines(id="totals")
        yield Lines(id="day")
        yield Lines(id="calendar-keys")

    def begin(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self.draw()

    @property
    def today(self) -> dt.date:
        return self.calendar.date_of(self.clock())

    def _built(self) -> MonthView:
        return build_month(self.kept.calendar, self.calendar, self.selected.year, self.selected.month)

    def draw(self) -> None:
        """Show everything for the size there is; only lines that differ are sent."""
        width, height = self.size
        if not width:
            return
        is_low = height < _LOW
        keys = self._key_lines(width)
        day = self._day_lines(width, 1 if is_low else 3)
        room = max(1, height - 1 - len(day) - len(keys))
        self.shape = shape_of(self.month, width, room)
        for query, lines in (("#day", day), ("#calendar-keys", keys)):
            self.lines(query).stand(len(lines))
            self.lines(query).show(lines)
        self.lines("#calendar-title").show([self._title(width)])
        grid = grid_lines(self.month, self.shape, self.selected, self.today)
        self.lines("#month").show(grid)
        beside = self.lines("#totals")
        beside.display = bool(self.shape.panel)
        beside.styles.width = self.shape.panel or 1
        beside.show(totals_lines(self.month, self.shape.panel, room) if self.shape.panel else [])

    def _title(self, width: int) -> Line:
        right = f"{self.month.title}  revisi {self.month.revision} "
        left = cut(f" Kalender kerja {clean(self.office_name)}", max(10, width - len(right) - 1))
        return spread([(left, "strong")], [(right, "strong")], width)

    def _day_lines(self, width: int, most: int) -> list[Line]:
        if self.said:
            return headed(SAYS, self.said, width, 5, self.said_ink, most + 1)
        lines = day_lines(self.month, self.selected, self.today, width, most)
        if not has_panel(width):
            lines += totals_lines(self.month, width, 4)
        return lines

    def _key_lines(self, width: int) -> list[Line]:
        changes: list[tuple[str, str]] = []
        if may(self.office.actor, Act.KALENDER):
            changes += [("Enter", "Ubah hari"), ("n", "Rentang"), ("x", "Hapus"), ("p", "Pastikan")]
            changes += [("i", "Isi tahun"), ("w", "Jam mingguan"), ("u", "Urungkan")]
        changes.append(("t", "Ke ponsel"))
        moves = [("panah", "Hari"), ("PgUp PgDn", "Bulan"), ("< >", "Tahun"), ("0", "Hari ini"), ("?", "Bantuan")]
        moves.append(("Esc", "Papan"))
        if self.size.height < _LOW:
            return [key_line(changes, width), key_line(moves, width)]
        return key_lines([changes, moves], width)

    # ------------------------------------------------------------------ moving about
    def select(self, day: dt.date) -> None:
        """Put a day on view, and its month."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.announce(f"Kalender memuat {FIRST_YEAR} sampai {LAST_YEAR}.")
            return
        self.said = ""
        before, self.selected = self.selected, day
        if (before.year, before.month) != (day.year, day.month):
            self.month = self._built()
        self.draw()

    def action_move(self, days: int) -> None:
        self.select(self.selected + dt.timedelta(days=days))

    @pressed("home", "Hari pertama bulan ini", "'first'")
    @pressed("end", "Hari terakhir bulan ini", "'last'")
    def action_edge(self, which: str) -> None:
        self.select(self.month.first if which == "first" else self.month.last)

    @pressed("pageup", "Bulan sebelumnya", "-1")
    @pressed("pagedown", "Bulan berikutnya", "1")
    @pressed("less_than_sign", "Tahun sebelumnya", "-12")
    @pressed("greater_than_sign", "Tahun berikutnya", "12")
    def action_month(self, months: int) -> None:
        self.select(moved_month(self.selected, months))

    @pressed("0", "Hari ini")
    def action_today(self) -> None:
        self.select(self.today)

    def action_copy_row(self) -> None:
        if self._written is not None and str(self._written) in self.said:
            self.announce(copied(self.app, str(self._written)))
            return
        lines = day_lines(self.month, self.selected, self.today, _COPIED_CELLS, _MOST_COPIED)
        self.announce(copied(self.app, text_of(lines)))

    def on_clickable_lines_clicked(self, event: ClickableLines.Clicked) -> None:
        day = day_at(self.month, self.shape, event.x, event.y)
        if day is not None and day == self.selected:
            self.press("enter")
        elif day is not None:
            self.select(day)

    def turn_wheel(self, way: int) -> None:
        self.action_move(7 * way)

    # ------------------------------------------------------------------ reading anew
    async def read(self) -> None:
        """Read the calendar in force."""
        kept = await self.desk.kept_calendar()
        is_news = kept.revision != self.kept.revision
        self._take(kept)
        if is_news:
            self.is_changed = True
            if not self.said:
                self.announce(f"Kalender diubah dari tempat lain; sekarang revisi {kept.revision}.")

    def _take(self, kept: KeptCalendar) -> None:
        self.kept = kept
        self.calendar = WorkCalendar(kept.calendar.spec, kept.revision)
        self.month = self._built()

    # ------------------------------------------------------------------ changes
    def _read(self, answer: Response) -> questions.Reading:
        return questions.Reading(answer, self.calendar.offset, self.clock())

    @pressed("enter", "Tambah atau ubah hari: libur, cuti bersama, jam khusus")
    async def action_put_day(self) -> None:
        await self._ask(
            ("day", self.selected.isoformat()), questions.put_day(self.kept.calendar, self.selected, self._read)
        )

    @pressed("n", "Rentang jam khusus, misalnya Ramadan")
    async def action_put_range(self) -> None:
        ruled = range_at(self.month, self.selected)
        question = questions.put_range(self.kept.calendar, self.selected, ruled, self._read)
        await self._ask(("range", (self.selected if ruled is None else ruled.first).isoformat()), question)

    @pressed("w", "Jam kerja mingguan")
    async def action_put_weekly(self) -> None:
        await self._ask(("weekly",), questions.put_weekly(self.kept.calendar, self._read))

    @pressed("i", "Isi libur setahun")
    async def action_fill(self) -> None:
        await self._ask(("fill", str(self.selected.year)), questions.fill(self.selected.year))

    @pressed("x", "Hapus hari atau rentang")
    async def action_drop(self) -> None:
        question = questions.drop(self.kept.calendar, self.selected, range_at(self.month, self.selected))
        if question is None:
            self.announce("Hari yang dipilih mengikuti jam mingguan; tidak ada yang dapat dihapus.")
        else:
            await self._ask(("drop", self.selected.isoformat()), question)

    @pressed("p", "Pastikan perkiraan")
    async def action_confirm(self) -> None:
        question = questions.confirm(self.kept.calendar, self.selected, range_at(self.month, self.selected))
        if question is None:
            self.announce(f"Tidak ada perkiraan di {self.selected.year}; semuanya sudah pasti.")
        else:
            await self._ask(("confirm", self.selected.isoformat()), question)

    @pressed("u", "Urungkan: perubahan kalender yang terakhir")
    async def action_take_back(self) -> None:
        if self.kept.revision < 2:
            self.announce("Kalender ini belum pernah diubah; tidak ada yang diurungkan.")
            return
        before = await self.or_say(self.desk.kept_calendar(self.kept.revision - 1))
        if before is None:
            return
        await self._ask(("urung", str(before.revision)), questions.take_back(self.kept.revision, before.calendar))

    @pressed("t", "Ke ponsel: tulis semua tenggat dan target untuk kalender di ponsel")
    async def action_write_dues(self) -> None:
        now = self.clock()
        done = await self.or_say(self.desk.ask(lambda database, address: calendar_written(database, address, now)))
        if done is None:
            return
        found, path = done
        self._written = path
        beside = " ".join(beside_words(found))
        self.announce(f"{count_words(found)} ditulis: {path} (c menyalin tempatnya). {BY_HAND} {beside}".strip())

    async def _ask(self, place: Place, question: questions.CalendarInquiry) -> None:
        if why := self.refusal_of(self.office.actor, Act.KALENDER):
            self.announce(why, "late")
            return

        async def do(answer: Response, token: str) -> str:
            return await self._changed(place, question, answer, token)

        await self.ask(place, question.form, do)

    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        return DraftPlace("kalender", prompt, self.office.address.office, about=about)

    async def _changed(self, place: Place, question: questions.CalendarInquiry, answer: Response, token: str) -> str:
        """Show what an answer would re-date, ask, and do it; returns what to say of it."""
        wanted = question.meaning(answer)
        year = wanted.year if isinstance(wanted, questions.YearWanted) else None
        edits = await self._edits(place, wanted)
        try:
            tried = await self.desk.try_calendar(edits)
        except Refused as refused:
            if refused.rule is not Rule.NOTHING_CHANGED or year is None:
                raise
            return f"Kalender {year} sudah terisi; tidak ada yang berubah."
        confirmed = await self.ask_whether(place, questions.asks_whether(tried, self.calendar.offset, self.clock()))
        done = await self.desk.change_calendar(edits, Given(confirmed.text("reason"), tried.revision, None, token))
        self.is_changed = True
        self._take(await self.desk.kept_calendar())
        moved = sum(due.before != due.after for due in done.dues)
        told = f"{moved} tenggat langkah terbuka bergeser." if moved else "Tidak ada tenggat yang bergeser."
        return f"Kalender revisi {done.revision}: {len(done.changes)} baris berubah. {told}"

    async def _edits(self, place: Place, wanted: Sequence[Edit] | questions.YearWanted) -> Sequence[Edit]:
        """What an answer changes, with what the national layer has to do with it."""
        if isinstance(wanted, questions.YearWanted):
            national = await self.desk.filling(wanted.year)
            gone = removed(self.kept.calendar, national)
            if not gone:
                return (national,)
            answer = await self.ask_whether((f"{place[0]}-hapus", *place[1:]), questions.restores(wanted.year, gone))
            return (replace(national, restores=answer.choice == questions.RESTORE),)
        return [await self._with_national(edit) for edit in wanted]

    async def _with_national(self, edit: Edit) -> Edit:
        if isinstance(edit, DropDay | DropRange):
            year = edit.date.year if isinstance(edit, DropDay) else edit.span[0].year
            if year in self.kept.calendar.filled:
                return given_back(self.kept.calendar, edit, await self.desk.filling(year))
        return edit

    # ------------------------------------------------------------------ other screens
    def help_signs(self) -> Signs:
        return list(DAY_SIGNS)

    async def hindrances(self) -> Mapping[str, str]:
        why = self.refusal_of(self.office.actor, Act.KALENDER)
        return dict.fromkeys(("enter", "n", "x", "p", "i", "w", "u"), why) if why else {}

    def action_leave(self) -> None:
        self.leave(Left(is_changed=self.is_changed))
