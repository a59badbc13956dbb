"""What programs get of a recap and what people read of it: values there, words here, neither in the other's place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from db import opening
from exports import format_named, write
from exports.display import front_above
from exports.sheet import Kind, Report, Sheet, typed
from exports.sheets.report import recap_report
from sakip_tui.recaps import read_offices
from sop.form import catalog
from sop.model.act import Act
from sop.values import replace
from tests.exports.kantor import Kantor
from tests.exports.measured import crowded_quarter, half_year, measured
from tests.exports.years import crowd, lived_year

_PERIODS = ("TW1", "TW2", "TW4", "S1", "TH")
_SAID = frozenset({"standard", "waktu", "counted", "sentence", "note", "remark"})
"""Columns that hold what the SOP's document says, and sentences: as they are said."""
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = r"(?:(?:Sen|Sel|Rab|Kam|Jum|Sab|Min),? )?\d{1,2}(?: (?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des)[a-z]*)"
_WORDED = re.compile(
    rf"(?:sejak )?{_DAY}(?: \d{{4}})?(?: \d\d\.\d\d)?(?:\s*-.*|, dicatat .*)?"
    r"|\d\d\.\d\d-\d\d\.\d\d.*|\d{1,2}-\d{1,2} [A-Z][a-z]{2}.*"
    r"|(?:lewat |sisa )?\d+(?:[/,]\d+)? (?:menit|jam|hari|detik)\b.*",
    re.DOTALL,
)
"""A moment, a span or a length as people read it, and nothing before it."""
_PROGRAM_WORDS = re.compile(
    r"\b(?:kadens\w*|tersirat|jenis hari|paket|holidays|cadence|slot|json|None|True|False)\b|\b\d{4}-(?:TW\d|S\d|TH)\b"
    rf"|\b(?:{'|'.join(map(re.escape, catalog.codes()))})\b|\b[a-z0-9]+_[a-z0-9_]+\b"
    rf"|\b(?:{'|'.join(re.escape(act.value) for act in Act if not act.value.isalpha())})\b"
)
"""Words of the program that no office has: its terms, keys of periods, codes of SOPs and of acts, names of code."""


