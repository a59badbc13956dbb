"""What can be wrong with what people type, paste or hand in as data, and what is told though it is taken.

Codes and facts only. Their words are `sop/words/form_faults.py`.
"""

from __future__ import annotations

from enum import StrEnum

from sop.model.errors import FaultyInput
from sop.values import Frozen, replace

LARGEST_WORKBOOK = 2 * 1024 * 1024
"""Bytes of one that is taken in."""


class FormFault(StrEnum):
    """Why a value, a row or a file is not taken. Codes are stable: scripts hold them."""

    # the file as such
    BUKAN_XLSX = "bukan-xlsx"
    """Another kind of file."""
    BERKATA_SANDI = "berkata-sandi"
    TERLALU_BESAR = "terlalu-besar"
    """More than the bound; `read` is how much, `known` the bound."""
    RUSAK = "rusak"
    """It begins as an xlsx and cannot be read on."""
    BUKAN_FORMULIR = "bukan-formulir"
    """No form of this program: nothing in it says which office, period and owner."""
    TANDA_RUSAK = "tanda-rusak"
    """What the form says of itself was changed."""
    OPD_LAIN = "opd-lain"
    PERIODE_LAIN = "periode-lain"
    PEMILIK_LAIN = "pemilik-lain"
    """Another bidang's form, or one of a bidang that has none."""
    REVISI_LAMA = "revisi-lama"
    """An older form revision; `known` says what changed since."""
    REVISI_TAK_DIKENAL = "revisi-tak-dikenal"
    """A form revision that was never sent out."""
    LEMBAR_HILANG = "lembar-hilang"
    KOLOM_HILANG = "kolom-hilang"
    KOLOM_GANDA = "kolom-ganda"

    # rows
    KODE_TAK_DIKENAL = "kode-tak-dikenal"
    KODE_GANDA = "kode-ganda"
    KODE_HILANG = "kode-hilang"
    SEL_TERKUNCI_BERUBAH = "sel-terkunci-berubah"
    """`known` is what stood there."""
    DIUBAH_ORANG_LAIN = "diubah-orang-lain"
    """Somebody else changed the row since the form was sent out."""

    # numbers
    BUKAN_ANGKA = "bukan-angka"
    ANGKA_MENDUA = "angka-mendua"
    """`1.234`; `known` holds both readings."""
    ANGKA_ASING = "angka-asing"
    """`1,234.5`: comma for thousands."""
    PENGELOMPOKAN_SALAH = "pengelompokan-salah"
    """`12.34.567`."""
    ANGKA_ILMIAH = "angka-ilmiah"
    """`1e5`."""
    ANGKA_DALAM_KURUNG = "angka-dalam-kurung"
    TERLALU_BANYAK_DESIMAL = "terlalu-banyak-desimal"
    """`known` is how many the indicator has."""
    TERLALU_BANYAK_DIGIT = "terlalu-banyak-digit"
    PERSEN_TANPA_SATUAN = "persen-tanpa-satuan"
    """A percent sign or format where the satuan is not %."""
    RUPIAH_TANPA_SATUAN = "rupiah-tanpa-satuan"
    """Rp where the satuan is not money."""
    MINTA_KEADAAN = "minta-keadaan"
    """`-`, `n/a`, `belum`: a keadaan is meant."""
    GALAT_RUMUS = "galat-rumus"
    """An error value such as #DIV/0!."""
    RUMUS_TANPA_NILAI = "rumus-tanpa-nilai"
    """A formula that was never calculated."""
    TANGGAL_UNTUK_ANGKA = "tanggal-untuk-angka"
    BENAR_SALAH_UNTUK_ANGKA = "benar-salah-untuk-angka"
    ANGKA_UNTUK_TEKS = "angka-untuk-teks"
    """A date or a truth value where words belong."""
    PREDIKAT_TAK_DIKENAL = "predikat-tak-dikenal"
    """A word that the scale does not have; `known` holds those it has."""

    # a row as a whole
    ISIAN_WAJIB = "isian-wajib"
    """Nothing stands where something must."""
    TERISI_DAN_KOSONG = "terisi-dan-kosong"
    """A value, and a keadaan that says there is none."""
    KEADAAN_TAK_DIKENAL = "keadaan-tak-dikenal"
    NILAI_BELUM_ADA = "nilai-belum-ada"
    """Words but neither value nor keadaan, or terisi without a value."""
    ALASAN_KURANG = "alasan-kurang"
    """belum ada or tidak berlaku without a reason."""
    ALASAN_PERUBAHAN_KURANG = "alasan-perubahan-kurang"
    """The row differs from what was once accepted, and no word says why."""
    RASIO_TIDAK_LENGKAP = "rasio-tidak-lengkap"
    """Pembilang without penyebut, the other way round, or a value without both."""
    RASIO_BERBEDA = "rasio-berbeda"
    """The typed value is not what pembilang and penyebut give; `known` is that."""
    BUKAN_RASIO = "bukan-rasio"
    """Pembilang or penyebut of an indicator that has none."""
    TANGGAL_MUSTAHIL = "tanggal-mustahil"
    TEKS_TERLALU_PANJANG = "teks-terlalu-panjang"

    # definitions and targets
    KODE_TIDAK_SAH = "kode-tidak-sah"
    PILIHAN_SALAH = "pilihan-salah"
    """A word that is none of `known`."""
    BIDANG_TAK_DIKENAL = "bidang-tak-dikenal"
    DI_LUAR_BATAS = "di-luar-batas"
    KADENS_TERLALU_HALUS = "kadens-terlalu-halus"
    """Finer than the SOP's finest."""
    PREDIKAT_BUKAN_AKHIR = "predikat-bukan-akhir"
    SKALA_TAK_DIKENAL = "skala-tak-dikenal"
    PERIODE_BUKAN_KADENSNYA = "periode-bukan-kadensnya"
    """A target for a period in which the indicator is not reported, or the set does not hold."""


