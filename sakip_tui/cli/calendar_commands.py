"""The commands that change or explain the working calendar and the office's clocks. A list, no behaviour."""

from __future__ import annotations

from sakip_tui.cli.grammar import Verb
from sakip_tui.options import WEEKDAYS, Operand, Option, office_writing

_WRITING = (
    *office_writing("tolak bila kalender bukan revisi ini lagi"),
    Option("--coba", "tunjukkan tenggat yang akan bergeser, tidak menyimpan apa pun"),
)
_ORIGIN = (
    Option("--sumber", "nomor keputusan atau surat edaran", "TEKS"),
    Option("--perkiraan", "belum pasti"),
)
_HOURS = (
    Option("--jam", 'jam kerja tiap hari kerja: "07.30-12.00 13.00-16.00"', "JAM"),
    *(Option(f"--{day}", f"jam kerja hari {day}, atau tutup", "JAM") for day in WEEKDAYS),
)

CALENDAR_VERBS = (
    Verb(
        ("kalender", "isi"),
        "mengisi libur nasional, cuti bersama, dan Ramadan setahun",
        "sakip_tui.cli.calendar_acts:fill",
        (Operand("TAHUN", "tahun yang diisi"),),
        (Option("--yang-dihapus", "tampilkan lagi juga baris nasional yang dulu dihapus kantor"), *_WRITING),
    ),
    Verb(
        ("kalender", "libur"),
        "menambah atau mengganti satu hari: libur, cuti bersama, atau setengah hari",
        "sakip_tui.cli.calendar_acts:put_day",
        (Operand("TANGGAL", "hari yang diatur"), Operand("NAMA", "nama harinya")),
        (
            Option("--cuti-bersama", "cuti bersama, bukan libur"),
            Option("--jam", 'jam kerja hari itu, bila tidak libur penuh: "07.30-11.30"', "JAM"),
            *_ORIGIN,
            *_WRITING,
        ),
    ),
    Verb(
        ("kalender", "jam-khusus"),
        "jam kerja lain untuk rentang tanggal, misalnya Ramadan",
        "sakip_tui.cli.calendar_acts:put_range",
        (Operand("AWAL", "hari pertama"), Operand("AKHIR", "hari terakhir")),
        (
            Option("--nama", "nama rentangnya", "TEKS"),
            Option("--ramadan", "jam Ramadan menurut Perpres 21/2023"),
            Option("--ganti", "rentang lama yang diganti: 2027-02-08/2027-03-09", "AWAL/AKHIR"),
            *_HOURS,
            *_ORIGIN,
            *_WRITING,
        ),
    ),
    Verb(
        ("kalender", "jam-kerja"),
        "jam kerja mingguan kantor",
        "sakip_tui.cli.calendar_acts:put_weekly",
        (),
        (*_HOURS, *_WRITING),
    ),
    Verb(
        ("kalender", "hapus"),
        "menghapus satu hari khusus, atau dengan AKHIR sebuah rentang",
        "sakip_tui.cli.calendar_acts:drop",
        (
            Operand("AWAL", "harinya, atau hari pertama rentang"),
            Operand("AKHIR", "hari terakhir rentang", required=False),
        ),
        _WRITING,
    ),
    Verb(
        ("kalender", "pastikan"),
        "menandai perkiraan sebagai pasti",
        "sakip_tui.cli.calendar_acts:confirm",
        (Operand("AWAL", "harinya, hari pertama, atau tahun"), Operand("AKHIR", "hari terakhir", required=False)),
        _WRITING,
    ),
    Verb(
        ("kalender", "urung"),
        "menarik perubahan kalender yang terakhir; sekali lagi mengembalikannya",
        "sakip_tui.cli.calendar_acts:take_back",
        (),
        _WRITING,
    ),
    Verb(("kalender", "revisi"), "daftar perubahan kalender", "sakip_tui.cli.calendar_acts:revisions"),
    Verb(
        ("kalender", "jelaskan"),
        "tenggat sebuah langkah, hari demi hari",
        "sakip_tui.cli.explanations:explain",
        (Operand("PERIODE", "kunci periode: 2026-TW1, 2026-S1, 2026-TH"), Operand("LANGKAH", "nomor langkah")),
        (Option("--bidang", "bidang yang mengerjakan, di langkah per bidang", "B"),),
    ),
    Verb(
        ("kalender", "perkiraan"),
        "kapan periode diperkirakan selesai, dan dari mana angkanya",
        "sakip_tui.cli.explanations:foresee",
        (Operand("PERIODE", "kunci periode; tanpa ini yang terbuka", required=False),),
    ),
    Verb(
        ("pengaturan", "pejabat"),
        "pejabat yang menandatangani rekap; dengan JABATAN menyebut yang baru, juga memperbaiki dan mengosongkan",
        "sakip_tui.cli.signers:signers",
        (
            Operand(
                "JABATAN",
                "jabatan seperti di penanda tangan, dengan Plt. atau Plh. di depannya; tanpa ini semuanya disebut",
                required=False,
            ),
        ),
        (
            Option("--nama", "nama lengkap dengan gelar", "NAMA"),
            Option("--pangkat", "pangkat dan golongan", "TEKS"),
            Option("--nip", "NIP, 18 angka", "NIP"),
            Option("--sejak", "periode pertama yang ditandatanganinya; tanpa ini semua periode", "PERIODE"),
            Option(
                "--perbaiki", "betulkan salah ketik pejabat berkode ini, juga di periode yang sudah ditutup", "KODE"
            ),
            Option("--kosongkan", "hapus nama, pangkat, dan NIP pejabat berkode ini; jabatannya tetap", "KODE"),
            *office_writing("tolak bila pejabat itu bukan revisi ini lagi"),
        ),
    ),
    Verb(("pengaturan", "lihat"), "semua pengaturan kantor", "sakip_tui.cli.settings:show"),
    Verb(
        ("pengaturan", "ubah"),
        "mengubah pengaturan kantor",
        "sakip_tui.cli.settings:change",
        (),
        (
            Option("--batas-segera", "persen mutu baku yang terpakai sebelum ditandai segera", "N"),
            Option("--batas-mulai", "hari kerja sesudah siap sebelum langkah disebut belum dimulai", "N"),
            Option("--batas-susulan", "hari kerja sesudahnya catatan susulan perlu alasan", "N"),
            Option("--hitung-hari-mulai", "ya atau tidak: hari mulai ikut dihitung", "YA"),
            Option(
                "--jam-mulai",
                "LANGKAH=siap, =mulai, atau =baku; LANGKAH ialah KODE/6 untuk satu SOP, 6 untuk semuanya",
                "PILIHAN",
                repeats=True,
            ),
            Option("--bukti", "yang wajib ada sebelum selesai: tidak, dokumen, atau kelengkapan", "PILIHAN"),
            Option("--target", "PERIODE=TANGGAL, atau PERIODE=hapus; boleh diulang", "TARGET", repeats=True),
            Option("--pemutus-lain", "ya atau tidak: yang mengerjakan tidak boleh memutus", "YA"),
            Option("--kunci-layar", "menit tanpa tombol sebelum layar terkunci", "N"),
            Option("--tanda", "tanda di layar: otomatis, unicode, atau ascii", "PILIHAN"),
            Option("--kertas", "kertas rekap: A4 atau F4", "PILIHAN"),
            Option("--penanda-tangan", "jabatan; ulangi menurut urutan, atau hapus", "JABATAN", repeats=True),
            Option("--kop", "baris kepala lembar Pengesahan; ulangi menurut urutan, atau hapus", "BARIS", repeats=True),
            Option("--tanda-tangan-elektronik", "ya atau tidak", "YA"),
            Option("--tempat", "tempat di depan tanggal tanda tangan, atau hapus", "TEKS"),
            Option("--cadangan-harian", "berapa cadangan harian yang disimpan", "N"),
            Option("--cadangan-mingguan", "berapa cadangan mingguan yang disimpan", "N"),
            Option("--cadangan-bulanan", "berapa cadangan bulanan yang disimpan", "N"),
            Option("--capaian-turun", "rumus makin rendah makin baik: selisih atau kebalikan", "RUMUS"),
            Option("--batas-baris", "capaian satu baris paling tinggi: tanpa, 100, 120, 150, atau 200", "BATAS"),
            Option("--batas-rata", "yang dihitung dalam rata-rata paling tinggi: tanpa, 100, 120, 150, 200", "BATAS"),
            Option("--kata-predikat", "tinggi (Sangat Tinggi ...) atau baik (Sangat Baik ...)", "KATA"),
            Option("--batas-predikat", "empat angka menurun: 90 75 65 50", "ANGKA"),
            Option("--wajib-isi", "ya atau tidak: langkah isian selesai hanya bila semua baris diisi", "YA"),
            Option("--skala", "skala predikat: Opini: WTP=4, WDP=3; boleh diulang, atau hapus", "SKALA", repeats=True),
            *office_writing("tolak bila pengaturan bukan revisi ini lagi"),
        ),
    ),
)
