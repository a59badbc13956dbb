"""An SOP as the tables of a workbook, and the empty tables for an office; `table_reading.py` is the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sop.form.table_details import Detail, details
from sop.form.table_reading import Grid, TableReading, numbered
from sop.form.table_words import (
    CODE,
    DECIDES,
    DOES,
    IDENTITY_SHEET,
    LINES,
    OFFICE,
    STEPS_SHEET,
    UNNAMED,
    YES,
    ZONE,
    ZONE_WORDS,
    StepColumn,
)
from sop.form.toml_format import AKHIR, to_dict
from sop.kinerja.form_cell import CellKind, FormCell
from sop.model.definition import IDENTITY_KEYS, Sop, Step, Written

_EMPTY_LANES = 5
"""Columns for pelaksana in the empty tables; more are inserted as in any table."""
_EMPTY_ITEMS = 3
"""Lines for each list in them."""

Row = tuple[str, ...]


class SopTables(NamedTuple):
    """The sheets of a workbook, each from its first row on."""

    identity: tuple[Row, ...]
    heads: Row
    steps: tuple[Row, ...]
    lanes: range
    """Positions of the pelaksana among the heads, from 0."""
    details: tuple[Detail, ...]


def tables_of(sop: Sop) -> SopTables:
    """The tables of an SOP; what they have no column for stands in the details."""
    identity = tuple(_identity(sop))
    columns = _columns(sop)
    lanes = range(2, 2 + len(sop.lanes))
    steps = tuple(tuple(_cell(step, column, sop) for column in columns) for step in sop.steps)
    heads = tuple(_head(column, sop) for column in columns)
    read = TableReading({IDENTITY_SHEET: _grid(identity), STEPS_SHEET: _grid((heads, *steps))})
    return SopTables(identity, heads, steps, lanes, tuple(details(to_dict(sop), read.document)))


def empty_tables() -> SopTables:
    """The template."""
    identity = tuple(
        (words if number == 0 else "", "")
        for key, words in LINES.items()
        for number in range(1 if key in IDENTITY_KEYS or key in (CODE, OFFICE, ZONE) else _EMPTY_ITEMS)
    )
    heads = (StepColumn.NUMBER.value, StepColumn.TITLE.value, *[UNNAMED] * _EMPTY_LANES, *list(StepColumn)[2:])
    return SopTables(identity, tuple(map(str, heads)), (), range(2, 2 + _EMPTY_LANES), ())


def _identity(sop: Sop) -> list[Row]:
    zones = {zone: words for words, zone in ZONE_WORDS.items()}
    own = {CODE: sop.code, OFFICE: sop.office, ZONE: zones.get(sop.zone, sop.zone)}
    rows: list[Row] = []
    for key, words in LINES.items():
        if key in own:
            rows.append((words, own[key]))
        elif key in IDENTITY_KEYS:
            rows.append((words, _said(sop.identity.get(key))))
        else:
            items = [item.text for item in sop.lists.get(key) or ()] or [""]
            rows += [(words if number == 0 else "", item) for number, item in enumerate(items)]
    return rows


def _columns(sop: Sop) -> Sequence[StepColumn | int]:
    """The columns that the document has; a pelaksana by position."""
    standards = [step.mutu_baku for step in sop.steps]
    left_out = {
        StepColumn.KELUARAN: all(standard.keluaran is None for standard in standards),
        StepColumn.KETERANGAN: all(standard.keterangan is None for standard in standards),
    }
    own = [column for column in StepColumn if not left_out.get(column)]
    return [*own[:2], *range(len(sop.lanes)), *own[2:]]


def _head(column: StepColumn | int, sop: Sop) -> str:
    if isinstance(column, int):
        return sop.lanes[column].name
    if column is StepColumn.WAKTU:
        heads = {step.mutu_baku.waktu.header for step in sop.steps if step.mutu_baku.waktu is not None}
        (head,) = heads if len(heads) == 1 else (None,)
        return head or str(column)
    return str(column)


def _cell(step: Step, column: StepColumn | int, sop: Sop) -> str:
    standard, decision = step.mutu_baku, step.decision
    if not isinstance(column, StepColumn):
        name = sop.lanes[column].name
        return (DOES if name in step.pelaksana else "") + (DECIDES if name == step.decider else "")
    match column:
        case StepColumn.NUMBER:
            printed = step.number_original or ""
            return printed if numbered(printed) == (step.number, printed) else str(step.number)
        case StepColumn.TITLE:
            return step.title.text
        case StepColumn.KELENGKAPAN:
            return _said(standard.kelengkapan_text)
        case StepColumn.WAKTU:
            return "" if standard.waktu is None else standard.waktu.text
        case StepColumn.KELUARAN:
            return _said(standard.keluaran)
        case StepColumn.KETERANGAN:
            return _said(standard.keterangan)
        case StepColumn.YA:
            return "" if decision is None else str(decision.ya or AKHIR)
        case StepColumn.TIDAK:
            return "" if decision is None else str(decision.tidak)
        case StepColumn.CADENCE:
            return "" if step.cadence is None else step.cadence.value
        case StepColumn.PER_BIDANG:
            return YES if step.per_bidang else ""
        case StepColumn.JOINT:
            return YES if step.joint else ""


def _said(written: Written | None) -> str:
    return "" if written is None else written.text


def _grid(rows: Sequence[Row]) -> Grid:
    """The rows as they will be found in the workbook."""
    return {
        (row, column): FormCell(CellKind.TEKS, text)
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
        if text
    }


GUIDE = (
    "SOP kantor sebagai tabel",
    "Isi lembar Identitas dan Langkah menurut dokumen SOP yang sudah disahkan, lalu simpan sebagai .xlsx.",
    "Periksa:   sakip sop periksa NAMA_DOKUMEN.xlsx      Simpan ke basis data:   sakip sop impor NAMA_DOKUMEN.xlsx",
    "",
    "Lembar Identitas",
    "Kode SOP: huruf kecil, angka dan tanda hubung, misalnya dinas-sosial-contoh. Zona waktu: WIB, WITA, atau WIT.",
    "Daftar (dasar hukum, kualifikasi, dan seterusnya): satu butir satu baris; sisipkan baris bila kurang.",
    "",
    "Lembar Langkah",
    "Satu baris satu langkah. Kolom di antara Kegiatan dan Kelengkapan adalah pelaksana, satu kolom satu jabatan.",
    "Ganti kepala kolom pelaksana dengan nama jabatannya; sisipkan kolom bila kurang.",
    f"{DOES} di kolom yang mengerjakan, {DECIDES} di kolom yang memutuskan (belah ketupat), {DOES}{DECIDES} bila sama.",
    "Tandanya dapat dipilih dari daftar di selnya.",
    "Ya ke: nomor langkah berikutnya, atau akhir. Tidak ke: nomor langkah tempat berkas dikembalikan.",
    "Ya ke dan Tidak ke hanya diisi di baris berbelah ketupat.",
    "Waktu: 15 menit, 1,5 jam, 2 hari, 2 hari kalender.",
    "Kelengkapan: butir dipisahkan koma, atau satu butir satu baris di dalam selnya (Alt+Enter).",
    "Periode: triwulan, semester, atau tahunan di semua baris; kosong semua bila SOP-nya tidak menyebutnya.",
    "Per bidang: ya, bila tiap bidang mengerjakannya sendiri. Bersama: ya, bila beberapa pelaksana boleh.",
    "",
    "Lembar Rincian",
    "Terisi bila SOP diekspor dari program: hal yang tidak punya kolom, seperti tulisan asli dan dasar tiap nilai.",
    "Boleh dikosongkan.",
)
"""What stands on the sheet that explains the others."""
