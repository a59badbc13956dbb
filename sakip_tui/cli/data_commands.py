"""The commands for data kinerja. A list, no behaviour."""

from __future__ import annotations

from sakip_tui.cli.grammar import Verb
from sakip_tui.options import NOTE, PERIOD, WRITING, Operand, Option

_CODE = Operand("KODE", "kode indikator")
_SINCE = Option("--sejak", "periode mulai berlaku; tanpa ini sejak awal tahun, kecuali yang sudah ditutup", "PERIODE")
_OWNER = Option("--bidang", "baris bidang itu saja; Kantor untuk baris kantor", "B")
_FILLING = (
    Option("--keadaan", "terisi, belum-ada, atau tidak-berlaku; dua yang terakhir dengan --alasan", "KEADAAN"),
    Option("--pembilang", "untuk rasio: di atas garis", "X"),
    Option("--penyebut", "untuk rasio: di bawah garis", "Y"),
    Option("--pendorong", "faktor pendorong; - menghapusnya", "TEKS"),
    Option("--kendala", "kendala; - menghapusnya", "TEKS"),
    Option("--tindak-lanjut", "tindak lanjut; - menghapusnya", "TEKS"),
    Option("--pic", "jabatan atau kode pengguna yang menindaklanjuti; - menghapusnya", "TEKS"),
    Option("--batas", "batas waktu tindak lanjut; - menghapusnya", "TANGGAL"),
    Option("--bukti", "bukti dukungnya; - menghapusnya", "TEKS"),
)
_MORE = (
    Option("--jenis", "angka, persen, rasio, atau predikat", "JENIS"),
    Option("--arah", "naik (makin tinggi makin baik), turun, atau tetap", "ARAH"),
    Option("--konsolidasi", "jumlah, akhir, atau rata: bagaimana periodenya digabung", "CARA"),
    Option("--desimal", "angka di belakang koma, 0 sampai 4", "N"),
    Option("--kadens", "dilaporkan tiap triwulan, semester, atau tahunan", "KADENS"),
    Option("--bidang", "yang menyerahkan; tanpa ini kantor", "B"),
    Option("--sasaran", "sasaran strategisnya", "TEKS"),
    Option("--dokumen", "dokumen tempat indikator ini tertulis", "TEKS"),
    Option("--pembilang", "untuk rasio: apa yang dihitung di atas garis", "TEKS"),
    Option("--penyebut", "untuk rasio: apa yang dihitung di bawah garis", "TEKS"),
    Option("--faktor", "untuk rasio: pengali hasil baginya; tanpa ini 100", "N"),
    _SINCE,
)
_CODES = Operand("KODE", "kode indikator, satu atau beberapa", repeats=True)

