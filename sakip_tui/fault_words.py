"""The sentences for the faults of a handed-in SOP: one plain Indonesian template per code.

The codes and their facts come from `sop.form.faults`; errors that are no list of faults are put into words in
`notices.py`.
"""

from __future__ import annotations

from sop.form.faults import FaultCode
from sop.kinerja.form_fault import DATA, CellFinding, FormFault
from sop.model.errors import Fault
from sop.words.form_faults import finding_words

FAULT_SENTENCES: dict[str, str] = {
    FaultCode.DOKUMEN_TERLALU_BESAR: "Dokumen ini {found} bita; paling besar {nearest}. Periksa dokumennya.",
    FaultCode.BUKAN_UTF8: "Dokumen ini bukan teks UTF-8. Simpan ulang dengan penyandian UTF-8.",
    FaultCode.TOML_TIDAK_SAH: "Tulisan di sini tidak sah sebagai TOML: {found}",
    FaultCode.TOML_KUTIP_LENGKUNG: "Tanda kutip di sini lengkung (dari Word atau percakapan). Ganti dengan tanda kutip "
    'lurus ("): {found}',
    FaultCode.TOML_KUTIP_TERBUKA: 'Tanda kutip (") di baris ini hanya ada di satu sisi. Tulis di depan dan di belakang '
    "tulisannya: {found}",
    FaultCode.TOML_TANPA_KUTIP: 'Tulisan di sini tidak diapit tanda kutip lurus ("): {found}',
    FaultCode.TOML_KURUNG_SATU: "Kurungnya kurang: tulis [[steps]] untuk tiap langkah dan [[pelaksana]] untuk tiap "
    "pelaksana, bukan {found}.",
    FaultCode.TOML_YA_TIDAK: "Nilai ya dan tidak ditulis true dan false, huruf kecil tanpa tanda kutip: {found}",
    FaultCode.KUNCI_TERLALU_DALAM: "Nama kunci di sini bertitik terlalu banyak; paling banyak {nearest} titik.",
    FaultCode.BERSARANG_TERLALU_DALAM: "Kurung di dokumen ini bersarang terlalu dalam.",
    FaultCode.TERLALU_BANYAK_KESALAHAN: "Masih ada kesalahan lain; hanya {found} yang pertama disebut.",
    FaultCode.SIMPANAN_RUSAK: "SOP yang tersimpan tidak utuh. Pulihkan dari cadangan.",
    FaultCode.LEMBAR_TIDAK_ADA: "Lembar {found} tidak ada. Pakai templat dari sakip sop ekspor --format xlsx.",
    FaultCode.KOLOM_TIDAK_ADA: "Kolom {found} tidak ada. Tulis lagi kepala kolomnya seperti di templat.",
    FaultCode.KOLOM_GANDA: "Kolom {found} ada dua. Hapus salah satu, atau ganti kepalanya.",
    FaultCode.KOLOM_TAK_DIKENAL: 'Kolom "{found}" tidak dikenal. Mungkin maksudnya {nearest}. Kolom pelaksana terletak '
    "di antara Kegiatan dan Kelengkapan.",
    FaultCode.BARIS_TAK_DIKENAL: 'Baris "{found}" tidak dikenal. Mungkin maksudnya {nearest}.',
    FaultCode.BARIS_TANPA_NOMOR: "Baris ini tidak bernomor. Beri nomor langkahnya, atau pindahkan isinya ke baris "
    "langkah di atasnya.",
    FaultCode.PELAKSANA_TANPA_NAMA: "Kolom ini bertanda, tetapi kepalanya belum menyebut pelaksana. Tulis jabatannya.",
    FaultCode.TANDA_TAK_DIKENAL: 'Tanda "{found}" tidak dikenal. Pilih {nearest} bila mengerjakan, ◇ bila memutuskan, '
    "●◇ bila keduanya.",
    FaultCode.DUA_PEMUTUS: "Langkah ini sudah punya pemutus ({known}). Hapus ◇ di salah satu kolom.",
    FaultCode.SEL_BUKAN_TEKS: 'Sel ini berisi {nearest} ("{found}"), bukan tulisan. Ketik lagi sebagai teks.',
    FaultCode.RINCIAN_TAK_DIKENAL: 'Rincian "{found}" tidak cocok dengan SOP ini. Hapus barisnya.',
    FaultCode.RINCIAN_USANG: "Keterangan lama tentang {found} tidak dipakai lagi: isi selnya diganti.",
    FaultCode.KUNCI_TAK_DIKENAL: "Kunci {found} tidak dikenal. Mungkin maksudnya {nearest}.",
    FaultCode.KUNCI_HILANG: "Kunci ini wajib ada dan belum ditulis.",
    FaultCode.JENIS_SALAH: "Isinya {found}; seharusnya {known}.",
    FaultCode.TIDAK_ADA_TETAPI_BERISI: "Disebut tidak ada (absent): {found}, padahal berisi. Hapus salah satunya.",
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
    FaultCode.HARI_TIDAK_COCOK: 'Nama hari di "{found}" tidak cocok dengan tanggalnya. Periksa, atau hapus harinya.',
    FaultCode.TANGGAL_TAK_TERBACA: 'Tulisan "{found}" tidak terbaca sebagai tanggal. Contoh: {known}.',
    FaultCode.SELESAI_SEBELUM_MULAI: "Selesai sebelum mulai. Periksa tanggal dan jamnya.",
    FaultCode.KOLOM_TIDAK_PAS: "Di baris ini ada {found} kolom; seharusnya {nearest}, dipisah titik koma.",
    FaultCode.TANPA_BARIS: "Tidak ada baris yang berisi. Isi sekurangnya satu: {nearest}.",
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
    FaultCode.BANYAK_PELAKSANA_TANPA_BERSAMA: "Beberapa pelaksana ({found}) tanpa tanda bersama. Isi kolom "
    "Bersama dengan ya (di TOML: joint = true), atau sisakan satu pelaksana.",
    FaultCode.NOMOR_GANDA: "Nomor langkah {found} dipakai dua kali.",
    FaultCode.NOMOR_TAK_URUT: "Nomor langkah {found} tidak urut; sesudah langkah sebelumnya diharapkan {nearest}.",
    FaultCode.KADENS_CAMPUR: "Langkah ini tidak menyebut periodenya, langkah lain menyebutnya. Pilihannya: {known}.",
    FaultCode.PEMUTUS_TIDAK_ADA: "Keputusan ini tidak punya pemutus. Pelaksana yang ada: {known}.",
    FaultCode.PEMUTUS_TAK_DIKENAL: "Pemutus {found} tidak dikenal. Pelaksana yang ada: {known}.",
    FaultCode.PEMUTUS_TANPA_KEPUTUSAN: "Ada pemutus ({found}), tetapi Ya dan Tidak belum ditulis.",
    FaultCode.YA_HILANG: "Tujuan Ya belum ditulis.",
    FaultCode.TIDAK_HILANG: "Tujuan Tidak belum ditulis.",
    FaultCode.TUJUAN_TIDAK_ADA: "Langkah {found} tidak ada. Langkah yang ada: {known}.",
    FaultCode.TUJUAN_KADENS_LAIN: "Langkah {found} termasuk periode lain. Langkah yang boleh: {known}.",
    FaultCode.YA_BUKAN_BERIKUTNYA: "Ya menuju {found}; seharusnya {nearest}, langkah berikutnya dalam periode ini.",
    FaultCode.TIDAK_KE_DEPAN: "Tidak menuju langkah {found} yang lebih belakang. Langkah yang boleh: {known}.",
    FaultCode.LANGKAH_TAK_TERCAPAI: "Langkah ini tidak tercapai dari langkah pertama periodenya.",
    FaultCode.TANPA_AKHIR: "Alur langkah {found} tidak pernah berakhir. Langkah terakhirnya harus menuju akhir.",
    FaultCode.WILAYAH_TANPA_GABUNG: "Langkah per bidang ini yang terakhir dalam periodenya. Tambahkan langkah yang "
    "menghimpun sesudahnya.",
    FaultCode.DATA_GANDA: "Langkah {known} sudah menjadi {found}. Tiap periode hanya punya satu langkah {found}.",
    FaultCode.DATA_TERBALIK: "Langkah {found} tidak boleh sesudah langkah {known}. Urutannya formulir, isian, periksa.",
    FaultCode.ISIAN_KEPUTUSAN: "Langkah isian tidak boleh memuat keputusan. Pilih langkah lain untuk isian.",
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

OTHER_FAULTS: dict[str, str] = {
    # what an act was given
    "langkah-bukan-per-bidang": "Langkah ini tidak dikerjakan per bidang, jadi bidang {found} tidak perlu disebut.",
    "bidang-perlu-disebut": "Langkah ini dikerjakan per bidang; sebutkan salah satu: {known}.",
    "bidang-beberapa": '"{found}" ada pada nama beberapa bidang: {known}. Ketik lebih panjang, sampai hanya satu.',
    "bidang-perlu-ditandai": "Tandai paling sedikit satu bidang; yang lain meneruskan pekerjaannya.",
    "bidang-hanya-untuk-tidak": "Bidang ({found}) hanya disebut pada Tidak: Ya berlaku untuk seluruh berkas.",
    "putusan-ya-tidak": "Putusannya ya atau tidak.",
    # people and bidang
    "kode-pengguna": 'Kode "{found}" tidak dapat dipakai: huruf kecil, angka, dan tanda hubung, paling banyak 20.',
    "kode-dipakai": "Kode {found} sudah dipakai.",
    "kode-memuat-nama": (
        "Kode {found} memuat bagian nama, padahal kode tidak ikut terhapus dari riwayat bila namanya dikosongkan. "
        "Pakai kode lain, misalnya jabatannya."
    ),
    "akun-dipakai": "Akun {found} sudah dipakai {known}.",
    "kantor-baru-perlu-kode": (
        "SOP {found} belum dipakai kantor mana pun di sini. Sebut --opd: kode kantor yang ada ({known}), atau kode "
        "baru untuk kantor baru."
    ),
    "bidang-milik-kantor": (
        "{found} belum ada di daftar bidang kantor. Daftar itu berlaku juga bagi tahun yang berjalan, jadi menyiapkan "
        "tahun tidak menambahnya. Yang ada: {known}."
    ),
    "peran-kosong": "Belum ada peran yang dipilih. Pilih sekurangnya satu.",
    "akun-pertama": "Orang pertama perlu akun komputer, supaya sesudah ini masih ada yang dapat masuk.",
    "lajur-tanpa-bidang": (
        "Tidak ada langkah {found} yang dikerjakan per bidang, jadi lajur ini dipegang untuk semuanya. "
        "Kosongkan bidangnya."
    ),
    "sampai-sebelum-sejak": "Akhirnya tidak sesudah awalnya.",
    "nip-salah": "NIP {found} bukan 18 angka.",
    "pin-bentuk": "PIN terdiri dari {nearest} sampai 12 angka.",
    "pin-mudah": "PIN ini terlalu mudah ditebak. Pakai angka yang tidak berurutan dan tidak sama semua.",
    "deskriptor": "Tidak ada yang terbaca dari situ. Sebutkan nomor yang terbuka, misalnya --pin-dari 3 3< berkas.",
    "kode-diketik-lagi": "Ketik sekali lagi kode orangnya, {known}: data pribadi dikosongkan untuk seterusnya.",
    "pin-berbeda": "Dua kali mengetik PIN tidak sama.",
    "bidang-ada": "Bidang {found} sudah ada. Untuk menjadikannya satu, gabungkan.",
    "bidang-pernah-ada": "Nama {found} pernah dipakai bidang lain dan tetap ada di riwayat. Pakai nama lain.",
    "bidang-belum-mulai": "{found} baru mulai sesudah tanggal itu. Bila hari pertamanya keliru, tambahkan lagi dengan "
    "hari pertama yang benar.",
    "gabung-kurang": "Menggabungkan perlu paling sedikit dua bidang.",
    "dokumen-kosong": "Sebutkan paling sedikit nomor, tanggal, lokasi, atau nama dokumennya.",
    # setting up
    "kadens-tertulis": "SOP ini sudah menyebut periodenya ({known}), jadi {found} tidak dapat dipilih.",
    "kantor-sudah-ada": "Kantor ini sudah ada dengan {nearest}; {found} tidak dapat dipakai. Hapus dari perintahnya, "
    "atau, untuk kantor lain, sebut kode barunya dengan --opd.",
    "nama-ganda": "Nama {found} disebut dua kali.",
    "sop-perlu-disebut": "Sebutkan SOP-nya. Pilihannya: {known}.",
    # the command line itself
    "perintah-tak-dikenal": 'Perintah "{found}" tidak dikenal. Mungkin maksudnya: {known}.',
    "perintah-asing": 'Perintah "{found}" tidak dikenal. Daftarnya: sakip --bantuan.',
    "perintah-kurang": "Perintah ini perlu satu kata lagi: {known}.",
    "opsi-tak-dikenal": "Opsi {found} tidak dikenal. Mungkin maksudnya: {known}.",
    "opsi-asing": "Opsi {found} tidak dikenal di perintah ini.",
    "opsi-tanpa-nilai": "Opsi {found} perlu nilai.",
    "opsi-dengan-nilai": "Opsi {found} tidak memakai nilai.",
    "opsi-berulang": "Opsi {found} disebut lebih dari sekali.",
    "bukan-bersama": "{found} tidak dipakai bersama {known}.",
    "opsi-wajib": "Opsi {found} wajib diisi.",
    "tahun-sudah-disiapkan": "Tahun {found} sudah disiapkan. Untuk tahun sesudahnya sebut --tahun.",
    "isian-kurang": "{found} belum disebut.",
    "isian-berlebih": '"{found}" berlebih. Teks yang memuat spasi perlu tanda kutip.',
    "bukan-bilangan": '"{found}" bukan bilangan bulat.',
    "bilangan-di-luar-batas": "{found} di luar batas: {known}.",
    "pilihan-salah": '"{found}" tidak dapat dipakai. Pilihannya: {known}.',
    "akhiran-tak-dikenal": "Format {found} tidak terlihat dari namanya. Akhiri dengan {known}, atau sebut --format.",
    "hanya-untuk-csv": "Hanya untuk --format csv.",
    "bukan-untuk-layar": "Buku kerja tidak dapat ditampilkan di layar. Sebut nama dokumennya, atau pakai --format txt.",
    "peta-tak-terbaca": 'Peta "{found}" tidak terbaca. Contoh: 1=1,2=2,3=4.',
    "peta-berulang": "Langkah {found} dipetakan dua kali.",
    "alamat-basis-data": "{found} adalah alamat server. Server belum didukung; sebut basis data di disk komputer ini.",
    "bukan-sidik": '"{found}" bukan sidik: tulis paling sedikit {nearest} huruf pertamanya, 0-9 dan a-f.',
    "nama-tak-terpakai": "Nama ini memuat karakter yang tidak dapat dipakai.",
    "sudah-ada": "{found} sudah ada. Kantor contoh hanya dibuat di tempat yang baru.",
    "bulan-tak-terbaca": 'Bulan "{found}" tidak terbaca. Contoh: 2026-03.',
    "tak-terbaca": "{found} tidak dapat dibaca: {known}.",
    # an office host
    "perintah-terlalu-panjang": "Perintah ini {found} huruf; paling panjang {nearest}.",
    "tanda-kutip-terbuka": "Tanda kutip di perintah ini tidak ditutup: {found}.",
    "hanya-oleh-pintu": "Opsi {found} hanya dipakai oleh pintu komputer kantor, untuk yang masuk dengan kuncinya. "
    "Di komputer ini pakai --sebagai KODE.",
    "hanya-oleh-kunci": "Opsi {found} ditentukan oleh kunci Anda dan tidak dapat diganti.",
    "hanya-di-komputer-kantor": "Perintah {found} hanya dijalankan pengelola di komputer kantor itu sendiri.",
    "tanpa-dokumen-dari-jauh": "{found} menyebut dokumen di komputer kantor, dan itu tidak dapat dibaca dari jauh. "
    "Jalankan di komputer kantor itu sendiri.",
    "tanpa-tempat-di-komputer-kantor": "{found} tidak dapat menyebut tempat di komputer kantor. Untuk mengambil "
    "dokumen, pakai -o - dan alihkan keluarannya di komputer Anda.",
    "bukan-kunci-publik": "Isinya bukan satu kunci publik SSH. Contoh awalnya: {nearest}. Buat dengan ssh-keygen, lalu "
    "pakai dokumen yang berakhiran .pub.",
    "kunci-terlalu-lemah": "Kunci {found} ini terlalu pendek. Pakai {nearest}.",
    "kode-tak-terpakai": 'Kode "{found}" tidak dapat dipakai: hanya huruf, angka, titik, dan tanda hubung.',
    "kunci-milik-orang-lain": "Kunci ini sudah dipakai {found}. Tiap orang perlu kuncinya sendiri.",
    "dokumen-sudah-ada": "{found} sudah ada dan isinya lain. Pindahkan dulu, atau pilih map lain.",
    "tempat-tak-terpakai": "Tempat {found} memuat karakter yang tidak dapat ditulis di baris kunci.",
    "waktu-di-baris": "Waktunya ditulis di tiap baris, jadi tidak disebut di sini.",
    "kata-pulihkan": 'Yang tertulis "{found}". Ketik {known} bila basis data memang hendak diganti, atau tekan Esc.',
    "tanpa-dokumen": "Sebut dokumen yang berisi barisnya, atau - (masukan baku); --contoh mencetak baris kosong.",
    "pada-atau-selesai": "--pada dan --selesai menyebut hal yang sama; pakai salah satu.",
}
"""Code -> template, for the faults that are not of an SOP file. Fields as in `FAULT_SENTENCES`."""


def fault_line(fault: Fault) -> str:
    """One fault as a sentence, its place in front."""
    if fault.code.startswith(DATA):
        finding = CellFinding(FormFault(fault.code.removeprefix(DATA)), read=fault.found, known=fault.known)
        said = " ".join(finding_words(finding))
        return f"{fault.place}: {said}" if fault.place else said
    code = fault.code.replace("_", "-")
    template = FAULT_SENTENCES.get(code) or OTHER_FAULTS.get(code) or "{code} {found}"
    sentence = template.format(
        code=fault.code,
        found=fault.found,
        known=", ".join(fault.known),
        nearest=fault.known[0] if fault.known else "",
    )
    is_named = sentence.casefold().startswith(f"{fault.place} ".casefold())
    return sentence if is_named or not fault.place else f"{fault.place}: {sentence}"
