"""Kinds of acts, as people pick them to see only some of the log."""

from __future__ import annotations

from collections.abc import Mapping

from sop.acts.spec import OFFICE_ACTS
from sop.model.events import Act

KINDS: Mapping[str, tuple[str, tuple[Act, ...]]] = {
    "kerja": (
        "Pekerjaan",
        (Act.MULAI, Act.LEPAS, Act.TUGASKAN, Act.TUNDA, Act.LANJUT, Act.SELESAI, Act.LEWATI, Act.PAKAI_LAMA),
    ),
    "putusan": ("Pengajuan dan keputusan", (Act.AJUKAN, Act.TARIK, Act.PUTUSKAN, Act.KEMBALIKAN)),
    "koreksi": ("Koreksi dan urung", (Act.KOREKSI, Act.URUNG)),
    "catatan": ("Catatan, dokumen, kelengkapan", (Act.KOMENTAR, Act.DOKUMEN, Act.CENTANG)),
    "periode": (
        "Periode dan berkas",
        (
            *(Act.BUKA, Act.TUTUP, Act.BUKA_KEMBALI, Act.BEBASKAN, Act.TAHAN, Act.LANJUTKAN, Act.HENTIKAN),
            *(Act.MULAI_ULANG, Act.GABUNG, Act.UBAH_BIDANG, Act.PINDAH_VERSI),
        ),
    ),
    "kantor": ("Kantor: kalender, SOP, pengaturan, orang", tuple(sorted(OFFICE_ACTS))),
}
"""Code -> what people call a kind of act, and the acts it holds: every act in one of them."""


def kind_of(act: Act) -> str:
    """Code of the kind that an act belongs to."""
    return next((code for code, (_, acts) in KINDS.items() if act in acts), "kantor")
