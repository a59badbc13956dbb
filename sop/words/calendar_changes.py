"""What a change of the working calendar did to its rows, in words: the same on screen, on paper and as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sop.model.texts import clean
from sop.time.range_doubts import RangeDoubt
from sop.time.work_calendar import Spans, SpecialKind
from sop.words.calendar import certainty
from sop.words.labels import label
from sop.words.time import date_plain, hours_of

WEEK, DAY, YEAR = "jam_mingguan", "hari", "tahun_diisi"
"""Kinds of `sop.time.office_calendar.RowChange` that are told in words of their own; the other is `rentang`."""


def row_words(kind: str, key: str, before: Any, after: Any) -> str:
    """`1 Mei 2026: libur Hari Buruh, pasti menjadi tanpa baris sendiri`.

    Args:
        kind: As in `RowChange`, whose values these are.
        key: Day, days, weekday or year.
        before: The row as it was; None for none.
        after: As it is now; None for none.
    """
    if kind == YEAR:
        return f"Tahun {key}: {'diisi' if after else 'tidak lagi diisi'}"
    if kind != WEEK and before is not None and after is not None and _is_only_confirmed(before, after):
        return f"{_key_words(kind, key)}: {clean(after['name'])} dipastikan"
    return f"{_key_words(kind, key)}: {_row(kind, before)} menjadi {_row(kind, after)}"


def _is_only_confirmed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether an estimate became certain and nothing else changed."""
    return bool(after["certain"]) and {**before, "certain": True} == after != before


def _key_words(kind: str, key: str) -> str:
    if kind == WEEK:
        return key.capitalize()
    return " sampai ".join(date_plain(dt.date.fromisoformat(day)) for day in key.split("/"))


def _row(kind: str, row: Any) -> str:
    """`libur Banjir, pasti`, `jam mingguan` for no row, `07.30-12.00` for the hours of a weekday."""
    if kind == WEEK:
        return hours_of(_spans(row))
    if row is None:
        return "tanpa baris sendiri"
    words = f"{clean(row['name'])}, {certainty(row['certain'])}"
    if kind == DAY:
        special = SpecialKind(row["kind"])
        hours = f" {hours_of(_spans(row['spans']))}" if special is SpecialKind.KHUSUS else ""
        return f"{label(special)}{hours} {words}"
    return words


def range_doubt_words(doubt: RangeDoubt) -> Iterator[str]:
    """What of a range of special hours is to be looked at again, a sentence each, and which of two hours hold."""
    name = clean(doubt.range.name)
    if doubt.is_long:
        yield f"{name}: {doubt.days} hari, lebih dari sebulan; periksa hari pertama dan terakhirnya."
    for others, wins in ((doubt.over, True), (doubt.under, False)):
        for each in others:
            other = clean(each.name)
            days = f"{date_plain(each.first)} sampai {date_plain(each.last)}"
            held = "rentang ini" if wins else "rentang itu"
            yield f"{name} bertumpuk dengan {other} ({days}); pada hari yang sama berlaku jam {held}."


def _spans(rows: Any) -> Spans:
    return tuple((start, end) for start, end in rows)
