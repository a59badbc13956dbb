"""A year of data kinerja as an office lives it: forms out and back, a faulty one, one bidang returned, closings, a
change of targets, semester and year, a correction. Every figure is that of a table computed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import opening
from db.kinerja_store import define, indicator_command, target_command
from db.kinerja_year import data_of
from db.rows import Address
from db.store import Store
from exports.forms.form_out import HEAD_ROW
from sop.kinerja.consolidation import report
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form_columns import COLUMNS, ISIAN_SHEET
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer
from sop.words.figure_words import capaian_words, mean_words
from tests.cli.conftest import Desk, Said, run

SEVEN, NINE = "disperinaker-lima-puluh-kota", "disnaker-kota-tangerang"
BIDANG = {"A": "Industri", "B": "Pelatihan", "C": "Penempatan", "D": "Hubungan Industrial", "E": "Sekretariat"}
QUARTERS = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")
PERIODS = (*QUARTERS, "2026-S1", "2026-S2", "2026-TH")
WHO = Actor("kasubag", everybody=True)
LETTER = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
TABLE = """
A01 angka/naik/jumlah/0/unit       10 10 10 10 TH=40 | 8 12 10 9             | 80 120 100 90 100 95 97,50
A02 angka/turun/jumlah/0/kasus     4 4 4 4 TH=16     | 5 3 0 8               | 75 125 200 0 100 100 100
A03 persen/naik/rata/1/%           80 80 80 80       | 76 80 84 88           | 95 100 105 110 97,50 107,50 102,50
A04 angka/turun/akhir/1/hari       10 10 10 10 TH=10 | 11 9.5 12 10          | 90 105 80 100 105 100 100
A05 predikat/naik/akhir/0/Predikat B B BB BB TH=BB   | CC B BB A             | 75 100 100 120 100 120 120
B01 angka/naik/jumlah/0/orang      100 100 100 100 TH=400 | 90 110 100 95    | 90 110 100 79,17 100 88,64 94,05
B02 rasio/naik/jumlah/2/%          50 50 50 50       | 40/80 45/90 30/60 66/120 | 100 100 100 110 100 106,67 103,43
B03 rasio/naik/akhir/2/%           60 60 60 60 | 30/60 33/60 36/60 39/60 | 83,33 91,67 100 108,33 91,67 108,33 108,33
B04 persen/tetap/rata/0/%          100 100 100 100   | 95 100 105 100        | 95 100 95 100 97,50 97,50 100
B05 angka/naik/jumlah/0/kasus      0 0 0 0           | 0 1 0 0               | 100 0 100 100 0 100 0
C01 angka/naik/jumlah/0/orang      10 10 10 10       | 10 belum_ada 10 10    | 100 - 100 100 50 100 75
C02 angka/naik/jumlah/0/orang      10 10 10 10       | 10 10 tidak_berlaku 10 | 100 100 - 100 100 100 100
C03 angka/naik/jumlah/0/orang      - - - -           | 1 2 3 4               | - - - - - - -
C04 persen/naik/rata/0/%/semester  S1=80 S2=80       | - 72 - 84             | . . . . 90 105 97,50
C05 predikat/naik/akhir/0/Opini/tahunan TH=WTP       | - - - WDP             | . . . . . . 75
D01 angka/tetap/akhir/0/orang      12 12 12 12       | 12 11 12 13           | 100 91,67 100 91,67 91,67 91,67 91,67
D02 angka/naik/jumlah/0/poin       -5 -5 -5 -5       | 1 1 1 1               | - - - - - - -
D03 angka/naik/jumlah/0/unit       9 9 9 9           | 125 9 9 9             | 1.388,89 100 100 100 744,44 100 422,22
D04 predikat/naik/akhir/0/Opini    WTP WTP WTP WTP   | WTP WDP TMP TW        | 100 75 50 25 75 25 25
D05 angka/naik/rata/4/ton          0.5 0.5 0.5 0.5   | 0.125 0.25 0.5 0.625  | 25 50 100 125 37,50 112,50 75
E01 angka/naik/jumlah/2/juta       250.5 250.5 250.5 250.5 | 250.5 501 125.25 0 | 100 200 50 0 150 25 87,50
E02 rasio/naik/jumlah/0/%          50 50 50 50       | 0/0 5/10 5/10 5/10    | - 100 100 100 100 100 100
E03 angka/turun/akhir/0/hari       10 10 10 10       | 0 20 10 5             | 200 0 100 150 0 150 150
K01 angka/naik/jumlah/0/dokumen    1 1 1 1           | 1 1 1 1               | 100 100 100 100 100 100 100
"""
"""Code, what it is, targets | realisasi of each quarter (of a longer period in its last one) | capaian TW I to TH."""
MEANS = ("89,91 (19 dari 22)", "84,65 (19 dari 22)", "93,42 (19 dari 22)", "84,29 (20 dari 22)")
MEANS += ("83,20 (19 dari 23)", "91,56 (21 dari 23)", "87,16 (20 dari 24)")
LATER_PERIOD = {"C04": {1: "2026-S1", 3: "2026-S2"}, "C05": {3: "2026-TH"}}


class Line:
    """One line of the table."""

    def __init__(self, text: str) -> None:
        what, reals, capaian = (part.split() for part in text.split("|"))
        self.code, self.targets = what[0], what[2:]
        jenis, arah, konsolidasi, decimals, satuan, *cadence = what[1].split("/")
        self.indicator = Indicator(
            self.code,
            f"Indikator {self.code}",
            satuan,
            Jenis(jenis),
            Arah(arah),
            Konsolidasi(konsolidasi),
            int(decimals),
            Cadence(cadence[0]) if cadence else Cadence.TRIWULAN,
            BIDANG.get(self.code[0]),
            pembilang="di atas" if jenis == "rasio" else "",
            penyebut="di bawah" if jenis == "rasio" else "",
        )
        self.reals = reals
        self.capaian = dict(zip(PERIODS, capaian, strict=True))

    def aims(self) -> Iterator[tuple[tuple[str, str], TargetValue]]:
        for number, text in enumerate(self.targets):
            name, _, value = text.rpartition("=")
            if value != "-":
                key = f"2026-{name}" if name else QUARTERS[number]
                grade = self.indicator.jenis is Jenis.PREDIKAT
                yield (self.code, key), value if grade else Decimal(value)

    def isian(self, quarter: int) -> Isian | None:
        text = self.reals[quarter]
        if text == "-":
            return None
        if text in tuple(Keadaan):
            return Isian(Keadaan(text), reason="belum dihitung")
        if self.indicator.jenis is Jenis.PREDIKAT:
            return Isian(Keadaan.TERISI, grade=text)
        if self.indicator.jenis is Jenis.RASIO:
            above, below = map(Decimal, text.split("/"))
            return Isian(Keadaan.TERISI, pembilang=above, penyebut=below)
        return Isian(Keadaan.TERISI, Decimal(text))


LINES = [Line(text) for text in TABLE.strip().splitlines()]


class Year:
    """An office whose acts come a few minutes after one another."""

    def __init__(self, path: Path, sop: str, *setup: str) -> None:
        self.path, self.sop = path, sop
        self.moment = int(datetime.fromisoformat("2026-12-01T08:00+07:00").timestamp())
        said = self.say("siapkan", "--sop", sop, "--tahun", "2026", *setup)
        assert said.code == 0, said.err

    def say(self, *words: str) -> Said:
        return run("--db", str(self.path), "--sebagai", WHO.code, *words, now=self.clock())

    def clock(self) -> int:
        self.moment += 61
        return self.moment

    def act(self, act: Act, period: str, step: int | None = None, **details: Any) -> None:
        with opening.open(self.path) as database:
            Store(database, self.clock).apply(
                Address(self.sop, self.sop), Command(act, period, step=step, **details), WHO
            )

    def fill(self, period: str, owner: str | None, rows: Mapping[str, Isian]) -> None:
        self.act(Act.ISI, period, data=DataCommand(Act.ISI, owner=owner, rows=rows))

    def define(self, *commands: Any) -> None:
        with opening.open(self.path) as database:
            define(Store(database, self.clock), self.sop, commands, WHO)

    def figures(self, period: str) -> tuple[dict[str, str], str]:
        """Code -> capaian as printed, and the mean."""
        with opening.open(self.path) as database:
            found = report(data_of(database, Address(self.sop, self.sop), 2026, self.moment), period)
        rows = {row.row.indicator.code: capaian_words(row.figure.achievement) for row in found.rows}
        return {code: words.partition(" (")[0].removesuffix(",00") for code, words in rows.items()}, mean_words(
            found.whole
        )


def rows_of(owner: str, quarter: int) -> dict[str, Isian]:
    found = ((line.code, line.isian(quarter)) for line in LINES if line.code.startswith(owner))
    return {code: isian for code, isian in found if isian is not None}


def expected(period: str) -> dict[str, str]:
    return {line.code: line.capaian[period] for line in LINES if line.capaian[period] != "."}


def put(path: str, cells: Mapping[str, Mapping[str, Any]], *more: Mapping[str, Any]) -> None:
    """Fill a form as somebody does in Excel: code -> column -> value; then further rows."""
    book = openpyxl.load_workbook(path)
    sheet = book[ISIAN_SHEET]
    row = HEAD_ROW + 1
    while (code := sheet.cell(row, LETTER["kode"]).value) is not None:
        for column, value in cells.get(str(code), {}).items():
            sheet.cell(row, LETTER[column]).value = value
        row += 1
    for line in more:
        for column, value in line.items():
            sheet.cell(row, LETTER[column]).value = value
        row += 1
    book.save(path)


def typed(isian: Isian) -> dict[str, Any]:
    if not isian.is_filled:
        words = {Keadaan.BELUM_ADA: "Belum ada", Keadaan.TIDAK_BERLAKU: "Tidak berlaku"}
        return {"keadaan": words[isian.keadaan], "alasan": isian.reason}
    if isian.grade is not None:
        return {"realisasi": isian.grade}
    if isian.pembilang is not None and isian.penyebut is not None:
        return {"pembilang": float(isian.pembilang), "penyebut": float(isian.penyebut)}
    return {"realisasi": float(isian.value or 0)}


def begin(year: Year, period: str) -> None:
    """Up to where every bidang has its form."""
    year.act(Act.BUKA, period)
    for step in (1, 2):
        year.act(Act.SELESAI, period, step)
    for bidang in BIDANG.values():
        year.act(Act.SELESAI, period, 3, bidang=bidang)


def finish(year: Year, period: str, quarter: int) -> None:
    """From where the bidang have handed in to the closing."""
    year.fill(period, None, rows_of("K", quarter))
    for step in (5, 6, 7):
        year.act(Act.SELESAI, period, step)
    year.act(Act.TUTUP, period)


def test_a_year_of_five_bidang_gives_the_figures_that_were_computed_by_hand(tmp_path: Path) -> None:
    year = Year(tmp_path / "k.db", SEVEN, *(word for name in BIDANG.values() for word in ("--bidang", name)))
    aims: dict[tuple[str, str], TargetValue | None] = {}
    for line in LINES:
        aims.update(line.aims())
    year.define(
        *(indicator_command(line.indicator, "2026-TW1") for line in LINES),
        target_command(aims, document="Perjanjian Kinerja 2026"),
    )
    _first_quarter(year, tmp_path)
    _second_quarter(year, tmp_path)
    year.act(Act.TUTUP, "2026-S1")
    begin(year, QUARTERS[2])
    for letter, bidang in BIDANG.items():
        year.fill(QUARTERS[2], bidang, rows_of(letter, 2))
        year.act(Act.SELESAI, QUARTERS[2], 4, bidang=bidang)
    finish(year, QUARTERS[2], 2)
    _last_quarter(year)
    for period in ("2026-S2", "2026-TH"):
        year.act(Act.TUTUP, period)
    for place, period in enumerate(PERIODS):
        assert year.figures(period) == (expected(period), MEANS[place]), period

    _correct(year)
    changed = {"2026-TW4": "150", "2026-S2": "175", "2026-TH": "137,50"}
    means = {"2026-TW4": "89,29 (20 dari 22)"}
    for place, period in enumerate(PERIODS):
        table = expected(period) | ({"A02": changed[period]} if period in changed else {})
        assert year.figures(period) == (table, means.get(period, MEANS[place])), period
    assert year.say("periksa", "--penuh").code == 0


def _first_quarter(year: Year, folder: Path) -> None:
    """By forms that come back filled."""
    period = QUARTERS[0]
    begin(year, period)
    said = year.say("data", "formulir", period, "-o", str(folder / "f1"), "--json")
    forms = {form["bidang"]: form["path"] for form in said.json["forms"]}
    assert set(forms) == {*BIDANG.values(), None}
    for letter, bidang in BIDANG.items():
        put(forms[bidang], {code: typed(isian) for code, isian in rows_of(letter, 0).items()})
    said = year.say("data", "impor", *(forms[bidang] for bidang in BIDANG.values()), "--json")
    assert [each["taken"] for each in said.json["files"]] == [True] * 5, said.out
    assert all(each["unchanged"] for each in year.say("data", "impor", forms["Industri"], "--json").json["files"])
    for bidang in BIDANG.values():
        year.act(Act.SELESAI, period, 4, bidang=bidang)
    with pytest.raises(Refused) as refusal:
        year.act(Act.SELESAI, period, 5)
    assert (refusal.value.rule, refusal.value.facts["rows"]) == (Rule.ROWS_MISSING, ((None, "K01"),))
    finish(year, period, 0)


def _second_quarter(year: Year, folder: Path) -> None:
    """One form with twelve faults; one bidang returned for two rows."""
    period = QUARTERS[1]
    begin(year, period)
    for letter, bidang in list(BIDANG.items())[1:]:
        year.fill(period, bidang, rows_of(letter, 1))
        year.act(Act.SELESAI, period, 4, bidang=bidang)
    said = year.say("data", "formulir", period, "--bidang", "industri", "-o", str(folder / "f2"), "--json")
    (form,) = said.json["forms"]
    wrong = {
        "A01": {"realisasi": "1.234", "indikator": "Nama lain", "batas_waktu": "31/02/2026"},
        "A02": {"realisasi": "abc", "satuan": "orang"},
        "A03": {"realisasi": date(2026, 5, 1), "target": 81},
        "A04": {"realisasi": True, "target": 11},
        "A05": {"realisasi": "Z", "batas_waktu": "besok lusa"},
    }
    bad = folder / "salah.xlsx"
    bad.write_bytes(Path(form["path"]).read_bytes())
    put(str(bad), wrong, {"kode": "A01", "realisasi": 1}, {"kode": "X99", "realisasi": 1})
    before = Desk(year.path).dump()
    said = year.say("data", "impor", str(bad), "--json")
    (found,) = said.json["files"]
    assert said.code == 2
    assert len(found["faults"]) == 12, found["faults"]
    assert all(fault["cell"] and fault["problem"] and fault["remedy"] for fault in found["faults"])
    assert Desk(year.path).dump() == before
    listed = openpyxl.load_workbook(found["fault_list"]).worksheets[0]
    assert [listed.cell(row, 1).value for row in range(4, 16)] == [fault["cell"] for fault in found["faults"]]

    first = rows_of("A", 1) | {"A01": Isian(Keadaan.TERISI, Decimal(11))}
    put(form["path"], {code: typed(isian) for code, isian in first.items()})
    assert year.say("data", "impor", form["path"]).code == 0
    year.act(Act.SELESAI, period, 4, bidang="Industri")
    year.fill(period, None, rows_of("K", 1))
    year.act(Act.SELESAI, period, 5)
    assert year.say("data", "tandai", period, "A01", "A02", "--catatan", "samakan dengan laporan").code == 0
    assert "A01, A02 (Industri)" in year.say("selesai", period, "6").err
    year.act(Act.KEMBALIKAN, period, 6, target=4, named=("Industri",), note="dua baris ditandai")
    with pytest.raises(Refused) as refusal:
        year.act(Act.SELESAI, period, 4, bidang="Industri")
    assert refusal.value.rule is Rule.ROWS_MARKED
    said = year.say("data", "formulir", period, "--bidang", "Industri", "-o", str(folder / "f2"), "--json")
    (form,) = said.json["forms"]
    put(form["path"], {"A01": {"realisasi": 12}, "A02": {"alasan_perubahan": "sudah sesuai laporan"}})
    said = year.say("data", "impor", form["path"], "--json")
    assert said.json["files"][0]["taken"], said.out
    year.act(Act.SELESAI, period, 4, bidang="Industri")
    for step in (5, 6, 7):
        year.act(Act.SELESAI, period, step)
    year.act(Act.TUTUP, period)


def _last_quarter(year: Year) -> None:
    """The targets change while the forms are out."""
    period = QUARTERS[3]
    begin(year, period)
    changed: dict[tuple[str, str], TargetValue | None] = {
        ("B01", period): Decimal(120),
        ("B01", "2026-TH"): Decimal(420),
    }
    year.define(target_command(changed, 2, document="PK Perubahan 2026", since=period))
    said = year.say("data", "formulir", period, "--json")
    assert {form["bidang"]: form["form_revision"] for form in said.json["forms"]}["Pelatihan"] == 2
    for letter, bidang in BIDANG.items():
        year.fill(period, bidang, rows_of(letter, 3))
        year.act(Act.SELESAI, period, 4, bidang=bidang)
    finish(year, period, 3)


def _correct(year: Year) -> None:
    """Reopened from the outermost down, one value mended, closed again."""
    for period in ("2026-TH", "2026-S2", "2026-TW4"):
        year.act(Act.BUKA_KEMBALI, period, reason="salah ketik")
    assert year.say("data", "koreksi", "2026-TW4", "A02", "2", "--alasan", "salah ketik").code == 0
    for period in ("2026-TW4", "2026-S2", "2026-TH"):
        year.act(Act.TUTUP, period)


def test_nine_steps_without_bidang_give_the_figures_that_were_computed_by_hand(tmp_path: Path) -> None:
    """Quarters at step 1, a semester's own indicator at step 6, the year's at step 9."""
    year = Year(tmp_path / "k.db", NINE)
    count = Indicator("IK-1", "Peserta", "orang")
    half = Indicator("IK-2", "Kepuasan", "%", Jenis.PERSEN, konsolidasi=Konsolidasi.RATA, cadence=Cadence.SEMESTER)
    whole = Indicator("IK-3", "Opini", "Opini", Jenis.PREDIKAT, konsolidasi=Konsolidasi.AKHIR, cadence=Cadence.TAHUNAN)
    aims: dict[tuple[str, str], TargetValue | None] = {("IK-1", key): Decimal(10) for key in QUARTERS}
    aims |= {("IK-1", "2026-TH"): Decimal(40), ("IK-2", "2026-S1"): Decimal(80), ("IK-2", "2026-S2"): Decimal(80)}
    aims[("IK-3", "2026-TH")] = "WTP"
    year.define(*(indicator_command(each, "2026-TW1") for each in (count, half, whole)), target_command(aims))
    values = {"2026-TW1": 8, "2026-TW2": 12, "2026-TW3": 10, "2026-TW4": 6}
    for half_year, quarters, satisfied in (("2026-S1", QUARTERS[:2], 72), ("2026-S2", QUARTERS[2:], 84)):
        for period in quarters:
            year.act(Act.BUKA, period)
            year.fill(period, None, {"IK-1": Isian(Keadaan.TERISI, Decimal(values[period]))})
            for step in (1, 2, 3, 4, 5):
                year.act(Act.SELESAI, period, step)
            year.act(Act.TUTUP, period)
        year.act(Act.BUKA, half_year)
        with pytest.raises(Refused):
            year.act(Act.SELESAI, half_year, 6)
        year.fill(half_year, None, {"IK-2": Isian(Keadaan.TERISI, Decimal(satisfied))})
        year.act(Act.SELESAI, half_year, 6)
        for step in (7, 8):
            year.act(Act.MULAI, half_year, step)
            year.act(Act.AJUKAN, half_year, step)
            year.act(Act.PUTUSKAN, half_year, step, answer=Answer.YA)
        year.act(Act.TUTUP, half_year)
    year.act(Act.BUKA, "2026-TH")
    year.fill("2026-TH", None, {"IK-3": Isian(Keadaan.TERISI, grade="WDP")})
    year.act(Act.SELESAI, "2026-TH", 9)
    year.act(Act.TUTUP, "2026-TH")
    table = {
        "2026-TW1": ({"IK-1": "80"}, "80,00 (1 dari 1)"),
        "2026-TW2": ({"IK-1": "120"}, "100,00 (1 dari 1)"),
        "2026-TW3": ({"IK-1": "100"}, "100,00 (1 dari 1)"),
        "2026-TW4": ({"IK-1": "60"}, "60,00 (1 dari 1)"),
        "2026-S1": ({"IK-2": "90", "IK-1": "100"}, "95,00 (2 dari 2)"),
        "2026-S2": ({"IK-2": "105", "IK-1": "80"}, "90,00 (2 dari 2)"),
        "2026-TH": ({"IK-3": "75", "IK-1": "90", "IK-2": "97,50"}, "87,50 (3 dari 3)"),
    }
    assert {period: year.figures(period) for period in PERIODS} == table
