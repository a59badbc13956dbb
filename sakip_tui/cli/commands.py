"""The commands: what each is called, what it takes, and which function answers it. One list, no behaviour."""

from __future__ import annotations

from sakip_tui.acts import FACES
from sakip_tui.cli.bare import BARE, SHARED
from sakip_tui.cli.calendar_commands import CALENDAR_VERBS
from sakip_tui.cli.data_commands import DATA_VERBS
from sakip_tui.cli.grammar import Grammar, Verb
from sakip_tui.cli.people_commands import PEOPLE_VERBS
from sakip_tui.options import BIDANG, PERIOD, STEP, WRITING, Operand, Option

_MAYBE_PERIOD = Operand("PERIODE", "kunci periode; tanpa ini yang terbuka", required=False)
_DOCUMENT = Operand("DOKUMEN", "dokumen TOML, atau tabel xlsx menurut templat", is_path=True)
_SETUP = (
    Option("--sop", "kode SOP dari katalog, atau yang diimpor", "KODE"),
    Option("--tahun", "tahun yang disiapkan; di kantor yang sudah ada tanpa ini tahun berikutnya", "TAHUN"),
    Option("--nama", "nama kantor", "NAMA"),
    Option("--zona", "Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura", "ZONA"),
    Option("--bidang", "satu bidang; ulangi untuk tiap bidang", "NAMA", repeats=True),
    Option("--kadens", "untuk SOP yang tidak menyebut periode: triwulan, semester, atau tahunan", "KADENS"),
    *WRITING,
)
_PRINTED = Option("--format", "txt, atau html untuk dicetak", "FORMAT")
_OUTPUT = Option("--keluaran", "nama dokumen; - untuk keluaran baku", "DOKUMEN", short="-o", is_path=True)

