"""Indonesian words for the values of data kinerja, and for the figures that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sop.kinerja.data_act import DataAct, DataRule
from sop.kinerja.figure_settings import Predicate, PredicateWords, TurunFormula
from sop.kinerja.follow_up import FollowUpStanding
from sop.kinerja.indicator import Arah, Jenis, Konsolidasi
from sop.kinerja.isian import Keadaan
from sop.kinerja.rollup import FigureStanding

DATA_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Jenis: {
        Jenis.ANGKA: "angka",
        Jenis.PERSEN: "persen",
        Jenis.RASIO: "rasio",
        Jenis.PREDIKAT: "predikat",
    },
    Arah: {Arah.NAIK: "makin tinggi makin baik", Arah.TURUN: "makin rendah makin baik", Arah.TETAP: "dijaga tetap"},
    Konsolidasi: {
        Konsolidasi.JUMLAH: "dijumlahkan",
        Konsolidasi.AKHIR: "nilai terakhir",
        Konsolidasi.RATA: "rata-rata",
    },
    Keadaan: {
        Keadaan.TERISI: "terisi",
        Keadaan.BELUM_ADA: "belum ada",
        Keadaan.TIDAK_BERLAKU: "tidak berlaku",
    },
    FigureStanding: {
        FigureStanding.DIHITUNG: "dihitung",
        FigureStanding.BELUM_DIISI: "belum diisi",
        FigureStanding.BELUM_ADA: "belum ada",
        FigureStanding.TIDAK_BERLAKU: "tidak berlaku",
        FigureStanding.PENYEBUT_NOL: "penyebut nol",
        FigureStanding.TANPA_TARGET: "tanpa target",
        FigureStanding.TIDAK_DAPAT_DIHITUNG: "tidak dapat dihitung",
        FigureStanding.BELUM_LENGKAP: "belum lengkap",
    },
    TurunFormula: {
        TurunFormula.SELISIH: "(2 x target - realisasi) / target x 100",
        TurunFormula.KEBALIKAN: "target / realisasi x 100; realisasi 0 dihitung 200",
    },
    PredicateWords: {
        PredicateWords.TINGGI: "Sangat Tinggi sampai Sangat Rendah",
        PredicateWords.BAIK: "Sangat Baik sampai Sangat Kurang",
    },
    FollowUpStanding: {
        FollowUpStanding.BERJALAN: "berjalan",
        FollowUpStanding.LEWAT_BATAS: "lewat batas waktu",
        FollowUpStanding.TERCAPAI: "target tercapai",
        FollowUpStanding.DIGANTI: "diganti",
    },
    DataAct: {
        DataAct.INDIKATOR: "indikator",
        DataAct.TARGET: "target",
        DataAct.FORMULIR: "kirim formulir",
        DataAct.ISI: "isi data",
        DataAct.KOREKSI_NILAI: "koreksi nilai",
        DataAct.TANDAI: "tandai",
        DataAct.TERIMA: "terima",
    },
    DataRule: {
        DataRule.PERIOD_CLOSED: "periode sudah ditutup",
        DataRule.PERIOD_NOT_OPEN: "periode belum dibuka",
        DataRule.CASE_HELD: "berkas sedang ditahan",
        DataRule.NO_FORM: "tidak ada formulir",
        DataRule.NOT_REACHED: "langkah isian belum tiba",
        DataRule.RUN_PAUSED: "langkah sedang ditunda",
        DataRule.RUN_HANDED_IN: "langkah menunggu keputusan",
        DataRule.RUN_ENDED: "langkah sudah selesai",
        DataRule.NOT_HANDED_IN: "langkah belum diserahkan",
        DataRule.NOT_MEMBER: "bukan lajur Anda",
        DataRule.HOLDER_ONLY: "hanya pemegang",
        DataRule.MANAGER_ONLY: "hanya pengelola",
        DataRule.NO_PERIKSA: "SOP tidak punya langkah periksa",
        DataRule.PERIKSA_DONE: "pemeriksaan sudah selesai",
        DataRule.ROWS_STALE: "baris sudah diubah orang lain",
        DataRule.NOTHING_CHANGED: "tidak ada yang berubah",
        DataRule.REASON_NEEDED: "alasan belum ada",
        DataRule.NOTE_NEEDED: "catatan belum ada",
        DataRule.NOT_MARKED: "baris tidak ditandai",
        DataRule.ROWS_MISSING: "baris belum diisi",
        DataRule.ROWS_MARKED: "baris ditandai belum dijawab",
        DataRule.CODE_TAKEN: "kode sudah pernah dipakai",
        DataRule.SET_ORDER: "urutan perubahan target salah",
    },
    Predicate: {
        Predicate.PERTAMA: "tingkat pertama",
        Predicate.KEDUA: "tingkat kedua",
        Predicate.KETIGA: "tingkat ketiga",
        Predicate.KEEMPAT: "tingkat keempat",
        Predicate.KELIMA: "tingkat kelima",
    },
}
"""Enum type -> value -> words."""

_PREDICATE_WORDS: Mapping[PredicateWords, tuple[str, ...]] = {
    PredicateWords.TINGGI: ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"),
    PredicateWords.BAIK: ("Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"),
}


def predicate_words(predicate: Predicate, words: PredicateWords) -> str:
    """What a level of capaian is called in the office's choice of words."""
    return _PREDICATE_WORDS[words][tuple(Predicate).index(predicate)]
