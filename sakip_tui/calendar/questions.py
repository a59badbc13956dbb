"""The prompts of the calendar: which form a change needs, what its answer changes, and what that would re-date. Pure.

The rules have the last word: `sop.time.office_calendar.edited` takes or refuses what comes out of here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sakip_tui.prompts.form import Choice, Form, FormField, Inquiry, Response
from sakip_tui.views.redated import moved_lines
from sop.form.faults import FaultCode
from sop.model.errors import Fault, FaultyInput, Gathering
from sop.model.texts import clean
from sop.time.instants import civil, parse_date
from sop.time.office_calendar import (
    Confirm,
    DropDay,
    DropRange,
    Edit,
    OfficeCalendar,
    PutDay,
    PutRange,
    PutWeekly,
    RowChange,
    TakeBack,
)
from sop.time.range_doubts import range_doubts
from sop.time.typed_hours import HOURS_EXAMPLES, laid_over, parse_hours, ramadan_week
from sop.time.work_calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    WEEKDAYS,
    DateRange,
    Spans,
    SpecialDay,
    SpecialKind,
    Weekly,
)
from sop.values import Frozen
from sop.words.calendar import named_source
from sop.words.calendar_changes import range_doubt_words, row_words
from sop.words.time import DAYS, date_long, date_plain, hours_of

if TYPE_CHECKING:
    from db.calendar_rows import CalendarPreview

_FULL_DAY = "07.30-11.30"
_HOURS_HINT = "misalnya: 07.30-12.00 13.00-16.00"
_DAYS_HINT = "misalnya: Jumat 08.00-11.30; Sabtu tutup"
_MOST_ROWS = 4
_PERKIRAAN = "perkiraan"
LEAVE, RESTORE = "biarkan", "tampilkan"
"""Answers of `restores`."""
_CERTAINTIES = ("pasti", _PERKIRAAN)


class YearWanted(Frozen):
    """A year is to be filled; its rows come from the desk."""

    year: int


CalendarInquiry = Inquiry[Sequence[Edit] | YearWanted]
"""Its answer means edits of the calendar."""


class Reading(Gathering):
    """Reads what was typed."""

    def __init__(self, answer: Response, offset: int, now: int) -> None:
        super().__init__()
        self.answer, self.offset, self.now = answer, offset, now

    def day(self, name: str, place: str) -> dt.date:
        """A day; some day where it cannot be read, since `check` follows."""
        text, today = self.answer.text(name) or "", civil(self.now, self.offset).date()
        return self.tried(lambda: parse_date(text, self.offset, self.now, place, near=today)) or dt.date.min

    def hours(self, text: str | None, place: str) -> Spans | None:
        """Hours of a day; None where nothing was typed."""
        return None if text is None else self.tried(lambda: parse_hours(text, place))

    def weekdays(self) -> dict[int, Spans]:
        """Weekday -> its hours, -1 for those of every working day."""
        found: dict[int, Spans] = {}
        every = self.hours(self.answer.text("hours"), "Jam tiap hari kerja")
        if every is not None:
            found[-1] = every
        for part in (self.answer.text("days") or "").split(";"):
            name, _, rest = part.strip().partition(" ")
            if not name:
                continue
            if name.casefold() not in WEEKDAYS:
                self.faults.append(Fault("Hari yang berbeda", "pilihan-salah", name[:40], WEEKDAYS))
                continue
            spans = self.hours(rest, name.capitalize())
            if spans is not None:
                found[WEEKDAYS.index(name.casefold())] = spans
        return found

    def certain(self) -> bool:
        return self.answer.text("certainty") != _PERKIRAAN


Read = Callable[[Response], Reading]
"""Makes a `Reading` with the office's zone and the moment of reading."""


# ---------------------------------------------------------------------- the forms
def _origin(row: SpecialDay | DateRange | None) -> tuple[FormField, FormField]:
    source = "" if row is None or row.source == "kantor" else named_source(row.source)
    doubt = "" if row is None or row.certain else _PERKIRAAN
    return (
        FormField("source", "Sumber", "kosong = kantor; misalnya nomor keputusan atau surat", source),
        FormField("certainty", "Kepastian", value=doubt, options=_CERTAINTIES),
    )


