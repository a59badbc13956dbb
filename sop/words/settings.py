"""What each setting of an office is called, what it is for, and how its value reads: the same on screen and in text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from sop.model.settings import Settings
from sop.time.deadline import ClockStart
from sop.words.labels import LABELS, label
from sop.words.time import date_plain


class SettingWords(NamedTuple):
    """One setting."""

    label: str
    purpose: str
    """One line for people who wonder what it does."""


CLOCK_STARTS, TARGETS = "clock_starts", "targets"
UNIT_RULE = "menurut satuannya"
NO_TARGET = "tanpa target"

_AS_CLOSED = "Periode yang sudah ditutup tetap."
SETTING_WORDS: Mapping[str, SettingWords] = {
    "at_risk_percent": SettingWords("Batas segera", "Langkah ditandai segera sesudah bagian mutu baku ini terpakai."),
    "start_days": SettingWords(
        "Batas belum dimulai", "Langkah yang siap selama ini tanpa dimulai perlu perhatian; ia belum terlambat."
    ),
    "late_entry_days": SettingWords("Batas catatan susulan", "Catatan yang lebih lama daripada ini perlu alasan."),
    "count_first_day": SettingWords(
        "Hari mulai dihitung", "Hari mulai ikut dihitung untuk mutu baku dalam hari kerja; tenggatnya maju sehari."
    ),
    CLOCK_STARTS: SettingWords(
        "Jam mutu baku", "Sejak kapan waktu langkah dihitung. Menurut satuannya: hari sejak siap, lainnya sejak mulai."
    ),
    TARGETS: SettingWords("Target periode", "Tanggal yang diinginkan kantor untuk menutup periode."),
    "evidence": SettingWords("Bukti sebelum selesai", "Apa yang wajib ada sebelum langkah dapat diselesaikan."),
    "decider_apart": SettingWords(
        "Pemutus orang lain", "Yang mengerjakan langkah tidak boleh memutusnya, kecuali SOP memberi satu lajur."
    ),
    "idle_minutes": SettingWords("Kunci layar", "Lama tanpa tombol sebelum layar terkunci, bila masuk memakai PIN."),
    "glyphs": SettingWords("Tanda di layar", "Tanda lengkap atau hanya huruf biasa, untuk layar yang terbatas."),
    "paper": SettingWords("Kertas rekap", "Ukuran kertas untuk rekap yang dicetak."),
    "signatories": SettingWords(
        "Penanda tangan", f"Jabatan yang menandatangani rekap; yang terakhir Mengetahui. {_AS_CLOSED}"
    ),
    "signing_place": SettingWords(
        "Tempat tanda tangan", f"Tempat di depan tanggal tanda tangan; boleh kosong. {_AS_CLOSED}"
    ),
    "letterhead": SettingWords(
        "Kop",
        f"Baris di kepala lembar Pengesahan: pemerintah daerah, nama OPD, alamat; kosong = nama OPD saja. {_AS_CLOSED}",
    ),
    "electronic": SettingWords(
        "Tanda tangan elektronik",
        f"Lembar Pengesahan memuat kalimat bahwa ia ditandatangani secara elektronik. {_AS_CLOSED}",
    ),
    "daily_backups": SettingWords("Cadangan harian", "Berapa cadangan harian yang disimpan."),
    "weekly_backups": SettingWords("Cadangan mingguan", "Berapa cadangan mingguan yang disimpan."),
    "monthly_backups": SettingWords("Cadangan bulanan", "Berapa cadangan bulanan yang disimpan."),
    "turun": SettingWords("Capaian makin rendah", "Rumus capaian untuk indikator yang makin rendah makin baik."),
    "row_cap": SettingWords(
        "Batas capaian baris", "Capaian satu baris paling tinggi; hitungan aslinya tetap terlihat."
    ),
    "mean_cap": SettingWords(
        "Batas dalam rata-rata", "Capaian yang lebih tinggi dihitung sebesar ini dalam rata-rata."
    ),
    "predicate_words": SettingWords("Kata predikat", "Sebutan kelima tingkat capaian."),
    "predicate_limits": SettingWords("Batas predikat", "Di atas angka ini capaian mendapat predikat yang lebih baik."),
    "rows_required": SettingWords("Semua baris diisi", "Langkah isian selesai hanya bila setiap barisnya sudah diisi."),
    "scales": SettingWords("Skala predikat", "Kata dan nilainya, untuk indikator predikat: Opini: WTP=4, WDP=3."),
}

SETTING_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Waktu", ("at_risk_percent", "start_days", "late_entry_days", "count_first_day")),
    ("Jam mutu baku tiap langkah", (CLOCK_STARTS,)),
    ("Target periode", (TARGETS,)),
    ("Pelaksanaan", ("evidence", "decider_apart", "idle_minutes")),
    ("Layar dan rekap", ("glyphs", "paper", "letterhead", "signatories", "signing_place", "electronic")),
    (
        "Data kinerja",
        ("turun", "row_cap", "mean_cap", "predicate_words", "predicate_limits", "rows_required", "scales"),
    ),
    ("Cadangan", ("daily_backups", "weekly_backups", "monthly_backups")),
)
"""Heading and settings, in the order in which they are shown."""


def value_words(name: str, value: Any) -> str:
    """A value of `Settings` in words; a mapping has one text for all its entries."""
    match name:
        case "at_risk_percent":
            return f"sesudah {value} persen mutu baku"
        case "start_days" | "late_entry_days":
            return f"sesudah {value} hari kerja"
        case "idle_minutes":
            return f"sesudah {value} menit"
        case "count_first_day" | "decider_apart" | "electronic" | "rows_required":
            return "ya" if value else "tidak"
        case "signatories":
            return ", ".join(value) or "pejabat yang mengesahkan SOP"
        case "predicate_limits":
            return ", ".join(str(limit).replace(".", ",") for limit in value)
        case "scales":
            return "; ".join(value) or "Opini dan Predikat bawaan"
        case "letterhead":
            return " / ".join(value) or "nama OPD"
        case "signing_place":
            return value or "diisi tangan"
        case "daily_backups" | "weekly_backups" | "monthly_backups":
            return f"{value} cadangan"
        case "clock_starts":
            return ", ".join(f"{step_words(key)} {start_words(begins)}" for key, begins in value.items()) or UNIT_RULE
        case "targets":
            return ", ".join(f"{period} {target_words(day)}" for period, day in value.items()) or NO_TARGET
    return label(value)


def step_words(key: str) -> str:
    """`sop-code/3` -> `langkah 3 (sop-code)`, `3` -> `langkah 3 (semua SOP)`."""
    sop, _, number = key.rpartition("/")
    return f"langkah {number} ({sop or 'semua SOP'})"


def start_words(begins: Any) -> str:
    """`sejak siap`; for None the rule of the unit."""
    return UNIT_RULE if begins is None else label(begins)


def target_words(day: str | None) -> str:
    """`10 April 2026` of an ISO date."""
    return NO_TARGET if day is None else date_plain(dt.date.fromisoformat(day))


def change_words(name: str, before: Any, after: Any) -> str:
    """`Batas segera: sesudah 80 persen ... menjadi sesudah 50 persen ...`, from JSON values as an event holds them."""
    if name in (CLOCK_STARTS, TARGETS):
        words = start_of if name == CLOCK_STARTS else target_words
        told = (
            f"{f'Jam mutu baku {step_words(key)}' if name == CLOCK_STARTS else f'Target {key}'}: "
            f"{words(before.get(key))} menjadi {words(after.get(key))}"
            for key in {**before, **after}
            if before.get(key) != after.get(key)
        )
        return "; ".join(told)
    was, now = (value_words(name, getattr(Settings.from_dict({name: value}), name)) for value in (before, after))
    return f"{SETTING_WORDS[name].label if name in SETTING_WORDS else name}: {was} menjadi {now}"


def start_of(value: str | None) -> str:
    """`start_words` of a stored value."""
    return UNIT_RULE if value is None else LABELS[ClockStart][value]
