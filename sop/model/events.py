"""What can happen: the acts, and the event that records one.

An event carries every fact that its effect depends on (effective time, frozen bidang list, verdict, calendar revision).
What acts are, who may and what they do is `sop/acts/spec.py`; what a log makes is `sop/acts/replay.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """The acts of the log. Codes are stored and never change."""

    # on a run
    MULAI = "mulai"
    LEPAS = "lepas"
    TUGASKAN = "tugaskan"
    TUNDA = "tunda"
    LANJUT = "lanjut"
    AJUKAN = "ajukan"
    TARIK = "tarik"
    PUTUSKAN = "putuskan"
    SELESAI = "selesai"
    LEWATI = "lewati"
    PAKAI_LAMA = "pakai-lama"
    KOREKSI = "koreksi"
    URUNG = "urung"
    CENTANG = "centang"
    DOKUMEN = "dokumen"
    KOMENTAR = "komentar"
    # on a case or period
    BUKA = "buka"
    KEMBALIKAN = "kembalikan"
    TAHAN = "tahan"
    LANJUTKAN = "lanjutkan"
    HENTIKAN = "hentikan"
    MULAI_ULANG = "mulai-ulang"
    GABUNG = "gabung"
    UBAH_BIDANG = "ubah-bidang"
    BEBASKAN = "bebaskan"
    TUTUP = "tutup"
    BUKA_KEMBALI = "buka-kembali"
    PINDAH_VERSI = "pindah-versi"
    # on the office
    SIAPKAN = "siapkan"
    SOP_IMPOR = "sop-impor"
    SOP_TETAPKAN = "sop-tetapkan"
    KALENDER = "kalender"
    PENGATURAN = "pengaturan"
    PENGGUNA = "pengguna"
    """Somebody registered, changed, deactivated, or personal data blanked. Names a code, never a name."""
    HAK = "hak"
    """A lane given or ended."""
    PIN = "pin"
    """A PIN set, taken away, locked after wrong ones, or unlocked."""
    BIDANG = "bidang"
    """A bidang renamed, or several merged."""
    ATURAN = "aturan"
    """A rule of the program changed: verdicts of open periods judged anew, each with old and new."""
    PANGKAL = "pangkal"
    """How a file of an older program stood when it was opened by a newer one: what its events lack."""
    PULIHKAN = "pulihkan"
    """The file was replaced by a backup; the first event after the backup's own."""


ENDING_ACTS = frozenset({Act.SELESAI, Act.PUTUSKAN, Act.LEWATI, Act.PAKAI_LAMA})
"""Acts that end a run."""


@dataclass(frozen=True, slots=True)
class Event:
    """One accepted act of a reporting year."""

    sequence: int
    act: Act
    at: int
    """Effective moment."""
    recorded: int
    """Reading of the clock."""
    by: str
    """Who typed it."""
    for_lane: str | None = None
    period: str | None = None
    case: int | None = None
    step: int | None = None
    bidang: str | None = None
    attempt: int | None = None
    late_entry: bool = False
    """Recorded after the fact ("catat susulan")."""
    doubted: bool = False
    """The clock read earlier than what came before ("jam diragukan")."""
    touches: tuple[str, ...] = ()
    """Whose revision it raises: `c:<period>#<number>`, `r:<period>#<number>:<step>:<bidang>`, `p:<period>`."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the act carries beside, JSON values only."""


def undone_by(events: Iterable[Event]) -> frozenset[int]:
    """Sequence numbers that an urung took back."""
    return frozenset(int(event.data["undoes"]) for event in events if event.act is Act.URUNG)
