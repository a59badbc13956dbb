"""Data kinerja: a form taken in against openpyxl reading it, and Data with 2,000 rows against the board, in pairs.

Processor time in turns, the baseline twice (A/A); what counts is the ratio of the lower quartiles.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import process_time

from openpyxl import load_workbook  # type: ignore[import-untyped]

from bench.figures import Figure
from bench.offices import OFFICE_TIME, make
from db import opening
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.kinerja_store import define, indicator_command, target_command
from db.rows import Address
from db.store import Store
from sakip_tui.data_forms import FormOffice, write_forms
from sakip_tui.filling.forms import data_of, form_read
from sop.form import catalog
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.cli.data_year import put

FORM_ROWS, FORM_LIMIT, FORM_RUNS = 60, 1.5, 31
DATA_ROWS, OPENING_LIMIT, OPENINGS = 2000, 1.2, 15
_SOP, _PERIOD, _NAME = "disnaker-kota-tangerang", "2026-TW1", "Kantor"
_ACTOR = Actor("budi", everybody=True)
_ZONE = 7 * 3600


def figures() -> Iterator[Figure]:
    """The form, then the screen."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as name:
        yield from _forms(Path(name))
        yield from _opening(Path(name))


# ---------------------------------------------------------------------- a form that comes back
def _forms(folder: Path) -> Iterator[Figure]:
    """From the file to the recorded rows; two forms in turn, so that every row changes each time."""
    path = folder / "formulir.db"
    address = measured_office(path, FORM_ROWS)
    with opening.open(path) as database:
        forms = [_filled(database, address, folder / str(number), 70 + number) for number in range(2)]
        store = Store(database, lambda: OFFICE_TIME, "bench")

        def bare(number: int) -> None:
            content = forms[number % 2].read_bytes()
            for values in (False, True):
                book = load_workbook(BytesIO(content), read_only=True, data_only=values)
                for sheet in book.worksheets:
                    for row in sheet.iter_rows():
                        for cell in row:
                            _ = cell.value
                book.close()

        def read(number: int) -> DataCommand:
            document = str(forms[number % 2])
            reading = form_read(database, address, _NAME, document, _ACTOR.code, (OFFICE_TIME, _ZONE, 2026))
            assert not reading.faults, reading.faults
            return reading.command()

        def taken(number: int) -> None:
            command = read(number)
            assert len(command.rows) == FORM_ROWS
            store.apply(address, Command(Act.ISI, _PERIOD, data=command), _ACTOR)

        openpyxl, again, ours, whole = _in_turn((bare, bare, read, taken), FORM_RUNS)
    yield Figure(f"a form of {FORM_ROWS} rows: openpyxl, two passes, CPU", openpyxl * 1000, "ms")
    yield Figure("a form: openpyxl again / openpyxl (A/A)", again / openpyxl, "x")
    yield Figure("a form: read and judged, CPU", ours * 1000, "ms")
    yield Figure("a form: read, judged and recorded, CPU", whole * 1000, "ms")
    yield Figure("a form: taken in / openpyxl", whole / openpyxl, "x", FORM_LIMIT)


def _filled(database: Database, address: Address, folder: Path, value: int) -> Path:
    """The form of the office, filled in every column that people fill."""
    folder.mkdir()
    state = data_of(database, address, 2026, OFFICE_TIME)
    ((_, path),) = write_forms(state, FormOffice(address.office, _NAME), _PERIOD, (None,), folder)
    words = {
        "kendala": "Narasumber terlambat datang",
        "tindak_lanjut": "Menjadwalkan ulang kegiatan",
        "pic": "Kepala Bidang",
        "batas_waktu": dt.date(2026, 12, 31),
        "bukti": "Laporan kegiatan",
    }
    for_kind = {Jenis.RASIO: {"pembilang": value, "penyebut": 100}, Jenis.ANGKA: {"realisasi": value}}
    put(path, {each.code: for_kind[each.jenis] | words for each in _indicators(FORM_ROWS)})
    return path