VERBS = (
    Verb(("contoh",), "kantor contoh dengan kemajuan di sekitar hari ini", "sakip_tui.cli.demo:demo"),
    Verb(("siapkan",), "menyiapkan kantor, atau tahun berikutnya", "sakip_tui.cli.office:set_up", (), _SETUP),
    Verb(("sop", "daftar"), "SOP di katalog dan SOP kantor", "sakip_tui.cli.sops:catalog_list"),
    Verb(("sop", "lihat"), "isi sebuah SOP", "sakip_tui.cli.sops:show", (Operand("KODE", "kode SOP"),)),
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
        WRITING,
    ),
    Verb(
        ("sop", "banding"),
        "apa yang berbeda antara dua versi SOP kantor",
        "sakip_tui.cli.sop_versions:compare",
        (
            Operand("KODE", "kode SOP"),
            Operand("LAMA", "nomor versi; tanpa ini yang sebelum versi baru", required=False),
            Operand("BARU", "nomor versi; tanpa ini yang terbaru", required=False),
        ),
    ),
    Verb(
        ("sop", "ekspor"),
        "menulis SOP sebagai TOML, atau sebagai tabel xlsx untuk diubah dan diimpor lagi",
        "sakip_tui.cli.sop_export:give_out",
        (Operand("KODE", "kode SOP; tanpa ini templat kosong, hanya xlsx", required=False),),
        (_OUTPUT, Option("--format", "toml atau xlsx", "FORMAT")),
    ),
    Verb(
        ("sop", "tetapkan"),
        "menetapkan atau mengganti isian yang dokumennya diam",
        "sakip_tui.cli.sops:settle",
        (Operand("KODE", "kode SOP"), STEP),
        (
            Option("--pelaksana", "lajur yang mengerjakan", "LAJUR", repeats=True),
            Option("--pemutus", "lajur yang memutuskan", "LAJUR"),
            Option("--tidak-ke", "langkah tujuan jawaban Tidak", "N"),
            Option("--data", "formulir, isian atau periksa; - untuk tidak satu pun", "TUGAS"),
            *WRITING,
        ),
    ),
    Verb(("periode", "daftar"), "periode dan keadaannya", "sakip_tui.cli.status:periods"),
    *(Verb(face.words, face.help, "sakip_tui.cli.acts:record", face.operands, face.options) for face in FACES),
    Verb(
        ("susulan",),
        "mencatat satu periode lampau sekaligus: semua baris, atau tidak satu pun",
        "sakip_tui.cli.past_work:past_work",
        (
            PERIOD,
            Operand(
                "DOKUMEN",
                "baris langkah;bidang;mulai;selesai;catatan; - untuk masukan baku",
                required=False,
                is_path=True,
            ),
        ),
        (
            Option("--coba", "hanya memeriksa"),
            Option("--contoh", "cetak baris yang masih perlu dicatat, siap diisi"),
            *WRITING,
        ),
    ),
    Verb(("papan",), "papan sebuah periode", "sakip_tui.cli.boards:board", (_MAYBE_PERIOD,), (_PRINTED,)),
    Verb(("kartu",), "semua tentang satu langkah", "sakip_tui.cli.cards:card", (PERIOD, STEP), (BIDANG, _PRINTED)),
    Verb(("status",), "keadaan semua periode yang terbuka", "sakip_tui.cli.status:status"),
    Verb(
        ("dasbor",),
        "setahun sekali lihat: yang terlambat, giliran siapa, bidang, angka",
        "sakip_tui.cli.dashboards:dashboard",
        (
            Operand(
                "PERIODE",
                "periode yang angkanya disandingkan dengan angka setahun; tanpa ini yang tampil pertama di papan",
                required=False,
            ),
        ),
    ),
    Verb(
        ("alur",),
        "SOP sebagai alur: simbol, panah, Mutu Baku, dan sampai di mana berkasnya",
        "sakip_tui.cli.flow_charts:flow_chart",
        (Operand("PERIODE", "kunci periode; tanpa ini yang tampil pertama di papan", required=False),),
        (Option("--gambar", "gambarnya, selebar layar"),),
    ),
    Verb(
        ("ringkas",),
        "keadaan dalam beberapa baris untuk percakapan",
        "sakip_tui.cli.briefs:brief",
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
        "sakip_tui.cli.history:history",
        (Operand("PERIODE", "kunci periode", required=False),),
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
        (PERIOD,),
        (
            _OUTPUT,
            Option("--format", "xlsx, csv, md, txt, html, atau json", "FORMAT"),
            Option("--semua", "semua kantor dan SOP di basis data ini, bersebelahan"),
            Option("--lembar", "hanya lembar ini, misalnya Langkah", "LEMBAR"),
            Option("--polos", "CSV satu tabel untuk program: nama kolom seperti JSON, waktu ISO, lama dalam detik"),
            Option("--kalender", "terbaru: nilai ulang menurut kalender terbaru, tanpa mengubah apa pun", "KALENDER"),
        ),
    ),
    Verb(
        ("kalender", "lihat"),
        "kalender kerja sebulan",
        "sakip_tui.cli.calendars:month",
        (Operand("BULAN", "bulan: 2026-03", required=False),),
    ),
    Verb(
        ("kalender", "hitung"),
        "tenggat sebuah mutu baku",
        "sakip_tui.cli.calendars:due",
        (Operand("WAKTU", "waktu mulai"), Operand("DURASI", '"30 menit", "1,5 jam", "2 hari"')),
    ),
    Verb(
        ("kalender", "selisih"),
        "waktu kerja di antara dua waktu",
        "sakip_tui.cli.calendars:between",
        (Operand("DARI", "waktu awal"), Operand("SAMPAI", "waktu akhir")),
    ),
    Verb(
        ("kalender", "ics"),
        "tenggat dan target untuk kalender di ponsel atau program surat (iCalendar)",
        "sakip_tui.cli.calendar_file:calendar_file",
        (Operand("PERIODE", "kunci periode; tanpa ini semua yang terbuka", required=False),),
        (_OUTPUT,),
    ),
    *CALENDAR_VERBS,
    *PEOPLE_VERBS,
    *DATA_VERBS,
    Verb(
        ("periksa",),
        "kesehatan basis data",
        "sakip_tui.cli.health:check",
        (),
        (
            Option("--penuh", "periksa seluruh riwayat dari awal, dan keadaan kantor terhadapnya"),
            Option(
                "--jangkar",
                "cari sidik ini di riwayat, misalnya yang tercetak di rekap; memeriksa seperti --penuh",
                "SIDIK",
            ),
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
        (Operand("KODE", "kode orang"), Operand("KUNCI", "dokumen kunci publik, berakhiran .pub", is_path=True)),
        (
            Option("--peluncur", "tempat peluncur di komputer kantor", "DOKUMEN", is_path=True),
            Option("--tulis", "dokumen authorized_keys yang ditambahi", "DOKUMEN", is_path=True),
        ),
    ),
    Verb(
        ("cadangkan",),
        "membuat salinan yang terperiksa, juga selagi dipakai",
        "sakip_tui.cli.backups:back_up",
        (Operand("DOKUMEN", "nama salinan; tanpa ini di map cadangan", required=False, is_path=True),),
    ),
    Verb(
        ("pulihkan",),
        "mengganti basis data dengan sebuah cadangan",
        "sakip_tui.cli.backups:restore",
        (Operand("DOKUMEN", "cadangan yang dipakai", is_path=True),),
        (Option("--ya", "ganti tanpa bertanya lagi"),),
    ),
)

GRAMMAR = Grammar(VERBS, SHARED, BARE)
