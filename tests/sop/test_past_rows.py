"""Rows of past work: lines that are written are read again, and what is read is of the day that is meant."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sop.form.past_rows import COLUMNS, PastLine, parse_lines, read_rows, written_lines
from sop.time.instants import ZONES, format_iso
from sop.words.time import moment_short

WIB = ZONES["Asia/Jakarta"]
OPENED = int(dt.datetime.fromisoformat("2026-07-01T07:30+07:00").timestamp())
NOW = int(dt.datetime.fromisoformat("2026-11-29T09:00+07:00").timestamp())

texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


@given(st.lists(st.tuples(st.integers(0, 99_999), texts, texts, texts, texts), min_size=1, max_size=4))
def test_written_lines_are_read_as_they_were(rows: list[tuple[int, str, str, str, str]]) -> None:
    lines = tuple(PastLine(step, bidang or None, *cells) for step, bidang, *cells in rows)
    told = [line for line in lines if not line.is_empty]
    if told:
        assert [line._replace(line=0) for line in parse_lines(written_lines(lines))] == told


def moments(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    lines = [PastLine(number, None, *row) for number, row in enumerate(rows, 1)]
    read = read_rows(lines, WIB, NOW, OPENED)
    assert not read.faults
    works = [row.work for row in read.rows if row.work is not None]
    return [
        (format_iso(work.started.at, WIB)[5:16], format_iso(work.ended.at, WIB)[5:16]) for work in works if work.started
    ]


def test_a_time_alone_is_of_the_start_or_of_the_row_above() -> None:
    told = moments(("2/7 09.00", "09.12"), ("09.30", "3/7 08.00"), ("", ""), ("08.10", "08.20"))
    assert told == [
        ("07-02T09:00", "07-02T09:12"),
        ("07-02T09:30", "07-03T08:00"),
        ("07-03T08:10", "07-03T08:20"),
    ]


@given(st.integers(OPENED, NOW))
def test_moments_as_they_are_printed_are_read(moment: int) -> None:
    printed = moment_short(moment, WIB)
    assert moments((printed, printed))[0][0] == format_iso(moment - moment % 60, WIB)[5:16]


def test_each_fault_stands_in_its_cell() -> None:
    lines = [PastLine(1, None, "lusa", "9.00"), PastLine(2, None, "9.00", "8.20"), PastLine(3, None, "", "", "ya")]
    read = read_rows(lines, WIB, NOW, OPENED)
    assert [(each.row, each.column) for each in read.faults] == [(0, "mulai"), (1, "selesai"), (2, "selesai")]
    assert COLUMNS[-1] == "catatan"
