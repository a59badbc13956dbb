"""How `two_offices.db.gz` came about: two offices, lived through by the program of November 2026.

That program counted a pause after the due moment as lateness and let every return into a per-bidang region begin at its
start. Its logs must open, replay and print the same closed figures for good, so the file is never made again: this is
the record of how it was made, by commit e3699d3, each command at its own moment:

    PYTHON two_offices.py FOLDER

FOLDER gets `two_offices.db.gz` and `two_offices_printed.json.xz`, what that program printed of the periods:
{"<office> <period> <format>": text}.

That file is one of schema 2. The others are the same history, lived through by programs of their schemas without the
commands that a later rule refuses: `two_offices_1.db.gz` by commit d490cbf (which knew no command for people: they were
written as rows), `two_offices_3.db.gz` by c04b93b, `two_offices_4.db.gz` by 466ea0b, `two_offices_5.db.gz` by 8de9c93.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import lzma
import shlex
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import sakip_tui.cli.people_identity
import sakip_tui.cli.session
import sakip_tui.cli.status
from sakip_tui.cli.entry import main

ACCOUNT = "kantor"
"""Account of the operating system that the first person of both offices is known by."""
PRINTED_AT = "2026-02-15T09:00+07:00"
"""When every recap was printed: a Sunday."""

TANGERANG, NGANJUK = "disnaker-kota-tangerang", "dpmd-nganjuk"

PERIODS = {
    TANGERANG: ("2025-TW1", "2025-TW2", "2025-TW3", "2025-S1"),
    NGANJUK: ("2025-TW1", "2025-TW2", "2025-TW3"),
}
"""What was printed. Closed at the end: TW1 of both, TW3 of Nganjuk."""

HISTORY = """
TANGERANG +07:00
2025-01-02T08:00  siapkan --sop disnaker-kota-tangerang --tahun 2025 --nama "Dinas Pertama"

# A pause and a hold after the due moment; a correction; an act undone; a return, then closed.
2025-04-08T08:00  periode buka 2025-TW1
2025-04-08T08:10  mulai 2025-TW1 1
2025-04-08T08:29  tunda 2025-TW1 1 --alasan "menunggu data"
2025-04-16T14:05  lanjut 2025-TW1 1
2025-04-16T14:06  selesai 2025-TW1 1
2025-04-16T14:10  mulai 2025-TW1 2
2025-04-16T14:20  tunda 2025-TW1 2 --alasan "listrik padam"
2025-04-17T09:00  lanjut 2025-TW1 2
2025-04-17T09:15  selesai 2025-TW1 2
2025-04-17T09:30  selesai 2025-TW1 3 --mulai 09:20 --selesai 09:25
2025-04-17T09:40  koreksi 2025-TW1 3 --selesai 09:22 --alasan "salah catat"
2025-04-17T10:00  mulai 2025-TW1 4
2025-04-17T10:45  berkas tahan 2025-TW1 --alasan "pemeriksaan"
2025-04-22T10:00  berkas lanjutkan 2025-TW1
2025-04-22T10:10  selesai 2025-TW1 4
2025-04-22T10:20  selesai 2025-TW1 5 --mulai 10:12 --selesai 10:18
2025-04-22T10:21  urung 2025-TW1 5
2025-04-22T10:30  selesai 2025-TW1 5 --mulai 10:12 --selesai 10:28
2025-04-22T11:00  kembalikan 2025-TW1 5 --ke 3 --catatan "angka belum cocok"
2025-04-22T13:00  mulai 2025-TW1 3
2025-04-22T13:04  tunda 2025-TW1 3 --alasan "menunggu angka"
2025-04-24T13:04  lanjut 2025-TW1 3
2025-04-24T13:05  selesai 2025-TW1 3
2025-04-24T13:10  pakai-lama 2025-TW1 4
2025-04-24T13:20  selesai 2025-TW1 5 --mulai 13:12 --selesai 13:19
2025-04-24T14:00  periode tutup 2025-TW1

