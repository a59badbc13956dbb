"""CSV and JSON: byte for byte on a small sheet, exact figures, formulas defused."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import IO, Any

import pytest

from exports.characters import visible
from exports.data import write_csv, write_json, write_plain_csv
from exports.sheet import Cast, Column, Kind, Mark, Report, Sheet
from sop.values import replace
from tests.exports.samples import FIGURES, HOSTILE, LONG, NINE, STEPS, report

SMALL = Sheet(
    title="Langkah",
    columns=(
        Column("number", "No", Kind.INTEGER),
        Column("title", "Uraian"),
        Column("rate", "Nilai", Kind.NUMBER, decimals=1),
        Column("share", "Bagian", Kind.PERCENT),
        Column("ended_at", "Selesai", Kind.INSTANT),
        Column("day", "Tanggal", Kind.DATE),
        Column("work_seconds", "Kerja", Kind.DURATION),
        Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE),
        Column("on_time", "Tepat waktu", Kind.YES_NO),
    ),
    rows=(
        (1, "=1+1", -1234.5, 0.125, NINE + 7, date(2026, 4, 1), 3905, -90, True),
        (2, None, None, None, None, None, None, None, None),
    ),
    marks={(0, "work_seconds"): frozenset({Mark.LATE})},
)
FACTS = """\
Rekap SAKIP TW I 2026
Kantor{0}Disnaker Kota Tangerang
SOP{0}Pengumpulan Data Kinerja
Periode{0}TW I 2026
Keadaan{0}{1}
Dicetak{0}1 Apr 2026 09.20 WIB
Sidik riwayat{0}3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a

"""


def drawn(write: Callable[[Report, IO[bytes]], None], what: Report) -> str:
    stream = BytesIO()
    write(what, stream)
    return stream.getvalue().decode("utf-8")


def test_indonesian_csv_is_exactly_this() -> None:
    wanted = (
        "\ufeff"
        + FACTS.format(";", "Tutup, revisi 1")
        + (
            """\
Langkah
Tanda: ! terlambat
No;Uraian;Nilai;Bagian;Selesai;Tanggal;Kerja;Selisih (menit);Tepat waktu;Tanda
1;'=1+1;-1234,5;12,5%;01/04/2026 09:00:07;01/04/2026;1:05:05;-1,5;Ya;Kerja: terlambat
2;;;;;;;;;
"""
        )
    )
    assert drawn(write_csv, report(SMALL)) == wanted.replace("\n", "\r\n")


def test_plain_csv_is_exactly_this() -> None:
    wanted = """\
number,title,rate,share,ended_at,day,work_seconds,difference_seconds,on_time
1,'=1+1,-1234.5,0.125,2026-04-01T09:00:07+07:00,2026-04-01,3905,-90,true
2,,,,,,,,
"""
    assert drawn(write_plain_csv, report(SMALL)) == wanted.replace("\n", "\r\n")


def test_sheets_follow_each_other_after_a_blank_line_and_a_title() -> None:
    lines = drawn(write_csv, report(provisional=True)).split("\r\n")
    for title in ("Ringkasan (SEMENTARA)", "Langkah (SEMENTARA)"):
        assert lines[lines.index(title) - 1] == ""


KEPT = {"08123", "1e5", "3/4", "True", "False"}
"""Those of the hostile texts that a spreadsheet would retype, and that begin with no sign of a formula."""


def hostile_sheet() -> Sheet:
    return Sheet("Catatan", (Column("text", "=Teks"),), tuple((text,) for text in (*HOSTILE, LONG)), notes=("+1",))


@pytest.mark.parametrize(("write", "delimiter"), [(write_csv, ";"), (write_plain_csv, ",")])
def test_no_cell_of_a_csv_is_a_formula_and_no_text_is_lost(
    write: Callable[[Report, IO[bytes]], None], delimiter: str
) -> None:
    document = drawn(write, replace(report(hostile_sheet()), office="@SUM(A1)"))
    rows = list(csv.reader(StringIO(document.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    cells = [cell for row in rows for cell in row]
    kept = re.compile(r'="([^"=+\-@][^"]*)"')
    dangerous = [cell for cell in cells if re.match(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]", cell)]
    if write is write_csv:
        assert {match[1] for cell in cells if (match := kept.fullmatch(cell))} == KEPT
        dangerous = [cell for cell in dangerous if not kept.fullmatch(cell)]
    assert set(dangerous) <= {"-"}, "a hyphen alone stands for nothing, and every spreadsheet takes it so"
    head = next(number for number, row in enumerate(rows) if row in (["'=Teks"], ["text"]))
    texts = [row[0] if row else "" for row in rows[head + 1 :]][: len(HOSTILE) + 1]
    assert [kept.sub(r"\1", text).removeprefix("'") for text in texts] == [
        visible(t).removeprefix("'") for t in (*HOSTILE, LONG)
    ]


def test_json_keys_are_the_columns_keys_and_values_are_exact() -> None:
    document = json.loads(drawn(write_json, report(SMALL, FIGURES, provisional=True)))
    assert document["provisional"] is True
    assert document["printed_at"] == "2026-04-01T09:20:34+07:00"
    steps, figures = document["sheets"]
    assert steps["rows"][0] == {
        "number": 1,
        "title": "=1+1",
        "rate": -1234.5,
        "share": 0.125,
        "ended_at": "2026-04-01T09:00:07+07:00",
        "day": "2026-04-01",
        "work_seconds": 3905,
        "difference_seconds": -90,
        "on_time": True,
    }
    assert set(steps["rows"][1].values()) == {2, None}
    assert steps["marks"] == [{"row": 0, "column": "work_seconds", "marks": ["late"]}]
    assert figures["rows"][2]["value"] == {"kind": "duration", "value": 363_180}
    assert figures["rows"][5]["value"] is None


def test_json_keeps_every_text_exactly_and_sends_no_control_byte() -> None:
    document = drawn(write_json, report(hostile_sheet()))
    assert [row["text"] for row in json.loads(document)["sheets"][0]["rows"]] == [*HOSTILE, LONG]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", document)


def test_json_of_an_empty_report_is_json() -> None:
    assert json.loads(drawn(write_json, replace(report(), sheets=())))["sheets"] == []
    assert json.loads(drawn(write_json, report(Sheet("Kosong", STEPS.columns))))["sheets"][0]["rows"] == []


def test_a_difference_in_csv_tells_every_second_apart() -> None:
    seconds = tuple(range(-130, 130))
    sheet = Sheet("x", (Column("d_seconds", "d", Kind.DIFFERENCE),), tuple((value,) for value in seconds))
    rows = drawn(write_csv, report(sheet)).split("\r\n")
    found = rows[rows.index("d") + 1 : -1]
    assert [round(float(cell.replace(",", ".")) * 60) for cell in found] == list(seconds)


@pytest.mark.parametrize("value", [Cast(Kind.NUMBER, 1e-7), Cast(Kind.NUMBER, 1e21)])
def test_numbers_are_never_written_in_powers_of_ten(value: Any) -> None:
    sheet = Sheet("x", (Column("v", "nilai", Kind.MIXED),), ((value,),))
    assert "e" not in drawn(write_csv, report(sheet)).split("\r\n")[-2].lower()