def _in_turn(works: Sequence[Callable[[int], object]], runs: int) -> list[float]:
    """Lower quartile of the processor seconds of each, the first round left out."""
    spent: list[list[float]] = [[] for _ in works]
    for number in range(runs + 1):
        for work, times in zip(works, spent, strict=True):
            gc.collect()
            began = process_time()
            work(number)
            times.append(process_time() - began)
    return [_quartile(times[1:]) for times in spent]


def _quartile(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 4]


# ---------------------------------------------------------------------- the screen on which rows are filled
def _opening(folder: Path) -> Iterator[Figure]:
    """Each opening in a program of its own: the board of 2,000 cards, and Data of an office with 2,000 rows."""
    cards, rows = make(folder / "papan.db", DATA_ROWS), folder / "data.db"
    measured_office(rows, DATA_ROWS)
    spent: list[tuple[float, float, float]] = []
    for _ in range(OPENINGS + 1):
        board, data, again = _opened(cards)[0], _opened(rows)[1], _opened(cards)[0]
        spent.append((board, data, again))
    board, data, again = (_quartile(times) for times in zip(*spent[1:], strict=True))
    yield Figure(f"opening the board with {DATA_ROWS:,} cards, CPU", board * 1000, "ms")
    yield Figure("opening the board again / opening the board (A/A)", again / board, "x")
    yield Figure(f"opening Data with {DATA_ROWS:,} rows, CPU", data * 1000, "ms")
    yield Figure("opening Data / opening the board", data / board, "x", OPENING_LIMIT)


def _opened(path: Path) -> tuple[float, float]:
    """(board, Data): processor seconds of their openings."""
    command = [sys.executable, "-m", "bench.data_opening", str(path)]
    board, data = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(board), float(data)


# ---------------------------------------------------------------------- their offices
def measured_office(path: Path, rows: int) -> Address:
    """An office that has so many indicators of its own, two in three of them filled in the first quarter."""
    with opening.open(path, create=True) as database:
        database.rows("PRAGMA synchronous = OFF")
        store = Store(database, lambda: OFFICE_TIME, "bench")
        address = set_up(store, Adoption(catalog.load(_SOP), 2026, name=_NAME), _ACTOR).address
        indicators = _indicators(rows)
        aims = {(each.code, _PERIOD): Decimal(80) for each in indicators}
        commands = [*(indicator_command(each, _PERIOD) for each in indicators), target_command(aims)]
        define(store, address.office, commands, _ACTOR)
        store.apply(address, Command(Act.BUKA, _PERIOD), _ACTOR)
        store.apply(address, Command(Act.MULAI, _PERIOD, step=1), _ACTOR)
        filled = {each.code: _isian(each, 60 + number % 40) for number, each in enumerate(indicators) if number % 3}
        store.apply(address, Command(Act.ISI, _PERIOD, data=DataCommand(Act.ISI, rows=filled)), _ACTOR)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return address


def _indicators(rows: int) -> list[Indicator]:
    """Every other one a rasio."""
    return [
        Indicator(
            f"IK-{number:04d}",
            f"Peserta pelatihan kerja yang lulus, angkatan {number}",
            "%" if number % 2 else "orang",
            Jenis.RASIO if number % 2 else Jenis.ANGKA,
            konsolidasi=Konsolidasi.RATA if number % 2 else Konsolidasi.JUMLAH,
            decimals=2 if number % 2 else 0,
            sasaran="Meningkatnya keterampilan tenaga kerja",
            pembilang="peserta lulus" if number % 2 else "",
            penyebut="peserta diuji" if number % 2 else "",
        )
        for number in range(1, rows + 1)
    ]


def _isian(indicator: Indicator, value: int) -> Isian:
    if indicator.jenis is Jenis.RASIO:
        return Isian(Keadaan.TERISI, pembilang=Decimal(value), penyebut=Decimal(100))
    return Isian(Keadaan.TERISI, Decimal(value))
