"""Two offices that live through a year of data kinerja on the same table of figures, which was computed by hand.

`FiveBidang` gathers them in seven steps, each bidang its own rows; `NineSteps` has no bidang, and one form with every
row. What happens in the year is told in `test_data_year.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

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
from sop.kinerja.form import Owner
from sop.kinerja.form_columns import COLUMNS, ISIAN_SHEET
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer
from sop.values import replace
from sop.words.figure_words import capaian_words, mean_words
from tests.cli.conftest import Said, run

BIDANG = {"A": "Industri", "B": "Pelatihan", "C": "Penempatan", "D": "Hubungan Industrial", "E": "Sekretariat"}
QUARTERS = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")
HALVES = ("2026-S1", "2026-S2")
YEAR = "2026-TH"
PERIODS = (*QUARTERS, *HALVES, YEAR)
WHO = Actor("kasubag", everybody=True)
LETTER = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
TABLE = """
A01 angka/naik/jumlah/0/unit       10 10 10 10 TH=40 | 8 12 10 9             | 80 120 125 75 100 95 97,50
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
"""Code, what it is, targets of the Perjanjian Kinerja | realisasi of each quarter, of a longer period in its last one |
capaian TW I to TH, by the targets of `CHANGED` where those hold."""
CHANGED: Mapping[tuple[str, str], TargetValue | None] = {
    ("A01", "2026-TW3"): Decimal(8),
    ("A01", "2026-TW4"): Decimal(12),
    ("B01", "2026-TW4"): Decimal(120),
    ("B01", "2026-TH"): Decimal(420),
}
"""What the PK Perubahan of October says, which holds from TW III on."""
MEANS: tuple[str, ...] = ("89,91 (19 dari 22)", "84,65 (19 dari 22)", "93,42 (19 dari 22)", "83,54 (20 dari 22)")
MEANS += ("83,20 (19 dari 23)", "91,56 (21 dari 23)", "87,16 (20 dari 24)")


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


def filled(quarter: int, is_wanted: Callable[[Line], bool]) -> dict[str, Isian]:
    """What the table says of a quarter, of the lines that are wanted."""
    return {line.code: said for line in LINES if is_wanted(line) and (said := line.isian(quarter)) is not None}


class Year:
    """An office whose acts come a minute after one another."""

    SOP: ClassVar[str]
    ISIAN: ClassVar[int]
    PERIKSA: ClassVar[int]

    def __init__(self, path: Path, *setup: str) -> None:
        self.path = path
        self.on("2026-03-31")
        said = self.say("siapkan", "--sop", self.SOP, "--tahun", "2026", *setup)
        assert said.code == 0, said.err
        aims: dict[tuple[str, str], TargetValue | None] = {}
        for line in LINES:
            aims.update(line.aims())
        self.define(
            *(indicator_command(self.owned(line.indicator), QUARTERS[0]) for line in LINES),
            target_command(aims, document="Perjanjian Kinerja 2026"),
        )

    def on(self, day: str) -> None:
        """It is the morning of that day."""
        self.moment = int(datetime.fromisoformat(f"{day}T08:00+07:00").timestamp())

    def clock(self) -> int:
        self.moment += 61
        return self.moment

    def say(self, *words: str) -> Said:
        return run("--db", str(self.path), "--sebagai", WHO.code, *words, now=self.clock())

    def act(self, act: Act, period: str, step: int | None = None, **details: Any) -> None:
        with opening.open(self.path) as database:
            Store(database, self.clock).apply(
                Address(self.SOP, self.SOP), Command(act, period, step=step, **details), WHO
            )

    def fill(self, period: str, owner: Owner, rows: Mapping[str, Isian]) -> None:
        self.act(Act.ISI, period, data=DataCommand(Act.ISI, owner=owner, rows=rows))

    def define(self, *commands: Any) -> None:
        with opening.open(self.path) as database:
            define(Store(database, self.clock), self.SOP, commands, WHO)

    def forms(self, period: str, folder: Path, *words: str) -> dict[Owner, Path]:
        """Owner -> the form that was written."""
        said = self.say("data", "formulir", period, *words, "-o", str(folder), "--json")
        assert said.code == 0, said.err
        return {form["bidang"]: Path(form["path"]) for form in said.json["forms"]}

    def taken(self, *forms: Path) -> list[Any]:
        """What was said of each form that is handed in, by files."""
        found: list[Any] = self.say("data", "impor", *map(str, forms), "--json").json["files"]
        return found

    def figures(self, period: str) -> tuple[dict[str, str], str]:
        """Code -> capaian as printed, and the mean."""
        with opening.open(self.path) as database:
            found = report(data_of(database, Address(self.SOP, self.SOP), 2026, self.moment), period)
        rows = {row.row.indicator.code: capaian_words(row.figure.achievement) for row in found.rows}
        return {code: words.partition(" (")[0].removesuffix(",00") for code, words in rows.items()}, mean_words(
            found.whole
        )

    # ------------------------------------------------------------------ where the two offices differ
    def owned(self, indicator: Indicator) -> Indicator:
        """An indicator of the table as this office has it."""
        return indicator

    def owners(self) -> Mapping[Owner, str]:
        """Whose forms hang on the isian step -> the letters of their codes."""
        raise NotImplementedError

    def first(self) -> Owner:
        """Who has A01 to A05."""
        return next(iter(self.owners()))

    def rows(self, owner: Owner, quarter: int) -> dict[str, Isian]:
        """What an owner's form says in a quarter, by the table."""
        return filled(quarter, lambda line: line.code[0] in self.owners()[owner])

    def begin(self, period: str) -> None:
        """Up to where the forms are out."""
        raise NotImplementedError

    def hand_in(self, period: str, owner: Owner) -> None:
        """The isian step of an owner is done."""
        self.act(Act.SELESAI, period, self.ISIAN, bidang=owner)

    def fill_all(self, period: str, quarter: int) -> None:
        """Every owner fills and hands in."""
        for owner in self.owners():
            self.fill(period, owner, self.rows(owner, quarter))
            self.hand_in(period, owner)

    def check(self, period: str, quarter: int) -> None:
        """From where all have handed in to before the checking is finished."""
        raise NotImplementedError

    def close(self, period: str) -> None:
        """From the checking to the closing."""
        raise NotImplementedError

    def finish(self, period: str, quarter: int) -> None:
        """From where all have handed in to the closing."""
        self.check(period, quarter)
        self.close(period)

    def roll_up(self, period: str) -> None:
        """A semester or the year, opened and closed."""
        raise NotImplementedError

    def roll_up_again(self, period: str) -> None:
        """One that was opened again because a quarter was, closed."""
        raise NotImplementedError


