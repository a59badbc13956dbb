"""What the figures of a period are called and how a share reads, the same on screen and on paper."""

from __future__ import annotations

ON_TIME_SHARE = "Persentase tepat waktu"
FIRST_PASS = "Disetujui pada pengajuan pertama"
WORK = "Waktu kerja yang berlaku"
REWORK = "Waktu kerja yang diulang"
"""Beside `WORK`, no part of it: of the attempts that are not valid any more. Together they are all that was worked."""
WORK_COLUMN, REWORK_COLUMN = "Kerja yang berlaku (j:mm)", "Kerja yang diulang (j:mm)"


def share_of(part: int, whole: int) -> float | None:
    """A share to a tenth of a percent, halves up; None where there is nothing to take it of. Nothing short of all is
    told as all, and nothing at all as nothing."""
    if not whole:
        return None
    tenths = (2000 * part + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return tenths / 1000


def percent_words(share: float) -> str:
    """`87,5%`; a whole one without decimals.

    Args:
        share: As `share_of` gives it.
    """
    return f"{share * 100:.1f}".removesuffix(".0").replace(".", ",") + "%"