# As late as the first one, closed, taken in by the semester, and opened again.
2025-07-01T08:00  periode buka 2025-TW2
2025-07-01T08:05  mulai 2025-TW2 1
2025-07-01T08:24  tunda 2025-TW2 1 --alasan "menunggu data"
2025-07-10T15:59  lanjut 2025-TW2 1
2025-07-11T08:00  selesai 2025-TW2 1
2025-07-11T08:30  selesai 2025-TW2 2 --mulai 08:05 --selesai 08:29
2025-07-11T08:40  selesai 2025-TW2 3
2025-07-11T08:45  lewati 2025-TW2 4 --alasan "digabung dengan langkah 5"
2025-07-11T09:00  selesai 2025-TW2 5 --mulai 08:46 --selesai 08:59
2025-07-11T10:00  periode tutup 2025-TW2
2025-07-11T11:00  periode buka 2025-S1
2025-07-14T08:00  mulai 2025-S1 6
2025-07-16T10:00  tunda 2025-S1 6 --alasan "menunggu tanda tangan"
2025-07-18T10:00  lanjut 2025-S1 6
2025-07-18T10:05  selesai 2025-S1 6
2025-07-18T10:10  mulai 2025-S1 7
2025-07-21T09:00  ajukan 2025-S1 7
2025-07-21T10:00  putuskan 2025-S1 7 tidak --catatan "tabel belum lengkap"
2025-07-21T11:00  selesai 2025-S1 6 --mulai 10:15 --selesai 10:55
2025-07-21T13:00  mulai 2025-S1 7
2025-07-21T14:00  ajukan 2025-S1 7
2025-07-22T08:30  putuskan 2025-S1 7 ya
2025-07-22T09:00  koreksi 2025-S1 7 --selesai 08:15 --alasan "diputuskan lebih awal"
2025-08-01T08:00  periode buka-kembali 2025-TW2 --alasan "data bidang terlambat"

# Left at work: ended late with a pause after the due moment, and one that stands paused late.
2025-10-01T08:00  periode buka 2025-TW3
2025-10-01T08:05  mulai 2025-TW3 1
2025-10-01T08:22  berkas tahan 2025-TW3 --alasan "banjir"
2025-10-06T08:00  berkas lanjutkan 2025-TW3
2025-10-06T08:03  selesai 2025-TW3 1
2025-10-06T08:10  mulai 2025-TW3 2
2025-10-06T08:50  tunda 2025-TW3 2 --alasan "menunggu data"

NGANJUK +08:00
2025-01-02T08:00  siapkan --sop dpmd-nganjuk --tahun 2025 --nama "Dinas Kedua" --zona Asia/Makassar \
    --bidang Aset --bidang Desa --bidang Lembaga

# Returns into the region, from the join that waits and from after it; gabung; a correction; closed.
2025-04-08T08:00  periode buka 2025-TW1
2025-04-08T08:10  selesai 2025-TW1 1 --mulai 08:02 --selesai 08:06
2025-04-08T08:20  selesai 2025-TW1 2 --mulai 08:11 --selesai 08:19
2025-04-08T09:00  selesai 2025-TW1 3 --bidang Aset --mulai 08:50 --selesai 08:58
2025-04-08T09:10  selesai 2025-TW1 3 --bidang Desa --mulai 09:00 --selesai 09:09
2025-04-08T09:30  mulai 2025-TW1 3 --bidang Lembaga
2025-04-08T10:00  selesai 2025-TW1 4 --bidang Aset --mulai 09:20 --selesai 09:50
2025-04-08T10:30  kembalikan 2025-TW1 5 --ke 4 --bidang Aset --catatan "satuan keliru"
2025-04-08T11:00  selesai 2025-TW1 3 --bidang Lembaga
2025-04-09T09:00  selesai 2025-TW1 4 --bidang Desa --mulai 08:00 --selesai 08:40
2025-04-09T09:10  selesai 2025-TW1 4 --bidang Lembaga --mulai 08:10 --selesai 08:50
2025-04-09T09:30  selesai 2025-TW1 3 --bidang Aset --mulai 08:55 --selesai 09:05
2025-04-09T10:00  selesai 2025-TW1 4 --bidang Aset --mulai 09:40 --selesai 09:55
2025-04-09T11:00  selesai 2025-TW1 5 --mulai 10:05 --selesai 10:55
2025-04-09T14:00  kembalikan 2025-TW1 6 --ke 4 --bidang Desa --bidang Lembaga --catatan "realisasi belum diisi"
2025-04-10T09:00  selesai 2025-TW1 3 --bidang Desa --mulai 08:30 --selesai 08:40
2025-04-10T10:00  selesai 2025-TW1 4 --bidang Desa --mulai 09:10 --selesai 09:40
2025-04-16T08:00  berkas gabung 2025-TW1 --alasan "Lembaga tidak menyerahkan"
2025-04-16T09:00  mulai 2025-TW1 5
2025-04-17T16:30  tunda 2025-TW1 5 --alasan "rapat"
2025-04-23T09:00  lanjut 2025-TW1 5
2025-04-23T09:10  selesai 2025-TW1 5
2025-04-23T10:00  selesai 2025-TW1 6 --mulai 09:15 --selesai 09:45
2025-04-23T10:30  koreksi 2025-TW1 4 --bidang Desa --mulai "2025-04-10T09:05" --alasan "mulai lebih awal"
2025-04-23T11:00  selesai 2025-TW1 7 --mulai 10:50 --selesai 10:58
2025-04-23T14:00  periode tutup 2025-TW1

