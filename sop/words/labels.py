"""The Indonesian words for enum values, the same on paper and on screen.

Dates, times and durations are in `time.py`, periods in `periods.py`, events in `events.py`; other sentences are made on
the top floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sop.look.flow_chart import Shape
from sop.model.act import Act
from sop.model.definition import Basis, Cadence, DataRole, DayKind, Field, Unit
from sop.model.pelaksana import MembershipKind, Role
from sop.model.settings import CapaianCap, EvidenceRule, GlyphChoice, PaperSize, PredicateWords, TurunFormula
from sop.model.state import Answer, CasePhase, Opening, PeriodPhase, RunPhase
from sop.model.texts import clean
from sop.time.deadline import ClockStart, DueState
from sop.time.work_calendar import DayRule, SpecialKind

WAITING = "Menunggu"
"""Column of a step that nothing has opened yet."""

# Members of two StrEnums with one value are equal and share a hash, so each type has a table of its own.
LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    RunPhase: {
        RunPhase.SIAP: "Siap",
        RunPhase.DIKERJAKAN: "Dikerjakan",
        RunPhase.DITUNDA: "Ditunda",
        RunPhase.KEPUTUSAN: "Keputusan",
        RunPhase.SELESAI: "Selesai",
        RunPhase.DILEWATI: "Dilewati",
        RunPhase.DIBATALKAN: "Dibatalkan",
    },
    CasePhase: {
        CasePhase.BERJALAN: "berjalan",
        CasePhase.DITAHAN: "ditahan",
        CasePhase.SELESAI: "selesai",
        CasePhase.DIHENTIKAN: "dihentikan",
    },
    PeriodPhase: {
        PeriodPhase.BELUM: "belum dibuka",
        PeriodPhase.BUKA: "buka",
        PeriodPhase.TUTUP: "tutup",
    },
    Answer: {Answer.YA: "Ya", Answer.TIDAK: "Tidak"},
    Opening: {
        Opening.ADVANCE: "langkah sebelumnya selesai",
        Opening.JOIN: "semua bidang menyerahkan",
        Opening.LOOP_BACK: "dikembalikan",
        Opening.ENTRY: "berkas dimulai",
        Opening.ADDED: "bidang ditambahkan",
    },
    DueState: {
        DueState.ON_TIME: "tepat waktu",
        DueState.SOON: "mendekati tenggat",
        DueState.LATE: "terlambat",
    },
    ClockStart: {ClockStart.READY: "sejak siap", ClockStart.STARTED: "sejak mulai"},
    Basis: {
        Basis.TERTULIS: "tertulis",
        Basis.TERSIRAT: "tersirat",
        Basis.ASUMSI: "asumsi",
        Basis.DITETAPKAN: "ditetapkan",
    },
    Cadence: {
        Cadence.TRIWULAN: "triwulan",
        Cadence.SEMESTER: "semester",
        Cadence.TAHUNAN: "tahunan",
    },
    Unit: {Unit.MENIT: "menit", Unit.JAM: "jam", Unit.HARI: "hari"},
    DayKind: {DayKind.KERJA: "hari kerja", DayKind.KALENDER: "hari kalender"},
    Field: {
        Field.PELAKSANA: "pelaksana",
        Field.DECIDER: "pemutus",
        Field.YA: "tujuan Ya",
        Field.TIDAK: "tujuan Tidak",
        Field.CADENCE: "periode",
        Field.PER_BIDANG: "per bidang",
        Field.JOINT: "bersama",
        Field.DAY_KIND: "jenis hari",
        Field.DATA: "data kinerja",
    },
    TurunFormula: {
        TurunFormula.SELISIH: "(2 x target - realisasi) / target x 100",
        TurunFormula.KEBALIKAN: "target / realisasi x 100; realisasi 0 dihitung 200",
    },
    PredicateWords: {
        PredicateWords.TINGGI: "Sangat Tinggi sampai Sangat Rendah",
        PredicateWords.BAIK: "Sangat Baik sampai Sangat Kurang",
    },
    CapaianCap: {
        CapaianCap.NONE: "tanpa batas",
        CapaianCap.AT_100: "paling tinggi 100",
        CapaianCap.AT_120: "paling tinggi 120",
        CapaianCap.AT_150: "paling tinggi 150",
        CapaianCap.AT_200: "paling tinggi 200",
    },
    DataRole: {DataRole.FORMULIR: "formulir", DataRole.ISIAN: "isian", DataRole.PERIKSA: "periksa"},
    Role: {
        Role.PENGAMAT: "pengamat",
        Role.PELAKSANA: "pelaksana",
        Role.PENGELOLA: "pengelola",
        Role.ADMIN: "admin",
    },
    MembershipKind: {
        MembershipKind.TETAP: "tetap",
        MembershipKind.PLT: "Plt.",
        MembershipKind.PLH: "Plh.",
    },
    EvidenceRule: {
        EvidenceRule.NONE: "tidak diwajibkan",
        EvidenceRule.DOCUMENT: "dokumen wajib",
        EvidenceRule.CHECKLIST: "kelengkapan wajib dicentang",
    },
    GlyphChoice: {
        GlyphChoice.AUTOMATIC: "otomatis",
        GlyphChoice.UNICODE: "lengkap",
        GlyphChoice.ASCII: "sederhana (ASCII)",
    },
    Shape: {
        Shape.START: "kapsul Mulai",
        Shape.END: "kapsul Selesai",
        Shape.BOX: "kotak",
        Shape.DIAMOND: "belah ketupat",
        Shape.PAGE: "segi lima penghubung halaman",
    },
    PaperSize: {PaperSize.A4: "A4 (210 x 297 mm)", PaperSize.F4: "F4/Folio (215 x 330 mm)"},
    SpecialKind: {
        SpecialKind.LIBUR: "libur",
        SpecialKind.CUTI_BERSAMA: "cuti bersama",
        SpecialKind.KHUSUS: "jam khusus",
    },
    DayRule: {
        DayRule.WEEKLY: "jam mingguan",
        DayRule.RANGE: "rentang tanggal",
        DayRule.SPECIAL: "hari tersendiri",
    },
    Act: {
        **{act: act.replace("-", " ") for act in Act},
        Act.PAKAI_LAMA: "pakai hasil lama",
        Act.URUNG: "urungkan",
        Act.BEBASKAN: "tidak menunggu",
        Act.GABUNG: "lanjut tanpa yang belum",
        Act.BUKA: "buka periode",
        Act.TAHAN: "tahan berkas",
        Act.LANJUTKAN: "lanjutkan berkas",
        Act.HENTIKAN: "hentikan berkas",
        Act.MULAI_ULANG: "mulai ulang berkas",
        Act.TUTUP: "tutup periode",
        Act.SIAPKAN: "siapkan tahun",
        Act.SOP_IMPOR: "impor SOP",
        Act.SOP_TETAPKAN: "tetapkan SOP",
        Act.KALENDER: "ubah kalender",
        Act.PENGATURAN: "ubah pengaturan",
        Act.PEJABAT: "ubah penanda tangan",
        Act.PENGGUNA: "ubah pengguna",
        Act.HAK: "ubah lajur pengguna",
        Act.PIN: "ubah PIN",
        Act.BIDANG: "ubah daftar bidang",
        Act.FORMULIR: "kirim formulir",
        Act.ISI: "isi data",
        Act.TANDAI: "tandai baris",
        Act.TERIMA: "terima baris",
        Act.KOREKSI_NILAI: "koreksi nilai",
        Act.INDIKATOR: "tetapkan indikator",
        Act.TARGET: "tetapkan target",
        Act.ATURAN: "nilai ulang menurut aturan baru",
        Act.PANGKAL: "catat keadaan kantor apa adanya",
        Act.PULIHKAN: "pulihkan dari cadangan",
    },
}
"""Enum type -> value -> words."""

DONE_WORDS: Mapping[Act, str] = {
    Act.MULAI: "dimulai",
    Act.LEPAS: "dilepas",
    Act.TUGASKAN: "ditugaskan",
    Act.TUNDA: "ditunda",
    Act.LANJUT: "dilanjutkan",
    Act.AJUKAN: "diajukan",
    Act.TARIK: "ditarik kembali",
    Act.LEWATI: "dilewati",
    Act.PAKAI_LAMA: "hasil lama dipakai",
    Act.KOREKSI: "dikoreksi",
    Act.URUNG: "diurungkan",
    Act.CENTANG: "kelengkapan dicatat",
    Act.DOKUMEN: "dokumen dicatat",
    Act.BUKA: "dibuka",
    Act.KEMBALIKAN: "dikembalikan",
    Act.TAHAN: "berkas ditahan",
    Act.LANJUTKAN: "berkas dilanjutkan",
    Act.HENTIKAN: "berkas dihentikan",
    Act.MULAI_ULANG: "berkas dimulai ulang",
    Act.GABUNG: "dilanjutkan tanpa yang belum",
    Act.UBAH_BIDANG: "bidangnya diubah",
    Act.TUTUP: "ditutup",
    Act.BUKA_KEMBALI: "dibuka kembali",
    Act.PINDAH_VERSI: "versi SOP diganti",
}
"""An act of a person in the words of what became of its card or period; those that are missing are told by `LABELS`."""


def label(member: StrEnum) -> str:
    """The words for an enum value."""
    return LABELS[type(member)][member.value]


def state_label(state: str) -> str:
    """The words for the state of a card: a RunPhase value or `menunggu`."""
    return LABELS[RunPhase].get(state, WAITING)


def target_set_words(number: int) -> str:
    """What a set of targets is called: the first is the Perjanjian Kinerja, each further one a change of it."""
    return "Perjanjian Kinerja" if number == 1 else f"Perubahan ke-{number - 1}"


def bidang_named(name: str) -> str:
    """`bidang Pelatihan`, `Bidang Keuangan Desa`: the word is said once."""
    return name if name.casefold().startswith("bidang ") else f"bidang {name}"


def step_named(step: object, bidang: str | None) -> str:
    """`langkah 3 (Bidang A)`."""
    return f"langkah {step}" + (f" ({clean(bidang)})" if bidang else "")


def listed(words: tuple[str, ...] | list[str], last: str = "dan") -> str:
    """`a, b dan c`; empty for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def upper(text: str) -> str:
    """With a capital in front; period keys further on keep theirs."""
    return text[:1].upper() + text[1:]
