"""Tindak lanjut: what was promised beside a figure, who sees to it, until when, and what became of it; and what lies
below target without a promise."""

from __future__ import annotations

from exports.sheet import Column, Kind, Sheet
from exports.sheets.source import Source, frozen_of, offset_of
from sop.kinerja.follow_up import FollowUp, FollowUpStanding, follow_ups, not_promised
from sop.time.instants import civil
from sop.words.figure_words import owner_words
from sop.words.kinerja import DATA_LABELS
from sop.words.periods import period_label

TITLE = "Tindak lanjut"
COLUMNS = (
    Column("code", "Kode", width=8),
    Column("indicator", "Indikator", width=26),
    Column("bidang", "Bidang", width=18),
    Column("since", "Sejak", width=13),
    Column("obstacles", "Kendala", width=24),
    Column("follow_up", "Tindak lanjut", width=28),
    Column("pic", "Penanggung jawab", width=16),
    Column("deadline", "Batas waktu", Kind.DATE),
    Column("state", "Keadaan", width=18),
)


def tindak_lanjut(source: Source, now: int) -> Sheet | None:
    """What is carried on, what came to its end in the period, and what lacks a promise; None for nothing of these.

    Args:
        source: The period.
        now: By which a day that was set is gone, while the period is open; then the day of its closing stands.
    """
    kinerja = source.kinerja
    if kinerja is None:
        return None
    frozen = frozen_of(source.recap)
    day = civil(now if frozen is None else frozen.at, offset_of(source.board)).date()
    told = follow_ups((*kinerja.others, kinerja.own), source.board.period, day)
    found = (*told, *not_promised(kinerja.own, told))
    if not found:
        return None
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(
            (
                one.code,
                one.name,
                owner_words(one.owner),
                period_label(one.since),
                one.kendala,
                one.text or None,
                source.named(one.pic),
                one.deadline,
                _state(one),
            )
            for one in found
        ),
        (
            "Dibawa ke periode berikutnya sampai target tercapai atau diganti. Yang di bawah target tanpa tindak "
            "lanjut disebut belum ditulis.",
        ),
        frozen_columns=2,
        table="tindak_lanjut",
        about="Siapa menindaklanjuti apa, sampai kapan",
    )


def _state(one: FollowUp) -> str:
    words = DATA_LABELS[FollowUpStanding][one.standing]
    return words if one.until is None else f"{words}, {period_label(one.until)}"
