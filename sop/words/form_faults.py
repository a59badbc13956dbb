"""What is said of each fault and warning of data kinerja: what happened, and what to do. The cell stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sop.kinerja.form_fault import CellFinding, FormFault, FormWarning


class FindingWords(NamedTuple):
    """One finding in words."""

    problem: str
    remedy: str


_STATES = "Terisi, Belum ada atau Tidak berlaku"
_SENTENCES: Mapping[FormFault | FormWarning, tuple[str, str]] = {
    FormFault.BUKAN_XLSX: (
        "Dokumen ini bukan berkas Excel (.xlsx).",
        "Simpan sebagai Buku Kerja Excel (.xlsx), lalu impor lagi.",
    ),
    FormFault.BERKATA_SANDI: (
        "Dokumen ini dikunci dengan kata sandi.",
        "Buka di Excel, hapus kata sandinya, simpan, lalu impor lagi.",
    ),
    FormFault.TERLALU_BESAR: (
        "Dokumen ini terlalu besar: {read}, paling besar {known}.",
        "Salin isiannya ke formulir yang baru, tanpa gambar dan lembar lain.",
    ),
    FormFault.RUSAK: ("Dokumen ini rusak dan tidak dapat dibaca.", "Simpan ulang dari Excel, atau minta yang baru."),
    FormFault.BUKAN_FORMULIR: (
        "Dokumen ini bukan formulir dari program ini.",
        "Isi formulir yang dikirim kantor untuk periode ini; jangan menyalin ke dokumen baru.",
    ),
    FormFault.TANDA_RUSAK: (
        "Tanda pengenal formulir ini berubah.",
        "Salin isiannya ke formulir yang baru dari kantor.",
    ),
    FormFault.OPD_LAIN: ("Formulir ini untuk OPD {read}, bukan {known}.", "Impor di kantor yang bersangkutan."),
    FormFault.PERIODE_LAIN: ("Formulir ini untuk periode {read}, bukan {known}.", "Pilih formulir periode itu."),
    FormFault.PEMILIK_LAIN: ("Formulir ini milik {read}, bukan {known}.", "Pilih formulir pemilik itu."),
    FormFault.REVISI_LAMA: (
        "Formulir ini revisi {read}; sejak itu berubah: {known}.",
        "Minta formulir terbaru, lalu salin isiannya.",
    ),
    FormFault.REVISI_TAK_DIKENAL: (
        "Revisi formulir {read} tidak pernah dikirim; yang terbaru {known}.",
        "Minta formulir terbaru, lalu salin isiannya.",
    ),
    FormFault.LEMBAR_HILANG: ("Lembar {known} tidak ada.", "Salin isiannya ke formulir yang baru."),
    FormFault.KOLOM_HILANG: ("Kolom {known} tidak ada.", "Salin isiannya ke formulir yang baru."),
    FormFault.KOLOM_GANDA: ("Kolom {known} ada lebih dari satu.", "Hapus kolom yang ditambahkan."),
    FormFault.KODE_TAK_DIKENAL: ("Kode {read} tidak ada di formulir ini.", "Hapus barisnya, atau kembalikan kodenya."),
    FormFault.KODE_GANDA: ("Kode {read} sudah ada di {known}.", "Hapus salah satu barisnya."),
    FormFault.KODE_HILANG: ("Baris dengan kode {known} tidak ada.", "Kembalikan barisnya dari formulir asli."),
    FormFault.SEL_TERKUNCI_BERUBAH: (
        'Sel terkunci berisi "{read}"; seharusnya "{known}".',
        "Kembalikan isinya. Perubahan target atau nama diminta ke pengelola.",
    ),
    FormFault.DIUBAH_ORANG_LAIN: (
        "Baris ini diubah {known} sejak formulir dikirim.",
        "Minta formulir terbaru, lalu isi baris ini lagi.",
    ),
    FormFault.BUKAN_ANGKA: ('"{read}" bukan angka.', "Tulis angkanya saja, misalnya 85,5."),
    FormFault.ANGKA_MENDUA: ('"{read}" dapat berarti {known}.', "Tulis tanpa titik, atau dengan koma."),
    FormFault.ANGKA_ASING: (
        '"{read}" memakai koma untuk ribuan.',
        "Tulis titik untuk ribuan dan koma untuk desimal, misalnya 1.234,5.",
    ),
    FormFault.PENGELOMPOKAN_SALAH: (
        'Titik dan koma pada "{read}" tidak pada tempatnya.',
        "Tulis titik tiap tiga angka dan satu koma, misalnya 1.234.567,5.",
    ),
    FormFault.ANGKA_ILMIAH: ('"{read}" ditulis dengan pangkat.', "Tulis angkanya lengkap, misalnya 100000."),
    FormFault.ANGKA_DALAM_KURUNG: ('"{read}" ditulis dalam kurung.', "Tulis tanda minus, misalnya -5."),
    FormFault.TERLALU_BANYAK_DESIMAL: (
        '"{read}" berdesimal terlalu banyak; indikator ini paling banyak {known}.',
        "Bulatkan dulu.",
    ),
    FormFault.TERLALU_BANYAK_DIGIT: (
        '"{read}" terlalu besar; paling banyak {known} angka di depan koma.',
        "Periksa satuannya.",
    ),
    FormFault.PERSEN_TANPA_SATUAN: (
        '"{read}" dalam persen, padahal satuannya {known}.',
        "Tulis angka menurut satuannya; format selnya Angka, bukan Persentase.",
    ),
    FormFault.RUPIAH_TANPA_SATUAN: ('"{read}" dalam rupiah, padahal satuannya {known}.', "Tulis menurut satuannya."),
    FormFault.MINTA_KEADAAN: ('"{read}" bukan angka.', f"Kosongkan, lalu pilih keadaan: {_STATES}."),
    FormFault.GALAT_RUMUS: ("Sel ini berisi galat {read}.", "Perbaiki rumusnya, atau tulis angkanya."),
    FormFault.RUMUS_TANPA_NILAI: (
        "Rumus di sel ini belum pernah dihitung.",
        "Buka di Excel, simpan, lalu impor lagi; atau tulis angkanya.",
    ),
    FormFault.TANGGAL_UNTUK_ANGKA: (
        "Sel ini berisi tanggal {read}, bukan angka.",
        "Ubah format selnya menjadi Angka, lalu tulis angkanya lagi.",
    ),
    FormFault.BENAR_SALAH_UNTUK_ANGKA: ("Sel ini berisi {read}, bukan angka.", "Tulis angkanya."),
    FormFault.ANGKA_UNTUK_TEKS: ("Sel ini berisi {read}, bukan teks.", "Tulis dengan kata-kata."),
    FormFault.PREDIKAT_TAK_DIKENAL: ('"{read}" tidak ada di skala ini.', "Pilih salah satu: {known}."),
    FormFault.ISIAN_WAJIB: ("Isinya kosong, padahal wajib diisi.", "Isi sel ini."),
    FormFault.TERISI_DAN_KOSONG: (
        'Ada nilai "{read}", tetapi keadaannya {known}.',
        "Hapus nilainya, atau pilih keadaan Terisi.",
    ),
    FormFault.KEADAAN_TAK_DIKENAL: ('Keadaan "{read}" tidak dikenal.', "Pilih salah satu: {known}."),
    FormFault.NILAI_BELUM_ADA: ("Realisasinya belum diisi.", "Isi nilainya, atau pilih keadaan dan tulis alasannya."),
    FormFault.ALASAN_KURANG: ("Keadaannya {read}, tetapi alasannya belum ada.", "Tulis alasannya."),
    FormFault.ALASAN_PERUBAHAN_KURANG: (
        "Baris ini berbeda dari yang sudah diterima.",
        "Tulis sebabnya di kolom Alasan perubahan.",
    ),
    FormFault.RASIO_TIDAK_LENGKAP: ("Pembilang dan penyebut belum lengkap.", "Isi keduanya."),
    FormFault.RASIO_BERBEDA: (
        "Realisasi {read} berbeda dari hasil pembilang dan penyebut ({known}).",
        "Perbaiki salah satunya, atau kosongkan realisasinya.",
    ),
    FormFault.BUKAN_RASIO: ("Indikator ini tidak memakai pembilang dan penyebut.", "Kosongkan keduanya."),
    FormFault.TANGGAL_MUSTAHIL: (
        '"{read}" tidak terbaca sebagai tanggal.',
        "Tulis misalnya 31/12/2026.",
    ),
    FormFault.TEKS_TERLALU_PANJANG: ("Teksnya {read} huruf; paling banyak {known}.", "Ringkas."),
    FormFault.KODE_TIDAK_SAH: (
        'Kode "{read}" tidak sah.',
        "Pakai huruf, angka, titik, garis, dan paling banyak {known} huruf.",
    ),
    FormFault.PILIHAN_SALAH: ('"{read}" bukan salah satu pilihan.', "Pilih {known}."),
    FormFault.BIDANG_TAK_DIKENAL: (
        'Tidak ada bidang yang bernama "{read}".',
        "Mungkin maksudnya {nearest}. Pilih {known}.",
    ),
    FormFault.DI_LUAR_BATAS: ("{read} di luar batas.", "Tulis antara {known}."),
    FormFault.KADENS_TERLALU_HALUS: ("SOP kantor tidak berjalan tiap {read}.", "Pilih {known} atau yang lebih lama."),
    FormFault.PREDIKAT_BUKAN_AKHIR: ("Predikat tidak dapat dijumlahkan atau dirata-rata.", "Pilih akhir."),
    FormFault.SKALA_TAK_DIKENAL: ('Skala "{read}" tidak ada.', "Tulis satuan: {known}."),
    FormFault.PERIODE_BUKAN_KADENSNYA: (
        "Indikator ini tidak punya target untuk {read}.",
        "Pilih salah satu: {known}.",
    ),
    FormWarning.RUMUS: ("Isi sel ini rumus; nilainya {known} diambil.", "Periksa nilainya."),
    FormWarning.SAMA_DENGAN_LALU: ("Nilai {read} sama dengan {known}.", "Periksa apakah sudah diperbarui."),
    FormWarning.LEBIH_TIGA_KALI: ("Nilai {read} lebih dari tiga kali target {known}.", "Periksa satuannya."),
    FormWarning.LEMBAR_TAMBAHAN: ("Lembar {read} tidak dibaca.", "Tidak perlu apa-apa."),
    FormWarning.KOLOM_TAMBAHAN: ("Kolom {read} tidak dibaca.", "Pindahkan isinya ke kolom formulir bila perlu."),
    FormWarning.PECAHAN_UNTUK_PERSEN: (
        "Nilai {read} diambil sebagai {known} persen.",
        "Bila maksudnya seratus kali itu, perbaiki.",
    ),
    FormWarning.BATAS_LEWAT: ("Batas waktu {read} sudah lewat.", "Periksa tanggalnya."),
    FormWarning.DIBULATKAN: ("Nilai {read} dibulatkan menjadi {known}.", "Periksa desimalnya."),
    FormWarning.TITIK_DESIMAL: ("{read} dibaca sebagai {known}.", "Periksa angkanya."),
    FormWarning.PIC_TEKS_BEBAS: (
        'Penanggung jawab "{read}" tidak dikenal sebagai jabatan atau pengguna terdaftar, dan tulisannya tetap di '
        "riwayat.",
        "Bila itu nama orang, ganti dengan jabatannya.",
    ),
    FormWarning.PENYEBUT_NOL: ("Penyebutnya nol, jadi realisasinya tidak ada.", "Periksa penyebutnya."),
    FormWarning.TARGET_NEGATIF: (
        "Target {read} di bawah nol; capaiannya tidak dapat dihitung.",
        "Periksa targetnya.",
    ),
    FormWarning.JUMLAH_TARGET_BERBEDA: (
        "Target {read}, padahal jumlah target periodenya {known}.",
        "Samakan salah satunya.",
    ),
    FormWarning.TARGET_AKHIR_BERBEDA: (
        "Target {read}, padahal target periode terakhirnya {known}.",
        "Samakan salah satunya.",
    ),
    FormWarning.RATA_TARGET_BERBEDA: (
        "Target {read}, padahal rata-rata target periodenya {known}.",
        "Samakan salah satunya.",
    ),
    FormWarning.HANYA_RASIO: (
        '"{read}" tidak diambil: pembilang, penyebut, dan faktor hanya dipakai jenis rasio.',
        "Pilih jenis rasio bila keduanya hendak diisi, atau kosongkan.",
    ),
    FormWarning.JUMLAH_PERSEN: ("Persen dijumlahkan dari periode ke periode.", "Pilih rata atau akhir."),
}

_NO_FORM_ANYWHERE = (
    "Formulir ini untuk periode {read}, yang belum ada formulirnya di sini.",
    "Kirim dulu formulir periode itu, atau impor di kantor yang mengirimnya.",
)
"""Where no period has forms that this one could be held against."""


def finding_words(finding: CellFinding) -> FindingWords:
    """A fault or warning in two sentences; where it stands is told beside them."""
    problem, remedy = _SENTENCES[finding.kind]
    if finding.kind is FormFault.PERIODE_LAIN and not finding.known:
        problem, remedy = _NO_FORM_ANYWHERE
    facts = {"read": finding.read, "known": " atau ".join(finding.known), "nearest": next(iter(finding.known), "")}
    return FindingWords(problem.format_map(facts), remedy.format_map(facts))
