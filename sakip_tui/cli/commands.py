"""The commands: what each is called, what it takes, and which function answers it. One list, no behaviour."""

from __future__ import annotations

from sakip_tui.cli.calendar_commands import CALENDAR_VERBS
from sakip_tui.cli.grammar import Grammar, Option, Place, Verb
from sakip_tui.cli.people_commands import PEOPLE_VERBS

SHARED = (
    Option(
        "--db",
        "basis data kantor; tanpa ini yang disebut SAKIP_DB, atau yang di map data pengguna",
        "BASIS_DATA",
        is_path=True,
    ),
    Option("--sebagai", "siapa yang bertindak; tanpa ini SAKIP_PENGGUNA atau akun komputer", "NAMA"),
    Option("--opd", "kode kantor, bila ada beberapa", "KODE"),
    Option("--sop-aktif", "kode SOP yang dipakai kantor, bila ada beberapa", "KODE"),
    Option("--pin-dari", "PIN dibaca dari deskriptor berkas ini, bila tidak ada terminal untuk mengetiknya", "FD"),
    Option("--json", "cetak satu dokumen JSON"),
    Option("--bantuan", "keterangan perintah", short="-h"),
)

_WRITING = (
    Option("--pada", "waktu kejadian, bila bukan sekarang", "WAKTU"),
    Option("--alasan", "alasan tindakan", "TEKS"),
    Option("--atas-nama", "lajur yang diwakili", "LAJUR"),
    Option("--revisi", "tolak bila revisinya bukan ini lagi", "N"),
    Option("--token", "token yang sama hanya berlaku sekali", "TEKS"),
)
_PERIOD = Place("PERIODE", "kunci periode: 2026-TW1, 2026-S1, 2026-TH")
_MAYBE_PERIOD = Place("PERIODE", "kunci periode; tanpa ini yang terbuka", required=False)
_DOCUMENT = Place("DOKUMEN", "dokumen TOML", is_path=True)
_STEP = Place("LANGKAH", "nomor langkah")
_BIDANG = Option("--bidang", "bidang yang mengerjakan, di langkah per bidang", "B")
_NOTE = Option("--catatan", "apa yang ditemukan atau dikerjakan", "TEKS")
_ON_RUN = (_BIDANG, _NOTE, *_WRITING)


def _on_run(word: str, help: str, *options: Option, places: tuple[Place, ...] = ()) -> Verb:
    return Verb((word,), help, "sakip_tui.cli.acts:on_run", (_PERIOD, _STEP, *places), (*options, *_ON_RUN))


def _on_case(word: str, help: str) -> Verb:
    return Verb(("berkas", word), help, "sakip_tui.cli.acts:on_case", (_PERIOD,), (_NOTE, *_WRITING))


def _on_period(word: str, help: str, *places: Place) -> Verb:
    return Verb(("periode", word), help, "sakip_tui.cli.acts:on_period", (_PERIOD, *places), (_NOTE, *_WRITING))


_EVIDENCE = (
    Option("--nomor", "nomor dokumen", "TEKS"),
    Option("--tanggal", "tanggal dokumen", "TANGGAL"),
    Option("--lokasi", "tempat dokumennya disimpan", "TEKS"),
    Option("--berkas", "dokumen di komputer; hanya nama dan sidiknya yang dicatat", "DOKUMEN", is_path=True),
)
_SETUP = (
    Option("--sop", "kode SOP dari katalog, atau yang diimpor", "KODE"),
    Option("--tahun", "tahun yang disiapkan", "TAHUN"),
    Option("--nama", "nama kantor", "NAMA"),
    Option("--zona", "Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura", "ZONA"),
    Option("--bidang", "satu bidang; ulangi untuk tiap bidang", "NAMA", repeats=True),
    Option("--kadens", "untuk SOP yang tidak menyebut periode: triwulan, semester, atau tahunan", "KADENS"),
    *_WRITING,
)
_OUTPUT = Option("--keluaran", "nama dokumen; - untuk keluaran baku", "DOKUMEN", short="-o", is_path=True)

