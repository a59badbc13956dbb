"""What the signs of the Alur mean, for its help and for the legend below a printed drawing."""

from __future__ import annotations

from sakip_tui.flow_chart.canvas import Pencil
from sakip_tui.glyphs import MARK_WORDS, Glyphs
from sop.words.labels import state_label


def signs(pencil: Pencil, glyphs: Glyphs) -> list[tuple[str, str]]:
    """(sign, meaning), the five symbols of the SOP form first."""
    marks = glyphs.marks
    return [
        ("( )", "kapsul: mulai dan selesai"),
        ("[ ]", "kotak: kegiatan"),
        ("< >", "belah ketupat: keputusan, dengan cabang Ya dan Tidak"),
        (f"{pencil.down} {pencil.right}", "panah: arah alur"),
        ("\\ /", "segi lima: lanjut ke periode berikutnya lewat gerbang"),
        (f"Tidak {pencil.up}6", "Tidak: kembali ke langkah 6"),
        *((sign, state_label(state).lower()) for state, sign in pencil.signs.items()),
        (marks["late"], "lewat waktu baku"),
        (marks["risk"], MARK_WORDS["risk"]),
        (marks["idle"], MARK_WORDS["idle"]),
        (marks["stale"], "masukan basi: periode di bawahnya dibuka kembali"),
        (marks["assumed"], "asumsi: dokumen tidak menyebutnya, kantor belum menetapkan"),
        (marks["joint"], "dikerjakan bersama: salah satu lajur boleh bertindak"),
        (marks["gate"], "gerbang tertutup: menunggu periode lain ditutup"),
        ("3/5", "tiga dari lima bidang sudah"),
        ("ptr 2", "putaran kedua: langkah ini diulang"),
    ]