# Left at work: a return of everybody, undone and repeated; a bidang on its own; gabung undone; a changed list.
2025-07-01T08:00  periode buka 2025-TW2
2025-07-01T08:10  selesai 2025-TW2 1 --mulai 08:02 --selesai 08:06
2025-07-01T08:20  selesai 2025-TW2 2 --mulai 08:11 --selesai 08:19
2025-07-01T09:00  selesai 2025-TW2 3 --bidang Aset --mulai 08:50 --selesai 08:58
2025-07-01T09:10  selesai 2025-TW2 3 --bidang Desa --mulai 09:00 --selesai 09:09
2025-07-01T09:20  selesai 2025-TW2 3 --bidang Lembaga --mulai 09:10 --selesai 09:15
2025-07-01T10:00  selesai 2025-TW2 4 --bidang Aset --mulai 09:20 --selesai 09:50
2025-07-01T10:10  mulai 2025-TW2 4 --bidang Desa
2025-07-01T10:30  kembalikan 2025-TW2 4 --ke 3 --bidang Desa --catatan "formulir lama"
2025-07-01T11:00  selesai 2025-TW2 3 --bidang Desa --mulai 10:35 --selesai 10:40
2025-07-02T08:00  berkas gabung 2025-TW2 --alasan "Desa dan Lembaga menyusul"
2025-07-02T08:05  urung 2025-TW2 5
2025-07-02T09:00  selesai 2025-TW2 4 --bidang Desa --mulai 08:10 --selesai 08:40
2025-07-02T09:10  selesai 2025-TW2 4 --bidang Lembaga --mulai 08:10 --selesai 08:50
2025-07-02T10:00  selesai 2025-TW2 5 --mulai 09:15 --selesai 09:45
2025-07-02T11:00  kembalikan 2025-TW2 6 --ke 4 --catatan "semua diisi ulang"
2025-07-02T11:02  urung 2025-TW2 3 --bidang Aset
2025-07-02T11:30  kembalikan 2025-TW2 6 --ke 4 --catatan "semua diisi ulang"
2025-07-03T09:00  selesai 2025-TW2 3 --bidang Aset --mulai 08:40 --selesai 08:45
2025-07-03T09:10  selesai 2025-TW2 3 --bidang Desa --mulai 09:02 --selesai 09:08
2025-07-03T09:30  berkas ubah-bidang 2025-TW2 --tambah Sekretariat --hapus Lembaga --alasan "penataan"
2025-07-03T10:00  mulai 2025-TW2 4 --bidang Aset
2025-07-08T08:00  tunda 2025-TW2 4 --bidang Aset --alasan "menunggu data"