def put_day(office: OfficeCalendar, day: dt.date, read: Read) -> CalendarInquiry:
    """One day: libur, cuti bersama, or hours of its own."""
    row = office.day(day)
    khusus = frozenset({SpecialKind.KHUSUS.value})
    spans = "" if row is None or row.kind is not SpecialKind.KHUSUS else hours_of(row.spans)
    form = Form(
        title=date_long(day),
        choices=(
            Choice(SpecialKind.LIBUR.value, "Libur", "tidak ada jam kerja"),
            Choice(SpecialKind.CUTI_BERSAMA.value, "Cuti bersama", "menurut keputusan bersama; tidak ada jam kerja"),
            Choice(SpecialKind.KHUSUS.value, "Jam khusus", "jam sendiri hari itu, misalnya setengah hari"),
        ),
        fields=(
            FormField("name", "Nama", "misalnya: Banjir", "" if row is None else row.name, required=True),
            FormField(
                "hours", "Jam kerja", f"misalnya: {_FULL_DAY}; atau tutup", spans, only_for=khusus, required_for=khusus
            ),
            *_origin(row),
        ),
        submit="Lihat akibatnya",
        chosen=None if row is None else row.kind.value,
    )

    def edits(answer: Response) -> Sequence[Edit]:
        reading = read(answer)
        kind = SpecialKind(answer.choice or SpecialKind.LIBUR.value)
        hours = reading.hours(answer.text("hours"), "Jam kerja") if kind is SpecialKind.KHUSUS else None
        certain = reading.certain()
        reading.check()
        source = answer.text("source") or "kantor"
        return (PutDay(SpecialDay(day, hours or (), answer.text("name") or "", source, certain, kind)),)

    return Inquiry(form, edits)


_KEEP, _RAMADAN, _OTHER = "tetap", "ramadan", "lain"


def put_range(office: OfficeCalendar, day: dt.date, ruled: DateRange | None, read: Read) -> CalendarInquiry:
    """Special hours for a range of days: the one that the day lies in, or a new one from that day on."""
    choices: tuple[Choice, ...] = (
        Choice(_RAMADAN, "Ramadan", "jam menurut Perpres 21/2023"),
        Choice(_OTHER, "Jam lain", "yang tidak disebut tetap seperti jam mingguan"),
    )
    title = "Rentang jam khusus"
    body: tuple[str, ...] = ("Rentang tidak membuka hari yang tutup.",)
    if ruled is not None:
        choices = (Choice(_KEEP, "Tetap", "jamnya tidak berubah"), *choices)
        title = f"Ubah rentang {clean(ruled.name)}"
        body = ("Untuk rentang baru, pilih hari di luar rentang ini.", *week_lines(ruled.weekly))
    other = frozenset({_OTHER})
    form = Form(
        title=title,
        body=body,
        choices=choices,
        fields=(
            FormField(
                "first", "Hari pertama", "misalnya: 9/2/2027", _typed(day if ruled is None else ruled.first), True
            ),
            FormField(
                "last", "Hari terakhir", "misalnya: 10/3/2027", "" if ruled is None else _typed(ruled.last), True
            ),
            FormField("hours", "Jam tiap hari kerja", _HOURS_HINT, only_for=other),
            FormField("days", "Hari yang berbeda", _DAYS_HINT, only_for=other),
            FormField("name", "Nama", "misalnya: Ramadan 1448 H", "" if ruled is None else ruled.name, required=True),
            *_origin(ruled),
        ),
        submit="Lihat akibatnya",
    )

    def edits(answer: Response) -> Sequence[Edit]:
        reading = read(answer)
        first, last = reading.day("first", "Hari pertama"), reading.day("last", "Hari terakhir")
        given = reading.weekdays() if answer.choice == _OTHER else {}
        if answer.choice == _OTHER and not given and not reading.faults:
            reading.faults.append(Fault("Jam tiap hari kerja", FaultCode.ISIAN_KOSONG, "", HOURS_EXAMPLES))
        certain = reading.certain()
        reading.check()
        usual = office.spec.weekly
        is_ramadan = answer.choice == _RAMADAN
        base = ramadan_week(usual) if is_ramadan else usual if ruled is None else ruled.weekly
        source = answer.text("source") or ("Perpres 21/2023" if is_ramadan else "kantor")
        row = DateRange(first, last, laid_over(base, usual, given), answer.text("name") or "", source, certain)
        return (PutRange(row, None if ruled is None else (ruled.first, ruled.last)),)

    return Inquiry(form, edits)


