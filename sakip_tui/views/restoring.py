"""What restoring a backup would take back, in sentences: for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sop.model.texts import clean
from sop.time.instants import offset_of
from sop.words.labels import label
from sop.words.periods import period_label
from sop.words.time import ZONE_LABELS, moment_short

if TYPE_CHECKING:
    from db.restoration import Divergence
    from db.rows import LoggedEvent

CONFIRMATION = "PULIHKAN"
"""What a person types to replace the office."""
SHOWN = 10
"""Lost acts that are named; the JSON document has more."""


def divergence_words(found: Divergence, most: int = SHOWN) -> list[str]:
    """How far the backup goes, and which acts would be lost.

    Args:
        found: The backup beside the database that it would replace.
        most: Lost acts that are named, the newest first.
    """
    offset = offset_of(found.zone)
    when = "" if found.recorded is None else f", terakhir dicatat {moment_short(found.recorded, offset, 0)}"
    words = [f"Cadangan ini utuh: {found.backup.sequence} catatan{when}."]
    if found.current is None:
        words.append("Basis data yang sekarang tidak ada atau tidak terbaca, jadi tidak diketahui apa yang hilang.")
    elif found.common == 0 and found.lost_count:
        words.append("Cadangan ini bukan dari kantor yang sama: tidak ada satu catatan pun yang sama.")
    elif found.gained_count:
        words.append(f"Riwayat keduanya sama sampai nomor {found.common}; sesudah itu masing-masing sendiri.")
    if found.lost_count:
        words.append(f"Yang akan hilang: {found.lost_count} catatan.")
        words += _lines(found, most)
        if found.lost_count > most:
            words.append(f"... dan {found.lost_count - most} catatan sebelumnya.")
    elif found.lost_count == 0:
        words.append("Tidak ada catatan yang hilang.")
    return words


def _lines(found: Divergence, most: int) -> Iterator[str]:
    for one in found.lost[:most]:
        yield f"- {_line(one, found.zone_of(one.office))}"


def _line(one: LoggedEvent, zone: str) -> str:
    event = one.event
    where = " ".join(
        str(part)
        for part in (event.period and period_label(event.period), event.step and f"langkah {event.step}")
        if part
    )
    when = f"{moment_short(event.recorded, offset_of(zone), 0)} {ZONE_LABELS[zone]}"
    return f"{event.sequence}. {when} {label(event.act)} {where} oleh {clean(event.by)}".replace("  ", " ")