DATA_VERBS = (
    Verb(
        ("data", "lihat"),
        "baris data kinerja sebuah periode dengan capaiannya",
        "sakip_tui.cli.data_figures:listing",
        (PERIOD,),
        (_OWNER,),
    ),
    Verb(
        ("data", "jelaskan"),
        "satu angka, hitungan demi hitungan",
        "sakip_tui.cli.data_figures:explain",
        (PERIOD, _CODE),
    ),
    Verb(
        ("data", "formulir"),
        "mengirim formulir sebuah periode: satu xlsx untuk tiap bidang",
        "sakip_tui.cli.data_forms:send",
        (PERIOD,),
        (
            _OWNER,
            Option("--keluaran", "map tempat dokumennya ditulis", "MAP", short="-o", is_path=True),
            *WRITING,
        ),
    ),
    Verb(
        ("data", "impor"),
        "mengambil formulir yang sudah diisi: tiap dokumen seluruhnya, atau tidak sama sekali",
        "sakip_tui.cli.data_forms:take_in",
        (Operand("DOKUMEN", "dokumen xlsx, satu atau beberapa", is_path=True, repeats=True),),
        (Option("--coba", "hanya memeriksa"), *WRITING),
    ),
    Verb(
        ("data", "isi"),
        "mengisi satu baris; NILAI hapus mengosongkannya",
        "sakip_tui.cli.data_rows:fill",
        (PERIOD, _CODE, Operand("NILAI", "realisasinya", required=False)),
        (*_FILLING, *WRITING),
    ),
    Verb(
        ("data", "tandai"),
        "menandai baris yang perlu diperbaiki, dengan catatan",
        "sakip_tui.cli.data_rows:mark",
        (PERIOD, _CODES),
        (NOTE, *WRITING),
    ),
    Verb(
        ("data", "terima"),
        "menarik tanda pada baris",
        "sakip_tui.cli.data_rows:accept",
        (PERIOD, _CODES),
        (NOTE, *WRITING),
    ),
    Verb(
        ("data", "koreksi"),
        "membetulkan baris yang sudah diserahkan, dengan alasan",
        "sakip_tui.cli.data_rows:correct",
        (PERIOD, _CODE, Operand("NILAI", "realisasi yang benar", required=False)),
        (*_FILLING, *WRITING),
    ),
    Verb(
        ("indikator", "daftar"),
        "indikator kantor dengan targetnya",
        "sakip_tui.cli.indicators:listing",
        (),
        (Option("--tahun", "tahun targetnya; tanpa ini tahun yang tampil pertama di papan", "TAHUN"),),
    ),
    Verb(
        ("indikator", "tambah"),
        "menetapkan indikator baru",
        "sakip_tui.cli.indicators:add",
        (_CODE,),
        (
            Option("--nama", "nama indikatornya", "NAMA", required=True),
            Option("--satuan", "satuannya: %, orang, dokumen; untuk predikat nama skalanya", "SATUAN", required=True),
            *_MORE,
            *WRITING,
        ),
    ),
    Verb(
        ("indikator", "ubah"),
        "mengubah indikator mulai suatu periode, atau mengakhirinya",
        "sakip_tui.cli.indicators:change",
        (_CODE,),
        (
            Option("--nama", "nama indikatornya", "NAMA"),
            Option("--satuan", "satuannya", "SATUAN"),
            *_MORE,
            Option("--akhiri", "tidak dipakai lagi mulai --sejak"),
            *WRITING,
        ),
    ),
    Verb(
        ("indikator", "target"),
        "menetapkan target sebuah indikator; NILAI hapus mencabutnya",
        "sakip_tui.cli.indicators:target",
        (_CODE, Operand("PERIODE", "kunci periode: 2026-TW1, 2026-S1, 2026-TH"), Operand("NILAI", "targetnya")),
        (
            Option("--set", "1 perjanjian kinerja, 2 dan seterusnya perubahannya; tanpa ini yang terakhir", "N"),
            Option("--dokumen", "dokumen targetnya", "TEKS"),
            Option("--sejak", "untuk perubahan yang baru: periode mulai berlaku", "PERIODE"),
            *WRITING,
        ),
    ),
    Verb(
        ("indikator", "ekspor"),
        "menulis semua indikator dan targetnya sebagai xlsx; kantor tanpa indikator mendapat lembar untuk diisi",
        "sakip_tui.cli.register_files:export",
        (),
        (
            Option("--keluaran", "nama dokumen; - untuk keluaran baku", "DOKUMEN", short="-o", is_path=True),
            Option("--tahun", "tahun targetnya; tanpa ini tahun yang tampil pertama di papan", "TAHUN"),
        ),
    ),
    Verb(
        ("indikator", "impor"),
        "menetapkan indikator dan target dari xlsx itu: semua, atau tidak satu pun",
        "sakip_tui.cli.register_files:take_in",
        (Operand("DOKUMEN", "dokumen xlsx", is_path=True),),
        (
            Option("--coba", "hanya memeriksa"),
            Option("--tahun", "tahun targetnya; tanpa ini tahun yang tampil pertama di papan", "TAHUN"),
            Option("--set", "1 perjanjian kinerja, 2 dan seterusnya perubahannya; tanpa ini yang terakhir", "N"),
            Option("--dokumen", "dokumen targetnya", "TEKS"),
            _SINCE,
            *WRITING,
        ),
    ),
)
