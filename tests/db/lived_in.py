"""A file that was lived in: two offices, one with two SOPs, people with lanes and a PIN, closings, every kind of row.

Built by the command line, each command at its own moment, so that every table holds what the program itself writes.
"""

from __future__ import annotations

import shlex
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from db import opening
from db.kinerja_store import define, indicator_command, target_command
from db.people_pins import set_pin
from db.rows import Address
from db.store import Store
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Indicator
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.cli.conftest import Said, run

TANGERANG, DUA = "disnaker-kota-tangerang", "dua"
ACCOUNT = "kantor"
"""Account of the operating system that the first person of each office is known by."""

_WORK = """
2025-01-02T08:00  siapkan --sop disnaker-kota-tangerang --tahun 2025 --nama "Dinas Pertama" --bidang Aset --bidang Desa
2025-01-02T08:10  siapkan --opd dua --sop dpmd-nganjuk --tahun 2025 --nama "Dinas Kedua" --zona Asia/Makassar \
 --bidang Aset --bidang Desa --bidang Lembaga --bidang Umum
2025-01-02T08:20  --opd disnaker-kota-tangerang siapkan --sop dpmd-nganjuk --tahun 2025 --kadens semester
2025-01-02T08:30  sop impor {toml}
2025-01-03T08:00  --opd dua pengaturan ubah --batas-segera 70 --alasan "kesepakatan"
2025-01-03T08:02  --opd dua pengaturan pejabat "Kepala Dinas" --nama "Pejabat Pertama" --nip 197001011995031001
2025-01-03T08:03  --opd dua pengaturan pejabat "Sekretaris" --nama "Pejabat Kedua" --pangkat Pembina --sejak 2025-TW2
2025-01-03T08:05  --opd dua kalender libur 2025-06-16 "libur daerah"
2025-01-03T08:10  --opd disnaker-kota-tangerang sop tetapkan disnaker-kota-tangerang 8 --pemutus "Sekretaris Dinas"
2025-01-03T08:15  --opd disnaker-kota-tangerang sop tetapkan disnaker-kota-tangerang 7 --tidak-ke 6
2025-04-08T08:00  {t} periode buka 2025-TW1
2025-04-08T08:10  {t} mulai 2025-TW1 1
2025-04-08T08:12  {t} tunda 2025-TW1 1 --alasan "menunggu data"
2025-04-08T09:00  {t} lanjut 2025-TW1 1
2025-04-08T09:05  {t} centang 2025-TW1 1 1
2025-04-08T09:06  {t} dokumen 2025-TW1 1 --nomor 7/2025 --lokasi lemari
2025-04-08T09:10  {t} selesai 2025-TW1 1 --catatan "lengkap"
2025-04-08T09:20  {t} mulai 2025-TW1 2
2025-04-08T09:30  {t} selesai 2025-TW1 2
2025-04-08T09:40  {t} kembalikan 2025-TW1 3 --ke 1 --catatan "kurang"
2025-04-08T10:00  {t} selesai 2025-TW1 1 --mulai 09:45 --selesai 09:55
2025-04-08T10:10  {t} pakai-lama 2025-TW1 2
2025-04-08T10:30  {t} selesai 2025-TW1 3
2025-04-08T10:40  {t} berkas tahan 2025-TW1 --alasan "rapat"
2025-04-08T11:00  {t} berkas lanjutkan 2025-TW1
2025-04-08T11:10  {t} lewati 2025-TW1 4 --alasan "digabung"
2025-04-08T11:20  {t} selesai 2025-TW1 5 --mulai 11:12 --selesai 11:18
2025-04-08T13:00  {t} periode tutup 2025-TW1
2025-04-09T08:00  {t} periode buka-kembali 2025-TW1 --alasan "salah"
2025-04-09T09:00  {t} periode tutup 2025-TW1
2025-07-01T08:00  {t} periode bebaskan 2025-S1 2025-TW2 --alasan "sebelum program dipakai"
2025-07-01T08:10  {t} periode buka 2025-S1
2025-07-01T08:20  {t} selesai 2025-S1 6 --mulai 08:12 --selesai 08:18
2025-07-01T08:30  {t} mulai 2025-S1 7
2025-07-01T08:40  {t} ajukan 2025-S1 7
2025-07-01T08:50  {t} putuskan 2025-S1 7 tidak --catatan "kurang"
2025-07-01T09:00  {t} selesai 2025-S1 6
2025-07-01T09:10  {t} mulai 2025-S1 7
2025-07-01T09:20  {t} ajukan 2025-S1 7
2025-07-01T09:30  {t} putuskan 2025-S1 7 ya
2025-07-01T09:40  {t} mulai 2025-S1 8
2025-07-01T09:50  {t} tunda 2025-S1 8 --alasan "menunggu"
2025-07-01T10:00  {d} periode buka 2025-TW1
2025-07-01T10:10  {d} selesai 2025-TW1 1
2025-07-01T10:20  {d} selesai 2025-TW1 2
2025-07-01T10:30  {d} selesai 2025-TW1 3 --bidang Aset
2025-07-01T10:40  {d} selesai 2025-TW1 3 --bidang Desa
2025-07-01T10:50  {d} selesai 2025-TW1 4 --bidang Aset
2025-07-01T11:00  {d} selesai 2025-TW1 4 --bidang Desa
2025-07-01T11:10  {d} kembalikan 2025-TW1 4 --ke 3 --bidang Desa --catatan "formulir lama"
2025-07-01T11:20  {d} berkas ubah-bidang 2025-TW1 --tambah Sekretariat --hapus Umum --alasan "penataan"
2025-07-01T11:30  {d} berkas gabung 2025-TW1 --alasan "tanpa Desa, Lembaga, dan Sekretariat"
2025-07-01T11:40  {d} mulai 2025-TW1 5
2025-07-02T08:00  {d} periode buka 2025-TW2
2025-07-02T08:10  {d} mulai 2025-TW2 1
2025-07-02T08:20  {d} berkas hentikan 2025-TW2 --alasan "salah mulai"
2025-07-02T08:30  {d} berkas mulai-ulang 2025-TW2 --alasan "mulai lagi"
2025-07-02T09:00  {d} bidang ganti-nama Lembaga "Kelembagaan Desa"
2025-07-02T09:05  {d} indikator tambah IK-1 --nama Peserta --satuan orang --sejak 2025-TW3
2025-07-02T09:06  {d} indikator target IK-1 2025-TW3 25 --dokumen "PK 2025"
2025-07-02T09:07  {d} indikator target IK-1 2025-TW4 30 --set 2 --sejak 2025-TW4
2025-07-02T09:10  {d} bidang gabung --bidang Umum --bidang Aset --ke "Aset dan Umum"
2025-07-03T08:00  {d} pengguna tambah "Orang Kedua" --peran admin --kode n1 --akun kantor
2025-07-03T08:05  {d} pengguna tambah "Staf Kedua" --peran pelaksana --kode n2
2025-07-03T08:06  {d} pengguna lajur n2 Bidang --bidang Desa
2025-07-03T08:07  {d} pengguna lajur n2 "Kasubbag Program dan Evaluasi" --sampai 2025-12-31 --kedudukan plt
2025-07-03T08:08  {d} pengguna tambah "Kepala Kedua" --peran admin --kode n3
2025-07-03T08:09  {d} pengguna ubah n2 --peran pelaksana,pengelola
2025-07-03T08:10  {d} pengguna ubah n3 --nonaktif
2025-07-03T09:00  {t} pengguna tambah "Orang Pertama" --peran admin --kode t1 --akun lain
"""


