"""What the figures of a period are called and how a share reads, the same on screen and on paper."""

from __future__ import annotations

ON_TIME_SHARE = "Persentase tepat waktu"
FIRST_PASS = "Disetujui pada pengajuan pertama"
REWORK = "Waktu kerja ulang"


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
