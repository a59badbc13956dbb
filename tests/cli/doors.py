"""A file with every kind of office and person in it, every command, and who may give it where: for tests of the doors.

It is a file of schema 2, as the program of then made it: `OWN` has people of every role, `EMPTY` was set up beside it
and has none. `OTHER` is added by an admin of `OWN` and has people of its own.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from db import opening
from sakip_tui.cli.recording import READING, RECORDING
from sop.model.pelaksana import Role
from tests.cli.conftest import Said, run
from tests.db.rights_office import table

OLD_FILE = Path(__file__).parents[1] / "db" / "old_files" / "schema2.db.gz"
OWN, EMPTY, OTHER, NOWHERE, NEW = "disnaker-kota-tangerang", "dpmd-nganjuk", "dinas-lain", "tidak-ada", "dinas-baru"
OFFICES = (OWN, OTHER, EMPTY, NOWHERE)
NOW = 1_775_120_400
"""Thu 2 April 2026, 16:00 WIB: the day after the file was made."""
LANE = "Sekretaris Dinas"

ROLES: Mapping[str, Role | None] = {
    "amat": Role.PENGAMAT,
    "a1": Role.PELAKSANA,
    "atur": Role.PENGELOLA,
    "b1": Role.ADMIN,
    "lama": None,
    "siapa": None,
}
"""Code of somebody in `OWN` -> the role there; None for one who is inactive, and for a stranger. `b1` made `OTHER` and
is inactive in it by now."""
DOORS = (
    "tidak terdaftar sebagai pengguna aktif",
    "belum ada orang yang terdaftar",
    f"Kantor {NOWHERE} tidak dikenal",
    "Hanya pengelola",
    "Hanya admin",
    "Anda tidak memegang lajur",
    "Kartu ini dipegang",
)
"""What a door says that stays shut; any other refusal comes from beyond it."""

_LINES = """
papan 2026-TW1 | kartu 2026-TW1 1 | status | dasbor | alur | ringkas | riwayat | rekap 2026-TW1 -o - --format csv
periode daftar | sop daftar | sop lihat {sop} | sop periksa {file} | sop banding {sop} | sop ekspor {sop}
kalender lihat | kalender hitung 2026-04-01T08:00 30_menit | kalender selisih 2026-04-01T08:00 2026-04-01T09:00
kalender revisi | kalender jelaskan 2026-TW1 1 | kalender perkiraan | pengaturan lihat | pengguna daftar | bidang daftar
kalender ics | indikator daftar | indikator ekspor -o - | data lihat 2026-TW1 | data jelaskan 2026-TW1 IK-1
periksa | jangkar | host pasang | host kunci a1 {key} | cadangkan
siapkan --sop {sop} --tahun 2027 => siapkan
sop impor {file} => sop-impor
sop tetapkan {sop} 1 => sop-tetapkan
pengaturan ubah --kunci-layar 9 => pengaturan
pengaturan pejabat Kepala_Dinas --nama X => pejabat
periode buka 2026-TW2 => buka
periode tutup 2026-TW1 => tutup
periode buka-kembali 2026-TW1 --alasan x => buka-kembali
periode bebaskan 2026-S1 2026-TW1 --alasan x => bebaskan
berkas tahan 2026-TW1 --alasan x => tahan
berkas lanjutkan 2026-TW1 => lanjutkan
berkas hentikan 2026-TW1 --alasan x => hentikan
berkas mulai-ulang 2026-TW1 --alasan x => mulai-ulang
berkas gabung 2026-TW1 --alasan x => gabung
berkas ubah-bidang 2026-TW1 --tambah X --alasan x => ubah-bidang
berkas pindah-versi 2026-TW1 --ke 2 --peta 1=1 --alasan x => pindah-versi
kembalikan 2026-TW1 2 --ke 1 --catatan x => kembalikan
mulai 2026-TW1 1 => mulai
lepas 2026-TW1 1 => lepas
tunda 2026-TW1 1 --alasan x => tunda (dikerjakan)
lanjut 2026-TW1 1 => lanjut
ajukan 2026-TW1 1 => ajukan
tarik 2026-TW1 1 => tarik
selesai 2026-TW1 1 => selesai
susulan 2026-TW1 {past} => selesai
lewati 2026-TW1 1 --alasan x => lewati
pakai-lama 2026-TW1 1 => pakai-lama
koreksi 2026-TW1 1 --catatan x => koreksi
urung 2026-TW1 1 => urung
putuskan 2026-TW1 1 ya => putuskan
tugaskan 2026-TW1 1 a1 --alasan x => tugaskan
centang 2026-TW1 1 1 => centang
dokumen 2026-TW1 1 --nomor 1 => dokumen
komentar 2026-TW1 1 x => komentar
kalender isi 2029 => kalender
kalender libur 2026-12-01 Banjir => kalender
kalender jam-khusus 2026-11-02 2026-11-06 => kalender
kalender jam-kerja => kalender
kalender hapus 2026-08-17 => kalender
kalender pastikan 2027-01-01 2027-12-31 => kalender
kalender urung => kalender
pengguna tambah Hana --peran pelaksana --akun akun-hana => pengguna
pengguna ubah amat --peran pelaksana => pengguna
pengguna lajur atur Sekretaris_Dinas => hak
pengguna pin a1 --hapus => pin (milik orang lain)
pengguna alihkan a1 --kepada atur => tahan
pengguna kosongkan lama --kode lama => pengguna
bidang tambah Baru => bidang
bidang akhiri A => bidang
bidang ganti-nama A B => bidang
bidang gabung --bidang A --bidang B --ke C => bidang
indikator tambah IK-1 --nama Peserta --satuan orang => indikator
indikator ubah IK-1 --nama Peserta => indikator
indikator target IK-1 2026-TW1 5 => target
indikator impor {register} => indikator
data formulir 2026-TW1 => formulir
data isi 2026-TW1 IK-1 5 => isi
data impor {register} => isi
data tandai 2026-TW1 IK-1 --catatan x => tandai
data terima 2026-TW1 IK-1 => terima
data koreksi 2026-TW1 IK-1 5 --alasan x => koreksi-nilai (sebelum diperiksa)
pulihkan {copy} --ya => pulihkan
"""
"""A command, and the row of docs/HAK.md that says who may; `_` stands for a space within a word."""
_COMMANDS = [part.strip() for line in _LINES.strip().splitlines() for part in (line.split(" | "))]
ROW_OF = {words: row for words, _, row in (command.partition(" => ") for command in _COMMANDS)}
"""Command -> row of the table; empty for one that only reads."""
NOTHING_THERE = ("data jelaskan 2026-TW1 IK-1",)
"""Commands that read something which is not in the file."""
_FROM_THE_HOST = ("{file}", "{past}", "{register}", "{key}", "{copy}", "host ")
"""What a guest cannot ask: documents of the host, and what only concerns the host."""
_HAK = table()


def verb_of(command: str) -> tuple[str, ...]:
    """The words of a command's name."""
    words = tuple(command.split())
    return words[:2] if words[:2] in RECORDING | READING else words[:1]