class FiveBidang(Year):
    """Seven steps; the bidang fill in the fourth, the office's own row hangs on the fifth, the sixth checks."""

    SOP, ISIAN, PERIKSA = "disperinaker-lima-puluh-kota", 4, 6

    def __init__(self, path: Path) -> None:
        super().__init__(path, *(word for name in BIDANG.values() for word in ("--bidang", name)))

    def owners(self) -> Mapping[Owner, str]:
        return {name: letter for letter, name in BIDANG.items()}

    def begin(self, period: str) -> None:
        self.act(Act.BUKA, period)
        for step in (1, 2):
            self.act(Act.SELESAI, period, step)
        for bidang in BIDANG.values():
            self.act(Act.SELESAI, period, 3, bidang=bidang)

    def check(self, period: str, quarter: int) -> None:
        self.fill(period, None, filled(quarter, lambda line: line.code == "K01"))
        self.act(Act.SELESAI, period, 5)

    def close(self, period: str) -> None:
        for step in (6, 7):
            self.act(Act.SELESAI, period, step)
        self.act(Act.TUTUP, period)

    def roll_up(self, period: str) -> None:
        self.act(Act.TUTUP, period)

    def roll_up_again(self, period: str) -> None:
        self.roll_up(period)


class NineSteps(Year):
    """Nine steps without bidang: all rows in the first, checked in the third; the semester's own in the sixth, the
    year's in the ninth."""

    SOP, ISIAN, PERIKSA = "disnaker-kota-tangerang", 1, 3

    def owned(self, indicator: Indicator) -> Indicator:
        return replace(indicator, owner=None)

    def owners(self) -> Mapping[Owner, str]:
        return {None: "ABCDEK"}

    def rows(self, owner: Owner, quarter: int) -> dict[str, Isian]:
        quarterly = {line.code for line in LINES if line.indicator.cadence is Cadence.TRIWULAN}
        return {code: isian for code, isian in super().rows(owner, quarter).items() if code in quarterly}

    def begin(self, period: str) -> None:
        self.act(Act.BUKA, period)
        self.act(Act.MULAI, period, 1)

    def check(self, period: str, quarter: int) -> None:
        self.act(Act.SELESAI, period, 2)

    def close(self, period: str) -> None:
        for step in (3, 4, 5):
            self.act(Act.SELESAI, period, step)
        self.act(Act.TUTUP, period)

    def roll_up(self, period: str) -> None:
        self.act(Act.BUKA, period)
        quarter = 1 if period == HALVES[0] else 3
        rows = filled(quarter, lambda line: line.indicator.cadence is _cadence(period))
        with pytest.raises(Refused) as refusal:
            self.act(Act.SELESAI, period, _first_step(period))
        assert refusal.value.rule is Rule.ROWS_MISSING
        self.fill(period, None, rows)
        self._through(period)

    def roll_up_again(self, period: str) -> None:
        """Its steps took in figures that are others now: they are done once more, with the rows as they were.

        The year has one step, so that nothing can be handed back there: that it was finished is undone.
        """
        with pytest.raises(Refused) as refusal:
            self.act(Act.TUTUP, period)
        assert refusal.value.rule is Rule.CLOSE_BLOCKED
        assert refusal.value.facts["stale"]
        if period == YEAR:
            self.act(Act.URUNG, period, 9)
        else:
            self.act(Act.KEMBALIKAN, period, 8, target=6, note="TW IV dikoreksi")
        self._through(period)

    def _through(self, period: str) -> None:
        self.act(Act.SELESAI, period, _first_step(period))
        for decision in () if period == YEAR else (7, 8):
            self.act(Act.MULAI, period, decision)
            self.act(Act.AJUKAN, period, decision)
            self.act(Act.PUTUSKAN, period, decision, answer=Answer.YA)
        self.act(Act.TUTUP, period)


def _first_step(period: str) -> int:
    return 9 if period == YEAR else 6


def _cadence(period: str) -> Cadence:
    return Cadence.TAHUNAN if period == YEAR else Cadence.SEMESTER


def expected(period: str) -> dict[str, str]:
    return {line.code: line.capaian[period] for line in LINES if line.capaian[period] != "."}


def put(path: Path, cells: Mapping[str, Mapping[str, Any]], *more: Mapping[str, Any]) -> None:
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
