"""What can happen: the acts, the event that records one, and replaying a log.

An event carries every fact that its effect depends on (effective time, frozen bidang list, verdict, calendar revision),
so replaying needs neither clock nor calendar. Its structural consequences are worked out by `sop/acts/flow.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sop.acts.effects import apply
from sop.acts.flow import Draft
from sop.model.definition import Cadence, Sop
from sop.model.state import YearState


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
    PULIHKAN = "pulihkan"
    """The file was replaced by a backup; the first event after the backup's own."""


RUN_ACTS = frozenset(
    {
        Act.MULAI,
        Act.LEPAS,
        Act.TUGASKAN,
        Act.TUNDA,
        Act.LANJUT,
        Act.AJUKAN,
        Act.TARIK,
        Act.PUTUSKAN,
        Act.SELESAI,
        Act.LEWATI,
        Act.PAKAI_LAMA,
        Act.KOREKSI,
        Act.URUNG,
        Act.CENTANG,
        Act.DOKUMEN,
        Act.KOMENTAR,
    }
)
ENDING_ACTS = frozenset({Act.SELESAI, Act.PUTUSKAN, Act.LEWATI, Act.PAKAI_LAMA})
"""Acts that end a run."""
CASE_ACTS = frozenset(
    {
        Act.KEMBALIKAN,
        Act.TAHAN,
        Act.LANJUTKAN,
        Act.HENTIKAN,
        Act.MULAI_ULANG,
        Act.GABUNG,
        Act.UBAH_BIDANG,
        Act.PINDAH_VERSI,
    }
)
PERIOD_ACTS = frozenset({Act.BUKA, Act.BEBASKAN, Act.TUTUP, Act.BUKA_KEMBALI})
PROGRAM_ACTS = frozenset({Act.ATURAN})
"""What the program does by itself when it opens a file of an older one: nobody asks for it, and nobody may."""
OFFICE_ACTS = frozenset(set(Act) - RUN_ACTS - CASE_ACTS - PERIOD_ACTS)


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


def replay(events: Iterable[Event], versions: Mapping[int, Sop], cadence: Cadence | None) -> YearState:
    """The state of a reporting year after its events.

    Args:
        events: The year's events by sequence, the set-up first.
        versions: Version number -> SOP, for every version a case ran on.
        cadence: The office's choice where the SOP names no period.
    """
    return replayed(events, versions, cadence).freeze()


def replayed(events: Iterable[Event], versions: Mapping[int, Sop], cadence: Cadence | None) -> Draft:
    """As `replay`, but still open for one more event."""
    log = list(events)
    undone = undone_by(log)
    draft = Draft(versions, cadence)
    for event in log:
        apply(draft, event, undone=event.sequence in undone)
    return draft