VERBS = (
    Verb(("contoh",), "kantor contoh dengan kemajuan di sekitar hari ini", "sakip_tui.cli.demo:demo"),
    Verb(("siapkan",), "menyiapkan kantor, atau tahun berikutnya", "sakip_tui.cli.office:set_up", (), _SETUP),
    Verb(("sop", "daftar"), "SOP di katalog dan SOP kantor", "sakip_tui.cli.sops:catalog_list"),
    Verb(("sop", "lihat"), "isi sebuah SOP", "sakip_tui.cli.sops:show", (Place("KODE", "kode SOP"),)),
    Verb(
        ("sop", "periksa"),
        "memeriksa sebuah dokumen SOP",
        "sakip_tui.cli.sops:check",
        (_DOCUMENT,),
    ),
    Verb(
        ("sop", "impor"),
        "menyimpan SOP milik kantor",
        "sakip_tui.cli.sops:take_in",
        (_DOCUMENT,),
        _WRITING,
    ),
    Verb(
        ("sop", "banding"),
        "apa yang berbeda antara dua versi SOP kantor",
        "sakip_tui.cli.sop_versions:compare",
        (
            Place("KODE", "kode SOP"),
            Place("LAMA", "nomor versi; tanpa ini yang sebelum versi baru", required=False),
            Place("BARU", "nomor versi; tanpa ini yang terbaru", required=False),
        ),
    ),
    Verb(
        ("sop", "ekspor"),
        "menulis SOP sebagai TOML",
        "sakip_tui.cli.sops:give_out",
        (Place("KODE", "kode SOP"),),
        (_OUTPUT,),
    ),
    Verb(
        ("sop", "tetapkan"),
        "menetapkan atau mengganti isian yang dokumennya diam",
        "sakip_tui.cli.sops:settle",
        (Place("KODE", "kode SOP"), _STEP),
        (
            Option("--pelaksana", "lajur yang mengerjakan", "LAJUR", repeats=True),
            Option("--pemutus", "lajur yang memutuskan", "LAJUR"),
            Option("--tidak-ke", "langkah tujuan jawaban Tidak", "N"),
            *_WRITING,
        ),
    ),
    Verb(("periode", "daftar"), "periode dan keadaannya", "sakip_tui.cli.views:periods"),
    _on_period("buka", "membuka periode"),
    _on_period("tutup", "menutup periode dan menulis rekapnya"),
    _on_period("buka-kembali", "membuka lagi periode yang sudah ditutup"),
    _on_period("bebaskan", "tidak menunggu periode ANAK", Place("ANAK", "kunci periode yang tidak ditunggu")),
    _on_case("tahan", "menahan berkas sementara"),
    _on_case("lanjutkan", "melanjutkan berkas yang ditahan"),
    _on_case("hentikan", "menghentikan berkas"),
    _on_case("mulai-ulang", "memulai berkas baru sesudah dihentikan"),
    _on_case("gabung", "menutup penantian tanpa bidang yang belum menyerahkan"),
    Verb(
        ("berkas", "ubah-bidang"),
        "mengubah daftar bidang selama langkah per bidang terbuka",
        "sakip_tui.cli.acts:on_case",
        (_PERIOD,),
        (
            Option("--tambah", "bidang yang ditambahkan", "B", repeats=True),
            Option("--hapus", "bidang yang dihapus", "B", repeats=True),
            _NOTE,
            *_WRITING,
        ),
    ),
    Verb(
        ("berkas", "pindah-versi"),
        "memindahkan berkas ke versi SOP yang lain",
        "sakip_tui.cli.acts:on_case",
        (_PERIOD,),
        (
            Option("--ke", "nomor versi tujuan", "V", required=True),
            Option("--peta", "langkah lama=langkah baru: 1=1,2=2,3=4", "PETA", required=True),
            Option("--coba", "periksa saja, tidak menyimpan apa pun"),
            _NOTE,
            *_WRITING,
        ),
    ),
    Verb(("papan",), "papan sebuah periode", "sakip_tui.cli.views:board", (_MAYBE_PERIOD,)),
    Verb(("kartu",), "semua tentang satu langkah", "sakip_tui.cli.cards:card", (_PERIOD, _STEP), (_BIDANG,)),
    _on_run("mulai", "mulai mengerjakan"),
    _on_run("lepas", "menyerahkan kartu kembali ke lajurnya"),
    _on_run("tunda", "menghentikan waktu sementara"),
    _on_run("lanjut", "meneruskan yang ditunda"),
    _on_run("ajukan", "mengajukan untuk diputuskan"),
    _on_run("tarik", "menarik kembali yang diajukan"),
    _on_run(
        "selesai",
        "menyelesaikan langkah",
        Option("--mulai", "waktu mulai, bila belum dicatat", "WAKTU"),
        Option("--selesai", "waktu selesai, bila bukan sekarang", "WAKTU"),
    ),
    _on_run("lewati", "melewati langkah"),
    _on_run("pakai-lama", "memakai hasil putaran sebelumnya"),
    _on_run(
        "koreksi",
        "memperbaiki waktu, catatan, atau bukti",
        Option("--mulai", "waktu mulai yang benar", "WAKTU"),
        Option("--selesai", "waktu selesai yang benar", "WAKTU"),
        *_EVIDENCE,
    ),
    _on_run("urung", "mengurungkan tindakan terakhir"),
    Verb(
        ("putuskan",),
        "menjawab Ya atau Tidak",
        "sakip_tui.cli.acts:on_run",
        (_PERIOD, _STEP, Place("PUTUSAN", "ya atau tidak")),
        (
            Option("--bidang", "pada Tidak: hanya bidang ini yang mengulang; boleh diulang", "B", repeats=True),
            _NOTE,
            *_WRITING,
        ),
    ),
    Verb(
        ("kembalikan",),
        "mengembalikan ke langkah sebelumnya",
        "sakip_tui.cli.acts:on_case",
        (_PERIOD, _STEP),
        (
            Option("--ke", "nomor langkah tujuan", "N", required=True),
            Option("--bidang", "hanya bidang ini yang mengulang; boleh diulang", "B", repeats=True),
            _NOTE,
            *_WRITING,
        ),
    ),
    _on_run("tugaskan", "memberikan kartu kepada orang lain", places=(Place("NAMA", "siapa yang menerimanya"),)),
    _on_run(
        "centang",
        "menandai butir kelengkapan",
        Option("--hapus", "menghapus tandanya"),
        places=(Place("BUTIR", "nomor butir kelengkapan"),),
    ),
    _on_run("dokumen", "mencatat dokumen bukti", *_EVIDENCE),
    _on_run("komentar", "menulis komentar", places=(Place("TEKS", "isi komentar"),)),
    Verb(("status",), "keadaan semua periode yang terbuka", "sakip_tui.cli.views:status"),
    Verb(
        ("dasbor",),
        "setahun sekali lihat: yang terlambat, giliran siapa, bidang, angka",
        "sakip_tui.cli.dashboards:dashboard",
        (Place("PERIODE", "periode yang angkanya disandingkan dengan angka setahun", required=False),),
    ),
    Verb(
        ("alur",),
        "SOP sebagai alur: simbol, panah, Mutu Baku, dan sampai di mana berkasnya",
        "sakip_tui.cli.flow_charts:flow_chart",
        (Place("PERIODE", "kunci periode; tanpa ini yang tampil pertama di papan", required=False),),
        (Option("--gambar", "gambarnya, selebar layar"),),
    ),
    Verb(
        ("ringkas",),
        "keadaan dalam beberapa baris untuk percakapan",
        "sakip_tui.cli.views:brief",
        (),
        (
            Option("--bidang", "pengingat untuk satu bidang", "B"),
            Option(
                "--bila-perlu",
                "hanya bila ada yang terlambat, terlalu lama menunggu, jatuh tempo hari ini, atau lewat target; "
                "di luar jam kerja tidak mencetak apa pun",
            ),
        ),
    ),
    Verb(
        ("riwayat",),
        "riwayat tindakan, yang terbaru lebih dulu",
        "sakip_tui.cli.views:history",
        (Place("PERIODE", "kunci periode", required=False),),
        (
            Option("--langkah", "hanya langkah ini", "N"),
            Option("--bidang", "hanya bidang ini", "B"),
            Option("--oleh", "hanya yang dicatat orang ini", "NAMA"),
            Option("--tindakan", "hanya tindakan ini", "TINDAKAN"),
            Option("--sejak", "dicatat sejak waktu atau tanggal ini", "WAKTU"),
            Option("--sampai", "dicatat sebelum waktu atau tanggal ini", "WAKTU"),
            Option("--batas", "paling banyak sekian baris", "N"),
        ),
    ),
    Verb(
        ("rekap",),
        "rekap sebuah periode",
        "sakip_tui.cli.paper:recap",
        (_PERIOD,),
        (
            _OUTPUT,
            Option("--format", "xlsx, csv, md, txt, html, atau json", "FORMAT"),
            Option("--semua", "semua kantor dan SOP di basis data ini, bersebelahan"),
            Option("--polos", "CSV untuk program: koma, titik desimal, waktu ISO"),
            Option("--kalender", "terbaru: nilai ulang menurut kalender terbaru, tanpa mengubah apa pun", "KALENDER"),
        ),
    ),
    Verb(
        ("kalender", "lihat"),
        "kalender kerja sebulan",
        "sakip_tui.cli.calendars:month",
        (Place("BULAN", "bulan: 2026-03", required=False),),
    ),
    Verb(
        ("kalender", "hitung"),
        "tenggat sebuah mutu baku",
        "sakip_tui.cli.calendars:due",
        (Place("WAKTU", "waktu mulai"), Place("DURASI", '"30 menit", "1,5 jam", "2 hari"')),
    ),
    Verb(
        ("kalender", "selisih"),
        "waktu kerja di antara dua waktu",
        "sakip_tui.cli.calendars:between",
        (Place("DARI", "waktu awal"), Place("SAMPAI", "waktu akhir")),
    ),
    *CALENDAR_VERBS,
    *PEOPLE_VERBS,
    Verb(
        ("periksa",),
        "kesehatan basis data",
        "sakip_tui.cli.health:check",
        (),
        (
            Option("--penuh", "periksa seluruh rantai riwayat dari awal"),
            Option("--jangkar", "cari sidik ini di riwayat, misalnya yang tercetak di rekap", "SIDIK"),
        ),
    ),
    Verb(
        ("jangkar",),
        "nomor dan sidik terakhir riwayat, untuk disimpan di luar komputer ini",
        "sakip_tui.cli.health:anchor",
    ),
    Verb(
        ("host", "pasang"),
        "peluncur dan pengaturan sshd untuk komputer kantor; tanpa --tulis hanya dicetak",
        "sakip_tui.cli.hosting:install",
        (),
        (
            Option("--akun", "akun yang memiliki basis data", "NAMA"),
            Option("--tulis", "map tempat keduanya ditulis", "MAP", is_path=True),
        ),
    ),
    Verb(
        ("host", "kunci"),
        "baris yang memasukkan satu orang dengan satu kunci; tanpa --tulis hanya dicetak",
        "sakip_tui.cli.hosting:key",
        (Place("KODE", "kode orang"), Place("KUNCI", "dokumen kunci publik, berakhiran .pub", is_path=True)),
        (
            Option("--peluncur", "tempat peluncur di komputer kantor", "DOKUMEN", is_path=True),
            Option("--tulis", "dokumen authorized_keys yang ditambahi", "DOKUMEN", is_path=True),
        ),
    ),
    Verb(
        ("cadangkan",),
        "membuat salinan yang terperiksa, juga selagi dipakai",
        "sakip_tui.cli.backups:back_up",
        (Place("DOKUMEN", "nama salinan; tanpa ini di map cadangan", required=False, is_path=True),),
    ),
    Verb(
        ("pulihkan",),
        "mengganti basis data dengan sebuah cadangan",
        "sakip_tui.cli.backups:restore",
        (Place("DOKUMEN", "cadangan yang dipakai", is_path=True),),
        (Option("--ya", "ganti tanpa bertanya lagi"),),
    ),
)

BARE = Verb((), "membuka papan", "sakip_tui.cli.views:open_board")

GRAMMAR = Grammar(VERBS, SHARED, BARE)
