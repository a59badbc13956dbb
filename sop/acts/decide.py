"""One door for every act: `decide` says what a command makes of a state, or why it is refused.

Pure: the state given is never changed, so a refused command leaves it identical.
"""

from __future__ import annotations

from collections.abc import Callable

from sop.acts import case_acts, corrections, run_acts
from sop.acts.rights import require_a_place
from sop.acts.ruling import Ruling
from sop.model.commands import Command, Context, Outcome, Typed
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.state import YearState

__all__ = ["Command", "Context", "Outcome", "Typed", "decide"]


def decide(state: YearState, command: Command, actor: Actor, context: Context) -> Outcome:
    """Judge one act of rules part 3.

    Args:
        state: The reporting year; its cases need runs only where the act looks (see `db.store`).
        command: What is asked.
        actor: Who asks.
        context: Clock reading, calendar, settings, SOP versions, bidang list, history.

    Returns:
        The event, complete but for its hash, and the state after it.

    Raises:
        Refused: A rule stands in the way; `rule` names it.
        StaleRevision: The entity moved on since `command.seen`.
        Unknown: A period, step, bidang, lane, item or version that does not exist.
        FaultyInput: A text or detail that cannot be taken.
        CalendarGap: A moment outside the calendar's years.
    """
    require_a_place(actor)
    ruling = Ruling(state, command, actor, context)
    if command.act is Act.URUNG:
        return corrections.urung(ruling)
    return ruling.settle(_ACTS[command.act](ruling))


_ACTS: dict[Act, Callable[[Ruling], Event]] = {
    Act.MULAI: run_acts.mulai,
    Act.LEPAS: run_acts.lepas,
    Act.TUGASKAN: run_acts.tugaskan,
    Act.TUNDA: run_acts.tunda,
    Act.LANJUT: run_acts.lanjut,
    Act.AJUKAN: run_acts.ajukan,
    Act.TARIK: run_acts.tarik,
    Act.PUTUSKAN: run_acts.putuskan,
    Act.SELESAI: run_acts.selesai,
    Act.LEWATI: run_acts.lewati,
    Act.PAKAI_LAMA: run_acts.pakai_lama,
    Act.KOREKSI: corrections.koreksi,
    Act.CENTANG: run_acts.centang,
    Act.DOKUMEN: run_acts.dokumen,
    Act.KOMENTAR: run_acts.komentar,
    Act.BUKA: case_acts.buka,
    Act.KEMBALIKAN: case_acts.kembalikan,
    Act.TAHAN: case_acts.tahan,
    Act.LANJUTKAN: case_acts.lanjutkan,
    Act.HENTIKAN: case_acts.hentikan,
    Act.MULAI_ULANG: case_acts.mulai_ulang,
    Act.GABUNG: case_acts.gabung,
    Act.UBAH_BIDANG: case_acts.ubah_bidang,
    Act.BEBASKAN: case_acts.bebaskan,
    Act.TUTUP: case_acts.tutup,
    Act.BUKA_KEMBALI: case_acts.buka_kembali,
    Act.PINDAH_VERSI: case_acts.pindah_versi,
}
