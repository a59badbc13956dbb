"""What is said of a recap that was not written."""

from __future__ import annotations

from exports.errors import ExportCancelled
from sakip_tui.notices import Notice


def failure_words(error: Exception, notice: Notice | None, is_closed: bool, remark: str) -> tuple[str, str] | None:
    """(sentence, ink) for the board; None for an error that nobody expected.

    Args:
        error: What ended the writing.
        notice: What the error says to people; None for nothing.
        is_closed: Whether the period is closed, and stays so.
        remark: What its closing told; said in front.
    """
    if isinstance(error, ExportCancelled):
        return "Rekap dibatalkan; tidak ada dokumen yang dibuat. Tekan e untuk menulisnya.", "text"
    if notice is None and not isinstance(error, OSError):
        return None
    reason = str(notice) if notice is not None else "Dokumennya tidak dapat ditulis."
    kept = "Periode tetap tertutup, tetapi rekapnya" if is_closed else "Rekap"
    words = f"{remark} {kept} belum tertulis. {reason} Tekan e untuk mengulang.".strip()
    return words.replace("\n", " "), "late"
