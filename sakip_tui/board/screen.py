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
from sakip_tui.widgets.keys import ASKING, PERIOD_KEYS

_OPENING = ("buka", "tutup")
"""Acts whose keys the help names after those of the cards."""


def _key_of(face: ActFace) -> Binding:
    return Binding(face.key, f"act({face.act!r})", face.key_help, tooltip=face.about)


class BoardScreen(GoingBoard):
    """One year's board, one period at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go('up')", "Kartu di atas"),
        Binding("down,j", "go('down')", "Kartu di bawah"),
        Binding("left,h", "go('left')", "Kolom di kiri"),
        Binding("right,l", "go('right')", "Kolom di kanan"),
        Binding("home", "go('first')", "Kartu pertama di kolom"),
        Binding("end", "go('last')", "Kartu terakhir di kolom"),
        Binding("pageup", "page(-1)", "Satu layar ke atas"),
        Binding("pagedown", "page(1)", "Satu layar ke bawah"),
        Binding("enter", "open_card", "Kartu: semua tentang langkah ini"),
        Binding("space", "fold", "Tampilkan tiap bidang, atau gabungkan"),
        *(_key_of(face) for face in keyed() if face.key_help and face.act not in _OPENING),
        Binding("w", "at_another_time", "Waktu lain: catat langkah ini dengan waktu yang sudah lewat"),
        Binding("i", "acts", "Tindakan: semua yang dapat dilakukan, dan mengapa yang lain belum"),
        Binding("slash", "search", "Cari kartu: di semua periode tahun ini"),
        Binding("full_stop", "find(1)", "Hasil cari berikutnya"),
        Binding("comma", "find(-1)", "Hasil cari sebelumnya"),
        Binding("f", "filter", "Saring: milik saya, terlambat, lajur, bidang"),
        *(_key_of(FACE_OF[act]) for act in _OPENING),
        Binding("e", "export", "Ekspor rekap"),
        Binding("escape", "clear", "Hapus saringan; batalkan rekap yang sedang ditulis"),
        *PERIOD_KEYS,
        *(
            Binding(place.key, f"open_place({place.code!r})", f"{place.name}: {place.purpose}")
            for place in PLACES
            if place.key
        ),
        Binding("equals_sign", "open_place('data')", "Data kinerja bidang dari kartu ini"),
        Binding("n", "menu", "Menu: semua layar; ganti kantor, SOP atau tahun"),
        *ASKING,
        Binding("q", "quit", "Keluar"),
    ]