def _history(toml: Path) -> list[tuple[int, list[str]]]:
    """(moment, words) of every command."""
    text = _WORK.format(t=f"--opd {TANGERANG} --sop-aktif {TANGERANG}", d="--opd dua", toml=toml.as_posix())
    lines = filter(None, (line.partition("  ") for line in text.strip().splitlines()))
    return [(int(datetime.fromisoformat(f"{when}+07:00").timestamp()), shlex.split(rest)) for when, _, rest in lines]


def _fill(path: Path) -> None:
    """Data kinerja of the first office: a form, rows marked and mended, a closing that freezes them, what a semester
    takes in and rolls up."""
    row = {"IK-1": Isian(Keadaan.TERISI, Decimal(20), kendala="kurang orang")}
    other = {"IK-1": Isian(Keadaan.TERISI, Decimal(21))}
    mark = {"data": DataCommand(Act.TANDAI, codes=("IK-1",)), "note": "periksa sumbernya"}
    acts: tuple[tuple[Act, str, int | None, dict[str, Any]], ...] = (
        (Act.BUKA, "2025-TW2", None, {}),
        (Act.ISI, "2025-TW2", None, {"data": DataCommand(Act.ISI, rows=row)}),
        (Act.SELESAI, "2025-TW2", 1, {}),
        (Act.TANDAI, "2025-TW2", None, mark),
        (Act.KEMBALIKAN, "2025-TW2", 2, {"target": 1, "note": "ada tanda"}),
        (Act.ISI, "2025-TW2", None, {"data": DataCommand(Act.ISI, rows=other, words={"IK-1": "salah hitung"})}),
        *((Act.SELESAI, "2025-TW2", step, {}) for step in (1, 2, 3, 4, 5)),
        (Act.TUTUP, "2025-TW2", None, {}),
        (Act.FORMULIR, "2025-S1", None, {}),
        (Act.LANJUT, "2025-S1", 8, {}),
        (Act.KEMBALIKAN, "2025-S1", 8, {"target": 6, "note": "TW II sudah ada"}),
        (Act.SELESAI, "2025-S1", 6, {}),
    )
    clock = iter(range(int(datetime.fromisoformat("2025-07-04T08:00+07:00").timestamp()), 1 << 40, 300))
    actor, address = Actor("t1"), Address(TANGERANG, TANGERANG)
    with opening.open(path) as database:
        store = Store(database, lambda: next(clock))
        indicator = indicator_command(Indicator("IK-1", "Peserta", "orang"), "2025-TW2")
        define(store, TANGERANG, [indicator, target_command({("IK-1", "2025-TW2"): Decimal(25)})], actor)
        for act, period, step, details in acts:
            store.apply(address, Command(act, period, step=step, **details), actor)
        # One mark stands, and a quarter that is open has a form.
        store.apply(address, Command(Act.BUKA, "2025-TW3"), actor)


def live(path: Path) -> None:
    """Write the file."""
    toml = path.parent / "contoh.toml"
    run("sop", "ekspor", "bappedalitbang-balangan", "-o", str(toml))
    for now, words in _history(toml):
        said: Said = run("--db", str(path), *words, now=now)
        assert said.code == 0, (words, said.err)
    _fill(path)
    with opening.open(path) as database:
        set_pin(Store(database, lambda: 1_751_500_000), "dua", "n1", "481516", Actor("n1"))
