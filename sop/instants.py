"""Instants and the civil time of an office: zones, and what people type."""

from __future__ import annotations

from sop.errors import UnknownZone

ZONES: dict[str, int] = {"Asia/Jakarta": 7 * 3600, "Asia/Makassar": 8 * 3600, "Asia/Jayapura": 9 * 3600}
"""Zone -> seconds east of UTC. Indonesia has no daylight saving time, and a PC may lack a zone database."""


def offset_of(zone: str) -> int:
    """Seconds east of UTC. Raises UnknownZone, as other zones may have daylight saving time."""
    if zone not in ZONES:
        raise UnknownZone(zone=zone, known=tuple(ZONES))
    return ZONES[zone]