def put_weekly(office: OfficeCalendar, read: Read) -> CalendarInquiry:
    """Other hours of the week; what is not said of a weekday stays."""
    usual = office.spec.weekly
    form = Form(
        title="Jam kerja mingguan",
        body=("Sekarang:", *week_lines(usual), "", "Yang tidak disebut tetap. Perubahan berlaku untuk semua tanggal."),
        fields=(
            FormField("hours", "Jam tiap hari kerja", _HOURS_HINT),
            FormField("days", "Hari yang berbeda", _DAYS_HINT),
        ),
        submit="Lihat akibatnya",
    )

    def edits(answer: Response) -> Sequence[Edit]:
        reading = read(answer)
        given = reading.weekdays()
        if not given and not reading.faults:
            reading.faults.append(Fault("Jam tiap hari kerja", FaultCode.ISIAN_KOSONG, "", HOURS_EXAMPLES))
        reading.check()
        return (PutWeekly(laid_over(usual, usual, given)),)

    return Inquiry(form, edits)


def drop(office: OfficeCalendar, day: dt.date, ruled: DateRange | None) -> CalendarInquiry | None:
    """Take away the day's own row or the range that it lies in; None where it has neither."""
    row = office.day(day)
    choices = []
    if row is not None:
        choices.append(Choice("hari", f"{clean(row.name)}", f"baris {date_plain(day)}"))
    if ruled is not None:
        choices.append(Choice("rentang", f"{clean(ruled.name)}", _days_of(ruled)))
    if not choices:
        return None
    form = Form(
        title=f"Hapus dari kalender: {date_plain(day)}",
        body=("Baris nasional hari itu tampil lagi, bila ada; selain itu harinya mengikuti jam mingguan.",),
        choices=tuple(choices),
        submit="Lihat akibatnya",
    )

    def edits(answer: Response) -> Sequence[Edit]:
        if answer.choice == "rentang" and ruled is not None:
            return (DropRange((ruled.first, ruled.last)),)
        return (DropDay(day),)

    return Inquiry(form, edits)


def confirm(office: OfficeCalendar, day: dt.date, ruled: DateRange | None) -> CalendarInquiry | None:
    """Make estimates certain: the day, its range, or all of its year; None where the year has none."""
    row = office.day(day)
    count = office.estimates(day.year)
    choices = []
    if row is not None and not row.certain:
        choices.append(Choice("hari", clean(row.name), date_plain(day)))
    if ruled is not None and not ruled.certain:
        choices.append(Choice("rentang", clean(ruled.name), _days_of(ruled)))
    if count:
        choices.append(Choice("tahun", f"Semua di {day.year}", f"{count} perkiraan"))
    if not choices:
        return None
    form = Form(
        title="Pastikan perkiraan",
        body=("Yang dipilih menjadi pasti, dan tidak lagi diganti saat tahunnya diisi ulang.",),
        choices=tuple(choices),
        submit="Lihat akibatnya",
    )

    def edits(answer: Response) -> Sequence[Edit]:
        if answer.choice == "hari":
            return (Confirm(day, day),)
        if answer.choice == "rentang" and ruled is not None:
            return (Confirm(ruled.first, ruled.first),)
        return (Confirm(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)),)

    return Inquiry(form, edits)


