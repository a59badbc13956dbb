"""A small believable report and a corpus of hostile texts, shared by the tests of the exports floor."""

from __future__ import annotations

from datetime import date

from exports.sheet import Cast, Column, Kind, Mark, Report, Sheet

NINE = 1_775_008_800
"""2026-04-01 09:00:00 WIB."""

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+6281234567890",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\uff1d1+1",
    "http://contoh.go.id/berkas",
    "mailto:a@contoh.go.id",
    "internal:Sheet1!A1",
    "external:c:\\rahasia.xlsx",
    "{=SUM(A1)}",
    "08123",
    "1e5",
    "3/4",
    "True",
    "False",
    "nan",
    "<script>alert(1)</script>",
    "</td></tr></table><b>",
    "<r><t>x</t></r>",
    "<r></si></sst><f>1+1</f></r>",
    "a|b||c",
    "[tautan](javascript:alert(1))",
    "![gambar](http://contoh)",
    "`kode` *tebal* _miring_ ~coret~ # judul",
    "baris satu\nbaris dua\r\nbaris tiga",
    "_x0041_ dan _x000D_",
    "\x1b]0;judul\x07\x1b[2J\x1b[31mmerah",
    "\x00\x01\x08\x0b\x7f\x9b31m",
    "\u202emoc.live\u202c \u2066x\u2069 \u200f",
    "nol\u200blebar \ufeff",
    "setengah \ud83d pasangan \udc80",
    "\ufffe\uffff",
    "👨\u200d👩\u200d👧 🇮🇩 ꦲꦏ꧀ꦱꦫ é é",
    "'petik'; \"dua\"; titik;koma",
    "&lt; & &amp; ]]>",
    "#" * 300,
    "",
    " ",
    "-",
)

LONG = "".join(f"kalimat ke-{number} 😀. " for number in range(2500))
"""More than 40,000 characters, some of which count twice in Excel."""

STEPS = Sheet(
    title="Langkah",
    columns=(
        Column("number", "No", Kind.INTEGER, width=5),
        Column("title", "Uraian", width=30),
        Column("lane", "Pelaksana", width=18),
        Column("started_at", "Mulai", Kind.INSTANT),
        Column("work_seconds", "Kerja", Kind.DURATION),
        Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE),
        Column("share", "Terpakai", Kind.PERCENT, decimals=1),
        Column("on_time", "Tepat waktu", Kind.YES_NO),
        Column("evidence_date", "Tanggal bukti", Kind.DATE),
    ),
    rows=(
        (1, "Mengumpulkan data", "Staf", NINE, 720, -180, 0.8, True, date(2026, 4, 1)),
        (2, "Merekap laporan", "Sub Koordinator", NINE + 3600, 2460, 660, 1.3666, False, date(2026, 4, 2)),
        (3, "Mengolah data", None, None, None, None, None, None, None),
        (4, "Menyusun laporan", "Kasubag", NINE + 90_000, 360_000, 0, 1.0, True, date(2026, 4, 3)),
    ),
    lines=("Waktu kerja dihitung dalam jam kerja kantor.",),
    notes=("Langkah 3 belum dimulai.",),
    marks={
        (0, "lane"): frozenset({Mark.ASSUMED}),
        (1, "work_seconds"): frozenset({Mark.LATE}),
        (1, "started_at"): frozenset({Mark.LATE_ENTRY}),
        (1, "title"): frozenset({Mark.LATE}),
        (1, "on_time"): frozenset({Mark.LATE, Mark.LATE_ENTRY}),
        (2, "started_at"): frozenset({Mark.SKIPPED}),
    },
    frozen_columns=2,
)

FIGURES = Sheet(
    title="Ringkasan",
    columns=(Column("figure", "Ukuran", width=36), Column("value", "Nilai", Kind.MIXED)),
    rows=(
        ("Langkah selesai", Cast(Kind.INTEGER, 3)),
        ("Tepat waktu", Cast(Kind.PERCENT, 2 / 3, 1)),
        ("Waktu kerja yang berlaku", Cast(Kind.DURATION, 363_180)),
        ("Rata-rata putaran", Cast(Kind.NUMBER, 1.25, 2)),
        ("Dibuka", Cast(Kind.INSTANT, NINE)),
        ("Waktu kerja yang diulang", None),
    ),
)


def report(*sheets: Sheet, provisional: bool = False) -> Report:
    """A report of a quarter with these sheets, by default the two above."""
    return Report(
        title="Rekap SAKIP TW I 2026",
        office="Disnaker Kota Tangerang",
        sop="Pengumpulan Data Kinerja",
        period="TW I 2026",
        state="Buka" if provisional else "Tutup, revisi 1",
        zone_offset_hours=7,
        provisional=provisional,
        printed_at=NINE + 1234,
        log_hash="3f9a" * 16,
        file_name="rekap.xlsx",
        sheets=sheets or (FIGURES, STEPS),
    )
