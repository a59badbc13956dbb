"""What the screen of the office's bidang asks, and what an answer means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from db.bidang import BidangRow
from sakip_tui.prompts.form import Form, FormField, FormMarks, Response
from sakip_tui.views.bidang import day_after, first_day_words
from sop.model.errors import Fault, FaultyInput
from sop.model.texts import clean
from sop.time.instants import ENDS_AHEAD, civil, midnight, parse_date
from sop.words.time import DAY_EXAMPLE

_REASON = FormField("alasan", "Alasan", "boleh kosong")
_STAYS = "Langkah yang sudah terbuka tetap dengan daftarnya."


def add(told: Callable[[Response], str]) -> Form:
    """A bidang to be taken up.

    Args:
        told: How the typed day is read.
    """
    return Form(
        "Tambah bidang",
        (
            "Sejak hari pertamanya bidang ini ikut di setiap langkah per bidang yang baru dibuka, juga di periode lama "
            "yang baru dikerjakan sesudah hari itu. Bila di sana ia tidak ikut, keluarkan di papan: i, lalu h.",
            _STAYS,
        ),
        fields=(
            FormField("nama", "Nama", required=True),
            FormField("sejak", "Hari pertama", f"kosong = sekarang; {DAY_EXAMPLE}, boleh di depan"),
            _REASON,
        ),
        submit="Tambah",
        forewarned=told,
    )


def end(row: BidangRow) -> Form:
    """The last day of a bidang."""
    return Form(
        f"Akhiri {clean(row.name)}",
        ("Langkah per bidang yang dibuka sesudah tanggal ini tidak lagi dikerjakan bidang ini.", _STAYS),
        fields=(FormField("sampai", "Hari terakhir", f"kosong = sekarang; {DAY_EXAMPLE}"), _REASON),
        submit="Akhiri",
    )


def rename(row: BidangRow) -> Form:
    """Another name of a bidang."""
    return Form(
        f"Ganti nama {clean(row.name)}",
        ("Bidangnya tetap sama. Langkah yang sudah terbuka tetap dengan nama lama.",),
        fields=(FormField("nama", "Nama baru", required=True), _REASON),
        submit="Ganti",
    )


def merge(row: BidangRow, others: Sequence[str]) -> Form:
    """Which others one bidang is merged with, and what all of them are called then."""
    return Form(
        f"Gabungkan {clean(row.name)}",
        ("Bidang yang ditandai diteruskan bersama sebagai satu bidang. Langkah yang sudah terbuka tetap.",),
        marks=FormMarks("dengan", "Dengan", tuple(others)),
        fields=(
            FormField(
                "nama", "Nama gabungannya", "nama baru, atau salah satu dari keduanya", clean(row.name), required=True
            ),
            _REASON,
        ),
        submit="Gabungkan",
    )


def first_moment(answer: Response, offset: int, now: int) -> int | None:
    """From when a bidang is taken up; None for now. Raises FaultyInput."""
    day = _day(answer, "sejak", "Hari pertama", offset, now, ends=False)
    return None if day is None else midnight(day, offset)


def first_day_read(answer: Response, offset: int, now: int) -> str:
    """How the first day that is typed is read; empty as long as none is."""
    try:
        since = first_moment(answer, offset, now)
    except FaultyInput:
        return ""
    return "" if since is None else f"Hari pertamanya {first_day_words(since, offset)}."


def end_moment(answer: Response, offset: int, now: int) -> int | None:
    """The first moment at which a bidang stands in the list no more; None for now. Raises FaultyInput."""
    day = _day(answer, "sampai", "Hari terakhir", offset, now, ends=True)
    return None if day is None else day_after(day, offset)


def merged(row: BidangRow, answer: Response) -> tuple[str, ...]:
    """The names that are merged. Raises FaultyInput where no other is marked."""
    others = answer.marked("dengan")
    if not others:
        raise FaultyInput((Fault("Dengan", "gabung-kurang"),))
    return (row.name, *others)


def _day(answer: Response, name: str, label: str, offset: int, now: int, *, ends: bool) -> dt.date | None:
    """Without a year a first day is the nearest one, a last day rather one ahead."""
    text = answer.text(name)
    if text is None:
        return None
    today = civil(now, offset).date()
    return parse_date(text, offset, now, label, near=today + ENDS_AHEAD if ends else today)