def words_of(line: str) -> list[str]:
    """The words of a command line; `_` stands for a space but in the name of a document."""
    return [word if Path(word).is_absolute() else word.replace("_", " ") for word in line.split()]


def made(path: Path) -> None:
    """Write the file, brought up to date, with all three offices."""
    path.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    path.chmod(0o600)
    with opening.open(path) as database:
        # That somebody has a PIN is another test's matter.
        database.rows("DELETE FROM pins")
    for person, words in (
        ("b1", f"siapkan --opd {OTHER} --sop {OWN} --tahun 2026"),
        ("b1", f"--opd {OTHER} pengguna tambah Zaki --peran admin --kode z1 --akun akun-z1"),
        ("z1", f"--opd {OTHER} periode buka 2026-TW1"),
        ("z1", f"--opd {OTHER} pengguna ubah z1 --peran admin,pengelola"),
        ("z1", f"--opd {OTHER} periode buka 2026-TW1"),
        ("z1", f"--opd {OTHER} pengguna ubah b1 --nonaktif"),
    ):
        said = as_guest(path, person, words)
        assert said.code == 0 or "periode buka" in words, said.err


def as_guest(path: Path, person: str, line: str) -> Said:
    """What a forced command answers to somebody who came in by a key."""
    import os

    os.environ["SSH_ORIGINAL_COMMAND"] = f"sakip {line}"
    try:
        return run("--pengguna", person, "--db", str(path), now=NOW)
    finally:
        del os.environ["SSH_ORIGINAL_COMMAND"]


def may(command: str, person: str, office: str, *, is_guest: bool) -> bool | None:
    """Whether a door opens for somebody; None where it depends on the card as well."""
    role, row = ROLES[person], ROW_OF[command]
    if is_guest and (role is None or any(part in command for part in _FROM_THE_HOST)):
        return False
    if office == NOWHERE:
        # It is the one command that may name an office that is not there yet.
        return command.startswith("siapkan") and role is Role.ADMIN
    if command == "cadangkan":
        row = "pulihkan"
    if not row:
        return True
    if office == EMPTY:
        return command.startswith("pengguna tambah") and role is Role.ADMIN
    if office == OTHER or role is None:
        return False
    if person == "a1" and "2026-TW1 1" in command:
        # The card is theirs, and the lane.
        return _HAK[row][role] != "tidak"
    return {"ya": True, "tidak": False}.get(_HAK[row][role])