# Closed with a bidang skipped, and never touched by a return.
2025-10-01T08:00  periode buka 2025-TW3
2025-10-01T08:10  selesai 2025-TW3 1 --mulai 08:02 --selesai 08:06
2025-10-01T08:20  selesai 2025-TW3 2 --mulai 08:11 --selesai 08:19
2025-10-01T09:00  selesai 2025-TW3 3 --bidang Aset --mulai 08:50 --selesai 08:58
2025-10-01T10:00  selesai 2025-TW3 4 --bidang Aset --mulai 09:20 --selesai 09:50
2025-10-02T08:00  berkas gabung 2025-TW3 --alasan "Desa dan Lembaga tidak menyerahkan"
2025-10-03T10:00  selesai 2025-TW3 5 --mulai 09:15 --selesai 09:45
2025-10-03T10:10  mulai 2025-TW3 6
2025-10-06T16:20  berkas tahan 2025-TW3 --alasan "pemeriksaan"
2025-10-13T08:00  berkas lanjutkan 2025-TW3
2025-10-13T08:05  selesai 2025-TW3 6
2025-10-13T09:00  selesai 2025-TW3 7 --mulai 08:50 --selesai 08:58
2025-10-13T14:00  periode tutup 2025-TW3

# People, at last: what each of them holds, and a first act of a person.
2026-01-05T08:00  pengguna tambah "Orang Kedua" --peran admin --kode n1 --akun kantor
2026-01-05T08:05  pengguna tambah "Staf Kedua" --peran pelaksana --kode n2
2026-01-05T08:06  pengguna lajur n2 Bidang --bidang Desa
2026-01-05T08:07  pengguna tambah "Kepala Kedua" --peran admin --kode n3
2026-01-05T08:08  pengguna ubah n1 --peran pengelola
2026-01-05T08:10  mulai 2025-TW2 4 --bidang Desa
2026-01-05T08:20  tugaskan 2025-TW2 4 n2 --bidang Desa --alasan "diteruskan staf"
TANGERANG +07:00
2026-01-05T09:00  pengguna tambah "Orang Pertama" --peran admin --kode t1 --akun kantor
2026-01-05T09:05  pengguna tambah "Staf Pertama" --peran pelaksana --kode t2
2026-01-05T09:06  pengguna lajur t2 "Staf Penyusun Evaluasi Kinerja"
2026-01-05T09:07  pengguna tambah "Kasubag Pertama" --peran pengelola --kode t3
"""


def commands() -> list[tuple[str, int, list[str]]]:
    """Every command of the history: (office, moment, words)."""
    found, office, zone = [], "", ""
    names = {"TANGERANG": TANGERANG, "NGANJUK": NGANJUK}
    for line in HISTORY.splitlines():
        when, _, rest = line.strip().partition(" ")
        if when in names:
            office, zone = names[when], rest.strip()
        elif when and when != "#":
            found.append((office, moment(when + zone), shlex.split(rest)))
    return found


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def said(database: Path, now: int, words: Sequence[str]) -> str:
    """What a command prints; the first one that is refused ends the making."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--db", str(database), *words], lambda: now)
        out.flush()
    if code:
        raise SystemExit(f"{shlex.join(words)}: {err.getvalue()}")
    return out.buffer.getvalue().decode()  # type: ignore[attr-defined]


def make(folder: Path) -> None:
    """Write the packed file and what was printed of it into a folder."""
    sakip_tui.cli.session.account_name = lambda environ: ACCOUNT
    sakip_tui.cli.session.host_name = lambda: "komputer"
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "kantor.db"
        for office, now, words in commands():
            unregistered = now < moment("2026-01-01T00:00+07:00")
            named = [] if words[0] == "siapkan" else ["--opd", office]
            said(database, now, [*named, *(["--sebagai", "kasubag"] if unregistered else []), *words])
        printed = {}
        for office, periods in PERIODS.items():
            for period in periods:
                for ending in ("json", "txt"):
                    words = ["--opd", office, "rekap", period, "-o", "-", "--format", ending]
                    printed[f"{office} {period} {ending}"] = said(database, moment(PRINTED_AT), words)
        copy = Path(place) / "salinan.db"
        said(database, moment(PRINTED_AT), ["--opd", TANGERANG, "cadangkan", str(copy)])
        (folder / "two_offices.db.gz").write_bytes(gzip.compress(copy.read_bytes(), mtime=0))
        packed = lzma.compress(json.dumps(printed, ensure_ascii=False).encode())
        (folder / "two_offices_printed.json.xz").write_bytes(packed)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
