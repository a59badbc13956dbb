"""Which commands record an act, and so ask whoever has a PIN for it (rules part 3). One table for all of them.

A command that stands in none of the lists asks as well, so that a new one cannot forget it; a test names it then.
"""

from __future__ import annotations

from sakip_tui.acts import FACES
from sakip_tui.cli.grammar import Arguments

_RECORDING = """
siapkan | sop impor | sop tetapkan | pengaturan ubah | pengaturan pejabat
kalender isi | kalender libur | kalender jam-khusus | kalender jam-kerja | kalender hapus | kalender pastikan
kalender urung
pengguna tambah | pengguna ubah | pengguna lajur | pengguna pin | pengguna alihkan | pengguna kosongkan
bidang tambah | bidang akhiri | bidang ganti-nama | bidang gabung
indikator tambah | indikator ubah | indikator target | indikator impor
data formulir | data impor | data isi | data tandai | data terima | data koreksi
susulan | pulihkan
"""
"""Beside the acts of `sakip_tui.acts`."""
_READING = """
papan | kartu | status | dasbor | alur | ringkas | riwayat | rekap | periode daftar
sop daftar | sop lihat | sop periksa | sop banding | sop ekspor
kalender lihat | kalender hitung | kalender selisih | kalender revisi | kalender jelaskan | kalender perkiraan
kalender ics | pengaturan lihat | pengguna daftar | bidang daftar | indikator daftar | indikator ekspor
data lihat | data jelaskan
periksa | jangkar | cadangkan | host pasang | host kunci
"""
_TRIALS = ("--coba", "--contoh")
"""With one of these a command records nothing."""
_ELSEWHERE = "contoh"
"""Works on a database of its own, in which nobody has a PIN."""


def _words(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for line in table.strip().splitlines() for name in line.split("|"))


RECORDING = _words(_RECORDING) | {face.words for face in FACES}
READING = _words(_READING)
ELSEWHERE = _words(_ELSEWHERE)
BOARD: tuple[str, ...] = ()
"""`sakip` alone: the screen asks by itself; without a terminal it reads."""


def records(arguments: Arguments) -> bool:
    """Whether the command records an act; one that only tries or shows how records nothing."""
    words = arguments.verb.words
    return words not in READING | ELSEWHERE | {BOARD} and not any(map(arguments.has, _TRIALS))