def fill(year: int) -> CalendarInquiry:
    """Bring in the holidays, cuti bersama and Ramadan of a year."""
    form = Form(
        title="Isi libur setahun",
        body=("Libur nasional, cuti bersama, dan usul Ramadan. Yang diubah kantor tidak tertimpa.",),
        fields=(FormField("year", "Tahun", "misalnya: 2028", str(year), required=True),),
        submit="Lihat akibatnya",
    )

    def edits(answer: Response) -> YearWanted:
        text = answer.text("year") or ""
        if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR):
            known = (f"{FIRST_YEAR} sampai {LAST_YEAR}",)
            raise FaultyInput((Fault("Tahun", "bilangan-di-luar-batas", text[:40], known),))
        return YearWanted(int(text))

    return Inquiry(form, edits)


def restores(year: int, gone: Sequence[SpecialDay | DateRange]) -> Form:
    """Whether a filling brings back national rows that the office once removed."""
    named = [f"{date_plain(_first_of(item))}: {clean(item.name)}" for item in gone[:_MOST_ROWS]]
    if len(gone) > _MOST_ROWS:
        named.append(f"dan {len(gone) - _MOST_ROWS} baris lagi.")
    return Form(
        title=f"Isi libur {year}",
        body=(f"{len(gone)} baris nasional dulu dihapus kantor:", *named),
        choices=(
            Choice(LEAVE, "Biarkan terhapus", "yang lain tetap diisi"),
            Choice(RESTORE, "Tampilkan lagi", "baris nasionalnya berlaku lagi"),
        ),
        submit="Lihat akibatnya",
        cancel="Kembali ke isian",
    )


def _first_of(item: SpecialDay | DateRange) -> dt.date:
    return item.date if isinstance(item, SpecialDay) else item.first


def take_back(revision: int, before: OfficeCalendar) -> CalendarInquiry:
    """Undo the last change of the calendar.

    Args:
        revision: Number of the one in force.
        before: The revision before it.
    """
    form = Form(
        title=f"Urungkan perubahan kalender yang terakhir (revisi {revision})",
        body=("Barisnya kembali seperti sebelum itu. Sekali lagi mengembalikannya.",),
        submit="Lihat akibatnya",
    )
    return Inquiry(form, lambda answer: (TakeBack(revision - 1, before),))


# ---------------------------------------------------------------------- what it would be
def asks_whether(tried: CalendarPreview, offset: int, now: int) -> Form:
    """The rows that would change, what of them is doubtful, the due moments that would move, and whether to go on."""
    body = change_lines(tried.changes)
    doubts = [said for each in range_doubts(tried.after, tried.changes) for said in range_doubt_words(each)]
    body += ["", *doubts] if doubts else []
    body += ["", *moved_lines(tried.dues, offset, now)]
    return Form(
        title="Simpan perubahan kalender",
        body=tuple(body),
        fields=(FormField("reason", "Alasan, untuk riwayat", "boleh kosong"),),
        submit="Simpan",
        cancel="Kembali ke isian",
    )


def change_lines(changed: Sequence[RowChange]) -> list[str]:
    """Each row that changes in a line; of many only the first ones and how many more."""
    told = [row_words(each.kind, each.key, each.before, each.after) for each in changed[:_MOST_ROWS]]
    if len(changed) > _MOST_ROWS:
        told.append(f"dan {len(changed) - _MOST_ROWS} baris lagi.")
    return told


def week_lines(weekly: Weekly) -> tuple[str, ...]:
    """`Senin-Kamis 07.30-12.00 dan 13.00-16.00`: weekdays in a row with the same hours in one line."""
    return tuple(_week_lines(weekly))


def _week_lines(weekly: Weekly) -> Iterator[str]:
    first = 0
    for index in range(1, len(weekly) + 1):
        if index == len(weekly) or weekly[index] != weekly[first]:
            name = DAYS[first] if index - first == 1 else f"{DAYS[first]}-{DAYS[index - 1]}"
            yield f"{name} {hours_of(weekly[first])}"
            first = index


def _typed(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _days_of(item: DateRange) -> str:
    return f"{date_plain(item.first)} sampai {date_plain(item.last)}"
