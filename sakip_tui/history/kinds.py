"""Kinds of acts, as people pick them to see only some of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sop.model.act import CASE_ACTS, DATA_ACTS, OFFICE_ACTS, PERIOD_ACTS, RUN_ACTS, Act

_DECISIONS = (Act.AJUKAN, Act.TARIK, Act.PUTUSKAN, Act.KEMBALIKAN)
_CORRECTIONS = (Act.KOREKSI, Act.URUNG)
_REMARKS = (Act.KOMENTAR, Act.DOKUMEN, Act.CENTANG)
_APART = frozenset((*_DECISIONS, *_CORRECTIONS, *_REMARKS))


def _of(acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts in the order of their table, without those that are a kind of their own."""
    return tuple(act for act in Act if act in acts and act not in _APART)


KINDS: Mapping[str, tuple[str, tuple[Act, ...]]] = {
    "kerja": ("Pekerjaan", _of(RUN_ACTS)),
    "putusan": ("Pengajuan dan keputusan", _DECISIONS),
    "koreksi": ("Koreksi dan urung", _CORRECTIONS),
    "catatan": ("Catatan, dokumen, kelengkapan", _REMARKS),
    "periode": ("Periode dan berkas", _of(CASE_ACTS | PERIOD_ACTS)),
    "data": ("Data kinerja", _of(DATA_ACTS)),
    "kantor": ("Kantor: kalender, SOP, pengaturan, orang", _of(OFFICE_ACTS)),
}
"""Code -> what people call a kind of act, and the acts it holds: every act in one of them."""


def kind_of(act: Act) -> str:
    """Code of the kind that an act belongs to."""
    return next((code for code, (_, acts) in KINDS.items() if act in acts), "kantor")
