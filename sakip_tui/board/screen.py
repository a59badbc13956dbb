"""The board: its keys. It holds desk, clock, selection and the last view, and is the only one that talks to the desk.

`canvas.py` shows, `live.py` keeps it true, `acting.py` acts, `going.py` leads to other screens.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from sakip_tui.act_face import ActFace
from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board.going import GoingBoard
from sakip_tui.screens import PLACES

_OPENING = ("buka", "tutup")
"""Acts whose keys the help names after those of the cards."""


def _key_of(face: ActFace) -> Binding:
    return Binding(face.key, f"act({face.act!r})", face.key_help, id=f"papan.{face.act}", tooltip=face.about)


class BoardScreen(GoingBoard):
    """One year's board, one period at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go('up')", "Kartu di atas", id="papan.atas"),
        Binding("down,j", "go('down')", "Kartu di bawah", id="papan.bawah"),
        Binding("left,h", "go('left')", "Kolom di kiri", id="papan.kiri"),
        Binding("right,l", "go('right')", "Kolom di kanan", id="papan.kanan"),
        Binding("home", "go('first')", "Kartu pertama di kolom", id="papan.pertama"),
        Binding("end", "go('last')", "Kartu terakhir di kolom", id="papan.terakhir"),
        Binding("pageup", "page(-1)", "Satu layar ke atas", id="papan.layar-atas"),
        Binding("pagedown", "page(1)", "Satu layar ke bawah", id="papan.layar-bawah"),
        Binding("enter", "open_card", "Kartu: semua tentang langkah ini", id="papan.kartu"),
        Binding("space", "fold", "Tampilkan tiap bidang, atau gabungkan", id="papan.bidang"),
        *(_key_of(face) for face in keyed() if face.key_help and face.act not in _OPENING),
        Binding("w", "at_another_time", "Catat susulan: waktu lain", id="papan.susulan"),
        Binding("i", "acts", "Tindakan: semua yang dapat dilakukan, dan mengapa yang lain belum", id="papan.tindakan"),
        Binding("slash", "search", "Cari kartu: di semua periode tahun ini", id="papan.cari"),
        Binding("full_stop", "find(1)", "Hasil cari berikutnya", id="papan.cari-berikut"),
        Binding("comma", "find(-1)", "Hasil cari sebelumnya", id="papan.cari-sebelum"),
        Binding("f", "filter", "Saring: milik saya, terlambat, lajur, bidang", id="papan.saring"),
        *(_key_of(FACE_OF[act]) for act in _OPENING),
        Binding("e", "export", "Ekspor rekap", id="papan.ekspor"),
        Binding("escape", "clear", "Hapus saringan; batalkan rekap yang sedang ditulis", id="papan.bersihkan"),
        Binding("tab", "next_period(1)", "Periode berikutnya", id="papan.periode-berikut"),
        Binding("shift+tab", "next_period(-1)", "Periode sebelumnya", id="papan.periode-sebelum"),
        *(Binding(str(n), f"period({n})", f"Periode ke-{n}", id=f"papan.periode-{n}") for n in range(1, 8)),
        *(
            Binding(
                place.key, f"open_place({place.code!r})", f"{place.name}: {place.purpose}", id=f"papan.ke-{place.code}"
            )
            for place in PLACES
            if place.key
        ),
        Binding("n", "menu", "Menu: semua layar; ganti kantor, SOP atau tahun", id="papan.menu"),
        Binding("r", "reload", "Muat ulang, dan gambar ulang seluruh layar", id="papan.muat-ulang"),
        Binding("question_mark", "help", "Bantuan", id="papan.bantuan"),
        Binding("q", "quit", "Keluar", id="papan.keluar"),
    ]