@pytest.fixture(scope="module")
def recaps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Of the five SOPs, of an open crowded quarter, with indicators, and of all offices side by side."""
    folder = tmp_path_factory.mktemp("tahun")
    found: dict[str, Report] = {}
    with opening.open(folder / "semua.db", create=True) as database:
        for code in catalog.codes():
            kantor: Kantor = lived_year(database, code)
            found |= {f"{code} {period}": kantor.recap(period) for period in _PERIODS}
            if code == "dpmd-nganjuk":
                told = (("TW1", crowded_quarter()), ("S1", half_year()), ("TH", half_year()))
                for period, office in told:
                    found[f"indikator {period}"] = recap_report(measured(kantor.source(period), office), kantor.now)
        with database.read():
            found["semua"] = _held(read_offices(database, "2026-TH", kantor.now).report)
    with opening.open(folder / "ramai.db", create=True) as database:
        found["ramai"] = crowd(database).recap("TW1")
    return found


def _held(report: Report) -> Report:
    """With rows that stay when the database is closed."""
    return replace(report, sheets=tuple(replace(sheet, rows=tuple(sheet.rows)) for sheet in report.sheets))


def plain(report: Report, sheet: str) -> list[dict[str, str]]:
    stream = BytesIO()
    write(report, "csv", "-", plain=True, sheet=sheet, stdout=stream)
    return list(csv.DictReader(StringIO(stream.getvalue().decode("utf-8"), newline="")))


def as_json(report: Report) -> list[dict[str, Any]]:
    stream = BytesIO()
    write(report, "json", "-", stdout=stream)
    sheets: list[dict[str, Any]] = json.loads(stream.getvalue())["sheets"]
    return sheets


def test_a_program_gets_moments_as_iso_and_lengths_as_seconds_in_every_table(recaps: dict[str, Report]) -> None:
    moments = 0
    for name, report in recaps.items():
        for told in as_json(report):
            rows = plain(report, told["title"])
            kinds = {column["key"]: column["kind"] for column in told["columns"]}
            for row in rows:
                assert list(row) == list(kinds), (name, told["title"])
                for key, cell in row.items():
                    where = (name, told["title"], key, cell)
                    if not cell:
                        continue
                    if kinds[key] == Kind.INSTANT or key.endswith("_at"):
                        moments += 1
                        assert _ISO.fullmatch(cell), where
                    elif kinds[key] == Kind.DATE:
                        assert _ISO_DAY.fullmatch(cell), where
                    elif key.endswith("_seconds"):
                        assert re.fullmatch(r"-?\d+", cell), where
                    elif key not in _SAID:
                        assert not _WORDED.fullmatch(cell), where
    assert moments > 5000


def test_the_plain_table_holds_what_json_holds(recaps: dict[str, Report]) -> None:
    for name, report in recaps.items():
        for told in as_json(report):
            for row, wanted in zip(plain(report, told["title"]), told["rows"], strict=True):
                for key, value in wanted.items():
                    bare = value["value"] if isinstance(value, dict) else value
                    assert _same(row[key], bare), (name, told["title"], key, row[key], bare)


def _same(cell: str, value: object) -> bool:
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, int | float):
        return float(cell) == pytest.approx(float(value))
    # A leading quote keeps a text from being a formula.
    return cell.removeprefix("'").split() == str(value).removeprefix("'").split()


def test_keys_are_those_of_the_other_answers(recaps: dict[str, Report]) -> None:
    """`riwayat`, `papan` and `status` of the contract, and a table of the recap, call one thing by one name."""
    (log,) = [told for told in as_json(recaps["semua"]) if told["title"] == "Riwayat"]
    wanted = {"sequence", "recorded_at", "effective_at", "by", "for_lane", "act", "period", "step", "bidang", "hash"}
    assert wanted <= {column["key"] for column in log["columns"]}
    assert {row["act"] for row in log["rows"]} <= {act.value for act in Act}
    assert {row["period"] for row in log["rows"]} >= {"2026-TW1", "2026-TH"}
    for title in ("Langkah", "Data Langkah"):
        (steps,) = [told for told in as_json(recaps["ramai"]) if told["title"] == title]
        wanted = {"step", "title", "bidang", "attempt", "lane", "started_at", "ended_at", "due_at"}
        assert wanted <= {column["key"] for column in steps["columns"]}
    assert {row["state"] for row in steps["rows"]} >= {"selesai", "dibatalkan", "siap"}
    (page,) = [told for told in as_json(recaps["dpmd-nganjuk TH"]) if told["title"] == "Pengesahan"]
    first = page["rows"][0]
    assert (first["period"], first["period_state"], first["done"], first["total"]) == ("2026-TW1", "tutup", 7, 7)


def test_marks_of_words_stand_at_their_values(recaps: dict[str, Report]) -> None:
    for name, report in recaps.items():
        for told in as_json(report):
            keys = {column["key"] for column in told["columns"]}
            assert {mark["column"] for mark in told["marks"]} <= keys, (name, told["title"])
    steps = [told for report in recaps.values() for told in as_json(report) if told["title"] == "Langkah"]
    found = [mark for told in steps for mark in told["marks"] if mark["column"] == "difference_seconds"]
    assert any("late" in mark["marks"] for mark in found)


# ---------------------------------------------------------------------- what people read
def words_on(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a sheet prints in words."""
    yield "judul", sheet.title
    yield "guna", sheet.about
    yield from (("baris", line) for line in (*sheet.lines, *sheet.notes))
    if sheet.front is not None:
        # How the mark is checked is a command.
        yield from (("muka", line) for line in (*front_above(sheet.front), *sheet.front.kinerja, *sheet.front.changes))
    for chart in sheet.charts:
        yield "diagram", chart.title
    yield from (("kepala", column.title) for column in sheet.columns)
    for row in sheet.rows:
        for cell, column in zip(row, sheet.columns, strict=True):
            held = typed(cell, column)
            if held is not None and isinstance(held.value, str) and not column.off_paper:
                yield column.key, held.value


@pytest.mark.parametrize("format_name", ["xlsx", "txt"])
def test_no_word_of_the_program_stands_on_paper(recaps: dict[str, Report], format_name: str) -> None:
    for name, report in recaps.items():
        for sheet in format_named(format_name).told(report).sheets:
            for where, text in words_on(sheet):
                found = _PROGRAM_WORDS.search(text)
                assert found is None, (name, sheet.title, where, text)


def test_what_only_programs_get_is_on_no_paper(recaps: dict[str, Report], tmp_path: Path) -> None:
    for report in recaps.values():
        for format_name in ("xlsx", "csv", "md", "txt", "html"):
            for sheet in format_named(format_name).told(report).sheets:
                assert not [column.key for column in sheet.columns if column.programs]
                for row in sheet.rows:
                    assert len(row) == len(sheet.columns)