class FormWarning(StrEnum):
    """What is told though it is taken."""

    RUMUS = "rumus"
    """A formula in an open cell; `read` is it."""
    SAMA_DENGAN_LALU = "sama-dengan-lalu"
    LEBIH_TIGA_KALI = "lebih-tiga-kali"
    """More than three times the target."""
    LEMBAR_TAMBAHAN = "lembar-tambahan"
    KOLOM_TAMBAHAN = "kolom-tambahan"
    """Something stands in a column that the form does not have."""
    PECAHAN_UNTUK_PERSEN = "pecahan-untuk-persen"
    """`0,85` where the satuan is %."""
    BATAS_LEWAT = "batas-lewat"
    DIBULATKAN = "dibulatkan"
    """A number cell with more decimals than the indicator; `known` is what was taken."""
    TITIK_DESIMAL = "titik-desimal"
    """`85.5` was taken for 85,5; `known` is that."""
    PIC_TEKS_BEBAS = "pic-teks-bebas"
    """Neither a position nor a registered person: a name would stay for good."""
    PENYEBUT_NOL = "penyebut-nol"
    """The value counts as missing."""
    TARGET_NEGATIF = "target-negatif"
    """No capaian can be computed against it."""
    JUMLAH_TARGET_BERBEDA = "jumlah-target-berbeda"
    """The children's targets do not add up to that of the whole; `known` is their sum."""
    TARGET_AKHIR_BERBEDA = "target-akhir-berbeda"
    RATA_TARGET_BERBEDA = "rata-target-berbeda"
    HANYA_RASIO = "hanya-rasio"
    """Pembilang, penyebut or faktor of an indicator of another jenis."""
    JUMLAH_PERSEN = "jumlah-persen"
    """Percentages that are added up."""


DATA = "data:"
"""Stands before the code of a fault of data where faults of all kinds are told."""


def as_data(error: FaultyInput) -> FaultyInput:
    """The same faults, told in the words of data: other inputs have faults of the same code in other words."""
    faults = (replace(fault, code=DATA + fault.code.removeprefix(DATA)) for fault in error.faults)
    return FaultyInput(tuple(faults), error.source)


class CellFinding(Frozen):
    """One fault or warning of a form, with its cell. `kind` says which of the two."""

    kind: FormFault | FormWarning
    cell: str = ""
    """`Isian!H12`; empty where the file as a whole is meant."""
    code: str = ""
    """Of the indicator; empty where none is meant."""
    read: str = ""
    """What stands there, one short printable line."""
    known: tuple[str, ...] = ()
    """What would be right, or what was made of it."""


def findings_of(error: FaultyInput) -> tuple[CellFinding, ...]:
    """The faults of a file as such."""
    return tuple(CellFinding(FormFault(each.code), read=each.found, known=each.known) for each in error.faults)
