"""Several offices side by side: the same rows as each office's own recap, read while they are written."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db import queries, recap_queries
from db.file.connection import Database
from exports import write
from exports.sheet import Report
from exports.sheets import OneOffice, offices_report
from sop.model.act import Act
from tests.db.office import NGANJUK, TANGERANG
from tests.exports.kantor import Kantor, dicts, figures, sheet_of


def two_offices(database: Database) -> tuple[Kantor, Kantor]:
    """One whose quarter is closed with a late step, one that has not opened it."""
    first, second = Kantor(database, TANGERANG), Kantor(database, NGANJUK, ("Keuangan", "Sekretariat"))
    first.do(Act.BUKA, "TW1", None, "1 08.00")
    for step, start, end in ((1, "08.10", "08.50"), (2, "09.00", "09.10"), (3, "09.20", "09.21")):
        first.do(Act.MULAI, "TW1", step, f"1 {start}")
        first.do(Act.SELESAI, "TW1", step, f"1 {end}")
    for step, end in ((4, "09.30"), (5, "09.40")):
        first.do(Act.SELESAI, "TW1", step, f"1 {end}")
    first.do(Act.TUTUP, "TW1", None, "1 10.00")
    return first, second


def compared(database: Database, period: str, now: int) -> Report:
    zones = {office.code: office.zone for office in queries.offices(database)}
    offices = [
        OneOffice(
            read=partial(recap_queries.recaps, database, address, keys, details=False),
            log=partial(recap_queries.log_lines, database, address, keys),
            log_length=recap_queries.log_length(database, address, keys),
            zone=zones[address.office],
        )
        for address, keys in recap_queries.keepers(database, period)
    ]
    return offices_report(period, offices, now, log_hash="ab" * 32, zone_offset_hours=7)


def test_comparison_has_a_row_for_each_office_with_its_own_figures(database: Database) -> None:
    first, _ = both = two_offices(database)
    report = compared(database, "2026-TW1", first.now)
    rows = {row["sop"]: row for row in dicts(sheet_of(report, "Perbandingan"))}
    assert list(rows) == [TANGERANG, NGANJUK, None]
    assert [row["office"] for row in rows.values()] == [
        *(k.source("TW1").board.office_name for k in both),
        "Seluruhnya (2)",
    ]
    assert rows[None] | {"office": None} == rows[TANGERANG] | {
        "office": None,
        "sop": None,
        "sop_name": None,
        "zone": None,
        "state": None,
        "periods": 2,
    }, "the other one has nothing to add"
    own = figures(first.recap("TW1"))
    row = rows[TANGERANG]
    assert (row["ended"], row["late"], row["judged"]) == (5, 1, 3)
    assert (row["late"], row["work_seconds"]) == (own["Terlambat"], own["Waktu kerja yang berlaku (jam:menit)"])
    assert (row["state"], row["closed"], row["periods"]) == ("tutup", 1, 1)
    silent = rows[NGANJUK]
    assert {silent[key] for key in ("open", "ended", "late", "on_time_share", "queue_seconds", "rework_seconds")} == {
        None
    }
    assert (report.provisional, report.state) == (True, "1 dari 2 sudah tutup")


def test_year_adds_up_what_lies_below_it(database: Database) -> None:
    first, _ = two_offices(database)
    row = dicts(sheet_of(compared(database, "2026-TH", first.now), "Perbandingan"))[0]
    assert (row["ended"], row["late"], row["closed"], row["periods"]) == (5, 1, 1, 7)


def test_rows_are_those_of_each_own_recap_and_their_number_is_known_before(database: Database) -> None:
    first, second = two_offices(database)
    report = compared(database, "2026-TW1", first.now)
    for title, begin, end, whose, rest in (("Data Langkah", 2, -3, 5, 1), ("Riwayat", 0, None, 3, 3)):
        sheet = sheet_of(report, title)
        expected: list[Sequence[object]] = [
            row[begin:end] for kantor in (first, second) for row in sheet_of(kantor.recap("TW1"), title).rows
        ]
        # Beside others a moment names its zone.
        assert [_without_zone(row[whose:-rest]) for row in sheet.rows] == [tuple(row) for row in expected]
        assert len(list(sheet.rows)) == len(sheet.rows) == len(expected), "a second passage gives the same"
    steps = sheet_of(report, "Data Langkah")
    marked = {(row, key): marks for (row, key), marks in sheet_of(first.recap("TW1"), "Data Langkah").marks.items()}
    assert {place: marks for place, marks in steps.marks.items() if place[0] < 5} == marked


def _without_zone(row: Sequence[object]) -> tuple[object, ...]:
    return tuple(cell.removesuffix(" WIB") if isinstance(cell, str) else cell for cell in row)


def test_one_office_at_a_time_is_held(database: Database) -> None:
    """A hundred offices need no more memory than one: nothing is read before its turn."""
    first, _ = two_offices(database)
    (address, keys), *_ = recap_queries.keepers(database, "2026-TW1")
    reads: list[int] = []

    def read(number: int) -> Sequence[object]:
        reads.append(number)
        return recap_queries.recaps(database, address, keys, details=False)

    offices = [
        OneOffice(read=partial(read, number), log=lambda: iter(()), log_length=0, zone="Asia/Jakarta")  # type: ignore[arg-type]
        for number in range(3)
    ]
    report = offices_report("2026-TW1", offices, first.now, log_hash="ab" * 32, zone_offset_hours=7)
    assert reads == [0, 1, 2]
    rows = iter(sheet_of(report, "Data Langkah").rows)
    next(rows)
    assert reads == [0, 1, 2, 0]


EAST = "bappedalitbang-balangan"
"""An office in WITA: 08.00 there is 07.00 in WIB."""


@pytest.mark.parametrize("name", ["txt", "html", "md", "csv", "json", "xlsx"])
def test_every_office_is_told_in_its_own_zone_which_is_named(database: Database, tmp_path: Path, name: str) -> None:
    """At one moment it is 09.10 in Tangerang and 10.10 in Balangan; each row says its own."""
    west, east = Kantor(database, TANGERANG), Kantor(database, EAST)
    for kantor in (west, east):
        kantor.do(Act.BUKA, "TW1", None, "2 09.10")
    report = compared(database, "2026-TW1", west.now)
    for title in ("Data Langkah", "Riwayat"):
        rows = dicts(sheet_of(report, title))
        assert {row["zone"] for row in rows} == {"WIB", "WITA"}
    path = write(report, name, tmp_path / f"rekap.{name}")
    assert path is not None
    if name == "xlsx":
        pages = {page.title: page for page in load_workbook(path).worksheets}
        shown = {}
        for row in pages["Riwayat"].iter_rows(values_only=True):
            for zone in {"WIB", "WITA"} & {*row}:
                shown[zone] = f"{next(cell for cell in row if isinstance(cell, dt.datetime)):%H.%M}"
                assert any(str(cell).endswith(f"{shown[zone]} {zone}") for cell in row)
    elif name == "json":
        sheet = next(one for one in json.loads(path.read_bytes())["sheets"] if one["title"] == "Riwayat")
        assert {row["effective_at"][-6:] for row in sheet["rows"]} == {"+07:00", "+08:00"}
        shown = {row["zone"]: row["effective_at"][11:16].replace(":", ".") for row in sheet["rows"]}
    else:
        text = path.read_text("utf-8-sig").replace(":", ".").partition("menurut zonanya sendiri.")[2]
        shown = {zone: time for time, zone in re.findall(r"\b((?:09|10)\.10) (WIB|WITA)\b", text)}
    assert shown == {"WIB": "09.10", "WITA": "10.10"}
