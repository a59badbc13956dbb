"""The sentences for the faults of a handed-in SOP: one plain Indonesian template per code.

The codes and their facts come from `sop.faults`; errors that are no list of faults are put into words in `notices.py`.
"""

from __future__ import annotations

from sop.errors import Fault
from sop.faults import FaultCode

FAULT_SENTENCES: dict[str, str] = {
    FaultCode.DOKUMEN_TERLALU_BESAR: "Dokumen ini {found} bita; paling besar {nearest}. Periksa dokumennya.",
    FaultCode.BUKAN_UTF8: "Dokumen ini bukan teks UTF-8. Simpan ulang dengan penyandian UTF-8.",
    FaultCode.TOML_TIDAK_SAH: "Tulisan di sini tidak sah sebagai TOML: {found}",
    FaultCode.KUNCI_TERLALU_DALAM: "Nama kunci di sini bertitik terlalu banyak; paling banyak {nearest} titik.",
    FaultCode.BERSARANG_TERLALU_DALAM: "Kurung di dokumen ini bersarang terlalu dalam.",
    FaultCode.TERLALU_BANYAK_KESALAHAN: "Masih ada kesalahan lain; hanya {found} yang pertama disebut.",
    FaultCode.SIMPANAN_RUSAK: "SOP yang tersimpan tidak utuh. Pulihkan dari cadangan.",
    FaultCode.KUNCI_TAK_DIKENAL: "Kunci {found} tidak dikenal. Mungkin maksudnya {nearest}.",
    FaultCode.KUNCI_HILANG: "Kunci ini wajib ada dan belum ditulis.",
    FaultCode.JENIS_SALAH: "Isinya {found}; seharusnya {known}.",
    FaultCode.NILAI_TAK_DIKENAL: "Nilai {found} tidak dapat dipakai di sini. Pilihannya: {known}.",
    FaultCode.FORMAT_TAK_DIDUKUNG: "Nomor format ini tidak didukung; versi ini membaca format {known}.",
    FaultCode.TEKS_KOSONG: "Isinya kosong, padahal wajib diisi.",
    FaultCode.TEKS_TERLALU_PANJANG: "Teksnya {found} huruf; paling panjang {nearest}.",
    FaultCode.KARAKTER_TERLARANG: "Teksnya memuat karakter yang tidak terlihat ({found}). Hapus karakter itu.",
    FaultCode.KODE_TIDAK_SAH: "Kode {found} tidak sah. Pakai huruf kecil, angka, dan tanda hubung: dinas-kota-contoh.",
    FaultCode.BILANGAN_DI_LUAR_BATAS: "Bilangan {found} di luar batas. Batasnya: {known}.",
    FaultCode.ISIAN_KOSONG: "Isinya kosong. Contoh: {known}.",
    FaultCode.ISIAN_TERLALU_PANJANG: "Tulisannya terlalu panjang. Contoh: {known}.",
    FaultCode.SAAT_TAK_TERBACA: 'Tulisan "{found}" tidak terbaca sebagai tanggal dan jam. Contoh: {known}.',
    FaultCode.JAM_BELUM_DISEBUT: 'Tulisan "{found}" baru tanggal; jamnya belum disebut. Contoh: {known}.',
    FaultCode.JAM_TIDAK_ADA: 'Jam "{found}" tidak ada; paling awal 00.00, paling akhir 24.00.',
    FaultCode.SELISIH_ZONA_TIDAK_ADA: 'Selisih zona "{found}" tidak ada. Contoh: {known}.',
    FaultCode.TAHUN_DI_LUAR_JANGKAUAN: "Tahun {found} di luar jangkauan. Contoh: {known}.",
    FaultCode.TANGGAL_TIDAK_ADA: "Tanggal {found} tidak ada.",
    FaultCode.TANGGAL_TAK_TERBACA: 'Tulisan "{found}" tidak terbaca sebagai tanggal. Contoh: {known}.',
    FaultCode.RENTANG_JAM_TAK_TERBACA: 'Jam "{found}" tidak terbaca sebagai rentang. Contoh: {known}.',
    FaultCode.JAM_DI_LUAR_HARI: "Jam {found} keluar dari satu hari; paling awal 00.00, paling akhir 24.00.",
    FaultCode.JAM_TERBALIK: "Jam {found} berakhir sebelum mulai.",
    FaultCode.JAM_TUMPANG_TINDIH: "Jam {found} tumpang tindih dengan jam sebelumnya.",
    FaultCode.ZONA_TAK_DIKENAL: "Zona waktu {found} tidak dikenal. Pilihannya: {known}.",
    FaultCode.TIDAK_PERNAH_BUKA: "Kantor ini tidak pernah buka menurut jam kerjanya.",
    FaultCode.AWAL_SESUDAH_AKHIR: "Hari pertamanya sesudah hari terakhirnya: {found}.",
    FaultCode.TANGGAL_GANDA: "Tanggal ini disebut dua kali ({found}).",
    FaultCode.LIBUR_DENGAN_JAM: "Hari libur tidak punya jam kerja; pakai jenis {nearest}.",
    FaultCode.BUKAN_TUJUH_HARI: "Satu minggu perlu tujuh hari; di sini {found}.",
    FaultCode.WAKTU_TAK_TERBACA: 'Waktu "{found}" tidak terbaca. Contoh yang terbaca: {known}.',
    FaultCode.WAKTU_TANPA_ANGKA: 'Waktu "{found}" tidak memuat angka. Contoh yang terbaca: {known}.',
    FaultCode.SATUAN_TIDAK_ADA: 'Waktu "{found}" tidak bersatuan. Tambahkan salah satu: {known}.',
    FaultCode.SATUAN_TAK_DIKENAL: 'Satuan "{found}" tidak dikenal. Mungkin maksudnya {nearest}. Yang ada: {known}.',
    FaultCode.JENIS_HARI_TAK_DIKENAL: 'Jenis hari "{found}" tidak dikenal. Mungkin maksudnya hari {nearest}.',
    FaultCode.WAKTU_NOL: 'Waktu "{found}" nol; waktu baku harus lebih dari nol.',
    FaultCode.WAKTU_NEGATIF: 'Waktu "{found}" negatif; waktu baku harus lebih dari nol.',
    FaultCode.WAKTU_TERLALU_BESAR: 'Waktu "{found}" lebih dari setahun. Paling lama {nearest}.',
    FaultCode.HARI_PECAHAN: 'Waktu "{found}" memakai pecahan hari. Tulis hari yang utuh, atau pakai jam.',
    FaultCode.ANGKA_MENDUA: 'Angka pada "{found}" dapat dibaca sebagai ribuan atau pecahan. Tulis tanpa titik, '
    "atau dengan paling banyak dua angka di belakang koma.",
    FaultCode.BILANGAN_BERTENTANGAN: 'Angka dan katanya tidak sama pada "{found}". Samakan keduanya.',
    FaultCode.WAKTU_BERTENTANGAN: "Waktu yang tersimpan ({found}) tidak sama dengan tulisannya ({known}).",
    FaultCode.TANPA_PELAKSANA: "SOP ini tidak menyebut satu pelaksana pun.",
    FaultCode.TANPA_LANGKAH: "SOP ini tidak memuat satu langkah pun.",
    FaultCode.PELAKSANA_GANDA: "Pelaksana {found} disebut dua kali.",
    FaultCode.LANGKAH_TANPA_PELAKSANA: "Langkah ini tidak punya pelaksana. Pelaksana yang ada: {known}.",
    FaultCode.PELAKSANA_TAK_DIKENAL: "Pelaksana {found} tidak dikenal. Pelaksana yang ada: {known}.",
    FaultCode.BERSAMA_SATU_PELAKSANA: "Langkah ini ditandai bersama, tetapi hanya ada {found}.",
    FaultCode.BANYAK_PELAKSANA_TANPA_BERSAMA: "Beberapa pelaksana ({found}) tanpa tanda joint. Tambahkan joint = true.",
    FaultCode.NOMOR_GANDA: "Nomor langkah {found} dipakai dua kali.",
    FaultCode.NOMOR_TAK_URUT: "Nomor langkah {found} tidak urut; sesudah langkah sebelumnya diharapkan {nearest}.",
    FaultCode.KADENS_CAMPUR: "Langkah ini tidak menyebut kadens, langkah lain menyebutnya. Pilihannya: {known}.",
    FaultCode.PEMUTUS_TIDAK_ADA: "Keputusan ini tidak punya pemutus. Pelaksana yang ada: {known}.",
    FaultCode.PEMUTUS_TAK_DIKENAL: "Pemutus {found} tidak dikenal. Pelaksana yang ada: {known}.",
    FaultCode.PEMUTUS_TANPA_KEPUTUSAN: "Ada pemutus ({found}), tetapi Ya dan Tidak belum ditulis.",
    FaultCode.YA_HILANG: "Tujuan Ya belum ditulis.",
    FaultCode.TIDAK_HILANG: "Tujuan Tidak belum ditulis.",
    FaultCode.TUJUAN_TIDAK_ADA: "Langkah {found} tidak ada. Langkah yang ada: {known}.",
    FaultCode.TUJUAN_KADENS_LAIN: "Langkah {found} termasuk kadens lain. Langkah yang boleh: {known}.",
    FaultCode.YA_BUKAN_BERIKUTNYA: "Ya menuju {found}; seharusnya {nearest}, langkah berikutnya dalam kadens ini.",
    FaultCode.TIDAK_KE_DEPAN: "Tidak menuju langkah {found} yang lebih belakang. Langkah yang boleh: {known}.",
    FaultCode.LANGKAH_TAK_TERCAPAI: "Langkah ini tidak tercapai dari langkah pertama kadensnya.",
    FaultCode.TANPA_AKHIR: "Alur langkah {found} tidak pernah berakhir. Langkah terakhirnya harus menuju akhir.",
    FaultCode.WILAYAH_TANPA_GABUNG: "Langkah per bidang ini yang terakhir dalam kadensnya. Tambahkan langkah yang "
    "menghimpun sesudahnya.",
    FaultCode.KEPUTUSAN_DALAM_WILAYAH: "Langkah per bidang tidak boleh memuat keputusan. Pindahkan keputusannya ke "
    "langkah sesudah penghimpunan.",
    FaultCode.DASAR_TANPA_NILAI: "Dasar untuk {found} ditulis, tetapi langkah ini tidak memilikinya.",
    FaultCode.PENETAPAN_TIDAK_LENGKAP: "Dasar ditetapkan harus disertai oleh siapa dan kapan, dasar lain tidak boleh.",
    FaultCode.WAKTU_SANGAT_SINGKAT: 'Waktu "{found}" sangat singkat. Periksa angka dan satuannya.',
    FaultCode.WAKTU_SANGAT_LAMA: 'Waktu "{found}" sangat lama. Periksa angka dan satuannya.',
    FaultCode.WAKTU_TIDAK_ADA: "Langkah ini tanpa waktu baku; ketepatan waktunya tidak dinilai.",
    FaultCode.SATUAN_BEDA_DARI_JUDUL: 'Waktu "{found}" memakai satuan lain daripada kepala kolomnya, {known}. Satuan '
    "di dalam sel yang dipakai.",
    FaultCode.NOMOR_MELOMPAT: "Nomor langkah melompat ke {found}; langkah {nearest} tidak ada.",
    FaultCode.PELAKSANA_TANPA_LANGKAH: "Pelaksana {found} tidak mengerjakan satu langkah pun.",
    FaultCode.DASAR_TIDAK_DISEBUT: "Dasar nilai ini tidak disebut; nilainya diperlakukan sebagai asumsi.",
    FaultCode.TANDA_TIDAK_DISEBUT: "Dasarnya tertulis, tetapi tanda atau kata dokumennya tidak disebut.",
}
"""Code -> template. Fields: `found`, `known` (joined with commas), `nearest` (the first of `known`)."""


def fault_sentence(fault: Fault) -> str:
    """One fault as a sentence, its place in front: `langkah 4 · waktu: Satuan "lam" tidak dikenal. ...`.

    A code without a template, from another list of faults, is shown as it is.
    """
    template = FAULT_SENTENCES.get(fault.code, "{code}: {found}")
    sentence = template.format(
        code=fault.code,
        found=fault.found,
        known=", ".join(fault.known),
        nearest=fault.known[0] if fault.known else "",
    )
    return f"{fault.place}: {sentence}" if fault.place else sentence
