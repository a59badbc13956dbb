"""Kinds of fault in what people hand in, and the collector that names them all at once.

Codes and facts only: the sentence for each code is made on the top floor. What a fault *is* stands in `errors.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sop.loading import load
from sop.model.errors import Fault

MOST_FAULTS = 100
"""A file with more faults than this is not one that a person will mend from a list."""

_LONGEST_SHOWN = 60
_MOST_KNOWN = 12
_MOST_COMPARED = 60
MATCHER = "difflib:SequenceMatcher"
"""Loaded for the first word that is not known."""


class FaultCode(StrEnum):
    """Stable names. Nothing is ever renamed: logs and scripts hold them."""

    # The file as such
    DOKUMEN_TERLALU_BESAR = "dokumen-terlalu-besar"
    """More bytes than a definition can need; `known` holds the limit."""
    BUKAN_UTF8 = "bukan-utf8"
    """The bytes are not UTF-8, or the text cannot be written as UTF-8."""
    TOML_TIDAK_SAH = "toml-tidak-sah"
    """Not TOML; `place` gives line and column."""
    TOML_KUTIP_LENGKUNG = "toml-kutip-lengkung"
    """Curly quotation marks."""
    TOML_KUTIP_TERBUKA = "toml-kutip-terbuka"
    """A quotation mark on one side only."""
    TOML_TANPA_KUTIP = "toml-tanpa-kutip"
    TOML_KURUNG_SATU = "toml-kurung-satu"
    """`[steps]` where `[[steps]]` is meant."""
    TOML_YA_TIDAK = "toml-ya-tidak"
    KUNCI_TERLALU_DALAM = "kunci-terlalu-dalam"
    """A dotted key of more dots than any file needs."""
    BERSARANG_TERLALU_DALAM = "bersarang-terlalu-dalam"
    """Brackets within brackets beyond any sense."""
    TERLALU_BANYAK_KESALAHAN = "terlalu-banyak-kesalahan"
    """Counting stopped here."""
    SIMPANAN_RUSAK = "simpanan-rusak"
    """A stored definition does not have the shape it was stored with."""

    # The tables of a workbook
    LEMBAR_TIDAK_ADA = "lembar-tidak-ada"
    KOLOM_TIDAK_ADA = "kolom-tidak-ada"
    """`found` is the head that is missing."""
    KOLOM_GANDA = "kolom-ganda"
    KOLOM_TAK_DIKENAL = "kolom-tak-dikenal"
    """A head beyond the pelaksana that is none of ours."""
    BARIS_TAK_DIKENAL = "baris-tak-dikenal"
    """A line of the identity that is none of ours."""
    BARIS_TANPA_NOMOR = "baris-tanpa-nomor"
    """Something stands in a row of the steps, but no number."""
    PELAKSANA_TANPA_NAMA = "pelaksana-tanpa-nama"
    """A column with marks and without a head."""
    TANDA_TAK_DIKENAL = "tanda-tak-dikenal"
    DUA_PEMUTUS = "dua-pemutus"
    """A second diamond in a row; `known` is the first."""
    SEL_BUKAN_TEKS = "sel-bukan-teks"
    """A date, a truth value or an error where words are wanted; `known` is which."""
    RINCIAN_TAK_DIKENAL = "rincian-tak-dikenal"
    """A line of the details that fits nowhere."""
    RINCIAN_USANG = "rincian-usang"
    """A line of the details whose cell was changed since: a warning."""

    # Keys and values
    KUNCI_TAK_DIKENAL = "kunci-tak-dikenal"
    KUNCI_HILANG = "kunci-hilang"
    JENIS_SALAH = "jenis-salah"
    """`found` and `known` name kinds of value: teks, bilangan bulat, true atau false, daftar, tabel."""
    NILAI_TAK_DIKENAL = "nilai-tak-dikenal"
    TIDAK_ADA_TETAPI_BERISI = "tidak-ada-tetapi-berisi"
    """Named as something that the document does not have, and yet there."""
    FORMAT_TAK_DIDUKUNG = "format-tak-didukung"
    """A `format` number this version does not read."""
    TEKS_KOSONG = "teks-kosong"
    TEKS_TERLALU_PANJANG = "teks-terlalu-panjang"
    KARAKTER_TERLARANG = "karakter-terlarang"
    """A control, bidi, zero-width or private character; `found` is its number."""
    KODE_TIDAK_SAH = "kode-tidak-sah"
    """Not lower-case letters, digits and single hyphens."""
    BILANGAN_DI_LUAR_BATAS = "bilangan-di-luar-batas"

    # Moments, days and hours that somebody typed
    ISIAN_KOSONG = "isian-kosong"
    """`known` holds what could be typed."""
    ISIAN_TERLALU_PANJANG = "isian-terlalu-panjang"
    SAAT_TAK_TERBACA = "saat-tak-terbaca"
    """No day with a time of day."""
    JAM_BELUM_DISEBUT = "jam-belum-disebut"
    """A day alone where a moment is wanted."""
    JAM_TIDAK_ADA = "jam-tidak-ada"
    SELISIH_ZONA_TIDAK_ADA = "selisih-zona-tidak-ada"
    TAHUN_DI_LUAR_JANGKAUAN = "tahun-di-luar-jangkauan"
    TANGGAL_TIDAK_ADA = "tanggal-tidak-ada"
    HARI_TIDAK_COCOK = "hari-tidak-cocok"
    """A date that does not fall on the weekday typed before it."""
    TANGGAL_TAK_TERBACA = "tanggal-tak-terbaca"
    SELESAI_SEBELUM_MULAI = "selesai-sebelum-mulai"
    RENTANG_JAM_TAK_TERBACA = "rentang-jam-tak-terbaca"
    JAM_DI_LUAR_HARI = "jam-di-luar-hari"
    JAM_TERBALIK = "jam-terbalik"
    """It ends where it begins or before."""
    JAM_TUMPANG_TINDIH = "jam-tumpang-tindih"
    """With the span before it."""

    # Lines of past work
    KOLOM_TIDAK_PAS = "kolom-tidak-pas"
    """`found` columns; `known` names what they should be."""
    TANPA_BARIS = "tanpa-baris"
    """No line says anything."""

    # A calendar
    ZONA_TAK_DIKENAL = "zona-tak-dikenal"
    TIDAK_PERNAH_BUKA = "tidak-pernah-buka"
    AWAL_SESUDAH_AKHIR = "awal-sesudah-akhir"
    TANGGAL_GANDA = "tanggal-ganda"
    LIBUR_DENGAN_JAM = "libur-dengan-jam"
    BUKAN_TUJUH_HARI = "bukan-tujuh-hari"

    # Waktu
    WAKTU_TAK_TERBACA = "waktu-tak-terbaca"
    """Not of the form number, unit."""
    WAKTU_TANPA_ANGKA = "waktu-tanpa-angka"
    SATUAN_TIDAK_ADA = "satuan-tidak-ada"
    SATUAN_TAK_DIKENAL = "satuan-tak-dikenal"
    JENIS_HARI_TAK_DIKENAL = "jenis-hari-tak-dikenal"
    """A word after `hari` that is neither kerja nor kalender."""
    WAKTU_NOL = "waktu-nol"
    WAKTU_NEGATIF = "waktu-negatif"
    WAKTU_TERLALU_BESAR = "waktu-terlalu-besar"
    """More than a year."""
    HARI_PECAHAN = "hari-pecahan"
    ANGKA_MENDUA = "angka-mendua"
    """Three digits or more after the separator: a thousand or a fraction, the file does not say."""
    BILANGAN_BERTENTANGAN = "bilangan-bertentangan"
    """`2 (tiga) hari`: figure and word differ; `known` is the figure in words."""
    WAKTU_BERTENTANGAN = "waktu-bertentangan"
    """Value, unit or kind of day differ from what the text of the same cell says."""

    # Soundness
    TANPA_PELAKSANA = "tanpa-pelaksana"
    """The SOP names no lane."""
    TANPA_LANGKAH = "tanpa-langkah"
    PELAKSANA_GANDA = "pelaksana-ganda"
    """A lane twice in the table, or twice in one step."""
    LANGKAH_TANPA_PELAKSANA = "langkah-tanpa-pelaksana"
    PELAKSANA_TAK_DIKENAL = "pelaksana-tak-dikenal"
    BERSAMA_SATU_PELAKSANA = "bersama-satu-pelaksana"
    """Marked joint with fewer than two lanes."""
    BANYAK_PELAKSANA_TANPA_BERSAMA = "banyak-pelaksana-tanpa-bersama"
    NOMOR_GANDA = "nomor-ganda"
    NOMOR_TAK_URUT = "nomor-tak-urut"
    """A number lower than the one before it."""
    KADENS_CAMPUR = "kadens-campur"
    """Some steps with a cadence, this one without."""
    PEMUTUS_TIDAK_ADA = "pemutus-tidak-ada"
    PEMUTUS_TAK_DIKENAL = "pemutus-tak-dikenal"
    PEMUTUS_TANPA_KEPUTUSAN = "pemutus-tanpa-keputusan"
    """A decider, but neither Ya nor Tidak."""
    YA_HILANG = "ya-hilang"
    TIDAK_HILANG = "tidak-hilang"
    TUJUAN_TIDAK_ADA = "tujuan-tidak-ada"
    TUJUAN_KADENS_LAIN = "tujuan-kadens-lain"
    YA_BUKAN_BERIKUTNYA = "ya-bukan-berikutnya"
    """`known` is the next step of the cadence, or `akhir`."""
    TIDAK_KE_DEPAN = "tidak-ke-depan"
    LANGKAH_TAK_TERCAPAI = "langkah-tak-tercapai"
    TANPA_AKHIR = "tanpa-akhir"
    """No way through this cadence ever ends."""
    WILAYAH_TANPA_GABUNG = "wilayah-tanpa-gabung"
    """A per-bidang region ends its cadence: no step is left to join at."""
    KEPUTUSAN_DALAM_WILAYAH = "keputusan-dalam-wilayah"
    DATA_GANDA = "data-ganda"
    """Another step of the cadence has that part in the data already; `known` names it."""
    DATA_TERBALIK = "data-terbalik"
    """Formulir, isian and periksa stand in this order; `known` names the step that must come first."""
    ISIAN_KEPUTUSAN = "isian-keputusan"
    DASAR_TANPA_NILAI = "dasar-tanpa-nilai"
    """A basis for something the step does not have."""
    PENETAPAN_TIDAK_LENGKAP = "penetapan-tidak-lengkap"
    """`ditetapkan` without who and when, or who and when without it."""

    # Warnings: implausible, but nothing is refused for them
    WAKTU_SANGAT_SINGKAT = "waktu-sangat-singkat"
    WAKTU_SANGAT_LAMA = "waktu-sangat-lama"
    WAKTU_TIDAK_ADA = "waktu-tidak-ada"
    """A step without a standard: it is never judged."""
    SATUAN_BEDA_DARI_JUDUL = "satuan-beda-dari-judul"
    """The column head names another unit than the cell."""
    NOMOR_MELOMPAT = "nomor-melompat"
    PELAKSANA_TANPA_LANGKAH = "pelaksana-tanpa-langkah"
    """A column in which no step stands."""
    DASAR_TIDAK_DISEBUT = "dasar-tidak-disebut"
    """A value without a basis: it is treated as an assumption."""
    TANDA_TIDAK_DISEBUT = "tanda-tidak-disebut"
    """`tertulis`, but not which mark or words."""


class TooManyFaults(Exception):
    """Stops a reader at `MOST_FAULTS`; caught where the collector was made."""


class Faults:
    """Collects faults in the order in which they are met."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, place: tuple[str, ...], code: FaultCode, found: object = "", known: Iterable[object] = ()) -> None:
        """Note one fault.

        Args:
            place: Path inside the input, outermost first; empty for the whole input.
            code: Kind of fault.
            found: What stands there; shortened, and made safe to print.
            known: What would be accepted, nearest first.

        Raises:
            TooManyFaults: This is one fault more than anybody will read.
        """
        fault = Fault(
            place=" · ".join(shown(part) for part in place),
            code=code.value,
            found=shown(str(found)),
            known=tuple(shown(str(value)) for value in known)[:_MOST_KNOWN],
        )
        self.extend((fault,))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Take over faults noted elsewhere. Raises TooManyFaults like `add`."""
        for fault in faults:
            if len(self.found) >= MOST_FAULTS:
                self.found.append(Fault(place="", code=FaultCode.TERLALU_BANYAK_KESALAHAN, found=str(MOST_FAULTS)))
                raise TooManyFaults
            self.found.append(fault)


def shown(text: str) -> str:
    """A stranger's text as one short printable line: what cannot be printed becomes `?`."""
    cut = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return cut if cut.isprintable() else "".join(char if char.isprintable() else "?" for char in cut)


def nearest_first(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words, most alike first; ties and long lists keep their order."""
    words = tuple(known)
    if len(words) > _MOST_COMPARED:
        return words
    matcher = load(MATCHER)(b=word[:_LONGEST_SHOWN].casefold(), autojunk=False)

    def likeness(candidate: str) -> float:
        matcher.set_seq1(candidate[:_LONGEST_SHOWN].casefold())
        return float(matcher.ratio())

    return tuple(sorted(words, key=likeness, reverse=True))
