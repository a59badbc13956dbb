"""Indonesian words for the values of data kinerja, and for the figures that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sop.kinerja.figure_settings import Predicate, PredicateWords, TurunFormula
from sop.kinerja.follow_up import FollowUpStanding
from sop.kinerja.indicator import Arah, Jenis, Konsolidasi
from sop.kinerja.isian import Keadaan
from sop.kinerja.rollup import FigureStanding
from sop.words.labels import LABELS

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
    TurunFormula: LABELS[TurunFormula],
    PredicateWords: LABELS[PredicateWords],
    FollowUpStanding: {
        FollowUpStanding.BERJALAN: "berjalan",
        FollowUpStanding.LEWAT_BATAS: "lewat batas waktu",
        FollowUpStanding.TERCAPAI: "target tercapai",
        FollowUpStanding.DIGANTI: "diganti",
        FollowUpStanding.BELUM_DITULIS: "belum ditulis",
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


def filled_words(said: Mapping[Keadaan, int], of: int, what: str = "") -> str:
    """`3/4 terisi, 1 belum ada`: of how many rows what was said; those that are belum diisi are the rest.

    Args:
        said: Keadaan -> how many rows say it.
        of: How many rows there are.
        what: What is counted, such as `indikator`.
    """
    told = [" ".join(filter(None, (f"{said.get(Keadaan.TERISI, 0)}/{of}", what, DATA_LABELS[Keadaan][Keadaan.TERISI])))]
    empty = (each for each in (Keadaan.BELUM_ADA, Keadaan.TIDAK_BERLAKU) if said.get(each))
    return ", ".join([*told, *(f"{said[each]} {DATA_LABELS[Keadaan][each]}" for each in empty)])


def predicate_words(predicate: Predicate, words: PredicateWords) -> str:
    """What a level of capaian is called in the office's choice of words."""
    return _PREDICATE_WORDS[words][tuple(Predicate).index(predicate)]
